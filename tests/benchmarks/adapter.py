"""Reads and writes JSON lines for other people's scorers; calls the product's own functions, nothing else.

`python -m tests.benchmarks.adapter TASK < in.jsonl > out.jsonl`
"""

import json
import sys
from collections.abc import Callable
from typing import Any

from bot import composing
from bot.news.spelling import orthography
from bot.news.spelling.house_style import HouseStyle
from bot.news.structure import lines
from bot.news.structure.lines import Label
from bot.news.summary import keypoints

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


def copyedit(record: dict[str, Any]) -> dict[str, Any]:
    edited = [orthography.repaired(line, _PLAIN) for line in record["text"].split("\n")]
    return {"id": record["id"], "out": "\n".join(edited)}


def structure(record: dict[str, Any]) -> dict[str, Any]:
    labels = lines.label(record["text"].split("\n"))
    return {"id": record["id"], "labels": [_DATA_LABELS.get(label, label.value) for label in labels]}


def key_points(record: dict[str, Any]) -> dict[str, Any]:
    points = keypoints.extract(record["headline"], "", record["body"].split("\n"))
    return {"id": record["id"], "bullets": [point.text for point in points]}


def compose(record: dict[str, Any]) -> dict[str, Any]:
    return {"id": record["id"], **composing.composed(record["text"])}


TASKS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "copyedit": copyedit,
    "structure": structure,
    "keypoints": key_points,
    "compose": compose,
}


def main() -> None:
    task = TASKS[sys.argv[1]]
    for line in sys.stdin:
        if line.strip():
            print(json.dumps(task(json.loads(line)), ensure_ascii=False))


if __name__ == "__main__":
    main()
