"""Many channels whose hour is the same: each thing is read, drawn and written down once."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from bot.news.model import Article, ArticleState, Channel, Look, Paragraph, Piece, Post, PostState, Section
from bot.news.posts import message
from bot.simulator.chats import Chat
from bot.simulator.world import World
from storage.schema import article_versions
from tests.counted import Count
from tests.newsroom import ADMIN, NEWS, NOON, House, newsroom

MANY = 25
LONG = Article(
    headline="گزارش بلند",
    lede="این گزارش کوتاه نمی‌شود.",
    sections=(Section(blocks=tuple(Paragraph(text="جمله‌ای از متن گزارش است. " * 40) for _ in range(16))),),
)


def _channels(world: World) -> list[int]:
    """Channels of the simulator in which the bot may post."""
    rights = world.chat(NEWS).bot
    ids = [-1002000000000 - number for number in range(MANY)]
    world.chats |= {id: Chat(id=id, type="channel", title=f"کانال {id}", bot=rights) for id in ids}
    return ids


async def _due(house: House, article: Article, **look: Any) -> list[Post]:
    """A story and its post for each of many channels, all due now."""
    now, posts = house.world.clock.now(), []
    ids = _channels(house.world)
    async with house.newsroom.storage.begin() as db:
        for number, channel_id in enumerate(ids):
            channel = Channel(id=channel_id, title=f"کانال {number}", look=Look(**look))
            await db.channels.put(channel, by=ADMIN, now=NOON)
            stored = await db.articles.create(
                replace(
                    article,
                    headline=f"{article.headline} {number}",
                    state=ArticleState.APPROVED,
                    approved_version=1,
                ),
                by=101,
                now=NOON,
            )
            post = await db.posts.add(
                article_id=stored.id, channel_id=channel_id, due_at=now, by=ADMIN, now=NOON
            )
            posts.append(post)
    return posts


async def _states(house: House, posts: list[Post]) -> list[PostState]:
    async with house.newsroom.storage.begin() as db:
        found = [await db.posts.get(post.id) for post in posts]
    return [post.state for post in found if post is not None]


async def test_what_is_due_in_many_channels_is_read_together(count: Count) -> None:
    async with newsroom() as house:
        posts = await _due(house, replace(LONG, sections=()))
        count.transactions = count.statements = 0
        while await house.newsroom.publisher.step():
            pass

        assert await _states(house, posts) == [PostState.SENT] * MANY
        assert count.statements / MANY <= 14, "two to claim, eight to settle, and the looks"
        assert count.transactions / MANY <= 0.2


async def test_long_stories_that_are_due_together_are_each_drawn_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn, compose = list[int](), message.compose

    def counted(article: Article, *given: Any, **named: Any) -> Any:
        drawn.append(article.id)
        return compose(article, *given, **named)

    monkeypatch.setattr(message, "compose", counted)
    async with newsroom() as house:
        posts = await _due(house, LONG, pieces=(Piece.HEADLINE, Piece.FULL_TEXT))
        while await house.newsroom.publisher.step():
            pass

        assert sorted(drawn) == [post.article_id for post in posts], "none was forgotten before it was sent"


async def test_a_story_that_cant_be_read_keeps_none_back_that_is_due_with_it() -> None:
    async with newsroom() as house:
        posts = await _due(house, replace(LONG, sections=()))
        spoilt = article_versions.c.article_id == posts[3].article_id
        async with house.newsroom.storage._engine.begin() as connection:
            await connection.execute(update(article_versions).where(spoilt).values(content={"headline": 7}))
        while await house.newsroom.publisher.step():
            pass

        states = await _states(house, posts)
        assert states.pop(3) is PostState.FAILED
        assert states == [PostState.SENT] * (MANY - 1)
