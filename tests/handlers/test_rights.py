"""Everybody tries everything: each command, button and answer as each person, in private and in groups.

What is expected stands in docs/rights.md; a word of the joined tables without a row there fails. A refusal is
judged by the tables of the database, not by the answer alone.
"""

import inspect
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import batched
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.config import StaffSettings
from bot.desk import spiking
from bot.desk.pausing import Pausing
from bot.desk.recurring import Recurring
from bot.desk.schedule import Schedule
from bot.desk.stories import Desk
from bot.errors import NotStaff
from bot.news.errands import Errand
from bot.news.model import Article, ArticleState, PostState, Role, Slot
from bot.news.people import Knock, KnockState
from bot.news.talk import ChangeKind, ChangeState, Question
from bot.simulator import places
from bot.words import words
from handlers import ANSWERS, COMMANDS, PRESSES
from handlers.phrases import _MISSING, explained
from handlers.posts import seen
from storage import Db
from tests.newsroom import (
    ADMIN,
    DESK_GROUP,
    EDITOR,
    NEWS,
    OWNER,
    READER,
    REPORTER,
    SPORT,
    House,
    Person,
    newsroom,
)

OTHER_REPORTER, OTHER_ADMIN, GONE = 106, 107, 108
DAY = timedelta(days=1)
PEOPLE = {
    "its reporter": REPORTER,
    "other reporter": OTHER_REPORTER,
    "editor": EDITOR,
    "admin": ADMIN,
    "other admin": OTHER_ADMIN,
    "owner": OWNER,
}
OUTSIDE = {"removed": GONE, "stranger": READER}
SECRET = "راز نیمه‌شب"
"""In the headline of every story: who may not see them must not read it anywhere."""
TABLES = (
    "articles", "posts", "channels", "slots", "staff_roles", "staff_channels", "knocks", "invitations", "holidays",
    "house_style", "feeds", "tokens", "errands", "recurrences", "digests", "confirmations", "changes", "lease",
)  # fmt: skip
"""What a refused word must leave as it was."""


@dataclass(frozen=True)
class Row:
    """A word of the table: who may use it."""

    word: str
    allowed: frozenset[str]


def table() -> dict[str, Row]:
    """The rows of docs/rights.md by their words: `/command`, `button`, `?answer`."""
    lines = (Path(__file__).parents[2] / "docs" / "rights.md").read_text(encoding="utf-8").splitlines()
    header = next(line for line in lines if line.startswith("| what"))
    names = [cell.strip() for cell in header.strip("|").split("|")][1:-1]
    assert names == list(PEOPLE)
    rows: dict[str, Row] = {}
    for line in lines[lines.index(header) + 2 :]:
        _, *cells, listed = [cell.strip() for cell in line.strip("|").split("|")]
        assert set(cells) <= {"✓", "–"}, line
        allowed = frozenset(name for name, cell in zip(names, cells, strict=True) if cell == "✓")
        for word in re.findall(r"`([^`]+)`", listed):
            assert word not in rows, f"{word} stands there twice"
            rows[word] = Row(word, allowed)
    return rows


ROWS = table()


def test_every_word_has_a_row_and_every_row_is_of_a_word() -> None:
    known = {f"/{command.name}" for command in COMMANDS} | PRESSES.keys() | {f"?{kind}" for kind in ANSWERS}

    assert {"without a row": sorted(known - ROWS.keys()), "of nothing": sorted(ROWS.keys() - known)} == {
        "without a row": [],
        "of nothing": [],
    }


def test_the_commands_of_the_code_are_those_of_the_table() -> None:
    roles = {
        "its reporter": Role.REPORTER,
        "editor": Role.EDITOR,
        "admin": Role.CHANNEL_ADMIN,
        "owner": Role.OWNER,
    }
    for command in COMMANDS:
        assert {name for name, role in roles.items() if role in command.roles} == ROWS[
            f"/{command.name}"
        ].allowed & roles.keys(), command.name


# ── A newsroom in which every word has something to act on ──────────────────────────────────────────


@asynccontextmanager
async def house() -> AsyncIterator[House]:
    staff = StaffSettings(
        owner=(OWNER, GONE),
        editor=(EDITOR, GONE),
        channel_admin=(ADMIN, OTHER_ADMIN, GONE),
        reporter=(REPORTER, OTHER_REPORTER, GONE),
    )
    async with newsroom(staff=staff) as made:
        for person_id in (*PEOPLE.values(), *OUTSIDE.values()):
            places.enroll(made.world, DESK_GROUP, person_id, "member")
            await Person(made, person_id).sends("/start")
        await made.owner.sends("/connect @news")
        await made.owner.sends("/connect @sport")
        async with made.newsroom.storage.begin() as db:
            await _fill(db, made)
        await made.settles()
        yield made


async def _fill(db: Db, made: House) -> None:
    """Story 1 is approved and planned in @news, 2 published there, 3 submitted, 4 a draft, 5 spiked."""
    now = made.world.clock.now()
    people = {person.id: person for person in await db.staff.with_role(*Role)}
    reporter, editor, owner = (Desk(db=db, who=people[id], now=now) for id in (REPORTER, EDITOR, OWNER))
    await db.channels.add_slots(NEWS, [Slot(weekday=day, minute=600) for day in range(7)])
    for number in range(1, 6):
        draft = await reporter.write(Article(headline=f"{SECRET} {number}", lede="لید خبر.", urgency=1))
        if number in {1, 2, 3}:
            await reporter.submit(draft.id, draft.version)
        if number in {1, 2}:
            await editor.approve(draft.id, draft.version)
    await spiking.spike(reporter, 5, 1)
    await _plan(db, owner, now)
    await db.tokens.add("x", "x", scope="intake", person_id=OWNER, now=now)
    await db.feeds.add("http://127.0.0.1/feed", by=OWNER, now=now)  # refused before anybody is asked
    await db.feeds.change(1, next_at=None, asked_by=None)
    await db.errands.add(Errand(person_id=REPORTER, name="x", url="http://127.0.0.1/", asked_at=now))
    await db.errands.fail(1, "inside")
    await db.knocks.add(Knock(person_id=900, name="رهگذر", knocked_at=now))
    await db.invitations.add(Role.EDITOR, by=OWNER, now=now, expires_at=now + DAY, username="nobody")
    await db.staff.take(OTHER_ADMIN, Role.CHANNEL_ADMIN)
    await db.staff.give(OTHER_ADMIN, Role.CHANNEL_ADMIN, SPORT)
    for role in Role:
        await db.staff.take(GONE, role)
    await db.staff.decided(GONE, now)
    await db.knocks.decide(Knock(person_id=GONE, name="x", knocked_at=now, state=KnockState.REFUSED))


async def _plan(db: Db, owner: Desk, now: datetime) -> None:
    """Post 1 waits, 2 is out, with a change that failed; what can be undone is in the log."""
    plans = Schedule(desk=owner)
    await plans.at(1, 1, NEWS, now + timedelta(hours=3))
    await plans.hold(1)
    await plans.release(1)
    await Pausing(schedule=plans).pause(NEWS)
    await Pausing(schedule=plans).resume(NEWS)
    out = await plans.publish_now(2, 1, NEWS)
    await db.posts.claim(out.id, now=now)
    await db.posts.parts.plan(out.id, [("sendMessage", {"chat_id": NEWS, "text": "x"})])
    await db.posts.parts.sending(out.id, 0, floor_id=0, now=now)
    await db.posts.parts.sent(out.id, 0, [5], now)
    await db.posts.settle(out.id, PostState.SENT, now=now, version=1)
    await db.articles.set_state(2, ArticleState.PUBLISHED, now=now)
    await db.changes.add(out.id, ChangeKind.EDIT, now, by=OWNER, now=now, version=1)
    await db.changes.claim(1, now=now)
    await db.changes.settle(1, ChangeState.FAILED, now=now, reason="x")
    await Recurring(desk=owner).repeat(2, 1, NEWS, (Slot(weekday=0, minute=60),))
    about = {"article": 1, "version": 1, "channel": NEWS}
    await db.confirmations.ask("urgent", about, by=OWNER, now=now, expires_at=now + DAY)


async def everything(house: House) -> dict[str, list[Any]]:
    """What the newsroom has decided."""
    async with house.newsroom.storage.begin() as db:
        connection = db.staff._connection
        return {
            name: sorted(map(repr, (await connection.execute(text(f"SELECT * FROM {name}"))).all()))
            for name in TABLES
        }


# ── What can be tried ───────────────────────────────────────────────────────────────────────────────


async def tries(house: House, word: str) -> list[str]:
    """Data for a button with that word: such as ours would hold, with what a presser may have seen."""
    async with house.newsroom.storage.begin() as db:
        entries = (
            await db.staff._connection.scalars(
                text("SELECT id FROM audit WHERE id > 0 AND detail IS NOT NULL")
            )
        ).all()
        seen_of = {post.id: seen.of(post) for number in (1, 2) if (post := await db.posts.get(number))}
    soon = int((house.world.clock.now() + timedelta(hours=5)).timestamp()) // 60
    values: dict[str, list[Any]] = {
        "article_id": [1, 2, 3, 4, 5], "version": [1], "channel_id": [NEWS], "post_id": [1, 2], "other_id": [1],
        "entry_id": list(entries), "id": [1], "change_id": [1], "recurrence_id": [1], "invitation_id": [1],
        "person_id": [900, EDITOR], "role": ["editor"], "field": ["headline"], "page": [0], "number": [0],
        "word": [f"a1.1.{NEWS}", f"p1.{soon}"], "minute": [soon if word.startswith("plan") else 660], "bits": [1],
        "hour": [11], "days": [1], "start": [60], "end": [120], "minutes": [30], "most": [2], "seconds": [3600],
        "what": ["queue" if word == "channels" else "pin"], "seen_at": ["x"], "seen": ["x"], "piece": ["lede"], "step": [1], "kind": ["desk", "drafts"], "typed": ["x"], "weeks": [0], "form": ["csv"], "earlier_id": [2], "at": [0], "name": ["fa" if word == "language" else "digits"],
        "then": ["hold"], "zone": ["Asia/Kabul"], "keep": ["h"], "mark": [1], "meant": ["1.600"],
        "ordinal": [739942], "place": ["739942.0"], "why": ["x"], "way": ["submit" if word == "feeds.way" else "story"], "skip": [0], "since": [0],
        "key": [1] if word != "posts.publish_from_here" else ["x"], "other_was": ["x"],
    }  # fmt: skip
    names = [name for name in inspect.signature(PRESSES[word]).parameters if name != "talk"]
    if word.startswith("story.view"):
        values |= {"page": ["main"], "channel_id": [0]}
    combined: list[dict[str, Any]] = [{}]
    for name in names:
        if name == "was":
            combined = [
                {**each, "was": was}
                for each in combined
                for was in ("x", seen_of.get(each.get("post_id", 0), "y"))
            ]
        else:
            combined = [{**each, name: value} for each in combined for value in values.get(name, [1])]
    return [":".join(map(str, [word, *(each[name] for name in names)])) for each in combined]


pytestmark = [pytest.mark.plays, pytest.mark.timeout(600)]  # thousands of presses
SAY = words("fa")
BY_ROLE = (
    SAY("That takes another role: {roles}.", roles="x").partition("x")[0],
    SAY("You are a channel admin of other channels, not of {channel}.", channel="x").partition("x")[0],
    explained(NotStaff(), SAY, zone="Asia/Tehran", person_id=1).partition("1")[0][:30],
    SAY(_MISSING["article"]),
)
"""How a refusal for want of a right begins."""
REFUSED = (
    *BY_ROLE,
    *(SAY(each) for each in _MISSING.values()),
    SAY("That question is not open any more."),
    SAY("That is decided already."),
    SAY("The story has changed meanwhile; this is how it stands now."),
    SAY("The story has changed since. Its card now shows the newest version."),
    SAY("That can't be done now: it is {state}.", state="x").partition("x")[0],
)


def _is(answer: str, *sentences: str) -> bool:
    return any(answer.startswith(sentence[:60]) for sentence in sentences)


class Tried:
    """One person's try, and what came of it."""

    def __init__(self, house: House, name: str) -> None:
        self.house, self.name = house, name
        self.person = Person(house, {**PEOPLE, **OUTSIDE}[name])
        self.sees = name not in {"other reporter", *OUTSIDE}

    async def refused(self, presses: list[str], before: dict[str, list[Any]]) -> None:
        """Pressed in a row; those whose answer is no plain refusal each by itself again."""
        answers, since = await self.pressed(presses, before)
        if since or not all(not answer or _is(answer, *REFUSED) for answer in answers):
            for data in presses:
                (answer,), since = await self.pressed([data], before)
                said = [answer, *(message.get("text", "") for message in since)]
                nothing = not since and not answer
                assert nothing or any(_is(each, *REFUSED) for each in said), f"{self.name}, {data}: {said}"

    async def pressed(
        self, presses: list[str], before: dict[str, list[Any]], on: dict[str, Any] | None = None
    ) -> tuple[list[str], list[dict[str, Any]]]:
        """Changes nothing and shows no secret. What each was answered with, and what came since."""
        heard = len(self.person.reads())
        answers = await self.person.forges_all(presses, on)
        since = self.person.reads()[heard:]
        assert await everything(self.house) == before, f"{self.name} has changed something with {presses}"
        if not self.sees:
            assert SECRET not in str([answers, since]), f"{self.name} reads of the story by {presses}"
        return answers, since


@pytest.mark.parametrize("name", [*PEOPLE, *OUTSIDE])
async def test_every_button_is_refused_to_who_may_not(name: str) -> None:
    async with house() as made:
        trying, before = Tried(made, name), await everything(made)
        for word in PRESSES:
            if name not in ROWS[word].allowed:
                await trying.refused(await tries(made, word), before)


@pytest.mark.parametrize("name", list(PEOPLE))
async def test_every_button_is_open_to_who_may(name: str) -> None:
    async with house() as made:
        trying = Tried(made, name)
        for word in sorted(PRESSES, key=lambda word: word != "story.spike"):  # while there is a draft
            if name in ROWS[word].allowed:
                heard = len(trying.person.reads())
                answers = await trying.person.forges_all((await tries(made, word))[:6])
                said = [*answers, *(m.get("text", "") for m in trying.person.reads()[heard:])]
                assert "خطایی از سوی ما" not in str(said), (word, said)
                assert not all(_is(each, *BY_ROLE) for each in answers), f"{name} may not {word}: {answers}"


COMMAND_WORDS = {
    "connect": "@news",
    "pause": "@news",
    "queue": "@news",
    "slots": "@news هر روز ۱۰",
    "digest": "@news",
}


@pytest.mark.parametrize("name", [*PEOPLE, *OUTSIDE])
async def test_every_command_is_refused_to_who_may_not(name: str) -> None:
    async with house() as made:
        trying, before = Tried(made, name), await everything(made)
        for command in COMMANDS:
            if name in ROWS[f"/{command.name}"].allowed:
                continue
            for said in ("", COMMAND_WORDS.get(command.name, "x")):
                heard = len(trying.person.reads())
                await trying.person.sends(f"/{command.name} {said}".strip())
                new = trying.person.reads()[heard + 1 :]
                assert await everything(made) == before, command.name
                assert SECRET not in str(new)
                if name not in OUTSIDE:  # those hear once an hour who this is
                    assert any(_is(m.get("text", ""), *BY_ROLE) for m in new), (command.name, new)


@pytest.mark.parametrize("name", [*PEOPLE, *OUTSIDE])
async def test_every_answer_is_refused_to_who_may_not(name: str) -> None:
    """The question was open when the role ended, or was never theirs."""
    async with house() as made:
        trying, before = Tried(made, name), await everything(made)
        about = {
            "article": 1, "channel": NEWS, "post": 1, "recurrence": 1, "key": 1, "was": "x", "seen": "x", "slots": "1.600",
            "end": 0, "times": [[0, 60]],
        }  # fmt: skip
        for kind in ANSWERS:
            if name in ROWS[f"?{kind}"].allowed:
                continue
            person = trying.person.id
            async with made.newsroom.storage.begin() as db:
                await db.questions.ask(
                    Question(
                        chat_id=person,
                        person_id=person,
                        kind=kind,
                        about=about,
                        asked_at=made.world.clock.now(),
                    )
                )
            heard = len(trying.person.reads())
            await trying.person.sends("فردا ۱۸")
            new = trying.person.reads()[heard + 1 :]
            after = await everything(made)
            assert {key: after[key] for key in TABLES if key != "articles"} == {
                key: before[key] for key in TABLES if key != "articles"
            }, kind
            assert [each for each in after["articles"] if each in before["articles"]] == before["articles"], (
                kind
            )
            assert SECRET not in str(new) or trying.sees, kind


@pytest.mark.parametrize("name", ["other reporter", *OUTSIDE])
async def test_a_group_gives_nobody_a_right(name: str) -> None:
    """In the desk's own group and in another one, on messages of ours that stand there."""
    async with house() as made:
        abroad = int(places.found(made.world, "supergroup", "گروه دوستان", by=OWNER)["id"])
        places.enroll(made.world, abroad, "bot", "member", by=OWNER)
        trying = Tried(made, name)
        for group in (DESK_GROUP, abroad):
            if group == abroad:
                places.enroll(made.world, group, trying.person.id, "member")
            made.owner.phone.send("/help", chat=group)
            await made.settles()
            board = [m for m in made.owner.reads(group) if m["from"]["is_bot"]][-1]
            before = await everything(made)
            shut = [(await tries(made, word))[0] for word in PRESSES if name not in ROWS[word].allowed]
            for some in batched(shut, 20):
                await trying.pressed(list(some), before, on=board)


@pytest.mark.parametrize("name", ["other reporter", "other admin", "stranger"])
async def test_what_stands_on_others_buttons_is_no_ones_right(name: str) -> None:
    """Every button that stands in a colleague's chat, pressed by somebody else; and the same, a little changed."""
    async with house() as made:
        for person in (made.editor, made.owner, made.admin):
            for command in ("/desk", "/queue", "/slots", "/staff", "/recurring", "/digest"):
                await person.sends(command)
            await person.forges("open:1")
            await person.forges("story.view:1:1:plan")
        trying, before = Tried(made, name), await everything(made)
        for data in sorted(_on_buttons(made)):
            theirs = name == "other admin" and str(SPORT) in data
            if name not in ROWS[data.partition(":")[0]].allowed and not theirs:
                await trying.refused([data], before)
            forged = [each[:64] for each in (data + ":1", data[:-1], data.replace("1", "٣"), data.upper())]
            heard = len(trying.person.reads())
            answers = await trying.person.forges_all(forged)
            assert "خطایی از سوی ما" not in str(answers), forged
            if not trying.sees:
                assert SECRET not in str([answers, trying.person.reads()[heard:]]), forged


def _on_buttons(made: House) -> set[str]:
    seen_there = [m for chat in made.world.chats.values() for m in made.world.seen(chat)]
    rows = [row for m in seen_there for row in m.get("reply_markup", {}).get("inline_keyboard", [])]
    return {each["callback_data"] for row in rows for each in row if each.get("callback_data")}
