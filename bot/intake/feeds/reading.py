"""The way in: the bytes of a feed, whatever they are. Pure work of the processor: run it off the loop."""

from bot.intake.feeds import json_feed, marked_up
from bot.intake.feeds.encoded import text_of
from bot.news.feeds import Feed


def read(body: bytes, fetched_from: str | None = None, charset: str | None = None) -> Feed | None:
    """The feed that the bytes are; None if they are none.

    Args:
        body: what was answered, of any size: the first 12 MB count.
        fetched_from: the address it came from, by which relative links are meant.
        charset: what the answer's Content-Type said.
    """
    text = text_of(body, charset)
    start = text[:2_000].lstrip("\ufeff \t\r\n")
    if start.startswith(("{", "[")) or (start and "<" not in start and '"items"' in text[:20_000]):
        return json_feed.read(text, fetched_from)
    return marked_up.read(text, fetched_from)
