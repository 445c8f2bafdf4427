"""The table of how approved stories spell words. Knows letters and counts, and no rule."""

import asyncio
import json
from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from datetime import datetime
from functools import cache, lru_cache
from itertools import islice
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import JSON, Insert, Select, Text, bindparam, cast, delete, func, select

from storage.columns import to_json
from storage.connection import Connection
from storage.engine import insert_for
from storage.schema_talk import spellings

_AT_ONCE: Final = 2000
"""Words of a statement: some milliseconds."""
_STORIES: Final = cast(spellings.c.stories, Text)  # as it stands: see `_counted`
_LETTERS: Final = bindparam("letters", type_=Text)
_NEWEST: Final = (
    select(spellings.c.letters, spellings.c.stories)
    .where(spellings.c.changed_at > bindparam("since"))
    .order_by(spellings.c.changed_at.desc())
    .limit(bindparam("most"))
)


@cache
def _of(kind: str) -> Select[Any]:
    """All words in one value: with a value for each the statement would be put together anew each time."""
    if kind == "postgresql":
        asked = select(func.json_array_elements_text(cast(_LETTERS, JSON)).column_valued("word"))
    else:
        asked = select(func.json_each(_LETTERS).table_valued("value").c.value)
    return select(spellings.c.letters, _STORIES).where(spellings.c.letters.in_(asked))


@cache
def _put(kind: str) -> Insert:
    put = insert_for(kind, spellings)
    changed = {"stories": put.excluded.stories, "changed_at": put.excluded.changed_at}
    return put.on_conflict_do_update(index_elements=["letters"], set_=changed)


class Spellings:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def of(self, letters: Collection[str]) -> dict[str, Mapping[str, int]]:
        """In how many stories each spelling of these words stands, as far as any has."""
        found: dict[str, Mapping[str, int]] = {}
        async for some in _chunks(sorted(letters)):
            asked = {"letters": to_json(some)}
            rows = await self._connection.execute(_of(self._connection.dialect.name), asked)
            found.update({word: _counted(stories) for word, stories in rows})
        return found

    async def newest(self, most: int, *, since: datetime) -> dict[str, dict[str, int]]:
        """Those that changed last."""
        rows = await self._connection.execute(_NEWEST, {"most": most, "since": since})
        return {row.letters: row.stories for row in rows}

    async def keep(self, counts: Mapping[str, Mapping[str, int]], *, now: datetime) -> None:
        """What these words have counted up to."""
        async for some in _chunks(sorted(counts)):
            rows = [{"letters": one, "stories": dict(counts[one]), "changed_at": now} for one in some]
            await self._connection.execute(_put(self._connection.dialect.name), rows)

    async def forget(self, letters: str) -> bool:
        """Nothing is known of this word any more; False if nothing was."""
        gone = await self._connection.execute(delete(spellings).where(spellings.c.letters == letters))
        return gone.rowcount > 0


@lru_cache(maxsize=8192)  # hundreds are read with each paste, and with each headline
def _counted(stories: str) -> Mapping[str, int]:
    return MappingProxyType(json.loads(stories))


async def _chunks(things: Iterable[str]) -> AsyncIterator[list[str]]:
    """So many at once; others have their turn in between."""
    rest = iter(things)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
        await asyncio.sleep(0)
