"""Lines that say again what another says: pages print a title as tab, crumb and heading. Knows no words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice, pairwise

import regex

from bot.news.structure import attribution, furniture
from bot.news.structure.frames import plain
from bot.news.structure.labels import Label, Labels, unlabelled
from bot.news.structure.marks import Shape

_LETTERS = regex.compile(r"[\p{L}\p{N}]+")
_TITLE = 12  # letters and figures: shorter lines may come twice by chance
_TEXT_WORDS = 14
_LONGEST_TITLE = 300  # characters
_FEWEST_LETTERS = 6  # shorter lines may come twice by chance
_FEWEST_WORDS = 5  # of two titles that are alike
_LONGEST_PREFIX = 60  # characters of what may stand before a lede
_ROUND = 30  # characters round a title
_CUT = 30  # letters of a text's beginning that is printed as its summary
_NEAR = 12  # lines within which a cut text comes whole
_EARLY = 3  # paragraphs within which a lede is printed again; later it is quoted


def said(line: str) -> str:
    """The letters and figures of a line, which no mark, space or half-space changes."""
    return "".join(_LETTERS.findall(plain(line)))


def twice(lines: Iterable[str]) -> frozenset[str]:
    """What more than one of the lines says."""
    times = Counter(lines)
    return frozenset(line for line, many in times.items() if many > 1 and len(line) >= _TITLE)


def mark_tabs(shapes: Sequence[Shape], labels: Labels) -> None:
    """Titles with a site's name beside them, where they stand alone as well; texts cut short."""
    short = [at for at in unlabelled(labels) if len(shapes[at].text) <= _LONGEST_TITLE]
    parted = {at: pieces for at in short if len(pieces := furniture.parts(shapes[at].text)) > 1}
    whole = {said(shapes[at].body) for at in short} if parted else set()
    for at, pieces in parted.items():
        told = {line for piece in pieces if len(line := said(piece)) >= _TITLE}
        # «خبرگزاری نمونه – مدیر راه گفت: …» is text, though the name before it stands alone as well
        if shapes[at].finished and sum(map(len, told & whole)) * 2 < len(said(shapes[at].body)):
            continue
        if told & whole and said(shapes[at].body) not in told:
            labels[at] = Label.REPEATED
    for at, under in pairwise(short):
        if labels[at] is None and not shapes[at].finished and holds(shapes[at].body, shapes[under].body):
            labels[at] = Label.REPEATED
    _mark_cut(shapes, labels)


def _mark_cut(shapes: Sequence[Shape], labels: Labels) -> None:
    """A text's beginning, printed over it and cut («… گاهی برای ...»), or broken off in a sentence."""
    open_lines = list(unlabelled(labels))
    for place, at in enumerate(open_lines):
        dotted = shapes[at].text.endswith(("…", "...", ".."))
        if not dotted and (shapes[at].finished or shapes[at].words < _TEXT_WORDS):
            continue
        line = said(shapes[at].body)
        following = open_lines[place + 1 : place + 1 + _NEAR]
        if len(line) >= _CUT and any(_begins(shapes[other].body, line) for other in following):
            labels[at] = Label.REPEATED


def _begins(text: str, line: str) -> bool:
    return len(text) > len(line) and said(text[: 2 * len(line)]).startswith(line)


def mark(shapes: Sequence[Shape], labels: Labels) -> None:
    """The headline and the lede where the body begins with them; the headline among links and under the text.

    Deeper in the text the same words are a subhead, or a quotation that gave the lede.
    """
    early = list(islice(unlabelled(labels), _EARLY))
    for named in (Label.HEADLINE, Label.LEDE):
        if named not in labels:
            continue
        line = shapes[labels.index(named)].body
        again = _is_same_but_place if named is Label.LEDE else _is_title_with_more
        places = early if named is Label.LEDE else [*early, *_later(shapes, labels)]
        for at in places:
            if says_same(shapes[at].body, line) or again(shapes[at].body, line):
                labels[at] = Label.REPEATED


def holds(line: str, title: str) -> bool:
    """Whether a line is a title with a word or two round it («فیلم؛ عنوان»)."""
    if not len(title) < len(line) <= len(title) + _ROUND:
        return False
    told = said(title)
    return len(told) >= 2 * _TITLE and told in said(line)


def says_same(one: str, other: str) -> bool:
    """Whether two lines have the same letters and figures."""
    less, more = sorted((len(one), len(other)))
    if less * 3 < more * 2:
        return False
    told = said(one)
    return len(told) >= _FEWEST_LETTERS and told == said(other)


def _is_title_with_more(line: str, title: str) -> bool:
    return line[-1:] not in ".؟!" and (holds(line, title) or _nearly_says(line, title))


def _nearly_says(line: str, title: str) -> bool:
    """Whether a line has the words of a title but for one in five."""
    if not len(title) * 2 >= len(line) * 1 or len(line) * 2 < len(title):
        return False
    one, other = (set(_LETTERS.findall(plain(text))) for text in (line, title))
    return min(len(one), len(other)) >= _FEWEST_WORDS and len(one & other) * 5 >= len(one | other) * 4


def _is_same_but_place(text: str, lede: str) -> bool:
    """Whether a lede comes again with a dateline or an agency before one of the two."""
    if not 0 < len(text) - len(lede) <= _LONGEST_PREFIX:
        return False
    rest = attribution.opened(text).text
    return rest != text and says_same(rest, lede)


def _later(shapes: Sequence[Shape], labels: Labels) -> list[int]:
    """The links, and the lines that head no text of the story."""
    found: list[int] = []
    text_below = False
    for at in reversed(range(len(labels))):
        if labels[at] is Label.RELATED or (labels[at] is None and not text_below):
            found.append(at)
        if labels[at] is not Label.BLANK:
            text_below = labels[at] is None and shapes[at].words >= _TEXT_WORDS
    return found
