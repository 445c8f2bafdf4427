"""A post's page of numbers: what readers do in the channel stands there, for those who may see it."""

from dataclasses import replace
from datetime import timedelta

from bot.news.model import ArticleState, PostState
from bot.simulator import audience, places
from tests.delivery.test_publisher import SHORT
from tests.handlers.posts.test_by_hand import published
from tests.newsroom import EDITOR, NEWS, NOON, READER, House, newsroom

DAY = timedelta(days=1)


async def talked_about(house: House) -> int:
    """The channel has a discussion group, and the bot is in it; the group."""
    group = places.found(house.world, "supergroup", "گفت‌وگو")["id"]
    places.enroll(house.world, group, "bot", "member")
    audience.discuss(house.world, NEWS, group)
    return int(group)


async def usual(house: House, counts: list[int]) -> None:
    """Posts of the days before with so many reactions each."""
    async with house.newsroom.storage.begin() as db:
        for number in range(len(counts)):
            at = NOON - (2 + number) * DAY
            story = await db.articles.create(replace(SHORT, headline=f"خبر {number}"), by=EDITOR, now=at)
            await db.articles.set_state(story.id, ArticleState.PUBLISHED, now=at, approved_version=1)
            post = await db.posts.add(article_id=story.id, channel_id=NEWS, due_at=at, by=1, now=at)
            await db.posts.claim(post.id, now=at)
            await db.posts.parts.plan(post.id, [("sendMessage", {"chat_id": NEWS, "text": "x"})])
            await db.posts.parts.sent(post.id, 0, [5000 + number], at)
            await db.posts.settle(post.id, PostState.SENT, now=at, version=1)
        house.world.chats[NEWS].last_message_id = max(6000, house.world.chats[NEWS].last_message_id)
    for number, count in enumerate(counts):
        chat = house.world.chats[NEWS]
        told = {"chat": chat.brief(), "message_id": 5000 + number, "date": house.world.clock.unix()}
        kinds = [{"type": {"type": "emoji", "emoji": "👍"}, "total_count": count}]
        house.world.updates.queue("message_reaction_count", {**told, "reactions": kinds})
    await house.settles()


async def test_reactions_and_comments_stand_on_the_posts_page() -> None:
    async with newsroom() as house:
        await house.admin.sends("/connect @news")
        await talked_about(house)
        await house.settles()
        number = (await published(house))["message_id"]
        audience.react(house.world, NEWS, number, {"👍": 12, "🔥": 3})
        audience.comment(house.world, NEWS, number, READER, "خسته نباشید")
        audience.comment(house.world, NEWS, number, READER, "کی شروع می‌شود؟")
        await house.settles()
        await house.editor.sends("/posts")
        await house.editor.presses("آمار")
        shown = house.editor.text()
        assert "واکنش‌ها: ۱۵" in shown
        assert "👍 ۱۲ · 🔥 ۳" in shown
        assert "نظر خوانندگان: ۲" in shown
        assert "هنوز نمی‌دانم معمول این کانال چقدر است" in shown
        audience.react(house.world, NEWS, number, {"👍": 11})
        await house.editor.presses("تازه‌سازی")
        assert "واکنش‌ها: ۱۱" in house.editor.text()
        assert "بازدید" not in house.editor.text(), "no bot is told of views"


async def test_it_is_held_against_what_the_channel_usually_gets() -> None:
    async with newsroom() as house:
        number = (await published(house))["message_id"]
        await usual(house, [4] * 6 + [10] * 6)
        audience.react(house.world, NEWS, number, {"👍": 30})
        await house.settles()
        await house.admin.sends("/posts شهرداری")
        await house.admin.presses("آمار")
        shown = house.admin.text()
        assert "معمول این کانال ۷ واکنش و نظر است (در ۱۲ پست اخیر)" in shown
        assert "از بهترین‌هاست: از ۱۰۰٪ پست‌ها بیشتر گرفته است" in shown
        assert "کمتر از یک روز" in shown
        assert "نظر خوانندگان: معلوم نیست" in shown


async def test_a_discussion_group_is_not_left_though_others_are() -> None:
    async with newsroom() as house:
        await house.admin.sends("/connect @news")
        group = await talked_about(house)
        await house.settles()
        other = places.found(house.world, "supergroup", "دیگران")["id"]
        places.enroll(house.world, other, "bot", "member")
        await house.settles()
        assert house.world.chats[group].bot.present
        assert not house.world.chats[other].bot.present
        places.enroll(house.world, group, EDITOR, "member")
        await house.editor.sends("/help", chat=group)
        assert house.world.chats[group].bot.present


async def test_of_a_post_that_is_gone_it_says_so() -> None:
    async with newsroom() as house:
        await published(house)
        await house.admin.sends("/posts")
        board = house.admin.reads()[-1]
        await house.admin.forges("plan.take_down:1")
        await house.admin.presses_as_seen("آمار", board)
        [shown] = [one["text"] for one in house.admin.reads() if one["message_id"] == board["message_id"]]
        assert "وضعیت:" in shown
        assert "واکنش‌ها" not in shown


async def test_a_reporter_has_no_such_button() -> None:
    async with newsroom() as house:
        await published(house)
        await house.reporter.sends("/posts")
        assert not [label for label in house.reporter.buttons() if "آمار" in label]


async def test_members_are_counted_once_a_day_and_the_discussion_group_is_learned() -> None:
    async with newsroom() as house:
        await house.admin.sends("/connect @news")
        group = await talked_about(house)
        audience.crowd(house.world, NEWS, 4000)
        since = len(house.world.transcript.since(0))
        await house.passes(3 * 3600)
        calls = [call["method"] for call in house.world.transcript.since(0)[since:]]
        assert calls.count("getChatMemberCount") == 1
        async with house.newsroom.storage.begin() as db:
            assert await db.numbers.discussions() == {group: NEWS}
            assert await db.numbers.members_between(NEWS, "2026-11-22", "2026-11-22") == {"2026-11-22": 4004}
        await house.passes(24 * 3600)
        async with house.newsroom.storage.begin() as db:
            assert len(await db.numbers.members_between(NEWS, "2026-11-20", "2026-11-30")) == 2


async def test_who_comes_by_a_named_link_is_counted_for_it() -> None:
    async with newsroom() as house:
        await house.admin.sends("/connect @news")
        audience.make_link(house.world, NEWS, "روزنامه", 103)
        for person in (901, 902):
            audience.join(house.world, NEWS, person, "روزنامه")
        audience.join(house.world, NEWS, 903)
        places.enroll(house.world, NEWS, 902, "left", by=902)
        await house.settles()
        async with house.newsroom.storage.begin() as db:
            assert await db.numbers.moves_between(NEWS, "2026-11-22", "2026-11-22") == (3, 1)
            (link,) = await db.numbers.links(NEWS, "2026-11-22", "2026-11-22", 5)
        assert (link.name, link.joined, link.url) == ("روزنامه", 2, "")
