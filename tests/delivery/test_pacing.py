"""The pace: no window is ever overfilled, no second is wasted, and nobody waits for another's chat."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from math import inf
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import config
from bot.delivery.pacing import Limits, Pace, Pause, Share
from bot.errors import ConfigError
from bot.simulator.rates import Rates
from tests.traffic import ARRIVALS, ASKS, CHATS, EDITOR, NEWS, NOON, SPORT, Ask, Gone, after, drained, driven

LIMITS = st.builds(
    Limits,
    per_chat=st.sampled_from([0.3, 1.0, 3.0]),
    per_group=st.integers(1, 20),
    overall=st.integers(3, 30),
    reserved=st.integers(0, 2),
    speed=st.sampled_from([1.0, 1.0, 7.0]),
)


def fullest(gone: list[Gone], seconds: float, most: int, of: Callable[[Ask], bool]) -> int:
    """The most items in any such stretch of time; an album that is larger than allowed counts as what is allowed,
    if it stands there alone."""
    chosen, record = [one for one in gone if of(one.ask)], 0
    for first, start in enumerate(chosen):
        within = [one for one in chosen[first:] if one.at - start.at < timedelta(seconds=seconds)]
        count = sum(one.ask.items for one in within)
        record = max(record, most if len(within) == 1 and count > most else count)
    return record


def assert_kept(gone: list[Gone], limits: Limits) -> None:
    second, minute = 1 / limits.speed, 60 / limits.speed
    posts = limits.overall - limits.reserved
    assert fullest(gone, second, limits.overall, lambda ask: True) <= limits.overall
    assert fullest(gone, second, posts, lambda ask: ask.share is Share.POSTS) <= posts
    for chat_id in {one.ask.chat_id for one in gone}:
        own = [one for one in gone if one.ask.chat_id == chat_id]
        for one, following in pairwise(own):
            gap = (following.at - one.at).total_seconds()
            assert gap >= one.ask.items / limits.per_chat / limits.speed, f"too close in {chat_id}"
        if chat_id < 0:
            assert fullest(own, minute, limits.per_group, lambda ask: True) <= limits.per_group


@settings(max_examples=60, deadline=None)
@given(limits=LIMITS, arrivals=ARRIVALS)
def test_no_window_is_overfilled_however_messages_arrive(
    limits: Limits, arrivals: list[tuple[float, Ask]]
) -> None:
    assert_kept(driven(Pace(limits), arrivals), limits)


@settings(max_examples=60, deadline=None)
@given(limits=LIMITS, queue=st.lists(ASKS, max_size=60))
def test_no_window_is_overfilled_by_a_queue_that_is_drained(limits: Limits, queue: list[Ask]) -> None:
    gone = drained(Pace(limits), queue)

    assert len(gone) == len(queue)
    assert_kept(gone, limits)


@settings(max_examples=40, deadline=None)
@given(
    arrivals=ARRIVALS,
    late=st.lists(st.floats(0, 0.0099), min_size=60, max_size=60),
    hurry=st.sampled_from([1, 20]),
)
def test_the_simulator_takes_all_that_the_pace_lets_through_also_if_some_arrive_late(
    arrivals: list[tuple[float, Ask]], late: list[float], hurry: int
) -> None:
    gone = driven(Pace(Limits(speed=hurry)), arrivals)
    arrived = sorted(
        ((one.at + timedelta(seconds=by / hurry), one.ask) for one, by in zip(gone, late, strict=False)),
        key=lambda pair: pair[0],
    )
    rates = Rates(hurry)

    assert [rates.take(ask.chat_id, at, ask.items) for at, ask in arrived] == [0] * len(arrived)


@settings(max_examples=60, deadline=None)
@given(limits=LIMITS, arrivals=ARRIVALS, ask=ASKS)
def test_the_wait_is_exact_to_the_microsecond(
    limits: Limits, arrivals: list[tuple[float, Ask]], ask: Ask
) -> None:
    pace = Pace(limits)
    now = max((one.at for one in driven(pace, arrivals)), default=NOON)

    def wait(at: datetime) -> float:
        return pace.wait(ask.chat_id, at, items=ask.items, share=ask.share)

    free = now + timedelta(seconds=wait(now))
    assert wait(free) == 0.0
    assert free == now or wait(free - timedelta(microseconds=1)) == pytest.approx(1e-6)
    assert pace.room(now, items=ask.items, share=ask.share) <= wait(now)


@pytest.mark.parametrize("count", [1, 2, 20, 21, 40, 100, 390])
def test_one_channel_takes_hardly_longer_than_telegram_asks_for(count: int) -> None:
    shortest = (count - 1) // 20 * 60 + (count - 1) % 20
    gone = driven(Pace(Limits()), [(0.0, Ask(chat_id=NEWS))] * count)

    assert shortest <= (gone[-1].at - NOON).total_seconds() <= shortest * 1.02


def test_many_chats_take_hardly_longer_than_telegram_asks_for() -> None:
    channels = [Ask(chat_id=-number) for _ in range(20) for number in range(1, 31)]
    people = [Ask(chat_id=number) for number in range(1, 1001)]
    for queue in (channels, people):
        shortest = -(-len(queue) // 25) - 1
        gone = drained(Pace(Limits()), queue)

        assert shortest <= (gone[-1].at - NOON).total_seconds() <= shortest * 1.02


def test_the_staff_has_a_part_that_posts_leave_alone_and_may_use_all_of_it() -> None:
    pace = Pace(Limits())
    posts = drained(pace, [Ask(chat_id=number) for number in range(1, 27)])
    assert [one.at == NOON for one in posts] == [True] * 25 + [False]

    pace = Pace(Limits())
    drained(pace, [Ask(chat_id=number) for number in range(1, 26)])
    assert pace.wait(99, NOON) == pace.room(NOON) == 1.01
    assert pace.room(NOON, share=Share.STAFF) == 0.0
    staff = drained(pace, [Ask(chat_id=number, share=Share.STAFF) for number in range(100, 106)])
    assert [one.at == NOON for one in staff] == [True] * 5 + [False]

    alone = drained(Pace(Limits()), [Ask(chat_id=number, share=Share.STAFF) for number in range(1, 32)])
    assert [one.at == NOON for one in alone] == [True] * 30 + [False]


def test_posts_have_a_part_too_however_busy_the_staff_is() -> None:
    pace = Pace(Limits())
    for number in range(100, 105):
        pace.take(number, NOON, share=Share.STAFF)
    posts = drained(pace, [Ask(chat_id=number) for number in range(1, 26)])

    assert {one.at for one in posts} == {NOON}


def test_a_chat_that_has_to_wait_holds_up_no_other() -> None:
    pace = Pace(Limits())
    pace.take(NEWS, NOON)
    pace.pause(SPORT, after(3600))

    assert (pace.wait(NEWS, NOON), pace.wait(SPORT, NOON), pace.wait(-1003, NOON)) == (1.01, 3600.0, 0.0)
    assert pace.room(NOON) == 0.0


def test_an_album_is_not_overtaken_for_ever_by_single_messages() -> None:
    pace = Pace(Limits(overall=12, reserved=2))
    for number in range(10):
        pace.take(number + 1, after(number / 10))
    album, singles = Ask(chat_id=NEWS, items=10), [Ask(chat_id=number) for number in range(100, 200)]
    gone = drained(pace, [album, *singles], now=after(0.95))

    assert gone[0] == Gone(after(0.9 + 1.01), album)


def test_an_album_counts_each_of_its_items() -> None:
    pace = Pace(Limits())
    pace.take(NEWS, NOON, items=10)
    assert pace.wait(NEWS, NOON) == pytest.approx(10.1)

    pace.take(NEWS, after(10.1), items=9)
    assert pace.wait(NEWS, after(30)) == 0.0, "there is room for one"
    assert pace.wait(NEWS, after(30), items=2) == pytest.approx(30.6), (
        "two wait until the first album is a minute old"
    )


def test_an_album_larger_than_a_limit_goes_when_nothing_else_was_sent() -> None:
    pace = Pace(Limits(per_group=4, overall=6))
    assert pace.wait(NEWS, NOON, items=10) == 0.0

    pace.take(NEWS, NOON, items=10)
    assert pace.wait(NEWS, NOON, items=10) == pytest.approx(60.6)
    assert pace.wait(SPORT, NOON) == pytest.approx(1.01)


def test_a_person_is_a_chat_without_a_limit_by_the_minute() -> None:
    gone = drained(Pace(Limits()), [Ask(chat_id=EDITOR)] * 61)

    assert (gone[-1].at - NOON).total_seconds() == pytest.approx(60.6)


def test_what_went_out_unasked_counts_too() -> None:
    pace = Pace(Limits())
    for _ in range(3):
        pace.take(EDITOR, NOON)

    assert pace.wait(EDITOR, NOON) == pytest.approx(3.03)


def test_a_pause_holds_for_its_chat_and_one_everywhere_for_all_and_for_everybody() -> None:
    pace = Pace(Limits())
    pace.pause(NEWS, after(30))
    pace.pause(NEWS, after(10))
    assert pace.wait(NEWS, NOON) == pace.wait(NEWS, NOON, share=Share.STAFF) == 30.0
    assert pace.wait(SPORT, NOON) == 0.0

    pace.pause(None, after(5))
    assert (pace.wait(NEWS, NOON), pace.wait(SPORT, NOON)) == (30.0, 5.0)
    assert pace.wait(EDITOR, NOON, share=Share.STAFF) == 5.0
    assert pace.room(NOON) == pace.room(NOON, share=Share.STAFF) == 5.0
    assert pace.wait(SPORT, after(5)) == 0.0


def test_one_chats_flood_is_its_own_however_long_and_however_often() -> None:
    pace = Pace(Limits())

    assert pace.flooded(NEWS, NOON, 3600.0) == (Pause(chat_id=NEWS, until=after(3601)),)
    assert pace.flooded(NEWS, after(1), 10.0) == (Pause(chat_id=NEWS, until=after(12)),)
    assert pace.wait(NEWS, after(12)) == 3589.0
    assert pace.wait(SPORT, after(12)) == 0.0


def test_a_second_chats_flood_while_the_first_still_waits_is_the_bots() -> None:
    pace = Pace(Limits())
    pace.flooded(NEWS, NOON, 30.0)
    pauses = pace.flooded(SPORT, after(1), 40.0)

    assert pauses == (Pause(chat_id=SPORT, until=after(42)), Pause(chat_id=None, until=after(31)))
    assert pace.wait(EDITOR, after(1), share=Share.STAFF) == 30.0
    assert pace.wait(SPORT, after(31)) == 11.0


def test_a_banned_chat_silences_the_others_no_longer_than_their_own_flood() -> None:
    pace = Pace(Limits())
    pace.flooded(NEWS, NOON, 36_000.0)

    assert pace.flooded(SPORT, after(60), 4.0)[-1] == Pause(chat_id=None, until=after(65))
    assert pace.flooded(EDITOR, after(70), 4.0)[-1] == Pause(chat_id=None, until=after(75))


def test_a_flood_after_the_others_wait_is_over_is_again_one_chats() -> None:
    pace = Pace(Limits())
    pace.flooded(NEWS, NOON, 5.0)

    assert pace.flooded(SPORT, after(6), 5.0) == (Pause(chat_id=SPORT, until=after(12)),)


@settings(max_examples=40, deadline=None)
@given(
    arrivals=ARRIVALS,
    floods=st.lists(CHATS, max_size=3),
    chat_id=CHATS,
    items=st.sampled_from([1, 2, 10]),
    seed=st.integers(0, 9),
)
def test_a_restart_forgets_nothing_that_the_database_kept(
    arrivals: list[tuple[float, Ask]], floods: list[int], chat_id: int, items: int, seed: int
) -> None:
    before, after_restart = Pace(Limits()), Pace(Limits())
    gone = driven(before, [(gap, Ask(chat_id=ask.chat_id, items=ask.items)) for gap, ask in arrivals])
    now = max((one.at for one in gone), default=NOON)
    pauses = [pause for chat in floods for pause in before.flooded(chat, now, 7.0)]
    sent = [(one.ask.chat_id, one.at) for one in gone for _ in range(one.ask.items)]
    random.Random(seed).shuffle(sent)
    after_restart.remember(sent)
    for pause in pauses:
        after_restart.pause(pause.chat_id, pause.until)

    assert after_restart.wait(chat_id, now, items=items) == before.wait(chat_id, now, items=items)


@settings(max_examples=40, deadline=None)
@given(arrivals=ARRIVALS, back=st.floats(1, 86_400), chat_id=CHATS)
def test_a_clock_that_is_set_back_stops_nothing(
    arrivals: list[tuple[float, Ask]], back: float, chat_id: int
) -> None:
    pace = Pace(Limits())
    gone = driven(pace, arrivals)
    now = max((one.at for one in gone), default=NOON)
    pace.take(EDITOR, now)
    pace.pause(SPORT, now + timedelta(seconds=20))
    before = pace.wait(chat_id, now)
    now -= timedelta(seconds=back)

    assert pace.wait(chat_id, now) <= before
    assert pace.wait(chat_id, now + timedelta(seconds=before)) == 0.0


def test_a_clock_set_back_forgets_nothing_either() -> None:
    pace = Pace(Limits())
    for seconds in range(20):
        pace.take(NEWS, after(seconds * 1.01))

    assert pace.wait(NEWS, after(-3600)) == pytest.approx(60.6 - 19 * 1.01)
    assert pace.flooded(SPORT, after(-3600), 4.0) == (Pause(chat_id=SPORT, until=after(-3595)),)
    assert pace.wait(SPORT, after(-3600)) == 5.0


def test_a_caller_with_a_slightly_older_now_does_not_shift_the_clock() -> None:
    pace = Pace(Limits())
    pace.take(NEWS, after(0.5))
    pace.take(SPORT, NOON)

    assert pace.wait(NEWS, after(0.5)) == pytest.approx(1.01)
    assert pace.wait(SPORT, NOON) == pytest.approx(1.51)


def test_chats_that_have_been_silent_for_a_minute_are_forgotten() -> None:
    pace = Pace(Limits())
    for number in range(1, 2001):
        pace.take(number, after(number / 25))
        pace.take(-number, after(number / 25))

    assert len(pace._chats) <= 2 * 25 * 61


def test_a_world_that_counts_nothing_lets_everything_through_at_once() -> None:
    gone = drained(Pace(Limits(speed=inf)), [Ask(chat_id=NEWS, items=10)] * 50)

    assert {one.at for one in gone} == {NOON}


def test_the_limits_are_settings(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(
        "[pacing]\nper_chat = 0.5\nper_group_per_minute = 10\noverall = 9\nreserved = 2\nspeed = 3"
    )
    limits = Limits(per_chat=0.5, per_group=10, overall=9, reserved=2, speed=3)
    assert config.load(file).pacing.limits() == limits
    assert config.load(None).pacing.limits() == Limits()

    file.write_text("[pacing]\noverall = 5")
    with pytest.raises(ConfigError) as caught:
        config.load(file)
    assert [place for place, _ in caught.value.faults] == ["pacing"]


@pytest.mark.parametrize(
    "wrong",
    [{"per_chat": 0}, {"per_group": 0}, {"overall": 0}, {"reserved": 30}, {"reserved": -1}, {"speed": 0}],
)
def test_limits_under_which_nothing_could_go_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="must be"):
        Limits(**wrong)
