"""What a channel admin waits for: the picture of `/week`, drawn from a quiet week to the fullest one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any

from bot.line import weekpicture
from bot.news.model import Channel, PostState, Slot
from bot.news.plans import week
from bot.news.plans.rhythm import Taken
from bot.news.plans.week import Planned
from bot.words import words
from handlers.plan import week as board
from handlers.talk import House
from tests.benchmarks.timing import Line, duration, seconds

ROUNDS = 9
FIRST = date(2026, 11, 21)
NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
HEADLINE = "شهرداری سپیدکوه از آغاز به کار بیست اتوبوس برقی در خط یک خبر داد"
SLOTS = tuple(Slot(weekday=weekday, minute=60 * hour) for weekday in range(7) for hour in (8, 12, 18))


def measure() -> Iterator[Line]:
    for channels, posts in ((1, 0), (3, 3), (20, 30)):
        shown = _week(channels, posts)
        draw = partial(weekpicture.draw, shown)
        cold = seconds(draw)
        figures = [seconds(draw) for _ in range(ROUNDS)]
        kilobytes = len(draw()) // 1000
        what = f"/week of {channels} channels, {posts} posts a day each"
        yield Line(
            what=what, figure=duration(figures), beside=f"the first: {duration([cold])}; {kilobytes} kB"
        )
        yield Line(
            what="the board behind it",
            figure=duration([seconds(partial(_week, channels, posts)) for _ in range(3)]),
        )


def _week(channels: int, posts: int) -> dict[str, Any]:
    columns = []
    for number in range(channels):
        planned = [
            Planned(
                due_at=NOW + timedelta(days=day - 1, minutes=20 * n),
                state=PostState.PENDING,
                headline=HEADLINE,
            )
            for day in range(7)
            for n in range(posts)
        ]
        where = Channel(id=-number - 1, title=f"کانال {number}", slots=SLOTS)
        taken = Taken([post.due_at for post in planned], where.time_zone)
        columns.append(week.column(where, planned, taken, FIRST, now=NOW))
    talk: Any = SimpleNamespace(words=words("fa"), now=NOW, house=House())
    return board.drawing(talk, FIRST, week.page(columns, 0), "")
