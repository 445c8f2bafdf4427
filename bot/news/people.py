"""Who asks to work here and who is invited, as values. Knows no right."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.news.model import Role


class KnockState(StrEnum):
    OPEN = "open"
    ADDED = "added"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Knock:
    """A stranger who has written to the bot; `said` is the beginning of what they wrote."""

    person_id: int
    name: str
    username: str | None = None
    said: str = ""
    knocked_at: datetime
    state: KnockState = KnockState.OPEN


def hashed(token: str) -> str:
    """What is kept of an invitation's token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def token_in(text: str) -> str:
    """What an invitation's link ends in, where a message is the press on Start that it leads to; else ""."""
    command, _, token = text[:200].partition(" ")
    return token.strip() if command.partition("@")[0] == "/start" else ""


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """Whoever has its link, or that @name, gets the role: once, until it expires.

    `channel_id`: a channel admin's, where it is for one channel.
    """

    id: int
    role: Role
    channel_id: int | None = None
    username: str | None = None
    invited_by: int
    expires_at: datetime
