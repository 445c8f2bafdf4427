"""Whether the copy desk makes the same of many texts as another version did: for changes that only save time.

    python tools/same_words.py SHARED --write before.json     # in the checkout of before
    python tools/same_words.py SHARED --beside before.json    # in that of now; 1 where a word differs

SHARED is the folder with `pages`, `persian` and `articles`, some 2,800 texts; `--every 5` takes each fifth.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.errors import CopyError
from bot.news import copydesk
from bot.news.spelling import orthography
from bot.news.spelling.house_style import HouseStyle
from bot.news.subjects import keywords, named, tags

_AROUND = 60  # characters shown of what differs
_SHOWN = 10
_DAMAGES = ("gold", "deleted", "spaced", "mixed")


def texts(shared: Path) -> Iterator[tuple[str, str]]:
    """Names and texts: pages, news, framed pastes, sentences of an article with their damage, an article."""
    for page in sorted((shared / "pages").glob("*.txt")):
        yield page.name, page.read_text(encoding="utf-8")
    for file in sorted((shared / "persian" / "news").glob("*.dev.jsonl")):
        for at, one in enumerate(_records(file)):
            yield f"{file.name} {at}", "\n".join([one["headline"], one["lead"], one["body"]])
    for file in sorted((shared / "persian" / "structure").glob("*.jsonl")):
        for at, one in enumerate(_records(file)):
            yield f"framed {file.name} {at}", one["text"]
    yield from _damaged(shared / "persian" / "zwnj" / "dev.jsonl")
    for file in sorted((shared / "articles").glob("*.raw.txt")):
        yield file.name, file.read_text(encoding="utf-8")


def _damaged(file: Path) -> Iterator[tuple[str, str]]:
    """The sentences of each article together, one article with one kind of damage."""
    articles: dict[str, list[dict[str, str]]] = {}
    for one in _records(file):
        articles.setdefault(one["doc"], []).append(one)
    for at, (name, sentences) in enumerate(articles.items()):
        damage = _DAMAGES[at % len(_DAMAGES)]
        yield f"{damage} {name}", "\n".join(one[damage] for one in sentences)


def said(text: str) -> str:
    """All that the desk makes of a text: article, repairs, names, tags, and its lines in plain style."""
    plain = "\n".join(orthography.repaired(line, HouseStyle.plain()) for line in text.split("\n"))
    try:
        article = copydesk.read(text, record=True)
    except CopyError as error:
        return f"{type(error).__name__} {plain}"
    told = named.told(article), keywords.of(article), tags.offered(article, "_")
    return f"{article!r} {told!r} {plain}"


def _records(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _differing(before: dict[str, str], now: dict[str, str]) -> list[str]:
    found = [name for name in now if before.get(name) != now[name]]
    for name in found[:_SHOWN]:
        one, other = before.get(name, ""), now[name]
        at = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
        around = slice(max(0, at - _AROUND), at + _AROUND)
        print(f"{name}\n  - {one[around]!r}\n  + {other[around]!r}")
    return found


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("shared", type=Path)
    asked.add_argument("--write", type=Path)
    asked.add_argument("--beside", type=Path)
    asked.add_argument("--every", type=int, default=1)
    given = asked.parse_args()
    now = {name: said(text) for name, text in list(texts(given.shared))[:: given.every]}
    if given.write:
        given.write.write_text(json.dumps(now, ensure_ascii=False), encoding="utf-8")
    if not given.beside:
        return 0
    found = _differing(json.loads(given.beside.read_text(encoding="utf-8")), now)
    print(f"{len(now)} texts, {len(found)} differ")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
