"""A long field is answered by a text file as well; what can't be read as text leaves the question open."""

import base64

from bot.simulator.files import blank_picture
from tests.newsroom import COPY, House, newsroom, story

PARAGRAPHS = [
    f"بند شمارهٔ {number} گزارش از سپیدکوه و ناوگان تازهٔ آن است. " + "جملهٔ دیگر. " * 30 for number in range(60)
]
TEXT = "\n".join(line.strip() for line in PARAGRAPHS)


def file(content: bytes, name: str = "متن.txt") -> dict[str, str]:
    return {"name": name, "data": base64.b64encode(content).decode()}


async def asked(house: House) -> None:
    await house.reporter.sends(COPY)
    await house.reporter.forges("story.write:1:1:text.all")


async def test_all_of_a_long_text_comes_in_a_file() -> None:
    for encoding in ("utf-8", "utf-16"):
        async with newsroom() as house:
            await asked(house)
            await house.reporter.sends(document=file(TEXT.encode(encoding)))
            paragraphs = [text for section in (await story(house)).sections for text in section.paragraphs]
            assert len(paragraphs) == 60
            assert paragraphs[59].startswith("بند شمارهٔ ۵۹")
            async with house.newsroom.storage.begin() as db:
                assert await db.articles.get(2) is None, "no second story was made of it"


async def test_what_is_no_text_leaves_the_question_open() -> None:
    async with newsroom() as house:
        await asked(house)
        assert "نتوانستم" in await house.reporter.sends(document=file(blank_picture()))
        assert "خیلی بزرگ" in await house.reporter.sends(document=file(b"a" * ((1 << 20) + 1)))
        await house.reporter.sends("بند تازه.")
        assert (await story(house)).sections[0].paragraphs == ("بند تازه.",)


async def test_a_file_for_a_short_field_is_too_long_and_says_so() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.forges("story.write:1:1:byline")
        assert "خیلی بلند" in await house.reporter.sends(document=file(TEXT.encode()))
        assert (await story(house)).byline is None


async def test_a_file_without_a_question_is_no_answer() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.sends(document=file(TEXT.encode()))
        assert (await story(house)).version <= 2
        assert "بند شمارهٔ ۵۹" not in str((await story(house)).sections)
