"""Weekly slots: typed by sentence, shown the way people say them, coming round, free or taken."""

import json
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import NoFreeSlot, NoSuchTime, NotATime, TypedTimeError, VagueTime
from bot.news.model import Slot
from bot.news.plans import slots
from bot.news.times import typed_slots

TEHRAN = "Asia/Tehran"
PHRASES = json.loads((Path(__file__).parents[1] / "data" / "typed_times.json").read_text(encoding="utf-8"))
NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)  # Sunday 12:00 in Tehran


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("شنبه تا چهارشنبه ۸ و ۱۲:۳۰ و ۱۸", "شنبه تا چهارشنبه: ۸:۰۰، ۱۲:۳۰ و ۱۸:۰۰"),
        ("جمعه\u200cها ۱۰", "جمعه: ۱۰:۰۰"),
        ("هر روز ۹ و ۲۱", "هر روز: ۹:۰۰ و ۲۱:۰۰"),
        ("sat-wed 08:00,12:30", "شنبه تا چهارشنبه: ۸:۰۰ و ۱۲:۳۰"),
        ("daily 9:00", "هر روز: ۹:۰۰"),
        ("fridays 8am and 9pm", "جمعه: ۸:۰۰ و ۲۱:۰۰"),
        ("monday to friday at 9:00 and 17:00", "دوشنبه تا جمعه: ۹:۰۰ و ۱۷:۰۰"),
        ("از شنبه تا سه شنبه ساعت ۸", "شنبه تا سه\u200cشنبه: ۸:۰۰"),
        ("شنبه، دوشنبه و چهارشنبه ساعت ۸ صبح و ۹ شب", "شنبه، دوشنبه و چهارشنبه: ۸:۰۰ و ۲۱:۰۰"),
        ("روزهای فرد ۱۰", "یکشنبه، سه\u200cشنبه و پنج\u200cشنبه: ۱۰:۰۰"),
        ("هر روز به جز جمعه ۹", "شنبه تا پنج\u200cشنبه: ۹:۰۰"),
        ("هر شب ساعت ۹", "هر روز: ۲۱:۰۰"),
        ("هر شب ۱۲", "هر روز: ۰:۰۰"),
        ("۸ و ۲۰ هر روز", "هر روز: ۸:۰۰ و ۲۰:۰۰"),
        ("شنبه ساعت هشت و نیم و یک ربع به نه", "شنبه: ۸:۳۰ و ۸:۴۵"),
        ("۵شنبه ۸؛ جمعه ۹\nشنبه ۱۰", "شنبه: ۱۰:۰۰\nپنج\u200cشنبه: ۸:۰۰\nجمعه: ۹:۰۰"),
        ("شنبه تا چهارشنبه ۸ و ۱۲:۳۰ جمعه ۱۰", "شنبه تا چهارشنبه: ۸:۰۰ و ۱۲:۳۰\nجمعه: ۱۰:۰۰"),
        ("شنبه ۸ و ۸ و ۸:۰۰", "شنبه: ۸:۰۰"),
        ("جمعه ۲۴:۰۰", "شنبه: ۰:۰۰"),
        ("هر روز ظهر", "هر روز: ۱۲:۰۰"),
    ],
)
def test_slots_are_read_and_shown_as_people_say_them(typed: str, shown: str) -> None:
    assert slots.show(typed_slots.parse(typed)) == shown


@pytest.mark.parametrize(("typed", "shown"), PHRASES["slots"].items())
def test_slots_are_read_as_people_type_them(typed: str, shown: str) -> None:
    assert slots.show(typed_slots.parse(typed)) == shown


@pytest.mark.parametrize(("typed", "refusal"), PHRASES["slots_refused"].items())
def test_slots_in_doubt_are_asked_about(typed: str, refusal: list[str]) -> None:
    with pytest.raises(TypedTimeError) as caught:
        typed_slots.parse(typed)
    assert [type(caught.value).__name__, caught.value.reason] == refusal


@pytest.mark.parametrize(("typed", "closed"), PHRASES["closed"].items())
def test_days_may_be_closed(typed: str, closed: list[int]) -> None:
    assert sorted(typed_slots.wanted(typed).closed) == closed


@pytest.mark.parametrize(
    "typed",
    ["هر روز از ۸ تا ۱۰ شب هر ساعت", "جمعه\u200cها ۱۰؛ جمعه\u200cها تعطیل", "هر شب ۱۲، جمعه\u200cها تعطیل"],
)
def test_a_part_of_the_day_or_a_closed_day_that_may_mean_more_is_asked_about(typed: str) -> None:
    with pytest.raises(VagueTime):
        typed_slots.wanted(typed)


@pytest.mark.parametrize("typed", ["بقیه روزها ۸", "هر روز ۸، بقیه روزها ۹", "شنبه ۹-۱۳", "شنبه ۹ - ۱۳"])
def test_the_rest_of_no_days_and_two_hours_with_a_dash_are_asked_about(typed: str) -> None:
    with pytest.raises(TypedTimeError):
        typed_slots.parse(typed)


def test_weekdays_count_from_monday() -> None:
    assert typed_slots.parse("دوشنبه ۸") == (Slot(weekday=0, minute=480),)
    assert typed_slots.parse("sunday 8:00") == (Slot(weekday=6, minute=480),)


def test_english_is_shown_in_the_same_week() -> None:
    assert slots.show(typed_slots.parse("sat-wed 8, 12:30; fri 10"), "en") == (
        "Saturday to Wednesday: 08:00 and 12:30\nFriday: 10:00"
    )


@pytest.mark.parametrize(
    ("typed", "error", "fault"),
    [
        ("", NotATime, ""),
        ("سلام", NotATime, "سلام"),
        ("شنبه ۸ تا ۱۲", NotATime, "تا"),
        ("شنبه ۸ احتمالاً", NotATime, "احتمالاً"),
        ("جمعه ۱۰ و", NotATime, "و"),
        ("فردا ۱۰", NotATime, "فردا"),
        ("شنبه ۸\nجمعه ۱۰ شاید", NotATime, "شاید"),
        ("شنبه ۲۵:۰۰", NoSuchTime, "۲۵:۰۰"),
        ("شنبه ۸:۷۰", NoSuchTime, "۸:۷۰"),
        ("شنبه", VagueTime, "شنبه"),
        ("۹ و ۲۱", VagueTime, "۹ و ۲۱"),
        ("شنبه ۸ و ۱۰ شب", VagueTime, "شنبه ۸ و ۱۰ شب"),
        ("شنبه ۱۲ شب", VagueTime, "شنبه ۱۲ شب"),
        ("شنبه هشت و ده", VagueTime, "هشت و ده"),
        ("روزی سه بار ۸ و ۲۰", VagueTime, "روزی سه بار ۸ و ۲۰"),
        ("شنبه تا شنبه ۸", VagueTime, "شنبه تا شنبه"),
        ("شنبه ۸ به جز شنبه", NotATime, "به"),
        ("هر روز ۲۲ تا ۶ هر ۲ ساعت", NotATime, "تا"),
        ("هر روز ۸ تا ۲۰ هر ۰ دقیقه", NotATime, "تا"),
    ],
)
def test_what_cannot_be_read_whole_is_refused(typed: str, error: type[TypedTimeError], fault: str) -> None:
    with pytest.raises(TypedTimeError) as caught:
        typed_slots.parse(typed)
    assert type(caught.value) is error
    assert caught.value.text == fault


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("شنبه تا شنبه ۸", "empty"),
        ("شنبه ۸ تا ۸", "empty"),
        ("۸ تا ۸", "empty"),
        ("۹ و ۲۱", "no days"),
        ("۸ تا ۲۰ هر دو ساعت", "no days"),
    ],
)
def test_what_is_clear_but_not_enough_is_told_from_what_is_in_doubt(typed: str, reason: str) -> None:
    with pytest.raises(VagueTime) as caught:
        typed_slots.parse(typed)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("هر روز ۹ به جز جمعه", "شنبه تا پنج\u200cشنبه: ۹:۰۰"),
        ("شنبه تا چهارشنبه ۹ و ۲۱ به جز دوشنبه", "شنبه، یکشنبه، سه\u200cشنبه و چهارشنبه: ۹:۰۰ و ۲۱:۰۰"),
        ("جمعه\u200cها ۸ تا ۱۴ هر دو ساعت", "جمعه: ۸:۰۰، ۱۰:۰۰، ۱۲:۰۰ و ۱۴:۰۰"),
        ("جمعه از ۸ صبح تا ۱۱ صبح هر نود دقیقه", "جمعه: ۸:۰۰، ۹:۳۰ و ۱۱:۰۰"),
        ("fri 8 until 12 every 2 hours", "جمعه: ۸:۰۰، ۱۰:۰۰ و ۱۲:۰۰"),
        ("fri 8 to 12 every 2 hours", "جمعه: ۸:۰۰، ۱۰:۰۰ و ۱۲:۰۰"),
        ("fri from 8 to 10 every hour", "جمعه: ۸:۰۰، ۹:۰۰ و ۱۰:۰۰"),
        ("جمعه\u200cها از ۸ تا ۱۰ هر ساعت", "جمعه: ۸:۰۰، ۹:۰۰ و ۱۰:۰۰"),
        ("fri ten to nine", "جمعه: ۸:۵۰"),
        ("جمعه ۸ : ۳۰ و ۹ :۱۵", "جمعه: ۸:۳۰ و ۹:۱۵"),
    ],
)
def test_slots_at_regular_hours_and_with_exceptions(typed: str, shown: str) -> None:
    assert slots.show(typed_slots.parse(typed)) == shown


def test_far_too_much_is_refused() -> None:
    with pytest.raises(NotATime):
        typed_slots.parse(
            "\n".join(f"هر روز {hour}:{minute:02}" for hour in range(3) for minute in range(10))
        )
    with pytest.raises(NotATime):
        typed_slots.parse("شنبه ۸\n" * 1000)


SLOTS = st.lists(
    st.builds(Slot, weekday=st.integers(0, 6), minute=st.integers(0, 1439)), min_size=1, max_size=12
)
ZONES = st.sampled_from(["Asia/Tehran", "Asia/Kabul", "Europe/Berlin", "America/New_York", "Pacific/Apia"])
INSTANTS = st.timedeltas(timedelta(0), timedelta(days=7_000)).map(
    lambda since: datetime(2011, 6, 1, tzinfo=UTC) + since
)


@settings(max_examples=80, deadline=None)
@given(chosen=SLOTS, language=st.sampled_from(["fa", "en"]))
def test_what_is_shown_can_be_typed_back(chosen: list[Slot], language: str) -> None:
    once = {(slot.weekday, slot.minute) for slot in chosen}
    assert {(s.weekday, s.minute) for s in typed_slots.parse(slots.show(chosen, language))} == once


@settings(max_examples=80, deadline=None)
@given(chosen=SLOTS, after=INSTANTS, zone=ZONES)
def test_slots_come_round_in_order_on_the_channels_clock(
    chosen: list[Slot], after: datetime, zone: str
) -> None:
    found = list(islice(slots.occurrences(chosen, after, zone), 30))

    assert found[0] > after
    assert all(one < two for one, two in pairwise(found))
    wanted = {(slot.weekday, slot.minute) for slot in chosen}
    walls = [at.astimezone(ZoneInfo(zone)) for at in found]
    off = [wall for wall in walls if (wall.weekday(), wall.hour * 60 + wall.minute) not in wanted]
    for wall in off:  # only the end of a gap
        before = (wall.astimezone(UTC) - timedelta(seconds=1)).astimezone(ZoneInfo(zone))
        assert before.utcoffset() != wall.utcoffset()
    assert all(wall.fold == 0 for wall in walls)


def test_a_slot_in_a_skipped_hour_comes_at_the_end_of_the_gap() -> None:
    chosen = typed_slots.parse("هر روز ۲:۱۵ و ۲:۳۰")
    first, second = islice(slots.occurrences(chosen, datetime(2026, 3, 29, tzinfo=UTC), "Europe/Berlin"), 2)
    assert first == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert second == datetime(2026, 3, 30, 0, 15, tzinfo=UTC)


def test_a_slot_in_an_hour_that_comes_twice_comes_once() -> None:
    chosen = typed_slots.parse("هر روز ۲:۳۰")
    first, second = islice(
        slots.occurrences(chosen, datetime(2026, 10, 24, 12, tzinfo=UTC), "Europe/Berlin"), 2
    )
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert second == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


@settings(max_examples=60, deadline=None)
@given(chosen=SLOTS, now=INSTANTS, zone=ZONES, kept=st.lists(st.booleans(), max_size=25))
def test_the_next_free_slot_is_the_earliest_that_is_not_taken(
    chosen: list[Slot], now: datetime, zone: str, kept: list[bool]
) -> None:
    coming = list(islice(slots.occurrences(chosen, now, zone), len(kept) + 1))
    taken = {at.astimezone(ZoneInfo(zone)) for at, keep in zip(coming, kept, strict=False) if keep}

    free = slots.next_free(chosen, taken, now, zone)

    assert free == next(at for at in coming if at not in {one.astimezone(UTC) for one in taken})
    assert free > now


@settings(max_examples=40, deadline=None)
@given(chosen=SLOTS, now=INSTANTS, zone=ZONES, wait=st.timedeltas(timedelta(0), timedelta(days=30)))
def test_a_queue_fills_in_order_and_no_slot_is_given_twice(
    chosen: list[Slot], now: datetime, zone: str, wait: timedelta
) -> None:
    queue: list[datetime] = []
    for _ in range(15):
        queue.append(slots.next_free(chosen, queue, now, zone, not_before=now + wait))

    assert queue == sorted(set(queue))
    assert queue[0] >= now + wait


def test_a_slot_at_the_end_of_the_embargo_is_free() -> None:
    chosen = typed_slots.parse("هر روز ۱۰")
    embargo = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo(TEHRAN))
    assert slots.next_free(chosen, (), NOW, TEHRAN, not_before=embargo) == embargo
    assert slots.next_free(chosen, (), embargo, TEHRAN, not_before=NOW) == embargo + timedelta(days=1)


def test_a_channel_without_slots_has_no_free_one() -> None:
    with pytest.raises(NoFreeSlot):
        slots.next_free((), (), NOW, TEHRAN)


def test_five_thousand_taken_slots_are_passed() -> None:
    chosen = typed_slots.parse("هر روز ۸ و ۱۲ و ۱۸")
    coming = list(islice(slots.occurrences(chosen, NOW, TEHRAN), 5_001))
    assert slots.next_free(chosen, coming[:-1], NOW, TEHRAN) == coming[-1]
