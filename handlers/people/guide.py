"""`/guide`: an owner's way from an empty bot to the first post, step by step. Decides nothing.

What is done is read in the books each time and ticks itself; kept are only the steps that were done when it
was last shown, and those that no book tells of (`Guide.confirmed`).
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.delivery.sending import About
from bot.desk.ledger import STORIES
from bot.desk.rights import OWNERS, may
from bot.errors import NotFound
from bot.line import calls
from bot.line.calls import Keyboard
from bot.news.model import Channel, Message, Role, Staff
from bot.news.talk import Guide
from bot.words import N_, Words, words
from handlers.phrases import OFTEN
from handlers.talk import House, Talk, button, in_reading_order, titled
from handlers.which_channel import SHOWN, TOGETHER
from storage import Db

STEPS: Final = {
    "channel": (
        N_("Channel"),
        N_(
            "Make me an administrator of your channel, with the right to post; I notice it by myself. Or "
            "send me /connect and the channel's @name."
        ),
    ),
    "zone": (N_("Time zone"), N_("By the clock of which city does the channel post?")),
    "slots": (
        N_("Slots"),
        N_("When in the week does the channel post? What is approved queues for these slots."),
    ),
    "people": (
        N_("Colleagues"),
        N_("Who writes, who edits? Add them here, or have them write to me: I ask you before I let them in."),
    ),
    "story": (
        N_("First story"),
        N_(
            "Paste your copy here, whole: you get it back as the post it will be. Submit it, approve it, and "
            "press the time at which it is to go out."
        ),
    ),
}
"""Each step: its name, and what to do for it."""
_BY_WORD: Final = frozenset({"zone", "people"})
"""Steps that may be done with nothing changed: the clock was right, an owner works alone."""


type Sent = Callable[[Db, About, datetime], Awaitable[None]]
"""Tells the people of a post that it is out."""


@dataclass(frozen=True, kw_only=True)
class _Standing:
    """The connected channels, the first of them, and the steps that are done."""

    channels: tuple[Channel, ...]
    done: tuple[str, ...]

    @property
    def next(self) -> str:
        """The first step that is not done; the last where all are."""
        return next((step for step in STEPS if step not in self.done), "story")


async def command(talk: Talk, rest: str) -> None:
    """`/guide`, for owners."""
    del rest
    await talk.reply(*await _shown(talk.db, talk.who, talk.house), to=talk.who.id)


async def show(talk: Talk, step: str = "") -> None:
    """A press on a step, or on the guide's name: the first that is not done."""
    talk.desk.require(OWNERS)
    if step and step not in STEPS:
        raise NotFound("button")
    await talk.amend(*await _shown(talk.db, talk.who, talk.house, step))
    await talk.answer()


async def confirm(talk: Talk, step: str) -> None:
    """A press that says: nothing is to be changed here."""
    talk.desk.require(OWNERS)
    if step not in _BY_WORD:
        raise NotFound("button")
    led = await _led(talk.db, talk.who)
    await talk.db.guides.put(replace(led, confirmed=tuple({*led.confirmed, step})))
    await show(talk)


async def close(talk: Talk) -> None:
    """The owner finds their way alone; `/guide` opens it again."""
    talk.desk.require(OWNERS)
    await talk.db.guides.put(replace(await _led(talk.db, talk.who), closed=True))
    await talk.amend(talk.words("The guide is closed. /guide shows it again."))
    await talk.answer()


async def goes_on(talk: Talk) -> None:
    """Show an owner the next step where what they have just done was one, and they are being led."""
    if may(talk.who, OWNERS) and (led := await talk.db.guides.get(talk.who.id)) and not led.closed:
        await _tell(talk.db, talk.who, talk.house, led)


@dataclass(kw_only=True)
class FirstPost:
    """A post is out: whoever has to be is `told`, and the owners who are being led see their step done.

    The first one of a process is enough: from then on the books say it to every guide that is opened.
    """

    told: Sent
    house: House
    is_out: bool = False

    async def __call__(self, db: Db, out: About, now: datetime) -> None:
        await self.told(db, out, now)
        if self.is_out:
            return
        self.is_out = True
        for led in await db.guides.open():
            who = await db.staff.get(led.person_id)
            if who is not None and may(who, OWNERS):
                await _tell(db, who, self.house, led)


async def _tell(db: Db, who: Staff, house: House, led: Guide) -> None:
    standing = await _standing(db, who, house, led)
    if set(standing.done) - set(led.told):
        message, rows = await _shown(db, who, house)
        await db.notices.add(who.id, *calls.message_call(who.id, message, rows))


async def _led(db: Db, who: Staff) -> Guide:
    return await db.guides.get(who.id) or Guide(person_id=who.id)


async def _standing(db: Db, who: Staff, house: House, led: Guide) -> _Standing:
    """How far the newsroom is, by its books."""
    channels = await db.channels.page(limit=SHOWN)
    moved = any(channel.time_zone != house.time_zone for channel in channels)
    is_done = {
        "channel": bool(channels),
        "zone": bool(channels) and (moved or "zone" in led.confirmed),
        "slots": any(channel.slots for channel in channels),
        "people": "people" in led.confirmed
        or any(one.id != who.id for one in await db.staff.with_role(*Role)),
        "story": bool(await db.articles.in_states(*STORIES, limit=1)),
    }
    return _Standing(channels=channels, done=tuple(step for step in STEPS if is_done[step]))


async def _shown(db: Db, who: Staff, house: House, step: str = "") -> tuple[Message, Keyboard]:
    """The guide at a step, which is noted as shown; it is over once all is done."""
    led = await _led(db, who)
    standing, say = await _standing(db, who, house, led), words(who.language)
    over = len(standing.done) == len(STEPS)
    await db.guides.put(replace(led, told=standing.done, closed=over))
    at = step or standing.next
    lines = [
        f"{'✅' if one in standing.done else '▫️'} {say.number(number)}. {say(name)}"
        for number, (one, (name, _)) in enumerate(STEPS.items(), start=1)
    ]
    lines += ["", *_said(standing, at, say, over=over and not step)]
    title = say("🧭 To the first post: {done} of {count}", done=len(standing.done), count=len(STEPS))
    each = [
        button(f"{'✅' if one in standing.done else '▫️'} {say(name)}", "people.guide", one)
        for one, (name, _) in STEPS.items()
        if one != at or (over and not step)  # what is open is no button
    ]
    rows = [*_ways(standing, at, say), in_reading_order(each[:3], say), in_reading_order(each[3:], say)]
    rows = [row for row in rows if row]
    if not over:
        rows.append([button(say("✖️ Close the guide"), "people.guide_close")])
    return titled(title, "\n".join(lines)), rows


def _said(standing: _Standing, step: str, say: Words, *, over: bool) -> list[str]:
    """What there is to do at a step."""
    if over:
        return [say("All done: your newsroom works. Each step stays open here, under /guide.")]
    if step in {"zone", "slots"} and not standing.channels:
        return [say("First connect a channel: then I ask you this.")]
    name, text = STEPS[step]
    lines = [f"👉 {say(name)}", say(text)]
    if step == "zone":
        lines += [
            f"• {one.title}: {say(OFTEN.get(one.time_zone, one.time_zone))}"
            for one in standing.channels[:TOGETHER]
        ]
    return lines


def _ways(standing: _Standing, step: str, say: Words) -> Keyboard:
    """The buttons that lead to a step's own dialogue."""
    few = standing.channels[:TOGETHER]
    if step == "people":
        rows = [
            [button(say("➕ Add somebody"), "people.add"), button(say("🔗 Invitation link"), "people.invite")]
        ]
        alone = [button(say("I work alone"), "people.guide_ok", step)]
        return rows if step in standing.done else [*rows, alone]
    if step == "zone" and few:
        right = [] if step in standing.done else [[button(say("✅ That is right"), "people.guide_ok", step)]]
        return right + [
            [button(say("🌍 Another for {channel}", channel=one.title), "channels.zone", one.id)]
            for one in few
        ]
    if step == "slots":
        return [
            [button(say("🕰 Slots of {channel}", channel=one.title), "channels.add_slots", one.id)]
            for one in few
        ]
    return []
