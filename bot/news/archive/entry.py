"""What the archive holds of a story, and what it is found by. Knows no database."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from typing import Self

from bot.news.archive.addresses import canonical
from bot.news.archive.words import MOST, letters, stemmed

MOST_OF_A_HEADLINE = 400
_FEWEST_OF_A_HEADLINE = 8
_FEWEST_LETTERS = 60
"""A text that is shorter may be said again of something else."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A story that was told: one of ours (`article_id`), or one that was brought in (`key`)."""

    headline: str
    text: str
    told_at: datetime
    id: int = 0
    article_id: int | None = None
    key: str | None = None  # by which what was brought in is known again
    url: str | None = None
    section: str | None = None
    byline: str | None = None
    place: str | None = None  # the channel it was told in, where that is none of ours


@dataclass(frozen=True, kw_only=True)
class Indexed:
    """What an entry is found by: its words, and what two entries of the same page or text share."""

    head: str
    body: str
    people: str
    url_key: str | None
    text_key: str | None
    head_key: str | None

    @classmethod
    def nothing(cls) -> Self:
        """Of what could not be read."""
        return cls(head="", body="", people="", url_key=None, text_key=None, head_key=None)


def is_found_alike(entry: Entry, kept: Entry) -> bool:
    """Whether what is kept of a story finds it as it is now; of its byline are kept the letters alone."""
    said = replace(entry, byline=letters(entry.byline or ""))
    return said == replace(kept, id=entry.id, told_at=entry.told_at)


def indexed(entry: Entry) -> Indexed:
    """Takes some milliseconds of the processor for a long text: not for the event loop."""
    return Indexed(
        head=" ".join(stemmed(entry.headline)),
        body=" ".join(stemmed(entry.text)),
        people=letters(entry.byline or ""),
        url_key=url_key(entry.url),
        text_key=text_key(entry.text),
        head_key=head_key(entry.headline),
    )


def url_key(url: str | None) -> str | None:
    """The same for all addresses of one page."""
    page = canonical(url or "")
    return _hash(page) if page else None


def text_key(text: str) -> str | None:
    """The same for texts that differ in spelling, spacing and marks only."""
    plain = letters(text[:MOST])
    return _hash(plain) if len(plain) >= _FEWEST_LETTERS else None


def head_key(headline: str) -> str | None:
    """The same for headlines that differ in spelling, spacing and marks only."""
    plain = letters(headline[:MOST_OF_A_HEADLINE])
    return _hash(plain) if len(plain) >= _FEWEST_OF_A_HEADLINE else None


def _hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=12).hexdigest()
