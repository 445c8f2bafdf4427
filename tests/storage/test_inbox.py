"""Inbox and audit: an update is kept before it is handled, and handled once; what was done can be read later."""

from sqlalchemy.dialects import sqlite

from bot.news.talk import AuditEntry, Incoming
from storage import Storage
from storage.inbox import _NEXT_PENDING, OTHERS
from tests import plans
from tests.storage.newsroom import EDITOR, MINUTE, NEWS, NOW

PAYLOAD = {"update_id": 7, "message": {"text": "نیم‌فاصله \ud800 و \x00 و 👩‍🚀", "date": 1}}


async def test_an_update_is_stored_once(storage: Storage) -> None:
    async with storage.begin() as db:
        assert await db.inbox.store(7, PAYLOAD, NOW)
        assert not await db.inbox.store(7, {"other": 1}, NOW + MINUTE)

        assert await db.inbox.next_pending() == Incoming(update_id=7, payload=PAYLOAD, received_at=NOW)
        await db.inbox.done(7)
        assert not await db.inbox.store(7, PAYLOAD, NOW)
        assert await db.inbox.next_pending() is None


async def test_updates_are_handled_in_telegrams_order(storage: Storage) -> None:
    async with storage.begin() as db:
        for update_id in (12, 10, 11):
            await db.inbox.store(update_id, {}, NOW)
        handled = []
        while (incoming := await db.inbox.next_pending()) is not None:
            handled.append(incoming.update_id)
            await (
                db.inbox.failed(11, "no sense")
                if incoming.update_id == 11
                else db.inbox.done(incoming.update_id)
            )

        assert handled == [10, 11, 12]


async def test_each_member_of_staff_has_a_turn_and_all_others_the_last(storage: Storage) -> None:
    async with storage.begin() as db:
        who = {1: 7, 2: 7, 3: 7, 4: 5, 5: 9, 6: OTHERS, 7: OTHERS, 8: 5, 9: -100}
        await db.inbox.store_all(
            Incoming(update_id=number, payload={}, received_at=NOW, turn=turn) for number, turn in who.items()
        )
        served, after = [], 0
        while (incoming := await db.inbox.next_pending(after)) is not None:
            served.append(incoming.update_id)
            after = incoming.turn
            await db.inbox.done(incoming.update_id)
            if after == OTHERS:
                break

        assert served == [4, 1, 5, 9, 8, 2, 3, 6]
        await db.inbox.store(10, {}, NOW, turn=7)
        incoming = await db.inbox.next_pending(after)
        assert incoming is not None
        assert incoming.update_id == 10


def test_who_is_next_is_found_without_going_through_all_that_waits() -> None:
    statement = str(_NEXT_PENDING["sqlite"].compile(dialect=sqlite.dialect()))
    steps = plans.steps(statement)

    assert [step for step in steps if "SEARCH" in step or "SCAN" in step]
    assert not [step for step in steps if "inbox" in step and "ix_inbox_turns" not in step]


async def test_of_what_has_failed_so_much_is_kept_and_so_long(storage: Storage) -> None:
    async with storage.begin() as db:
        for update_id in range(1, 8):
            await db.inbox.store(update_id, {}, NOW + update_id * MINUTE)
            if update_id != 6:
                await db.inbox.failed(update_id, "no sense")

        assert await db.inbox.forget_failed(NOW + 3 * MINUTE, most=5, limit=9) == 2
        assert await db.inbox.forget_failed(NOW, most=2, limit=9) == 2
        assert [await db.inbox.store(update_id, {}, NOW) for update_id in (4, 5, 6, 7)] == [
            True,
            False,
            False,
            False,
        ]


async def test_a_stranger_hears_once_in_a_while(storage: Storage) -> None:
    async with storage.begin() as db:
        assert await db.strangers.may_hear(1, NOW, MINUTE)
        assert await db.strangers.may_hear(2, NOW, MINUTE)
        assert not await db.strangers.may_hear(1, NOW + MINUTE / 2, MINUTE)
        assert await db.strangers.may_hear(1, NOW + MINUTE, MINUTE)
        await db.strangers.forget_before(NOW)
        assert not await db.strangers.may_hear(1, NOW + MINUTE, MINUTE)
        assert await db.strangers.may_hear(2, NOW + MINUTE / 2, MINUTE)


async def test_only_what_is_done_is_forgotten_and_never_the_newest(storage: Storage) -> None:
    async with storage.begin() as db:
        for update_id, at in ((1, NOW), (2, NOW), (3, NOW), (4, NOW + 2 * MINUTE), (5, NOW)):
            await db.inbox.store(update_id, {}, at)
        for update_id in (1, 4, 5):
            await db.inbox.done(update_id)
        await db.inbox.failed(2, "no sense")

        assert await db.inbox.forget_before(NOW + MINUTE, 10) == 1
        assert not await db.inbox.store(5, {}, NOW)
        assert not await db.inbox.store(2, {}, NOW)
        assert await db.inbox.store(1, {}, NOW)


async def test_what_was_done_with_an_article_can_be_read_in_order(storage: Storage) -> None:
    async with storage.begin() as db:
        await db.audit.log(at=NOW, person_id=EDITOR, verb="approve", article_id=1, detail={"نسخه": 2})
        await db.audit.log(at=NOW, person_id=EDITOR, verb="connect", channel_id=NEWS)
        await db.audit.log(
            at=NOW + MINUTE, person_id=EDITOR, verb="schedule", article_id=1, channel_id=NEWS, post_id=3
        )

        assert await db.audit.of_article(1) == (
            AuditEntry(id=1, at=NOW, person_id=EDITOR, verb="approve", article_id=1, detail={"نسخه": 2}),
            AuditEntry(
                id=3,
                at=NOW + MINUTE,
                person_id=EDITOR,
                verb="schedule",
                article_id=1,
                channel_id=NEWS,
                post_id=3,
            ),
        )
