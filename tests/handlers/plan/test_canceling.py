"""A post that others count on leaves its queue by a second press, and its people hear of it; so of its return."""

from bot.news.model import PostState
from tests.newsroom import House, Person, newsroom, posts

ASK, SURE = "✖️ لغو", "✖️ بله، از صف بردار"


async def scheduled(house: House) -> None:
    await house.approved()
    await house.admin.presses("زمان‌بندی")
    await house.admin.presses("نوبت آزاد بعدی")


async def opens(person: Person) -> None:
    await person.sends("/queue")
    await person.presses("۱ · ۱۲:۳۰")


async def state(house: House) -> PostState:
    [post] = await posts(house)
    return post.state


async def test_one_press_cancels_nothing_and_names_what_would_go() -> None:
    async with newsroom() as house:
        await scheduled(house)
        await house.admin.presses("plan.page:1")
        await house.admin.presses(ASK)
        assert await state(house) is PostState.PENDING
        asked = house.admin.text()
        for word in ("شهرداری سپیدکوه", "خبر", "۱۲:۳۰"):
            assert word in asked
        await house.admin.presses("‹ بازگشت")
        assert await state(house) is PostState.PENDING


async def test_who_planned_it_and_its_reporter_hear_that_it_went_and_came_back() -> None:
    async with newsroom() as house:
        await scheduled(house)
        people = (house.reporter, house.admin)
        before = [len(person.reads()) for person in people]
        await opens(house.owner)
        await house.owner.presses(ASK)
        await house.owner.presses(SURE)
        assert await state(house) is PostState.CANCELED
        for person, count in zip(people, before, strict=True):
            [told] = [str(m.get("text")) for m in person.reads()[count:] if "از صف" in str(m.get("text"))]
            assert "۱۲:۳۰" in told
        await house.owner.presses("↶ بازگرداندن به صف")
        assert await state(house) is PostState.PENDING
        for person in people:
            assert "برگرداند" in person.text()
        await house.passes(8 * 3600)
        assert len(house.posts()) == 1


async def test_a_question_about_a_post_that_has_moved_since_cancels_nothing() -> None:
    async with newsroom() as house:
        await scheduled(house)
        await house.admin.presses("plan.page:1")
        await house.admin.presses(ASK)
        asked = house.admin.reads()[-1]
        await house.owner.sends("/help")
        await house.owner.forges("plan.hold:1")
        assert SURE not in house.admin.buttons(house.admin.reads()[-1]), "it is not asked any more"
        assert "عوض شده" in await house.admin.presses_as_seen(SURE, asked)
        assert await state(house) is PostState.HELD
