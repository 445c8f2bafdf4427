"""How posts are received: whatever comes late, twice, in another order or before a death, the sums are what was."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import batched, count
from random import Random
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.line.doors import Doors
from bot.line.ingest import ALLOWED_UPDATES
from bot.line.sieve import House, Kind, sort
from storage import Db, Storage
from tests.storage.newsroom import NEWS, NOW, stored_channel

type Update = dict[str, Any]

GROUP, OTHER_GROUP = -1001000000777, -1001000000778
CHAT = {"id": NEWS, "type": "channel", "title": "خبر"}
DAY = "2026-11-22"
EMOJI = ("👍", "❤", "🔥")
_numbers = count(1000)


class Died(BaseException):
    """The process is gone, and its transaction with it."""


class Mortal:
    """A storage whose process can die before the next transaction is kept."""

    def __init__(self, storage: Storage) -> None:
        self._storage, self.dies = storage, False

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Db]:
        async with self._storage.begin() as db:
            yield db
            if self.dies:
                raise Died


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as made:
        yield made


@pytest.fixture(scope="module")
def storage(runner: asyncio.Runner) -> Iterator[Storage]:
    async def opened() -> Storage:
        made = await Storage.open("sqlite://")
        await stored_channel(made)
        return made

    made = runner.run(opened())
    yield made
    runner.run(made.close())


def reacted(message: int, at: int, counts: dict[str, int]) -> Update:
    kinds = [
        {"type": {"type": "emoji", "emoji": each}, "total_count": number} for each, number in counts.items()
    ]
    return {"message_reaction_count": {"chat": CHAT, "message_id": message, "date": at, "reactions": kinds}}


def root(thread: int, message: int) -> dict[str, Any]:
    origin = {"type": "channel", "chat": CHAT, "message_id": message, "date": 1}
    chat = {"id": GROUP, "type": "supergroup"}
    said = {"message_id": thread, "chat": chat, "date": 1, "text": "x", "sender_chat": CHAT}
    return {**said, "is_automatic_forward": True, "forward_origin": origin}


def comment(number: int, thread: int, to: dict[str, Any] | None) -> Update:
    chat, reader = {"id": GROUP, "type": "supergroup"}, {"id": 9, "is_bot": False, "first_name": "x"}
    said = {"message_id": number, "chat": chat, "from": reader, "date": 1, "text": "x"}
    return {"message": {**said, "message_thread_id": thread, **({"reply_to_message": to} if to else {})}}


def moved(*, joined: bool, link: str = "") -> Update:
    there, away = {"status": "member"}, {"status": "left"}
    named = {"invite_link": {"invite_link": "https://t.me/+1…", "name": link}} if link else {}
    old, new = (away, there) if joined else (there, away)
    at = int(NOW.timestamp())
    change = {"chat": CHAT, "date": at, "old_chat_member": old, "new_chat_member": new, **named}
    return {"chat_member": change}


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[Update], dict[str, Any]]:
    """What readers do, as updates in their order; and what the sums are in the end."""
    base, at = next(_numbers) * 1000, int(NOW.timestamp())
    updates: list[Update] = []
    messages = [base + number for number in range(draw(st.integers(1, 3)))]
    threads = {message: base + 500 + n for n, message in enumerate(messages)}
    reactions: dict[int, dict[str, int]] = {message: {} for message in messages}
    replies = dict.fromkeys(messages, 0)
    moves = {"": [0, 0], "کاغذ": [0, 0], "رادیو": [0, 0]}
    updates += [{"message": root(threads[message], message)} for message in messages]
    for number in range(draw(st.integers(0, 12))):
        message = draw(st.sampled_from(messages))
        match draw(st.sampled_from(["reaction", "comment", "answer", "move"])):
            case "reaction":
                reactions[message][draw(st.sampled_from(EMOJI))] = draw(st.integers(0, 50))
                updates.append(reacted(message, at + number // 3, dict(reactions[message])))
            case "comment":
                updates.append(
                    comment(base + 600 + number, threads[message], root(threads[message], message))
                )
                replies[message] += 1
            case "answer":  # to another comment
                updates.append(comment(base + 600 + number, threads[message], None))
                replies[message] += 1
            case _:
                link, joined = draw(st.sampled_from(sorted(moves))), draw(st.booleans())
                updates.append(moved(joined=joined, link=link))
                moves[link if joined else ""][not joined] += 1
    numbered = [{"update_id": base * 1000 + number, **each} for number, each in enumerate(updates)]
    return numbered, {"reactions": reactions, "replies": replies, "moves": moves}


async def sums(storage: Storage) -> dict[str, list[int]]:
    async with storage.begin() as db:
        joined, gone = await db.numbers.moves_between(NEWS, DAY, DAY)
        links = await db.numbers.links(NEWS, DAY, DAY, 9)
    return {"": [joined, gone], **{link.name: [link.joined, 0] for link in links}}


async def lived(storage: Storage, updates: list[Update], chance: Random) -> None:
    """Updates come in some order, several times, in batches; some batches end in a death and come again."""
    coming = [each for each in updates for _ in range(chance.choice([1, 1, 2, 3]))]
    chance.shuffle(coming)
    mortal, doors = Mortal(storage), Doors()
    async with storage.begin() as db:
        await db.numbers.discussed(GROUP, NEWS)
    for batch in batched(coming, chance.randint(1, 7)):
        mortal.dies = chance.random() < 0.3
        try:
            await doors.take_in(cast("Storage", mortal), batch, username="x", now=NOW)
        except Died:
            doors, mortal.dies = Doors(), False
            await doors.take_in(cast("Storage", mortal), batch, username="x", now=NOW)


def test_the_sums_are_what_was_injected(storage: Storage, runner: asyncio.Runner) -> None:
    @settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(stories(), st.integers(0, 10_000))
    def holds(story: tuple[list[Update], dict[str, Any]], seed: int) -> None:
        runner.run(check(*story, Random(seed)))

    async def check(updates: list[Update], expected: dict[str, Any], chance: Random) -> None:
        before = await sums(storage)
        await lived(storage, updates, chance)
        async with storage.begin() as db:
            found = await db.numbers.of_messages(NEWS, list(expected["replies"]))
        for message, counts in expected["reactions"].items():
            got = found[message]
            assert {kind: count for kind, count in got.kinds.items() if count} == {
                kind: count for kind, count in counts.items() if count
            }
            assert got.reactions == sum(counts.values())
            assert got.replies == expected["replies"][message]
        after = await sums(storage)
        came = {name: after[name][0] - before.get(name, [0, 0])[0] for name in after}
        moves = expected["moves"]
        assert came.pop("") == sum(joined for joined, _ in moves.values())
        assert came == {name: moves[name][0] for name in came}
        assert after[""][1] - before[""][1] == moves[""][1]

    holds()


async def kept(storage: Storage, *updates: Update) -> int:
    await Doors().take_in(storage, updates, username="x", now=NOW)
    async with storage.begin() as db:
        return len(await db.numbers.discussions())


def test_they_are_asked_for_by_name() -> None:
    assert {"message_reaction_count", "chat_member"} <= set(ALLOWED_UPDATES), "Telegram gives neither else"


@pytest.mark.parametrize(
    "odd",
    [
        {"message_reaction_count": {"chat": CHAT, "message_id": 1, "date": "x", "reactions": []}},
        {"message_reaction_count": {"chat": CHAT, "message_id": 1, "date": 1, "reactions": 7}},
        {"message_reaction_count": {"chat": {"id": 5, "type": "private"}, "message_id": 1, "date": 1}},
        {"chat_member": {"chat": CHAT, "date": 1, "old_chat_member": 1, "new_chat_member": 2}},
        {"chat_member": {"chat": CHAT, "date": 1, "old_chat_member": {"status": "member"},
                         "new_chat_member": {"status": "administrator"}}},
        {"chat_member": {"chat": {"id": GROUP, "type": "supergroup"}, "date": 1}},
    ],
)  # fmt: skip
def test_what_says_nothing_is_nothing(odd: Update) -> None:
    assert sort({"update_id": 1, **odd}, House(staff=())).kind is Kind.NOTHING


def test_odd_reactions_do_not_keep_the_others_out() -> None:
    kinds: list[Any] = [
        7,
        {"type": {"type": "emoji", "emoji": 5}, "total_count": 1},
        {"type": {"type": "emoji", "emoji": "👍"}, "total_count": -1},
        {"type": {"type": "emoji", "emoji": "🔥"}, "total_count": 2},
        {"type": {"type": "custom_emoji", "custom_emoji_id": "1"}, "total_count": 3},
        {"type": {"type": "custom_emoji", "custom_emoji_id": "2"}, "total_count": 4},
        {"type": {"type": "paid"}, "total_count": 5},
    ]
    update = {"message_reaction_count": {"chat": CHAT, "message_id": 1, "date": 1, "reactions": kinds}}
    event = sort(update, House(staff=())).event
    assert dict(event.kinds) == {"🔥": 2, "custom": 7, "paid": 5}  # type: ignore[union-attr]


def test_a_group_that_is_left_is_not_while_a_channel_of_ours_is_talked_about_there() -> None:
    said = {"message": {**comment(5, 4, None)["message"]}}
    assert sort(said, House(staff=(), leaves=True)).kind is Kind.OTHER_GROUP
    assert sort(said, House(staff=(), leaves=True, discussions={GROUP})).kind is Kind.RECEIVED
    assert sort(said, House(staff=())).kind is Kind.NOTHING


def test_a_strangers_channel_is_not_counted(storage: Storage, runner: asyncio.Runner) -> None:
    async def check() -> None:
        stranger = {**CHAT, "id": NEWS - 7}
        async with storage.begin() as db:
            before = len(await db.numbers.discussions())
        update = {"update_id": 1, **reacted(5, 1, {"👍": 1})}
        update["message_reaction_count"] = {**update["message_reaction_count"], "chat": stranger}
        forwarded = root(8, 9)
        forwarded["forward_origin"] = {**forwarded["forward_origin"], "chat": stranger}
        assert await kept(storage, update, {"update_id": 2, "message": forwarded}) == before
        async with storage.begin() as db:
            assert await db.numbers.of_messages(NEWS - 7, [5, 9]) == {}

    runner.run(check())


def test_threads_of_no_post_go_and_what_was_counted_is_forgotten(
    storage: Storage, runner: asyncio.Runner
) -> None:
    async def check() -> None:
        at = datetime(2020, 1, 1, tzinfo=UTC)
        async with storage.begin() as db:
            await db.numbers.discussed(GROUP, NEWS)
        lost, known = comment(7, 99_001, None), comment(8, 99_002, root(99_002, 77))
        for id, update in ((91, lost), (92, known)):
            await Doors().take_in(storage, [{"update_id": id, **update}], username="x", now=at)
        async with storage.begin() as db:
            assert await db.numbers.forget_before(datetime(2020, 1, 2, tzinfo=UTC), 100) == 3
            assert await db.numbers.forget_before(datetime(2020, 1, 2, tzinfo=UTC), 100) == 0
            assert (await db.numbers.of_messages(NEWS, [77]))[77].replies == 1

    runner.run(check())
