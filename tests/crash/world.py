"""The hostile Telegram: channels of several looks, troubles drawn by lot, other admins at work. Knows no bot."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Any, override

from bot.news.media import Media
from bot.simulator import places
from bot.simulator.chats import Chat, administrator
from bot.simulator.faults import Fault, Faults
from bot.simulator.people import Person
from bot.simulator.world import World
from tests.crash.stories import PLACES, Place, marks

SENDS = frozenset({"sendMessage", "sendPhoto", "sendMediaGroup", "sendRichMessage"})
CHANGES = frozenset(
    {
        "editMessageText",
        "editMessageCaption",
        "editMessageMedia",
        "deleteMessage",
        "deleteMessages",
        "pinChatMessage",
        "unpinChatMessage",
    }
)
LOOKS_BACK = frozenset(
    {"forwardMessage", "forwardMessages", "copyMessage", "copyMessages", "editMessageReplyMarkup"}
)
"""How a bot can find out what stands in a channel."""
COLLEAGUE = 103
PACE = 20
"""How many times Telegram's limits are allowed, so that a run takes minutes."""

_IN_CHANNELS, _ELSEWHERE = 0.3, 0.04
"""How likely a call meets trouble: most of it where it matters."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """A call that has just arrived; nothing is done yet."""

    method: str
    channel_id: int | None  # None: no channel of ours


class Weather(Faults):
    """Troubles drawn by lot for each call; `watch` is told of each before anything is done, and may choose one."""

    def __init__(self, lot: Random, channels: dict[int, Place]) -> None:
        super().__init__()
        self._lot = lot
        self._channels = channels
        self.fair = True
        self.last_method = ""
        self.watch: Callable[[Call], Fault | None] = lambda _: None

    @override
    def strike(self, method: str, chats: set[int | str]) -> Fault | None:
        self.last_method = method if method != "getUpdates" else self.last_method
        channel_id = next((id for id in self._channels if id in chats), None)
        fault = self.watch(Call(method=method, channel_id=channel_id)) or self._drawn(method, channel_id)
        if fault:
            self.struck[fault.kind] += 1
        return fault

    def _drawn(self, method: str, channel_id: int | None) -> Fault | None:
        lot = self._lot
        chance = _IN_CHANNELS if channel_id and method in SENDS | CHANGES else _ELSEWHERE
        if self.fair or method == "getUpdates" or lot.random() >= chance:
            return None
        kind = lot.choice(("429", "5xx", "drop", "lost", "slow", "garbled", "page", "refusal"))
        return Fault(
            kind=kind,
            retry_after=1,
            seconds=lot.uniform(0.2, 2),
            acts=lot.random() < 0.5,
            status=lot.choice((400, 403, 404, 409)) if kind == "page" else None,
        )


class Scene:
    """The world of one run, and what is seen of it."""

    def __init__(self, seed: int) -> None:
        self.world = World(rates=PACE)
        self.channels = {
            _channel(self.world, place, f"{place.name}{number}").id: place
            for place in PLACES
            for number in range(place.many)
        }
        self.weather = Weather(Random(f"weather {seed}"), self.channels)
        self.world.faults = self.weather
        self.sent: Counter[tuple[int, int, int]] = Counter()
        self.others: set[tuple[int, int]] = set()
        self._read = 0
        self._pictures = 0

    def picture(self) -> Media:
        """A new one, which Telegram already has."""
        self._pictures += 1
        sizes = self.world.files.attachment(
            "photo", f"https://pictures.example/{self._pictures}.jpg", lenient=True
        )
        return Media(file_id=sizes[-1]["file_id"])

    def note_calls(self) -> None:
        """Count what was carried out; often enough that the transcript has not forgotten it."""
        for call in self.world.transcript.since(self._read):
            self._read = call["n"]
            channel_id = call["parameters"].get("chat_id")
            acted = call["description"] in {None, "done, answer lost", "done, answer garbled"}
            if acted and call["method"] in SENDS and channel_id in self.channels:
                self.sent.update(
                    (channel_id, mark.story, mark.sentence) for mark in marks(call["parameters"])
                )

    def link(self, channel_id: int) -> str:
        """How people open that channel."""
        return f"https://t.me/{self.world.chat(channel_id).username}"

    def reads(self, chat_id: int) -> list[dict[str, Any]]:
        """What stands in a chat, without Telegram's own lines about pins."""
        seen = places.seen(self.world, chat_id)
        return [message for message in seen if "pinned_message" not in message]

    def stands(self, channel_id: int, content: Any) -> bool:
        """Whether a reader finds all of `content` in that channel."""
        there = {mark for message in self.reads(channel_id) for mark in marks(message)}
        return set(marks(content)) <= there

    async def colleague(self, lot: Random) -> None:
        """Another admin writes into the channels, and takes some of it back, until canceled."""
        person, written, channels = (
            Person(self.world, COLLEAGUE),
            list[tuple[Chat, int]](),
            list(self.channels),
        )
        first = lot.sample(
            channels, len(channels) * 3 // 4
        )  # in the others the bot's own posts are the first
        while True:
            chat = self.world.chat(first.pop() if first else lot.choice(channels))
            for message in person.send("سطری از مدیر دیگر", chat.id):
                written.append((chat, message["message_id"]))
                self.others.add((chat.id, message["message_id"]))
            if lot.random() < 0.4:
                chat, number = written.pop(lot.randrange(len(written)))
                with contextlib.suppress(KeyError):
                    self.world.remove(chat, number)
            # People's pace on the wall clock, as the bot's process has it: it is killed between any two.
            await asyncio.sleep(0 if first else lot.uniform(0.1, 1.2))


def _channel(world: World, place: Place, name: str) -> Chat:
    """A new channel; the bot administers it."""
    chat = world.chats[places.found(world, "channel", name, name, by=COLLEAGUE)["id"]]
    standing = administrator("channel")
    chat.bot = replace(standing, rights=standing.rights | {"can_edit_messages": place.edits_all})
    places.protect(world, chat.id, protected=place.protected)
    return chat
