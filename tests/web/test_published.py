"""What was published, outside Telegram: feeds, pages, ninjs; corrections and withdrawals follow."""

import contextlib
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import pytest
from sqlalchemy import text

from bot import outlets
from bot.desk.readers import Shown
from bot.errors import StorageError
from bot.intake.feeds import reading
from bot.news.model import Article, Channel, KeyPoint, Paragraph, RelatedLink, Section
from bot.news.sent import from_ninjs
from bot.web import story_page, syndication
from bot.web.settings import ServerSettings
from storage import Storage
from tests.newsroom import COPY, NEWS, House, newsroom

BASE = "https://news.example"


class Reader:
    def __init__(self, house: House, client: httpx.AsyncClient) -> None:
        self.house, self.client = house, client

    async def gets(self, path: str, **headers: str) -> httpx.Response:
        return await self.client.get(path, headers=headers)


@contextlib.asynccontextmanager
async def reader(**more: Any) -> AsyncIterator[Reader]:
    async with newsroom() as house:
        app = outlets.application_of(
            house.newsroom,
            ServerSettings(**{"base_url": BASE, **more}),
            now=lambda: house.world.clock.now().timestamp(),
        )
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app), base_url="http://monadi"
        ) as client:
            yield Reader(house, client)


async def published(house: House) -> None:
    await house.approved()
    await house.admin.forges(f"plan.now:1:1:{NEWS}")
    await house.settles()


async def test_a_page_says_what_readers_have() -> None:
    async with reader() as it:
        await published(it.house)
        page = await it.gets("/stories/1")
        assert page.status_code == 200, page.text
        assert '<html lang="fa" dir="rtl">' in page.text
        assert "شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید" in page.text
        assert '<meta property="og:title" content="شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید">' in page.text
        assert f'<link rel="canonical" href="{BASE}/stories/1">' in page.text
        assert "<script" not in page.text
        assert "t.me/news/" in page.text
        assert page.headers["content-security-policy"].startswith("default-src 'none'")
        assert page.headers["cache-control"] == "public, max-age=20"
        assert (await it.gets("/stories/1", **{"if-none-match": page.headers["etag"]})).status_code == 304


async def test_what_is_not_published_is_not_there() -> None:
    async with reader() as it:
        await it.house.reporter.sends(COPY)
        for path in (
            "/stories/1",
            "/stories/1.json",
            "/stories/99",
            "/stories/9" + "9" * 30,
            "/channels/news/feed.xml",
            "/channels/none/feed.json",
        ):
            answer = await it.gets(path)
            assert answer.status_code == 404
            assert "سپیدکوه" not in answer.text
        await it.house.approved()
        assert (await it.gets("/stories/2")).status_code == 404


async def test_without_a_base_url_nothing_stands_there() -> None:
    async with reader(base_url="") as it:
        await published(it.house)
        assert (await it.gets("/stories/1")).status_code == 404
        assert (await it.gets("/channels/news/feed.xml")).status_code == 404


async def test_a_private_channel_is_its_members() -> None:
    async with reader() as it:
        await published(it.house)
        async with it.house.newsroom.storage.begin() as db:
            await db.staff._connection.execute(text("UPDATE channels SET username = NULL"))
        for path in ("/stories/1", "/stories/1.json", "/channels/news/feed.xml"):
            assert (await it.gets(path)).status_code == 404


async def test_feeds_are_read_by_our_own_reader_and_by_an_xml_parser() -> None:
    async with reader() as it:
        await published(it.house)
        rss, feed = await it.gets("/channels/news/feed.xml"), await it.gets("/channels/news/feed.json")
        ET.fromstring(rss.text)
        json.loads(feed.text)
        for answer in (rss, feed):
            read = reading.read(answer.content)
            assert read is not None
            (item,) = read.items
            assert (item.title, item.url, item.is_whole) == (
                "شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید",
                f"{BASE}/stories/1",
                True,
            )
            assert item.published == it.house.world.clock.now()
        assert rss.headers["content-type"].startswith("application/rss+xml")


async def test_ninjs_of_a_story_is_a_story_again() -> None:
    async with reader() as it:
        await published(it.house)
        told = (await it.gets("/stories/1.json")).json()
        assert told["uri"] == f"{BASE}/stories/1"
        sent = from_ninjs(told)
        assert sent.copy.startswith("شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید")
        assert "۲۵۰ کیلومتر" in sent.copy


async def test_a_correction_and_a_withdrawal_are_there_within_a_minute() -> None:
    async with reader() as it:
        await published(it.house)
        before = await it.gets("/stories/1")
        await it.house.editor.forges("story.edit:1:1:headline")
        await it.house.editor.sends("شهرداری سپیدکوه سی اتوبوس برقی خرید")
        await it.house.passes(60)
        assert (await it.gets("/stories/1")).text == before.text, "an editor's word is waited for"
        await it.house.editor.forges("story.correct_dated:1:2")
        await it.house.passes(60)
        page = await it.gets("/stories/1")
        assert "سی اتوبوس" in page.text
        assert "اصلاحیه" in page.text
        assert "سی اتوبوس" in (await it.gets("/channels/news/feed.json")).text

        await it.house.editor.forges("story.kill:1:3")
        await it.house.passes(60)
        gone = await it.gets("/stories/1")
        assert gone.status_code == 410
        assert "پس گرفته شد" in gone.text
        assert "اتوبوس" not in gone.text
        assert (await it.gets("/stories/1.json")).json()["pubstatus"] == "canceled"
        assert "اتوبوس" not in (await it.gets("/channels/news/feed.xml")).text


HOSTILE = Article(
    headline="<script>alert(1)</script> & \"'",
    kicker="</title><b>",
    lede="<img src=x onerror=alert(1)>\x00\x0b",
    sections=(Section(heading="<h1>", blocks=(Paragraph(text="]]></content:encoded>"),)),),
    key_points=(KeyPoint(text="<li>", label="</ul>"),),
    related=(
        RelatedLink(title="<a>", url="javascript:alert(1)"),
        RelatedLink(title="x", url='https://a.example/"><script>'),
    ),
    byline="<b>",
    source="<i>",
    source_url="javascript:alert(1)",
)


async def test_no_text_of_a_story_becomes_markup() -> None:
    shown = Shown(
        article=HOSTILE,
        channel=Channel(id=-1, title="<b>", username="news"),
        at=datetime(2026, 11, 30, tzinfo=UTC),
        message_id=5,
    )
    page = story_page.page(shown, f"{BASE}/stories/1")
    assert "<script" not in page
    assert "<img" not in page
    assert "javascript:" not in page.replace("&quot;", "")
    rss = syndication.rss(
        shown.channel, [shown], url=f"{BASE}/x", home=BASE, where=lambda _: f"{BASE}/stories/1"
    )
    assert ET.fromstring(rss).find("./channel/item/title").text == HOSTILE.headline  # type: ignore[union-attr]


async def test_health() -> None:
    async with reader() as it:
        assert (await it.gets("/healthz")).json() == {"status": "ok"}
        ready = await it.gets("/readyz")
        assert ready.status_code == 200, ready.text
        it.house.world.clock.advance(600)
        ready = await it.gets("/readyz")
        assert (ready.status_code, ready.json()["faults"]) == (503, ["telegram"])


async def test_health_of_a_database_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    async with reader() as it:

        def away(self: Storage) -> None:
            raise StorageError("away")

        monkeypatch.setattr(Storage, "begin", away)
        assert (await it.gets("/readyz")).json()["faults"] == ["database"]
        assert (await it.gets("/healthz")).status_code == 200
