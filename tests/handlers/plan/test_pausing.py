"""A channel that is paused and goes on, and the bot that was away: what was missed, and who decides about it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.news.model import PostState, Slot
from bot.news.quiet import Quiet, Rhythm
from bot.news.talk import Sought
from bot.simulator.world import World
from tests.delivery.test_publisher import SHORT, due
from tests.handlers.plan.test_queue_board import CHANGED, hours, post_of, queue_of
from tests.newsroom import NEWS, NOON, SPORT, House, newsroom

AGAIN = "↶ واگرد: توقف دوباره"
DECIDE = {"now": "🚀 حالا", "slots": "🕰 در نوبت", "hold": "⏸ نگه‌شان", "drop": "✖️ کنارشان"}


async def paused(house: House, *headlines: str) -> list[int]:
    """The news channel has posts an hour apart, and is stopped by the button of its board."""
    ids = await queue_of(house, *headlines)
    await house.admin.sends("/queue")
    await house.admin.presses("⏸ توقف کانال")
    assert "متوقف شد" in await house.admin.presses("بله، متوقف کن")
    return ids


async def states(house: House, ids: list[int]) -> list[PostState]:
    return [(await post_of(house, post_id)).state for post_id in ids]


async def test_nothing_goes_out_of_a_paused_channel_and_posts_keep_their_times() -> None:
    async with newsroom() as house:
        ids = await paused(house, "یک", "دو")
        other = await due(house, at=hours(1), channel=SPORT)
        before = [await post_of(house, post_id) for post_id in ids]
        await house.passes(6 * 3600)

        assert house.posts() == []
        assert [await post_of(house, post_id) for post_id in ids] == before, "nor are they held as late"
        assert (await post_of(house, other)).state is PostState.SENT
        await house.admin.sends("/queue")
        assert "⏸ کانال از" in house.admin.text()
        await house.admin.presses("plan.post:1")
        assert "⏸ کانال از" in house.admin.text()
        await house.admin.presses("📄")
        assert any("کانال متوقف است" in label for label in house.admin.buttons())


@pytest.mark.parametrize("then", DECIDE)
async def test_on_resume_a_person_decides_what_becomes_of_what_was_missed(then: str) -> None:
    async with newsroom() as house:
        ids = await paused(house, "یک", "دو", "سه")
        async with house.newsroom.storage.begin() as db:
            await db.channels.add_slots(NEWS, [Slot(weekday=day, minute=600) for day in range(7)])
        await house.passes(2.5 * 3600)
        await house.admin.sends("/queue")
        await house.admin.presses("▶️ ادامه")
        assert "زمان ۲ پست گذشته" in house.admin.text()
        assert "یک" in house.admin.text()
        assert "سه" not in house.admin.text()
        assert house.posts() == []
        await house.admin.presses(DECIDE[then])

        expected = {
            "now": [PostState.SENT, PostState.PENDING],
            "slots": [PostState.PENDING, PostState.PENDING],
            "hold": [PostState.HELD, PostState.HELD],
            "drop": [PostState.CANCELED, PostState.CANCELED],
        }
        assert await states(house, ids) == [*expected[then], PostState.PENDING]
        one, two = [await post_of(house, post_id) for post_id in ids[:2]]
        if then == "now":
            assert two.due_at - one.due_at == timedelta(minutes=2)
        if then == "slots":
            assert [one.due_at, two.due_at] == [hours(22), hours(46)]
        if then == "hold":
            assert "هنگام توقف" in await _page(house, ids[0])
        await house.passes(3600)
        assert (await post_of(house, ids[2])).state is PostState.SENT
        async with house.newsroom.storage.begin() as db:
            log = await db.audit.of_article(one.article_id)
        assert log[-1].verb in {"move", "hold", "cancel"}
        assert log[-1].detail is not None
        assert log[-1].detail["was"]["due_at"] == hours(1).isoformat()


@pytest.mark.parametrize("then", ["slots", "hold", "drop"])
async def test_a_whole_resuming_is_undone_in_one_press(then: str) -> None:
    async with newsroom() as house:
        ids = await paused(house, "یک", "دو", "سه")
        async with house.newsroom.storage.begin() as db:
            await db.channels.add_slots(NEWS, [Slot(weekday=day, minute=600) for day in range(7)])
        await house.passes(2.5 * 3600)
        before = [await post_of(house, post_id) for post_id in ids]
        await house.admin.sends("/pause")
        await house.admin.presses(DECIDE[then])
        assert [await post_of(house, post_id) for post_id in ids] != before
        assert "دوباره متوقف" in await house.admin.presses(AGAIN)

        assert [await post_of(house, post_id) for post_id in ids] == before
        assert "⏸ کانال از" in house.admin.text()
        assert "ساعت ۱۲:۰۰" in house.admin.text(), "since then, as before"
        await house.passes(3600)
        assert house.posts() == []
        await house.admin.sends("/pause")
        assert "زمان ۳ پست گذشته" in house.admin.text()


async def test_a_resuming_of_which_something_has_gone_out_stays() -> None:
    async with newsroom() as house:
        ids = await paused(house, "یک", "دو")
        await house.passes(2.5 * 3600)
        await house.admin.sends("/pause")
        await house.admin.presses(DECIDE["now"])
        after = [await post_of(house, post_id) for post_id in ids]
        assert not [label for label in house.admin.buttons() if AGAIN in label], "that can't be taken back"
        async with house.newsroom.storage.begin() as db:
            [entry] = [one for one in await db.audit.page(Sought(), limit=100) if one.verb == "resume"]
        assert "منتشر شده" in await house.admin.forges(f"plan.undo_resume:{entry.id}")
        assert [await post_of(house, post_id) for post_id in ids] == after
        for forged in ("plan.undo_resume:1", "plan.undo_resume:99", "plan.undo_resume:x"):
            assert await house.admin.forges(forged)


async def test_a_resuming_is_undone_by_nobody_else_and_not_after_another_change() -> None:
    async with newsroom() as house:
        ids = await paused(house, "یک", "دو")
        await house.passes(2.5 * 3600)
        await house.admin.sends("/pause")
        await house.admin.presses(DECIDE["hold"])
        undo = next(
            button["callback_data"]
            for row in house.admin.reads()[-1]["reply_markup"]["inline_keyboard"]
            for button in row
            if button["callback_data"].startswith("plan.undo_resume:")
        )
        await house.reporter.sends("/help")
        assert "برمی‌آید" in await house.reporter.forges(undo)
        await house.admin.forges(f"plan.cancel_sure:{ids[0]}")
        assert "در وضعیت" in await house.admin.forges(undo)
        assert (await post_of(house, ids[1])).state is PostState.HELD, "all of it or nothing"
        await house.admin.forges(f"plan.pause_sure:{NEWS}:0")
        assert "متوقف است" in await house.admin.forges(undo)


async def test_what_was_spiked_since_does_not_come_back_with_the_pause() -> None:
    async with newsroom() as house:
        ids = await paused(house, "یک")
        await house.passes(2 * 3600)
        await house.admin.sends("/pause")
        await house.admin.presses(DECIDE["drop"])
        article = (await post_of(house, ids[0])).article_id
        board = house.admin.reads()[-1]
        await house.editor.sends("/help")
        await house.editor.forges(f"story.spike:{article}:1")
        await house.passes(20)
        assert AGAIN not in " ".join(house.admin.buttons()), "it could only be refused"
        assert "کنارگذاشته" in await house.admin.presses_as_seen(AGAIN, board)
        assert (await post_of(house, ids[0])).state is PostState.CANCELED
        await house.admin.forges(f"plan.post:{ids[0]}")
        assert house.admin.buttons(house.admin.reads()[-1]) == ["📄 خبر", "‹ صف"], "nothing brings it back"


async def _page(house: House, post_id: int) -> str:
    await house.admin.sends("/queue")
    await house.admin.presses(f"plan.post:{post_id}")
    return house.admin.text()


async def test_what_goes_out_after_a_pause_keeps_the_channels_spacing_and_quiet_hours() -> None:
    async with newsroom() as house:
        ids = await paused(house, "یک", "دو", "سه")
        late = await due(house, replace(SHORT, headline="چهار"), at=hours(9.2))
        evening = Quiet(weekdays=frozenset(range(7)), start=22 * 60, end=6 * 60)
        async with house.newsroom.storage.begin() as db:
            await db.channels.set_rhythm(NEWS, Rhythm(quiet=(evening,), spacing=20))
        await house.passes(9 * 3600)
        await house.admin.sends("/pause")
        await house.admin.presses(DECIDE["now"])
        times = [(await post_of(house, post_id)).due_at for post_id in ids]

        assert times == [hours(9 + 32 / 60), hours(9 + 52 / 60), hours(18)], "one is still to come at 21:12"
        assert (await post_of(house, late)).due_at == hours(9.2)


async def test_where_nothing_was_missed_the_channel_just_goes_on() -> None:
    async with newsroom() as house:
        ids = await queue_of(house, "یک")
        await house.admin.sends("/connect @news")
        assert "وصل نیست" in await house.admin.sends("/pause @sport")
        await house.admin.sends("/pause @news")
        await house.admin.presses("بله، متوقف کن")
        assert "⏸ کانال از" in house.admin.text()
        assert "زمان هیچ پستی نگذشته" in await house.admin.presses("▶️ ادامه")
        await house.passes(3600)
        assert await states(house, ids) == [PostState.SENT]


async def test_of_several_channels_one_is_chosen() -> None:
    async with newsroom() as house:
        await queue_of(house, "یک")
        await due(house, at=hours(1), channel=SPORT)
        async with house.newsroom.storage.begin() as db:
            where = await db.channels.get(SPORT)
            assert where is not None
            await db.channels.put(replace(where, title="ورزش"), by=103, now=NOON)
        assert "کدام کانال" in await house.admin.sends("/pause")
        await house.admin.presses("⏸ ورزش")
        await house.admin.presses("بله، متوقف کن")
        await house.passes(3600)

        assert house.posts(SPORT) == []
        assert len(house.posts()) == 1


async def test_two_people_pause_and_resume_and_the_second_sees_that_it_is_done() -> None:
    async with newsroom() as house:
        ids = await queue_of(house, "یک", "دو")
        for person in (house.admin, house.owner):
            await person.sends("/queue")
        seen = house.owner.reads()[-1]
        await house.admin.presses("⏸ توقف کانال")
        await house.admin.presses("بله، متوقف کن")
        assert "⏸ توقف کانال" not in house.owner.buttons(house.owner.reads()[-1])
        assert CHANGED in await house.owner.presses_as_seen("⏸ توقف کانال", seen)
        assert any("⏸ کانال از" in m.get("text", "") for m in house.owner.reads())
        await house.passes(3600)
        for person in (house.admin, house.owner):
            await person.presses("▶️ ادامه")
        await house.passes(3600)
        assert CHANGED in await house.admin.presses(DECIDE["drop"]), "one more was missed meanwhile"
        assert "زمان ۲ پست" in house.admin.text()
        await house.admin.presses(DECIDE["hold"])
        assert CHANGED in await house.owner.presses(DECIDE["drop"])
        assert await states(house, ids) == [PostState.HELD, PostState.HELD]


async def test_only_those_who_schedule_pause() -> None:
    async with newsroom() as house:
        await queue_of(house, "یک")
        await house.reporter.sends("/help")
        for data in (f"plan.pause:{NEWS}", f"plan.ask_to_resume:{NEWS}", f"plan.resume:{NEWS}:drop:c0"):
            assert "برمی‌آید" in await house.reporter.forges(data)
        assert "برمی‌آید" in await house.reporter.sends("/pause @news")
        await house.admin.sends("/help")
        for data in (f"plan.resume:{NEWS}:x:c0", "plan.pause:5", "plan.ask_to_resume:5"):
            assert await house.admin.forges(data)
        await house.passes(3600)
        assert len(house.posts()) == 1


# ── The bot was away ────────────────────────────────────────────────────────────────────────────────


async def two_channels(house: House) -> dict[str, int]:
    """Posts in two channels: in ten minutes, in half an hour, in two and a half hours."""
    return {
        name: await due(
            house, replace(SHORT, headline=name), at=NOON + timedelta(minutes=minutes), channel=where
        )
        for name, minutes, where in (
            ("اخبار ده", 10, NEWS),
            ("ورزش ده", 10, SPORT),
            ("اخبار نیم", 30, NEWS),
            ("ورزش نیم", 30, SPORT),
            ("اخبار دیر", 150, NEWS),
            ("ورزش دیر", 150, SPORT),
        )
    }


async def test_twenty_minutes_away_one_message_says_what_went_out_late() -> None:
    async with newsroom() as house:
        await two_channels(house)
        before = len(house.admin.reads())
        await house.sleeps(20 * 60)
        told = [m["text"] for m in house.admin.reads()[before:] if "چون مدتی ارتباط قطع بود" in m["text"]]

        assert len(house.posts()) == len(house.posts(SPORT)) == 1
        [text] = told
        assert "۲ پست دیر شد" in text
        assert "اخبار ده" in text
        assert "ورزش ده" in text
        assert "۱۰ دقیقه دیر" in text
        assert "نیم" not in text
        await house.passes(10 * 60)
        assert len([m for m in house.admin.reads() if "چون مدتی ارتباط قطع بود" in m["text"]]) == 1


async def test_three_hours_away_one_message_says_what_is_held_and_what_went_out_late() -> None:
    async with newsroom() as house:
        ids = await two_channels(house)
        before = len(house.admin.reads())
        await house.sleeps(3 * 3600)
        [text] = [m["text"] for m in house.admin.reads()[before:] if "دیر" in m["text"] and "•" in m["text"]]

        held, _, late = text.partition("همین حالا در راه است")
        assert "۴ پست از زمان خود گذشت" in held
        assert "بیش از اندازه دیر می‌رفت" in held
        assert all(name in held for name in ("اخبار ده", "ورزش ده", "اخبار نیم", "ورزش نیم"))
        assert "۲ ساعت دیر" in held
        assert all(name in late for name in ("اخبار دیر", "ورزش دیر", "۳۰ دقیقه دیر"))
        assert [(await post_of(house, ids[name])).state for name in ("اخبار دیر", "ورزش دیر")] == [
            PostState.SENT
        ] * 2

        await house.admin.presses("🗓 یکی‌یکی")
        await house.admin.presses(f"plan.post:{ids['اخبار ده']}")
        await house.admin.presses("🚀 همین حالا")
        assert (await post_of(house, ids["اخبار ده"])).state is PostState.SENT
        assert CHANGED in await house.admin.presses("همه را کنار بگذار"), "it was said of four"
        assert (await post_of(house, ids["ورزش ده"])).state is PostState.HELD
        assert await house.admin.presses("همه را کنار بگذار") == "۳ پست لغو شد."


async def test_the_message_does_not_come_for_a_paused_channel_and_names_quiet_hours() -> None:
    async with newsroom() as house:
        await paused(house, "یک")
        post_id = await due(house, replace(SHORT, headline="شب"), at=hours(1), channel=SPORT)
        noon = Quiet(weekdays=frozenset(range(7)), start=13 * 60 + 10, end=18 * 60)
        async with house.newsroom.storage.begin() as db:
            await db.channels.set_rhythm(SPORT, Rhythm(quiet=(noon,)))
        before = len(house.admin.reads())
        await house.sleeps(100 * 60)
        [text] = [m["text"] for m in house.admin.reads()[before:] if "•" in m.get("text", "")]

        assert "منتظر پایان ساعت‌های سکوت" in text
        assert "شب" in text
        assert "یک —" not in text
        assert (await post_of(house, post_id)).due_at == hours(6)


async def test_what_nobody_could_receive_yet_becomes_one_message() -> None:
    world = World(frozen=True, now=NOON)
    async with newsroom(world=world) as house:
        for number in range(4):
            await due(
                house, replace(SHORT, headline=f"خبر {number}"), at=NOON + timedelta(minutes=20 * number)
            )
        before = len(house.admin.reads())
        world.faults.add(method="sendMessage", kind="429", times=99, retry_after=7200)
        await house.sleeps(1.5 * 3600)
        await house.sleeps(1900)
        world.faults.clear()
        await house.passes(4 * 3600)
        told = [m["text"] for m in house.admin.reads()[before:] if "از زمان خود گذشت" in m["text"]]

        assert len(told) == 1
        assert all(f"خبر {number}" in told[0] for number in range(4))
