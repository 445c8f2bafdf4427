"""The archive at a hundred thousand stories of made-up copy: brought in, searched, related, told twice.

The words are the press table's own, drawn as often as the press uses them; MONADI_ARCHIVE sets another size.
"""

import asyncio
import json
import os
import resource
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time

from bot.archive import bringing, related, searching, twice
from bot.archive.related import Told
from bot.news.archive.query import read
from bot.news.summary import worth
from storage import Storage
from storage.archive_reading import EVERYTHING, ArchiveReading
from tests.benchmarks.timing import Line

SIZE = int(os.environ.get("MONADI_ARCHIVE", "100000"))
_ASKED = 60
_CHANGED = 0.05  # of a copy's words


def measure() -> Iterator[Line]:
    with TemporaryDirectory() as home:
        yield from asyncio.run(_measured(Path(home)))


async def _measured(home: Path) -> list[Line]:
    rng, file, database = Random(7), home / "told.jsonl", home / "archive.db"
    samples = _write(file, rng)
    storage = await Storage.open(f"sqlite:///{database}")
    began = process_time()
    await bringing.bring(storage, file, lambda *_: None)
    took = process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    await storage.close()
    size = database.stat().st_size / 1e6
    storage = await Storage.open(f"sqlite:///{database}")
    lines = [
        Line(what=f"import of {SIZE} articles", figure=f"{SIZE / took:.0f} a second of the processor"),
        Line(what="its peak memory", figure=f"{peak} MB", goal="flat"),
        Line(what="the archive's file", figure=f"{size:.0f} MB"),
    ]
    queries = [" ".join(rng.sample(head.split(), 2)) for head, _ in samples]
    tolds = [Told(headline=head, text=text) for head, text in samples]
    lines.append(_timed("search", 30, [partial(_searched, storage, each) for each in queries]))
    lines.append(_timed("related", 60, [partial(_related, storage, each) for each in tolds]))
    found = sum(_twins(storage, _changed(each, rng)) == [each.headline] for each in tolds)
    lines.append(Line(what="near copies found, and nothing else", figure=f"{found} of {len(tolds)}"))
    await storage.close()
    return lines


def _searched(storage: Storage, typed: str) -> list[int]:
    return storage.look(partial(_found, typed=typed))


def _found(reading: ArchiveReading, typed: str) -> list[int]:
    return searching.found(reading, read(typed), EVERYTHING)


def _related(storage: Storage, told: Told) -> object:
    return storage.look(partial(related.found, told=told, scope=EVERYTHING, limit=5))


def _twins(storage: Storage, told: Told) -> list[str]:
    twins = storage.look(partial(twice.found, told=told, scope=EVERYTHING))
    entries = storage.look(partial(ArchiveReading.entries, ids=[each.id for each in twins]))
    return [each.headline for each in entries.values()]


def _changed(told: Told, rng: Random) -> Told:
    words = told.text.split()
    copy = [rng.choice(words) if rng.random() < _CHANGED else word for word in words]
    return Told(headline="", text=" ".join(copy))


def _timed(what: str, goal: int, asked: list[Callable[[], object]]) -> Line:
    took = []
    for ask in asked:
        began = process_time()
        ask()
        took.append((process_time() - began) * 1000)
    took.sort()
    middle, slow = took[len(took) // 2], took[int(len(took) * 0.95)]
    return Line(
        what=f"{what}, p50 and p95 of the processor",
        figure=f"{middle:.1f}, {slow:.1f} ms",
        goal=f"p95 <= {goal} ms",
        holds=slow <= goal,
    )


def _write(file: Path, rng: Random) -> list[tuple[str, str]]:
    """Articles of 200 words; some of them to ask about."""
    known = worth.model().words
    vocabulary = [word for word in known if word.isalpha()]
    often = [(1.02 - known[word].rarity) ** 4 for word in vocabulary]
    samples = []
    every = max(1, SIZE // _ASKED)
    with file.open("w", encoding="utf-8") as lines:
        for number in range(SIZE):
            words = rng.choices(vocabulary, often, k=208)
            head, text = " ".join([*words[:8], f"شماره{number}"]), " ".join(words[8:])
            lines.write(
                json.dumps({"id": number, "headline": head, "text": text, "date": "2020-01-01"}) + "\n"
            )
            if number % every == 0:
                samples.append((head, text))
    return samples
