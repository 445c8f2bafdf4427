"""Which exceptions are the environment's fault (a full disk, a lost server) and which are bugs of ours."""

import sqlite3

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

_OURS = frozenset(
    {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISUSE, sqlite3.SQLITE_RANGE, sqlite3.SQLITE_MISMATCH}
)
"""A statement that is wrong; all other codes tell of locks, files and disks (sqlite.org/rescode.html)."""

_AWAY = ("08", "28", "3D", "40", "53", "57", "58", "XX", "25006", "55P03")
"""Of PostgreSQL's codes: connection, login, no such database, deadlock, resources, operator, system,
damage, read-only, lock not to be had (postgresql.org/docs/current/errcodes-appendix.html)."""
_LOCKED = "55P03"


def fault_of(error: BaseException) -> BaseException | None:
    """The driver's own exception, if `error` is a fault of the environment; None for a bug."""
    if isinstance(error, PoolTimeoutError | OSError | sqlite3.Error):
        return error if not isinstance(error, sqlite3.Error) or _is_sqlite_fault(error) else None
    if not isinstance(error, DBAPIError):
        return None
    cause = error.driver_exception or error
    if error.connection_invalidated or isinstance(cause, OSError):
        return cause
    if isinstance(cause, sqlite3.Error):
        return cause if _is_sqlite_fault(cause) else None
    code = getattr(cause, "sqlstate", None)
    if code is None:  # no answer from the server: asyncpg speaks of the connection itself
        return cause if type(cause).__name__ in {"InterfaceError", "InternalClientError"} else None
    return cause if str(code).startswith(_AWAY) else None


def is_busy(fault: BaseException) -> bool:
    """Whether it is no more than that another program is at work in the database."""
    if isinstance(fault, sqlite3.Error):
        return (getattr(fault, "sqlite_errorcode", None) or 0) & 0xFF == sqlite3.SQLITE_BUSY
    return getattr(fault, "sqlstate", None) == _LOCKED


def _is_sqlite_fault(error: sqlite3.Error) -> bool:
    if isinstance(error, sqlite3.IntegrityError | sqlite3.DataError):
        return False
    if isinstance(error, sqlite3.ProgrammingError):
        return "closed database" in str(error)
    code = getattr(error, "sqlite_errorcode", None)
    # Without a code it is the driver that speaks: of a connection that is closed.
    return code is None or code & 0xFF not in _OURS
