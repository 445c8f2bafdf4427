"""Pages of our own in the markup of real systems, field by field: ours beside each extractor alone."""

import time
from collections.abc import Iterator

from bot.intake import pages
from tests.benchmarks.timing import Line
from tests.intake import later_layouts, layouts
from tests.intake.measure import READERS, table

FIELDS = (
    "headline", "kicker", "lede", "body", "clean", "byline", "source", "published", "image", "tags", "canonical",
    "half_spaces",
)  # fmt: skip


def measure() -> Iterator[Line]:
    told = [*layouts.pages(), *later_layouts.pages()]
    means = table(told, READERS)
    for field in FIELDS:
        beside = ", ".join(
            f"{name} {means[name].get(field, 0):.3f}" for name in ("newspaper4k", "trafilatura")
        )
        yield Line(
            what=f"pages in: {field}, {len(told)} pages", figure=f"{means['ours'][field]:.3f}", beside=beside
        )
    start = time.process_time()
    for each in told:
        pages.read(each.html, each.url)
    took = (time.process_time() - start) / len(told)
    yield Line(
        what="pages in: a page read, both extractors asked", figure=f"{took * 1000:.0f} ms of the processor"
    )
