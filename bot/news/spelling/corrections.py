"""What a repair changed, as a copy editor would list it. Knows two texts, and no rule of spelling.

Both texts are read in units: a word with the marks and blanks up to the next word. Units with the same
letters belong together; where letters changed, the nearest unit that both share goes on (in linear time).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate
from unicodedata import normalize

from bot.news.spelling.house_style import HouseStyle


class Kind(StrEnum):
    """What sort of thing was changed."""

    HALF_SPACE = "half_space"
    LETTERS = "letters"  # code points, tatweel, what shows nothing
    DIGITS = "digits"
    QUOTES = "quotes"
    PUNCTUATION = "punctuation"
    SPACING = "spacing"
    SPELLING = "spelling"


@dataclass(frozen=True, kw_only=True)
class Correction:
    """One change: `before` stood from `start` to `end` of the text before, where `after` stands now.

    `left` and `right` are a few words around it, to read it in context.
    """

    start: int
    end: int
    before: str
    after: str
    kind: Kind
    left: str = ""
    right: str = ""


@dataclass(frozen=True, kw_only=True)
class Repeated:
    """The same change in several places; `indexes` point into the corrections, `context` is the first's."""

    before: str
    after: str
    count: int
    context: tuple[str, str]
    indexes: tuple[int, ...]


_CONTEXT = 24  # characters
_MOST_TOGETHER = 4  # words
_SHORT = 60  # letters: a longer change comes but once
_WINDOW = 40  # units that are looked at for one that both texts share
_TOKEN = re.compile(r"\S+\s*|\s+")
_SPACED = re.compile(r"\S+ ?")
_LETTERS = frozenset("آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیيكئأ")  # with which most units begin
_NO_LETTER = re.compile(r"[\W_ـ]+")
_PRESENTED = re.compile(r"[\uFB50-\uFEFC]")
_UNSEEN = re.compile(r"[ـ\u00AD\u061C\u200B\u200D-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_CODE_POINTS = str.maketrans("يىےكڪھہ\u00a0", "یییککهه ")
_FOLD = _DIGITS | _CODE_POINTS | str.maketrans("ئأؤةۀەإٱآ", "ییی" + "هههااا")
_MARK = re.compile(r"[^\w\s\u200c\u064B-\u0655\u0670]")


def between(before: str, after: str) -> tuple[Correction, ...]:
    """The changes that make `after` of `before`, in order; none if they are equal."""
    if before == after:
        return ()
    changes = _changes(before, after)
    return tuple(_correction(before, after, old, new) for old, new in _merged(before, after, changes))


def grouped(corrections: Sequence[Correction]) -> tuple[Repeated, ...]:
    """The corrections with equal ones together, in the order of the first of each."""
    places: dict[tuple[str, str], list[int]] = {}
    for index, correction in enumerate(corrections):
        places.setdefault((correction.before, correction.after), []).append(index)
    return tuple(
        Repeated(
            before=old,
            after=new,
            count=len(indexes),
            context=(corrections[indexes[0]].left, corrections[indexes[0]].right),
            indexes=tuple(indexes),
        )
        for (old, new), indexes in places.items()
    )


def never_again(style: HouseStyle, correction: Correction) -> HouseStyle:
    """The house style in which the form that was corrected is left alone from now on."""
    return replace(style, kept=style.kept | {correction.before.strip()} - {""})


type _Place = tuple[int, int]
type _Change = tuple[_Place, _Place]


def _changes(before: str, after: str) -> Iterator[_Change]:
    """Stretches of the two texts that belong together and are not the same."""
    ones, others = _units(before), _units(after)
    edges = list(accumulate(map(len, ones), initial=0))
    other_edges = list(accumulate(map(len, others), initial=0))
    i = j = 0
    while i < len(ones) or j < len(others):
        if i < len(ones) and j < len(others):
            if ones[i] == others[j]:  # nearly all
                i, j = i + 1, j + 1
                continue
            same = _letters(ones[i]) == _letters(others[j])
        else:
            same = False
        to_i, to_j = (i + 1, j + 1) if same else _next(ones, others, i, j)
        start, end = edges[i], edges[to_i]
        other_start, other_end = other_edges[j], other_edges[to_j]
        if before[start:end] != after[other_start:other_end]:
            yield (start, end), (other_start, other_end)
        i, j = to_i, to_j


def _units(text: str) -> list[str]:
    """The text in units; they leave nothing out. Each line's first may have no letters."""
    by_spaces = "\n" not in text and text[:1] != " "
    tokens: list[str] = (_SPACED if by_spaces else _TOKEN).findall(text)
    if by_spaces and sum(map(len, tokens)) != len(text):  # other blanks
        tokens = _TOKEN.findall(text)
    units: list[str] = []
    ended = True  # the line
    for token in tokens:
        if ended or token[0] in _LETTERS or _letters(token):
            units.append(token)
        else:
            units[-1] += token
        ended = "\n" in token
    return units


@lru_cache(maxsize=20_000)  # words come again
def _letters(token: str) -> str:
    """The letters of a unit, each as one for all ways to type it."""
    if _PRESENTED.search(token):
        token = normalize("NFKC", token)
    return _NO_LETTER.sub("", token).translate(_FOLD)


def _next(ones: list[str], others: list[str], i: int, j: int) -> tuple[int, int]:
    """How far to go in both texts so that the same letters have been passed."""
    if i == len(ones) or j == len(others):
        return len(ones), len(others)
    one, other = _letters(ones[i]), _letters(others[j])
    to_i, to_j = i + 1, j + 1
    while one != other:
        if len(one) < len(other) and other.startswith(one) and to_i < len(ones):
            one += _letters(ones[to_i])
            to_i += 1
        elif len(other) < len(one) and one.startswith(other) and to_j < len(others):
            other += _letters(others[to_j])
            to_j += 1
        else:
            return _next_shared(ones, others, i, j)
    return to_i, to_j


def _next_shared(ones: list[str], others: list[str], i: int, j: int) -> tuple[int, int]:
    """Past words that were replaced: up to the nearest two in a row that both texts have."""
    near = {_two(others, at): at for at in range(min(len(others), j + _WINDOW), j - 1, -1)}
    for at in range(i, min(len(ones), i + _WINDOW) + 1):
        found = near.get(_two(ones, at))
        if found is not None and (at, found) != (i, j):
            return at, found
    return len(ones), len(others)


def _two(units: list[str], at: int) -> tuple[str, ...]:
    return tuple(map(_letters, units[at : at + 2]))


def _merged(before: str, after: str, changes: Iterable[_Change]) -> Iterator[_Change]:
    """Without the blanks around a change; a mark that went from one unit to the next makes one of two."""

    def _words(old: _Place, new: _Place) -> tuple[str, str]:
        return before[slice(*old)], after[slice(*new)]

    held: _Change | None = None
    for old, new in changes:
        if held and held[0][1] == old[0] and _moved(_words(*held), _words(old, new)):
            held = (held[0][0], old[1]), (held[1][0], new[1])
            continue
        if held:
            yield _trimmed(before, after, *held)
        held = old, new
    if held:
        yield _trimmed(before, after, *held)


def _moved(pair: tuple[str, str], following: tuple[str, str]) -> bool:
    """Whether a mark of the next unit has come to this one, or one of this one has gone there."""
    gained = -_difference(*pair)
    if gained > 0:
        return len(pair[0].split()) < _MOST_TOGETHER
    return gained < 0 and gained == _difference(*following)


def _difference(old: str, new: str) -> int:
    return len(_MARK.findall(old)) - len(_MARK.findall(new))


def _trimmed(before: str, after: str, old: _Place, new: _Place) -> tuple[_Place, _Place]:
    (start, end), (new_start, new_end) = old, new
    while (
        end > start
        and new_end > new_start
        and before[end - 1] == after[new_end - 1]
        and before[end - 1].isspace()
    ):
        end, new_end = end - 1, new_end - 1
    while (
        end > start and new_end > new_start and before[start] == after[new_start] and before[start].isspace()
    ):
        start, new_start = start + 1, new_start + 1
    return (start, end), (new_start, new_end)


def _correction(before: str, after: str, old: _Place, new: _Place) -> Correction:
    was, now = before[slice(*old)], after[slice(*new)]
    left = before[max(0, old[0] - _CONTEXT) : old[0]].rpartition("\n")[2]
    right = before[old[1] : old[1] + _CONTEXT].partition("\n")[0]
    return Correction(
        start=old[0],
        end=old[1],
        before=was,
        after=now,
        kind=_kind(was, now),
        left=left if len(left) < _CONTEXT else left.partition(" ")[2],
        right=right if len(right) < _CONTEXT else right.rpartition(" ")[0],
    )


def _kind(was: str, now: str) -> Kind:
    """The one thing that was changed; the weightiest, if more than one was."""
    return _known_kind(was, now) if len(was) + len(now) <= _SHORT else _known_kind.__wrapped__(was, now)


@lru_cache(maxsize=10_000)  # the same words lose the same half-space again and again
def _known_kind(was: str, now: str) -> Kind:
    for kind, fold in _FOLDS:
        if fold(was) == fold(now):
            return kind
    for kind, fold in _FOLDS:
        was, now = fold(was), fold(now)
        if was == now:
            return kind
    return Kind.SPELLING


def _plain_letters(text: str) -> str:
    text = normalize("NFKC", text) if _PRESENTED.search(text) else text
    return _UNSEEN.sub("", text).translate(_CODE_POINTS)


_FOLDS: tuple[tuple[Kind, Callable[[str], str]], ...] = (
    (Kind.SPACING, lambda text: re.sub(r"\s+", "", text)),
    (Kind.QUOTES, lambda text: re.sub(r"[\"'“”„‟‘’«»‹›<>]", "", text)),
    (Kind.PUNCTUATION, lambda text: re.sub(r"[^\w\s\u200c-\u200f\u064B-\u0655\u0670%٪٫٬]", "", text)),
    (Kind.DIGITS, lambda text: re.sub(r"[%٪٫٬.,،]|(?<=\d)\s+|\s+(?=\d)", "", text).translate(_DIGITS)),
    (Kind.LETTERS, _plain_letters),
    (Kind.HALF_SPACE, lambda text: re.sub(r"[\s\u200c\u00ac]+", "", text)),
)
