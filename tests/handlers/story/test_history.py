"""What a story was: versions with who, when and what; compared, brought back; and what changed told by itself."""

from typing import Any

from bot.news.model import ArticleState
from tests.newsroom import COPY, House, Person, newsroom, story


def styles(message: dict[str, Any]) -> dict[str, list[str]]:
    """The stretches of a message by their style."""
    units = message["text"].encode("utf-16-le")
    found: dict[str, list[str]] = {}
    for each in message.get("entities", []):
        start, end = 2 * each["offset"], 2 * (each["offset"] + each["length"])
        found.setdefault(each["type"], []).append(units[start:end].decode("utf-16-le"))
    return found


def last_with(person: Person, word: str) -> dict[str, Any]:
    return next(m for m in reversed(person.reads()) if word in m.get("text", ""))


async def writes(house: House, person: Person, field: str, text: str) -> None:
    """Change a field, whatever its button is called and wherever it stands."""
    await person.forges(f"story.edit:1:{(await story(house)).version}:{field}")
    await person.sends(text)


async def opens(person: Person) -> None:
    """The history is behind "more" on the card."""
    await person.presses("بیشتر", message=person.card())
    await person.presses("تاریخچه", message=person.card())


async def edited(house: House, *headlines: str) -> None:
    await house.reporter.sends(COPY)
    for each in headlines:
        await writes(house, house.reporter, "headline", each)


async def test_the_history_tells_who_changed_what_and_when() -> None:
    async with newsroom() as house:
        await edited(house, "تیتر دوم خبر", "تیتر سوم خبر")
        await opens(house.reporter)
        told = house.reporter.text()

        assert "نسخهٔ ۳" in told
        assert "نسخهٔ ۱" in told
        assert "خبرنگار" in told
        assert "۱۴۰۵" in told
        assert "تیتر" in told


async def test_any_two_versions_are_compared() -> None:
    async with newsroom() as house:
        await edited(house, "تیتر دوم خبر", "تیتر سوم خبر")
        await opens(house.reporter)
        await house.reporter.presses("نسخهٔ ۲")
        await house.reporter.presses("مقایسه با نسخهٔ دیگر")
        await house.reporter.presses("نسخهٔ ۳")
        message = house.reporter.reads()[-1]

        assert "دوم" in styles(message)["strikethrough"]
        assert "سوم" in styles(message)["underline"]


async def test_a_version_is_looked_at_and_brought_back_and_that_is_undone() -> None:
    async with newsroom() as house:
        await edited(house, "تیتر دوم خبر")
        first = (await story(house)).headline
        await opens(house.reporter)
        await house.reporter.presses("نسخهٔ ۱")
        assert "شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید" in house.reporter.text()
        await house.reporter.presses("بازگرداندن نسخهٔ ۱")
        after = await story(house)
        assert after.headline == "شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید"
        assert after.version == 3
        assert "بازگردانده شد" in house.reporter.text()

        await house.reporter.forges("story.undo:1:3")
        assert (await story(house)).headline == first


async def test_a_stale_page_brings_nothing_back_and_is_drawn_anew() -> None:
    async with newsroom() as house:
        await edited(house, "تیتر دوم خبر")
        await opens(house.reporter)
        await house.reporter.presses("نسخهٔ ۱")
        page = house.reporter.reads()[-1]
        await writes(house, house.reporter, "headline", "تیتر سوم خبر")
        said = await house.reporter.presses("بازگرداندن نسخهٔ ۱", message=page)

        assert "عوض شده" in said
        assert (await story(house)).headline == "تیتر سوم خبر"
        assert "نسخهٔ ۳" in next(
            m["text"] for m in house.reporter.reads() if m["message_id"] == page["message_id"]
        )


async def test_an_editor_sees_what_was_asked_and_what_has_changed_since() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("ارسال به دبیر")
        await house.editor.presses("اصلاح", message=house.editor.card())
        await house.editor.sends("لطفاً نام مدیر ناوگان را بنویسید.")
        await writes(house, house.reporter, "lede", (await story(house)).lede.replace("شنبه", "جمعه"))
        await house.reporter.presses("ارسال به دبیر")
        message = last_with(house.editor, "خواسته شده بود")

        assert "نام مدیر ناوگان" in message["text"]
        assert styles(message)["strikethrough"] == ["شنبه"]
        assert styles(message)["underline"] == ["جمعه"]


async def test_an_editor_sees_what_was_changed_after_approving() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("ارسال به دبیر")
        await house.editor.presses("تأیید")
        await writes(house, house.reporter, "headline", "شهرداری سپیدکوه ۳۰ اتوبوس برقی خرید")
        assert (await story(house)).state is ArticleState.SUBMITTED
        message = last_with(house.editor, "پس از تأیید عوض شده")

        assert styles(message)["strikethrough"] == ["۲۰"]
        assert styles(message)["underline"] == ["۳۰"]


async def test_a_correction_is_shown_against_what_readers_have() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.presses("زمان‌بندی")
        await house.admin.presses("نوبت آزاد بعدی")
        await house.passes(2 * 3600)
        assert (await story(house)).state is ArticleState.PUBLISHED
        await house.editor.sends("/desk")
        await writes(house, house.editor, "headline", "شهرداری سپیدکوه ۳۰ اتوبوس برقی خرید")
        shown = last_with(house.editor, "خوانندگان هنوز")
        assert styles(shown)["strikethrough"] == ["۲۰"]

        await house.editor.forges("story.correct:1:2")
        told = last_with(house.reporter, "اصلاحیهٔ «")
        assert styles(told)["underline"] == ["۳۰"]


async def test_history_by_its_command_and_not_of_other_peoples_stories() -> None:
    async with newsroom() as house:
        await edited(house, "تیتر دوم خبر")
        await house.reporter.sends("/history")
        await house.reporter.presses("تیتر دوم خبر")
        assert "تاریخچهٔ" in house.reporter.text()
        await house.reporter.sends("/history", reply_to_message_id=house.reporter.card()["message_id"])
        assert "تاریخچهٔ" in house.reporter.text()

        await house.admin.sends("/help")
        for data in (
            "story.history:1:1",
            "story.version:1:1:0",
            "story.compare:1:1:2:0",
            "story.restore:1:2:1",
        ):
            await house.admin.forges(data)
        assert (await story(house)).version == 2
        assert "سپیدکوه" not in house.admin.text()
