"""Messages whose buttons wait for a person: sent, closed, lapsed. The one place where such buttons go."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from bot.line import calls
from bot.line.calls import Keyboard
from bot.line.courier import PROMPT
from bot.news.model import Message, Staff
from bot.news.talk import Prompt
from storage import Db

LASTS: Final = timedelta(hours=1)
"""How long a question waits for its answer: after that it is another conversation."""
KEPT: Final = timedelta(days=1)
"""How long a message that nothing was done with waits for its sender's word."""
AT_ONCE = 50
"""Lapsed ones that are closed in one transaction."""


async def send(
    db: Db,
    chat_id: int,
    message: tuple[Message, Keyboard],
    *,
    key: int,
    about: dict[str, Any],
    until: datetime,
) -> None:
    """Send a message that loses its buttons once `key` is closed in that chat, or at `until`."""
    method, params = calls.message_call(chat_id, *message)
    note = await db.prompts.add(chat_id, key, about, until)
    await db.notices.add(chat_id, method, {**params, PROMPT: note})


async def close(db: Db, chat_id: int, key: int, *, but: int | None = None) -> tuple[Prompt, ...]:
    """Take the buttons off all that belongs to `key`; what still waited.

    The message `but` is being changed anyhow. What is not delivered yet loses them as it is.
    """
    waited = await db.prompts.close(chat_id, key)
    for prompt in waited:
        if prompt.message_id is not None and prompt.message_id != but:
            await db.notices.add(chat_id, *calls.strip_call(chat_id, prompt.message_id))
    return waited


async def end(db: Db, people: Iterable[Staff], about: tuple[str, int]) -> None:
    """Take the buttons off what waits for any of these people about one thing: somebody has done it."""
    name, value = about
    for person in people:
        for prompt in await db.prompts.open_in(person.id):
            if prompt.about.get(name) == value:
                await close(db, person.id, prompt.key)


async def close_lapsed(db: Db, now: datetime) -> bool:
    """Take the buttons off so many that have lapsed; False if there are none.

    The question itself stays noted: what its person writes next is asked about.
    """
    lapsed = await db.prompts.lapsed(now, AT_ONCE)
    for chat_id, key in dict.fromkeys((prompt.chat_id, prompt.key) for prompt in lapsed):
        await close(db, chat_id, key)
    return bool(lapsed)
