"""The table of raw copy that is still coming in. Knows no rule of how parts belong together."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from sqlalchemy import RowMapping, Select, bindparam, delete, insert, select, update

from bot.news import media
from bot.news.talk import Arrived, Origin, Paste
from storage.connection import Connection
from storage.schema_talk import pastes

_NEXT_DUE: Final = (
    select(pastes).where(pastes.c.settles_at.is_not(None)).order_by(pastes.c.settles_at, pastes.c.id).limit(1)
)
_RECENT: Final = (
    select(pastes)
    .where(pastes.c.person_id == bindparam("person_id"), pastes.c.last_part_at >= bindparam("since"))
    .order_by(pastes.c.id.desc())
)
_ARRIVING: Final = (
    select(pastes)
    .where(pastes.c.article_id == bindparam("article_id"), pastes.c.settles_at.is_not(None))
    .limit(1)
)
_ONE: Final = select(pastes).where(pastes.c.id == bindparam("which"))
_START: Final = insert(pastes).returning(pastes)
_SET: Final = update(pastes).where(pastes.c.id == bindparam("which"))


class Pastes:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def recent_of(self, person_id: int, since: datetime) -> tuple[Paste, ...]:
        """The person's whose last part came at `since` or later, settled or not; the latest first."""
        return await self._read(_RECENT, person_id=person_id, since=since)

    async def of_album(self, person_id: int, media_group: str) -> Paste | None:
        """The one that the person's album belongs to."""
        found = await self._read(
            select(pastes)
            .where(pastes.c.person_id == person_id, pastes.c.media_group == media_group)
            .order_by(pastes.c.id.desc())
            .limit(1)
        )
        return found[0] if found else None

    async def get(self, id: int) -> Paste | None:
        found = await self._read(_ONE, which=id)
        return found[0] if found else None

    async def is_arriving(self, article_id: int) -> bool:
        """Whether more of the article's copy is waited for."""
        return bool(await self._read(_ARRIVING, article_id=article_id))

    async def start(
        self,
        person_id: int,
        text: str,
        at: datetime,
        settles_at: datetime | None,
        *,
        last_part: str | None = None,
        media_group: str | None = None,
        article_id: int | None = None,
        origin: Origin | None = None,
    ) -> Paste:
        """`last_part`: the message as it was sent, where that is another text; `article_id`: its story."""
        started = await self._connection.execute(
            _START,
            {
                "person_id": person_id,
                "text": text,
                "last_part": text if last_part is None else last_part,
                "last_part_at": at,
                "settles_at": settles_at,
                "refused": False,
                "media_group": media_group,
                "article_id": article_id,
                "origin": origin and asdict(origin),
            },
        )
        return _paste(started.mappings().one())

    async def grow(
        self, id: int, text: str, last_part: str, at: datetime, settles_at: datetime | None
    ) -> None:
        """`text` is the whole as it is now, `last_part` the message that made it so."""
        await self._set(id, text=text, last_part=last_part, last_part_at=at, settles_at=settles_at)

    async def picture(
        self,
        id: int,
        pictures: Iterable[Arrived],
        at: datetime,
        settles_at: datetime | None,
    ) -> None:
        """These are the messages with files that have come so far."""
        kept = [
            [each.message_id, media.as_json(each.media), each.caption]
            for each in sorted(pictures, key=lambda each: each.message_id)
        ]
        await self._set(id, pictures=kept, last_part_at=at, settles_at=settles_at)

    async def belongs_to(self, id: int, article_id: int | None, *, replaces: bool = False) -> None:
        """It becomes this article's; where it `replaces`, the photos that the article has go."""
        await self._set(id, article_id=article_id, replaces=replaces)

    async def reword(self, id: int, text: str) -> None:
        """The whole is another one now, for a message of it was edited."""
        await self._set(id, text=text)

    async def came_from(self, id: int, origin: Origin) -> None:
        """Its words were passed on from there."""
        await self._set(id, origin=asdict(origin))

    async def settle(self, id: int) -> None:
        """No more parts are waited for; a photo that comes late all the same is added to what is there."""
        await self._set(id, settles_at=None, pictures=None, replaces=False)

    async def refuse(self, id: int, at: datetime) -> None:
        """It is too long; called again for every part that is swallowed."""
        await self._set(id, refused=True, last_part_at=at, settles_at=None)

    async def fail(self, id: int, why: str) -> None:
        """It could not be taken in, and is not tried again; all that has come of it is kept."""
        await self._set(id, settles_at=None, failed=why)

    async def next_due(self) -> Paste | None:
        """The one whose next part is waited for no longer than for any other's, or not any more."""
        found = await self._read(_NEXT_DUE)
        return found[0] if found else None

    async def forget_before(self, moment: datetime, limit: int) -> int:
        """Drop some that were taken in and whose last part came before `moment`. Returns how many."""
        settled = select(pastes.c.id).where(
            pastes.c.settles_at.is_(None), pastes.c.failed.is_(None), pastes.c.last_part_at < moment
        )
        forgotten = await self._connection.execute(
            delete(pastes).where(pastes.c.id.in_(settled.limit(limit)))
        )
        return forgotten.rowcount

    async def _read(self, query: Select[Any], **asked: Any) -> tuple[Paste, ...]:
        rows = await self._connection.execute(query, asked)
        return tuple(_paste(row) for row in rows.mappings())

    async def _set(self, id: int, **values: Any) -> None:
        await self._connection.execute(_SET, {"which": id, **values})


def _paste(row: RowMapping) -> Paste:
    pictures = tuple(Arrived(id, media.from_json(file), words) for id, file, words in row["pictures"] or ())
    origin = Origin(**row["origin"]) if row["origin"] else None
    return Paste(**{**row, "pictures": pictures, "origin": origin})
