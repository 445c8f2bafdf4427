"""Spelling alone, and the whole copy desk as the bot calls it, beside hazm's normaliser alone; needs ../shared.

Processor time, as both only calculate: who else is at work on the machine is not counted. Hazm does about what spelling
does; the desk also reads what each line is, chooses key points, and lists its repairs for the editor.
"""

import gc
import json
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks.timing import Line

NEWS = Path(__file__).parents[2].parent / "shared" / "persian" / "news" / "fars.dev.jsonl"
ARTICLES = 100


def measure() -> Iterator[Line]:
    """The desk, and what it takes until the first article is there."""
    if not NEWS.exists():
        return
    before = _megabytes()
    began = time.process_time()
    from bot.news import copydesk

    copies = _copies()
    copydesk.read(copies[0], record=True)
    yield Line(
        what="the first article, with the tables it needs",
        figure=f"{time.process_time() - began:.2f} s",
        goal="≤ 2 s",
    )
    loaded = _megabytes() - before
    import hazm

    normalize = hazm.Normalizer().normalize
    normalize(copies[0])
    gc.collect()
    gc.freeze()  # as the bot does once its tables are there (`bot.app`)
    before = _megabytes()
    yield from _lines("the whole copy desk with its repairs listed", _desk, normalize, copies, (3.2, 2.6))
    grown = loaded + _megabytes() - before
    yield Line(
        what="memory of the text pipeline", figure=f"{grown:.0f} MB", goal="≤ 220 MB", holds=grown <= 220
    )


def spelling() -> Iterator[Line]:
    """The same in another process, where no word was met before."""
    if not NEWS.exists():
        return
    import hazm

    from bot.news.spelling import halfspace, orthography
    from bot.news.spelling.house_style import HouseStyle

    copies, normalize, plain = _copies(), hazm.Normalizer().normalize, HouseStyle.plain()
    halfspace.restorer()
    normalize(copies[0])
    gc.collect()
    gc.freeze()

    def spell(copy: str) -> object:
        return [orthography.repaired(line, plain) for line in copy.split("\n")]

    yield from _lines("spelling alone, line by line", spell, normalize, copies, (1.7, None))


def _desk(copy: str) -> object:
    from bot.news import copydesk

    return copydesk.read(copy, record=True)


def _lines(
    what: str,
    work: Callable[[str], object],
    normalize: Callable[[str], object],
    copies: list[str],
    goals: tuple[float | None, ...],
) -> Iterator[Line]:
    """Each article once, and all again: cold words, then what the word cache gives."""
    per = 1000 / len(copies)
    for name, goal in zip(("each article seen once", "seen before"), goals, strict=True):
        ours, peer = _in_turn(work, normalize, copies)
        yield Line(
            what=f"{what}, {name}",
            figure=f"{ours * per:.1f} ms an article",
            beside=f"hazm.Normalizer() alone, as it comes: {peer * per:.1f} ms",
            ratio=ours / peer,
            goal="" if goal is None else f"≤ {goal:g}×",
            holds=None if goal is None else ours / peer <= goal,
        )


def _copies() -> list[str]:
    records = map(json.loads, NEWS.read_text(encoding="utf-8").splitlines()[:ARTICLES])
    return ["\n".join([one["headline"], one["lead"], one["body"]]) for one in records]


def _in_turn(
    read: Callable[[str], object], normalize: Callable[[str], object], copies: list[str]
) -> tuple[float, float]:
    """Seconds of the processor for each, article by article: what slows one, slows both."""
    ours = peer = 0.0
    for copy in copies:
        began = time.process_time()
        read(copy)
        turned = time.process_time()
        normalize(copy)
        ours += turned - began
        peer += time.process_time() - turned
    return ours, peer


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
