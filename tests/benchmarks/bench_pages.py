"""Real pages, line by line: how much of each comes out as an editor would have it; needs ../shared, whose text stays there.

A third of the outlets, by the hash of their names, was never looked at while the rules were made: it is told apart.
"""

import contextlib
import hashlib
import importlib.util
import io
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from tests.benchmarks.timing import Line

PAGES = Path(__file__).parents[2].parent / "shared" / "pages"
FIGURES = {
    "lines": ("lines right", 0.95),
    "whole": ("whole pages", 0.70),
    "headline": ("headlines", 0.98),
    "lede": ("ledes", 0.91),
    "byline": ("bylines, none invented", 0.98),
    "source, where named": ("sources, where named", 0.86),
    "clutter": ("furniture gone or in its field", 0.94),
    "label P": ("paragraphs of the body", 0.99),
}
THIRD = 3


def measure() -> Iterator[Line]:
    """The shared scorer's own figures, for the pages looked at and for those set aside."""
    if not PAGES.exists():
        return
    truth = json.loads((PAGES / "truth.json").read_text(encoding="utf-8"))
    aside = {number for number, page in truth.items() if is_set_aside(page["outlet"])}
    seen, unseen = (_scored(numbers) for numbers in (truth.keys() - aside, aside))
    for name, (what, least) in FIGURES.items():
        right, of = unseen[name]
        yield Line(
            what=f"pages: {what}, set aside",
            figure=f"{right} of {of} ({right / of:.3f})",
            beside="looked at: {} of {} ({:.3f})".format(*seen[name], seen[name][0] / seen[name][1]),
            goal=f"≥ {least}",
            holds=right >= least * of,
        )


def is_set_aside(outlet: str) -> bool:
    return int(hashlib.sha256(outlet.encode()).hexdigest(), 16) % THIRD == 0


def _scored(numbers: set[str]) -> dict[str, tuple[int, int]]:
    """How many are right of how many, for each figure of the scorer's table."""
    from bot import composing

    told = io.StringIO()
    with tempfile.TemporaryDirectory() as directory, contextlib.redirect_stdout(told):
        for number in numbers:
            copy = (PAGES / f"{number}.txt").read_text(encoding="utf-8")
            composed = json.dumps(composing.composed(copy), ensure_ascii=False)
            (Path(directory) / f"{number}.json").write_text(composed, encoding="utf-8")
        _scorer().main(directory, numbers)
    rows = (line.rsplit(maxsplit=4) for line in told.getvalue().splitlines() if line[-6:-5] == " ")
    return {name.strip(): (int(right), int(of)) for name, right, _, of, _ in rows if right.isdigit()}


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("structure_score", PAGES / "structure_score.py")
    assert spec
    assert spec.loader
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer
