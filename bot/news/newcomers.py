"""What of a feed is new: by ids, and where those have changed by addresses, titles and days."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from bot.news.feeds import Fate, Feed, Item, Known, Rules, canonical, is_wanted, known_by

_NEAR = timedelta(days=1)
"""So far apart two of the same title may be the same story."""
_RENAMED = 3
"""So many of the same title at once, and half of all that seems new: the feed has changed its ids."""


def fates(
    feed: Feed, known: Iterable[Known], *, begun_at: datetime | None, elsewhere: Collection[str] = ()
) -> list[tuple[Item, Fate]]:
    """The items that were not met before, the oldest first, each with what becomes of it.

    Args:
        feed: as it was just read.
        known: what was met of these items before.
        begun_at: since when what is new is a story; None where the feed is read for the first time.
        elsewhere: the addresses, as `known_by` has them, that other feeds have brought.
    """
    told = _told_apart(feed)
    strangers = _strangers(feed.items[::-1], tuple(known), told)
    if begun_at is None:
        return [(item, Fate.SEEN) for item, _ in strangers]
    found = []
    for item, was_here in strangers:
        if was_here or (item.published and item.published < begun_at - _NEAR):
            fate = Fate.SEEN
        elif known_by(item).url_key in elsewhere and _address(item) in told:
            fate = Fate.TWICE
        else:
            fate = Fate.WAITING
        found.append((item, fate))
    return found


def chosen(found: Iterable[tuple[Item, Fate]], rules: Rules, room: int) -> list[tuple[Item, Fate]]:
    """The same, by the rules; of what waits no more than there is `room` for that day."""
    decided = []
    for item, fate in found:
        now = fate
        if fate is Fate.WAITING and not is_wanted(item, rules):
            now = Fate.UNWANTED
        elif fate is Fate.WAITING and room <= 0:
            now = Fate.TOO_MANY
        room -= now is Fate.WAITING
        decided.append((item, now))
    return decided


def _address(item: Item) -> str:
    return canonical(item.url) if item.url else ""


def _told_apart(feed: Feed) -> frozenset[str]:
    """Addresses by which its items can be told apart: not that of its home page, nor one of several."""
    counted = Counter(map(_address, feed.items))
    home = canonical(feed.home) if feed.home else ""
    return frozenset(url for url, count in counted.items() if count == 1 and url not in {"", home})


def _strangers(
    items: Sequence[Item], known: tuple[Known, ...], told: frozenset[str]
) -> list[tuple[Item, bool]]:
    """Those whose id is new, and whether they were here under another."""
    keys = {each.key for each in known}
    urls = {each.url_key for each in known} - {None}
    titles: dict[str | None, list[datetime | None]] = {}
    for each in known:
        titles.setdefault(each.title_key, []).append(each.published)
    titles.pop(None, None)
    found = [(item, known_by(item)) for item in items]
    strangers = [(item, marks) for item, marks in found if marks.key not in keys]
    by_title = sum(marks.title_key in titles for _, marks in strangers)
    is_renamed = by_title >= _RENAMED and by_title * 2 >= len(strangers)
    return [
        (
            item,
            (marks.url_key in urls and _address(item) in told)
            or _is_titled(marks, titles.get(marks.title_key, []), undated=is_renamed),
        )
        for item, marks in strangers
    ]


def _is_titled(marks: Known, days: Iterable[datetime | None], *, undated: bool) -> bool:
    """Whether one of that title was here the same day; `undated`: any day will do where there is none."""
    for day in days:
        if day is None or marks.published is None:
            if undated:
                return True
        elif abs(day - marks.published) <= _NEAR:
            return True
    return False
