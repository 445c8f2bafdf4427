"""Messages that want to go, and what lets them go at a pace; for the tests of the pace."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from bot.delivery.pacing import Pace, Share


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A message, or an album of so many items, that wants to go."""

    chat_id: int
    items: int = 1
    share: Share = Share.POSTS


NOON = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
NEWS, SPORT, EDITOR = -1001, -1002, 101
CHATS = st.sampled_from([NEWS, SPORT, -1003, EDITOR, 102, 103])
GAPS = st.sampled_from([0.0, 0.0, 0.0, 0.03, 0.4, 0.999, 1.5, 20.0, 59.9])
ASKS = st.builds(Ask, chat_id=CHATS, items=st.sampled_from([1, 1, 1, 2, 10]), share=st.sampled_from(Share))
ARRIVALS = st.lists(st.tuples(GAPS, ASKS), max_size=60)


@dataclass(frozen=True)
class Gone:
    """What went out, and when."""

    at: datetime
    ask: Ask


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def driven(pace: Pace, arrivals: Iterable[tuple[float, Ask]]) -> list[Gone]:
    """Each goes as soon as it has come, the one before it has gone, and the pace lets it."""
    now, came, gone = NOON, NOON, []
    for gap, ask in arrivals:
        came += timedelta(seconds=gap)
        now = max(now, came)
        now += timedelta(seconds=pace.wait(ask.chat_id, now, items=ask.items, share=ask.share))
        pace.take(ask.chat_id, now, items=ask.items, share=ask.share)
        gone.append(Gone(now, ask))
    return gone


def turn(pace: Pace, queue: list[Ask], now: datetime) -> tuple[int | None, float]:
    """The place of the first that may go, most important first, or how long until one may."""
    waits = []
    for place, ask in enumerate(queue):
        wait = pace.wait(ask.chat_id, now, items=ask.items, share=ask.share)
        if not wait:
            return place, 0.0
        waits.append(wait)
        if pace.room(now, items=ask.items, share=ask.share) >= wait:
            break
    return None, min(waits)


def drained(pace: Pace, queue: list[Ask], now: datetime = NOON) -> list[Gone]:
    """All that waits, each as soon as the pace lets it."""
    gone, queue = [], list(queue)
    while queue:
        place, wait = turn(pace, queue, now)
        if place is None:
            now += timedelta(seconds=wait)
            continue
        ask = queue.pop(place)
        pace.take(ask.chat_id, now, items=ask.items, share=ask.share)
        gone.append(Gone(now, ask))
    return gone
