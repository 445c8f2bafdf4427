"""What comes back every week: one post for every occurrence, through restarts, outages and changes of mind."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.desk.recurring import Recurring
from bot.desk.returning import plan_next
from bot.desk.stories import Desk
from bot.errors import AlreadyPosted, NotATime, PastTime
from bot.news.model import ArticleState, Role, Slot, Staff
from bot.news.plans.recurrence import Recurrence, coming, next_one, rezoned
from bot.news.plans.slots import occurrences
from bot.news.times import typed_recurrence
from handlers.plan.recurring import tell
from storage import Storage
from tests.mortal import Life, MortalStorage
from tests.newsroom import NEWS, NOON, House, newsroom
from tests.storage.newsroom import NOW as START
from tests.storage.newsroom import stored_channel, stored_story

HOUR = 3600
DAY = 24 * HOUR
TEHRAN = "Asia/Tehran"


async def repeats(house: House, words: str) -> str:
    """The story is approved and comes back as `words` say; the bot's answer."""
    await house.approved()
    await house.admin.presses("زمان‌بندی")
    await house.admin.presses("تکرار هفتگی")
    return await house.admin.sends(words)


async def in_queue(house: House) -> str:
    return await house.admin.sends("/queue")


# ── As a person sees it ─────────────────────────────────────────────────────────────────────────────


async def test_the_times_are_echoed_with_the_next_three_in_both_calendars() -> None:
    async with newsroom() as house:
        said = await repeats(house, "شنبه‌ها و دوشنبه‌ها ۱۰")

        assert "شنبه و دوشنبه: ۱۰:۰۰" in said
        assert [line for line in said.split("\n") if line.startswith("•")] == [
            "• دوشنبه ۲ آذر ۱۴۰۵ (۲۳ نوامبر ۲۰۲۶)، ساعت ۱۰:۰۰",
            "• شنبه ۷ آذر ۱۴۰۵ (۲۸ نوامبر ۲۰۲۶)، ساعت ۱۰:۰۰",
            "• دوشنبه ۹ آذر ۱۴۰۵ (۳۰ نوامبر ۲۰۲۶)، ساعت ۱۰:۰۰",
        ]


async def test_every_occurrence_goes_out_once_and_the_next_one_stands_in_the_queue() -> None:
    async with newsroom() as house:
        await repeats(house, "هر روز ۱۳")
        board = await in_queue(house)
        assert board.count("🔁") == 1

        await house.sleeps(HOUR)
        for day in range(1, 4):
            assert len(house.posts()) == day
            await house.sleeps(DAY)
        assert (await in_queue(house)).count("🔁") == 1


async def test_a_skipped_occurrence_stays_out_and_the_next_one_comes() -> None:
    async with newsroom() as house:
        await repeats(house, "هر روز ۱۳")
        await in_queue(house)
        await house.admin.presses("۱۳:۰۰")
        await house.admin.presses("لغو")
        await house.admin.presses("✖️ بله، از صف بردار")
        assert "دوشنبه ۲ آذر ۱۴۰۵\n۱. ۱۳:۰۰" in await in_queue(house)
        await house.sleeps(HOUR)
        assert house.posts() == []

        await house.sleeps(DAY)
        assert len(house.posts()) == 1


async def test_a_moved_occurrence_goes_at_its_new_time_and_the_others_keep_theirs() -> None:
    async with newsroom() as house:
        await repeats(house, "هر روز ۱۳")
        await in_queue(house)
        await house.admin.presses("۱۳:۰۰")
        await house.admin.presses("زمان دیگر")
        await house.admin.sends("امروز ۱۶")
        await house.sleeps(HOUR)
        assert house.posts() == []
        await house.sleeps(3 * HOUR)
        assert len(house.posts()) == 1
        await house.sleeps(21 * HOUR)
        assert len(house.posts()) == 2


async def test_an_occurrence_sent_early_does_not_come_again_at_its_time() -> None:
    async with newsroom() as house:
        await repeats(house, "هر روز ۱۳")
        await in_queue(house)
        await house.admin.presses("۱۳:۰۰")
        await house.admin.presses("🚀")
        assert len(house.posts()) == 1
        await house.sleeps(HOUR)
        assert len(house.posts()) == 1
        await house.sleeps(DAY)
        assert len(house.posts()) == 2


async def test_it_ends_with_its_last_day_and_says_so() -> None:
    async with newsroom() as house:
        said = await repeats(house, "هر روز ۱۳ تا ۳ آذر")
        assert "تا سه\u200cشنبه ۳ آذر ۱۴۰۵" in said
        await house.sleeps(HOUR)
        for _ in range(3):
            await house.sleeps(DAY)

        assert len(house.posts()) == 3
        assert any(
            "دیگر در «خبر» تکرار نمی‌شود" in str(message.get("text")) for message in house.admin.reads()
        )
        assert "چیزی خودبه‌خود تکرار نمی‌شود" in await house.admin.sends("/recurring")


async def test_its_end_is_changed_and_it_is_ended_and_taken_up_again() -> None:
    async with newsroom() as house:
        await repeats(house, "هر روز ۱۳")
        await house.admin.sends("/recurring")
        await house.admin.presses("🔁 شهرداری")
        await house.admin.presses("تاریخ پایان")
        assert "ساعت ۲۳:۵۹" in await house.admin.sends("فردا")
        await house.admin.presses("پایان تکرار")
        assert "🔁" not in await in_queue(house)
        await house.sleeps(HOUR)
        assert house.posts() == []

        await house.admin.presses("باز هم تکرار شود")
        assert (await in_queue(house)).count("🔁") == 1
        await house.sleeps(DAY)
        await house.sleeps(DAY)
        assert len(house.posts()) == 2


async def test_an_end_before_the_next_occurrence_changes_nothing() -> None:
    async with newsroom() as house:
        await repeats(house, "شنبه‌ها ۱۰")
        await house.admin.presses("تاریخ پایان")
        said = await house.admin.sends("فردا")

        assert "پیش از نوبت بعدی" in said
        assert "شنبه ۷ آذر ۱۴۰۵" in said
        assert (await in_queue(house)).count("🔁") == 1


async def test_what_can_not_be_read_leaves_the_question_open() -> None:
    async with newsroom() as house:
        assert "«گاهی»" in await repeats(house, "گاهی")
        assert "شنبه: ۱۰:۰۰" in await house.admin.sends("شنبه‌ها ۱۰")


async def test_a_story_comes_back_in_a_channel_only_once() -> None:
    async with newsroom() as house:
        await repeats(house, "شنبه‌ها ۱۰")
        await house.admin.presses("زمان‌بندی")
        await house.admin.presses("تکرار هفتگی")

        assert "شنبه: ۱۰:۰۰" in house.admin.text()
        assert (await house.admin.sends("/recurring")).count("🔁") == 1


async def test_only_those_who_schedule_may() -> None:
    async with newsroom() as house:
        await repeats(house, "شنبه‌ها ۱۰")

        assert "مدیر کانال" in await house.reporter.forges("plan.recur_end:1")
        assert (await in_queue(house)).count("🔁") == 1
        assert "نیست" in await house.admin.forges("plan.recur_end:99")


# ── What stops it ───────────────────────────────────────────────────────────────────────────────────


async def test_a_spiked_story_comes_back_no_more() -> None:
    async with newsroom() as house:
        await repeats(house, "هر روز ۱۳")
        await house.editor.presses("کنار بگذار")
        await house.editor.presses("بله، کنار بگذار")
        await house.sleeps(HOUR)

        assert house.posts() == []
        assert "چیزی خودبه‌خود" in await house.admin.sends("/recurring")


async def test_an_occurrence_waits_while_a_change_is_not_approved_and_goes_out_once_it_is() -> None:
    async with newsroom() as house:
        await repeats(house, "هر روز ۱۳")
        await house.reporter.presses("ویرایش تیتر")
        await house.reporter.sends("تیتری که هنوز کسی ندیده")
        await house.sleeps(HOUR)
        assert house.posts() == []
        assert "در انتظار تأیید" in house.admin.text()

        await house.editor.presses("تأیید")
        assert [post.split("\n")[0] for post in house.posts()] == ["تیتری که هنوز کسی ندیده"]
        await house.sleeps(DAY)
        assert len(house.posts()) == 2
        assert (await in_queue(house)).count("🔁") == 1


async def test_one_that_is_approved_too_late_is_asked_about_as_any_late_post() -> None:
    async with newsroom() as house:
        await repeats(house, "شنبه تا چهارشنبه ۱۳")
        await house.reporter.presses("ویرایش تیتر")
        await house.reporter.sends("تیتری که هنوز کسی ندیده")
        await house.sleeps(HOUR)
        await house.passes(2 * HOUR)
        await house.editor.presses("تأیید")

        assert house.posts() == []
        assert "زمان ۱ پست گذشته" in house.admin.text() or "نگه داشته" in house.admin.text()
        await house.admin.presses("🚀 همه")
        assert [post.split("\n")[0] for post in house.posts()] == ["تیتری که هنوز کسی ندیده"]


async def test_one_that_nobody_approves_gives_way_to_the_next() -> None:
    async with newsroom() as house:
        await repeats(house, "هر روز ۱۳")
        await house.reporter.presses("ویرایش تیتر")
        await house.reporter.sends("تیتری که هنوز کسی ندیده")
        await house.sleeps(HOUR)
        await house.sleeps(DAY)
        await house.sleeps(HOUR)
        async with house.newsroom.storage.begin() as db:
            states = [(post.state.value, post.reason) for post in await db.posts.of_article(1)]

        assert house.posts() == []
        assert states == [("canceled", "next"), ("held", "unapproved"), ("pending", None)]


async def test_missed_occurrences_come_in_no_burst_and_are_said(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/newsroom.db"
    async with newsroom(database) as house:
        await repeats(house, "هر روز ۱۳")
        world = house.world
    world.clock.advance(5 * DAY + 4 * HOUR)
    async with newsroom(database, world) as house:
        assert house.posts() == []
        texts = [str(message.get("text")) for message in house.admin.reads()]
        assert any("۵ نوبت" in text and "جبران نمی‌شود" in text for text in texts)
        await house.sleeps(21 * HOUR)
        assert len(house.posts()) == 1


async def test_a_restart_at_any_time_makes_nothing_twice(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/newsroom.db"
    async with newsroom(database) as house:
        await repeats(house, "هر روز ۱۳ و ۱۸")
        world = house.world
    for hours in (1, 5, 19):
        world.clock.advance(hours * HOUR)
        async with newsroom(database, world) as house:
            assert (await in_queue(house)).count("🔁") == 1
    async with newsroom(database, world) as house:
        assert len(house.posts()) == 3
        assert (await in_queue(house)).count("🔁") == 1


async def test_a_death_at_any_moment_makes_an_occurrence_neither_twice_nor_none() -> None:
    daily = tuple(Slot(weekday=day, minute=13 * 60) for day in range(7))
    for moments in range(6):
        lasting = await Storage.open("sqlite://")
        await stored_channel(lasting)
        story = await stored_story(
            lasting, state=ArticleState.APPROVED, approved_version=1, embargoed_until=None
        )
        async with lasting.begin() as db:
            await db.recurrences.add(
                article_id=story.id,
                channel_id=NEWS,
                times=daily,
                until=None,
                planned_until=START,
                by=1,
                now=START,
            )
        life = Life()
        life.left = moments
        later = START + timedelta(hours=2)  # 13:00 in Tehran is over by half an hour
        await life.survives(_planned(MortalStorage(lasting, life), later))
        await _planned(lasting, later)

        async with lasting.begin() as db:
            queue = await db.posts.of_channel(NEWS)
        assert [post.occurrence for post in queue] == [1, 2], moments
        assert [post.due_at - START for post in queue] == [
            timedelta(hours=1, minutes=30),
            timedelta(days=1, hours=1, minutes=30),
        ]
        await lasting.close()


async def test_nothing_is_planned_before_an_embargo_ends_nor_for_a_channel_that_is_away() -> None:
    storage = await Storage.open("sqlite://")
    await stored_channel(storage)
    embargo = START + timedelta(days=2, hours=1, minutes=30)  # 13:00 in Tehran
    story = await stored_story(
        storage, state=ArticleState.APPROVED, approved_version=1, embargoed_until=embargo
    )
    async with storage.begin() as db:
        desk = Desk(db=db, who=Staff(id=1, name="x", roles=frozenset({Role.CHANNEL_ADMIN})), now=START)
        daily = tuple(Slot(weekday=day, minute=13 * 60) for day in range(7))
        await Recurring(desk=desk).repeat(story.id, 1, NEWS, daily)
        with pytest.raises(AlreadyPosted):
            await Recurring(desk=desk).repeat(story.id, 1, NEWS, daily)
        await db.channels.set_trouble(NEWS, "kicked", connected=False)
    await _planned(storage, START)
    async with storage.begin() as db:
        assert await db.posts.of_channel(NEWS) == ()
        await db.channels.set_trouble(NEWS, None, connected=True)
    await _planned(storage, START)
    async with storage.begin() as db:
        assert [post.due_at for post in await db.posts.of_channel(NEWS)] == [embargo]
    await storage.close()


async def _planned(storage: Storage, now: datetime) -> None:
    busy = True
    while busy:
        async with storage.begin() as db:
            busy = await plan_next(db, now, tell)


# ── The sums behind it ──────────────────────────────────────────────────────────────────────────────

SLOTS = st.lists(
    st.builds(Slot, weekday=st.integers(0, 6), minute=st.integers(0, 1439)), min_size=1, max_size=6
)
DAILY = st.lists(st.integers(0, 1439), min_size=1, max_size=4).map(
    lambda minutes: [Slot(weekday=day, minute=minute) for day in range(7) for minute in minutes]
)
TIMES = (SLOTS | DAILY).map(tuple)
ZONES = st.sampled_from([TEHRAN, "Asia/Kabul", "Europe/Berlin", "America/New_York"])
MOMENTS = st.datetimes(datetime(2019, 1, 1), datetime(2027, 1, 1)).map(  # noqa: DTZ001 - the zone comes next
    lambda at: at.replace(tzinfo=UTC)
)


def plan_of(times: tuple[Slot, ...], begin: datetime, until: datetime | None = None) -> Recurrence:
    return Recurrence(
        id=1,
        article_id=1,
        channel_id=1,
        times=times,
        until=until,
        planned_until=begin,
        ended=False,
        asked_by=1,
    )


@settings(max_examples=60, deadline=None)
@given(
    TIMES,
    MOMENTS,
    ZONES,
    st.lists(st.sampled_from([0, 1, 1799, HOUR, 7 * HOUR, 30 * HOUR, 4 * DAY]), min_size=3, max_size=12),
    st.integers(0, 6) | st.none(),
    st.sampled_from([60, HOUR, 6 * HOUR, 365 * DAY]),
)
def test_each_occurrence_is_made_or_skipped_once_in_order(
    times: tuple[Slot, ...], begin: datetime, zone: str, naps: list[int], days: int | None, lateness: int
) -> None:
    """However long the bot is away between two looks."""
    until = None if days is None else begin + timedelta(days=days)
    plan, now = plan_of(times, begin, until), begin
    seen: list[datetime] = []
    for nap in naps:
        now += timedelta(seconds=nap)
        burst = 0
        while plan.planned_until <= now and not plan.ended:
            found = next_one(plan, now, zone, timedelta(seconds=lateness))
            assert all(at <= now for at in found.skipped)
            seen += found.skipped
            if found.at is None:
                plan = replace(plan, ended=True)
            else:
                burst += found.at <= now
                assert now - found.at <= timedelta(seconds=lateness)
                seen.append(found.at)
                plan = replace(plan, planned_until=found.at)
        assert burst <= 1
    end = plan.planned_until if until is None or not plan.ended else until
    expected = []
    for at in occurrences(times, begin, zone):
        if at > end:
            break
        expected.append(at)
    assert seen == expected


STEADY = st.sampled_from(["Asia/Kabul", "Asia/Dubai", "Asia/Kolkata", "Asia/Tokyo", "UTC"])
"""Zones whose clocks are never put forward: there both promises can be kept to the minute."""


@settings(max_examples=60, deadline=None)
@given(TIMES, MOMENTS, STEADY, STEADY, st.booleans(), st.integers(0, 20 * DAY))
def test_in_another_zone_the_same_turns_come_at_the_same_hours_or_instants(
    times: tuple[Slot, ...], begin: datetime, old: str, new: str, keep_hour: bool, ahead: int
) -> None:
    plan = plan_of(times, begin + timedelta(seconds=ahead), begin + timedelta(days=60))
    moved = rezoned(plan, old, new, begin - DAY * timedelta(seconds=1), keep_hour=keep_hour)
    before, after = coming(plan, plan.planned_until, old, 12), coming(moved, moved.planned_until, new, 12)

    if keep_hour:
        assert [wall(at, old) for at in before] == [wall(at, new) for at in after]
    else:
        assert before == after
    assert rezoned(moved, new, old, begin - timedelta(days=9), keep_hour=keep_hour).until == plan.until


def test_a_turn_that_is_made_is_not_made_again_an_hour_later_where_winter_time_begins_before_it() -> None:
    made = datetime(2026, 10, 29, 10, tzinfo=UTC)  # Berlin's clock goes back on the 25th
    plan = plan_of((Slot(weekday=3, minute=600),), made)
    moved = rezoned(plan, "UTC", "Europe/Berlin", made - timedelta(days=9), keep_hour=False)

    assert coming(moved, made, "Europe/Berlin", 1) == (made + timedelta(days=7),)


def wall(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


@settings(max_examples=30, deadline=None)
@given(TIMES, MOMENTS, ZONES, st.integers(0, 20))
def test_nothing_comes_after_the_end(times: tuple[Slot, ...], begin: datetime, zone: str, days: int) -> None:
    until = begin + timedelta(days=days)

    assert all(begin < at <= until for at in coming(plan_of(times, begin, until), begin, zone, 40))


@pytest.mark.parametrize(
    ("text", "times", "last_day"),
    [
        ("شنبه‌ها ۱۰", 1, None),
        ("شنبه تا چهارشنبه ۹", 5, None),
        ("شنبه‌ها ۱۰ تا ۳۰ آذر", 1, "2026-12-21"),
        ("شنبه تا دوشنبه ۱۰، تا ۱۴۰۵/۱۰/۱۵", 3, "2027-01-05"),
        ("fri 10:00 until 2026-12-25", 1, "2026-12-25"),
        ("هر روز ۸ تا دو هفته دیگر", 7, "2026-12-06"),
    ],
)
def test_times_and_an_end_are_read_in_one_sentence(text: str, times: int, last_day: str | None) -> None:
    found, until = typed_recurrence.parse(text, NOON, TEHRAN)

    assert len(found) == times
    assert (until and (until + timedelta(hours=3, minutes=30)).date().isoformat()) == last_day


@pytest.mark.parametrize("end", ["1405/10/30", "in two weeks", "25 December", "۲۵ دی", "تا ۱۴۰۵/۱۰/۳۰"])
def test_the_examples_of_an_end_are_read(end: str) -> None:
    assert typed_recurrence.parse_end(end, NOON, TEHRAN) > NOON


def test_an_end_that_is_over_or_no_day_is_refused() -> None:
    with pytest.raises(PastTime):
        typed_recurrence.parse_end("۱۴۰۵/۱/۱", NOON, TEHRAN)
    with pytest.raises(NotATime):
        typed_recurrence.parse_end("هیچ‌وقت", NOON, TEHRAN)
