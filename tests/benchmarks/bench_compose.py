"""Raw copy become both posts, beside hazm's normaliser alone on the same text: as it comes, and at its cheapest.

Processor time, with warm caches in each column: the same text again and again.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import hazm

from bot.composing import composed
from tests.benchmarks.timing import Line, compared, in_turn, processor

ROUNDS, TIMES = 15, 5
GOAL = 3.0
_ROOT = Path(__file__).parents[2]
_SHARED = _ROOT.parent / "shared" / "articles"


def measure() -> Iterator[Line]:
    default = hazm.Normalizer()
    gentle = hazm.Normalizer(
        persian_style=False, remove_diacritics=False, remove_specials_chars=False, correct_spacing=False
    )
    for path in (_ROOT / "bot" / "demo" / "sample.txt", *sorted(_SHARED.glob("*.raw.txt"))):
        copy = path.read_text(encoding="utf-8")
        name = f"article, classic and rich post of {path.stem.removesuffix('.raw')} ({len(copy):,} characters), warm"
        works = {
            "ours": partial(composed, copy),
            "default": partial(default.normalize, copy),
            "gentle": partial(gentle.normalize, copy),
        }
        for warm in works.values():
            warm()
        figures = in_turn(ROUNDS, **{name: partial(processor, work, TIMES) for name, work in works.items()})
        ours = figures["ours"]
        yield compared(name, ours, "hazm.Normalizer() alone, warm, its dearest", figures["default"], GOAL)
        yield compared("the same", ours, "hazm.Normalizer() with four options off", figures["gentle"])
