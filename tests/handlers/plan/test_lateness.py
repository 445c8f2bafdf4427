"""Summaries of what is held for being late: each tells what is new, and counts what still waits from before."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.news.model import PostState
from bot.simulator.world import World
from tests.delivery.test_publisher import SHORT, due, state
from tests.newsroom import NEWS, NOON, SPORT, House, newsroom


async def held(house: House, *headlines: str) -> list[int]:
    """Posts that are due, and miss their time while the bot is away."""
    ids = [await due(house, replace(SHORT, headline=headline)) for headline in headlines]
    await house.sleeps(3 * 3600)
    return ids


async def test_the_next_summary_tells_only_what_is_new_and_counts_what_waits() -> None:
    async with newsroom() as house:
        await held(house, "خبر پیشین", "خبر پیشین دیگر")
        await held(house, "خبر تازه")

        summary = house.admin.text()
        assert "۱ پست از زمان خود گذشت" in summary
        assert "• خبر تازه" in summary
        assert "خبر پیشین" not in summary
        assert "از پیش هم هنوز منتظر تصمیم‌اند: ۲ پست" in summary

        messages = len(house.admin.reads())
        await house.admin.presses("⏳ دیدن همهٔ ۳ پست")
        assert len(house.admin.reads()) == messages + 1, "the summary stays"
        assert all(name in house.admin.text() for name in ("• خبر تازه", "• خبر پیشین —", "• خبر پیشین دیگر"))
        assert not [label for label in house.admin.buttons(house.admin.reads()[-1]) if "⏳" in label]
        await house.admin.presses("همه را کنار بگذار", message=house.admin.reads()[-1])
        assert "۳ پست لغو شد" in house.admin.text()
        assert await house.admin.presses("⏳") == "دیگر هیچ‌کدام منتظر نیست."


async def test_what_is_decided_of_the_new_ones_leaves_the_older_ones_and_the_way_to_them() -> None:
    async with newsroom() as house:
        [old] = await held(house, "خبر پیشین")
        first = house.admin.reads()[-1]
        [new] = await held(house, "خبر تازه")
        await house.admin.presses("همه را کنار بگذار", message=house.admin.reads()[-1])

        assert [await state(house, id) for id in (old, new)] == [PostState.HELD, PostState.CANCELED]
        assert "⏳ دیدن همهٔ ۱ پست منتظر" in house.admin.buttons(house.admin.reads()[-1])
        await house.admin.presses("↶ واگرد")
        assert await state(house, new) is PostState.HELD
        assert "• خبر تازه" in house.admin.text()
        assert "خبر پیشین" not in house.admin.text()
        await house.admin.presses("همه را همین حالا", message=house.admin.reads()[-1])
        assert [await state(house, id) for id in (old, new)] == [PostState.HELD, PostState.SENT]
        assert await house.admin.presses("همه را همین حالا", message=first) == "۱ پست در راه است."
        assert await state(house, old) is PostState.SENT


async def test_an_outage_that_holds_nothing_new_counts_what_waits() -> None:
    async with newsroom() as house:
        await held(house, "خبر پیشین")
        house.world.faults.add(kind="drop", times=999)
        for n in range(4):
            await due(house, replace(SHORT, headline=f"خبر تازهٔ {n}"))
        for _ in range(20):
            await house.passes(60)
        house.world.faults.clear()
        await house.passes(120)

        [told] = [m["text"] for m in house.admin.reads() if "چون مدتی ارتباط قطع بود" in str(m.get("text"))]
        assert "از پیش هم هنوز منتظر تصمیم‌اند: ۱ پست" in told


async def test_a_summary_that_nobody_has_received_is_told_with_the_next_one() -> None:
    world = World(frozen=True, now=NOON)
    async with newsroom(world=world) as house:
        world.faults.add(method="sendMessage", chat=house.admin.id, kind="drop", times=999)
        before = len(house.admin.reads())
        await held(house, "خبر یکم")
        await held(house, "خبر دوم")
        world.faults.clear()
        await house.passes(60)

        [summary] = house.admin.reads()[before:]
        assert "۲ پست از زمان خود گذشت" in summary["text"]
        assert "خبر یکم" in summary["text"]
        assert "خبر دوم" in summary["text"]


async def outage(house: House, *, quick: str, slow: str) -> tuple[int, int]:
    """The bot is away for twenty minutes: one channel's post is held then, the other's goes out late."""
    held_id = await due(house, replace(SHORT, headline=quick))
    async with house.newsroom.storage.begin() as db:
        await db.channels.set_max_lateness(NEWS, 15 * 60)
    late_id = await due(house, replace(SHORT, headline=slow), channel=SPORT)
    await house.sleeps(20 * 60)
    return held_id, late_id


async def test_what_is_on_its_way_stays_told_when_it_is_decided_what_becomes_of_the_rest() -> None:
    async with newsroom() as house:
        await house.admin.sends("/connect @news")
        held_id, late_id = await outage(house, quick="خبر مانده", slow="خبر در راه")
        await house.passes(120)
        assert await state(house, late_id) is PostState.SENT
        summary = house.admin.reads()[-1]
        assert "• خبر مانده" in summary["text"]
        assert "• خبر در راه" in summary["text"]
        told = len(house.admin.reads())

        await house.admin.presses("همه را کنار بگذار")
        assert "لغو شد" in house.admin.text()
        assert "دیر شدند و حالا منتشر شده‌اند:\n• خبر در راه — " in house.admin.text()
        await house.admin.presses("↶ واگرد")
        assert await state(house, held_id) is PostState.HELD
        assert "• خبر در راه — " in house.admin.text()
        await house.admin.presses("همه را همین حالا", message=house.admin.reads()[-1])
        assert "• خبر در راه — " in house.admin.text(told - 1)
        assert await house.admin.forges("plan.late_now::0") == "دیگر هیچ‌کدام منتظر نیست."


async def test_what_is_on_its_way_is_told_with_the_next_summary_if_nobody_has_received_the_first() -> None:
    async with newsroom() as house:
        await house.admin.sends("/connect @news")
        before = len(house.admin.reads())
        house.world.faults.add(method="sendMessage", chat=house.admin.id, kind="drop", times=999)
        _, late_id = await outage(house, quick="خبر مانده", slow="خبر در راه")
        await house.passes(120)
        assert await state(house, late_id) is PostState.SENT
        await held(house, "خبر بعدی")
        house.world.faults.clear()
        await house.passes(60)

        [summary] = house.admin.reads()[before:]
        assert all(f"• {name}" in summary["text"] for name in ("خبر مانده", "خبر بعدی", "خبر در راه"))


async def test_what_becomes_late_after_a_summary_that_nobody_has_received_stays_told_too() -> None:
    async with newsroom() as house:
        await house.admin.sends("/connect @news")
        house.world.faults.add(method="sendMessage", chat=house.admin.id, kind="drop", times=999)
        await held(house, "خبر مانده")  # its summary is taken back for the next one
        _, late_id = await outage(house, quick="خبر دیگر", slow="خبر در راه")
        house.world.faults.clear()
        await house.passes(120)
        assert await state(house, late_id) is PostState.SENT
        summary = len(house.admin.reads()) - 1
        assert all(f"• {name}" in house.admin.text() for name in ("خبر مانده", "خبر دیگر", "خبر در راه"))
        await house.admin.presses("همه را کنار بگذار")

        assert "لغو شد" in house.admin.text(summary)
        assert "• خبر در راه — " in house.admin.text(summary)


async def test_what_was_told_of_as_late_and_is_planned_anew_is_told_of_when_it_is_out() -> None:
    async with newsroom() as house:
        await house.admin.sends("/connect @news")
        post_id = await due(house, replace(SHORT, headline="خبر جابه‌جا"))
        async with house.newsroom.storage.begin() as db:
            await db.posts.announced(NOON + timedelta(minutes=2), NOON)
            assert await db.posts.move(post_id, NOON + timedelta(hours=2), now=NOON)
        await house.passes(2 * 3600 + 60)
        assert "«خبر جابه‌جا»" in house.admin.text()


async def test_a_bot_that_starts_again_and_again_tells_of_what_is_late_once(tmp_path: Path) -> None:
    world, database = World(frozen=True, now=NOON), f"sqlite:///{tmp_path}/newsroom.db"
    async with newsroom(database, world) as house:
        await house.admin.sends("/start")
        before = len(house.admin.reads())
        world.faults.add(method="sendMessage", chat=NEWS, kind="drop", times=999)
        await due(house, replace(SHORT, headline="خبر در راه"))
    for _ in range(3):
        world.clock.advance(300)
        async with newsroom(database, world) as house:
            await house.passes(30)
            told = [message["text"] for message in house.admin.reads()[before:]]
            assert sum("خبر در راه" in text for text in told) == 1


async def test_a_summary_counts_what_finds_no_room_and_fits_a_message() -> None:
    async with newsroom() as house:
        await house.admin.sends("/connect @news")
        for number in range(60):
            await due(house, replace(SHORT, headline=f"خبر {number} " + "بسیار بلند " * 8), channel=SPORT)
        await outage(house, quick="خبر مانده", slow="خبر در راه")
        await house.passes(300)

        summary = house.admin.text()
        assert len(summary.encode("utf-16-le")) // 2 <= 4096
        named = summary.count("• خبر") - 1
        counted = int(re.findall(r"… و (\S+) پست دیگر", summary)[-1])
        assert named + counted == 61


async def test_buttons_of_summaries_may_hold_anything() -> None:
    async with newsroom() as house:
        [post_id] = await held(house, "خبر")
        for data in (
            "plan.late_now:c0:4503599627370495",
            "plan.late_drop:c0:-5",
            "plan.late_slot:c0:99999999999999",
        ):
            assert await house.admin.forges(data)
            assert await state(house, post_id) is PostState.HELD
        await house.reporter.sends("/help")
        assert "مدیر کانال" in await house.reporter.forges("plan.late_all")
