"""The next free slot of a channel with 5,000 queued posts: the search alone, and asked of the database."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from time import perf_counter

from bot.desk import places
from bot.news.model import Article, Channel, Slot
from bot.news.plans import slots
from bot.news.plans.rhythm import Taken, first_place
from bot.news.quiet import ANY_TIME, Quiet, Rhythm
from storage import Storage
from tests.benchmarks.timing import Line, duration, seconds

ROUNDS = 9
QUEUED = 5_000
NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
ZONE = "Asia/Tehran"
SLOTS = tuple(Slot(weekday=weekday, minute=60 * hour) for weekday in range(7) for hour in (8, 12, 18))
RHYTHM = Rhythm(
    quiet=(Quiet(weekdays=frozenset(range(7)), start=23 * 60, end=7 * 60),),
    spacing=30,
    per_hour=2,
    per_day=3,
)


def measure() -> Iterator[Line]:
    taken = list(islice(slots.occurrences(SLOTS, NOW, ZONE), QUEUED))
    for what, rhythm in (("", ANY_TIME), (", with quiet hours, spacing and limits", RHYTHM)):
        search = partial(slots.next_free, SLOTS, taken, NOW, ZONE, rhythm=rhythm)
        yield Line(
            what=f"next free slot behind {QUEUED:,} posts{what}",
            figure=duration([seconds(search) for _ in range(ROUNDS)]),
        )
    yield Line(
        what="the first place of any minute behind them",
        figure=duration(
            [seconds(lambda: first_place(NOW, Taken(taken, ZONE), RHYTHM, ZONE)) for _ in range(ROUNDS)]
        ),
    )
    yield Line(what="the same slot, asked of SQLite", figure=duration(asyncio.run(_asked(taken))))


async def _asked(taken: list[datetime]) -> list[float]:
    storage = await Storage.open("sqlite://")
    try:
        channel = Channel(id=-1, title="خبر", slots=SLOTS, rhythm=RHYTHM)
        async with storage.begin() as db:
            await db.channels.put(channel, by=1, now=NOW)
            article = await db.articles.create(Article(headline="تیتر"), by=1, now=NOW)
            for number, due_at in enumerate(taken):
                await db.posts.add(
                    article_id=article.id, channel_id=-1, due_at=due_at, by=1, now=NOW, occurrence=number
                )
        figures = []
        for _ in range(ROUNDS):
            async with storage.begin() as db:
                start = perf_counter()
                await places.next_free(db, channel, article, NOW)
                figures.append(perf_counter() - start)
        return figures
    finally:
        await storage.close()
