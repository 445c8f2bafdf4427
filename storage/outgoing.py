"""The posts' table as a post is sent: claimed, in doubt, put back, settled. Knows no queue.

Each changes a post only from the states that it is thought to be in.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Update, bindparam, update

from bot.news.model import Post, PostState
from storage.due import DuePosts, post_of
from storage.schema import posts

_SET: Final = update(posts).where(posts.c.id == bindparam("which"))
_TURN: Final = _SET.where(posts.c.state.in_(bindparam("frm", expanding=True)))
_ATTEMPT: Final = _TURN.values(attempt=posts.c.attempt + 1)
_NO_ATTEMPT: Final = _TURN.values(attempt=posts.c.attempt - 1)
_OUT: Final = _TURN.returning(posts)


class OutgoingPosts(DuePosts):
    async def claim(self, id: int, *, now: datetime, version: int | None = None) -> bool:
        """Make a pending post `sending`; False if it is not pending any more: nobody gets it twice.

        `version`: that of the article with which it begins, all of it.
        """
        begins_with = {} if version is None else {"version": version}
        return await self._turn(
            id,
            (PostState.PENDING,),
            _ATTEMPT,
            state=PostState.SENDING,
            changed_at=now,
            **begins_with,
        )

    async def out(
        self, id: int, message_ids: tuple[int, ...], *, now: datetime, frm: Collection[PostState]
    ) -> Post | None:
        """All of it is out, in these messages; the post as it is then. None: it is in none of the states."""
        result = {"state": PostState.SENT, "reason": None, "not_before": None, "changed_at": now}
        asked = {"which": id, "frm": tuple(frm), **result, "sent_at": now}
        row = (await self._connection.execute(_OUT, asked)).one_or_none()
        return None if row is None else post_of(row, message_ids)

    async def doubt(self, id: int, look_at: datetime | None, *, now: datetime, reason: str) -> bool:
        """Nobody knows whether it is there: look at that time, or (None) a person will."""
        return await self._turn(
            id,
            (PostState.SENDING, PostState.UNCONFIRMED),
            state=PostState.UNCONFIRMED,
            not_before=look_at,
            reason=reason,
            changed_at=now,
        )

    async def set_form(self, id: int, form: str) -> None:
        """Telegram refused more than that form."""
        await self._connection.execute(_SET, {"which": id, "form": form})

    async def begin_with(self, id: int, version: int) -> None:
        """The version of the article that goes out, all of it."""
        await self._connection.execute(_SET, {"which": id, "version": version})

    async def release(self, id: int, not_before: datetime, *, now: datetime) -> bool:
        """Put a claimed post back until `not_before`; the attempt was none. False if it is not `sending`."""
        return await self._turn(
            id,
            (PostState.SENDING,),
            _NO_ATTEMPT,
            state=PostState.PENDING,
            not_before=not_before,
            changed_at=now,
        )

    async def settle(
        self,
        id: int,
        state: PostState,
        *,
        now: datetime,
        version: int | None = None,
        reason: str | None = None,
        not_before: datetime | None = None,
        frm: Collection[PostState] = (PostState.SENDING,),
    ) -> bool:
        """Say how the sending ended; False if the post is not in one of the states `frm`."""
        result: dict[str, Any] = {
            "state": state,
            "reason": reason,
            "not_before": not_before,
            "changed_at": now,
        }
        if version is not None:
            result["version"] = version
        if state is PostState.SENT:
            result["sent_at"] = now
        return await self._turn(id, frm, **result)

    async def _turn(self, id: int, frm: Collection[PostState], how: Update = _TURN, **values: Any) -> bool:
        turned = await self._connection.execute(how, {"which": id, "frm": tuple(frm), **values})
        return turned.rowcount > 0
