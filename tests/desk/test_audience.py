"""Who hears of what happens: those who hold the right to it now, and nobody else."""

import ast
import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from telegram import Update

from bot.desk.urgency import KIND
from bot.news.model import Article, ArticleState, Channel, Post, PostState, Role, Staff
from bot.news.plans.recurrence import Recurrence
from bot.news.talk import Change, ChangeKind, ChangeState
from handlers.plan import embargo, lateness, recurring
from handlers.posts import reports
from handlers.story import decisions, urgent
from handlers.talk import House, Talk
from storage import Db, Storage
from storage.schema_talk import cards
from tests.at_once import without_threads
from tests.imports import tree
from tests.newsroom import ADMIN, COPY, EDITOR, NEWS, OWNER, REPORTER, newsroom
from tests.prepared import with_tables
from tests.storage.newsroom import NOW, channel, story

DOER, PEOPLE = 900, (1, 2, 3, 4)
"""Someone who is an editor now, and four whose roles are drawn."""
HEADLINE = "ماهی‌های رود برگشتند"
ROLES = st.frozensets(st.sampled_from(list(Role)), max_size=2)
SCHEDULE, DECIDE = {Role.CHANNEL_ADMIN, Role.OWNER}, {Role.CHANNEL_ADMIN, Role.OWNER, Role.EDITOR}


@dataclass(frozen=True, kw_only=True)
class Staffed:
    """The model of rights: who holds what now, whose the story is, and who has planned it."""

    roles: dict[int, frozenset[Role]]
    reporter: int
    planner: int

    def holders(self, *roles: Role) -> set[int]:
        return {person for person, held in self.roles.items() if held & set(roles)}

    def admins(self) -> set[int]:
        return self.holders(Role.CHANNEL_ADMIN) or self.holders(Role.OWNER)

    def settling(self) -> set[int]:
        return {self.planner} if self.roles[self.planner] & SCHEDULE else self.admins()

    def author(self) -> set[int]:
        return {self.reporter} if self.roles[self.reporter] else set()


@contextlib.asynccontextmanager
async def desk_of(house: Staffed) -> AsyncIterator[tuple[Db, Article, Post, Channel]]:
    with pytest.MonkeyPatch.context() as patch:
        without_threads(patch)
        with_tables(patch)
        storage = await Storage.open("sqlite://")
        async with storage.begin() as db:
            await db.staff.sync({person: frozenset({Role.OWNER}) for person in (*PEOPLE, DOER)}, NOW)
            await db.staff.sync(house.roles, NOW)  # some are gone, and stay known
            made = story(headline=HEADLINE, reporter_id=house.reporter, embargoed_until=None)
            article = await db.articles.create(made, by=house.reporter, now=NOW)
            await db.channels.put(channel(NEWS), by=house.planner, now=NOW)
            post = await db.posts.add(
                article_id=article.id,
                channel_id=NEWS,
                due_at=NOW + timedelta(hours=1),
                by=house.planner,
                now=NOW,
            )
            where = await db.channels.get(NEWS)
            assert where is not None
            yield db, article, post, where
        await storage.close()


def talk_of(db: Db, house: Staffed) -> Talk:
    who = Staff(id=DOER, name="دبیر", roles=house.roles[DOER])
    return Talk(db=db, house=House(), update=Update(update_id=1), who=who, now=NOW)


async def happens(event: str, db: Db, article: Article, post: Post, house: Staffed) -> set[int]:
    """Let it happen; who should hear of it by the model."""
    match event:
        case "failed" | "unconfirmed" | "held" | "sent":
            await reports.report(db, replace(post, state=PostState(event), message_ids=()), NOW)
            return house.settling() | (house.author() if event == "sent" else set())
        case "correction" | "no correction" | "taken down":
            await reports.changed(db, _change(event, house), replace(post, message_ids=(5,)), NOW)
            asker = {house.planner} if house.roles[house.planner] & DECIDE else set()
            return asker | (house.settling() if event == "no correction" or not asker else set())
        case "late":
            await db.posts.change(post.id, PostState.HELD, frm={PostState.PENDING}, now=NOW, reason="late")
            held = await db.posts.get(post.id)
            assert held is not None
            await lateness.summarise(db, (held,), NOW)
            return house.admins()
        case "recurring":
            await recurring.tell(db, _plan(article, house), (NOW,), NOW)
            return house.settling()
        case "unconfirmed wish":
            about = {"article": article.id, "version": article.version, "channel": NEWS}
            await db.confirmations.ask(KIND, about, by=house.planner, now=NOW, expires_at=NOW)
            await urgent.expire(db, NOW + timedelta(minutes=1))
            return house.settling()
    return await decided(event, db, article, house)


async def decided(event: str, db: Db, article: Article, house: Staffed) -> set[int]:
    """An editor decides on the story."""
    talk = talk_of(db, house)
    match event:
        case "approved":
            await decisions.approve(talk, article.id, article.version)
            return (house.admins() | house.author()) - {DOER}
        case "killed":
            await db.articles.set_state(article.id, ArticleState.PUBLISHED, now=NOW, approved_version=1)
            await decisions.kill(talk, article.id, article.version)
            return (house.settling() | house.author()) - {DOER}
        case "submitted":
            await decisions.submit(talk, article.id, article.version)
            return (house.holders(Role.EDITOR) or house.holders(Role.OWNER)) - {DOER}
        case _:
            assert event == "embargo"
            await embargo._chosen(talk, article, NOW + timedelta(days=1))
            return house.settling()


def _change(event: str, house: Staffed) -> Change:
    return Change(
        id=1,
        post_id=1,
        channel_id=NEWS,
        kind=ChangeKind.DELETE if event == "taken down" else ChangeKind.EDIT,
        state=ChangeState.FAILED if event == "no correction" else ChangeState.DONE,
        due_at=NOW,
        asked_by=house.planner,
        reason="longer",
    )


def _plan(article: Article, house: Staffed) -> Recurrence:
    return Recurrence(
        id=1,
        article_id=article.id,
        channel_id=NEWS,
        times=(),
        until=None,
        planned_until=NOW,
        ended=False,
        asked_by=house.planner,
    )


EVENTS = (
    *("failed", "unconfirmed", "held", "sent", "correction", "no correction", "taken down", "late"),
    *("recurring", "unconfirmed wish", "approved", "killed", "submitted", "embargo"),
)


@settings(max_examples=250, deadline=None)
@given(
    roles=st.tuples(ROLES, ROLES, ROLES, ROLES),
    reporter=st.sampled_from(PEOPLE),
    planner=st.sampled_from(PEOPLE),
    event=st.sampled_from(EVENTS),
)
def test_who_hears_is_who_holds_the_right_now(
    roles: tuple[frozenset[Role], ...], reporter: int, planner: int, event: str
) -> None:
    held = {**dict(zip(PEOPLE, roles, strict=True)), DOER: frozenset({Role.EDITOR})}
    house = Staffed(roles=held, reporter=reporter, planner=planner)

    async def play() -> None:
        async with desk_of(house) as (db, article, post, _):
            expected = await happens(event, db, article, post, house)
            heard = {person for person in PEOPLE if await db.notices.unsaid(person)}
            if event in {"approved", "submitted"}:  # a story that has come to somebody is told by its card
                shown = await db.cards._connection.scalars(select(cards.c.chat_id))
                heard |= set(shown) & set(PEOPLE)
            assert heard == expected - {DOER}
            for person in PEOPLE:
                words = json.dumps(
                    [each.params for each in await db.notices.unsaid(person)], ensure_ascii=False
                )
                if not house.roles[person] & DECIDE and person != reporter:
                    assert HEADLINE not in words

    asyncio.run(play())


async def test_a_removed_person_hears_no_more_and_who_may_settle_it_hears_instead(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'm.db'}"
    other_admin = 107
    staff = {"reporter": [REPORTER], "editor": [EDITOR], "channel_admin": [ADMIN, other_admin]}
    async with newsroom(database, staff=staff) as house:
        await house.approved()
        world, second = house.world, type(house.admin)(house, other_admin)
        await second.sends("/start")
        await second.forges(f"plan.at:1:1:{NEWS}:{int((NOW + timedelta(hours=8)).timestamp()) // 60}")
    left = {"editor": [EDITOR], "channel_admin": [ADMIN], "owner": [OWNER]}
    async with newsroom(database, world, staff=left) as house:
        gone = [type(house.admin)(house, person) for person in (REPORTER, other_admin)]
        before = [len(person.reads()) for person in gone]
        await house.editor.presses("🔒 منتشر نشود تا")
        await house.editor.sends("پس‌فردا ۱۰")

        assert [len(person.reads()) for person in gone] == before
        assert "فعلاً منتشر نشود" in house.admin.text(-1) + house.admin.text(-2)
        assert "🗓 پست" in house.admin.buttons()


async def test_a_reporter_learns_nothing_of_anothers_story_by_a_forged_warning() -> None:
    async with newsroom(
        staff={"reporter": [REPORTER, 106], "editor": [EDITOR], "channel_admin": [ADMIN]}
    ) as house:
        await house.approved()
        other = type(house.reporter)(house, 106)
        await house.reporter.sends("/start")
        await other.sends(COPY.replace("سپیدکوه", "نیلوفران").replace("اتوبوس", "قطار"))
        await other.presses("ارسال به دبیر")
        await house.editor.presses("تأیید")
        minute = int((NOW + timedelta(hours=8)).timestamp()) // 60
        for number in (1, 2):
            await house.admin.forges(f"plan.at:{number}:1:{NEWS}:{minute}")

        await house.reporter.forges("story.warning:1:1:0")

        assert "نیلوفران" not in json.dumps(house.reporter.reads(), ensure_ascii=False)


def test_nobody_but_the_audience_asks_who_has_a_role() -> None:
    """A list of people to tell is made in one place."""
    for path in (Path(__file__).parents[2] / "handlers").glob("*.py"):
        names = {getattr(node, "attr", "") for node in ast.walk(tree(path))}
        assert "with_role" not in names, path
