"""A story's points: the copy's own list or numbered subheads, else its weightiest sentences. Knows no layout.

A list of names, prices, results or notes tells nothing by itself, nor does verse that was typed as a list.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import regex

from bot.news.grammar import sentences, verbs
from bot.news.model import BulletList, KeyPoint, Paragraph, Section
from bot.news.structure import sections
from bot.news.summary import keypoints

_MOST_POINTS = 10
_POINT_WORDS = 3
_INTRODUCED_POINT_WORDS = 2.5
_ROW_WORDS = 7
_NAME_WORDS = 6  # of an item with its label that has no verb
_ITEM_WORDS = 35  # of an item that is a point as it stands
_STEP = regex.compile(r"[(\[]?\p{Nd}{1,2}\s*[-–—.)ـ:\]]\s*(?=\p{L})")
_STEPS = 3
_VERSES = 6
_RUN_IN = regex.compile(r"(?<=[.!؛])\s+[-–—•]\s+(?=\p{L})")  # items that stand on one line
_NOTES = regex.compile(
    r"(?:پی|پا)[\u200c ]?نوشت(?:[\u200c ]?ها)?|منابع|مراجع|(?:foot|end)?notes|references|sources",
    regex.IGNORECASE,
)


def of(headline: str, lede: str, parts: Sequence[Section]) -> tuple[KeyPoint, ...]:
    """The points of a story with these parts: its own, or weighty sentences; none if it says little."""
    blocks = [block for section in parts for block in section.blocks]
    lists = [block for block in blocks if isinstance(block, BulletList) and not _is_of_notes(block)]
    paragraphs = [block.text for block in blocks if isinstance(block, Paragraph)]
    if own := _own_points([each for each in lists if not (paragraphs and _says_nothing(each))]):
        return own
    if steps := _steps(parts):
        return steps
    if lists and not paragraphs:  # short items say little, but the copy has nothing else
        return lists[0].items[:_MOST_POINTS]
    return keypoints.extract(headline, lede, paragraphs) or _own_points(lists)


def _steps(parts: Sequence[Section]) -> tuple[KeyPoint, ...]:
    """The numbered subheads of advice are its points."""
    numbered = [
        heading[found.end() :]
        for section in parts
        if (heading := section.heading) and (found := _STEP.match(heading))
    ]
    return tuple(map(sections.point, numbered[:_MOST_POINTS])) if len(numbered) >= _STEPS else ()


def _own_points(lists: Sequence[BulletList]) -> tuple[KeyPoint, ...]:
    """The first list that the copy introduces, else the first whose items say something; no list of names."""
    introduced = (each for each in lists if each.intro and _words_an_item(each) >= _INTRODUCED_POINT_WORDS)
    telling = (each for each in lists if _words_an_item(each) >= _POINT_WORDS)
    chosen = next(introduced, None) or next(telling, None)
    return tuple(filter(None, map(_fitting, chosen.items)))[:_MOST_POINTS] if chosen else ()


def _fitting(item: KeyPoint) -> KeyPoint | None:
    """The item, or its first sentence where it is a paragraph; None where that is none either."""
    if len(item.text.split()) <= _ITEM_WORDS and not _RUN_IN.search(item.text):
        return item
    first = _RUN_IN.split(sentences.split(item.text)[0])[0].strip()
    return replace(item, text=first) if len(first.split()) <= _ITEM_WORDS else None


def _is_of_notes(listed: BulletList) -> bool:
    return bool(_NOTES.fullmatch((listed.intro or "").strip(" :")))


def _says_nothing(listed: BulletList) -> bool:
    return _is_table(listed) or _is_of_names(listed) or _rhymes(listed)


def _rhymes(listed: BulletList) -> bool:
    """Whether a third of the items end in the same word: verse typed as a list, which nothing introduces."""
    if listed.intro:
        return False
    ends = Counter(item.text.rstrip(" .!؟").rpartition(" ")[2] for item in listed.items)
    return len(listed.items) >= _VERSES and max(ends.values()) * 3 >= len(listed.items)


def _is_of_names(listed: BulletList) -> bool:
    """Whether most items are names, or heads of what follows: «۶۷ کیلو: پارسا دولتی (برنز)», «جلسه اول:»."""
    heads = sum(item.text.rstrip().endswith(":") for item in listed.items)
    names = sum(_is_short(item) for item in listed.items)
    return heads * 3 > len(listed.items) or names * 2 > len(listed.items)


def _is_short(item: KeyPoint) -> bool:
    words = f"{item.label or ''} {item.text}".split()
    told = any(verbs.is_finite(words, at) for at in range(len(words)))
    return not told and len(words) <= _NAME_WORDS and item.label is not None


def _is_table(listed: BulletList) -> bool:
    """Whether most items are prices, results and the like, which tell nothing by themselves."""
    return sum(map(_is_row, listed.items)) * 2 > len(listed.items)


def _is_row(item: KeyPoint) -> bool:
    words = item.text.split()
    told = any(verbs.is_finite(words, at) for at in range(len(words)))
    return len(words) <= _ROW_WORDS and not told and any(char.isdigit() for char in item.text)


def _words_an_item(points: BulletList) -> float:
    """On average, their labels counted too."""
    return sum(len(f"{item.label or ''} {item.text}".split()) for item in points.items) / len(points.items)
