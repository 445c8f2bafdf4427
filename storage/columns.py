"""Column types: what the database is given and gives back. Knows no table."""

import json
from datetime import UTC, datetime
from typing import Any, Final, override

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Text, bindparam
from sqlalchemy.types import TypeDecorator

TELEGRAM_ID = BigInteger()
"""Ids of chats and people go past 32 bits."""

ROW_ID = BigInteger().with_variant(Integer(), "sqlite")
"""Only a column of the type INTEGER counts by itself in SQLite."""

_UNSTORABLE = dict.fromkeys([0, *range(0xD800, 0xE000)], "\N{REPLACEMENT CHARACTER}")


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
        return None if value is None else value.translate(_UNSTORABLE)


def to_json(value: Any) -> str:
    """JSON with Persian left readable, unless a lone surrogate in it needs the escapes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"))
    return text
