"""The main path counted in presses: what an ordinary story, a flash and hashtags cost the people of a desk."""

from dataclasses import dataclass
from typing import Any

import pytest

from bot.news.model import Article, ArticleState, PostState
from bot.news.structure.flash import is_flash
from tests.newsroom import COPY, NEWS, SPORT, House, Person, newsroom, posts, story

FLASH = (
    "فوری/ زمین‌لرزه سپیدکوه را لرزاند\n"
    "زمین‌لرزه‌ای به بزرگی پنج ساعت ده صبح سپیدکوه را لرزاند و مردم به خیابان آمدند."
)
SLOT = "🕰"


@dataclass
class Hand:
    """Presses only what stands on the newest card's front, and counts."""

    count: int = 0

    async def presses(self, person: Person, button: str) -> str:
        [label] = [label for label in person.buttons(person.card()) if button in label]
        self.count += 1
        return await person.presses(label, message=person.card())


@pytest.fixture
def hand() -> Hand:
    return Hand()


async def connected(house: House, *names: str) -> None:
    for name in names:
        await house.admin.sends(f"/connect {name}")
        await house.admin.sends(f"/slots {name} شنبه تا چهارشنبه ۸ و ۱۲:۳۰ و ۱۸")


def news(person: Person, before: int) -> list[dict[str, Any]]:
    return person.reads()[before:]


async def test_from_paste_to_a_slot_is_three_presses_of_three_people_and_a_message_each(hand: Hand) -> None:
    async with newsroom() as house:
        await connected(house, "@news")
        before = {person: len(person.reads()) for person in (house.editor, house.admin)}
        await house.reporter.sends(COPY)
        await hand.presses(house.reporter, "ارسال به دبیر")
        await hand.presses(house.editor, "✅ تأیید")
        said = await hand.presses(house.admin, SLOT)

        assert hand.count == 3
        assert "۱۲:۳۰" in said
        assert [post.state for post in await posts(house)] == [PostState.PENDING]
        await house.passes(3600)
        assert len(house.posts(NEWS)) == 1
        for person, count in before.items():
            assert len(news(person, count)) == 1, "one card, that changes in place"
            assert news(person, count)[0]["message_id"] == person.card()["message_id"]


async def test_two_presses_where_the_editor_may_schedule(hand: Hand) -> None:
    async with newsroom() as house:
        await house.owner.sends("/connect @news")
        await house.owner.sends("/slots شنبه تا چهارشنبه ۸ و ۱۲:۳۰ و ۱۸")
        await house.reporter.sends(COPY)
        await hand.presses(house.reporter, "ارسال به دبیر")
        await house.owner.forges("open:1")
        await hand.presses(house.owner, "✅ تأیید و 🕰")

        assert hand.count == 2
        assert (await story(house)).state is ArticleState.APPROVED
        assert len(await posts(house)) == 1


async def test_a_second_channel_is_one_press_more(hand: Hand) -> None:
    async with newsroom() as house:
        await connected(house, "@news", "@sport")
        await house.reporter.sends(COPY)
        await hand.presses(house.reporter, "ارسال به دبیر")
        await hand.presses(house.editor, "✅ تأیید")
        await hand.presses(house.admin, f"{SLOT} خبر")
        await hand.presses(house.admin, f"{SLOT} ورزش")

        assert hand.count == 4
        assert {post.channel_id for post in await posts(house)} == {NEWS, SPORT}
        assert not [label for label in house.admin.buttons(house.admin.card()) if SLOT in label]


async def test_a_flash_is_three_presses_and_the_second_persons(hand: Hand) -> None:
    async with newsroom() as house:
        await connected(house, "@news")
        await house.reporter.sends(FLASH)
        await hand.presses(house.reporter, "ارسال به دبیر")
        await hand.presses(house.editor, "🚨 تأیید به‌عنوان فوری")
        assert "⚡️ فوریت: ۱" in house.admin.foot()
        await hand.presses(house.admin, "🚨 فوری")
        assert hand.count == 3
        await house.owner.presses("🚨 تأیید")

        assert len(house.posts(NEWS)) == 1


async def test_six_hashtags_are_taken_by_one_press_or_one_by_one(hand: Hand) -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await hand.presses(house.reporter, "🏷 گذاشتن")
        taken = (await story(house)).hashtags
        assert hand.count == 1
        assert 1 < len(taken) <= 6
        assert "🏷 گذاشتن هشتگ‌های پیشنهادی" not in house.reporter.buttons(house.reporter.card())

        await house.reporter.presses("🏷 هشتگ")
        await house.reporter.presses(f"✅ #{taken[1]}", message=house.reporter.card())
        assert (await story(house)).hashtags == (taken[0], *taken[2:])
        await house.reporter.presses(f"#{taken[1]}", message=house.reporter.card())
        assert set((await story(house)).hashtags) == set(taken)


async def test_slots_that_come_after_the_approval_are_on_the_card_at_once(hand: Hand) -> None:
    async with newsroom() as house:
        await house.approved()
        await hand.presses(house.admin, f"{SLOT} خبر")
        assert len(await posts(house)) == 1


async def test_a_slot_that_was_taken_meanwhile_is_not_another_one(hand: Hand) -> None:
    async with newsroom() as house:
        await connected(house, "@news")
        await house.reporter.sends(COPY)
        await hand.presses(house.reporter, "ارسال به دبیر")
        await hand.presses(house.editor, "✅ تأیید")
        house.world.clock.advance(3600)
        assert "۱۸:۰۰" in await hand.presses(house.admin, SLOT)
        assert not await posts(house), "who has seen 12:30 gets no 18:00 unasked"
        await hand.presses(house.admin, "۱۸:۰۰")
        assert len(await posts(house)) == 1


@pytest.mark.parametrize(
    ("kicker", "headline", "flash"),
    [
        (None, "فوری/ زلزله", True),
        (None, "🔴 فوری | زلزله", True),
        (None, "#فوری زلزله", True),
        (None, "خبر فوری: زلزله", True),
        ("فوری", "زلزله", True),
        (None, "BREAKING: Quake", True),
        (None, "Urgent – Quake", True),
        (None, "URGENT Quake", True),
        (None, "فوری‌ترین نیاز شهر آب است", False),
        (None, "فوری و بدون تأخیر بروید", False),
        (None, "فوریه سردترین ماه بود", False),
        (None, "Breaking bad habits", False),
        (None, "Urgent care reopens", False),
        (None, "زلزله فوری گزارش شد", False),
        (None, "", False),
    ],
)
def test_copy_that_calls_itself_urgent_is_known_by_its_first_word(
    kicker: str | None, headline: str, *, flash: bool
) -> None:
    assert is_flash(Article(headline=headline, kicker=kicker)) is flash
