"""What the process gets ready once, so that the first story waits for nothing. Knows no newsroom."""

import gc
from functools import cache

from bot.news import copydesk


@cache
def prepare() -> None:
    """Load the copy desk's tables, half a second's work, and tell the garbage collector that they stay.

    It would go through their hundred thousands of objects again and again: a twelfth of the time that reading
    a story takes (`tests/benchmarks/bench_copydesk.py`).
    """
    copydesk.prepare()
    gc.collect()
    gc.freeze()
