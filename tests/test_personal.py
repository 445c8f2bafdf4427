"""A person's data handed out and forgotten on the command line, while the stories and the record stay."""

import json
from pathlib import Path

import pytest

from bot import personal
from bot.config import FixedSettings, StaffSettings
from bot.errors import LastOwner, NotFound
from bot.news.talk import Sought
from storage import Storage
from tests.newsroom import OWNER, REPORTER, newsroom


async def _lived(tmp_path: Path) -> FixedSettings:
    """A newsroom in which a story was written and approved."""
    settings = FixedSettings(
        database=f"sqlite:///{tmp_path}/newsroom.db",
        staff=StaffSettings(owner=(OWNER,), reporter=(REPORTER,)),
    )
    async with newsroom(settings.database) as house:
        await house.approved()
    return settings


async def test_what_is_kept_of_a_person_is_handed_out(tmp_path: Path) -> None:
    kept = await personal.export(await _lived(tmp_path), REPORTER)

    assert {"staff", "staff_roles", "articles", "pastes", "record"} <= kept.keys()
    assert [entry["verb"] for entry in kept["record"]][:2] == ["write", "submit"]
    assert "گزارشگر" in json.dumps(kept, ensure_ascii=False, default=str) or kept["staff"][0]["name"]


async def test_a_person_is_forgotten_but_for_what_the_newsroom_has_done(tmp_path: Path) -> None:
    settings = await _lived(tmp_path)
    before = await personal.export(settings, REPORTER)
    gone = await personal.erase(settings, REPORTER)
    after = await personal.export(settings, REPORTER)

    assert gone["staff_roles"] == 1
    assert after.keys() == {"staff", "articles", "record"}
    assert after["staff"][0]["name"] == ""
    assert (after["articles"], after["record"]) == (before["articles"], before["record"])
    storage = await Storage.open(settings.database)
    async with storage.begin() as db:
        [told] = await db.audit.page(Sought(person_id=0), limit=1)
        who = await db.staff.get(REPORTER)
    await storage.close()
    assert (told.verb, told.detail) == ("erase_person", {"person": REPORTER})
    assert who is not None
    assert not who.roles


async def test_the_last_owner_and_a_stranger_are_not_forgotten(tmp_path: Path) -> None:
    settings = await _lived(tmp_path)
    with pytest.raises(LastOwner):
        await personal.erase(settings, OWNER)
    with pytest.raises(NotFound):
        await personal.erase(settings, 4_242)
    with pytest.raises(NotFound):
        await personal.export(settings, 4_242)
