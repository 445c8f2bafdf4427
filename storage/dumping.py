"""PostgreSQL by its own tools: pg_dump and pg_restore. Knows no table.

What they need to reach the server goes into their environment (PostgreSQL's documentation, "Environment
Variables" of libpq): a password among their words could be read by everybody on the machine.
"""

import asyncio
import os
import re
from pathlib import Path
from typing import Final

from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import StorageError
from storage.address import schema_of
from storage.discretion import discreet
from storage.engine import engine_for
from storage.migrations import revision_of

_DEFAULT: Final = "public"
_TABLE: Final = re.compile(r" TABLE (\S+) alembic_version ")
_OPTIONS: Final = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "passfile": "PGPASSFILE"}


async def dump(address: URL, into: Path) -> None:
    """Write all of the database, one moment's state, into a file that only we may read.

    Raises:
        StorageError: pg_dump is not there, or what it says.
    """
    schema = schema_of(address.render_as_string(hide_password=False))
    part = [f"--schema={schema}"] if schema else []
    await _tool(
        "pg_dump", address, "--format=custom", "--no-owner", "--no-privileges", *part, f"--file={into}"
    )
    await asyncio.to_thread(into.chmod, 0o600)


async def put_back(address: URL, dumped: Path) -> None:
    """Replace what is in the database by what was dumped: all of it, or nothing.

    Raises:
        StorageError: pg_restore is not there, or what it says; the dump is of another newsroom, whose place
            it would take.
    """
    name = address.database or ""
    schema = schema_of(address.render_as_string(hide_password=False))
    there = set(_TABLE.findall(await _tool("pg_restore", address, "--list", str(dumped))))
    if (
        there != {schema} if schema else not there & {_DEFAULT, address.username}
    ):  # its search_path's first two
        of = ", ".join(sorted(there)) or "none"
        raise StorageError(f"that is a backup of other newsrooms ({of}), and would take their place")
    await _tool(
        "pg_restore", address, "--clean", "--if-exists", "--no-owner", "--no-privileges",
        "--single-transaction", "--exit-on-error", f"--dbname={name}", str(dumped),
    )  # fmt: skip


async def revision(url: str) -> str:
    """The revision of the database.

    Raises:
        StorageError: it can't be reached, or holds no newsroom.
    """
    engine = engine_for(url)
    try:
        async with engine.begin() as connection:
            found = await connection.run_sync(revision_of)
    except (OSError, SQLAlchemyError) as error:
        raise StorageError(discreet(str(error))) from error
    finally:
        await engine.dispose()
    if found is None:
        raise StorageError("the database holds no newsroom")
    return found


async def _tool(name: str, address: URL, *words: str) -> str:
    """What it has to say."""
    try:
        process = await asyncio.create_subprocess_exec(
            name, *words, env=os.environ | _reaching(address), stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
    except FileNotFoundError as error:
        raise StorageError(f"{name} is not installed: it comes with PostgreSQL's client") from error
    told, said = await process.communicate()
    if process.returncode:
        lines = said.decode(errors="replace").strip().splitlines()
        raise StorageError(discreet(lines[0] if lines else f"{name} failed"))
    return told.decode(errors="replace")


def _reaching(address: URL) -> dict[str, str]:
    asked = {key: str(value) for key, value in address.query.items()}
    found = {
        "PGHOST": address.host or asked.get("host"),
        "PGPORT": str(address.port) if address.port else asked.get("port"),
        "PGUSER": address.username or asked.get("user"),
        "PGPASSWORD": str(address.password) if address.password else asked.get("password"),
        "PGDATABASE": address.database,
        **{variable: asked.get(option) for option, variable in _OPTIONS.items()},
    }
    return {variable: value for variable, value in found.items() if value}
