"""The whole text pipeline on articles it has never seen, against hazm's normaliser alone; needs ../shared.

Processor time, as both only calculate: who else is at work on the machine is not counted.
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
    """Each article once: cold words, no cache of texts; then all again, to show what the word cache gives."""
    if not NEWS.exists():
        return
    before = _megabytes()
    began = time.perf_counter()
    from bot.news import copydesk

    copies = _copies()
    copydesk.read(copies[0])
    yield Line(what="first article after start", figure=f"{time.perf_counter() - began:.2f} s", goal="≤ 2 s")
    loaded = _megabytes() - before
    import hazm

    normalize = hazm.Normalizer().normalize
    normalize(copies[0])
    gc.collect()
    gc.freeze()  # as the bot does once its tables are there (`bot.app`)
    before = _megabytes()
    rounds = [_in_turn(copydesk.read, normalize, copies) for _ in range(2)]
    grown = loaded + _megabytes() - before
    per = 1000 / len(copies)
    for name, (ours, peer) in zip(("each seen once", "seen before (word cache)"), rounds, strict=True):
        ratio = ours / peer
        figure, beside = f"{ours * per:.1f} ms an article", f"hazm.Normalizer(): {peer * per:.1f} ms"
        yield Line(what=name, figure=figure, beside=beside, ratio=ratio, goal="≤ 3×", holds=ratio <= 3)
    yield Line(
        what="memory of the text pipeline", figure=f"{grown:.0f} MB", goal="≤ 220 MB", holds=grown <= 220
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
