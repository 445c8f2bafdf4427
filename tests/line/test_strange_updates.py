"""Updates of any shape: none stops the mail, what can't be read is put aside, and its sender hears of it."""

import asyncio
import copy
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from structlog.testing import capture_logs
from telegram import Bot

from bot.errors import SendError
from bot.line import doors, ingest
from bot.news.talk import InboxState
from storage.schema_talk import inbox
from tests.newsroom import NEWS, NOON, READER, REPORTER, House, newsroom

DATE = int(NOON.timestamp())
STAFF = {"id": REPORTER, "is_bot": False, "first_name": "ریحانه"}
PRIVATE = {"id": REPORTER, "type": "private", "first_name": "ریحانه"}
CHANNEL = {"id": NEWS, "type": "channel", "title": "خبر"}
GROUP = {"id": -1001000000003, "type": "supergroup", "title": "میز خبر"}
COMMAND = [{"type": "bot_command", "offset": 0, "length": 5}]
SAID = {"message_id": 5, "date": DATE, "chat": PRIVATE, "from": STAFF, "text": "/help", "entities": COMMAND}
MEMBER = {"user": {"id": 7000000001, "is_bot": True, "first_name": "ربات"}, "status": "left"}
USUAL: tuple[dict[str, Any], ...] = (
    {"message": SAID},
    {"message": {**SAID, "chat": GROUP}},
    {"message": {**SAID, "from": {**STAFF, "id": READER}, "chat": {**PRIVATE, "id": READER}}},
    {"message": {**SAID, "text": "شهرداری بیست اتوبوس خرید.", "entities": [], "photo": [{"file_id": "a"}]}},
    {"message": {**SAID, "forward_origin": {"type": "user", "date": DATE, "sender_user": STAFF}}},
    {"callback_query": {"id": "1", "from": STAFF, "message": SAID, "chat_instance": "1", "data": "open:1"}},
    {"callback_query": {"id": "2", "from": {**STAFF, "id": READER}, "chat_instance": "1", "data": "open:1"}},
    {"channel_post": {"message_id": 3, "date": DATE, "chat": CHANNEL, "text": "پست"}},
    {
        "my_chat_member": {
            "chat": CHANNEL,
            "from": STAFF,
            "date": DATE,
            "old_chat_member": MEMBER,
            "new_chat_member": MEMBER,
        }
    },
    {"edited_message": SAID},
    {"poll": {"id": "1"}},
)


def nested(depth: int) -> list[Any]:
    inner: list[Any] = []
    for _ in range(depth):
        inner = [inner]
    return inner


ODD: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1.5,
    float("nan"),
    2**63,
    2**70,
    -(10**14),
    "",
    "x",
    "\x00\ud800",
    "ب" * 500,
    [],
    [None],
    {},
    {"id": None},
    nested(5),
    nested(40),
)


class Server:
    """A Bot API that gives what it is told to give, until its number is confirmed."""

    username = "newsroom_bot"
    request = None  # no line to it: it has never refused a button

    def __init__(self, updates: list[Any]) -> None:
        self.waiting = updates

    async def do_api_request(self, method: str, api_kwargs: dict[str, Any], **_: Any) -> list[Any]:
        assert method == "getUpdates"
        offset = api_kwargs.get("offset", 0)
        self.waiting = [each for each in self.waiting if number_of(each) >= offset]
        return copy.deepcopy(self.waiting[:100]) if not is_deep(self.waiting) else self.waiting[:100]


def number_of(update: Any) -> float:
    """One without a number is confirmed with whatever is behind it, as Telegram's own counting would."""
    number = update.get("update_id") if isinstance(update, dict) else None
    if isinstance(number, int) and not isinstance(number, bool):
        return number
    return float("inf")


def is_deep(updates: list[Any]) -> bool:
    try:
        copy.deepcopy(updates)
    except RecursionError:
        return True
    return False


async def reads(house: House, updates: list[Any]) -> None:
    """The bot reads this mail, and does all there is to do about it."""
    bot, room = cast("Bot", Server(updates)), house.newsroom
    for _ in range(3):
        try:
            if not await ingest.pull(bot, room.storage, room.clock, wait=0, doors=room.doors):
                break
        except SendError:
            break
    room.postman.told.brought()
    while await ingest.handle_next(room.storage, room.clock, room.reception):
        pass
    await house.settles()


async def states(house: House) -> dict[int, str]:
    async with house.newsroom.storage.begin() as db:
        rows = await db.inbox._connection.execute(text("SELECT * FROM inbox"))
        return {row.update_id: row.state for row in rows}


@pytest.mark.parametrize(
    "odd",
    [
        {"channel_post": {"message_id": 3, "date": DATE, "text": "بی‌کانال"}},
        {"channel_post": {"message_id": 2**70, "date": DATE, "chat": CHANNEL}},
        {"channel_post": {"message_id": 3, "date": DATE, "chat": {**CHANNEL, "id": -(2**70)}}},
        {"channel_post": None},
        {"message": None},
        {"message": []},
        {"message": {"message_id": 1}},
        {"message": {**SAID, "date": -(10**14)}},
        {"message": {**SAID, "from": {**STAFF, "id": 2**70}}},
        {"message": {**SAID, "chat": {**PRIVATE, "id": [1]}}},
        {"message": {**SAID, "entities": {"a": 1}}},
        {"message": {**SAID, "photo": [None]}},
        {"message": {**SAID, "reply_to_message": nested(5_000)}},
        {"message": {**SAID, "text": "ب" * 5_000_000, "entities": []}},
        {"callback_query": {"id": 5, "from": STAFF}},
        {"callback_query": {"id": "5", "from": None}},
        {"my_chat_member": {"chat": CHANNEL}},
        {"my_chat_member": {"chat": GROUP, "from": STAFF, "new_chat_member": None}},
        {},
    ],
)
async def test_what_is_behind_an_odd_update_is_answered(odd: dict[str, Any]) -> None:
    async with newsroom() as house:
        with capture_logs() as logged:
            await reads(house, [{"update_id": 400_000, **odd}, {"update_id": 400_001, "message": SAID}])

        assert "کارهایی که از من برمی‌آید" in house.reporter.text()
        assert InboxState.PENDING not in (await states(house)).values()
        assert len(logged) <= 1


@pytest.mark.parametrize("number", [None, "x", 2**70, -1, True, 1.5, [1]], ids=str)
async def test_an_update_without_a_number_that_can_be_kept_keeps_no_other_out(number: Any) -> None:
    async with newsroom() as house:
        odd: list[Any] = [{"update_id": number, "message": SAID}, {"message": SAID}, None, "x", []]
        with capture_logs():
            await reads(
                house,
                [{"update_id": 400_000, "message": SAID}, *odd, {"update_id": 400_006, "message": SAID}],
            )

        help_ = [m for m in house.reporter.reads() if "کارهایی که از من" in m.get("text", "")]
        assert len(help_) == 2  # what has no number is given again, and must be nobody's word twice
        assert max(await states(house)) == house.newsroom.doors.newest == 400_006


async def test_if_nothing_has_a_number_telegram_is_asked_again_later() -> None:
    async with newsroom() as house:
        bot = cast("Bot", Server([{"update_id": 2**70, "message": SAID}]))
        with capture_logs() as logged, pytest.raises(SendError):
            await ingest.pull(bot, house.newsroom.storage, house.newsroom.clock, wait=0)

        assert logged == []  # `bot.line.postman` says once why there is no mail


async def test_a_member_of_staff_hears_that_something_could_not_be_read() -> None:
    async with newsroom() as house:
        with capture_logs() as logged:
            await reads(house, [{"update_id": 400_000, "message": {**SAID, "chat": None}}])

        assert "خطایی از سوی ما" in house.reporter.text()
        assert [line["event"] for line in logged] == ["update_unreadable"]


STANDING = {"chat": CHANNEL, "from": STAFF, "date": DATE, "old_chat_member": MEMBER}
PRESS = {"id": "1", "from": STAFF, "message": SAID, "chat_instance": "1", "data": "open:1"}


@pytest.mark.parametrize(
    "odd",
    [
        {"message": {**SAID, "text": 5}},
        {"message": {**SAID, "from": {**STAFF, "first_name": 7}}},
        {"callback_query": {**PRESS, "data": {"a": 1}}},
        {"my_chat_member": {**STANDING, "new_chat_member": {**MEMBER, "status": ""}}},
    ],
    ids=["text", "name", "data", "standing"],
)
async def test_words_that_are_none_are_put_aside_with_one_line(odd: dict[str, Any]) -> None:
    async with newsroom() as house:
        with capture_logs() as logged:
            await reads(house, [{"update_id": 400_000, **odd}])

        assert [line["event"] for line in logged] == ["update_unreadable"]
        assert "خطایی از سوی ما" in house.reporter.text()


async def test_a_person_whose_name_is_none_is_called_by_their_number() -> None:
    async with newsroom() as house:
        nameless = {**SAID, "from": {**STAFF, "first_name": None}, "text": "/help"}
        with capture_logs() as logged:
            await reads(house, [{"update_id": 400_000, "message": nameless}])

        assert logged == []
        assert "/drafts" in house.reporter.text()


async def test_of_what_can_not_be_read_a_little_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "ASIDE", 20)
    async with newsroom() as house:
        odd = [{"update_id": 400_000 + number, "message": {"text": "x" * 10_000}} for number in range(60)]
        with capture_logs():
            await reads(house, odd)

        kept = [number for number, state in (await states(house)).items() if state == InboxState.FAILED]
        assert len(kept) <= 21
        async with house.newsroom.storage.begin() as db:
            payloads = await db.inbox._connection.scalars(select(inbox.c.payload))
            assert max(len(str(payload)) for payload in payloads) < 3000


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place inside an update."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path] * bool(path) + [found for key, item in inner for found in paths(item, (*path, key))]


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """An update as it should be, with one or two places in it that are not."""
    update: dict[str, Any] = copy.deepcopy(draw(st.sampled_from(USUAL)))
    for _ in range(draw(st.integers(1, 2))):
        places = paths(update)
        if not places:
            break
        *way, last = draw(st.sampled_from(places))
        parent: Any = update
        for key in way:
            parent = parent[key]
        if draw(st.booleans()) and isinstance(parent, dict):
            del parent[last]
        else:
            parent[last] = copy.deepcopy(draw(st.sampled_from(ODD)))  # it may be changed in its turn
    return update


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(mutated(), min_size=5, max_size=25))
def test_whatever_is_wrong_with_updates_the_mail_goes_on(updates: list[dict[str, Any]]) -> None:
    asyncio.run(_read_all(updates))


async def _read_all(updates: list[dict[str, Any]]) -> None:
    async with newsroom() as house:
        numbered = [{"update_id": 400_000 + number, **update} for number, update in enumerate(updates)]
        entities = [{"type": "bot_command", "offset": 0, "length": 7}]
        behind = {"update_id": 500_000, "message": {**SAID, "text": "/cancel", "entities": entities}}
        with capture_logs():
            await reads(house, [*numbered, behind])

        assert "منتظر پاسخی" in "".join(m.get("text", "") for m in house.reporter.reads())
        assert InboxState.PENDING not in (await states(house)).values()
