"""An owner is led from an empty bot to the first post: each step leads to its dialogue and ticks itself."""

from pathlib import Path
from typing import Any

import pytest

from bot.config import StaffSettings
from bot.simulator.world import World
from tests.newsroom import COPY, NEWS, NOON, OWNER, READER, House, newsroom

ALONE = StaffSettings(owner=(OWNER,))


def _guides(house: House) -> list[dict[str, Any]]:
    return [one for one in house.owner.reads() if "تا نخستین پست:" in one.get("text", "")]


def _ticked(house: House) -> list[str]:
    """The steps that the newest guide says are done."""
    lines = str(_guides(house)[-1]["text"]).splitlines()
    return [line.partition(". ")[2] for line in lines if line.startswith("✅")]


async def _connected(house: House) -> None:
    await house.owner.sends("/start")
    await house.owner.presses("🧭 گام‌به‌گام")
    await house.owner.sends("/connect @news")


async def test_an_owner_goes_from_start_to_the_first_post_by_the_guide_alone() -> None:
    async with newsroom(staff=ALONE) as house:
        await house.owner.sends("/start")
        await house.owner.presses("🧭 گام‌به‌گام")
        assert "۰ از ۵" in _guides(house)[-1]["text"]
        assert "/connect" in _guides(house)[-1]["text"]

        await house.owner.sends("/connect @news")
        assert _ticked(house) == ["کانال"]
        assert "تهران" in house.owner.text()
        await house.owner.presses("همین درست است")
        assert _ticked(house) == ["کانال", "منطقهٔ زمانی"]

        await house.owner.presses("🕰 نوبت‌های")
        assert "کدام روزها؟" in house.owner.text()
        await house.owner.sends("/slots هر روز ۱۸")
        assert _ticked(house) == ["کانال", "منطقهٔ زمانی", "نوبت‌ها"]

        await house.owner.presses("➕")
        contact = {"phone_number": "98105", "first_name": "خاطره", "user_id": READER}
        await house.owner.sends(contact=contact)
        await house.owner.presses("خبرنگار")
        assert _ticked(house)[3:] == ["همکاران"]
        assert "متن خبر را همین‌جا" in house.owner.text()

        await house.owner.sends(COPY)
        await house.owner.presses("ارسال به دبیر")
        await house.owner.presses("story.approve:1:1")
        await house.owner.presses("۱۸:۰۰", message=house.owner.card())
        await house.passes(7 * 3600)
        assert house.posts()
        assert _ticked(house)[4:] == ["نخستین خبر"]
        assert "تحریریه‌تان راه افتاد" in house.owner.text(-2), "and under it the card of what is out"


async def test_a_press_redraws_the_guide_where_it_stands() -> None:
    async with newsroom(staff=ALONE) as house:
        await _connected(house)
        shown, count = _guides(house)[-1]["message_id"], len(house.owner.reads())
        for step in ("همکاران", "نخستین خبر", "کانال", "نوبت‌ها"):
            await house.owner.presses(f"▫️ {step}" if step != "کانال" else "✅ کانال")
            assert f"👉 {step}" in house.owner.text()
        assert (_guides(house)[-1]["message_id"], len(house.owner.reads())) == (shown, count)


async def test_another_time_zone_is_seen_in_the_books() -> None:
    async with newsroom(staff=ALONE) as house:
        await _connected(house)
        await house.owner.presses("🌍 تغییر")
        await house.owner.presses("کابل")
        assert "منطقهٔ زمانی" in _ticked(house)


async def test_who_works_alone_says_so() -> None:
    async with newsroom(staff=ALONE) as house:
        await _connected(house)
        await house.owner.presses("▫️ همکاران")
        await house.owner.presses("تنها کار می‌کنم")
        assert "همکاران" in _ticked(house)


async def test_a_closed_guide_says_nothing_more_until_it_is_called_for() -> None:
    async with newsroom(staff=ALONE) as house:
        await house.owner.sends("/guide")
        await house.owner.presses("بستن راهنما")
        await house.owner.sends("/connect @news")
        assert _guides(house) == []
        await house.owner.sends("/guide")
        assert _ticked(house) == ["کانال"]
        await house.owner.sends("/slots شنبه ۸")
        assert _ticked(house) == ["کانال", "نوبت‌ها"]


async def test_who_never_asked_to_be_led_is_not() -> None:
    async with newsroom(staff=ALONE) as house:
        await house.owner.sends("/start")
        await house.owner.sends("/connect @news")
        assert _guides(house) == []


async def test_no_step_is_told_twice_and_none_comes_back_as_news() -> None:
    async with newsroom(staff=ALONE) as house:
        await _connected(house)
        told = len(_guides(house))
        for _ in range(2):
            await house.owner.sends("/help")
        assert len(_guides(house)) == told


async def test_steps_that_were_done_before_are_ticked_at_the_first_look() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.owner.sends("/guide")
        assert _ticked(house) == ["کانال", "نوبت‌ها", "همکاران"]


async def test_only_an_owner_is_shown_the_way() -> None:
    async with newsroom() as house:
        await house.editor.sends("/start")
        assert not any("🧭" in label for label in house.editor.buttons())
        await house.owner.sends("/guide")
        assert await house.editor.forges("people.guide_close")
        assert await house.owner.forges("people.guide:nowhere")
        assert await house.owner.forges("people.guide_ok:story")


@pytest.mark.parametrize("asked", ["people.guide", "people.guide:slots", "people.guide:zone"])
async def test_without_a_channel_its_times_wait_for_one(asked: str) -> None:
    async with newsroom(staff=ALONE) as house:
        await house.owner.sends("/guide")
        await house.owner.presses(asked, forged=True)
        assert "channels." not in str(house.owner.reads()[-1].get("reply_markup"))


async def test_the_guide_goes_on_after_a_restart(tmp_path: Path) -> None:
    database, world = f"sqlite:///{tmp_path / 'desk.db'}", World(frozen=True, now=NOON)
    async with newsroom(database, world, staff=ALONE) as house:
        await _connected(house)
        await house.owner.presses("همین درست است")
    async with newsroom(database, world, staff=ALONE) as house:
        await house.owner.presses("▫️ نوبت‌ها")
        await house.owner.sends("/slots شنبه ۸")
        assert _ticked(house) == ["کانال", "منطقهٔ زمانی", "نوبت‌ها"]
        assert house.posts(NEWS) == []
