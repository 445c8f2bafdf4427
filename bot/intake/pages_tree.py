"""A page's HTML as a tree and as lines: paragraphs, subheads, items. Knows no field.

libxml2 reads what browsers read, however broken, and cuts what is nested deeper than 250 elements. What an
element is for is told by the words of its class, id and `itemprop` (`words_of`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from itertools import islice
from typing import Any, Literal

type Node = Any
"""An element of lxml, which has no types of its own."""
type Kind = Literal["paragraph", "heading", "item", "quote", "row", "caption"]

MAX_BLOCKS = 4_000
MAX_ELEMENTS = 40_000
UNSEEN = frozenset(
    "script style template noscript svg math canvas object embed iframe video audio select option "
    "textarea input "
    "button head link meta map area".split()
)
_BREAKS = frozenset(
    "address article aside blockquote body br center dd details dialog div dl dt fieldset figcaption "
    "figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main nav ol p pre section summary table tbody "
    "tfoot "
    "thead tr ul".split()
)
_CELLS = frozenset(("td", "th"))
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "li": "item",
    "blockquote": "quote",
    "figcaption": "caption",
    "tr": "row",
}
_BOLD = frozenset(("b", "strong"))
_NAMED = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_PARTS = re.compile(r"[a-z]+|[^\W\d_a-z]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_ATTRIBUTE = r"[\s/]*+(?:=[^\s=>/]*+|[^\s=>/]++)(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)?+"
_TAG = re.compile(rf"(?P<opening><[A-Za-z][^\s>/]{{0,40}}+)(?P<attributes>(?:{_ATTRIBUTE})*+)")
"""A tag up to its end, as browsers read it: what stands in quotes may hold any sign."""
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_MOST_ATTRIBUTES = 500
_BLANKS = re.compile(r"[ \t\r\n\f\v\xa0\u2003\u2002\u2009]+")
_LONGEST_NAME = 400
_NAMING = (
    "class",
    "id",
    "itemprop",
    "property",
    "rel",
    "data-component",
    "data-testid",
    "data-gu-name",
    "role",
)


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the page.

    `linked`, `bold`: the share of its letters that are; `url`, `link`: where its first link leads,
    and the letters of all.
    """

    kind: Kind
    text: str
    node: Node
    linked: float = 0.0
    bold: float = 0.0
    url: str | None = None
    link: str = ""


def tamed(page: str) -> str:
    """A page without what keeps parsers busy: each attribute of a tag is compared with all before it."""
    return _TAG.sub(_bounded, page.replace("\x00", ""))


def _bounded(found: re.Match[str]) -> str:
    attributes = found["attributes"]
    if len(attributes) < _MOST_ATTRIBUTES * 2:
        return found[0]
    many = sum(1 for _ in islice(_ATTRIBUTES.finditer(attributes), _MOST_ATTRIBUTES))
    return found["opening"] if many >= _MOST_ATTRIBUTES else found[0]


def parsed(page: str) -> Node | None:
    """The tree; None where there is nothing in it."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return etree.fromstring(page.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, etree.ParserError, ValueError):
        return None


def tag(node: Node) -> str:
    return str(node.tag).lower() if isinstance(node.tag, str) else ""


def is_vast(root: Node, most: int = MAX_ELEMENTS) -> bool:
    """Whether there are more elements than so many; unless said otherwise, than any story's page has."""
    return next(islice(root.iter(), most, None), None) is not None


def words_of(node: Node) -> frozenset[str]:
    """The words of an element's class, id and the like, in small letters: whole and in their parts."""
    return _words(" ".join(value[:_LONGEST_NAME] for name in _NAMING if (value := node.get(name))))


@lru_cache(maxsize=8_192)
def _words(names: str) -> frozenset[str]:
    found: set[str] = set()
    for whole in names.split():
        found.add(whole.lower())
        found.update(_PARTS.findall(_CAMEL.sub("-", whole).lower()))
    return frozenset(found)


def above(node: Node) -> Iterator[Node]:
    """An element and those around it, from the inside out."""
    while node is not None:
        yield node
        node = node.getparent()


def text_of(node: Node) -> str:
    """The letters of an element on one line."""
    return plain("".join(_letters(node)))


def plain(text: str) -> str:
    """Blanks made one, entities that libxml2 does not know made letters."""
    if "&" in text:
        text = _NAMED.sub(lambda found: unescape(found.group()), text)
    return _BLANKS.sub(" ", text).strip()


def _letters(node: Node) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        name = tag(child)
        if name and name not in UNSEEN:
            blank = " " if name in _BREAKS or name in _CELLS else ""
            yield blank
            yield from _letters(child)
            yield blank
        yield child.tail or ""


def blocks(root: Node) -> list[Block]:
    """The lines that a reader of the page would see, in their order; the first `MAX_BLOCKS`."""
    page = _Walk()
    page.through(root, "paragraph", root)
    page.end(root)
    return page.found[:MAX_BLOCKS]


@dataclass(slots=True)
class _Walk:
    found: list[Block] = field(default_factory=list)
    pieces: list[tuple[str, bool, bool]] = field(default_factory=list)  # letters, in a link, in bold
    kind: Kind = "paragraph"
    url: str | None = None

    def through(
        self, node: Node, kind: Kind, block: Node, *, linked: bool = False, bold: bool = False
    ) -> None:
        self.letters(node.text, linked, bold)
        for child in node:
            if len(self.found) >= MAX_BLOCKS:
                return
            name = tag(child)
            if name and name not in UNSEEN and not _is_hidden(child):
                self._child(child, kind, block, linked=linked, bold=bold)
            self.kind = kind
            self.letters(child.tail, linked, bold)

    def _child(self, child: Node, kind: Kind, block: Node, *, linked: bool, bold: bool) -> None:
        name = tag(child)
        if name in _CELLS:
            self.letters("\x1f", linked, bold)
        if name in _BREAKS:
            self.end(block)
            inner = "paragraph" if kind == "row" else kind  # a table that only lays out the page
            kind, block = _KINDS.get(name, inner), child
        if name == "a" and (link := child.get("href")):
            self.url = self.url or link
            linked = True
        self.kind = kind
        self.through(child, kind, block, linked=linked, bold=bold or name in _BOLD)
        if name in _BREAKS:
            self.end(block)

    def letters(self, letters: str | None, linked: bool, bold: bool) -> None:
        if letters:
            self.pieces.append((letters, linked, bold))

    def end(self, block: Node) -> None:
        """What was said since the last break is a line."""
        pieces, url = self.pieces, self.url
        self.pieces, self.url = [], None
        cells = "".join(letters for letters, _, _ in pieces).split("\x1f")
        text = "\t".join(filter(None, map(plain, cells)))
        if not any(map(str.isalnum, text)):
            return
        weight = sum(_weight(letters) for letters, _, _ in pieces) or 1
        linked = sum(_weight(letters) for letters, linked, _ in pieces if linked) / weight
        bold = sum(_weight(letters) for letters, _, bold in pieces if bold) / weight
        link = plain("".join(letters for letters, linked, _ in pieces if linked))
        self.found.append(Block(self.kind, text, block, linked, bold, url, link))


def _weight(letters: str) -> int:
    return sum(map(str.isalnum, letters))


def _is_hidden(node: Node) -> bool:
    style = (node.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or node.get("hidden") is not None or node.get("aria-hidden") == "true"
