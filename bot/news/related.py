"""Titles to read more under, with their addresses where the copy has them. Knows no other part of it."""

from collections.abc import Iterable

import regex

from bot.news import frames
from bot.news.model import RelatedLink

_MARKDOWN = regex.compile(r"\[(?P<title>[^\[\]]+)\]\((?P<url>https?://[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)")
_ADDRESS = regex.compile(r"https?://[^\s<>«»]+")
_BETWEEN = " -–—|:(["


def links(items: Iterable[str]) -> tuple[RelatedLink, ...]:
    """One link for each title; an address that stands alone belongs to the title before it."""
    found: list[RelatedLink] = []
    for item in items:
        title, url = _parts(frames.inline_related(item) or item)
        if not title and found and found[-1].url is None:
            found[-1] = RelatedLink(title=found[-1].title, url=url)
        else:
            found.append(RelatedLink(title=title or str(url), url=url))
    return tuple(found)


def _parts(item: str) -> tuple[str, str | None]:
    """Title and address of one line: «title - address», `[title](address)`, or either alone."""
    markdown = _MARKDOWN.search(item)
    if markdown:
        title = f"{item[: markdown.start()]}{markdown['title']}{item[markdown.end() :]}"
        return title.strip(), markdown["url"]
    address = _ADDRESS.search(item)
    if not address:
        return item, None
    url = address.group()
    if "(" not in url:
        url = url.rstrip(")]")
    before, after = item[: address.start()].rstrip(_BETWEEN), item[address.end() :]
    return f"{before} {after.lstrip(' )]')}".strip(), url
