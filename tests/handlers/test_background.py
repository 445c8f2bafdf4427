"""A story's background: what was told already and what is related, chosen as links to our own posts."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.news.archive.entry import Entry, indexed
from tests.newsroom import COPY, House, Person, newsroom, story

BUS = Entry(
    key="bus",
    headline="آموزش رانندگان برای اتوبوس‌های برقی سپیدکوه",
    text="رانندگان شرکت واحد آموزش می‌بینند؛ ایستگاه‌های شارژ در پایانهٔ شمالی و میدان آزادی برپا می‌شود.",
    told_at=datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
    url="https://example.ir/news/777",
)


async def brought(house: House, *entries: Entry) -> None:
    async with house.newsroom.storage.begin() as db:
        await db.archive.add([(each, indexed(each)) for each in entries])


async def background(house: House) -> None:
    await house.reporter.presses("⋯ بیشتر ▾", message=house.reporter.card())
    await house.reporter.presses("🗂 پیشینه", message=house.reporter.card())


async def test_a_related_story_is_chosen_and_let_go_again() -> None:
    async with newsroom() as house:
        await brought(house, BUS)
        await house.reporter.sends(COPY)
        await house.passes(60)
        await background(house)

        assert "اتوبوس‌های برقی" in house.reporter.text()
        await house.reporter.presses("🔗 آموزش رانندگان برای اتوبوس‌های برقی سپیدکوه")
        link = (await story(house)).related[-1]
        assert (link.title, link.url) == (BUS.headline, BUS.url)
        assert "✅ 🔗" in str(house.reporter.reads()[-1]["reply_markup"])
        await house.reporter.presses("✅ 🔗 آموزش رانندگان برای اتوبوس‌های برقی سپیدکوه")
        assert BUS.headline not in [each.title for each in (await story(house)).related]


async def test_a_title_that_the_copy_names_gets_the_address() -> None:
    async with newsroom() as house:
        await brought(house, replace(BUS, headline="پل روستا ساخته شد", text="پلی بر رود ساختند."))
        await house.reporter.sends(COPY + "\n\nبیشتر بخوانید:\n- پل روستا ساخته شد\n- خبری که نداریم")
        await house.passes(60)
        assert [each.url for each in (await story(house)).related] == [None, None]
        await background(house)
        assert "خود متن از آن نام برده" in house.reporter.text()
        await house.reporter.presses("🔗 پل روستا ساخته شد")

        assert [each.url for each in (await story(house)).related] == [BUS.url, None]


async def test_what_was_told_already_is_said_with_where_it_stands() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.presses("🗓 زمان\u200cبندی")
        await house.admin.presses("🚀 همین حالا")
        await house.admin.presses("بله، همین حالا")
        await house.passes(60)
        await house.editor.sends(COPY.replace("شنبه", "یکشنبه"))
        await house.passes(60)
        await house.editor.presses("⋯ بیشتر ▾", message=house.editor.card())
        await house.editor.presses("🗂 پیشینه", message=house.editor.card())

        assert "پیش‌تر گفته‌ایم" in house.editor.text()
        assert "خبر · " in house.editor.text()


async def test_a_reporter_hears_nothing_of_others_drafts() -> None:
    async with newsroom() as house:
        await house.editor.sends(COPY)
        await house.passes(60)
        await house.reporter.sends(COPY.replace("شنبه", "یکشنبه"))
        await house.passes(60)
        await background(house)

        assert "نداشته‌ایم" in house.reporter.text()


async def test_a_reporter_hears_nothing_of_others_drafts_with_the_very_same_text() -> None:
    async with newsroom() as house:
        await house.editor.sends(COPY)
        await house.passes(60)
        await house.reporter.sends(COPY)
        await house.passes(60)
        assert "🗂" not in house.reporter.foot()
        await background(house)

        assert "نداشته‌ایم" in house.reporter.text()


async def out(house: House) -> str:
    """A story is out; the way to its post."""
    await house.approved()
    await house.admin.presses("🗓 زمان\u200cبندی")
    await house.admin.presses("🚀 همین حالا")
    await house.admin.presses("بله، همین حالا")
    await house.passes(60)
    async with house.newsroom.storage.begin() as db:
        [post] = await db.posts.of_article(1)
    return f"https://t.me/news/{post.message_ids[0]}"


def ways(person: Person) -> list[str]:
    rows = person.card()["reply_markup"]["inline_keyboard"]
    return [one["url"] for row in rows for one in row if "url" in one]


def told(person: Person) -> list[str]:
    return [line for line in person.foot().split("\n") if line.startswith("🗂")]


@pytest.mark.parametrize(
    ("again", "said"),
    [(COPY, "🗂 همین متن"), (COPY.replace("شنبه", "یکشنبه"), "🗂 تقریباً همین متن")],
    ids=["the very text", "nearly the text"],
)
async def test_a_card_says_unasked_that_a_story_was_told_already_with_the_way_there(
    again: str, said: str
) -> None:
    async with newsroom() as house:
        url = await out(house)
        await house.reporter.sends(again)
        await house.passes(60)
        [line] = told(house.reporter)
        assert line.startswith(said)
        assert "خبر، یکشنبه ۱ آذر ۱۴۰۵" in line
        assert ways(house.reporter) == [url]
        await house.reporter.presses("ارسال به دبیر", message=house.reporter.card())
        assert len(told(house.editor)) == 1
        assert "همین خبر" not in house.editor.foot(), "it is said once"


async def test_what_was_brought_in_from_the_same_page_is_said_and_gone_once_the_story_is_another() -> None:
    async with newsroom() as house:
        await brought(house, BUS)
        await house.reporter.sends(COPY + f"\nمنبع: {BUS.url}")
        await house.passes(60)
        async with house.newsroom.storage.begin() as db:
            article = await db.articles.get(1)
            assert article is not None
            await db.articles.save(replace(article, source_url=BUS.url), by=101, now=article_now(house))
        await house.passes(60)
        [line] = told(house.reporter)
        assert BUS.headline in line
        async with house.newsroom.storage.begin() as db:
            article = await db.articles.get(1)
            assert article is not None
            await db.articles.save(replace(article, source_url=None), by=101, now=article_now(house))
        await house.passes(60)
        assert told(house.reporter) == []


def article_now(house: House) -> datetime:
    return house.world.clock.now()
