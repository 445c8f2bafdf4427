"""`/search`: what was told is found in any spelling, page by page, by whoever may see it."""

from datetime import UTC, datetime, timedelta

from bot.news.archive.entry import Entry, indexed
from tests.newsroom import COPY, House, Person, newsroom

DAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
QUAKE = Entry(
    key="old",
    headline="زلزلهٔ ورزقان",
    text="زلزله شهر ورزقان را لرزاند.",
    told_at=DAY,
    url="https://example.ir/news/1234",
    place="خبرهای کهنه",
)


async def brought(house: House, *entries: Entry) -> None:
    async with house.newsroom.storage.begin() as db:
        await db.archive.add([(each, indexed(each)) for each in entries])


def rows(person: Person) -> list[dict[str, str]]:
    keyboard = person.reads()[-1].get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in keyboard for button in row]


async def written(house: House) -> None:
    await house.reporter.sends(COPY)
    await house.passes(60)


async def test_words_typed_at_once_find_a_story_and_its_card() -> None:
    async with newsroom() as house:
        await written(house)
        await house.reporter.sends("/search شهرداري سپيد کوه")

        assert "۱ مورد" in house.reporter.text()
        await house.reporter.presses("📄 شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید")
        assert "شهرداری سپیدکوه" in house.reporter.text()


async def test_what_was_brought_in_is_found_with_its_address() -> None:
    async with newsroom() as house:
        await brought(house, QUAKE)
        await house.reporter.sends("/search زمین -لرزه زلزله")
        assert "خبرهای کهنه" not in house.reporter.text()
        await house.reporter.sends("/search زلزله ورزقان")

        assert "خبرهای کهنه" in house.reporter.text()
        assert rows(house.reporter)[0]["url"] == "https://example.ir/news/1234"


async def test_pages_turn_with_the_same_long_words_and_operators() -> None:
    async with newsroom() as house:
        entries = [
            Entry(
                key=f"k{n}",
                headline=f"نشست شمارهٔ {n} شورای شهر",
                text="شورا نشست.",
                told_at=DAY - n * timedelta(1),
            )
            for n in range(20)
        ]
        await brought(house, *entries)
        typed = "/search نشست شورای شهر -تعطیل day:2026/11/05..2026/11/20"
        await house.editor.sends(typed)
        assert "۱۶ مورد" in house.editor.text()
        assert house.editor.text().count("• ") == 8
        first = house.editor.text()
        await house.editor.presses("بعدی ←")
        assert house.editor.text().count("• ") == 8
        assert set(first.split("\n")[2:]).isdisjoint(house.editor.text().split("\n")[2:])


async def test_others_stories_are_not_found_by_a_reporter_and_are_by_an_editor() -> None:
    async with newsroom() as house:
        await house.editor.sends(COPY)
        await house.passes(60)
        await house.reporter.sends("/search اتوبوس برقی")
        assert "چیزی پیدا نشد" in house.reporter.text()
        await house.editor.sends("/search اتوبوس برقی")
        assert "چیزی پیدا نشد" not in house.editor.text()


async def test_without_words_it_says_how_and_a_day_that_is_none_is_told() -> None:
    async with newsroom() as house:
        await house.reporter.sends("/search")
        assert "از:" in house.reporter.text()
        await house.reporter.sends("/search زلزله day:سیزده")
        assert "سیزده" in house.reporter.text().split("\n")[1]


async def test_where_it_is_out_a_button_leads_to_the_post() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.presses("🗓 زمان\u200cبندی")
        await house.admin.presses("🚀 همین حالا")
        await house.admin.presses("بله، همین حالا")
        await house.passes(60)
        await house.editor.sends("/search اتوبوس برقی")

        assert any("t.me/" in button.get("url", "") for button in rows(house.editor))


async def test_where_nothing_is_found_it_says_what_to_try_instead() -> None:
    async with newsroom() as house:
        await written(house)
        await house.reporter.sends("/search «آتشفشان دماوند» روز:دیروز -کوه")
        said = house.reporter.text()
        assert "چیزی پیدا نشد" in said
        assert "بدون روز:دیروز" in said
        assert "گیومه" in said
        assert "/search" in said
        await house.reporter.sends("/search آتشفشان")
        assert "املای دیگری" in house.reporter.text()
        assert "گیومه" not in house.reporter.text()
