"""Answers that are no word of Telegram's, and Telegram's own troubles: what becomes of posts, changes and notices."""

import json
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr
from telegram.error import RetryAfter

from bot.app import Newsroom
from bot.config import DeskSettings, FixedSettings, TelegramSettings
from bot.errors import AnswerLost, ConfigError, Hiccup, Intercepted, SendError, TokenRefused
from bot.line import calls
from bot.line.answers import NotRead, NotTelegrams, TokenNotTaken, judged
from bot.line.wire import telegram_bot
from bot.news.model import Form, Look, PostState
from bot.news.talk import ChangeKind, ChangeState
from bot.simulator import places
from bot.simulator.request import SimulatorRequest
from bot.simulator.world import World
from tests.delivery.test_publisher import OTHER, SHORT, due, state, text_of
from tests.newsroom import ADMIN, DESK_GROUP, NEWS, NOON, OWNER, REPORTER, House, newsroom

GARBLED = [
    None,
    "",
    "<html>پالایش</html>",
    '{"ok":true}',
    '{"result":{"message_id":5}}',
    '{"ok":true,"result":[]}',
]
GARBLED += [
    '{"ok":true,"result":{"message_id":"7"}}',
    '{"ok":true,"result":{"message_id":7,"chat":{"id":1}}}',
    "[1]",
]
HICCUPS = [
    "Bad Request: internal",
    "Bad Request: INTERNAL",
    "Bad Request: MEDIA_EMPTY",
    "Bad Request: group send failed",
]
HICCUPS += ["Bad Request: failed to get HTTP URL content", "Bad Request: WEBPAGE_MEDIA_EMPTY"]
SAYS_NOTHING = "<html>"


async def waits(house: House, minutes: float = 3) -> None:
    """Long enough for two looks and some tries."""
    for _ in range(int(minutes * 6)):
        await house.passes(10)


async def known(house: House) -> None:
    """The channel's ids are known from now on."""
    await due(house)
    await house.settles()


# ── Whose word ──────────────────────────────────────────────────────────────────────────────────────


@given(
    st.integers(100, 599), st.binary(max_size=80) | st.sampled_from([b'{"ok":true', b"{}", b"[]", b"null"])
)
def test_whatever_is_not_the_bot_apis_is_nobodys_word(status: int, payload: bytes) -> None:
    with pytest.raises(NotTelegrams if 300 <= status < 500 else NotRead):
        judged(status, payload)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "ok": st.sampled_from([True, False, "true", None]),
            "error_code": st.sampled_from([400, 401, 403, 429, "400", None, True, 0]),
            "description": st.sampled_from(["Bad Request: x", None, 5]),
            "parameters": st.sampled_from([{}, [], "x", {"retry_after": 3}, {"retry_after": "3"}]),
            "result": st.sampled_from([True, {}]),
        },
    ),
    st.sampled_from([200, 302, 400, 403, 404, 409, 502]),
)
def test_an_answer_is_read_or_refused_and_never_breaks_the_reader(
    answer: dict[str, Any], status: int
) -> None:
    with suppress(NotRead, NotTelegrams, TokenNotTaken, RetryAfter):
        code, read = judged(status, json.dumps(answer).encode())

        assert json.loads(read) == answer
        assert (code == 200) == (answer["ok"] is True)


def test_a_wait_is_read_also_where_only_the_sentence_tells_it() -> None:
    said = {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 17"}
    with pytest.raises(RetryAfter) as caught:
        judged(429, json.dumps(said).encode())
    assert caught.value.retry_after in {17, timedelta(seconds=17)}


@pytest.mark.parametrize(
    ("fault", "means"),
    [
        ({"kind": "401"}, TokenRefused),
        ({"kind": "refusal", "status": 404, "description": "Not Found"}, TokenRefused),
        *(
            ({"kind": "page", "status": status}, Intercepted)
            for status in (302, 400, 401, 403, 404, 409, 413, 429)
        ),
        *(({"kind": "page", "status": status}, AnswerLost) for status in (500, 502, 503)),
        *(({"kind": "garbled", "body": body}, AnswerLost) for body in GARBLED),
        *(({"kind": "refusal", "description": said}, Hiccup) for said in HICCUPS),
    ],
)
async def test_each_answer_means_what_it_means(fault: dict[str, Any], means: type[SendError]) -> None:
    async with newsroom() as house:
        house.world.faults.add(method="sendMessage", **fault)
        with pytest.raises(SendError) as caught:
            await calls.call(house.newsroom.bot, "sendMessage", {"chat_id": ADMIN, "text": "x"})
        assert type(caught.value) is means
        assert SAYS_NOTHING not in caught.value.description


# ── Posts ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("acts", [True, False])
@pytest.mark.parametrize("body", GARBLED)
async def test_a_post_whose_answer_can_not_be_read_is_looked_for_and_is_out_once(
    body: str | None, acts: bool
) -> None:
    async with newsroom() as house:
        await known(house)
        house.world.faults.add(method="sendMessage", chat=NEWS, kind="garbled", body=body, acts=acts)
        post_id = await due(house, OTHER)
        await house.settles()
        assert await state(house, post_id) is PostState.UNCONFIRMED
        await waits(house)

        assert await state(house, post_id) is PostState.SENT
        assert len(house.posts()) == 2
        assert len(set(house.posts())) == 2


@pytest.mark.parametrize("status", [302, 400, 401, 403, 404, 409, 451])
async def test_a_page_from_in_between_costs_time_and_nothing_else(status: int) -> None:
    async with newsroom() as house:
        await known(house)
        house.world.faults.add(method="sendMessage", chat=NEWS, kind="page", status=status, times=3)
        ids = [await due(house, replace(OTHER, headline=f"خبر {n}")) for n in range(3)]
        await house.settles()
        planned = house.world.transcript.count
        await house.passes(1)
        assert house.world.transcript.count - planned < 3, "it is not tried again at once"
        await waits(house)

        assert [await state(house, post_id) for post_id in ids] == [PostState.SENT] * 3
        async with house.newsroom.storage.begin() as db:
            where = await db.channels.get(NEWS)
        assert where is not None
        assert where.connected
        for person in (house.admin, house.owner, house.reporter):
            assert not any("html" in text_of(message).lower() for message in person.reads())


async def test_a_refused_token_changes_no_look_drops_no_notice_and_is_told_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    async with newsroom() as house:
        house.owner.phone.send("/start")
        await house.settles()
        post_id = await due(house)
        async with house.newsroom.storage.begin() as db:
            await db.channels.set_look(NEWS, Look(form=Form.RICH))
            await db.notices.add(REPORTER, "sendMessage", {"chat_id": REPORTER, "text": "برای گزارشگر"})
        house.world.faults.add(kind="401", times=9999)
        planned = house.world.transcript.count
        capsys.readouterr()
        await waits(house, 5)
        assert house.world.transcript.count - planned < 40
        assert capsys.readouterr().err.count("token_refused") == 1
        house.world.faults.clear()
        await waits(house, 2)

        assert await state(house, post_id) is PostState.SENT
        assert len(house.posts()) == 1
        assert "برای گزارشگر" in house.reporter.text()
        async with house.newsroom.storage.begin() as db:
            where = await db.channels.get(NEWS)
            assert await db.notices.dropped_by_chat() == {}
        assert where is not None
        assert where.look.form is Form.RICH
        assert sum("توکن" in text_of(message) for message in house.owner.reads()) == 1


@pytest.mark.parametrize("said", HICCUPS)
async def test_telegrams_own_trouble_is_waited_for(said: str) -> None:
    async with newsroom() as house:
        house.world.faults.add(method="sendMessage", chat=NEWS, kind="refusal", description=said, times=3)
        post_id = await due(house)
        await house.settles()
        assert await state(house, post_id) is PostState.PENDING
        await waits(house)

        assert await state(house, post_id) is PostState.SENT
        assert len(house.posts()) == 1


async def test_trouble_that_stays_is_told_in_the_persons_language_with_a_way_on() -> None:
    async with newsroom() as house:
        house.world.faults.add(method="sendMessage", chat=NEWS, kind="refusal", times=999)
        post_id = await due(house)
        await waits(house, 10)
        assert await state(house, post_id) is PostState.FAILED
        told = text_of(house.admin.reads()[-1])
        assert "internal" not in told.lower()
        house.world.faults.clear()
        await house.admin.presses("دوباره بفرست")
        await house.settles()

        assert await state(house, post_id) is PostState.SENT
        assert len(house.posts()) == 1


# ── What is out, and what the staff is told ─────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "garbled", "body": "<html>", "acts": False},
        {"kind": "garbled"},
        {"kind": "page", "status": 403},
        {"kind": "refusal"},
    ],
)
async def test_a_take_down_is_tried_again(fault: dict[str, Any]) -> None:
    async with newsroom() as house:
        post_id = await due(house)
        await house.settles()
        house.world.faults.add(method="deleteMessages", times=2, **fault)
        async with house.newsroom.storage.begin() as db:
            await db.changes.add(post_id, ChangeKind.DELETE, NOON, by=ADMIN, now=NOON)
        await waits(house)

        assert house.posts() == []
        async with house.newsroom.storage.begin() as db:
            [change] = await db.changes.of_post(post_id)
        assert change.state is ChangeState.DONE


@pytest.mark.parametrize("kind", ["401", "page", "garbled", "refusal", "drop", "lost", "5xx", "429"])
async def test_no_fault_that_passes_drops_what_the_staff_is_told(kind: str) -> None:
    async with newsroom() as house:
        async with house.newsroom.storage.begin() as db:
            await db.notices.add(REPORTER, "sendMessage", {"chat_id": REPORTER, "text": "برای گزارشگر"})
        house.world.faults.add(method="sendMessage", chat=REPORTER, kind=kind, times=3)
        await waits(house, 2)

        assert "برای گزارشگر" in house.reporter.text()


async def test_what_can_be_told_to_nobody_is_counted_and_said_to_the_owners_once() -> None:
    async with newsroom() as house:
        house.owner.phone.send("/start")
        house.reporter.phone.send("/start")
        await house.settles()
        places.enroll(house.world, REPORTER, "bot", "kicked")
        async with house.newsroom.storage.begin() as db:
            for n in range(3):
                await db.notices.add(REPORTER, "sendMessage", {"chat_id": REPORTER, "text": f"پیام {n}"})
        await house.settles()

        async with house.newsroom.storage.begin() as db:
            assert await db.notices.dropped_by_chat() == {REPORTER: 3}
        assert sum("پیام برسانم" in text_of(message) for message in house.owner.reads()) == 1


# ── The start ───────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
async def starting() -> AsyncIterator[tuple[World, Newsroom]]:
    """A bot that has not yet said hello to Telegram."""
    world = World(frozen=True, now=NOON)
    settings = FixedSettings(telegram=TelegramSettings(token=SecretStr("1:demo")), database="sqlite://")
    bot = telegram_bot(settings, request=SimulatorRequest(world), polling=SimulatorRequest(world))
    newsroom = await Newsroom.open(settings, bot=bot)
    yield world, newsroom
    await newsroom.close()


@pytest.mark.parametrize("status", [401, 404, 403, 302])
async def test_at_the_start_a_page_from_in_between_is_waited_for_whatever_it_says(
    starting: tuple[World, Newsroom], status: int
) -> None:
    world, newsroom = starting
    world.faults.add(method="getMe", kind="page", status=status)
    with pytest.raises(Intercepted):  # `monadi run` tries again until Telegram itself answers
        await newsroom.greet()
    await newsroom.greet()


async def test_at_the_start_telegrams_own_refusal_of_the_token_is_a_fault_of_the_configuration(
    starting: tuple[World, Newsroom],
) -> None:
    world, newsroom = starting
    world.faults.add(method="getMe", kind="401")
    with pytest.raises(ConfigError):
        await newsroom.greet()


# ── Time ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("seconds", [3, 9, 20, 45])
async def test_what_is_carried_out_long_after_the_client_gave_up_is_out_once(seconds: int) -> None:
    async with newsroom() as house:
        await known(house)
        house.world.faults.add(method="sendMessage", chat=NEWS, kind="late", seconds=seconds)
        post_id = await due(house, OTHER)
        await house.settles()
        await waits(house)

        assert await state(house, post_id) is PostState.SENT
        assert len(house.posts()) == 2
        assert len(set(house.posts())) == 2


async def test_a_clock_that_is_set_back_is_told_of_once_and_holds_no_wait_up() -> None:
    async with newsroom() as house:
        house.owner.phone.send("/start")
        await known(house)
        house.world.faults.add(method="sendMessage", chat=NEWS, kind="lost")
        lost = await due(house, OTHER)
        await house.settles()
        later = await due(
            house, replace(SHORT, headline="بعدی"), at=house.world.clock.now() + timedelta(minutes=5)
        )
        house.world.clock.advance(-7200)
        before = len(house.owner.reads())
        await waits(house, 3)

        assert await state(house, lost) is PostState.SENT
        assert await state(house, later) is PostState.PENDING
        told = [text_of(message) for message in house.owner.reads()[before:]]
        assert len([text for text in told if "۲ ساعت" in text and "۱ پست" in text]) == 1
        await house.passes(7200 + 300)
        assert await state(house, later) is PostState.SENT
        assert len(house.posts()) == 3


# ── What is shown for a look ────────────────────────────────────────────────────────────────────────


async def test_a_process_killed_between_forward_and_deletion_leaves_no_forward(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/newsroom.db"
    world = World(frozen=True, now=NOON)
    async with newsroom(database, world) as house:
        house.owner.phone.send("/start")
        await known(house)
        shown = {"chat_id": OWNER, "from_chat_id": NEWS, "message_id": 1, "protect_content": True}
        async with house.newsroom.storage.begin() as db:
            for _ in range(2):
                await db.shown.begin(OWNER, NEWS, 1, NOON)
        for _ in range(2):
            await calls.call(house.newsroom.bot, "forwardMessage", shown)
        assert sum("forward_origin" in message for message in house.owner.reads()) == 2
        said = len(house.owner.reads()) - 2
    async with newsroom(database, world) as house:
        await house.passes(1)
        await house.passes(30)

        assert not any("forward_origin" in message for message in house.owner.reads())
        assert len(house.owner.reads()) >= said


@pytest.mark.parametrize("groups", [(), (DESK_GROUP,)])
async def test_where_nobody_has_opened_the_chat_the_desks_group_is_shown_it(groups: tuple[int, ...]) -> None:
    async with newsroom(desk=DeskSettings(groups=groups)) as house:
        for person in (OWNER, ADMIN):
            places.enroll(house.world, person, "bot", "kicked")
        places.enroll(house.world, DESK_GROUP, "bot", "member")
        await known(house)
        before = house.owner.reads(DESK_GROUP)
        house.world.faults.add(method="sendMessage", chat=NEWS, kind="lost")
        post_id = await due(house, OTHER)
        await waits(house)

        assert await state(house, post_id) is (PostState.SENT if groups else PostState.UNCONFIRMED)
        assert house.owner.reads(DESK_GROUP) == before, "and nothing of it stays there"
