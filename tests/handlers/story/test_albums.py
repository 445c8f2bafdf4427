"""Albums as people send them: gathered with their words, put to one story, published as one."""

from typing import Any

import pytest

from bot.line import calls
from bot.news.media import Media
from bot.news.model import ArticleState, Entity, Form, Look, Message
from bot.simulator.world import World
from tests.albums import (
    HEADLINE,
    OTHER,
    album_in,
    file_ids,
    long_story,
    photos_sent,
    publish,
    send_album,
    sends_album,
    story,
)
from tests.newsroom import COPY, NEWS, NOON, House, newsroom
from tests.telegram_judge import judge


async def test_an_album_becomes_one_story_and_one_album_in_the_channel() -> None:
    async with newsroom() as house:
        await sends_album(house.reporter, 4)
        sent = photos_sent(house.reporter)
        preview = album_in(house.reporter.reads())
        assert file_ids(preview) == sent
        assert preview[0]["caption"].startswith(HEADLINE)
        assert "۴ عکس" in house.reporter.card()["text"]

        await publish(house)
        post = house.reader.reads(NEWS)
        assert file_ids(post) == sent
        assert len({message["media_group_id"] for message in post}) == 1
        assert [message.get("caption", "")[: len(HEADLINE)] for message in post] == [HEADLINE, "", "", ""]
        assert judge(post[0]["caption"], (), "caption")[0] == post[0]["caption"]


async def test_the_card_of_an_album_is_there_once_and_whole() -> None:
    async with newsroom() as house:
        send_album(house.reporter, 3)
        await house.settles()
        assert not [m for m in house.reporter.reads() if m.get("reply_markup")]
        await house.passes(3)

        bots = [m for m in house.reporter.reads() if m["from"]["id"] != house.reporter.id]
        assert [sorted(m.keys() & {"photo", "text"}) for m in bots] == [["photo"]] * 3 + [["text"]]
        assert (await story(house)).version == 1


async def test_the_words_may_stand_under_any_photo() -> None:
    async with newsroom() as house:
        await sends_album(house.reporter, 3, under=2)

        assert album_in(house.reporter.reads())[0]["caption"].startswith(HEADLINE)
        assert file_ids(album_in(house.reporter.reads())) == photos_sent(house.reporter)


async def captioned(house: House, *words: str) -> None:
    """An album with words under each of its photos."""
    for number, each in enumerate(words):
        house.reporter.phone.send(each, photo=f"{number}.jpg", media_group_id="a7")
    await house.settles()
    await house.passes(3)


async def test_a_story_under_several_photos_is_kept_whole() -> None:
    more = (
        "رانندگان این اتوبوس‌ها از هفتهٔ پیش در کارگاه ناوگان آموزش دیده‌اند. بلیت خط یک همان بهای پیشین را دارد و "
        "برای سالمندان رایگان است."
    )
    async with newsroom() as house:
        await captioned(house, COPY, more)

        assert "کارگاه ناوگان" in str((await story(house)).sections)


@pytest.mark.parametrize("order", [0, 1, 2])
@pytest.mark.parametrize(
    "shown",
    [
        ("نمای بازار فردوسی", "صف خریداران"),
        ("چهارراه استانبول", "خیابان فردوسی"),
        ("نمایی از اتوبوس‌های تازه در پایانهٔ خط یک شهر.", "عکس: رضا احمدی"),
    ],
)
async def test_words_under_single_photos_are_no_part_of_the_story_and_that_is_said(
    shown: tuple[str, str], order: int
) -> None:
    async with newsroom() as house:
        words = [*shown]
        words.insert(order, COPY)
        await captioned(house, *words)

        article = await story(house)
        assert article.headline == HEADLINE
        assert len(article.media) == 3
        assert article.byline is None
        assert not [each for each in shown if each in str(article)]
        assert [m for m in house.reporter.reads() if all(each in m.get("text", "") for each in shown)]


async def test_an_album_with_picture_captions_only_waits_for_its_story() -> None:
    async with newsroom() as house:
        await captioned(house, "پیش از سیل", "پس از سیل")
        said = "\n".join(str(m.get("text")) for m in house.reporter.reads())
        assert "منتظر" in said
        assert "«پس از سیل»" in said

        await house.reporter.sends(COPY)
        await house.passes(3)

        assert len((await story(house)).media) == 2
        assert "سیل" not in str(await story(house))


async def test_photos_sent_before_their_words_wait_for_them() -> None:
    async with newsroom() as house:
        for name in ("a.jpg", "b.jpg"):
            await house.reporter.sends("", photo=name)
            await house.passes(20)
        assert "۲ عکس منتظر" in house.reporter.text()

        await house.passes(9 * 60)
        await house.reporter.sends(COPY)
        await house.passes(3)

        assert [each.file_id for each in (await story(house)).media] == photos_sent(house.reporter)


async def test_photos_that_waited_too_long_are_let_go_with_a_word_and_join_no_later_story() -> None:
    async with newsroom() as house:
        await house.reporter.sends("", photo="a.jpg")
        await house.passes(3)
        await house.passes(11 * 60)
        assert "کنارشان گذاشتم" in house.reporter.text()

        await house.reporter.sends(COPY)
        await house.passes(3)

        assert (await story(house)).media == ()


async def test_waiting_photos_survive_a_restart(tmp_path: Any) -> None:
    world, database = World(frozen=True, now=NOON), f"sqlite:///{tmp_path}/newsroom.db"
    async with newsroom(database, world) as house:
        await house.reporter.sends("", photo="a.jpg")
        await house.passes(3)
    async with newsroom(database, world) as house:
        await house.reporter.sends(COPY)
        await house.passes(3)

        assert len((await story(house)).media) == 1


async def test_more_than_ten_photos_are_the_first_ten_and_the_person_is_told() -> None:
    async with newsroom() as house:
        send_album(house.reporter, 10)
        house.reporter.phone.send("", photo="the-eleventh.jpg")  # an app makes a second album of the rest
        await house.settles()
        await house.passes(3)
        await house.passes(3)

        assert file_ids(album_in(house.reporter.reads())) == photos_sent(house.reporter)[:10]
        assert sum("جای ۱۰ عکس" in m.get("text", "") for m in house.reporter.reads()) == 1


async def test_eleven_in_one_album_are_ten_too() -> None:
    async with newsroom() as house:
        await sends_album(house.reporter, 11)

        assert len(album_in(house.reporter.reads())) == 10
        assert len((await story(house)).media) == 10
        assert sum("جای ۱۰ عکس" in m.get("text", "") for m in house.reporter.reads()) == 1


async def test_photos_without_words_belong_to_the_words_sent_beside_them() -> None:
    for first in ("words", "photos"):
        async with newsroom() as house:
            if first == "words":
                house.reporter.phone.send(COPY)
            send_album(house.reporter, 2, "")
            if first == "photos":
                house.reporter.phone.send(COPY)
            await house.settles()
            await house.passes(3)

            assert len((await story(house)).media) == 2
            assert album_in(house.reporter.reads())[0]["caption"].startswith(HEADLINE)


async def test_an_album_between_the_parts_of_a_long_paste_joins_neither_wrongly() -> None:
    async with newsroom() as house:
        long = COPY + "\n" + "\n".join(f"بند شمارهٔ {n}: " + "متن گزارش بلند است. " * 20 for n in range(16))
        house.editor.phone.send(long)  # only to see how the app cuts it
        first, *rest = [m["text"] for m in house.editor.reads()]
        house.reporter.phone.send(first)
        send_album(house.reporter, 2, OTHER)
        for part in rest:
            house.reporter.phone.send(part)
        await house.reporter.house.settles()
        await house.passes(3)

        async with house.newsroom.storage.begin() as db:
            stories = await db.articles.in_states(ArticleState.DRAFT, reporter_id=house.reporter.id)
        by_headline = {each.headline: each for each in stories}
        assert by_headline.keys() == {HEADLINE, OTHER.split("\n", 1)[0]}
        assert len(by_headline[OTHER.split("\n", 1)[0]].media) == 2
        assert str(by_headline[HEADLINE].sections).count("بند شمارهٔ") == 16
        assert by_headline[HEADLINE].media == ()


async def test_photos_without_any_words_get_a_clear_answer_once() -> None:
    async with newsroom() as house:
        await sends_album(house.reporter, 3, "")

        assert sum("واژه‌ای نیست" in m.get("text", "") for m in house.reporter.reads()) == 1
        assert "۳ عکس منتظر" in house.reporter.text()


async def test_what_can_not_be_taken_of_an_album_is_said() -> None:
    async with newsroom() as house:
        house.reporter.phone.send(COPY, photo="a.jpg", media_group_id="a7")
        house.reporter.phone.send("", live_photo="b", media_group_id="a7")
        await house.settles()
        await house.passes(3)

        assert len((await story(house)).media) == 1
        assert any("نتوانستم بردارم" in m.get("text", "") for m in house.reporter.reads())


async def test_a_restart_between_the_photos_loses_none(tmp_path: Any) -> None:
    world, database = World(frozen=True, now=NOON), f"sqlite:///{tmp_path}/newsroom.db"
    async with newsroom(database, world) as house:
        house.reporter.phone.send(COPY, photo="a.jpg", media_group_id="a7")
        house.reporter.phone.send("", photo="b.jpg", media_group_id="a7")
        await house.settles()
    async with newsroom(database, world) as house:
        house.reporter.phone.send("", photo="c.jpg", media_group_id="a7")
        await house.settles()
    world.clock.advance(60)
    async with newsroom(database, world) as house:
        assert file_ids(album_in(house.reporter.reads())) == photos_sent(house.reporter)
        assert len(photos_sent(house.reporter)) == 3


async def test_a_photo_that_comes_too_late_is_added() -> None:
    async with newsroom() as house:
        await sends_album(house.reporter, 2)
        house.reporter.phone.send("", photo="late.jpg", media_group_id="a7")
        await house.settles()
        await house.passes(3)

        assert file_ids(album_in(house.reporter.reads())) == photos_sent(house.reporter)
        assert len((await story(house)).media) == 3


async def test_in_the_rich_form_all_photos_stand_in_one_message() -> None:
    async with newsroom() as house:
        await house.admin.sends("/connect @news")
        async with house.newsroom.storage.begin() as db:
            await db.channels.set_look(NEWS, Look(form=Form.RICH))
        await sends_album(house.reporter, 3)
        await publish(house)

        (post,) = house.reader.reads(NEWS)
        (collage,) = [each for each in post["rich_message"]["blocks"] if each["type"] == "collage"]
        assert [each["photo"][-1]["file_id"] for each in collage["blocks"]] == photos_sent(house.reporter)


def test_an_album_is_sent_as_one_call_and_its_caption_edited_in_the_first_message() -> None:
    photos = tuple(Media(file_id=name) for name in "ab")
    album = Message(text="تیتر", entities=(Entity(type="bold", offset=0, length=4),), media=photos)
    bold = [{"type": "bold", "offset": 0, "length": 4}]

    assert calls.message_call(NEWS, album) == (
        "sendMediaGroup",
        {
            "chat_id": NEWS,
            "media": [
                {"type": "photo", "media": "a", "caption": "تیتر", "caption_entities": bold},
                {"type": "photo", "media": "b"},
            ],
        },
    )
    assert calls.edit_call(NEWS, 7, album) == (
        "editMessageCaption",
        {"chat_id": NEWS, "message_id": 7, "caption": "تیتر", "caption_entities": bold},
    )


async def test_after_a_restart_between_album_and_text_only_the_text_is_sent(tmp_path: Any) -> None:
    world, database = World(frozen=True, now=NOON), f"sqlite:///{tmp_path}/newsroom.db"
    async with newsroom(database, world) as house:
        await long_story(house, 3)
        world.faults.add(method="sendMessage", chat=NEWS, kind="429", times=1, retry_after=30)
        await publish(house)
        assert [sorted(m.keys() & {"photo", "text"}) for m in house.reader.reads(NEWS)] == [["photo"]] * 3
    world.clock.advance(31)
    async with newsroom(database, world) as house:
        *album, text = house.reader.reads(NEWS)
        assert file_ids(album) == photos_sent(house.reporter)
        assert album[0]["caption"].startswith(HEADLINE)
        assert "نکتهٔ ۷" in text["text"]
