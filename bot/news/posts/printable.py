"""An article and a look as they can be printed: every text cleaned, what shows nothing left out.

Knows what Telegram keeps of a text, an address and a tag; the forms of a post only arrange what is here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from unicodedata import category

from bot.news.model import Article, Block, BulletList, KeyPoint, Look, Piece, RelatedLink, Section, UrlButton
from bot.news.posts import links
from bot.news.structure.intake import clean
from bot.news.subjects.hashtags import tagged

_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zs", "Zl", "Zp"))


def printable(article: Article, look: Look) -> Article:
    """The article with clean texts, its sections only if the look shows them; `hashtags` get their sign."""
    return replace(
        article,
        headline=shown_text(article.headline),
        kicker=shown_text(article.kicker) or None,
        lede=shown_text(article.lede),
        sections=tuple(_sections(article.sections)) if Piece.FULL_TEXT in look.pieces else (),
        key_points=tuple(_points(article.key_points)),
        related=tuple(one for one in _related(article.related) if one.url or look.unlinked),
        byline=shown_text(article.byline) or None,
        dateline=shown_text(article.dateline) or None,
        source=shown_text(article.source) or None,
        source_url=links.usable(article.source_url),
        hashtags=tuple(dict.fromkeys(tag for tag in map(tagged, map(shown_text, article.hashtags)) if tag)),
    )


@lru_cache(maxsize=256)
def printable_look(look: Look) -> Look:
    """The look with clean words and only buttons that Telegram takes."""
    return replace(
        look,
        bullet=shown_text(look.bullet),
        related_bullet=shown_text(look.related_bullet) if shown_text(look.bullet) else "",
        related_heading=shown_text(look.related_heading),
        byline_label=shown_text(look.byline_label),
        source_label=shown_text(look.source_label),
        full_text_heading=shown_text(look.full_text_heading),
        correction=shown_text(look.correction),
        outdated=shown_text(look.outdated),
        withdrawal=shown_text(look.withdrawal),
        signature=shown_text(look.signature),
        buttons=tuple(_buttons(look.buttons)),
    )


def shown_text(raw: str | None) -> str:
    """The text as Telegram keeps it; nothing where a reader would see nothing."""
    if not raw:
        return ""
    text = clean(raw)
    return text if any(category(char) not in _UNSEEN for char in text) else ""


def _points(points: Iterable[KeyPoint]) -> Iterator[KeyPoint]:
    for point in points:
        label, text = shown_text(point.label), shown_text(point.text)
        if text or label:
            yield KeyPoint(label=label or None if text else None, text=text or label)


def _sections(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        heading = shown_text(section.heading) or None
        blocks = tuple(block for raw in section.blocks if (block := _block(raw)))
        if heading or blocks:
            yield Section(heading=heading, blocks=blocks)


def _block(block: Block) -> Block | None:
    if isinstance(block, BulletList):
        items, intro = tuple(_points(block.items)), shown_text(block.intro) or None
        return BulletList(items=items, intro=intro) if items or intro else None
    text = shown_text(block.text)
    return replace(block, text=text) if text else None


def _related(related: Iterable[RelatedLink]) -> Iterator[RelatedLink]:
    for link in related:
        url = links.usable(link.url)
        title = shown_text(link.title) or (links.site(url) if url else "")
        if title:
            yield RelatedLink(title=title, url=url)


def _buttons(buttons: Iterable[UrlButton]) -> Iterator[UrlButton]:
    for button in buttons:
        text, url = shown_text(button.text), links.usable(button.url)
        if text and url:
            yield UrlButton(text=text, url=url)
