"""A backup is whole or no backup: made while others write, judged before it is put back."""

# ruff: noqa: ASYNC240 - small files of a test's own

import json
import shutil
import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import StorageError
from storage import Storage, backup, upgrading
from storage.migrations import UpgradeFailed, revisions
from tests.storage.newsroom import REPORTER, stored_story, story

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


async def stories(url: str) -> int:
    storage = await Storage.open(url)
    async with storage.begin() as db:
        found = await db.articles.get(1)
    await storage.close()
    return 0 if found is None else found.id


def rewritten(file: Path, **said: object) -> None:
    """The same database in the archive, and another manifest."""
    with zipfile.ZipFile(file) as archive:
        manifest, database = json.loads(archive.read("manifest.json")), archive.read("database")
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest | said))
        archive.writestr("database", database)


@pytest.fixture
async def kept(storage: Storage, url: str, tmp_path: Path) -> Path:
    """A backup, made while the newsroom has its database open, with one story."""
    if url.startswith("postgresql") and shutil.which("pg_dump") is None:
        pytest.skip("no pg_dump")
    await stored_story(storage)
    file = tmp_path / "kept" / "newsroom.monadi"
    made = await backup.write(url, file, NOW)
    assert made.revision == revisions()[-1]
    return file


async def test_what_was_committed_comes_back(
    kept: Path, url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    place = f"sqlite:///{tmp_path}/deep/down/again.db"
    if url.startswith("postgresql"):
        place = await request.getfixturevalue("postgres").create("again")

    assert await backup.restore(place, kept, NOW) is None

    assert await stories(place) == 1


async def test_a_server_s_database_is_replaced_whole(kept: Path, url: str, storage: Storage) -> None:
    if not url.startswith("postgresql"):
        pytest.skip("SQLite's has its own tests below")
    await stored_story(storage)

    await backup.restore(url, kept, NOW)

    async with storage.begin() as db:
        assert await db.articles.get(2) is None
        assert await db.articles.get(1) is not None


async def test_nobody_else_may_read_it_and_nothing_stays_beside_it(kept: Path) -> None:
    assert kept.stat().st_mode & 0o777 == 0o600
    assert list(kept.parent.iterdir()) == [kept]


async def test_it_is_one_moment_of_a_database_that_is_written_to(file: Path, tmp_path: Path) -> None:
    """What another one has not committed yet is not in it, and they need not wait."""
    writer = await Storage.open(f"sqlite:///{file}")
    async with writer.begin() as db:
        await db.articles.create(story(), by=REPORTER, now=NOW)
        await backup.write(f"sqlite:///{file}", tmp_path / "a.monadi", NOW)
    await backup.write(f"sqlite:///{file}", tmp_path / "b.monadi", NOW)
    await writer.close()

    for name in ("a", "b"):
        await backup.restore(f"sqlite:///{tmp_path}/{name}.db", tmp_path / f"{name}.monadi", NOW)
    assert [await stories(f"sqlite:///{tmp_path}/{name}.db") for name in ("a", "b")] == [0, 1]


@pytest.mark.parametrize("spoilt", ["cut", "flipped", "empty", "another", "promised", "no manifest"])
async def test_what_is_damaged_is_refused_and_changes_nothing(
    file: Path, tmp_path: Path, spoilt: str
) -> None:
    url, bad = f"sqlite:///{file}", tmp_path / "bad.monadi"
    await backup.write(url, bad, NOW)
    whole = bad.read_bytes()
    match spoilt:
        case "cut":
            bad.write_bytes(whole[: len(whole) // 2])
        case "flipped":
            middle = len(whole) // 2
            bad.write_bytes(whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :])
        case "empty":
            bad.write_bytes(b"")
        case "another":
            rewritten(bad, sha256="0" * 64)
        case "promised":
            rewritten(bad, size=10)
        case _:
            with zipfile.ZipFile(bad, "w") as archive:
                archive.writestr("hello", "world")
    before = file.read_bytes()

    with pytest.raises(StorageError, match=r"bad\.monadi"):
        await backup.restore(url, bad, NOW)

    assert file.read_bytes() == before
    assert not [there for there in tmp_path.iterdir() if "restoring" in there.name]


async def test_wherever_a_byte_is_wrong_it_is_refused_in_a_sentence(file: Path, tmp_path: Path) -> None:
    """A packed stream that is spoilt has many ways to say so."""
    await backup.write(f"sqlite:///{file}", tmp_path / "good.monadi", NOW)
    whole, bad = (tmp_path / "good.monadi").read_bytes(), tmp_path / "bad.monadi"
    begins = whole.index(b"database") + len(b"database")
    for at in range(begins, begins + 400):
        bad.write_bytes(whole[:at] + bytes([whole[at] ^ 255]) + whole[at + 1 :])

        with pytest.raises(StorageError, match=r"bad\.monadi"):
            await backup.restore(f"sqlite:///{tmp_path}/other.db", bad, NOW)
        assert not (tmp_path / "other.db").exists()


async def test_a_backup_goes_into_no_memory(file: Path, tmp_path: Path) -> None:
    await backup.write(f"sqlite:///{file}", tmp_path / "one.monadi", NOW)

    with pytest.raises(StorageError, match="in memory"):
        await backup.restore("sqlite://", tmp_path / "one.monadi", NOW)


async def test_one_of_a_newer_program_is_refused(file: Path, tmp_path: Path) -> None:
    await backup.write(f"sqlite:///{file}", tmp_path / "newer.monadi", NOW)
    rewritten(tmp_path / "newer.monadi", revision="9999_later")

    with pytest.raises(StorageError, match="newer program"):
        await backup.restore(f"sqlite:///{tmp_path}/other.db", tmp_path / "newer.monadi", NOW)
    assert not (tmp_path / "other.db").exists()


async def test_one_of_the_other_kind_of_database_is_refused(file: Path, tmp_path: Path) -> None:
    await backup.write(f"sqlite:///{file}", tmp_path / "one.monadi", NOW)

    with pytest.raises(StorageError, match="a backup of sqlite"):
        await backup.restore("postgresql://nobody@/nowhere", tmp_path / "one.monadi", NOW)


async def test_a_database_that_is_open_is_not_replaced(file: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{file}"
    running = await Storage.open(url)
    await stored_story(running)
    await backup.write(url, tmp_path / "one.monadi", NOW)

    with pytest.raises(StorageError, match="in use"):
        await backup.restore(url, tmp_path / "one.monadi", NOW)

    await running.close()
    assert await stories(url) == 1


async def test_what_was_there_is_kept_with_all_that_sqlite_had_not_folded_in(
    file: Path, tmp_path: Path
) -> None:
    """A process that was killed leaves a -wal; played into another database it would spoil that."""
    url = f"sqlite:///{file}"
    await backup.write(url, tmp_path / "empty.monadi", NOW)
    running = await Storage.open(url)
    await stored_story(running)
    killed = tmp_path / "killed.db"
    for suffix in ("", "-wal"):
        shutil.copy(f"{file}{suffix}", f"{killed}{suffix}")
    await running.close()

    before = await backup.restore(f"sqlite:///{killed}", tmp_path / "empty.monadi", NOW)

    assert await stories(f"sqlite:///{killed}") == 0
    assert before is not None
    assert await stories(f"sqlite:///{before}") == 1


async def test_a_damaged_database_makes_way_for_a_backup_and_makes_none(file: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{file}"
    await backup.write(url, tmp_path / "good.monadi", NOW)
    spoilt = bytearray(file.read_bytes())
    spoilt[100:2000] = b"\xff" * 1900
    file.write_bytes(spoilt)

    with pytest.raises(StorageError):
        await backup.write(url, tmp_path / "bad.monadi", NOW)
    assert not (tmp_path / "bad.monadi").exists()

    before = await backup.restore(url, tmp_path / "good.monadi", NOW)
    assert await stories(url) == 0
    assert before is not None
    assert before.read_bytes() == bytes(spoilt)


async def test_a_backup_that_failed_leaves_the_earlier_one(file: Path, tmp_path: Path) -> None:
    kept = tmp_path / "one.monadi"
    await backup.write(f"sqlite:///{file}", kept, NOW)
    whole = kept.read_bytes()

    with pytest.raises(StorageError, match="there is no database"):
        await backup.write(f"sqlite:///{tmp_path}/none.db", kept, NOW)

    assert kept.read_bytes() == whole


# ── Before an upgrade ───────────────────────────────────────────────────────────────────────────────


def at(file: Path, revision: str) -> None:
    with closing(sqlite3.connect(file)) as database:
        database.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        database.commit()


def revision_of(file: Path) -> str:
    with closing(sqlite3.connect(file)) as database:
        return str(database.execute("SELECT version_num FROM alembic_version").fetchone()[0])


async def test_an_older_database_is_copied_before_it_is_migrated(file: Path) -> None:
    older, newest = revisions()[-2:]
    at(file, older)

    copy = await upgrading.copy_before(f"sqlite:///{file}")

    assert copy == Path(f"{file}.before-{newest}")
    assert revision_of(copy) == older
    assert copy.stat().st_mode & 0o777 == 0o600


async def test_one_that_is_new_or_not_there_is_not(file: Path, tmp_path: Path) -> None:
    for url in (f"sqlite:///{file}", f"sqlite:///{tmp_path}/none.db", "sqlite://", "postgresql://a@b/c"):
        assert await upgrading.copy_before(url) is None
    assert [there.name for there in tmp_path.iterdir() if "before" in there.name] == []


async def test_the_copy_of_an_upgrade_that_broke_off_stays(file: Path) -> None:
    """It is from before the first step; one of the half-way state would take its place."""
    oldest, older = revisions()[-3:-1]
    at(file, oldest)
    copy = await upgrading.copy_before(f"sqlite:///{file}")
    at(file, older)

    assert await upgrading.copy_before(f"sqlite:///{file}") == copy
    assert copy is not None
    assert revision_of(copy) == oldest


async def test_a_database_put_back_is_copied_anew_and_earlier_copies_go(file: Path) -> None:
    old = Path(f"{file}.before-0001_old")
    old.write_bytes(b"")
    older = revisions()[-2]
    at(file, older)
    copy = await upgrading.copy_before(f"sqlite:///{file}")
    assert copy is not None
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE since (x)")
    await upgrading.copy_before(f"sqlite:///{file}")

    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("SELECT count(*) FROM since").fetchone() == (0,)
    assert not old.exists()


async def test_an_upgrade_that_fails_says_how_to_go_back(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails(_engine: object) -> None:
        raise UpgradeFailed("no such thing", revisions()[-2])

    at(file, revisions()[-2])
    monkeypatch.setattr("storage.database.migrate", fails)

    with pytest.raises(StorageError, match=rf"no such thing.*{file.name}\.before-{revisions()[-1]}"):
        await Storage.open(f"sqlite:///{file}")
