"""The people of the newsroom while the bot lives and dies: stories are written, scheduled, moved, held, corrected.

What the admin does by buttons goes through the simulated Telegram, and so through the bot; stories and corrections go
straight into the database, from this process. Knows no killing and no judging.
"""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from bot.news.model import ArticleState, Channel
from bot.news.talk import ChangeKind
from bot.simulator import pressing
from bot.simulator.people import Person
from storage import Storage
from tests.crash import stories
from tests.crash.judge import Order
from tests.crash.ledger import Entry, Ledger
from tests.crash.stories import Kind
from tests.crash.world import Scene

REPORTER, ADMIN = 101, 103
STAFF = (101, 102, 103, 104)


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Something the admin does by a button: to posts in which state, and the button's data."""

    verb: str
    to: frozenset[str]
    weight: int
    data: Callable[[Entry], str] = lambda _: ""


def _next_minute(entry: Entry) -> str:
    return f"plan.move_at:{entry.id}:{int(now().timestamp()) // 60 + 1}"


WISHES = (
    Wish(verb="plan.hold", to=frozenset({"pending"}), weight=3),
    Wish(verb="plan.cancel_sure", to=frozenset({"pending"}), weight=1),
    Wish(verb="plan.move_now", to=frozenset({"held"}), weight=4),
    Wish(verb="plan.move_at", to=frozenset({"pending", "held"}), weight=2, data=_next_minute),
    Wish(verb="plan.restore", to=frozenset({"canceled"}), weight=1),
)
CORRECTIONS = (ChangeKind.EDIT, ChangeKind.EDIT, ChangeKind.DELETE, ChangeKind.PIN, ChangeKind.UNPIN)
LATE = "plan.late_now"
"""Publish all that was held for being late."""
TOUCHED = 0.25
"""Which part of the stories people do something to; the others go out undisturbed."""


class Newsroom:
    """Everyone who works here."""

    def __init__(self, scene: Scene, storage: Storage, ledger: Ledger, seed: int) -> None:
        self.scene, self.ledger = scene, ledger
        self.orders: list[Order] = []
        self._storage = storage
        self._lot = Random(f"newsroom {seed}")
        self._kinds: dict[int, Kind] = {}
        self._pressing: set[asyncio.Task[object]] = set()
        self._board: int | None = None  # the message that is pressed on

    async def found(self) -> None:
        """Connect the channels; the admin opens the chat with the bot."""
        async with self._storage.begin() as db:
            for channel_id, place in self.scene.channels.items():
                name = self.scene.world.chat(channel_id).username
                channel = Channel(id=channel_id, title=str(name), username=name, look=place.look)
                await db.channels.put(channel, by=ADMIN, now=now())
                await db.channels.set_max_lateness(channel_id, place.max_lateness)
        Person(self.scene.world, ADMIN).send("/start")

    async def write(self, within: float) -> None:
        """One more story of any kind, due in one channel or two within so many seconds, several at the same time."""
        kind, lot = self._lot.choice(stories.KINDS), self._lot
        number = len(self._kinds) + 1
        self._kinds[number] = kind
        due_at = now() + timedelta(seconds=lot.choice((0.2, 0.5, 0.8)) * within)
        by_button = lot.random() < 0.25
        async with self._storage.begin() as db:
            draft = stories.article(kind, number, self.scene.picture)
            article = await db.articles.create(draft, by=REPORTER, now=now())
            assert article.id == number  # the marks name it
            await db.articles.set_state(number, ArticleState.APPROVED, now=now(), approved_version=1)
            for channel_id in lot.sample(list(self.scene.channels), lot.choice((1, 1, 2))):
                self._order(number, kind, channel_id)
                if by_button:
                    self._press(f"plan.now:{number}:{article.version}:{channel_id}")
                    continue
                await db.posts.add(
                    article_id=number,
                    channel_id=channel_id,
                    due_at=due_at,
                    by=ADMIN,
                    now=now(),
                    urgency=kind.urgency,
                )

    async def at_work(self) -> None:
        """The admin presses buttons and has things corrected, until canceled."""
        while True:
            await asyncio.sleep(self._lot.uniform(0.2, 0.8))  # a person's pace on the wall clock
            entries = [entry for entry in self.ledger.entries() if _is_touched(entry)]
            if self._lot.random() < 0.5:
                self._wish(entries)
            else:
                await self._correct(
                    [entry for entry in entries if entry.state == "sent" and not entry.waiting]
                )

    async def rest(self) -> None:
        """Wait until everyone has taken their finger off the button."""
        await asyncio.gather(*self._pressing)

    def answer(self, entries: Iterable[Entry]) -> Counter[str]:
        """Someone looks into the channels and presses what is true, for all that waits for it; in which states."""
        pressed = [(data, entry.state) for entry in entries if (data := self._truth(entry))]
        for data in dict.fromkeys(data for data, _ in pressed):
            if data == LATE:
                self._press_under_summaries()
            self._press(data)
        return Counter(state for _, state in pressed)

    def _press_under_summaries(self) -> None:
        """Each is drawn anew by that, and has to keep what it told besides."""
        for message in self.scene.reads(ADMIN):
            for button in pressing.buttons(message):
                verb, _, key = str(button.get("callback_data", "")).partition(":")
                if verb == LATE:
                    self._press(f"{LATE}::{key.partition(':')[2]}", message["message_id"])

    def _truth(self, entry: Entry) -> str:
        match entry.state:
            case "unconfirmed":
                [part] = [part for part in entry.parts if part.state == "sending"]
                return f"{'plan.is_there' if self.scene.stands(entry.channel_id, part.call[1]) else 'plan.send_again'}:{entry.id}"
            case "failed":
                return f"plan.send_again:{entry.id}"
            case "held" if entry.is_late:
                return LATE
            case "held" if entry.by_itself:
                return f"plan.move_now:{entry.id}"
        return ""

    def _order(self, number: int, kind: Kind, channel_id: int) -> None:
        shown = stories.sentences(kind, self.scene.channels[channel_id].look)
        is_rich = self.scene.channels[channel_id].look.form == "rich"
        self.orders.append(
            Order(
                story=number,
                channel_id=channel_id,
                link=self.scene.link(channel_id),
                sentences=shown,
                pictures=0 if is_rich else kind.pictures,
            )
        )

    def _wish(self, entries: list[Entry]) -> None:
        wish = self._lot.choices(WISHES, [wish.weight for wish in WISHES])[0]
        if fitting := [entry for entry in entries if entry.state in wish.to]:
            entry = self._lot.choice(fitting)
            self._press(wish.data(entry) or f"{wish.verb}:{entry.id}")

    async def _correct(self, entries: list[Entry]) -> None:
        kind = self._lot.choice(CORRECTIONS)
        if not entries:
            return
        entry = self._lot.choice(entries)
        async with self._storage.begin() as db:
            version = None
            if kind is ChangeKind.EDIT:
                article = await db.articles.get(entry.story)
                assert article is not None
                new = stories.edited(article, article.version + 1)
                version = (await db.articles.save(new, by=ADMIN, now=now())).version
                await db.articles.set_state(entry.story, article.state, now=now(), approved_version=version)
            await db.changes.add(entry.id, kind, now(), by=ADMIN, now=now(), version=version)

    def _press(self, data: str, message_id: int | None = None) -> None:
        """Press, and don't wait for the answer: the bot may be dead.

        On a message of the bot's that tells of no story, for it may change what it is pressed on: a notice that
        became a board would be one that nobody was told. Of the admin's own none can be edited.
        """
        there = self.scene.reads(ADMIN)
        if self._board not in {each["message_id"] for each in there}:
            free = (each for each in there if each["from"]["is_bot"] and not stories.marks(each))
            self._board = next((each["message_id"] for each in free), None)
        message_id = message_id or self._board or there[0]["message_id"]

        async def press() -> None:
            with contextlib.suppress(LookupError):
                await pressing.press(self.scene.world, ADMIN, message_id, ADMIN, data=data)

        task: asyncio.Task[object] = asyncio.create_task(press())
        self._pressing.add(task)
        task.add_done_callback(self._pressing.discard)


def _is_touched(entry: Entry) -> bool:
    """Always the same stories, so that most are left alone."""
    return Random(entry.story).random() < TOUCHED
