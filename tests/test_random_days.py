"""People who do anything at all: they paste, press what they see and what others see, answer, wait; and the process dies.

Judged by a model that knows only who may decide: what stands in a channel was approved by an editor or the owner,
stands there once, and was planned there; a fault of ours was met by nobody, and nobody was met with silence.
"""

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.news.model import PostState
from bot.news.talk import Sought
from bot.simulator import pressing
from storage.schema_talk import inbox
from tests.dying_newsroom import DyingHouse, dying_newsroom
from tests.newsroom import COPY, EDITOR, NEWS, OWNER, READER, SPORT

pytestmark = pytest.mark.plays

PEOPLE = (101, 102, 103, 104, READER)
TYPED = (
    COPY,
    COPY.replace("سپیدکوه", "کیانشهر").replace("۲۰", "۳۰"),
    "ممنون",
    "تیتری که کسی پیش‌بینی نمی‌کرد",
    "فردا ۸ صبح",
    "/drafts",
    "/desk",
    "/queue",
    "/posts",
    "/pause @news",
    "/cancel",
)

DECIDING = ("story.approve", "story.correct", "story.kill", "plan.into_slot", "plan.now")
"""What half of the forged presses ask for."""


@dataclass(frozen=True)
class Does:
    """One thing that somebody does; `pick` chooses among what there is to choose from."""

    who: int
    what: str
    pick: int


DOINGS = st.lists(
    st.builds(
        Does,
        who=st.sampled_from(PEOPLE),
        what=st.sampled_from(["press"] * 5 + ["forge", "forge", "type", "type", "wait"]),
        pick=st.integers(0, 10_000),
    ),
    min_size=5,
    max_size=25,
)


def _offered(house: DyingHouse, who: int) -> list[tuple[dict[str, object], str]]:
    """All buttons in somebody's chat, the newest first; data of those that tell the bot something."""
    found = []
    for message in reversed(house.anyone(who).reads()):
        found += [
            (message, one["callback_data"]) for one in pressing.buttons(message) if "callback_data" in one
        ]
    return found


async def _is_done(house: DyingHouse, does: Does) -> None:
    person = house.anyone(does.who)
    if does.what == "wait":
        await house.passes(60 * (1 + does.pick % 90))
    elif does.what == "type":
        await person.sends(TYPED[does.pick % len(TYPED)])
        assert person.reads()[-1]["from"]["is_bot"] or does.who == READER or _is_a_paste(does)
    elif does.what == "press" and (offered := _offered(house, does.who)):
        message, data = offered[does.pick % min(len(offered), 12)]
        await person._pushes(data, message=message)
    elif does.what == "forge":
        everywhere = [data for other in PEOPLE for _, data in _offered(house, other)]
        deciding = [data for data in everywhere if data.startswith(DECIDING) and does.pick % 2]
        if (forged := deciding or everywhere) and person.reads():
            await person._pushes(forged[does.pick // 2 % len(forged)], forged=True)


def _is_a_paste(does: Does) -> bool:
    return TYPED[does.pick % len(TYPED)].count("\n") > 0  # its card comes when it has settled


async def _judge(house: DyingHouse) -> None:
    async with house.lasting.begin() as db:
        faults = select(func.count()).where(inbox.c.why.is_not(None))
        assert await db.inbox._connection.scalar(faults) == 0, "a fault of ours"
        decided = [entry for entry in await db.audit.page(Sought(), limit=1000) if entry.verb == "approve"]
        assert {entry.person_id for entry in decided} <= {EDITOR, OWNER}
        approved = {entry.article_id for entry in decided}
        for channel in (NEWS, SPORT):
            sent = await db.posts.of_channel(channel, PostState.SENT)
            assert len(house.posts(channel)) >= len({post.id for post in sent if post.message_ids})
            for post in sent:
                assert post.article_id in approved, "nobody had approved it"
            shown = [line.split("\n")[0] for line in house.posts(channel)]
            assert len(shown) <= len(sent) + len(await db.posts.of_channel(channel, PostState.UNCONFIRMED))


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(doings=DOINGS, seed=st.integers(0, 1_000))
async def test_nobody_publishes_what_no_editor_approved_and_nothing_comes_twice(
    doings: list[Does], seed: int
) -> None:
    async with dying_newsroom(seed) as house:
        reporter, editor, admin = (house.anyone(number) for number in (101, 102, 103))
        await admin.sends("/connect @news")
        await admin.sends("/slots @news هر روز ۸ و ۱۲:۳۰ و ۱۸")
        await reporter.sends(COPY)
        await reporter.presses("ارسال به دبیر")
        await editor.sends("/desk")
        for does in doings:
            await _is_done(house, does)
        house.life.left = None
        await house.passes(3 * 3600)
        await _judge(house)
