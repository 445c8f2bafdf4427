"""No statement of the storage reads a growing table whole, on either database; and the guard against it works."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, text

from storage import Storage
from storage.sqlite import SqliteEngine
from tests import plans
from tests.storage.calls import READS, WRITES, fill

type Asked = dict[str, Any]


class _Undone(Exception):
    """Nothing of a call is kept, so that the next one finds the same."""


@pytest.fixture
def asked() -> Iterator[Asked]:
    """The statements that were made, each with parameters."""
    found: Asked = {}

    def remember(_: object, __: object, statement: str, parameters: Any, ___: object, many: bool) -> None:
        found[statement] = parameters[0] if many else parameters

    event.listen(Engine, "before_cursor_execute", remember)
    yield found
    event.remove(Engine, "before_cursor_execute", remember)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT text FROM pastes WHERE person_id > ? OR refused",
        "UPDATE cards SET revision = revision + 1",
        "DELETE FROM inbox WHERE received_at < ?",
        "SELECT twin.id FROM posts AS twin WHERE twin.reason = ?",
        "SELECT id FROM articles ORDER BY id DESC LIMIT 1",
        "SELECT id FROM post_parts JOIN posts ON posts.id = post_id WHERE post_parts.state = ?",
    ],
)
def test_a_scan_of_what_grows_is_seen(statement: str) -> None:
    assert plans.scans(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM posts WHERE id = ?",
        "SELECT id FROM cards WHERE revision <> delivered",
        "SELECT * FROM channels ORDER BY connected_at",
        "UPDATE pastes SET settles_at = NULL WHERE id IN (?, ?)",
    ],
)
def test_what_is_found_by_an_index_or_is_few_passes(statement: str) -> None:
    assert plans.scans(statement) == []


async def test_what_a_look_asks_of_a_channel_is_found_by_time_and_not_in_all_it_ever_had(
    asked: Asked,
) -> None:
    storage = await Storage.open("sqlite://")
    asked.clear()
    async with storage.begin() as db:
        await READS["posts.parts.known_ids"](db)
        await READS["posts.parts.without_id"](db)
    await storage.close()

    looks = [statement for statement in asked if "post_parts" in statement]
    assert len(looks) == 2
    for statement in looks:
        assert "USING INDEX ix_post_parts_sending_at" in plans.steps(statement)[0]


async def test_no_call_of_the_storage_scans_what_grows(storage: Storage, asked: Asked) -> None:
    await fill(storage)
    asked.clear()
    for call in (READS | WRITES).values():
        with suppress(_Undone):
            async with storage.begin() as db:
                await call(db)
                raise _Undone
    made = {
        statement: parameters
        for statement, parameters in asked.items()
        if statement.startswith(("SELECT", "UPDATE", "DELETE", "INSERT"))
    }
    assert len(made) > 100

    if isinstance(storage._engine, SqliteEngine):
        found = [f"{scan}: {statement}" for statement in made for scan in plans.scans(statement)]
    else:
        found = await _scans_of_postgres(storage, made)

    assert not found, "\n".join(found)


async def _scans_of_postgres(storage: Storage, made: Asked) -> list[str]:
    """What it reads whole even where that is forbidden: there is no index for it.

    It plans by what stands in the tables; here they are empty, so only what it can do counts.
    """
    found = []
    async with storage._engine.begin() as connection:
        for dear in ("seqscan", "hashjoin", "mergejoin"):
            await connection.execute(text(f"SET LOCAL enable_{dear} = off"))
        for statement, parameters in made.items():
            plan = await connection.run_sync(_plan, statement, parameters)
            whole = [node for node in _nodes(plan) if _reads_whole(node)]
            found += [f"{node['Node Type']} {node['Relation Name']}: {statement}" for node in whole]
    return found


def _plan(connection: Connection, statement: str, parameters: Any) -> dict[str, Any]:
    found = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters)
    plan: dict[str, Any] = found.scalar_one()[0]["Plan"]
    return plan


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)


def _reads_whole(node: dict[str, Any]) -> bool:
    if node.get("Relation Name") not in plans.GROWING or node["Node Type"] == "ModifyTable":
        return False
    return not node.keys() & {"Index Cond", "Recheck Cond"} and node.get("Index Name") not in plans.FEW
