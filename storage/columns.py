"""Column types: what the database is given and gives back. Knows no table."""

import json
import re
import zlib
from datetime import UTC, datetime
from typing import Any, Final, override

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, Text, bindparam
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType

TELEGRAM_ID = BigInteger()
"""Ids of chats and people go past 32 bits."""

ROW_ID = BigInteger().with_variant(Integer(), "sqlite")
"""Only a column of the type INTEGER counts by itself in SQLite."""

_UNSTORABLE = dict.fromkeys([0, *range(0xD800, 0xE000)], "\N{REPLACEMENT CHARACTER}")
_IS_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


class Moment(TypeDecorator[datetime]):
    """A point in time: takes and gives aware datetimes only, in UTC.

    SQLite keeps no zone with a time, so a naive one could mean anything: it is refused.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(UTC)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# What is asked again and again is put together once, with these (and others) given later: SQLAlchemy takes
# longer to put a statement together than SQLite to say that there is nothing (docs/benchmarks.md, "updates").
NOW: Final = bindparam("now", type_=Moment)
LIMIT: Final = bindparam("limit", type_=Integer)


class Words(TypeDecorator[str]):
    """Text of any length; what no database can hold (NUL, lone surrogates) becomes U+FFFD."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or not _IS_UNSTORABLE.search(value):  # a tenth of the time of looking each one up
            return value
        return value.translate(_UNSTORABLE)


class Packed(TypeDecorator[Any]):
    """JSON that is long and kept for ever: SQLite gets it compressed, to a third of its size.

    What was stored before that is plain text in the same column, and read as well. PostgreSQL compresses
    long values by itself (TOAST).
    """

    impl = JSON
    cache_ok = True

    @override
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return _Raw() if dialect.name == "sqlite" else JSON()

    @override
    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return value
        return zlib.compress(to_json(value).encode(), _LEVEL)

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return value
        return json.loads(zlib.decompress(value) if isinstance(value, bytes) else value)


_LEVEL = 6
"""zlib's own middle: a hundredth smaller at 9, a seventh larger at 1."""


class _Raw(UserDefinedType[Any]):
    """A column of SQLite's as its driver takes and gives it: bytes, or text from before."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "JSON"  # as it was declared


def to_json(value: Any) -> str:
    """JSON with Persian left readable, unless a lone surrogate in it needs the escapes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"))
    return text
