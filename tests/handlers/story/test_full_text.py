"""Who decides on a story can read all of it, in the bot, page after page."""

from bot.news.posts.direction import LRM, RLM
from tests.newsroom import COPY, House, Person, newsroom, story

BODY = "\n".join(
    f"بند شمارهٔ {number} از گزارش بلند شهرداری دربارهٔ ناوگان تازهٔ شهر، هزینهٔ آن و برنامهٔ هفته‌های آینده است. "
    + "شهروندان می‌توانند نظر خود را به سامانه بفرستند. " * 6
    for number in range(1, 41)
)
LONG_COPY = f"{COPY}\n{BODY}"


async def reads_all(person: Person) -> str:
    """Turns every page; their texts."""
    await person.presses("متن کامل")
    texts = [person.text()]
    while any("بعدی" in label for label in person.buttons(person.reads()[-1])):
        await person.presses("بعدی", message=person.reads()[-1])
        texts.append(person.text())
    return "\n".join(texts)


async def submitted(house: House, copy: str = LONG_COPY) -> None:
    at = 0
    while at < len(copy):
        end = copy.rfind("\n", at, at + 4000) + 1 if len(copy) - at > 4000 else len(copy)
        await house.reporter.sends(copy[at:end])
        at = end
    await house.passes(5)
    await house.reporter.presses("ارسال به دبیر")


async def test_an_editor_reads_every_paragraph_before_approving() -> None:
    async with newsroom() as house:
        await submitted(house)
        told = (await reads_all(house.editor)).replace(RLM, "").replace(LRM, "")
        article = await story(house)
        paragraphs = [text for section in article.sections for text in section.paragraphs]
        assert len(paragraphs) >= 40
        for text in (article.headline, article.lede, *paragraphs):
            assert text in told
        assert "از" in told.split("\n")[0]
        assert "۱ از" in told


async def test_a_page_of_an_older_version_is_drawn_anew_and_says_so() -> None:
    async with newsroom() as house:
        await submitted(house)
        await house.editor.presses("متن کامل")
        page = house.editor.reads()[-1]
        await house.reporter.presses("تیتر")
        await house.reporter.sends("شهرداری سپیدکوه اتوبوس‌های تازه خرید")
        answer = await house.editor.presses("بعدی", message=page)
        assert "عوض شده" in answer
        shown = next(m for m in house.editor.reads() if m["message_id"] == page["message_id"])
        assert (
            f"نسخهٔ {(await story(house)).version}".translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
            in shown["text"]
        )


async def test_who_only_schedules_reads_what_was_approved() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.reporter.presses("لید")
        await house.reporter.sends("این لید را هنوز هیچ دبیری ندیده و تأیید نکرده است.")
        assert "هنوز هیچ دبیری" not in await reads_all(house.admin)
        assert "هنوز هیچ دبیری" in await reads_all(house.editor)


async def test_another_reporters_story_stays_unread() -> None:
    async with newsroom() as house:
        await house.editor.sends(COPY)
        await house.reporter.sends("/help")
        await house.reporter.forges("story.text:1:1")
        assert "اتوبوس" not in house.reporter.text()
