"""A person who types a time that is in doubt is told what was understood, and picks what was meant."""

import pytest

from tests.newsroom import House, newsroom


async def asked(house: House, typed: str) -> tuple[str, list[str]]:
    """The answer to a typed time and its buttons, after a story was approved."""
    await house.approved()
    await house.admin.presses("زمان\u200cبندی")
    await house.admin.presses("در زمانی دیگر")
    answer = await house.admin.sends(typed)
    return answer, house.admin.buttons(house.admin.reads()[-1])


async def test_a_bare_hour_is_asked_both_ways_in_both_calendars_and_the_chosen_one_is_taken() -> None:
    async with newsroom() as house:
        answer, buttons = await asked(house, "فردا ۴")
        assert "روشن نیست" in answer
        assert "دوشنبه ۲ آذر ۱۴۰۵ (۲۳ نوامبر ۲۰۲۶)، ساعت ۱۶:۰۰" in answer
        assert [one.rpartition(" ")[2] for one in buttons] == ["۰۴:۰۰", "۱۶:۰۰", "انصراف"]
        await house.admin.presses(buttons[1])

        assert "در صف «خبر»" in house.admin.text()
        assert "ساعت ۱۶:۰۰" in house.admin.text()


async def test_the_doubt_can_be_dropped_and_nothing_is_planned() -> None:
    async with newsroom() as house:
        await asked(house, "۸")
        await house.admin.presses("انصراف")
        assert "چیزی عوض نشد" in house.admin.text()
        await house.admin.sends("/queue")

        assert "شهرداری سپیدکوه" not in house.admin.text()


@pytest.mark.parametrize(
    ("typed", "answer", "offered"),
    [
        ("۸", "روشن نیست", ["یکشنبه ۱ آذر ۱۴۰۵، ساعت ۲۰:۰۰", "دوشنبه ۲ آذر ۱۴۰۵، ساعت ۸:۰۰"]),
        ("امروز ۳", "منظورتان از «امروز ۳» این است؟", ["یکشنبه ۱ آذر ۱۴۰۵، ساعت ۱۵:۰۰"]),
        ("امروز ۸", "ساعت ۸:۰۰ گذشته است", ["یکشنبه ۱ آذر ۱۴۰۵، ساعت ۲۰:۰۰"]),
        ("13 pm", "منظورتان", ["یکشنبه ۱ آذر ۱۴۰۵، ساعت ۱۳:۰۰"]),
        (
            "فردا ۸ و پس\u200cفردا ۹",
            "بیش از یک زمان فهمیدم",
            ["دوشنبه ۲ آذر ۱۴۰۵، ساعت ۸:۰۰", "سه\u200cشنبه ۳ آذر ۱۴۰۵، ساعت ۹:۰۰"],
        ),
        (
            "شنبه ۱ آذر ساعت ۸",
            "۱ آذر ۱۴۰۵ یکشنبه است",
            ["یکشنبه ۱ آذر ۱۴۰۵، ساعت ۲۰:۰۰", "شنبه ۷ آذر ۱۴۰۵، ساعت ۸:۰۰"],
        ),
        ("دوشنبه ۲ آذر ۱۴۰۴ ساعت ۱۰", "۲ آذر ۱۴۰۴، ساعت ۱۰:۰۰ گذشته است", ["دوشنبه ۲ آذر ۱۴۰۵، ساعت ۱۰:۰۰"]),
    ],
)
async def test_what_was_understood_is_said_and_what_is_possible_offered(
    typed: str, answer: str, offered: list[str]
) -> None:
    async with newsroom() as house:
        said, buttons = await asked(house, typed)

        assert answer in said
        assert buttons[:-1] == offered


async def test_a_pasted_calendar_is_called_one_and_the_question_stays_open() -> None:
    async with newsroom() as house:
        answer, _ = await asked(house, "ش ی د س چ پ ج\n۱ ۲ ۳ ۴ ۵ ۶ ۷\n۸ ۹ ۱۰ ۱۱ ۱۲ ۱۳ ۱۴")
        assert "به تقویمی با روزها و ساعت\u200cهای بسیار می\u200cماند" in answer
        assert "نفهمیدم" not in answer
        await house.admin.sends("فردا ۸:۳۰")

        assert "در صف «خبر»" in house.admin.text()


async def test_a_post_that_is_moved_is_asked_about_as_well() -> None:
    async with newsroom() as house:
        await asked(house, "فردا ۸:۳۰")
        await house.admin.sends("/queue")
        await house.admin.presses("۱ · ۸:۳۰")
        await house.admin.presses("⌨️")
        await house.admin.sends("پنجشنبه ۴")
        await house.admin.presses("۱۶:۰۰")

        assert "پنج\u200cشنبه ۵ آذر ۱۴۰۵" in house.admin.text()


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("شنبه تا شنبه ۸", "آغاز و پایان «شنبه تا شنبه» یکی است"),
        ("شنبه ۸ تا ۸", "آغاز و پایان «۸ تا ۸» یکی است"),
        ("۹ و ۲۱", "در کدام روزها؟"),
        ("شنبه ۸ " * 500, "نویسه"),
        ("شنبه تا چهار شنبه 7:30 - 22", "یا از یکی تا دیگری"),
        ("weekends 10:30", "کدام روزها آخر هفته"),
    ],
)
async def test_slots_are_refused_for_the_real_reason(typed: str, answer: str) -> None:
    async with newsroom() as house:
        await house.admin.sends("/connect @news")
        said = await house.admin.sends(f"/slots {typed}")

        assert answer in said
        assert "روشن نیست" not in said
        assert "سطر" not in said


async def test_the_slots_of_a_closed_day_go_once_they_have_been_seen() -> None:
    async with newsroom() as house:
        await house.admin.sends("/connect @news")
        await house.admin.sends("/slots هر روز ۹ و ۲۱")
        asked = await house.admin.sends("/slots جمعه\u200cها تعطیل")
        assert "جمعه: ۹:۰۰ و ۲۱:۰۰" in asked
        await house.admin.presses("برداشتن")
        await house.admin.sends("/slots")

        assert "شنبه تا پنج\u200cشنبه: ۹:۰۰ و ۲۱:۰۰" in house.admin.text()


async def test_a_closed_day_without_slots_is_told_and_a_page_from_before_a_change_removes_nothing() -> None:
    async with newsroom() as house:
        await house.admin.sends("/connect @news")
        assert "نوبتی ندارد" in await house.admin.sends("/slots fridays off")
        await house.admin.sends("/slots هر روز ۹، جمعه\u200cها تعطیل")
        await house.admin.sends("/slots جمعه ۱۰")
        assert "جمعه: ۱۰:۰۰" in await house.admin.sends("/slots جمعه تعطیله")
        page = house.admin.reads()[-1]
        await house.admin.sends("/slots جمعه ۱۱")
        assert "✖️ برداشتن" not in house.admin.buttons()
        await house.admin.presses_as_seen("برداشتن", page)
        await house.admin.sends("/slots")

        assert "جمعه: ۱۰:۰۰ و ۱۱:۰۰" in house.admin.text()
