"""The table of proposals asked for and answered. Knows no model and no rule of what is supported."""

from datetime import datetime

from sqlalchemy import delete, null, select, update

from bot.news.talk import Proposed
from storage.connection import Connection
from storage.engine import insert_into
from storage.schema_talk import assistant_asks, proposals


class Proposals:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def ask(self, article_id: int, person_id: int, now: datetime) -> None:
        """Ask, or ask anew."""
        asked = {"person_id": person_id, "asked_at": now, "headline": None, "points": null()}
        await self._connection.execute(
            insert_into(self._connection, proposals)
            .values(article_id=article_id, **asked)
            .on_conflict_do_update(index_elements=["article_id"], set_=asked)
        )

    async def times_asked(self, person_id: int, now: datetime) -> int:
        """How often the person has asked in this hour of the clock."""
        hour = int(now.timestamp()) // 3600
        found = await self._connection.execute(
            select(assistant_asks.c.count).where(
                assistant_asks.c.person_id == person_id, assistant_asks.c.hour == hour
            )
        )
        return int(found.scalar_one_or_none() or 0)

    async def count_ask(self, person_id: int, now: datetime) -> None:
        """The person asks once more."""
        hour, count = int(now.timestamp()) // 3600, await self.times_asked(person_id, now) + 1
        await self._connection.execute(
            insert_into(self._connection, assistant_asks)
            .values(person_id=person_id, hour=hour, count=count)
            .on_conflict_do_update(index_elements=["person_id"], set_={"hour": hour, "count": count})
        )

    async def next_asked(self) -> Proposed | None:
        """The one that has waited longest for an answer."""
        return await self._read(proposals.c.points.is_(None))

    async def of_article(self, article_id: int) -> Proposed | None:
        return await self._read(proposals.c.article_id == article_id)

    async def answer(self, article_id: int, headline: str | None, points: tuple[str, ...]) -> None:
        await self._connection.execute(
            update(proposals)
            .where(proposals.c.article_id == article_id)
            .values(headline=headline, points=list(points))
        )

    async def drop(self, article_id: int) -> None:
        """There is no answer, or nothing of it stood."""
        await self._connection.execute(delete(proposals).where(proposals.c.article_id == article_id))

    async def _read(self, where: object) -> Proposed | None:
        found = await self._connection.execute(
            select(proposals).where(where).order_by(proposals.c.asked_at).limit(1)  # type: ignore[arg-type]
        )
        row = found.one_or_none()
        if row is None:
            return None
        return Proposed(
            article_id=row.article_id,
            person_id=row.person_id,
            headline=row.headline,
            points=tuple(row.points or ()),
        )
