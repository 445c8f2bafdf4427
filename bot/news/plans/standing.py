"""How a post stands in its queue, as JSON that the audit log keeps to undo by. Knows no database."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.news.model import Post, PostState


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What a person's change of the schedule can change about a post; fields as in `Post`."""

    state: PostState
    due_at: datetime
    reason: str | None = None
    zone: str | None = None
    pin_for: int | None = None
    delete_after: int | None = None

    @property
    def place(self) -> tuple[PostState, datetime]:
        return self.state, self.due_at


def of(post: Post) -> Standing:
    return Standing(
        state=post.state,
        due_at=post.due_at,
        reason=post.reason,
        zone=post.zone,
        pin_for=post.pin_for,
        delete_after=post.delete_after,
    )


def to_json(post: Post) -> dict[str, Any]:
    """What `from_json` reads."""
    return {
        "state": post.state.value,
        "due_at": post.due_at.isoformat(),
        "reason": post.reason,
        "zone": post.zone,
        "pin_for": post.pin_for,
        "delete_after": post.delete_after,
    }


def from_json(stored: dict[str, Any]) -> Standing:
    place = {"state": PostState(stored["state"]), "due_at": datetime.fromisoformat(stored["due_at"])}
    return Standing(**{**stored, **place})
