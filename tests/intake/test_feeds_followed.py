"""Feeds followed by the newsroom: added, read, what is new becomes stories; driven as editors would."""

import asyncio
import base64
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from bot import feeding
from bot.app import Newsroom
from bot.config import IntakeSettings
from bot.intake.feeds import finding, reading
from bot.intake.fetching import Fetched
from bot.intake.workshop import Workshop
from bot.news import copydesk
from bot.news.feeds import Fate, Feed, Source
from bot.news.model import Article, ArticleState, Role
from handlers.feeds import opml as opml_file
from handlers.feeds import taking
from storage import Storage
from tests.handlers.story.test_errands import PIXEL
from tests.intake.web import Web, answer, elsewhere, serving
from tests.mortal import Life, MortalStorage
from tests.newsroom import NEWS, NOON, House, newsroom

BODY = (
    "شهرداری سپیدکوه روز شنبه از ورود بیست اتوبوس برقی به ناوگان شهر خبر داد. این اتوبوس‌ها از هفتهٔ آینده در خط یک کار می‌کنند. "
    "به گفتهٔ مدیر ناوگان، هر اتوبوس با یک بار شارژ ۲۵۰ کیلومتر راه می‌رود."
)
TITLES = (
    "قطار تازه به ایستگاه رسید",
    "بازار میوه فردا باز است",
    "کتابخانهٔ شهر دو شعبه گشود",
    "پل رودخانه نوسازی شد",
)


def entry(
    number: int,
    *,
    title: str | None = None,
    id: str | None = None,
    url: str | None = None,
    at: datetime = NOON,
    category: str = "شهر",
) -> str:
    return (
        f"<item><guid isPermaLink='false'>{id or f'n-{number}'}</guid><title>{title or TITLES[number - 1]}</title>"
        f"<link>{url or f'https://paper.example/n/{number}'}</link><pubDate>{format_datetime(at)}</pubDate>"
        f"<category>{category}</category><description>{BODY}</description></item>"
    )


def feed(*items: str, more: str = "") -> str:
    return f'<rss version="2.0"><channel><title>روزنامهٔ سپیدکوه</title><link>https://paper.example/</link>{more}{"".join(reversed(items))}</channel></rss>'


@dataclass
class Following:
    """A newsroom beside a small web."""

    house: House
    web: Web
    heads: list[str] = field(default_factory=list)

    def url(self, path: str = "/feed") -> str:
        return self.web.url(path, "127.0.0.1")

    def serves(self, body: str, *headers: str, path: str = "/feed") -> None:
        self.web.answers[path] = answer(body, *headers, kind="application/rss+xml")

    async def adds(self, path: str = "/feed") -> None:
        await self.house.editor.sends(f"/feeds {self.url(path)}")

    async def source(self, number: int = 1) -> Source:
        async with self.house.newsroom.storage.begin() as db:
            found = await db.feeds.get(number)
        assert found is not None
        return found

    async def stories(self) -> list[Article]:
        async with self.house.newsroom.storage.begin() as db:
            return [story for id in range(1, 60) if (story := await db.articles.get(id))]

    async def headlines(self) -> list[str]:
        return [story.headline for story in await self.stories()]

    def world_passes(self) -> None:
        self.house.world.clock.advance(16 * 60)

    async def looks_again(self) -> None:
        await self.house.passes(16 * 60)

    async def fates(self) -> dict[Fate, int]:
        async with self.house.newsroom.storage.begin() as db:
            return await db.feeds.counts(1, NOON - timedelta(days=400))


class Nearby(Workshop):
    """Reads feeds in this process: to start one takes a second (tests/intake/test_workshop.py does)."""

    async def feed(self, raw: bytes, url: str, charset: str | None) -> Feed | None:
        return reading.read(raw, url, charset)


@contextlib.asynccontextmanager
async def following(*, pages: bool = True, **more: Any) -> AsyncIterator[Following]:
    async with serving() as web:
        intake = IntakeSettings(allow_hosts=(f"127.0.0.1:{web.port}",), pages=pages)
        async with newsroom(intake=intake, **more) as house:
            house.newsroom.feeds.jitter = lambda: 1.0
            house.newsroom.feeds.shop = shop = Nearby()
            yield Following(house, web)
            await shop.close()


async def test_the_first_reading_records_and_sends_nothing_and_what_is_new_then_becomes_drafts() -> None:
    async with following() as it:
        it.serves(feed(entry(1), entry(2)))
        await it.adds()

        assert await it.stories() == []
        assert "۲" in it.house.editor.text()

        it.serves(feed(entry(1), entry(2), entry(3, at=NOON + timedelta(minutes=5))))
        await it.looks_again()

        (story,) = await it.stories()
        assert (story.headline, story.source, story.source_url, story.category) == (
            TITLES[2],
            "روزنامهٔ سپیدکوه",
            "https://paper.example/n/3",
            "شهر",
        )
        assert story.state is ArticleState.DRAFT
        assert TITLES[2] in it.house.editor.card()["text"]


PAGE = """<html><head><title>قطار</title></head><body><nav>خانه</nav><article><h1>قطار شهری از راه رسید</h1>
<p>قطار تازهٔ شهر سپیدکوه روز شنبه پس از سه سال انتظار به ایستگاه مرکزی رسید و شهردار آن را افتتاح کرد.</p>
<p>مدیر قطار شهری گفت که این قطار ۱۲ واگن دارد و هر روز ۴۰ هزار نفر را جابه‌جا می‌کند و هزینهٔ آن از بودجهٔ شهر پرداخت شد.</p>
<p>خط دوم نیز تا پایان سال آینده به بهره‌برداری می‌رسد و ایستگاه‌های آن در محله‌های شرقی شهر ساخته می‌شود.</p></article></body></html>"""


async def test_where_a_feed_has_but_a_summary_the_page_is_read() -> None:
    async with following() as it:
        it.serves(feed(entry(1)))
        await it.adds()
        it.web.answers["/n/2"] = answer(PAGE)
        it.serves(
            feed(
                entry(1),
                entry(2, title="قطار شهری از راه رسید", url=it.url("/n/2")),
                entry(3, url=it.url("/gone")),
            )
        )
        await it.looks_again()

        first, second = await it.stories()
        assert "۱۲ واگن" in str(first)
        assert (first.headline, first.source_url) == ("قطار شهری از راه رسید", it.url("/n/2"))
        assert "خانه" not in str(first.sections)
        assert "۲۵۰ کیلومتر" in str(second), "a page that can't be had leaves the summary"


async def test_no_page_is_read_where_the_settings_say_so() -> None:
    async with following(pages=False) as it:
        it.serves(feed(entry(1)))
        await it.adds()
        it.serves(feed(entry(1), entry(2, url=it.url("/n/2"))))
        await it.looks_again()
        assert not any("/n/2" in asked for asked in it.web.asked)
        assert len(await it.stories()) == 1


async def test_it_asks_only_for_what_is_newer() -> None:
    async with following() as it:
        it.serves(feed(entry(1)), 'ETag: "abc"', "Last-Modified: Sun, 22 Nov 2026 08:00:00 GMT")
        await it.adds()
        it.web.answers["/feed"] = answer(status=304, kind="")
        await it.looks_again()

        assert 'if-none-match: "abc"' in it.web.asked[-1].lower()
        assert "if-modified-since: sun, 22 nov 2026 08:00:00 gmt" in it.web.asked[-1].lower()
        assert (await it.source()).fault is None


async def test_how_often_it_asks_is_the_feeds_wish_within_bounds() -> None:
    async with following() as it:
        it.serves(feed(entry(1), more="<ttl>120</ttl>"))
        await it.adds()
        assert (await it.source()).next_at == NOON + timedelta(minutes=120)
        it.serves(feed(entry(1), more="<ttl>99999</ttl>"), path="/slow")
        await it.adds("/slow")
        assert (await it.source(2)).next_at == NOON + timedelta(days=1)


async def test_a_page_leads_to_its_feed() -> None:
    async with following() as it:
        it.serves(feed(entry(1)))
        it.web.answers["/"] = answer(
            "<html><head><link rel='alternate' type='application/rss+xml' title='دیدگاه‌ها' href='/comments/feed'>"
            "<link rel=alternate type=application/rss+xml href=/feed></head></html>"
        )
        await it.adds("/")

        assert (await it.source()).url == it.url()
        assert (await it.source()).begun_at is not None


async def test_what_is_no_feed_is_said_in_words() -> None:
    async with following() as it:
        it.web.answers["/"] = answer("<html><head><title>x</title></head></html>")
        await it.adds("/")
        assert "خوراک نیست" in it.house.editor.text()

        await it.adds("/nothing")
        assert "چیزی نیست" in it.house.editor.text()


async def test_a_broken_feed_is_told_of_once_and_again_when_it_works() -> None:
    async with following() as it:
        it.serves(feed(entry(1)))
        await it.adds()
        heard = len(it.house.editor.reads())
        it.web.answers["/feed"] = answer(status=500)
        await it.house.passes(3 * 24 * 3600)
        assert len(it.house.editor.reads()) == heard + 1
        assert (await it.source()).faults > TOLD
        asked = len(it.web.asked)
        assert asked < 15

        it.serves(feed(entry(1), entry(2, at=NOON + timedelta(days=3))))
        await it.house.passes(26 * 3600)
        said = [message["text"] for message in it.house.editor.reads()[heard + 1 :]]
        assert "دوباره خوانده می‌شود" in said[0]
        assert len(await it.stories()) == 1


TOLD = 4


async def test_retry_after_is_kept_to() -> None:
    async with following() as it:
        it.web.answers["/feed"] = answer(b"", "Retry-After: 7200", status=503)
        await it.adds()
        assert (await it.source()).next_at == NOON + timedelta(hours=2)


@pytest.mark.parametrize("kept", ["url", "title"])
async def test_a_feed_that_changed_its_ids_floods_nobody(kept: str) -> None:
    async with following() as it:
        it.serves(feed(entry(1), entry(2), entry(3)))
        await it.adds()
        renamed = {"url": lambda n: None, "title": lambda n: f"https://new.example/{n}"}[kept]
        titles = {"url": lambda n: f"{TITLES[n - 1]} (تازه)", "title": lambda n: None}[kept]
        it.serves(
            feed(
                *(entry(n, id=f"x-{n}", url=renamed(n), title=titles(n)) for n in (1, 2, 3)),
                entry(4, at=NOON + timedelta(minutes=3)),
            )
        )
        await it.looks_again()

        assert await it.headlines() == [TITLES[3]]


async def test_old_stories_that_come_back_are_no_news() -> None:
    async with following() as it:
        it.serves(feed(entry(1)))
        await it.adds()
        it.serves(
            feed(entry(1), entry(2, at=NOON - timedelta(days=30)), entry(3, at=NOON - timedelta(hours=3)))
        )
        await it.looks_again()

        assert await it.headlines() == [TITLES[2]]


async def test_one_title_every_day_is_a_story_every_day() -> None:
    async with following() as it:
        it.serves(feed(entry(1, title="نرخ امروز")))
        await it.adds()
        it.serves(feed(entry(1, title="نرخ امروز"), entry(2, title="نرخ امروز", at=NOON + timedelta(days=2))))
        await it.house.passes(2 * 24 * 3600)

        assert await it.headlines() == ["نرخ امروز"]


async def test_rules() -> None:
    async with following() as it:
        it.serves(feed(entry(1)))
        await it.adds()
        await it.house.editor.sends("/feeds")
        await it.house.editor.presses("روزنامهٔ سپیدکوه")
        await it.house.editor.presses("🎚")
        await it.house.editor.sends("دسته: شهر\nبا: کتابخانه، قطار\nبدون: آگهی\nدر روز: ۲")
        assert "کتابخانه" in it.house.editor.text()
        later = NOON + timedelta(minutes=5)
        new = [
            entry(2, title="کتاب‌خانه باز شد", at=later),
            entry(3, title="قطارها رسیدند", at=later),
            entry(4, title="قطار و آگهی", at=later),
            entry(5, title="قطار شهری", category="ورزش", at=later),
            entry(6, title="قطار ششم", at=later),
            entry(7, title="قطار هفتم", at=later),
        ]
        it.serves(feed(entry(1), *new))
        await it.looks_again()

        assert await it.headlines() == ["کتاب‌خانه باز شد", "قطار ششم"]
        assert await it.fates() == {Fate.SEEN: 1, Fate.TAKEN: 2, Fate.UNWANTED: 3, Fate.TOO_MANY: 1}


async def test_what_cannot_be_read_as_rules_is_said() -> None:
    async with following() as it:
        it.serves(feed(entry(1)))
        await it.adds()
        await it.house.editor.forges("feeds.rules:1")
        await it.house.editor.sends("همه چیز")
        assert "«همه چیز»" in it.house.editor.text()


async def test_handed_in_and_into_slots() -> None:
    async with following() as it:
        it.serves(feed(entry(1)))
        await it.house.owner.sends(f"/feeds {it.url()}")
        await it.house.admin.sends("/connect @news")
        await it.house.admin.sends("/slots هر روز ۱۸")
        await it.house.owner.forges("feeds.way:1:submit:0")
        it.serves(feed(entry(1), entry(2, at=NOON + timedelta(minutes=5))))
        await it.looks_again()
        (story,) = await it.stories()
        assert story.state is ArticleState.SUBMITTED
        assert TITLES[1] in it.house.editor.card()["text"]

        await it.house.owner.forges(f"feeds.way:1:slots:{NEWS}")
        it.serves(feed(entry(1), entry(3, at=NOON + timedelta(minutes=25))))
        await it.looks_again()
        assert (await it.stories())[1].state is ArticleState.APPROVED
        await it.house.passes(6 * 3600)
        assert any(TITLES[2] in post for post in it.house.posts())


async def test_an_editor_may_not_fill_a_channels_slots() -> None:
    async with following() as it:
        it.serves(feed(entry(1)))
        await it.adds()
        await it.house.admin.sends("/connect @news")
        await it.house.editor.forges(f"feeds.way:1:slots:{NEWS}")
        assert (await it.source()).way == "draft"


async def test_a_second_feed_with_the_same_story_brings_it_once() -> None:
    async with following() as it:
        it.serves(feed(entry(1)))
        it.serves(feed(entry(1)), path="/other")
        await it.adds()
        await it.adds("/other")
        both = feed(entry(1), entry(2, at=NOON + timedelta(minutes=5)))
        it.serves(both)
        it.serves(both, path="/other")
        await it.looks_again()

        assert await it.headlines() == [TITLES[1]]


async def test_pausing_and_removing() -> None:
    async with following() as it:
        it.serves(feed(entry(1)))
        await it.adds()
        await it.house.editor.forges("feeds.pause:1")
        it.serves(feed(entry(1), entry(2, at=NOON + timedelta(minutes=5))))
        await it.house.passes(3600)
        assert await it.stories() == []
        await it.house.editor.forges("feeds.resume:1")
        assert len(await it.stories()) == 1
        await it.house.editor.forges("feeds.remove:1")
        await it.house.editor.presses("بله")
        async with it.house.newsroom.storage.begin() as db:
            assert await db.feeds.count() == 0
        assert len(await it.stories()) == 1


async def test_opml_in_and_out() -> None:
    async with following() as it:
        it.serves(feed(entry(1)))
        it.serves(feed(entry(1)), path="/other?a=1&b=2")
        opml = f'<opml><body><outline text="x" type="rss" xmlUrl="{it.url()}"/><outline text="گروه"><outline xmlUrl=\'{it.url("/other?a=1&amp;b=2")}\'/></outline></body></opml>'
        await it.house.editor.sends("/feeds")
        await it.house.editor.presses("➕")
        file = {"name": "feeds.opml", "data": base64.b64encode(opml.encode()).decode()}
        await it.house.editor.sends(document=file)
        assert (await it.source()).begun_at
        assert (await it.source(2)).url == it.url("/other?a=1&b=2")
        await it.house.editor.sends("/feeds")
        await it.house.editor.presses("OPML")
        assert it.house.editor.reads()[-1]["document"]["file_name"] == "monadi-feeds.opml"
        async with it.house.newsroom.storage.begin() as db:
            listed = opml_file.written(list(await db.feeds.page(limit=5)))
        assert finding.listed_in(listed) == (it.url(), it.url("/other?a=1&b=2"))


async def test_killed_at_any_moment_it_brings_each_item_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process dies around each commit in turn; another one takes up what it has left."""
    body = feed(entry(1))

    async def fetched(url: str, *_: object, **__: object) -> Fetched:
        return Fetched(url=url, status=200, kind="", body=body.encode(), headers={})

    monkeypatch.setattr(feeding, "fetch", fetched)
    async with following() as it:
        lasting, newsroom_ = it.house.newsroom.storage, it.house.newsroom
        await it.house.editor.sends("/feeds https://paper.example/feed")
        await it.house.editor.sends("/feeds")
        number, moment, survived = 1, 0, False
        while not survived:
            number, moment = number + 1, moment + 1
            body = feed(*(entry(each, title=f"{TITLES[each % 4]} {each}") for each in range(1, number + 1)))
            it.world_passes()
            survived = await killed_after(lasting, newsroom_, moment)
            await killed_after(lasting, newsroom_, None)
            titles = await it.headlines()
            assert len(titles) == len(set(titles)) == number - 1, moment
        assert moment > 4


async def killed_after(lasting: Storage, newsroom_: Newsroom, moments: int | None) -> bool:
    life = Life()
    life.left = moments
    storage = MortalStorage(lasting, life)
    reader = replace(newsroom_.feeds, storage=storage)

    async def work() -> None:
        while await reader.look() is True:
            pass
        while await reader.read_page():
            pass
        while await taking.take_next(storage, await newsroom_.clock(), house=newsroom_.house):
            pass

    return await life.survives(work())


async def test_moved_for_ever() -> None:
    async with following() as it:
        it.serves(feed(entry(1)), path="/new")
        it.web.answers["/feed"] = elsewhere("/new", 301)
        await it.adds()
        assert (await it.source()).url == it.url("/new")


async def test_a_copy_that_breaks_the_copy_desk_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    reading = copydesk.read

    def read(copy: str, *given: object, **named: object) -> Article:
        if TITLES[1] in copy:
            raise ValueError("a bug")
        return reading(copy, *given, **named)  # type: ignore[arg-type]

    async with following() as it:
        it.serves(feed(entry(1)))
        await it.adds()
        monkeypatch.setattr(copydesk, "read", read)
        it.serves(feed(entry(1), entry(2, at=NOON), entry(3, at=NOON)))
        await it.looks_again()
        assert await it.headlines() == [TITLES[2]]
        assert any(TITLES[1] in message.get("text", "") for message in it.house.editor.reads())


async def test_whoever_added_it_has_gone() -> None:
    async with following() as it:
        it.serves(feed(entry(1)))
        await it.adds()
        async with it.house.newsroom.storage.begin() as db:
            await db.staff.take(it.house.editor.id, Role.EDITOR)
        it.serves(feed(entry(1), entry(2)))
        await it.looks_again()
        (story,) = await it.stories()
        assert story.reporter_id == it.house.owner.id


INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>{old}</loc><lastmod>2026-09-01</lastmod></sitemap><sitemap><loc>{new}</loc><lastmod>2026-11-06</lastmod></sitemap>
<sitemap><loc>{before}</loc><lastmod>2026-10-31</lastmod></sitemap></sitemapindex>"""


def sitemap(*numbers: int) -> str:
    named = "".join(
        f"<url><loc>https://paper.example/n/{number}</loc><news:news><news:title>{TITLES[number - 1]}</news:title>"
        f"<news:publication_date>{NOON.isoformat()}</news:publication_date></news:news></url>"
        for number in numbers
    )
    return f'<urlset xmlns="x" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{named}</urlset>'


async def test_of_an_index_of_sitemaps_the_newest_two_are_read() -> None:
    async with following(pages=False) as it:
        places = {name: it.url(f"/{name}.xml") for name in ("old", "before", "new")}
        it.serves(INDEX.format(**places), 'ETag: "never changes"')
        it.serves(sitemap(1), path="/before.xml")
        it.serves(sitemap(2), path="/new.xml")
        await it.adds()
        assert "۲" in it.house.editor.text()

        it.serves(sitemap(2, 3), path="/new.xml")
        await it.looks_again()

        assert await it.headlines() == [TITLES[2]]
        assert not any(asked.startswith("GET /old.xml") for asked in it.web.asked)
        assert not any("never changes" in asked for asked in it.web.asked)


async def test_a_list_of_feeds_is_added_by_its_address() -> None:
    async with following() as it:
        it.serves(feed(entry(1)), path="/one")
        it.serves(feed(entry(2)), path="/two")
        await it.adds("/one")
        listed = "".join(f'<outline xmlUrl="{it.url(path)}"/>' for path in ("/one", "/two"))
        it.serves(f"<opml version='2.0'><body>{listed}</body></opml>", path="/list.opml")
        await it.adds("/list.opml")

        said = "\n".join(str(each.get("text")) for each in it.house.editor.reads())
        assert "۱ خوراک را می‌خوانم" in said
        assert "۱ خوراک" in said
        async with it.house.newsroom.storage.begin() as db:
            assert [each.url for each in await db.feeds.page(limit=9)] == [it.url("/one"), it.url("/two")]


async def test_an_items_picture_goes_with_its_story_and_is_not_left_in_the_chat() -> None:
    async with following() as it:
        it.serves(feed(entry(1)))
        await it.adds()
        it.web.answers["/p.png"] = answer(PIXEL, kind="image/png")
        shown = entry(2).replace("</item>", f"<enclosure url='{it.url('/p.png')}' type='image/png'/></item>")
        absent = entry(3).replace(
            "</item>", f"<enclosure url='{it.url('/gone.png')}' type='image/png'/></item>"
        )
        it.serves(feed(entry(1), shown, absent))
        await it.looks_again()

        stories = {story.headline: story for story in await it.stories()}
        assert len(stories[TITLES[1]].media) == 1
        assert stories[TITLES[2]].media == ()
        photos = [each for each in it.house.editor.reads() if "photo" in each]
        assert all(TITLES[1] in (each.get("caption") or "") for each in photos), "only its card shows it"


async def test_a_slow_feed_holds_up_no_other() -> None:
    never, others = asyncio.Event(), asyncio.Semaphore(0)

    async def slow(_: asyncio.StreamWriter) -> None:
        await never.wait()

    async def quick(writer: asyncio.StreamWriter) -> None:
        writer.write(answer(feed(entry(1)), kind="application/rss+xml"))
        others.release()

    async with following() as it:
        it.web.answers = {"/0": slow, **{f"/{number}": quick for number in range(1, 9)}}
        async with it.house.newsroom.storage.begin() as db:
            for number in range(9):
                await db.feeds.add(it.url(f"/{number}"), by=it.house.editor.id, now=NOON)
        look = asyncio.create_task(it.house.newsroom.feeds.look())
        for _ in range(8):
            await others.acquire()
        assert not look.done()
        look.cancel()
        await asyncio.wait([look])
