"""A link becomes a draft: fetched, read, its picture handed over; what can't be read says so and is kept."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from tests.intake.layouts import nastooh, samaneh, telegram
from tests.intake.told import LIBRARY, MATCH, WATER, WHEAT
from tests.intake.web import Web, answer, local, serving
from tests.newsroom import COPY, House, newsroom

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c626001000000ffff03000006000557bfabd40000000049454e44ae426082"
)
NAMES = local("site.example", "media.chakad.example", "t.me")


@pytest.fixture
async def web(house: House) -> AsyncIterator[Web]:
    async with serving() as served:
        names = ("site.example", "media.chakad.example", "t.me")
        hosts = frozenset(f"{name}:{served.port}" for name in names)
        house.newsroom.errands.way = replace(served.way(), allow_hosts=hosts)
        house.newsroom.errands.resolve = NAMES
        yield served
        await house.newsroom.errands.close()


def page_of(web: Web, html: str) -> bytes:
    picture = f"http://media.chakad.example:{web.port}"
    return answer(html.replace("https://media.chakad.example", picture), kind="text/html; charset=utf-8")


async def test_a_link_becomes_a_draft_with_its_source_and_picture(house: House, web: Web) -> None:
    told = nastooh(LIBRARY)
    web.answers = {"/a": page_of(web, told.html), LIBRARY.picture: answer(PIXEL, kind="image/png")}

    await house.reporter.sends(web.url("/a"))

    chat = "\n".join(str(one.get("text") or "") for one in house.reporter.reads())
    assert "🔎" in chat
    assert "✅" in chat
    async with house.newsroom.storage.begin() as db:
        article = await db.articles.get(1)
    assert article is not None
    assert article.headline == LIBRARY.headline
    assert article.source == told.source
    assert article.source_url == told.canonical
    assert article.byline == LIBRARY.byline
    assert article.keywords[:1] == ("کوهپایه",)
    assert len(article.media) == 1
    assert "۳۰ آبان" in (article.ed_note or "")
    card = house.reporter.card()
    assert LIBRARY.headline in (card.get("text") or card.get("caption"))
    assert any("photo" in one for one in house.reporter.reads())


async def test_several_links_are_several_drafts(house: House, web: Web) -> None:
    web.answers = {"/a": page_of(web, samaneh(WHEAT).html), "/b": page_of(web, nastooh(WATER).html)}

    await house.reporter.sends(f"{web.url('/a')}\n{web.url('/b')}")

    said = [str(one.get("text")) for one in house.reporter.reads()]
    assert "🔎 در حال خواندن site.example …" in said, "a site is named once"
    async with house.newsroom.storage.begin() as db:
        drafts = [await db.articles.get(number) for number in (1, 2, 3)]
    assert {draft.headline for draft in drafts if draft} == {WHEAT.headline, WATER.headline}


async def test_a_few_words_beside_a_link_are_a_note_for_the_staff(house: House, web: Web) -> None:
    web.answers = {"/a": page_of(web, nastooh(WATER).html)}

    await house.reporter.sends(f"این را برای صفحهٔ استان‌ها کار کنید {web.url('/a')}")

    async with house.newsroom.storage.begin() as db:
        article = await db.articles.get(1)
    assert article is not None
    assert article.headline == WATER.headline
    assert "صفحهٔ استان‌ها" in (article.ed_note or "")


async def test_copy_with_a_link_in_it_is_copy(house: House, web: Web) -> None:

    await house.reporter.sends(f"{COPY}\nمنبع: {web.url('/a')}")

    assert web.asked == []
    async with house.newsroom.storage.begin() as db:
        article = await db.articles.get(1)
    assert article is not None
    assert article.headline.startswith("شهرداری سپیدکوه")


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/gone", "چیزی نیست"),
        ("/closed", "راهم نمی‌دهد"),
        ("/empty", "متن خبر"),
        ("/zip", "صفحه‌ای نیست"),
    ],
)
async def test_what_cant_be_read_says_so_and_keeps_the_link(
    house: House, web: Web, path: str, word: str
) -> None:
    web.answers = {
        "/closed": answer("x", status=403),
        "/empty": answer("<html><body><p>سلام</p></body></html>"),
        "/zip": answer(b"PK", kind="application/zip"),
    }

    said = await house.reporter.sends(web.url(path))

    assert word in said
    assert path in said
    async with house.newsroom.storage.begin() as db:
        assert await db.articles.get(1) is None
    web.answers[path] = page_of(web, nastooh(MATCH).html)
    await house.reporter.presses("🔁")
    async with house.newsroom.storage.begin() as db:
        article = await db.articles.get(1)
    assert article is not None
    assert article.headline == MATCH.headline


async def test_an_inner_address_is_never_asked(house: House, web: Web) -> None:
    for url in (
        f"http://127.0.0.1:{web.port}/",
        "http://2130706433/",
        "http://169.254.169.254/latest",
        "http://localhost/",
    ):
        said = await house.reporter.sends(url)
        assert "❌" in said, url
    assert web.asked == []


async def test_words_with_a_link_that_cant_be_read_are_copy(house: House, web: Web) -> None:
    await house.reporter.sends(f"زمین‌لرزهٔ ۵ ریشتری شهر سپیدکوه را لرزاند {web.url('/gone')}")

    async with house.newsroom.storage.begin() as db:
        article = await db.articles.get(1)
    assert article is not None
    assert "زمین‌لرزه" in article.headline
    assert (article.source_url or "").endswith("/gone")


async def test_a_link_survives_the_death_of_the_bot(house: House, web: Web) -> None:
    web.answers = {"/a": page_of(web, nastooh(WATER).html)}
    runner = house.newsroom.errands

    async def dies(*_: object) -> None:
        raise asyncio.CancelledError

    reads = runner._told
    runner._told = dies  # type: ignore[assignment,method-assign]
    with contextlib.suppress(asyncio.CancelledError):
        await house.reporter.sends(web.url("/a"))
    async with house.newsroom.storage.begin() as db:
        assert len(await db.errands.waiting(5)) == 1
    runner._told = reads  # type: ignore[method-assign]
    await runner.look()
    await house.settles()

    async with house.newsroom.storage.begin() as db:
        article = await db.articles.get(1)
        assert await db.errands.waiting(5) == ()
    assert article is not None
    assert article.headline == WATER.headline


async def test_a_fault_with_one_link_is_its_own(
    house: House, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("bot.errands.fetching.fetch", broken)
    said = await house.reporter.sends(web.url("/a"))

    assert "❌" in said
    assert "🔁" in str(house.reporter.buttons())


async def test_so_many_of_one_person_wait_and_no_more(
    house: House, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.story.errands.MOST_WAITING", 2)
    web.answers = {f"/{at}": page_of(web, nastooh(WATER).html) for at in range(4)}

    await house.reporter.sends("\n".join(web.url(f"/{at}") for at in range(4)))

    told = "\n".join(str(one.get("text")) for one in house.reporter.reads())
    assert f"{web.port}/2" in told
    assert f"{web.port}/3" in told
    async with house.newsroom.storage.begin() as db:
        assert await db.articles.get(2) is not None
        assert await db.articles.get(3) is None


async def test_a_post_of_another_channel_is_read_from_telegrams_own_page(house: House, web: Web) -> None:
    told = telegram(WHEAT)
    web.answers = {"/chakad_news/1234?embed=1&mode=tme": page_of(web, told.html)}
    runner = house.newsroom.errands

    # Telegram's page has https and port 443; the test's web has neither, so the address is put there by hand.
    from bot import errands

    def shown(url: str) -> str:
        return errands_shown(url).replace("https://t.me", f"http://t.me:{web.port}")

    errands_shown = errands._shown
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(errands, "_shown", shown)
        await house.reporter.sends("https://t.me/chakad_news/1234")
    assert runner.way.allow_hosts

    async with house.newsroom.storage.begin() as db:
        article = await db.articles.get(1)
    assert article is not None
    assert article.headline == WHEAT.headline
    assert article.source == told.source
    assert article.source_url == told.canonical


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with newsroom() as opened:
        yield opened
