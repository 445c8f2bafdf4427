"""Which line of a page is its headline: the one whose words the text goes on with. Knows no frames.

A story's first line nearly always is. On a page menus, sections, names and slogans may stand over it; they
share no word with what follows, a title does.
"""

from collections.abc import Iterable, Sequence
from itertools import islice

import regex

from bot.news.grammar.stop_words import STOP_WORDS, key
from bot.news.structure import attribution, bylines, furniture, opening, outlets, repeats
from bot.news.structure.labels import Label, Labels, next_line, previous_line, unlabelled
from bot.news.structure.marks import Shape

_TEXT_WORDS = 14  # a line of so many is text, whatever its end
_LONG_TEXT_WORDS = 30  # one of fewer may be a title of several parts
_SENTENCE_WORDS = 7  # one of so many, if it ends as a sentence
_TITLE_WORDS = 24
_FEWEST = 3
_SITE_WORDS = 5
_TOP = 40  # lines over the text
_NEAR = 5  # lines under the first text among which the title may come again
_READ = 40  # lines of text that are read
_RUBRIC_WORDS = 2
_NAME_AND_MOTTO = 2  # of a blog, over the title
_KICKER_WORDS = 10
_STRANGE = 0.34  # of its words in the text: a line with fewer is no title, if another has
_KNOWN = 0.5
_CLEARLY = 0.25  # more of a line's words in the text than of another's
_REPORTS = regex.compile(r"به (?:گزارش|نقل از|نوشته)")
_BEFORE_NAME = 40  # characters
_LABEL_WORDS = 4  # of a site's name or a part of its menu
_POSTED = regex.compile(r"\W*(?:نوشته|ارسال|منتشر) شده (?:در|توسط)\b")
_WORD = regex.compile(r"[\p{L}\p{M}\p{Nd}\u200c]+")
_ENDS = regex.compile(r"[.…][»”\"')\s]*(?:/[\w/]+\s*)?$")  # an agency's own code may stand behind it
_TAIL = 40
_ENDINGS = ("هایی", "های", "ها", "ان", "ی")
_SHORT = 1  # letters of words that say nothing


def is_text(line: Shape) -> bool:
    """Whether a line runs as a story's text does, and not as titles, labels and buttons do."""
    if line.words >= _LONG_TEXT_WORDS:
        return not line.heading
    if line.words >= _TEXT_WORDS and "/" not in line.text and "؛" not in line.text:
        return not line.heading
    return line.words >= _SENTENCE_WORDS and bool(_ENDS.search(line.body[-_TAIL:]))


def texts(shapes: Sequence[Shape], labels: Labels) -> list[int]:
    """The unlabelled lines that run as text."""
    return [at for at in unlabelled(labels) if is_text(shapes[at])]


def mark(shapes: Sequence[Shape], labels: Labels) -> None:
    """Takes away what stands over the headline and is not its kicker."""
    if Label.HEADLINE in labels:
        return
    _mark_posted(shapes, labels)
    if Label.HEADLINE in labels:
        return
    _mark_labels(shapes, labels)
    _mark_menu(shapes, labels)
    places = list(unlabelled(labels))
    running = texts(shapes, labels)
    if not running or len(places) < _FEWEST:
        return
    if running[0] == places[0]:
        _mark_under_text(shapes, labels, places)
        return
    over = [at for at in places if at < running[0]][:_TOP]
    if len(over) > 1:
        _mark_over(shapes, labels, over, running, [at for at in places if at >= running[0]][:_NEAR])


def _mark_posted(shapes: Sequence[Shape], labels: Labels) -> None:
    """A blog's title, over «نوشته شده در …» over its text; over it stand the blog's name and motto."""
    running = texts(shapes, labels)
    posted = previous_line(labels, running[0]) if running else None
    if not posted or not _POSTED.match(shapes[posted].body):
        return
    title = previous_line(labels, posted)
    if title is None or labels[title] is not None:
        return
    if bylines.is_person(shapes[title].body) or shapes[title].body in shapes[posted].body:  # who wrote it
        return
    over = [at for at in unlabelled(labels) if at < title]
    if len(over) > _NAME_AND_MOTTO or any(shapes[at].words > _KICKER_WORDS for at in over):
        return
    labels[title] = Label.HEADLINE
    for at in over:
        labels[at] = Label.META


def _mark_labels(shapes: Sequence[Shape], labels: Labels) -> None:
    """Sections and outlets that stand alone over the story, if it goes on; but kickers stay."""
    places = list(islice(unlabelled(labels), _READ))
    for at in places[:-2]:
        if not _is_label(shapes[at]) or opening.is_genre(shapes[at]):
            break
        labels[at] = Label.META
    for at in places[1:_NEAR]:
        if outlets.alone(shapes[at].body) and outlets.sure(shapes[at].body):
            labels[at] = Label.META


def _mark_menu(shapes: Sequence[Shape], labels: Labels) -> None:
    """A word or three between two lines of machinery, over a longer one that may be a title; kickers stay."""
    running = texts(shapes, labels)
    over = [at for at in unlabelled(labels) if running and at < running[0]][:_TOP]
    if not over or shapes[over[-1]].words <= _FEWEST:
        return
    for at in over[:-1]:
        above, under = previous_line(labels, at), next_line(labels, at)
        if shapes[at].words > _FEWEST or opening.is_genre(shapes[at]) or _leads_to_title(shapes[at]):
            continue
        if above is not None and under is not None and labels[above] is labels[under] is Label.META:
            labels[at] = Label.AUTHOR if bylines.is_person(shapes[at].body) else Label.META


def _mark_over(
    shapes: Sequence[Shape], labels: Labels, over: list[int], running: list[int], under: list[int]
) -> None:
    """The lines over the text: what is over the title is furniture, but for the kicker next to it."""
    title = _title(shapes, over, running, under, furnished=Label.META in labels[: running[0]])
    if title is None:
        return
    above = [at for at in over if at < title]
    words = vocabulary(shapes[at].body for at in (title, *running[:_READ]))
    furnished = len(above) > 1 or Label.META in labels[: running[0]]
    for at in above:
        strange = furnished and (_is_strange(shapes[at], words) or _is_reporting(shapes, at, running))
        told = words if at == above[-1] and not strange else None
        labels[at] = _over_title(
            shapes[at], shapes[title], told, named=furnished and bylines.is_person(shapes[at].body)
        )
    labels[title] = Label.HEADLINE


def _is_strange(line: Shape, words: frozenset[str]) -> bool:
    """Whether a word or two over a page's title have to do with nothing: a site's name, a button."""
    if line.words > _RUBRIC_WORDS or opening.is_genre(line) or line.body.endswith((":", "؛")):
        return False
    return not share(line.body, words)


def _is_reporting(shapes: Sequence[Shape], at: int, running: Sequence[int]) -> bool:
    """Whether the text names a line's words as its outlet («به گزارش …»)."""
    name = shapes[at].body
    if shapes[at].words > _FEWEST or _leads_to_title(shapes[at]):
        return False
    for text in running[:_FEWEST]:
        before, found, _ = shapes[text].body.partition(name)
        if found and _REPORTS.search(before[-_BEFORE_NAME:]):
            return True
    return False


def _over_title(line: Shape, title: Shape, words: frozenset[str] | None, *, named: bool = False) -> Label:
    """What a line over the headline is; `words` of the text are given for the line next to it."""
    if repeats.says_same(line.body, title.body) or repeats.holds(line.body, title.body):
        return Label.REPEATED
    if attribution.is_dateline(line.text):
        return Label.DATELINE
    if named:
        return Label.AUTHOR
    if words is not None and _is_kicker(line, words):
        return Label.KICKER
    return Label.META


def _is_kicker(line: Shape, words: frozenset[str]) -> bool:
    """Whether a line next to the title is its kicker: by its words, its end, or what the text tells."""
    if opening.is_genre(line):
        return True
    if _is_path(line):
        return True
    if _is_label(line) or bylines.is_office(line.body):
        return False
    if line.body.rstrip().endswith((":", "؛")) or line.words <= _RUBRIC_WORDS:
        return True
    return line.words <= _KICKER_WORDS and share(line.body, words) >= _KNOWN


def _title(
    shapes: Sequence[Shape], over: list[int], running: list[int], under: list[int], *, furnished: bool
) -> int | None:
    """The title's place if it is surely not the first line's; None leaves it to the looks of the lines."""
    candidates = [
        at for at in over if _FEWEST <= shapes[at].words <= _TITLE_WORDS and not _is_label(shapes[at])
    ]
    headed = [at for at in candidates if not _leads_to_title(shapes[at])]
    candidates = headed or candidates  # a kicker has the text's words as well as its title
    if not candidates:
        return None
    lines = {at: repeats.said(shapes[at].body) for at in candidates}
    below = [at for at in under if at not in lines]
    again = repeats.twice([*lines.values(), *(repeats.said(shapes[at].body) for at in below)])
    printed = [at for at in candidates if lines[at] in again]
    if printed:
        return printed[-1]
    words = vocabulary(shapes[at].body for at in running[:_READ])
    first = over[0]
    if len(candidates) > 1 and _stands_over(shapes, over, candidates):
        return candidates[1]
    if first in lines and share(shapes[first].body, words) >= _STRANGE:
        return None
    best, known = _best(shapes, candidates, words)
    if best != first and (known >= _KNOWN or (furnished and known and _says_nothing(shapes[first], words))):
        return best
    if first not in lines and not _may_be_rubric(shapes[first]):
        return candidates[0]
    return None


def _stands_over(shapes: Sequence[Shape], over: Sequence[int], candidates: Sequence[int]) -> bool:
    """Whether the first line is a series' path or a site's name, and the second candidate the title."""
    if _is_site(shapes, over, candidates[1]):
        return True
    return over[0] == candidates[0] and _is_path(shapes[over[0]])


def _best(shapes: Sequence[Shape], candidates: Sequence[int], words: frozenset[str]) -> tuple[int, float]:
    """The line with the largest share of its words in the text; a title over a subtitle need not."""
    shares = {at: share(shapes[at].body, words) for at in candidates}
    best = max(candidates, key=shares.__getitem__)
    if shares[candidates[0]] >= max(_KNOWN, shares[best] - _CLEARLY):
        best = candidates[0]
    return best, shares[best]


def _is_site(shapes: Sequence[Shape], over: Sequence[int], other: int) -> bool:
    """Whether the first line is whose page it is: an office, over more than its title («دانشگاه …»)."""
    name = shapes[over[0]]
    if name.words > _SITE_WORDS or not bylines.is_office(name.body):
        return False
    return other - over[0] > 1 and shapes[other].words > name.words


def _leads_to_title(line: Shape) -> bool:
    """Whether a line ends as kickers do, so that the title is another."""
    return line.body.rstrip().endswith((":", "؛"))


def _says_nothing(line: Shape, words: frozenset[str]) -> bool:
    """Whether the words over a page's title are not its text's: a site's name, a part of its menu."""
    return line.words <= _LABEL_WORDS and not opening.is_genre(line) and not share(line.body, words)


def _is_path(line: Shape) -> bool:
    """Whether a line names a series by its parts («درس/ استاد/ جلسه ۲۲»), and so is a kicker."""
    pieces = furniture.parts(line.body)
    return len(pieces) > _RUBRIC_WORDS and all(len(piece.split()) <= _FEWEST for piece in pieces)


def _is_label(line: Shape) -> bool:
    return bool(outlets.alone(line.body)) or furniture.is_section(line.body)


def _may_be_rubric(line: Shape) -> bool:
    """Whether a short first line may be a headline or a kicker: it names neither a section nor an outlet."""
    return not (_is_label(line) or furniture.is_number(line.text))


def _mark_under_text(shapes: Sequence[Shape], labels: Labels, places: list[int]) -> None:
    """A lede or a slogan over the headline: a full sentence over a line that is none, over text."""
    lede, title, below = places[:3]
    if not shapes[lede].body.endswith(".") or not is_text(shapes[below]):
        return
    if not _heads(shapes[title]) or any(_heads(shapes[at]) for at in places[3:9]):
        return
    words = vocabulary(shapes[at].body for at in places[2:_READ])
    about = vocabulary([shapes[title].body])
    if (
        share(shapes[lede].body, words | about) >= _STRANGE
        and share(shapes[title].body, words | vocabulary([shapes[lede].body])) >= _STRANGE
    ):
        labels[lede], labels[title] = Label.LEDE, Label.HEADLINE
    elif share(shapes[title].body, words) >= _KNOWN:
        labels[lede], labels[title] = Label.META, Label.HEADLINE


def _heads(line: Shape) -> bool:
    """Whether a line looks as a headline between two texts does."""
    if (
        not _FEWEST <= line.words <= _TITLE_WORDS
        or line.introduces
        or line.mark
        or line.quote
        or _is_label(line)
    ):
        return False
    return not line.body.endswith(".")


def vocabulary(lines: Iterable[str]) -> frozenset[str]:
    """The telling words of some lines, without their endings."""
    return frozenset(word for line in lines for word in _telling(line))


def share(line: str, words: frozenset[str]) -> float:
    """Which part of a line's telling words others have; 0 of none."""
    own = _telling(line)
    return sum(word in words for word in own) / len(own) if own else 0.0


def _telling(line: str) -> list[str]:
    words = (key(word) for found in _WORD.findall(line) for word in found.split("\u200c"))
    return [_stem(word) for word in words if len(word) > _SHORT and word not in STOP_WORDS]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > _SHORT:
            return word[: -len(ending)]
    return word
