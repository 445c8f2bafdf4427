"""Whether a paste holds more than one story: another title with text of its own, under the end of the first.

Knows no person to ask: it says where the stories begin, and `handlers.story.two_stories` asks.
"""

from collections.abc import Sequence

import regex

from bot.news.structure import frames, furniture, titles
from bot.news.structure.frames import Frame
from bot.news.structure.marks import Shape, shape

_END = regex.compile(r"(?:انتهای|پایان) (?:پیام|خبر|گزارش|مطلب).*")
_TITLE = range(4, 19)  # words
_AHEAD = 4  # lines within which a title's text begins
_TEXTS = 2


def stories(copy: str) -> tuple[str, ...]:
    """The copy cut where another story begins; one part, the copy itself, where there is one story."""
    if not any(sign in copy for sign in ("انتهای", "پایان")):
        return (copy,)
    lines = copy.split("\n")
    starts = [0, *_starts([shape(line) for line in lines])]
    ends = [*starts[1:], len(lines)]
    return tuple("\n".join(lines[start:end]) for start, end in zip(starts, ends, strict=True))


def _starts(shapes: Sequence[Shape]) -> list[int]:
    """The places of titles under an end mark, which a text follows."""
    found: list[int] = []
    ended, texts = False, 0
    for at, line in enumerate(shapes):
        if not line.words:
            continue
        if line.words <= _AHEAD and _END.fullmatch(frames.fold(line.text)):
            ended = texts >= _TEXTS
        elif ended and _heads(line) and _texts_below(shapes, at) >= _TEXTS:
            found.append(at)
            ended, texts = False, 0
        elif titles.is_text(line):
            texts += 1
    return found


def _heads(line: Shape) -> bool:
    return (
        line.words in _TITLE
        and not titles.is_text(line)
        and not line.introduces
        and furniture.kind(line.text) is None
    )


def _texts_below(shapes: Sequence[Shape], at: int) -> int:
    """How many texts stand right under a line; machinery between is none."""
    below = [line for line in shapes[at + 1 : at + 1 + 4 * _AHEAD] if line.words]
    open_lines = [line for line in below if furniture.kind(line.text) in {None, Frame.DESK}][:_AHEAD]
    return sum(map(titles.is_text, open_lines))
