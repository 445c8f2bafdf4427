"""What the demo promises on its page: a guide that can be finished, a clock that walks, two languages, every screen."""

import json
import re
import struct
import zlib
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bot.simulator.people import Person
from bot.simulator.schema import Upload
from tests.pages.conftest import Look, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")
NEWS = -1001000000001
DEMO = Path(__file__).parents[2] / "bot" / "demo"
PERSIAN = re.compile("[\u0600-\u06ff]")
PARAGRAPH = "قطار هیدروژنی هر بار با مخزن پر حدود ششصد کیلومتر راه می\u200cرود و گرمای کابین را هم از پیل سوختی می\u200cگیرد. "


async def presses(page: Page, label: str) -> None:
    """The newest button of that label in the talk."""
    await page.locator(".keys").get_by_role("button", name=label).last.click()


async def test_each_step_of_the_guide_is_done_by_what_it_says(newsroom: Stage, look: Look) -> None:
    """No step waits for something that only a later one shows how to do."""
    page = await look(101)
    now = page.locator(".step.now")
    await expect(page.locator(".person.wanted")).to_have_count(0)
    await page.get_by_role("button", name="متن نمونه را در کادر بگذار").click()
    await expect(page.get_by_label("متن پیام")).not_to_have_value("")
    await page.get_by_label("متن پیام").press("Enter")
    await expect(now.locator(".ticks .ok")).to_have_text("متن فرستاده شد", timeout=20_000)
    newsroom.world.clock.advance(3)
    await expect(page.locator(".msg.in").last).to_contain_text(
        "سارا راهنورد"
    )  # its two messages are one story
    await presses(page, "ارسال به دبیر")

    await expect(now.locator("h4")).to_contain_text("ویرایش")
    await now.get_by_role("button", name="جای دبیر بنشینید").click()
    await presses(page, "تأیید")

    await expect(now.locator("h4")).to_contain_text("کانال، نوبت")
    await now.get_by_role("button", name="جای مدیر کانال بنشینید").click()
    for command in ("/connect @news", "/slots هر روز"):
        await now.get_by_role("button", name=command).click()
        await page.get_by_label("متن پیام").press("Enter")
    await expect(now.locator(".ticks .ok")).to_have_count(2)
    await presses(page, "زمان\u200cبندی")
    await presses(page, "نوبت آزاد بعدی")

    await expect(now.locator("h4")).to_contain_text("خواننده")
    await now.get_by_role("button", name="برو تا نوبت بعدی").click()
    await expect(now.locator(".ticks .ok")).to_have_text("پست در کانال است", timeout=20_000)
    await now.get_by_role("button", name="کانال را باز کن").click()
    await expect(page.locator("#finish")).to_be_visible()
    assert "ارتباط قطع" not in str(Person(newsroom.world, 103).reads())
    [post] = Person(newsroom.world, 105).reads(NEWS)
    assert post["date"] % 60 == 0  # at its minute


async def test_the_clock_shows_how_far_it_is(stage: Stage, look: Look) -> None:
    """While time goes by its buttons rest, and it tells each stride."""
    page = await look(101)
    strides: list[float] = []

    async def walk(seconds: float) -> None:
        strides.append(seconds)
        until = stage.world.clock.now().timestamp() + seconds
        for _ in range(2):
            stage.world.clock.advance(seconds / 2)
            now = stage.world.clock.now()
            until_iso = now.fromtimestamp(until, now.tzinfo).isoformat()
            stage.world.events.tell({"clock": now.isoformat(), "until": until_iso})
            await page.wait_for_function(
                "document.querySelector('.clock').getAttribute('aria-busy') === 'true'"
            )
            assert await page.locator("[data-advance]:disabled").count() == 3

    stage.world.walk = walk
    await page.get_by_role("button", name="+۱ ساعت").click()

    await expect(page.locator("#clock")).to_have_text("یکشنبه ۱ آذر ۱۴۰۵، ۱۳:۰۰")
    await expect(page.locator("[data-advance]:disabled")).to_have_count(0)
    assert strides == [3600]


async def test_the_bot_is_made_administrator_again(stage: Stage, look: Look) -> None:
    """What the guide's last line invites to works."""
    page = await look(103)
    await page.get_by_role("tab", name="کنترل جهان").click()
    row = page.locator(".rights", has_text="@news")
    await row.get_by_role("button", name="بردار").click()
    await expect(page.locator(".toast")).to_contain_text("بیرون رفت")
    await row.get_by_role("button", name="مدیر کن").click()
    await expect(page.locator(".toast")).to_contain_text("مدیر")

    assert stage.world.chats[NEWS].bot.may("can_post_messages")


async def test_ones_own_message_is_edited(stage: Stage, look: Look) -> None:
    page = await look(101)
    await page.get_by_label("متن پیام").fill("جمعه می\u200cآید")
    await page.get_by_label("متن پیام").press("Enter")
    mine = page.locator(".msg.out")
    await mine.get_by_role("button", name="کارهای این پیام").click(force=True)
    await page.get_by_role("menuitem", name="ویرایش").click()
    await expect(page.get_by_label("متن پیام")).to_have_value("جمعه می\u200cآید")
    await page.get_by_label("متن پیام").fill("شنبه می\u200cآید")
    await page.get_by_label("متن پیام").press("Enter")

    await expect(mine.locator(".text")).to_have_text("شنبه می\u200cآید")
    await expect(mine.locator(".edited")).to_be_visible()
    assert [update for update in await stage.bot("getUpdates") if "edited_message" in update]


@pytest.mark.parametrize(
    ("choice", "kinds"),
    [
        ("عکس نمونه", ["photo"]),
        ("آلبوم نمونه", ["photo"] * 3),
        ("ویدئوی نمونه", ["video"]),
        ("فایل نمونه", ["document"]),
        ("پیام صوتی نمونه", ["voice"]),
    ],
)
async def test_files_are_sent_from_the_page(stage: Stage, look: Look, choice: str, kinds: list[str]) -> None:
    """With words under the first, an album as one."""
    page = await look(101)
    await page.get_by_role("button", name="پیوست").click()
    await page.get_by_role("menuitem", name=choice).click()
    await expect(page.locator("#attached span")).to_have_count(len(kinds))
    await page.get_by_label("متن پیام").fill("زیرنویس")
    await page.get_by_label("متن پیام").press("Enter")
    await expect(page.locator(".msg.out")).to_have_count(1)
    if kinds[0] == "photo":  # an album is one on the page from its first picture on: wait for the last
        await expect(page.locator(".msg.out .plate.seen")).to_have_count(len(kinds))
    sent = stage.person(101).reads()

    assert [kind for message in sent for kind in kinds[:1] if kind in message] == kinds
    assert [message.get("caption") for message in sent] == ["زیرنویس", *[None] * (len(kinds) - 1)]
    assert len({message.get("media_group_id") for message in sent}) == 1


async def test_a_file_of_this_device_is_sent(stage: Stage, look: Look, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("متن", encoding="utf-8")
    page = await look(101)
    await page.locator("#file").set_input_files(tmp_path / "note.txt")
    await expect(page.locator("#attached span")).to_contain_text("note.txt")
    await page.get_by_label("فرستادن").click()
    await expect(page.locator(".msg.out .file")).to_contain_text("note.txt")
    [message] = stage.person(101).reads()
    kept = stage.world.files.read(stage.world.files.path_of(message["document"]["file_id"]) or "")

    assert kept
    assert kept.content.decode() == "متن"


async def test_a_forward_and_a_reply(answering: Stage, look: Look) -> None:
    """By the menu of a message, to whatever chat one may write in."""
    page = await look(103)
    await page.get_by_label("متن پیام").fill("جمعه می\u200cآید")
    await page.get_by_label("متن پیام").press("Enter")
    mine = page.locator(".msg.out")
    await mine.get_by_role("button", name="کارهای این پیام").click(force=True)
    await page.get_by_role("menuitem", name="بازارسال").click()
    await page.get_by_role("menuitem", name="خبر", exact=True).click()
    await expect(page.locator("#head-title")).to_have_text("خبر")
    await expect(page.locator(".msg .forwarded")).to_contain_text("کیان")
    await page.keyboard.press("Escape")
    await page.locator(".chat", has_text="ربات خبر").click()
    await page.locator(".msg.in").last.get_by_role("button", name="کارهای این پیام").click(force=True)
    await page.get_by_role("menuitem", name="پاسخ").click()
    await page.get_by_label("متن پیام").fill("چشم")
    await page.get_by_label("متن پیام").press("Enter")
    await expect(page.locator(".msg.out .reply")).to_have_count(1)


@pytest.mark.parametrize("width", [320, 390, 768, 1400])
@pytest.mark.parametrize("tongue", ["fa", "en"])
async def test_nothing_is_wider_than_the_screen(stage: Stage, look: Look, width: int, tongue: str) -> None:
    keys = [[{"text": "✅ تأیید", "callback_data": "a"}, {"text": "↩️ اصلاح لازم است", "callback_data": "b"}]]
    await stage.bot("sendMessage", chat_id=101, text=PARAGRAPH * 3, reply_markup={"inline_keyboard": keys})
    page = await look(101, viewport={"width": width, "height": 720}, reduced_motion="reduce")
    await page.evaluate("tongue => localStorage.setItem('monadi-tongue', tongue)", tongue)
    await page.reload()
    await page.wait_for_selector("body[data-ready]")
    for act in (None, "#back", "#guide-button"):
        if act == "#back" and width > 720:
            continue
        if act:
            await page.locator(act).click()
        assert await page.evaluate(OVERFLOWING, width) == []


OVERFLOWING = """width => [...document.querySelectorAll('.top *, .people *, .who, .head *, .compose *, .panel, .panel *, .msg, .keys *')]
  .filter(node => node.checkVisibility({visibilityProperty: true}) && !node.closest('.hide') && node.getBoundingClientRect().width)
  .filter(node => { const box = node.getBoundingClientRect(); return !node.closest('.chips') && (box.left < -1 || box.right > width + 1); })
  .map(node => `${node.nodeName}.${node.className.baseVal ?? node.className} ${Math.round(node.getBoundingClientRect().left)}–${Math.round(node.getBoundingClientRect().right)}`)
  .concat(document.documentElement.scrollWidth > width ? ['the page itself'] : [])"""


async def test_on_a_telephone_the_guide_does_not_cover_the_chat_again_after_a_reload(
    stage: Stage, look: Look
) -> None:
    page = await look(101, viewport={"width": 390, "height": 844})
    await page.get_by_role("button", name=re.compile("^راهنما")).click()
    await expect(page.locator("#panel")).to_be_visible()
    await page.reload()
    await page.wait_for_selector("body[data-ready]")

    await expect(page.locator("#panel")).to_be_hidden()
    await expect(page.locator("#box")).to_be_in_viewport()


def a_picture(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\x00" + b"\x60" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


async def test_a_picture_is_shown_whole_and_large_by_a_click(stage: Stage, look: Look) -> None:
    """Also one much higher than wide, as the week's."""
    upload = Upload(name="a.png", content=a_picture(400, 900), mime="image/png")
    photo = stage.world.files.attachment("photo", upload)
    stage.world.write(stage.world.chats[101], {"photo": photo, "caption": "هفته"})
    page = await look(101)
    plate = page.locator(".plate.seen")
    await expect(plate).to_have_count(1)
    box = await plate.bounding_box()
    assert box
    assert abs(box["width"] / box["height"] - 400 / 900) < 0.02
    await plate.click()
    await expect(page.locator("#viewer img")).to_be_visible()
    large = await page.locator("#viewer img").bounding_box()
    assert large
    assert large["height"] > box["height"]
    await page.keyboard.press("Escape")
    await expect(page.locator("#viewer")).to_be_hidden()


async def test_day_chips_lie_on_no_text_and_on_no_other(stage: Stage, look: Look) -> None:
    for day in range(4):
        await stage.bot("sendMessage", chat_id=101, text=f"{day} {PARAGRAPH * 3}")
        stage.world.clock.advance(86400)
    page = await look(101)
    for top in (0, 300, 700, 99_999):
        await page.locator("#scroll").evaluate("(node, top) => { node.scrollTop = top; }", top)
        boxes = await page.locator("#log > *").evaluate_all(
            "nodes => nodes.map(node => node.getBoundingClientRect()).map(box => [box.top, box.bottom])"
        )
        assert all(above[1] <= below[0] + 1 for above, below in pairwise(boxes))


async def test_an_empty_box_asks_from_the_side_where_writing_begins(stage: Stage, look: Look) -> None:
    page = await look(101)
    direction = "node => getComputedStyle(node).direction"
    box = page.get_by_label("متن پیام")
    assert await box.evaluate(direction) == "rtl"
    await box.fill("hello")
    assert await box.evaluate(direction) == "ltr"


async def test_the_page_speaks_english_too(stage: Stage, look: Look) -> None:
    """A switch, remembered; no Persian word is left but people's names and what people and bots have written."""
    await stage.bot("sendMessage", chat_id=103, text="hello")
    page = await look(103)
    await page.get_by_role("button", name="English").click()
    await page.wait_for_selector("html[lang=en] body[data-ready]")
    await expect(page.locator("#who")).to_contain_text("Channel admin")
    await expect(page.locator("#clock")).to_have_text("Sunday 22 November 2026, 12:00")
    await expect(page.get_by_role("button", name="Put the sample into the box")).to_be_visible()
    said: str = await page.evaluate(
        "() => { for (const node of document.querySelectorAll('[dir=auto], #tongue, #head-title, #head-about, #who b, .avatar, bdi')) node.remove(); return document.body.innerText; }"
    )
    assert not PERSIAN.findall(said), said
    await page.reload()
    await page.wait_for_selector("html[lang=en] body[data-ready]")
    await page.get_by_role("button", name="فارسی").click()
    await page.wait_for_selector("html[lang=fa] body[data-ready]")


def words_of_the_page() -> set[str]:
    """Every Persian sentence of the page, {0} where something is filled in."""
    page = (DEMO / "page.html").read_text(encoding="utf-8")
    start = page.index("<script>\n")
    text, script = page[page.index("<body>") : start], page[start:]
    found = [_numbered(words) for words in re.findall(r"\bt`([^`]*)`", script)]
    found += re.findall(r">\s*([^<>]+?)\s*<", text) + re.findall(r"<title>(.*?)</title>", page)
    found += [words for _, words in re.findall(r'(title|aria-label|placeholder)="([^"]+)"', text)]
    return {words for words in found if PERSIAN.search(words)}


def _numbered(words: str) -> str:
    numbers = iter(range(10))
    return re.sub(r"\$\{[^}]*\}", lambda _: f"{{{next(numbers)}}}", words)


def english() -> dict[str, str]:
    script = (DEMO / "page.en.js").read_text(encoding="utf-8")
    words: dict[str, str] = json.loads(script[script.index("{\n") : script.rindex(";")])
    return words


async def test_each_sentence_of_the_page_has_its_english_and_no_english_is_left_over() -> None:
    assert words_of_the_page() == english().keys()
    assert not [words for words in english().values() if PERSIAN.search(words.replace("/language", ""))]


async def test_no_persian_of_the_page_stands_outside_what_is_translated() -> None:
    page = (DEMO / "page.html").read_text(encoding="utf-8")
    script = page[page.index("<script>\n") :]
    loose = re.sub(r"\bt`[^`]*`", "", script)
    left = [line.strip() for line in loose.splitlines() if PERSIAN.search(line)]

    assert [line for line in left if "۰۱۲۳۴۵۶۷۸۹" not in line and "فارسی" not in line] == []


async def test_owners_are_called_on_the_page_as_in_the_bot(stage: Stage, look: Look) -> None:
    page = await look(104)
    catalogue = (DEMO.parent / "locale" / "fa" / "LC_MESSAGES" / "monadi.po").read_text(encoding="utf-8")
    roles = dict(re.findall(r'msgid "(reporter|editor|channel admin|owner)"\nmsgstr "([^"]+)"', catalogue))
    shown: list[str] = await page.locator(".person .name").all_inner_texts()

    assert set(roles.values()) <= set(shown)
    assert len(roles) == 4
