"""A newcomer follows the page's hints: from the pasted copy to the post, with the real bot behind it."""

import os
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bot.line.calls import message_call
from bot.news.model import Article, Paragraph, Piece, Section
from bot.news.model import Look as PostLook
from bot.news.posts.message import compose
from bot.news.posts.rich import rich_message
from tests.pages.conftest import Look, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")
NEWS = -1001000000001


async def says(page: Page, text: str) -> None:
    box = page.get_by_label("متن پیام")
    await box.fill(text)
    await box.press("Enter")


async def presses(page: Page, label: str) -> None:
    await page.get_by_role("button", name=label).last.click()


async def test_a_story_goes_from_paste_to_channel_on_the_page(newsroom: Stage, look: Look) -> None:
    page = await look(101)
    await page.get_by_role("button", name="متن نمونه را در کادر بگذار").click()
    box = page.get_by_label("متن پیام")
    await expect(box).not_to_have_value("")  # the page fetches the sample first
    await box.press("Enter")
    card = page.locator(".msg.in").filter(has_text="نخستین قطار هیدروژنی")
    await expect(card).to_have_count(1, timeout=20_000)  # the copy desk is cold
    newsroom.world.clock.advance(3)
    await expect(card).to_contain_text("نویسنده: سارا راهنورد")
    await presses(page, "ارسال به دبیر")
    await expect(page.locator(".toast")).to_contain_text("به دست دبیران رسید")

    page = await look(102)
    await presses(page, "ویرایش ▾")
    await presses(page, "ویرایش تیتر")
    await says(page, "قطار هیدروژنی آزمایش شد 🚆 نسخهٔ v2")
    card = page.locator(".msg.in").filter(has_text="نویسنده: سارا راهنورد")
    await expect(card).to_contain_text("قطار هیدروژنی آزمایش شد 🚆 نسخهٔ v2")
    await presses(page, "✅ تأیید")
    await expect(page.locator(".toast")).to_contain_text("تأیید شد")

    page = await look(103)
    await says(page, "/connect @news")
    await expect(page.locator(".msg.in").last).to_contain_text("وصل شد")
    await says(page, "/slots شنبه تا چهارشنبه ۸ و ۱۲:۳۰ و ۱۸")
    await expect(page.locator(".msg.in").last).to_contain_text("شنبه تا چهارشنبه")
    await presses(page, "🗓 زمان‌بندی")
    await presses(page, "نوبت آزاد بعدی")
    await expect(page.locator(".toast")).to_contain_text("در صف «خبر»")
    await says(page, "/queue")
    await expect(page.locator(".msg.in").last).to_contain_text("قطار هیدروژنی آزمایش شد")
    if folder := os.environ.get("SCREENSHOTS"):
        await page.screenshot(path=Path(folder) / "admin.png", animations="disabled")

    page = await look(105, NEWS)
    await expect(page.locator(".msg")).to_have_count(0)
    newsroom.world.clock.advance(30 * 60)
    post = page.locator(".msg")
    await expect(post).to_have_count(1)
    await expect(post).to_contain_text("@news")
    text = await post.locator(".text").first.inner_text()
    if folder := os.environ.get("SCREENSHOTS"):
        await page.screenshot(path=Path(folder) / "reader.png", animations="disabled")

    assert text.startswith("قطار هیدروژنی آزمایش شد 🚆 نسخهٔ v2")
    assert "می\u200cرسد" in text


async def test_a_rich_channel_and_a_long_text_in_a_quote(newsroom: Stage, look: Look) -> None:
    """A channel whose look is rich gets a foldable full text; the page shows it as Telegram does."""
    article = Article(
        headline="تیتر",
        lede="لید",
        sections=(Section(heading="بخش", blocks=tuple(Paragraph(text="متن. " * 60) for _ in range(4))),),
    )
    shape = PostLook(pieces=(Piece.HEADLINE, Piece.LEDE, Piece.FULL_TEXT))
    await newsroom.bot("sendRichMessage", chat_id=NEWS, rich_message=rich_message(article, shape))
    [message] = compose(article, shape)
    method, params = message_call(NEWS, message)
    await newsroom.bot(method, **params)
    page = await look(105, NEWS)

    await expect(page.locator("details summary")).to_contain_text("متن کامل")
    await expect(page.locator(".msg")).to_have_count(2)
