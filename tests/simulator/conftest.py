"""A simulated Telegram whose clock stands, and python-telegram-bot over it."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.simulator.request import SimulatorRequest
from bot.simulator.world import World


@pytest.fixture
def world() -> World:
    return World(frozen=True)


@pytest.fixture
async def bot(world: World) -> AsyncIterator[Bot]:
    async with Bot(
        "1:t", request=SimulatorRequest(world), get_updates_request=SimulatorRequest(world)
    ) as bot:
        yield bot
