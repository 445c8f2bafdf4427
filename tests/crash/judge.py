"""Compares what was asked for with what stands in the channels, what was sent, what the ledger says and people were told.

Values in, findings out: knows no simulator, no database and no bot, so that it can be tested by itself.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from tests.crash.ledger import Change, Entry
from tests.crash.stories import HEADLINE, Mark, marks

type Message = dict[str, Any]
"""A Bot API `Message`."""


class Fault(StrEnum):
    LOST = "lost"
    DOUBLED = "doubled"
    MISRECORDED = "mis-recorded"  # the ledger, or a notice, says otherwise than the channel
    UNTOLD = "untold"  # a post needs a person, and they don't know
    STRANGE = "strange"  # something stands in a channel that nobody asked for


@dataclass(frozen=True, kw_only=True)
class Order:
    """A post that was asked for: a story in a channel, its sentences in order, in so many pictures."""

    story: int
    channel_id: int
    link: str  # how people open the channel: https://t.me/name
    sentences: tuple[int, ...]
    pictures: int = 0


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What there is to judge by. `sent` counts the sentences of calls that Telegram carried out, by (channel, story,
    sentence); `told` is the chat of the person who scheduled; `others` are ids of messages by other admins."""

    channels: Mapping[int, Sequence[Message]]
    ledger: Sequence[Entry]
    sent: Mapping[tuple[int, int, int], int]
    told: Sequence[Message]
    others: frozenset[tuple[int, int]] = frozenset()
    pinned: Mapping[int, Sequence[int]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Finding:
    fault: Fault
    story: int
    channel_id: int
    says: str
    post_id: int = 0


def judge(orders: Sequence[Order], seen: Evidence) -> list[Finding]:
    """Everything that is not as promised; empty is a clean verdict."""
    entries: dict[tuple[int, int], list[Entry]] = {}
    for entry in seen.ledger:
        entries.setdefault((entry.story, entry.channel_id), []).append(entry)
    found = list(_strange(orders, seen))
    there = {channel_id: _by_story(messages) for channel_id, messages in seen.channels.items()}
    told = _by_story([message for message in seen.told if _names_only(message)])
    cards = _by_story([message for message in seen.told if not _names_only(message)])
    all_counted, late_counted = _all_counted(seen), _late_counted(seen, told)
    linked = frozenset(url for message in seen.told for url in _links(message))
    sent: dict[tuple[int, int], dict[int, int]] = {}
    for (channel_id, story, sentence), times in seen.sent.items():
        sent.setdefault((story, channel_id), {})[sentence] = times
    for order in orders:
        key = (order.story, order.channel_id)
        case = _Case(
            order=order,
            entry=entries[key][-1] if key in entries else None,
            there=there.get(order.channel_id, {}).get(order.story, []),
            told=told.get(order.story, []),
            cards=cards.get(order.story, []),
            sent=sent.get(key, {}),
            pinned=seen.pinned.get(order.channel_id, ()),
            counted=all_counted,
            late_counted=late_counted,
            linked=linked,
        )
        found += [finding for check in _CHECKS for finding in check(case)]
    return found


@dataclass(frozen=True, kw_only=True)
class _Case:
    """One order with all that bears on it."""

    order: Order
    entry: Entry | None
    there: Sequence[Message]
    told: Sequence[Message]
    cards: Sequence[Message]  # that a post on its time is out, they tell by a link to it
    sent: Mapping[int, int]
    pinned: Sequence[int]
    counted: bool  # the last summary counts all that are held for being late, though it may not name them
    late_counted: bool  # so do the summaries with what went out late
    linked: frozenset[
        str
    ]  # all that any button leads to: an album's keyboard stands under it and names no story

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(message["message_id"] for message in self.there)

    @property
    def marks(self) -> tuple[Mark, ...]:
        found = (mark for message in self.there for mark in marks(message))
        return tuple(mark for mark in found if mark.story == self.order.story)

    def done(self, *kinds: str) -> list[Change]:
        """What was done to the post afterwards."""
        changes = self.entry.changes if self.entry else ()
        return [change for change in changes if change.state == "done" and change.kind in kinds]

    def finding(self, fault: Fault, says: str) -> Finding:
        post_id = self.entry.id if self.entry else 0
        return Finding(
            fault=fault, story=self.order.story, channel_id=self.order.channel_id, says=says, post_id=post_id
        )


def _repeated(case: _Case) -> Iterator[Finding]:
    """Nothing twice: neither in the channel now, nor in what was ever sent there."""
    twice = [sentence for sentence, n in Counter(mark.sentence for mark in case.marks).items() if n > 1]
    if twice:
        yield case.finding(Fault.DOUBLED, f"{len(twice)} sentences stand twice, in messages {case.ids}")
    again = [times for times in case.sent.values() if times > 1]
    if again and not twice:
        yield case.finding(Fault.DOUBLED, f"{len(again)} sentences were sent {max(again)} times")


def _settled(case: _Case) -> Iterator[Finding]:
    """It is out whole, or stands with a reason and is at most once in the channel."""
    entry = case.entry
    if entry is None:
        yield case.finding(Fault.LOST, "no ledger knows it")
    elif entry.state in {"pending", "sending"}:
        yield case.finding(Fault.LOST, f"still {entry.state} at the end")
    elif entry.state in {"failed", "unconfirmed", "held"} and entry.by_itself and not entry.reason:
        yield case.finding(Fault.UNTOLD, f"{entry.state} without a reason")
    elif entry.state == "sent" and case.done("delete"):
        if case.there:
            yield case.finding(Fault.MISRECORDED, f"deleted, and still there as {case.ids}")
    elif entry.state == "sent":
        yield from _whole(case)


def _whole(case: _Case) -> Iterator[Finding]:
    shown = tuple(mark.sentence for mark in case.marks)
    if missing := set(case.order.sentences) - set(shown):
        yield case.finding(
            Fault.LOST, f"“sent”, but {len(missing)} of {len(case.order.sentences)} sentences are missing"
        )
    elif tuple(dict.fromkeys(shown)) != case.order.sentences:
        yield case.finding(Fault.MISRECORDED, f"its messages {case.ids} are not in order")
    pictures = sum("photo" in message for message in case.there)
    if pictures < case.order.pictures:
        yield case.finding(Fault.LOST, f"{pictures} of {case.order.pictures} pictures are there")
    elif pictures > case.order.pictures:
        yield case.finding(Fault.DOUBLED, f"{pictures} pictures instead of {case.order.pictures}")


def _recorded(case: _Case) -> Iterator[Finding]:
    """The ledger's messages are those in the channel; what nobody let out is not there at all."""
    entry = case.entry
    if entry is None or case.done("delete"):
        return
    known = set(entry.message_ids)
    if entry.state == "unconfirmed" or "confirm_sent" in entry.verbs:  # a person saw it: the ledger has no id
        if known - set(case.ids):
            yield case.finding(Fault.MISRECORDED, f"ledger {entry.message_ids}, channel {case.ids}")
    elif entry.message_ids != case.ids:
        yield case.finding(
            Fault.MISRECORDED, f"{entry.state}: ledger {entry.message_ids}, channel {case.ids}"
        )
    elif case.ids and entry.state in {"held", "canceled"} and all(part.message_ids for part in entry.parts):
        yield case.finding(Fault.MISRECORDED, f"{entry.state}, and out whole as {case.ids}")


def _each_its_own(case: _Case) -> Iterator[Finding]:
    """Each part is recorded under the message that its own call made, and not under a neighbour's."""
    shown = {message["message_id"]: message for message in case.there}
    for number, part in enumerate(case.entry.parts if case.entry else ()):
        first = shown.get(part.message_ids[0]) if part.message_ids else None
        meant = marks(part.call[1])
        if first is not None and meant and marks(first) != meant:
            yield case.finding(
                Fault.MISRECORDED, f"part {number} is recorded as {part.message_ids}, which shows other words"
            )


def _obeyed(case: _Case) -> Iterator[Finding]:
    """What a person did last holds: held stays held, canceled canceled, and nothing goes before its time."""
    entry = case.entry
    if entry is None:
        return
    wanted = {"hold": "held", "cancel": "canceled"}.get(entry.verbs[-1] if entry.verbs else "")
    if wanted and entry.state != wanted:
        yield case.finding(Fault.MISRECORDED, f"people did {', '.join(entry.verbs)}, and it is {entry.state}")
    began_before = len(entry.parts) > 1 or "send_again" in entry.verbs  # its time is the rest's by now
    first = datetime.fromtimestamp(case.there[0]["date"], UTC) if case.there and not began_before else None
    if first and first < entry.due_at.replace(microsecond=0):
        yield case.finding(Fault.MISRECORDED, f"out at {first:%X}, before its time {entry.due_at:%X}")


def _changed(case: _Case) -> Iterator[Finding]:
    """Nothing that was asked for afterwards is still to be done; edits are applied to every message, pins stand."""
    entry = case.entry
    if entry is None:
        return
    if entry.waiting:
        yield case.finding(Fault.LOST, f"still to be done at the end: {', '.join(entry.waiting)}")
    if not case.there:
        return
    versions = {mark.version for mark in case.marks}
    wanted = max([change.version or 0 for change in case.done("edit")], default=entry.version)
    if wanted and versions != {wanted}:
        yield case.finding(
            Fault.MISRECORDED, f"version {wanted} in the ledger, {sorted(versions)} in the channel"
        )
    pins, pinned = case.done("pin", "unpin"), not set(case.ids).isdisjoint(case.pinned)
    if pins and pinned != (pins[-1].kind == "pin"):
        yield case.finding(Fault.MISRECORDED, f"the last was {pins[-1].kind}, and pinned is {pinned}")


def _told(case: _Case) -> Iterator[Finding]:
    """Whoever scheduled it has heard how it stands, and no link leads elsewhere."""
    entry = case.entry
    if entry is None:
        return
    undecided = {"failed", "unconfirmed"} | ({"held"} if entry.by_itself else set())
    told = any(map(_asks, case.told)) or (entry.is_late and case.counted)
    if entry.state in undecided and not told:
        yield case.finding(Fault.UNTOLD, f"{entry.state} ({entry.reason}), and nobody was told")
    shown = [*case.told, *case.cards]
    links = {url for message in shown for url in _links(message) if url.rpartition("/")[0] == case.order.link}
    right = {f"{case.order.link}/{entry.message_ids[0]}"} if entry.message_ids else set[str]()
    if links - right and not case.done("delete"):
        yield case.finding(
            Fault.MISRECORDED, f"people were shown {sorted(links)}, the ledger has {sorted(right)}"
        )
    elif (
        entry.state == "sent"
        and not links
        and not right & case.linked
        and "confirm_sent" not in entry.verbs
        and not any(map(_is_summary, case.told))
        and not (entry.announced and case.late_counted)
    ):
        yield case.finding(Fault.UNTOLD, "it is out, and nobody was told")


_CHECKS = (_repeated, _settled, _recorded, _each_its_own, _obeyed, _changed, _told)


def _strange(orders: Sequence[Order], seen: Evidence) -> Iterator[Finding]:
    """Every message in a channel is of a post that was asked for there, or another admin's."""
    asked = {(order.channel_id, order.story) for order in orders}
    for channel_id, messages in seen.channels.items():
        for story, found in _by_story(messages).items():
            ids = {message["message_id"] for message in found}
            strange = {id for id in ids if (channel_id, id) not in seen.others}
            if strange and (channel_id, story) not in asked:
                says = f"messages {sorted(strange)} belong to nobody"
                yield Finding(fault=Fault.STRANGE, story=story, channel_id=channel_id, says=says)


def _by_story(messages: Sequence[Message]) -> dict[int, list[Message]]:
    """The messages of each story in order, the other pictures of its albums among them."""
    albums = {
        message["media_group_id"]: mark.story
        for message in messages
        if "media_group_id" in message
        for mark in marks(message)
    }
    found: dict[int, list[Message]] = {}
    for message in messages:
        stories = {mark.story for mark in marks(message)} or {
            albums.get(message.get("media_group_id", ""), 0)
        }
        for story in stories:
            found.setdefault(story, []).append(message)
    return found


def _names_only(message: Message) -> bool:
    """A notice names headlines; a card shows the whole post."""
    return {mark.sentence for mark in marks(message.get("text", ""))} == {HEADLINE}


def _buttons(message: Message) -> list[dict[str, Any]]:
    return [button for row in message.get("reply_markup", {}).get("inline_keyboard", []) for button in row]


def _links(message: Message) -> list[str]:
    return [button["url"] for button in _buttons(message) if "url" in button]


def _is_summary(message: Message) -> bool:
    """It names what is late and on its way: that each is out is not told once more."""
    return any(button.get("callback_data", "").startswith("plan.board:") for button in _buttons(message))


def _asks(message: Message) -> bool:
    return any("callback_data" in button for button in _buttons(message))


def _late_counted(seen: Evidence, told: Mapping[int, Sequence[Message]]) -> bool:
    """Whether the summaries count as many posts, on their way or out late, as they found no room to name."""
    unnamed = [
        entry
        for entry in seen.ledger
        if entry.announced and entry.state == "sent" and not any(map(_is_summary, told.get(entry.story, ())))
    ]
    return len(unnamed) <= sum(_more(message) for message in seen.told if _is_summary(message))


def _more(message: Message) -> int:
    """How many more it counts than it names, in its sections after that of what is held."""
    parts = str(message["text"]).split("\n\n")
    sections = [part.rpartition("\n")[2] for part in parts if "• " in part or "\n… " in part]
    is_held = any(button.get("callback_data", "").startswith("plan.late_now") for button in _buttons(message))
    counts = [re.search(r"\d+", last) for last in sections[is_held:] if last.startswith("… ")]
    return sum(int(number[0]) for number in counts if number)


def _all_counted(seen: Evidence) -> bool:
    """Whether the last summary of what is held for being late counts as many as there are.

    It names what is new, and counts all that wait in the button that shows them, if there are more.
    """
    counts = []
    for message in seen.told:
        buttons = _buttons(message)
        labels = {each.get("callback_data", "").partition(":")[0]: str(each["text"]) for each in buttons}
        if {"plan.late_now", "plan.late_all"} & labels.keys():
            text = labels.get("plan.late_all", str(message["text"]))
            counts += [int(number) for number in re.findall(r"\d+", text)][:1]
    return counts[-1:] == [sum(entry.is_late for entry in seen.ledger)]
