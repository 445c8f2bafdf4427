"""The whole text pipeline on articles it has never seen, against hazm's normaliser alone; needs ../shared."""

import json
import resource
import time
from collections.abc import Iterator
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
    first = _seconds(copydesk.read, copies)
    again = _seconds(copydesk.read, copies)
    grown = _megabytes() - before
    import hazm

    normalize = hazm.Normalizer().normalize
    normalize(copies[0])
    peer = _seconds(normalize, copies)
    per = 1000 / len(copies)
    beside = f"hazm.Normalizer(): {peer * per:.1f} ms"
    for name, took in (("each seen once", first), ("seen before (word cache)", again)):
        ratio = took / peer
        figure = f"{took * per:.1f} ms an article"
        yield Line(what=name, figure=figure, beside=beside, ratio=ratio, goal="≤ 3×", holds=ratio <= 3)
    yield Line(
        what="memory of the text pipeline", figure=f"{grown:.0f} MB", goal="≤ 220 MB", holds=grown <= 220
    )


def _copies() -> list[str]:
    records = map(json.loads, NEWS.read_text(encoding="utf-8").splitlines()[:ARTICLES])
    return ["\n".join([one["headline"], one["lead"], one["body"]]) for one in records]


def _seconds(read: object, copies: list[str]) -> float:
    assert callable(read)
    began = time.perf_counter()
    for copy in copies:
        read(copy)
    return time.perf_counter() - began


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
