"""A message that is edited afterwards edits the draft that was made of it; what can't follow is said."""

from datetime import timedelta

import pytest

from bot import tidying
from bot.news.model import Article, ArticleState
from handlers.story import edits
from tests.albums import HEADLINE
from tests.files_sent import file_in
from tests.handlers.story.test_paste_arrival import long_copy
from tests.newsroom import COPY, DESK_GROUP, NOON, House, newsroom

FRIDAY = "رئیس شهرداری سپیدکوه استعفا داد\nرئیس شهرداری سپیدکوه روز جمعه از کار خود کناره گرفت. او دو سال در این سمت بود."
SATURDAY = FRIDAY.replace("جمعه", "شنبه")


async def story(house: House) -> Article:
    async with house.newsroom.storage.begin() as db:
        [article] = await db.articles.in_states(*ArticleState)
    return article


async def edits_it(house: House, message: object, words: str, **file: str) -> str:
    """The reporter edits a message; what the bot says to that."""
    before = {m["message_id"] for m in house.reporter.reads()}
    house.reporter.phone.edit(message, words, **file)  # type: ignore[arg-type]
    await house.settles()
    await house.passes(3)
    return "\n".join(m.get("text", "") for m in house.reporter.reads() if m["message_id"] not in before)


def all_words(article: Article) -> str:
    return " ".join([article.headline, article.lede, *(p for s in article.sections for p in s.paragraphs)])


@pytest.mark.parametrize("state", ["draft", "changes_requested"])
async def test_the_draft_follows_its_message(state: str) -> None:
    async with newsroom() as house:
        [message] = house.reporter.phone.send(FRIDAY)
        await house.settles()
        if state == "changes_requested":
            await house.reporter.presses("ارسال به دبیر")
            await house.editor.presses("درخواست اصلاح")
            await house.editor.sends("روزش غلط است")
        said = await edits_it(house, message, SATURDAY)

        article = await story(house)
        assert article.state == state
        assert "شنبه" in article.lede
        assert "جمعه" not in all_words(article)
        assert "ویرایش شما در خبر نشست" in said
        assert "شنبه" in str(house.reporter.card())


async def test_the_edit_can_be_undone_and_edited_again() -> None:
    async with newsroom() as house:
        [message] = house.reporter.phone.send(FRIDAY)
        await house.settles()
        await edits_it(house, message, SATURDAY)
        await house.reporter.presses("↶")
        assert "جمعه" in (await story(house)).lede
        await edits_it(house, message, FRIDAY.replace("جمعه", "یکشنبه"))
        assert "یکشنبه" not in (await story(house)).lede, "what was done on the card since stands"
        await edits_it(house, message, FRIDAY.replace("استعفا داد", "کناره گرفت"))
        assert "کناره گرفت" in (await story(house)).headline


async def test_a_field_that_was_changed_on_the_card_stays_and_the_others_follow() -> None:
    async with newsroom() as house:
        [message] = house.reporter.phone.send(FRIDAY)
        await house.settles()
        await house.reporter.presses("ویرایش تیتر")
        await house.reporter.sends("شهردار سپیدکوه رفت")
        said = await edits_it(house, message, SATURDAY.replace("استعفا داد", "کناره گرفت"))

        article = await story(house)
        assert article.headline == "شهردار سپیدکوه رفت"
        assert "شنبه" in article.lede
        assert "تیتر" in said.split("همان‌طور می‌ماند", 1)[1]


@pytest.mark.parametrize("state", ["submitted", "approved", "spiked"])
async def test_what_is_not_theirs_any_more_is_left_and_that_is_said(state: str) -> None:
    async with newsroom() as house:
        [message] = house.reporter.phone.send(FRIDAY)
        await house.settles()
        if state == "spiked":
            await house.reporter.presses("کنار بگذار")
        else:
            await house.reporter.presses("ارسال به دبیر")
        if state == "approved":
            await house.editor.presses("تأیید")
        assert (await story(house)).state == state
        said = await edits_it(house, message, SATURDAY)

        assert "چیزی را عوض نکرد" in said
        assert "جمعه" in (await story(house)).lede


async def test_one_part_of_a_long_paste_has_the_whole_read_again() -> None:
    async with newsroom() as house:
        parts = house.reporter.phone.send(long_copy(9_000))
        await house.settles()
        await house.passes(3)
        assert len(parts) > 2
        before = all_words(await story(house))
        middle = parts[1]["text"].replace("گزارشگر", "سردبیر")
        assert middle != parts[1]["text"]
        await edits_it(house, parts[1], middle)

        after = all_words(await story(house))
        assert after.count("سردبیر") == middle.count("سردبیر")
        assert after.replace("سردبیر", "گزارشگر") == before


async def test_a_part_edited_while_the_others_still_come_is_in_the_story() -> None:
    async with newsroom() as house:
        parts = house.reporter.phone.send(long_copy(6_000))
        await house.settles()
        house.reporter.phone.edit(parts[0], parts[0]["text"].replace("تیتر متن بلند", "تیتر دیگر متن"))
        await house.settles()
        await house.passes(3)
        article = await story(house)
        assert article.headline == "تیتر دیگر متن"
        assert "بند شمارهٔ" in all_words(article)


@pytest.mark.parametrize("kind", ["photo", "video", "document", "voice"])
async def test_a_caption_and_a_file_are_edited(kind: str) -> None:
    async with newsroom() as house:
        [message] = house.reporter.phone.send(FRIDAY, **{kind: "a"})
        await house.settles()
        message = house.reporter.phone.edit(message, SATURDAY)
        await house.settles()
        assert "شنبه" in (await story(house)).lede
        assert [each.file_id for each in (await story(house)).media] == [file_in(message).file_id]

        edited = house.reporter.phone.edit(message, SATURDAY, photo="b.jpg")
        await house.settles()
        assert [each.file_id for each in (await story(house)).media] == [file_in(edited).file_id]


async def test_an_albums_caption_is_edited_and_its_files_stay() -> None:
    async with newsroom() as house:
        sent = [
            house.reporter.phone.send(COPY if not n else "", photo=f"{n}.jpg", media_group_id="a")[0]
            for n in range(3)
        ]
        await house.settles()
        await house.passes(3)
        await edits_it(house, sent[0], COPY.replace("سپیدکوه", "نیل‌آباد"))

        article = await story(house)
        assert article.headline == HEADLINE.replace("سپیدکوه", "نیل‌آباد")
        assert list(article.media) == [file_in(each) for each in sent]


async def test_words_added_to_a_photo_that_waits_make_its_story() -> None:
    async with newsroom() as house:
        [message] = house.reporter.phone.send(photo="a.jpg")
        await house.settles()
        await house.passes(60)
        await edits_it(house, message, COPY)

        article = await story(house)
        assert article.headline == HEADLINE
        assert article.media == (file_in(message),)


async def test_a_held_message_is_held_as_it_is_now() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("ویرایش تیتر")
        [message] = house.reporter.phone.send("یک\nدو")
        await house.settles()
        assert "همان‌طور که اکنون هست" in await edits_it(house, message, "تیتری دیگر\nبرای این خبر")
        await house.reporter.presses("تیتر تازه")
        assert (await story(house)).headline == "تیتری دیگر برای این خبر"


async def test_what_made_no_story_and_commands_are_answered() -> None:
    async with newsroom() as house:
        [greeting] = house.reporter.phone.send("سلام")
        [command] = house.reporter.phone.send("/drafts")
        await house.settles()
        assert "خبری نساخته‌ام" in await edits_it(house, greeting, "درود")
        assert "فرمانی که ویرایش شود" in await edits_it(house, command, "/help")
        assert await edits_it(house, command, "/help") == await edits_it(house, command, "/start")


async def test_an_edit_that_changes_nothing_is_no_word_worth() -> None:
    async with newsroom() as house:
        [message] = house.reporter.phone.send(FRIDAY)
        await house.settles()
        assert await edits_it(house, message, FRIDAY) == ""
        assert (await story(house)).version == 1


async def test_no_story_left_keeps_the_one_before() -> None:
    async with newsroom() as house:
        [message] = house.reporter.phone.send(FRIDAY)
        await house.settles()
        assert "خبر پیشین را نگه داشتم" in await edits_it(house, message, "…")
        assert "جمعه" in (await story(house)).lede


async def test_edits_in_groups_and_of_strangers_are_nobodys() -> None:
    async with newsroom() as house:
        [there] = house.reporter.phone.send("سلام همه", chat=DESK_GROUP)
        [strange] = house.reader.phone.send("سلام")
        await house.settles()
        before = len(house.reader.reads()), len(house.reporter.reads(DESK_GROUP))
        house.reporter.phone.edit(there, "/queue")
        house.reader.phone.edit(strange, COPY)
        await house.settles()
        assert (len(house.reader.reads()), len(house.reporter.reads(DESK_GROUP))) == before


async def test_after_two_days_it_is_said_that_it_is_forgotten() -> None:
    assert edits.KNOWN_FOR == tidying.PASTES
    async with newsroom() as house:
        [message] = house.reporter.phone.send(FRIDAY)
        await house.settles()
        async with house.newsroom.storage.begin() as db:
            await db.pastes.forget_before(NOON + timedelta(days=2), 10)
        house.world.clock.advance(2 * 86400 + 60)
        assert "بیش از دو روز" in await edits_it(house, message, SATURDAY)


async def test_what_nobody_edited_gets_no_word() -> None:
    async with newsroom() as house:
        [place] = house.reporter.phone.send(location="x")
        [greeting] = house.reporter.phone.send("سلام")
        await house.settles()
        before = house.reporter.reads()
        chat = house.world.chats[house.reporter.id]
        house.world.tell_bot(chat, {**place, "edit_date": place["date"] + 9}, edited=True)  # it moves
        house.world.tell_bot(chat, greeting, edited=True)  # Telegram has looked at it again
        await house.settles()
        assert house.reporter.reads() == before
