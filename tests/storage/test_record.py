"""The record asked for page by page, let go when its time is over; what is one person's own, found and dropped."""

from datetime import timedelta

import pytest

from bot.news.model import Role
from bot.news.talk import AuditEntry, Question, Sought
from storage import Db, Storage
from tests.storage.newsroom import ADMIN, EDITOR, MINUTE, NEWS, NOW, REPORTER, SPORT, stored_story

DAY = timedelta(days=1)


async def _filled(db: Db) -> list[int]:
    """Ten entries, an hour apart: of two people, two stories, two channels by turns."""
    return [
        await db.audit.log(
            at=NOW + number * 60 * MINUTE,
            person_id=(EDITOR, REPORTER)[number % 2],
            verb="edit",
            article_id=1 + number // 5,
            channel_id=(NEWS, SPORT, None)[number % 3],
        )
        for number in range(10)
    ]


def _ids(entries: tuple[AuditEntry, ...]) -> list[int]:
    return [entry.id for entry in entries]


async def test_the_record_is_turned_page_by_page_in_both_directions(storage: Storage) -> None:
    async with storage.begin() as db:
        ids = await _filled(db)
        first = _ids(await db.audit.page(Sought(), limit=4))
        second = _ids(await db.audit.page(Sought(), limit=4, before=first[-1]))

        assert (first, second) == (ids[:-5:-1], ids[-5:-9:-1])
        assert _ids(await db.audit.page(Sought(), limit=4, after=second[0])) == first


@pytest.mark.parametrize(
    ("sought", "expected"),
    [
        (Sought(person_id=EDITOR), [8, 6, 4, 2, 0]),
        (Sought(article_id=2), [9, 8, 7, 6, 5]),
        (Sought(channel_id=SPORT), [7, 4, 1]),
        (Sought(since=NOW + 180 * MINUTE, until=NOW + 300 * MINUTE), [4, 3]),
        (Sought(person_id=REPORTER, article_id=2, channel_id=NEWS), [9]),
        (Sought(since=NOW + DAY), []),
        (Sought(until=NOW), []),
    ],
)
async def test_what_is_sought_is_found_and_nothing_else(
    storage: Storage, sought: Sought, expected: list[int]
) -> None:
    async with storage.begin() as db:
        ids = await _filled(db)

        assert _ids(await db.audit.page(sought, limit=50)) == [ids[number] for number in expected]


async def test_what_is_older_than_the_record_is_kept_goes_the_oldest_first(storage: Storage) -> None:
    async with storage.begin() as db:
        ids = await _filled(db)

        assert await db.audit.forget_before(NOW + 240 * MINUTE, 3) == 3
        assert await db.audit.forget_before(NOW + 240 * MINUTE, 3) == 1
        assert await db.audit.forget_before(NOW + 240 * MINUTE, 3) == 0
        assert _ids(await db.audit.page(Sought(), limit=50)) == ids[:3:-1]


async def test_what_is_a_persons_own_goes_and_what_the_newsroom_did_stays(storage: Storage) -> None:
    article = await stored_story(storage)
    async with storage.begin() as db:
        await db.staff.sync({REPORTER: frozenset({Role.REPORTER}), ADMIN: frozenset({Role.OWNER})}, NOW)
        for person in (REPORTER, ADMIN):
            await db.staff.met(person, "ژینا", "fa", NOW)
            await db.questions.ask(
                Question(chat_id=person, person_id=person, kind="lede", about={}, asked_at=NOW)
            )
            await db.pastes.start(person, "متن", NOW, None)
            await db.cards.show(article.id, person)
            await db.notices.add(person, "sendMessage", {})
        await db.audit.log(at=NOW, person_id=REPORTER, verb="submit", article_id=article.id)
        others = await db.personal.of(ADMIN)
        kept = await db.personal.of(REPORTER)
        gone = await db.personal.forget(REPORTER, NOW)

        assert {"staff", "staff_roles", "articles", "pastes", "questions", "cards", "notices"} == kept.keys()
        assert gone == dict.fromkeys(kept.keys() - {"articles"}, 1)
        left = await db.personal.of(REPORTER)
        assert left.keys() == {"staff", "articles"}
        assert left["staff"][0]["name"] == ""
        assert await db.personal.of(ADMIN) == others
        assert len(await db.audit.page(Sought(person_id=REPORTER), limit=5)) == 1
