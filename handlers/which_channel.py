"""Which channels a command is about: the one it names, a few together, else one chosen from a list.

So a command is answered with one message, and costs the same, however many channels there are. Knows no
board.
"""

from collections.abc import Awaitable, Callable, Sequence

from bot.desk.rights import channels_of
from bot.desk.schedule import COMING
from bot.desk.stories import SCHEDULERS
from bot.errors import NotFound
from bot.line.calls import Keyboard
from bot.news.model import Channel, Message, PostState
from bot.news.posts.markup import Styled, entities, joined, styled
from bot.words import N_, Words
from handlers.talk import Talk, button, titled

TOGETHER = 5
"""Channels that are told of in one message, each in a few lines."""
SHOWN = 20
"""Channels on a leaf of the list."""
_PLAIN = frozenset({"slots", "digest", "look"})
"""What is shown of connected channels only; the others also where posts wait for the channel's return."""
_COUNTED = frozenset({"queue", "pause"})
_PRESSES = {
    "look": "channels.look",
    "slots": "channels.slots",
    "digest": "plan.digest",
    "queue": "plan.queue",
}

_TITLES = {
    "slots": N_("The weekly slots"),
    "queue": N_("What is coming in the channels"),
    "digest": N_("The channels' digests"),
}

type Show = Callable[[Channel], Awaitable[None]]
type Brief = Callable[[Channel], Awaitable[str]]
"""What is said of a channel where several are told of together: a few lines."""


async def named(talk: Talk, what: str, name: str) -> tuple[Channel, ...]:
    """The channels of that name, with or without the @; that there is none is said."""
    talk.desk.require(SCHEDULERS)
    found = await talk.db.channels.named_ones(name, *_waiting(what), among=_theirs(talk))
    if not found:
        await talk.reply(talk.words("No such channel is connected. Connect one with /connect @name."))
    return found


async def each(talk: Talk, what: str, show: Show, brief: Brief | None = None) -> None:
    """Show the only one that there is; tell of a few together, in brief; else ask which."""
    talk.desk.require(SCHEDULERS)
    few = await talk.db.channels.page(*_waiting(what), limit=TOGETHER + 1, among=_theirs(talk))
    if not few:
        await _none(talk)
    elif len(few) == 1:
        await show(few[0])
    elif brief is None or len(few) > TOGETHER:
        await talk.reply(*await _list(talk, what, 0))
    else:
        await talk.reply(await _together(talk, what, few, brief), await _choices(talk, what, few))


async def _together(talk: Talk, what: str, few: Sequence[Channel], brief: Brief) -> Message:
    parts = [styled(talk.words(_TITLES[what]), "bold")]
    for one in few:
        told = Styled(await brief(one))
        parts.append(joined("\n", [styled(f"📣 {one.title}", "bold"), told]))
    text = joined("\n\n", parts)
    return Message(text=text.text, entities=entities(text))


async def _choices(talk: Talk, what: str, shown: Sequence[Channel]) -> Keyboard:
    waiting = await talk.db.posts.counts([one.id for one in shown], *COMING) if what in _COUNTED else {}
    return [[_choice(what, one, waiting.get(one.id, 0), talk.words)] for one in shown]


async def _none(talk: Talk) -> None:
    await talk.reply(talk.words("No channel of yours is connected. Connect one with /connect @name."))


async def leaf(talk: Talk, what: str, skip: int) -> None:
    """Another leaf of the list."""
    talk.desk.require(SCHEDULERS)
    if what not in _PLAIN | _COUNTED or skip < 0:
        raise NotFound("button")
    await talk.amend(*await _list(talk, what, skip))
    await talk.answer()


async def _list(talk: Talk, what: str, skip: int) -> tuple[Message, Keyboard]:
    say, db = talk.words, talk.db
    theirs = _theirs(talk)
    shown = await db.channels.page(*_waiting(what), skip=skip, limit=SHOWN + 1, among=theirs)
    rows = await _choices(talk, what, shown[:SHOWN])
    rows += leaves(say, skip, "channels", what, more=len(shown) > SHOWN)
    count = await db.channels.count(*_waiting(what), among=theirs)
    about = say(
        "There are {count}. With its name you get there at once: {example}",
        count=count,
        example=f"/{what} @name",
    )
    return titled(say("Which channel?"), about), rows


def _choice(what: str, one: Channel, waiting: int, say: Words) -> dict[str, str]:
    if what == "pause" and one.paused_at is not None:
        return button(f"▶️ {one.title}", "plan.ask_to_resume", one.id)
    if what == "pause":
        return button(f"⏸ {one.title}", "plan.pause", one.id)
    return button(
        f"📣 {one.title}" + (f" · {say.number(waiting)}" if waiting else ""), _PRESSES[what], one.id
    )


def leaves(say: Words, skip: int, *data: object, more: bool) -> Keyboard:
    """The ways to the leaf before and the one after."""
    row = [button(say("‹ earlier"), *data, max(0, skip - SHOWN))] if skip else []
    row += [button(say("later ›"), *data, skip + SHOWN)] if more else []
    return [row] if row else []


def _theirs(talk: Talk) -> frozenset[int] | None:
    """The channels that the person plans in; None: all."""
    return channels_of(talk.who)


def _waiting(what: str) -> tuple[PostState, ...]:
    return () if what in _PLAIN else tuple(COMING)


async def only(talk: Talk, what: str) -> Channel | None:
    """The channel, where there is just one."""
    few = await talk.db.channels.page(*_waiting(what), limit=2, among=_theirs(talk))
    return few[0] if len(few) == 1 else None
