"""Someone at their telephone, for tests and demos in the same process; knows no HTTP."""

from typing import Any

from bot.simulator import by_hand, places, pressing, writing
from bot.simulator.chats import Json
from bot.simulator.refusal import NotPossible
from bot.simulator.world import World


class Person:
    """Writes, presses and reads; chats are the private one with the bot unless named (id or @name)."""

    def __init__(self, world: World, user_id: int) -> None:
        world.arrive(user_id)
        self.world = world
        self.id = user_id

    def send(self, words: str = "", chat: int | str | None = None, **more: Any) -> list[Json]:
        """Writes; `more` as in `writing.write`. Answers the messages, several for a long text."""
        return writing.write(self.world, self._there(chat), self.id, words, **more)

    def edit(self, message: Json, words: str, **file: Any) -> Json:
        """Changes a text or a caption of theirs; `file` as in `writing.rewrite`."""
        return writing.rewrite(self.world, message["chat"]["id"], message["message_id"], words, **file)

    def edits_post(self, message: Json, words: str, entities: Any = None) -> Json:
        """Edits a channel's post by hand, as its administrator."""
        return by_hand.edit(
            self.world, message["chat"]["id"], message["message_id"], self.id, words, entities=entities
        )

    def deletes_post(self, message: Json) -> None:
        """Deletes a channel's post by hand; the bot is not told."""
        by_hand.delete(self.world, message["chat"]["id"], message["message_id"], self.id)

    def reads(self, chat: int | str | None = None) -> list[Json]:
        """What stands in the chat now."""
        return places.seen(self.world, self._there(chat))

    def last(self, chat: int | str | None = None) -> Json:
        """The newest message there."""
        return self.reads(chat)[-1]

    async def press(
        self, button: str, message: Json | None = None, chat: int | str | None = None, *, forged: bool = False
    ) -> Json | None:
        """Presses by label or data, on the newest message with such a button unless one is given.

        Forged: `button` is sent as data though no button has it. Answers what the bot answered, or None.
        """
        if message is None:
            message = self.last(chat) if forged else self._newest_with(button, chat)
        now = {each["message_id"]: each for each in self.reads(message["chat"]["id"])}
        offered = pressing.buttons(now.get(message["message_id"], {}))
        by_data = forged or button in {item.get("callback_data") for item in offered}
        return await pressing.press(
            self.world,
            message["chat"]["id"],
            message["message_id"],
            self.id,
            **{"data" if by_data else "label": button},
        )

    def block(self) -> None:
        """Blocks the bot; writing to it again unblocks."""
        places.enroll(self.world, self.id, "bot", "kicked")

    def _there(self, chat: int | str | None) -> int | str:
        return self.id if chat is None else chat

    def _newest_with(self, button: str, chat: int | str | None) -> Json:
        for message in reversed(self.reads(chat)):
            if any(button in {item["text"], item.get("callback_data")} for item in pressing.buttons(message)):
                return message
        raise NotPossible(f"no button {button!r} in that chat", 404)
