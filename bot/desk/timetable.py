"""The desk's verbs on when a channel posts: its slots, quiet hours, spacing, limits and time zone.

Every one is one change in one transaction, written down with what was before, so that it can be undone.
Knows no Telegram.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any
from zlib import crc32
from zoneinfo import available_timezones

from bot.desk import embargo, returning
from bot.desk.logbook import note, took_back
from bot.desk.schedule import Schedule
from bot.desk.stories import WAITING
from bot.errors import Contradiction, NotFound
from bot.news.model import Channel, Post, PostState, Slot
from bot.news.plans import slots
from bot.news.plans.recurrence import Recurrence
from bot.news.quiet import Quiet, Rhythm
from bot.news.times.walltime import same_hour

SPACINGS = (0, 10, 20, 30, 60)
"""Minutes."""
HOURLY = (0, 1, 2, 3, 4, 6)
DAILY = (0, 3, 5, 10, 15, 20, 30)
"""Posts at most; 0 for as many as there are."""
type Time = tuple[int, int]
"""A weekday (0 Monday … 6 Sunday) and a minute of it."""
_LONGEST_ZONE = 30
"""Characters of a zone's name: a button has room for 64."""


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A channel after a change of its timetable, and the log's entry of it."""

    channel: Channel
    entry_id: int
    posts: int = 0  # that have another time now
    held: int = 0  # whose time would be over
    weekly: int = 0  # stories that come back, and have followed the clock into another zone
    took_back: bool = False  # it took another change back


@dataclass(frozen=True, kw_only=True)
class Timetable:
    """What a channel admin decides about a channel's times."""

    schedule: Schedule

    async def add_slots(self, channel_id: int, new: Iterable[Slot]) -> Changed:
        """Add weekly slots; those that the channel has already are passed over.

        Raises:
            Contradiction: they would be in quiet hours, too near, or are there with another kind.
        """
        channel, new = await self.schedule.channel(channel_id), tuple(new)
        there = {(slot.weekday, slot.minute): slot for slot in channel.slots}
        other = [slot for slot in new if _kind(there.get((slot.weekday, slot.minute), slot)) != _kind(slot)]
        if other:
            raise Contradiction("kind", tuple(there[slot.weekday, slot.minute] for slot in other))
        if resting := slots.resting(new, channel.rhythm):
            raise Contradiction("resting", resting)
        if near := slots.too_near(
            {**there, **{(s.weekday, s.minute): s for s in new}}.values(), channel.rhythm.spacing
        ):
            raise Contradiction("near", near)
        await self.schedule.db.channels.add_slots(channel_id, new)
        return await self._logged("add_slots", channel)

    async def remove_slots(self, channel_id: int, times: Collection[Time]) -> Changed:
        """Raises NotFound where the channel has none of them (any more)."""
        channel = await self.schedule.channel(channel_id)
        for slot in _there(channel, times):
            await self.schedule.db.channels.remove_slot(slot.id)
        return await self._logged("remove_slots", channel)

    async def set_kind(self, channel_id: int, times: Collection[Time], **kind: str | int | None) -> Changed:
        """Say which stories slots take: `kind` is the slots' new category, or urgency, or both.

        Raises:
            NotFound: the channel has none of them (any more).
        """
        channel = await self.schedule.channel(channel_id)
        meant = {slot.id for slot in _there(channel, times)}
        every = [
            replace(slot, **kind) if slot.id in meant else slot  # type: ignore[arg-type]  # fields of a slot
            for slot in channel.slots
        ]
        await self.schedule.db.channels.replace_slots(channel_id, every)
        return await self._logged("set_kind", channel)

    async def add_quiet(
        self, channel_id: int, new: Iterable[Quiet], *, without_slots: bool = False
    ) -> Changed:
        """Add quiet hours; `without_slots` removes the slots in them.

        Raises:
            Contradiction: all week would be quiet, or the channel has slots in them.
        """
        channel = await self.schedule.channel(channel_id)
        quiet = tuple(dict.fromkeys((*channel.rhythm.quiet, *new)))
        rhythm = replace(channel.rhythm, quiet=quiet)
        if not rhythm.leaves_room:
            raise Contradiction("no_room")
        resting = slots.resting(channel.slots, rhythm)
        if resting and not without_slots:
            raise Contradiction("resting", resting)
        for slot in resting:
            await self.schedule.db.channels.remove_slot(slot.id)
        await self.schedule.db.channels.set_rhythm(channel_id, rhythm)
        return await self._logged("add_quiet", channel)

    async def remove_quiet(self, channel_id: int, quiet: Quiet) -> Changed:
        """Raises NotFound where the channel has no such quiet hours (any more)."""
        channel = await self.schedule.channel(channel_id)
        if quiet not in channel.rhythm.quiet:
            raise NotFound("button")
        kept = tuple(one for one in channel.rhythm.quiet if one != quiet)
        return await self._set(channel, "remove_quiet", replace(channel.rhythm, quiet=kept))

    async def set_spacing(self, channel_id: int, minutes: int) -> Changed:
        """How far apart posts stand at least: one of `SPACINGS`.

        Raises:
            Contradiction: two slots are nearer than that.
        """
        channel = await self.schedule.channel(channel_id)
        if minutes not in SPACINGS:
            raise NotFound("button")
        if near := slots.too_near(channel.slots, minutes):
            raise Contradiction("near", near)
        return await self._set(channel, "set_spacing", replace(channel.rhythm, spacing=minutes))

    async def set_most(
        self, channel_id: int, *, hourly: int | None = None, daily: int | None = None
    ) -> Changed:
        """How many posts at most an hour (one of `HOURLY`), or a day (one of `DAILY`)."""
        channel = await self.schedule.channel(channel_id)
        if hourly not in {None, *HOURLY} or daily not in {None, *DAILY}:
            raise NotFound("button")
        rhythm = channel.rhythm
        if hourly is not None:
            rhythm = replace(rhythm, per_hour=hourly or None)
        if daily is not None:
            rhythm = replace(rhythm, per_day=daily or None)
        return await self._set(channel, "set_most", rhythm)

    async def waiting(self, channel_id: int) -> tuple[Post, ...]:
        """The channel's posts whose time a change of its zone is about."""
        await self.schedule.channel(channel_id)
        return await self.schedule.db.posts.of_channel(channel_id, *WAITING)

    async def weekly(self, channel_id: int) -> tuple[Recurrence, ...]:
        """What comes back in the channel: a change of its zone is about that, too."""
        await self.schedule.channel(channel_id)
        return tuple(
            plan for plan in await self.schedule.db.recurrences.going() if plan.channel_id == channel_id
        )

    async def set_zone(self, channel_id: int, zone: str, *, seen: str, keep_hour: bool) -> Changed:
        """Give the channel another time zone: its posts keep their hour on the clock, or their instant.

        So does what comes back every week. A post whose hour is over on the new clock, or before its
        embargo's end, is held. `seen` is the zone that the channel had when the person decided.

        Raises:
            Contradiction: it has another zone by now.
            NotFound: there is no such zone.
        """
        channel = await self.schedule.channel(channel_id)
        if named_zone(zone) != zone:
            raise NotFound("button")
        if channel.time_zone != seen:
            raise Contradiction("changed")
        posts, held = [], 0
        for post in await self.waiting(channel_id):
            due_at = on_the_clock(post, channel.time_zone, zone) if keep_hour else post.due_at
            await self.schedule.db.posts.set_zone(post.id, zone, due_at, now=self.schedule.now)
            held += await self._held(post, due_at)
            await self.schedule.db.cards.touch(post.article_id)
            posts.append([post.id, post.due_at.isoformat(), post.zone, due_at.isoformat()])
        weekly = await returning.rezone(
            self.schedule.db, channel_id, channel.time_zone, zone, self.schedule.now, keep_hour=keep_hour
        )
        await self.schedule.db.channels.set_zone(channel_id, zone)
        more = {"posts": posts, "weekly": weekly, "keep_hour": keep_hour}
        changed = await self._logged("set_zone", channel, **more)
        return replace(changed, posts=len(posts) if keep_hour else 0, held=held, weekly=len(weekly))

    async def undo(self, entry_id: int) -> Changed:
        """Put back what a change of the timetable has changed, if it is still as that has left it.

        Posts that were moved since stay where they are.

        Raises:
            NotFound: it is no such change.
            Contradiction: there was another change since.
        """
        entry = await self.schedule.db.audit.get(entry_id)
        if entry is None or entry.channel_id is None or "timetable" not in (entry.detail or {}):
            raise NotFound("button")
        channel = await self.schedule.channel(entry.channel_id)
        change = (entry.detail or {})["timetable"]
        if _snapshot(channel) != change["now"]:
            raise Contradiction("changed")
        await self._restore(channel.id, change["was"])
        moved = [await self._put_back(post, channel.time_zone) for post in change.get("posts", ())]
        if weekly := change.get("weekly"):
            zones, keep_hour = (change["was"]["zone"], change["now"]["zone"]), change["keep_hour"]
            await returning.rezone_back(
                self.schedule.db, weekly, *zones, self.schedule.now, keep_hour=keep_hour
            )
        verb = "redo_timetable" if took_back(entry) else "undo_timetable"
        changed = await self._logged(verb, channel, of=entry_id)
        return replace(changed, posts=sum(moved), took_back=not took_back(entry))

    async def _restore(self, channel_id: int, was: dict[str, Any]) -> None:
        times = [
            Slot(weekday=day, minute=minute, category=category, urgency=urgency)
            for day, minute, category, urgency in was["slots"]
        ]
        await self.schedule.db.channels.replace_slots(channel_id, times)
        await self.schedule.db.channels.set_rhythm(channel_id, _rhythm(was["rhythm"]))
        await self.schedule.db.channels.set_zone(channel_id, was["zone"])

    async def _put_back(self, moved: list[Any], zone: str) -> bool:
        post_id, was, was_zone, left = moved
        post = await self.schedule.db.posts.get(post_id)
        if post is None or post.zone != zone or post.due_at != datetime.fromisoformat(left):
            return False
        due_at = datetime.fromisoformat(was)
        if post.state is PostState.HELD and post.reason == "zone" and due_at > self.schedule.now:
            await self.schedule.db.posts.change(
                post_id, PostState.PENDING, frm={PostState.HELD}, now=self.schedule.now
            )
        await self.schedule.db.cards.touch(post.article_id)
        return (
            await self.schedule.db.posts.set_zone(post_id, was_zone, due_at, now=self.schedule.now)
            and was != left
        )

    async def _held(self, post: Post, due_at: datetime) -> bool:
        """Whether a post has to be held since its new time is over or comes before its embargo's end."""
        end = await embargo.until(self.schedule.db, post.article_id)
        fine = self.schedule.now < due_at and not (end and due_at < end)
        if fine or due_at == post.due_at:
            return False
        return await self.schedule.db.posts.change(
            post.id, PostState.HELD, frm={PostState.PENDING}, now=self.schedule.now, reason="zone"
        )

    async def _set(self, channel: Channel, verb: str, rhythm: Rhythm) -> Changed:
        await self.schedule.db.channels.set_rhythm(channel.id, rhythm)
        return await self._logged(verb, channel)

    async def _logged(self, verb: str, was: Channel, **more: Any) -> Changed:
        channel = await self.schedule.channel(was.id)
        change = {"was": _snapshot(was), "now": _snapshot(channel), **more}
        entry_id = await note(self.schedule.desk, verb, channel_id=was.id, timetable=change)
        await self.schedule.db.cards.touch_planned(was.id)  # they show the next free slot
        return Changed(channel=channel, entry_id=entry_id)


def named_zone(typed: str) -> str | None:
    """The zone of that name, whatever its case and blanks; None where there is none."""
    wanted = "_".join(typed.split()).casefold()
    return _zones().get(wanted)


@cache
def _zones() -> dict[str, str]:
    return {zone.casefold(): zone for zone in available_timezones() if len(zone) <= _LONGEST_ZONE}


def on_the_clock(post: Post, old: str, new: str) -> datetime:
    """The instant at which a clock of the new zone shows what the old one's shows at the post's time."""
    return same_hour(post.due_at, post.zone or old, new)


def revision(channel: Channel) -> str:
    """What a channel's timetable is, as a button holds it: another one once anything of it has changed."""
    return f"t{crc32(json.dumps(_snapshot(channel)).encode()):x}"


def _there(channel: Channel, times: Collection[Time]) -> list[Slot]:
    found = [slot for slot in channel.slots if (slot.weekday, slot.minute) in times]
    if not found:
        raise NotFound("slot")
    return found


def _kind(slot: Slot) -> tuple[str | None, int | None]:
    return slot.category, slot.urgency


def _snapshot(channel: Channel) -> dict[str, Any]:
    """A channel's timetable as JSON values."""
    rhythm = asdict(channel.rhythm)
    rhythm["quiet"] = [
        {**asdict(quiet), "weekdays": sorted(quiet.weekdays)} for quiet in channel.rhythm.quiet
    ]
    return {
        "slots": [[slot.weekday, slot.minute, slot.category, slot.urgency] for slot in channel.slots],
        "rhythm": rhythm,
        "zone": channel.time_zone,
    }


def _rhythm(stored: dict[str, Any]) -> Rhythm:
    quiet = tuple(Quiet(**{**one, "weekdays": frozenset(one["weekdays"])}) for one in stored["quiet"])
    return Rhythm(**{**stored, "quiet": quiet})
