"""Weekly slots by pressing alone: added, told what they take, taken away, undone; and boards that are old."""

from dataclasses import replace
from typing import Any

import pytest

from bot.news.model import Channel, Slot
from bot.news.quiet import Quiet, Rhythm
from tests.newsroom import COPY, NEWS, NOON, SPORT, House, Person, newsroom

FRIDAY, THURSDAY, SATURDAY = 4, 3, 5
NIGHT = Rhythm(quiet=(Quiet(weekdays=frozenset(range(7)), start=23 * 60, end=7 * 60),))


async def where(house: House) -> Channel:
    async with house.newsroom.storage.begin() as db:
        found = await db.channels.get(NEWS)
    assert found is not None
    return found


async def times(house: House) -> set[tuple[int, int]]:
    return {(slot.weekday, slot.minute) for slot in (await where(house)).slots}


async def kinds(house: House) -> set[tuple[str | None, int | None]]:
    return {(slot.category, slot.urgency) for slot in (await where(house)).slots}


async def set_times(house: House, *slots: Slot, rhythm: Rhythm | None = None) -> None:
    """Somebody else decides."""
    async with house.newsroom.storage.begin() as db:
        await db.channels.replace_slots(NEWS, slots)
        if rhythm:
            await db.channels.set_rhythm(NEWS, rhythm)


async def told(house: House, category: str, headline: str = "خبری دیگر") -> None:
    """The desk has a story of that category."""
    async with house.newsroom.storage.begin() as db:
        story = await db.articles.get(1)
        assert story is not None
        await db.articles.create(replace(story, headline=headline, category=category), by=1, now=NOON)


def labels(person: Person) -> list[str]:
    return person.buttons(person.reads()[-1])


def data(person: Person) -> dict[str, str]:
    rows = person.reads()[-1].get("reply_markup", {}).get("inline_keyboard", [])
    return {button["text"]: button["callback_data"] for row in rows for button in row}


async def opened(house: House) -> Person:
    """The admin's page of slots, of a channel that has none."""
    await house.reporter.sends(COPY)
    await house.admin.sends("/connect @news")
    await house.admin.sends("/slots")
    return house.admin


async def chooses(person: Person, *labels: str) -> None:
    """Press buttons of the last message by their whole text."""
    for label in labels:
        await person.presses(data(person)[label], message=person.reads()[-1])


async def test_slots_are_added_by_pressing_alone_at_several_hours_of_the_same_days() -> None:
    async with newsroom() as house:
        admin = await opened(house)
        messages = len(admin.reads())
        await chooses(admin, "➕ افزودن", "شنبه تا چهارشنبه", "✅ چهارشنبه", "جمعه")
        assert "انتخاب\u200cشده: شنبه تا سه\u200cشنبه و جمعه" in admin.text()
        await chooses(admin, "🕰 انتخاب ساعت", "۸:…")
        assert [label for label in labels(admin) if ":" in label] == ["۸:۴۵", "۸:۳۰", "۸:۱۵", "۸:۰۰"]
        await chooses(admin, "۸:۳۰")
        assert "شنبه تا سه\u200cشنبه و جمعه، ۸:۳۰" in admin.text()
        assert "هر خبری را می\u200cگیرد" in admin.text()
        await chooses(admin, "➕ ساعتی دیگر در همین روزها", "۱۸:…", "۱۸:۰۰", "✔️ پایان")

        assert "شنبه تا سه\u200cشنبه و جمعه: ۸:۳۰ و ۱۸:۰۰" in admin.text()
        assert await times(house) == {(day, minute) for day in (5, 6, 0, 1, 4) for minute in (510, 1080)}
        assert len(admin.reads()) == messages, "one message all along"


@pytest.mark.parametrize(
    ("preset", "days"), [("هر روز", 7), ("شنبه تا چهارشنبه", 5), ("پنج\u200cشنبه و جمعه", 2)]
)
async def test_days_have_presets_and_an_addition_is_undone(preset: str, days: int) -> None:
    async with newsroom() as house:
        admin = await opened(house)
        await chooses(admin, "➕ افزودن", preset, "🕰 انتخاب ساعت", "۱۰:…", "۱۰:۰۰")
        assert len(await times(house)) == days
        await chooses(admin, "↶ واگرد")
        assert await times(house) == set()
        await chooses(admin, "↷ انجام دوباره")
        assert len(await times(house)) == days
        await chooses(admin, "↶ واگرد")
        assert await times(house) == set()


async def test_quiet_hours_are_not_offered_and_what_is_there_is_marked() -> None:
    async with newsroom() as house:
        admin = await opened(house)
        await set_times(house, Slot(weekday=FRIDAY, minute=600), rhythm=NIGHT)
        await chooses(admin, "➕ افزودن", "جمعه", "🕰 انتخاب ساعت")
        assert "۷:…" in labels(admin)
        assert not {"۶:…", "۲۳:…"} & set(labels(admin))
        assert "ساعت\u200cهای سکوت در این فهرست نیستند" in admin.text()
        await chooses(admin, "۱۰:…", "✅ ۱۰:۰۰")
        assert "جمعه، ۱۰:۰۰" in admin.text(), "its own page, not a second one"


async def test_hours_that_the_spacing_forbids_are_refused_with_words() -> None:
    async with newsroom() as house:
        admin = await opened(house)
        await set_times(house, Slot(weekday=FRIDAY, minute=600), rhythm=Rhythm(spacing=30))
        await chooses(admin, "➕ افزودن", "جمعه", "🕰 انتخاب ساعت", "۱۰:…")
        assert "نزدیک\u200cتر" in await admin.presses(data(admin)["۱۰:۱۵"])
        assert await times(house) == {(FRIDAY, 600)}


async def test_slots_get_a_category_of_the_desk_and_an_urgency_and_any_story_again() -> None:
    async with newsroom() as house:
        admin = await opened(house)
        await told(house, "ورزش")
        await told(house, "ورزش", "خبر سوم")
        await told(house, "شهر")
        await chooses(admin, "➕ افزودن", "پنج\u200cشنبه و جمعه", "🕰 انتخاب ساعت", "۱۰:…", "۱۰:۰۰")
        assert "✅ هر خبری" in labels(admin)
        assert [label for label in labels(admin) if label in {"ورزش", "شهر"}][::-1] == ["ورزش", "شهر"]
        await chooses(admin, "ورزش", "⚡️ تا ۲")
        assert await kinds(house) == {("ورزش", 2)}
        assert "فقط این خبرها را می\u200cگیرد: فوریت ۲، دسته: ورزش" in admin.text()
        assert {"✅ ورزش", "✅ ⚡️ تا ۲", "هر خبری"} < set(labels(admin))
        await chooses(admin, "✅ ورزش")
        assert await kinds(house) == {(None, 2)}
        await chooses(admin, "↶ واگرد", "🕰 تک\u200cتک نوبت\u200cها")
        await chooses(admin, "پنج\u200cشنبه و جمعه: ۱۰:۰۰، فوریت ۲، دسته: ورزش", "هر خبری")
        assert await kinds(house) == {(None, None)}


async def test_one_day_of_several_gets_another_kind_or_goes_and_the_others_stay() -> None:
    async with newsroom() as house:
        admin = await opened(house)
        await told(house, "ورزش")
        await admin.sends("/slots شنبه تا چهارشنبه ۸ و ۱۲")
        await chooses(admin, "🕰 تک\u200cتک نوبت\u200cها", "شنبه تا چهارشنبه: ۸:۰۰", "شنبه", "ورزش")
        assert {slot.weekday for slot in (await where(house)).slots if slot.category} == {SATURDAY}
        await chooses(admin, "✖️ برداشتن")
        assert (SATURDAY, 480) not in await times(house)
        assert len(await times(house)) == 9
        await chooses(admin, "↶ واگرد")
        assert len(await times(house)) == 10
        assert ("ورزش", None) in await kinds(house)


async def test_a_category_that_no_story_has_is_written() -> None:
    async with newsroom() as house:
        admin = await opened(house)
        await admin.sends("/slots جمعه ۱۰، فوریت ۴")
        await chooses(admin, "🕰 تک\u200cتک نوبت\u200cها", "جمعه: ۱۰:۰۰، فوریت ۴", "✏️ دستهٔ دیگر")
        assert "نام یک دسته نیست" in await admin.sends("جمعه ۸")
        assert await kinds(house) == {(None, 4)}
        assert "دسته: آب و هوا" in await admin.sends("آب و هوا")
        assert await kinds(house) == {("آب و هوا", 4)}


async def test_an_old_board_says_so_is_redrawn_and_changes_nothing() -> None:
    async with newsroom() as house:
        admin = await opened(house)
        await chooses(admin, "➕ افزودن", "جمعه", "🕰 انتخاب ساعت", "۱۰:…")
        old = data(admin)
        await set_times(house, Slot(weekday=FRIDAY, minute=615, category="ورزش"))
        assert "عوض شده" in await admin.presses(old["۱۰:۰۰"])
        assert await times(house) == {(FRIDAY, 615)}
        assert "✅ ۱۰:۱۵" in labels(admin), "as it is now"

        await chooses(admin, "✅ ۱۰:۱۵")
        old = data(admin)
        await set_times(house, Slot(weekday=FRIDAY, minute=615, category="شهر"))
        for press in ("✖️ برداشتن", "⚡️ تا ۲", "✏️ دستهٔ دیگر"):
            assert "عوض شده" in await admin.forges(old[press])
        assert await kinds(house) == {("شهر", None)}
        assert "دسته: شهر" in admin.text()
        await set_times(house)
        assert "عوض شده" in await admin.presses(data(admin)["✖️ برداشتن"])
        assert "هنوز" in admin.text(), "none is left"


async def test_every_slot_of_many_is_reached_and_no_button_is_too_long() -> None:
    async with newsroom() as house:
        admin = await opened(house)
        await told(house, "اجتماعی و فرهنگی و همهٔ آنچه هست")
        many = [Slot(weekday=day, minute=60 * hour + day) for day in range(7) for hour in range(24)]
        await set_times(house, *many)
        await admin.sends("/slots")
        await chooses(admin, "🕰 تک\u200cتک نوبت\u200cها")
        seen: set[str] = set()
        while True:
            seen |= {label for label in labels(admin) if ":" in label}
            assert max(len(each.encode()) for each in data(admin).values()) <= 64
            later = [label for label in labels(admin) if "بعدی" in label]
            if not later:
                break
            await chooses(admin, later[0])
        assert len(seen) == len(many)
        await admin.presses(next(label for label in labels(admin) if ":" in label))
        assert max(len(each.encode()) for each in data(admin).values()) <= 64
    longest = "channels.takes:-1001234567890123:127.1439:tffffffff:cffffffff"
    assert len(longest) <= 64


FORGED = [
    f"channels.new_slots:{NEWS}:128", f"channels.new_slots:{NEWS}:-1", "channels.new_slots:5:1", f"channels.slot_hours:{NEWS}:0",
    f"channels.slot_minutes:{NEWS}:1:24", f"channels.slot_minutes:{NEWS}:1:-1", f"channels.add_slot:{NEWS}:1:99999:t0",
    f"channels.add_slot:{NEWS}:0:60:t0", f"channels.week_slot:{NEWS}:0.60", f"channels.week_slot:{NEWS}:x", f"channels.week_slot:{NEWS}:1.2.3",
    f"channels.takes:{NEWS}:16.600:t0", f"channels.takes:{NEWS}:999.600:t0:any", f"channels.drop_slot:{NEWS}:7", f"channels.each_slot:{SPORT}",
]  # fmt: skip


async def test_forged_buttons_are_answered_and_change_nothing() -> None:
    async with newsroom() as house:
        admin = await opened(house)
        await admin.sends("/slots جمعه ۱۰")
        before: Any = await where(house)
        for forged in FORGED:
            assert await admin.forges(forged), forged
            assert await house.reporter.forges(forged), forged
        await admin.presses("تک\u200cتک")
        await admin.presses("جمعه")
        taking = data(admin)["✅ هر خبری"]
        assert "دکمه" in await admin.forges(taking.replace(":any", ":u9"))
        assert "دکمه" in await admin.forges(taking.replace(":any", ":cdeadbeef"))
        assert await where(house) == before


async def test_from_a_card_the_days_come_below_it_and_a_sentence_still_does() -> None:
    async with newsroom() as house:
        admin = await opened(house)
        await house.reporter.presses("ارسال به دبیر")
        await house.editor.presses("تأیید")
        await admin.forges("story.view:1:1:plan")
        messages = len(admin.reads())
        await admin.presses("نوبتی نیست")
        assert len(admin.reads()) == messages + 1
        await chooses(admin, "⌨️ با یک جمله")
        assert "جمعه: ۱۰:۰۰" in await admin.sends("جمعه\u200cها ۱۰")
