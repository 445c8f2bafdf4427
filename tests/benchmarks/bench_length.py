"""Does ten times the copy take ten times as long? Hostile copy, ratios of the same run; nothing fails here."""

import time
from collections.abc import Callable, Iterator

from bot.news import copydesk
from bot.news.spelling import corrections, orthography
from bot.news.structure import intake
from bot.news.summary import keypoints, support
from tests.benchmarks.timing import Line

PIECES = {
    "words": "واژه ",
    "one word": "واژه",
    "quotes": "«الف» ",
    "half-spaces": "\u200c",
    "numbers": "۱۲٫۵ % ",
}
SMALL, LARGE = 4_000, 40_000


def measure() -> Iterator[Line]:
    """The worst of all pieces, for each thing that reads whole copy."""
    readers: dict[str, Callable[[str], object]] = {
        "intake.clean": intake.clean,
        "copydesk.read": lambda text: copydesk.read("تیتر " + text),
        "orthography.repaired": orthography.repaired,
        "corrections.between": lambda text: corrections.between("كتاب " + text, "کتاب " + text),
        "keypoints.extract": lambda text: keypoints.extract("عنوان", "", [text]),
        "support.checked_points": lambda text: support.checked_points(["واژه الف"], text),
    }
    for name, read in readers.items():
        worst = max(_growth(read, piece) for piece in PIECES.values())
        yield Line(
            what=f"length: {name}",
            figure=f"{worst:.1f} times as long",
            beside="10 times the copy",
            ratio=worst / 10,
            goal="≤ 2×",
            holds=worst <= 20,
        )


def _growth(read: Callable[[str], object], piece: str) -> float:
    return _seconds(read, piece, LARGE) / max(_seconds(read, piece, SMALL), 1e-4)


def _seconds(read: Callable[[str], object], piece: str, size: int) -> float:
    text = piece * (size // len(piece))
    took = []
    for _ in range(3):
        began = time.process_time()
        read(text)
        took.append(time.process_time() - began)
    return min(took)
