"""What editors and channel admins do with a story that is out, and what its readers see of it."""

import asyncio
import contextlib
import json
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import telegram.error

from bot.delivery import changing
from bot.desk.schedule import NEVER_HELD
from bot.news.model import ArticleState, Form, PostState
from bot.news.talk import ChangeKind, ChangeState
from bot.simulator import places
from bot.simulator.world import World
from tests.delivery.test_publisher import due
from tests.newsroom import NEWS, NOON, SPORT, House, Person, newsroom, posts, story

OLD, NEW = "شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید", "بیست اتوبوس تازه به سپیدکوه رسید"
CORRECT, KILL, PAGE = "انتشار اصلاحیه در", "برداشتن از همهٔ کانال\u200cها", "📣 خبر: "


async def published(house: House, *, also_in: str = "") -> None:
    """A story is out in the news channel, and in another one."""
    await house.approved()
    if also_in:
        await house.admin.sends(f"/connect {also_in}")
    for title in ("خبر", "ورزش") if also_in else ("خبر",):
        await house.admin.presses("🗓 زمان\u200cبندی")
        if also_in:
            await house.admin.presses(f"📣 {title}", message=house.admin.card())
        await house.admin.presses("🚀 همین حالا")
        await house.admin.presses("بله، همین حالا")


async def edits(house: House, headline: str = NEW) -> None:
    await house.editor.presses("ویرایش تیتر")
    await house.editor.sends(headline)


async def verbs(house: House) -> list[str]:
    async with house.newsroom.storage.begin() as db:
        return [entry.verb for entry in await db.audit.of_article(1)]


async def presses_unheard(person: Person, button: str) -> asyncio.Task[Any]:
    """A press that waits for a bot which is not there."""
    label = next(one for one in person.buttons() if button in one)
    pressing = asyncio.create_task(person.phone.press(label))
    await asyncio.sleep(0)
    return pressing


def headlines(house: House, channel: int = NEWS) -> list[str]:
    return [post.partition("\n")[0] for post in house.posts(channel)]


def on_card(person: Person) -> str:
    """The labels under the person's newest card."""
    return "\n".join(person.buttons(person.card()))


def told(person: Person, words: str) -> bool:
    return any(words in message.get("text", "") for message in person.reads())


def refuses_once(house: House, method: str, why: str) -> None:
    """Telegram says no to a call about the news channel, the first time."""
    ask, left = house.newsroom.bot.do_api_request, [why]

    async def answered(called: str, *, api_kwargs: dict[str, Any], **more: Any) -> Any:
        if called == method and api_kwargs.get("chat_id") == NEWS and left:
            raise telegram.error.BadRequest(left.pop())
        return await ask(called, api_kwargs=api_kwargs, **more)

    object.__setattr__(house.newsroom.bot, "do_api_request", answered)


def may_pin(house: House, *, may: bool) -> None:
    """In a channel the right to pin is the one to edit."""
    places.enroll(house.world, NEWS, "bot", "administrator", rights={"can_edit_messages": may})


async def test_readers_keep_what_was_approved_until_the_correction_is_confirmed() -> None:
    async with newsroom() as house:
        await published(house, also_in="@sport")
        assert CORRECT not in on_card(house.editor)
        await edits(house)

        assert "خوانندگان هنوز نسخهٔ پیشین را دارند" in house.editor.text()
        assert "منتشرشده · نسخهٔ ۲ هنوز منتشر نشده" in house.editor.foot()
        assert headlines(house) == headlines(house, SPORT) == [OLD]
        assert house.admin.card()["text"].startswith(OLD), "who only schedules sees what readers see"

        assert await house.editor.presses(f"{CORRECT} ۲ کانال") == "اصلاحیه در راه ۲ کانال است."
        assert headlines(house) == headlines(house, SPORT) == [NEW]
        assert "اصلاح\u200cشده · نسخهٔ ۲" in house.editor.foot()
        assert "هنوز" not in on_card(house.editor)
        assert CORRECT not in on_card(house.editor)
        assert {post.version for post in await posts(house)} == {2}
        told = [message["text"] for message in house.editor.reads() if message.get("text")]
        assert sum("اصلاح «" in text and "منتشر شد" in text for text in told) == 2
        assert "اصلاحیهٔ «" in house.reporter.text()
        assert (await verbs(house))[-1] == "correct"


async def test_an_edit_that_is_undone_leaves_nothing_to_confirm() -> None:
    async with newsroom() as house:
        await published(house)
        await edits(house)
        await house.editor.presses("واگرد ویرایش")

        assert CORRECT not in on_card(house.editor)
        assert "هنوز" not in on_card(house.editor)
        assert headlines(house) == [OLD]


async def test_a_correction_can_itself_be_taken_back() -> None:
    async with newsroom() as house:
        await published(house)
        await edits(house)
        await house.editor.presses(CORRECT)
        await house.editor.presses("واگرد ویرایش", message=house.editor.card())
        assert headlines(house) == [NEW]
        await house.editor.presses(CORRECT)
        assert headlines(house) == [OLD]


async def test_a_correction_brings_the_channels_new_look_with_it() -> None:
    async with newsroom() as house:
        await published(house)
        for form, headline in ((Form.RICH, NEW), (Form.CLASSIC, "تیتر سوم")):
            async with house.newsroom.storage.begin() as db:
                where = await db.channels.get(NEWS)
                assert where is not None
                await db.channels.set_look(NEWS, replace(where.look, form=form))
            await edits(house, headline)
            await house.editor.presses(CORRECT)

            [post] = house.reader.reads(NEWS)
            assert ("rich_message" in post) is (form is Form.RICH)
            assert headline in str(post)


async def test_a_correction_asked_for_while_the_bot_is_away_is_made_when_it_is_back(tmp_path: Path) -> None:
    database, world = f"sqlite:///{tmp_path}/newsroom.db", World(frozen=True, now=NOON)
    async with newsroom(database, world) as house:
        await published(house)
        await edits(house)
    pressing = await presses_unheard(house.editor, CORRECT)
    assert headlines(house) == [OLD]
    async with newsroom(database, world) as house:
        await pressing
        assert headlines(house) == [NEW]


@pytest.mark.parametrize("where", ["before the call", "after the call"])
async def test_a_correction_cut_off_by_a_crash_is_made_all_the_same(where: str, tmp_path: Path) -> None:
    database, world = f"sqlite:///{tmp_path}/newsroom.db", World(frozen=True, now=NOON)
    async with newsroom(database, world) as house:
        await published(house)
        await edits(house)
        storage = house.newsroom.storage
        async with storage.begin() as db:
            await db.articles.set_state(1, ArticleState.CORRECTED, now=NOON, approved_version=2)
            id = await db.changes.add(1, ChangeKind.EDIT, NOON, by=102, now=NOON, version=2)
            change = await db.changes.get(id)
            assert change is not None
            step = await changing.prepared(db, change, NOON, house.newsroom.publisher.reports)
        assert step is not None
        if where == "after the call":
            await house.newsroom.bot.do_api_request(step.method, api_kwargs=step.params)
    async with newsroom(database, world) as house:
        assert headlines(house) == [NEW]
        async with house.newsroom.storage.begin() as db:
            changed = await db.changes.get(id)
        assert changed is not None
        assert changed.state is ChangeState.DONE


async def test_a_correction_whose_answer_was_lost_is_made_again_without_harm() -> None:
    async with newsroom() as house:
        await published(house)
        await edits(house)
        house.world.faults.add(method="editMessageText", chat=NEWS, kind="lost")
        await house.editor.presses(CORRECT)
        async with house.newsroom.storage.begin() as db:
            [change] = await db.changes.of_post(1)
        assert change.state is ChangeState.PENDING
        assert "اصلاحیه در راه" in on_card(house.editor)
        await house.passes(10)

        assert headlines(house) == [NEW]
        assert "اصلاحیه در راه" not in on_card(house.editor)


async def test_what_was_approved_while_an_older_version_was_on_its_way_reaches_the_readers() -> None:
    async with newsroom() as house:
        await house.approved()
        await due(house)  # so the channel's ids are known
        await house.settles()
        house.world.faults.add(method="sendMessage", chat=NEWS, kind="lost")
        await house.admin.presses("🗓 زمان\u200cبندی")
        await house.admin.presses("🚀 همین حالا")
        await house.admin.presses("بله، همین حالا")
        [post] = await posts(house)
        assert post.state is PostState.UNCONFIRMED
        await edits(house)
        for _ in range(3):
            await house.passes(11)

        assert headlines(house)[1:] == [NEW]


async def test_a_kill_names_the_channels_asks_once_more_and_is_for_good() -> None:
    async with newsroom() as house:
        await published(house, also_in="@sport")
        await house.editor.presses(KILL)
        assert "📣 خبر" in on_card(house.editor)
        assert "📣 ورزش" in on_card(house.editor)
        assert len(house.posts()) == 1, "nothing yet"
        await house.editor.presses("بازگشت")
        await house.editor.presses(KILL)
        assert "از ۲ کانال برداشته" in await house.editor.presses("⛔️ بله")

        assert house.posts() == house.posts(SPORT) == []
        assert (await story(house)).state is ArticleState.KILLED
        assert on_card(house.editor) == "⋯ بیشتر ▾\n📖 متن کامل"
        assert house.editor.foot().startswith("پس\u200cگرفته\u200cشده · نسخهٔ ۱")
        assert "زمان\u200cبندی" not in on_card(house.admin)
        assert any("را پس گرفت" in m.get("text", "") for m in house.reporter.reads())
        assert any("را پس گرفت" in m.get("text", "") for m in house.admin.reads())
        assert "kill" in await verbs(house)


async def test_a_killed_story_comes_back_by_no_old_button() -> None:
    async with newsroom() as house:
        await published(house)
        await house.admin.sends("/connect @sport")
        await house.admin.presses("🗓 زمان\u200cبندی")
        await house.admin.presses("📣 ورزش", message=house.admin.card())
        await house.admin.presses("⌨️")
        await house.admin.sends("فردا ۸")
        await house.editor.presses(KILL)
        await house.editor.presses("⛔️ بله")
        for old in (
            "plan.restore:2",
            "plan.send_again:2",
            "plan.post_anew:1",
            "plan.post_anew:2",
            "plan.now:1:1:-1001000000002",
            "plan.pin:1",
            "plan.take_down:1",
        ):
            assert await house.admin.forges(old), old
            await house.passes(5)
        await house.passes(26 * 3600)

        assert house.posts() == house.posts(SPORT) == []


async def test_a_post_is_pinned_and_unpinned_from_its_page() -> None:
    async with newsroom() as house:
        await published(house)
        await house.admin.presses(PAGE)
        assert await house.admin.presses("📌 سنجاق کن") == "سنجاق می\u200cشود."
        assert places.known(house.world, NEWS).pinned == [1]
        await house.admin.presses("‹ صف")
        await house.admin.presses(PAGE)
        await house.admin.presses("📌 از سنجاق دربیاور")
        assert places.known(house.world, NEWS).pinned == []
        assert (await verbs(house))[-2:] == ["pin", "unpin"]


async def test_what_was_chosen_for_later_is_told_with_its_time_and_can_be_called_off() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.presses("زمان‌بندی")
        await house.admin.presses("نوبت آزاد بعدی")
        await house.admin.presses("plan.page:1")
        await house.admin.presses("📌 سنجاق: نه")
        await house.admin.presses("۶ ساعت")
        await house.admin.presses("بازگشت")
        await house.admin.presses("🗑 حذف: نه")
        await house.admin.presses("۳۶ ساعت")
        await house.passes(3600)
        assert headlines(house)[0] == OLD
        await house.admin.presses(PAGE)

        page = house.admin.text()
        assert "📌 سنجاق تا یکشنبه ۱ آذر ۱۴۰۵ (۲۲ نوامبر ۲۰۲۶)، ساعت ۱۸:۳۰" in page
        assert "🗑 حذف می‌شود: سه‌شنبه ۳ آذر ۱۴۰۵ (۲۴ نوامبر ۲۰۲۶)، ساعت ۰:۳۰" in page
        assert "⏳" not in page
        assert "📌 از سنجاق دربیاور" in house.admin.buttons(house.admin.reads()[-1])
        assert await house.admin.presses("♾ حذف نشود") == "در کانال می‌ماند."
        assert "حذف می‌شود" not in house.admin.text()
        assert "انجام شده" in await house.admin.forges("plan.keep:1")
        await house.passes(3 * 24 * 3600)
        assert headlines(house)[0] == OLD
        assert places.known(house.world, NEWS).pinned == []


async def test_a_post_is_taken_down_and_posted_again() -> None:
    async with newsroom() as house:
        await published(house)
        await house.admin.presses(PAGE)
        await house.admin.presses("🗑 از اینجا بردار")
        assert "بازدیدها" in house.admin.text()
        assert len(house.posts()) == 1, "it asks first"
        await house.admin.presses("🗑 بله")
        assert house.posts() == []
        assert "از «خبر» برداشته شد" in house.admin.text()

        await house.admin.presses("🔁 دوباره منتشر کن")
        await house.admin.presses("🚀 همین حالا")
        await house.admin.presses("بله، همین حالا")
        assert headlines(house) == [OLD]
        assert [post.state for post in await posts(house)] == [PostState.CANCELED, PostState.SENT]
        assert "در وضعیت" in await house.admin.forges("plan.take_down:1")
        assert len(house.posts()) == 1


async def test_a_correction_that_needs_more_messages_says_so_and_shows_the_way() -> None:
    async with newsroom() as house:
        await published(house)
        await house.editor.presses("ویرایش نکته\u200cها")
        await house.editor.sends("\n".join(f"نکتهٔ {n}: " + "شرح بلند " * 15 for n in range(20)))
        await house.editor.presses("نکته\u200cهای تازه")
        await house.editor.presses("ویرایش لید")
        await house.editor.sends("جمله\u200cای از لید بلند. " * 120)
        await house.editor.presses("لید تازه")
        await house.editor.presses(CORRECT)

        assert headlines(house) == [OLD]
        assert told(house.editor, "متن تازه پیام\u200cهای بیشتری")
        assert told(house.admin, "متن تازه پیام\u200cهای بیشتری"), "who may take it down is told too"
        assert "⚠️ اصلاح نشد" in on_card(house.editor)
        await house.admin.presses("بردار تا دوباره بگذاریم")
        await house.admin.presses("🗑 بله")
        await house.admin.presses("🔁 دوباره منتشر کن")
        await house.admin.presses("🚀 همین حالا")
        await house.admin.presses("بله، همین حالا")
        assert len(house.posts()) > 1
        assert "لید بلند" in house.posts()[0]


async def test_what_failed_is_told_in_words_and_tried_again() -> None:
    async with newsroom() as house:
        await published(house)
        await edits(house)
        refuses_once(house, "editMessageText", "message can't be edited")
        await house.editor.presses(CORRECT)
        assert told(house.editor, "دیگر نمی\u200cگذارد این پیام را ویرایش کنم")
        assert headlines(house) == [OLD]
        assert "⚠️ اصلاح نشد" in on_card(house.editor)
        assert await house.editor.presses("🔁 دوباره تلاش کن") == "دوباره تلاش می\u200cشود."
        assert headlines(house) == [NEW]
        assert "انجام شده" in await house.editor.presses("🔁 دوباره تلاش کن")


async def test_a_right_that_is_missing_is_told_and_costs_no_channel() -> None:
    async with newsroom() as house:
        await published(house)
        may_pin(house, may=False)
        await house.admin.presses(PAGE)
        await house.admin.presses("📌 سنجاق کن")
        assert "سنجاق نشد: آنجا اجازهٔ این کار را ندارم" in house.admin.text()
        assert PAGE in on_card(house.admin), "posts still go there"
        assert "کانال" in await house.editor.forges("plan.retry_change:1"), "a pin is the admin's"
        may_pin(house, may=True)
        await house.admin.presses("🔁 دوباره تلاش کن")
        assert places.known(house.world, NEWS).pinned == [1]


async def test_each_right_is_where_it_belongs() -> None:
    async with newsroom() as house:
        await published(house)
        await edits(house)
        wrong = {
            house.reporter: (
                "story.correct:1:2",
                "story.kill:1:2",
                "plan.pin:1",
                "plan.take_down:1",
                "plan.ask_down:1",
            ),
            house.admin: (
                "story.correct:1:2",
                "story.kill:1:2",
                "story.edit:1:2:headline",
                "story.view:1:2:kill",
            ),
            house.editor: (
                "plan.pin:1",
                "plan.unpin:1",
                "plan.take_down:1",
                "plan.ask_down:1",
                "plan.post:1",
                "plan.lateness_limit:-1001000000001:900",
            ),
        }
        before = (await story(house), await posts(house), await verbs(house))
        for person, presses in wrong.items():
            for data in presses:
                assert "برمی\u200cآید" in await person.forges(data), data
        assert (await story(house), await posts(house), await verbs(house)) == before
        assert "📌" not in on_card(house.editor)
        assert KILL not in on_card(house.reporter)
        assert "👁 دیدن در خبر" in on_card(house.editor)
        assert headlines(house) == [OLD]


async def test_stale_and_forged_buttons_do_no_harm_and_say_so() -> None:
    async with newsroom() as house:
        await published(house)
        assert "در وضعیت" in await house.editor.forges("story.correct:1:1"), "readers have that version"
        await edits(house)
        before = (await story(house), await posts(house))
        for data in (
            "story.correct:1:1",
            "story.kill:1:1",
            "story.correct:9:1",
            "story.kill:x:1",
            "story.view:1:1:kill:x",
        ):
            assert await house.editor.forges(data), data
        for data in (
            "plan.pin:9",
            "plan.take_down:x",
            "plan.retry_change:9",
            "plan.post_anew:1",
            "plan.lateness_limit:-1001000000001:7",
            "plan.lateness_limit:5:900",
        ):
            assert await house.admin.forges(data), data
        assert (await story(house), await posts(house)) == before
        assert headlines(house) == [OLD]
        await house.editor.presses(CORRECT)
        assert "در وضعیت" in await house.editor.forges("story.correct:1:2"), "once is enough"


async def test_a_channel_admin_decides_how_late_is_too_late(tmp_path: Path) -> None:
    async with newsroom(f"sqlite:///{tmp_path}/newsroom.db") as house:
        await house.approved()
        await house.admin.sends("/slots @news")
        assert "بیش از ۱ ساعت دیر" in house.admin.text()
        await house.admin.presses("⏱ اگر پست دیر شد")
        assert "✅ ۱ ساعت" in house.admin.buttons(house.admin.reads()[-1])
        await house.admin.presses("هرگز نگه ندار")
        assert "هر قدر هم دیر شود" in house.admin.text()
        await house.admin.presses("🗓 زمان\u200cبندی")
        await house.admin.presses("نوبت آزاد")
        await house.sleeps(30 * 3600)
        assert headlines(house) == [OLD]
    with contextlib.closing(sqlite3.connect(tmp_path / "newsroom.db")) as books:
        [(person_id, detail)] = books.execute(
            "select person_id, detail from audit where verb = 'set_max_lateness'"
        ).fetchall()
    assert (person_id, json.loads(detail)) == (103, {"seconds": NEVER_HELD})


async def test_who_takes_down_an_old_post_hears_that_it_is_withdrawn_in_its_place() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.presses("زمان‌بندی")
        await house.admin.presses("نوبت آزاد بعدی")
        await house.passes(50 * 3600)
        await house.admin.forges("plan.ask_down:1")
        assert "۴۸ ساعت" in house.admin.text()

        await house.admin.presses("بله، از")

        assert house.posts()[0].startswith("این خبر پس گرفته شد.")
        assert "دستی" in house.admin.text()
        assert any("ببین" in label for label in house.admin.buttons(house.admin.reads()[-1]))
        await house.editor.forges("story.kill:1:1")
        assert len(house.posts()) == 1
