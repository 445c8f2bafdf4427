"""The pictures of the user's guide: plays a story from paste to channel in the demo, and looks at its page.

`./run guide` writes docs/pictures anew. What the guide's text names is held to the catalogue by
tests/pages/test_guide.py.
"""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, async_playwright

from bot import demo
from bot.app import Newsroom
from bot.simulator.people import Person
from bot.simulator.serving import serving
from bot.simulator.world import World

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
MORNING = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
"""یکشنبه ۱ آذر ۱۴۰۵، ساعت ۷:۳۰ in Tehran."""
NEWS = -1001000000001
REPORTER, EDITOR, ADMIN, OWNER, READER = 101, 102, 103, 104, 105
COPY = (
    "شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید\n"
    "شهرداری سپیدکوه روز شنبه از ورود بیست اتوبوس برقی به ناوگان شهر خبر داد. "
    "این اتوبوس‌ها از هفتهٔ آینده در خط یک کار می‌کنند.\n"
    "به گفتهٔ مدیر ناوگان، هر اتوبوس با یک بار شارژ ۲۵۰ کیلومتر راه می‌رود. "
    "هزینهٔ خرید از محل صرفه‌جویی سوخت پرداخت شده است."
)
_SIZE = {"width": 390, "height": 760}


@dataclass(kw_only=True)
class Tour:
    """The people of the demo, what they do, and the pictures taken of it."""

    world: World
    newsroom: Newsroom
    take: Callable[[str, int, int], Awaitable[None]]

    async def says(self, person: int, text: str) -> None:
        Person(self.world, person).send(text)
        await demo.settle(self.world, self.newsroom)

    async def presses(self, person: int, button: str) -> None:
        """The newest button whose label has `button` in it.

        Raises:
            LookupError: there is none: the guide tells of a button that is gone.
        """
        who = Person(self.world, person)
        labels = [label for message in reversed(who.reads()) for label in _labels(message)]
        label = next((label for label in labels if button in label), None)
        if label is None:
            raise LookupError(f"{person} finds no button “{button}”")
        pressing = asyncio.create_task(who.press(label))
        await asyncio.sleep(0)
        await demo.settle(self.world, self.newsroom)
        await pressing

    async def passes(self, minutes: int) -> None:
        for _ in range(minutes):
            self.world.clock.advance(60)
            await demo.settle(self.world, self.newsroom)


def _labels(message: dict[str, Any]) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


async def play(tour: Tour) -> None:
    """The guide's way, a picture at each of its steps."""
    await tour.says(OWNER, "/guide")
    await tour.take("guide", OWNER, OWNER)
    await tour.says(REPORTER, COPY)
    await tour.passes(1)
    await tour.take("copy", REPORTER, REPORTER)
    await tour.presses(REPORTER, "ارسال به دبیر")
    await tour.take("approve", EDITOR, EDITOR)
    await tour.presses(EDITOR, "تأیید")
    await tour.says(ADMIN, "/connect @news")
    await tour.says(ADMIN, "/slots هر روز ۸ و ۱۲:۳۰ و ۱۸")
    await tour.take("slots", ADMIN, ADMIN)
    await tour.presses(ADMIN, "زمان‌بندی")
    await tour.presses(ADMIN, "نوبت آزاد بعدی")
    await tour.says(ADMIN, "/week")
    await tour.take("week", ADMIN, ADMIN)
    await tour.says(ADMIN, "/look")
    await tour.take("look", ADMIN, ADMIN)
    await tour.says(OWNER, "/staff")
    await tour.take("staff", OWNER, OWNER)
    await tour.passes(31)
    await tour.take("post", READER, NEWS)


async def make(folder: Path, browser: Browser) -> list[Path]:
    """Play it all; the pictures that were taken."""
    world, made = World(frozen=True, now=MORNING), list[Path]()
    demo.furnish(world)
    with tempfile.TemporaryDirectory(prefix="monadi-guide-") as home:
        async with (
            demo.newsroom_on(world, f"sqlite:///{home}/newsroom.db") as newsroom,
            serving(demo.web(world, newsroom)) as port,
        ):
            context = await browser.new_context(viewport=_SIZE, color_scheme="light", reduced_motion="reduce")
            page = await context.new_page()

            async def take(name: str, person: int, chat: int) -> None:
                await page.goto("about:blank")
                await page.goto(f"http://127.0.0.1:{port}/#{person}/{chat}")
                await page.wait_for_selector("body[data-ready]")
                await page.wait_for_timeout(300)  # pictures in the talk load by themselves
                made.append(folder / f"{name}.jpg")
                await page.screenshot(path=made[-1], type="jpeg", quality=70)

            await play(Tour(world=world, newsroom=newsroom, take=take))
            await context.close()
    return made


async def _main(chromium: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--disable-dev-shm-usage"])
        for path in await make(PICTURES, browser):
            print(path.name, path.stat().st_size)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1] if len(sys.argv) > 1 else "/usr/bin/chromium"))
