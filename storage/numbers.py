"""The tables of how posts are received. Knows no update's shape, and nobody who reacted, wrote or joined."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import and_, bindparam, delete, func, or_, select

from bot.news.numbers import Event, Moved, Reacted, Received, Replied, Threaded, Told, together
from storage.columns import LIMIT, Moment
from storage.connection import Connection
from storage.engine import insert_into
from storage.schema import articles, post_parts, posts
from storage.schema_numbers import (
    counted,
    discussions,
    invite_links,
    member_counts,
    moves,
    reactions,
    threads,
)

MOST: Final = 400
"""Posts of one channel that are summed at once, the newest: some six milliseconds of the event loop."""

_OLD: Final = (
    select(counted.c.update_id)
    .where(counted.c.at < bindparam("moment", type_=Moment))
    .order_by(counted.c.at)
    .limit(LIMIT)
)
_ASTRAY: Final = (
    select(threads.c.group_id, threads.c.thread_id)
    .where(threads.c.message_id.is_(None), threads.c.begun_at < bindparam("moment", type_=Moment))
    .limit(LIMIT)
)
_REACTED: Final = select(reactions.c.message_id, reactions.c.total, reactions.c.kinds).where(
    reactions.c.channel_id == bindparam("channel"),
    reactions.c.message_id.between(bindparam("first"), bindparam("last")),
)
_TALKED: Final = select(threads.c.message_id, threads.c.replies).where(
    threads.c.message_id.is_not(None),
    threads.c.channel_id == bindparam("channel"),
    threads.c.message_id.between(bindparam("first"), bindparam("last")),
)
_SENT: Final = (
    select(posts.c.id, posts.c.article_id, posts.c.sent_at, articles.c.category, articles.c.reporter_id)
    .join(articles, articles.c.id == posts.c.article_id)
    .where(
        posts.c.channel_id == bindparam("channel"),
        posts.c.sent_at.is_not(None),
        posts.c.sent_at >= bindparam("since", type_=Moment),
        posts.c.sent_at < bindparam("until", type_=Moment),
    )
    .order_by(posts.c.sent_at.desc())
    .limit(MOST)
)
_IDS: Final = select(post_parts.c.post_id, post_parts.c.message_id, post_parts.c.more_ids).where(
    post_parts.c.post_id.in_(bindparam("posts", expanding=True)), post_parts.c.message_id.is_not(None)
)


@dataclass(frozen=True, kw_only=True)
class Link:
    """An invite link with a name, and how many came by it; `url` is empty where Telegram doesn't tell it."""

    id: int
    name: str
    url: str
    joined: int = 0


class Numbers:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def count(self, events: Iterable[tuple[int, Event]], zones: dict[int, str], now: datetime) -> None:
        """Count what updates (by their ids) tell of; one that was counted before counts no more.

        In which order they come makes no difference. `zones` are the clocks of the channels; what is of
        another channel is passed over.
        """
        told = dict(events)
        for update_id, event in told.items():
            if isinstance(event, Reacted) and event.channel_id in zones:
                await self._reacted(update_id, event)
        once = {id for id, event in told.items() if not isinstance(event, Reacted)}
        new = await self._new(once, now)
        for event in (told[id] for id in sorted(new)):
            match event:
                case Threaded() if event.channel_id in zones:
                    await self._threaded(event, now)
                case Replied():
                    await self._replied(event, now)
        moved = [event for id in sorted(new) if isinstance(event := told[id], Moved)]
        await self._moved([event for event in moved if event.channel_id in zones], zones, now)

    async def _new(self, ids: Collection[int], now: datetime) -> set[int]:
        """Those that were not counted before; from now on they are."""
        if not ids:
            return set()
        adding = insert_into(self._connection, counted).values([{"update_id": id, "at": now} for id in ids])
        kept = adding.on_conflict_do_nothing(index_elements=["update_id"]).returning(counted.c.update_id)
        return set(await self._connection.scalars(kept))

    async def _reacted(self, update_id: int, event: Reacted) -> None:
        said = {"at": event.at, "update_id": update_id, "total": event.total, "kinds": dict(event.kinds)}
        adding = insert_into(self._connection, reactions).values(
            channel_id=event.channel_id, message_id=event.message_id, **said
        )
        newer = or_(
            reactions.c.at < event.at, and_(reactions.c.at == event.at, reactions.c.update_id < update_id)
        )
        await self._connection.execute(
            adding.on_conflict_do_update(index_elements=["channel_id", "message_id"], set_=said, where=newer)
        )

    async def _threaded(self, event: Threaded, now: datetime) -> None:
        of = {"channel_id": event.channel_id, "message_id": event.message_id}
        adding = insert_into(self._connection, threads).values(
            begun_at=now, group_id=event.group_id, thread_id=event.thread_id, replies=event.replies, **of
        )
        replies = threads.c.replies + event.replies
        await self._connection.execute(
            adding.on_conflict_do_update(
                index_elements=["group_id", "thread_id"], set_={**of, "replies": replies}
            )
        )

    async def _replied(self, event: Replied, now: datetime) -> None:
        adding = insert_into(self._connection, threads).values(
            begun_at=now, group_id=event.group_id, thread_id=event.thread_id, replies=1
        )
        await self._connection.execute(
            adding.on_conflict_do_update(
                index_elements=["group_id", "thread_id"], set_={"replies": threads.c.replies + 1}
            )
        )

    async def _moved(self, moved: Sequence[Moved], zones: dict[int, str], now: datetime) -> None:
        """Many who come by one link on one day are one statement."""
        sums: dict[tuple[int, str, str], list[int]] = {}
        for event in moved:
            day = event.at.astimezone(ZoneInfo(zones[event.channel_id])).date().isoformat()
            sums.setdefault((event.channel_id, day, event.link), [0, 0])[not event.joined] += 1
        for (channel_id, day, name), (joined, gone) in sums.items():
            link_id = await self._named(channel_id, name, now) if name else 0
            row = {"channel_id": channel_id, "day": day, "link_id": link_id, "joined": joined, "gone": gone}
            more = {"joined": moves.c.joined + joined, "gone": moves.c.gone + gone}
            adding = insert_into(self._connection, moves).values(row)
            await self._connection.execute(
                adding.on_conflict_do_update(index_elements=["channel_id", "day", "link_id"], set_=more)
            )

    async def _named(self, channel_id: int, name: str, now: datetime) -> int:
        adding = insert_into(self._connection, invite_links).values(
            channel_id=channel_id, name=name, made_at=now
        )
        await self._connection.execute(adding.on_conflict_do_nothing(index_elements=["channel_id", "name"]))
        asked = select(invite_links.c.id).where(
            invite_links.c.channel_id == channel_id, invite_links.c.name == name
        )
        return int(await self._connection.scalar(asked) or 0)

    async def forget_before(self, moment: datetime, limit: int) -> int:
        """Forget so many updates that were counted before a moment, and threads that are no post's.

        How many of both were forgotten.
        """
        asked = {"moment": moment, "limit": limit}
        old = list(await self._connection.scalars(_OLD, asked))
        if old:
            await self._connection.execute(delete(counted).where(counted.c.update_id.in_(old)))
        astray = (await self._connection.execute(_ASTRAY, asked)).all()
        for group_id, thread_id in astray:
            which = (threads.c.group_id == group_id, threads.c.thread_id == thread_id)
            await self._connection.execute(delete(threads).where(*which))
        return len(old) + len(astray)

    # ── Discussion groups and members ───────────────────────────────────────────────────────────────

    async def discussions(self) -> dict[int, int]:
        """The discussion groups that are known, with their channels."""
        rows = await self._connection.execute(select(discussions.c.group_id, discussions.c.channel_id))
        return {row.group_id: row.channel_id for row in rows}

    async def discussed(self, group_id: int, channel_id: int) -> None:
        """That group is where a channel is talked about."""
        adding = insert_into(self._connection, discussions).values(group_id=group_id, channel_id=channel_id)
        await self._connection.execute(
            adding.on_conflict_do_update(index_elements=["group_id"], set_={"channel_id": channel_id})
        )

    async def members(self, channel_id: int, day: str, members: int) -> None:
        """So many were in a channel on that day; said again it is as it was said last."""
        adding = insert_into(self._connection, member_counts).values(
            channel_id=channel_id, day=day, members=members
        )
        await self._connection.execute(
            adding.on_conflict_do_update(index_elements=["channel_id", "day"], set_={"members": members})
        )

    async def members_between(self, channel_id: int, first: str, last: str) -> dict[str, int]:
        """How many were in a channel on each day that was looked at, the first and the last day too."""
        asked = (
            select(member_counts.c.day, member_counts.c.members)
            .where(member_counts.c.channel_id == channel_id, member_counts.c.day.between(first, last))
            .order_by(member_counts.c.day)
        )
        return {row.day: row.members for row in await self._connection.execute(asked)}

    async def moves_between(self, channel_id: int, first: str, last: str) -> tuple[int, int]:
        """How many have joined a channel on those days, and how many have left it."""
        asked = select(func.sum(moves.c.joined), func.sum(moves.c.gone)).where(
            moves.c.channel_id == channel_id, moves.c.day.between(first, last)
        )
        joined, gone = (await self._connection.execute(asked)).one()
        return int(joined or 0), int(gone or 0)

    async def links(self, channel_id: int, first: str, last: str, limit: int) -> tuple[Link, ...]:
        """Named links of a channel, by how many came by them on those days, most first."""
        came = func.coalesce(
            select(func.sum(moves.c.joined))
            .where(
                moves.c.channel_id == channel_id,
                moves.c.day.between(first, last),
                moves.c.link_id == invite_links.c.id,
            )
            .correlate(invite_links)
            .scalar_subquery(),
            0,
        ).label("came")
        asked = (
            select(invite_links.c.id, invite_links.c.name, invite_links.c.url, came)
            .where(invite_links.c.channel_id == channel_id)
            .order_by(came.desc(), invite_links.c.id.desc())
            .limit(limit)
        )
        rows = await self._connection.execute(asked)
        return tuple(Link(id=row.id, name=row.name, url=row.url or "", joined=int(row.came)) for row in rows)

    # ── Sums ────────────────────────────────────────────────────────────────────────────────────────

    async def of_messages(self, channel_id: int, ids: Collection[int]) -> dict[int, Received]:
        """How each of a channel's messages was received; those of which nothing was told are not there."""
        if not ids:
            return {}
        where = {"channel": channel_id, "first": min(ids), "last": max(ids)}
        wanted, found = set(ids), dict[int, Received]()
        for row in await self._connection.execute(_REACTED, where):
            if row.message_id in wanted:
                found[row.message_id] = Received(reactions=row.total, kinds=dict(row.kinds))
        for thread in await self._connection.execute(_TALKED, where):
            if thread.message_id in wanted:
                before = found.get(thread.message_id, Received())
                found[thread.message_id] = together([before, Received(replies=thread.replies)])
        return found

    async def sent(self, channel_id: int, since: datetime, until: datetime) -> tuple[Told, ...]:
        """A channel's posts that went out in that time, newest first (`MOST`), with how each was received."""
        asked = {"channel": channel_id, "since": since, "until": until}
        rows = (await self._connection.execute(_SENT, asked)).all()
        ids: dict[int, list[int]] = {row.id: [] for row in rows}
        for part in await self._connection.execute(_IDS, {"posts": list(ids)}) if ids else ():
            ids[part.post_id] += [part.message_id, *(part.more_ids or ())]
        received = await self.of_messages(channel_id, [id for own in ids.values() for id in own])
        return tuple(
            Told(
                post_id=row.id,
                article_id=row.article_id,
                channel_id=channel_id,
                sent_at=row.sent_at,
                category=row.category,
                reporter_id=row.reporter_id,
                received=together(received[id] for id in ids[row.id] if id in received),
            )
            for row in rows
        )
