"""Urgent stories: past slots and quiet hours with a second person's word, and the queue makes room."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.model import Post, PostState
from bot.news.plans.pushing import pushed_back
from bot.news.plans.rhythm import Taken, fits, quiet_until
from bot.news.quiet import Quiet, Rhythm
from tests.newsroom import NEWS, NOON, House, newsroom, story

ZONE = "Asia/Tehran"
ASK, YES, NO = "🚨 فوری", "🚨 تأیید و انتشار فوری", "✖️ رد"
ALL_DAY = Rhythm(quiet=(Quiet(weekdays=frozenset(range(7)), start=0, end=23 * 60),), spacing=10)

minutes = st.lists(st.integers(-180, 2_000), max_size=14)
rhythms = st.builds(
    Rhythm,
    spacing=st.sampled_from([0, 7, 20, 60]),
    per_hour=st.none() | st.integers(1, 3),
    per_day=st.none() | st.integers(1, 5),
    quiet=st.sampled_from([(), (Quiet(weekdays=frozenset(range(7)), start=14 * 60, end=16 * 60),)]),
)


def at(offsets: list[int]) -> list[datetime]:
    return sorted(NOON + timedelta(minutes=offset) for offset in offsets)


@settings(max_examples=150, deadline=None)
@given(minutes, minutes, rhythms)
def test_the_queue_is_pushed_back_in_order_and_keeps_the_rhythm(
    queued_at: list[int], staying_at: list[int], rhythm: Rhythm
) -> None:
    """Whoever kept the rhythm before keeps it after; whoever has to move gets a place that keeps it."""
    queue, stay = at([abs(minute) for minute in queued_at]), at(staying_at)
    times = pushed_back(queue, NOON, stay, rhythm, ZONE)

    assert len(times) == len(queue)
    assert list(times) == sorted(times)
    assert all(new >= old for new, old in zip(times, queue, strict=True))
    for number, (new, old) in enumerate(zip(times, queue, strict=True)):
        kept_it = fits(old, Taken((*stay, *queue[:number]), ZONE), rhythm, ZONE)
        if new != old or kept_it:
            assert fits(new, Taken((NOON, *stay, *times[:number]), ZONE), rhythm, ZONE)


@settings(max_examples=60, deadline=None)
@given(minutes, rhythms)
def test_what_a_person_has_set_closer_than_the_rhythm_asks_stays_where_nothing_changes_there(
    queued_at: list[int], rhythm: Rhythm
) -> None:
    days_later = at([abs(minute) + 3 * 24 * 60 for minute in queued_at])

    assert pushed_back(days_later, NOON, (), rhythm, ZONE) == tuple(days_later)


def test_the_posts_that_went_out_count_for_the_limits_of_the_hour_and_the_day() -> None:
    """Two an hour, five a day: two are out at this hour of noon, and four of the day."""
    hourly, daily = Rhythm(per_hour=2), Rhythm(per_day=5)
    out = at([-120, -60, 2, 3])
    queue = at([4, 70])

    assert pushed_back(queue, NOON, out, hourly, ZONE) == (NOON + timedelta(hours=1), queue[1])
    midnight = NOON + timedelta(hours=12)
    assert pushed_back(queue, NOON, out, daily, ZONE) == (midnight, midnight)


def test_a_queue_with_room_stays_as_it_is() -> None:
    queue = [NOON + timedelta(hours=n) for n in (1, 2, 3)]
    assert pushed_back(queue, NOON, (), Rhythm(spacing=30), ZONE) == tuple(queue)


def test_where_the_rhythm_has_no_room_nothing_moves() -> None:
    never = Rhythm(quiet=(Quiet(weekdays=frozenset(range(7)), start=0, end=0),), spacing=10)
    queue = [NOON + timedelta(minutes=1)]
    assert pushed_back(queue, NOON, (), never, ZONE) == tuple(queue)


async def urgent(house: House, number: int = 1) -> None:
    """An approved story of that urgency, and the card of those who schedule it at its plan."""
    await house.approved()
    await house.editor.presses("⚡️ فوریت")
    await house.editor.forges(f"story.urgency:1:1:{number}")  # what its button holds
    await plans(house)


async def plans(house: House) -> None:
    """The admin's card where a time is chosen."""
    await house.admin.forges(f"story.view:1:{(await story(house)).version}:plan")


async def rhythm(house: House, wanted: Rhythm) -> None:
    async with house.newsroom.storage.begin() as db:
        await db.channels.set_rhythm(NEWS, wanted)


async def posts(house: House) -> tuple[Post, ...]:
    async with house.newsroom.storage.begin() as db:
        return await db.posts.of_channel(NEWS)


async def queued(house: House, *minutes: int) -> list[int]:
    """Other stories in the queue; the ids of their posts."""
    ids = []
    async with house.newsroom.storage.begin() as db:
        story = await db.articles.get(1)
        assert story is not None
        for minute in minutes:
            other = await db.articles.create(story, by=1, now=NOON)
            post = await db.posts.add(
                article_id=other.id, channel_id=NEWS, due_at=NOON + timedelta(minutes=minute), by=1, now=NOON
            )
            ids.append(post.id)
    return ids


async def verbs(house: House) -> list[str]:
    async with house.newsroom.storage.begin() as db:
        return [entry.verb for entry in await db.audit.of_article(1)]


async def test_only_an_urgent_story_has_the_button_and_the_number_is_seen_on_the_card() -> None:
    async with newsroom() as house:
        await urgent(house, 5)
        assert not [text for text in house.admin.buttons() if text.startswith(ASK)]
        assert "فوریت" not in house.editor.foot()
        await house.editor.presses("⚡️ فوریت")
        await house.editor.forges("story.urgency:1:1:2")
        assert "⚡️ فوریت: ۲" in house.editor.foot().split("\n")
        await plans(house)
        assert [text for text in house.admin.buttons() if text.startswith(ASK)]


async def test_a_second_person_confirms_and_it_goes_out_in_quiet_hours_and_the_queue_makes_room() -> None:
    async with newsroom() as house:
        await urgent(house)
        first, second = await queued(house, 5, 12)
        await rhythm(house, ALL_DAY)
        assert "پرسیده شد" in await house.admin.presses(ASK)
        assert "منتظر نفر دوم است" in house.admin.text()
        assert not house.posts()
        assert "تأیید می\u200cخواهد" in house.editor.text()
        assert "تأیید می\u200cخواهد" in house.owner.text()
        said = await house.editor.presses(YES)
        assert "همین حالا منتشر می\u200cشود" in said
        assert "۲ پست" in said
        assert len(house.posts()) == 1
        assert any("تأیید کرد" in str(message.get("text")) for message in house.admin.reads())
        by_id = {post.id: post for post in await posts(house)}
        assert (
            NOON + timedelta(minutes=10)
            <= by_id[first].due_at
            <= by_id[second].due_at - timedelta(minutes=10)
        )
        assert {"ask_urgent", "confirmed_urgent", "publish_urgent"} <= set(await verbs(house))
        assert "پیش\u200cتر" in await house.owner.forges("story.urgent_yes:1")
        assert len(house.posts()) == 1


def wishes(house: House) -> list[str]:
    """The messages with a button of a wish that stand in anybody's chat."""
    return [
        str(message["text"])
        for person in (house.reporter, house.editor, house.admin, house.owner)
        for message in person.reads()
        if "story.urgent_" in str(message.get("reply_markup"))
    ]


@pytest.mark.parametrize(
    ("who", "button", "said", "others"),
    [
        ("owner", YES, "🚨 تأیید شد.", "تأیید کرد: «شهرداری سپیدکوه"),
        ("editor", NO, "✖️ فوری منتشر نشد.", "انتشار فوری «شهرداری سپیدکوه"),
        ("admin", "پس می\u200cگیرم", "✖️ فوری منتشر نشد.", "درخواستش را پس گرفت: «شهرداری"),
    ],
)
async def test_one_persons_word_ends_the_question_in_every_chat_and_names_who_and_which_story(
    who: str, button: str, said: str, others: str
) -> None:
    """Seen live: once the owner had confirmed, the editor still had both buttons."""
    async with newsroom() as house:
        await urgent(house)
        await house.admin.presses(ASK)
        assert len(wishes(house)) == 3
        decider = getattr(house, who)
        await decider.presses(button)
        assert wishes(house) == []
        assert any(
            said in str(one.get("text")) and "شهرداری سپیدکوه" in one["text"] for one in decider.reads()
        )
        for person in {house.editor, house.admin, house.owner} - {decider}:
            assert any(others in str(one.get("text")) for one in person.reads()), person.id
        everything = [str(one.get("text")) for one in [*house.admin.reads(), *house.owner.reads()]]
        assert not any("۰ پست" in text for text in everything)


async def test_a_wish_for_an_older_version_loses_its_buttons_when_the_new_one_is_asked_about() -> None:
    async with newsroom() as house:
        await urgent(house)
        await house.admin.presses(ASK)
        await house.editor.presses("ویرایش تیتر")
        await house.editor.sends("تیتر تازه برای خبر فوری")
        await plans(house)
        await house.admin.presses(ASK)
        assert len(wishes(house)) == 3


async def test_ones_own_word_does_not_count_nor_does_a_reporters() -> None:
    async with newsroom() as house:
        await urgent(house)
        await house.admin.presses(ASK)
        assert "نفر دومی" in await house.admin.forges("story.urgent_yes:1")
        assert "فقط از دبیر" in await house.reporter.forges("story.urgent_yes:1")
        assert not house.posts()


async def test_without_a_word_it_expires_says_so_and_nothing_happens() -> None:
    async with newsroom() as house:
        await urgent(house)
        await house.admin.presses(ASK)
        await house.passes(16 * 60)
        assert "چیزی منتشر نشد" in house.admin.text()
        assert wishes(house) == [], "a question that is over has no buttons"
        assert any("مهلت این پرسش گذشت" in str(one.get("text")) for one in house.editor.reads())
        assert "مهلت" in await house.editor.forges("story.urgent_yes:1")
        assert not house.posts()
        assert not await posts(house)
        await plans(house)
        assert "پرسیده شد" in await house.admin.presses(ASK)
        await house.owner.presses(YES)
        assert len(house.posts()) == 1


async def test_a_refusal_ends_it_and_the_asker_can_take_it_back() -> None:
    async with newsroom() as house:
        await urgent(house)
        await house.admin.presses(ASK)
        assert "رد شد" in await house.editor.presses(NO)
        assert "رد کرد" in house.admin.text()
        assert "پیش\u200cتر" in await house.owner.forges("story.urgent_yes:1")
        await plans(house)
        await house.admin.presses(ASK)
        await house.admin.presses("پس می\u200cگیرم")
        assert "پیش\u200cتر" in await house.owner.forges("story.urgent_yes:2")
        assert not house.posts()


async def test_asking_twice_asks_once_and_a_changed_story_is_asked_about_anew() -> None:
    async with newsroom() as house:
        await urgent(house)
        await house.admin.presses(ASK)
        read = len(house.editor.reads())
        await plans(house)
        assert "پیش\u200cتر پرسیده شده" in await house.admin.presses(ASK)
        assert len(house.editor.reads()) == read
        await house.editor.presses("ویرایش تیتر")
        await house.editor.sends("تیتر تازه برای خبر فوری")
        assert "عوض شده" in await house.owner.presses(YES)
        assert not house.posts()
        await plans(house)
        await house.admin.presses(ASK)
        assert "همین حالا" in await house.owner.presses(YES)
        assert "تیتر تازه" in house.posts()[0]


async def test_a_queued_post_of_the_story_becomes_urgent_instead_of_a_second_one() -> None:
    async with newsroom() as house:
        await urgent(house)
        await house.admin.presses("🕰 نوبت آزاد")
        await plans(house)
        await house.admin.presses(ASK)
        await house.editor.presses(YES)
        assert len(house.posts()) == 1
        (post,) = await posts(house)
        assert (post.state, post.urgency) == (PostState.SENT, 1)


async def test_scheduled_in_the_ordinary_way_nothing_passes_quiet_hours() -> None:
    async with newsroom() as house:
        await urgent(house)
        await house.admin.presses("🕰 نوبت آزاد")
        (post,) = await posts(house)
        assert post.urgency == 3


async def test_a_paused_channel_and_an_embargo_refuse_with_words() -> None:
    async with newsroom() as house:
        await urgent(house)
        async with house.newsroom.storage.begin() as db:
            await db.channels.pause(NEWS, NOON)
        assert "متوقف است" in await house.admin.presses(ASK)
        async with house.newsroom.storage.begin() as db:
            await db.channels.pause(NEWS, None)
        await house.editor.presses("🔒 منتشر نشود تا")
        await house.editor.sends("فردا ۸")
        await plans(house)
        assert "منتشر نشود" in await house.admin.presses(ASK)
        assert not house.posts()


async def test_an_embargo_that_comes_after_the_question_still_holds() -> None:
    async with newsroom() as house:
        await urgent(house)
        await house.admin.presses(ASK)
        await house.editor.presses("🔒 منتشر نشود تا")
        await house.editor.sends("فردا ۸")
        await house.owner.presses(YES)
        assert not house.posts()


@pytest.mark.parametrize(
    "data",
    [
        "story.urgent_yes:99",
        "story.urgent_yes:x",
        "story.urgent_no:0",
        "story.urgent:1:2:-5",
        "story.urgency:1:2:0",
    ],
)
async def test_forged_buttons_change_nothing(data: str) -> None:
    async with newsroom() as house:
        await urgent(house)
        assert await house.admin.forges(data)
        assert await house.editor.forges(data)
        assert not house.posts()
        assert not await posts(house)


async def test_without_the_rule_of_the_second_person_it_is_asked_once_more_and_goes_out() -> None:
    async with newsroom(urgent={"confirm": False}) as house:
        await urgent(house)
        await house.admin.presses(ASK)
        assert not house.posts()
        await house.admin.presses("🚨 بله")
        assert len(house.posts()) == 1


async def test_where_there_is_no_second_person_that_is_said() -> None:
    async with newsroom(urgent={"roles": ["channel_admin"]}) as house:
        await urgent(house)
        assert "کس دیگری نیست" in await house.admin.presses(ASK)


def test_noon_is_in_the_quiet_hours_of_these_tests() -> None:
    assert quiet_until(NOON, ALL_DAY, ZONE) == datetime.combine(NOON.date(), time(19, 30), UTC)


async def test_the_hours_limit_holds_for_what_makes_room_also_beside_held_posts() -> None:
    async with newsroom() as house:
        await urgent(house)
        first, held, last = await queued(house, 5, 12, 65)
        async with house.newsroom.storage.begin() as db:
            await db.posts.change(held, PostState.HELD, frm={PostState.PENDING}, now=NOON)
        await rhythm(house, Rhythm(per_hour=2))
        await house.admin.presses(ASK)
        assert "۱ پست" in await house.editor.presses(YES)

        minutes = {post.id: (post.due_at - NOON).total_seconds() / 60 for post in await posts(house)}
        assert [minutes[id] for id in (first, held, last)] == [60, 12, 65]
