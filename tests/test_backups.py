"""Backups by the clock: as often and as many as were asked for; the owners hear when none can be made."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import backups, checking
from bot.backups import Plan
from bot.config import BackupSettings, FixedSettings
from bot.desk import holding
from bot.errors import StorageError
from bot.finding import Mark
from storage import Storage, backup
from storage.lease import Holder
from tests.newsroom import NOON, House, newsroom, story

HOUR = timedelta(hours=1)


@pytest.fixture
def settings(tmp_path: Path) -> FixedSettings:
    wanted = BackupSettings(folder=tmp_path / "kept", every_hours=6, keep=3)
    return FixedSettings(database=f"sqlite:///{tmp_path}/desk.db", backup=wanted)


@pytest.fixture
async def house(settings: FixedSettings) -> AsyncIterator[House]:
    async with newsroom(settings.database, backup=settings.backup) as house:
        yield house


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


async def test_one_is_made_when_it_is_due_and_the_oldest_goes(settings: FixedSettings, house: House) -> None:
    plan = Plan.of(settings)
    assert plan is not None
    (plan.folder / "notes.txt").parent.mkdir()
    (plan.folder / "notes.txt").write_text("not ours")

    for hours in (0, 1, 5, 6, 7, 12, 18, 23, 24):
        await backups.step(plan, NOON + hours * HOUR)

    days = [f"desk-{(NOON + hours * HOUR).astimezone(UTC):%Y%m%d-%H%M%S}.monadi" for hours in (12, 18, 24)]
    assert names(plan.folder) == [*days, "notes.txt"]


async def test_what_is_older_than_so_many_days_goes_but_never_the_newest(
    tmp_path: Path, house: House
) -> None:
    plan = Plan(
        url=f"sqlite:///{tmp_path}/desk.db", folder=tmp_path / "kept", every=HOUR, keep=100, keep_days=2
    )
    for hours in (0, 10, 30):
        await backups.step(plan, NOON + hours * HOUR)
    await backups.step(plan, NOON + timedelta(days=3))
    assert len(backups.kept(plan)) == 2

    await backups.step(plan, NOON + timedelta(days=30))
    assert len(backups.kept(plan)) == 1


async def test_the_bot_makes_its_own_and_tells_its_owners_once_when_it_can_not(
    settings: FixedSettings, house: House
) -> None:
    folder = settings.backup.folder
    assert folder is not None
    await house.newsroom.back_up()
    assert len(names(folder)) == 1

    for there in folder.iterdir():
        there.unlink()
    folder.rmdir()
    folder.write_text("a file where the folder was")
    said = len(house.owner.reads())
    for _ in range(3):
        await house.passes(6 * 3600)
        await house.newsroom.back_up()
        await house.settles()
    assert len(house.owner.reads()) == said + 1
    assert "پشتیبان" in house.owner.text()

    folder.unlink()
    await house.newsroom.back_up()
    await house.settles()
    assert len(house.owner.reads()) == said + 2
    assert len(names(folder)) == 1


async def test_a_restored_newsroom_goes_on_where_it_was_and_asks_before_it_publishes(
    settings: FixedSettings, house: House, tmp_path: Path
) -> None:
    await house.approved()
    async with house.newsroom.storage.begin() as db:
        await db.lease.take("here", "one", 1, until=NOON + HOUR, now=NOON)
    file, _ = await backups.make(settings, tmp_path / "one.monadi")
    elsewhere = settings.model_copy(update={"database": f"sqlite:///{tmp_path}/new/desk.db"})

    await backups.put_back(elsewhere, file, replace=False)

    async with newsroom(elsewhere.database, world=house.world) as again:
        async with again.newsroom.storage.begin() as db:
            await db.lease.take("there", "two", 2, until=NOON + 3 * HOUR, now=NOON + 2 * HOUR)
            assert await holding.on_hold(db) is not None
        assert (await story(again)).approved_version == (await story(house)).approved_version


async def test_nobody_s_database_is_replaced_unasked(settings: FixedSettings, tmp_path: Path) -> None:
    await (await Storage.open(settings.database)).close()
    file, _ = await backups.make(settings, tmp_path / "one.monadi")

    with pytest.raises(StorageError, match="--replace"):
        await backups.put_back(settings, file, replace=False)
    before = await backups.put_back(settings, file, replace=True)

    assert before is not None
    assert before.exists()


async def test_nor_one_that_a_bot_works_with(settings: FixedSettings, tmp_path: Path) -> None:
    storage = await Storage.open(settings.database)
    async with storage.begin() as db:
        now = datetime.now(UTC)
        assert isinstance(await db.lease.take("one", "far", 7, until=now + HOUR, now=now), Holder)
    file, _ = await backups.make(settings, tmp_path / "one.monadi")
    await storage.close()

    with pytest.raises(StorageError, match="runs on far"):
        await backups.put_back(settings, file, replace=True)


async def test_check_tells_how_old_the_newest_is(settings: FixedSettings, tmp_path: Path) -> None:
    await (await Storage.open(settings.database)).close()
    plan = Plan.of(settings)
    assert plan is not None
    assert "none yet" in (await checking.last_backup(settings)).words

    await backup.write(plan.url, plan.folder / f"desk-{datetime.now(UTC):%Y%m%d-%H%M%S}.monadi", NOON)
    assert (await checking.last_backup(settings)).mark is Mark.FINE

    backups.kept(plan)[0].rename(plan.folder / "desk-20200101-000000.monadi")
    assert (await checking.last_backup(settings)).mark is Mark.FAULT
