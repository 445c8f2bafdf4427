"""Reads and writes JSON lines for other people's scorers; calls the product's own functions, nothing else.

`python -m tests.benchmarks.adapter TASK [--archive FILE] < in.jsonl > out.jsonl`; FILE has the newsroom's approved
stories as JSON lines {"text"}, which `copyedit` learns first. `search`, `related` and `twice` need it: there its
lines are the archive, {"id","headline","text"} and what else `archived` knows.
"""

import base64
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from bot import composing
from bot.errors import CopyError, PageError
from bot.intake import pages, pages_copy
from bot.intake.feeds import reading
from bot.news.spelling import orthography, own
from bot.news.spelling.house_style import HouseStyle
from bot.news.structure import lines
from bot.news.structure.lines import Label
from bot.news.summary import keypoints
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


def copyedit(record: dict[str, Any], style: HouseStyle = _PLAIN) -> dict[str, Any]:
    edited = [orthography.repaired(line, style) for line in record["text"].split("\n")]
    return {"id": record["id"], "out": "\n".join(edited)}


def structure(record: dict[str, Any]) -> dict[str, Any]:
    labels = lines.label(record["text"].split("\n"))
    return {"id": record["id"], "labels": [_DATA_LABELS.get(label, label.value) for label in labels]}


def key_points(record: dict[str, Any]) -> dict[str, Any]:
    points = keypoints.extract(record["headline"], "", record["body"].split("\n"))
    return {"id": record["id"], "bullets": [point.text for point in points]}


def compose(record: dict[str, Any]) -> dict[str, Any]:
    return {"id": record["id"], **composing.composed(record["text"])}


def feed(record: dict[str, Any]) -> dict[str, Any]:
    found = reading.read(base64.b64decode(record["body"]))
    items = [
        {
            "id": item.id,
            "title": item.title,
            "url": item.url,
            "published": item.published.isoformat() if item.published else None,
        }
        for item in (found.items if found else ())
    ]
    return {"id": record["id"], "items": items}


def page(record: dict[str, Any]) -> dict[str, Any]:
    """A page as it was fetched; `article` is None where no story is in it, and `trouble` says why."""
    try:
        found = pages.read(record["html"], record.get("url") or "")
        article = pages_copy.article_of(pages_copy.told(found), _PLAIN)  # its words as the page spells them
    except (PageError, CopyError) as error:
        return {
            "id": record["id"],
            "article": None,
            "trouble": getattr(error, "reason", type(error).__name__),
        }
    told = {
        "source_url": found.url,
        "published": found.published.isoformat() if found.published else None,
        "image": found.image,
        "tags": list(article.keywords),
    }
    return {"id": record["id"], "article": {**composing.article_json(article), **told}}


TASKS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "copyedit": copyedit,
    "structure": structure,
    "keypoints": key_points,
    "compose": compose,
    "page": page,
    "feed": feed,
}


def style_of(archive: str) -> HouseStyle:
    """The plain style with what these stories taught, as if each had been approved."""
    counts: dict[str, dict[str, int]] = {}
    with Path(archive).open(encoding="utf-8") as stories:
        for line in filter(str.strip, stories):
            for letters, spellings in own.taught(json.loads(line)["text"]).items():
                counts[letters] = own.learnt(counts.get(letters, {}), spellings)
    return replace(_PLAIN, own=own.decided(counts))


def main() -> None:
    name, archive = sys.argv[1], sys.argv[3] if sys.argv[2:3] == ["--archive"] else None
    if name in archived.TASKS:
        if archive is None:
            raise SystemExit(f"{name} needs --archive FILE")
        with archived.archived(archived.lines_of(archive)) as made:
            _answer(partial(archived.TASKS[name], made), _asked())
        return
    task = TASKS[name]
    if archive is not None:
        task = partial(copyedit, style=style_of(archive))
    _answer(task, _asked())


def _asked() -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in sys.stdin if line.strip())


def _answer(task: Callable[[dict[str, Any]], dict[str, Any]], records: Iterable[dict[str, Any]]) -> None:
    for record in records:
        print(json.dumps(task(record), ensure_ascii=False))


if __name__ == "__main__":
    main()
