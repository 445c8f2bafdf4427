"""Results, fixtures and tables as pages print them: a match or a cell a line. Knows no other lists."""

from collections.abc import Sequence

import regex

from bot.news.structure.labels import Label, Labels, next_line, unlabelled
from bot.news.structure.marks import Shape

_NUMBER = r"(?:\p{Nd}{1,3}|صفر|یک|دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده)"
_TEAM = r"[\p{L}\u200c() ]{2,40}?"
_RESULT = regex.compile(
    rf"{_TEAM} {_NUMBER} ?[-–—:] ?{_TEAM} {_NUMBER}|{_TEAM} {_NUMBER} ?[-–—:] ?{_NUMBER} {_TEAM}"
    rf"|{_NUMBER} {_TEAM} ?[-–—] ?{_TEAM} {_NUMBER}"
)
_CLOCK = regex.compile(r"\p{Nd}{1,2}:\p{Nd}{2}|ساعت ?\p{Nd}{1,2}")
_VERSUS = regex.compile(r"\s?[-–—]\s|\s[-–—]\s?")
_SCORERS = regex.compile(
    r"(?:گل ?\u200c?(?:ها|زنان|های)?|زنندگان گل|گلزنان|scorers?|goals?)\b.{0,30}[:：].+", regex.IGNORECASE
)
_ROW_WORDS = 25
_ROWS = 3
_RESULTS = 2
_OVER_WORDS = 6
_CELL_WORDS = 6
_CELLS = 8  # so many lines of a cell each


def mark(shapes: Sequence[Shape], labels: Labels) -> None:
    """Matches with their hours or scores, with what stands over them; then tables of one cell a line."""
    _mark_matches(shapes, labels)
    _mark_cells(shapes, labels)


def _mark_matches(shapes: Sequence[Shape], labels: Labels) -> None:
    results = [at for at in unlabelled(labels) if _RESULT.fullmatch(shapes[at].body.strip(" .؛،"))]
    fixtures = [at for at in unlabelled(labels) if _is_fixture(shapes[at])]
    rows = {*(results if len(results) >= _RESULTS else ()), *(fixtures if len(fixtures) >= _ROWS else ())}
    for at in sorted(rows):
        labels[at] = Label.BULLET
        under = next_line(labels, at)
        if under is not None and labels[under] is None and _SCORERS.match(shapes[under].body):
            labels[under] = Label.CONTINUED
    for at in reversed(list(unlabelled(labels)) if rows else []):
        _mark_over(shapes, labels, at)


def _is_fixture(line: Shape) -> bool:
    if line.words > _ROW_WORDS or line.finished or line.introduces:
        return False
    return bool(_VERSUS.search(line.body)) and bool(_CLOCK.search(line.body))


def _mark_over(shapes: Sequence[Shape], labels: Labels, at: int) -> None:
    """The day or the round over matches, and the line that announces them."""
    under = next_line(labels, at)
    if under is None or labels[under] not in {Label.BULLET, Label.HEADING}:
        return
    if shapes[at].introduces and labels[under] is Label.BULLET:
        labels[at] = Label.LIST_INTRO
    elif shapes[at].words <= _OVER_WORDS and not (shapes[at].finished or shapes[at].introduces):
        labels[at] = Label.HEADING


def _mark_cells(shapes: Sequence[Shape], labels: Labels) -> None:
    run: list[int] = []
    for at in [*unlabelled(labels), None]:
        if at is not None and _is_cell(shapes[at]) and (not run or next_line(labels, run[-1]) == at):
            run.append(at)
            continue
        if len(run) >= _CELLS and sum(_has_figures(shapes[cell]) for cell in run) * 5 >= len(run) * 2:
            for cell in run:
                labels[cell] = Label.BULLET
        run = [at] if at is not None and _is_cell(shapes[at]) else []


def _is_cell(line: Shape) -> bool:
    return line.words <= _CELL_WORDS and not (line.finished or line.introduces or line.heading or line.mark)


def _has_figures(line: Shape) -> bool:
    return any(char.isdigit() for char in line.body)
