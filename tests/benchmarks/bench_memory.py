"""Ten thousand articles through the copy desk in one process: what it holds on to; needs nothing outside.

Our own samples, their sentences dealt anew and their figures changed: all texts differ, while the words are as
finite as a newsroom's.
"""

import re
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path
from random import Random

from bot.news import copydesk
from bot.news.grammar import sentences
from bot.news.subjects import keywords
from tests.benchmarks.timing import Line

_TESTS = Path(__file__).parents[1]
_FOLDERS = _TESTS / "samples", _TESTS / "data" / "pastes"
_STATUS = Path("/proc/self/statm")
_PAGE = 4096
_STOPS = 1_000, 5_000, 10_000
_WARM = 5_000  # by then the caches of words are as full as these texts make them
_ALLOWED = 2.0  # megabytes: what Python's own bookkeeping moves by
_LABEL = re.compile(r"^[a-z_ ]+\t", re.MULTILINE)  # before the lines of our pastes: what they are
_NUMBER = re.compile(r"[0-9۰-۹]+")


def measure() -> Iterator[Line]:
    """Resident memory after so many articles, and what came on top since the caches were warm."""
    if not _STATUS.exists():
        return
    held = {}
    for number, copy in zip(count(1), _articles()):
        keywords.of(copydesk.read(copy, record=True))
        if number in _STOPS:
            held[number] = _megabytes()
            last = number == _STOPS[-1]
            grown = held[number] - held.get(_WARM, held[number])
            yield Line(
                what=f"memory after {number:,} articles in one process",
                figure=f"{held[number]:.1f} MB",
                beside=f"{grown:+.1f} MB since {_WARM:,}" if last else "",
                goal=f"≤ {_ALLOWED:g} MB more" if last else "",
                holds=grown <= _ALLOWED if last else None,
            )
        if number == _STOPS[-1]:
            return


def _articles() -> Iterator[str]:
    """Copy without end, no two alike, the same in every run."""
    texts = (path.read_text(encoding="utf-8") for each in _FOLDERS for path in sorted(each.glob("*.txt")))
    samples = [_LABEL.sub("", text) for text in texts]
    told = [each for sample in samples for each in sentences.split(sample) if each.strip()]
    chance = Random(3)
    for number in count(1):
        frame = chance.choice(samples).strip()
        dealt = " ".join(each.strip() for each in chance.sample(told, 12))
        story = f"{frame}\n{dealt}"
        yield _NUMBER.sub(partial(_other, number), story)


def _other(number: int, found: re.Match[str]) -> str:
    return str((number * 7919 + found.start()) % 9973)


def _megabytes() -> float:
    """Held now, not at the most."""
    return int(_STATUS.read_text().split()[1]) * _PAGE / 1_000_000
