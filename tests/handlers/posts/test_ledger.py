"""`/posts`: per story and per channel what stands where, since when, with links; paged, and found by its words."""

from dataclasses import replace

from bot.news.model import ArticleState
from tests.delivery.test_publisher import SHORT
from tests.handlers.posts.test_by_hand import edits, post, published
from tests.newsroom import EDITOR, NOON, House, newsroom


async def test_it_says_what_stands_where_with_a_link_to_it() -> None:
    async with newsroom() as house:
        message = await published(house)
        await house.reporter.sends("/posts")
        shown = house.reporter.text()
        assert "شهرداری سپیدکوه" in shown
        assert "خبر: فرستاده‌شده" in shown
        assert f"t.me/news/{message['message_id']}" in shown
        [link] = [one for one in house.reporter.reads()[-1]["entities"] if one["type"] == "text_link"]
        assert link["url"] == f"https://t.me/news/{message['message_id']}"


async def test_it_tells_edited_by_hand_from_deleted_by_hand() -> None:
    async with newsroom() as house:
        await published(house)
        await edits(house, "روز شنبه", "روز یکشنبه")
        await house.editor.sends("/posts")
        assert "دستی ویرایش شده" in house.editor.text()
        house.owner.phone.deletes_post(post(house))
        await house.passes(3700)
        await house.editor.sends("/posts")
        assert "دستی حذف شده" in house.editor.text()
        assert "t.me" not in house.editor.text()


async def many(house: House, count: int) -> None:
    async with house.newsroom.storage.begin() as db:
        for number in range(count):
            story = replace(SHORT, headline=f"خبر شمارهٔ {number:02}")
            article = await db.articles.create(story, by=EDITOR, now=NOON)
            await db.articles.set_state(article.id, ArticleState.PUBLISHED, now=NOON, approved_version=1)


async def test_older_ones_are_pages_away_and_found_by_their_words() -> None:
    async with newsroom() as house:
        await many(house, 12)
        await house.editor.sends("/posts")
        assert "خبر شمارهٔ 11" in house.editor.text()
        assert "خبر شمارهٔ 00" not in house.editor.text()
        await house.editor.presses("بعدی")
        await house.editor.presses("بعدی")
        assert "خبر شمارهٔ 00" in house.editor.text()
        await house.editor.sends("/posts شمارهٔ 03")
        assert "خبر شمارهٔ 03" in house.editor.text()
        assert "خبر شمارهٔ 11" not in house.editor.text()
        await house.editor.sends("/correct 03")
        await house.editor.presses("۱. خبر شمارهٔ 03")
        assert "خبر شمارهٔ 03" in house.editor.card()["text"]


async def test_words_are_found_however_they_are_typed() -> None:
    async with newsroom() as house:
        async with house.newsroom.storage.begin() as db:
            story = replace(SHORT, headline="کتاب‌های تازه رسید")
            article = await db.articles.create(story, by=EDITOR, now=NOON)
            await db.articles.set_state(article.id, ArticleState.PUBLISHED, now=NOON, approved_version=1)
        await many(house, 2)
        for typed in ("کتابهای", "كتاب‌هاي تازه"):
            await house.editor.sends(f"/posts {typed}")
            assert "کتاب‌های تازه" in house.editor.text(), typed
            assert "خبر شمارهٔ" not in house.editor.text(), typed


async def test_a_reporter_sees_their_own() -> None:
    async with newsroom() as house:
        await many(house, 2)
        await house.reporter.sends("/posts")
        assert "خبر شمارهٔ" not in house.reporter.text()
