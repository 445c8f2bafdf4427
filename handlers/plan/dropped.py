"""What a person does on the week board, done as the same verb that is typed. Knows no HTTP.

Each call is one transaction. A drop carries what its person saw of the posts; where they are not so any more,
nothing is done and the board is shown as it is now, with the reason.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from telegram import Update

from bot.aside import aside
from bot.clock import Clock
from bot.desk import board_door, dropping, places
from bot.desk.dropping import Dropping, Verdict
from bot.desk.logbook import took_back
from bot.desk.order import Planning
from bot.errors import DeskError, MonadiError, NotFound, TypedTimeError
from bot.news.model import Post, PostState, Staff
from bot.news.plans.rhythm import Unfit
from bot.news.quiet import DAY
from bot.news.times import calendar
from bot.news.times.walltime import instant
from bot.web.board.asks import Drop, View
from bot.web.board.sheet import Answer, May, Sheet
from bot.web.board.story import StoryShown
from bot.words import N_, words
from handlers.phrases import explained
from handlers.plan import canceling, ready, weekboard, weekboard_story
from handlers.plan.scheduling import echo, remarks
from handlers.plan.weekboard_words import door_words
from handlers.posts import seen
from handlers.talk import House, Talk
from storage import Db, Storage

_LAST_MINUTE = 2**33 // 60  # in 2242: no calendar of ours goes further


class _Changed(Exception):
    """It is not as it was seen."""

    def __init__(self, post: Post) -> None:
        super().__init__(post.id)
        self.post = post


@dataclass(frozen=True, kw_only=True)
class Table:
    """The newsroom behind the board."""

    storage: Storage
    clock: Clock
    house: House

    def door(self) -> Mapping[str, str]:
        """What is said before anybody is known."""
        return {**door_words(words(self.house.language)), "lang": self.house.language}

    async def by_link(self, link: str) -> str | None:
        """The session that a link opens; None where it opens none (any more)."""
        now = await self.clock()
        try:
            async with self.storage.begin() as db:
                return await board_door.by_link(db, link, now)
        except NotFound:
            return None

    async def by_signature(self, signature: str, person_id: int) -> str | None:
        """The session of whom Telegram has named; None where that was used before."""
        now = await self.clock()
        try:
            async with self.storage.begin() as db:
                return await board_door.by_signature(db, signature, person_id, now)
        except NotFound:
            return None

    async def leave(self, session: str) -> None:
        async with self.storage.begin() as db:
            await board_door.leave(db, session)

    async def person(self, session: str) -> int | None:
        """Whose session it is; None where it is over, or they work here no more."""
        now = await self.clock()
        async with self.storage.begin() as db:
            who = await board_door.who(db, session, now)
            return who.id if who is not None else None

    async def story(self, session: str, post_id: int) -> StoryShown | Answer | None:
        """A post's story, with the post as it will look; None as in `sheet`."""
        shown = partial(weekboard_story.story, post_id=post_id)
        return await aside(partial(self._read, session, shown))

    async def sheet(self, session: str, view: View) -> Sheet | Answer | None:
        """The week; None where nobody is known by that session."""
        return await self._read(session, lambda talk: weekboard.sheet(talk, view.channel, view.week))

    async def places(self, session: str, drop: Drop, view: View) -> dict[str, May] | Answer | None:
        """What holds of each place of the week, were the post dropped there; None as in `sheet`."""
        return await self._read(session, lambda talk: _places(talk, drop, view))

    async def drop(self, session: str, drop: Drop, view: View) -> Answer | None:
        """Do it. What is refused leaves nothing behind; None as in `sheet`."""
        return await self._done(session, view, lambda talk: _dropped(talk, drop, view))

    async def undo(self, session: str, entry_id: int, view: View) -> Answer | None:
        """Take back a change, or do again what was taken back."""
        return await self._done(session, view, lambda talk: _undone(talk, entry_id))

    async def _read[T](self, session: str, read: Callable[[Talk], Awaitable[T]]) -> T | Answer | None:
        """What a person looks at, or why it can't be seen."""
        now = await self.clock()
        async with self.storage.begin() as db:
            who = await board_door.who(db, session, now)
            if who is None:
                return None
            try:
                return await read(self._talk(db, who, now))
            except (DeskError, TypedTimeError) as error:
                return Answer(done=False, said=self._why(error, who))

    async def _done(self, session: str, view: View, do: Callable[[Talk], Any]) -> Answer | None:
        now = await self.clock()
        who: Staff | None = None
        try:
            async with self.storage.begin() as db:
                who = await board_door.who(db, session, now)
                if who is None:
                    return None
                talk = self._talk(db, who, now)
                answer: Answer = await do(talk)
                return replace(answer, sheet=await weekboard.sheet(talk, view.channel, view.week))
        except _Changed as changed:
            said = None
            post = changed.post
        except (DeskError, TypedTimeError) as error:
            assert who is not None  # nobody unknown is refused
            said, post = self._why(error, who), None
        return await self._refused(session, view, said, post)

    async def _refused(self, session: str, view: View, said: str | None, post: Post | None) -> Answer | None:
        """Nothing was done: why, and the board as it is."""
        now = await self.clock()
        async with self.storage.begin() as db:
            who = await board_door.who(db, session, now)
            if who is None:
                return None
            talk = self._talk(db, who, now)
            said = said if said is not None else await seen.said_of_change(talk, post)
            try:
                shown = await weekboard.sheet(talk, view.channel, view.week)
            except DeskError:
                return Answer(done=False, said=said)
            return Answer(done=False, said=said, sheet=shown)

    def _talk(self, db: Db, who: Staff, now: datetime) -> Talk:
        return Talk(db=db, house=self.house, update=Update(update_id=0), who=who, now=now)

    def _why(self, error: MonadiError, who: Staff) -> str:
        return explained(error, words(who.language), zone=self.house.time_zone, person_id=who.id)


async def _as_seen(talk: Talk, post_id: int, was: str) -> Post:
    post = await talk.schedule.post(post_id)
    if seen.of(post) != was:
        raise _Changed(post)
    return post


async def _dropped(talk: Talk, drop: Drop, view: View) -> Answer:
    if drop.story:
        return await _put(talk, drop, view)
    post = await _as_seen(talk, drop.post, drop.seen)
    say = talk.words
    if drop.key == "held":
        moved, said = await talk.schedule.hold(post.id), [say("Held. It stays until you release it.")]
    elif drop.key == "cancel":
        moved, said = await talk.schedule.cancel(post.id), [say("Canceled; you can still undo it.")]
        await canceling.tell(talk, post, canceling.CANCELED)
    elif drop.key.startswith("p"):
        other = await _as_seen(talk, _number(drop.key), drop.other_seen)
        moved = await Planning(schedule=talk.schedule).swap(post.id, other.id)
        said = [say("Exchanged.")]
    else:
        where = await talk.schedule.channel(post.channel_id)
        asked = time_of(drop, where.time_zone)
        moved = await talk.schedule.move(post.id, asked)
        said = [
            *await remarks(talk, moved, asked, where),
            say("Moved to {time}.", time=echo(talk, moved.due_at, where)),
        ]
    entry = await Planning(schedule=talk.schedule).undoable(moved)
    return Answer(done=True, said="\n".join(said), undo=entry.id if entry else None)


async def _put(talk: Talk, drop: Drop, view: View) -> Answer:
    """A story gets a post at a time, as by a typed one."""
    where = await talk.schedule.channel(view.channel)
    asked = time_of(drop, where.time_zone)
    post = await talk.schedule.at(drop.story, ready.version_of(drop), where.id, asked)
    when = echo(talk, post.due_at, where)
    said = [
        *await remarks(talk, post, asked, where),
        talk.words("In the queue of {channel}: {time}.", channel=where.title, time=when),
    ]
    return Answer(done=True, said="\n".join(said), put=(post.id, seen.of(post)))


async def _undone(talk: Talk, entry_id: int) -> Answer:
    planning = Planning(schedule=talk.schedule)
    post = await planning.undo(entry_id)
    entry = await talk.db.audit.get(entry_id)
    redone = entry is not None and took_back(entry)
    was_canceled = entry is not None and (entry.detail or {})["now"]["state"] == PostState.CANCELED
    if was_canceled or post.state is PostState.CANCELED:
        await canceling.tell(talk, post, canceling.BACK if was_canceled else canceling.CANCELED)
    said = N_("It is done again.") if redone else N_("Undone: all is as it was before.")
    again = await planning.undoable(post)
    return Answer(done=True, said=talk.words(said), undo=again.id if again else None)


async def _places(talk: Talk, drop: Drop, view: View) -> dict[str, May]:
    if drop.story:
        hand = await ready.held_up(talk, drop, await talk.schedule.channel(view.channel))
    else:
        hand = await dropping.held_up(talk.schedule, await talk.schedule.post(drop.post))
    channel = hand.channel
    if drop.key:  # one time that was typed
        return {drop.key: _may_at(hand, time_of(drop, channel.time_zone), talk)}
    first = weekboard.first_of(talk, channel, view.week)
    taken = await places.taken(talk.db, channel, talk.now)
    times = [at for at, _ in weekboard.times_of(channel, taken, first, talk.now)]
    times += [other.due_at for other in await weekboard.held_of(talk, channel) if other.due_at > talk.now]
    found = {weekboard.key_of(at): _may_at(hand, at, talk) for at in times}
    others = await weekboard.posts_of(talk, channel, first)
    told = await hand.on(others)
    if hand.post is None:
        none = May(no=talk.words("It has no time here yet: put it into a slot, or at a time of your own."))
        return found | {f"p{post.id}": none for post in others} | {"held": none}
    found |= {f"p{id}": _may(verdict, hand, talk) for id, verdict in told.items()}
    found[f"p{hand.post.id}"] = May(no=talk.words("It is there already."))
    return found | {"held": _may(hand.held(), hand, talk)}


def _may_at(hand: Dropping, at: datetime, talk: Talk) -> May:
    verdict, say = hand.at(at), talk.words
    may = _may(verdict, hand, talk)
    if verdict.goes_at is None or verdict.goes_at == at:
        return may
    time = calendar.relative(verdict.goes_at, talk.now, hand.channel.time_zone, say.language)
    return May(ah=" · ".join(filter(None, (say("in quiet hours: it goes to {time}", time=time), may.ah))))


def _may(verdict: Verdict, hand: Dropping, talk: Talk) -> May:
    say, zone = talk.words, hand.channel.time_zone
    if verdict.refused is not None:
        return May(no=explained(verdict.refused, say, zone=zone, person_id=talk.who.id))
    notes = []
    for why in verdict.unfit:
        if why is Unfit.NEAR and verdict.near is not None:
            hour = calendar.show_hour(verdict.near, zone, say.language)
            notes.append(say("too near to the post of {hour}", hour=hour))
        else:
            notes.append(say(weekboard.UNFIT[why]))
    return May(ah=" · ".join(notes))


def time_of(drop: Drop, zone: str) -> datetime:
    """The moment that is asked for: of a slot, or of a day and a minute on the channel's clock.

    Raises:
        NotFound: no place of ours has such a key.
    """
    if drop.key.startswith("t"):
        minute = _number(drop.key)
        if minute > _LAST_MINUTE:
            raise NotFound("button")
        return datetime.fromtimestamp(minute * 60, UTC)
    try:
        day = date.fromisoformat(drop.key)
    except ValueError as error:
        raise NotFound("button") from error
    if not 0 <= drop.minute < DAY or not 2000 <= day.year < 2200:
        raise NotFound("button")
    return instant(day, drop.minute, ZoneInfo(zone))


def _number(key: str) -> int:
    digits = key[1:]
    if not (digits.isascii() and digits.isdigit() and len(digits) < 16):
        raise NotFound("button")
    return int(digits)
