"""`/drafts` and `/desk`: nothing older is unreachable, each story says why it stands there, words find it."""

from bot.news.folding import folded, words_of
from tests.newsroom import COPY, House, Person, newsroom


def found(person: Person) -> list[str]:
    rows = person.reads()[-1].get("reply_markup", {}).get("inline_keyboard", [])
    return [b["text"] for row in rows for b in row if b.get("callback_data", "").startswith("open:")]


async def many(house: House, count: int) -> None:
    for number in range(count):
        await house.reporter.sends(
            f"خبر شمارهٔ {number} از شورای شهر سپیدکوه\nجمله‌ای که خبر را می‌گوید و کامل است."
        )
        await house.passes(10)


async def test_every_draft_is_reached_by_turning_pages() -> None:
    async with newsroom() as house:
        await many(house, 19)
        await house.reporter.sends("/drafts")
        seen = found(house.reporter)
        assert "خبر شمارهٔ ۱۸" in seen[0]
        for _ in range(2):
            await house.reporter.presses("بعدی ←")
            seen += found(house.reporter)

        assert len(seen) == len(set(seen)) == 19
        assert "۱۹" in house.reporter.text()


async def test_words_find_a_story_however_they_are_typed_also_on_the_next_page() -> None:
    async with newsroom() as house:
        await many(house, 10)
        await house.reporter.sends(COPY)
        for typed in ("شهرداري سپيدكوه", "اتوبوس", "٢٠ اتوبوس برقی", "اتوبوس برقي"):
            await house.reporter.sends(f"/drafts {typed}")
            assert [text.partition(" ·")[0] for text in found(house.reporter)] == [
                "شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید"
            ], typed
        await house.reporter.sends("/drafts شورای سپیدکوه")
        await house.reporter.presses("بعدی ←")
        assert len(found(house.reporter)) == 2
        await house.reporter.sends("/drafts چنین واژه‌ای نیست")
        assert found(house.reporter) == []


async def test_the_list_says_where_each_story_stands_and_why() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("ارسال به دبیر")
        await house.editor.presses("✋ دست من")
        await house.reporter.sends("/drafts")
        assert "دست ادیب (دبیر) است" in house.reporter.text()
        await house.editor.presses("درخواست اصلاح")
        await house.editor.sends("لید را کوتاه کن")
        await house.reporter.sends("/drafts")
        assert "ادیب (دبیر): لید را کوتاه کن" in house.reporter.text()
        await house.reporter.presses("🗂 همهٔ خبرهای شما")
        assert found(house.reporter)


async def test_a_list_is_only_for_whom_it_is_and_forged_pages_do_no_harm() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("ارسال به دبیر")
        assert "دبیر" in await house.reporter.forges("list:desk:0")
        await house.admin.sends("/start")
        assert "سپیدکوه" not in await house.admin.forges("list:drafts:0")
        for data in (
            "list:desk:-5",
            "list:desk:99999",
            "list:desk:0:%",
            "list:x:0",
            "list:desk:0:" + "ا" * 20,
        ):
            assert "خطایی از سوی ما" not in await house.editor.forges(data), data


def test_folding_makes_one_of_what_readers_do_not_tell_apart() -> None:
    assert folded("می‌رود") == folded("می رود") == folded("ميرود")
    assert folded("۱۲٫۵ مسئول") == folded("12.5 مسیول")
    assert words_of("%_ \\ ' ـــ") == ()
