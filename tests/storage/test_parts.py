"""The messages of a post: planned with their calls, sent, found again, and known by their ids."""

from dataclasses import replace
from typing import Any

import pytest

from bot.news.model import Post, PostState
from bot.news.talk import PartState, PostPart
from storage import Db, Storage
from tests.storage.newsroom import (
    ADMIN,
    CALL,
    MINUTE,
    NEWS,
    NOW,
    SECOND,
    SPORT,
    stored_channel,
    stored_story,
)

ALBUM: tuple[str, dict[str, Any]] = (
    "sendMediaGroup",
    {"chat_id": NEWS, "media": [{"type": "photo", "media": "a", "caption": "می‌رود"}, {"type": "photo"}]},
)
FAR = 2**40


@pytest.fixture
async def post_id(storage: Storage) -> int:
    await stored_channel(storage)
    await stored_channel(storage, SPORT, username="sport")
    await stored_story(storage)
    async with storage.begin() as db:
        return (await _post(db, NEWS, 0)).id


async def _post(db: Db, channel_id: int, occurrence: int) -> Post:
    return await db.posts.add(
        article_id=1, channel_id=channel_id, due_at=NOW, by=ADMIN, now=NOW, occurrence=occurrence
    )


async def message_ids(db: Db, post_id: int) -> tuple[int, ...]:
    post = await db.posts.get(post_id)
    assert post is not None
    return post.message_ids


async def test_a_plan_keeps_the_calls_as_they_will_be_made(storage: Storage, post_id: int) -> None:
    async with storage.begin() as db:
        planned = await db.posts.parts.plan(post_id, [CALL, ALBUM])

        assert planned == (
            PostPart(number=0, method="sendMessage", params=CALL[1]),
            PostPart(number=1, method="sendMediaGroup", params=ALBUM[1]),
        )
        assert await db.posts.parts.of(post_id) == planned
        anew = await db.posts.parts.plan(post_id, [ALBUM], instead_of=planned)
        assert anew == (replace(planned[1], number=0),) == await db.posts.parts.of(post_id)
        assert await db.posts.parts.plan(post_id, [], instead_of=anew) == ()
        assert await db.posts.parts.of(post_id) == ()


async def test_the_first_part_of_a_plan_can_be_on_its_way_as_the_plan_is_made(
    storage: Storage, post_id: int
) -> None:
    async with storage.begin() as db:
        planned = await db.posts.parts.plan(post_id, [CALL, ALBUM], floor_id=FAR, sending_at=NOW)
        other = await _post(db, NEWS, 1)
        await db.posts.parts.plan(other.id, [ALBUM])
        nothing_yet = await _post(db, NEWS, 2)

        assert [(part.state, part.floor_id, part.sending_at) for part in planned] == [
            (PartState.SENDING, FAR, NOW),
            (PartState.PENDING, None, None),
        ]
        assert await db.posts.parts.of_posts([post_id, other.id, nothing_yet.id]) == {
            post_id: planned,
            other.id: await db.posts.parts.of(other.id),
        }


async def test_parts_say_how_far_the_sending_has_come(storage: Storage, post_id: int) -> None:
    async with storage.begin() as db:
        first, second, third = await db.posts.parts.plan(post_id, [CALL, ALBUM, CALL])
        await db.posts.parts.sending(post_id, 0, floor_id=None, now=NOW)
        await db.posts.parts.sent(post_id, 0, [FAR], NOW)
        await db.posts.parts.sending(post_id, 1, floor_id=FAR, now=NOW + MINUTE)

        assert await db.posts.parts.of(post_id) == (
            replace(first, state=PartState.SENT, message_ids=(FAR,), sending_at=NOW),
            replace(second, state=PartState.SENDING, floor_id=FAR, sending_at=NOW + MINUTE),
            third,
        )
        await db.posts.parts.pending(post_id, 1)
        assert [part.state for part in await db.posts.parts.of(post_id)] == ["sent", "pending", "pending"]


async def test_a_post_knows_its_messages_in_their_order(storage: Storage, post_id: int) -> None:
    async with storage.begin() as db:
        await db.posts.parts.plan(post_id, [CALL, ALBUM, CALL])
        await db.posts.parts.sent(post_id, 2, [9], NOW)
        await db.posts.parts.sent(post_id, 0, [FAR], NOW)
        assert await message_ids(db, post_id) == (FAR, 9)
        await db.posts.parts.sent(post_id, 1, [7, 8], NOW)

        assert await message_ids(db, post_id) == (FAR, 7, 8, 9)
        assert (await db.posts.of_channel(NEWS))[0].message_ids == (FAR, 7, 8, 9)


async def test_an_edit_changes_what_a_part_shows_and_a_deletion_drops_it(
    storage: Storage, post_id: int
) -> None:
    async with storage.begin() as db:
        await db.posts.parts.plan(post_id, [CALL, CALL, CALL])
        for number in range(3):
            await db.posts.parts.sent(post_id, number, [number + 1], NOW)
        await db.posts.parts.changed(post_id, 0, *ALBUM)
        await db.posts.parts.drop(post_id, 1, 2)

        [part] = await db.posts.parts.of(post_id)
        assert part == PostPart(
            number=0, state=PartState.SENT, method=ALBUM[0], params=ALBUM[1], message_ids=(1,)
        )
        assert await message_ids(db, post_id) == (1,)
        await db.posts.parts.drop(post_id)
        assert await db.posts.parts.of(post_id) == (part,)


async def test_known_ids_are_those_of_the_channel_above_a_floor(storage: Storage, post_id: int) -> None:
    async with storage.begin() as db:
        other, elsewhere = await _post(db, NEWS, 1), await _post(db, SPORT, 0)
        await db.posts.parts.plan(post_id, [CALL, ALBUM])
        await db.posts.parts.sent(post_id, 0, [10], NOW)
        await db.posts.parts.sent(post_id, 1, [11, 12, 13], NOW)
        await db.posts.parts.plan(other.id, [CALL, CALL])
        await db.posts.parts.sent(other.id, 0, [20], NOW)
        await db.posts.parts.plan(elsewhere.id, [CALL])
        await db.posts.parts.sent(elsewhere.id, 0, [30], NOW)
        for post, number in ((post_id, 0), (post_id, 1), (other.id, 0), (elsewhere.id, 0)):
            await db.posts.parts.sending_since(post, number, NOW)

        assert await db.posts.parts.known_ids(NEWS, 0, NOW) == {10, 11, 12, 13, 20}
        assert await db.posts.parts.known_ids(NEWS, 10, NOW) == {11, 12, 13, 20}
        assert await db.posts.parts.known_ids(NEWS, 13, NOW) == {20}
        assert await db.posts.parts.known_ids(404, 0, NOW) == frozenset()
        await db.posts.parts.sending_since(post_id, 1, NOW - MINUTE)
        assert await db.posts.parts.known_ids(NEWS, 0, NOW) == {10, 20}, "and of that time alone"


async def test_what_was_sent_lately_counts_an_albums_messages_and_what_is_in_doubt(
    storage: Storage, post_id: int
) -> None:
    async with storage.begin() as db:
        elsewhere = await _post(db, SPORT, 0)
        await db.posts.parts.plan(post_id, [CALL, CALL, CALL, CALL])
        for number, at in enumerate((NOW - SECOND, NOW + SECOND, NOW + MINUTE)):
            await db.posts.parts.sending(post_id, number, floor_id=0, now=at)
        await db.posts.parts.sent(post_id, 0, [1], NOW)
        await db.posts.parts.sent(post_id, 1, [2], NOW + MINUTE)
        await db.posts.parts.plan(elsewhere.id, [ALBUM, CALL])
        for number in (0, 1):
            await db.posts.parts.sending(elsewhere.id, number, floor_id=0, now=NOW)
        await db.posts.parts.sent(elsewhere.id, 0, [3, 4, 5], NOW)
        await db.posts.parts.pending(elsewhere.id, 1)

        assert await db.posts.parts.sent_since(NOW) == [
            (SPORT, NOW, 3),
            (NEWS, NOW + SECOND, 1),
            (NEWS, NOW + MINUTE, 1),
        ]


async def test_an_id_in_the_channel_only_rises(storage: Storage, post_id: int) -> None:
    async with storage.begin() as db:
        for id in (5, FAR, 7):
            await db.channels.seen(NEWS, id)
        await db.channels.seen(404, 9)
        news, sport = await db.channels.get(NEWS), await db.channels.get(SPORT)

        assert news is not None
        assert sport is not None
        assert (news.last_message_id, sport.last_message_id) == (FAR, None)


async def test_a_patience_belongs_to_its_channel(storage: Storage, post_id: int) -> None:
    async with storage.begin() as db:
        await db.channels.set_max_lateness(NEWS, 60)

        assert {one.id: one.max_lateness for one in await db.channels.all()} == {SPORT: 3600, NEWS: 60}


async def test_parts_of_a_settled_post_stay(storage: Storage, post_id: int) -> None:
    async with storage.begin() as db:
        await db.posts.parts.plan(post_id, [CALL])
        await db.posts.claim(post_id, now=NOW)
        await db.posts.parts.sent(post_id, 0, [1], NOW)
        await db.posts.settle(post_id, PostState.SENT, now=NOW)

        assert await message_ids(db, post_id) == (1,)


async def test_what_may_be_there_under_any_id_is_known_by_its_channel(storage: Storage, post_id: int) -> None:
    async with storage.begin() as db:
        other = await _post(db, NEWS, 1)
        await db.posts.parts.plan(post_id, [CALL, CALL])
        assert not await db.posts.parts.without_id(NEWS, NOW, besides=(other.id, 0)), "it was never tried"

        await db.posts.parts.sending(post_id, 0, floor_id=4, now=NOW)
        assert await db.posts.parts.without_id(NEWS, NOW, besides=(other.id, 0))
        assert not await db.posts.parts.without_id(NEWS, NOW, besides=(post_id, 0))
        assert not await db.posts.parts.without_id(SPORT, NOW, besides=(other.id, 0))
        assert not await db.posts.parts.without_id(NEWS, NOW + SECOND, besides=(other.id, 0))

        await db.posts.parts.confirmed(post_id, 0)
        [part, _] = await db.posts.parts.of(post_id)
        assert (part.state, part.message_ids) == (PartState.SENT, ())
        assert await db.posts.parts.without_id(NEWS, NOW, besides=(other.id, 0))
        await db.posts.parts.sent(post_id, 0, [5], NOW)
        assert not await db.posts.parts.without_id(NEWS, NOW, besides=(other.id, 0))
