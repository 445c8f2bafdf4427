"""What a post says of itself once it is out: that it was corrected, or is out of date, and since when."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from bot.news.model import Article, Look, Piece
from bot.news.times import calendar

OUTDATED: Final = "outdated"
CORRECTED: Final = "corrected"
"""Beside the pieces of a look: a channel does not choose them, the story has them."""
_LAST = frozenset((Piece.HASHTAGS, Piece.SIGNATURE))


def placed(pieces: Iterable[str], article: Article) -> tuple[str, ...]:
    """The pieces of a post with its remarks: out of date first, a correction above hashtags and signature."""
    order = tuple(dict.fromkeys(map(str, pieces)))
    if article.corrected_on is not None:
        at = next((number for number, piece in enumerate(order) if piece in _LAST), len(order))
        order = (*order[:at], CORRECTED, *order[at:])
    return order if article.outdated_on is None else (OUTDATED, *order)


def corrected(article: Article, look: Look) -> str:
    """«اصلاحیه: دوشنبه ۹ آذر ۱۴۰۵»."""
    return _dated(look.correction, article.corrected_on, article.language)


def outdated(article: Article, look: Look) -> str:
    return _dated(look.outdated, article.outdated_on, article.language)


def _dated(label: str, on: date | None, language: str) -> str:
    day = shown_date(on, language) if on else ""
    return ": ".join(filter(None, (label, day)))


def shown_date(on: date, language: str) -> str:
    """«یکشنبه ۱ آذر ۱۴۰۵» for Persian readers, "22 November 2026" for others."""
    if language.partition("-")[0].lower() == "fa":
        return calendar.show_day(on, "fa")
    return f"{on.day} {calendar.GREGORIAN_MONTHS['en'][on.month - 1]} {on.year}"
