"""Every part of a story is changed where it stands, by its people, and each change is undone by one press."""

from typing import Any

import pytest

from bot.news.model import KeyPoint, RelatedLink, UrlButton
from tests.newsroom import COPY, House, Person, newsroom, story


async def presses_on_edit_page(person: Person, label: str) -> None:
    await person.presses("ویرایش ▾", message=person.card())
    await person.presses(label, message=person.card())


@pytest.mark.parametrize(
    ("label", "field", "sent", "kept"),
    [
        ("✏️ روتیتر", "kicker", "گزارش ناوگان شهر", "گزارش ناوگان شهر"),
        ("✏️ نویسنده", "byline", "مریم نمونه‌ای", "مریم نمونه‌ای"),
        ("✏️ محل خبر", "dateline", "سپیدکوه", "سپیدکوه"),
        ("✏️ منبع", "source", "روزنامهٔ نمونه", "روزنامهٔ نمونه"),
        ("✏️ نشانی منبع", "source_url", "example.com/a", "https://example.com/a"),
        ("✏️ دسته", "category", "شهری", "شهری"),
        ("📝 یادداشت برای همکاران", "ed_note", "نام مدیر را بپرسید.", "نام مدیر را بپرسید."),
    ],
)
async def test_a_field_is_written_emptied_and_undone(label: str, field: str, sent: str, kept: str) -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        was = getattr(await story(house), field)
        await presses_on_edit_page(house.reporter, label)
        await house.reporter.sends(sent)
        assert getattr(await story(house), field) == kept

        await house.reporter.forges(f"story.undo:1:{(await story(house)).version}")
        assert getattr(await story(house), field) == was

        await presses_on_edit_page(house.reporter, label)
        await house.reporter.sends("هیچ")
        assert getattr(await story(house), field) is None


async def test_a_note_to_colleagues_never_reaches_a_post() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await presses_on_edit_page(house.reporter, "📝 یادداشت برای همکاران")
        await house.reporter.sends("محرمانه: نام مدیر را بپرسید.")
        await house.reporter.presses("ارسال به دبیر")
        await house.editor.presses("تأیید")
        await house.admin.sends("/connect @news")
        await house.admin.forges("story.view:1:2:plan:-1001000000001")
        await house.admin.forges("plan.now:1:2:-1001000000001")
        assert len(house.posts()) == 1
        assert "محرمانه" not in house.posts()[0]


async def points(house: House) -> list[str]:
    return [point.text for point in (await story(house)).key_points]


async def test_points_are_written_added_moved_chosen_and_taken_out() -> None:
    async with newsroom() as house:
        reporter = house.reporter
        await reporter.sends(COPY)
        await presses_on_edit_page(reporter, "🔢 نکته‌ها")
        await reporter.presses("➕ نکتهٔ دیگر")
        await reporter.sends("هزینه: دو میلیارد تومان")
        assert (await story(house)).key_points[-1] == KeyPoint(label="هزینه", text="دو میلیارد تومان")
        count = len(await points(house))

        await reporter.presses("از خود متن")
        await reporter.presses("➕ ۱")
        assert len(await points(house)) == count + 1
        added = (await points(house))[-1]
        assert added.rstrip(".") in COPY

        await reporter.presses("‹ بازگشت")
        await reporter.presses("۲")
        before = await points(house)
        await reporter.presses("⬆️ بالاتر")
        assert await points(house) == [before[1], before[0], *before[2:]]

        await reporter.presses("۱")
        await reporter.presses("✏️ بازنویسی")
        await reporter.sends("خط يك از هفته آينده کار مي‌کند")
        assert (await points(house))[0] == "خط یک از هفته آینده کار می‌کند", "spelled in the house's way"

        await reporter.presses("۱")
        await reporter.presses("🗑 برداشتن")
        assert await points(house) == [before[0], *before[2:]]
        await reporter.presses("واگرد ویرایش")
        assert (await points(house))[0] == "خط یک از هفته آینده کار می‌کند"


async def test_links_and_buttons_have_titles_and_addresses() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await presses_on_edit_page(house.reporter, "🔗 خبرهای مرتبط")
        await house.reporter.presses("➕ پیوند دیگر")
        await house.reporter.sends("خبر پیشین\nexample.com/old")
        assert (await story(house)).related == (
            RelatedLink(title="خبر پیشین", url="https://example.com/old"),
        )

        await presses_on_edit_page(house.reporter, "🔘 دکمه‌ها")
        await house.reporter.presses("➕ دکمهٔ دیگر")
        assert "نشانی" in await house.reporter.sends("فقط واژه")
        await house.reporter.sends("ثبت‌نام\nhttps://example.com/join")
        assert (await story(house)).buttons == (UrlButton(text="ثبت‌نام", url="https://example.com/join"),)


async def test_a_part_of_the_text_is_written_anew_and_split_by_a_heading() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        before = await story(house)
        await house.reporter.presses("متن کامل", message=house.reporter.card())
        await house.reporter.presses("بعدی")
        await house.reporter.presses("✏️ بازنویسی این بخش")
        paragraph = before.sections[0].paragraphs[0]
        await house.reporter.sends(f"{paragraph}\n\n## هزینهٔ خرید\nهزینه از صرفه‌جویی سوخت پرداخت شده است.")
        after = await story(house)
        assert [section.heading for section in after.sections] == [None, "هزینهٔ خرید"]
        assert after.sections[0].paragraphs == (paragraph,)


async def test_all_of_the_text_is_written_anew() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await presses_on_edit_page(house.reporter, "✏️ همهٔ متن")
        await house.reporter.sends("بند یک.\nبند دو.\n\n> نقل قول\n\n• مورد نخست\n• مورد دوم")
        section = (await story(house)).sections[0]
        assert section.paragraphs == ("بند یک.", "بند دو.")
        assert [block.type for block in section.blocks] == ["paragraph", "paragraph", "quote", "list"]


async def test_a_button_of_an_older_version_is_not_obeyed_but_its_page_drawn_anew() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await presses_on_edit_page(house.reporter, "🔢 نکته‌ها")
        page: dict[str, Any] = house.reporter.reads()[-1]
        await house.reporter.presses("➕ نکتهٔ دیگر")
        await house.reporter.sends("نکتهٔ تازه از خبرنگار")
        was = await points(house)
        await house.reporter.presses("۱", message=page)
        shown = next(m for m in house.reporter.reads() if m["message_id"] == page["message_id"])
        assert "نکتهٔ تازه" in shown["text"]
        assert "عوض شده" in await house.reporter.forges("story.part_drop:1:1:point.0")
        assert await points(house) == was


async def test_two_people_at_once_lose_neither_word() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("ارسال به دبیر")
        await presses_on_edit_page(house.editor, "✏️ منبع")
        await presses_on_edit_page(house.reporter, "✏️ منبع")
        await house.editor.sends("روزنامهٔ نمونه")
        await house.reporter.sends("خبرگزاری نمونه")
        assert (await story(house)).source == "روزنامهٔ نمونه"
        assert any("عوض کرده" in m.get("text", "") for m in house.reporter.reads())


async def test_a_whole_article_as_a_byline_is_asked_about() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await presses_on_edit_page(house.reporter, "✏️ نویسنده")
        await house.reporter.sends(COPY.replace("بیست", "سی"))
        assert any("خبر تازه" in label for label in house.reporter.buttons(house.reporter.reads()[-1]))
        assert (await story(house)).byline is None


async def test_who_may_not_edit_can_not() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.admin.sends("/help")
        for data in (
            "story.write:1:1:kicker",
            "story.list:1:1:point",
            "story.part_drop:1:1:point.0",
            "story.sentence:1:1:0",
        ):
            await house.admin.forges(data)
        assert (await story(house)).version == 1
