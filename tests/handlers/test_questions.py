"""Answers that come too late, or are far too long: said clearly, and nothing is changed by them."""

import pytest

from bot.news.model import ArticleState, PostState
from tests.newsroom import COPY, NEWS, House, Person, newsroom

CLOSED = "آن پرسش دیگر باز نیست"


async def stories(house: House) -> int:
    async with house.newsroom.storage.begin() as db:
        return len(await db.articles.in_states(*ArticleState))


async def asked_for_changes(house: House) -> int:
    """The editor is asked what is to be changed; the id of that message."""
    await house.reporter.sends(COPY)
    await house.reporter.presses("ارسال به دبیر")
    await house.editor.presses("درخواست اصلاح")
    return int(house.editor.reads()[-1]["message_id"])


async def by_a_button(editor: Person) -> None:
    await editor.presses("✖️")


async def by_a_command(editor: Person) -> None:
    await editor.sends("/cancel")


async def by_an_answer(editor: Person) -> None:
    await editor.sends("تیتر را کوتاه کن")


@pytest.mark.parametrize("close", [by_a_button, by_a_command, by_an_answer])
async def test_a_reply_to_a_closed_question_is_no_story(close: object) -> None:
    async with newsroom() as house:
        question = await asked_for_changes(house)
        await close(house.editor)  # type: ignore[operator]  # a step of the test's
        await house.editor.sends("لید را هم کوتاه کن", reply_to_message_id=question)

        assert CLOSED in house.editor.text()
        assert "هنوز باز است" not in house.editor.text()
        assert await stories(house) == 1
        await house.editor.sends(COPY)
        assert await stories(house) == 2, "what is no reply is copy"


async def test_a_reply_to_an_older_question_does_not_answer_the_open_one() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("ویرایش تیتر")
        older = house.reporter.reads()[-1]["message_id"]
        await house.reporter.presses("ویرایش لید")
        newer = house.reporter.reads()[-1]["message_id"]
        await house.reporter.sends("تیتری تازه", reply_to_message_id=older)
        assert CLOSED in house.reporter.text()
        assert "پرسش آخرم هنوز باز است" in house.reporter.text()

        await house.reporter.sends("لیدی تازه برای خبر.", reply_to_message_id=newer)
        assert "لیدی تازه برای خبر." in house.reporter.card()["text"]
        assert "تیتری تازه" not in house.reporter.card()["text"]


async def test_an_album_or_a_cut_text_in_reply_to_a_closed_question_is_refused_once_and_whole() -> None:
    async with newsroom() as house:
        question = await asked_for_changes(house)
        await house.editor.presses("✖️")
        before = len(house.editor.reads())
        for caption in ("عکس‌ها", "", ""):
            await house.editor.sends(caption, photo="a.jpg", media_group_id="7", reply_to_message_id=question)
        await house.editor.sends("کلمه " * 1600, reply_to_message_id=question)
        await house.passes(5)

        said = [m.get("text", "") for m in house.editor.reads()[before:] if m["from"]["is_bot"]]
        assert [CLOSED in text for text in said] == [True, True]
        assert await stories(house) == 1


@pytest.mark.parametrize("length", [3600, 5000, 9000])
@pytest.mark.parametrize("said", ["فردا ساعت ۸ ", "این خبر را هر وقت که شد منتشر کنید، عجله‌ای نیست. "])
async def test_a_long_answer_to_a_question_for_a_time_says_what_is_possible(said: str, length: int) -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.forges(f"plan.ask_time:1:1:{NEWS}")
        before = len(house.admin.reads())
        await house.admin.sends((said * 1000)[:length].strip())

        told = [m["text"] for m in house.admin.reads()[before:] if m["from"]["is_bot"]]
        assert len(told) == 1, "with what the app has cut off"
        assert "چیزی عوض نشد" in told[0]
        assert "برای نمونه: فردا" in told[0]
        assert ("تقویمی" if "۸" in said else "این خبر را هر وقت") in told[0]
        async with house.newsroom.storage.begin() as db:
            assert await db.posts.of_channel(NEWS, *PostState) == ()

        await house.admin.sends("فردا ۸")  # at once: it is no rest of the long one
        assert "در صف «خبر»" in house.admin.text()


async def test_a_short_answer_right_behind_a_message_of_full_length_is_not_dropped_without_a_word() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.forges(f"plan.ask_time:1:1:{NEWS}")
        await house.admin.sends("ک" * 4096)
        await house.admin.sends("فردا ۸")  # it could be what the app has cut off
        assert "دوباره بفرستید" in house.admin.text()

        await house.admin.sends("فردا ۸")
        assert "در صف «خبر»" in house.admin.text()
