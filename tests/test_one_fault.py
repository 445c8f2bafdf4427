"""A fault of ours with one thing: it is given up, its people are told, and everything else goes on."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.news import copydesk
from bot.news.model import Article, ArticleState
from tests.newsroom import House, newsroom
from tests.test_paste_arrival import long_copy

OTHER = "خبری دیگر از شهر\nاین لید خبری دیگر است که همان روز رسید.\nو بدنهٔ آن."
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
FAULTS = [ValueError("a bug"), MemoryError(), RecursionError()]


def failing(work: Callable[..., Any], fault: Exception, when: Callable[..., bool]) -> Callable[..., Any]:
    """The same, but with a bug in it that shows for some of what it is given."""

    def with_bug(*given: Any, **named: Any) -> Any:
        if when(*given):
            raise fault
        return work(*given, **named)

    return with_bug


async def drafts(house: House, person_id: int) -> list[Article]:
    async with house.newsroom.storage.begin() as db:
        return [
            each for each in await db.articles.in_states(ArticleState.DRAFT) if each.reporter_id == person_id
        ]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
async def test_a_paste_that_cant_be_read_is_given_up_and_the_next_one_is_read(
    fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = failing(copydesk.read, fault, lambda copy, *_: "بند شمارهٔ 9" in copy)
    monkeypatch.setattr(copydesk, "read", bad)
    async with newsroom() as house:
        await house.reporter.sends(long_copy(9_000))
        good = long_copy(7_500).replace("بند شمارهٔ", "پارهٔ")
        await house.editor.sends(good)
        await house.passes(4)

        assert any("سر هم نشد" in message.get("text", "") for message in house.reporter.reads())
        assert any(type(fault).__name__ in message.get("text", "") for message in house.owner.reads())
        [read] = await drafts(house, house.editor.id)
        assert read.version == 2  # whole
        async with house.newsroom.storage.begin() as db:
            assert await db.pastes.due(house.world.clock.now()) == ()
            [kept] = [each for each in await db.pastes.recent_of(house.reporter.id, LONG_AGO) if each.failed]
        assert kept.failed == type(fault).__name__
        assert "بند شمارهٔ 9" in kept.text
        said = len(house.reporter.reads())
        await house.passes(60)
        assert len(house.reporter.reads()) == said
