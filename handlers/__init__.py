"""What people say to the bot, read and answered: one table of commands, one of buttons, one of answers.

The table of commands yields the routing, `/help` and the menu that Telegram shows (`setMyCommands`).
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from bot.desk.stories import APPROVERS, SCHEDULERS, WRITERS
from bot.news.model import Role, Staff
from bot.words import N_, words
from handlers import commands, which_channel
from handlers.channels import connecting, holidays, one_slot, rhythm, timetable, weekly, zones
from handlers.plan import (
    board,
    digests,
    embargo,
    lateness,
    month,
    one_turn,
    pausing,
    planning,
    queue,
    recurring,
    scheduling,
    week,
)
from handlers.posts import afterwards, holding
from handlers.story import decisions, editing, proposing, repairs, spelling, urgent, warnings
from handlers.talk import Talk, titled

EVERYONE = frozenset(Role)


@dataclass(frozen=True, kw_only=True)
class Command:
    """A command: what it is for (a line in `/help`), who may use it, and what it does with its words."""

    name: str
    about: str
    roles: frozenset[Role]
    do: Callable[[Talk, str], Awaitable[None]]


async def _help(talk: Talk, rest: str) -> None:
    del rest
    say = talk.words
    lines = [
        say("/{name} — {about}", name=command.name, about=say(command.about))
        for command in for_roles(talk.who.roles)
    ]
    await talk.reply(titled(say("What I can do for you"), "\n".join(lines)))


COMMANDS = (
    Command(name="start", about=N_("who you are here"), roles=EVERYONE, do=commands.start),
    Command(name="help", about=N_("all commands"), roles=EVERYONE, do=_help),
    Command(name="drafts", about=N_("your own stories"), roles=WRITERS, do=commands.drafts),
    Command(
        name="desk", about=N_("the stories that wait for you"), roles=APPROVERS | SCHEDULERS, do=commands.desk
    ),
    Command(name="queue", about=N_("what is coming in the channels"), roles=SCHEDULERS, do=board.command),
    Command(
        name="pause",
        about=N_("stop a channel, or let it go on: /pause @name"),
        roles=SCHEDULERS,
        do=pausing.command,
    ),
    Command(name="week", about=N_("the channels' week as a picture"), roles=SCHEDULERS, do=week.command),
    Command(
        name="slots",
        about=N_("the weekly times of the channels"),
        roles=SCHEDULERS,
        do=timetable.command,
    ),
    Command(
        name="connect", about=N_("connect a channel: /connect @name"), roles=SCHEDULERS, do=connecting.command
    ),
    Command(
        name="recurring",
        about=N_("what comes back every week"),
        roles=SCHEDULERS,
        do=recurring.command,
    ),
    Command(
        name="digest",
        about=N_("the channels' digests: /digest @name sat-wed 21:00"),
        roles=SCHEDULERS,
        do=digests.command,
    ),
    Command(
        name="holidays",
        about=N_("the public holidays I warn of"),
        roles=SCHEDULERS | APPROVERS,
        do=holidays.command,
    ),
    Command(
        name="style",
        about=N_("how the newsroom spells"),
        roles=frozenset({Role.OWNER}),
        do=spelling.command,
    ),
    Command(name="language", about=N_("the language I speak to you"), roles=EVERYONE, do=commands.language),
    Command(name="cancel", about=N_("drop the question I asked"), roles=EVERYONE, do=commands.cancel),
)

PRESSES: dict[str, Callable[..., Awaitable[None]]] = {
    "status": decisions.status,
    "submit": decisions.submit,
    "approve": decisions.approve,
    "request_changes": decisions.request_changes,
    "edit": editing.ask,
    "undo": decisions.undo,
    "correct": decisions.correct,
    "kill": decisions.kill,
    "spike": decisions.spike,
    "unspike": decisions.unspike,
    "view": decisions.view,
    "warned": warnings.tell,
    "embargo": embargo.ask,
    "embargoat": embargo.at,
    "lift": embargo.ask_to_lift,
    "urgency": urgent.set_urgency,
    "urgent": urgent.ask,
    "urgentyes": urgent.confirm,
    "urgentno": urgent.refuse,
    "after": afterwards.choose,
    "setafter": afterwards.set_,
    "noholiday": holidays.strike,
    "holiday": holidays.bring_back,
    "addholiday": holidays.ask,
    "mended": repairs.show,
    "mends": repairs.turn,
    "unmend": repairs.take_back,
    "unmendall": repairs.take_back_all,
    "nevermend": repairs.never_again,
    "style": spelling.choose,
    "propose": proposing.ask,
    "takeheadline": proposing.take_headline,
    "takepoints": proposing.take_points,
    "open": commands.open_card,
    "slot": scheduling.into_slot,
    "time": scheduling.ask_time,
    "at": scheduling.at,
    "now": scheduling.now,
    "queue": board.show,
    "channels": which_channel.leaf,
    "board": board.show_below,
    "pause": pausing.pause,
    "resume": pausing.ask,
    "goonwith": pausing.resume,
    "undoresume": pausing.undo,
    "week": week.show,
    "pick": month.below,
    "month": month.show,
    "monthday": month.day,
    "monthhour": month.hour,
    "monthat": month.at,
    "noday": month.no_day,
    "nomonth": month.leave,
    "post": queue.post_page,
    "page": queue.page_below,
    "preview": planning.preview,
    "earlier": planning.earlier,
    "later": planning.later,
    "swap": planning.choose,
    "swapwith": planning.swap,
    "undoplan": planning.undo,
    "moveslot": queue.move_to_slot,
    "movetime": queue.ask_time,
    "moveat": queue.move_at,
    "moveto": queue.move_to,
    "movenow": queue.move_to_now,
    "hold": queue.hold,
    "release": queue.release,
    "cancelpost": queue.cancel,
    "restore": queue.restore,
    "there": queue.there,
    "isthere": queue.is_there,
    "again": queue.again,
    "drop": queue.drop,
    "pin": queue.pin,
    "unpin": queue.unpin,
    "askdown": queue.ask_to_take_down,
    "takedown": queue.take_down,
    "keep": queue.keep,
    "retry": queue.retry,
    "anew": queue.post_anew,
    "slots": timetable.show,
    "lateness": lateness.choose,
    "limit": lateness.set_limit,
    "addslots": weekly.days_below,
    "newslots": weekly.days,
    "slothours": weekly.hours,
    "slotminutes": weekly.minutes,
    "addslot": weekly.add,
    "typeslots": timetable.ask,
    "eachslot": one_slot.every,
    "weekslot": one_slot.show,
    "slottakes": one_slot.take,
    "slotcategory": one_slot.ask_category,
    "dropslot": one_slot.remove,
    "closedays": one_slot.close_days,
    "untimetable": timetable.undo,
    "quiet": rhythm.show_quiet,
    "addquiet": rhythm.ask_quiet,
    "quietcut": rhythm.add_without_slots,
    "dropquiet": rhythm.remove_quiet,
    "spread": rhythm.show_spread,
    "spacing": rhythm.set_spacing,
    "hourly": rhythm.set_hourly,
    "daily": rhythm.set_daily,
    "zone": zones.ask,
    "zonefor": zones.choose,
    "zoneto": zones.decide,
    "nochannel": connecting.no_channel,
    "lateall": lateness.show_all,
    "latenow": lateness.publish,
    "lateslot": lateness.into_slots,
    "latedrop": lateness.drop,
    "undolate": lateness.undo,
    "goon": holding.go_on,
    "stayheld": holding.stay,
    "repeat": recurring.ask,
    "recurring": recurring.overview,
    "recurs": recurring.show,
    "recuruntil": recurring.ask_end,
    "recurend": recurring.end,
    "recuragain": recurring.again,
    "undorecur": recurring.undo,
    "skipturn": one_turn.skip,
    "unskipturn": one_turn.unskip,
    "turntext": one_turn.other_text,
    "usualtext": one_turn.usual_text,
    "turntextback": one_turn.own_text_again,
    "digest": digests.show,
    "digestlook": digests.preview,
    "digestask": digests.ask,
    "digeston": digests.switch_on,
    "digestoff": digests.switch_off,
    "language": commands.set_language,
    "cancel": commands.never_mind,
}
"""Buttons: the first word of their data, and who reads the rest."""

ANSWERS: dict[str, Callable[[Talk, dict[str, Any]], Awaitable[None]]] = {
    "time": scheduling.time_answered,
    "embargo": embargo.time_answered,
    "lift": embargo.reason_answered,
    "holiday": holidays.answered,
    "move": queue.time_answered,
    "slots": timetable.answered,
    "slotcategory": one_slot.category_answered,
    "quiet": rhythm.quiet_answered,
    "zone": zones.answered,
    "repeat": recurring.answered,
    "repeatend": recurring.end_answered,
    "digest": digests.answered,
    **{kind: editing.answer_to(kind) for kind in sorted(editing.KINDS)},
}
"""Questions: their kind, and who reads the answer."""


def for_roles(roles: Iterable[Role]) -> tuple[Command, ...]:
    """The commands that someone with these roles may use."""
    return tuple(command for command in COMMANDS if command.roles & frozenset(roles))


def menu_call(who: Staff) -> tuple[str, dict[str, Any]]:
    """Method and parameters that put a person's commands, in their language, into Telegram's menu."""
    say = words(who.language)
    commands = [
        {"command": command.name, "description": say(command.about)} for command in for_roles(who.roles)
    ]
    return "setMyCommands", {"commands": commands, "scope": {"type": "chat", "chat_id": who.id}}
