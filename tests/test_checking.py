"""`monadi check` says what is wrong and how to mend it, and changes nothing at all."""

import asyncio
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot import checking, finding
from bot.words import words
from storage import Storage
from storage.migrations import revisions

TABLE = "notices"


def traces(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Every file with its mode, its time and what is in it."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {
        str(file): (file.stat().st_mode, file.stat().st_mtime_ns, file.read_bytes()) for file in sorted(files)
    }


def lines(printed: str, place: str) -> list[str]:
    return [line for line in printed.splitlines() if line[2:].startswith(place)]


async def checked(folder: Path, capsys: Any, database: str | None = None, more: str = "") -> tuple[int, str]:
    config = folder / "config.toml"
    url = database or f"sqlite:///{folder}/newsroom.db"
    config.write_text(f'language = "en"\ndatabase = "{url}"\n{more}')
    config.chmod(0o600)
    before = traces(folder)

    code = await checking.check(config)

    assert traces(folder) == before
    return code, capsys.readouterr().out


@pytest.fixture
async def file(tmp_path: Path) -> Path:
    storage = await Storage.open(f"sqlite:///{tmp_path}/newsroom.db")
    await storage.close()
    (tmp_path / "newsroom.db").chmod(0o600)
    return tmp_path / "newsroom.db"


def sql(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


async def test_a_sound_database_is_fine(file: Path, capsys: Any) -> None:
    _, out = await checked(file.parent, capsys)

    assert lines(out, "database") == [f"✓ database: {file}"]
    assert lines(out, "publishing") == ["✓ publishing: no copy of the bot is running"]
    assert lines(out, "file") == lines(out, "folder") == []


async def test_no_database_yet_is_told_and_none_is_made(tmp_path: Path, capsys: Any) -> None:
    _, out = await checked(tmp_path, capsys)

    assert "no database there yet" in lines(out, "database")[0]
    assert os.listdir(tmp_path) == ["config.toml"]  # noqa: PTH208 - names are enough


async def test_a_wrong_folder_is_a_fault(tmp_path: Path, capsys: Any) -> None:
    code, out = await checked(tmp_path, capsys, f"sqlite:///{tmp_path}/typo/newsroom.db")

    assert code == 1
    assert lines(out, "folder")[0].startswith("✗")


async def test_an_older_database_needs_migrating_and_stays_as_it_is(file: Path, capsys: Any) -> None:
    sql(file, f"UPDATE alembic_version SET version_num = '{revisions()[0]}'")

    _, out = await checked(file.parent, capsys)

    (said,) = lines(out, "database")
    assert said.startswith("⚠")
    assert "needs migrating" in said


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "newer than this program"),
        (f"DROP TABLE {TABLE}", f"table {TABLE} missing"),
        ("ALTER TABLE notices DROP COLUMN not_before", "column notices.not_before"),
        ("DROP TABLE alembic_version", "another program"),
    ],
)
async def test_what_the_bot_could_not_run_on_is_a_fault(
    file: Path, capsys: Any, statement: str, words: str
) -> None:
    drop_indexes = "SELECT 'DROP INDEX ' || name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'notices' AND sql NOT NULL"
    with closing(sqlite3.connect(file)) as connection:
        indexes = [row[0] for row in connection.execute(drop_indexes)] if "COLUMN" in statement else []
    sql(file, *indexes, statement)

    code, out = await checked(file.parent, capsys)

    assert code == 1
    assert words in lines(out, "database")[0]
    assert lines(out, "database")[0].startswith("✗")


@pytest.mark.processes
async def test_run_says_in_a_sentence_that_a_table_is_missing(file: Path) -> None:
    sql(file, f"DROP TABLE {TABLE}")
    (file.parent / "config.toml").write_text(
        f'language = "en"\ndatabase = "sqlite:///{file}"\n[telegram]\ntoken = "1:t"\n'
    )

    done = monadi("run", "--config", str(file.parent / "config.toml"))

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"StorageError: the database lacks the table {TABLE}: go back to a backup"
    ]


async def test_a_damaged_database_is_a_fault(file: Path, capsys: Any) -> None:
    content = file.read_bytes()  # noqa: ASYNC240 - a small file
    file.write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))  # noqa: ASYNC240 - a small file

    code, out = await checked(file.parent, capsys)

    assert code == 1
    assert lines(out, "database")[0].startswith("✗")


async def test_an_empty_file_is_told_from_a_newsroom(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "newsroom.db").touch(mode=0o600)

    _, out = await checked(tmp_path, capsys)

    assert "⚠ database" in out
    assert "empty" in out


KILLED = """
import asyncio, os, sys
from bot.words import words
from storage import Storage
async def main():
    storage = await Storage.open(sys.argv[1])
    async with storage.begin() as db:
        await db.notices.add(101, "sendMessage", {"text": "half-way"})
    os.kill(os.getpid(), 9)
asyncio.run(main())
"""


def kill_a_bot_on(file: Path, *, without_shm: bool) -> None:
    command = [sys.executable, "-c", KILLED, f"sqlite:///{file}"]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert Path(f"{file}-wal").stat().st_size
    if without_shm:
        Path(f"{file}-shm").unlink()


@pytest.mark.processes
@pytest.mark.parametrize("without_shm", [False, True])
async def test_what_a_killed_bot_left_is_read_and_stays(file: Path, capsys: Any, without_shm: bool) -> None:
    kill_a_bot_on(file, without_shm=without_shm)

    _, out = await checked(file.parent, capsys)

    assert lines(out, "database")[0].startswith("✓")


async def test_a_running_bot_is_not_waited_for(file: Path, capsys: Any) -> None:
    storage = await Storage.open(f"sqlite:///{file}")
    async with storage.begin():
        (file.parent / "config.toml").write_text(f'language = "en"\ndatabase = "sqlite:///{file}"\n')
        code = await checking.check(file.parent / "config.toml")
    await storage.close()

    assert code == 1  # no token
    assert "✓ publishing" in capsys.readouterr().out


# ── Files ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("mode", "mark"), [(0o644, "✗"), (0o640, "⚠"), (0o660, "✗"), (0o600, None)])
async def test_a_database_that_others_can_read_is_told_with_the_remedy(
    file: Path, capsys: Any, mode: int, mark: str | None
) -> None:
    file.chmod(mode)  # noqa: ASYNC240 - at once

    _, out = await checked(file.parent, capsys)

    assert [line[0] for line in lines(out, "file")] == ([mark] if mark else [])
    assert (f"chmod 600 {file}" in out) == (mark is not None)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ('[telegram]\ntoken = "1:t"\n', True),
        ('[telegram]\nproxy = "http://u:pass@h:1"\n', True),
        ('[assistant]\nurl = "https://h/v1"\nmodel = "m"\nkey = "sk"\n', True),
        ('[telegram]\nproxy = "http://h:1"\n', False),
        ("", False),
    ],
)
async def test_a_config_with_a_secret_that_others_can_read_is_a_fault(
    tmp_path: Path, capsys: Any, text: str, held: bool
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'language = "en"\ndatabase = "sqlite:///{tmp_path}/newsroom.db"\n{text}')
    config.chmod(0o644)

    code = await checking.check(config)

    said = lines(capsys.readouterr().out, f"file {config}")
    assert [line[0] for line in said] == (["✗"] if held else [])
    assert code == 1  # nobody is staff


async def test_a_folder_where_everybody_writes_is_a_fault(file: Path, capsys: Any) -> None:
    file.parent.chmod(0o777)

    _, out = await checked(file.parent, capsys)

    assert lines(out, "folder")[0].startswith("✗")
    assert "chmod o-w" in out


def monadi(*words: str, umask: int = 0o022, seconds: float = 30) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MONADI_")}
    command = [sys.executable, "-m", "bot.cli", *words]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env=clean, umask=umask, timeout=seconds
    )


@pytest.mark.processes
def test_what_the_bot_makes_is_for_its_own_account_only(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(
        f'database = "sqlite:///{tmp_path}/newsroom.db"\n[telegram]\ntoken = "1:t"\n'
        'base_url = "http://127.0.0.1:9"\n'
    )
    command = [sys.executable, "-m", "bot.cli", "run", "--config", str(tmp_path / "config.toml")]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, umask=0o022)
    assert process.stderr is not None
    for line in process.stderr:
        if "telegram_unreachable" in line:
            break
    modes = {
        path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir() if path.name != "config.toml"
    }
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)

    assert modes == dict.fromkeys(
        ["newsroom.db", "newsroom.db-wal", "newsroom.db-shm", "newsroom.db.mark"], 0o600
    )
    shutil.rmtree(tmp_path)


def config_beside(file: Path) -> Path:
    """Settings that say next to nothing, beside a database that others can read."""
    file.chmod(0o644)
    config = file.parent / "config.toml"
    config.write_text(f'database = "sqlite:///{file}"\n')
    config.chmod(0o600)
    return config


async def test_it_speaks_the_settings_language_and_its_commands_can_be_copied(
    file: Path, capsys: Any
) -> None:
    """Persian where nothing is said; no mark that nobody sees stands in a command or a path."""
    await checking.check(config_beside(file))

    out = capsys.readouterr().out
    assert f"✓ پایگاه داده: {file}" in out.splitlines()
    assert f"chmod 600 {file}\n" in out
    (publishing,) = [line for line in out.splitlines() if "انتشار" in line]
    assert publishing == "✓ انتشار: هیچ نسخه‌ای از ربات در حال کار نیست"
    latin = [line for line in out.splitlines() if not any("\u0600" <= letter <= "\u06ff" for letter in line)]
    assert latin == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('language = "en"\nlangauge = 1', "✗ config langauge"),
        ('language = "fa"\nlangauge = 1', "✗ تنظیمات langauge"),
        ("langauge = 1", "✗ تنظیمات langauge"),
        ("= broken", "✗ تنظیمات"),
    ],
)
def test_settings_with_a_fault_still_say_in_which_language(
    tmp_path: Path, capsys: Any, text: str, said: str
) -> None:
    (tmp_path / "config.toml").write_text(text)

    assert asyncio.run(checking.check(tmp_path / "config.toml")) == 1

    assert said in capsys.readouterr().out


def test_what_fills_a_line_is_no_pattern_of_its_own() -> None:
    for hostile in ("{x}", "{", "{0.__class__}", "%s"):
        assert finding.Finding("token", "{error}", values={"error": hostile}).words == hostile
        assert finding.Finding("file {x}", "is fine").line(words("en")) == "✓ file {x}: is fine"
