"""What the bot may put into a chat, and how Telegram says no."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.simulator import dispatch, places, schema
from bot.simulator.chats import Member, administrator
from bot.simulator.make_bot_api import table
from bot.simulator.world import World
from tests.simulator.calling import api, done, refused

NEWS, DESK = -1001000000001, -1001000000003
SPECIFICATION = Path(__file__).parents[2].parent / "shared" / "telegram" / "bot-api-10.1.json"


async def test_a_post_is_the_channels_own_by_id_and_by_name(world: World) -> None:
    first = await done(world, "sendMessage", chat_id="@News", text="یک")
    second = await done(world, "sendMessage", chat_id=str(NEWS), text="دو")

    assert "from" not in first
    assert (
        first["sender_chat"]
        == first["chat"]
        == {"id": NEWS, "type": "channel", "title": "خبر", "username": "news"}
    )
    assert (first["message_id"], second["message_id"]) == (1, 2)


async def test_in_a_private_chat_the_bot_writes_under_its_name(world: World) -> None:
    message = await done(world, "sendMessage", chat_id=101, text="سلام")

    assert message["from"]["is_bot"]
    assert message["chat"]["type"] == "private"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": "", "text": "x"}, "chat_id is empty"),
        ({"chat_id": 999, "text": "x"}, "chat not found"),
        ({"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ({"chat_id": "@reporter", "text": "x"}, "chat not found"),
        ({"chat_id": "news", "text": "x"}, "chat not found"),
        ({"chat_id": 101}, "message text is empty"),
        ({"chat_id": 101, "text": " \n"}, "text must be non-empty"),
        ({"chat_id": 101, "text": "ا" * 4097}, "message is too long"),
        ({"chat_id": 101, "text": "ا" * 16385}, "text is too long"),
        ({"chat_id": 101, "text": "\ud800"}, "strings must be encoded in UTF-8"),
        ({"chat_id": 101, "text": "<b>x", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag"),
        ({"chat_id": 101, "text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        ({"chat_id": 101, "text": "x", "reply_markup": "{"}, "can't parse reply markup JSON object"),
        (
            {"chat_id": 101, "text": "x", "reply_parameters": {"message_id": 9}},
            "message to be replied not found",
        ),
        (
            {"chat_id": 101, "text": "x", "reply_parameters": {}},
            "can't parse ReplyParameters: Can't find field \"mess",
        ),
    ],
)
async def test_refusals_of_a_text(world: World, call: Any, words: Any) -> None:
    code, description = await refused(world, "sendMessage", **call)

    assert code == 400
    assert description.startswith(f"Bad Request: {words}")


async def test_the_house_refuses_what_telegram_would_swallow(world: World) -> None:
    code, description = await refused(
        world, "sendMessage", chat_id=101, text="x", disable_web_page_preview=True
    )
    assert (code, description) == (
        400,
        'SIMULATOR: unknown parameter "disable_web_page_preview" of sendMessage',
    )

    _, description = await refused(
        world, "sendMessage", chat_id=101, text="x", link_preview_options={"off": True}
    )
    assert description.startswith('SIMULATOR: unknown field "off"')
    _, description = await refused(world, "sendMessage", chat_id=101, text="x", protect_content="perhaps")
    assert description.startswith('SIMULATOR: "protect_content" must be Boolean')


async def test_the_lenient_world_has_telegrams_silent_ways() -> None:
    world = World(lenient=True)

    await done(world, "sendMessage", chat_id=101, text="x", nonsense=1, link_preview_options={"off": True})


@pytest.mark.parametrize("method", ["sendPoll", "SENDLOCATION", "banChatMember", "logOut"])
async def test_what_is_documented_but_not_simulated_is_said_to_be_so(world: World, method: str) -> None:
    parameters: dict[str, Any] = {
        "sendPoll": {"chat_id": 101, "question": "?", "options": [{"text": "a"}]},
        "SENDLOCATION": {"chat_id": 101, "latitude": 1.5, "longitude": "2"},
        "banChatMember": {"chat_id": NEWS, "user_id": 105},
    }
    code, description = await refused(world, method, **parameters.get(method, {}))

    assert code == 501
    assert description.startswith("SIMULATOR: ")


def test_the_table_of_methods_is_made_of_the_specification() -> None:
    if not SPECIFICATION.exists():
        pytest.skip("the specification is not on this machine")

    made = table(json.loads(SPECIFICATION.read_text(encoding="utf-8")))
    assert json.loads(Path(schema.__file__).with_name("bot_api.json").read_text(encoding="utf-8")) == made
    assert set(dispatch.METHODS) <= set(made["methods"])


async def test_unknown_methods_and_other_tokens(world: World) -> None:
    assert await refused(world, "sendEverything") == (404, "Not Found: method not found")
    other = await dispatch.call(world, "2:u", "getMe", {})
    assert (other.status, other.body["description"]) == (401, "Unauthorized: invalid token specified")


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "الف", "callback_data": "ب" * 32 + "a"}, "Bad Request: BUTTON_DATA_INVALID"),
        ({"text": "الف", "callback_data": ""}, "Bad Request: BUTTON_DATA_INVALID"),
        ({"text": "الف", "url": "javascript:x"}, "Bad Request: BUTTON_URL_INVALID"),
        ({"text": "الف", "url": "https://localhost/x"}, "Bad Request: BUTTON_URL_INVALID"),
        ({"text": "الف"}, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed"),
        (
            {"text": "الف", "url": "https://x.ir", "callback_data": "x"},
            "SIMULATOR: an inline button has one action",
        ),
        ({"text": "الف", "data": "x"}, 'SIMULATOR: unknown field "data"'),
        ({"callback_data": "x"}, "Bad Request: can't parse InlineKeyboardButton: Can't find field \"text\""),
    ],
)
async def test_buttons_are_looked_at(world: World, button: Any, words: Any) -> None:
    markup = {"inline_keyboard": [[button]]}

    assert (await refused(world, "sendMessage", chat_id=101, text="x", reply_markup=markup))[1].startswith(
        words
    )


async def test_a_keyboard_of_64_bytes_is_kept_in_the_message(world: World) -> None:
    markup = {"inline_keyboard": [[{"text": "الف", "callback_data": "ب" * 32}], []]}
    message = await done(world, "sendMessage", chat_id=NEWS, text="x", reply_markup=json.dumps(markup))

    assert message["reply_markup"] == {"inline_keyboard": markup["inline_keyboard"][:1]}
    _, words = await refused(world, "sendMessage", chat_id=NEWS, text="x", reply_markup={"force_reply": True})
    assert words == "Bad Request: inline keyboard expected"


@pytest.mark.parametrize(
    ("chat", "member", "refusal"),
    [
        (
            NEWS,
            administrator("channel", can_post_messages=False),
            (400, "Bad Request: need administrator rights in the channel chat"),
        ),
        (NEWS, Member(status="member"), (400, "Bad Request: need administrator rights in the channel chat")),
        (NEWS, Member(status="left"), (403, "Forbidden: bot is not a member of the channel chat")),
        (NEWS, Member(status="kicked"), (403, "Forbidden: bot was kicked from the channel chat")),
        (DESK, Member(status="kicked"), (403, "Forbidden: bot was kicked from the supergroup chat")),
        (
            DESK,
            Member(status="restricted"),
            (400, "Bad Request: not enough rights to send text messages to the chat"),
        ),
        (105, Member(status="kicked"), (403, "Forbidden: bot was blocked by the user")),
        (105, Member(status="left"), (403, "Forbidden: bot can't initiate conversation with a user")),
    ],
)
async def test_rights_to_write(world: World, chat: Any, member: Any, refusal: Any) -> None:
    world.chats[chat].bot = member

    assert await refused(world, "sendMessage", chat_id=chat, text="x") == refusal


async def test_a_group_that_was_upgraded_names_its_new_id(world: World) -> None:
    group = places.found(world, "group", "گروه")
    places.enroll(world, group["id"], "bot", "member")
    await done(world, "sendMessage", chat_id=group["id"], text="پیش")
    moved = places.upgrade(world, group["id"])

    body = await api(world, "sendMessage", chat_id=group["id"], text="پس")
    assert body["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert body["parameters"] == {"migrate_to_chat_id": moved["id"]}
    assert (await done(world, "sendMessage", chat_id=moved["id"], text="پس"))["chat"]["type"] == "supergroup"


async def test_a_reply_carries_the_message_or_does_without(world: World) -> None:
    first = await done(world, "sendMessage", chat_id=101, text="سرخط خبر")
    reply = {"message_id": first["message_id"], "quote": "خبر"}
    second = await done(world, "sendMessage", chat_id=101, text="x", reply_parameters=reply)
    loose = {"message_id": 99, "allow_sending_without_reply": True}
    third = await done(world, "sendMessage", chat_id=101, text="x", reply_parameters=loose)

    assert second["reply_to_message"]["text"] == "سرخط خبر"
    assert second["quote"] == {"text": "خبر", "position": 5, "is_manual": True}
    assert "reply_to_message" not in third


async def test_rates_are_kept_on_the_worlds_clock() -> None:
    world = World(frozen=True, rates=1)
    for _ in range(5):
        await done(world, "sendMessage", chat_id=NEWS, text="x")

    answer = await dispatch.call(world, "1:t", "sendMessage", {"chat_id": NEWS, "text": "x"})
    assert answer.status == 429
    assert answer.body["description"] == f"Too Many Requests: retry after {answer.retry_after}"
    assert answer.retry_after
    world.clock.advance(answer.retry_after)
    await done(world, "sendMessage", chat_id=NEWS, text="x")


async def test_a_channel_takes_twenty_a_minute() -> None:
    world = World(frozen=True, rates=1)
    for _ in range(20):
        world.clock.advance(1)
        await done(world, "sendMessage", chat_id=NEWS, text="x")

    world.clock.advance(1)
    assert (await refused(world, "sendMessage", chat_id=NEWS, text="x"))[0] == 429
    assert (await api(world, "sendMessage", chat_id=101, text="x"))["ok"]


async def test_a_world_in_a_hurry_allows_a_multiple() -> None:
    world = World(frozen=True, rates=60)
    for _ in range(20):
        world.clock.advance(1 / 20)
        await done(world, "sendMessage", chat_id=NEWS, text="x")

    assert (await api(world, "sendMessage", chat_id=NEWS, text="x"))["parameters"] == {"retry_after": 1}
    world.clock.advance(1)
    await done(world, "sendMessage", chat_id=NEWS, text="x")
