"""What somebody changes of a story that others count on is told to them: approver, planner, whoever kills it."""

from bot.news.model import ArticleState, PostState
from bot.news.quiet import Quiet, Rhythm
from bot.simulator import places
from tests.handlers.story.test_withdrawing import scheduled
from tests.newsroom import NEWS, SPORT, House, Person, newsroom, posts, story


async def edits(person: Person, headline: str = "سپیدکوه اتوبوس برقی خرید") -> None:
    await person.presses("ویرایش تیتر")
    await person.sends(headline)


def since(person: Person) -> list[str]:
    return [line for line in person.foot().split("\n") if "تأییدِ" in line and "پس از آن" in line]


def approved_by(person: Person) -> list[str]:
    return [line for line in person.foot().split("\n") if "تأییدِ" in line]


async def test_the_card_says_to_everyone_who_approved_the_story_and_when_also_once_it_is_out() -> None:
    async with newsroom() as house:
        await scheduled(house)
        await house.reporter.forges("open:1")
        for person in (house.reporter, house.editor, house.admin):
            [line] = approved_by(person)
            assert "دبیر" in line
            assert "ساعت ۱۲:۰" in line
            assert "پس از آن" not in line
        await house.passes(3600)
        assert house.posts()
        [line] = approved_by(house.reporter)
        assert "دبیر" in line
        await house.owner.sends("/start")
        await house.owner.forges("open:1")
        await edits(house.owner)
        assert len(since(house.reporter)) == 1, "an edit that waits for its confirmation"
        await house.owner.presses("✅", message=house.owner.card())
        [line] = approved_by(house.reporter)
        assert "مالک" in line
        assert "پس از آن" not in line


async def test_a_withdrawn_approval_is_no_approval_on_the_card() -> None:
    async with newsroom() as house:
        await house.approved()
        assert approved_by(house.editor)
        await house.editor.presses("بیشتر")
        await house.editor.presses("پس‌گرفتن تأیید")
        assert approved_by(house.editor) == []


async def test_an_edit_after_somebody_elses_approval_stands_on_the_card_with_both_names() -> None:
    async with newsroom() as house:
        await scheduled(house)
        assert since(house.editor) == []
        await edits(house.editor)
        assert since(house.editor) == [], "it was the approver's own"
        await house.owner.sends("/start")
        await house.owner.forges("open:1")
        await edits(house.owner, "اتوبوس‌های برقی به سپیدکوه رسید")
        [line] = since(house.owner)
        assert "پس از آن" in line
        assert line.index("دبیر") < line.index("مالک")
        assert (await story(house)).state is ArticleState.APPROVED


async def test_an_undone_edit_is_told_to_the_planner_as_before_and_after() -> None:
    async with newsroom() as house:
        await scheduled(house)
        await edits(house.editor)
        before = len(house.admin.reads())
        await house.editor.presses("↶")
        told = house.admin.text()
        assert len(house.admin.reads()) > before
        assert "سپیدکوه اتوبوس برقی خرید" in told
        assert "شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید" in told.splitlines()[-1]
        await house.admin.presses("نگه دار")
        assert (await posts(house))[0].state is PostState.HELD


async def test_a_repair_taken_back_is_told_to_the_planner() -> None:
    async with newsroom() as house:
        text = (
            "شهرداری سپیدکوه اتوبوس خرید\nشهردار گفت میرود و اتوبوسها را می آورد و شهروندان استفاده میکنند."
        )
        await house.reporter.sends(text)
        await house.reporter.presses("ارسال به دبیر")
        await house.editor.presses("تأیید")
        await house.admin.sends("/connect @news")
        await house.admin.sends("/slots شنبه تا چهارشنبه ۸ و ۱۲:۳۰ و ۱۸")
        await house.admin.presses("زمان‌بندی")
        await house.admin.presses("نوبت آزاد بعدی")
        before = len(house.admin.reads())
        await house.editor.presses("🩹")
        await house.editor.presses("↶ واگرد همه")
        [told] = [str(m.get("text")) for m in house.admin.reads()[before:] if "تغییر" in str(m.get("text"))]
        assert "میرود" in told


async def test_the_question_before_a_kill_names_what_waits_too() -> None:
    async with newsroom() as house:
        await scheduled(house)
        await house.admin.sends("/connect @sport")
        await house.admin.presses("زمان‌بندی", message=house.admin.card())
        await house.admin.presses("ورزش")
        await house.admin.presses("همین حالا")
        await house.admin.presses("بله، همین حالا")
        await house.settles()
        assert house.posts(SPORT)
        await house.editor.forges("open:1")
        await house.editor.presses("برداشتن از همهٔ کانال‌ها")
        shown = " ".join([*house.editor.buttons(house.editor.card()), house.editor.foot()])
        assert "ورزش" in shown
        assert "۱۲:۳۰" in shown


async def test_in_quiet_hours_now_says_its_hour_before_it_is_pressed() -> None:
    async with newsroom() as house:
        await house.approved()
        async with house.newsroom.storage.begin() as db:
            every_day = frozenset(range(7))
            rhythm = Rhythm(quiet=(Quiet(weekdays=every_day, start=11 * 60, end=18 * 60),))
            await db.channels.set_rhythm(NEWS, rhythm)
        await house.admin.presses("زمان‌بندی", message=house.admin.card())
        await house.admin.presses("همین حالا")
        sure = house.admin.buttons(house.admin.card())[0]
        assert "سکوت" in sure
        assert "۱۸:۰۰" in sure
        await house.admin.presses(sure)
        assert house.posts() == []


async def loses_news(house: House) -> None:
    places.enroll(house.world, NEWS, "bot", "member", by=104)
    await house.settles()


async def test_presses_for_a_channel_that_is_lost_meanwhile_publish_nowhere_else() -> None:
    async with newsroom() as house:
        await scheduled(house)
        await house.admin.forges("plan.cancel_sure:1")
        await house.admin.sends("/connect @sport")
        await house.admin.forges("open:1")
        await house.admin.presses("زمان‌بندی", message=house.admin.card())
        await house.admin.presses("خبر", message=house.admin.card())
        await house.admin.presses("همین حالا", message=house.admin.card())
        sure = next(b for b in house.admin.buttons(house.admin.card()) if "بله" in b)
        assert "خبر" in sure
        await loses_news(house)
        labels = house.admin.buttons(house.admin.card())
        assert not [label for label in labels if "بله" in label or "ورزش" in label]
        article = await story(house)
        said = await house.admin.forges(f"plan.now:1:{article.version}:{NEWS}")
        assert "مدیر" in said
        assert "مدیر" in await house.admin.forges(f"story.view:1:{article.version}:now:{NEWS}")
        assert house.posts(SPORT) == house.posts(NEWS) == []


async def test_a_lost_channel_is_told_of_with_what_waits_and_its_queue_still_shows_it() -> None:
    async with newsroom() as house:
        await scheduled(house)
        await loses_news(house)
        told = house.admin.text()
        assert "دیگر مدیر" in told
        assert "۱ پست" in told
        assert "شهرداری سپیدکوه" in told
        assert "سپس دوباره بفرستید" not in told
        await house.admin.presses("🗓 صف")
        assert "شهرداری سپیدکوه" in house.admin.text()
        await house.admin.sends("/queue")
        assert "شهرداری سپیدکوه" in house.admin.text()
        assert "مدیر" in house.admin.text()
