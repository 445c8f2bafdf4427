"""What stands round the lede and is neither it nor text: a subtitle, who wrote it, a picture's caption."""

from collections.abc import Sequence

import regex

from bot.news.grammar import verbs
from bot.news.structure import attribution, bylines, furniture, opening, sources
from bot.news.structure.frames import Frame
from bot.news.structure.labels import Label, Labels, next_line, previous_line, unlabelled
from bot.news.structure.marks import Shape

_PERSIAN = regex.compile(r"\p{Arabic}")
_CAPTION_WORDS = 15
_BARE_CAPTION_WORDS = 8  # without a credit: a lede has more
_MACHINERY = 2  # lines under the headline, where pictures stand
_TITLE_WORDS = 4
_SUBTITLE = range(3, 11)  # words
_STANDFIRST = range(3, 19)  # of English ones, which end no sentence


def mark_subtitle(shapes: Sequence[Shape], labels: Labels, top: int, end: int) -> None:
    """A short line under the headline, over a name or a date: a kicker in another place, no lede."""
    left = [at for at in unlabelled(labels, top + 1) if at < end]
    if len(left) != 1 or Label.KICKER in labels:
        return
    line, under = shapes[left[0]], next_line(labels, left[0])
    if (
        line.words not in (_SUBTITLE if _PERSIAN.search(line.body) else _STANDFIRST)
        or line.finished
        or line.introduces
        or line.mark
        or line.heading
    ):
        return
    if under is not None and labels[under] in {Label.META, Label.AUTHOR}:
        labels[left[0]] = Label.KICKER


def mark_caption(shapes: Sequence[Shape], labels: Labels, top: int, end: int) -> None:
    """What a picture shows, under machinery and over the lede: a short line without an end or a verb."""
    left = [at for at in unlabelled(labels, top + 1) if at < end]
    if len(left) != 1 or not shapes[end].body.endswith(".") or _may_be_kicker(shapes[top]):
        return
    if sources.names_reporter(shapes[end].body):  # a lede of the page's own stands over «به گزارش …»
        return
    line, over = shapes[left[0]], previous_line(labels, left[0])
    if over is None or labels[over] not in {Label.META, Label.AUTHOR}:
        return
    if sum(labels[at] in {Label.META, Label.AUTHOR} for at in range(top + 1, left[0])) < _MACHINERY:
        return
    if line.words > _BARE_CAPTION_WORDS or line.finished or line.introduces or line.mark or line.heading:
        return
    words = line.body.split()
    if not any(verbs.is_finite(words, place) for place in range(len(words))):
        labels[left[0]] = Label.META


def _may_be_kicker(line: Shape) -> bool:
    """Whether the first line may stand over a headline, so that what is under it is one."""
    return line.words < _TITLE_WORDS or opening.is_genre(line) or line.body.rstrip().endswith((":", "؛"))


def mark_under(shapes: Sequence[Shape], labels: Labels, running: Sequence[int]) -> None:
    """Between lede and text: who wrote it, with machinery or an outlet; what stands over a credit."""
    last = running[1] if len(running) > 1 else running[0]
    for at in [at for at in unlabelled(labels, running[0] + 1) if at < last]:
        under, line = next_line(labels, at), shapes[at]
        if attribution.alone(line.text):
            labels[at] = Label.DATELINE
        elif bylines.is_credit(line.body) and beside_machinery(labels, at):
            labels[at] = Label.AUTHOR
        elif under is not None and labels[under] is Label.META and _is_caption(line, shapes[under]):
            labels[at] = Label.META


def beside_machinery(labels: Labels, at: int) -> bool:
    """Whether the line over or under it is machinery, and it is neither the first nor the last."""
    over, under = previous_line(labels, at), next_line(labels, at)
    machinery = {Label.META, Label.REPEATED, Label.AUTHOR}
    return (
        over is not None and under is not None and (labels[over] in machinery or labels[under] in machinery)
    )


def _is_caption(line: Shape, credit: Shape) -> bool:
    """Whether a short line without an end stands over who took the picture («عکس: …»)."""
    if line.words > _CAPTION_WORDS or line.finished or ":" in line.body or line.mark or line.heading:
        return False
    return furniture.kind(credit.text) is Frame.PHOTO
