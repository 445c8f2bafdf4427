"""The list of feeds as OPML."""

from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

from bot.desk.rights import FEEDERS
from bot.news.feeds import Source
from bot.words import words
from handlers.talk import Talk
from storage import Storage

_PAGE = 200


async def export(talk: Talk) -> None:
    """Send the list as a file."""
    talk.desk.require(FEEDERS)
    asked = {"form": "opml", "language": talk.words.language}
    await talk.db.notices.add(talk.who.id, "sendDocument", {"chat_id": talk.who.id, "document": asked})
    await talk.answer(talk.words("The file is on its way."))


async def file(storage: Storage, asked: Mapping[str, Any]) -> tuple[str, bytes, str]:
    """The file that a notice holds the wish for: its name and content, and the words under it."""
    found: list[Source] = []
    while True:
        async with storage.begin() as db:
            page = await db.feeds.page(skip=len(found), limit=_PAGE)
        found += page
        if len(page) < _PAGE:
            break
    return "monadi-feeds.opml", written(found).encode(), words(asked["language"])("The feeds that I read.")


def written(sources: list[Source]) -> str:
    """OPML 2.0."""
    lines = [f'    <outline type="rss" {_named(each)} xmlUrl={quoteattr(each.url)}/>' for each in sources]
    head = "  <head><title>Monadi</title></head>"
    return "\n".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            '<opml version="2.0">',
            head,
            "  <body>",
            *lines,
            "  </body>",
            "</opml>",
            "",
        ]
    )


def _named(source: Source) -> str:
    name = "".join(sign for sign in source.title or source.url if sign >= " ")
    return f"text={quoteattr(name)}"
