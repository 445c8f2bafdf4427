"""What owners hear of the house itself: once, and once when it is well again, whatever is restarted meanwhile."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from bot import counting, machine, rounds
from bot.config import DeskSettings
from bot.desk import week_sums
from bot.errors import TokenRefused
from bot.news.model import PostState
from bot.news.upkeep import ChannelSum, Kind, Room, WeekSum
from bot.outlets import _standing
from bot.simulator import places
from bot.simulator.world import World
from bot.words import words
from handlers.posts import week_sum
from storage import Storage
from tests.newsroom import NEWS, NOON, House, newsroom, story

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
GIGABYTE = 1_000_000_000


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with newsroom() as house:
        yield house


def has_room(house: House, free: int) -> None:
    house.newsroom.rounds.rooms = lambda: (Room(folder="/srv/monadi", free=free),)


async def goes_round(house: House, times: int = 1) -> list[str]:
    """What the owner reads of so many rounds."""
    before = len(house.owner.reads())
    for _ in range(times):
        await house.newsroom.rounds.step()
        await house.settles()
    return [str(one["text"]) for one in house.owner.reads()[before:]]


async def silence(house: House, minutes: float) -> None:
    """Telegram is away for so long: nothing is heard of it."""
    heard = house.newsroom.publisher.heard_at
    house.world.clock.advance(minutes * 60)
    await house.newsroom.rounds.step()
    assert house.newsroom.publisher.heard_at == heard


# ── Disks ───────────────────────────────────────────────────────────────────────────────────────────


async def test_a_disk_that_fills_is_told_when_it_is_nearly_full_when_it_is_full_and_when_it_is_not(
    house: House,
) -> None:
    has_room(house, machine.LOW)
    assert await goes_round(house) == []

    has_room(house, 640_000_000)
    (said,) = await goes_round(house, 3)
    assert "srv/monadi" in said
    assert "۶۴۰ مگابایت" in said

    has_room(house, machine.FULL - 1)
    (said,) = await goes_round(house, 3)
    assert said.startswith("🛑")

    has_room(house, machine.LOW)
    assert await goes_round(house) == [], "a little more is none to speak of"
    has_room(house, 3 * GIGABYTE)
    (said,) = await goes_round(house, 3)
    assert said.startswith("✅")


async def test_a_disk_that_is_full_at_once_is_told_once(house: House) -> None:
    has_room(house, 0)

    (said,) = await goes_round(house, 2)

    assert said.startswith("🛑")


async def test_a_restart_tells_nothing_twice_and_still_tells_the_end(tmp_path: Path) -> None:
    database, world = f"sqlite:///{tmp_path}/desk.db", World(frozen=True, now=NOON)
    async with newsroom(database, world) as house:
        has_room(house, 0)
        assert len(await goes_round(house)) == 1
    async with newsroom(database, world) as again:
        has_room(again, 0)
        assert await goes_round(again) == []
        has_room(again, 3 * GIGABYTE)
        assert len(await goes_round(again)) == 1


async def test_what_lasts_is_named_to_who_asks_whether_it_is_ready(house: House) -> None:
    has_room(house, 0)
    await goes_round(house)

    assert (await _standing(house.newsroom))["troubles"] == ("disk_full", "disk_low")


# ── The way to Telegram ─────────────────────────────────────────────────────────────────────────────


async def test_telegram_away_for_ten_minutes_is_told_once_it_is_back(house: House) -> None:
    await silence(house, 11)
    assert (await _standing(house.newsroom))["faults"] == ["telegram"]
    assert house.newsroom.rounds.troubles == ("telegram",)
    await silence(house, 20)
    await house.settles()  # it is heard again

    (said,) = await goes_round(house, 2)

    assert "۱۲:۰۰" in said
    assert "۱۲:۳۱" in said


async def test_nine_minutes_are_not_worth_a_word(house: House) -> None:
    await silence(house, 9)
    await house.settles()

    assert await goes_round(house) == []


async def test_an_absence_that_a_restart_falls_into_is_told(tmp_path: Path) -> None:
    database, world = f"sqlite:///{tmp_path}/desk.db", World(frozen=True, now=NOON)
    async with newsroom(database, world) as house:
        await silence(house, 11)
    async with newsroom(database, world) as again:
        (said,) = await goes_round(again, 2)
        assert "۱۲:۰۰" in said


async def test_so_is_one_in_which_it_was_started_and_greets_in_vain(house: House) -> None:
    house.newsroom.publisher.heard_at = None
    await house.newsroom.rounds.beside_greeting()
    house.world.clock.advance(15 * 60)
    await house.newsroom.rounds.beside_greeting()
    await house.settles()

    assert len(await goes_round(house, 2)) == 1


async def test_a_token_that_is_refused_is_told_of_by_the_publisher_alone(house: House) -> None:
    house.newsroom.publisher.line.struck("mail", TokenRefused("Unauthorized"), NOON)
    await silence(house, 30)

    assert house.newsroom.rounds.troubles == ()


# ── Rights ──────────────────────────────────────────────────────────────────────────────────────────


async def test_rights_that_are_lost_in_a_channel_are_told_and_so_is_that_they_are_back(house: House) -> None:
    await house.admin.sends("/connect @news")
    assert await goes_round(house) == []
    places.enroll(house.world, NEWS, "bot", "administrator", rights={"can_delete_messages": False})
    await house.settles()

    assert await goes_round(house) == [], "once an hour"
    await house.passes(3600)
    (said,) = await goes_round(house, 2)
    assert said.count("•") == 1

    places.enroll(house.world, NEWS, "bot", "administrator", rights=["can_post_messages"])
    await house.passes(3600)
    (said,) = await goes_round(house, 2)
    assert said.count("•") == 2

    places.enroll(house.world, NEWS, "bot", "administrator")
    await house.passes(3600)
    (said,) = await goes_round(house, 2)
    assert said.startswith("✅")


async def test_a_channel_that_telegram_said_is_lost_is_not_told_of_again(house: House) -> None:
    await house.admin.sends("/connect @news")
    places.enroll(house.world, NEWS, "bot", "left")
    await house.settles()
    await house.passes(3600)

    assert await goes_round(house) == []


async def test_one_that_a_post_found_lost_is_told_to_owners_too(house: House) -> None:
    await house.admin.sends("/connect @news")
    async with house.newsroom.storage.begin() as db:
        await db.channels.set_trouble(NEWS, "need administrator rights in the channel chat", connected=False)
    await house.passes(3600)

    (said,) = await goes_round(house, 2)

    assert said.count("•") == 1


# ── The week ────────────────────────────────────────────────────────────────────────────────────────


async def week_of(house: House, days: float) -> list[str]:
    await house.newsroom.rounds.step()
    house.world.clock.advance(days * 86_400)
    await house.settles()
    return [one for one in await goes_round(house, 2) if one.startswith("📊")]


async def test_the_week_s_sum_comes_on_saturday_morning_once(house: House) -> None:
    await house.approved()
    article = await story(house)
    async with house.newsroom.storage.begin() as db:
        for occurrence, (late, state) in enumerate(
            ((0, PostState.SENT), (20, PostState.SENT), (0, PostState.FAILED))
        ):
            post = await db.posts.add(
                article_id=article.id,
                channel_id=NEWS,
                due_at=NOON + HOUR,
                by=1,
                now=NOON,
                occurrence=occurrence,
            )
            await db.posts.change(post.id, state, frm=(PostState.PENDING,), now=NOON)
            if state is PostState.SENT:
                await set_sent(house.newsroom.storage, post.id, NOON + HOUR + late * MINUTE, db)

    assert await week_of(house, 5) == []  # Friday noon
    (said,) = await week_of(house, 1)  # Saturday noon

    assert "۲ پست" in said
    assert "۱ دیر" in said
    assert "۱ ناموفق" in said
    assert await week_of(house, 6) == []
    (said,) = await week_of(house, 1)
    assert "چیزی منتشر نشد" in said


async def set_sent(storage: Storage, post_id: int, at: Any, db: Any) -> None:
    from sqlalchemy import update

    from storage.schema import posts

    await db._connection.execute(update(posts).where(posts.c.id == post_id).values(sent_at=at))


async def test_a_restart_tells_the_week_no_second_time(tmp_path: Path) -> None:
    database, world = f"sqlite:///{tmp_path}/desk.db", World(frozen=True, now=NOON)
    async with newsroom(database, world) as house:
        assert len(await week_of(house, 6)) == 1
        house.newsroom.rounds._sum_at = None
        assert [one for one in await goes_round(house) if one.startswith("📊")] == []
    async with newsroom(database, world) as again:
        assert await week_of(again, 0) == []
        assert len(await week_of(again, 30)) == 1, "after an outage one, not four"


async def test_two_that_read_the_same_week_tell_it_once(house: House) -> None:
    storage = house.newsroom.storage
    async with storage.begin() as db:
        mark = await week_sums.mark(db, NOON)
    week = await week_sums.read(storage, mark, NOON + 7 * DAY, backup_at=None)
    for _ in range(2):
        async with storage.begin() as db:
            await week_sum.tell(db, week, zone="Asia/Tehran")
    await house.settles()

    assert sum(str(one["text"]).startswith("📊") for one in house.owner.reads()) == 1


async def test_it_can_be_set_to_another_hour_and_switched_off() -> None:
    async with newsroom(desk=DeskSettings(weekly_sum="wednesday 13:30")) as house:
        assert await week_of(house, 3) == []
        assert len(await week_of(house, 0.1)) == 1
    async with newsroom(desk=DeskSettings(weekly_sum="")) as house:
        assert await week_of(house, 30) == []


@pytest.mark.parametrize("typed", ["saturday", "9:00", "saturday 24:00", "caturday 9:00", "saturday 9"])
def test_what_is_no_hour_of_a_week(typed: str) -> None:
    with pytest.raises(ValidationError):
        DeskSettings(weekly_sum=typed)


async def test_errors_that_were_logged_are_counted_in_it_past_restarts(tmp_path: Path) -> None:
    database, world = f"sqlite:///{tmp_path}/desk.db", World(frozen=True, now=NOON)
    for _ in range(2):
        async with newsroom(database, world) as house:
            counting.FAULTS["error"] += 2
            await goes_round(house, 2)
    async with newsroom(database, world) as house:
        (said,) = await week_of(house, 6)
    assert "۴" in said.splitlines()[-1]


def test_the_sum_of_three_hundred_channels_fits_one_message() -> None:
    sums = tuple(
        ChannelSum(title="ک" * 128, out=10_000 + number, late=10_000, failed=10_000, corrected=10_000)
        for number in range(300)
    )
    week = WeekSum(
        since=NOON, until=NOON + 7 * DAY, channels=sums, drafts=1, database_bytes=0, grown=0, faults=0
    )
    for language in ("fa", "en"):
        said = week_sum.text(week, words(language), "Asia/Tehran")
        assert len(said) < 4_000
        assert len(said.splitlines()) < 42


async def test_a_fault_in_one_look_does_not_end_the_others(house: House) -> None:
    def broken() -> tuple[Room, ...]:
        raise RuntimeError

    house.newsroom.rounds.rooms = broken
    assert len(await week_of(house, 6)) == 1


def test_all_kinds_of_trouble_about_rights_have_words() -> None:
    assert {kind for kind in Kind if kind.value.startswith("may_not")} == set(rounds._RIGHTS.values())
