"""A feed's markup as far as a feed needs it: the elements that mean something, found in linear time.

Names are told by what their namespaces mean and not by their prefixes; all other elements are text. Nothing
is resolved, expanded or fetched, and no element has to be closed.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST = 300_000
"""Elements that are looked at: more than any feed has."""
_LONGEST_DOCTYPE = 2_000

_SPACES = {
    "http://www.w3.org/2005/atom": "atom",
    "http://purl.org/atom/ns#": "atom",
    "http://purl.org/rss/1.0": "",
    "http://my.netscape.com/rdf/simple/0.9": "",
    "http://channel.netscape.com/rdf/simple/0.9": "",
    "http://backend.userland.com/rss2": "",
    "http://purl.org/dc/elements/1.1": "dc",
    "http://purl.org/dc/elements/1.0": "dc",
    "http://purl.org/dc/terms": "dcterms",
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://purl.org/rss/1.0/modules/syndication": "sy",
    "http://search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.sitemaps.org/schemas/sitemap/0.9": "sitemap",
    "http://www.google.com/schemas/sitemap/0.84": "sitemap",
    "http://www.google.com/schemas/sitemap-news/0.9": "news",
    "http://www.google.com/schemas/sitemap-image/1.1": "image",
    "http://www.google.com/schemas/sitemap-video/1.1": "video",
    "http://www.w3.org/1999/xhtml": "xhtml",
}
"""What a namespace is called here, by its address without case and last slash."""
_USUAL = frozenset(_SPACES.values()) | {"prism", "georss", "slash", "wfw", "thr", "feedburner"}
_NAMES = (
    "rss|feed|RDF|urlset|sitemapindex|sitemap|channel|item|entry|url|title|link|guid|id|pubDate|published|updated|modified|issued"
    "|created|date|description|summary|encoded|content|author|name|creator|category|subject|enclosure|thumbnail|loc"
    "|lastmod|publication_date|publication|news|group|image|language|ttl|updatePeriod|updateFrequency|source|textInput"
    "|textinput|tagline|subtitle|pubdate|keywords|video"
)
_TOKEN = re.compile(
    r"<(?=[!/A-Za-z_])(?:!\[CDATA\[|!--|![Dd][Oo][Cc][Tt][Yy][Pp][Ee]"
    rf"|(?P<end>/?)(?:(?P<prefix>[A-Za-z_][\w.-]{{0,60}}):)?(?P<name>(?i:{_NAMES}))(?=[\s/>])"
    r"""(?P<rest>(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)>)"""
)
_MEANT = {name.lower(): name for name in _NAMES.split("|")} | {"pubdate": "pubDate", "textinput": "textInput"}
"""Names as they are written here: not every feed keeps to the case."""
_ATTRIBUTE = re.compile(r"""([A-Za-z_][\w.:-]*+)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")


@dataclass(frozen=True, slots=True)
class Opening:
    """Where an element begins. `space` is its namespace's name here; None for one without a meaning."""

    space: str | None
    name: str
    attributes: dict[str, str]
    is_empty: bool


@dataclass(frozen=True, slots=True)
class Closing:
    space: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Text:
    """What stands between: as written, or `plain` (CDATA), in which nothing is an entity."""

    text: str
    plain: bool = False


type Token = Opening | Closing | Text


def tokens(document: str) -> Iterator[Token]:
    """The document's elements and what stands between them."""
    spaces: dict[str, str | None] = {}
    at = count = 0
    for_comments = document.find("-->")
    while count < MOST and (found := _TOKEN.search(document, at)):
        count += 1
        if found.start() > at:
            yield Text(document[at : found.start()])
        at = found.end()
        match found[0].upper() if found["name"] is None else "":
            case "<![CDATA[":
                end = document.find("]]>", at)
                yield Text(document[at : end if end >= 0 else len(document)], plain=True)
                at = end + 3 if end >= 0 else len(document)
            case "<!--":
                if for_comments < at <= len(document) and for_comments >= 0:
                    for_comments = document.find("-->", at)
                at = for_comments + 3 if for_comments >= 0 else at
            case "<!DOCTYPE":
                at = _after_doctype(document, at)
            case _:
                yield from _element(found, spaces)
    if at < len(document):
        yield Text(document[at:])


def _after_doctype(document: str, at: int) -> int:
    """Where it ends: entities that are declared in it are nobody's."""
    last = at + _LONGEST_DOCTYPE
    opened, closed = document.find("[", at, at + 500), document.find(">", at, last)
    if 0 <= opened < closed:
        end = document.find("]", opened, last)
        closed = document.find(">", end, last) if end >= 0 else -1
    return closed + 1 if closed >= 0 else at


def _element(found: re.Match[str], spaces: dict[str, str | None]) -> Iterator[Token]:
    rest, prefix, name = found["rest"], (found["prefix"] or "").lower(), _MEANT[found["name"].lower()]
    if found["end"]:
        yield Closing(_space(prefix, spaces), name)
        return
    attributes = _attributes(rest) if "=" in rest else {}
    own = spaces
    if "xmlns" in rest:
        told = {key[6:]: _called(url) for key, url in attributes.items() if key.startswith("xmlns:")}
        spaces.update(told)
        if "xmlns" in attributes:
            own = {**spaces, "": _called(attributes["xmlns"]) or ""}
            if name in {"rss", "feed", "RDF", "urlset"}:  # an element's own is its own
                spaces[""] = own[""]
    space = _space(prefix, own)
    is_empty = rest.endswith("/")
    yield Opening(space, name, attributes, is_empty)


def _attributes(written: str) -> dict[str, str]:
    return {
        name.lower(): html.unescape(quoted or single)
        for name, quoted, single in _ATTRIBUTE.findall(written[:20_000])
    }


def _called(address: str) -> str | None:
    plain = address.strip().rstrip("/").casefold()
    return _SPACES.get(plain, _SPACES.get(plain.replace("https://", "http://", 1)))


def _space(prefix: str, spaces: dict[str, str | None]) -> str | None:
    if prefix in spaces:
        return spaces[prefix]
    if not prefix:
        return ""
    return prefix if prefix in _USUAL else None
