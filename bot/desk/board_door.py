"""The way to the week board: a link that opens it once, and the session that follows. Knows no HTTP.

Of all keys only a digest is kept. A key says who comes and nothing of what they may: that is asked of the
database at each call.
"""

import secrets
from datetime import datetime, timedelta

from bot.desk.rights import SCHEDULERS
from bot.desk.stories import Desk
from bot.errors import NotFound
from bot.news.model import Staff
from storage import Db
from storage.board_keys import KeyKind
from storage.sent import digest

LINK_LASTS = timedelta(minutes=5)
SESSION_LASTS = timedelta(hours=8)
"""A working day; after that it is opened from the bot again."""
SIGNED_LASTS = timedelta(hours=1)
"""How old what Telegram has signed may be: `auth_date` of a Mini App's initData."""


async def new_link(desk: Desk) -> str:
    """What opens the board once, within minutes; one that was drawn before opens nothing more."""
    desk.require(SCHEDULERS)
    await desk.db.board_keys.drop_of(desk.who.id, KeyKind.LINK)
    return await _drawn(desk.db, KeyKind.LINK, desk.who.id, desk.now + LINK_LASTS)


async def by_link(db: Db, link: str, now: datetime) -> str:
    """Take a link; the session that it opens.

    Raises:
        NotFound: it is none of ours, over, or was taken.
    """
    hashed = digest(link)
    person_id = await db.board_keys.whose(hashed, KeyKind.LINK, now)
    if person_id is None or not await db.board_keys.drop(hashed, KeyKind.LINK):
        raise NotFound("board link")
    return await _drawn(db, KeyKind.SESSION, person_id, now + SESSION_LASTS)


async def by_signature(db: Db, signature: str, person_id: int, now: datetime) -> str:
    """Take what Telegram has signed of a person, which was found to be so; the session that it opens.

    Raises:
        NotFound: it was taken before: whoever has read it along the way gets nothing by it.
    """
    if not await db.board_keys.add(digest(signature), KeyKind.SPENT, person_id, now + 2 * SIGNED_LASTS):
        raise NotFound("board link")
    return await _drawn(db, KeyKind.SESSION, person_id, now + SESSION_LASTS)


async def who(db: Db, session: str, now: datetime) -> Staff | None:
    """Whose session it is, with the roles that they have now; None where it is over, or they have left."""
    person_id = await db.board_keys.whose(digest(session), KeyKind.SESSION, now)
    person = await db.staff.get(person_id) if person_id is not None else None
    return person if person is not None and person.roles else None


async def leave(db: Db, session: str) -> None:
    """End a session."""
    await db.board_keys.drop(digest(session), KeyKind.SESSION)


async def _drawn(db: Db, kind: KeyKind, person_id: int, until: datetime) -> str:
    key = secrets.token_urlsafe(32)
    await db.board_keys.add(digest(key), kind, person_id, until)
    return key
