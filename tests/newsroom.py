"""The newsroom on a simulated Telegram, driven as its people would: they write, press and read."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime
from typing import Any

import pytest

from bot import demo
from bot.app import Newsroom
from bot.intake.outside import Address
from bot.news.model import Article, Post
from bot.simulator import people
from bot.simulator.world import World
from handlers import PRESSES
from tests.at_once import without_threads
from tests.prepared import with_tables

NEWS, SPORT, DESK_GROUP = -1001000000001, -1001000000002, -1001000000003
REPORTER, EDITOR, ADMIN, OWNER, READER = 101, 102, 103, 104, 105
NOON = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)  # یکشنبه ۱ آذر ۱۴۰۵، ساعت ۱۲:۰۰ in Tehran

IN_MEMORY = "sqlite://"
AT_A_TIME = 1800
"""Seconds; a leap past a channel's `max_lateness` would be an outage."""

COPY = (
    "شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید\n"
    "شهرداری سپیدکوه روز شنبه از ورود بیست اتوبوس برقی به ناوگان شهر خبر داد. این اتوبوس‌ها از هفتهٔ آینده در خط یک کار می‌کنند.\n"
    "به گفتهٔ مدیر ناوگان، هر اتوبوس با یک بار شارژ ۲۵۰ کیلومتر راه می‌رود. هزینهٔ خرید از محل صرفه‌جویی سوخت پرداخت شده است."
)


class Person:
    """Someone at their telephone; what they do is followed by everything the bot does about it."""

    def __init__(self, house: "House", person_id: int) -> None:
        self.house = house
        self.phone = people.Person(house.world, person_id)
        self.id = person_id

    async def sends(self, text: str = "", **more: Any) -> str:
        """Write to the bot; the text of the last message in the chat afterwards."""
        self.phone.send(text, **more)
        await self.house.settles()
        return self.text()

    async def presses(self, button: str, **more: Any) -> str:
        """Press the newest button whose label has `button` in it (or the data itself); the bot's answer.

        What no message shows is looked for behind the newest card, on its pages "edit" and "more".
        """
        label = await self._finds(button, more.get("message"))
        if message := more.get("message"):
            more["message"] = self._now(message)
        return await self._pushes(label, **more)

    async def _pushes(self, label: str, **more: Any) -> str:
        return (await self._all_pushed([label], **more))[0]

    async def _all_pushed(self, labels: Iterable[str], **more: Any) -> list[str]:
        pressing = [asyncio.create_task(self.phone.press(label, **more)) for label in labels]
        await asyncio.sleep(0)
        await self.house.settles()
        return [await _answer(each) for each in pressing]

    async def _finds(self, button: str, message: dict[str, Any] | None) -> str:
        """The whole label: the newest, be it on a page of a card that is not open now."""
        shown = [message] if message else self.reads()
        if any(button in _data(one) for one in shown):
            return button
        for one in reversed(shown):
            if found := self._label(button, one) or await self._behind(button, one):
                return found
        return button

    async def _behind(self, button: str, card: dict[str, Any]) -> str | None:
        """The label on one of a card's pages, which is open then."""
        for page in ("‹ بازگشت", "✏️ ویرایش ▾", "⋯ بیشتر ▾"):
            if not any(data.startswith("story.view:") for data in _data(self._now(card))):
                return None
            if page in self.buttons(self._now(card)):
                await self._pushes(page, message=self._now(card))
                if found := self._label(button, self._now(card)):
                    return found
                if "‹ بازگشت" in self.buttons(self._now(card)):
                    await self._pushes("‹ بازگشت", message=self._now(card))
        return None

    def _label(self, button: str, message: dict[str, Any]) -> str | None:
        return next((label for label in self.buttons(message) if button in label), None)

    def _now(self, message: dict[str, Any]) -> dict[str, Any]:
        """A message as it stands now; one that is gone as it was."""
        chat = message["chat"]["id"]
        return next((one for one in self.reads(chat) if one["message_id"] == message["message_id"]), message)

    async def presses_as_seen(self, button: str, message: dict[str, Any]) -> str:
        """Press a button of a message as it was when they saw it: it is older than what stands there now."""
        label = self._label(button, message)
        rows = message["reply_markup"]["inline_keyboard"]
        data = next(one["callback_data"] for row in rows for one in row if one["text"] == label)
        return await self._pushes(data, message=message, forged=True)

    async def forges(self, data: str) -> str:
        """Press a button that no message has."""
        return await self._pushes(data, forged=True)

    async def forges_all(self, data: Iterable[str], message: dict[str, Any] | None = None) -> list[str]:
        """Press all of these one after another, before the bot has answered the first; its answers."""
        return await self._all_pushed(data, message=message, forged=True)

    def reads(self, chat: int | None = None) -> list[dict[str, Any]]:
        return self.phone.reads(chat)

    def text(self, number: int = -1, chat: int | None = None) -> str:
        message = self.reads(chat)[number]
        return str(message.get("text") or message.get("caption") or "")

    def card(self) -> Any:
        """The newest card: the last message with a status button."""
        for message in reversed(self.reads()):
            if any(data.startswith(("story.status:", "story.view:")) for data in _data(message)):
                return message
        raise AssertionError("no card in that chat")

    def post(self) -> tuple[str, list[dict[str, Any]]]:
        """The newest card's post, text and entities, without the foot."""
        text, at = self.card()["text"], self._foot()["offset"]
        shown = text.encode("utf-16-le")[: 2 * at].decode("utf-16-le").removesuffix("\n\n")
        return shown, self.card()["entities"][:-1]

    def foot(self) -> str:
        """What the newest card says of how its story stands."""
        card, at = self.card(), self._foot()["offset"]
        text = str(card.get("text") or card.get("caption"))
        return text.encode("utf-16-le")[2 * at :].decode("utf-16-le")

    def _foot(self) -> dict[str, Any]:
        card = self.card()
        last = max(card.get("entities") or card["caption_entities"], key=lambda one: one["offset"])
        assert last["type"] == "blockquote"
        return dict(last)

    async def page(self, name: str = "⋯ بیشتر ▾") -> list[str]:
        """Open a page of the newest card; its buttons."""
        if name not in self.buttons(self.card()):
            await self._pushes("‹ بازگشت", message=self.card())
        await self._pushes(name, message=self.card())
        return self.buttons(self.card())

    def buttons(self, message: dict[str, Any] | None = None) -> list[str]:
        """All labels in the chat, the newest message first; or those of one message."""
        return [
            button["text"]
            for message in ([message] if message else reversed(self.reads()))
            for row in message.get("reply_markup", {}).get("inline_keyboard", [])
            for button in row
        ]


async def _answer(pressing: asyncio.Task[dict[str, Any] | None]) -> str:
    """What a press is answered with once the bot has done all there is to do; an app would wait on in vain."""
    for _ in range(5):  # for who waits for it to hear of it
        await asyncio.sleep(0)
    if not pressing.done():
        pressing.cancel()
        return ""
    return str((pressing.result() or {}).get("text") or "")


def _data(message: dict[str, Any]) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button.get("callback_data", "") for row in rows for button in row]


class House:
    """A world with a frozen clock and the bot in it."""

    def __init__(self, world: World, newsroom: Newsroom) -> None:
        self.world = world
        self.newsroom = newsroom
        self.reporter, self.editor, self.admin, self.owner, self.reader = (
            Person(self, person_id) for person_id in (REPORTER, EDITOR, ADMIN, OWNER, READER)
        )

    async def settles(self) -> None:
        await demo.settle(self.world, self.newsroom)

    async def passes(self, seconds: float) -> None:
        """Time goes by, and the bot does what has become due."""
        while seconds > 0:
            step = min(seconds, AT_A_TIME)
            self.world.clock.advance(step)
            await self.settles()
            seconds -= step

    async def sleeps(self, seconds: float) -> None:
        """The bot is away for so long."""
        self.world.clock.advance(seconds)
        await self.settles()

    def posts(self, channel: int = NEWS) -> list[str]:
        """What stands in a channel, as its readers see it."""
        return [
            str(m.get("text") or m.get("caption") or m.get("rich_message"))
            for m in self.reader.reads(channel)
        ]

    async def approved(self) -> None:
        """A story goes from the reporter's paste to approval, and the channel is connected with slots."""
        await self.reporter.sends(COPY)
        await self.reporter.presses("ارسال به دبیر")
        await self.editor.presses("تأیید")
        await self.admin.sends("/connect @news")
        await self.admin.sends("/slots شنبه تا چهارشنبه ۸ و ۱۲:۳۰ و ۱۸")


async def story(house: House) -> Article:
    """The first story, as it is in the books."""
    async with house.newsroom.storage.begin() as db:
        article = await db.articles.get(1)
    assert article is not None
    return article


async def posts(house: House) -> tuple[Post, ...]:
    """The posts of the first story."""
    async with house.newsroom.storage.begin() as db:
        return await db.posts.of_article(1)


@contextlib.asynccontextmanager
async def newsroom(
    database: str = IN_MEMORY, world: World | None = None, **settings: Any
) -> AsyncIterator[House]:
    world = world or World(frozen=True, now=NOON)
    async with contextlib.AsyncExitStack() as stack:
        with pytest.MonkeyPatch.context() as patch:
            if database == IN_MEMORY:  # nobody else can lock it
                without_threads(patch)
                with_tables(patch)
            opened = await stack.enter_async_context(demo.newsroom_on(world, database, **settings))
        opened.errands.resolve = nobody
        house = House(world, opened)
        await house.settles()
        yield house
        assert _words_on_buttons(world) <= PRESSES.keys()


async def nobody(host: str, port: int) -> list[Address]:
    """A resolver that knows no name: no test asks the real one."""
    raise OSError(f"{host}:{port} is not known here")


def _words_on_buttons(world: World) -> set[str]:
    """The first words of all buttons that stand anywhere."""
    seen = [message for chat in world.chats.values() for message in world.seen(chat)]
    return {data.partition(":")[0] for message in seen for data in _data(message) if data}
