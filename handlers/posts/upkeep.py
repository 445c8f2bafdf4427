"""What owners hear of the house itself: once when something is wrong, and once when it is well again."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from bot.desk import audience
from bot.line import calls
from bot.news.model import Message, Role
from bot.news.times import calendar
from bot.news.upkeep import Kind, Room, Trouble
from bot.words import N_, words
from storage import Db

_LOW: Final = N_(
    "⚠️ The disk with {folder} is nearly full: {free} MB are left. Have room made soon: once it is full I "
    "can write nothing down, and nothing goes out."
)
_FULL: Final = N_(
    "🛑 The disk with {folder} is all but full: {free} MB are left. Have room made now: without it I can "
    "write nothing down, and nothing goes out."
)
_ROOM: Final = N_("✅ There is room again on the disk with {folder}.")
_AWAY: Final = N_(
    "⚠️ I could not reach Telegram from {since} to {until}. It works again: what was written to me meanwhile "
    "I read now, and whoever plans a channel hears of posts that missed their time."
)
_NO_BACKUP: Final = N_(
    "⚠️ I could not make the backup that was due: {why}. I try again every ten minutes and tell you when one "
    "is there; earlier ones stay."
)
_BACKUP_AGAIN: Final = N_("✅ The backup is made again, and is whole.")
_MISSING: Final = {
    Kind.MAY_NOT_POST: N_("post: nothing goes out there"),
    Kind.MAY_NOT_EDIT: N_("edit messages: no correction reaches the readers, and nothing is pinned"),
    Kind.MAY_NOT_DELETE: N_("delete messages: nothing can be taken down"),
}
RIGHTS: Final = tuple(_MISSING)
_NO_RIGHTS: Final = N_("⚠️ In {channel} I may not:")
_GIVE_RIGHTS: Final = N_("Give me these rights among the channel’s administrators; I look once an hour.")
_RIGHTS_AGAIN: Final = N_("✅ In {channel} I may post, edit and delete again.")


async def disk(db: Db, room: Room, kind: Kind, now: datetime) -> None:
    """A disk is short of room: `DISK_LOW`, or `DISK_FULL`, which is that and more."""
    begun = await db.troubles.begin(Trouble(kind=kind, about=room.folder, since=now))
    if kind is Kind.DISK_FULL:
        await db.troubles.begin(Trouble(kind=Kind.DISK_LOW, about=room.folder, since=now))
    if begun:
        said = _FULL if kind is Kind.DISK_FULL else _LOW
        await _tell(db, said, folder=room.folder, free=room.free // 1_000_000)


async def room_again(db: Db, folder: str) -> None:
    """There is room on a disk."""
    await db.troubles.end(Kind.DISK_FULL, folder)
    if await db.troubles.end(Kind.DISK_LOW, folder) is not None:
        await _tell(db, _ROOM, folder=folder)


async def telegram_again(db: Db, now: datetime, *, zone: str) -> None:
    """Telegram is there again; while it was away nobody could be told."""
    since = await db.troubles.end(Kind.TELEGRAM)
    if since is None:
        return
    for owner in await audience.holders(db, {Role.OWNER}):
        say = words(owner.language)
        span = [calendar.show(at, zone, say.language) for at in (since, now)]
        await _add(db, owner.id, say(_AWAY, since=span[0], until=span[1]))


async def backups_failed(db: Db, why: str, now: datetime) -> None:
    """No backup could be made: once, until one could."""
    if await db.troubles.begin(Trouble(kind=Kind.BACKUP, since=now)):
        await _tell(db, _NO_BACKUP, why=why)


async def backups_again(db: Db) -> None:
    """One could be made."""
    if await db.troubles.end(Kind.BACKUP) is not None:
        await _tell(db, _BACKUP_AGAIN)


async def rights(db: Db, channel_id: int, title: str, missing: Collection[Kind], now: datetime) -> None:
    """What the bot may not do in a channel; nothing missing: it may all that it needs.

    Told again where more is missing than was, and once it has all of it.
    """
    about = str(channel_id)
    begun = [
        kind
        for kind in RIGHTS
        if kind in missing and await db.troubles.begin(Trouble(kind=kind, about=about, since=now))
    ]
    ended = [kind for kind in RIGHTS if kind not in missing and await db.troubles.end(kind, about)]
    if begun:
        for owner in await audience.holders(db, {Role.OWNER}):
            say = words(owner.language)
            lines = [f"• {say(_MISSING[kind])}" for kind in RIGHTS if kind in missing]
            text = "\n".join([say(_NO_RIGHTS, channel=title), *lines, say(_GIVE_RIGHTS)])
            await _add(db, owner.id, text)
    elif ended and not missing:
        await _tell(db, _RIGHTS_AGAIN, channel=title)


async def _tell(db: Db, said: str, **values: object) -> None:
    for owner in await audience.holders(db, {Role.OWNER}):
        await _add(db, owner.id, words(owner.language)(said, **values))


async def _add(db: Db, person_id: int, text: str) -> None:
    await db.notices.add(person_id, *calls.message_call(person_id, Message(text=text)))
