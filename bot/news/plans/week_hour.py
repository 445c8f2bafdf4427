"""An hour of every week: «saturday 9:00», as the settings have it."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.news.times.walltime import instant

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TYPED: Final = re.compile(rf"({'|'.join(WEEKDAYS)}) ([01]?\d|2[0-3]):([0-5]\d)", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class WeekHour:
    """A minute of a weekday: 0 Monday … 6 Sunday."""

    weekday: int
    minute: int

    @classmethod
    def parse(cls, typed: str) -> "WeekHour":
        """Of "saturday 9:00".

        Raises:
            ValueError: it is no such thing.
        """
        found = _TYPED.fullmatch(typed.strip())
        if found is None:
            raise ValueError('not such as "saturday 9:00"')
        return cls(weekday=WEEKDAYS.index(found[1].lower()), minute=int(found[2]) * 60 + int(found[3]))

    def next_after(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """The first of them that is later than the moment, on the zone's clock."""
        today = moment.astimezone(zone).date()
        ahead = (self.weekday - today.weekday()) % 7
        days = (today + timedelta(days=ahead), today + timedelta(days=ahead + 7))
        return next(at for day in days if (at := instant(day, self.minute, zone)) > moment)
