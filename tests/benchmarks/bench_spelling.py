"""Spelling alone, in a process of its own; the rest is in `bench_copydesk`."""

from tests.benchmarks.bench_copydesk import spelling as measure

__all__ = ["measure"]
