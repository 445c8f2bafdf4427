"""Two posts at one time, and a story twice in one queue: said to who does it, and no way there by chance."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.news.model import Slot
from tests.delivery.test_publisher import SHORT, due
from tests.newsroom import NEWS, NOON, House, newsroom, posts

HALF = NOON + timedelta(minutes=30)
SAYS = "⚠️ پست دیگری هم درست در همین زمان در خبر هست (یکشنبه ۱ آذر ۱۴۰۵، ساعت ۱۲:۳۰): «نان ارزان شد»"


async def other_at_half(house: House) -> int:
    """Another story's post at 12:30, a slot of the channel."""
    return await due(house, replace(SHORT, headline="نان ارزان شد"), at=HALF)


async def opens(house: House, post_id: int) -> None:
    await house.admin.sends("/queue")
    await house.admin.presses(f"plan.post:{post_id}")


async def plans(house: House) -> None:
    await house.admin.sends("/desk")
    await house.admin.presses("شهرداری")
    await house.admin.presses("زمان‌بندی")


def seen(house: House) -> str:
    return "\n".join(str(message.get("text", "")) for message in house.admin.reads()[-2:])


def labels(house: House) -> list[str]:
    return house.admin.buttons(house.admin.reads()[-1])


def month_word(house: House) -> str:
    rows = house.admin.reads()[-1]["reply_markup"]["inline_keyboard"]
    return next(str(each["callback_data"]) for row in rows for each in row if "📅" in each["text"]).split(
        ":"
    )[1]


async def by_word(house: House) -> None:
    await house.admin.presses("⌨️")
    await house.admin.sends("امروز ۱۲:۳۰")


async def by_month(house: House) -> None:
    word = month_word(house)
    await house.admin.presses("📅")
    await house.admin.forges(f"plan.month_at:{word}:{int(HALF.timestamp()) // 60}")


@pytest.mark.parametrize("choose", [by_word, by_month])
async def test_a_post_moved_to_the_time_of_another_is_moved_and_that_is_said(
    choose: Callable[[House], Awaitable[None]],
) -> None:
    async with newsroom() as house:
        await other_at_half(house)
        mine = await due(house, replace(SHORT, headline="شیر گران شد"), at=HALF + timedelta(hours=1))
        await opens(house, mine)
        assert "⚠️" not in house.admin.text()
        await choose(house)

        assert SAYS in seen(house)
        async with house.newsroom.storage.begin() as db:
            moved = await db.posts.get(mine)
        assert moved is not None
        assert moved.due_at == HALF


@pytest.mark.parametrize("choose", [by_word, by_month])
async def test_a_story_put_at_the_time_of_another_is_put_there_and_that_is_said(
    choose: Callable[[House], Awaitable[None]],
) -> None:
    async with newsroom() as house:
        await house.approved()
        await other_at_half(house)
        await plans(house)
        await choose(house)

        assert SAYS in seen(house)
        assert [post.due_at for post in await posts(house)] == [HALF]


async def test_a_time_of_its_own_or_one_that_is_empty_again_is_not_warned_of() -> None:
    async with newsroom() as house:
        other = await other_at_half(house)
        mine = await due(house, replace(SHORT, headline="شیر گران شد"), at=HALF)
        await opens(house, mine)
        assert SAYS in house.admin.text()
        await opens(house, other)
        await house.admin.presses("✖️ لغو")
        await house.admin.presses("✖️ بله، از صف بردار")
        await opens(house, mine)
        assert "⚠️" not in house.admin.text()


async def test_equal_times_are_not_offered_for_an_exchange() -> None:
    async with newsroom() as house:
        ids = [
            await due(house, replace(SHORT, headline=f"خبر {n}"), at=at)
            for n, at in enumerate((HALF - timedelta(minutes=15), HALF, HALF, HALF + timedelta(hours=1)))
        ]
        for post_id in ids:
            await opens(house, post_id)
            assert not [label for label in labels(house) if "⬇️" in label or "⬆️" in label]
        await opens(house, ids[1])
        await house.admin.presses("🔀")
        assert [label for label in labels(house) if "خبر" in label] == [
            "امروز ۱۲:۱۵ خبر 0",
            "امروز ۱۳:۳۰ خبر 3",
        ]


async def test_a_queue_of_one_time_has_nothing_to_exchange_and_says_so() -> None:
    async with newsroom() as house:
        mine = await due(house, replace(SHORT, headline="یک"), at=HALF)
        await due(house, replace(SHORT, headline="دو"), at=HALF)
        await opens(house, mine)
        await house.admin.presses("🔀")
        assert "با زمانی دیگر منتظر نیست" in house.admin.text()


async def test_the_plan_says_that_the_story_is_in_that_queue_already_and_when() -> None:
    async with newsroom() as house:
        await house.approved()
        await plans(house)
        assert "هم‌اکنون در صف" not in house.admin.foot()
        await house.admin.presses("نوبت آزاد")
        await plans(house)
        assert "⚠️ هم‌اکنون در صف خبر هست: یکشنبه ۱ آذر ۱۴۰۵، ساعت ۱۲:۳۰" in house.admin.foot()

        await house.passes(3600)
        await plans(house)
        assert "⚠️ پیش‌تر در خبر منتشر شده است: یکشنبه ۱ آذر ۱۴۰۵، ساعت ۱۲:۳۰" in house.admin.foot()


async def test_the_page_of_a_post_names_its_next_free_slot() -> None:
    async with newsroom() as house:
        mine = await due(house, at=HALF)
        await opens(house, mine)
        assert not any("نوبت آزاد بعدی" in label for label in labels(house)), "where none is free"
        async with house.newsroom.storage.begin() as db:
            await db.channels.replace_slots(NEWS, [Slot(weekday=6, minute=750), Slot(weekday=6, minute=1080)])
        await opens(house, mine)
        assert "🕰 نوبت آزاد بعدی: امروز ۱۸:۰۰" in labels(house)


async def test_from_the_month_one_comes_back_to_where_it_was_opened() -> None:
    async with newsroom() as house:
        await house.approved()
        await plans(house)
        await house.admin.presses("📅")
        assert "«·»: گذشته" not in house.admin.text(), "all its days are ahead"
        await house.admin.presses("بازگشت", message=house.admin.reads()[-1])
        assert any("زمانی انتخاب نشد" in message.get("text", "") for message in house.admin.reads())
        assert "🕰 نوبت آزاد بعدی: امروز ۱۲:۳۰" in labels(house)

        await house.admin.presses("نوبت آزاد")
        [post] = await posts(house)
        await opens(house, post.id)
        await house.admin.presses("📅")
        await house.admin.presses("بازگشت", message=house.admin.reads()[-1])
        assert "زمان: یکشنبه ۱ آذر" in house.admin.text()
        assert "✖️ لغو" in labels(house)


async def test_the_month_explains_the_days_that_can_not_be_chosen() -> None:
    async with newsroom() as house:
        await house.approved()
        await plans(house)
        await house.admin.presses("📅")
        await house.admin.presses("میلادی")
        await house.admin.presses("پیشین ›")
        assert "«·»: گذشته، یا بیش از یک سال بعد" in house.admin.text()
