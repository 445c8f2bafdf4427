"""Where a post may be dropped on the week board, told before it is let go. Changes nothing.

What is told here is what `Schedule.move`, `Planning.swap` and `Schedule.hold` would say, asked once for many
places: a test compares them for each.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.desk import embargo, places
from bot.desk.order import Planning
from bot.desk.schedule import Schedule
from bot.desk.stories import WAITING
from bot.errors import Embargoed, MonadiError, NotFound, PastTime, WrongState
from bot.news.model import Channel, Post, PostState
from bot.news.plans.rhythm import Taken, Unfit, first_place, quiet_until, unfit


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Of one place: why not, or where it would stand and what speaks against that without forbidding it."""

    refused: MonadiError | None = None
    goes_at: datetime | None = None
    unfit: tuple[Unfit, ...] = ()
    near: datetime | None = None  # the other post's time, where that is too near


@dataclass(frozen=True, kw_only=True)
class Dropping:
    """A post in somebody's hand, or a story without one, with all that is asked about its places."""

    schedule: Schedule
    post: Post | None
    channel: Channel
    used: Taken
    embargoed_until: datetime | None

    def at(self, at: datetime) -> Verdict:
        """Of a time."""
        try:
            goes_at = self._place(at)
        except MonadiError as error:
            return Verdict(refused=error)
        found = unfit(goes_at, self.used, self.channel.rhythm, self.channel.time_zone)
        near = min(self.used.near(goes_at), key=lambda other: abs(other - goes_at), default=None)
        return Verdict(goes_at=goes_at, unfit=found, near=near if Unfit.NEAR in found else None)

    def _place(self, at: datetime) -> datetime:
        post, channel = self.post, self.channel
        if at <= self.schedule.now:
            raise PastTime("", at)
        quiet = None if places.passes_quiet(post) else quiet_until(at, channel.rhythm, channel.time_zone)
        goes_at = first_place(quiet, self.used, channel.rhythm, channel.time_zone) if quiet else at
        if self.embargoed_until is not None and goes_at < self.embargoed_until:
            raise Embargoed(self.embargoed_until)
        if post is not None and (refused := _unmovable(post)):
            raise refused
        return goes_at

    async def on(self, others: Collection[Post]) -> dict[int, Verdict]:
        """Of other posts of the channel, by their ids: of exchanging the times."""
        if self.post is None:
            return {}
        planning = Planning(schedule=self.schedule)
        times = {other.id: other.due_at for other in others}
        refused = await planning.refusals(self.post, others, self.channel)
        return {
            id: Verdict(refused=error) if error else Verdict(goes_at=times[id])
            for id, error in refused.items()
        }

    def held(self) -> Verdict:
        """Of being held back."""
        post = self.post
        if post is None:
            return Verdict(refused=NotFound("post"))
        if post.state is PostState.PENDING and not post.begun:
            return Verdict()
        state = PostState.SENDING if post.state is PostState.PENDING else post.state
        return Verdict(refused=WrongState(state))


def _unmovable(post: Post) -> MonadiError | None:
    if post.state is PostState.PENDING and post.begun:
        return WrongState(PostState.SENDING)
    return None if post.state in WAITING else WrongState(post.state)


async def held_up(schedule: Schedule, post: Post) -> Dropping:
    """A post of the person's channels, in their hand."""
    channel = await schedule.channel(post.channel_id)
    return Dropping(
        schedule=schedule,
        post=post,
        channel=channel,
        used=await places.taken(schedule.db, channel, schedule.now, post),
        embargoed_until=await embargo.until(schedule.db, post.article_id),
    )
