"""The way out to the readers: what is due, in which order and at which pace. Knows no desk and no staff.

One thing at a time in each channel, many channels at once: a slow or banned one delays no other. What may go
is decided and claimed in one transaction; then each claimed thing is a task of its own
(`bot.delivery.sending`, `bot.delivery.changing`, `bot.delivery.probe`).
"""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

import structlog
from telegram import Bot

from bot.aside import Done, Wanted
from bot.clock import Clock, first_of
from bot.delivery import changing, given_up, keeping, sending
from bot.delivery.absence import Absence
from bot.delivery.doubt import Search
from bot.delivery.known import Reading
from bot.delivery.lease import MayPublish, always
from bot.delivery.noting import Noting
from bot.delivery.pacing import Pace, Share
from bot.delivery.sending import Delivery, Reports
from bot.delivery.work import NO_CHANNEL, Work, keep, turn
from bot.errors import Flooded, Refused, SendError, StorageError, Unreachable
from bot.line import calls
from bot.line.health import Line
from bot.loops import Complaints
from bot.news.model import Post
from bot.news.talk import Change
from storage import Db, Storage

log = structlog.get_logger(__name__)

MOST = 32
"""Things under way at once: more than go out in a second, for some chats answer slowly."""
LONGEST_SLEEP = 1.0
"""Seconds between two looks at the clock, which may be set."""
NET = timedelta(seconds=10)
"""After so long it is looked at what is due, whatever woke nobody."""
PATIENCE = timedelta(seconds=1)
"""Between two looks while nothing can go out from here."""
FROZEN = timedelta(seconds=5)
"""Between a claim and its call: who was stopped for longer may have been taken for dead."""


async def recover(storage: Storage, clock: Clock) -> int:
    """Sort what a process that died left half-done; how many posts. Call once, before publishing.

    A part that was going out is in doubt, and will be looked for. A change is simply done again.
    """
    now = await clock()
    async with storage.begin() as db:
        stranded = await db.posts.stranded()
        for post in stranded:
            await db.posts.doubt(post.id, now + sending.GRACE, now=now, reason="crash")
        await db.changes.put_back(now=now)
    return len(stranded)


@dataclass(kw_only=True)
class Publisher:
    """What goes out, with the pace it goes at and the tasks under way."""

    bot: Bot
    storage: Storage
    clock: Clock
    pace: Pace
    reports: Reports
    may_publish: MayPublish = always
    groups: tuple[int, ...] = ()  # the desk's
    line: Line = field(default_factory=Line)
    heard_at: datetime | None = None  # when the mail was last read to its end: it tells of others' messages
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    again_at: datetime | None = None  # when there will be something to do, as the last look has found
    _asleep: bool = False
    _cut_off: bool = False  # Telegram could not be reached at the last try
    _complaints: Complaints = field(default_factory=Complaints)
    _search: Search = field(init=False)
    _drawn: Done = field(default_factory=lambda: Done.of(2 * MOST))  # long stories, as the posts that are due
    _under_way: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _noting: Noting = field(init=False)
    _absence: Absence = field(init=False)

    def __post_init__(self) -> None:
        self._absence = Absence(line=self.line, reports=self.reports)
        self._noting = Noting(storage=self.storage, clock=self.clock)
        self._search = Search(
            bot=self.bot,
            storage=self.storage,
            clock=self.clock,
            reports=self.reports,
            groups=self.groups,
        )

    async def open(self) -> None:
        """Take in what a restart must not forget: waits that Telegram asked for, and what was just sent."""
        now = await self.clock()
        async with self.storage.begin() as db:
            waits = await db.pauses.since(now)
            lately = await db.posts.parts.sent_since(now - timedelta(minutes=1))
        for chat_id, until in waits.items():
            self.pace.pause(chat_id or None, until)
        self.pace.remember([(chat_id, at) for chat_id, at, items in lately for _ in range(items)])

    async def step(self) -> bool:
        """Do all that may be done now, and wait until it is done; False if there was nothing."""
        self.woken.clear()
        await self.start()
        await asyncio.gather(*self._under_way.values())
        return self.woken.is_set()

    async def run(self, stop: asyncio.Event) -> None:
        """Publish until `stop` is set; what is under way then goes on, see `close`."""
        while not stop.is_set():
            self.woken.clear()
            try:
                await self.start()
            except StorageError as error:
                if self._complaints.is_new(str(error)):
                    log.warning("publisher_waits", why=str(error))
                self.again_at = await self.clock() + PATIENCE
            except Exception as fault:  # a bug in one post must not end them all
                if self._complaints.is_new(type(fault).__name__, str(fault)):
                    log.exception("publisher_failed")
                self.again_at = await self.clock() + PATIENCE
            self._asleep = True
            await self._sleep(stop)
            self._asleep = False

    @property
    def is_idle(self) -> bool:
        """Nothing is under way, and it waits for a moment or a call."""
        return self._asleep and not self._under_way and not self.woken.is_set()

    def passes_over(self, now: datetime) -> None:
        """A clock that is moved by hand comes to `now`, and nothing was due on the way: no absence."""
        self._absence.seen(now, there=not self._cut_off)

    async def _sleep(self, stop: asyncio.Event) -> None:
        """Until there is something to do: the clock is asked, for one that was set goes its own way."""
        again_at = min(filter(None, (self.again_at, await self.clock() + NET)))
        while True:
            left = (again_at - await self.clock()).total_seconds()
            await first_of(stop, self.woken, seconds=min(max(left, 0.0), LONGEST_SLEEP))
            now = await self.clock()
            if stop.is_set() or self.woken.is_set() or now >= again_at or self._absence.has_jumped(now):
                return
            self._absence.seen(now, there=not self._cut_off)

    async def close(self, seconds: float) -> None:
        """Let what is under way end, for so long; the rest is cut off and looked for at the next start."""
        if self._under_way:
            await asyncio.wait(list(self._under_way.values()), timeout=seconds)
        hanging = list(self._under_way.values())
        for task in hanging:
            task.cancel()
        await asyncio.gather(*hanging, return_exceptions=True)
        await self._noting.last_words()

    async def start(self) -> datetime | None:
        """Start whatever may go now; when to look again if nothing happens before."""
        self.again_at = None
        self.again_at = await self._started(await self.clock())
        return self.again_at

    async def _started(self, now: datetime) -> datetime | None:
        claimed: list[Work] = []
        async with self.storage.begin() as db:
            if not await self.may_publish(db, now):
                return now + PATIENCE
            if await self._absence.told(db, now, back=not self._cut_off):
                self._has_news()
            if self.line.is_shut(now):
                return self.line.shut_until
            claimed += await self._to_look_for(db, now)
            with self._drawn.at_hand():
                again_at = await self._claim(db, now, claimed)
        self._absence.seen(now, there=not self._cut_off)
        for each in claimed:
            task = asyncio.create_task(self._watched(each))
            self._under_way[each.channel_id] = task
            task.add_done_callback(partial(self._ended, each.channel_id))
        return again_at

    async def _to_look_for(self, db: Db, now: datetime) -> list[Work]:
        """What looks have left in our own chats, and a post in doubt: in turn, neither waits long."""
        tidies = self._search.has_to_tidy(now) and self._has_room(NO_CHANNEL, [])
        looks = not self._search.is_busy and (self._search.has_tidied or not tidies)
        for post in await db.posts.in_doubt(now) if looks else ():
            if self._has_room(post.channel_id, []):
                hand_over = partial(given_up.to_people, post, self.reports)
                return [Work(channel_id=post.channel_id, do=partial(self._look_for, post), fault=hand_over)]
        tidy = Work(channel_id=NO_CHANNEL, do=self._search.tidy, fault=given_up.as_it_is)
        return [tidy] if tidies else []

    async def _claim(self, db: Db, now: datetime, work: list[Work]) -> datetime | None:
        """Claim in order of urgency and age what the pace lets through; when it lets the next one through."""
        next_times = [await db.posts.next_due(now), await db.changes.next_due(now)]
        next_times.append(self._search.tidies_after(now))
        heads: list[Post | Change] = [*await db.posts.heads(now), *await db.changes.heads(now)]
        full, ready = False, sorted(heads, key=turn)
        free = [head for head in ready if self._has_room(head.channel_id, work)]
        posts = [head for head in free if isinstance(head, Post) and not self.pace.wait(head.channel_id, now)]
        reading = Reading(db=db, posts=posts, at_once=MOST)
        for head in ready:
            if (full and isinstance(head, Post)) or not self._has_room(head.channel_id, work):
                continue
            claimed = await self._claimed(db, head, reading, now)
            if isinstance(claimed, float):
                next_times.append(now + timedelta(seconds=claimed))
                # What only waits for the bot's own limit is not overtaken, or albums would never find room.
                full = full or (isinstance(head, Post) and self.pace.room(now) >= claimed)
            elif claimed is not None:
                work.append(claimed)
        return min((time for time in next_times if time is not None), default=None)

    async def _claimed(
        self, db: Db, head: Post | Change, reading: Reading, now: datetime
    ) -> Work | float | None:
        try:
            if isinstance(head, Post):
                return await self._claim_post(db, head, reading, now)
            return await self._claim_change(db, head, now)
        except StorageError:
            raise
        except Wanted as wanted:  # before anything was written: drawn aside, it is claimed at the next look
            return Work(
                channel_id=head.channel_id,
                do=partial(self._drawn.work_out, wanted.job),
                fault=given_up.as_it_is,
            )
        except Exception as fault:  # a bug with one of them must not stop the others
            log.exception("not_claimed", head=head.id, kind=type(head).__name__)
            await given_up.settled(db, head, now, type(fault).__name__, self.reports)
            return None

    async def _claim_post(self, db: Db, post: Post, reading: Reading, now: datetime) -> Work | float | None:
        """The sending of its next part, or how many seconds the pace makes it wait; None: it is settled."""
        if wait := self.pace.wait(post.channel_id, now):
            return wait
        known = await reading.of(post)
        if await keeping.kept_back(db, known, now, self.reports):
            self._has_news()
            return None
        deliver = sending.prepared(known, now)
        if deliver is None:
            await sending.nothing_left(db, known, now, self.reports)
            self._has_news()
            return None
        if wait := self.pace.wait(post.channel_id, now, items=deliver.items):
            return wait
        if not await sending.begin(db, deliver, now):
            return None
        self.pace.take(post.channel_id, now, items=deliver.items)
        deliver_it = partial(self._deliver, deliver, now)
        return Work(channel_id=post.channel_id, do=deliver_it, fault=partial(given_up.in_doubt, post))

    async def _claim_change(self, db: Db, change: Change, now: datetime) -> Work | float | None:
        if wait := self.pace.wait(change.channel_id, now, share=Share.STAFF):
            return wait
        step = await changing.prepared(db, change, now, self.reports)
        if step is None:
            self._has_news()
            return None
        self.pace.take(change.channel_id, now, share=Share.STAFF)
        change_it = partial(self._change, step)
        return Work(channel_id=change.channel_id, do=change_it, fault=partial(given_up.put_off, change))

    def _has_room(self, channel_id: int, work: list[Work]) -> bool:
        busy = channel_id in self._under_way or any(channel_id == each.channel_id for each in work)
        return not busy and len(self._under_way) + len(work) < MOST

    def _ended(self, channel_id: int, _task: asyncio.Task[None]) -> None:
        del self._under_way[channel_id]
        self._has_news()

    def _has_news(self) -> None:
        self.woken.set()

    async def _watched(self, work: Work) -> None:
        try:
            await work.do()
        except Exception:  # a bug: nobody knows how far it came
            log.exception("publishing_failed", channel_id=work.channel_id)
            await self._noting.down(work.fault)

    async def _deliver(self, deliver: Delivery, claimed_at: datetime) -> None:
        structlog.contextvars.bind_contextvars(post=deliver.post.id)  # in a task of its own
        self._search.forget(deliver.post.id)
        try:
            if await self.clock() - claimed_at > FROZEN:
                raise Unreachable("woke up too late to send")
            extra = {"allow_paid_broadcast": True} if self.pace.limits.paid else {}
            answer = await calls.call(self.bot, deliver.part.method, {**deliver.part.params, **extra})
        except SendError as error:
            failure = error
        else:
            self.line.answered(_of(deliver.channel.id))
            sent = answer if isinstance(answer, list) else [answer]
            ids = tuple(message["message_id"] for message in sent)
            await self._noting.down(partial(self._settle_sent, deliver, ids))
            self._cut_off = False
            return
        self._cut_off = isinstance(failure, Unreachable)
        wait = await self._note_failure(deliver.channel.id, failure)
        if not isinstance(failure, Unreachable):  # those are told of once, by the line
            why = failure.description
            log.warning("not_sent", post_id=deliver.post.id, kind=type(failure).__name__, why=why)
        await self._noting.down(
            lambda db, now: sending.settle_failure(db, deliver, failure, now, self.reports, wait=wait)
        )

    async def _settle_sent(self, deliver: Delivery, ids: tuple[int, ...], db: Db, now: datetime) -> None:
        if self._cut_off and await self._absence.told_late(db, now, back=True):
            self._has_news()  # this one is told of with all that was late
        await sending.settle_sent(db, deliver, ids, now, self.reports)

    async def _change(self, step: changing.Step) -> None:
        structlog.contextvars.bind_contextvars(post=step.change.post_id)
        try:
            await calls.call(self.bot, step.method, step.params)
        except SendError as error:
            failure = error
        else:
            self.line.answered(_of(step.change.channel_id))
            await self._noting.down(lambda db, now: changing.settle_done(db, step, now, self.reports))
            return
        await self._note_failure(step.change.channel_id, failure)
        await self._noting.down(lambda db, now: changing.settle_failure(db, step, failure, now, self.reports))

    async def _note_failure(self, chat_id: int, error: SendError) -> timedelta:
        """Take in what Telegram, or the way to it, makes of calls; how long the next one waits at least."""
        now = await self.clock()
        if isinstance(error, Flooded):
            await self._noting.down(partial(keep, self.pace.flooded(chat_id, now, error.retry_after)))
        if isinstance(error, Unreachable):
            return self.line.struck(_of(chat_id), error, now)
        if isinstance(error, Refused | Flooded):
            self.line.answered(_of(chat_id))
        return timedelta()

    async def _look_for(self, post: Post) -> None:
        await self._noting.down(await self._search.resolve(post, heard_at=self.heard_at))


def _of(channel_id: int) -> str:
    return f"channel {channel_id}"
