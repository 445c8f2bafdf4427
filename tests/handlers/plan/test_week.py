"""The week as a board and as a picture: what stands where, what fits, and that any headline can be drawn."""

import struct
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import fontpkg
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.line import weekpicture
from bot.news.model import Channel, PostState, Slot
from bot.news.plans import week
from bot.news.plans.rhythm import Taken
from bot.news.plans.slots import occurrences
from bot.news.plans.week import Column, Mark, Planned
from bot.news.quiet import Quiet, Rhythm
from bot.news.times.walltime import instant
from bot.words import words
from handlers.plan import week as board
from handlers.talk import House as Settings
from tests.newsroom import NEWS, House, newsroom

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)  # Sunday noon in Tehran
FIRST = date(2026, 11, 21)
EARLY, LATE = datetime.fromisoformat("2026-11-18"), datetime.fromisoformat("2026-12-02")
NIGHT = Rhythm(quiet=(Quiet(weekdays=frozenset(range(7)), start=23 * 60, end=7 * 60),))
HOSTILE = (
    '#read("/etc/passwd") *b* _u_ $x$ @label <tag> // no',
    "\u202eاز راست به چپ\u202d \u2067x\u2069",
    "ا" * 10_000,
    "کلمه " * 2_000,
    "😀🇮🇷👩‍👩‍👧 👍🏽",
    "a" + "\u0301" * 500,
    '\\u{41} "quoted" \\ "',
    "\x00\x07\ud800 بریده",
    "",
    "中文標題與한국어",
)

zones = st.sampled_from(["Asia/Tehran", "Asia/Kabul", "Europe/Berlin", "Pacific/Apia"])
states = st.sampled_from(PostState)
posts = st.lists(
    st.builds(
        Planned,
        due_at=st.datetimes(min_value=EARLY, max_value=LATE, timezones=st.just(UTC)),
        state=states,
        headline=st.sampled_from(["خبر", "خبری که تیتری بلند دارد و در یک خط نمی‌گنجد", *HOSTILE]),
    ),
    max_size=60,
)
slots = st.lists(st.builds(Slot, weekday=st.integers(0, 6), minute=st.integers(0, 1439)), max_size=30)


def inside(planned: list[Planned], zone: str) -> list[Planned]:
    begin, end = week.bounds(FIRST, zone)
    return [post for post in planned if begin <= post.due_at < end]


def column(planned: list[Planned], **more: Any) -> Column:
    where = Channel(id=NEWS, title="خبر", **more)
    taken = {
        post.due_at for post in planned if post.state in week.SHOWN and post.state is not PostState.FAILED
    }
    used = Taken(taken, where.time_zone)
    return week.column(where, inside(planned, where.time_zone), used, FIRST, now=NOW)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)))
def test_a_week_begins_on_its_saturday(day: date) -> None:
    assert week.first_day(day).weekday() == 5
    assert timedelta(0) <= day - week.first_day(day) < timedelta(days=7)


@given(posts, slots, zones)
@settings(max_examples=60)
def test_every_post_of_the_week_stands_once_at_its_day_and_hour(
    planned: list[Planned], weekly: list[Slot], zone: str
) -> None:
    made = column(planned, slots=tuple(weekly), time_zone=zone)

    expected = Counter(
        (local.date(), local.hour * 60 + local.minute)
        for post in inside(planned, zone)
        if post.state in week.SHOWN
        for local in [post.due_at.astimezone(ZoneInfo(zone))]
    )
    found = Counter(
        (FIRST + timedelta(days=number), place.minute)
        for number, day in enumerate(made.days)
        for place in day.places
        if place.mark not in week.SLOTS
    )
    assert found == expected


@given(posts, slots, zones)
@settings(max_examples=60)
def test_a_slot_is_free_only_ahead_and_where_no_post_is(
    planned: list[Planned], weekly: list[Slot], zone: str
) -> None:
    there = [at for at, _ in zip(occurrences(weekly, NOW, zone), range(5), strict=False)]
    planned = [*planned, *(Planned(due_at=at, state=PostState.HELD, headline="") for at in there[::2])]
    made = column(planned, slots=tuple(weekly), time_zone=zone)
    busy = {
        post.due_at for post in planned if post.state in week.SHOWN and post.state is not PostState.FAILED
    }

    for number, day in enumerate(made.days):
        free = [place.minute for place in day.places if place.mark in week.SLOTS]
        assert free == sorted(set(free))
        for minute in free:
            at = instant(FIRST + timedelta(days=number), minute, ZoneInfo(zone))
            assert at > NOW
            assert at not in busy


@given(st.lists(st.tuples(posts, slots), min_size=1, max_size=7))
@settings(max_examples=30)
def test_a_page_never_overflows_and_loses_nothing_uncounted(
    channels: list[tuple[list[Planned], list[Slot]]],
) -> None:
    columns = [column(planned * 2, slots=tuple(weekly)) for planned, weekly in channels]
    pages = [week.page(columns, number) for number in range(week.pages(len(columns)))]

    assert [len(each) for each in pages[:-1]] == [week.ABREAST] * (len(pages) - 1)
    assert sum(map(len, pages)) == len(columns)
    for shown in pages:
        assert (
            sum(max(week.LEAST, *(each.days[number].units for each in shown)) for number in range(7))
            <= week.UNITS
        )
        for each in shown:
            for day in each.days:
                assert sum(len(line.places) for line in day.lines) + day.more == len(day.places)


def test_quiet_hours_across_midnight_are_on_both_days() -> None:
    assert week.quiet_on(FIRST, NIGHT) == ((0, 420), (1380, 1440))
    thursday = Rhythm(
        quiet=(
            Quiet(weekdays=frozenset({3}), start=1380, end=0),
            Quiet(weekdays=frozenset({3}), start=1320, end=1400),
        )
    )
    assert week.quiet_on(date(2026, 11, 26), thursday) == ((1320, 1440),)
    assert week.quiet_on(date(2026, 11, 27), thursday) == ()


def test_a_slot_in_quiet_hours_is_shut() -> None:
    made = column([], slots=(Slot(weekday=0, minute=60), Slot(weekday=0, minute=600)), rhythm=NIGHT)

    assert [place.mark for place in made.days[2].places] == [Mark.SHUT, Mark.FREE]


@given(st.text(max_size=400))
def test_what_is_drawn_is_one_line_without_controls(text: str) -> None:
    line = week.plain(text)

    assert len(line) <= 120
    assert "\n" not in line
    assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u0000")


def size(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def drawing(headlines: list[str], language: str = "fa") -> dict[str, Any]:
    """What `/week` would draw of posts with these headlines, all on Monday."""
    planned = [
        Planned(
            due_at=datetime(2026, 11, 23, 6, tzinfo=UTC) + timedelta(minutes=n), state=state, headline=each
        )
        for n, each in enumerate(headlines)
        for state in [list(week.SHOWN)[n % len(week.SHOWN)]]
    ]
    one = column(planned, slots=(Slot(weekday=1, minute=600),), rhythm=NIGHT)
    talk: Any = SimpleNamespace(words=words(language), now=NOW, house=Settings())
    return board.drawing(talk, FIRST, week.page([one, one, one], 0), "")


@pytest.mark.parametrize("language", ["fa", "en"])
def test_hostile_headlines_are_drawn_as_text_in_a_picture_of_the_expected_size(language: str) -> None:
    shown = drawing(list(HOSTILE), language)

    picture = weekpicture.draw(shown)

    assert size(picture) == (weekpicture.WIDTH, weekpicture.height(shown))
    assert weekpicture.height(shown) <= 2160, "no taller than a telephone"


def test_a_typeface_that_is_not_there_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("fontpkg.path", lambda _: tmp_path / "gone.ttf")

    with pytest.raises(weekpicture.Undrawn, match="unknown font"):
        weekpicture.draw(drawing(["خبر"]))


def test_persian_is_shaped(tmp_path: Path) -> None:
    """Joined letters are narrower than the same apart, and a half-space breaks the join."""

    folder = str(Path(fontpkg.path(weekpicture.FONT)).parent)
    source = tmp_path / "words.typ"
    source.write_text(
        '#set text(font: "Noto Sans Arabic", size: 40pt, lang: "fa", dir: rtl)\n#set page(width: auto, height: auto, margin: 0pt)\n#sys.inputs.text'
    )

    def width(text: str) -> float:
        picture = typst.compile(
            str(source),
            font_paths=[folder],
            ignore_system_fonts=True,
            format="png",
            ppi=72.0,
            sys_inputs={"text": text},
        )
        assert isinstance(picture, bytes)
        return size(picture)[0]

    assert width("کتاب") < 0.8 * sum(map(width, "کتاب"))
    assert width("لا") < 0.8 * (width("ل") + width("ا"))
    assert width("کتاب\u200cها") > width("کتابها") + 5


async def picture_in(house: House, number: int = -1) -> bytes:
    file_id = house.admin.reads()[number]["photo"][-1]["file_id"]
    path = house.world.files.find(file_id)["file_path"]
    file = house.world.files.read(path)
    assert file is not None
    return file.content


async def test_an_admin_sees_the_week_leafs_in_it_and_goes_to_a_queue() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.sends("/week")
        first = await picture_in(house)
        assert size(first)[0] == weekpicture.WIDTH
        assert "هفتهٔ ۳۰ آبان تا ۶ آذر ۱۴۰۵" in house.admin.text()
        assert "نوبت خالی: ۱۱" in house.admin.text()
        messages = len(house.admin.reads())

        await house.admin.presses("هفتهٔ بعد")
        assert "هفتهٔ ۷ تا ۱۳ آذر ۱۴۰۵" in house.admin.text()
        assert await picture_in(house) != first
        await house.admin.presses("همین هفته")
        assert await picture_in(house) == first
        assert len(house.admin.reads()) == messages, "one message all along"

        await house.admin.presses("🗓 خبر")
        assert "صف" in house.admin.text()
        assert len(house.admin.reads()) == messages + 1, "the picture stays"


async def test_a_scheduled_post_takes_its_slot_and_is_counted() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.sends("/desk")
        await house.admin.presses("شهرداری")
        await house.admin.presses("زمان‌بندی")
        await house.admin.presses("نوبت آزاد بعدی")
        await house.admin.sends("/week")

        assert "در صف: ۱ · نوبت خالی: ۱۰" in house.admin.text()


async def test_a_forged_week_and_a_reporter_are_refused_and_an_empty_house_is_told() -> None:
    async with newsroom() as house:
        assert "/connect" in await house.admin.sends("/week")
        await house.approved()
        for forged in (
            "plan.week:1:0",
            "plan.week:739941:-1",
            "plan.week:99999999:0",
            "plan.week:x:0",
            "plan.week:739941",
        ):
            assert "دکمه" in await house.admin.forges(forged), forged
        assert await house.reporter.forges("plan.week:739941:0") != ""
        assert "مدیر کانال" in await house.reporter.sends("/week")
        await house.admin.sends("/week")
        await house.admin.forges("plan.week:739941:99")
        assert "هفتهٔ" in house.admin.text(), "fewer channels than there were: the last page"


async def test_where_nothing_can_be_drawn_the_words_and_buttons_come_all_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with newsroom() as house:
        await house.approved()
        monkeypatch.setattr(weekpicture, "TEMPLATE", tmp_path / "missing.typ")
        await house.admin.sends("/week")

        assert "هفتهٔ ۳۰ آبان تا ۶ آذر ۱۴۰۵" in house.admin.text()
        assert "🗓 خبر" in house.admin.buttons(house.admin.reads()[-1])
        await house.admin.presses("🗓 خبر")
        assert "صف" in house.admin.text()


def test_a_slot_of_a_kind_has_a_line_of_its_own_that_says_so() -> None:
    slots = (Slot(weekday=0, minute=600), Slot(weekday=0, minute=660, category="ورزش", urgency=2))
    made = week.page([column([], slots=slots)], 0)
    talk: Any = SimpleNamespace(words=words("fa"), now=NOW, house=Settings())
    shown = board.drawing(talk, FIRST, made, "")

    any_story, sport = shown["channels"][0]["days"][2]["lines"]
    assert [place["hour"] for place in any_story["places"]] == ["۱۰:۰۰"]
    assert (sport["hour"], sport["mark"]) == ("۱۱:۰۰", Mark.FREE)
    assert sport["text"] == "فقط فوریت ۲، دسته: ورزش"
    assert size(weekpicture.draw(shown))[0] == weekpicture.WIDTH


async def test_a_holiday_is_marked_in_the_picture_and_named_below_it() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.sends("/week")
        ordinary = await picture_in(house)
        assert "تعطیل" not in house.admin.text()
        await house.owner.sends("/holidays ۵ آذر ۱۴۰۵ جشن سپیدکوه")
        await house.admin.sends("/week")

        assert "🔴 پنج\u200cشنبه ۵ آذر ۱۴۰۵ تعطیل است: جشن سپیدکوه" in house.admin.text()
        assert await picture_in(house) != ordinary
        talk: Any = SimpleNamespace(words=words("fa"), now=NOW, house=Settings())
        shown = board.drawing(talk, FIRST, week.page([column([])], 0), "", off=[date(2026, 11, 26)])
        assert [day["off"] for day in shown["days"]] == [False] * 5 + [True, False]


async def test_what_has_gone_out_today_counts_for_the_limit_of_the_day() -> None:
    async with newsroom() as house:
        await house.approved()
        async with house.newsroom.storage.begin() as db:
            await db.channels.set_rhythm(NEWS, Rhythm(per_day=1))
        await house.admin.forges(f"plan.now:1:1:{NEWS}")
        await house.passes(60)
        assert len(house.posts()) == 1
        await house.admin.sends("/week")

        assert "نوبت بسته: ۲" in house.admin.text(), "12:30 and 18:00 of today"
