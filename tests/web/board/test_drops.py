"""A drop on the week board is the verb that is typed: the same effect, the same refusal, told before it is let go."""

import asyncio
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import outlets
from bot.desk import dropping
from bot.desk.order import Planning
from bot.desk.schedule import Schedule
from bot.desk.stories import Desk
from bot.errors import MonadiError
from bot.news.model import Post, PostState, Role, Slot
from bot.news.quiet import Quiet, Rhythm
from bot.simulator.world import World
from storage import Db
from tests.newsroom import ADMIN, NEWS, NOON, OWNER, SPORT, House, newsroom
from tests.web.board.hands import (
    BASE,
    SETTINGS,
    Hand,
    board,
    enters,
    key,
    mark,
    now_of,
    planned,
    site,
)

HOUR = timedelta(hours=1)
NIGHT = Rhythm(quiet=(Quiet(weekdays=frozenset(range(7)), start=23 * 60, end=7 * 60),), spacing=30, per_day=4)


async def of_channel(house: House, **rhythm: Any) -> None:
    async with house.newsroom.storage.begin() as db:
        await db.channels.set_rhythm(NEWS, Rhythm(**rhythm))


def schedule_of(db: Db, who: Any, house: House) -> Schedule:
    return Schedule(desk=Desk(db=db, who=who, now=house.world.clock.now()))


class _Undone(Exception):
    """The transaction is to leave nothing."""


async def what_the_desk_does(house: House, post: Post, do: Any) -> Any:
    """What a verb does, undone afterwards: how the post stands, or why not."""
    found: Any = None
    with suppress(_Undone):
        async with house.newsroom.storage.begin() as db:
            who = await db.staff.get(ADMIN)
            try:
                await do(schedule_of(db, who, house))
                after = await db.posts.get(post.id)
                assert after is not None
                found = (after.state, after.due_at)
            except MonadiError as error:
                found = (type(error), error.args)
            raise _Undone
    return found


async def what_was_told(house: House, post: Post, look: Any) -> Any:
    async with house.newsroom.storage.begin() as db:
        who = await db.staff.get(ADMIN)
        hand = await dropping.held_up(schedule_of(db, who, house), post)
        verdict = await look(hand)
        if verdict.refused is not None:
            return type(verdict.refused), verdict.refused.args
        return verdict.goes_at


async def test_a_card_is_dropped_into_a_slot_and_taken_back() -> None:
    async with board() as (house, hand):
        post = await planned(house, NOON + 3 * HOUR, "قطار تازه رسید")
        slot = NOON + timedelta(minutes=30) + timedelta(days=1)  # دوشنبه ۱۲:۳۰
        seen = await hand.sees()
        assert "قطار تازه رسید" in seen
        assert f'data-key="{key(slot)}"' in seen

        answer = await hand.drops(post, key(slot))
        told = answer.json()
        assert (answer.status_code, told["done"]) == (200, True)
        assert (await now_of(house, post)).due_at == slot
        assert "۱۲:۳۰" in told["said"]
        back = await hand.asks("undo", entry=told["undo"])
        assert back.json()["said"] == "واگرد شد؛ همه چیز مثل پیش از آن است." or back.json()["done"]
        assert (await now_of(house, post)).due_at == post.due_at


async def test_cards_change_places_one_is_held_and_one_has_a_minute_of_its_own() -> None:
    async with board() as (house, hand):
        one, other = await planned(house, NOON + HOUR), await planned(house, NOON + 5 * HOUR)
        swapped = await hand.drops(one, f"p{other.id}", other_seen=mark(other))
        assert swapped.json()["done"], swapped.text
        assert (await now_of(house, one)).due_at == NOON + 5 * HOUR
        assert (await now_of(house, other)).due_at == NOON + HOUR

        held = await hand.drops(await now_of(house, one), "held")
        assert held.json()["done"]
        assert (await now_of(house, one)).state is PostState.HELD
        assert "tray" in held.json()["html"]

        minute = await hand.drops(await now_of(house, one), "2026-11-24", minute=9 * 60 + 7)
        assert minute.json()["done"], minute.text
        again = await now_of(house, one)
        assert (again.state, again.due_at) == (PostState.PENDING, datetime(2026, 11, 24, 5, 37, tzinfo=UTC))


async def test_what_has_changed_since_it_was_seen_is_shown_with_the_reason_and_nothing_is_done() -> None:
    async with board() as (house, hand):
        post = await planned(house, NOON + HOUR)
        boss = await enters(hand.client, house, OWNER)
        assert (await boss.drops(post, key(NOON + 5 * HOUR))).json()["done"]
        late = await hand.drops(post, key(NOON + 3 * HOUR))

        assert late.status_code == 409
        assert "مالک" in late.json()["said"]  # who was there first
        assert f'data-seen="{mark(await now_of(house, post))}"' in late.json()["html"]
        assert (await now_of(house, post)).due_at == NOON + 5 * HOUR


async def test_two_people_drag_one_card_and_one_of_them_wins() -> None:
    async with board() as (house, hand):
        boss = await enters(hand.client, house, OWNER)
        for turn in range(6):
            post = await planned(house, NOON + timedelta(days=turn, hours=1))
            hands = (hand, boss) if turn % 2 else (boss, hand)
            to = [key(post.due_at + number * HOUR) for number in (1, 2)]
            answers = await asyncio.gather(
                *(each.drops(post, there) for each, there in zip(hands, to, strict=True))
            )

            assert sorted(answer.status_code for answer in answers) == [200, 409]
            won = next(number for number, answer in enumerate(answers) if answer.status_code == 200)
            assert key((await now_of(house, post)).due_at) == to[won]
            assert "html" in answers[1 - won].json()


async def test_bot_and_board_see_each_other() -> None:
    async with board() as (house, hand):
        post = await planned(house, NOON + HOUR, "پل تازه گشوده شد")
        await hand.drops(post, "held")
        assert "نگه" in await house.admin.sends("/queue")
        assert "پل تازه گشوده شد" in house.admin.text()

        async with house.newsroom.storage.begin() as db:
            await schedule_of(db, await db.staff.get(ADMIN), house).release(post.id)
        assert 'class="card pending free"' in await hand.sees()


async def test_a_channel_of_others_is_not_theirs() -> None:
    async with board() as (house, hand):
        post = await planned(house, NOON + HOUR)
        await house.owner.sends("/connect @sport")
        async with house.newsroom.storage.begin() as db:
            await db.staff.take(ADMIN, Role.CHANNEL_ADMIN)
            await db.staff.give(ADMIN, Role.CHANNEL_ADMIN, SPORT)

        refused = [
            await hand.asks("week"),
            await hand.asks("places", post=post.id),
            await hand.drops(post, key(NOON + 3 * HOUR)),
            await hand.drops(post, "held"),
        ]
        assert [answer.status_code for answer in refused] == [409] * 4
        assert not any("data-post" in answer.text for answer in refused)
        assert await now_of(house, post) == post


_MINUTES = st.integers(-120, 6 * 24 * 60)


@given(data=st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_told_of_a_place_is_what_the_verb_says(data: st.DataObject) -> None:
    async def play() -> None:
        async with newsroom() as house:
            await house.admin.sends("/connect @news")
            await house.admin.sends("/slots شنبه تا چهارشنبه ۸ و ۱۲:۳۰ و ۱۸")
            if data.draw(st.booleans(), "quiet"):
                await of_channel(house, quiet=NIGHT.quiet, spacing=30, per_day=4)
            posts = []
            for number in range(4):
                at = NOON + timedelta(minutes=data.draw(st.integers(10, 5 * 24 * 60), "at"))
                end = at - timedelta(minutes=data.draw(st.integers(-5, 900), "embargo"))
                bound: dict[str, Any] = {"embargoed_until": end} if number % 2 and end < at else {}
                posts.append(await planned(house, at, **bound))
            for post in data.draw(st.lists(st.sampled_from(posts), max_size=2, unique=True), "held"):
                async with house.newsroom.storage.begin() as db:
                    await db.posts.change(post.id, PostState.HELD, frm={PostState.PENDING}, now=NOON)
            house.world.clock.advance(data.draw(st.integers(0, 600), "later") * 60)
            posts = [await now_of(house, post) for post in posts]
            await _compare(house, posts, data)

    asyncio.run(play())


async def _compare(house: House, posts: list[Post], data: st.DataObject) -> None:
    for post in posts:
        for _ in range(4):
            at = house.world.clock.now() + timedelta(minutes=data.draw(_MINUTES, "to"))

            async def told(hand: dropping.Dropping, at: datetime = at) -> dropping.Verdict:
                return hand.at(at)

            done = await what_the_desk_does(
                house, post, lambda desk, post=post, at=at: desk.move(post.id, at)
            )
            said = await what_was_told(house, post, told)
            assert said == (done[1] if done[0] is PostState.PENDING else done), (post, at)
        for other in posts:
            if other.id == post.id:
                continue

            async def on(hand: dropping.Dropping, other: Post = other) -> dropping.Verdict:
                return (await hand.on([other]))[other.id]

            done = await what_the_desk_does(
                house,
                post,
                lambda desk, post=post, other=other: Planning(schedule=desk).swap(post.id, other.id),
            )
            said = await what_was_told(house, post, on)
            assert said == (done[1] if isinstance(done[0], PostState) else done), (post, other)

        async def held(hand: dropping.Dropping) -> dropping.Verdict:
            return hand.held()

        done = await what_the_desk_does(house, post, lambda desk, post=post: desk.hold(post.id))
        said = await what_was_told(house, post, held)
        assert said == (None if done[0] is PostState.HELD else done), post


async def test_the_places_of_a_card_are_told_with_their_reasons() -> None:
    async with board() as (house, hand):
        await of_channel(house, quiet=NIGHT.quiet, spacing=30)
        tomorrow = NOON + timedelta(days=1)
        post = await planned(house, tomorrow + HOUR, embargoed_until=tomorrow)
        other = await planned(house, tomorrow + 3 * HOUR)
        told = await hand.may(post)

        slots = {at: told[key(at)] for at in (NOON + timedelta(minutes=30), tomorrow + timedelta(minutes=30))}
        assert [bool(may["no"]) for may in slots.values()] == [True, False]
        assert "منتشر نشود" in told[key(NOON + timedelta(minutes=30))]["no"]
        assert told[f"p{post.id}"]["no"]
        assert not told[f"p{other.id}"]["no"]
        assert not told["held"]["no"]
        night = await hand.may(post, "2026-11-24", minute=30)
        assert "سکوت" in night["2026-11-24"]["ah"]
        near = await hand.may(post, "2026-11-23", minute=15 * 60 + 10)
        assert "۱۵:۰۰" in near["2026-11-23"]["ah"]
        over = await hand.may(post, "2026-11-21", minute=600)
        assert over["2026-11-21"]["no"]


@pytest.mark.parametrize(
    "where", ["t99999999999999", "t-1", "tx", "p", "q", "2026-02-30", "9999-01-01", "", "p999999"]
)
async def test_a_place_that_is_none_is_refused(where: str) -> None:
    async with board() as (house, hand):
        post = await planned(house, NOON + HOUR)
        answer = await hand.drops(post, where)

        assert answer.status_code == 409
        assert answer.json()["said"]
        assert (await now_of(house, post)).due_at == post.due_at


async def test_what_stands_on_it_can_hold_no_markup() -> None:
    async with board() as (house, hand):
        await planned(house, NOON + HOUR, '<img src=x onerror="alert(1)">&amp;')
        answer = await hand.asks("week")

        assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;amp;" in answer.json()["html"]
        assert "<img" not in answer.json()["html"]


class _Cut(Exception):
    """The line is cut before the answer is out."""


async def test_killed_between_the_drop_and_its_answer_it_is_done_once_or_not_at_all(tmp_path: Path) -> None:
    """The process ends where the answer would go out; the next one has it done, and a second try changes nothing."""
    database = f"sqlite:///{tmp_path}/newsroom.db"
    world = World(frozen=True, now=NOON)
    async with newsroom(database, world) as house:
        await house.admin.sends("/connect @news")
        await house.admin.sends("/slots شنبه تا چهارشنبه ۸ و ۱۲:۳۰ و ۱۸")
        post = await planned(house, NOON + HOUR)
        async with site(house) as client:
            hand = await enters(client, house, ADMIN)
        app = outlets.application_of(house.newsroom, SETTINGS)

        async def cut(scope: Any, receive: Any, send: Any) -> None:
            async def never(message: Any) -> None:
                raise _Cut

            await app(scope, receive, never)

        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=cut), base_url=BASE) as broken:
            with pytest.raises(_Cut):
                await Hand(broken, hand.session, house).drops(post, key(NOON + 5 * HOUR))
    async with newsroom(database, world) as again, site(again) as client:
        assert (await now_of(again, post)).due_at == NOON + 5 * HOUR
        late = await Hand(client, hand.session, again).drops(post, key(NOON + 5 * HOUR))
        assert late.status_code == 409
        assert (await now_of(again, post)).due_at == NOON + 5 * HOUR


async def test_of_many_slots_a_day_has_so_many_and_says_how_many_more() -> None:
    async with board() as (house, hand):
        every = [Slot(weekday=day, minute=minute) for day in range(7) for minute in range(0, 1440, 15)]
        async with house.newsroom.storage.begin() as db:
            await db.channels.replace_slots(NEWS, every)
        days = (await hand.sees(week=(NOON + timedelta(days=7)).date().toordinal())).split("<section")[1:8]

        assert [len(re.findall('data-kind="free"', day)) for day in days] == [48] * 7
        assert all("۴۸ مورد دیگر" in day or "۴۸" in day for day in days)
