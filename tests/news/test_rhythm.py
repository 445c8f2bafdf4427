"""A channel's rhythm: quiet hours, spacing and limits kept at every instant, in zones with gaps and folds."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import NoFreeSlot, NoSuchTime, NotATime, TypedTimeError, VagueTime
from bot.news.model import Slot
from bot.news.plans import slots
from bot.news.plans.rhythm import Taken, Unfit, first_place, fits, quiet_until, unfit
from bot.news.quiet import DAY, Quiet, Rhythm
from bot.news.times import typed_quiet, typed_slots

TEHRAN, BERLIN = "Asia/Tehran", "Europe/Berlin"
CHANGES = {  # clocks were or will be turned within days of these
    TEHRAN: ("2021-03-21", "2021-09-21", "2022-03-21", "2022-09-21", "2026-11-22"),
    "Asia/Kabul": ("1944-12-31", "2026-03-21"),
    BERLIN: ("2026-03-28", "2026-10-24"),
    "Australia/Lord_Howe": ("2026-04-04", "2026-10-03"),  # by half an hour
    "America/St_Johns": ("2010-11-06",),  # a minute after midnight
    "America/Havana": ("2026-03-08", "2026-11-01"),  # at midnight
    "Pacific/Apia": ("2011-12-28",),  # a whole day
}
MOMENTS = st.sampled_from([(zone, day) for zone, days in CHANGES.items() for day in days]).flatmap(
    lambda chosen: st.tuples(
        st.just(chosen[0]),
        st.integers(0, 3 * DAY).map(
            lambda minutes: datetime.fromisoformat(chosen[1]).replace(tzinfo=UTC) + timedelta(minutes=minutes)
        ),
    )
)
QUIET = st.builds(
    Quiet,
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    start=st.integers(0, DAY - 1),
    end=st.integers(0, DAY - 1),
)
RHYTHMS = st.builds(
    Rhythm,
    quiet=st.lists(QUIET, max_size=3).map(tuple),
    spacing=st.sampled_from([0, 1, 7, 30, 90, 1440]),
    per_hour=st.sampled_from([None, 1, 2, 3]),
    per_day=st.sampled_from([None, 1, 2, 5]),
).filter(lambda rhythm: rhythm.leaves_room)
SLOTS = st.lists(
    st.builds(Slot, weekday=st.integers(0, 6), minute=st.integers(0, DAY - 1)), min_size=1, max_size=8
)


def is_quiet(at: datetime, rhythm: Rhythm, zone: str) -> bool:
    """By the clock on the wall alone."""
    wall = at.astimezone(ZoneInfo(zone))
    return bool(rhythm.quiet_minutes[wall.weekday() * DAY + wall.hour * 60 + wall.minute])


def is_ordinary(at: datetime, zone: str) -> bool:
    """Whether no clock is turned within two days."""
    place = ZoneInfo(zone)
    return len({(at + timedelta(days=n)).astimezone(place).utcoffset() for n in (-2, -1, 0, 1, 2)}) == 1


def keeps(posts: list[datetime], rhythm: Rhythm, zone: str) -> bool:
    """Whether posts keep the spacing and limits, counted the slow way."""
    walls = [at.astimezone(ZoneInfo(zone)) for at in posts]
    hours = [wall.strftime("%F %H") for wall in walls]
    days = [wall.strftime("%F") for wall in walls]
    return (
        all(two - one >= timedelta(minutes=rhythm.spacing) for one, two in pairwise(sorted(posts)))
        and all(hours.count(hour) <= (rhythm.per_hour or 999) for hour in hours)
        and all(days.count(day) <= (rhythm.per_day or 999) for day in days)
    )


@settings(max_examples=60, deadline=None)
@given(moment=MOMENTS, rhythm=RHYTHMS)
def test_quiet_hours_hold_by_the_clock_on_the_wall(moment: tuple[str, datetime], rhythm: Rhythm) -> None:
    zone, at = moment
    end = quiet_until(at, rhythm, zone)

    if end is None:
        assert not is_quiet(at, rhythm, zone)
    else:
        assert end > at
        assert not is_quiet(end, rhythm, zone)
        assert quiet_until(end, rhythm, zone) is None
    if is_ordinary(at, zone):
        assert (end is not None) == is_quiet(at, rhythm, zone)


@settings(max_examples=60, deadline=None)
@given(moment=MOMENTS, rhythm=RHYTHMS, steps=st.lists(st.integers(0, 300), min_size=1, max_size=9))
def test_places_one_after_the_other_keep_the_rhythm(
    moment: tuple[str, datetime], rhythm: Rhythm, steps: list[int]
) -> None:
    zone, at = moment
    taken = Taken((), zone)
    for step in steps:
        at += timedelta(minutes=step)
        place = first_place(at, taken, rhythm, zone)
        assert place >= at
        assert not is_quiet(place, rhythm, zone)
        assert fits(place, taken, rhythm, zone)
        assert unfit(place, taken, rhythm, zone) == ()
        taken.add(place)

    assert keeps(taken.times, rhythm, zone)


@settings(max_examples=40, deadline=None)
@given(
    moment=MOMENTS,
    rhythm=RHYTHMS,
    steps=st.lists(st.integers(0, 600), min_size=2, max_size=6),
    later=st.integers(0, 900),
)
def test_asking_later_never_gets_an_earlier_place(
    moment: tuple[str, datetime], rhythm: Rhythm, steps: list[int], later: int
) -> None:
    zone, at = moment
    taken = Taken([at + timedelta(minutes=sum(steps[:n])) for n in range(len(steps))], zone)
    one = first_place(at, taken, rhythm, zone)
    assert first_place(one, taken, rhythm, zone) == one
    assert one <= first_place(at + timedelta(minutes=later), taken, rhythm, zone)


@settings(max_examples=50, deadline=None)
@given(
    moment=MOMENTS,
    chosen=SLOTS,
    rhythm=RHYTHMS,
    embargo=st.timedeltas(timedelta(0), timedelta(days=20)),
)
def test_slots_are_given_once_in_order_within_the_rhythm_and_after_the_embargo(
    moment: tuple[str, datetime], chosen: list[Slot], rhythm: Rhythm, embargo: timedelta
) -> None:
    zone, now = moment
    queue: list[datetime] = []
    try:
        for _ in range(6):
            queue.append(slots.next_free(chosen, queue, now, zone, not_before=now + embargo, rhythm=rhythm))
    except NoFreeSlot:
        # All of them rest, by every week's clock; one that the zone's clock jumps over comes round behind that.
        local = [at.astimezone(ZoneInfo(zone)) for at in queue]
        assert {at.hour * 60 + at.minute for at in local}.isdisjoint(slot.minute for slot in chosen)
        assert slots.resting(chosen, rhythm) == tuple(chosen)
        return

    assert queue == sorted(set(queue))
    assert queue[0] >= now + embargo
    assert queue[0] > now
    assert keeps(queue, rhythm, zone)
    assert not any(is_quiet(at, rhythm, zone) for at in queue)


@settings(max_examples=60, deadline=None)
@given(quiet=st.lists(QUIET, max_size=4).map(tuple))
def test_room_is_left_where_some_minute_of_the_week_is_not_quiet(quiet: tuple[Quiet, ...]) -> None:
    rhythm = Rhythm(quiet=quiet)
    monday = datetime(2026, 11, 23, tzinfo=UTC)
    ends = monday
    while ends < monday + timedelta(days=7) and rhythm.leaves_room:
        end = quiet_until(ends, rhythm, "UTC")
        if end is None:
            return
        ends = end
    assert not rhythm.leaves_room
    with pytest.raises(NoFreeSlot):
        quiet_until(monday, rhythm, "UTC")


def test_quiet_hours_that_never_end_leave_no_place() -> None:
    always = Rhythm(quiet=(Quiet(weekdays=frozenset(range(7)), start=480, end=480),))
    assert not always.leaves_room
    with pytest.raises(NoFreeSlot):
        first_place(datetime(2026, 11, 22, tzinfo=UTC), Taken((), TEHRAN), always, TEHRAN)


def test_an_hour_that_comes_twice_is_quiet_twice() -> None:
    night = Rhythm(quiet=typed_quiet.parse("هر شب ۲۳ تا ۲:۳۰"))
    assert quiet_until(datetime(2026, 10, 24, 22, 0, tzinfo=UTC), night, BERLIN) == datetime(
        2026, 10, 25, 1, 30, tzinfo=UTC
    )


def test_an_hour_that_comes_twice_counts_as_one_hour() -> None:
    once = Rhythm(per_hour=1)
    taken = Taken([datetime(2026, 10, 25, 0, 10, tzinfo=UTC)], BERLIN)  # 02:10, the first time
    assert first_place(datetime(2026, 10, 25, 0, 20, tzinfo=UTC), taken, once, BERLIN) == datetime(
        2026, 10, 25, 2, 0, tzinfo=UTC
    )


def test_friday_mornings_are_quiet_on_fridays_only() -> None:
    rhythm = Rhythm(quiet=typed_quiet.parse("جمعه\u200cها ۰ تا ۱۰"))
    friday, saturday = (datetime(2026, 11, day, 6, 0, tzinfo=ZoneInfo(TEHRAN)) for day in (27, 28))
    assert quiet_until(friday, rhythm, TEHRAN) == friday.replace(hour=10)
    assert quiet_until(saturday, rhythm, TEHRAN) is None


def test_what_speaks_against_a_time_is_named() -> None:
    rhythm = Rhythm(quiet=typed_quiet.parse("23-7"), spacing=30, per_hour=1, per_day=1)
    at = datetime(2026, 11, 22, 23, 30, tzinfo=ZoneInfo(TEHRAN))
    taken = Taken([at - timedelta(minutes=10)], TEHRAN)
    assert unfit(at, taken, rhythm, TEHRAN) == tuple(Unfit)
    assert unfit(at, Taken((), TEHRAN), Rhythm(), TEHRAN) == ()


@pytest.mark.parametrize(
    ("category", "urgency", "hours"),
    [
        ("ورزش", 5, [480, 600]),
        ("ورز\u200cش ", 1, [480, 540, 600, 660]),
        (None, 5, [480]),
        ("هنر", 2, [480, 540]),
    ],
)
def test_a_slot_of_a_kind_takes_only_such_stories(
    category: str | None, urgency: int, hours: list[int]
) -> None:
    chosen = typed_slots.parse("شنبه ۸؛ شنبه ۹ فوری؛ شنبه ۱۰ دسته: ورزش؛ شنبه ۱۱ فوریت ۱ دسته: ورزش")
    assert [slot.minute for slot in slots.open_to(chosen, category=category, urgency=urgency)] == hours


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("هر شب ۲۳ تا ۷", "هر روز: ۲۳:۰۰ تا ۷:۰۰"),
        ("هر شب ۱۱ تا ۷", "هر روز: ۲۳:۰۰ تا ۷:۰۰"),
        ("جمعه\u200cها ۰ تا ۱۰", "جمعه: ۰:۰۰ تا ۱۰:۰۰"),
        ("23:00-07:00", "هر روز: ۲۳:۰۰ تا ۷:۰۰"),
        ("every night from 23 to 7", "هر روز: ۲۳:۰۰ تا ۷:۰۰"),
        ("fridays 0 to 10", "جمعه: ۰:۰۰ تا ۱۰:۰۰"),
        ("daily 23 : 00 to 7 : 00", "هر روز: ۲۳:۰۰ تا ۷:۰۰"),
        ("every night 11pm to 7am", "هر روز: ۲۳:۰۰ تا ۷:۰۰"),
        ("شنبه تا چهارشنبه از ۲۳:۳۰ تا ۶ صبح", "شنبه تا چهارشنبه: ۲۳:۳۰ تا ۶:۰۰"),
        ("۲۳ تا ۷ هر شب", "هر روز: ۲۳:۰۰ تا ۷:۰۰"),
        ("از ساعت ۲۳ تا ساعت ۷ صبح", "هر روز: ۲۳:۰۰ تا ۷:۰۰"),
        ("شنبه الی چهارشنبه ۲۳ الی ۷", "شنبه تا چهارشنبه: ۲۳:۰۰ تا ۷:۰۰"),
        ("نیمه شب تا ۷", "هر روز: ۰:۰۰ تا ۷:۰۰"),
        ("جمعه ۰ تا ۲۴", "جمعه: ۰:۰۰ تا ۲۴:۰۰"),
        ("هر روز ۱۳ تا ۱۵، ۲۳ تا ۷", "هر روز: ۱۳:۰۰ تا ۱۵:۰۰\nهر روز: ۲۳:۰۰ تا ۷:۰۰"),
        ("fri 0-10; daily 23-7", "جمعه: ۰:۰۰ تا ۱۰:۰۰\nهر روز: ۲۳:۰۰ تا ۷:۰۰"),
    ],
)
def test_quiet_hours_are_read_and_shown_as_people_say_them(typed: str, shown: str) -> None:
    assert "\n".join(slots.show_quiet(quiet) for quiet in typed_quiet.parse(typed)) == shown


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", NotATime),
        ("شنبه", VagueTime),
        ("شنبه ۸", NotATime),
        ("شنبه ۲۳ تا ۷ لطفاً", NotATime),
        ("هر روز ۱۱ تا ۷", VagueTime),  # of the morning, or of the evening?
        ("۸ تا ۸", VagueTime),
        ("شنبه ۱۲ شب تا ۷", VagueTime),  # whose night?
        ("daily 25:00-7", NoSuchTime),
        ("فردا ۲۳ تا ۷", NotATime),
        ("هر شب ۲۳ تا ۷\n" * 100, NotATime),
    ],
)
def test_quiet_hours_that_cannot_be_read_whole_are_refused(typed: str, error: type[TypedTimeError]) -> None:
    with pytest.raises(TypedTimeError) as caught:
        typed_quiet.parse(typed)
    assert type(caught.value) is error


@settings(max_examples=60, deadline=None)
@given(quiet=QUIET.filter(lambda one: one.start != one.end), language=st.sampled_from(["fa", "en"]))
def test_quiet_hours_shown_can_be_typed_back(quiet: Quiet, language: str) -> None:
    assert typed_quiet.parse(slots.show_quiet(quiet, language)) == (quiet,)


@pytest.mark.parametrize(
    "typed",
    [
        "شنبه تا چهارشنبه ۸ ورزشی",
        "شنبه ۸ دسته ورزش",
        "شنبه ۸ دسته: ورزش جمعه ۱۰",
        "شنبه ۸ دسته: ورزش جمعه",
        "شنبه ۸ دسته: ورزش دسته: هنر",
        "شنبه ۸ فوریت ۰",
        "شنبه ۸ فوریت ۹",
        "شنبه ۸ فوری فوری",
        "دسته: ورزش",
        "شنبه ۸ دسته: ورزش\nشنبه ۸",
        "شنبه ۸ دسته: " + "ورزش " * 20,
    ],
)
def test_a_kind_that_cannot_be_read_whole_is_refused(typed: str) -> None:
    with pytest.raises(TypedTimeError):
        typed_slots.parse(typed)


KINDS = st.builds(
    Slot,
    weekday=st.integers(0, 6),
    minute=st.integers(0, DAY - 1),
    category=st.sampled_from([None, "ورزش", "علم و فناوری", "World news"]),
    urgency=st.sampled_from([None, 1, 2, 8]),
)


@settings(max_examples=60, deadline=None)
@given(
    chosen=st.lists(KINDS, min_size=1, max_size=9, unique_by=lambda slot: (slot.weekday, slot.minute)),
    language=st.sampled_from(["fa", "en"]),
)
def test_slots_of_a_kind_shown_can_be_typed_back(chosen: list[Slot], language: str) -> None:
    assert set(typed_slots.parse(slots.show(chosen, language))) == set(chosen)


def test_slots_nearer_than_the_spacing_are_found_also_across_the_end_of_the_week() -> None:
    chosen = typed_slots.parse("یکشنبه ۲۳:۵۰؛ دوشنبه ۰:۰۵؛ سه\u200cشنبه ۸ و ۸:۳۰")
    near = slots.too_near(chosen, 20)
    assert near
    assert [(slot.weekday, slot.minute) for slot in near] == [(6, 1430), (0, 5)]
    assert slots.too_near(chosen, 15) is None
    assert slots.too_near(chosen[:1], 1440) is None


@pytest.mark.long
def test_a_place_behind_five_thousand_is_found_within_the_limits() -> None:
    rhythm = Rhythm(quiet=typed_quiet.parse("هر شب ۲۳ تا ۷"), spacing=30, per_hour=2, per_day=3)
    start = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
    chosen = typed_slots.parse("هر روز ۸ و ۱۲ و ۱۸")
    coming = slots.occurrences(chosen, start, TEHRAN)
    taken = [next(coming) for _ in range(5_000)]
    assert slots.next_free(chosen, taken, start, TEHRAN, rhythm=rhythm) == next(coming)
    tomorrow = start + timedelta(days=1)
    assert first_place(tomorrow, Taken(taken, TEHRAN), rhythm, TEHRAN) > taken[-3]
