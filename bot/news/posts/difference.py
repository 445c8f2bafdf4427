"""What differs between two texts, word for word, as a person reads it: struck out, put in, and little around.

`difflib` finds what two runs of words share. Its time may grow with the square of their length, so a long
text is first taken apart at the lines that stand once in each, then at such words; and all has a budget.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from bot.news.posts.markup import Span, Styled, joined

_TOKEN = re.compile(r"\d+(?:[.,:/٫٬]\d+)+\s*|[\w\u200c\u064b-\u0655]+\s*|[^\w\s]\s*|\s+")  # «۴٫۸» is one
_LINES = re.compile(r"[^\n]*\n+|[^\n]+")
_SMALL = 400
"""Tokens of each text up to which nothing is taken apart first."""
_BUDGET = 6_000_000
"""Steps that `difflib` may take for one pair of texts, at the worst: half a second."""
_AT_ONCE = 250_000
"""The same where others wait for it meanwhile: twenty milliseconds."""
_STRAY = 4
"""Characters of what two texts share between two changes that only disturb the eye («و», a comma)."""
_AROUND = 8
"""Words of what has not changed that are shown on each side of a change."""
_LEFT_OUT = " … "
_SHORT, _LEAST_SHARED = 300, 0.5
"""Of a text of so many characters less than that share is the same: it is read better as a whole."""


class Kind(StrEnum):
    """What became of a stretch of text."""

    SAME = "same"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch that both texts have, that only the old one has, or only the new one."""

    kind: Kind
    text: str


type _Pair = tuple[int, int]


def steps(was: str, now: str) -> tuple[Step, ...]:
    """How `was` becomes `now`: the stretches in order; of one place what is out before what is in."""
    old, new = _TOKEN.findall(was), _TOKEN.findall(now)
    pairs = list(_pairs(was, now, old, new))
    found = _tidied(_joined(_told(old, new, pairs)))
    return _whole(was, now) if _is_another(found) else tuple(found)


def _is_another(found: Sequence[Step]) -> bool:
    """Whether a short text has become another, which happens to have some of its words."""
    same = sum(len(step.text) for step in found if step.kind is Kind.SAME)
    size = max(
        same + sum(len(step.text) for step in found if step.kind is kind) for kind in (Kind.OUT, Kind.IN)
    )
    return size <= _SHORT and 0 < same < _LEAST_SHARED * size


def _whole(was: str, now: str) -> tuple[Step, ...]:
    return tuple(step for step in (Step(Kind.OUT, was), Step(Kind.IN, now)) if step.text)


def changed_lines(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Where two runs of lines differ: of each such stretch its beginning and end in the old and the new.

    For the event's loop: what would take long is one stretch, as if nothing in it were the same.
    """
    i = j = 0
    pairs = _by_words(old, new, 0, 0, _Budget(_AT_ONCE))
    same = ((a, b) for a, b in pairs if old[a] == new[b])
    for first, second in (*same, (len(old), len(new))):
        if i < first or j < second:
            yield i, first, j, second
        i, j = first + 1, second + 1


def shown(found: Sequence[Step]) -> Styled:
    """What is out struck through, what is in bold and underlined: both are seen in a light and a dark theme.

    Long stretches that both texts have are shortened with "…".
    """
    pieces = []
    for at, step in enumerate(found):
        if step.kind is Kind.SAME:
            pieces.append(Styled(_shortened(step.text, first=not at, last=at == len(found) - 1)))
        else:
            pieces.append(_marked(step, found[at + 1].kind if at + 1 < len(found) else Kind.SAME))
    return joined("", pieces)


def _marked(step: Step, follows: Kind) -> Styled:
    """A change; where another comes right behind it, a blank is between the two."""
    text = step.text
    bare, start = len(text.rstrip()), len(text) - len(text.lstrip())
    end = " " if follows is not Kind.SAME and bare == len(text) else ""
    if not bare:  # only blanks: a line was broken, or two were joined
        return Styled(text if step.kind is Kind.IN else "")
    styles = ("strikethrough",) if step.kind is Kind.OUT else ("bold", "underline")
    return Styled(text + end, tuple(Span(start, bare, style) for style in styles))


def _shortened(text: str, *, first: bool, last: bool) -> str:
    words = _TOKEN.findall(text)
    if len(words) <= 2 * _AROUND + 2:
        return text
    head = "" if first else "".join(words[:_AROUND]).rstrip()
    tail = "" if last else "".join(words[-_AROUND:])
    return head + _LEFT_OUT.lstrip() * (not head) + _LEFT_OUT * bool(head) + tail


def _pairs(was: str, now: str, old: Sequence[str], new: Sequence[str]) -> Iterator[_Pair]:
    """The places of tokens that are the same, in order."""
    budget = _Budget()
    if max(len(old), len(new)) <= _SMALL:
        yield from _matched(old, new, 0, 0, budget)
        return
    lines = _LINES.findall(was), _LINES.findall(now)
    starts = _starts(lines[0]), _starts(lines[1])
    at = _starts(old), _starts(new)
    shared = [
        (bisect_left(at[0], starts[0][i]), bisect_left(at[1], starts[1][j]), len(_TOKEN.findall(lines[0][i])))
        for i, j in _once(lines[0], lines[1])
    ]
    yield from _between(old, new, shared, lambda a, b, i, j: _by_words(a, b, i, j, budget))


def _starts(pieces: Sequence[str]) -> list[int]:
    starts, at = [], 0
    for piece in pieces:
        starts.append(at)
        at += len(piece)
    return starts


type _Gap = Callable[[Sequence[str], Sequence[str], int, int], Iterable[_Pair]]


def _between(
    old: Sequence[str], new: Sequence[str], shared: Sequence[tuple[int, int, int]], gap: _Gap
) -> Iterator[_Pair]:
    """The pairs of `shared` stretches (where each begins, how long it is), and those of the gaps between."""
    i = j = 0
    for first, second, length in (*shared, (len(old), len(new), 0)):
        if first < i or second < j:
            continue
        yield from gap(old[i:first], new[j:second], i, j)
        yield from ((first + step, second + step) for step in range(length))
        i, j = first + length, second + length


def _by_words(old: Sequence[str], new: Sequence[str], i: int, j: int, budget: "_Budget") -> Iterator[_Pair]:
    """A gap between lines: taken apart at words that stand once in each."""
    if max(len(old), len(new)) <= _SMALL:
        yield from _matched(old, new, i, j, budget)
        return
    shared = [(a, b, 1) for a, b in _once(old, new)]
    found = _between(old, new, shared, lambda a, b, k, m: _matched(a, b, k, m, budget))
    yield from ((i + a, j + b) for a, b in found)


def _once(old: Sequence[str], new: Sequence[str]) -> list[_Pair]:
    """The places of what stands once in each, as many as are in the same order in both."""
    counts = Counter(old), Counter(new)
    places = {each: at for at, each in enumerate(new)}
    both = [
        (at, places[each]) for at, each in enumerate(old) if counts[0][each] == 1 and counts[1][each] == 1
    ]
    ends: list[int] = []  # of rising runs, by their length: the lowest place that one ends with
    tops: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(both):
        length = bisect_left(ends, place)
        before.append(tops[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        tops[length : length + 1] = [number]
    run, at = [], tops[-1] if tops else -1
    while at >= 0:
        run.append(both[at])
        at = before[at]
    return run[::-1]


class _Budget:
    """How much of the work is left to `difflib`."""

    def __init__(self, steps: int = _BUDGET) -> None:
        self._left = steps

    def allows(self, old: Sequence[str], new: Sequence[str]) -> bool:
        """Whether two runs may be compared; what that may cost at the worst is spent then."""
        counts = Counter(new)
        costs = (len(old) + sum(counts[each] for each in old)) * min(len(old), len(new))
        if costs > self._left:
            return False
        self._left -= costs
        return True


def _matched(old: Sequence[str], new: Sequence[str], i: int, j: int, budget: _Budget) -> Iterator[_Pair]:
    """The places of what two runs share, moved on by where they begin; none where it would take too long."""
    keys = [each.strip() or each for each in old], [each.strip() or each for each in new]
    head = 0
    while head < min(len(old), len(new)) and keys[0][head] == keys[1][head]:
        yield i + head, j + head
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and keys[0][-1 - tail] == keys[1][-1 - tail]:
        tail += 1
    middle = keys[0][head : len(old) - tail], keys[1][head : len(new) - tail]
    if all(middle) and budget.allows(*middle):
        for block in SequenceMatcher(None, *middle, autojunk=False).get_matching_blocks():
            for step in range(block.size):
                yield i + head + block.a + step, j + head + block.b + step
    for back in range(tail, 0, -1):
        yield i + len(old) - back, j + len(new) - back


def _told(old: Sequence[str], new: Sequence[str], pairs: Iterable[_Pair]) -> Iterator[Step]:
    i = j = 0
    for first, second in (*pairs, (len(old), len(new))):
        yield Step(Kind.OUT, "".join(old[i:first]))
        yield Step(Kind.IN, "".join(new[j:second]))
        if first < len(old):
            if old[first] == new[second]:
                yield Step(Kind.SAME, old[first])
            else:  # the same word with other blanks behind it
                yield from _respaced(old[first], new[second])
        i, j = first + 1, second + 1


def _respaced(old: str, new: str) -> Iterator[Step]:
    word = old.rstrip()
    yield Step(Kind.SAME, word)
    yield Step(Kind.OUT, old[len(word) :])
    yield Step(Kind.IN, new[len(word) :])


def _joined(found: Iterable[Step]) -> list[Step]:
    """Without empty ones; between two that both texts have, one is out and one is in at the most."""
    whole: list[Step] = []
    out, put = "", ""
    for step in (*found, Step(Kind.SAME, "")):
        if step.kind is Kind.OUT:
            out += step.text
        elif step.kind is Kind.IN:
            put += step.text
        else:
            if out or put:
                whole += [Step(Kind.OUT, out)] * bool(out) + [Step(Kind.IN, put)] * bool(put)
                out, put = "", ""
            if step.text and whole and whole[-1].kind is Kind.SAME:
                whole[-1] = Step(Kind.SAME, whole[-1].text + step.text)
            elif step.text:
                whole.append(step)
    return whole


def _tidied(found: list[Step]) -> list[Step]:
    """What is short and the same between two changes goes out and in with them."""
    strays = {
        at
        for at, step in enumerate(found)
        if 0 < at < len(found) - 1 and step.kind is Kind.SAME and len(step.text.strip()) <= _STRAY
        if "\n" not in step.text and step.text.strip()
    }
    opened = [
        new
        for at, step in enumerate(found)
        for new in ((Step(Kind.OUT, step.text), Step(Kind.IN, step.text)) if at in strays else (step,))
    ]
    return _joined(opened)
