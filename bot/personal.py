"""What is kept of one person, handed out or forgotten: what `monadi person` does."""

from typing import Any

from bot.clock import clock_of
from bot.config import Settings
from bot.desk.logbook import note
from bot.desk.stories import Desk
from bot.errors import LastOwner, NotFound
from bot.news.model import Role, Staff
from bot.news.talk import Sought
from storage import Storage

STAYS = (
    "Kept: stories, their versions, posts and the record of who did what, by number and without a name. "
    "Handled mail goes by itself within a week; a role in the settings comes back at the next start."
)
_PAGE = 300


async def export(settings: Settings, person_id: int) -> dict[str, Any]:
    """All rows that are theirs, by table, and all that they did, in order.

    Raises:
        NotFound: nobody here knows them.
        StorageError: the database can't be read.
    """
    storage = await Storage.open(settings.database)
    try:
        async with storage.begin() as db:
            kept: dict[str, Any] = await db.personal.of(person_id)
        record, before = list[dict[str, Any]](), None
        while True:
            async with storage.begin() as db:
                page = await db.audit.page(Sought(person_id=person_id), limit=_PAGE, before=before)
            record += [vars(entry) for entry in page]
            if len(page) < _PAGE:
                break
            before = page[-1].id
        if not kept and not record:
            raise NotFound("person")
        return {**kept, "record": record[::-1]}
    finally:
        await storage.close()


async def erase(settings: Settings, person_id: int) -> dict[str, int]:
    """Forget what is their own; how many rows went, by table. That it was done is in the record.

    Raises:
        LastOwner: without them nobody could let anyone in.
        NotFound: nobody here knows them.
        StorageError: the database can't be written.
    """
    storage, now = await Storage.open(settings.database), await clock_of(settings.clock_url)()
    try:
        async with storage.begin() as db:
            if [owner.id for owner in await db.staff.with_role(Role.OWNER)] == [person_id]:
                raise LastOwner
            gone = await db.personal.forget(person_id, now)
            if not gone:
                raise NotFound("person")
            nobody = Staff(id=0, name="", language=settings.language)
            await note(Desk(db=db, who=nobody, now=now), "erase_person", person=person_id)
            return gone
    finally:
        await storage.close()
