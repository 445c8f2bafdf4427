"""A card on a telephone: headline, lede and the two buttons that decide are seen together, at 390 px wide."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.newsroom import COPY
from tests.pages.conftest import Look, Stage
from tests.pages.telephone import HIGH, WIDE, picture

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def is_whole(part: Locator) -> bool:
    """Whether all of it is within the screen."""
    box = await part.bounding_box()
    assert box is not None
    return (
        box["x"] >= 0
        and box["y"] >= 0
        and box["x"] + box["width"] <= WIDE
        and box["y"] + box["height"] <= HIGH
    )


async def card(page: Page) -> Locator:
    found = page.locator(".msg.in").filter(has_text="شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید").last
    await expect(found).to_be_visible()
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_headline_lede_and_the_decision_are_on_one_screen(
    newsroom: Stage, look: Look, scheme: str
) -> None:
    reporter = newsroom.person(101)
    reporter.send(COPY)
    page = await look(101)
    await page.get_by_role("button", name="ارسال به دبیر").last.click()
    await expect(page.locator(".toast")).to_contain_text("به دست دبیران رسید")

    page = await look(102, viewport={"width": WIDE, "height": HIGH}, color_scheme=scheme)
    shown = await card(page)
    await shown.scroll_into_view_if_needed()
    await picture(page, f"card-390-{scheme}")
    parts = {
        "headline": shown.locator(".text b").first,
        "lede": shown.get_by_text("از ورود بیست اتوبوس برقی").first,
        "approve": shown.get_by_role("button", name="✅ تأیید"),
        "ask for changes": shown.get_by_role("button", name="↩️"),
    }
    assert {name: await is_whole(part) for name, part in parts.items()} == dict.fromkeys(parts, True)
    approve, changes = [await parts[name].bounding_box() for name in ("approve", "ask for changes")]
    assert approve is not None
    assert changes is not None
    assert approve["y"] == changes["y"], "side by side"
    assert approve["x"] > changes["x"], "what is read first stands on the right"
