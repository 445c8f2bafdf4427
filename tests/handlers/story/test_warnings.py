"""What a card warns of, in words, before a person decides; a warning forbids nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.news.model import Article, Channel, Paragraph, PostState, Quote, Section
from bot.news.posts.warnings import Earlier, same_story
from bot.news.quiet import Rhythm
from tests.newsroom import COPY, NEWS, NOON, House, Person, newsroom

LEDE = "سازمان آب سپیدکوه از آغاز لایروبی سه رودخانهٔ شمال شهر خبر داد و گفت کار تا پایان زمستان ادامه دارد."
BODY = "به گفتهٔ مدیر سازمان، دویست کارگر در دو نوبت کار می\u200cکنند و هزینهٔ آن را استانداری می\u200cپردازد."


def earlier(headline: str, body: str, article_id: int = 9) -> Earlier:
    return Earlier(article_id=article_id, headline=headline, body=body)


def told(headline: str, *, lede: str = LEDE) -> Article:
    sections = (Section(blocks=(Paragraph(text=BODY), Quote(text="کار خوب پیش می\u200cرود."))),)
    return Article(headline=headline, lede=lede, sections=sections, id=1)


SAME = [
    earlier("لایروبی سه رودخانهٔ سپیدکوه آغاز شد", "متن دیگر"),
    earlier("لايروبی سه رودخانه\u200cی سپيدكوه آغاز شد", "متن دیگر"),
    earlier("رودخانه\u200cها پاک می\u200cشوند", f"{LEDE}\n{BODY}"),
    earlier("رودخانه\u200cها پاک می\u200cشوند", f"{LEDE}\n{BODY} این خبر تکمیل می\u200cشود."),
]
OTHER = [
    earlier("لایروبی سه رودخانهٔ سپیدکوه پایان یافت و جشن گرفته شد", "متن دیگر"),
    earlier("قیمت نان ثابت ماند", "نانوایان سپیدکوه گفتند نرخ نان تا پایان سال همان است که بود."),
    earlier("لایروبی سه رودخانهٔ سپیدکوه آغاز شد", f"{LEDE}\n{BODY}", article_id=1),
    earlier("", ""),
]


@pytest.mark.parametrize("other", SAME)
def test_the_same_story_is_known_by_headline_or_body_however_it_is_spelled(other: Earlier) -> None:
    assert same_story(told("لایروبی سه رودخانهٔ سپیدکوه آغاز شد"), [*OTHER, other]) is other


@pytest.mark.parametrize("other", OTHER)
def test_other_stories_and_itself_are_not_the_same(other: Earlier) -> None:
    assert same_story(told("لایروبی سه رودخانهٔ سپیدکوه آغاز شد"), [other]) is None


def test_a_daily_headline_of_another_day_is_another_story() -> None:
    daily = replace(told("قیمت دلار امروز ۳ آذر", lede="دلار ۵۰ تومان گران شد"), sections=())
    assert same_story(daily, [earlier("قیمت دلار امروز ۲ آذر", "دلار ۲۰ تومان ارزان شد")]) is None


def warned(person: Person, word: str) -> bool:
    """Whether a line of the person's card warns of it."""
    return any(text.startswith("⚠️") and word in text for text in person.foot().split("\n"))


async def change(house: House, rhythm: Rhythm | None = None, **article: object) -> None:
    async with house.newsroom.storage.begin() as db:
        if rhythm:
            await db.channels.set_rhythm(NEWS, rhythm)
        if article:
            story = await db.articles.get(1)
            assert story is not None
            changed = replace(story, **article, approved_version=story.version + 1)  # type: ignore[arg-type]  # any field
            await db.articles.save(changed, by=1, now=NOON)
        await db.cards.touch(1)
    await house.settles()


async def pictured(house: House) -> None:
    """The editor gives the story a photo."""
    await house.editor.presses("🖼")
    await house.editor.sends(photo="bus.jpg")


async def plans(house: House) -> None:
    async with house.newsroom.storage.begin() as db:
        story = await db.articles.get(1)
    assert story is not None
    await house.admin.forges(f"story.view:1:{story.version}:plan")


async def queued(house: House, minutes: int, count: int = 1) -> None:
    """Other stories in the queue, that many minutes after noon."""
    async with house.newsroom.storage.begin() as db:
        for number in range(count):
            other = await db.articles.create(
                Article(headline=f"خبر شمارهٔ {number} از {minutes}"), by=1, now=NOON
            )
            due_at = NOON + timedelta(minutes=minutes + number)
            await db.posts.add(article_id=other.id, channel_id=NEWS, due_at=due_at, by=1, now=NOON)


async def test_the_same_story_again_is_said_before_approval_and_told_whole_on_a_press() -> None:
    async with newsroom() as house:
        await house.approved()
        await plans(house)
        await house.admin.presses("🕰 نوبت آزاد")
        assert not warned(house.admin, "همین خبر")
        await house.reporter.sends(COPY)
        await house.reporter.presses("ارسال به دبیر")
        assert warned(house.editor, "همین خبر در صف خبر")
        await house.editor.presses("⚠️ ملاحظه‌ها")
        assert "همین خبر در صف خبر هست: «شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید»" in house.editor.text()
        await house.editor.presses("✅ تأیید")
        assert not [text for text in house.editor.buttons(house.editor.card()) if text == "✅ تأیید"]


async def test_a_sound_story_has_no_warning() -> None:
    async with newsroom() as house:
        await house.approved()
        await plans(house)
        assert not warned(house.admin, "")
        assert not warned(house.editor, "")


async def test_a_text_over_the_limit_says_how_many_messages_it_becomes() -> None:
    async with newsroom() as house:
        await house.approved()
        await change(house, lede="خبر بلند " * 600)
        assert warned(house.editor, "۲ پیام")
        await change(house, lede="خبر بلند " * 200)
        assert not warned(house.editor, "پیام")
        await pictured(house)
        assert warned(house.editor, "زیرنویس")


async def test_a_date_on_another_weekday_is_said_with_the_day_it_is_and_the_text_stays() -> None:
    async with newsroom() as house:
        await house.approved()
        await change(house, lede="این خط یکشنبه ۱ آذر گشایش می\u200cیابد.")
        assert not warned(house.editor, "آن روز")
        await change(house, lede="این خط دوشنبه ۱ آذر گشایش می\u200cیابد.")
        assert warned(house.editor, "«دوشنبه ۱ آذر»، اما آن روز یکشنبه ۱ آذر ۱۴۰۵ است")


async def test_a_word_that_is_probably_misspelled_is_said_with_what_may_be_meant_and_stays() -> None:
    async with newsroom() as house:
        await house.approved()
        await change(house, lede="این خط با خرید قطار تازه گشایش می\u200cیابد.")
        assert not warned(house.editor, "غلط املایی")
        await change(house, lede="اضهارات مدیر این خط خوانده شد.")
        assert warned(house.editor, "«اضهارات» شاید غلط املایی باشد؛ آیا «اظهارات» است؟")


async def test_a_channel_that_always_has_a_photo_is_missed_one() -> None:
    async with newsroom() as house:
        await house.approved()
        async with house.newsroom.storage.begin() as db:
            for number in range(5):
                story = await db.articles.create(Article(headline=f"خبر تصویری {number}"), by=1, now=NOON)
                post = await db.posts.add(article_id=story.id, channel_id=NEWS, due_at=NOON, by=1, now=NOON)
                await db.posts.parts.plan(post.id, [("sendPhoto", {})])
                await db.posts.claim(post.id, now=NOON)
                await db.posts.settle(post.id, PostState.SENT, now=NOON)
        await change(house, Rhythm())
        assert warned(house.editor, "عکس ندارد")
        await pictured(house)
        assert not warned(house.editor, "عکس ندارد")


async def test_a_paused_channel_and_one_without_rights_are_named() -> None:
    async with newsroom() as house:
        await house.approved()
        await plans(house)
        await house.admin.presses("🕰 نوبت آزاد")
        async with house.newsroom.storage.begin() as db:
            await db.channels.pause(NEWS, NOON)
        await change(house, Rhythm())
        assert warned(house.editor, "متوقف است")
        async with house.newsroom.storage.begin() as db:
            await db.channels.set_trouble(NEWS, "kicked", connected=False)
        await change(house, Rhythm())
        assert warned(house.editor, "اجازهٔ انتشار ندارم")


async def test_two_posts_within_the_spacing_are_said() -> None:
    async with newsroom() as house:
        await house.approved()
        await plans(house)
        await house.admin.presses("🕰 نوبت آزاد")
        async with house.newsroom.storage.begin() as db:
            (post,) = await db.posts.of_article(1)
        await queued(house, int((post.due_at - NOON).total_seconds() // 60) + 5)
        await change(house, Rhythm(spacing=20))
        assert warned(house.admin, "کمتر از ۲۰ دقیقه")


async def test_a_time_that_is_over_and_an_embargo_that_ends_later_are_said() -> None:
    async with newsroom() as house:
        await house.approved()
        async with house.newsroom.storage.begin() as db:
            post = await db.posts.add(
                article_id=1, channel_id=NEWS, due_at=NOON - timedelta(minutes=5), by=1, now=NOON
            )
            await db.posts.change(post.id, PostState.HELD, frm={PostState.PENDING}, now=NOON)
        await change(house, embargoed_until=NOON + timedelta(hours=2))
        assert warned(house.editor, "گذشته است")
        assert warned(house.editor, "پس از زمانش")


async def test_a_public_holiday_is_named_on_the_plan_and_after_scheduling() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.owner.sends("/holidays ۵ آذر ۱۴۰۵ جشن سپیدکوه")
        await house.admin.forges(f"plan.ask_time:1:1:{NEWS}")
        assert "جشن سپیدکوه" in await house.admin.sends("۵ آذر ۱۰")
        assert warned(house.admin, "جشن سپیدکوه")


async def test_a_post_is_given_its_pin_and_its_end_and_both_happen() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.forges(f"plan.ask_time:1:1:{NEWS}")
        await house.admin.sends("امروز ۱۳")
        await house.admin.presses("📌 سنجاق: نه")
        await house.admin.presses("۶ ساعت")
        await house.admin.forges("plan.post:1")
        assert "📌 سنجاق ۶ ساعت" in house.admin.buttons()
        await house.admin.presses("📌 سنجاق ۶ ساعت")
        await house.admin.presses("۱ روز")
        assert "مثل پیش" in await house.admin.presses("↶ واگرد آخرین")
        assert "📌 سنجاق ۶ ساعت" in house.admin.buttons(house.admin.reads()[-1])
        await house.admin.presses("🗑 حذف: نه")
        await house.admin.presses("۳۶ ساعت")
        assert await house.admin.forges("posts.set_after:1:pin:17")
        async with house.newsroom.storage.begin() as db:
            post = await db.posts.get(1)
        assert post is not None
        assert (post.pin_for, post.delete_after) == (6 * 3600, 36 * 3600)
        await house.passes(2 * 3600)
        assert "اتوبوس" in house.posts()[0]
        async with house.newsroom.storage.begin() as db:
            kinds = {wish.kind.value for wish in await db.changes.of_post(1)}
        assert kinds == {"pin", "unpin", "delete"}
        assert await house.admin.forges("posts.set_after:1:pin:3600")  # it is out: too late


async def test_an_earlier_story_is_compared_as_it_reads_now_also_after_a_change_that_was_undone() -> None:
    async with newsroom() as house:
        storage = house.newsroom.storage
        async with storage.begin() as db:
            await db.channels.put(Channel(id=NEWS, title="خبر"), by=1, now=NOON)
            story = await db.articles.create(Article(headline="یک", reporter_id=5), by=1, now=NOON)
            await db.posts.add(article_id=story.id, channel_id=NEWS, due_at=NOON, by=1, now=NOON)

        async def headline(changed: str = "", *, minute: int = 0, undo: bool = False) -> str:
            async with storage.begin() as db:
                if changed:
                    now = NOON + timedelta(minutes=minute)
                    await db.articles.save(replace(story, headline=changed), by=1, now=now)
                (told,) = await db.articles.told_since(NOON, limit=5)
                if undo:
                    raise NotImplementedError(told.headline)
            return told.headline

        assert await headline() == "یک"
        with pytest.raises(NotImplementedError, match="دو"):
            await headline("دو", minute=1, undo=True)
        assert await headline() == "یک"
        assert await headline("سه", minute=2) == "سه"
        assert await headline() == "سه"
