"""A card in every state before every role: what it shows may be pressed, and what may be done is on it."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from bot.desk.stories import Desk
from bot.errors import NotAllowed, NotFound, NotStaff, WrongState
from bot.news.model import Article, ArticleState, PostState, Role, Staff
from bot.news.talk import Card
from handlers.archive import around
from handlers.route import route
from handlers.story import cards
from handlers.talk import House
from storage import Db, Storage
from tests.newsroom import EDITOR, NEWS, NOON, REPORTER, SPORT, newsroom

pytestmark = pytest.mark.plays

PAGES = (
    "main",
    "edit",
    "tags",
    "more",
    "urgency",
    "kill",
    "plan:",
    f"plan:{NEWS}",
    f"now:{NEWS}",
    f"urgent:{NEWS}",
)
REACHED = {
    "submit": {"story.submit"},
    "approve": {"story.approve"},
    "request_changes": {"story.request_changes"},
    "edit": {"story.edit"},
    "spike": {"story.spike"},
    "unspike": {"story.unspike"},
    "withdraw_approval": {"story.unapprove"},
    "correct": {"story.correct"},
    "kill": {"story.kill"},
    "schedule": {"plan.ask_time", "plan.page", "plan.repeat"},
}
WHO = {
    "its reporter": Staff(id=REPORTER, name="ر", roles=frozenset({Role.REPORTER})),
    "an editor": Staff(id=EDITOR, name="د", roles=frozenset({Role.EDITOR})),
    "a channel admin": Staff(id=7, name="م", roles=frozenset({Role.CHANNEL_ADMIN})),
    "an admin of other channels": Staff(
        id=8, name="م", roles=frozenset({Role.CHANNEL_ADMIN}), channels=frozenset({SPORT})
    ),
    "who edits and schedules": Staff(id=9, name="م", roles=frozenset({Role.EDITOR, Role.CHANNEL_ADMIN})),
    "an owner": Staff(id=10, name="م", roles=frozenset({Role.OWNER})),
}
POSTS = (None, PostState.PENDING, PostState.HELD, PostState.SENT)


class Undone(Exception):
    """Takes back what a press has done."""


def pressed(who: Staff, data: str) -> dict[str, Any]:
    person = {"id": who.id, "is_bot": False, "first_name": who.name}
    chat = {"id": who.id, "type": "private", "first_name": who.name}
    message = {"message_id": 5, "date": int(NOON.timestamp()), "chat": chat, "text": "x"}
    return {
        "update_id": 77,
        "callback_query": {"id": "1", "from": person, "chat_instance": "1", "data": data, "message": message},
    }


async def put(db: Db, who: Staff) -> None:
    await db.staff.known(who.id, who.name, "fa", NOON)
    await db.staff.met(who.id, who.name, "fa", NOON)
    for role in who.roles:
        for channel in who.channels or [None]:
            await db.staff.give(who.id, role, channel)


async def stands(storage: Storage, state: ArticleState, post: PostState | None) -> Article:
    """The first story, in that state, with a post in that one."""
    async with storage.begin() as db:
        article = await db.articles.get(1)
        assert article is not None
        approved = article.version if state in {"approved", "published", "corrected"} else None
        await db.articles.set_state(1, state, now=NOON, approved_version=approved)
        if post is not None:
            due_at = NOON + timedelta(minutes=30)
            added = await db.posts.add(article_id=1, channel_id=NEWS, due_at=due_at, by=10, now=NOON)
            await db.posts.change(added.id, post, frm=frozenset(PostState), now=NOON)
        found = await db.articles.get(1)
        assert found is not None
        return found


async def keyboards(db: Db, who: Staff, house: House) -> dict[str, list[str]]:
    """The data of the buttons of each page that the card may open."""
    found = {}
    for view in PAGES:
        card = Card(
            id=1, article_id=1, chat_id=who.id, view=view, message_ids=(), shown=None, stale=True, revision=1
        )
        face = await cards.portraits(NOON, {}, (), db, house=house)(card)
        rows = face.keyboard if face else []
        found[view] = [each["callback_data"] for row in rows for each in row if "callback_data" in each]
    return found


def cases() -> Iterator[tuple[ArticleState, PostState | None]]:
    for state, post in product(ArticleState, POSTS):
        if post is None or state in {ArticleState.APPROVED, ArticleState.PUBLISHED, ArticleState.CORRECTED}:
            yield state, post


async def tried(storage: Storage, press: dict[str, Any], house: House) -> None:
    """The press, and all it has done taken back."""
    facts: dict[str, Any] = {"username": "x"}
    if wish := around.asked(press):
        facts["around"] = await around.found(storage, wish, NOON)
    with suppress(Undone):
        async with storage.begin() as db:
            await route(db, press, facts, NOON, house=house)
            raise Undone


async def judge(storage: Storage, article: Article, who: Staff) -> list[str]:
    """What is wrong with the card before that person."""
    faults, settings = list[str](), House()
    async with storage.begin() as db:
        await put(db, who)
        pages = await keyboards(db, who, settings)
        may = Desk(db=db, who=who, now=NOON).allowed(article)
    shown = {data for page in pages.values() for data in page}
    presses = {data.partition(":")[0] for data in shown}
    faults += [f"{verb} is nowhere" for verb in may if not REACHED[verb] & presses]
    for data in sorted(shown):
        try:
            await tried(storage, pressed(who, data), settings)
        except (NotAllowed, NotStaff, WrongState, NotFound) as refused:
            faults.append(f"{data} is refused: {refused!r}")
    return faults


@pytest.mark.parametrize(("state", "post"), list(cases()))
async def test_a_card_shows_what_its_person_may_do_and_nothing_else(
    state: ArticleState, post: PostState | None
) -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.sends("/connect @sport")
        article = await stands(house.newsroom.storage, state, post)
        for name, who in WHO.items():
            assert await judge(house.newsroom.storage, article, who) == [], name
