"""A page's HTML to the parts of a story, each the one that most voices agree on. Knows no network.

`docs/intake.md` has the voices by field and what was measured.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from bot.errors import PageError
from bot.intake import (
    pages_body,
    pages_dates,
    pages_peers,
    pages_said,
    pages_scripted,
    pages_telegram,
    pages_tree,
    pages_urls,
)
from bot.intake.pages_byline import byline, person
from bot.intake.pages_lede import lede
from bot.intake.pages_lines import story_lines
from bot.intake.pages_marked import Marked, is_no_picture
from bot.intake.pages_peers import Peer, best_of, folded_whole
from bot.intake.pages_said import Said
from bot.intake.pages_scripted import Scripted
from bot.intake.pages_site import site_name, without_site
from bot.intake.pages_tree import Block, Node
from bot.intake.pages_zones import Zones
from bot.news.folding import folded
from bot.news.model import RelatedLink
from bot.news.structure import outlets

MOST_TAGS = 20
_LEAST_WORDS = 12
_MOST_RELATED = 6
_NEAR = 60
_SHORT, _SHORTEST = 160, 60
_LONG_LINE = 20
_DATED = (
    "article:published_time", "og:published_time", "datepublished", "publishdate", "publish-date", "pubdate",
    "publish_date", "published", "dc.date", "dcterms.date", "dc.date.issued", "dcterms.created",
    "dc.date.created", "parsely-pub-date", "sailthru.date", "article.published", "date",
    "originalpublicationdate", "og:article:published_time", "release_date", "creation_date",
)  # fmt: skip
_PICTURED = (
    "og:image:secure_url",
    "og:image",
    "og:image:url",
    "twitter:image",
    "twitter:image:src",
    "thumbnail",
)
_BETWEEN_TAGS = re.compile(r"\s*[,،؛;|\n]\s*")


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a page tells.

    `url`: canonical, without trackers; `lines`: of its text; "" and None: it does not say.
    """

    url: str
    headline: str = ""
    kicker: str = ""
    lede: str = ""
    lines: tuple[Block, ...] = ()
    byline: str = ""
    source: str = ""
    published: datetime | None = None
    image: str | None = None
    tags: tuple[str, ...] = ()
    related: tuple[RelatedLink, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Seen:
    """All that is known of a page before its fields are weighed."""

    url: str
    said: Said
    marked: Marked
    peers: Sequence[Peer]
    title: Node | None
    headline: str
    site: str
    beside: Sequence[
        str
    ]  # short lines of the page that are no part of its text, near the headline and behind


def read(page: str, url: str) -> Page:
    """The story that a page holds.

    Args:
        page: its HTML, decoded.
        url: where it was fetched.

    Raises:
        PageError: there is no story in it; its `reason` says why.
    """
    page = pages_tree.tamed(page)
    root = pages_tree.parsed(page)
    if root is None:
        raise PageError("empty")
    if pages_tree.is_vast(root):
        raise PageError("hard")
    if (post := pages_telegram.post(root)) is not None:
        return _of_telegram(post)
    said, zones = pages_said.read(root), Zones(root)
    if pages_telegram.is_preview(root):
        return _of_preview(said, url)
    base = pages_urls.whole(said.base, url) or url
    marked, blocks = Marked(root, zones), pages_tree.blocks(root)
    peers = _peers(page, url, said, root)
    titles = [pages_tree.text_of(node) for node, _ in marked.titles()]
    site = site_name(said, url, titles, marked.sites())
    title, headline = _headline(marked, said, peers, site)
    body = pages_body.chosen(blocks, zones, peers)
    if title is None and (not headline or outlets.alone(headline) or folded(headline) == folded(site)):
        title, headline = _shown_bold(blocks, zones, body) or (title, headline)
    seen = _Seen(url=base, said=said, marked=marked, peers=peers, title=title, headline=headline, site=site,
                 beside=_beside(blocks, marked, title, body))  # fmt: skip
    told = lede(marked, said, title, body, headline=headline, blocks=blocks)
    kicker = marked.over(title)
    lines = story_lines(body, (headline, kicker, told), marked, title)
    if sum(len(line.text.split()) for line in lines) + len(told.split()) < _LEAST_WORDS:
        if scripted := pages_scripted.found(root, said):
            return _of_scripts(scripted, seen)
        raise PageError(_why(root, said, page))
    return Page(
        url=_canonical(said, base, url),
        headline=headline,
        kicker=kicker,
        lede=told,
        lines=lines,
        byline=byline(said, marked, peers, site, seen.beside),
        source=site,
        published=_published(seen),
        image=_image(seen, body.inside),
        tags=_tags(seen),
        related=_related(body, base, url, headline),
    )


def _of_preview(said: Said, url: str) -> Page:
    """What a post's page without its widget says: the beginning of its words."""
    lines = tuple(Block("paragraph", text, None) for text in pages_telegram.told(said.of("og:description")))
    if not lines:
        raise PageError("empty")
    channel, pictures = said.of("og:title"), said.of("og:image")
    return Page(
        url=url.partition("?")[0], lines=lines, source=(channel or [""])[0], image=next(iter(pictures), None)
    )


def _of_scripts(scripted: Scripted, seen: _Seen) -> Page:
    """A page that only shows its story by a program: what the program is told."""
    moment = pages_dates.read(scripted.published)
    return Page(
        url=_canonical(seen.said, seen.url, seen.url),
        headline=scripted.headline,
        lede=scripted.lede,
        lines=scripted.lines,
        byline=person(scripted.byline, seen.site),
        source=seen.site,
        published=moment.instant if moment else _published(seen),
        image=pages_urls.whole(scripted.image, seen.url) or _image(seen, None),
        tags=_tags(seen),
    )


def _of_telegram(post: Node) -> Page:
    """A post has no headline of its own: the desk finds it among its lines."""
    lines = pages_telegram.lines(post)
    if not lines:
        raise PageError("empty")
    moment = pages_telegram.published(post)
    return Page(
        url=pages_telegram.address(post),
        lines=lines,
        source=pages_telegram.channel(post),
        published=moment.instant if moment else None,
        image=pages_telegram.picture(post),
    )


def _peers(page: str, url: str, said: Said, root: Node) -> tuple[Peer, ...]:
    language = said.language or (said.of("og:locale", "content-language", "language") or ["fa"])[0]
    peers: tuple[Peer, ...] = ()
    if not pages_tree.is_vast(root, pages_peers.MAX_ELEMENTS):
        peers = pages_peers.asked(page, url, language)
    if text := "\n".join(said.text("articleBody")):
        return (*peers, Peer(text=folded_whole(re.sub(r"(?<=[.!؟?])\s+", "\n", text)) + "\n" + folded(text)))
    return peers


def _headline(marked: Marked, said: Said, peers: Sequence[Peer], site: str) -> tuple[Node | None, str]:
    """The headline and the element it stands in, if the page shows it."""
    shown = [(pages_tree.text_of(node), weight, node) for node, weight in marked.titles()]
    told = [*said.text("headline", "name")[:2], *said.of("og:title", "twitter:title", "dc.title", "title")]
    voices = [(text, weight) for text, weight, _ in shown]
    voices += [(without_site(text, site), 1.6) for text in told[:4]]
    voices.append((without_site(said.title, site), 1.2))
    voices += [(without_site(peer.title, site), 0.7) for peer in peers if peer.title]
    plain = [(text, weight) for text, weight in voices if folded(text) != folded(site) or len(voices) < 3]
    headline = best_of(plain)
    node = next((node for text, _, node in shown if folded(text) == folded(headline)), None)
    return node, headline


def _shown_bold(blocks: Sequence[Block], zones: Zones, body: pages_body.Body) -> tuple[Node, str] | None:
    """The first bold line over the text: pages that have no headings, and the site's name for a title."""
    long = next((line for line in body.lines if len(line.text.split()) > _LONG_LINE), None)
    for block in blocks:
        if long is not None and block.node is long.node:
            break
        is_title = block.bold > 0.95 and block.linked < 0.5 and 3 <= len(block.text.split()) <= _LONG_LINE
        if is_title and zones.of(block.node) == "":
            return block.node, block.text
    return None


def _beside(
    blocks: Sequence[Block], marked: Marked, title: Node | None, body: pages_body.Body
) -> tuple[str, ...]:
    """Short lines from a little over the headline to behind the text, which may say when and by whom."""
    start = marked.order.get(title, 0) - _NEAR if title is not None else 0
    end = max((marked.order.get(line.node, 0) for line in body.lines), default=start) + _NEAR
    inner = {id(line) for line in body.lines if len(line.text) > _SHORTEST} | {
        id(line) for line in body.lines[3:-3]
    }
    near = [
        block
        for block in blocks
        if id(block) not in inner
        and len(block.text) <= _SHORT
        and start <= marked.order.get(block.node, 0) <= end
        and block.linked < 0.9
    ]
    return tuple(text for block in near for text in (block.text, *_pieces(block.node)))


def _pieces(node: Node) -> Iterator[str]:
    """What stands in spans of its own, which only a style sheet sets apart."""
    for inner in islice(node.iter("span", "time", "div", "small"), 1, 12):
        if len(inner) == 0 and inner.text and inner.text.strip():
            yield pages_tree.plain(inner.text[:_SHORT])


def _canonical(said: Said, base: str, url: str) -> str:
    """The address that the page gives itself, if it is one of a story."""
    named = [*said.canonical, *said.of("og:url"), *pages_said.urls(said.article.get("mainEntityOfPage"))]
    named += pages_said.urls(said.article.get("url"))
    for link in named:
        found = pages_urls.whole(link, base)
        if found and (not pages_urls.is_front_page(found) or (url and pages_urls.is_front_page(url))):
            return pages_urls.untracked(found)
    return pages_urls.untracked(url)


def _published(seen: _Seen) -> datetime | None:
    """The day that most voices name, with the hour of the first that has one."""
    told = [*seen.said.text("datePublished"), *seen.said.of(*_DATED), *seen.marked.dated(seen.title)]
    told += seen.beside
    told += [*(peer.published for peer in seen.peers), *seen.said.text("dateCreated", "uploadDate")]
    moments = [moment for text in told if text and (moment := pages_dates.read(text))]
    if not moments:
        return None
    first = moments[0]
    whole = [
        moment for moment in moments if moment.clock and (moment.day == first.day or first.is_of_day(moment))
    ]
    return (first if first.clock and first.zone else next(iter(whole), first)).instant


def _image(seen: _Seen, inside: Node | None) -> str | None:
    """The picture that the page shows when it is shared, unless that is its logo; else the story's first."""
    told = [*seen.said.of(*_PICTURED), *pages_said.urls(seen.said.article.get("image"))]
    told += seen.marked.pictured(inside, seen.title)
    told += pages_said.urls(seen.said.article.get("thumbnailUrl"))
    for link in told:
        if not is_no_picture(link) and (found := pages_urls.whole(link, seen.url)):
            return found
    return None


def _tags(seen: _Seen) -> tuple[str, ...]:
    """What the page shows as its tags; else what it tells machines."""
    said = seen.said
    for told in (seen.marked.tagged(), said.of("article:tag", "og:article:tag"), said.text("keywords"),
                 said.of("news_keywords", "keywords", "parsely-tags", "sailthru.tags")):  # fmt: skip
        parts = [part.strip("# ") for text in told for part in _BETWEEN_TAGS.split(text)]
        named = {folded(part): part for part in reversed(parts) if part and folded(part) != folded(seen.site)}
        if named:
            return tuple(reversed(named.values()))[:MOST_TAGS]
    return ()


def _related(body: pages_body.Body, base: str, url: str, headline: str) -> tuple[RelatedLink, ...]:
    own = {pages_urls.untracked(url), pages_urls.untracked(base)}
    found: dict[str, RelatedLink] = {}
    for block in body.links:
        link = pages_urls.untracked(pages_urls.whole(block.url, base) or "")
        if link and link not in own and folded(block.link) != folded(headline) and "#" not in block.link:
            found.setdefault(link, RelatedLink(title=block.link, url=link))
    return tuple(found.values())[:_MOST_RELATED]


def _why(root: Node, said: Said, page: str) -> str:
    """Why there is no story in a page."""
    free = str(said.article.get("isAccessibleForFree", "")).lower()
    if free == "false" or said.of("article:content_tier")[:1] in (["locked"], ["metered"]):
        return "paywall"
    letters = sum(map(str.isalpha, pages_tree.text_of(root)))
    if letters < 400 and "<script" in page.lower():
        return "script"
    return "empty"
