"""Outages: whether we or Telegram were away, or the clock was set, and who is told of it. Knows no queue."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.delivery import sending
from bot.delivery.sending import Reports
from bot.line.health import Line
from storage import Db

log = structlog.get_logger(__name__)

AWAY = timedelta(minutes=1)
"""How long we or Telegram were away when that is an outage, and how late is late enough to be told of."""


@dataclass(kw_only=True)
class Absence:
    """When it was last seen to what is due."""

    line: Line
    reports: Reports
    _looked_at: datetime | None = None  # and Telegram was there
    _seen_at: datetime | None = None  # the clock then

    def seen(self, now: datetime, *, there: bool) -> None:
        """It was looked, or there was nothing to look for; Telegram was `there` at the last try."""
        self._seen_at = now
        if there:
            self._looked_at = now

    def has_jumped(self, now: datetime) -> bool:
        """Whether the clock was set back since, or we were away."""
        since = (self._seen_at, self._looked_at)
        return any(at is not None and not -AWAY <= now - at <= AWAY for at in since)

    async def told(self, db: Db, now: datetime, *, back: bool) -> bool:
        """Tell of what is to be told; whether there was anything. Telegram is `back`, or was not away."""
        trouble = await self._told_of_trouble(db, now)
        return await self.told_late(db, now, back=back) or trouble

    async def _told_of_trouble(self, db: Db, now: datetime) -> bool:
        """What the owners are to hear, once: the token is not taken; the clock was set back."""
        refused_since = None if self.line.refusal_told else self.line.refused_since
        if refused_since:
            await self.reports.shut_out(db, refused_since)
            self.line.refusal_told = True
        back = self._seen_at - now if self._seen_at else timedelta()
        self._seen_at = now
        if back > AWAY:
            log.error("clock_set_back", seconds=back.total_seconds())
            await db.waits.set_back(back, now)
            await self.reports.set_back(db, back, now)
            self._looked_at = now
        return back > AWAY or refused_since is not None

    async def told_late(self, db: Db, now: datetime, *, back: bool) -> bool:
        """Hold what is too late; after an outage tell of that and of what goes out late, in one message."""
        late = await db.posts.hold_late(now)
        for post in late:
            await db.cards.touch(post.article_id)
        away = self._looked_at is None or now - self._looked_at > AWAY
        if away and back:
            self._looked_at = now
            late += await db.posts.announced(now - AWAY, now + sending.RETRY)
        if late:
            await sending.reported(self.reports.late(db, late, now))
        return bool(late)
