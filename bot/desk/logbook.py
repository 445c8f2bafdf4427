"""What is written down of the desk's verbs: who did what to which story, channel or post. Knows no verb.

A change of a post's place is written down with how the post stood before and stands now: `bot.desk.order`
takes it back by that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from bot.news.model import Post, Staff
from bot.news.plans import standing
from bot.news.talk import AuditEntry
from storage import Db


class Writer(Protocol):
    """Who writes an entry, when, and in which transaction."""

    @property
    def db(self) -> Db: ...
    @property
    def who(self) -> Staff: ...
    @property
    def now(self) -> datetime: ...


async def note(
    writer: Writer,
    verb: str,
    *,
    article_id: int | None = None,
    channel_id: int | None = None,
    post: Post | None = None,
    **detail: Any,
) -> int:
    """Write a verb down, with the story and the channel of its post where there is one; the entry's id."""
    return await writer.db.audit.log(
        at=writer.now,
        person_id=writer.who.id,
        verb=verb,
        article_id=post.article_id if post else article_id,
        channel_id=post.channel_id if post else channel_id,
        post_id=post.id if post else None,
        detail=detail or None,
    )


def took_back(entry: AuditEntry) -> bool:
    """Whether it took something back: to take that back does it again, and is no such entry itself."""
    return entry.verb.startswith("undo") or (entry.detail or {}).get("fields") == ["undo"]


def last_edit(entries: Sequence[AuditEntry], version: int) -> AuditEntry | None:
    """The edit of a story that its `version` came from; None if that was the rest of a paste."""
    for entry in entries:
        if entry.verb == "edit" and (entry.detail or {}).get("version") == version:
            return entry
    return None


@dataclass(frozen=True, kw_only=True)
class Approval:
    """Who approved a story last, and when; who else has edited it last since, if anybody has."""

    by: int
    at: datetime
    edited_by: int | None = None


def last_approval(entries: Sequence[AuditEntry]) -> Approval | None:
    """The approval of a story, or of its last correction; None if none is written down (any more)."""
    found: Approval | None = None
    for entry in entries:
        if entry.verb in {"approve", "correct"}:
            found = Approval(by=entry.person_id, at=entry.at)
        elif entry.verb == "edit" and found is not None:
            found = replace(found, edited_by=entry.person_id if entry.person_id != found.by else None)
    return found


def change_of(was: Post, now: Post) -> dict[str, Any]:
    """How one of several posts stood before and stands now, for the detail of an entry about them all."""
    return {"post": now.id, "was": standing.to_json(was), "now": standing.to_json(now)}


async def note_change(writer: Writer, verb: str, was: Post, now: Post, **detail: Any) -> int:
    """Write down what has changed about a post's place, so that it can be undone; its card shows it."""
    await writer.db.cards.touch(now.article_id)
    return await note(writer, verb, post=now, was=standing.to_json(was), now=standing.to_json(now), **detail)
