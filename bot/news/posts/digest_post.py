"""How a digest stands in a post: its links by section. Knows no channel; `digest` makes its article.

The article of a digest keeps its stories twice: as key points, whose labels are their sections, and as
related links, which have their addresses. A headline that somebody edits loses its link, the others don't.
"""

from collections.abc import Iterator
from itertools import groupby

from bot.news.model import Article, Look, Piece
from bot.news.posts.direction import signed
from bot.news.posts.markup import Styled, joined, styled

CATEGORY = "خلاصه"
"""Of the articles that are digests; a section of that name in someone's copy is none, see `is_digest`."""


def is_digest(article: Article) -> bool:
    """Whether the bot has made it of a channel's posts: no reporter wrote it."""
    return article.category == CATEGORY and not article.reporter_id


def arranged(article: Article, look: Look) -> Styled:
    """A printable digest as a post: headline and day, the sections, what had no room, the signature."""
    top = [styled(article.headline, "bold"), Styled(article.dateline or "")]
    blocks = [joined("\n", (line for line in top if line.text)), *_sections(article, look)]
    blocks.append(Styled(article.lede))
    if Piece.SIGNATURE in look.pieces:
        blocks.append(Styled(signed(look.signature)))
    return joined("\n\n", (block for block in blocks if block.text))


def _sections(article: Article, look: Look) -> Iterator[Styled]:
    urls: dict[str, list[str]] = {}
    for link in article.related:
        if link.url:
            urls.setdefault(link.title, []).append(link.url)
    for section, points in groupby(article.key_points, key=lambda point: point.label):
        lines = [styled(section, "bold")] if section else []
        for point in points:
            known = urls.get(point.text)
            title = styled(point.text, "text_link", known.pop(0)) if known else Styled(point.text)
            lines.append(joined(" ", (Styled(look.bullet), title)) if look.bullet else title)
        yield joined("\n", lines)
