"""Reading fields of JSON objects in the manner, and with the complaints, of the Bot API server."""

import re
from collections.abc import Collection
from typing import Any

from bot.simulator.rich.case import Case, Json, unreadable
from bot.simulator.rich.strings import clean

_INT32 = 2**31


def required(value: Json, name: str) -> Any:
    if name not in value:
        raise unreadable(f'Can\'t find field "{name}"')
    return value[name]


def known(value: Json, names: Collection[str], case: Case) -> None:
    """Telegram ignores fields it does not know, so a misspelt one does nothing."""
    for name in value:
        if name not in names:
            case.swallow(f'unknown field "{str(name)[:64]}" in {value.get("type", "an object")!s:.64}')


def string(value: Json, name: str, case: Case, default: str | None = None) -> str:
    found = required(value, name) if default is None else value.get(name, default)
    if not isinstance(found, str):
        raise _wrong(name, "String")
    return clean(found, case)


def flag(value: Json, name: str) -> bool:
    found = value.get(name, False)
    if not isinstance(found, bool):
        raise _wrong(name, "Boolean")
    return found


def integer(value: Json, name: str, default: int | None = None) -> int:
    """Numbers may come as strings of digits, as on the real server; user ids go beyond 32 bits."""
    found = required(value, name) if default is None else value.get(name, default)
    if isinstance(found, str) and re.fullmatch(r"-?[0-9]{1,15}", found, re.ASCII):
        found = int(found)
    if isinstance(found, bool) or not isinstance(found, int) or abs(found) >= _INT32 * 2**20:
        raise _wrong(name, "Number")
    return found


def number(value: Json, name: str) -> float:
    found = required(value, name)
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise _wrong(name, "Number")
    return found


def sequence(value: Json, name: str) -> list[Any]:
    found = required(value, name)
    if not isinstance(found, list):
        raise _wrong(name, "Array")
    return found


def mapping(value: Json, name: str) -> Json:
    found = required(value, name)
    if not isinstance(found, dict):
        raise _wrong(name, "Object")
    return found


def _wrong(name: str, kind: str) -> Exception:
    return unreadable(f'Field "{name}" must be of type {kind}')
