"""A channel that is stopped and goes on: nothing goes out meanwhile, then a person says what becomes of it.

Posts keep their times while their channel is paused; `storage.due` passes them over. Knows no Telegram.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from bot.errors import NoFreeSlot, NotMoved, WrongState
from bot.news import standing
from bot.news.model import Channel, Post, PostState
from bot.news.rhythm import Taken, first_place
from bot.schedule import Schedule

APART = 2
"""Minutes between what was missed and goes out at once, where the channel asks for no spacing of its own."""


class Missed(StrEnum):
    """What becomes of posts whose time passed while their channel was paused."""

    NOW = "now"
    SLOTS = "slots"
    HOLD = "hold"
    DROP = "drop"


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
        desk = self.schedule.desk
        await desk.db.channels.pause(channel_id, desk.now)
        await desk.db.cards.touch_all()
        await self._log("pause", channel_id)
        return replace(where, paused_at=desk.now)

    async def missed(self, channel_id: int) -> tuple[Post, ...]:
        """What would have gone out since, by its time."""
        where = await self.schedule.channel(channel_id)
        if where.paused_at is None:
            return ()
        return await self.schedule.desk.db.posts.overdue(channel_id, self.schedule.desk.now)

    async def resume(self, channel_id: int, then: Missed | None = None) -> tuple[Channel, int]:
        """Let it go on, and do `then` with what was missed; how many posts that were.

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
        await self.schedule.desk.db.channels.pause(channel_id, None)
        if missed and then is not None:
            await self._decide(where, missed, then)
        await self.schedule.desk.db.cards.touch_all()
        await self._log("resume", channel_id, then=then, posts=[post.id for post in missed])
        return replace(where, paused_at=None), len(missed)

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
        desk = self.schedule.desk
        rhythm = replace(where.rhythm, spacing=where.rhythm.spacing or APART)
        lately = desk.now - timedelta(minutes=rhythm.spacing)
        times = await desk.db.posts.taken(where.id, lately)
        taken = Taken(times - {post.due_at for post in missed}, where.time_zone)
        for post in missed:
            article = await desk.article(post.article_id)
            due_at = first_place(
                max(desk.now, article.embargoed_until or desk.now), taken, rhythm, where.time_zone
            )
            taken.add(due_at)
            if due_at <= desk.now:
                await self.schedule.move_to_now(post.id)
            else:
                await self.schedule.move(post.id, due_at)

    async def _into_slot(self, post: Post) -> None:
        try:
            await self.schedule.move_to_slot(post.id)
        except NoFreeSlot:  # none that takes such a story
            await self._hold(post)

    async def _hold(self, post: Post) -> None:
        desk = self.schedule.desk
        held = await desk.db.posts.replan(
            post.id,
            seen=(post.state, post.due_at),
            to=(PostState.HELD, post.due_at),
            now=desk.now,
            reason="paused",
        )
        if not held:
            raise WrongState(post.state)
        after = standing.to_json(await self.schedule.post(post.id))
        await self._log("hold", post.channel_id, post, was=standing.to_json(post), now=after)
        await desk.db.cards.touch(post.article_id)

    async def _log(self, verb: str, channel_id: int, post: Post | None = None, **detail: object) -> None:
        desk = self.schedule.desk
        await desk.db.audit.log(
            at=desk.now,
            person_id=desk.who.id,
            verb=verb,
            article_id=post.article_id if post else None,
            channel_id=channel_id,
            post_id=post.id if post else None,
            detail=detail or None,
        )
