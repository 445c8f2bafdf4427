"""Where lines are laid out by hand: verse and tables. Knows their looks, and no poem."""

import re
from collections.abc import Iterator
from itertools import pairwise

type Place = tuple[int, int]

_LINE = re.compile(r"[^\n]+")
_GAP = re.compile(r"(?<=\S)(?: {3,}|[ ]*\t[ \t]*)(?=\S)")
_STARS = re.compile(r"(?<=\S)[ \t]*\*{1,5}[ \t]*(?=\S)")
_HALF = range(3, 11)  # words of a hemistich
_HALF_LENGTH = 60  # characters
_NOT_VERSE = re.compile(r"[0-9۰-۹٠-٩A-Za-z:@#/_|•▪◾■\-–—]")
_FULL_STOP = re.compile(r"[.:][\s»\"”)]*$")
_LETTERS = re.compile(r"[^\W\d_]+")


def layout_spans(text: str) -> Iterator[Place]:
    """Verse whole; of tables only the gaps, since their words are words like others."""
    if "\t" in text or "   " in text or "*" in text:
        for line in _LINE.finditer(text):
            yield from _laid_out(line)
    if "\n" in text:
        yield from _couplets(text)


def _laid_out(line: re.Match[str]) -> Iterator[Place]:
    """A couplet on one line, its halves apart; or the gaps of a table's row."""
    words = line.group()
    gaps = [gap.span() for gap in _GAP.finditer(words)]
    middles = gaps or [star.span() for star in _STARS.finditer(words)]
    if len(middles) == 1:
        (start, end) = middles[0]
        if _is_half(words[:start]) and _is_half(words[end:]):
            yield line.span()
            return
    if len(gaps) > 1 or "\t" in words:
        yield from ((line.start() + start, line.start() + end) for start, end in gaps)


def _is_half(words: str) -> bool:
    return len(words) <= _HALF_LENGTH and len(words.split()) in _HALF and not _NOT_VERSE.search(words)


def _couplets(text: str) -> Iterator[Place]:
    """Hemistichs below one another: short lines of one length that rhyme in pairs or in every second line.

    Two lines have to rhyme more than four do.
    """
    block: list[re.Match[str]] = []
    for line in _LINE.finditer(text):
        adjoins = not block or line.start() == block[-1].end() + 1
        if not adjoins:
            yield from _poem(block)
            block = []
        if _is_half(line.group()) and not _FULL_STOP.search(line.group()):
            block.append(line)
        else:
            yield from _poem(block)
            block = []
    yield from _poem(block)


def _poem(block: list[re.Match[str]]) -> Iterator[Place]:
    if len(block) < 2 or len(block) % 2:
        return
    lengths = [len(line.group().strip()) for line in block]
    if max(lengths) > 1.5 * min(lengths):
        return
    ends = [_ending(line.group()) for line in block]
    share = 4 if len(block) == 2 else 2
    masnavi = all(_rhyme(ends[at], ends[at + 1], share) for at in range(0, len(ends), 2))
    second = ends[1::2]
    ghazal = len(second) > 1 and all(_rhyme(one, other, 3) for one, other in pairwise(second))
    if masnavi or ghazal:
        yield block[0].start(), block[-1].end()


def _ending(line: str) -> str:
    return "".join(_LETTERS.findall(line[-24:]))


def _rhyme(one: str, other: str, share: int) -> bool:
    return len(one) >= share and one[-share:] == other[-share:]
