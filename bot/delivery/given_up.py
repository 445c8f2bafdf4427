"""What is written down of a post, or a change of one, when we fail at it by a fault of our own."""

from dataclasses import replace
from datetime import datetime

from bot.delivery import changing, sending
from bot.delivery.sending import Reports
from bot.news.model import Post, PostState
from bot.news.talk import Change, ChangeState
from storage import Db


async def as_it_is(_db: Db, _now: datetime) -> None:
    """Nothing was claimed."""


async def in_doubt(post: Post, db: Db, now: datetime) -> None:
    await db.posts.doubt(post.id, now + sending.GRACE, now=now, reason="fault")


async def put_off(change: Change, db: Db, now: datetime) -> None:
    later = now + changing.LONGEST_WAIT
    await db.changes.settle(change.id, ChangeState.PENDING, now=now, not_before=later)


async def settled(db: Db, head: Post | Change, now: datetime, fault: str, reports: Reports) -> None:
    """What can't even be prepared has failed, and its people hear of it."""
    if isinstance(head, Change):
        await db.changes.claim(head.id, now=now)
        await db.changes.settle(head.id, ChangeState.FAILED, now=now, reason=fault)
        post = await db.posts.get(head.post_id)
        if post is not None:
            failed = replace(head, state=ChangeState.FAILED, reason="fault")
            await sending.reported(reports.changed(db, failed, post, now))
        return
    await db.posts.settle(head.id, PostState.FAILED, now=now, reason=fault, frm=(PostState.PENDING,))
    await sending.told(db, head, now, reports)


async def to_people(post: Post, reports: Reports, db: Db, now: datetime) -> None:
    """Looking for a post has failed: a person looks, and says."""
    await db.posts.doubt(post.id, None, now=now, reason="fault")
    await sending.told(db, post, now, reports)
