"""A database's URL: where it leads, what may be shown of it, and which secrets it holds. Opens nothing.

`?schema=NAME` is ours: of a PostgreSQL database that several newsrooms share, the schema of one.
"""

import re
from pathlib import Path
from typing import Final

from sqlalchemy import make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from bot.errors import StorageError

_SECRET: Final = ("password", "passfile", "sslpassword", "sslkey")
"""Of a PostgreSQL URL's query, what must not be shown."""
_SCHEMA: Final = "schema"
NETWORK: Final = "monadi_network"
"""The schema that says who carries which newsroom; no newsroom's name."""
_NAME: Final = re.compile(r"(?!pg_|public$|information_schema$|monadi_network$)[a-z][a-z0-9_]{0,39}")


def parsed(url: str) -> URL:
    """The URL in its parts.

    Raises:
        StorageError: it is none; without its text, for that may hold a password.
    """
    try:
        return make_url(url)
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        raise StorageError(
            "not a database URL; a password in it needs / as %2F, @ as %40, : as %3A"
        ) from None


def is_name(name: str) -> bool:
    """Whether a newsroom may be called so: its schema is, too, and PostgreSQL keeps some for itself."""
    return _NAME.fullmatch(name) is not None


def schema_of(url: str) -> str | None:
    """The schema that it names; None for the default one, and for SQLite.

    Raises:
        StorageError: it is none that a newsroom may have.
    """
    found = parsed(url).query.get(_SCHEMA)
    if found is not None and not (isinstance(found, str) and is_name(found)):
        raise StorageError("schema= in the database's URL is no newsroom's name: small letters, digits, _")
    return found


def server_of(url: str) -> URL:
    """The database without a schema, as drivers take it."""
    return parsed(url).difference_update_query([_SCHEMA])


def of_newsroom(url: str, name: str) -> str:
    """Where a newsroom is kept: a schema of its own in that database, or a file of its own beside that one.

    Raises:
        StorageError: there is nothing beside a database in memory.
    """
    address, file = parsed(url), file_of(url)
    if address.get_backend_name() == "postgresql":
        address = server_of(url).update_query_dict({_SCHEMA: name})
    elif file is None:
        raise StorageError("several newsrooms need files, or PostgreSQL")
    else:
        address = address.set(database=str(file.with_name(f"{name}.db")))
    return address.render_as_string(hide_password=False)


def file_of(url: str) -> Path | None:
    """SQLite's file; None for what is in memory or on a server."""
    address = parsed(url)
    if address.get_backend_name() != "sqlite" or address.database in {None, "", ":memory:"}:
        return None
    return Path(str(address.database)).absolute()


def place_of(url: str) -> str:
    """Where the database is, for people: no user, no password, no option."""
    file, address = file_of(url), parsed(url)
    if file is not None:
        return str(file)
    if address.get_backend_name() == "sqlite":
        return "in memory"
    host = address.host or str(address.query.get("host", "this machine"))
    schema = f"{found} in " if (found := schema_of(url)) else ""
    port = f":{address.port}" if address.port else ""
    return f"{schema}{address.database or 'the default one'} on {host}{port}"


def secrets_of(url: str) -> frozenset[str]:
    """What must never be shown of it."""
    address = parsed(url)
    found = [address.password, *(address.query.get(name) for name in _SECRET)]
    return frozenset(str(secret) for secret in found if secret)
