"""The process that reads strangers' pages, files and feeds, a task a line (`bot.intake.workshop` starts it).

It opens no connection, whatever a parser would like to fetch, and may have so much memory and no more.
"""

import base64
import json
import resource
import socket
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, BinaryIO, NoReturn

from bot.errors import PageError
from bot.intake import files, pages, pages_copy, pages_decoded, pages_peers
from bot.intake.feeds import reading as feeds_reading
from bot.news.feeds import feed_json

MEMORY = 2_000_000_000
"""Bytes of addresses; the parsers' own code takes a quarter of it."""


def main() -> None:
    """Read until nobody asks any more."""
    _shut_in()
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr  # a parser that prints must not answer for us
    _say(answers, "ready")
    for line in sys.stdin:
        _say(answers, _answer(json.loads(line)))


def _say(answers: BinaryIO, answer: object) -> None:
    answers.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    answers.flush()


def _answer(task: dict[str, Any]) -> dict[str, Any]:
    try:
        return _TASKS[task["task"]](base64.b64decode(task["raw"]), task)
    except PageError as error:
        return {"reason": error.reason}
    except (MemoryError, RecursionError):
        return {"reason": "hard"}
    except Exception:  # noqa: BLE001 - a stranger's page in a stranger's parser
        return {"reason": "broken"}


def _load(raw: bytes, task: dict[str, Any]) -> dict[str, Any]:
    del raw, task
    pages_peers.load()
    return {}


def _page(raw: bytes, task: dict[str, Any]) -> dict[str, Any]:
    return asdict(pages_copy.told(pages.read(pages_decoded.text_of(raw, task["charset"]), task["url"])))


def _file(raw: bytes, task: dict[str, Any]) -> dict[str, Any]:
    return asdict(files.read(raw, task["name"]))


def _feed(raw: bytes, task: dict[str, Any]) -> dict[str, Any]:
    found = feeds_reading.read(raw, task["url"], task["charset"])
    return feed_json(found) if found else {}


_TASKS: dict[str, Callable[[bytes, dict[str, Any]], dict[str, Any]]] = {
    "load": _load,
    "page": _page,
    "file": _file,
    "feed": _feed,
}


def _shut_in() -> None:
    """No more than this memory, and no way out."""
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
    resource.setrlimit(resource.RLIMIT_AS, (limit, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def refused(*_: object, **__: object) -> NoReturn:
        raise OSError("no connection is opened here")

    socket.socket.connect = refused  # type: ignore[method-assign]
    socket.socket.connect_ex = refused  # type: ignore[method-assign]
    socket.getaddrinfo = refused


if __name__ == "__main__":
    main()
