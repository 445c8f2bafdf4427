"""Due posts against a Telegram that stutters, refuses, loses answers, and a process that dies."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.errors import AnswerLost, ChatGone, Flooded, NothingToEdit, Refused, SendError, Unreachable
from bot.news.model import Article, ArticleState, Form, Look, Paragraph, Piece, PostState, Section
from bot.simulator import places
from bot.simulator.world import World
from tests.newsroom import ADMIN, NEWS, NOON, House, newsroom

SHORT = Article(headline="خبر", lede="لید خبر.")
LONG = Article(
    headline="گزارش بلند",
    lede="این گزارش در چند پیام می‌آید.",
    sections=tuple(
        Section(heading=f"بخش {n}", blocks=(Paragraph(text="جمله‌ای از متن گزارش. " * 60),)) for n in range(8)
    ),
)


async def due(house: House, article: Article = SHORT, **look: Any) -> int:
    """A post that is due now; its id."""
    async with house.newsroom.storage.begin() as db:
        from bot.news.model import Channel

        await db.channels.put(
            Channel(id=NEWS, title="خبر", username="news", look=Look(**look)), by=ADMIN, now=NOON
        )
        stored = await db.articles.create(article, by=101, now=NOON)
        await db.articles.set_state(stored.id, ArticleState.APPROVED, now=NOON, approved_version=1)
        post = await db.posts.add(article_id=stored.id, channel_id=NEWS, due_at=NOON, by=ADMIN, now=NOON)
        return post.id


async def state(house: House, post_id: int) -> PostState:
    async with house.newsroom.storage.begin() as db:
        post = await db.posts.get(post_id)
        assert post is not None
        return post.state


async def test_a_due_post_is_sent_once_and_its_article_is_published() -> None:
    async with newsroom() as house:
        post_id = await due(house)
        await house.settles()
        await house.passes(3600)

        assert len(house.posts()) == 1
        assert await state(house, post_id) is PostState.SENT
        async with house.newsroom.storage.begin() as db:
            [article] = await db.articles.in_states(ArticleState.PUBLISHED)
            post = await db.posts.get(post_id)
        assert post is not None
        assert (post.version, post.message_ids, post.article_id) == (1, (1,), article.id)


async def test_flood_control_waits_as_long_as_telegram_asks_and_burns_no_attempt() -> None:
    async with newsroom() as house:
        house.world.faults.add(method="sendMessage", chat=NEWS, kind="429", times=2, retry_after=40)
        post_id = await due(house)
        await house.settles()
        await house.passes(39)
        assert (house.posts(), await state(house, post_id)) == ([], PostState.PENDING)
        await house.passes(1)
        await house.passes(40)
        async with house.newsroom.storage.begin() as db:
            post = await db.posts.get(post_id)

        assert len(house.posts()) == 1
        assert post is not None
        assert post.attempt == 1


async def test_a_connection_that_never_was_is_tried_again() -> None:
    async with newsroom() as house:
        house.world.faults.add(method="sendMessage", chat=NEWS, kind="drop", times=3)
        await due(house)
        await house.settles()
        assert house.posts() == []
        for _ in range(4):
            await house.passes(6)

        assert len(house.posts()) == 1


@pytest.mark.parametrize("kind", ["lost", "5xx"])
async def test_a_lost_answer_is_never_guessed_at(kind: str) -> None:
    async with newsroom() as house:
        house.world.faults.add(method="sendMessage", chat=NEWS, kind=kind, times=1)
        post_id = await due(house)
        await house.settles()
        await house.passes(3600)
        there = len(house.posts())

        assert await state(house, post_id) is PostState.UNCONFIRMED
        assert "روشن نیست" in house.admin.text()
        await house.admin.presses("در کانال هست" if there else "دوباره بفرست")
        await house.settles()
        assert len(house.posts()) == 1
        assert await state(house, post_id) is PostState.SENT


async def test_a_certain_no_fails_and_says_why() -> None:
    async with newsroom() as house:
        places.enroll(house.world, NEWS, "bot", "kicked")
        await house.settles()
        post_id = await due(house)
        await house.settles()

        assert await state(house, post_id) is PostState.FAILED
        assert "kicked" in house.admin.text()
        async with house.newsroom.storage.begin() as db:
            channel = await db.channels.get(NEWS)
        assert channel is not None
        assert not channel.connected


async def test_a_long_post_goes_on_after_the_part_that_was_sent() -> None:
    async with newsroom() as house:
        house.world.faults.add(method="sendMessage", chat=NEWS, kind="429", times=1, retry_after=5, after=1)
        await due(house, LONG, pieces=(Piece.HEADLINE, Piece.LEDE, Piece.FULL_TEXT))
        await house.settles()
        assert len(house.posts()) == 1
        await house.passes(5)
        posts = house.posts()

        assert len(posts) > 2
        assert len(set(posts)) == len(posts)
        assert sum(post.count("جمله‌ای از متن گزارش.") for post in posts) == 480


async def test_a_rich_channel_gets_blocks_and_falls_back_where_the_server_has_none() -> None:
    async with newsroom() as house:
        await due(house, form=Form.RICH)
        await house.settles()
        [message] = house.reader.reads(NEWS)

        assert message["rich_message"]["is_rtl"] is True
        assert message["rich_message"]["blocks"][0]["text"] == "خبر"


@pytest.mark.parametrize("where", ["before the call", "after the call"])
async def test_a_process_that_dies_while_sending_leaves_the_post_unconfirmed_not_doubled(
    where: str, tmp_path: Path
) -> None:
    database = f"sqlite:///{tmp_path}/newsroom.db"
    world = World(frozen=True, now=NOON)
    async with newsroom(database, world) as house:
        post_id = await due(house)
        async with house.newsroom.storage.begin() as db:
            await db.posts.claim_due(NOON + timedelta(seconds=1))
            await db.posts.plan_parts(post_id, 1)
            await db.posts.part_sending(post_id, 0)
        if where == "after the call":
            await house.newsroom.bot.send_message(NEWS, "خبر")
    async with newsroom(database, world) as house:
        await house.passes(60)

        assert await state(house, post_id) is PostState.UNCONFIRMED
        assert len(house.posts()) == (1 if where == "after the call" else 0)
        assert "روشن نیست" in house.admin.text()


async def test_a_process_that_dies_between_parts_goes_on(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/newsroom.db"
    world = World(frozen=True, now=NOON)
    async with newsroom(database, world) as house:
        post_id = await due(house)
        async with house.newsroom.storage.begin() as db:
            await db.posts.claim_due(NOON)
    async with newsroom(database, world) as house:
        await house.settles()

        assert await state(house, post_id) is PostState.SENT
        assert len(house.posts()) == 1


async def test_what_telegram_says_becomes_the_right_error() -> None:
    from bot import channel

    async with newsroom() as house:
        bot = house.newsroom.bot
        cases: list[tuple[dict[str, Any], str, type[SendError]]] = [
            ({"chat_id": 7, "text": "x"}, "sendMessage", ChatGone),
            ({"chat_id": 103, "text": ""}, "sendMessage", Refused),
            ({"chat_id": 103, "message_id": 999, "text": "x"}, "editMessageText", NothingToEdit),
        ]
        for params, method, error in cases:
            with pytest.raises(error):
                await channel.call(bot, method, params)
        faults: dict[str, type[SendError]] = {
            "429": Flooded,
            "drop": Unreachable,
            "lost": AnswerLost,
            "5xx": AnswerLost,
        }
        for kind, error in faults.items():
            house.world.faults.add(method="sendMessage", kind=kind, times=1, retry_after=1)
            with pytest.raises(error):
                await channel.call(bot, "sendMessage", {"chat_id": 103, "text": "x"})


async def test_an_edit_that_changes_nothing_is_an_answer_not_a_failure() -> None:
    from bot import channel

    async with newsroom() as house:
        sent = await channel.call(house.newsroom.bot, "sendMessage", {"chat_id": 103, "text": "x"})
        same = {"chat_id": 103, "message_id": sent["message_id"], "text": "x"}

        assert await channel.call(house.newsroom.bot, "editMessageText", same) is None


async def test_the_running_bot_stops_when_told(tmp_path: Path) -> None:
    async with newsroom(f"sqlite:///{tmp_path}/newsroom.db") as house:
        stop = asyncio.Event()
        running = asyncio.create_task(house.newsroom.run(stop))
        house.reporter.phone.send("/start")
        async with asyncio.timeout(10):
            while len(house.reporter.reads()) < 2:
                await asyncio.wait([running], timeout=0.02)
            stop.set()
            await running

        assert "به منادی خوش آمدید" in house.reporter.text()
