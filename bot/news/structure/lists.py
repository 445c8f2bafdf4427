"""Which lines are one list: points, what a colon introduces, tables, facts, figures. Knows no frames."""

from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

import regex

from bot.news.grammar import sentences
from bot.news.structure.labels import Label, Labels, next_line, unlabelled
from bot.news.structure.marks import Shape, labelled

_INTRO_WORDS = 30
_ITEM_WORDS = 12  # of an item that has no mark
_STEP_WORDS = 3
_HEADS = 1.5
_ROWS = 3  # so many unmarked lines, if nothing introduces them
_COLUMNS = 3
_CELL_ENDS = ("\t", "   ", " | ")
_BETWEEN_CELLS = regex.compile(r"\s*\t\s*| {3,}| \| ")
_AT_HOUR = regex.compile(r"(?:ساعت )?[0-2۰-۲]?\p{Nd}[:٫.][0-5۰-۵]\p{Nd}(?!\p{Nd})[\s|:–—-]+(?=\p{L}{2})")
_ARTICLE = regex.compile(
    r"(?:ماده|تبصره|بند|اصل|فصل|article|section|rule)(?: ?(?:\p{Nd}{1,3}|\p{L}{1,9}))? ?[-–—:.)]",
    regex.IGNORECASE,
)

type Found = list[tuple[int, Label]]


def mark(shapes: Sequence[Shape], labels: Labels) -> None:
    """The lists of the body with the lines that introduce them."""
    for at in list(unlabelled(labels)):
        if labels[at] is not None:
            continue
        for find in (_introduced, _pointed, _timed, _table, _rows):
            found = find(shapes, labels, at)
            for place, label in found:
                labels[place] = label
            if found:
                break


def begins(shapes: Sequence[Shape], labels: Labels, at: int) -> bool:
    """Whether a list begins here that nothing introduces."""
    found = _pointed(shapes, labels, at) or _table(shapes, labels, at) or _rows(shapes, labels, at)
    return any(label is Label.BULLET for _, label in found)


def _bullets(places: Sequence[int]) -> Found:
    return [(place, Label.BULLET) for place in places]


def _open_run(labels: Labels, start: int) -> Iterator[int]:
    """The lines from `start` on, blank ones aside, as long as they are not labelled."""
    for at in range(start, len(labels)):
        if labels[at] is None:
            yield at
        elif labels[at] is not Label.BLANK:
            return


def _introduced(shapes: Sequence[Shape], labels: Labels, at: int) -> Found:
    """A line that ends in a colon and what it announces: marked lines, labelled ones or short ones."""
    intro = shapes[at]
    if not intro.introduces or intro.mark == "number":
        return []
    if intro.words > _INTRO_WORDS:
        items = _short(shapes, labels, at + 1)
        return [(at, Label.LIST_INTRO), *_bullets(items)] if len(items) >= _ROWS else []
    items = _run(shapes, labels, at + 1)
    if not items or shapes[items[0]].mark == intro.mark:
        items = _articles(shapes, labels, at + 1) or _labelled(shapes, labels, at + 1)
        items = items or _short(shapes, labels, at + 1)
    return [(at, Label.LIST_INTRO), *_bullets(items)] if items else []


def _pointed(shapes: Sequence[Shape], labels: Labels, at: int) -> Found:
    """Two marked lines or more; where points hold several sentences each, the sign only adorns paragraphs."""
    items = _run(shapes, labels, at)
    if len(items) < 2:
        return []
    if _asked_and_answered(shapes, items):
        return [(item, Label.PARAGRAPH) for item in items]
    several = 0 if shapes[at].mark == "number" else sum(_has_sentences(shapes[item]) for item in items)
    return [(item, Label.PARAGRAPH) for item in items] if several * 3 >= len(items) else _bullets(items)


def _timed(shapes: Sequence[Shape], labels: Labels, at: int) -> Found:
    """What was told from hour to hour («۱۴:۰۲ آتش به سوله سوم رسید.»), three or more."""
    items = list(takewhile(lambda place: _AT_HOUR.match(shapes[place].text), _open_run(labels, at)))
    if len(items) < _ROWS or sum(_has_sentences(shapes[item]) for item in items) * 3 >= len(items):
        return []
    return _bullets(items)


def _asked_and_answered(shapes: Sequence[Shape], items: Sequence[int]) -> bool:
    """Whether marked lines ask and answer in turn: an interview with dashes."""
    asked = [shapes[at].asks for at in items]
    return len(items) >= _ROWS and all(asked[::2]) and not any(asked[1::2])


def _has_sentences(line: Shape) -> bool:
    return len(sentences.split(line.body)) > 1


def _run(shapes: Sequence[Shape], labels: Labels, start: int) -> list[int]:
    """The lines with one kind of mark that begin at `start`, blank lines aside."""
    items: list[int] = []
    for at in _open_run(labels, start):
        if not shapes[at].mark or (items and shapes[at].mark != shapes[items[0]].mark):
            break
        items.append(at)
    return items


def _after_blanks(labels: Labels, start: int) -> Iterator[int]:
    """The open lines that stand together, no blank one between them."""
    while start < len(labels) and labels[start] is Label.BLANK:
        start += 1
    while start < len(labels) and labels[start] is None:
        yield start
        start += 1


def _labelled(shapes: Sequence[Shape], labels: Labels, start: int) -> list[int]:
    """Lines «label: text», two or more; a blank line ends them."""
    items: list[int] = []
    for at in _after_blanks(labels, start):
        line = shapes[at]
        if line.introduces or line.mark or labelled(line.body)[0] is None:
            break
        if items and shapes[items[0]].finished and not line.finished:
            break
        items.append(at)
    return items if len(items) >= 2 else []


def _articles(shapes: Sequence[Shape], labels: Labels, start: int) -> list[int]:
    """The articles of a law or a rule («ماده ۱- …»), two or more."""
    items = list(takewhile(lambda at: _ARTICLE.match(shapes[at].body), _open_run(labels, start)))
    return items if len(items) >= 2 else []


def _short(shapes: Sequence[Shape], labels: Labels, start: int) -> list[int]:
    """Short lines that end no sentence, two or more; the last one may be the heading of a list below it."""
    items: list[int] = []
    loose = _is_loose(shapes, labels, start)
    for at in _open_run(labels, start) if loose else _after_blanks(labels, start):
        numbered = bool(items) and shapes[items[-1]].introduces and shapes[at].words <= _ITEM_WORDS
        if shapes[at].mark or not (_is_item(shapes[at]) or numbered or _is_step(shapes, labels, at)):
            if shapes[at].mark:
                items = items[:-1]
            break
        items.append(at)
    if loose and len(items) > _ROWS and _heads_below(shapes, items):
        items.pop()
    return items if len(items) >= 2 else []


def _is_loose(shapes: Sequence[Shape], labels: Labels, start: int) -> bool:
    """Whether a page leaves a blank line under every line, so that blank lines part nothing."""
    first = list(islice(_open_run(labels, start), _ROWS))
    if len(first) < _ROWS or not all(_is_item(shapes[at]) or shapes[at].introduces for at in first):
        return False
    return all(labels[at - 1] is Label.BLANK for at in first)


def _is_step(shapes: Sequence[Shape], labels: Labels, at: int) -> bool:
    """Whether a line only numbers the next one («جلسه اول:»), which is an item."""
    line, under = shapes[at], next_line(labels, at)
    if not line.introduces or line.words > _STEP_WORDS or under is None or labels[under] is not None:
        return False
    return shapes[under].words <= _ITEM_WORDS and not shapes[under].introduces


def _heads_below(shapes: Sequence[Shape], items: Sequence[int]) -> bool:
    """Whether the last of short lines is so much longer than the others that it heads what follows."""
    return shapes[items[-1]].words > _HEADS * max(shapes[at].words for at in items[:-1])


def _is_item(line: Shape) -> bool:
    """Whether nothing about a short line says that it is a sentence or a heading."""
    if line.body.count("«") > line.body.count("»"):  # a quotation of several lines begins
        return False
    return line.words <= _ITEM_WORDS and not (line.finished or line.introduces or line.heading or line.quote)


def _table(shapes: Sequence[Shape], labels: Labels, at: int) -> Found:
    """Rows of as many cells as the first, which introduces the others where only they have figures."""
    columns = _columns(shapes[at])
    if columns < _COLUMNS:
        return []
    rows: list[int] = []
    for place in _open_run(labels, at):
        if _columns(shapes[place]) != columns:
            break
        rows.append(place)
    if len(rows) < 2:
        return []
    if _has_figures(shapes[at]) or not _has_figures(shapes[rows[1]]):
        return _bullets(rows)
    return [(at, Label.LIST_INTRO), *_bullets(rows[1:])]


def _columns(line: Shape) -> int:
    if not any(map(line.text.__contains__, _CELL_ENDS)):
        return 1
    return len(_BETWEEN_CELLS.split(line.text))


def _has_figures(line: Shape) -> bool:
    return any(char.isdigit() for char in line.body)


def _rows(shapes: Sequence[Shape], labels: Labels, at: int) -> Found:
    """Short lines that end no sentence: all with figures (results, prices), or each with its own label."""
    items: list[int] = []
    names: set[str] = set()
    facts = figures = True
    for place in _open_run(labels, at):
        line = shapes[place]
        if not _is_item(line):
            break
        name = labelled(line.body)[0]
        facts, figures = facts and name is not None and name not in names, figures and _has_figures(line)
        if not (facts or figures):
            break
        names.add(name or "")
        items.append(place)
    return _bullets(items) if len(items) >= _ROWS else []
