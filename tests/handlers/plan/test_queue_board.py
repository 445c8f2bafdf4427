"""The board of a queue: what its buttons do to posts, what undoes it, and what an old board's buttons answer."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.news.media import Media
from bot.news.model import Article, Look, Piece, Post, PostState, Slot
from bot.news.plans import standing
from bot.news.quiet import Quiet, Rhythm
from handlers.posts import seen
from tests.delivery.test_publisher import SHORT, due
from tests.newsroom import ADMIN, NEWS, NOON, SPORT, House, newsroom

CHANGED = "صف از وقتی که این را دیدید عوض شده"
UNDO = "↶ واگرد"
SURE = "✖️ بله، از صف بردار"


def hours(count: float) -> datetime:
    return NOON + timedelta(hours=count)


async def queue_of(house: House, *headlines: str, **more: Any) -> list[int]:
    """Posts an hour apart, the first in an hour."""
    return [
        await due(house, replace(SHORT, headline=headline), at=hours(number + 1), **more)
        for number, headline in enumerate(headlines)
    ]


async def post_of(house: House, post_id: int) -> Post:
    async with house.newsroom.storage.begin() as db:
        post = await db.posts.get(post_id)
    assert post is not None
    return post


async def times(house: House, *ids: int) -> list[datetime]:
    return [(await post_of(house, post_id)).due_at for post_id in ids]


async def embargo(house: House, post_id: int, until: datetime) -> None:
    async with house.newsroom.storage.begin() as db:
        post = await db.posts.get(post_id)
        assert post is not None
        article = await db.articles.get(post.article_id)
        assert article is not None
        await db.articles.save(replace(article, embargoed_until=until), by=ADMIN, now=NOON)


async def opens(house: House, post_id: int) -> dict[str, Any]:
    """The admin goes to a post's page by the board; the message it is in."""
    await house.admin.sends("/queue")
    await house.admin.presses(f"plan.post:{post_id}")
    return house.admin.reads()[-1]


def offered(house: House, message: dict[str, Any], label: str) -> bool:
    return any(label in each for each in house.admin.buttons(message))


async def beside(house: House, verb: str, post_id: int, other_id: int) -> str:
    """What a button would hold that exchanges two posts, with how they stand now."""
    post, other = await post_of(house, post_id), await post_of(house, other_id)
    return f"plan.{verb}:{post_id}:{seen.of(post)}:{other_id}:{seen.of(other)}"


def data(message: dict[str, Any], label: str) -> str:
    return next(
        str(each["callback_data"])
        for row in message["reply_markup"]["inline_keyboard"]
        for each in row
        if label in each["text"]
    )


async def test_the_board_shows_the_posts_by_day_leaf_by_leaf() -> None:
    async with newsroom() as house:
        for number in range(45):
            await due(house, replace(SHORT, headline=f"خبر {number}"), at=hours(number + 1))
        first = await house.admin.sends("/queue")
        assert "یکشنبه ۱ آذر" in first
        assert "دوشنبه ۲ آذر" in first
        assert "۲۵ پست دیگر" in first
        await house.admin.presses("‹ بعدی")
        await house.admin.presses("‹ بعدی")
        assert "خبر 44" in house.admin.text()
        assert not [label for label in house.admin.buttons(house.admin.reads()[-1]) if "بعدی" in label]
        await house.admin.presses("پیشین ›")
        assert "خبر 20" in house.admin.text()
        await house.admin.forges(f"plan.queue:{NEWS}:999999")
        assert "خبر 44" in house.admin.text()


async def test_earlier_and_later_exchange_times_with_the_neighbour_and_back() -> None:
    async with newsroom() as house:
        ids = await queue_of(house, "یک", "دو", "سه")
        one, two, three = await times(house, *ids)
        page = await opens(house, ids[1])
        assert "⬆️ زودتر: امروز ۱۳:۰۰" in house.admin.buttons(page)
        assert "یک نوبت زودتر" in await house.admin.presses("⬆️ زودتر")
        assert await times(house, *ids) == [two, one, three]
        assert not [b for b in house.admin.buttons(house.admin.reads()[-1]) if "زودتر" in b]
        await house.admin.presses("⬇️ دیرتر")
        assert await times(house, *ids) == [one, two, three]
        await house.admin.presses("⬇️ دیرتر")
        assert await times(house, *ids) == [one, three, two]
        await house.passes(3 * 3600)
        assert [text.splitlines()[0] for text in house.posts()] == ["یک", "سه", "دو"]


async def test_a_swap_with_a_chosen_post_is_undone_from_either_of_them() -> None:
    async with newsroom() as house:
        ids = await queue_of(house, "یک", "دو", "سه", "چهار")
        before = await times(house, *ids)
        for undone_from in (ids[0], ids[3]):
            await opens(house, ids[0])
            await house.admin.presses("🔀 جابه‌جایی")
            await house.admin.presses("۱۶:۰۰ چهار")
            assert await times(house, *ids) == [before[3], before[1], before[2], before[0]]
            await opens(house, undone_from)
            assert "مثل پیش" in await house.admin.presses(UNDO)
            assert await times(house, *ids) == before


async def test_neither_embargo_nor_quiet_hours_are_passed_by_moving() -> None:
    async with newsroom() as house:
        ids = await queue_of(house, "یک", "دو", "سه")
        await embargo(house, ids[1], hours(1.5))
        before = await times(house, *ids)
        page = await opens(house, ids[1])
        assert not offered(house, page, "⬆️")
        assert "منتشر نشود" in await house.admin.forges(await beside(house, "earlier", ids[1], ids[0]))
        assert await times(house, *ids) == before

        every_day = frozenset(range(7))
        async with house.newsroom.storage.begin() as db:
            night = Quiet(weekdays=every_day, start=14 * 60 + 30, end=15 * 60 + 30)
            await db.channels.set_rhythm(NEWS, Rhythm(quiet=(night,)))
        page = await opens(house, ids[1])
        assert not offered(house, page, "⬇️")
        assert "ساعت‌های سکوت" in await house.admin.forges(await beside(house, "later", ids[1], ids[2]))
        assert await times(house, *ids) == before


async def test_no_post_is_moved_into_a_slot_that_does_not_take_its_story_and_it_says_why() -> None:
    async with newsroom() as house:
        ids = await queue_of(house, "یک", "دو", "سه")  # 13:00, 14:00, 15:00 on Sunday
        before = await times(house, *ids)
        async with house.newsroom.storage.begin() as db:
            post = await db.posts.get(ids[1])
            article = await db.articles.get(post.article_id if post else 0)
            assert article is not None
            await db.articles.save(replace(article, category="ورزش"), by=ADMIN, now=NOON)
            await db.channels.replace_slots(NEWS, [Slot(weekday=6, minute=14 * 60, category="ورزشی")])
        page = await opens(house, ids[0])
        assert not offered(house, page, "⬇️")
        later = await beside(house, "later", ids[0], ids[1])
        assert "یکشنبه: ۱۴:۰۰، دسته: ورزشی" in await house.admin.forges(later)
        await house.admin.presses("🔀 جابه‌جایی")
        assert not offered(house, house.admin.reads()[-1], "۱۴:۰۰ دو")
        swap = await beside(house, "swap_with", ids[0], ids[1])
        assert "فقط بعضی خبرها" in await house.admin.forges(swap)
        assert await times(house, *ids) == before

        async with house.newsroom.storage.begin() as db:
            await db.channels.replace_slots(NEWS, [Slot(weekday=6, minute=13 * 60, category="ورزش")])
        await opens(house, ids[1])
        await house.admin.presses("⬆️ زودتر")
        assert await times(house, *ids) == [before[1], before[0], before[2]]


@pytest.mark.parametrize(
    ("button", "state"),
    [
        ("⏸ نگه دار", PostState.HELD),
        ("✖️ لغو", PostState.CANCELED),
        ("🕰 نوبت آزاد", PostState.PENDING),
    ],
)
async def test_every_change_can_be_undone_as_it_was(button: str, state: PostState) -> None:
    async with newsroom() as house:
        [post_id] = await queue_of(house, "یک")
        async with house.newsroom.storage.begin() as db:
            from bot.news.model import Slot

            await db.channels.add_slots(NEWS, [Slot(weekday=0, minute=600)])
        before = await post_of(house, post_id)
        await opens(house, post_id)
        await house.admin.presses(button)
        if "لغو" in button:
            await house.admin.presses(SURE)
        changed = await post_of(house, post_id)
        assert (changed.state, changed.due_at) != (before.state, before.due_at)
        assert changed.state is state
        await house.admin.presses("↶")

        assert await post_of(house, post_id) == before
        async with house.newsroom.storage.begin() as db:
            log = await db.audit.of_article(before.article_id)
        assert log[-1].verb == "undo_plan"
        assert log[-2].detail is not None
        assert log[-2].detail["was"] == standing.to_json(before)


async def test_after_an_undo_the_page_offers_to_do_it_again() -> None:
    async with newsroom() as house:
        [post_id] = await queue_of(house, "یک")
        await opens(house, post_id)
        await house.admin.presses("⏸")
        held = await post_of(house, post_id)
        undo, redo = "↶ واگرد آخرین تغییر", "↷ انجام دوبارهٔ آخرین تغییر"
        assert await house.admin.presses(undo) == "برگشت: همه‌چیز مثل پیش است."
        assert undo not in house.admin.buttons(house.admin.reads()[-1])
        assert await house.admin.presses(redo) == "دوباره انجام شد."

        assert await post_of(house, post_id) == held
        assert undo in house.admin.buttons(house.admin.reads()[-1])


async def test_a_canceled_post_that_never_went_out_is_not_posted_again_but_planned() -> None:
    async with newsroom() as house:
        [post_id] = await queue_of(house, "یک")
        await opens(house, post_id)
        await house.admin.presses("✖️ لغو")
        await house.admin.presses(SURE)

        labels = house.admin.buttons(house.admin.reads()[-1])
        assert {"↶ بازگرداندن به صف", "🗓 زمان‌بندی"} <= set(labels)
        assert not [label for label in labels if "دوباره منتشر" in label]


async def test_an_undo_that_comes_too_late_says_why_and_changes_nothing() -> None:
    async with newsroom() as house:
        ids = await queue_of(house, "یک", "دو")
        await opens(house, ids[0])
        await house.admin.presses("⌨️")
        await house.admin.sends("فردا ۱۰")
        page = house.admin.reads()[-1]
        old = data(page, UNDO)

        async with house.newsroom.storage.begin() as db:
            await db.posts.move(ids[1], hours(1), now=NOON)
        assert "از آنِ پست دیگری" in await house.admin.forges(old)
        await house.admin.presses("🔄 وضع کنونی", message=page)
        await house.admin.presses("⌨️")
        await house.admin.sends("فردا ۱۱")
        assert "زمان دیگری گرفته" in await house.admin.forges(old)
        await house.admin.presses("✖️ لغو")
        await house.admin.presses(SURE)
        assert "در وضعیت" in await house.admin.forges(old)
        assert (await post_of(house, ids[0])).state is PostState.CANCELED
        for forged in ("plan.undo_plan:99", "plan.undo_plan:0"):
            assert await house.admin.forges(forged)
        await house.reporter.sends("/help")
        assert "برمی‌آید" in await house.reporter.forges(old)


async def test_an_undo_after_the_old_time_is_over_says_so() -> None:
    async with newsroom() as house:
        [post_id] = await queue_of(house, "یک")
        await opens(house, post_id)
        await house.admin.presses("⏸ نگه دار")
        page = house.admin.reads()[-1]
        await house.passes(2 * 3600)

        assert not [label for label in house.admin.buttons() if UNDO in label]
        assert "گذشته است" in await house.admin.presses_as_seen(UNDO, page)
        assert house.posts() == []


@pytest.mark.parametrize("first", ["⏸ نگه دار", "✖️ لغو", "⬇️ دیرتر", "🚀 همین حالا"])
async def test_of_two_people_on_the_same_old_board_one_wins_and_the_other_sees_why(first: str) -> None:
    async with newsroom() as house:
        ids = await queue_of(house, "یک", "دو", "سه")
        mine = await opens(house, ids[1])
        await house.owner.sends("/queue")
        await house.owner.presses(f"plan.post:{ids[1]}")
        theirs = house.owner.reads()[-1]
        await house.admin.presses(data(mine, first), message=mine)
        if "لغو" in first:
            await house.admin.presses(SURE)
        after = [await post_of(house, post_id) for post_id in ids]
        for second in (first, "⏸ نگه دار", "✖️ لغو", "⬇️ دیرتر", "⬆️ زودتر", "🚀", "🔀", "⌨️"):
            answer = await house.owner.presses(data(theirs, second), message=theirs, forged=True)

            assert CHANGED in answer
            assert "زودتر دست به کار شد" in answer
        assert [await post_of(house, post_id) for post_id in ids] == after
        shown = next(m for m in house.owner.reads() if m["message_id"] == theirs["message_id"])
        assert shown["reply_markup"] != theirs["reply_markup"], "it was drawn anew"


async def test_two_presses_at_the_same_moment_make_one_change() -> None:
    async with newsroom() as house:
        ids = await queue_of(house, "یک", "دو", "سه")
        one, two, three = await times(house, *ids)
        mine = await opens(house, ids[1])
        await house.owner.sends("/queue")
        await house.owner.presses(f"plan.post:{ids[1]}")
        theirs = house.owner.reads()[-1]
        both = [
            asyncio.create_task(person.phone.press(data(page, "⬇️"), page))
            for person, page in ((house.admin, mine), (house.owner, theirs))
        ]
        await asyncio.sleep(0)
        await house.settles()
        answers = [str((await each or {}).get("text")) for each in both]

        assert await times(house, *ids) == [one, three, two]
        assert sum(CHANGED in answer for answer in answers) == 1


async def test_a_neighbour_that_is_another_one_meanwhile_is_not_passed() -> None:
    async with newsroom() as house:
        ids = await queue_of(house, "یک", "دو")
        page = await opens(house, ids[0])
        new = await due(house, replace(SHORT, headline="تازه"), at=hours(1.5))
        before = await times(house, *ids, new)

        assert CHANGED in await house.admin.presses(data(page, "⬇️"), message=page)
        assert await times(house, *ids, new) == before
        await house.admin.presses("🔀")
        page = house.admin.reads()[-1]
        await house.passes(2 * 3600 - 60)
        assert CHANGED in await house.admin.presses_as_seen("دو", page) or "گذشته" in house.admin.text()


async def test_a_typed_time_for_a_post_that_was_moved_meanwhile_is_not_taken() -> None:
    async with newsroom() as house:
        [post_id] = await queue_of(house, "یک")
        await opens(house, post_id)
        await house.admin.presses("⌨️")
        await house.owner.sends("/queue")
        await house.owner.presses(f"plan.post:{post_id}")
        await house.owner.presses("⏸ نگه دار")
        await house.admin.sends("فردا ۱۰")

        assert (await post_of(house, post_id)).state is PostState.HELD
        assert any(CHANGED in m.get("text", "") for m in house.admin.reads())


@pytest.mark.parametrize(
    "article",
    [
        replace(SHORT, hashtags=("نمونه",)),
        Article(headline="خبر عکس‌دار", lede="لید.", media=(Media(file_id="A"),)),
    ],
)
async def test_the_preview_is_the_post_as_it_goes_out(article: Article) -> None:
    async with newsroom() as house:
        if article.media:
            photo = house.admin.phone.send(photo=True)[0]["photo"][-1]["file_id"]
            await house.settles()
            article = replace(article, media=(Media(file_id=photo),))
        look: dict[str, Any] = {"pieces": (*Look().pieces, Piece.DATE), "signature": "@news"}
        post_id = await due(house, article, at=hours(20), **look)
        await opens(house, post_id)
        before = len(house.admin.reads())
        await house.admin.presses("👁")
        preview = house.admin.reads()[before]
        await house.passes(20 * 3600)
        [sent] = house.reader.reads(NEWS)

        for part in ("text", "caption", "entities", "caption_entities", "photo"):
            assert preview.get(part) == sent.get(part)


async def test_posts_of_two_channels_are_never_swapped() -> None:
    async with newsroom() as house:
        one = await due(house, at=hours(1))
        other = await due(house, at=hours(2), channel=SPORT)
        await house.admin.sends("/queue")
        await house.admin.forges(f"plan.post:{one}")
        page = house.admin.reads()[-1]
        assert not [label for label in house.admin.buttons(page) if "🔀" in label or "⬇️" in label]
        marks = [seen.of(await post_of(house, post_id)) for post_id in (one, other)]
        said = await house.admin.forges(f"plan.swap_with:{one}:{marks[0]}:{other}:{marks[1]}")
        assert "دو کانال جدا" in said


async def test_no_button_offers_a_time_that_is_past_or_in_quiet_hours() -> None:
    """The swap page listed both, and refused; "earlier" pointed into quiet hours."""
    async with newsroom() as house:
        await house.admin.sends("/connect @news")
        late, _, post_id, _ = await queue_of(house, "خبر گذشته", "خبر شبانه", "خبر روز", "خبر عصر")
        async with house.newsroom.storage.begin() as db:
            past = await db.posts.get(late)
            assert past is not None
            seen = standing.of(past)
            held = replace(seen, due_at=NOON - timedelta(hours=1), state=PostState.HELD)
            assert await db.posts.replan(late, seen=seen, to=held, now=NOON)
            night = Quiet(weekdays=frozenset(range(7)), start=13 * 60 + 30, end=14 * 60 + 30)
            await db.channels.set_rhythm(NEWS, Rhythm(quiet=(night,)))
        await house.admin.forges(f"plan.post:{post_id}")
        shown = house.admin.buttons(house.admin.reads()[-1])
        assert not any("زودتر" in label for label in shown)
        assert any("دیرتر" in label for label in shown)
        await house.admin.presses("🔀 جابه‌جایی")
        offered = str(house.admin.reads()[-1]["reply_markup"])
        assert "خبر عصر" in offered
        assert "خبر گذشته" not in offered
        assert "خبر شبانه" not in offered


async def test_two_posts_at_the_same_hour_of_two_days_have_buttons_that_differ() -> None:
    async with newsroom() as house:
        for at in (hours(1), hours(25)):
            await due(house, at=at)
        board = await house.admin.sends("/queue")
        assert "۱. ۱۳:۰۰" in board
        assert "۲. ۱۳:۰۰" in board
        labels = house.admin.buttons(house.admin.reads()[-1])
        assert {"۱ · ۱۳:۰۰", "۲ · ۱۳:۰۰"} <= set(labels)
