"""Summaries of what is held for being late: each tells what is new, and counts what still waits from before."""

from dataclasses import replace

from bot.news.model import PostState
from bot.simulator.world import World
from tests.delivery.test_publisher import SHORT, due, state
from tests.newsroom import NOON, House, newsroom


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
        await house.admin.presses("↶ برگردان")
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
