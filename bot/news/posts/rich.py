"""The rich form of a post: Bot API 10.2 blocks. Knows what a channel's look asks for, and sends nothing.

Blocks and not HTML: Telegram cuts long HTML without a word, and names the block that it refuses.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from bot.news.media import ALBUM, SEEN, Media, grouped
from bot.news.model import (
    Article,
    Block,
    BulletList,
    KeyPoint,
    Look,
    Message,
    Paragraph,
    Piece,
    Section,
)
from bot.news.posts import digest_post, message, remarks
from bot.news.posts.direction import right_to_left, signed
from bot.news.posts.markup import utf16_length
from bot.news.posts.message import quotation, source
from bot.news.posts.printable import printable, printable_look
from bot.news.posts.remarks import shown_date
from bot.news.posts.wording import worded

MAX_TEXT = 32_768
"""Characters of all blocks together; we count UTF-16 units, which are never fewer."""
MAX_BLOCKS = 500
"""Nested blocks and list items included."""
MAX_STRING = 34_996
"""Bytes of one string: TDLib drops the rest without an error (`misc.cpp`, `clean_input_string`)."""

type Node = dict[str, Any]


def rich_message(article: Article, look: Look, *, on: date | None = None) -> Node | None:
    """The article as an `InputRichMessage`, or None where Telegram's limits can't hold it.

    Nothing is shortened: what does not fit here goes out in the classic form, which may take several
    messages. Files that are no photos and videos follow it (`beside`). None as well for an article that
    shows nothing, and for a digest: it is all links. The signature is always last, since only the last block
    is shown as a footer. The look's buttons are the caller's to send beside it.
    """
    if digest_post.is_digest(article):
        return None
    look = printable_look(worded(look, article.language))
    shown = printable(article, look)
    pieces = [piece for piece in remarks.placed(look.pieces, article) if piece != Piece.SIGNATURE]
    blocks = [block for piece in pieces for block in _PIECES[piece](shown, look, on)]
    if seen := [each for each in article.media[:ALBUM] if each.kind in SEEN]:
        blocks.insert(len(blocks) if look.above else _below_headline(blocks), _pictures(seen))
    if Piece.SIGNATURE in look.pieces and look.signature:
        blocks.append({"type": "footer", "text": signed(look.signature)})
    if not blocks or not fits(blocks):
        return None
    return {"blocks": blocks, "is_rtl": right_to_left(article.language), "skip_entity_detection": True}


def fits(blocks: list[Node]) -> bool:
    """Whether Telegram's limits can hold them."""
    texts = list(_texts(blocks))
    return (
        _count(blocks) <= MAX_BLOCKS
        and sum(map(utf16_length, texts)) <= MAX_TEXT
        and max((len(text.encode()) for text in texts), default=0) <= MAX_STRING
    )


def _count(blocks: list[Node]) -> int:
    inner = sum(
        _count(block.get("blocks", [])) + sum(1 + _count(item["blocks"]) for item in block.get("items", []))
        for block in blocks
    )
    return len(blocks) + inner


def _texts(node: Any) -> Iterator[str]:
    """Every string that a reader sees."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for inner in node:
            yield from _texts(inner)
    else:
        for key in ("text", "summary", "blocks", "items"):
            if key in node:
                yield from _texts(node[key])


def _below_headline(blocks: list[Node]) -> int:
    return next((at + 1 for at, block in enumerate(blocks) if block["type"] == "heading"), 0)


def beside(article: Article) -> tuple[Message, ...]:
    """The messages of files that follow a rich one: all that is not seen."""
    groups = grouped(article.media)
    return message.beside(article, [group for group in groups if group[0].kind not in SEEN])


def _pictures(media: Sequence[Media]) -> Node:
    """One photo or video, or all of an album side by side."""
    blocks = [
        {"type": each.kind.value, each.kind.value: {"type": each.kind.value, "media": each.file_id}}
        for each in media
    ]
    return {"type": "collage", "blocks": blocks} if len(blocks) > 1 else blocks[0]


def _paragraph(text: Any) -> list[Node]:
    return [{"type": "paragraph", "text": text}] if text else []


def _link(title: str, url: str | None) -> Any:
    return {"type": "url", "text": title, "url": url} if url else title


def _list(texts: Iterable[Any]) -> list[Node]:
    items = [{"blocks": _paragraph(text)} for text in texts]
    return [{"type": "list", "items": items}] if items else []


def _point(point: KeyPoint) -> Any:
    return [{"type": "bold", "text": point.label}, f": {point.text}"] if point.label else point.text


def _headline(article: Article, _look: Look, _on: date | None) -> list[Node]:
    return [{"type": "heading", "text": article.headline, "size": 2}] if article.headline else []


def _lede(article: Article, _look: Look, _on: date | None) -> list[Node]:
    return _paragraph(article.lede and {"type": "bold", "text": article.lede})


def _key_points(article: Article, _look: Look, _on: date | None) -> list[Node]:
    return _list(map(_point, article.key_points))


def _full_text(article: Article, look: Look, _on: date | None) -> list[Node]:
    """All sections behind one heading to touch; with the lede, where that has no place of its own."""
    blocks = _paragraph(article.lede) if Piece.LEDE not in look.pieces else []
    blocks += [block for section in article.sections for block in _section(section)]
    if blocks and look.full_text_heading:
        return [{"type": "details", "summary": look.full_text_heading, "blocks": blocks}]
    return blocks


def _section(section: Section) -> Iterator[Node]:
    if section.heading:
        yield {"type": "heading", "text": section.heading, "size": 4}
    for block in section.blocks:
        yield from _block(block)


def _block(block: Block) -> list[Node]:
    if isinstance(block, BulletList):
        return _paragraph(block.intro) + _list(map(_point, block.items))
    if isinstance(block, Paragraph):
        return _paragraph(block.text)
    return [{"type": "blockquote", "blocks": _paragraph(quotation(block.text))}]


def _related(article: Article, look: Look, _on: date | None) -> list[Node]:
    titles = _list(_link(link.title, link.url) for link in article.related)
    heading = _paragraph(look.related_heading and {"type": "bold", "text": look.related_heading})
    return heading + titles if titles else []


def _byline(article: Article, look: Look, _on: date | None) -> list[Node]:
    return _paragraph(article.byline and _label(look.byline_label) + article.byline)


def _source(article: Article, look: Look, _on: date | None) -> list[Node]:
    name, url = source(article)
    if not url:
        return _paragraph(name and _label(look.source_label) + name)
    label = _label(look.source_label)
    return _paragraph([label, _link(name, url)] if label else _link(name, url))


def _label(label: str) -> str:
    return f"{label}: " if label else ""


def _date(article: Article, _look: Look, on: date | None) -> list[Node]:
    return _paragraph(on and shown_date(on, article.language))


_PIECES: dict[str, Callable[[Article, Look, date | None], list[Node]]] = {
    Piece.KICKER: lambda article, _look, _on: _paragraph(article.kicker),
    Piece.HEADLINE: _headline,
    Piece.LEDE: _lede,
    Piece.KEY_POINTS: _key_points,
    Piece.FULL_TEXT: _full_text,
    Piece.RELATED: _related,
    Piece.BYLINE: _byline,
    Piece.DATELINE: lambda article, _look, _on: _paragraph(article.dateline),
    Piece.SOURCE: _source,
    Piece.DATE: _date,
    Piece.HASHTAGS: lambda article, _look, _on: _paragraph(" ".join(article.hashtags)),
    remarks.CORRECTED: lambda article, look, _on: _paragraph(
        {"type": "italic", "text": remarks.corrected(article, look)}
    ),
    remarks.OUTDATED: lambda article, look, _on: _paragraph(
        {"type": "bold", "text": remarks.outdated(article, look)}
    ),
}
