"""Whatever is edited by hand, corrected, decided, withdrawn in whichever order: the books say what the channel shows,
and nothing that a colleague wrote there goes without somebody's word."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.delivery import by_hand as comparing
from bot.news.model import PostState
from tests.handlers.posts.test_by_hand import published
from tests.newsroom import NEWS, House, newsroom, posts, story

SIGNS = ("؟", "!", "…")
STEPS = st.lists(
    st.sampled_from(("edit", "edit", "ask", "keep", "undo", "correct", "dated", "outdate", "delete")),
    min_size=2,
    max_size=9,
)


def there(house: House) -> dict[str, Any] | None:
    found = house.reader.reads(NEWS)
    return found[0] if found else None


class Days:
    """What people do, and what a colleague has written into the channel that nobody has decided against."""

    def __init__(self, house: House) -> None:
        self.house, self.count, self.written = house, 0, ""

    async def does(self, step: str) -> None:
        message = there(self.house)
        if message is not None:
            await getattr(self, step)(message)
        await self.house.settles()

    async def edit(self, message: dict[str, Any]) -> None:
        self.count += 1
        self.written = f"روز {self.count}{SIGNS[self.count % 3]}"
        words = message["text"].split("\n")
        words[-3] = f"{words[-3]} {self.written}"
        self.house.owner.phone.edits_post(message, "\n".join(words), message.get("entities"))

    async def ask(self, _: dict[str, Any]) -> None:
        await self.house.passes(61)

    async def keep(self, _: dict[str, Any]) -> None:
        await self._decide("posts.hand_keep")

    async def undo(self, _: dict[str, Any]) -> None:
        if await self._decide("posts.hand_undo"):
            self.written = ""

    async def _decide(self, verb: str) -> bool:
        edits = await self.edits()
        for edit in edits[-1:]:
            await self.house.editor.forges(f"{verb}:{edit.id}:{int(edit.seen_at.timestamp())}")
        return bool(edits)

    async def edits(self) -> Any:
        [post] = await posts(self.house)
        async with self.house.newsroom.storage.begin() as db:
            return await db.by_hand.of_post(post.id)

    async def correct(self, _: dict[str, Any]) -> None:
        await self._correct("story.correct")

    async def dated(self, _: dict[str, Any]) -> None:
        await self._correct("story.correct_dated")

    async def _correct(self, verb: str) -> None:
        self.count += 1
        article = await story(self.house)
        async with self.house.newsroom.storage.begin() as db:
            new = replace(article, headline=f"تیتر {self.count}")
            await db.articles.save(new, by=102, now=self.house.world.clock.now())
        await self.house.editor.forges(f"{verb}:1:{article.version + 1}")

    async def outdate(self, _: dict[str, Any]) -> None:
        article = await story(self.house)
        await self.house.editor.forges(f"story.outdate:1:{article.version}")

    async def delete(self, message: dict[str, Any]) -> None:
        self.house.owner.phone.deletes_post(message)
        self.written = ""


@pytest.mark.timeout(300)
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(steps=STEPS)
def test_the_books_say_what_the_channel_shows(steps: list[str]) -> None:
    async def play() -> None:
        async with newsroom() as house:
            await published(house)
            days = Days(house)
            for step in steps:
                await days.does(step)
                message = there(house)
                assert message is None or days.written in message["text"], step
            await house.passes(61 if there(house) else 3700)
            await agrees(house)

    asyncio.run(play())


async def agrees(house: House) -> None:
    [post] = await posts(house)
    async with house.newsroom.storage.begin() as db:
        parts = await db.posts.parts.of(post.id)
    message = there(house)
    if message is None:
        assert (post.state, post.reason, parts) == (PostState.CANCELED, "deleted by hand", ())
    else:
        [part] = parts
        assert comparing.standing(part, message["message_id"], message) is None
