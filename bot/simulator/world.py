"""The world itself: who and what is there, and the few things that change it. Knows no method, no HTTP.

Time comes from its clock, so no function here reads the machine's.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.simulator import beginning
from bot.simulator.chats import Chat, Json, Member, Stored, member_json
from bot.simulator.clock import WorldClock
from bot.simulator.copied import copied
from bot.simulator.events import Events
from bot.simulator.faults import Faults
from bot.simulator.files import Files
from bot.simulator.rates import Rates
from bot.simulator.refusal import Refused
from bot.simulator.transcript import Transcript
from bot.simulator.updates import Updates
from bot.simulator.webhook import Webhook


@dataclass(kw_only=True)
class Query:
    """A pressed button that waits for answerCallbackQuery."""

    answer: asyncio.Future[Json]
    answered: bool = False


@dataclass(kw_only=True)
class Profile:
    """What the bot tells about itself: commands by scope and language, menu buttons by chat."""

    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    menu_buttons: dict[int | None, Json] = field(default_factory=dict)


type Walk = Callable[[float], Awaitable[None]]
"""Moves the clock on by so many seconds, through all that is due on the way."""


class World:
    """One bot's world.

    `lenient`: Telegram's silent ways where the house would refuse; `frozen`: the clock stands; `rates`:
    how many times Telegram's rate limits are allowed (1: as they are; 0: nobody counts); `styles`: whether
    the server knows the style of a button (Bot API 9.4), or is an older one that refuses it.
    """

    def __init__(
        self,
        *,
        lenient: bool = False,
        frozen: bool = False,
        now: datetime | None = None,
        rates: float = 0,
        styles: bool = True,
    ) -> None:
        self.lenient = lenient
        self.styles = styles
        self.clock = WorldClock(now, frozen=frozen)
        self.token: str | None = None
        self.me = beginning.bot_user()
        self.users = beginning.people()
        self.chats = beginning.chats()
        self.updates = Updates()
        self.webhook = Webhook(self.updates)
        self.files = Files()
        self.faults = Faults()
        self.transcript = Transcript()
        self.events = Events()
        self.rates = Rates(rates) if rates else None
        self.queries: dict[str, Query] = {}
        self.profile = Profile()
        self.overdue: list[tuple[datetime, Callable[[], Awaitable[object]]]] = []  # calls carried out late
        self.walk: Walk | None = None  # how time goes by for who lives here; without it the clock leaps
        self._numbers = 0

    async def catch_up(self) -> None:
        """Carry out what was to be done by now: as everything here, at somebody's next call."""
        now = self.clock.now()
        due, self.overdue = (
            [late for late in self.overdue if (late[0] <= now) is wanted] for wanted in (True, False)
        )
        for _, carry_out in due:
            await carry_out()

    def admit(self, token: str) -> None:
        """The first token owns the world; the number before its colon becomes the bot's id.

        Raises:
            Refused: 401, another token.
        """
        if self.token is None:
            self.token = token
            number = token.partition(":")[0]
            if number.isascii() and number.isdecimal() and int(number) not in self.users and int(number) > 0:
                self.me = {**self.me, "id": int(number)}
        if token != self.token:
            raise Refused("Unauthorized: invalid token specified", 401)

    def number(self) -> int:
        """A number never given before, for albums and queries."""
        self._numbers += 1
        return self._numbers

    def chat(self, chat_id: int | str) -> Chat:
        """The chat of that id or @name; people have no @name here, as for Telegram's bots.

        Raises:
            Refused: no such chat, or it became a supergroup.
        """
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else self._named(chat_id)
        if chat is None:
            raise Refused("chat not found")
        if chat.migrated_to:
            moved = {"migrate_to_chat_id": chat.migrated_to}
            raise Refused("group chat was upgraded to a supergroup chat", parameters=moved)
        return chat

    def _named(self, name: str) -> Chat | None:
        wanted = name.removeprefix("@").lower()
        public = (chat for chat in self.chats.values() if chat.username and not chat.is_private)
        return next(
            (chat for chat in public if name.startswith("@") and (chat.username or "").lower() == wanted),
            None,
        )

    def user(self, user_id: int) -> Json:
        """A `User`; the bot's has only the fields that every user has."""
        if user_id == self.me["id"]:
            return {name: self.me[name] for name in ("id", "is_bot", "first_name", "username")}
        return self.users[user_id]

    def member(self, chat: Chat, user_id: int) -> Member:
        """Someone's standing there, the bot's too."""
        return chat.bot if user_id == self.me["id"] else chat.members.get(user_id, Member())

    def meet(self, user_id: int) -> None:
        """A stranger exists; the bot can't write to them yet."""
        if user_id not in self.users:
            self.users[user_id] = beginning.person(user_id)

    def arrive(self, user_id: int) -> None:
        """A stranger presses /start: a user and a private chat come into being."""
        self.meet(user_id)
        if user_id not in self.chats:
            self.chats[user_id] = beginning.private_chat(self.users[user_id])

    def write(
        self, chat: Chat, content: Json, *, sender: int | None = None, plain_keyboard: bool = False
    ) -> Stored:
        """Puts a message into a chat; `sender` None is the bot, in a channel the channel signs."""
        chat.last_message_id += 1
        by_bot = sender is None
        author: Json = {"sender_chat": chat.brief()}
        if not chat.is_channel:
            author = {"from": self.user(self.me["id"] if sender is None else sender)}
        head = {"message_id": chat.last_message_id, **author, "chat": chat.brief(), "date": self.clock.unix()}
        message = {**head, **copied(content)}
        if chat.protected:
            message["has_protected_content"] = True
        stored = Stored(message=message, by_bot=by_bot, plain_keyboard=plain_keyboard)
        chat.messages[chat.last_message_id] = stored
        self.changed(chat)
        if chat.discussion is not None:
            self._forward_to(self.chats[chat.discussion], message)
        return stored

    def _forward_to(self, group: Chat, post: Json) -> None:
        """Telegram itself brings a channel's post into its discussion group (`is_automatic_forward`)."""
        origin = {"type": "channel", **only(post, ["date", "chat", "message_id"])}
        group.last_message_id += 1
        by = {"from": beginning.telegram(), "sender_chat": post["chat"]}
        head = {"message_id": group.last_message_id, **by}
        left_out = {*head, "reply_markup", "reply_to_message", "chat", "forward_origin"}
        said = {name: item for name, item in post.items() if name not in left_out}
        forwarded = {**head, "chat": group.brief(), **copied(said), "is_automatic_forward": True}
        forwarded |= {"date": self.clock.unix(), "forward_origin": post.get("forward_origin", origin)}
        group.messages[group.last_message_id] = Stored(message=forwarded, by_bot=False)
        self.changed(group)
        self.tell_bot(group, forwarded)

    def remove(self, chat: Chat, message_id: int) -> None:
        """Deletes a message; it is unpinned too."""
        del chat.messages[message_id]
        if message_id in chat.pinned:
            chat.pinned.remove(message_id)
        self.changed(chat)

    def changed(self, chat: Chat) -> None:
        """Tells listeners that a chat looks different now."""
        self.events.tell({"chat": chat.id})

    def tell_bot(self, chat: Chat, message: Json, *, edited: bool = False) -> None:
        """Queues a message as an update, if the bot is there to see it."""
        if chat.bot.present:
            kind = "channel_post" if chat.is_channel else "message"
            self.updates.queue(f"edited_{kind}" if edited else kind, copied(message))

    def enroll(self, chat: Chat, user_id: int, member: Member, *, by: int, link: Json | None = None) -> None:
        """Changes someone's standing; the bot hears of its own, and of others' where it administers.

        `link` is the invite link by which they come; of somebody else's address a bot sees the beginning.
        """
        is_bot = user_id == self.me["id"]
        old, user = self.member(chat, user_id), self.user(user_id)
        if is_bot:
            chat.bot = member
        else:
            chat.members[user_id] = member
        change = {
            "chat": chat.brief(),
            "from": self.user(by),
            "date": self.clock.unix(),
            "old_chat_member": member_json(user, old),
            "new_chat_member": member_json(user, member),
        }
        if link is not None:
            change["invite_link"] = self._as_seen(link)
        if is_bot:
            self.updates.queue("my_chat_member", change)
        elif chat.bot.status in {"administrator", "creator"}:
            self.updates.queue("chat_member", change)
        self.changed(chat)

    def _as_seen(self, link: Json) -> Json:
        """Bot API, `ChatInviteLink.invite_link`: of another administrator's the second part is "…"."""
        if link["creator"]["id"] == self.me["id"]:
            return copied(link)
        return {**copied(link), "invite_link": link["invite_link"][:-8] + "…"}

    def listed(self) -> list[Json]:
        """The chats, with their pinned messages."""
        return [
            {
                "id": chat.id,
                "type": chat.type,
                "title": chat.title or chat.first_name,
                "username": chat.username,
                "pinned": list(chat.pinned),
            }
            for chat in self.chats.values()
            if not chat.migrated_to
        ]

    def seen(self, chat: Chat) -> list[Json]:
        """The messages as a person sees them now."""
        return [copied(stored.message) for stored in chat.messages.values()]

    def close(self) -> None:
        """Lets everyone go who waits, so that a server can stop."""
        self.webhook.stop()
        self.updates.close()
        self.events.close()


def only(content: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """Those entries that are there."""
    return {name: content[name] for name in names if name in content}
