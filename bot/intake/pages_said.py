"""What a page says of itself to machines: JSON-LD, Open Graph, `meta`, `link`. Judges nothing."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.intake.pages_tree import Node, plain, tag

_ARTICLES = frozenset(
    "newsarticle article blogposting reportagenewsarticle analysisnewsarticle opinionnewsarticle "
    "liveblogposting "
    "backgroundnewsarticle askpublicnewsarticle reviewnewsarticle techarticle scholarlyarticle report "
    "satiricalarticle advertisercontentarticle socialmediaposting".split()
)
_MAX_SCRIPT = 400_000
_COMMA = re.compile(r",(?=\s*[}\]])")
_WRAPPED = re.compile(
    r"^\s*(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$"
)
_MARKED_UP = re.compile(r"<[^<>]{1,200}>")


@dataclass(slots=True)
class Said:
    """By field, what each voice says, the most trustworthy first; `body`: the text that JSON-LD has."""

    meta: dict[str, list[str]] = field(default_factory=dict)
    article: dict[str, Any] = field(default_factory=dict)
    canonical: list[str] = field(default_factory=list)
    title: str = ""
    language: str = ""
    base: str = ""

    def of(self, *names: str) -> list[str]:
        """What `meta` elements of these names say."""
        return [value for name in names for value in self.meta.get(name, [])]

    def text(self, *keys: str) -> list[str]:
        """What JSON-LD's article says under these keys, as text."""
        return [text for key in keys for text in texts(self.article.get(key))]


def read(root: Node) -> Said:
    """All of it, from one pass over the tree."""
    said = Said(language=(root.get("lang") or "").lower())
    scripts: list[str] = []
    for node in root.iter("meta", "link", "script", "title", "base"):
        match tag(node):
            case "meta":
                _meta(node, said)
            case "link" if "canonical" in (node.get("rel") or "").lower().split():
                said.canonical.append((node.get("href") or "").strip())
            case "title" if not said.title and tag(node.getparent()) in ("head", "html", "body"):
                said.title = plain("".join(node.itertext()))
            case "base" if not said.base:
                said.base = (node.get("href") or "").strip()
            case "script" if "ld+json" in (node.get("type") or "").lower():
                scripts.append((node.text or "")[:_MAX_SCRIPT])
    said.article = _article(scripts)
    return said


def _meta(node: Node, said: Said) -> None:
    raw = node.get("content") or ""
    content = "\n".join(filter(None, map(plain, raw.split("\n")))) if "\n" in raw else plain(raw)
    for attribute in ("property", "name", "itemprop", "http-equiv"):
        if (name := (node.get(attribute) or "").strip().lower()) and content:
            said.meta.setdefault(name, []).append(content)


def texts(value: Any) -> list[str]:
    """The text of a JSON-LD value: itself, its name, or those of each in a list."""
    match value:
        case str():
            return [text] if (text := plain(_MARKED_UP.sub(" ", value) if "<" in value else value)) else []
        case list():
            return [text for each in value[:50] for text in texts(each)]
        case dict():
            return texts(value.get("name") or value.get("@value") or value.get("headline") or "")
    return []


def urls(value: Any) -> list[str]:
    """The addresses of a JSON-LD value, of a picture or a page."""
    match value:
        case str():
            return [value.strip()] if value.strip() else []
        case list():
            return [url for each in value[:50] for url in urls(each)]
        case dict():
            return urls(value.get("contentUrl") or value.get("url") or value.get("@id") or "")
    return []


def _article(scripts: Iterable[str]) -> dict[str, Any]:
    """The article among what JSON-LD describes, that with most to say; its references resolved."""
    things = [thing for script in scripts for thing in _things(_loaded(script))]
    known = {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str) and len(thing) > 1}
    articles = [thing for thing in things if _kinds(thing) & _ARTICLES]
    if not articles:
        return {}
    best = max(articles, key=lambda thing: (bool(thing.get("headline")), _is_told(thing), len(thing)))
    return {key: _resolved(value, known) for key, value in best.items()}


def _is_told(thing: dict[str, Any]) -> bool:
    return any(thing.get(key) for key in ("articleBody", "datePublished", "author"))


def _resolved(value: Any, known: dict[str, Any]) -> Any:
    if isinstance(value, list):
        return [_resolved(each, known) for each in value[:50]]
    if isinstance(value, dict) and set(value) <= {"@id", "@type"} and isinstance(value.get("@id"), str):
        return known.get(value["@id"], value)
    return value


def _kinds(thing: dict[str, Any]) -> set[str]:
    kinds = thing.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return {str(kind).rsplit("/", 1)[-1].lower() for kind in listed}


def _loaded(script: str) -> Any:
    """Its JSON, also with comments round it, a comma too many, bare newlines."""
    text = _WRAPPED.sub("", _WRAPPED.sub("", script)).strip().rstrip(";")
    for tried in (text, _COMMA.sub("", text)):
        try:
            return json.loads(tried, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _things(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, list):
        for each in value[:200]:
            yield from _things(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in (
            "@graph",
            "mainEntity",
            "itemListElement",
            "hasPart",
            "mainEntityOfPage",
            "author",
            "publisher",
        ):
            if isinstance(value.get(key), dict | list):
                yield from _things(value[key], depth + 1)
