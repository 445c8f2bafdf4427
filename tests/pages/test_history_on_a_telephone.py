"""What has changed, and what a story was, on a telephone: 390 px wide, right to left, in both themes."""

import pytest
from playwright.async_api import expect

from tests.newsroom import COPY
from tests.pages.conftest import Look, Stage
from tests.pages.telephone import HIGH, WIDE, fits, picture

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_words_that_changed_are_told_apart_and_every_version_is_reached(
    newsroom: Stage, look: Look, scheme: str
) -> None:
    reporter = newsroom.person(101)
    reporter.send(COPY)
    page = await look(101)
    await page.get_by_role("button", name="ارسال به دبیر").last.click()
    await expect(page.locator(".toast")).to_contain_text("به دست دبیران رسید")
    desk = await look(102)
    await desk.get_by_role("button", name="درخواست اصلاح").last.click()
    await expect(desk.get_by_text("چه چیزی باید اصلاح شود").last).to_be_visible()
    newsroom.person(102).send("عدد را بنویسید و نام مدیر را هم")
    await expect(page.get_by_text("عدد را بنویسید").last).to_be_visible()
    await page.get_by_role("button", name="✏️ ویرایش ▾").last.click()
    await page.get_by_role("button", name="ویرایش تیتر").last.click()
    await expect(page.get_by_text("تیتر تازه را بفرستید").last).to_be_visible()
    reporter.send("شهرداری سپیدکوه ۲۵ اتوبوس برقی تازه خرید")
    await expect(page.get_by_text("۲۵ اتوبوس").last).to_be_visible()
    await page.get_by_role("button", name="ارسال به دبیر").last.click()

    small = await look(102, viewport={"width": WIDE, "height": HIGH}, color_scheme=scheme)
    told = small.locator(".msg.in").filter(has_text="خواسته شده بود").last
    await expect(told).to_be_visible(timeout=20_000)
    await told.scroll_into_view_if_needed()
    await picture(small, f"diff-390-{scheme}")
    await fits(small, told)
    await expect(told.locator("s, del")).to_contain_text("۲۰")
    await expect(told.locator("u, ins, b").filter(has_text="۲۵").first).to_be_visible()
    assert await told.locator(".text").evaluate("part => getComputedStyle(part).direction") == "rtl"

    await small.get_by_role("button", name="⋯ بیشتر ▾").last.click()
    await small.get_by_role("button", name="🕘 تاریخچه").last.click()
    history = small.locator(".msg.in").filter(has_text="نسخهٔ ۱").last
    await expect(history).to_be_visible(timeout=20_000)
    await history.scroll_into_view_if_needed()
    await picture(small, f"history-390-{scheme}")
    await fits(small, history)
