"""Photos changed by their button, and the card of a story that has several."""

from bot.news.model import Look, UrlButton
from tests.albums import (
    HEADLINE,
    OTHER,
    album_in,
    file_ids,
    from_person,
    long_story,
    photos_sent,
    send_album,
    sends_album,
    story,
)
from tests.newsroom import COPY, NEWS, newsroom

# The photo question


async def test_an_album_as_the_answer_replaces_all_photos() -> None:
    async with newsroom() as house:
        await sends_album(house.reporter, 3)
        await house.reporter.presses("عکس")
        await sends_album(house.reporter, 2, "", album="a8")

        assert file_ids(album_in(house.reporter.reads())) == photos_sent(house.reporter)[3:]
        assert any("عکس‌ها گذاشته شد" in m.get("text", "") for m in house.reporter.reads())
        await house.reporter.sends(OTHER)
        assert HEADLINE not in house.reporter.card()["text"], "the question is closed: this is new copy"


async def test_photos_are_added_with_a_plus_and_taken_away_by_their_number() -> None:
    async with newsroom() as house:
        await sends_album(house.reporter, 2)
        await house.reporter.presses("عکس")
        await house.reporter.sends("+", photo="third.jpg")
        assert file_ids(album_in(house.reporter.reads())) == photos_sent(house.reporter)
        await house.reporter.presses("عکس")
        await sends_album(house.reporter, 2, "+", album="a8")
        one, _, *others = photos_sent(house.reporter)
        assert len(album_in(house.reporter.reads())) == 5
        await house.reporter.presses("عکس")
        await house.reporter.sends("۲")
        assert file_ids(album_in(house.reporter.reads())) == [one, *others]


async def test_taken_down_to_one_photo_and_to_none_the_card_follows() -> None:
    async with newsroom() as house:
        await sends_album(house.reporter, 2)
        await house.reporter.presses("عکس")
        await house.reporter.sends("1")
        assert album_in(house.reporter.reads()) == []
        assert house.reporter.card()["photo"][-1]["file_id"] == photos_sent(house.reporter)[1]
        await house.reporter.presses("عکس")
        await house.reporter.sends("هیچ")
        assert house.reporter.card()["text"].startswith(HEADLINE)
        bots = [m for m in house.reporter.reads() if not from_person(m)]
        assert not [m for m in bots if "photo" in m]


async def test_another_photo_is_shown_on_the_card() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY, photo="a.jpg")
        await house.reporter.presses("عکس")
        await house.reporter.sends("", photo="b.jpg")

        assert house.reporter.card()["photo"][-1]["file_id"] == photos_sent(house.reporter)[1]


async def test_what_is_no_photo_leaves_the_question_open() -> None:
    async with newsroom() as house:
        await sends_album(house.reporter, 2)
        await house.reporter.presses("عکس")
        for answer in ("3", "0", "سلام", "++", "9" * 3000, "²"):
            assert "لطفاً عکس" in await house.reporter.sends(answer), answer
        await house.reporter.sends("", photo="b.jpg")
        assert len((await story(house)).media) == 1


async def test_a_full_album_takes_no_more() -> None:
    async with newsroom() as house:
        await sends_album(house.reporter, 10)
        await house.reporter.presses("عکس")
        assert "همه پُر است" in await house.reporter.sends("+", photo="eleventh.jpg")


# The card


async def test_an_edit_changes_the_caption_of_the_album_in_its_place() -> None:
    async with newsroom() as house:
        await sends_album(house.reporter, 3)
        before = [m["message_id"] for m in house.reporter.reads()]
        await house.reporter.presses("ویرایش تیتر")
        await house.reporter.sends("اتوبوس‌های برقی به سپیدکوه رسیدند")

        album = album_in(house.reporter.reads())
        assert {m["message_id"] for m in album} <= set(before)
        assert album[0]["caption"].startswith("اتوبوس‌های برقی به سپیدکوه رسیدند")
        assert len(album) == 3


async def test_photos_of_an_album_that_is_out_are_not_changed_and_it_is_said_what_helps() -> None:
    async with newsroom() as house:
        await house.admin.sends("/connect @news")
        await sends_album(house.reporter, 3)
        await house.reporter.presses("ارسال به دبیر")
        await house.editor.presses("تأیید")
        await house.admin.forges(f"plan.now:1:1:{NEWS}")
        await house.passes(5)
        assert len(house.posts()) == 3
        await house.editor.forges("story.edit:1:1:photo")
        await house.editor.sends("2")
        await house.editor.forges("story.correct:1:2")
        await house.passes(5)

        assert "عکس‌های آلبوم پس از انتشار عوض نمی‌شود" in house.admin.text()
        assert "🗑 بردار تا دوباره بگذاریم" in house.admin.buttons(house.admin.reads()[-1])
        assert len(house.posts()) == 3


async def test_where_an_album_is_all_the_card_says_that_the_buttons_are_left_out() -> None:
    look = Look(buttons=(UrlButton(text="وبگاه ما", url="https://example.com/"),))
    async with newsroom() as house:
        await house.admin.sends("/connect @news")
        async with house.newsroom.storage.begin() as db:
            await db.channels.set_look(NEWS, look)
        await sends_album(house.reporter, 2)

        assert "وبگاه ما" in house.reporter.card()["text"]
        assert "وبگاه ما" not in house.reporter.buttons()


async def test_the_text_after_an_album_carries_the_cards_buttons() -> None:
    async with newsroom() as house:
        await long_story(house, 2)

        assert len(album_in(house.reporter.reads())) == 2
        assert "نکتهٔ" in house.reporter.card()["text"]
        assert "یک پست با" not in house.reporter.card()["text"]


async def test_where_telegram_asks_to_wait_after_the_album_it_is_not_sent_again() -> None:
    async with newsroom() as house:
        send_album(house.reporter, 3)
        await house.settles()
        house.world.faults.add(
            method="sendMessage", chat=house.reporter.id, kind="429", times=1, retry_after=5
        )
        await house.passes(3)
        await house.passes(5)

        bots = [m for m in house.reporter.reads() if not from_person(m)]
        assert [sorted(m.keys() & {"photo", "text"}) for m in bots] == [["photo"]] * 3 + [["text"]]


async def test_whatever_photos_a_story_gets_the_chat_shows_just_its_card() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        for album, count in enumerate([2, 5, 1, 0, 3]):
            await house.reporter.presses("عکس")
            await sends_album(house.reporter, count, "", album=f"a{album}")
            if not count:
                await house.reporter.sends("هیچ")
            shown = [m for m in house.reporter.reads() if "photo" in m and not from_person(m)]
            assert file_ids(shown) == (photos_sent(house.reporter)[-count:] if count else [])
            texts = [m.get("caption") or m.get("text") or "" for m in house.reporter.reads()]
            assert sum(text.startswith(HEADLINE + "\n") for text in texts) == 2, "the paste and one card"
