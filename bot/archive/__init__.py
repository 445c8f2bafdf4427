"""The archive: what was told before, searched, related to what is written, and seen when it is told twice.

Questions for a thread (`Storage.asked`), and the loop that takes our stories in. Knows storage and the news;
the desk does not know it.
Asked by the wiring now, and by whoever measures it (`tests/benchmarks/archived.py`).
"""
