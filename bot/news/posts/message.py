"""The classic form of a post: text with entities. Knows what a channel's look asks for, and sends nothing.

Nothing here is markup to be parsed: a stray character can't spoil a post.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

from bot.news.media import Media, grouped
from bot.news.model import (
    Article,
    Block,
    BulletList,
    Entity,
    KeyPoint,
    Look,
    Message,
    Paragraph,
    Piece,
    Section,
)
from bot.news.posts import digest_post, remarks
from bot.news.posts.direction import marked, right_to_left, signed
from bot.news.posts.links import site
from bot.news.posts.markup import QUOTE, Styled, entities, joined, styled, wrapped
from bot.news.posts.printable import printable, printable_look, shown_text
from bot.news.posts.remarks import shown_date
from bot.news.posts.splitting import CAPTION, MESSAGE, MOST, is_ending, split
from bot.news.posts.wording import cut_word, worded
from bot.news.switches import Preview

_OVER_FILES = 200
"""Characters of a headline over files that follow the text."""
_CREDITS = frozenset((Piece.BYLINE, Piece.DATELINE, Piece.SOURCE, Piece.DATE))
"""Pieces of one short line each: side by side in a look, they make one block."""


def compose(article: Article, look: Look, *, on: date | None = None) -> tuple[Message, ...]:
    """The article as the channel shows it: one message, or several where one can't hold it.

    With files the first is the caption of those that are seen; what can't stand in one message with them
    follows (`beside`). `on` is the day on the channel's own calendar, shown where the look has a date. An
    article that shows nothing gives no message. The look's buttons are under the last message of the text;
    an album takes none, so there they are under the first single file that follows, or left out. What would
    take more than `splitting.MOST` messages is shortened: the last one says so.
    """
    look = with_buttons_of(article, printable_look(worded(look, article.language)))
    media, *others = grouped(article.media) or ((),)
    rtl = right_to_left(article.language)
    blocks = _blocks(printable(article, look), look, on)
    post, ending = (
        marked(joined("\n\n", shown), rtl=rtl) for shown in (blocks, _ending(blocks, article.language))
    )
    parts = split(post, first=CAPTION if media else MESSAGE, rtl=rtl, ending=ending)
    if media and not parts:
        parts = (Styled(""),)
    told = tuple(
        Message(
            text=part.text,
            entities=entities(part),
            media=() if number else media,
            above=look.above and bool(media) and not number,
            preview=Preview.NONE if number else article.switches.preview,
            shortened=number == MOST - 1 and part.text.endswith(ending.text),
        )
        for number, part in enumerate(parts)
    )
    return _with_buttons((*told, *beside(article, others)), look, last=len(told) - 1)


def with_buttons_of(article: Article, look: Look) -> Look:
    """The look with the story's own buttons over the channel's."""
    return replace(look, buttons=(*article.buttons, *look.buttons)) if article.buttons else look


def beside(article: Article, groups: Iterable[tuple[Media, ...]]) -> tuple[Message, ...]:
    """A message for each group of files that can't stand with the text, under the headline.

    By its words a message is found again whose answer was lost (`bot.delivery.probe`).
    """
    headline = shown_text(article.headline)
    if len(headline) > _OVER_FILES:
        headline = headline[: _OVER_FILES - 1].rstrip() + "…"
    text = marked(Styled(headline), rtl=right_to_left(article.language)).text
    return tuple(Message(text=text, media=group) for group in groups)


def _with_buttons(messages: tuple[Message, ...], look: Look, *, last: int) -> tuple[Message, ...]:
    able = [number for number, each in enumerate(messages) if number >= last and len(each.media) < 2]
    return tuple(
        replace(each, buttons=look.buttons) if number in able[:1] else each
        for number, each in enumerate(messages)
    )


def _blocks(article: Article, look: Look, on: date | None) -> list[Styled]:
    if digest_post.is_digest(article):
        return [digest_post.arranged(article, look)]
    blocks: list[Styled] = []
    for credit, pieces in groupby(remarks.placed(look.pieces, article), key=_CREDITS.__contains__):
        shown = [part for piece in pieces if (part := _PIECES[piece](article, look, on)) and part.text]
        if shown:
            blocks.append(joined("\n" if credit else "\n\n", shown))
    return blocks


def _ending(blocks: list[Styled], language: str) -> list[Styled]:
    """What a post ends with that is shortened: a word on it, and its short last blocks (a signature)."""
    last: list[Styled] = []
    for block in reversed(blocks):
        last.insert(0, block)
        if not is_ending(joined("\n\n", last)):
            del last[0]
            break
    return [Styled(""), Styled(cut_word(language)), *last]


_UNLINKED = "▫️"
"""Before a related title that leads nowhere: with the sign of the key points it looked like one."""


def _headline(article: Article, _look: Look, _on: date | None) -> Styled | None:
    return styled(article.headline, "bold") if article.headline else None


def _key_points(article: Article, look: Look, _on: date | None) -> Styled | None:
    return _bullets(article.key_points, look)


def _full_text(article: Article, look: Look, _on: date | None) -> Styled | None:
    """All sections in a quote that opens at a touch; with the lede, where that has no place of its own."""
    blocks = [Styled(article.lede)] if article.lede and Piece.LEDE not in look.pieces else []
    blocks += [_section(section, look) for section in article.sections]
    return wrapped(joined("\n\n", blocks), QUOTE) if blocks else None


def _section(section: Section, look: Look) -> Styled:
    body = joined("\n\n", (_block(block, look) for block in section.blocks))
    if not section.heading:
        return body
    heading = styled(section.heading, "bold")
    return joined("\n", (heading, body)) if body.text else heading


def _block(block: Block, look: Look) -> Styled:
    if isinstance(block, BulletList):
        intro = [Styled(block.intro)] if block.intro else []
        return joined("\n", intro + ([_bullets(block.items, look)] if block.items else []))
    if isinstance(block, Paragraph):
        return Styled(block.text)
    return styled(quotation(block.text), "italic")  # quotes do not nest


def quotation(text: str) -> str:
    """The text in quotation marks, its own if it has some."""
    return text if text[0] in '«“”"„‟' else f"«{text}»"


def _bullets(points: Iterable[KeyPoint], look: Look) -> Styled:
    return joined("\n", (_bullet(_point(point), look.bullet) for point in points))


def _bullet(content: Styled, sign: str) -> Styled:
    return joined(" ", (Styled(sign), content)) if sign else content


def _point(point: KeyPoint) -> Styled:
    if point.label is None:
        return Styled(point.text)
    return joined(": ", (styled(point.label, "bold"), Styled(point.text)))


def _related(article: Article, look: Look, _on: date | None) -> Styled | None:
    heading = [styled(look.related_heading, "bold")] if look.related_heading else []
    titles = [
        _bullet(styled(link.title, "text_link", link.url), look.related_bullet)
        if link.url
        else _bullet(Styled(link.title), look.related_bullet and _UNLINKED)
        for link in article.related
    ]
    return joined("\n", heading + titles) if titles else None


def _byline(article: Article, look: Look, _on: date | None) -> Styled | None:
    return _labelled(look.byline_label, Styled(article.byline)) if article.byline else None


def _source(article: Article, look: Look, _on: date | None) -> Styled | None:
    name, url = source(article)
    if not name:
        return None
    return _labelled(look.source_label, styled(name, "text_link", url) if url else Styled(name))


def source(article: Article) -> tuple[str, str | None]:
    """Name and address of who had it first; the site stands for a name that is not known."""
    url = article.source_url
    return article.source or (site(url) if url else ""), url


def _labelled(label: str, content: Styled) -> Styled:
    return joined(": ", (Styled(label), content)) if label else content


def _date(article: Article, _look: Look, on: date | None) -> Styled | None:
    return Styled(shown_date(on, article.language)) if on else None


_PIECES: dict[str, Callable[[Article, Look, date | None], Styled | None]] = {
    Piece.KICKER: lambda article, _look, _on: Styled(article.kicker or ""),
    Piece.HEADLINE: _headline,
    Piece.LEDE: lambda article, _look, _on: Styled(article.lede),
    Piece.KEY_POINTS: _key_points,
    Piece.FULL_TEXT: _full_text,
    Piece.RELATED: _related,
    Piece.BYLINE: _byline,
    Piece.DATELINE: lambda article, _look, _on: Styled(article.dateline or ""),
    Piece.SOURCE: _source,
    Piece.DATE: _date,
    Piece.HASHTAGS: lambda article, _look, _on: Styled(" ".join(article.hashtags)),
    Piece.SIGNATURE: lambda _article, look, _on: Styled(signed(look.signature)),
    remarks.CORRECTED: lambda article, look, _on: styled(remarks.corrected(article, look), "italic"),
    remarks.OUTDATED: lambda article, look, _on: styled(remarks.outdated(article, look), "bold"),
}


def as_json(messages: Iterable[Message]) -> list[dict[str, Any]]:
    """The messages in the Bot API's words: `text`, `entities`, and `media` and `buttons` where there are."""
    return [_message_json(message) for message in messages]


def _message_json(message: Message) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "text": message.text,
        "entities": [entity_json(entity) for entity in message.entities],
    }
    if message.media:
        shown["media"] = [{"type": each.kind.value, "media": each.file_id} for each in message.media]
    if message.buttons:
        shown["buttons"] = [{"text": button.text, "url": button.url} for button in message.buttons]
    return shown


def entity_json(entity: Entity) -> dict[str, Any]:
    """A Bot API `MessageEntity`."""
    shown: dict[str, Any] = {"type": entity.type, "offset": entity.offset, "length": entity.length}
    return {**shown, "url": entity.url} if entity.url else shown


def plain(messages: Iterable[Message]) -> str:
    """The messages for a terminal: links written out after their titles, buttons in brackets."""
    return "\n\n— — —\n\n".join(_plain_message(message) for message in messages)


def _plain_message(message: Message) -> str:
    units = message.text.encode("utf-16-le")
    pieces: list[bytes] = []
    at = 0
    for entity in message.entities:
        if entity.url:
            end = 2 * (entity.offset + entity.length)
            pieces += [units[at:end], f" ({entity.url})".encode("utf-16-le")]
            at = end
    text = b"".join([*pieces, units[at:]]).decode("utf-16-le")
    buttons = [f"[{button.text}] {button.url}" for button in message.buttons]
    return "\n\n".join(part for part in (text, "\n".join(buttons)) if part)
