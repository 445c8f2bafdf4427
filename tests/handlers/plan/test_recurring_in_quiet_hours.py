"""What is to come back in quiet hours: said before it is set up, and every list shows when it really goes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.model import Slot
from bot.news.plans import slots
from bot.news.quiet import ANY_TIME, DAY, Quiet, Rhythm
from tests.newsroom import NEWS, House, newsroom, posts

HOUR = 3600
NIGHT = Rhythm(quiet=(Quiet(weekdays=frozenset(range(7)), start=23 * 60, end=7 * 60),))
SEVEN = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)


async def sleeps_at_night(house: House, rhythm: Rhythm = NIGHT) -> None:
    async with house.newsroom.storage.begin() as db:
        await db.channels.set_rhythm(NEWS, rhythm)


async def asks(house: House, typed: str, *, rhythm: Rhythm = ANY_TIME) -> str:
    await house.approved()
    await sleeps_at_night(house, rhythm)
    await house.admin.presses("زمان‌بندی")
    await house.admin.presses("تکرار هفتگی")
    return await house.admin.sends(typed)


async def times(house: House) -> list[tuple[Slot, ...]]:
    async with house.newsroom.storage.begin() as db:
        return [plan.times for plan in await db.recurrences.going()]


@pytest.mark.parametrize("typed", ["هر روز ساعت ۶ صبح", "هر روز ۲۳:۳۰", "هر روز ۵ و ۶"])
async def test_a_time_in_quiet_hours_is_said_before_it_is_set_up_and_their_end_is_a_button(
    typed: str,
) -> None:
    async with newsroom() as house:
        said = await asks(house, typed, rhythm=NIGHT)

        assert "ساعت سکوت" in said
        assert await times(house) == []
        assert not await posts(house)

        await house.admin.presses("✅ هر روز: ۷:۰۰")
        ((*chosen,),) = await times(house)
        assert {slot.minute for slot in chosen} == {7 * 60}
        assert "۷:۰۰" in await house.admin.sends("/queue")
        await house.sleeps(19 * HOUR + 60)
        assert len(house.posts()) == 1


async def test_other_times_may_be_sent_instead_and_the_old_button_does_nothing_then() -> None:
    async with newsroom() as house:
        await asks(house, "هر روز ساعت ۶ صبح", rhythm=NIGHT)
        rows = house.admin.reads()[-1]["reply_markup"]["inline_keyboard"]
        key = rows[0][0]["callback_data"]
        assert key.startswith("plan.repeat_awake")
        await house.admin.sends("هر روز ۱۳")
        ((*chosen,),) = await times(house)
        assert {slot.minute for slot in chosen} == {13 * 60}

        await house.admin.forges(key)
        assert len(await times(house)) == 1


async def test_lists_show_the_hour_at_which_it_goes_where_quiet_hours_came_later() -> None:
    async with newsroom() as house:
        await asks(house, "هر روز ساعت ۶ صبح")
        await sleeps_at_night(house)

        assert (await posts(house))[0].due_at == SEVEN - timedelta(hours=1)
        for said in ("/recurring", "/queue"):
            assert "۷:۰۰" in await house.admin.sends(said)
        await house.passes(18 * HOUR + 60)
        await house.passes(2 * HOUR)
        (first, second) = await posts(house)
        assert first.due_at == SEVEN
        assert (second.due_at - first.due_at).days == 1, "planned for when it goes, from the first"


async def test_a_turn_at_the_end_of_quiet_hours_comes_again_after_an_end_was_taken_back() -> None:
    async with newsroom() as house:
        await asks(house, "هر روز ساعت ۶ صبح")
        await sleeps_at_night(house)
        await house.passes(18 * HOUR + 60)
        await house.passes(2 * HOUR)
        await house.admin.sends("/recurring")
        await house.admin.presses("🔁")
        await house.admin.presses("پایان تکرار")
        await house.admin.presses("باز هم تکرار شود")
        waiting = [post for post in await posts(house) if post.due_at > SEVEN]
        assert {post.due_at.date() for post in waiting if post.state == "pending"} == {
            datetime(2026, 11, 24, tzinfo=UTC).date()
        }


@given(
    st.integers(0, 6),
    st.integers(0, DAY - 1),
    st.lists(
        st.builds(
            Quiet,
            weekdays=st.frozensets(st.integers(0, 6), min_size=1, max_size=3),
            start=st.integers(0, DAY - 1),
            end=st.integers(0, DAY - 1),
        ),
        max_size=3,
    ),
)
def test_what_is_woken_never_rests(weekday: int, minute: int, quiet: list[Quiet]) -> None:
    rhythm, slot = Rhythm(quiet=tuple(quiet)), Slot(weekday=weekday, minute=minute)
    woken = slots.woken([slot], rhythm)
    if rhythm.leaves_room:
        assert not slots.resting(woken, rhythm)
    if not slots.resting([slot], rhythm):
        assert woken == (slot,)
