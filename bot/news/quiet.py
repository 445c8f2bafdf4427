"""How a channel wants its posts spread, as values. Knows no clock and no queue: `rhythm` counts.

Apart from the other nouns, which are many.
"""

from dataclasses import dataclass

DAY = 24 * 60
WEEK = 7 * DAY
"""Minutes."""
URGENT = 2
"""Up to this urgency a post passes quiet hours; the desk gives it to confirmed ones only."""


def unconfirmed(urgency: int) -> int:
    """The urgency of a story's post that no second person has confirmed: it passes no quiet hours."""
    return max(urgency, URGENT + 1)


@dataclass(frozen=True, kw_only=True)
class Quiet:
    """Hours in which nothing goes out. They end on the next day if `end` is not after `start`."""

    weekdays: frozenset[int]  # on which they begin, 0 Monday … 6 Sunday
    start: int  # minutes since midnight
    end: int

    @property
    def minutes(self) -> int:
        """How long they last."""
        return (self.end - self.start) % DAY or DAY


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """How a channel wants its posts spread; the defaults ask for nothing."""

    quiet: tuple[Quiet, ...] = ()
    spacing: int = 0  # minutes between two posts at least
    per_hour: int | None = None
    per_day: int | None = None

    @property
    def leaves_room(self) -> bool:
        """Whether there is any minute of the week that is not quiet."""
        return not all(self.quiet_minutes)

    @property
    def quiet_minutes(self) -> bytearray:
        """A 1 for each quiet minute of the week, which begins on Monday."""
        week = bytearray(WEEK)
        for quiet in self.quiet:
            for weekday in quiet.weekdays:
                for minute in range(quiet.minutes):
                    week[(weekday * DAY + quiet.start + minute) % WEEK] = 1
        return week


ANY_TIME = Rhythm()
"""Asks for nothing."""
