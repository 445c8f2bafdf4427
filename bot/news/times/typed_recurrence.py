"""Reads how a story is to come back, as a person types it: weekly times, and an end date if it has one.

«شنبه‌ها ۱۰ تا ۳۰ آذر», `fri 10:00 until 2026-12-25`. Knows the grammars of slots and times, and no clock.
"""

import re
from datetime import datetime

from bot.errors import TypedTimeError, VagueTime
from bot.news.model import Slot
from bot.news.times import typed_slots, typed_time, typed_until

_UNTIL = re.compile(r"(?:^|[،,]|(?<!\s)\s)\s*+(?:تا|until)\s++", re.IGNORECASE)
_LAST = 3  # of the «تا» in a text: before an end there are hours and days, and no sentence has many
_END_OF_DAY = "23:59"


def parse(text: str, now: datetime, zone: str) -> tuple[tuple[Slot, ...], datetime | None]:
    """The weekly times, and the last moment of the last day where one is named.

    Raises:
        TypedTimeError: it can't be read, or the end can't be one.
    """
    try:
        return typed_slots.parse(text), None
    except TypedTimeError:
        for cut in reversed(
            list(_UNTIL.finditer(text))[-_LAST:]
        ):  # «شنبه تا دوشنبه ۱۰ تا ۳۰ آذر»: the last one
            try:
                times = typed_slots.parse(text[: cut.start()])
            except TypedTimeError:
                continue
            return times, parse_end(text[cut.end() :], now, zone)
        raise


def parse_end(text: str, now: datetime, zone: str) -> datetime:
    """The moment that an end date means: the end of its day, where no hour is named.

    Raises:
        TypedTimeError: it can't be read, is over, or is more than a year ahead.
    """
    day = typed_until.without_lead(text)
    try:
        return typed_time.parse(day, now, zone)
    except VagueTime:
        return typed_time.parse(f"{day} {_END_OF_DAY}", now, zone)
