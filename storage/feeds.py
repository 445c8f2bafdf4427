"""The tables of feeds and of their items. Knows no rule of what is wanted."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import RowMapping, bindparam, delete, func, insert, select, text, update

from bot.news.feeds import (
    Fate,
    Item,
    Known,
    Rules,
    Source,
    Waiting,
    Way,
    item_from_json,
    item_json,
    known_by,
    rules_from_json,
    rules_json,
)
from storage.columns import LIMIT, NOW
from storage.connection import Connection
from storage.engine import insert_into
from storage.schema_feeds import feed_items, feeds

_ONE: Final = select(feeds).where(feeds.c.id == bindparam("which"))
_DUE: Final = (
    select(feeds).where(feeds.c.next_at.is_not(None)).order_by(feeds.c.next_at, feeds.c.id).limit(LIMIT)
)
_PAGE: Final = select(feeds).order_by(feeds.c.id).offset(bindparam("skip")).limit(LIMIT)
_NEXT: Final = (
    select(feed_items.c.id, feed_items.c.feed_id, feed_items.c.content)
    .where(text("fate = 'waiting'"), feed_items.c.id.not_in(bindparam("besides", expanding=True)))
    .order_by(feed_items.c.id)
    .limit(1)
)
_PAGES: Final = (
    select(feed_items.c.id, feed_items.c.feed_id, feed_items.c.content)
    .where(feed_items.c.feed_id.in_(select(feeds.c.id)), feed_items.c.fate == Fate.PAGE)
    .limit(LIMIT)
)
_COUNTS: Final = (
    select(feed_items.c.fate, func.count())
    .where(feed_items.c.feed_id == bindparam("which"), feed_items.c.at >= NOW)
    .group_by(feed_items.c.fate)
)
_GOING_ON: Final = (Fate.PAGE, Fate.WAITING)
_AT_ONCE = 500  # values in one statement


class Feeds:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, url: str, *, by: int, now: datetime, title: str | None = None) -> Source | None:
        """A feed to be read at once; None if it is there already."""
        added = await self._connection.execute(
            insert_into(self._connection, feeds)
            .values(
                url=url,
                title=title,
                added_by=by,
                added_at=now,
                way=Way.DRAFT,
                rules=rules_json(Rules()),
                faults=0,
                told=False,
                next_at=now,
                asked_by=by,
            )
            .on_conflict_do_nothing(index_elements=[feeds.c.url])
            .returning(feeds)
        )
        row = added.mappings().one_or_none()
        return _source(row) if row else None

    async def get(self, id: int) -> Source | None:
        row = (await self._connection.execute(_ONE, {"which": id})).mappings().one_or_none()
        return _source(row) if row else None

    async def page(self, *, skip: int = 0, limit: int) -> tuple[Source, ...]:
        """So many, in the order in which they were added."""
        rows = await self._connection.execute(_PAGE, {"skip": skip, "limit": limit})
        return tuple(map(_source, rows.mappings()))

    async def count(self) -> int:
        return await self._connection.scalar(select(func.count()).select_from(feeds)) or 0

    async def due(self, limit: int) -> tuple[Source, ...]:
        """Those to be looked at first, whenever that is."""
        rows = await self._connection.execute(_DUE, {"limit": limit})
        return tuple(map(_source, rows.mappings()))

    async def change(self, id: int, **values: Any) -> bool:
        """Set columns of one; False if it is gone, or another has that address."""
        if "rules" in values:
            values["rules"] = rules_json(values["rules"])
        if "url" in values and await self._taken(values["url"], id):
            return False
        changed = await self._connection.execute(update(feeds).where(feeds.c.id == id).values(**values))
        return changed.rowcount > 0

    async def remove(self, id: int) -> bool:
        """With what is known of its items; stories that were made of them stay."""
        gone = await self._connection.execute(delete(feeds).where(feeds.c.id == id))
        return gone.rowcount > 0

    async def known(self, feed_id: int, items: Iterable[Item]) -> tuple[Known, ...]:
        """What is known of a feed under the ids, addresses or titles of these."""
        sought = [known_by(item) for item in items]
        found: dict[int, Known] = {}
        for name in ("key", "url_key", "title_key"):
            column = feed_items.c[name]
            values = sorted({value for each in sought if (value := getattr(each, name))})
            for some in _pieces(values):
                rows = await self._connection.execute(
                    select(feed_items).where(feed_items.c.feed_id == feed_id, column.in_(some))
                )
                found |= {row["id"]: _known(row) for row in rows.mappings()}
        return tuple(found.values())

    async def elsewhere(self, feed_id: int, items: Iterable[Item]) -> frozenset[str]:
        """Of their addresses, by their digests, those that another feed has made a story of."""
        values = sorted({key for item in items if (key := known_by(item).url_key)})
        found: set[str] = set()
        for some in _pieces(values):
            rows = await self._connection.execute(
                select(feed_items.c.url_key).where(
                    feed_items.c.url_key.in_(some),
                    feed_items.c.feed_id != feed_id,
                    feed_items.c.fate.in_([Fate.TAKEN, *_GOING_ON]),
                )
            )
            found |= {str(row.url_key) for row in rows}
        return frozenset(found)

    async def keep(self, feed_id: int, items: Sequence[tuple[Item, Fate]], now: datetime) -> None:
        """Remember these, oldest first; what waits with all it says."""
        rows = [
            {
                "feed_id": feed_id,
                **vars(known_by(item)),
                "at": now,
                "fate": fate,
                "content": item_json(item) if fate in _GOING_ON else None,
            }
            for item, fate in items
        ]
        for some in _pieces(rows):
            await self._connection.execute(insert(feed_items), some)

    async def next_waiting(self, besides: Sequence[int] = ()) -> Waiting | None:
        """The item that has waited longest."""
        row = (await self._connection.execute(_NEXT, {"besides": list(besides)})).one_or_none()
        if row is None:
            return None
        return Waiting(id=row.id, feed_id=row.feed_id, item=item_from_json(row.content))

    async def pages(self, limit: int) -> tuple[Waiting, ...]:
        """Items whose pages or pictures are to be fetched first."""
        rows = await self._connection.execute(_PAGES, {"limit": limit})
        return tuple(
            Waiting(id=row.id, feed_id=row.feed_id, item=item_from_json(row.content)) for row in rows
        )

    async def paged(self, id: int, item: Item) -> bool:
        """Its page was read, or can't be: so it becomes a story. False if that was decided before."""
        changed = await self._connection.execute(
            update(feed_items)
            .where(feed_items.c.id == id, feed_items.c.fate == Fate.PAGE)
            .values(fate=Fate.WAITING, content=item_json(item))
        )
        return changed.rowcount > 0

    async def settle(self, id: int, fate: Fate, article_id: int | None = None) -> bool:
        """What has become of a waiting item; False if that was decided before."""
        settled = await self._connection.execute(
            update(feed_items)
            .where(feed_items.c.id == id, feed_items.c.fate == Fate.WAITING)
            .values(fate=fate, article_id=article_id, content=None)
        )
        return settled.rowcount > 0

    async def counts(self, feed_id: int, since: datetime) -> dict[Fate, int]:
        """How many items have come since then, by what became of them."""
        rows = await self._connection.execute(_COUNTS, {"which": feed_id, "now": since})
        return {Fate(fate): count for fate, count in rows}

    async def _taken(self, url: str, by_other_than: int) -> bool:
        found = await self._connection.scalar(select(feeds.c.id).where(feeds.c.url == url))
        return found is not None and found != by_other_than


def _pieces[Each](values: Sequence[Each]) -> Iterable[Sequence[Each]]:
    return (values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE))


def _known(row: RowMapping) -> Known:
    return Known(**{name: row[name] for name in ("key", "url_key", "title_key", "published")})


def _source(row: RowMapping) -> Source:
    return Source(**{**row, "way": Way(row["way"]), "rules": rules_from_json(row["rules"])})
