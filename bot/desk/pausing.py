"""A channel that is stopped and goes on: nothing goes out meanwhile, then a person says what becomes of it.

Posts keep their times while their channel is paused; `storage.due` passes them over. Knows no Telegram.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.desk import embargo
from bot.desk.logbook import change_of, note, note_change
from bot.desk.order import part_of, put_back, require_as_left
from bot.desk.schedule import Schedule
from bot.errors import NoFreeSlot, NotFound, NotMoved, WrongState
from bot.news.model import Channel, Post, PostState
from bot.news.plans import standing
from bot.news.plans.rhythm import Taken, first_place

APART = 2
"""Minutes between what was missed and goes out at once, where the channel asks for no spacing of its own."""
_OUT = frozenset({PostState.SENDING, PostState.SENT, PostState.UNCONFIRMED})


class Missed(StrEnum):
    """What becomes of posts whose time passed while their channel was paused."""

    NOW = "now"
    SLOTS = "slots"
    HOLD = "hold"
    DROP = "drop"


@dataclass(frozen=True, kw_only=True)
class Resumed:
    """A channel that goes on, the log's entry of it, and how many posts it had missed."""

    channel: Channel
    entry_id: int
    posts: int


@dataclass(frozen=True, kw_only=True)
class Pausing:
    """What a channel admin does to the whole of a channel's queue."""

    schedule: Schedule

    async def pause(self, channel_id: int) -> Channel:
        """Let nothing go out there until it is resumed; what is half out goes on then.

        Raises:
            NotMoved: somebody has paused it already.
        """
        where = await self.schedule.channel(channel_id)
        if where.paused_at is not None:
            raise NotMoved("paused")
        await self._pause(channel_id, self.schedule.now)
        await note(self.schedule.desk, "pause", channel_id=channel_id)
        return replace(where, paused_at=self.schedule.now)

    async def missed(self, channel_id: int) -> tuple[Post, ...]:
        """What would have gone out since, by its time."""
        where = await self.schedule.channel(channel_id)
        if where.paused_at is None:
            return ()
        return await self.schedule.db.posts.overdue(channel_id, self.schedule.now)

    async def resume(self, channel_id: int, then: Missed | None = None) -> Resumed:
        """Let it go on, and do `then` with what was missed.

        Raises:
            NotMoved: it is not paused, or (`then` is None) something was missed.
            NoFreeSlot: it has no slots to put them into.
        """
        where = await self.schedule.channel(channel_id)
        if where.paused_at is None:
            raise NotMoved("not paused")
        missed = await self.missed(channel_id)
        if missed and then is None:
            raise NotMoved("missed")
        await self._pause(channel_id, None)
        if missed and then is not None:
            await self._decide(where, missed, then)
        posts = [change_of(post, await self.schedule.post(post.id)) for post in missed]
        entry_id = await note(
            self.schedule.desk,
            "resume",
            channel_id=channel_id,
            then=then,
            paused_at=where.paused_at.isoformat(),
            posts=posts,
        )
        return Resumed(channel=replace(where, paused_at=None), entry_id=entry_id, posts=len(missed))

    async def undo(self, entry_id: int) -> Channel:
        """Take a whole resuming back: the channel is paused as it was, and its missed posts wait in it again.

        Raises:
            NotFound: it is no such change.
            NotMoved: the channel is paused again, or one of the posts has gone out or has another time since.
            WrongState: one is not as the resuming has left it, or its story is spiked.
        """
        entry = await self.schedule.db.audit.get(entry_id)
        detail = (entry.detail or {}) if entry else {}
        if entry is None or entry.channel_id is None or "paused_at" not in detail:
            raise NotFound("change")
        where = await self.schedule.channel(entry.channel_id)
        if where.paused_at is not None:
            raise NotMoved("paused")
        parts = [await part_of(self.schedule, about["post"], about) for about in detail["posts"]]
        if any(part.post.begun or part.post.state in _OUT for part in parts):
            raise NotMoved("gone out")
        for part in parts:
            await require_as_left(self.schedule, part)
        since = datetime.fromisoformat(detail["paused_at"])
        await self._pause(where.id, since)
        for part in parts:
            await put_back(self.schedule, part)
        await note(self.schedule.desk, "undo_resume", channel_id=where.id, undid=entry_id)
        return replace(where, paused_at=since)

    async def _pause(self, channel_id: int, at: datetime | None) -> None:
        await self.schedule.db.channels.pause(channel_id, at)
        await self.schedule.db.cards.touch_planned(channel_id)

    async def _decide(self, where: Channel, missed: tuple[Post, ...], then: Missed) -> None:
        match then:
            case Missed.NOW:
                await self._send_spaced(where, missed)
            case Missed.SLOTS:
                for post in missed:
                    await self._into_slot(post)
            case Missed.HOLD:
                for post in missed:
                    await self._hold(post)
            case Missed.DROP:
                for post in missed:
                    await self.schedule.cancel(post.id)

    async def _send_spaced(self, where: Channel, missed: tuple[Post, ...]) -> None:
        """One after the other from now on, apart from each other and from what is still to come."""
        db, now = self.schedule.db, self.schedule.now
        rhythm = replace(where.rhythm, spacing=where.rhythm.spacing or APART)
        times = await db.posts.taken(where.id, now - timedelta(minutes=rhythm.spacing))
        taken = Taken(times - {post.due_at for post in missed}, where.time_zone)
        for post in missed:
            begin = max(now, await embargo.until(db, post.article_id) or now)
            due_at = first_place(begin, taken, rhythm, where.time_zone)
            taken.add(due_at)
            if due_at <= now:
                await self.schedule.move_to_now(post.id)
            else:
                await self.schedule.move(post.id, due_at)

    async def _into_slot(self, post: Post) -> None:
        try:
            await self.schedule.move_to_slot(post.id)
        except NoFreeSlot:  # none that takes such a story
            await self._hold(post)

    async def _hold(self, post: Post) -> None:
        seen = standing.of(post)
        held = replace(seen, state=PostState.HELD, reason="paused")
        if not await self.schedule.db.posts.replan(post.id, seen=seen, to=held, now=self.schedule.now):
            raise WrongState(post.state)
        await note_change(self.schedule.desk, "hold", post, await self.schedule.post(post.id))
