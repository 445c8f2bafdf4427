"""An error of the database quotes no row: what stands there is copy that nobody has published."""

import traceback

import pytest
from sqlalchemy import text

from storage import Db, Storage
from storage.discretion import discreet
from tests.storage.calls import Call
from tests.storage.newsroom import NOW, stored_story

SECRET = "رازِ فردا: استعفای وزیر"


async def _half_a_row(db: Db) -> None:
    query = text("INSERT INTO staff (id, name, language) VALUES (7, :name, 'fa')")
    await db.staff._connection.execute(query, {"name": SECRET})


async def _key_taken(db: Db) -> None:
    await db.staff._connection.execute(text("CREATE UNIQUE INDEX one_name ON staff (name)"))
    query = text("INSERT INTO staff (id, name, language, known_at) VALUES (:id, :name, 'fa', '2026-11-30')")
    for person in (7, 8):
        await db.staff._connection.execute(query, {"id": person, "name": SECRET})


async def _no_table(db: Db) -> None:
    await db.staff._connection.execute(text("ALTER TABLE notices RENAME TO gone"))
    await db.notices.add(101, "sendMessage", {"text": SECRET})


async def _not_json(db: Db) -> None:
    await db.inbox.store(7, {SECRET: {1}}, NOW)


async def _no_number(db: Db) -> None:
    await db.staff._connection.execute(
        text("SELECT * FROM posts WHERE id = CAST(:s AS integer) / 0"), {"s": SECRET}
    )
    await db.articles.get(SECRET)  # type: ignore[arg-type]
    raise LookupError("SQLite takes it")


async def _not_null(db: Db) -> None:
    query = text("UPDATE articles SET state = NULL, headline = :s")
    await db.staff._connection.execute(query, {"s": SECRET})


@pytest.mark.parametrize("call", [_half_a_row, _key_taken, _no_table, _not_json, _no_number, _not_null])
async def test_no_error_shows_what_stands_in_a_row(storage: Storage, call: Call) -> None:
    await stored_story(storage, headline=SECRET)

    with pytest.raises(Exception) as caught:
        async with storage.begin() as db:
            await call(db)

    told = "".join(traceback.format_exception(caught.value))
    assert SECRET not in told, told
    assert SECRET not in ascii(told).encode().decode("unicode_escape")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (
            f'duplicate key value violates "x"\nDETAIL:  Key (name)=({SECRET}) exists.',
            'duplicate key value violates "x"',
        ),
        (
            f"invalid input for query argument $3: '{SECRET}' (expected str)",
            "invalid input for query argument $3: …",
        ),
        (f'invalid input syntax for type bigint: "{SECRET}"', "invalid input syntax for type bigint: …"),
        ('relation "notices" does not exist', 'relation "notices" does not exist'),
        ("no such table: notices", "no such table: notices"),
    ],
)
def test_what_is_cut_is_the_value_and_no_more(said: str, kept: str) -> None:
    assert discreet(said) == kept
