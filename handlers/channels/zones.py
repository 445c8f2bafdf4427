"""A channel's time zone: chosen or typed, and what a change of it does to the posts that wait."""

import zlib
from datetime import datetime

from bot.desk.timetable import Changed, Timetable, named_zone, on_the_clock
from bot.errors import Contradiction, NotFound
from bot.line.calls import Keyboard
from bot.news.model import Channel, Post
from bot.news.plans import slots
from bot.news.plans.recurrence import Recurrence, rezoned
from bot.news.times import calendar
from handlers.channels import timetable
from handlers.phrases import OFTEN
from handlers.talk import Talk, button

_KEEP = {"h": True, "i": False}
"""What the buttons say of the posts that wait: they keep their hour on the clock, or their instant."""


async def ask(talk: Talk, channel_id: int) -> None:
    """Which zone? A press or the next message is the answer."""
    shown = await talk.schedule.channel(channel_id)
    say = talk.words
    buttons = [button(say(name), "channels.zone_for", shown.id, zone) for zone, name in OFTEN.items()]
    rows = [buttons[start : start + 2] for start in range(0, len(buttons), 2)]
    asked = say(
        "{channel} keeps the clock of {zone}. Press its new time zone, or send the name, "
        "for example Europe/Paris.",
        channel=shown.title,
        zone=shown.time_zone,
    )
    await talk.amend(asked, [*rows, [button(say("‹ Back"), "channels.slots", shown.id)]])
    await talk.ask("zone", say("Which time zone?"), channel=shown.id)
    await talk.answer()


async def answered(talk: Talk, about: dict[str, int]) -> None:
    """The answer to `ask`; a name that no zone has leaves the question open."""
    say = talk.words
    cities = {say(name): zone for zone, name in OFTEN.items()}
    zone = cities.get(talk.text.strip()) or named_zone(talk.text)
    if zone is None:
        text = talk.text.strip()[:40]
        await talk.reply(
            say(
                "There is no time zone “{text}”. Zones have names like Asia/Tehran or Europe/Paris.",
                text=text,
            )
        )
        return
    await talk.close_question()
    await _offer(talk, await talk.schedule.channel(about["channel"]), zone)


async def choose(talk: Talk, channel_id: int, zone: str) -> None:
    """A zone's button."""
    if named_zone(zone) != zone:
        raise NotFound("button")
    await talk.close_question()
    await _offer(talk, await talk.schedule.channel(channel_id), zone)


async def _offer(talk: Talk, where: Channel, zone: str) -> None:
    """Change the zone of a channel where nothing waits or comes back; else ask what shall become of that."""
    say = talk.words
    if zone == where.time_zone:
        await _told(talk, say("{channel} has that time zone already.", channel=where.title))
        return
    times = Timetable(schedule=talk.schedule)
    waiting, weekly = await times.waiting(where.id), await times.weekly(where.id)
    if not waiting and not weekly:
        changed = await times.set_zone(where.id, zone, seen=where.time_zone, keep_hour=False)
        await _show(talk, changed)
        return
    mark = _mark(where.time_zone)
    rows = [
        [button(say("🕰 Keep the hour on the clock"), "channels.zone_to", where.id, "h", mark, zone)],
        [button(say("🌍 Keep the instant"), "channels.zone_to", where.id, "i", mark, zone)],
        [button(say("‹ Back"), "channels.slots", where.id)],
    ]
    intro = [talk.words("{channel} is to keep the clock of {zone}.", channel=where.title, zone=zone)]
    parts = [intro, _of_posts(talk, where, waiting, zone), _of_weekly(talk, where, weekly, zone)]
    await _told(talk, "\n\n".join("\n".join(part) for part in parts if part), rows)


def _of_posts(talk: Talk, where: Channel, waiting: tuple[Post, ...], zone: str) -> list[str]:
    """How many posts wait, and what either way does to the first."""
    if not waiting:
        return []
    say, first = talk.words, waiting[0]
    moved = on_the_clock(first, where.time_zone, zone)
    return [
        say(
            "{count} {count:post waits|posts wait}. What shall become of {count:its time|their times}?",
            count=len(waiting),
        ),
        say(
            "The first is due {time} ({old}).",
            time=_hour(talk, first.due_at, where.time_zone),
            old=where.time_zone,
        ),
        say(
            "• Hour kept: {time} on the new clock, which is {was} on the old one.",
            time=_hour(talk, moved, zone),
            was=_hour(talk, moved, where.time_zone),
        ),
        say(
            "• Instant kept: readers get it when they would have; the new clock shows {time} then.",
            time=_hour(talk, first.due_at, zone),
        ),
    ]


def _of_weekly(talk: Talk, where: Channel, weekly: tuple[Recurrence, ...], zone: str) -> list[str]:
    """How many stories come back, and at which hours the first would after either answer."""
    if not weekly:
        return []
    say, first = talk.words, weekly[0]
    new = rezoned(first, where.time_zone, zone, talk.now, keep_hour=False)
    return [
        say(
            "{count} {count:story comes|stories come} back every week. What shall become of "
            "{count:its|their} times?",
            count=len(weekly),
        ),
        say("• Hour kept: on the new clock as before, {times}.", times=_weekly_times(talk, first)),
        say("• Instant kept: on the new clock then {times}.", times=_weekly_times(talk, new)),
    ]


def _weekly_times(talk: Talk, plan: Recurrence) -> str:
    return slots.show(plan.times, talk.words.language).replace("\n", talk.words("; "))


def _hour(talk: Talk, at: datetime, zone: str) -> str:
    return calendar.show(at, zone, talk.words.language)


async def decide(talk: Talk, channel_id: int, keep: str, mark: int, zone: str) -> None:
    """What becomes of the posts, decided for the zone that the channel had then."""
    where = await talk.schedule.channel(channel_id)
    if keep not in _KEEP or named_zone(zone) != zone:
        raise NotFound("button")
    if mark != _mark(where.time_zone):
        raise Contradiction("changed")
    times = Timetable(schedule=talk.schedule)
    changed = await times.set_zone(where.id, zone, seen=where.time_zone, keep_hour=_KEEP[keep])
    await _show(talk, changed)


async def _show(talk: Talk, changed: Changed) -> None:
    say = talk.words
    message, rows = await timetable.board(talk, changed.channel, changed.entry_id)
    told = [
        say(
            "{channel} has its new time zone: {zone}.",
            channel=changed.channel.title,
            zone=changed.channel.time_zone,
        )
    ]
    if changed.posts:
        told.append(
            say("{count} {count:post kept its|posts kept their} hour on the clock.", count=changed.posts)
        )
    if changed.weekly:
        told.append(
            say(
                "{count} {count:story|stories} that {count:comes|come} back every week "
                "{count:has|have} followed.",
                count=changed.weekly,
            )
        )
    if changed.held:
        told.append(
            say(
                "{count} of them {count:is|are} held: that hour is over, or too early; see /queue.",
                count=changed.held,
            )
        )
    await _told(talk, "\n".join(told))
    await talk.reply(message, rows)


async def _told(talk: Talk, text: str, rows: Keyboard | None = None) -> None:
    """In place of the page that was pressed, or as an answer."""
    if talk.update.callback_query:
        await talk.amend(text, rows)
        await talk.answer()
    else:
        await talk.reply(text, rows)


def _mark(zone: str) -> int:
    """A few digits that tell zones apart: a button has no room for two names."""
    return zlib.crc32(zone.encode()) % 10_000
