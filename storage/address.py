"""A database's URL: where it leads, what may be shown of it, and which secrets it holds. Opens nothing."""

from pathlib import Path
from typing import Final

from sqlalchemy import make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from bot.errors import StorageError

_SECRET: Final = ("password", "passfile", "sslpassword", "sslkey")
"""Of a PostgreSQL URL's query, what must not be shown."""


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
    return f"{address.database or 'the default one'} on {host}{f':{address.port}' if address.port else ''}"


def secrets_of(url: str) -> frozenset[str]:
    """What must never be shown of it."""
    address = parsed(url)
    found = [address.password, *(address.query.get(name) for name in _SECRET)]
    return frozenset(str(secret) for secret in found if secret)
