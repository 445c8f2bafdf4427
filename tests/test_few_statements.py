"""What an update costs: transactions and statements, counted where the storage is asked for them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot import aside
from bot.config import StaffSettings
from bot.news import copydesk
from bot.news.model import ArticleState
from bot.news.posts import warnings
from bot.simulator import people
from bot.simulator.world import World
from bot.watching import LAPSE
from tests.counted import Count
from tests.newsroom import COPY, EDITOR, NOON, REPORTER, House, newsroom

SAMPLE = (Path(__file__).parents[1] / "bot" / "demo" / "sample.txt").read_text(encoding="utf-8")
"""Long enough to be cut in two by the apps."""


async def story(house: House, number: int) -> int:
    """A story's way to approval with what goes beside it; how many updates that were."""
    await house.reporter.sends(SAMPLE)
    await house.passes(3)
    await house.reporter.presses("ارسال به دبیر")
    await house.editor.presses("ویرایش تیتر")
    await house.editor.sends(f"قطار هیدروژنی شمارهٔ {number} آزمایش شد")
    await house.editor.presses("تأیید")
    await house.admin.sends("/desk")
    await house.reporter.sends("/drafts")
    return 9


async def test_an_update_takes_few_transactions_and_statements(count: Count) -> None:
    async with newsroom() as house:
        await story(house, 0)
        count.transactions = count.statements = 0
        updates = sum([await story(house, number) for number in (1, 2)])

        assert count.transactions / updates <= 7.5
        assert count.statements / updates <= 31, "32 are the goal"


async def test_one_editor_more_costs_few_statements(count: Count) -> None:
    async def submitting(editors: int) -> int:
        world, more = World(frozen=True, now=NOON), tuple(range(500, 500 + editors))
        for person in more:
            people.Person(world, person).send("/start")
        staff = StaffSettings(reporter=(101,), editor=more, channel_admin=(103,), owner=(104,))
        async with newsroom(world=world, staff=staff) as house:
            await house.reporter.sends(COPY)
            count.statements = 0
            await house.reporter.presses("ارسال به دبیر")
            return count.statements

    few, many = await submitting(2), await submitting(12)
    assert (many - few) / 10 <= 4, "who it is, and that its card and its notice are there"


async def test_a_command_is_taken_handled_and_marked_in_one_transaction(count: Count) -> None:
    async with newsroom() as house:
        await house.reporter.sends("/help")
        count.transactions = count.statements = 0
        await house.reporter.sends("/help")

        assert count.transactions == 4, "stored, handled, its answers read, and written down as said"
        assert count.statements <= 10


async def test_who_has_nothing_to_do_asks_nothing(count: Count) -> None:
    async with newsroom() as house:
        await house.approved()
        await house.passes(60)
        count.transactions = 0
        await house.settles()
        assert count.transactions == 0
        house.world.clock.advance(LAPSE.total_seconds())
        await house.settles()
        assert 0 < count.transactions <= 18, "each looks once, in case a moment has come that nobody named"


async def test_a_list_asks_as_often_for_many_stories_as_for_few(count: Count) -> None:
    async with newsroom() as house:

        async def listed(stories: int) -> int:
            for number in range(stories):
                await house.reporter.sends(f"خبر شمارهٔ {number} از میدان\nلید خبر شمارهٔ {number} در همین‌جا.")
                await house.passes(60)
                await house.reporter.presses("ارسال به دبیر")
                if number % 2:
                    await house.editor.presses("تأیید")
            count.statements = 0
            await house.owner.sends("/desk")
            return count.statements

        await house.owner.sends("/help")  # they are met
        assert await listed(2) == await listed(4), "who has each, what is to be changed, when each goes out"


async def test_what_is_misspelled_is_found_once_however_often_a_story_is_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It takes longer than the card itself, and a transaction of its own each time."""
    found, outcome = list[Any](), aside._outcome

    def noted(job: aside.Job) -> Any:
        found.append(job.work)
        return outcome(job)

    monkeypatch.setattr(aside, "_outcome", noted)
    monkeypatch.setattr(aside, "_LATELY", {})
    async with newsroom() as house:
        await story(house, 0)

    assert found.count(warnings.of_words) == 2, "as it came, and with another headline"


async def test_two_stories_that_are_drawn_in_one_round_are_read_as_one(count: Count) -> None:
    async with newsroom() as house:
        await house.reporter.sends("/help")
        await house.editor.sends("/help")

        async def drawn(*cards: tuple[int, int]) -> int:
            async with house.newsroom.storage.begin() as db:
                for article_id, chat_id in cards:
                    await db.cards.show(article_id, chat_id)
            count.statements = 0
            await house.settles()
            return count.statements

        async with house.newsroom.storage.begin() as db:
            story = replace(copydesk.read(COPY), state=ArticleState.SUBMITTED, reporter_id=REPORTER)
            now = house.world.clock.now()
            first, second = [(await db.articles.create(story, by=REPORTER, now=now)).id for _ in range(2)]

        one = await drawn((first, REPORTER), (first, EDITOR))
        assert await drawn((first, REPORTER), (second, EDITOR)) <= one + 2, "who has it, what was said of it"
