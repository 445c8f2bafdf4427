"""A file becomes a draft; one that can't be read has a word of why, and is not lost."""

import base64
from collections.abc import AsyncIterator

import pytest

from tests.intake.test_files import DOCX, docx, packed, pdf
from tests.intake.told import LIBRARY, WATER
from tests.newsroom import COPY, House, newsroom


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with newsroom() as opened:
        yield opened
        await opened.newsroom.errands.close()


def file(name: str, content: bytes) -> dict[str, str]:
    return {"name": name, "data": base64.b64encode(content).decode()}


async def test_a_word_file_becomes_a_draft_and_may_go_with_it(house: House) -> None:
    await house.reporter.sends(document=file("khabar.docx", DOCX))

    async with house.newsroom.storage.begin() as db:
        article = await db.articles.get(1)
    assert article is not None
    assert article.headline == LIBRARY.headline
    assert article.media == ()
    await house.reporter.presses("📎")
    async with house.newsroom.storage.begin() as db:
        article = await db.articles.get(1)
    assert article is not None
    assert [each.name for each in article.media] == ["khabar.docx"]


async def test_of_a_pdf_it_is_said_that_it_is_doubtful(house: House) -> None:
    await house.reporter.sends(document=file("khabar.pdf", pdf(WATER)))

    said = "\n".join(str(one.get("text")) for one in house.reporter.reads())
    assert "نیم‌فاصله‌ها درست نباشند" in said
    async with house.newsroom.storage.begin() as db:
        article = await db.articles.get(1)
    assert article is not None
    assert "PDF" in (article.ed_note or "")


@pytest.mark.parametrize(
    ("name", "raw", "word"),
    [
        ("a.docx", packed({"x": "y"}), "این نوع فایل"),
        ("a.docx", DOCX[:300], "خراب"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "قدیمی"),
        ("a.docx", docx(""), "متن خبری پیدا نکردم"),
    ],
)
async def test_what_cant_be_read_says_why_and_can_still_be_a_story(
    house: House, name: str, raw: bytes, word: str
) -> None:
    await house.reporter.sends(document=file(name, raw))

    said = "\n".join(str(one.get("text")) for one in house.reporter.reads())
    assert word in said
    assert name in said
    await house.passes(5)
    await house.reporter.sends(COPY)
    await house.passes(5)
    async with house.newsroom.storage.begin() as db:
        article = await db.articles.get(1)
    assert article is not None
    assert [each.name for each in article.media] == [name]


async def test_a_pdf_that_follows_a_story_goes_with_it(house: House) -> None:
    await house.reporter.sends(COPY)
    await house.reporter.sends(document=file("khabar.pdf", pdf(WATER)))
    await house.passes(5)

    async with house.newsroom.storage.begin() as db:
        assert await db.articles.get(2) is None
