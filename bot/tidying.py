"""What is only needed for a while, and goes after its time. Knows no news: stories and posts stay.

In small steps, a transaction each: whoever writes or presses meanwhile waits for one of them at the most.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.line.doors import AGAIN, ASIDE, FAULTS
from storage import Db, Storage

MEMORY = timedelta(days=7)
"""How long a handled update is kept; Telegram itself repeats none that is older than a day."""
PASTES = timedelta(days=2)
"""How long copy is kept beside the story it has become: mail from an outage may bring its next part."""
UNSAID = 1_000
"""Notices that could not be said are kept as long as no more than so many have come since."""
STEP = 100
"""Rows that go in one transaction."""
MOST = 1_000
"""Steps of one kind in one tidying; there is another one in an hour."""

type _Step = Callable[[Db], Awaitable[int]]


async def tidy(storage: Storage, now: datetime, *, record_days: int = 0) -> None:
    """Forget updates, copy and questions of long ago, notices that nobody got, and waits that are over.

    The record of who did what goes after so many days, if it is not to be kept for ever (0).
    """
    if record_days:
        end = now - timedelta(days=record_days)
        await _little_by_little(storage, lambda db: db.audit.forget_before(end, STEP))
    await _little_by_little(storage, lambda db: db.inbox.forget_before(now - MEMORY, STEP))
    await _little_by_little(storage, lambda db: db.inbox.forget_failed(now - FAULTS, ASIDE, STEP))
    await _little_by_little(storage, lambda db: db.pastes.forget_before(now - PASTES, STEP))
    await _little_by_little(storage, lambda db: db.errands.forget_before(now - MEMORY, STEP))
    await _little_by_little(storage, lambda db: db.notices.forget_dropped(UNSAID, STEP))
    await _little_by_little(storage, lambda db: db.by_hand.forget_before(now - PASTES, STEP))
    await _little_by_little(storage, lambda db: db.prompts.forget_before(now - MEMORY, STEP))
    await _little_by_little(storage, lambda db: db.numbers.forget_before(now - PASTES, STEP))
    await _little_by_little(storage, lambda db: db.sent_items.forget_before(now - MEMORY, STEP))
    await _little_by_little(storage, lambda db: db.board_keys.forget_before(now, STEP))
    async with storage.begin() as db:
        await db.pauses.forget_before(now)
        await db.strangers.forget_before(now - AGAIN)


async def _little_by_little(storage: Storage, forget: _Step) -> None:
    for _ in range(MOST):
        async with storage.begin() as db:
            if not await forget(db):
                return
