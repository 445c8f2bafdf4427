"""The channel's look by talking, and who works here: on a telephone, 390 px wide."""

import pytest
from playwright.async_api import expect

from tests.pages.conftest import Look, Stage
from tests.pages.telephone import HIGH, WIDE, fits, picture

pytestmark = pytest.mark.asyncio(loop_scope="session")
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


@SCHEMES
async def test_each_change_of_the_look_is_shown_in_a_post_at_once(
    newsroom: Stage, look: Look, scheme: str
) -> None:
    newsroom.person(104).send("/connect @news")
    page = await look(104, viewport={"width": WIDE, "height": HIGH}, color_scheme=scheme)
    await expect(page.locator(".msg.in").filter(has_text="وصل شد").last).to_be_visible()
    newsroom.person(104).send("/look")
    board = page.locator(".msg.in").filter(has_text="@news").last
    await expect(page.get_by_role("button", name="اجزا و ترتیب").last).to_be_visible()
    before = await board.locator(".text").inner_text()
    await page.get_by_role("button", name="هشتگ: باشد").last.click()
    await expect(page.get_by_role("button", name="هشتگ: نباشد").last).to_be_visible()
    await picture(page, f"look-390-{scheme}")

    assert "#" in before
    await expect(board.locator(".text")).not_to_contain_text("#")
    await fits(page, board)


@SCHEMES
async def test_a_stranger_is_let_in_from_their_card(newsroom: Stage, look: Look, scheme: str) -> None:
    newsroom.person(105).send("سلام، من خبرنگار تازه‌ام")
    page = await look(104, viewport={"width": WIDE, "height": HIGH}, color_scheme=scheme)
    role = page.locator(".keys").get_by_role("button", name="خبرنگار").last
    await expect(role).to_be_visible()
    await role.click(trial=True)  # the chat has come to rest: on a telephone it slides in
    await picture(page, f"stranger-390-{scheme}")
    await fits(page, role)
    await role.click()
    newsroom.person(104).send("/staff")
    staff = page.locator(".msg.in").filter(has_text="کارکنان").last

    await expect(staff).to_contain_text("۵")
    await fits(page, staff)
    await picture(page, f"staff-390-{scheme}")
