"""What goes after its time, in steps that hold up nobody, and what stays."""

from datetime import timedelta

import pytest

from bot import tidying
from storage import Storage
from tests.newsroom import EDITOR, NOON
from tests.storage.newsroom import stored_story

SECOND = timedelta(seconds=1)
LONG_AGO = NOON - 8 * timedelta(days=1)


@pytest.fixture
async def storage(tmp_path: object) -> Storage:
    return await Storage.open(f"sqlite:///{tmp_path}/newsroom.db")


async def test_settled_pastes_go_two_days_after_their_last_part_and_others_stay(storage: Storage) -> None:
    story = await stored_story(storage)
    async with storage.begin() as db:
        for at, settles_at in (
            (NOON - tidying.PASTES - SECOND, None),
            (NOON - tidying.PASTES + SECOND, None),
            (LONG_AGO, LONG_AGO),  # it still has to settle
        ):
            started = await db.pastes.start(EDITOR, "متن", at, settles_at)
            await db.pastes.belongs_to(started.id, story.id)

    await tidying.tidy(storage, NOON)

    async with storage.begin() as db:
        assert {paste.id for paste in await db.pastes.recent_of(EDITOR, LONG_AGO)} == {2, 3}
        assert await db.articles.get(story.id) is not None, "the story is what has come of it"
    await storage.close()


async def test_handled_mail_goes_after_a_week_and_what_nobody_got_once_there_is_a_thousand(
    storage: Storage,
) -> None:
    async with storage.begin() as db:
        for number in range(1, 2 * tidying.STEP):
            await db.inbox.store(number, {}, LONG_AGO, done=True)
        await db.inbox.store(1_000, {"message": {}}, LONG_AGO)
        await db.inbox.store(1_001, {}, NOON, done=True)
        for _ in range(tidying.UNSAID + 2 * tidying.STEP):
            await db.notices.dropped(await db.notices.add(EDITOR, "sendMessage", {}), "blocked")
        waiting = await db.notices.add(EDITOR, "sendMessage", {"text": "می‌ماند"})

    await tidying.tidy(storage, NOON)

    async with storage.begin() as db:
        assert (await db.inbox.next_pending()) is not None
        assert await db.inbox.store(1, {}, NOON), "it was forgotten"
        assert not await db.inbox.store(1_001, {}, NOON)
        assert [notice.id for notice in await db.notices.unsaid(EDITOR)] == [waiting]
        assert await db.notices.forget_dropped(0, 2_000) == tidying.UNSAID - 1, (
            "ids are counted, waiting ones too"
        )
    await storage.close()
