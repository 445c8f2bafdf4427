"""What stands in the bubbles of the demo's page: words to the letter, marks, quotes, rich posts, albums, days."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.pages.conftest import NOON, Look, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")
NEWS = -1001000000001

PARAGRAPH = "قطار هیدروژنی هر بار با مخزن پر حدود ششصد کیلومتر راه می\u200cرود و گرمای کابین را هم از پیل سوختی می\u200cگیرد. "


def entity(text: str, kind: str, part: str, **more: Any) -> dict[str, Any]:
    """An entity over that part of the text, in UTF-16 units."""
    before = text[: text.index(part)]
    units = [len(words.encode("utf-16-le")) // 2 for words in (before, part)]
    return {"type": kind, "offset": units[0], "length": units[1], **more}


async def said(page: Page) -> str:
    """The text of the newest bubble, to the letter."""
    return await page.locator(".msg .text").last.text_content() or ""


async def height(block: Locator) -> float:
    """In pixels, as it stands now."""
    return float(await block.evaluate("node => node.offsetHeight"))


@pytest.mark.parametrize(
    "text",
    [
        "خانه\u200cها و کتاب\u200cهای می\u200cخواهند\nسطر دوم ۱۲٬۵۰۰ تومان",
        "نسخهٔ RailSense v2.1 (beta) در 24 ساعت",
        "👨‍👩‍👧‍👦 🇮🇷 👍🏽 و ✍️",
        "<img src=x onerror=\"document.title='hacked'\"> <b>نه</b> &lt; **نه**",
    ],
    ids=["zwnj", "latin", "emoji", "markup"],
)
async def test_text_is_shown_to_the_letter(stage: Stage, look: Look, text: str) -> None:
    """ZWNJ, mixed Latin, joined emoji and markup arrive as they were written, as text and nothing else."""
    await stage.bot("sendMessage", chat_id=105, text=text)
    page = await look(105)

    assert await said(page) == text
    assert await page.locator(".msg :is(img, script, b)").count() == 0
    assert "hacked" not in await page.title()


async def test_names_and_titles_are_text_too(stage: Stage, look: Look) -> None:
    """Markup in a channel's title or a button's label is inert."""
    evil = "<img src=x onerror=alert(1)>"
    await stage.bot(
        "sendMessage",
        chat_id=105,
        text="x",
        reply_markup={"inline_keyboard": [[{"text": evil, "callback_data": "x"}]]},
    )
    stage.world.chats[NEWS].title = evil
    page = await look(105)

    await expect(page.locator(".key")).to_have_text(evil)
    await expect(page.locator(".chat .title").nth(1)).to_have_text(evil)
    assert await page.locator("img").count() == 0


async def test_entities_count_in_utf16(stage: Stage, look: Look) -> None:
    """Marks stand where they should behind an emoji of two units, nested ones inside one another."""
    text = "😀😀 تیتر پررنگ و پیوند و کد x=1 و راز"
    await stage.bot(
        "sendMessage",
        chat_id=105,
        text=text,
        entities=[
            entity(text, "bold", "تیتر پررنگ"),
            entity(text, "italic", "پررنگ"),
            entity(text, "text_link", "پیوند", url="https://example.com/خبر"),
            entity(text, "code", "x=1"),
            entity(text, "spoiler", "راز"),
        ],
    )
    page = await look(105)

    await expect(page.locator(".text b")).to_have_text(["تیتر", "پررنگ"])  # Telegram cuts them at the italic
    await expect(page.locator(".text :is(b i, i b)")).to_have_text("پررنگ")
    await expect(page.locator(".text a")).to_have_attribute("rel", "noopener noreferrer")
    await expect(page.locator(".text code")).to_have_text("x=1")
    spoiler = page.locator(".spoiler")
    await spoiler.click()
    await expect(spoiler).to_have_class("spoiler shown")
    assert await said(page) == text


async def test_an_address_that_runs_is_no_link(stage: Stage, look: Look) -> None:
    """Whatever the world would let through, `javascript:` never becomes an href."""
    text = "بزنید"
    sent = await stage.bot("sendMessage", chat_id=105, text=text)
    kept = stage.world.chats[105].messages[sent["message_id"]].message
    kept["entities"] = [entity(text, "text_link", text, url=" javascript:document.title='hacked'")]
    page = await look(105)

    await expect(page.locator(".text")).to_have_text(text)
    assert await page.locator(".text a").count() == 0


async def test_an_expandable_quote_folds(stage: Stage, look: Look) -> None:
    """Three lines until it is opened; a short one needs no opening."""
    text, short = PARAGRAPH * 6, "یک سطر"
    for words in (text, short):
        await stage.bot(
            "sendMessage",
            chat_id=105,
            text=words,
            entities=[entity(words, "expandable_blockquote", words.strip())],
        )
    page = await look(105)
    quote, tiny = page.locator(".quote").nth(0), page.locator(".quote").nth(1)
    folded = await height(quote)

    await expect(tiny.locator(".more")).to_be_hidden()
    more = quote.locator(".more")
    await expect(more).to_have_attribute("aria-expanded", "false")
    await more.click()
    await expect(more).to_have_attribute("aria-expanded", "true")
    assert await height(quote) > folded * 1.5
    await quote.click()
    await expect(more).to_have_attribute("aria-expanded", "false")


def rich_post() -> dict[str, Any]:
    """A post with most of what a rich message can hold."""

    def paragraph(*words: Any) -> dict[str, Any]:
        return {"type": "paragraph", "text": list(words)}

    def items(**more: Any) -> list[dict[str, Any]]:
        return [{"blocks": [paragraph(words)], **more} for words in ("یکم", "دوم")]

    return {
        "is_rtl": True,
        "skip_entity_detection": True,
        "blocks": [
            {"type": "heading", "size": 2, "text": "تیتر \u2067غنی\u2069"},
            paragraph({"type": "bold", "text": ["لید ", {"type": "italic", "text": "مورب"}]}),
            {"type": "list", "items": items()},
            {"type": "list", "items": items(type="1")},
            {
                "type": "list",
                "items": [{"blocks": [paragraph("شد")], "has_checkbox": True, "is_checked": True}],
            },
            {
                "type": "details",
                "summary": "متن کامل",
                "blocks": [{"type": "heading", "size": 3, "text": "میان\u200cتیتر"}, paragraph("درون")],
            },
            {"type": "blockquote", "blocks": [paragraph("گفته")], "credit": "گوینده"},
            {"type": "expandable_blockquote", "text": PARAGRAPH * 5},
            {
                "type": "table",
                "is_bordered": True,
                "cells": [
                    [{"text": "شهر", "is_header": True, "align": "right", "valign": "top"}],
                    [{"text": "سپیدکوه", "align": "right", "valign": "top"}],
                ],
            },
            {"type": "pre", "text": "a = 1", "language": "python"},
            {"type": "divider"},
            paragraph("ببینید: ", {"type": "url", "text": "پیوند", "url": "https://example.com/x"}),
            {"type": "footer", "text": "پایان"},
        ],
    }


async def test_a_rich_post_is_laid_out(stage: Stage, look: Look) -> None:
    """Heading, lists of three kinds, details, quotes, table, code and footer, right to left."""
    await stage.bot("sendRichMessage", chat_id=NEWS, rich_message=rich_post())
    page = await look(105, NEWS)
    post = page.locator(".rich")

    await expect(post).to_have_attribute("dir", "rtl")
    await expect(post.locator("h3")).to_have_text("تیتر \u2067غنی\u2069")
    await expect(post.locator("ul").first.locator("li")).to_have_count(2)
    await expect(post.locator("ol .sign")).to_have_text(["۱.", "۲."])
    await expect(post.locator(".box.on")).to_have_attribute("aria-label", "انجام‌شده")
    await expect(post.locator("b i")).to_have_text("مورب")
    await expect(post.locator("th")).to_have_text("شهر")
    await expect(post.locator("pre code")).to_have_text("a = 1")
    await expect(post.locator(".credit")).to_have_text("گوینده")
    await expect(post.locator(".foot")).to_have_text("پایان")
    inside = post.locator("details h4")
    await expect(inside).to_be_hidden()
    await post.locator("summary").click()
    await expect(inside).to_be_visible()
    await expect(page.locator(".chat[aria-current] .preview")).to_contain_text("تیتر")


async def test_albums_files_forwards_and_replies(stage: Stage, look: Look) -> None:
    """An album is one bubble, a document has its name, a forward its origin, a reply what it answers."""
    photo = "https://example.com/{}.jpg"
    media = [{"type": "photo", "media": photo.format(number)} for number in range(3)]
    media[0]["caption"] = "سه عکس"
    await stage.bot("sendMediaGroup", chat_id=105, media=media)
    page = await look(105)
    await expect(page.locator(".chat[aria-current] .preview")).to_contain_text("سه عکس")
    await stage.bot("sendMediaGroup", chat_id=NEWS, media=media)
    document = await stage.bot("sendDocument", chat_id=NEWS, document="https://example.com/report.pdf")
    await stage.bot("forwardMessage", chat_id=105, from_chat_id=NEWS, message_id=document["message_id"])
    first = await stage.bot("sendMessage", chat_id=105, text="پرسش")
    await stage.bot(
        "sendMessage", chat_id=105, text="پاسخ", reply_parameters={"message_id": first["message_id"]}
    )
    page = await look(105, NEWS)
    await expect(page.locator(".msg")).to_have_count(2)
    await expect(page.locator(".msg").first.locator(".plate")).to_have_count(3)
    await expect(page.locator(".file b")).to_have_text("report.pdf")

    await page.locator(".chat").first.click()
    await expect(page.locator(".forwarded")).to_have_text("بازارسال از خبر")
    await expect(page.locator(".reply span")).to_have_text("پرسش")


async def test_days_are_separated(stage: Stage, look: Look) -> None:
    """Yesterday and today by name, an older day by its Jalali date."""
    stage.world.clock.set(NOON - timedelta(days=3))
    for days in (0, 2, 1):
        stage.world.clock.advance(days * 86400)
        await stage.bot("sendMessage", chat_id=105, text="پیام")
    page = await look(105)

    await expect(page.locator(".day")).to_have_text(["پنجشنبه ۲۸ آبان ۱۴۰۵", "دیروز", "امروز"])
    await expect(page.locator(".msg time").last).to_have_text("۱۲:۰۰")
