"""People in the world, and what the bot hears of them."""

import asyncio
from typing import Any

import pytest

from bot.simulator import dispatch, places
from bot.simulator.people import Person
from bot.simulator.refusal import NotPossible
from bot.simulator.world import World
from tests.simulator.calling import done

NEWS, DESK = -1001000000001, -1001000000003
KEYS = {
    "inline_keyboard": [[{"text": "تأیید", "callback_data": "ok"}, {"text": "سایت", "url": "https://x.ir"}]]
}


def heard(world: World) -> Any:
    return world.updates.pending[-1]


def test_the_cast_is_there(world: World) -> None:
    chats = {chat["id"]: chat for chat in world.listed()}

    assert list(chats) == [101, 102, 103, 104, 105, NEWS, -1001000000002, DESK]
    assert all(chats[number]["type"] == "private" for number in range(101, 106))
    assert (chats[NEWS]["type"], chats[NEWS]["username"], chats[DESK]["type"]) == (
        "channel",
        "news",
        "supergroup",
    )


async def test_who_is_what_in_a_channel(world: World) -> None:
    admins = await done(world, "getChatAdministrators", chat_id="@news")
    me = await done(world, "getMe")

    assert {member["user"]["id"] for member in admins} == {me["id"], 103, 104}
    assert all(member["can_post_messages"] for member in admins)
    assert (await done(world, "getChatMember", chat_id=NEWS, user_id=105))["status"] == "member"
    assert (await done(world, "getChatMember", chat_id=NEWS, user_id=101))["status"] == "left"
    assert await done(world, "getChatMemberCount", chat_id=DESK) == 5


def test_a_message_reaches_the_bot_with_its_commands_found(world: World) -> None:
    written = Person(world, 101).send("/start سلام")[0]

    assert written["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert heard(world)["message"] == written
    assert written["from"]["id"] == written["chat"]["id"] == 101


def test_a_long_paste_becomes_several_messages_with_their_entities(world: World) -> None:
    text = "الف " * 1500
    entity = {"type": "bold", "offset": 4000, "length": 1000}
    first, second = Person(world, 101).send(text, entities=[entity])

    assert (first["text"] + " " + second["text"]).split() == text.split()
    assert first["entities"][0]["offset"] == 4000
    assert second["entities"][0]["offset"] == 0
    assert len(world.updates.pending) == 2


def test_pictures_files_forwards_and_replies(world: World) -> None:
    reporter = Person(world, 101)
    picture = reporter.send("شرح", photo=True, media_group_id=7)[0]
    paper = reporter.send(document="متن.txt")[0]
    reply = reporter.send("جواب", reply_to_message_id=picture["message_id"])[0]
    post = Person(world, 103).send("پست", NEWS)[0]
    forward = reporter.send(forward_from_chat="@news", forward_from_message_id=post["message_id"])[0]

    assert (picture["caption"], picture["media_group_id"], len(picture["photo"])) == ("شرح", "7", 3)
    assert paper["document"]["file_name"] == "متن.txt"
    assert reply["reply_to_message"]["message_id"] == picture["message_id"]
    assert (forward["text"], forward["forward_origin"]["chat"]["id"]) == ("پست", NEWS)


def test_an_edit_of_a_person_is_heard_as_such(world: World) -> None:
    reporter = Person(world, 101)
    edited = reporter.edit(reporter.send("پیش")[0], "پس #خبر")

    assert heard(world)["edited_message"] == edited == reporter.last()
    assert edited["entities"][0]["type"] == "hashtag"


def test_a_post_by_hand_has_no_sender(world: World) -> None:
    written = Person(world, 103).send("پست", "@news")[0]

    assert "from" not in written
    assert heard(world)["channel_post"] == written


@pytest.mark.parametrize(
    ("who", "chat", "text", "code"),
    [
        (105, NEWS, "x", 403),
        (105, DESK, "x", 403),
        (101, 102, "x", 403),
        (101, -42, "x", 404),
        (101, 101, " ", 400),
    ],
)
def test_what_people_can_not_write(world: World, who: int, chat: Any, text: Any, code: Any) -> None:
    with pytest.raises(NotPossible) as no:
        Person(world, who).send(text, chat)

    assert no.value.code == code
    assert world.updates.pending == []


def test_half_a_character_arrives_as_the_wire_would_bring_it(world: World) -> None:
    assert Person(world, 101).send("نیمه \udcff")[0]["text"] == "نیمه \ufffd"


def test_a_stranger_who_writes_has_a_chat_from_then_on(world: World) -> None:
    Person(world, 777).send("سلام")

    assert heard(world)["message"]["from"]["id"] == 777
    assert world.listed()[-1]["id"] == 777


async def test_a_press_is_answered_once(world: World) -> None:
    await done(world, "sendMessage", chat_id=101, text="کارت", reply_markup=KEYS)
    pressing = asyncio.ensure_future(Person(world, 101).press("تأیید"))
    await asyncio.sleep(0)
    query = heard(world)["callback_query"]
    await done(world, "answerCallbackQuery", callback_query_id=query["id"], text="باشد", show_alert=True)

    assert await pressing == {"text": "باشد", "show_alert": True}
    assert (query["data"], query["message"]["text"], query["from"]["id"]) == ("ok", "کارت", 101)
    again = (
        await dispatch.call(world, "1:t", "answerCallbackQuery", {"callback_query_id": query["id"]})
    ).body
    assert (
        again["description"]
        == "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )


async def test_a_press_that_is_not_answered_gives_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.simulator.pressing.WAIT", 0.01)
    await done(world, "sendMessage", chat_id=101, text="کارت", reply_markup=KEYS)

    assert await Person(world, 101).press("ok") is None


async def test_forged_presses_reach_the_bot_and_impossible_ones_do_not(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.simulator.pressing.WAIT", 0.01)
    message = await done(world, "sendMessage", chat_id=101, text="کارت", reply_markup=KEYS)

    await Person(world, 101).press("anything", forged=True)
    assert heard(world)["callback_query"]["data"] == "anything"
    for who, button in ((101, "سایت"), (101, "نیست"), (102, "تأیید")):
        with pytest.raises(NotPossible):
            await Person(world, who).press(button, message)
    assert len(world.updates.pending) == 1


async def test_the_bot_hears_that_it_was_thrown_out_and_let_in_again(world: World) -> None:
    await done(world, "getMe")
    places.enroll(world, NEWS, "bot", "kicked")
    change = heard(world)["my_chat_member"]
    places.enroll(world, NEWS, "bot", "administrator", rights={"can_edit_messages": False}, by=104)
    back = heard(world)["my_chat_member"]

    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == (
        "administrator",
        "kicked",
    )
    assert (change["from"]["id"], back["from"]["id"]) == (103, 104)
    assert (back["new_chat_member"]["can_post_messages"], back["new_chat_member"]["can_edit_messages"]) == (
        True,
        False,
    )


async def test_a_bot_that_administers_nothing_sees_itself_only(world: World) -> None:
    bot_id = (await done(world, "getMe"))["id"]
    places.enroll(world, NEWS, "bot", "member")

    assert (await done(world, "getChatMember", chat_id=NEWS, user_id=bot_id))["status"] == "member"
    for method, more in (("getChatMember", {"user_id": 103}), ("getChatAdministrators", {})):
        answer = await dispatch.call(world, "1:t", method, {"chat_id": NEWS, **more})
        assert answer.body["description"] == "Bad Request: member list is inaccessible"


async def test_leaving_and_blocking_are_heard_too(world: World) -> None:
    await done(world, "leaveChat", chat_id=NEWS)
    assert heard(world)["my_chat_member"]["new_chat_member"]["status"] == "left"
    Person(world, 101).block()
    assert heard(world)["my_chat_member"]["chat"]["id"] == 101
    Person(world, 101).send("برگشتم")
    assert heard(world)["message"]["text"] == "برگشتم"
    assert world.updates.pending[-2]["my_chat_member"]["new_chat_member"]["status"] == "member"


async def test_a_bot_that_is_out_does_not_hear_the_channel(world: World) -> None:
    places.enroll(world, NEWS, "bot", "left")
    world.updates.pending.clear()
    Person(world, 103).send("پست", NEWS)

    assert world.updates.pending == []


async def test_others_comings_and_goings_only_on_request(world: World) -> None:
    places.enroll(world, NEWS, 101, "member")
    assert world.updates.pending == []
    await done(world, "getUpdates", allowed_updates=["chat_member"])
    places.enroll(world, NEWS, 101, "left")

    assert heard(world)["chat_member"]["new_chat_member"]["status"] == "left"


@pytest.mark.parametrize(("status", "rights"), [("emperor", None), ("administrator", {"can_fly": True})])
def test_no_such_standing(world: World, status: Any, rights: Any) -> None:
    with pytest.raises(NotPossible):
        places.enroll(world, NEWS, "bot", status, rights=rights)


async def test_commands_by_scope_and_language_and_the_menu(world: World) -> None:
    fa = [{"command": "queue", "description": "صف"}]
    chat = {"type": "chat", "chat_id": 101}
    await done(world, "setMyCommands", commands=fa, scope=chat, language_code="fa")

    assert await done(world, "getMyCommands", scope=chat, language_code="fa") == fa
    assert await done(world, "getMyCommands", scope=chat) == []
    await done(world, "deleteMyCommands", scope=chat, language_code="fa")
    assert await done(world, "getMyCommands", scope=chat, language_code="fa") == []
    bad = (
        await dispatch.call(
            world, "1:t", "setMyCommands", {"commands": [{"command": "صف", "description": "x"}]}
        )
    ).body
    assert bad["description"] == "Bad Request: BOT_COMMAND_INVALID"
    await done(world, "setChatMenuButton", chat_id=101, menu_button={"type": "commands"})
    assert await done(world, "getChatMenuButton", chat_id=101) == {"type": "commands"}


def test_the_clock_is_set_moved_and_stands_when_frozen(world: World) -> None:
    before = world.clock.now()
    world.clock.advance(90)

    assert (world.clock.now() - before).total_seconds() == 90
    assert world.clock.now() == world.clock.now()
    world.clock.set(before)
    assert Person(world, 101).send("سلام")[0]["date"] == int(before.timestamp())
    assert World().clock.now() < World().clock.now()
