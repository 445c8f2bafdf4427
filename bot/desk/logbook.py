"""What is written down of the desk's verbs: who did what to which story, channel or post. Knows no verb.

A change of a post's place is written down with how the post stood before and stands now: `bot.desk.order`
takes it back by that.
"""

from collections.abc import Sequence
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


def edited_since_approval(entries: Sequence[AuditEntry]) -> tuple[int, int] | None:
    """Who approved a story last, and who else has edited it last since; None if nobody else has."""
    approver = editor = None
    for entry in entries:
        if entry.verb == "approve":
            approver, editor = entry.person_id, None
        elif entry.verb == "edit" and approver is not None:
            editor = entry.person_id
    return (approver, editor) if approver is not None and editor not in {None, approver} else None


def change_of(was: Post, now: Post) -> dict[str, Any]:
    """How one of several posts stood before and stands now, for the detail of an entry about them all."""
    return {"post": now.id, "was": standing.to_json(was), "now": standing.to_json(now)}


async def note_change(writer: Writer, verb: str, was: Post, now: Post, **detail: Any) -> int:
    """Write down what has changed about a post's place, so that it can be undone; its card shows it."""
    await writer.db.cards.touch(now.article_id)
    return await note(writer, verb, post=now, was=standing.to_json(was), now=standing.to_json(now), **detail)
