"""A story that a page keeps in its scripts and not in its elements: for JSON-LD, or for its own program."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.intake.pages_said import Said, texts, urls
from bot.intake.pages_tree import Block, Node, blocks, parsed

_LARGEST = 2_000_000
_MOST = 20_000  # values that are looked at
_TRIES = 30
_DECODER = json.JSONDecoder(strict=False)
_LEAST = 80  # letters of a text that is a story's
_BODIES = ("content", "body", "text", "fulltext", "full_text", "html", "articlebody", "bodytext", "matn")
_TITLES = ("title", "headline", "name")
_LEDES = ("lead", "lede", "subtitle", "summary", "excerpt", "description", "intro", "abstract")
_WRITERS = ("author", "writer", "byline", "reporter", "authors", "creator")
_DAYS = ("publishedat", "published_at", "datepublished", "publishdate", "published", "date", "createdat")
_PICTURES = ("image", "cover", "thumbnail", "picture", "featuredimage", "mainimage")


@dataclass(frozen=True, kw_only=True)
class Scripted:
    headline: str
    lede: str
    lines: tuple[Block, ...]
    byline: str
    published: str
    image: str


def found(root: Node, said: Said) -> Scripted | None:
    """The story; None where there is none."""
    things = [said.article, *_things(root)]
    told = [(thing, text) for thing in things if (text := _text(thing))]
    if not told:
        return None
    thing, text = max(told, key=lambda each: len(each[1]))
    lines = _lines(text)
    if not lines:
        return None
    return Scripted(
        headline=_said(thing, _TITLES),
        lede=_said(thing, _LEDES),
        lines=lines,
        byline=_said(thing, _WRITERS),
        published=_said(thing, _DAYS),
        image=next(iter(urls(_first(thing, _PICTURES))), ""),
    )


def _things(root: Node) -> Iterator[dict[str, Any]]:
    """What scripts of data hold, from the outside in."""
    for script in root.iter("script"):
        kind, text = (script.get("type") or "").lower(), (script.text or "")[:_LARGEST]
        if "ld+json" in kind:
            continue
        queue = list(_objects(text))
        for at in range(_MOST):
            if at >= len(queue):
                break
            value = queue[at]
            if isinstance(value, dict):
                yield value
            inner = value.values() if isinstance(value, dict) else value
            queue += [each for each in inner if isinstance(each, dict | list)]


def _objects(text: str) -> Iterator[Any]:
    """The JSON in a script; of a program those of its objects that are written as JSON."""
    at = 0
    for _ in range(_TRIES):
        at = text.find('{"', at)
        if at < 0:
            return
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            at += 1
        else:
            yield value


def _text(thing: dict[str, Any]) -> str:
    text = _first(thing, _BODIES)
    has_title = bool(_first(thing, _TITLES))
    return text if has_title and isinstance(text, str) and sum(map(str.isalpha, text)) >= _LEAST else ""


def _lines(text: str) -> tuple[Block, ...]:
    if "<" not in text:
        lines = (line.strip() for line in text.split("\n"))
        return tuple(Block("paragraph", line, None) for line in lines if line)
    inner = parsed(f"<html><body>{text}</body></html>")
    return tuple(blocks(inner)) if inner is not None else ()


def _first(thing: dict[str, Any], names: tuple[str, ...]) -> Any:
    known = {str(key).lower(): value for key, value in thing.items()}
    return next((known[name] for name in names if known.get(name)), None)


def _said(thing: dict[str, Any], names: tuple[str, ...]) -> str:
    return next(iter(texts(_first(thing, names))), "")
