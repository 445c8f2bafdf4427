"""The daily brief: chosen by a press or typed, sent once a day, in the person's language, also after an outage."""

from pathlib import Path

import pytest

from handlers.plan import daily
from tests.newsroom import Person, newsroom

DAY = 24 * 3600
TITLE = "☀️"


def briefs(person: Person) -> list[str]:
    return [str(m["text"]) for m in person.reads() if str(m.get("text", "")).startswith(TITLE)]


async def at_eight(person: Person) -> None:
    await person.sends("/brief")
    await person.presses("۸")


async def test_it_is_off_until_a_person_chooses_an_hour_and_comes_every_day_once() -> None:
    async with newsroom() as house:
        await house.passes(2 * DAY)
        assert not briefs(house.admin)
        await at_eight(house.admin)
        assert "✅ ۸" in house.admin.buttons()
        await house.passes(19.9 * 3600)
        assert not briefs(house.admin)
        await house.passes(0.2 * 3600)
        assert len(briefs(house.admin)) == 1
        await house.passes(3 * DAY)
        assert len(briefs(house.admin)) == 4
        await house.admin.presses("🔕")
        await house.passes(2 * DAY)
        assert len(briefs(house.admin)) == 4


async def test_it_tells_what_waits_what_goes_out_and_which_slots_are_free() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.presses("🕰 خبر")
        await house.reporter.sends("خبر دوم شهر\nشهرداری سپیدکوه از کار تازه‌ای خبر داد و گفت ادامه دارد.")
        await house.reporter.presses("ارسال به دبیر")
        for person in (house.admin, house.editor, house.reporter):
            await person.sends("/brief")
            await person.presses("👁 خلاصه")
        [admins], [editors], [reporters] = (briefs(p) for p in (house.admin, house.editor, house.reporter))

        assert "۱۲:۳۰ خبر: شهرداری سپیدکوه" in admins
        assert "• خبر: ۱۸:۰۰" in admins
        assert "خبر دوم شهر" in editors
        assert "۱۸:۰۰" not in editors, "who plans nothing hears of no slots"
        assert "۱۲:۳۰ خبر: شهرداری سپیدکوه" in reporters
        assert "خبر دوم شهر" not in reporters, "it waits for others"
        await house.editor.presses("📄 خبر دوم شهر")
        assert "خبر دوم شهر" in house.editor.card()["text"]


async def test_a_typed_time_another_language_and_an_outage_over_several_days() -> None:
    async with newsroom() as house:
        await house.editor.sends("/language en")
        await house.editor.sends("/brief 7:15")
        assert "7:15" in house.editor.text()
        await house.sleeps(5 * DAY)
        assert len(briefs(house.editor)) == 1, "one after an outage, not one for each day"
        assert "Waits for you" in briefs(house.editor)[0]
        await house.passes(DAY)
        assert len(briefs(house.editor)) == 2


async def test_it_survives_a_restart_and_a_crash_over_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = f"sqlite:///{tmp_path}/newsroom.db"
    async with newsroom(file) as house:
        await at_eight(house.admin)
        world = house.world
    async with newsroom(file, world) as again:
        world.clock.advance(21 * 3600)
        with monkeypatch.context() as patch:
            patch.setattr(daily, "brief", _dies)
            with pytest.raises(KeyboardInterrupt):
                await daily.send_next(again.newsroom.storage, again.newsroom.clock, again.newsroom.house)
        assert not briefs(again.admin)
        await again.settles()
        assert len(briefs(again.admin)) == 1
        await again.passes(3600)
        assert len(briefs(again.admin)) == 1


async def _dies(*_: object) -> None:
    raise KeyboardInterrupt


async def test_who_lost_their_roles_gets_none() -> None:
    async with newsroom() as house:
        await at_eight(house.editor)
        async with house.newsroom.storage.begin() as db:
            person = await db.staff.get(house.editor.id)
            assert person is not None
            for role in person.roles:
                await db.staff.take(person.id, role)
        await house.passes(2 * DAY)
        assert not briefs(house.editor)
        async with house.newsroom.storage.begin() as db:
            assert await db.briefs.first() is None
