"""The promise of docs/delivery.md against any order of events: no message twice, none lost, and the books right.

People schedule, move, hold, release, cancel, correct, take down and pin; other admins write and delete in the
channel; Telegram refuses, loses answers and throws the bot out; the process dies between any two of its effects,
and another one takes over. After every step no message stands twice in a channel. When the troubles are over,
every post is out as the books say, or its people were told why it is not.

`MONADI_LONG_TESTS=1` looks much longer.
"""

import asyncio
import os
import re
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import text as sql
from telegram import Bot

from bot.delivery import changing, publisher
from bot.delivery.lease import Tenure
from bot.delivery.pacing import Limits, Pace
from bot.delivery.probe import _words_seen, _words_sent
from bot.delivery.publisher import Publisher
from bot.delivery.sending import Reports
from bot.desk.schedule import Schedule, returned
from bot.desk.stories import Desk
from bot.errors import AlreadyPosted, MonadiError, PastTime, WrongState
from bot.line import ingest
from bot.line.answers import Answers
from bot.news.model import (
    Article,
    ArticleState,
    Channel,
    Form,
    Look,
    Paragraph,
    Piece,
    Post,
    PostState,
    Role,
    Section,
    Staff,
)
from bot.news.talk import Change, ChangeKind, ChangeState, PartState
from bot.simulator import places
from bot.simulator.people import Person
from bot.simulator.world import World
from storage import Db, Storage
from storage.schema import metadata
from tests.at_once import without_threads
from tests.mortal import Life, MortalRequest, MortalStorage
from tests.newsroom import ADMIN, NEWS, NOON, OWNER, SPORT

CHANNELS = st.sampled_from([NEWS, SPORT])
DECISIONS = st.sampled_from(["hold", "release", "cancel", "cancel", "restore", "now", "move"])
WISHES = st.lists(
    st.tuples(CHANNELS, st.sampled_from([0, 0, 1, 30]), st.sampled_from([1, 1, 3])), min_size=1, max_size=4
)
"""Channel, minutes from now, and messages, of some posts."""
MARK = re.compile(r"\d+[hs]\d*v\d+")
BOSS = Staff(id=ADMIN, name="مدیر", roles=frozenset({Role.CHANNEL_ADMIN, Role.EDITOR, Role.OWNER}))
METHODS = [
    "sendMessage",
    "sendRichMessage",
    "editMessageText",
    "deleteMessages",
    "deleteMessage",
    "forwardMessage",
    "pinChatMessage",
    "unpinChatMessage",
    None,
]
P = PostState


def story(number: int, version: int, messages: int) -> Article:
    """So many messages long where it is not rich; every piece of it has a mark of its own."""
    return Article(
        headline=f"تیتر {number}h0v{version}",
        lede="چکیده.",
        sections=tuple(
            Section(blocks=(Paragraph(text=f"بند {number}s{part}v{version} " + "واژه‌ها " * 380),))
            for part in range(messages if messages > 1 else 0)
        ),
    )


class Scene:
    """One world and one database, with the process that works on them."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.world = World(frozen=True, now=NOON)
        self.number = self.heard = self.processes = 0
        self.removed: set[tuple[int, int]] = set()
        self.dropped = Counter[int]()
        self.trusted: set[int] = set()  # posts that a person has said to be there

    async def begin(self, forms: dict[int, Form], *, known: bool) -> None:
        async with self.storage.begin() as db:
            for table in reversed(metadata.sorted_tables):
                await db.posts._connection.execute(table.delete())
            await db.posts._connection.execute(sql("DELETE FROM sqlite_sequence"))
            await db.staff.sync({OWNER: frozenset({Role.OWNER}), ADMIN: BOSS.roles}, NOON)
            for channel_id, form in forms.items():
                look = Look(form=form, pieces=(Piece.HEADLINE, Piece.LEDE, Piece.FULL_TEXT))
                where = Channel(id=channel_id, title="کانال", look=look)
                await db.channels.put(where, by=ADMIN, now=NOON)
        for person_id in (ADMIN, OWNER):
            Person(self.world, person_id).send("/start")
        if known:
            for channel_id in forms:
                self.others_write(channel_id, 1)
        await self.boots()
        await self.hears()

    async def boots(self) -> None:
        """A new process, as `Newsroom.open` begins it."""
        self.life = Life()
        own = MortalStorage(self.storage, self.life)
        line = MortalRequest(self.world, self.life)
        await publisher.recover(own, self.clock)
        self.publisher = Publisher(
            bot=Bot("1:demo", request=Answers(line), get_updates_request=Answers(line)),
            storage=own,
            clock=self.clock,
            pace=Pace(Limits(speed=float("inf"))),
            reports=Reports(settled=_tell, late=_tell_late, changed=_tell_changed),
            may_publish=(await self._tenure()).holds,
        )
        self.publisher.bot._bot_user = _bot_user(self.world)
        await self.publisher.open()

    async def _tenure(self) -> Tenure:
        """Nobody waits here: whoever held the lease is taken for dead."""
        self.processes += 1
        now = self.world.clock.now()
        async with self.storage.begin() as db:
            holder = await db.lease.take(
                str(self.processes), "host", self.processes, until=now, now=now, gone=True
            )
        assert holder is not None
        return Tenure(holder=holder)

    async def clock(self) -> datetime:
        return self.world.clock.now()

    async def hears(self) -> None:
        out = self.publisher
        new = [
            update["update_id"] for update in self.world.updates.pending if update["update_id"] > self.heard
        ]
        try:
            if new:  # Telegram keeps those waiting who ask for nothing
                await ingest.pull(out.bot, out.storage, self.clock, wait=0)
        except MonadiError:
            return
        self.heard = max([self.heard, *new])
        out.heard_at = self.world.clock.now()

    async def works(self, *, dies_after: int | None = None) -> None:
        life = self.life
        life.left = dies_after
        if not await life.survives(self._all_that_may_be_done()):
            await self.boots()
        life.left = None

    async def _all_that_may_be_done(self) -> None:
        await self.hears()
        for _ in range(400):  # one message of a channel at a time, of all that forty steps can schedule
            if not await self.publisher.step():
                return
        raise AssertionError("the publisher does not come to rest")

    def others_write(self, channel_id: int, times: int) -> None:
        for _ in range(times):
            Person(self.world, ADMIN).send("از دیگری", chat=channel_id)

    async def asks(self, verb: Callable[[Schedule], Awaitable[Any]]) -> None:
        """A person presses a button; a refusal changes nothing."""
        try:
            async with self.storage.begin() as db:
                await verb(Schedule(desk=Desk(db=db, who=BOSS, now=self.world.clock.now())))
        except (WrongState, PastTime, AlreadyPosted, MonadiError):
            return

    async def posts(self, *states: PostState) -> list[Post]:
        async with self.storage.begin() as db:
            return [
                post
                for channel_id in (NEWS, SPORT)
                for post in await db.posts.of_channel(channel_id, *states)
            ]

    def ours(self, channel_id: int) -> dict[int, dict[str, Any]]:
        """What the bot has written in a channel, without the news that something was pinned."""
        kept = self.world.chats[channel_id].messages
        return {
            id: stored.message
            for id, stored in kept.items()
            if stored.by_bot and "pinned_message" not in stored.message
        }

    def marks(self, channel_id: int) -> Counter[str]:
        return Counter(
            mark for message in self.ours(channel_id).values() for mark in MARK.findall(_words_seen(message))
        )

    async def calms_down(self) -> None:
        """The troubles end, and time goes by until nothing is left to do."""
        self.world.faults.clear()
        for channel_id in (NEWS, SPORT):
            await self.comes_back(channel_id)
        quiet = False
        for _ in range(40):
            await self.works()
            async with self.storage.begin() as db:
                now = self.world.clock.now()
                moments = [await db.posts.next_due(now), await db.changes.next_due(now)]
                moments += (await db.pauses.since(now)).values()  # of the pace, whoever is held meanwhile
            ahead = [moment for moment in moments if moment]
            if quiet and not ahead:
                return
            quiet = not ahead  # what a refused token holds up is in no book, and a minute later at the most
            self.world.clock.advance((min(ahead) - now).total_seconds() if ahead else 61)
        raise AssertionError("it never comes to rest")

    async def comes_back(self, channel_id: int) -> None:
        """As the handlers do it on hearing that the bot is an administrator (again)."""
        places.enroll(self.world, channel_id, "bot", "administrator")
        async with self.storage.begin() as db:
            where = await db.channels.get(channel_id)
            if where and not where.connected:
                await returned(db, channel_id, self.world.clock.now())


def _bot_user(world: World) -> Any:
    from telegram import User

    return User(id=world.me["id"], first_name="منادی", is_bot=True)


async def _tell(db: Db, post: Post, _now: datetime) -> None:
    await db.notices.add(ADMIN, "post", {"id": post.id, "state": post.state})


async def _tell_late(db: Db, posts: tuple[Post, ...], now: datetime) -> None:
    for post in posts:
        await _tell(db, post, now)


async def _tell_changed(db: Db, change: Change, _post: Post, _now: datetime) -> None:
    await db.notices.add(ADMIN, "change", {"id": change.id, "state": change.state})


class Delivery(RuleBasedStateMachine):
    loop: asyncio.AbstractEventLoop
    storage: Storage

    def do(self, doing: Awaitable[Any]) -> Any:
        return self.loop.run_until_complete(doing)

    @initialize(known=st.booleans(), rich=st.booleans(), wishes=WISHES)
    def opens(self, known: bool, rich: bool, wishes: list[tuple[int, int, int]]) -> None:
        self.scene = Scene(self.storage)
        forms = {NEWS: Form.CLASSIC, SPORT: Form.RICH if rich else Form.CLASSIC}
        self.do(self.scene.begin(forms, known=known))
        self.schedule(wishes)

    # ── The people of the newsroom ──────────────────────────────────────────────────────────────────

    @rule(wishes=WISHES)
    def schedule(self, wishes: list[tuple[int, int, int]]) -> None:
        for channel_id, minutes, messages in wishes:
            self.do(self._schedule(channel_id, minutes, messages))

    async def _schedule(self, channel_id: int, minutes: int, messages: int) -> None:
        now = self.scene.world.clock.now()
        async with self.scene.storage.begin() as db:
            self.scene.number += 1
            article = await db.articles.create(story(self.scene.number, 1, messages), by=ADMIN, now=now)
            await db.articles.set_state(article.id, ArticleState.APPROVED, now=now, approved_version=1)
        due_at = now + timedelta(minutes=minutes)
        await self.scene.asks(
            lambda schedule: (
                schedule.at(article.id, 1, channel_id, due_at)
                if minutes
                else schedule.publish_now(article.id, 1, channel_id)
            )
        )

    @rule(which=st.integers(0, 9), what=DECISIONS)
    def decide(self, which: int, what: str) -> None:
        self.do(self._decide(which, what))

    @rule(which=st.integers(0, 9), what=DECISIONS)
    def decide_while_telegram_is_asked(self, which: int, what: str) -> None:
        self.scene.life.meanwhile = lambda: self._decide(which, what)

    @rule(seconds=st.sampled_from([0, 11]))
    def another_process_takes_over_while_telegram_is_asked(self, seconds: int) -> None:
        """The one that asked hangs meanwhile, and hears the answer when all is over."""

        async def taken_over() -> None:
            await self.scene.boots()
            self.scene.world.clock.advance(seconds)
            await self.scene.works()

        self.scene.life.meanwhile = taken_over

    async def _decide(self, which: int, what: str) -> None:
        posts = await self.scene.posts()
        if not posts:
            return
        post = posts[which % len(posts)]
        post_id = post.id
        if what == "cancel" and post.state is P.UNCONFIRMED:
            self.scene.dropped[post.channel_id] += 1  # who drops it before it was found takes it on

        async def decided(schedule: Schedule) -> None:
            match what:
                case "now":
                    await schedule.move_to_now(post_id)
                case "move":
                    await schedule.move(post_id, schedule.desk.now + timedelta(minutes=5))
                case _:
                    await getattr(schedule, what)(post_id)

        await self.scene.asks(decided)

    @rule()
    def settle_what_is_in_doubt(self) -> None:
        """A person looks into the channel and says what they see, where they are asked; not in a hurry."""
        if self.scene.world.overdue:
            return
        for post in self.do(self.scene.posts(P.UNCONFIRMED, P.FAILED)):
            if post.not_before is None or post.state is P.FAILED:
                self.do(self._look(post))

    async def _look(self, post: Post) -> None:
        async with self.scene.storage.begin() as db:
            parts = await db.posts.parts.of(post.id)
        lost = next((part for part in parts if part.state is PartState.SENDING), None)
        words = {_words_seen(message) for message in self.scene.ours(post.channel_id).values()}
        if lost and _words_sent(lost) in words:
            self.scene.trusted.add(post.id)
            await self.scene.asks(lambda schedule: schedule.confirm_sent(post.id))
        else:
            await self.scene.asks(lambda schedule: schedule.send_again(post.id))

    @rule(which=st.integers(0, 9), messages=st.sampled_from([1, 2, 3]))
    def correct(self, which: int, messages: int) -> None:
        self.do(self._change(which, ChangeKind.EDIT, messages))

    @rule(
        which=st.integers(0, 9), kind=st.sampled_from([ChangeKind.DELETE, ChangeKind.PIN, ChangeKind.UNPIN])
    )
    def change(self, which: int, kind: ChangeKind) -> None:
        self.do(self._change(which, kind))

    async def _change(self, which: int, kind: ChangeKind, messages: int = 1) -> None:
        posts = await self.scene.posts(P.SENT)
        if not posts:
            return
        post, now = posts[which % len(posts)], self.scene.world.clock.now()
        async with self.scene.storage.begin() as db:
            version = None
            if kind is ChangeKind.EDIT:
                version = await self._new_version(db, post.article_id, messages)
            await db.changes.add(post.id, kind, now, by=ADMIN, now=now, version=version)

    async def _new_version(self, db: Db, article_id: int, messages: int) -> int:
        from dataclasses import replace

        now = self.scene.world.clock.now()
        article = await db.articles.get(article_id)
        assert article is not None
        new = story(article_id, article.version + 1, messages)
        changed = replace(article, headline=new.headline, sections=new.sections)
        saved = await db.articles.save(changed, by=ADMIN, now=now)
        await db.articles.set_state(article_id, article.state, now=now, approved_version=saved.version)
        return saved.version

    # ── Time, Telegram, and everyone else ───────────────────────────────────────────────────────────

    @rule(seconds=st.sampled_from([1, 6, 11, 11, 11, 61, 61, 700, 2 * 3600]))
    def time_passes(self, seconds: int) -> None:
        self.scene.world.clock.advance(seconds)
        self.do(self.scene.works())

    @rule(
        method=st.sampled_from(METHODS),
        kind=st.sampled_from(["429", "5xx", "drop", "lost", "lost", "garbled", "page", "refusal", "401"]),
        acts=st.booleans(),
        body=st.sampled_from([None, "", "<html>"]),
        status=st.sampled_from([400, 403, 404, 409]),
        times=st.integers(1, 2),
        after=st.integers(0, 2),
    )
    def trouble_ahead(
        self, method: str | None, kind: str, acts: bool, body: str | None, status: int, times: int, after: int
    ) -> None:
        kinds: dict[str, dict[str, Any]] = {
            "garbled": {"acts": acts, "body": body},
            "page": {"status": status},
        }
        more = kinds.get(kind, {})
        self.scene.world.faults.add(method=method, kind=kind, times=times, after=after, retry_after=7, **more)

    @rule(method=st.sampled_from(["sendMessage", "sendRichMessage"]), seconds=st.sampled_from([3, 9, 20, 45]))
    def a_call_is_carried_out_late(self, method: str, seconds: int) -> None:
        self.scene.world.faults.add(method=method, kind="late", seconds=seconds)

    @rule(channel=CHANNELS, protected=st.booleans())
    def a_channel_is_protected_or_not(self, channel: int, protected: bool) -> None:
        places.protect(self.scene.world, channel, protected=protected)

    @rule(channel=CHANNELS, times=st.sampled_from([1, 2, 6]))
    def others_write(self, channel: int, times: int) -> None:
        self.scene.world.clock.advance(0.001)
        self.scene.others_write(channel, times)

    @rule(channel=CHANNELS, which=st.integers(0, 9))
    def others_delete(self, channel: int, which: int) -> None:
        chat = self.scene.world.chats[channel]
        if chat.messages:
            id = sorted(chat.messages)[which % len(chat.messages)]
            self.scene.world.remove(chat, id)
            self.scene.removed.add((channel, id))

    @rule(channel=CHANNELS, back=st.sampled_from([True, True, False]))
    def the_bot_is_thrown_out_or_let_in(self, channel: int, back: bool) -> None:
        if back:
            self.do(self.scene.comes_back(channel))
        else:
            places.enroll(self.scene.world, channel, "bot", "kicked")

    @rule(moments=st.integers(0, 12), seconds=st.sampled_from([0, 6, 11]))
    def the_process_dies(self, moments: int, seconds: int) -> None:
        self.scene.world.clock.advance(seconds)
        self.do(self.scene.works(dies_after=moments))

    # ── What holds ──────────────────────────────────────────────────────────────────────────────────

    @invariant()
    def no_message_stands_twice(self) -> None:
        for channel_id in (NEWS, SPORT):
            marks = self.scene.marks(channel_id)
            assert not [mark for mark, times in marks.items() if times > 1]

    def teardown(self) -> None:
        if hasattr(self, "scene"):
            self.do(self.scene.calms_down())
            self.no_message_stands_twice()
            self.do(self._the_books_are_right())

    async def _the_books_are_right(self) -> None:
        posts = await self.scene.posts()
        async with self.scene.storage.begin() as db:
            told = {(n.method, n.params["id"], n.params["state"]) for n in await db.notices.unsaid(ADMIN)}
            doubtful = self.scene.dropped.copy()
            for post in posts:
                await self._is_settled(db, post, told)
                parts = await db.posts.parts.of(post.id)
                doubtful[post.channel_id] += any(part.state is PartState.SENDING for part in parts)
                if post.id in self.scene.trusted:  # nobody knows under which id
                    seen = [part for part in parts if part.state is PartState.SENT and not part.message_ids]
                    doubtful[post.channel_id] += len(seen)
        for channel_id in (NEWS, SPORT):
            known = {id for post in posts if post.channel_id == channel_id for id in post.message_ids}
            unknown = self.scene.ours(channel_id).keys() - known
            assert len(unknown) <= doubtful[channel_id], f"{unknown} are in no book"

    async def _is_settled(self, db: Db, post: Post, told: set[tuple[str, int, str]]) -> None:
        assert post.state not in {P.PENDING, P.SENDING}, post
        if post.state in {P.HELD, P.FAILED, P.UNCONFIRMED} and post.reason is not None:
            assert ("post", post.id, post.state) in told or post.reason == "missed", post
        if post.state in {P.FAILED, P.UNCONFIRMED}:
            assert post.reason, post
        there = self.scene.ours(post.channel_id)
        parts = await db.posts.parts.of(post.id)
        for part in parts:
            for id in part.message_ids:
                if (post.channel_id, id) in self.scene.removed:
                    continue
                assert id in there, f"{post} is not there"
                assert _words_seen(there[id]) == _words_sent(part), post
        if post.state is P.CANCELED:
            assert not parts or not any(part.message_ids for part in parts), f"{post} is still out"
        if post.state is P.SENT and post.id not in self.scene.trusted:
            assert parts
            assert all(part.state is PartState.SENT for part in parts), post
            await self._shows_its_version(db, post)

    async def _shows_its_version(self, db: Db, post: Post) -> None:
        edits = [c for c in await db.changes.of_post(post.id) if c.kind is ChangeKind.EDIT]
        done = [change for change in edits if change.state is ChangeState.DONE]
        if done:
            assert post.version == max(change.version or 0 for change in done), "an old version came last"
        if any(change.state is ChangeState.FAILED for change in edits):
            return
        where = await db.channels.get(post.channel_id)
        article = await db.articles.at_version(post.article_id, post.version or 0)
        assert where is not None
        assert article is not None
        parts = await db.posts.parts.of(post.id)
        assert [(part.method, part.params) for part in parts] == changing.planned(article, where, post)


LONG = bool(os.environ.get("MONADI_LONG_TESTS"))


@pytest.mark.timeout(0 if LONG else 360)  # what it finds takes minutes to shrink
def test_whatever_happens_each_post_is_out_once_and_the_books_are_right(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without_threads(monkeypatch)
    loop = asyncio.new_event_loop()
    Delivery.loop, Delivery.storage = loop, loop.run_until_complete(Storage.open("sqlite://"))
    profile = settings(
        max_examples=400 if LONG else 6,
        stateful_step_count=40 if LONG else 20,
        derandomize=not LONG,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    try:
        from hypothesis.stateful import run_state_machine_as_test

        run_state_machine_as_test(Delivery, settings=profile)
    finally:
        loop.run_until_complete(Delivery.storage.close())
        loop.close()
