"""The judge itself: it must turn red for each way in which a promise can be broken, and only then."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.crash.judge import Evidence, Fault, Message, Order, judge
from tests.crash.ledger import Change, Entry, Part

pytestmark = pytest.mark.crash
NEWS, LINK = -1001, "https://t.me/news"
DUE = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
ORDER = Order(story=7, channel_id=NEWS, link=LINK, sentences=(0, 1, 2, 3))
POST = Entry(
    id=1,
    story=7,
    channel_id=NEWS,
    state="sent",
    due_at=DUE,
    version=1,
    parts=(Part(state="sent", message_ids=(4,)), Part(state="sent", message_ids=(6,))),
    verbs=("schedule",),
)


def message(id: int, text: str, **more: Any) -> Message:
    return {"message_id": id, "date": int(DUE.timestamp()), "text": text, **more}


def button(**what: str) -> dict[str, Any]:
    return {"reply_markup": {"inline_keyboard": [[{"text": "دکمه", **what}]]}}


THERE = (message(4, "سر m7v1p0\n\nm7v1p1"), message(5, "از دیگری"), message(6, "m7v1p2 و m7v1p3"))
TOLD = message(30, "m7v1p0 در کانال است", **button(url=f"{LINK}/4"))
ASKED = message(31, "m7v1p0 شاید در کانال باشد", **button(callback_data="plan.it_is_there:1"))


def evidence(**changes: Any) -> Evidence:
    fine = Evidence(
        channels={NEWS: THERE},
        ledger=(POST,),
        sent=Counter({(NEWS, 7, sentence): 1 for sentence in range(4)}),
        told=(TOLD,),
        others=frozenset({(NEWS, 5)}),
    )
    return replace(fine, **changes)


def faults(order: Order = ORDER, **changes: Any) -> set[Fault]:
    return {finding.fault for finding in judge([order], evidence(**changes))}


def post(**changes: Any) -> tuple[Entry, ...]:
    return (replace(POST, **changes),)


def test_all_as_promised_is_clean() -> None:
    assert faults() == set()


def test_what_stands_twice_is_doubled() -> None:
    again = message(8, "m7v1p2 و m7v1p3")
    assert Fault.DOUBLED in faults(channels={NEWS: (*THERE, again)})


def test_what_was_sent_twice_is_doubled_though_one_was_deleted_since() -> None:
    assert faults(sent=Counter({(NEWS, 7, 0): 2})) == {Fault.DOUBLED}


@pytest.mark.parametrize("ledger", [(), post(state="pending", parts=()), post(state="sending", parts=())])
def test_what_is_not_out_and_not_settled_is_lost(ledger: tuple[Entry, ...]) -> None:
    assert faults(channels={NEWS: ()}, ledger=ledger, sent={}, told=()) == {Fault.LOST}


def test_a_post_of_which_a_message_is_missing_is_lost() -> None:
    assert Fault.LOST in faults(channels={NEWS: THERE[:2]})


def test_messages_in_another_order_are_found() -> None:
    turned = (message(4, "m7v1p2 و m7v1p3"), message(6, "m7v1p0 و m7v1p1"))
    assert faults(channels={NEWS: turned}) == {Fault.MISRECORDED}


@pytest.mark.parametrize(
    "parts",
    [
        (Part(state="sent", message_ids=(4,)), Part(state="sent", message_ids=(9,))),
        (Part(state="sent", message_ids=(4,)), Part(state="sent")),
        (Part(state="sent", message_ids=(4, 5)), Part(state="sent", message_ids=(6,))),
    ],
)
def test_other_ids_in_the_ledger_than_in_the_channel_are_mis_recorded(parts: tuple[Part, ...]) -> None:
    assert faults(ledger=post(parts=parts)) == {Fault.MISRECORDED}


@pytest.mark.parametrize(("state", "verb"), [("held", "hold"), ("canceled", "cancel")])
def test_what_was_held_or_canceled_may_not_be_out(state: str, verb: str) -> None:
    assert Fault.MISRECORDED in faults(ledger=post(state=state, verbs=("schedule", verb)))
    assert Fault.MISRECORDED in faults(ledger=post(verbs=("schedule", verb)))
    quiet = post(state=state, verbs=("schedule", verb), parts=())
    assert faults(ledger=quiet, channels={NEWS: ()}, sent={}, told=()) == set()


def test_an_unconfirmed_post_is_fine_where_someone_was_asked() -> None:
    unsure = post(state="unconfirmed", reason="crash", parts=(POST.parts[0], Part(state="sending")))
    assert faults(ledger=unsure, told=(ASKED,)) == set()
    assert faults(ledger=unsure, told=(ASKED,), channels={NEWS: THERE[:2]}) == set()
    assert faults(ledger=unsure, told=()) == {Fault.UNTOLD}
    assert faults(ledger=post(state="unconfirmed", parts=unsure[0].parts), told=(ASKED,)) == {Fault.UNTOLD}


def test_what_a_summary_of_late_posts_counts_is_told_though_it_is_not_named() -> None:
    late = (replace(POST, announced=True), replace(POST, id=2, story=8, announced=True))

    def summary(text: str, *more: str) -> Message:
        rows = [[{"text": "دکمه", "callback_data": data}] for data in (*more, "plan.board:-1001")]
        return message(31, text, reply_markup={"inline_keyboard": rows})

    named, counted = "در راه:\n• m9v1p0 — کانال", "\n… و ۲ پست دیگر"
    assert faults(ledger=late, told=(summary(named + counted),)) == set()
    assert faults(ledger=late, told=(summary(named + counted.replace("۲", "۱")),)) == {Fault.UNTOLD}
    canceled = (late[0], replace(late[1], state="canceled"))
    assert faults(ledger=canceled, told=(summary(named + counted.replace("۲", "۱")),)) == set()
    assert faults(ledger=late, told=(summary(f"{named}\n\nسکوت:{counted}"),)) == set()
    assert faults(ledger=late, told=(summary("در راه:\n• m7v1p0 — کانال"),)) == set()
    assert faults(ledger=late, told=(summary(named),)) == {Fault.UNTOLD}
    assert faults(ledger=late, told=(summary(named + counted, "plan.late_now:c1:0"),)) == {Fault.UNTOLD}
    assert faults(ledger=post(), told=(summary(named + counted),)) == {Fault.UNTOLD}


def test_what_the_bot_holds_back_by_itself_is_asked_about() -> None:
    late = post(state="held", reason="late", parts=())
    empty: dict[str, Any] = {"channels": {NEWS: ()}, "sent": {}}
    assert faults(ledger=late, told=(ASKED,), **empty) == set()
    assert faults(ledger=late, told=(), **empty) == {Fault.UNTOLD}


def test_a_summary_that_counts_all_late_posts_need_not_name_each() -> None:
    late = (*post(state="held", reason="late", parts=()), replace(POST, id=2, state="held", reason="late"))
    empty: dict[str, Any] = {"channels": {NEWS: ()}, "sent": {}}
    counts = {
        n: message(32, f"{n} پست نگه داشته شدند", **button(callback_data="plan.late_now:c1")) for n in "۱۲"
    }
    assert faults(ledger=late[::-1], told=(counts["۲"],), **empty) == set()
    assert faults(ledger=late[::-1], told=(counts["۲"], counts["۱"]), **empty) == {Fault.UNTOLD}
    keys = [
        {"text": text, "callback_data": data}
        for text, data in (("همه", "plan.late_now:c1:9"), ("هر ۲ پست", "plan.late_all"))
    ]
    news = message(33, "۱ پست نگه داشته شد", reply_markup={"inline_keyboard": [keys]})
    assert faults(ledger=late[::-1], told=(counts["۱"], news), **empty) == set()


def test_people_are_told_of_what_is_out_and_shown_the_right_message() -> None:
    assert faults(told=()) == {Fault.UNTOLD}
    under_an_album = message(33, "منتشرشده · نسخهٔ ۱", **button(url=f"{LINK}/4"))
    assert faults(told=(under_an_album,)) == set()
    assert faults(told=(under_an_album | button(url=f"{LINK}/5"),)) == {Fault.UNTOLD}
    wrong = message(30, "m7v1p0", **button(url=f"{LINK}/5"))
    assert faults(told=(wrong,)) == {Fault.MISRECORDED}


def test_a_part_recorded_under_a_neighbours_message_is_seen() -> None:
    calls = [("sendMessage", {"text": str(there["text"])}) for there in (THERE[0], THERE[2])]
    right = tuple(replace(part, call=call) for part, call in zip(POST.parts, calls, strict=True))
    wrong = (right[0], replace(right[1], message_ids=(4,)))
    assert faults(ledger=post(parts=right, verbs=("confirm_sent",))) == set()
    assert faults(ledger=post(parts=wrong, verbs=("confirm_sent",))) == {Fault.MISRECORDED}


def test_what_a_summary_has_named_as_late_is_told() -> None:
    summary = message(33, "m7v1p0", **button(callback_data="plan.board:5"))
    assert faults(told=(summary,)) == set()


def test_an_edit_that_the_ledger_calls_done_is_in_every_message() -> None:
    done = (Change(kind="edit", state="done", version=2),)
    new = [message(4, "m7v2p0 m7v2p1"), message(6, "m7v2p2 m7v2p3")]
    assert faults(ledger=post(changes=done), channels={NEWS: new}) == set()
    assert faults(ledger=post(changes=done), channels={NEWS: [new[0], THERE[2]]}) == {Fault.MISRECORDED}
    assert faults(ledger=post(), channels={NEWS: new}) == {Fault.MISRECORDED}


def test_an_edit_that_never_came_is_lost() -> None:
    assert faults(ledger=post(changes=(Change(kind="edit", state="pending", version=2),))) == {Fault.LOST}


def test_what_was_deleted_is_gone() -> None:
    done = (Change(kind="delete", state="done"),)
    assert faults(ledger=post(changes=done), channels={NEWS: ()}) == set()
    assert faults(ledger=post(changes=done)) == {Fault.MISRECORDED}


def test_pins_are_as_the_ledger_says() -> None:
    done = (Change(kind="pin", state="done"),)
    assert faults(ledger=post(changes=done), pinned={NEWS: [4]}) == set()
    assert faults(ledger=post(changes=done)) == {Fault.MISRECORDED}
    undone = (*done, Change(kind="unpin", state="done"))
    assert faults(ledger=post(changes=undone), pinned={NEWS: [4]}) == {Fault.MISRECORDED}


def test_an_album_is_there_with_all_its_pictures() -> None:
    order = replace(ORDER, sentences=(0,), pictures=3)
    album = [
        message(number, "m7v1p0" if number == 4 else "", photo=[{}], media_group_id="1")
        for number in (4, 5, 6)
    ]
    whole = post(parts=(Part(state="sent", message_ids=(4, 5, 6)),))
    assert faults(order, channels={NEWS: album}, ledger=whole, others=frozenset()) == set()
    assert Fault.LOST in faults(order, channels={NEWS: album[:2]}, ledger=whole)


def test_nothing_goes_before_its_time() -> None:
    order, whole = replace(ORDER, sentences=(0, 1)), post(parts=POST.parts[:1])
    on_time = THERE[0]
    early = {**on_time, "date": on_time["date"] - 1}
    assert faults(order, channels={NEWS: [on_time]}, ledger=whole) == set()
    assert faults(order, channels={NEWS: [early]}, ledger=whole) == {Fault.MISRECORDED}


def test_what_nobody_asked_for_is_strange() -> None:
    assert faults(others=frozenset()) == {Fault.STRANGE}
    assert faults(channels={NEWS: (*THERE, message(7, "m8v1p0"))}) == {Fault.STRANGE}
