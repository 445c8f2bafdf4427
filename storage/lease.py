"""The table of the lease: which process may publish, and whether publishing is on hold. Knows no process.

One row. Taking and claiming can't happen at the same time (each is a transaction, and one runs at a time), so
who has taken it holds it until another one takes it: `until` only tells others from when on they may.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, insert, select, update

from storage import witness
from storage.connection import Connection
from storage.schema import lease


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Who holds the lease, or held it last; `id` is empty once it was given back.

    `fence` rises with every takeover, `beat` with every change of the row.
    """

    id: str
    host: str
    pid: int
    fence: int
    beat: int
    until: datetime


class Lease:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def current(self) -> Holder | None:
        """Who holds it, or held it last; None if nobody ever did."""
        row = await self._row()
        return _holder(row) if row else None

    async def take(
        self, id: str, host: str, pid: int, *, until: datetime, now: datetime, gone: bool = False
    ) -> Holder | None:
        """Take it if it is free, has run out, is ours, or its holder is known to be `gone`; else None.

        A database that is not the one that was published from last goes on hold.
        """
        row = await self._row() or await self._first(now)
        if row["holder"] not in ("", id) and row["until"] > now and not gone:
            return None
        held = row["held"] or await witness.doubt(self._connection, row["mark"], row["beat"])
        fence = row["fence"] + (row["holder"] != id)
        return await self._write(row, holder=id, host=host, pid=pid, fence=fence, until=until, held=held)

    async def renew(self, mine: Holder, until: datetime) -> Holder | None:
        """Keep it until then; None if it was lost: taken, or not the same database any more."""
        row = await self._row()
        if row is None or (row["holder"], row["fence"]) != (mine.id, mine.fence) or row["beat"] < mine.beat:
            return None
        if row["held"] is None and await witness.is_replaced(self._connection, row["mark"]):
            return None
        return await self._write(row, until=until)

    async def may_publish(self, mine: Holder) -> bool:
        """Whether it is still theirs, and nothing is on hold; to be asked in the transaction that claims."""
        row = await self._row()
        return (
            row is not None and (row["holder"], row["fence"]) == (mine.id, mine.fence) and row["held"] is None
        )

    async def give_back(self, id: str) -> None:
        """Let it go, if it is theirs: the next one need not wait."""
        row = await self._row()
        if row is not None and row["holder"] == id:
            await self._write(row, holder="")

    async def held(self) -> str | None:
        """Why publishing is on hold; None if it is not."""
        row = await self._row()
        return row["held"] if row else None

    async def hold(self, why: str) -> None:
        """Put publishing on hold, or note another reason for it."""
        row = await self._row()
        if row is not None:
            await self._write(row, held=why)

    async def adopt(self) -> None:
        """Make this database the one to publish from, and end the hold."""
        row = await self._row()
        if row is not None:
            await self._write({**row, "mark": None}, held=None)

    async def _row(self) -> RowMapping | None:
        return (await self._connection.execute(select(lease))).mappings().one_or_none()

    async def _first(self, now: datetime) -> RowMapping:
        values = {"id": 1, "holder": "", "host": "", "pid": 0, "fence": 0, "beat": 0, "until": now}
        await self._connection.execute(insert(lease).values(values))
        row: RowMapping = (await self._connection.execute(select(lease))).mappings().one()
        return row

    async def _write(self, row: Any, **values: Any) -> Holder:
        """Every change: it counts as a beat, and carries the mark on unless there is doubt about it."""
        if values.get("held", row["held"]) is None:
            values["mark"] = await witness.marked(self._connection, row["mark"], row["beat"])
        written = await self._connection.execute(
            update(lease).values(beat=row["beat"] + 1, **values).returning(lease)
        )
        return _holder(written.mappings().one())


def _holder(row: RowMapping) -> Holder:
    return Holder(
        id=row["holder"],
        host=row["host"],
        pid=row["pid"],
        fence=row["fence"],
        beat=row["beat"],
        until=row["until"],
    )
