"""Titles to read more under, with their addresses where the copy has them. Knows no other part of it."""

from collections.abc import Iterable

import regex

from bot.news.model import RelatedLink
from bot.news.structure import frames

_URL = r"[^\s()]++(?:\([^\s()]*+\)[^\s()]*+)*+"
_MARKDOWN = regex.compile(
    rf"\[(?P<title>[^\[\]\n]++)\]\((?P<url>https?://{_URL})(?:\s+[\"«][^\"»\n]*[\"»])?\)"
)
_LINK = regex.compile(
    rf"\[(?P<title>[^\[\]\n]++)\]\((?:(?:https?://|www\.|mailto:|tel:|[/#]){_URL})(?:\s+[\"«][^\"»\n]*[\"»])?\)"
)
_POINTS = regex.compile(
    r"(?:در |به )?(?:اینجا|این ?جا|این (?:لینک|پیوند|نشانی)|لینک|کلیک کنید|here|(?:this )?link|click here)"
)
_MOST_INLINE = 10
_ADDRESS = regex.compile(r"https?://[^\s<>«»]+")
_POINTS_ON = "←→⟵⟶،؛ "
"""Arrows and a stray comma before a title: no mark of a list, and no part of it."""
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


def address(line: str) -> str | None:
    """Where a line leads that is one link in Markdown and no more."""
    found = _MARKDOWN.fullmatch(line.strip("*_ ."))
    return found["url"] if found else None


def unlinked(text: str) -> str:
    """The text with the titles of its Markdown links in their place."""
    return _LINK.sub(r"\g<title>", text) if "](" in text else text


def inline(texts: Iterable[str]) -> tuple[str, ...]:
    """The links inside running text, one for each address; «اینجا» has it for its title."""
    found: dict[str, str] = {}
    for text in texts:
        for link in _MARKDOWN.finditer(text) if "](" in text else ():
            title = link["title"].strip("*_ ")
            shown = link["url"] if _POINTS.fullmatch(frames.fold(title)) else f"[{title}]({link['url']})"
            found.setdefault(link["url"], shown)
    return tuple(found.values())[:_MOST_INLINE]


def _parts(item: str) -> tuple[str, str | None]:
    """Title and address of one line: «title - address», `[title](address)`, or either alone."""
    markdown = _MARKDOWN.search(item)
    if markdown:
        title = f"{item[: markdown.start()]}{markdown['title']}{item[markdown.end() :]}"
        return title.lstrip(_POINTS_ON).strip("*_ "), markdown["url"]
    address = _ADDRESS.search(item)
    if not address:
        return item, None
    url = address.group()
    if "(" not in url:
        url = url.rstrip(")]")
    before, after = item[: address.start()].rstrip(_BETWEEN), item[address.end() :]
    return f"{before} {after.lstrip(' )]')}".strip(), url
