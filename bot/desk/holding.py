"""When nothing is published until an owner says go: why, and who ends it. Knows no lease and no process."""

import secrets
from dataclasses import dataclass

from bot.desk.logbook import note
from bot.desk.stories import Desk
from bot.news.model import Role
from storage import Db


@dataclass(frozen=True, kw_only=True)
class Hold:
    """Why publishing is on hold (a `storage.witness.Doubt`), and the key of the buttons about it.

    The key is this copy's own: another copy that happens to read the press does not know it.
    """

    why: str
    key: str = ""  # empty until somebody was told


async def on_hold(db: Db) -> Hold | None:
    """The hold, if there is one."""
    held = await db.lease.held()
    if held is None:
        return None
    why, _, key = held.partition(" ")
    return Hold(why=why, key=key)


async def to_announce(db: Db) -> Hold | None:
    """The hold of which nobody was told yet; counts as told when the transaction is committed."""
    hold = await on_hold(db)
    if hold is None or hold.key:
        return None
    told = Hold(why=hold.why, key=f"k{secrets.token_hex(4)}")
    await db.lease.hold(f"{told.why} {told.key}")
    return told


async def go_on(desk: Desk, key: str) -> bool:
    """An owner says: publish from this database. False if nothing is on hold under that key.

    Raises:
        NotAllowed: it is not an owner's.
    """
    desk.require({Role.OWNER})
    hold = await on_hold(desk.db)
    if hold is None or hold.key != key:
        return False
    await desk.db.lease.adopt()
    await note(desk, "go_on", held=hold.why)
    return True
