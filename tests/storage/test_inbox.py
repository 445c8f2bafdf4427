"""Inbox and audit: an update is kept before it is handled, and handled once; what was done can be read later."""

from bot.news.talk import AuditEntry, Incoming
from storage import Storage
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
        assert await db.inbox.last_id() is None
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
        assert await db.inbox.last_id() == 12


async def test_only_what_is_done_is_forgotten_and_never_the_newest(storage: Storage) -> None:
    async with storage.begin() as db:
        for update_id, at in ((1, NOW), (2, NOW), (3, NOW), (4, NOW + 2 * MINUTE), (5, NOW)):
            await db.inbox.store(update_id, {}, at)
        for update_id in (1, 4, 5):
            await db.inbox.done(update_id)
        await db.inbox.failed(2, "no sense")

        assert await db.inbox.forget_before(NOW + MINUTE, 10) == 1
        assert await db.inbox.last_id() == 5
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
