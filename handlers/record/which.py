"""Which part of the record a button means, in the few bytes that a button has."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import NotFound
from bot.news.talk import Sought

ALL = "-"
"""Stands for a record without a filter."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, kw_only=True)
class Which:
    """A person, a story, a channel (all by their ids) and a day; None: all of them."""

    person: int | None = None
    article: int | None = None
    channel: int | None = None
    day: date | None = None

    @property
    def word(self) -> str:
        """At most 36 letters: ids have 52 bits."""
        numbers = {
            "p": self.person,
            "a": self.article,
            "c": self.channel and -self.channel,
            "d": self.day and self.day.toordinal(),
        }
        parts = [sign + _short(number) for sign, number in numbers.items() if number]
        return ".".join(parts) or ALL

    def sought(self, zone: str) -> Sought:
        """The same for the storage; a day begins at midnight in the newsroom's zone."""
        since = until = None
        if self.day is not None:
            since = _midnight(self.day, zone)
            until = _midnight(self.day + timedelta(days=1), zone)
        return Sought(
            person_id=self.person,
            article_id=self.article,
            channel_id=self.channel,
            since=since,
            until=until,
        )


def of(word: str) -> Which:
    """What `Which.word` stands for.

    Raises:
        NotFound: a forged button holds something else.
    """
    if word == ALL:
        return Which()
    try:
        numbers = {part[0]: int(part[1:], 36) for part in word.split(".")}
        if numbers.keys() - set("pacd") or any(not 0 < number < 2**52 for number in numbers.values()):
            raise NotFound("button")
        channel = numbers.get("c")
        return Which(
            person=numbers.get("p"),
            article=numbers.get("a"),
            channel=None if channel is None else -channel,
            day=date.fromordinal(numbers["d"]) if "d" in numbers else None,
        )
    except (ValueError, IndexError, OverflowError):
        raise NotFound("button") from None


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))


def _short(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits
