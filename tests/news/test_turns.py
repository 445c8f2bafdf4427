"""Earlier, later and swap on queues of any shape."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import Contradiction, DeskError, Embargoed, NotMoved
from bot.news.model import Channel, Slot
from bot.news.plans.rhythm import quiet_until
from bot.news.plans.slots import coming_round, takes
from bot.news.plans.turns import Turn, earlier, in_order, later, swapped
from bot.news.quiet import Quiet, Rhythm

START = datetime(2026, 11, 22, tzinfo=UTC)
ZONE = "Asia/Tehran"
NIGHT = Rhythm(quiet=(Quiet(weekdays=frozenset(range(7)), start=23 * 60, end=7 * 60),))
OPEN = Channel(id=-1, title="خبر", time_zone=ZONE)
BY_DAY = Channel(id=-2, title="خبر", time_zone=ZONE, rhythm=NIGHT)
PICKY = Channel(
    id=-3,
    title="خبر",
    time_zone=ZONE,
    slots=tuple(
        Slot(weekday=weekday, minute=60 * hour + 30, category=category, urgency=urgency)
        for weekday in range(7)
        for hour, category, urgency in ((9, "ورزش", None), (12, None, 4), (16, "ورزش", 4), (20, None, None))
    ),
)


def after(hours: int) -> datetime:
    return START + timedelta(hours=hours)


@st.composite
def queues(draw: st.DrawFn) -> list[Turn]:
    """Up to eight posts within two days; some share a time, are under embargo, or pass quiet hours."""
    count = draw(st.integers(1, 8))
    return [
        Turn(
            id=number,
            due_at=after(due := draw(st.integers(0, 48))),
            embargoed_until=draw(st.none() | st.integers(due - 12, due).map(after)),
            category=draw(st.sampled_from([None, "ورزش", "ورزشي", "شهر"])),
            urgency=draw(st.integers(3, 6)),
            passes_quiet=draw(st.booleans()),
        )
        for number in draw(st.permutations(range(1, count + 1)))
    ]


def put(queue: list[Turn], pair: tuple[Turn, Turn]) -> list[Turn]:
    new = {turn.id: turn for turn in pair}
    return [new.get(turn.id, turn) for turn in queue]


@settings(max_examples=150, deadline=None)
@given(queues(), st.data(), st.sampled_from([(earlier, later), (later, earlier)]))
def test_there_and_back_is_where_it_was(queue: list[Turn], data: st.DataObject, moves: tuple) -> None:  # type: ignore[type-arg]
    there, back = moves
    chosen = data.draw(st.sampled_from(queue)).id
    try:
        moved = put(queue, there(queue, chosen, OPEN))
    except DeskError:
        return

    assert moved != queue
    assert put(moved, back(moved, chosen, OPEN)) == queue


@settings(max_examples=150, deadline=None)
@given(
    queues(), st.data(), st.sampled_from([earlier, later, swapped]), st.sampled_from([OPEN, BY_DAY, PICKY])
)
def test_the_others_keep_their_order_and_no_one_breaks_a_rule(
    queue: list[Turn],
    data: st.DataObject,
    move: object,
    where: Channel,
) -> None:
    one, other = data.draw(st.sampled_from(queue)), data.draw(st.sampled_from(queue))
    try:
        pair = (
            swapped(one, other, where)
            if move is swapped
            else (earlier if move is earlier else later)(queue, one.id, where)
        )
    except DeskError:
        return
    moved = put(queue, pair)
    changed = {turn.id for turn in pair}
    untouched = [turn.id for turn in in_order(queue) if turn.id not in changed]

    assert [turn.id for turn in in_order(moved) if turn.id in untouched] == untouched
    assert sorted(turn.due_at for turn in moved) == sorted(turn.due_at for turn in queue)
    for turn in pair:
        assert turn.embargoed_until is None or turn.due_at >= turn.embargoed_until
        assert turn.passes_quiet or quiet_until(turn.due_at, where.rhythm, ZONE) is None
        slot = coming_round(where.slots, turn.due_at, ZONE)
        assert slot is None or takes(slot, category=turn.category, urgency=turn.urgency)


@settings(max_examples=100, deadline=None)
@given(queues(), st.data())
def test_one_step_passes_exactly_one_post(queue: list[Turn], data: st.DataObject) -> None:
    chosen = data.draw(st.sampled_from(queue)).id
    before = [turn.id for turn in in_order(queue)]
    try:
        moved = put(queue, earlier(queue, chosen, OPEN))
    except DeskError:
        return
    place = before.index(chosen)
    before[place - 1 : place + 1] = [chosen, before[place - 1]]

    assert [turn.id for turn in in_order(moved)] == before


def test_what_can_not_be_moved_says_why() -> None:
    first, tied, twin = (Turn(id=n, due_at=after(h)) for n, h in ((1, 8), (2, 9), (3, 9)))
    for queue, id, move, reason in (
        ([first, tied], 1, earlier, "first"),
        ([first, tied], 2, later, "last"),
        ([first, tied, twin], 1, later, "tied"),
        ([first, tied, twin], 2, later, "tied"),
    ):
        with pytest.raises(NotMoved) as refused:
            move(queue, id, OPEN)
        assert refused.value.reason == reason
    with pytest.raises(NotMoved):
        swapped(tied, twin, OPEN)


def test_neither_of_two_goes_before_its_embargo_or_into_quiet_hours() -> None:
    bound = Turn(id=1, due_at=after(10), embargoed_until=after(9))
    free = Turn(id=2, due_at=after(8))
    with pytest.raises(Embargoed) as embargoed:
        earlier([free, bound], 1, OPEN)
    assert embargoed.value.until == after(9)

    day, night = Turn(id=1, due_at=after(8)), Turn(id=2, due_at=after(20), passes_quiet=True)
    with pytest.raises(NotMoved) as quiet:
        swapped(day, night, BY_DAY)
    assert quiet.value.reason == "quiet"


def test_neither_of_two_goes_into_a_slot_that_does_not_take_it() -> None:
    sport = Turn(id=1, due_at=after(6), category="ورزش")  # 09:30 there
    town = Turn(id=2, due_at=after(17), category="شهر")  # 20:30
    with pytest.raises(Contradiction) as refused:
        swapped(sport, town, PICKY)
    assert (refused.value.reason, [slot.minute for slot in refused.value.slots]) == ("other_story", [570])
    assert swapped(sport, Turn(id=3, due_at=after(17), category="ورزش"), PICKY)[0].due_at == after(17)
