"""The table of how approved stories spell words. Knows letters and counts, and no rule."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Final

from sqlalchemy import bindparam, delete, select

from storage.connection import Connection
from storage.engine import insert_into
from storage.schema_talk import spellings

_AT_ONCE = 1000  # rows of a statement: PostgreSQL and SQLite bind ten times as many values
_OF: Final = select(spellings.c.letters, spellings.c.stories).where(
    spellings.c.letters.in_(bindparam("letters", expanding=True))
)
_NEWEST: Final = (
    select(spellings.c.letters, spellings.c.stories)
    .where(spellings.c.changed_at > bindparam("since"))
    .order_by(spellings.c.changed_at.desc())
    .limit(bindparam("most"))
)


class Spellings:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def of(self, letters: Collection[str]) -> dict[str, dict[str, int]]:
        """In how many stories each spelling of these words stands, as far as any has."""
        found: dict[str, dict[str, int]] = {}
        for some in _chunks(sorted(letters)):
            rows = await self._connection.execute(_OF, {"letters": some})
            found.update({row.letters: row.stories for row in rows})
        return found

    async def newest(self, most: int, *, since: datetime) -> dict[str, dict[str, int]]:
        """Those that changed last."""
        rows = await self._connection.execute(_NEWEST, {"most": most, "since": since})
        return {row.letters: row.stories for row in rows}

    async def keep(self, counts: Mapping[str, Mapping[str, int]], *, now: datetime) -> None:
        """What these words have counted up to."""
        for some in _chunks(sorted(counts)):
            put = insert_into(self._connection, spellings).values(
                [{"letters": one, "stories": dict(counts[one]), "changed_at": now} for one in some]
            )
            changed = {"stories": put.excluded.stories, "changed_at": put.excluded.changed_at}
            await self._connection.execute(
                put.on_conflict_do_update(index_elements=["letters"], set_=changed)
            )

    async def forget(self, letters: str) -> bool:
        """Nothing is known of this word any more; False if nothing was."""
        gone = await self._connection.execute(delete(spellings).where(spellings.c.letters == letters))
        return gone.rowcount > 0


def _chunks(things: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(things)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
