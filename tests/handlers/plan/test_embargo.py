"""An embargo as its people meet it: set by typed time, lifted with a reason, and passed by nothing."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.news.model import ArticleState, PostState, Slot
from bot.simulator.world import World
from tests.handlers.plan.test_queue_board import hours, opens, post_of, queue_of
from tests.newsroom import COPY, EDITOR, NEWS, NOON, House, newsroom, posts, story

SET, LIFT, SLOT = "🔒 منتشر نشود تا", "🔓 برداشتن محدودیت", "🕰 نوبت آزاد"
TOMORROW_TEN = NOON + timedelta(hours=22)  # «فردا ۱۰»


async def embargoed(house: House, until: str = "فردا ۱۰") -> None:
    await house.approved()
    await house.editor.presses(SET)
    await house.editor.sends(until)


async def test_until_is_the_answer_to_until_when() -> None:
    async with newsroom() as house:
        await embargoed(house, "تا فردا ۱۰ منتشر نشود")
        assert (await story(house)).embargoed_until == TOMORROW_TEN


async def asked_before_approval(house: House) -> None:
    """The editor has asked for an embargo, not answered, and presses "approve"."""
    await house.reporter.sends(COPY)
    await house.reporter.presses("ارسال به دبیر")
    await house.editor.presses(SET)
    await house.editor.presses("✅ تأیید")


@pytest.mark.parametrize("typed", ["تا فردا ۱۰", "بعد از فردا ۱۰", "قبل از فردا ۱۰ نه"])
async def test_approving_with_the_question_open_asks_and_a_typed_time_still_answers(typed: str) -> None:
    async with newsroom() as house:
        await asked_before_approval(house)
        assert (await story(house)).state is ArticleState.SUBMITTED
        assert "تأیید بدون آن" in str(house.editor.buttons(house.editor.reads()[-1]))

        await house.editor.sends(typed)
        assert (await story(house)).embargoed_until == TOMORROW_TEN
        await house.editor.presses("✅ تأیید")
        assert (await story(house)).state is ArticleState.APPROVED


async def test_approving_without_the_embargo_closes_its_question() -> None:
    async with newsroom() as house:
        await asked_before_approval(house)
        await house.editor.presses("تأیید بدون آن")
        done = await story(house)
        assert (done.state, done.embargoed_until) == (ArticleState.APPROVED, None)
        await house.editor.sends("فردا ۱۰")
        assert (await story(house)).embargoed_until is None
        assert await house.editor.forges("story.approve_open:1:1:5")


async def plans(house: House) -> None:
    await house.admin.forges(f"story.view:1:{(await story(house)).version}:plan")


async def test_an_editor_sets_it_by_typed_time_and_everybody_sees_it() -> None:
    async with newsroom() as house:
        await embargoed(house)
        assert (await story(house)).embargoed_until == TOMORROW_TEN
        for person in (house.editor, house.admin, house.reporter):
            assert [
                line for line in person.foot().split("\n") if "🔒 منتشر نشود تا" in line and "۱۰:۰۰" in line
            ]
        assert "۲ آذر ۱۴۰۵" in house.editor.text()
        assert not [text for text in house.admin.buttons() if text == LIFT]
        assert "فقط دبیر یا مالک" in await house.admin.forges(
            f"plan.embargo:1:{(await story(house)).version}"
        )


async def test_a_vague_time_is_asked_about_and_a_past_one_refused() -> None:
    async with newsroom() as house:
        await embargoed(house, "فردا")
        assert (await story(house)).embargoed_until is None
        await house.editor.presses("۱۲:۰۰")
        assert (await story(house)).embargoed_until == NOON + timedelta(days=1)
        await house.editor.presses("🔒 منتشر نشود تا")
        assert "گذشته" in await house.editor.sends("امروز ۸")
        version = (await story(house)).version
        assert "گذشته" in await house.editor.forges(f"plan.embargo_at:1:{version}:1000")
        assert (await story(house)).embargoed_until == NOON + timedelta(days=1)


async def test_no_button_passes_it_and_each_says_why() -> None:
    async with newsroom() as house:
        await embargoed(house)
        version = (await story(house)).version
        before = int((TOMORROW_TEN - timedelta(minutes=1)).timestamp()) // 60
        for data in (f"plan.now:1:{version}:{NEWS}", f"plan.at:1:{version}:{NEWS}:{before}"):
            assert "منتشر نشود" in await house.admin.forges(data)
        await house.admin.forges(f"plan.ask_time:1:{version}:{NEWS}")
        assert "منتشر نشود" in await house.admin.sends("فردا ۹")
        assert not await posts(house)


async def test_the_next_slot_is_after_it_and_nothing_brings_the_post_before_it() -> None:
    async with newsroom() as house:
        await embargoed(house)
        await plans(house)
        await house.admin.presses(SLOT)
        (post,) = await posts(house)
        assert post.due_at >= TOMORROW_TEN
        before = int((TOMORROW_TEN - timedelta(minutes=1)).timestamp()) // 60
        for data in (f"plan.move_now:{post.id}", f"plan.move_at:{post.id}:{before}"):
            assert "منتشر نشود" in await house.admin.forges(data)
        assert (await posts(house)) == (post,)
        await house.passes(21 * 3600)
        assert not house.posts()
        await house.passes(6 * 3600)
        assert len(house.posts()) == 1


async def test_a_post_that_is_planned_before_it_is_held_with_words_and_cannot_be_released() -> None:
    async with newsroom() as house:
        await house.approved()
        await plans(house)
        await house.admin.presses(SLOT)
        await house.editor.presses(SET)
        await house.editor.sends("فردا ۱۰")
        (post,) = await posts(house)
        assert (post.state, post.reason) == (PostState.HELD, "embargo")
        assert "۱ پست" in house.editor.text()
        said = [str(message.get("text")) for message in house.admin.reads()]
        assert any("نگه داشته شد" in text for text in said)
        await house.admin.presses("🗓 پست")
        assert "منتشر نشود" in await house.admin.presses("▶️")
        await house.admin.presses("✖️ لغو")
        await house.admin.presses("✖️ بله، از صف بردار")
        assert "منتشر نشود" in await house.admin.forges(f"plan.restore:{post.id}")
        await house.passes(12 * 3600)
        assert not house.posts()


async def test_lifting_takes_the_right_and_a_reason_is_in_the_log_and_told_to_the_planner() -> None:
    async with newsroom() as house:
        await embargoed(house)
        await plans(house)
        await house.admin.presses(SLOT)
        version = (await story(house)).version
        for person in (house.reporter, house.admin):
            assert "فقط از دبیر" in await person.forges(f"plan.lift:1:{version}")
        await house.editor.presses(LIFT)
        await house.editor.sends("…")
        assert (await story(house)).embargoed_until == TOMORROW_TEN
        assert "برداشته شد" in await house.editor.sends("همه آن را منتشر کرده\u200cاند")
        assert (await story(house)).embargoed_until is None
        assert any("همه آن را منتشر کرده\u200cاند" in str(one.get("text")) for one in house.admin.reads())
        async with house.newsroom.storage.begin() as db:
            entry = next(e for e in await db.audit.of_article(1) if e.verb == "lift_embargo")
        assert entry.detail is not None
        assert entry.detail["reason"] == "همه آن را منتشر کرده\u200cاند"
        assert entry.detail["was"] == TOMORROW_TEN.isoformat()
        assert (await posts(house))[0].due_at >= TOMORROW_TEN  # nothing is moved unasked


async def test_an_earlier_end_takes_a_reason_too_and_a_later_one_does_not() -> None:
    async with newsroom() as house:
        await embargoed(house)
        await house.editor.presses("🔒 منتشر نشود تا")
        assert "چرا" in await house.editor.sends("فردا ۹")
        assert (await story(house)).embargoed_until == TOMORROW_TEN
        await house.editor.sends("با منبع توافق شد")
        assert (await story(house)).embargoed_until == TOMORROW_TEN - timedelta(hours=1)
        await house.editor.presses("🔒 منتشر نشود تا")
        await house.editor.sends("فردا ۱۱")
        assert (await story(house)).embargoed_until == TOMORROW_TEN + timedelta(hours=1)


async def test_undoing_an_edit_leaves_it_and_an_edit_by_the_reporter_too() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.editor.presses("ویرایش تیتر")
        await house.editor.sends("تیتری دیگر برای این خبر")
        await house.editor.presses(SET)
        await house.editor.sends("فردا ۱۰")
        version = (await story(house)).version
        await house.editor.forges(f"story.undo:1:{version}")
        assert (await story(house)).embargoed_until == TOMORROW_TEN
        await house.reporter.presses("ویرایش تیتر")
        await house.reporter.sends("تیتر خبرنگار برای این خبر")
        await house.editor.presses("↶")
        assert (await story(house)).embargoed_until == TOMORROW_TEN
        assert (await story(house)).headline == "تیتری دیگر برای این خبر"


@pytest.mark.parametrize("back", [timedelta(hours=-3), timedelta(0)])
async def test_neither_a_restart_nor_a_clock_that_is_set_publishes_before_it(
    tmp_path: Path, back: timedelta
) -> None:
    """Even a row that is due before the embargo ends, however it came there."""
    database = f"sqlite:///{tmp_path}/newsroom.db"
    world = World(frozen=True, now=NOON)
    async with newsroom(database, world) as house:
        await embargoed(house)
        async with house.newsroom.storage.begin() as db:
            await db.posts.add(
                article_id=1,
                channel_id=NEWS,
                due_at=NOON + timedelta(minutes=30),
                by=103,
                now=NOON,
                urgency=1,
            )
    world.clock.advance(back.total_seconds())
    async with newsroom(database, world) as house:
        await house.passes((timedelta(hours=2) - back).total_seconds())
        assert not house.posts()
        (post,) = await posts(house)
        assert (post.state, post.reason) == (PostState.HELD, "embargo")


# ── The stricter of two versions ────────────────────────────────────────────────────────────────────


async def stricter(house: House, post_id: int, until: datetime) -> None:
    """What was approved is under embargo; the newest version, which waits for approval, is not any more."""
    async with house.newsroom.storage.begin() as db:
        post = await db.posts.get(post_id)
        article = await db.articles.get(post.article_id) if post else None
        assert article is not None
        approved = replace(article, embargoed_until=until, approved_version=article.version + 1)
        approved = await db.articles.save(approved, by=EDITOR, now=NOON)
        newest = replace(approved, embargoed_until=None, state=ArticleState.SUBMITTED)
        await db.articles.save(newest, by=EDITOR, now=NOON)


@pytest.mark.parametrize("way", ["⬆️ زودتر", "🔀 جابه‌جایی", "↶ واگرد"])
async def test_no_change_of_the_queue_goes_before_the_stricter_one(way: str) -> None:
    async with newsroom() as house:
        ids = await queue_of(house, "یک", "دو", "سه")
        await opens(house, ids[2])
        if way == "↶ واگرد":
            await house.admin.presses("⌨️")
            await house.admin.sends("امروز ۱۷")
        if way == "🔀 جابه‌جایی":
            await house.admin.presses(way)
        page, way = house.admin.reads()[-1], "۱۳:۰۰ یک" if way == "🔀 جابه‌جایی" else way
        await stricter(house, ids[2], hours(4) if way == "↶ واگرد" else hours(3))
        before = [(await post_of(house, post_id)).due_at for post_id in ids]
        said = await house.admin.presses_as_seen(way, page)

        assert "منتشر نشود" in said
        assert [(await post_of(house, post_id)).due_at for post_id in ids] == before


@pytest.mark.parametrize("then", ["🚀 حالا", "🕰 در نوبت"])
async def test_no_resuming_goes_before_the_stricter_one(then: str) -> None:
    async with newsroom() as house:
        ids = await queue_of(house, "یک", "دو")
        async with house.newsroom.storage.begin() as db:
            await db.channels.add_slots(NEWS, [Slot(weekday=6, minute=m) for m in (15 * 60, 19 * 60)])
        await house.admin.sends("/pause")
        await house.admin.presses("بله، متوقف کن")
        await house.passes(2.5 * 3600)
        await stricter(house, ids[0], hours(6))
        await house.admin.sends("/pause")
        await house.admin.presses(then)
        (one, other) = [await post_of(house, post_id) for post_id in ids]

        assert one.due_at >= hours(6) or one.state is PostState.HELD
        assert other.due_at < hours(6)
        await house.passes(3 * 3600)
        assert [text.splitlines()[0] for text in house.posts()] == ["دو"]
