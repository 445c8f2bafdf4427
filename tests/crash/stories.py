"""What is published: stories whose every sentence carries a mark, so that a channel can be read without the bot's help.

A mark is `m17v2p5`: story 17, version 2, sentence 5. Knows no storage and no Telegram.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.news.media import Media
from bot.news.model import (
    RECORD_FIELDS,
    Article,
    Form,
    Look,
    Paragraph,
    Piece,
    Section,
    article_from_json,
    content_json,
)

MARK = re.compile(r"\bm(\d+)v(\d+)p(\d+)\b")
HEADLINE, LEDE = 0, 1
"""The sentences that stand in every post; those of the text come after them."""
_SENTENCE = "جمله‌ای از متن که کسی جز داور نمی‌خواند، و درازای آن برای یک بند کوتاه بس است"


@dataclass(frozen=True, order=True)
class Mark:
    story: int
    version: int
    sentence: int


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of story; `sentences` of text come after headline and lede."""

    name: str
    sentences: int = 0
    pictures: int = 0
    urgency: int = 5


KINDS = (
    Kind(name="short"),
    Kind(name="urgent", urgency=1),
    Kind(name="long", sentences=110),
    Kind(name="photo", pictures=1),
    Kind(name="long with a photo", sentences=60, pictures=1),
    Kind(name="album", pictures=3),
    Kind(name="long with an album", sentences=60, pictures=4),
)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A kind of channel: its look, and how many there are."""

    name: str
    look: Look
    protected: bool = False
    edits_all: bool = True  # the bot may edit what other admins wrote
    max_lateness: int = 3600  # seconds
    many: int = 3


_ALL_TEXT = (Piece.HEADLINE, Piece.LEDE, Piece.FULL_TEXT)
PLACES = (
    Place(name="brief", look=Look()),
    Place(name="prompt", look=Look(), max_lateness=4, many=2),
    Place(name="whole", look=Look(pieces=_ALL_TEXT), many=5),
    Place(name="rich", look=Look(form=Form.RICH, pieces=_ALL_TEXT)),
    Place(name="guarded", look=Look(pieces=_ALL_TEXT), protected=True, edits_all=False, many=2),
    Place(name="opaque", look=Look(pieces=_ALL_TEXT), protected=True, many=1),
)


def article(kind: Kind, number: int, picture: Callable[[], Media]) -> Article:
    """Story `number` in its first version; `picture` gives a new one each time."""
    text = [f"{_mark(number, at)} {_SENTENCE}." for at in range(LEDE + 1, LEDE + 1 + kind.sentences)]
    paragraphs = [Paragraph(text=" ".join(text[at : at + 6])) for at in range(0, len(text), 6)]
    return Article(
        headline=f"خبر آزمایشی {_mark(number, HEADLINE)}",
        lede=f"لید خبر {_mark(number, LEDE)}.",
        sections=(Section(blocks=tuple(paragraphs)),) if paragraphs else (),
        media=tuple(picture() for _ in range(kind.pictures)),
        urgency=kind.urgency,
    )


def edited(old: Article, version: int) -> Article:
    """The same story, every mark raised to `version`."""
    written = json.dumps(content_json(old), ensure_ascii=False)
    raised = MARK.sub(lambda found: f"m{found[1]}v{version}p{found[3]}", written)
    record = {name: getattr(old, name) for name in RECORD_FIELDS}
    return article_from_json(json.loads(raised), **record)


def sentences(kind: Kind, look: Look) -> tuple[int, ...]:
    """The sentences that a post of such a story shows in a channel, in order."""
    text = range(LEDE + 1, LEDE + 1 + kind.sentences) if Piece.FULL_TEXT in look.pieces else ()
    return (HEADLINE, LEDE, *text)


def marks(content: Any) -> tuple[Mark, ...]:
    """All marks in a message, a call or any other JSON value, in the order of reading."""
    if isinstance(content, str):
        return tuple(Mark(*map(int, found)) for found in MARK.findall(content))
    inside = content.values() if isinstance(content, dict) else content if isinstance(content, list) else ()
    return tuple(mark for value in inside for mark in marks(value))


def stories_in(content: Any) -> frozenset[int]:
    """The numbers of the stories that it has something of."""
    return frozenset(mark.story for mark in marks(content))


def _mark(number: int, sentence: int) -> str:
    return f"m{number}v1p{sentence}"
