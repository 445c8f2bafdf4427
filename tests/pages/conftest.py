"""A browser, the page on a simulated world, and someone to look at it: Chromium by Debian's path, no download."""

import asyncio
import contextlib
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from bot import demo
from bot.simulator.people import Person
from bot.simulator.serving import serving
from bot.simulator.world import World

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
NOON = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)  # یکشنبه ۱ آذر ۱۴۰۵، ۱۲:۰۰ in Tehran


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs Chromium: without it, skip and say so, but never in CI."""
    missing = CHROMIUM is None and os.environ.get("CI") != "true"
    for item in items:
        if Path(__file__).parent not in item.path.parents:
            continue
        item.add_marker(pytest.mark.page)
        if missing:
            item.add_marker(pytest.mark.skip(reason="no Chromium here: apt-get install chromium"))


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A world with the page before it."""

    world: World
    address: str

    def person(self, number: int) -> Person:
        """Someone of the world, to write past the page."""
        return Person(self.world, number)

    async def bot(self, method: str, **parameters: Any) -> Any:
        """What a bot does, through the Bot API's own door."""
        async with httpx.AsyncClient(timeout=10) as client:
            answer = (await client.post(f"{self.address}/bot{demo.TOKEN}/{method}", json=parameters)).json()
        assert answer["ok"], answer
        return answer["result"]


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for all pages."""
    assert CHROMIUM, "no Chromium: apt-get install chromium"
    expect.set_options(timeout=20_000)  # as long as a page waits: on a busy machine five seconds are few
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--disable-dev-shm-usage"]
        )
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="session")
async def stage() -> AsyncIterator[Stage]:
    """A fresh world at noon, its clock standing still, served with the page as the demo serves it."""
    world = World(frozen=True, now=NOON)
    async with serving(demo.web(world)) as port:
        yield Stage(world=world, address=f"http://127.0.0.1:{port}")


@pytest_asyncio.fixture(loop_scope="session")
async def newsroom(tmp_path: Path) -> AsyncIterator[Stage]:
    """The same, with the real bot at work in it."""
    world, stop = World(frozen=True, now=NOON), asyncio.Event()
    async with demo.newsroom_on(world, f"sqlite:///{tmp_path}/newsroom.db") as opened:
        working = asyncio.create_task(opened.run(stop))
        world.walk = demo.Walk(world=world, newsroom=opened)
        async with serving(demo.web(world, opened)) as port:
            yield Stage(world=world, address=f"http://127.0.0.1:{port}")
        stop.set()
        await working


Look = Callable[..., Awaitable[Page]]


@pytest_asyncio.fixture(loop_scope="session")
async def look(browser: Browser, request: pytest.FixtureRequest) -> AsyncIterator[Look]:
    """Opens the page as someone in a chat; fails the test for any error the page throws or address it leaves for."""
    stage: Stage = request.getfixturevalue("newsroom" if "newsroom" in request.fixturenames else "stage")
    faults: list[str] = []
    async with contextlib.AsyncExitStack() as opened:

        async def open_as(person: int = 101, chat: int | None = None, **context: Any) -> Page:
            settings = {"viewport": {"width": 1400, "height": 900}, "color_scheme": "light", **context}
            page = await (await opened.enter_async_context(await browser.new_context(**settings))).new_page()
            page.set_default_timeout(20_000)
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on(
                "request", lambda request: faults.append(request.url) if _is_elsewhere(request.url) else None
            )
            await page.goto(f"{stage.address}/#{person}/{chat or person}")
            await page.wait_for_selector("body[data-ready]")
            return page

        def _is_elsewhere(url: str) -> bool:
            return not url.startswith((stage.address, "data:"))

        yield open_as
    assert faults == []


@pytest_asyncio.fixture(loop_scope="session")
async def answering(stage: Stage) -> AsyncIterator[Stage]:
    """The same, with a small bot: it offers three buttons to every text, and answers each press in its own way."""
    task = asyncio.create_task(_answer(stage))
    yield stage
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


KEYS = {
    "inline_keyboard": [
        [{"text": "آرام", "callback_data": "toast"}, {"text": "بلند", "callback_data": "alert"}],
        [{"text": "عوض کن", "callback_data": "edit"}, {"text": "سایت", "url": "https://example.com/a"}],
    ]
}


async def _answer(stage: Stage) -> None:
    offset = 0
    while True:
        for update in await stage.bot("getUpdates", offset=offset, timeout=5):
            offset = update["update_id"] + 1
            if "message" in update:
                heard = update["message"]["text"][:60]
                await stage.bot(
                    "sendMessage",
                    chat_id=update["message"]["chat"]["id"],
                    text=f"شنیدم: {heard}",
                    reply_markup=KEYS,
                )
            elif "callback_query" in update:
                await _press(stage, update["callback_query"])


async def _press(stage: Stage, query: dict[str, Any]) -> None:
    match query["data"]:
        case "alert":
            await stage.bot(
                "answerCallbackQuery", callback_query_id=query["id"], text="برگشت ندارد!", show_alert=True
            )
        case "edit":
            there = {
                "chat_id": query["message"]["chat"]["id"],
                "message_id": query["message"]["message_id"],
            }
            await stage.bot("editMessageText", **there, text="تیتر تازه نشست", reply_markup=KEYS)
            await stage.bot("answerCallbackQuery", callback_query_id=query["id"])
        case _:
            await stage.bot("answerCallbackQuery", callback_query_id=query["id"], text="انجام شد")
