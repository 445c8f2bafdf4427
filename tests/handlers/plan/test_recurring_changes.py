"""What comes back, changed by its people and by its channel's clock; every change can be undone."""

import pytest

from tests.handlers.plan.test_recurring import DAY, HOUR, in_queue, repeats
from tests.newsroom import House, newsroom

UNDO = "↶ واگرد آخرین"


async def test_what_was_set_up_is_undone_and_set_up_anew() -> None:
    async with newsroom() as house:
        await repeats(house, "هر روز ۱۳")
        assert (await in_queue(house)).count("🔁") == 1
        assert "مثل پیش" in await house.admin.presses(UNDO)
        assert "🔁" not in await in_queue(house)
        assert "چیزی خودبه‌خود" in await house.admin.sends("/recurring")
        await house.sleeps(HOUR)
        assert house.posts() == []
        await house.admin.presses("زمان‌بندی")
        await house.admin.presses("تکرار هفتگی")
        await house.admin.sends("هر روز ۱۸")
        assert (await in_queue(house)).count("🔁") == 1


async def test_an_end_is_undone_with_the_very_post_that_it_canceled() -> None:
    async with newsroom() as house:
        await repeats(house, "هر روز ۱۳ تا ۱۰ آذر")
        async with house.newsroom.storage.begin() as db:
            before = (await db.recurrences.get(1), await db.posts.of_article(1))
        await house.admin.presses("پایان تکرار")
        assert "🔁" not in await in_queue(house)
        await house.admin.presses(UNDO)

        async with house.newsroom.storage.begin() as db:
            assert (await db.recurrences.get(1), await db.posts.of_article(1)) == before
        await house.sleeps(HOUR)
        await house.sleeps(DAY)
        assert len(house.posts()) == 2


async def test_an_end_date_and_going_on_without_one_are_undone() -> None:
    async with newsroom() as house:
        await repeats(house, "هر روز ۱۳")
        await house.admin.presses("تاریخ پایان")
        assert "تا دوشنبه ۲ آذر" in await house.admin.sends("فردا")
        await house.admin.presses(UNDO)
        assert "بدون تاریخ پایان" in house.admin.text()
        await house.admin.presses("پایان تکرار")
        await house.admin.presses("🔁 باز هم تکرار شود")
        assert (await in_queue(house)).count("🔁") == 1
        await house.admin.presses(UNDO)
        assert "🔁" not in await in_queue(house)
        await house.sleeps(2 * DAY)
        assert house.posts() == []


async def test_an_undo_is_refused_once_there_was_another_change_or_a_turn_is_out() -> None:
    async with newsroom() as house:
        await repeats(house, "هر روز ۱۳")
        await house.admin.presses("پایان تکرار")
        await house.admin.presses("🔁 باز هم تکرار شود")
        assert "تغییر دیگری کرده" in await house.admin.forges(await undo_of(house, "end_repeat"))
        await house.sleeps(HOUR)
        assert len(house.posts()) == 1
    async with newsroom() as house:
        await repeats(house, "هر روز ۱۳")
        await house.sleeps(HOUR)
        assert not [label for label in house.admin.buttons() if UNDO in label]
        assert "یکی از آن‌ها منتشر شده" in await house.admin.forges(await undo_of(house, "repeat"))
        assert "برمی‌آید" in await house.reporter.forges(await undo_of(house, "repeat"))
        assert (await in_queue(house)).count("🔁") == 1


async def test_the_end_of_a_story_that_was_spiked_since_is_not_undone() -> None:
    async with newsroom() as house:
        await repeats(house, "هر روز ۱۳")
        await house.admin.presses("پایان تکرار")
        await house.editor.presses("کنار بگذار")  # nothing hangs on it any more: nothing is asked
        assert "کنارگذاشته" in await house.admin.forges(await undo_of(house, "end_repeat"))
        await house.sleeps(DAY)
        assert house.posts() == []


async def undo_of(house: House, verb: str) -> str:
    """The data of the button that takes that back."""
    async with house.newsroom.storage.begin() as db:
        log = await db.audit.of_article(1)
    return f"plan.undo_recur:{next(entry.id for entry in reversed(log) if entry.verb == verb)}"


# ── Its channel's clock ─────────────────────────────────────────────────────────────────────────────


async def berlin(house: House, way: str) -> None:
    """The channel moves from Tehran to Berlin, which is two hours and a half behind in winter."""
    await house.admin.sends("/slots")
    await house.admin.presses("منطقهٔ زمانی")
    await house.admin.presses("برلین")
    [asked] = [text for message in house.admin.reads() if "هر هفته تکرار" in (text := str(message["text"]))]
    assert "هر روز: ۱۳:۰۰" in asked
    assert "هر روز: ۱۰:۳۰" in asked
    await house.admin.presses(way)


@pytest.mark.parametrize(("way", "hours"), [("روی ساعت", (0, 1, 1)), ("لحظهٔ", (1, 1, 2))])
async def test_a_change_of_zone_keeps_the_hours_or_the_instants(way: str, hours: tuple[int, ...]) -> None:
    async with newsroom() as house:
        await repeats(house, "هر روز ۱۳")
        await berlin(house, way)
        assert any("۱ خبر هفتگی" in str(message.get("text")) for message in house.admin.reads())
        board = await house.admin.sends("/recurring")
        assert ("هر روز: ۱۳:۰۰" if way == "روی ساعت" else "هر روز: ۱۰:۳۰") in board
        seen = []
        for wait in (HOUR, 3 * HOUR, DAY - 3 * HOUR):
            await house.sleeps(wait)
            seen.append(len(house.posts()))
        assert tuple(seen) == hours, "never twice a day"


@pytest.mark.parametrize("way", ["روی ساعت", "لحظهٔ"])
async def test_a_change_of_zone_is_undone_with_what_comes_back(way: str) -> None:
    async with newsroom() as house:
        await repeats(house, "هر روز ۱۳ تا ۱۰ آذر")
        async with house.newsroom.storage.begin() as db:
            before = (await db.recurrences.get(1), await db.posts.of_article(1))
        await berlin(house, way)
        await house.admin.presses("واگرد")

        async with house.newsroom.storage.begin() as db:
            assert (await db.recurrences.get(1), await db.posts.of_article(1)) == before


async def test_a_change_of_zone_that_is_undone_late_leaves_the_hours_as_they_were() -> None:
    async with newsroom() as house:
        await repeats(house, "هر روز ۱۳")
        await berlin(house, "لحظهٔ")
        await house.passes(DAY)
        await house.admin.presses("واگرد")
        assert "هر روز: ۱۳:۰۰" in await house.admin.sends("/recurring")
        await house.sleeps(HOUR)
        assert len(house.posts()) == 2
