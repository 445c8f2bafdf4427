"""`/metrics`: numbers that add up to what happened, no word of anybody's, and little work for the bot."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot import counting, outlets
from bot.counting import Spread
from bot.errors import StorageError
from bot.web.health import Health
from bot.web.metrics import ASKED_AGAIN, Metrics
from bot.web.serving import application
from bot.web.settings import ServerSettings
from tests.newsroom import COPY, NEWS, House, newsroom

ON = ServerSettings(address="127.0.0.1:0", metrics=True)


class Watch:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@asynccontextmanager
async def looked_at(house: House, now: Watch | None = None) -> AsyncIterator[httpx.AsyncClient]:
    app = outlets.application_of(house.newsroom, ON, now=now or Watch())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://here") as client:
        yield client


async def numbers(client: httpx.AsyncClient) -> dict[tuple[str, ...], float]:
    answer = await client.get("/metrics")
    assert answer.status_code == 200
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


async def test_the_numbers_are_those_of_what_happened() -> None:
    async with newsroom() as house, looked_at(house) as before, looked_at(house) as after:
        was = await numbers(before)
        await house.approved()
        await house.admin.forges(f"plan.now:1:1:{NEWS}")
        await house.settles()
        now = await numbers(after)
        out = len(house.posts())
        assert out == 1

    def more(*what: str) -> float:
        return now.get(what, 0) - was.get(what, 0)

    assert now["monadi_database_up",] == 1
    assert more("monadi_posts_total", "sent") == out
    assert more("monadi_post_lateness_seconds_count") == out
    assert more("monadi_post_lateness_seconds_bucket", "+Inf") == out
    assert more("monadi_copydesk_seconds_count") >= 1
    assert more("monadi_updates_total", "work") >= 5
    assert more("monadi_calls_total", "ok", "sendMessage") >= 5
    assert more("monadi_cards_total", "shown") >= 1


async def test_what_waits_is_counted_by_what_it_is() -> None:
    async with newsroom() as house:
        await house.approved()
        async with house.newsroom.storage.begin() as db:
            for number in range(3):
                await db.inbox.store(900_000 + number, {}, house.world.clock.now())
        async with looked_at(house) as client:
            now = await numbers(client)

    assert now["monadi_waiting", "updates"] == 3
    assert now["monadi_waiting", "posts_held"] == 0


async def test_no_word_and_no_name_is_in_it() -> None:
    async with newsroom() as house:
        await house.approved()
        house.world.faults.add(method="sendMessage", kind="refusal", description="chat not found: سپیدکوه")
        await house.reporter.sends("/help")
        async with looked_at(house) as client:
            shown = (await client.get("/metrics")).text

    assert shown.isascii()
    for word in (*COPY.split(), "news", "sport", "101", "1001000000001"):
        assert not (word in shown and len(word) > 3)


async def test_the_database_is_asked_once_in_a_while_however_often_somebody_looks() -> None:
    asked, watch = 0, Watch()

    async def depths() -> dict[str, int]:
        nonlocal asked
        asked += 1
        await asyncio.sleep(0)
        return {"updates": asked}

    async def silence() -> float | None:
        return None

    metrics = Metrics(depths=depths, silence=silence, now=watch)

    transport = httpx.ASGITransport(app=application(metrics.routes()))
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
        await asyncio.gather(*(client.get("/metrics") for _ in range(50)))
        assert asked == 1
        watch.now = ASKED_AGAIN
        assert (await numbers(client))["monadi_waiting", "updates"] == 2


async def test_a_database_that_is_away_is_a_number_too() -> None:
    async def depths() -> dict[str, int]:
        raise StorageError("away")

    async def silence() -> float | None:
        return 7.0

    transport = httpx.ASGITransport(app=application(Metrics(depths=depths, silence=silence).routes()))
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
        now = await numbers(client)
    assert (now["monadi_database_up",], now["monadi_telegram_silence_seconds",]) == (0, 7)


PARTS = {
    "webhook": "/telegram",
    "articles": "/articles",
    "published": "/stories/1",
    "health": "/healthz",
    "metrics": "/metrics",
}
OFF = {"address": "127.0.0.1:0", "base_url": "https://news.example", **dict.fromkeys(PARTS, False)}


@pytest.mark.parametrize("on", [*PARTS, None])
async def test_nothing_is_served_that_is_not_switched_on(on: str | None) -> None:
    settings = ServerSettings.model_validate({**OFF, **({on: True} if on else {})})
    async with newsroom(server=settings) as house:
        transport = httpx.ASGITransport(app=outlets.application_of(house.newsroom, settings))
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            answers = {part: await client.get(path) for part, path in PARTS.items()}
            for path in ("/docs", "/openapi.json"):
                assert (await client.get(path)).status_code == (200 if on == "articles" else 404)
            assert (await client.get("/readyz")).status_code == (404 if on != "health" else 200)
            answers["/"] = await client.get("/")

    for part, answer in answers.items():
        is_there = answer.text != "Not Found"  # a story that is not there has a word of its own
        assert is_there == (part == on), part
        assert is_there or answer.status_code == 404
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert part == on or answer.headers["cache-control"] == "no-store"


def test_a_spread_counts_each_once_below_its_bound() -> None:
    spread = Spread(bounds=(1, 5))
    for seconds in (0.5, 1, 1.5, 5, 6, -3):
        spread.add(seconds)
    with spread.timed():
        pass

    assert spread.counts == [4, 2, 1]
    assert 14 <= spread.total < 14.1


def test_counting_reads_in_no_library_of_metrics() -> None:
    assert "prometheus_client" not in vars(counting)


async def test_however_often_somebody_asks_the_newsroom_is_looked_at_once_a_second() -> None:
    """Two hundred requests a second of health and metrics are no load."""
    watch, looked = Watch(), 0

    async def look() -> dict[str, list[str]]:
        nonlocal looked
        looked += 1
        return {"faults": ["late"] if looked > 1 else []}

    app = application(Health(look=look, now=watch).routes())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://here") as client:
        assert {(await client.get("/readyz")).status_code for _ in range(20)} == {200}
        watch.now = 0.99
        assert (await client.get("/readyz")).status_code == 200
        watch.now = 1.0
        assert (await client.get("/readyz")).status_code == 503
    assert looked == 2


async def test_so_is_the_page_of_numbers_written_once_in_each_form() -> None:
    watch = Watch()
    async with newsroom() as house, looked_at(house, watch) as client:
        first = await numbers(client)
        counting.UPDATES["work"] += 1
        assert await numbers(client) == first
        other = await client.get("/metrics", headers={"Accept": "application/openmetrics-text"})
        assert "openmetrics" in other.headers["content-type"]
        assert other.text.endswith("# EOF\n")
        watch.now = 1.0
        assert (await numbers(client))["monadi_updates_total", "work"] == counting.UPDATES["work"]
