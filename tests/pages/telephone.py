"""A telephone: how wide it is, what fits on it, and its picture where somebody wants to look."""

import os
from pathlib import Path

from playwright.async_api import Locator, Page

WIDE, HIGH = 390, 844


async def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("SCREENSHOTS"):
        await page.screenshot(path=Path(folder) / f"{name}.png", animations="disabled")


async def fits(page: Page, part: Locator) -> None:
    """Nothing hangs over an edge, and no line has to be pushed aside to be read."""
    box = await part.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= WIDE
    assert await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
