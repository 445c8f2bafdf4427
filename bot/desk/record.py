"""The record of all that was done, as owners read it: page by page, and as a file. Changes nothing."""

from bot.desk.logbook import note
from bot.desk.rights import OWNERS
from bot.desk.stories import Desk
from bot.news.talk import AuditEntry, Sought


async def page(
    desk: Desk, sought: Sought, *, limit: int, before: int | None = None, after: int | None = None
) -> tuple[AuditEntry, ...]:
    """So many entries, the newest first, behind or before the one named."""
    desk.require(OWNERS)
    return await desk.db.audit.page(sought, limit=limit, before=before, after=after)


async def hand_out(desk: Desk, form: str) -> None:
    """The record leaves as a file: that is written down too."""
    desk.require(OWNERS)
    await note(desk, "export_record", form=form)
