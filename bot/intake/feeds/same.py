"""Items of one feed told apart: none twice, and none lost because its feed calls two by the same name."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from bot.intake.feeds.wording import digest
from bot.news.feeds import Item
from bot.news.folding import folded

_TWICE = 2
"""An address that stands there more often leads to no story of its own."""


def apart(items: Iterable[Item], home: str | None = None) -> tuple[Item, ...]:
    """Each story once, under an id that no other has, in the order of the feed.

    Of one that stands there twice, the newer is kept. Two stories under one id (a feed that gives the
    address of its `home` page to all of them) get ids of their own.
    """
    found = list(items)
    counted = Counter(item.url for item in found)
    telling = {url for url, count in counted.items() if url and url != home and count <= _TWICE}
    kept: dict[str, Item] = {}
    for item in found:
        named = item if item.id else replace(item, id=digest(item.title, item.text))
        there = kept.get(named.id)
        if there is not None and not _is_same(there, named, telling):
            named = replace(named, id=_another(named, kept))
            there = kept.get(named.id)
        if there is None or _is_newer(named, there):
            kept[named.id] = named
    return tuple(kept.values())


def _another(item: Item, kept: dict[str, Item]) -> str:
    if item.url and item.url not in kept:
        return item.url
    return f"{item.id}#{digest(item.title, item.url, '' if item.title else item.text)}"


def _is_same(one: Item, other: Item, telling: set[str]) -> bool:
    """`telling`: the addresses that lead to one story each."""
    if one.title and other.title and folded(one.title) == folded(other.title):
        return True
    if one.url and other.url:
        return one.url == other.url and one.url in telling
    return one.title is None and other.title is None and one.text == other.text


def _is_newer(one: Item, other: Item) -> bool:
    return one.published is not None and other.published is not None and one.published > other.published
