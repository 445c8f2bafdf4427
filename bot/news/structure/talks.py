"""Who asks and who answers, where names stand before both («ایسنا: … چیست؟», «کهن: …»). Knows no lists."""

from collections import Counter
from collections.abc import Sequence

from bot.news.structure.labels import Label, Labels, unlabelled
from bot.news.structure.marks import Shape, labelled

_TURNS = 4
_NAME_WORDS = 3


def mark(shapes: Sequence[Shape], labels: Labels) -> None:
    """The lines of two names or more that come again, if one of them asks: text, no list and no headings."""
    names = {at: name for at in unlabelled(labels) if (name := _name(shapes[at]))}
    times = Counter(names.values())
    turns = [at for at, name in names.items() if times[name] > 1]
    if len(turns) < _TURNS or len({names[at] for at in turns}) < 2:  # one name is a list's label
        return
    if any(shapes[at].asks for at in turns):
        for at in turns:
            labels[at] = Label.PARAGRAPH


def _name(line: Shape) -> str | None:
    name = None if line.mark or line.heading else labelled(line.body)[0]
    return name if name and len(name.split()) <= _NAME_WORDS else None
