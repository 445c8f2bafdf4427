"""The links that a message carries, put into its text as the reader of copy knows them: `[words](address)`.

Telegram keeps a link beside the text (an entity on some words), or in a button under a forwarded post. Knows
no story and no chat.
"""

from itertools import pairwise

from telegram import InlineKeyboardMarkup, MessageEntity
from telegram import Message as TelegramMessage

from bot.news.posts import for_staff
from bot.news.posts.links import site
from bot.news.structure.paste import NEAR_LONGEST

_WEB = ("http://", "https://")
_PERSIAN = range(0x600, 0x700)
_ESCAPED = str.maketrans({"(": "%28", ")": "%29", " ": "%20", "\n": None})


def written(message: TelegramMessage) -> str:
    """The text of a message, also one under a picture, with every link of it.

    A link on words stands where they do; one on a mark alone, or on a button, below the text as a link to
    read more, if there is a text.
    """
    text = message.text or message.caption or ""
    entities = message.entities or message.caption_entities
    pieces, loose = _pieces(text, [each for each in entities if each.type == MessageEntity.TEXT_LINK])
    whole = for_staff.unquoted("".join(pieces))
    loose += _of_buttons(message.reply_markup)
    if not loose or not any(map(str.isalnum, text)):
        return whole
    shown = [f"- [{title}]({url})" for title, url in dict.fromkeys(loose)]
    if len(text) >= NEAR_LONGEST:  # more of the text may follow
        return "\n".join([whole, *(url for _, url in dict.fromkeys(loose))])
    more = "بیشتر بخوانید:" if any(ord(char) in _PERSIAN for char in text) else "Read more:"
    return "\n".join([whole, "", more, *shown])


def _pieces(text: str, entities: list[MessageEntity]) -> tuple[list[str], list[tuple[str, str]]]:
    """The text in pieces, those with a link marked up, and the links that are on no word."""
    units = text.encode("utf-16-le", "surrogatepass")
    edges, links = [0], list[str]()
    for each in sorted(entities, key=lambda entity: entity.offset):
        start, end = _grown(units, each.offset, each.offset + each.length)
        if each.url and edges[-1] <= start < end <= len(units) // 2:
            edges += [start, end]
            links.append(each.url)
    edges.append(len(units) // 2)
    pieces, loose = list[str](), list[tuple[str, str]]()
    for number, (start, end) in enumerate(pairwise(edges)):
        piece = units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")
        if number % 2 and links[number // 2].lower().startswith(_WEB):
            url = links[number // 2].translate(_ESCAPED)
            linked = _linked(piece, url)
            loose += [] if linked else [(site(url), url)]
            piece = linked or piece
        pieces.append(piece)
    return pieces, loose


def _grown(units: bytes, start: int, end: int) -> tuple[int, int]:
    """The stretch with the whole of the characters that its ends cut: one beyond U+FFFF has two units."""

    def cuts(at: int) -> bool:
        inside = 0 < 2 * at < len(units)
        return inside and units[2 * at - 1] & 0xFC == 0xD8 and units[2 * at + 1] & 0xFC == 0xDC

    return start - cuts(start), end + cuts(end)


def _linked(words: str, url: str) -> str | None:
    """The words with the link on their first line that has a word; None where none has."""
    lines = words.split("\n")
    for number, line in enumerate(lines):
        title = line.strip().strip("[]")
        if any(map(str.isalnum, title)):
            if title.translate(_ESCAPED) != url:
                shown = f"[{title.replace('[', '(').replace(']', ')')}]({url})"
                lines[number] = line.replace(line.strip(), shown, 1)
            return "\n".join(lines)
    return None


def _of_buttons(markup: InlineKeyboardMarkup | None) -> list[tuple[str, str]]:
    """The buttons under a forwarded post that lead to a page."""
    rows = markup.inline_keyboard if markup else ()
    buttons = [each for row in rows for each in row if each.url and each.url.lower().startswith(_WEB)]
    return [
        (" ".join(each.text.split()).strip("[]") or site(str(each.url)), str(each.url).translate(_ESCAPED))
        for each in buttons
    ]
