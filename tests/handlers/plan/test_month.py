"""A month on buttons: every day in its place, what has room marked, a time chosen by pressing alone."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.news.model import Article, Channel, Slot
from bot.news.plans import month
from bot.news.plans.month import Calendar, Month, Room
from bot.news.plans.rhythm import Taken, quiet_until
from bot.news.quiet import Quiet, Rhythm
from bot.words import words
from handlers.posts import seen
from tests.newsroom import NEWS, House, Person, newsroom

ICU = json.loads((Path(__file__).parents[2] / "data" / "jalali_icu.json").read_text(encoding="utf-8"))
TEHRAN = "Asia/Tehran"
NOON = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
DAILY = tuple(Slot(weekday=weekday, minute=minute) for weekday in range(7) for minute in (480, 1080))


def test_every_day_of_thirty_years_stands_in_its_weekday_as_icu_has_it() -> None:
    for year, firsts in ICU["first_days"].items():
        for number, first in enumerate(firsts, start=1):
            shown = Month(calendar=Calendar.JALALI, year=int(year), number=number)
            assert shown.first == date.fromisoformat(first)
            cells = [
                (row, column, day) for row, week in enumerate(shown.weeks) for column, day in enumerate(week)
            ]
            days = [day for _, _, day in cells if day]
            assert [month.number_of(day, Calendar.JALALI) for day in days] == list(range(1, len(days) + 1))
            assert all(column == (day.weekday() + 2) % 7 for _, column, day in cells if day)
            assert None not in {shown.weeks[0][-1], shown.weeks[-1][0]}, "no empty row"


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)), st.sampled_from(Calendar))
@settings(max_examples=60)
def test_a_day_is_once_in_its_month_and_leafing_there_and_back_is_nothing(day: date, kind: Calendar) -> None:
    shown = month.month_of(day, kind)

    assert [each for week in shown.weeks for each in week].count(day) == 1
    assert shown.shifted(1).shifted(-1) == shown
    assert shown.shifted(-1).days[-1] + timedelta(days=1) == shown.first


def channel(**more: object) -> Channel:
    return Channel(id=NEWS, title="خبر", **{"slots": DAILY, **more})  # type: ignore[arg-type]


def rooms(where: Channel, *taken: datetime, of: date = date(2026, 11, 22)) -> dict[date, Room]:
    shown = month.month_of(of, Calendar.JALALI)
    return month.rooms(shown, where, Taken(taken, where.time_zone), NOON)


def test_days_over_too_far_and_without_a_slot_are_told_from_the_others() -> None:
    evening = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)

    assert rooms(channel())[date(2026, 11, 22)] is Room.FREE
    assert rooms(channel(), evening)[date(2026, 11, 22)] is Room.FULL  # its 8 o'clock is over
    assert rooms(channel(), evening)[date(2026, 11, 23)] is Room.FREE
    assert rooms(channel(), of=date(2026, 11, 21))[date(2026, 11, 21)] is Room.PAST
    assert rooms(channel(), of=date(2027, 11, 25))[date(2027, 11, 24)] is Room.FAR
    assert set(rooms(channel(slots=())).values()) == {Room.FREE}, "a channel without slots has none taken"


def test_a_day_with_as_many_posts_as_the_channel_wants_is_full() -> None:
    one_a_day = channel(rhythm=Rhythm(per_day=1))

    assert rooms(one_a_day, datetime(2026, 11, 24, 6, tzinfo=UTC))[date(2026, 11, 24)] is Room.FULL


@given(
    st.integers(0, 380),
    st.sampled_from([TEHRAN, "Asia/Kabul", "Europe/Berlin", "America/New_York"]),
    st.integers(0, 1439),
    st.integers(0, 1439),
)
@settings(max_examples=40)
def test_no_time_is_offered_that_is_over_quiet_or_skipped(
    ahead: int, zone: str, start: int, end: int
) -> None:
    assume(start != end)  # a channel that is always quiet can't be made
    day = NOON.date() + timedelta(days=ahead)
    where = channel(
        time_zone=zone, rhythm=Rhythm(quiet=(Quiet(weekdays=frozenset(range(7)), start=start, end=end),))
    )
    taken = Taken((), zone)
    offered = [at for hour in range(24) for at in month.quarters(day, hour, where, NOON)]

    assert sorted(offered) == offered
    assert all(NOON < at <= NOON + month.FURTHEST for at in offered)
    for at in (*offered, *month.free_slots(day, where, taken, NOON)):
        assert f"{day}" == f"{at.astimezone(ZoneInfo(zone)).date()}"
        assert quiet_until(at, where.rhythm, zone) is None


def test_the_hour_that_berlin_skips_is_not_offered_and_the_one_it_has_twice_is_offered_once() -> None:
    berlin = channel(time_zone="Europe/Berlin")

    assert 2 not in month.hours(date(2027, 3, 28), berlin, NOON)
    twice = month.quarters(date(2027, 10, 31), 2, berlin, NOON)
    assert [at.hour for at in twice] == [0, 0, 0, 0]


def test_a_day_is_named_in_both_calendars() -> None:
    assert month.both(date(2026, 11, 26), "fa") == "پنج\u200cشنبه ۵ آذر ۱۴۰۵ (۲۶ نوامبر ۲۰۲۶)"
    assert month.both(date(2026, 11, 26), "en") == "Thursday 26 November 2026 (1405/09/05)"


def data(person: Person, number: int = -1) -> dict[str, str]:
    """Labels of a message by what their buttons hold."""
    rows = person.reads()[number].get("reply_markup", {}).get("inline_keyboard", [])
    return {button["callback_data"]: button["text"] for row in rows for button in row}


def labels(person: Person) -> list[str]:
    return person.buttons(person.reads()[-1])


async def opened(house: House) -> str:
    """The admin opens the month of the approved story from its card; the word in its buttons."""
    await house.approved()
    await house.admin.sends("/desk")
    await house.admin.presses("شهرداری")
    await house.admin.presses("زمان‌بندی")
    await house.admin.presses("📅")
    return next(iter(data(house.admin))).split(":")[1]


async def test_a_time_is_chosen_by_pressing_and_said_in_both_calendars() -> None:
    async with newsroom() as house:
        word = await opened(house)
        assert "آذر ۱۴۰۵" in labels(house.admin)
        assert "[۱]" in labels(house.admin)

        await house.admin.presses(f"plan.month_day:{word}:j{date(2026, 11, 22).toordinal()}")
        assert "یکشنبه ۱ آذر ۱۴۰۵ (۲۲ نوامبر ۲۰۲۶)" in house.admin.text()
        assert "۱۱:…" not in labels(house.admin), "that hour is over"
        await house.admin.presses("۱۷:…")
        assert {"۱۷:۰۰", "۱۷:۱۵", "۱۷:۳۰", "۱۷:۴۵"} < set(labels(house.admin))
        await house.admin.presses("۱۷:۱۵")

        assert "در صف «خبر»" in house.admin.text()
        assert "یکشنبه ۱ آذر ۱۴۰۵ (۲۲ نوامبر ۲۰۲۶)، ساعت ۱۷:۱۵" in house.admin.text()
        assert house.posts() == []
        await house.passes(5.3 * 3600)
        assert len(house.posts()) == 1


async def test_free_slots_of_a_day_are_offered_first_and_taken() -> None:
    async with newsroom() as house:
        word = await opened(house)
        await house.admin.presses(f"plan.month_day:{word}:j{date(2026, 11, 23).toordinal()}")
        assert {"🕰 ۸:۰۰", "🕰 ۱۲:۳۰", "🕰 ۱۸:۰۰"} < set(labels(house.admin))

        await house.admin.presses("🕰 ۱۸:۰۰")

        assert "دوشنبه ۲ آذر ۱۴۰۵ (۲۳ نوامبر ۲۰۲۶)، ساعت ۱۸:۰۰" in house.admin.text()


async def test_the_month_is_leafed_and_switched_and_no_button_is_too_long() -> None:
    async with newsroom() as house:
        await opened(house)
        await house.admin.presses("‹ بعدی")
        assert "دی ۱۴۰۵" in labels(house.admin)
        await house.admin.presses("میلادی")
        assert "ژانویه ۲۰۲۷" in labels(house.admin)
        await house.admin.presses("شمسی")
        await house.admin.presses("پیشین ›")
        assert "آذر ۱۴۰۵" in labels(house.admin)
        assert not [label for label in labels(house.admin) if "پیشین" in label], "nothing to choose there"
        assert max(len(each.encode()) for each in data(house.admin)) <= 64
        for _ in range(12):
            await house.admin.presses("‹ بعدی")
        assert not [label for label in labels(house.admin) if "بعدی" in label], "a year is enough"
        await house.admin.presses("میلادی")
        assert "نوامبر ۲۰۲۷" in labels(house.admin), "the last one of the other calendar that has a day"
    longest = "plan.month_hour:a1234567890.12345.-1001234567890123:j739941.23"
    assert len(longest) <= 64


async def test_a_post_is_moved_from_its_own_page_and_an_outdated_month_says_so() -> None:
    async with newsroom() as house:
        word = await opened(house)
        await house.admin.presses(f"plan.month_day:{word}:j{date(2026, 11, 23).toordinal()}")
        await house.admin.presses("🕰 ۱۸:۰۰")
        await house.admin.sends("/queue")
        await house.admin.presses("plan.post:1")
        await house.admin.presses("📅")
        old = next(iter(data(house.admin))).split(":")[1]
        assert old.startswith("p")
        await house.admin.presses(f"plan.month_day:{old}:j{date(2026, 11, 25).toordinal()}")
        await house.admin.presses("🕰 ۸:۰۰")
        assert "چهارشنبه ۴ آذر ۱۴۰۵" in house.admin.text()

        tuesday = int(datetime(2026, 11, 24, 6, tzinfo=UTC).timestamp()) // 60
        said = await house.admin.forges(f"plan.month_at:{old}:{tuesday}")

        assert words("fa")(seen.CHANGED) in said
        assert "چهارشنبه ۴ آذر ۱۴۰۵" in house.admin.text(), "nothing has changed"


async def test_forged_and_impossible_choices_get_an_answer_and_change_nothing() -> None:
    async with newsroom() as house:
        word = await opened(house)
        before = house.admin.text()
        past, far = date(2026, 11, 1).toordinal(), date(2028, 1, 1).toordinal()
        for forged, said in {
            f"plan.month_day:{word}:j{past}": "گذشته",
            f"plan.month_day:{word}:j{far}": "یک سال",
            f"plan.month_day:{word}:j9999999": "دکمه",
            f"plan.month_day:{word}:x12": "دکمه",
            f"plan.month_day:{word}:": "دکمه",
            f"plan.month:{word}:j99999": "دکمه",
            f"plan.month:{word}:9": "دکمه",
            "plan.month:12:j16869": "دکمه",
            "plan.month:p99.1": "نیست",
            f"plan.month_at:{word}:1": "گذشته",
            f"plan.month_at:{word}:99999999999": "دکمه",
            f"plan.month_at:{word}:{int(datetime(2028, 1, 1, tzinfo=UTC).timestamp()) // 60}": "یک سال",
            "plan.no_day:past": "گذشته",
            "plan.no_day:far": "یک سال",
            "plan.pick:a1.7.-1001000000001": "عوض شده",
        }.items():
            answer = await house.admin.forges(forged)
            assert said in answer, (forged, answer)
        assert house.admin.text() == before
        assert await house.reporter.forges(f"plan.month:{word}") != ""
        await house.admin.sends("/queue")
        assert "شهرداری" not in house.admin.text()


async def test_someone_who_reads_english_gets_a_gregorian_month_from_left_to_right() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.sends("/language")
        await house.admin.presses("English")
        await house.admin.sends("/desk")
        await house.admin.presses("شهرداری")
        await house.admin.presses("Schedule")
        await house.admin.presses("📅")

        seen = labels(house.admin)
        assert "November 2026" in seen
        assert "[22]" in seen
        assert seen.index("23") > seen.index("[22]")


async def test_holidays_are_marked_in_the_month_and_named_there_and_on_their_day() -> None:
    async with newsroom() as house:
        await house.owner.sends("/holidays ۵ آذر ۱۴۰۵ جشن سپیدکوه")
        word = await opened(house)
        assert "•۵" in labels(house.admin)
        assert "• ۵ آذر: جشن سپیدکوه" in house.admin.text()
        assert "• تعطیل رسمی" in house.admin.text()
        await house.admin.presses("میلادی")
        await house.admin.presses("پیشین ›")
        assert "•۲۶" in labels(house.admin)
        assert "• ۲۶ نوامبر: جشن سپیدکوه" in house.admin.text()
        await house.admin.presses(f"plan.month_day:{word}:g{date(2026, 11, 26).toordinal()}")
        assert "• تعطیل رسمی: جشن سپیدکوه" in house.admin.text()

        farvardin = month.month_of(date(2027, 3, 21), Calendar.JALALI)
        await house.admin.forges(f"plan.month:{word}:j{farvardin.year * 12 + farvardin.number - 1}")
        assert "• ۱، ۲، ۳، ۴ فروردین: نوروز" in house.admin.text(), "once, not four times"
        await house.admin.forges(f"plan.month:{word}:j{farvardin.year * 12 + 1}")
        assert "تعطیل" not in house.admin.text(), "Ordibehesht has none"


async def test_a_day_whose_slots_are_for_other_stories_is_not_free_because_of_them() -> None:
    async with newsroom() as house:
        word = await opened(house)
        async with house.newsroom.storage.begin() as db:
            kinds = [Slot(weekday=6, minute=1080), Slot(weekday=6, minute=1200, category="ورزش")]
            await db.channels.replace_slots(NEWS, kinds)
            other = await db.articles.create(Article(headline="خبری دیگر"), by=1, now=NOON)
            at = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
            await db.posts.add(article_id=other.id, channel_id=NEWS, due_at=at, by=1, now=NOON)
        await house.admin.forges(f"plan.month:{word}")
        assert "[۱✗]" in labels(house.admin)
        await house.admin.presses(f"plan.month_day:{word}:j{date(2026, 11, 22).toordinal()}")
        assert not [label for label in labels(house.admin) if "🕰" in label]


async def test_a_post_confirmed_as_urgent_is_offered_quiet_hours_and_goes_there() -> None:
    async with newsroom() as house:
        await house.approved()
        async with house.newsroom.storage.begin() as db:
            all_week = frozenset(range(7))
            quiet = (Quiet(weekdays=all_week, start=13 * 60, end=23 * 60),)
            await db.channels.set_rhythm(NEWS, Rhythm(quiet=quiet))
            at = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
            post = await db.posts.add(article_id=1, channel_id=NEWS, due_at=at, by=1, now=NOON, urgency=5)
        today = f"j{date(2026, 11, 22).toordinal()}"
        word = f"p{post.id}.{int(at.timestamp()) // 60}"
        await house.admin.forges(f"plan.month_day:{word}:{today}")
        assert "۱۷:…" not in labels(house.admin)

        async with house.newsroom.storage.begin() as db:
            await db.posts.set_urgency(post.id, 2)
        await house.admin.forges(f"plan.month_day:{word}:{today}")
        await house.admin.presses("۱۷:…")
        await house.admin.presses("۱۷:۱۵")
        assert "ساعت ۱۷:۱۵" in house.admin.text()
        await house.passes(5.3 * 3600)
        assert len(house.posts()) == 1
