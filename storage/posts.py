"""The posts' table: transmission states, changed only from the state they are thought to be in.

Knows nothing of Telegram; the diagram of the states is in `storage/schema.py`.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BindParameter, ColumnElement, bindparam, func, or_, select, union_all, update

from bot.errors import AlreadyPosted
from bot.news.model import Post, PostState
from bot.news.plans.standing import Standing
from storage.columns import Moment
from storage.connection import Connection
from storage.due import BEGUN, post_of, reading
from storage.engine import insert_into
from storage.outgoing import OutgoingPosts
from storage.parts import PostParts
from storage.schema import post_parts, posts, recurrences
from storage.schema_after import hand_posts

_DEAD: Final = frozenset({PostState.CANCELED, PostState.FAILED})
"""They leave room for another post of the same article in the same channel; see `uq_posts_live`."""

_TAKES_ITS_TIME: Final = frozenset(PostState) - _DEAD
_MOVABLE: Final = (PostState.PENDING, PostState.HELD)
_OF_ARTICLE: Final = reading(posts.c.article_id == bindparam("article_id"))
_OF_ARTICLES: Final = reading(posts.c.article_id.in_(bindparam("articles", expanding=True)))
_STORIES: Final[BindParameter[Any]] = bindparam("stories", expanding=True)
_GOES: Final = (posts.c.channel_id, posts.c.due_at)
_GOING: Final = union_all(
    select(posts.c.article_id, *_GOES).where(
        posts.c.article_id.in_(_STORIES), posts.c.state == PostState.PENDING
    ),
    select(recurrences.c.article_id, *_GOES)
    .join_from(recurrences, posts, posts.c.recurrence_id == recurrences.c.id)
    .where(recurrences.c.article_id.in_(_STORIES), posts.c.state == PostState.PENDING),
)
_THERE: Final[BindParameter[Any]] = bindparam("channels", expanding=True)
_SINCE: Final = bindparam("since", type_=Moment)
_TAKEN: Final = union_all(
    select(posts.c.channel_id, posts.c.due_at).where(
        posts.c.channel_id.in_(_THERE), posts.c.due_at >= _SINCE, posts.c.state.in_(_TAKES_ITS_TIME)
    ),
    select(hand_posts.c.channel_id, hand_posts.c.at).where(
        hand_posts.c.channel_id.in_(_THERE), hand_posts.c.at >= _SINCE
    ),
)
_OUT_ELSEWHERE: Final = (
    select(posts.c.id)
    .where(
        posts.c.article_id == bindparam("article"),
        posts.c.id != bindparam("id"),
        posts.c.sent_at.is_not(None),
    )
    .limit(1)
)


def _goes_before(post: Post) -> ColumnElement[bool]:
    same_time = (posts.c.due_at == post.due_at) & (posts.c.id < post.id)
    return or_(posts.c.due_at < post.due_at, same_time)


class Posts(OutgoingPosts):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._parts = PostParts(connection)

    async def add(
        self,
        *,
        article_id: int,
        channel_id: int,
        due_at: datetime,
        by: int,
        now: datetime,
        occurrence: int = 0,
        urgency: int = 5,
        **more: Any,
    ) -> Post:
        """Put an article into a channel's queue; `more` are zone, pin_for, delete_after, recurrence_id.

        Raises:
            AlreadyPosted: it is in that channel, or on its way there.
        """
        added = await self._connection.execute(
            insert_into(self._connection, posts)
            .values(
                article_id=article_id,
                channel_id=channel_id,
                occurrence=occurrence,
                state=PostState.PENDING,
                due_at=due_at,
                attempt=0,
                urgency=urgency,
                scheduled_by=by,
                created_at=now,
                changed_at=now,
                **more,
            )
            # Not an IntegrityError to catch: PostgreSQL would give up the whole transaction.
            .on_conflict_do_nothing()
            .returning(posts)
        )
        row = added.one_or_none()
        if row is None:
            raise AlreadyPosted
        return post_of(row)

    async def get(self, id: int) -> Post | None:
        found = await self._those([id])
        return found[0] if found else None

    async def some(self, ids: Collection[int]) -> dict[int, Post]:
        """Those of the posts that there are, by their ids."""
        return {post.id: post for post in await self._those(ids)} if ids else {}

    async def of_channel(self, channel_id: int, *states: PostState) -> tuple[Post, ...]:
        """The channel's posts in these states (all, if none is named) in the order they are due."""
        return await self._read(
            posts.c.channel_id == channel_id, posts.c.state.in_(states or tuple(PostState))
        )

    async def page_of(self, channel_id: int, *states: PostState, skip: int, limit: int) -> tuple[Post, ...]:
        """So many of the channel's posts in these states by their time, after the first `skip`."""
        ids = (
            select(posts.c.id)
            .where(posts.c.channel_id == channel_id, posts.c.state.in_(states))
            .order_by(posts.c.due_at, posts.c.id)
            .offset(skip)
            .limit(limit)
        )
        return await self._read(posts.c.id.in_(ids))

    async def count(self, channel_id: int, *states: PostState, before: Post | None = None) -> int:
        """How many posts the channel has in these states; or how many of them go before that post."""
        where = [posts.c.channel_id == channel_id, posts.c.state.in_(states)]
        if before is not None:
            where.append(_goes_before(before))
        counted: int = (
            await self._connection.scalar(select(func.count()).select_from(posts).where(*where)) or 0
        )
        return counted

    async def counts(self, channel_ids: Collection[int], *states: PostState) -> dict[int, int]:
        """How many posts each of the channels has in these states; those that have none are left out."""
        rows = await self._connection.execute(
            select(posts.c.channel_id, func.count())
            .where(posts.c.channel_id.in_(channel_ids), posts.c.state.in_(states))
            .group_by(posts.c.channel_id)
        )
        return dict(map(tuple, rows.all()))

    async def around(self, post: Post, now: datetime, reach: int) -> tuple[Post, ...]:
        """A waiting post with those that wait before and after it in its channel, `reach` each, in order."""
        waiting = (
            posts.c.channel_id == post.channel_id,
            posts.c.state.in_(_MOVABLE),
            posts.c.due_at > now,
        )
        before = (
            select(posts.c.id)
            .where(*waiting, _goes_before(post))
            .order_by(posts.c.due_at.desc(), posts.c.id.desc())
            .limit(reach)
        )
        rest = (
            select(posts.c.id)
            .where(*waiting, ~_goes_before(post))
            .order_by(posts.c.due_at, posts.c.id)
            .limit(reach + 1)
        )
        both = union_all(*(select(leaf.subquery().c.id) for leaf in (before, rest)))
        return await self._read(posts.c.id.in_(both))

    async def overdue(self, channel_id: int, now: datetime) -> tuple[Post, ...]:
        """The channel's posts whose time has come and that have not begun to go out."""
        return await self._read(
            posts.c.channel_id == channel_id,
            posts.c.state == PostState.PENDING,
            posts.c.due_at <= now,
            ~BEGUN,
        )

    async def due_between(
        self, channel_id: int, first: datetime, end: datetime, *states: PostState
    ) -> tuple[Post, ...]:
        """The channel's posts in these states that are, or were, due from `first` on and before `end`."""
        return await self.all_between((channel_id,), first, end, *states)

    async def all_between(
        self, channel_ids: Collection[int], first: datetime, end: datetime, *states: PostState
    ) -> tuple[Post, ...]:
        """The same of several channels, by their time."""
        return await self._read(
            posts.c.channel_id.in_(channel_ids),
            posts.c.due_at >= first,
            posts.c.due_at < end,
            posts.c.state.in_(states),
        )

    async def of_article(self, article_id: int) -> tuple[Post, ...]:
        return await self._asked(_OF_ARTICLE, article_id=article_id)

    async def of_articles(self, article_ids: Collection[int]) -> tuple[Post, ...]:
        return await self._asked(_OF_ARTICLES, articles=tuple(article_ids))

    async def is_out_elsewhere(self, post: Post) -> bool:
        """Whether another post of its article has been out."""
        asked = {"article": post.article_id, "id": post.id}
        return await self._connection.scalar(_OUT_ELSEWHERE, asked) is not None

    async def of_story(self, article_id: int) -> tuple[Post, ...]:
        """The same, and the turns of what comes back with it that have another text this once."""
        coming_back = select(recurrences.c.id).where(recurrences.c.article_id == article_id)
        turns = select(posts.c.id).where(posts.c.recurrence_id.in_(coming_back))
        own = select(posts.c.id).where(posts.c.article_id == article_id)
        return await self._read(posts.c.id.in_(union_all(own, turns)))  # no OR: PostgreSQL would read all

    async def next_of(self, article_ids: Collection[int]) -> dict[int, tuple[datetime, int]]:
        """When and in which channel each of these stories goes out next, turns with another text included."""
        rows = (await self._connection.execute(_GOING, {"stories": tuple(article_ids)})).all()
        return {story: min((at, where) for of, where, at in rows if of == story) for story, *_ in rows}

    async def taken(self, channel_id: int, since: datetime) -> frozenset[datetime]:
        """The times from `since` on at which the channel has a post, sent or still to come, others' too."""
        return (await self.taken_of((channel_id,), since)).get(channel_id, frozenset())

    async def taken_of(self, channel_ids: Collection[int], since: datetime) -> dict[int, frozenset[datetime]]:
        """The same of several channels; those that have none are left out."""
        rows = await self._connection.execute(_TAKEN, {"channels": tuple(channel_ids), "since": since})
        times: dict[int, set[datetime]] = {}
        for channel_id, due_at in rows:
            times.setdefault(channel_id, set()).add(due_at)
        return {channel_id: frozenset(found) for channel_id, found in times.items()}

    async def sent_since(self, since: datetime) -> tuple[Post, ...]:
        """The posts that are out since then and were not taken down, as far as their ids are known."""
        lately = select(post_parts.c.post_id).where(
            post_parts.c.sending_at >= since, post_parts.c.message_id.is_not(None)
        )
        out = (posts.c.state == PostState.SENT, posts.c.sent_at >= since)
        return await self._read(posts.c.id.in_(lately), *out)

    async def move(self, id: int, due_at: datetime, *, now: datetime) -> bool:
        """Give a waiting post another time; one that was held waits again. False if it is past that."""
        return await self._turn(
            id,
            _MOVABLE,
            state=PostState.PENDING,
            due_at=due_at,
            not_before=None,
            reason=None,
            announced=False,
            changed_at=now,
        )

    async def replan(self, id: int, *, seen: Standing, to: Standing, now: datetime) -> bool:
        """Let a post that is in the state and has the time that were seen stand as said; False if it is not.

        Raises:
            AlreadyPosted: it would come back to life beside another post of the article in the channel.
        """
        if seen.state in _DEAD and to.state not in _DEAD and await self._has_live_twin(id):
            raise AlreadyPosted
        wait = {} if to.place == seen.place else {"not_before": None}
        turned = await self._connection.execute(
            update(posts)
            .where(posts.c.id == id, posts.c.state == seen.state, posts.c.due_at == seen.due_at)
            .values(**vars(to), **wait, announced=False, changed_at=now)
        )
        return turned.rowcount > 0

    async def set_article(self, id: int, article_id: int, occurrence: int, *, now: datetime) -> bool:
        """Let a waiting post send another article, as that one's occurrence. False if it waits no more."""
        return await self._turn(id, _MOVABLE, article_id=article_id, occurrence=occurrence, changed_at=now)

    async def set_zone(self, id: int, zone: str | None, due_at: datetime, *, now: datetime) -> bool:
        """Say in which zone a waiting post's time is meant, and when that is. False if it waits no more."""
        return await self._turn(id, _MOVABLE, zone=zone, due_at=due_at, announced=False, changed_at=now)

    async def change(
        self,
        id: int,
        to: PostState,
        *,
        frm: Collection[PostState],
        now: datetime,
        reason: str | None = None,
    ) -> bool:
        """Change the state if it is one of `frm`; False if it is another.

        Raises:
            AlreadyPosted: it would come back to life beside another post of the article in the channel.
        """
        if to not in _DEAD and not _DEAD.isdisjoint(frm) and await self._has_live_twin(id):
            raise AlreadyPosted
        return await self._turn(id, frm, state=to, reason=reason, changed_at=now)

    async def set_urgency(self, id: int, urgency: int) -> bool:
        """How urgent a waiting post is; False if it is past that."""
        return await self._turn(id, _MOVABLE, urgency=urgency)

    @property
    def parts(self) -> PostParts:
        """The messages that posts are made of."""
        return self._parts

    async def _has_live_twin(self, id: int) -> bool:
        twin = posts.alias("twin")
        found = await self._connection.scalar(
            select(twin.c.id)
            .join_from(
                posts,
                twin,
                (twin.c.article_id == posts.c.article_id)
                & (twin.c.channel_id == posts.c.channel_id)
                & (twin.c.occurrence == posts.c.occurrence)
                & (twin.c.id != posts.c.id),
            )
            .where(posts.c.id == id, posts.c.state.in_(_DEAD), twin.c.state.not_in(_DEAD))
            .limit(1)
        )
        return found is not None
