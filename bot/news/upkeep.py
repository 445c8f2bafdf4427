"""How the house itself is: what troubles it, and what a week has brought. Values only."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What may be wrong; a channel's own troubles are about its id, a disk's about a folder on it."""

    DISK_LOW = "disk_low"
    DISK_FULL = "disk_full"
    TELEGRAM = "telegram"
    BACKUP = "backup"
    MAY_NOT_POST = "may_not_post"
    MAY_NOT_EDIT = "may_not_edit"
    MAY_NOT_DELETE = "may_not_delete"


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """Something that lasts."""

    kind: Kind
    about: str = ""
    since: datetime


@dataclass(frozen=True, kw_only=True)
class Room:
    """Bytes that are free on the disk of a folder."""

    folder: str
    free: int


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Up to where the last sum of a week has told, the database's bytes then, and faults of ours since."""

    told_until: datetime
    database_bytes: int
    faults: int


@dataclass(frozen=True, kw_only=True)
class ChannelSum:
    """What a channel had in a span: posts that went out, how many of them late, that failed, corrections."""

    title: str
    out: int = 0
    late: int = 0
    failed: int = 0
    corrected: int = 0


@dataclass(frozen=True, kw_only=True)
class WeekSum:
    """What was between two moments, and how the house stood at the end of it.

    `database_bytes` as at the end, `grown` since the beginning; `backup_at`: when the newest backup was
    made, None where there is none. `drafts` were left unfinished, `faults` are ours.
    """

    since: datetime
    until: datetime
    channels: tuple[ChannelSum, ...]
    drafts: int
    database_bytes: int
    grown: int
    faults: int
    backup_at: datetime | None = None
