"""People before the week board, as their pages ask the server; and Telegram's signature as Telegram makes it."""

import contextlib
import hashlib
import hmac
import json
import secrets
from collections.abc import AsyncIterator
from datetime import datetime
from html import unescape
from typing import Any
from urllib.parse import urlencode

import httpx

from bot import outlets
from bot.demo import TOKEN
from bot.desk.schedule import Schedule
from bot.desk.stories import Desk
from bot.news.model import Article, ArticleState, Post
from bot.web.settings import ServerSettings
from tests.newsroom import ADMIN, NEWS, House, newsroom

BASE = "https://news.example.com"
SETTINGS = ServerSettings(address="127.0.0.1:8090", base_url=BASE, board=True)
OURS = {"x-monadi-board": "1"}


def init_data(person: int, at: datetime, token: str = TOKEN, **more: str) -> str:
    """What Telegram gives a Mini App, signed as its documentation says."""
    user = json.dumps({"id": person, "first_name": "آذر", "language_code": "fa"}, ensure_ascii=False)
    fields = {"auth_date": str(int(at.timestamp())), "query_id": "AAE", "user": user} | more
    lines = "\n".join(sorted(f"{name}={value}" for name, value in fields.items()))
    secret = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    signature = hmac.new(secret, lines.encode(), hashlib.sha256).hexdigest()
    return urlencode({**fields, "hash": signature})


class Hand:
    """Somebody at their board."""

    def __init__(self, client: httpx.AsyncClient, session: str, house: House) -> None:
        self.client, self.session, self.house = client, session, house

    async def asks(self, path: str, **body: Any) -> httpx.Response:
        headers = {**OURS, "authorization": f"Board {self.session}"}
        answer = await self.client.post(f"/board/{path}", json={"channel": NEWS, **body}, headers=headers)
        await self.house.settles()
        return answer

    async def sees(self, **body: Any) -> str:
        answer = await self.asks("week", **body)
        assert answer.status_code == 200, answer.text
        return unescape(answer.json()["html"])

    async def drops(self, post: Post, key: str, seen: str | None = None, **more: Any) -> httpx.Response:
        return await self.asks(
            "drop", post=post.id, seen=seen if seen is not None else mark(post), key=key, **more
        )

    async def may(self, post: Post, key: str = "", **more: Any) -> dict[str, Any]:
        answer = await self.asks("places", post=post.id, key=key, **more)
        return dict(answer.json()["places"])


def mark(post: Post) -> str:
    """What a page shows of a post, for the server to compare."""
    from handlers.posts import seen

    return seen.of(post)


def key(at: datetime) -> str:
    return f"t{int(at.timestamp()) // 60}"


@contextlib.asynccontextmanager
async def site(house: House, settings: ServerSettings = SETTINGS) -> AsyncIterator[httpx.AsyncClient]:
    app = outlets.application_of(house.newsroom, settings, now=lambda: house.world.clock.now().timestamp())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=BASE) as client:
        yield client


async def enters(client: httpx.AsyncClient, house: House, person: int) -> Hand:
    """Open it in Telegram."""
    signed = init_data(person, house.world.clock.now(), query_id=secrets.token_hex(4))
    answer = await client.post("/board/session", json={"init": signed}, headers=OURS)
    assert answer.status_code == 200, answer.text
    return Hand(client, answer.json()["session"], house)


@contextlib.asynccontextmanager
async def board(**settings: Any) -> AsyncIterator[tuple[House, Hand]]:
    """A newsroom with a channel that has slots, and its channel admin at the board."""
    async with newsroom(**settings) as house:
        await house.admin.sends("/connect @news")
        await house.admin.sends("/slots شنبه تا چهارشنبه ۸ و ۱۲:۳۰ و ۱۸")
        async with site(house) as client:
            yield house, await enters(client, house, ADMIN)


async def planned(house: House, at: datetime, headline: str = "خبر", **more: Any) -> Post:
    """A story that is approved and in the queue."""
    async with house.newsroom.storage.begin() as db:
        owner = await db.staff.get(house.owner.id)
        assert owner is not None
        story = Article(headline=headline, state=ArticleState.APPROVED, approved_version=1, **more)
        stored = await db.articles.create(story, by=owner.id, now=house.world.clock.now())
        schedule = Schedule(desk=Desk(db=db, who=owner, now=house.world.clock.now()))
        post = await schedule.at(stored.id, stored.version, NEWS, at)
    await house.settles()
    return post


async def now_of(house: House, post: Post) -> Post:
    async with house.newsroom.storage.begin() as db:
        found = await db.posts.get(post.id)
    assert found is not None
    return found
