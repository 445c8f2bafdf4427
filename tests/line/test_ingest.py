"""The mail: nothing that was said is lost or handled twice, whatever happens in between."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.line import ingest
from bot.news.talk import Incoming
from bot.simulator.world import World
from storage import Storage
from tests.newsroom import COPY, NOON, newsroom


async def pending(storage: Storage) -> Incoming | None:
    async with storage.begin() as db:
        return await db.inbox.next_pending()


async def test_an_update_is_stored_before_telegram_is_told_that_it_came() -> None:
    async with newsroom() as house:
        house.reporter.phone.send(COPY)
        new = await ingest.pull(house.newsroom.bot, house.newsroom.storage, house.newsroom.clock, wait=0)

        assert new == 1
        assert await pending(house.newsroom.storage) is not None
        assert len(house.world.updates.pending) == 1  # not confirmed: Telegram still has it


async def test_what_was_said_before_a_crash_is_answered_after_it_and_once(tmp_path: Path) -> None:
    database, world = f"sqlite:///{tmp_path}/newsroom.db", World(frozen=True, now=NOON)
    async with newsroom(database, world) as house:
        house.reporter.phone.send(COPY)
        await ingest.pull(house.newsroom.bot, house.newsroom.storage, house.newsroom.clock, wait=0)
    async with newsroom(database, world) as house:
        cards = [m for m in house.reporter.reads() if m.get("reply_markup")]

        assert len(cards) == 1


async def test_an_open_question_and_a_draft_outlive_a_restart(tmp_path: Path) -> None:
    database, world = f"sqlite:///{tmp_path}/newsroom.db", World(frozen=True, now=NOON)
    async with newsroom(database, world) as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("ویرایش تیتر")
    async with newsroom(database, world) as house:
        await house.reporter.sends("تیتر پس از راه‌اندازی دوباره")

        assert house.reporter.card()["text"].startswith("تیتر پس از راه‌اندازی دوباره")


async def test_a_fault_of_ours_keeps_the_update_and_tells_its_sender(monkeypatch: pytest.MonkeyPatch) -> None:
    async with newsroom() as house:

        def broken(_: str) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr("bot.news.copydesk.read", broken)
        monkeypatch.setattr("bot.line.ingest.log", Silent())
        await house.reporter.sends(COPY)
        assert house.reporter.text().startswith("خطایی از سوی ما پیش آمد")
        monkeypatch.undo()
        await house.reporter.sends(COPY)

        assert house.reporter.text().startswith("شهرداری سپیدکوه")


async def test_mail_that_can_not_be_read_does_not_stop_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    async with newsroom() as house:
        monkeypatch.setattr("bot.line.ingest.log", Silent())
        async with house.newsroom.storage.begin() as db:
            await db.inbox.store(1, {"update_id": 1, "message": {"message_id": 1}}, NOON)  # no date, no chat
        await house.reporter.sends("/help")

        assert "کارهایی که از من برمی‌آید" in house.reporter.text()


async def test_the_database_going_away_leaves_the_update_where_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with newsroom() as house:
        house.reporter.phone.send(COPY)
        await ingest.pull(house.newsroom.bot, house.newsroom.storage, house.newsroom.clock, wait=0)

        async def away(*_: object, **__: object) -> None:
            raise StorageError("locked")

        with monkeypatch.context() as patch:
            patch.setattr("bot.desk.stories.Desk.write", away)
            with pytest.raises(StorageError):
                await house.newsroom.steps["desk"]()
        await house.settles()

        assert house.reporter.card()["text"].startswith("شهرداری سپیدکوه")


async def test_staff_messages_outlive_an_unreachable_telegram() -> None:
    async with newsroom() as house:
        house.world.faults.add(method="sendMessage", kind="drop", times=3)
        await house.reporter.sends("/start")
        assert house.reporter.text() == "/start"
        for _ in range(5):
            await house.passes(4)

        assert sum("به منادی خوش آمدید" in m.get("text", "") for m in house.reporter.reads()) == 1


async def test_someone_who_blocked_the_bot_holds_up_nobody() -> None:
    async with newsroom() as house:
        house.editor.phone.block()
        await house.reporter.sends(COPY)
        await house.reporter.presses("ارسال به دبیر")

        assert "در انتظار دبیر" in house.reporter.foot()


def test_the_moments_of_these_tests_are_aware() -> None:
    assert datetime(2026, 11, 22, 8, 30, tzinfo=UTC) == NOON


class Silent:
    """A log that nobody reads: these tests cause the faults they look at."""

    def exception(self, *_: object, **__: object) -> None:
        """Nothing."""


async def test_updates_that_were_handled_long_ago_are_forgotten() -> None:
    async with newsroom() as house:
        await house.reporter.sends("/help")
        await house.sleeps(8 * 24 * 3600)
        await house.reporter.sends("/help")
        async with house.newsroom.storage.begin() as db:
            newest = house.newsroom.doors.newest
            assert newest is not None
            assert not await db.inbox.store(newest - 1, {"update_id": newest - 1}, NOON)  # known still
        await house.newsroom.tidy()

        async with house.newsroom.storage.begin() as db:
            assert await db.inbox.store(newest - 1, {"update_id": newest - 1}, NOON)
            assert not await db.inbox.store(newest, {"update_id": newest}, NOON)
