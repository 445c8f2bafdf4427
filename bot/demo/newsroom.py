"""The newsroom of the demo: the bot in a world of its own process. Knows no page."""

import contextlib
import secrets
from collections.abc import AsyncIterator
from datetime import datetime
from math import inf
from typing import Any

from pydantic import SecretStr

from bot.app import Newsroom
from bot.config import (
    DeskSettings,
    FixedSettings,
    PacingSettings,
    StaffSettings,
    TelegramSettings,
)
from bot.line.wire import telegram_bot
from bot.simulator.beginning import DESK, NEWS, SPORT
from bot.simulator.request import SimulatorRequest
from bot.simulator.world import World

TOKEN = f"1:{secrets.token_urlsafe(26)}"
"""Drawn at every start, so that no page can know it; the simulated world takes the first token it sees."""
STAFF = StaffSettings(reporter=(101,), editor=(102,), channel_admin=(103,), owner=(104,))
"""The roles of the simulated world's people, by their names."""
OURS = DeskSettings(groups=(DESK,))
UNHURRIED = PacingSettings(speed=inf)
"""The world of the demo keeps no count of messages, and its clock may stand still."""
TITLES = {NEWS: "چاپار", SPORT: "ورزشگاه"}
"""What the channels are called on the page. «خبر» is also the word for a story: «همین خبر در خبر»."""


def furnish(world: World) -> None:
    """Give the channels the names by which people of the page tell them from what stands in them."""
    for chat_id, title in TITLES.items():
        world.chats[chat_id].title = title


@contextlib.asynccontextmanager
async def newsroom_on(world: World, database: str, **more: Any) -> AsyncIterator[Newsroom]:
    """The bot in a world of its own process, open and greeted, not yet running."""
    telegram = TelegramSettings(token=SecretStr(TOKEN))
    settings = FixedSettings(
        **{
            "database": database,
            "staff": STAFF,
            "telegram": telegram,
            "pacing": UNHURRIED,
            "desk": OURS,
            **more,
        }
    )

    async def now() -> datetime:
        return world.clock.now()

    bot = telegram_bot(settings, request=SimulatorRequest(world), polling=SimulatorRequest(world))
    newsroom = await Newsroom.open(settings, bot=bot, clock=now)
    try:
        await newsroom.greet()
        yield newsroom
    finally:
        await newsroom.close()


async def settle(world: World, newsroom: Newsroom) -> None:
    """Let the bot do all that there is to do in a world that stands still."""
    await newsroom.settle(lambda: world.updates.pending)
