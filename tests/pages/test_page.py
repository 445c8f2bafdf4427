"""What a person does on the demo's page, in a real browser over the real simulator."""

import asyncio
from datetime import timedelta

import pytest
from playwright.async_api import expect

from tests.pages.conftest import NOON, Look, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")
NEWS = -1001000000001

PARAGRAPH = "قطار هیدروژنی هر بار با مخزن پر حدود ششصد کیلومتر راه می\u200cرود و گرمای کابین را هم از پیل سوختی می\u200cگیرد. "


async def test_a_paste_becomes_messages_and_gets_an_answer(answering: Stage, look: Look) -> None:
    """The guide's sample goes into the box, Enter sends it, long text is cut, the bot's answer arrives by itself."""
    page = await look(101)
    await page.get_by_role("button", name="متن نمونه را در کادر بگذار").click()
    box = page.get_by_label("متن پیام")
    await expect(box).to_have_value(
        (await (await page.request.get(f"{answering.address}/demo/sample")).text()).rstrip("\n") + "\n"
    )
    await box.press("Enter")

    await expect(page.locator(".msg.out")).to_have_count(2)
    await expect(page.locator(".msg.in")).to_have_count(2)
    await expect(box).to_have_value("")


async def test_shift_enter_is_a_new_line(answering: Stage, look: Look) -> None:
    """One message of two lines."""
    page = await look(101)
    box = page.get_by_label("متن پیام")
    await box.fill("سطر یک")
    await box.press("Shift+Enter")
    await box.type("سطر دو")
    await box.press("Enter")

    await expect(page.locator(".msg.out .text")).to_have_text("سطر یک\nسطر دو")
    assert answering.person(101).reads()[0]["text"] == "سطر یک\nسطر دو"


async def test_buttons_tell_the_bot(answering: Stage, look: Look) -> None:
    """A press shows the bot's toast or alert; an edit changes the bubble in place and says so."""
    answering.person(101).send("سلام")
    page = await look(101)
    await page.get_by_role("button", name="آرام").click()
    await expect(page.locator(".toast")).to_have_text("انجام شد")

    await page.get_by_role("button", name="بلند").click()
    alert = page.get_by_role("dialog")
    await expect(alert).to_contain_text("برگشت ندارد!")
    await page.keyboard.press("Escape")
    await expect(alert).to_be_hidden()

    await page.get_by_role("button", name="عوض کن").click()
    await expect(page.locator(".msg.in .text")).to_have_text("تیتر تازه نشست")
    await expect(page.locator(".edited")).to_have_text("ویرایش‌شده")
    await expect(page.get_by_role("link", name="سایت")).to_have_attribute("href", "https://example.com/a")


async def test_a_press_shows_that_it_waits(stage: Stage, look: Look) -> None:
    """While the bot is silent the button turns, and can't be pressed again."""
    await stage.bot(
        "sendMessage",
        chat_id=101,
        text="?",
        reply_markup={"inline_keyboard": [[{"text": "بله", "callback_data": "y"}]]},
    )
    page = await look(101)
    button = page.get_by_role("button", name="بله")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    await expect(button).to_be_disabled()
    updates = await stage.bot("getUpdates")
    await stage.bot("answerCallbackQuery", callback_query_id=updates[-1]["callback_query"]["id"])

    await expect(button).to_be_enabled()


async def test_the_reader_sees_a_post_arrive(stage: Stage, look: Look) -> None:
    """It comes by itself: a badge on the channel, then the post, its signature, the pin; writing is not for readers."""
    page = await look(105)
    post = await stage.bot("sendMessage", chat_id=NEWS, text="خبر تازه رسید")
    row = page.locator(".chat", has_text="خبر تازه رسید")
    await expect(row.locator(".badge")).to_have_text("۱")
    await row.click()

    await expect(page.locator(".msg .text")).to_have_text("خبر تازه رسید")
    await expect(row.locator(".badge")).to_have_count(0)
    await expect(page.locator("#compose")).to_be_hidden()
    await expect(page.locator("#muted")).to_be_visible()
    await stage.bot("pinChatMessage", chat_id=NEWS, message_id=post["message_id"])
    await expect(page.locator("#pinned")).to_contain_text("خبر تازه رسید")
    await stage.bot("unpinChatMessage", chat_id=NEWS, message_id=post["message_id"])
    await expect(page.locator("#pinned")).to_be_hidden()
    await stage.bot("deleteMessage", chat_id=NEWS, message_id=post["message_id"])
    await expect(page.locator(".msg")).to_have_count(0)


async def test_the_place_in_a_long_talk_is_kept(stage: Stage, look: Look) -> None:
    """New messages follow a reader who stands at the end, and leave alone one who reads further up."""
    for number in range(25):
        await stage.bot("sendMessage", chat_id=105, text=f"{number} {PARAGRAPH}")
    page = await look(105)
    await stage.bot("sendMessage", chat_id=105, text="در پایان")
    await expect(page.get_by_text("در پایان", exact=True).last).to_be_in_viewport()

    await page.locator("#scroll").evaluate("node => { node.scrollTop = 0; }")
    await stage.bot("sendMessage", chat_id=105, text="دیده نشده")
    await expect(page.locator("#jump .badge")).to_have_text("۱")
    assert await page.locator("#scroll").evaluate("node => node.scrollTop") == 0
    await page.get_by_role("button", name="رفتن به آخرین پیام").click()
    await expect(page.locator(".msg .text").last).to_be_in_viewport()
    await expect(page.locator("#jump")).to_be_hidden()


async def test_a_reply_is_sent_as_one(stage: Stage, look: Look) -> None:
    """The button beside a bubble quotes it; Escape takes that back."""
    await stage.bot("sendMessage", chat_id=101, text="تیتر تازه چیست؟")
    page = await look(101)
    reply = page.get_by_role("button", name="پاسخ به این پیام")
    await reply.click(force=True)
    await page.keyboard.press("Escape")
    await expect(page.locator("#answering")).to_be_hidden()
    await reply.click(force=True)
    await page.get_by_label("متن پیام").fill("این است")
    await page.keyboard.press("Enter")

    await expect(page.locator(".msg.out .reply span")).to_have_text("تیتر تازه چیست؟")


async def test_the_keyboard_is_enough(stage: Stage, look: Look) -> None:
    """Arrows among people and chats, Enter opens, Alt and a number is another person, Escape leads back."""
    page = await look(101)
    await page.locator(".person[aria-checked=true]").focus()
    await page.keyboard.press("ArrowLeft")
    await expect(page.locator(".person[aria-checked=true]")).to_have_text("ادیب"[0] + "دبیر")
    await page.keyboard.press("Alt+Digit5")
    await expect(page.locator("#who")).to_contain_text("خاطره")
    await page.keyboard.press("Escape")
    await expect(page.locator(".chat").nth(0)).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.locator("#head-title")).to_have_text("خبر")
    await page.keyboard.press("Alt+Digit1")
    await expect(page.get_by_label("متن پیام")).to_be_focused()


async def test_drafts_wait_where_they_were_written(stage: Stage, look: Look) -> None:
    """Half a message survives a look elsewhere."""
    page = await look(101)
    await page.get_by_label("متن پیام").fill("نیمه")
    await page.keyboard.press("Alt+Digit2")
    await expect(page.get_by_label("متن پیام")).to_have_value("")
    await page.keyboard.press("Alt+Digit1")

    await expect(page.get_by_label("متن پیام")).to_have_value("نیمه")


async def test_the_worlds_clock_is_shown_and_moved(stage: Stage, look: Look) -> None:
    """In the Persian calendar and Tehran's time; an hour's button moves it for everyone."""
    page = await look(101)
    await expect(page.locator("#clock")).to_have_text("یکشنبه ۱ آذر ۱۴۰۵، ۱۲:۰۰")
    await page.get_by_role("button", name="+۱ ساعت").click()

    await expect(page.locator("#clock")).to_have_text("یکشنبه ۱ آذر ۱۴۰۵، ۱۳:۰۰")
    assert stage.world.clock.now() == NOON + timedelta(hours=1)


async def test_light_and_dark(stage: Stage, look: Look) -> None:
    """The system's wish first, the button's after; remembered over a reload."""
    page = await look(101, color_scheme="dark")
    root = page.locator("html")
    await expect(root).to_have_attribute("data-theme", "dark")
    await page.get_by_role("button", name="روشن یا تیره").click()
    await expect(root).to_have_attribute("data-theme", "light")
    await page.reload()
    await page.wait_for_selector("body[data-ready]")

    await expect(root).to_have_attribute("data-theme", "light")


async def test_on_a_telephone(stage: Stage, look: Look) -> None:
    """Nothing is wider than the screen; the list slides away for the talk and back again."""
    await stage.bot("sendMessage", chat_id=101, text=PARAGRAPH * 4)
    page = await look(101, viewport={"width": 360, "height": 740})
    wide = "() => document.documentElement.scrollWidth"
    assert await page.evaluate(wide) == 360
    await expect(page.locator("#box")).to_be_in_viewport()
    await page.get_by_role("button", name="بازگشت به گفت‌وگوها").click()
    await expect(page.locator(".chat").first).to_be_in_viewport()
    await expect(page.locator("#box")).to_be_hidden()
    assert await page.evaluate(wide) == 360
    await page.locator(".chat").first.click()
    await expect(page.locator("#box")).to_be_visible()


async def test_troubles_are_made_and_cleared(stage: Stage, look: Look) -> None:
    """The drawer adds a fault, shows it, clears it; and takes the bot out of a channel."""
    page = await look(103)
    await page.get_by_role("tab", name="کنترل جهان").click()
    await page.get_by_label("در کدام متد").select_option("sendMessage")
    await page.get_by_label("در کدام گفت‌وگو").select_option(str(NEWS))
    await page.get_by_role("button", name="خراب کن").click()
    await expect(page.locator("#faults li")).to_have_count(1)
    assert [(fault["kind"], fault["method"], fault["chat"]) for fault in stage.world.faults.listed()] == [
        ("429", "sendMessage", NEWS)
    ]
    await page.get_by_role("button", name="همه را پاک کن").click()
    await expect(page.locator("#faults li")).to_have_count(0)
    assert stage.world.faults.listed() == []

    await page.locator(".rights", has_text="@news").get_by_role("button", name="بردار").click()
    await expect(page.locator(".toast")).to_contain_text("بیرون رفت")
    assert stage.world.chats[NEWS].bot.status == "left"


async def test_a_refusal_is_said_and_loses_no_word(stage: Stage, look: Look) -> None:
    """When the world doesn't take a message, the page says why and the words are back in the box."""
    page = await look(101)
    await page.route("**/sim/messages", lambda route: route.fulfill(status=400, json={"error": "نشد"}))
    box = page.get_by_label("متن پیام")
    await box.fill("مهم")
    await box.press("Enter")

    await expect(page.locator(".toast")).to_contain_text("نشد")
    await expect(box).to_have_value("مهم")


async def test_it_lives_without_the_stream(stage: Stage, look: Look) -> None:
    """Where events don't come, the page asks each second."""
    page = await look(105)
    await page.route("**/sim/events", lambda route: route.abort())
    await page.reload()
    await page.wait_for_selector("body[data-ready]")
    await asyncio.gather(
        expect(page.locator("#live")).to_have_attribute("data-state", "polling"),
        stage.bot("sendMessage", chat_id=105, text="بی\u200cرویداد"),
    )

    await expect(page.locator(".msg .text")).to_have_text("بی\u200cرویداد")
