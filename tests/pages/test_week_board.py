"""The week board in a browser: what is dragged, what is chosen by keys, and that everybody can read it."""

import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Locator, Page, expect

from bot import outlets
from bot.news.model import Article, ArticleState, Post, PostState
from bot.news.quiet import Quiet, Rhythm
from bot.web.serving import serving
from bot.web.settings import ServerSettings
from tests.newsroom import ADMIN, NEWS, NOON, OWNER, House, newsroom
from tests.pages.telephone import picture
from tests.web.board.hands import init_data, key, now_of, planned

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(180)]

HOUR = timedelta(hours=1)
WIDTHS = (390, 768, 1280)
THEMES: dict[str, dict[str, str]] = {
    "light": {},
    "dark": {
        "bg_color": "#17212b",
        "secondary_bg_color": "#232e3c",
        "text_color": "#f5f5f5",
        "hint_color": "#708499",
        "button_color": "#5288c1",
        "button_text_color": "#ffffff",
    },
    "mint": {"bg_color": "#f0fff4", "text_color": "#0b3d1e", "hint_color": "#9fd8b3"},
}


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A newsroom with a full week, and the address of its board."""

    house: House
    base: str
    posts: dict[str, Post]

    async def now(self, name: str) -> Post:
        return await now_of(self.house, self.posts[name])


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest_asyncio.fixture(loop_scope="session")
async def desk() -> AsyncIterator[Desk]:
    async with newsroom() as house:
        await house.admin.sends("/connect @news")
        await house.admin.sends("/slots شنبه تا چهارشنبه ۸ و ۱۲:۳۰ و ۱۸")
        posts = {
            "گذشته": await planned(house, NOON + HOUR / 2, "نرخ بلیت مترو از فردا بالا می‌رود"),
            "یک": await planned(house, NOON + 3 * HOUR, "شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید"),
            "دو": await planned(
                house, NOON + 26 * HOUR, "کتابخانهٔ مرکزی شهر پس از دو سال بازسازی درهایش را گشود"
            ),
            "سه": await planned(
                house, NOON + 50 * HOUR, "گزارش کامل بودجه", embargoed_until=NOON + 48 * HOUR
            ),
            "چهار": await planned(house, NOON + 52 * HOUR, "برنامهٔ جشنوارهٔ تابستانی"),
        }
        await house.passes(3600)
        async with house.newsroom.storage.begin() as db:
            night = Quiet(weekdays=frozenset(range(7)), start=23 * 60, end=7 * 60)
            await db.channels.set_rhythm(NEWS, Rhythm(quiet=(night,), spacing=30))
            await db.holidays.put("2026-11-25", "وفات نمونه", by=OWNER, now=NOON)
            await db.posts.change(posts["چهار"].id, PostState.HELD, frm={PostState.PENDING}, now=NOON)
        port = _free_port()
        base = f"http://127.0.0.1:{port}"
        settings = ServerSettings(address=f"127.0.0.1:{port}", base_url=base, board=True)
        app = outlets.application_of(house.newsroom, settings)
        async with serving(app, "127.0.0.1", port):
            yield Desk(house=house, base=base, posts=posts)


type Opens = Callable[..., Awaitable[Page]]


@pytest_asyncio.fixture(loop_scope="session")
async def opens(browser: Browser, desk: Desk) -> AsyncIterator[Opens]:
    """Opens the board as a Mini App; fails the test for any error and any address that is not ours."""
    faults: list[str] = []
    contexts = []

    async def open_as(
        person: int = ADMIN, *, width: int = 1280, theme: str = "light", height: int = 900, **more: Any
    ) -> Page:
        context = await browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if theme == "dark" else "light",
            locale="fa",
            **more,
        )
        contexts.append(context)
        page = await context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.on(
            "request", lambda asked: faults.append(asked.url) if not asked.url.startswith(desk.base) else None
        )
        signed = init_data(person, desk.house.world.clock.now(), query_id=f"q{len(contexts)}")
        colours = quote(json.dumps(THEMES[theme]))
        await page.goto(f"{desk.base}/board#tgWebAppData={quote(signed)}&tgWebAppThemeParams={colours}")
        await page.wait_for_selector("body[data-ready]")
        return page

    yield open_as
    for context in contexts:
        await context.close()
    assert [fault for fault in faults if "409" not in fault] == []


async def drag(page: Page, card: Locator, to: Locator, *, let_go: bool = True) -> None:
    """By hand: taken up, carried in steps, let go."""
    await card.scroll_into_view_if_needed()
    taken = await card.locator("h3").bounding_box()
    assert taken is not None
    await page.mouse.move(taken["x"] + taken["width"] / 2, taken["y"] + taken["height"] / 2)
    await page.mouse.down()
    async with page.expect_response("**/board/places"):
        await page.mouse.move(taken["x"] + 30, taken["y"] + 30, steps=6)
    there = await to.bounding_box()
    assert there is not None
    await page.mouse.move(there["x"] + there["width"] / 2, there["y"] + there["height"] / 2, steps=8)
    await page.wait_for_timeout(50)
    await page.mouse.move(there["x"] + there["width"] / 2 + 1, there["y"] + there["height"] / 2 + 1, steps=2)
    if let_go:
        await page.mouse.up()


def card_of(page: Page, post: Post) -> Locator:
    return page.locator(f'.card[data-post="{post.id}"]')


def place_of(page: Page, name: str) -> Locator:
    return page.locator(f'.place[data-key="{name}"]')


async def test_a_card_is_dragged_into_a_slot_and_taken_back(desk: Desk, opens: Opens) -> None:
    page = await opens()
    slot = NOON + timedelta(days=2, minutes=30)
    await drag(page, card_of(page, desk.posts["یک"]), place_of(page, key(slot)))

    await expect(page.locator("#said")).to_contain_text("۱۲:۳۰")
    assert (await desk.now("یک")).due_at == slot
    await page.get_by_role("button", name="واگرد").click()
    await expect(page.locator("#said")).to_contain_text("واگرد")
    assert (await desk.now("یک")).due_at == desk.posts["یک"].due_at


async def test_a_card_is_dropped_on_another_and_into_held(desk: Desk, opens: Opens) -> None:
    page = await opens()
    one, two = desk.posts["یک"], desk.posts["دو"]
    await drag(page, card_of(page, one), place_of(page, f"p{two.id}"))
    await expect(page.locator("#said")).to_contain_text("جابه‌جا شد")
    assert (await desk.now("یک")).due_at == two.due_at

    await drag(page, card_of(page, two), place_of(page, "held"))
    await expect(page.locator(f'.tray .card[data-post="{two.id}"]')).to_be_visible()
    assert (await desk.now("دو")).state is PostState.HELD


async def test_a_forbidden_place_says_why_before_it_is_let_go_and_nothing_is_sent(
    desk: Desk, opens: Opens
) -> None:
    page = await opens()
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.url))
    early = place_of(page, key(NOON + timedelta(days=1, minutes=30)))
    await drag(page, card_of(page, desk.posts["سه"]), early, let_go=False)

    await expect(page.locator("#why")).to_contain_text("منتشر نشود")
    await picture(page, "board-forbidden")
    await page.mouse.up()
    await expect(page.locator("#said")).to_contain_text("منتشر نشود")
    assert not [url for url in sent if url.endswith("/drop")]
    assert (await desk.now("سه")).due_at == desk.posts["سه"].due_at


async def test_a_minute_of_ones_own_is_asked_for_where_a_card_is_let_go(desk: Desk, opens: Opens) -> None:
    page = await opens()
    await drag(page, card_of(page, desk.posts["یک"]), place_of(page, "2026-11-26"))
    menu = page.get_by_role("dialog")
    await menu.get_by_label("ساعت").fill("23:40")
    await expect(menu.locator(".told")).to_contain_text("سکوت")
    await menu.get_by_label("ساعت").fill("10:20")
    await menu.get_by_role("button", name="ببرش آنجا").click()

    await expect(page.locator("#said")).to_contain_text("۱۰:۲۰")
    assert (await desk.now("یک")).due_at == NOON + timedelta(days=4) - timedelta(minutes=100)


async def test_all_is_done_by_keys_alone(desk: Desk, opens: Opens) -> None:
    page = await opens()
    await page.locator(f'[data-move="{desk.posts["دو"].id}"]').focus()
    await page.keyboard.press("Enter")
    menu = page.get_by_role("dialog")
    await expect(menu).to_be_visible()
    await picture(page, "board-menu")
    way = menu.get_by_role("button", name="۱۸:۰۰").nth(1)
    await way.focus()
    await page.keyboard.press("Enter")
    await expect(menu).to_be_hidden()
    await expect(page.locator("#said")).to_contain_text("۱۸:۰۰")
    await expect(page.locator(f'[data-move="{desk.posts["دو"].id}"]')).to_be_focused()
    assert (await desk.now("دو")).due_at != desk.posts["دو"].due_at

    await page.keyboard.press("Control+z")
    await expect(page.locator("#said")).to_contain_text("واگرد")
    assert (await desk.now("دو")).due_at == desk.posts["دو"].due_at


async def test_what_may_not_be_is_in_the_menu_with_its_reason_and_does_nothing(
    desk: Desk, opens: Opens
) -> None:
    page = await opens()
    await page.locator(f'[data-move="{desk.posts["سه"].id}"]').click()
    ways = page.get_by_role("dialog").locator('.way[aria-disabled="true"]')
    forbidden = ways.filter(has_text="منتشر نشود").first
    await forbidden.click(force=True)  # it is said to be disabled, and can be pressed

    await expect(page.get_by_role("dialog")).to_be_visible()
    assert (await desk.now("سه")).due_at == desk.posts["سه"].due_at


async def test_two_hands_carry_one_card_and_the_later_one_is_told(desk: Desk, opens: Opens) -> None:
    """What is in a hand is not drawn anew under it; let go, it is refused with the reason."""
    mine, theirs = await opens(), await opens(OWNER)
    post = desk.posts["یک"]
    there = place_of(mine, key(NOON + timedelta(days=2, minutes=30)))
    await drag(mine, card_of(mine, post), there, let_go=False)
    await drag(theirs, card_of(theirs, post), place_of(theirs, "held"))
    await expect(theirs.locator("#said")).to_contain_text("نگه")
    await mine.mouse.up()

    await expect(mine.locator("#said")).to_contain_text("عوض شده")
    await expect(mine.locator(f'.tray .card[data-post="{post.id}"]')).to_be_visible()
    assert (await desk.now("یک")).state is PostState.HELD


async def test_on_a_telephone_one_day_is_shown_and_a_finger_carries_a_card(desk: Desk, opens: Opens) -> None:
    page = await opens(width=390, height=844, has_touch=True)
    await expect(page.locator(".day:visible")).to_have_count(1)
    await expect(page.locator(".tab:visible")).to_have_count(7)
    await page.locator('.tab[data-tab="2026-11-23"]').click()
    await expect(page.locator('.day[data-day="2026-11-23"]')).to_be_visible()
    post = desk.posts["دو"]
    await drag(page, card_of(page, post), place_of(page, key(NOON + timedelta(days=1, hours=6))))

    await expect(page.locator("#said")).to_contain_text("۱۸:۰۰")
    assert (await desk.now("دو")).due_at == NOON + timedelta(days=1, hours=6)
    await expect(page.locator('.day[data-day="2026-11-23"]')).to_be_visible()


async def test_what_was_opened_stays_open_over_a_reload_and_closes(desk: Desk, opens: Opens) -> None:
    page = await opens()
    await page.reload()
    await page.wait_for_selector("body[data-ready]")
    await page.get_by_role("button", name="خروج").click()
    await expect(page.locator(".door")).to_contain_text("/week")
    await expect(page.locator(".sheet")).to_have_count(0)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
async def test_axe_finds_nothing_and_nothing_hangs_over(
    width: int, theme: str, desk: Desk, opens: Opens
) -> None:
    page = await opens(width=width, theme=theme)
    await picture(page, f"board-{width}-{theme}")
    await _accessible(page)
    assert await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    if width == 390:
        await page.locator('.tab[data-tab="2026-11-23"]').click()
    await page.locator(f'[data-move="{desk.posts["دو"].id}"]').click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await picture(page, f"board-menu-{width}-{theme}")
    await _accessible(page)


async def _accessible(page: Page) -> None:
    found = await Axe().run(page)
    told = [
        (each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found.response["violations"]
    ]
    assert told == []


async def test_what_somebody_else_does_is_seen_without_a_reload(desk: Desk, opens: Opens) -> None:
    page, theirs = await opens(), await opens(OWNER)
    await expect(page.locator("body[data-hears]")).to_be_attached()
    post = desk.posts["یک"]
    await drag(theirs, card_of(theirs, post), place_of(theirs, "held"))

    await expect(page.locator(f'.tray .card[data-post="{post.id}"]')).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
async def test_a_story_is_seen_beside_the_board_as_it_will_go_out(
    width: int, desk: Desk, opens: Opens
) -> None:
    page = await opens(width=width, theme="light" if width == 768 else "dark")
    await page.locator(f'[data-see="{desk.posts["یک"].id}"]').click()
    beside = page.get_by_role("dialog")
    await expect(beside.locator(".bubble b").first).to_have_text("شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید")
    await beside.locator("summary").click()
    await picture(page, f"board-story-{width}")
    await _accessible(page)
    await page.keyboard.press("Escape")
    await expect(beside).to_be_hidden()
    await expect(page.locator(f'[data-see="{desk.posts["یک"].id}"]')).to_be_focused()


async def test_an_approved_story_is_dragged_into_a_slot_and_taken_out_again(desk: Desk, opens: Opens) -> None:
    async with desk.house.newsroom.storage.begin() as db:
        story = Article(headline="پل تازه گشوده شد", state=ArticleState.APPROVED, approved_version=1)
        stored = await db.articles.create(story, by=OWNER, now=NOON)
    page = await opens()
    card, slot = page.locator(f'.card[data-post="s{stored.id}"]'), NOON + timedelta(days=2, minutes=30)
    await expect(card).to_be_visible()
    await picture(page, "board-ready")
    await _accessible(page)
    await drag(page, card, place_of(page, key(slot)))
    await expect(page.locator("#said")).to_contain_text("۱۲:۳۰")
    await expect(card).to_have_count(0)
    await page.get_by_role("button", name="واگرد").click()
    await expect(card).to_be_visible()
