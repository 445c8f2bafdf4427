"""Reads and writes JSON lines for other people's scorers; calls the product's own functions, nothing else.

`python -m tests.benchmarks.adapter TASK [--archive FILE] < in.jsonl > out.jsonl`; FILE has the newsroom's approved
stories as JSON lines {"text"}, which `copyedit` learns first. `search`, `related` and `twice` need it: there its
lines are the archive, {"id","headline","text"} and what else `archived` knows.

Each line in, also an empty one, has its line out, in order; where there was nothing to answer "error" says why, beside
the answer's own fields, empty.
"""

import asyncio
import base64
import json
import sys
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from bot import composing
from bot.errors import CopyError, PageError
from bot.intake import pages_copy
from bot.intake.workshop import Workshop
from bot.news.spelling import orthography, own
from bot.news.spelling.house_style import HouseStyle
from bot.news.structure import lines
from bot.news.structure.lines import Label
from bot.news.summary import keypoints
from bot.words import words
from handlers.phrases import explained
from tests.benchmarks import archived

_DATA_LABELS = {
    Label.KEYWORD: "meta",
    Label.SOURCE: "meta",
    Label.CONTINUED: "bullet",
    Label.REPEATED: "meta",
    Label.LIST_INTRO: "paragraph",
    Label.QUOTE: "paragraph",
    Label.DATELINE: "paragraph",
}
_PLAIN = HouseStyle.plain()


type Reading = Callable[[Callable[[Workshop], Coroutine[Any, Any, Any]]], Any]
"""Has something read by the workshop, and waits for it."""


def copyedit(record: dict[str, Any], style: HouseStyle = _PLAIN) -> dict[str, Any]:
    edited = [orthography.repaired(line, style) for line in record["text"].split("\n")]
    return {"id": record.get("id"), "out": "\n".join(edited)}


def structure(record: dict[str, Any]) -> dict[str, Any]:
    labels = lines.label(record["text"].split("\n"))
    return {"id": record.get("id"), "labels": [_DATA_LABELS.get(label, label.value) for label in labels]}


def key_points(record: dict[str, Any]) -> dict[str, Any]:
    points = keypoints.extract(record["headline"], "", record["body"].split("\n"))
    return {"id": record.get("id"), "bullets": [point.text for point in points]}


def compose(record: dict[str, Any]) -> dict[str, Any]:
    return {"id": record.get("id"), **composing.composed(record["text"])}


def feed(read: Reading, record: dict[str, Any]) -> dict[str, Any]:
    try:
        found = read(lambda shop: shop.feed(_bytes(record.get("body")), _text(record.get("url")), None))
    except PageError:
        found = None
    items = [
        {
            "id": item.id,
            "title": item.title,
            "url": item.url,
            "published": item.published.isoformat() if item.published else None,
        }
        for item in (found.items if found else ())
    ]
    return {"id": record.get("id"), "items": items}


def page(read: Reading, record: dict[str, Any]) -> dict[str, Any]:
    """A page as it was fetched; `article` is None where no story is in it, and `trouble` says why.

    One without text is read all the same: it is empty.
    """
    html = record.get("html")
    raw = html.encode("utf-8", "replace") if isinstance(html, str) else _bytes(record.get("body"))
    try:
        told = read(lambda shop: shop.page(raw, _text(record.get("url"))))
        article = pages_copy.article_of(told, _PLAIN)  # its words as the page spells them
    except (PageError, CopyError) as error:
        return {
            "id": record.get("id"),
            "article": None,
            "trouble": getattr(error, "reason", type(error).__name__),
        }
    more = {
        "source_url": told.url,
        "published": told.published or None,
        "image": told.image or None,
        "tags": list(article.keywords),
    }
    return {"id": record.get("id"), "article": {**composing.article_json(article), **more}}


def _bytes(given: object) -> bytes:
    """Base64 of any kind: with line ends, of addresses, without its padding; b"" for what is none."""
    letters = "".join(given.split()).translate(_OF_ADDRESSES) if isinstance(given, str) else ""
    letters = letters.rpartition("base64,")[2].rstrip("=")
    try:
        return base64.b64decode(letters + "=" * (-len(letters) % 4))
    except ValueError:
        return b""


_OF_ADDRESSES = str.maketrans("-_", "+/")


def _text(given: object) -> str:
    return given if isinstance(given, str) else ""


TASKS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "copyedit": copyedit,
    "structure": structure,
    "keypoints": key_points,
    "compose": compose,
}
GUARDED: dict[str, Callable[[Reading, dict[str, Any]], dict[str, Any]]] = {"page": page, "feed": feed}
"""Read in the product's workshop, which is killed where a page takes too long."""


def style_of(archive: str) -> HouseStyle:
    """The plain style with what these stories taught, as if each had been approved."""
    counts: dict[str, dict[str, int]] = {}
    for record in archived.lines_of(archive):
        for letters, spellings in own.taught(_text(record.get("text"))).items():
            counts[letters] = own.learnt(counts.get(letters, {}), spellings)
    return replace(_PLAIN, own=own.decided(counts))


def main() -> None:
    name, archive = _named(sys.argv[1:])
    if name in archived.TASKS:
        if archive is None:
            raise SystemExit(f"{name} needs --archive FILE")
        with archived.archived(archived.lines_of(archive)) as made:
            _answer(name, partial(archived.TASKS[name], made))
        return
    if name in GUARDED:
        with asyncio.Runner() as runner:
            shop = Workshop()
            _answer(name, partial(GUARDED[name], lambda ask: runner.run(ask(shop))))
            runner.run(shop.close())
        return
    task = TASKS[name]
    if archive is not None:
        task = partial(copyedit, style=style_of(archive))
    _answer(name, task)


def _named(said: list[str]) -> tuple[str, str | None]:
    """Task and archive."""
    match said:
        case [name] if name in _NOTHING:
            return name, None
        case [name, "--archive", archive] if name in _NOTHING and Path(archive).is_file():
            return name, archive
    raise SystemExit(f"one of {', '.join(_NOTHING)}, and --archive with a file that is there")


def _asked() -> Iterator[dict[str, Any] | str]:
    """What stands on each line; a fault in words where that is no JSON object."""
    for line in sys.stdin.buffer:
        yield archived.record_of(line)


def _answer(name: str, task: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """A line out for each line in, whatever stood in it."""
    for record in _asked():
        answer = _answered(name, task, record)
        try:
            line = json.dumps(answer, ensure_ascii=False).encode()
        except UnicodeEncodeError:  # half a letter: as JSON writes it
            line = json.dumps(answer).encode()
        sys.stdout.buffer.write(line + b"\n")
        sys.stdout.buffer.flush()


def _answered(
    name: str, task: Callable[[dict[str, Any]], dict[str, Any]], record: dict[str, Any] | str
) -> dict[str, Any]:
    if isinstance(record, str):
        return {"id": None, **_NOTHING[name], "error": record}
    fault = _missing(name, record)
    try:
        return _faulty(name, record, fault) if fault else task(record)
    except CopyError as error:
        return _faulty(name, record, _said(error))
    except Exception as error:  # noqa: BLE001 - of one record: the next one is answered
        return _faulty(name, record, f"{type(error).__name__}: {error}")


def _missing(name: str, record: dict[str, Any]) -> str:
    """Which field a record lacks: all of the first row have to be there, of others one."""
    every, one = _WANTED[name]
    faults = [f"{field} is missing, or no text" for field in every if not isinstance(record.get(field), str)]
    if one and all(record.get(field) is None for field in one):
        faults.append(f"{' and '.join(one)} are missing")
    return "; ".join(faults)


def _faulty(name: str, record: dict[str, Any], why: str) -> dict[str, Any]:
    return {"id": record.get("id"), **_NOTHING[name], "error": why}


def _said(error: CopyError) -> str:
    return explained(error, words("en"), zone="UTC", person_id=0)


_NOTHING: dict[str, dict[str, Any]] = {
    "copyedit": {"out": ""},
    "structure": {"labels": []},
    "keypoints": {"bullets": []},
    "compose": {"article": None, "posts": []},
    "page": {"article": None},
    "feed": {"items": []},
    "search": {"found": []},
    "related": {"found": []},
    "twice": {"same": []},
}
_WANTED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "copyedit": (("text",), ()),
    "structure": (("text",), ()),
    "keypoints": (("headline", "body"), ()),
    "compose": (("text",), ()),
    "page": ((), ("html", "body")),
    "feed": (("body",), ()),
    "search": ((), ("query",)),
    "related": ((), ("headline", "text")),
    "twice": ((), ("headline", "text", "url")),
}


if __name__ == "__main__":
    main()
