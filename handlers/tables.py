"""The tables by which an update finds who answers it, and how the rooms' are joined. Knows no verb."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.news.model import Role
from handlers.talk import Talk

type Press = Callable[..., Awaitable[None]]
"""Does what a button asks for, given the rest of its data."""
type Answer = Callable[[Talk, dict[str, Any]], Awaitable[None]]
"""Reads the answer to a question, given what the question was about."""


@dataclass(frozen=True, kw_only=True)
class Command:
    """A command: what it is for (a line in `/help`), who may use it, and what it does with its words."""

    name: str
    about: str
    roles: frozenset[Role]
    do: Callable[[Talk, str], Awaitable[None]]


def joined[Entry](*tables: Mapping[str, Entry]) -> dict[str, Entry]:
    """The rooms' tables as one.

    Raises:
        ValueError: two rooms use the same word.
    """
    whole: dict[str, Entry] = {}
    for table in tables:
        if twice := whole.keys() & table.keys():
            raise ValueError(f"used twice: {', '.join(sorted(twice))}")
        whole |= table
    return whole
