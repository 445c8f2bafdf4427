"""When nothing is published: what owners are told about it, and their buttons. Knows no reason of its own."""

from bot.desk import audience
from bot.desk import holding as desk_holding
from bot.desk.holding import Hold
from bot.desk.stories import Desk
from bot.line import calls
from bot.line.calls import Keyboard
from bot.news.model import Message, Role, Staff
from bot.words import N_, Words, words
from handlers.phrases import called
from handlers.talk import Talk, button, titled
from storage import Db

_FOUND = {
    "moved": N_(
        "This database is not where it was: it was moved, copied, or brought back with its whole folder. "
        "The bot that used it before may still be running, and posts may be out that are not noted here."
    ),
    "restored": N_(
        "This database is older than the one I worked with last: it was brought back from a backup. "
        "Posts that went out since then are not noted here, and would go out again."
    ),
}
_TO_DO = N_(
    "I publish nothing until an owner says go; everything else works. "
    "Make sure that no other copy of me runs. "
    "Then compare /queue with the channels, and cancel what is out already."
)
_RIVAL = N_(
    "Somebody else reads my messages with my token: another copy of me must be running. "
    "As long as it does, I publish nothing, so that nothing goes out twice. Stop it; "
    "if you know of none, have @BotFather give me a new token."
)


async def announce(db: Db) -> None:
    """Tell every owner, once, that this database was put on hold, and let them decide."""
    hold = await desk_holding.to_announce(db)
    if hold is None:
        return
    for owner in await audience.holders(db, {Role.OWNER}):
        say = words(owner.language)
        text = f"{say(_FOUND[hold.why])}\n\n{say(_TO_DO)}"
        await _tell(db, owner, titled(say("⏸ Publishing is on hold"), text), _choice(say, hold))


async def warn_of_rival(db: Db) -> None:
    """Tell every owner that another process has our token."""
    for owner in await audience.holders(db, {Role.OWNER}):
        say = words(owner.language)
        await _tell(db, owner, titled(say("⏸ Publishing is on hold"), say(_RIVAL)))


async def _tell(db: Db, person: Staff, message: Message, keyboard: Keyboard | None = None) -> None:
    await db.notices.add(person.id, *calls.message_call(person.id, message, keyboard))


def _choice(say: Words, hold: Hold) -> Keyboard:
    return [
        [button(say("▶️ Publish from here"), "posts.publish_from_here", hold.key)],
        [button(say("⏸ Stay on hold"), "posts.stay_held", hold.key)],
    ]


async def go_on(talk: Talk, key: str) -> None:
    """An owner's press: publish from this database from now on."""
    if not await desk_holding.go_on(talk.desk, key):
        await talk.answer(talk.words("Publishing is not on hold here."))
        return
    for owner in await audience.holders(talk.db, {Role.OWNER}):
        say = words(owner.language)
        text = say("▶️ {name} has decided: I publish again, from this database.", name=called(talk.who, say))
        await _tell(talk.db, owner, Message(text=text))


async def stay(talk: Talk, key: str) -> None:
    """An owner's other press: all stays as it is, and the buttons stay too."""
    talk.desk.require({Role.OWNER})
    hold = await desk_holding.on_hold(talk.db)
    if hold is None or hold.key != key:
        await talk.answer(talk.words("Publishing is not on hold here."))
    else:
        await talk.answer(talk.words("I publish nothing. Press the other button when it is time."))


async def caution(desk: Desk, say: Words) -> tuple[str, Keyboard]:
    """A line for boards while publishing is on hold (else ""), and the way to end it for those who may."""
    hold = await desk_holding.on_hold(desk.db)
    if hold is None:
        return "", []
    line = say("⏸ Publishing is on hold until an owner says go.")
    return line, _choice(say, hold)[:1] if desk.may({Role.OWNER}) else []
