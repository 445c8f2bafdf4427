"""The parts of a story by the page's own markup: headline, lede, who wrote it, tags, picture.

Each function gives candidates, the most trustworthy first; who reads the page weighs them against
what the page says of itself to machines.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from bot.intake.pages_tree import Node, above, tag, text_of, words_of
from bot.intake.pages_urls import is_front_page
from bot.intake.pages_zones import Zones, own_zone

_TITLES = frozenset(
    "headline entry-title post-title posttitle news-title newstitle item-title first-title article-title "
    "single-title page-title story-title title itemtitle p-name".split()
)
_KICKERS = frozenset(
    "kicker rutitr rotitr ro-titr rootitr roo-titr roti uptitle up-title suptitle overline surtitle eyebrow "
    "on-title "
    "toptitle top-title over-title rou-titr upper-title rutitle ru-title pretitle pre-title".split()
)
_LEDES = frozenset(
    "summary introtext lead lede lid standfirst subtitle sub-title deck dek intro description excerpt chapo "
    "abstract "
    "news-lead article-lead post-lead kholase summery leadtext lead-text synopsis "
    "entry-summary p-summary".split()
)
_WRITERS = frozenset(
    "author byline by-line reporter writer nevisande khabarnegar createdby authors author-name writer-name "
    "article-author post-author p-author contributor fn".split()
)
_DATES = frozenset(
    "date datetime published time pubdate news_pdate_c item-date post-date entry-date publish-date "
    "date-published timestamp dateline submitted publishdate news-date created postdesc".split()
)
_PUBLISHED = frozenset(("published", "dt-published", "datepublished", "entry-date", "pubdate"))
_BY_LINK = re.compile(
    r"/(?:authors?|profiles?|writers?|reporters?|by|journalists?|نویسنده)/|substack\.com/@", re.IGNORECASE
)
_MANY = 120
_TITLE, _LINE = 600, 2_000
"""Letters of a heading, and of what names a person or a moment, at the most."""
_INNER = 200
"""Elements of one that are looked at: pages nest what they name in itself."""
_PICTURE_OF_NOTHING = re.compile(
    r"logo|default|placeholder|avatar|icon|blank|spacer|pixel|no-?image|sprite|loading|gravatar|banner"
    r"|\.svg(?:$|\?)|1x1",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(r"background(?:-image)?\s*:\s*url\(\s*['\"]?([^'\")]+)", re.IGNORECASE)
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-image", "src")
_TAG_LINK = re.compile(r"/(?:tags?|topics?|keywords?|service/tag|برچسب)/", re.IGNORECASE)


class Marked:
    """A page's elements by what their names say they are, from one pass over it."""

    def __init__(self, root: Node, zones: Zones) -> None:
        self.zones = zones
        self.order: dict[Node, int] = {}
        self.headings: list[Node] = []
        self.kickers: list[Node] = []
        self.ledes: list[Node] = []
        self.writers: list[Node] = []
        self.dates: list[Node] = []
        self.pictures: list[Node] = []
        self.tag_links: list[Node] = []
        for at, node in enumerate(root.iter()):
            if isinstance(node.tag, str):
                self.order[node] = at
                self._sort(node, tag(node), words_of(node))

    def _sort(self, node: Node, name: str, words: frozenset[str]) -> None:
        if name in ("h1", "h2", "h3") or words & _TITLES or node.get("role") == "heading":
            self.headings.append(node)
        if words & _KICKERS:
            self.kickers.append(node)
        if words & _LEDES and name not in ("body", "html", "main", "article", "meta", "ul"):
            self.ledes.append(node)
        by_link = name == "a" and _BY_LINK.search(node.get("href") or "") is not None
        if (by_link or words & _WRITERS) and name not in ("body", "html", "meta", "link"):
            self.writers.append(node)
        if name == "time" or (words & _DATES and name not in ("body", "html", "meta")):
            self.dates.append(node)
        if name in ("img", "amp-img") or _BACKGROUND.search(node.get("style") or ""):
            self.pictures.append(node)
        if name == "a" and _is_tag_link(node, words):
            self.tag_links.append(node)

    def titles(self) -> list[tuple[Node, float]]:
        """Headings that may be the story's, with their weight."""
        found: list[tuple[Node, float]] = []
        for node in self.headings:
            words = words_of(node)
            if self.zones.letters(node) >= _TITLE:
                continue
            if self.zones.of(node) in ("furniture", "related") and "headline" not in words:
                continue
            if _leads_home(node):
                continue
            first = tag(node) == "h1" or node.get("aria-level") == "1"
            weight = 2.5 if first else 0.6
            weight += 1.0 if words & (_TITLES - {"title"}) else 0.4 if "title" in words else 0.0
            found.append((node, weight))
        if len(found) <= _MANY:
            return found
        least = sorted((weight for _, weight in found), reverse=True)[_MANY]
        heavier = [each for each in found if each[1] > least]
        return heavier + [each for each in found if each[1] == least][: _MANY - len(heavier)]

    def sites(self) -> list[str]:
        """What headings call the site: those that lead to its front page."""
        return [
            text_of(node)
            for node in self.headings[: _MANY * 5]
            if self.zones.letters(node) < 80 and _leads_home(node)
        ]

    def near(self, nodes: Iterable[Node], title: Node | None, most: int = 60) -> Iterator[Node]:
        """Those of the nodes that stand close by the headline, before it or behind."""
        at = self.order.get(title, 0) if title is not None else 0
        for node in nodes:
            if title is None or abs(self.order[node] - at) <= most:
                yield node

    def over(self, title: Node | None) -> str:
        """What stands over the headline."""
        for node in self.near(self.kickers[:_MANY], title, 12):
            text = text_of(node) if self.zones.letters(node) <= _LINE else ""
            if title is not None and text != text_of(title) and 0 < len(text.split()) <= 25:
                return text
        return ""

    def written_by(self) -> list[str]:
        """Names, as far as markup says whose they are."""
        found: list[str] = []
        for node in self.writers[:_MANY]:
            if self.zones.letters(node) > _LINE or self.zones.of(node) == "related" or _is_comment(node):
                continue
            links = [
                each
                for each in islice(node.iter("a"), _INNER)
                if "author" in words_of(each) or "author" in (each.get("href") or "")
            ]
            inner = [
                each
                for each in islice(node.iter(), _INNER)
                if words_of(each) & {"name", "fn", "author-name"} and each is not node
            ]
            text = text_of((inner or links or [node])[-1])
            if 0 < len(text) <= 90:
                found.append(text)
        return found

    def dated(self, title: Node | None) -> list[str]:
        """Moments beside the headline, machine-readable ones first."""
        sure = [node for node in self.dates[:_MANY] if words_of(node) & _PUBLISHED]
        near = [
            node
            for node in dict.fromkeys((*self.near(self.dates[:_MANY], title, 90), *sure))
            if self.zones.letters(node) <= _LINE
            and self.zones.of(node) != "related"
            and not _is_comment(node)
        ]
        machine = [node.get("datetime") or node.get("content") or node.get("title") or "" for node in near]
        return [*filter(None, machine), *(text for node in near if 0 < len(text := text_of(node)) < 200)]

    def pictured(self, inside: Node | None, title: Node | None) -> list[str]:
        """Pictures of the story: within its text, or close by its headline."""
        near = set(self.near(self.pictures, title, 80)) if title is not None else set()
        found = []
        for node in self.pictures[: _MANY * 5]:
            own = inside is not None and any(outer is inside for outer in above(node))
            if (own or node in near) and self.zones.of(node) == "" and (source := source_of(node)):
                found.append(source)
        return found

    def tagged(self) -> list[str]:
        """The story's tags: what links to their pages."""
        links = (node for node in self.tag_links if self.zones.letters(node) <= _LINE)
        found = (text_of(node).strip("#،, ") for node in links)
        return [text for text in dict.fromkeys(found) if 0 < len(text) <= 60]


def source_of(node: Node) -> str:
    """A picture's address, also where it is loaded late; "" for what is no picture of the story."""
    if found := _BACKGROUND.search(node.get("style") or ""):
        return "" if is_no_picture(found[1]) else found[1]
    named = [node.get(name) or "" for name in _LAZY]
    sets = (node.get("data-srcset") or node.get("srcset") or "").split(",")
    largest = sets[-1].split()[0] if sets[-1].split() else ""
    for source in (*named, largest):
        if source and not source.startswith("data:") and not is_no_picture(source):
            return "" if _is_small(node) else source.strip()
    return ""


def is_no_picture(source: str) -> bool:
    """Whether an address is a logo's or a blank's by its name."""
    return bool(_PICTURE_OF_NOTHING.search(source.rpartition("/")[2] or source))


def _leads_home(node: Node) -> bool:
    inner = islice(node.iter("a"), _INNER)  # itself too
    links = [each.get("href") or "" for each in inner]
    return bool(links) and all(is_front_page(link) for link in links)


def _is_small(node: Node) -> bool:
    sizes = [node.get("width") or "", node.get("height") or ""]
    return any(size.isdecimal() and int(size) < 100 for size in sizes)


def _is_tag_link(node: Node, words: frozenset[str]) -> bool:
    rel = (node.get("rel") or "").lower()
    if "category" in words or "category" in rel:
        return False
    if "tag" in re.split(r"[\s,]+", rel) or "tags_item" in words or "keywords" in words:
        return True
    boxed = any(own_zone(outer) == "tags" for outer, _ in zip(above(node), range(6), strict=False))
    return boxed or bool(_TAG_LINK.search(node.get("href") or "") and "tags" in words)


def _is_comment(node: Node) -> bool:
    return any(
        words_of(outer) & {"comment", "comments", "comment-list", "commentlist"}
        for outer in above(node)
        if tag(outer) not in ("body", "html")
    )
