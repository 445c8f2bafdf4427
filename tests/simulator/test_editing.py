"""What the bot may change in a message that is there."""

from typing import Any

from bot.simulator import places
from bot.simulator.chats import administrator
from bot.simulator.people import Person
from bot.simulator.world import World
from tests.simulator.calling import api, done

NEWS, DESK = -1001000000001, -1001000000003
PICTURE = "https://pictures.example/a.jpg"
KEYS = {"inline_keyboard": [[{"text": "تأیید", "callback_data": "ok"}]]}
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)


async def words(world: World, method: str, **parameters: Any) -> str:
    return str((await api(world, method, **parameters))["description"])


async def post(world: World, chat: Any = NEWS, **more: Any) -> dict[str, Any]:
    sent = await done(world, "sendMessage", chat_id=chat, text="پیش از ویرایش", **more)
    return {"chat_id": chat, "message_id": sent["message_id"]}


async def test_an_edit_replaces_text_and_keyboard_in_place(world: World) -> None:
    where = await post(world, reply_markup=KEYS)
    world.clock.advance(60)
    edited = await done(world, "editMessageText", **where, text="<b>پس</b>", parse_mode="HTML")

    assert edited["edit_date"] == edited["date"] + 60
    assert (edited["text"], "reply_markup" in edited) == ("پس", False)
    assert Person(world, 105).reads(NEWS) == [edited]


async def test_an_edit_that_changes_nothing_is_refused(world: World) -> None:
    where = await post(world, reply_markup=KEYS)

    assert (
        await words(world, "editMessageText", **where, text="پیش از ویرایش", reply_markup=KEYS)
        == NOT_MODIFIED
    )
    assert (
        await words(world, "editMessageText", **where, text=" پیش از ویرایش ", reply_markup=KEYS)
        == NOT_MODIFIED
    )
    assert await words(world, "editMessageReplyMarkup", **where, reply_markup=KEYS) == NOT_MODIFIED
    assert (await done(world, "editMessageText", **where, text="پیش از ویرایش"))["text"] == "پیش از ویرایش"


async def test_a_keyboard_alone_leaves_no_mark_of_editing(world: World) -> None:
    where = await post(world)
    edited = await done(world, "editMessageReplyMarkup", **where, reply_markup=KEYS)

    assert edited["reply_markup"] == KEYS
    assert "edit_date" not in edited


async def test_captions_and_media(world: World) -> None:
    sent = await done(world, "sendPhoto", chat_id=NEWS, photo=PICTURE, caption="یک")
    where = {"chat_id": NEWS, "message_id": sent["message_id"]}

    assert (await done(world, "editMessageCaption", **where, caption="دو"))["photo"] == sent["photo"]
    assert (
        await words(world, "editMessageText", **where, text="x")
        == "Bad Request: there is no text in the message to edit"
    )
    changed = await done(
        world, "editMessageMedia", **where, media={"type": "document", "media": "https://x.ir/a.pdf"}
    )
    assert ("photo" in changed, changed["document"]["file_name"]) == (False, "a.pdf")
    where = await post(world)
    assert await words(world, "editMessageCaption", **where, caption="x") == (
        "Bad Request: there is no caption in the message to edit"
    )


async def test_what_is_not_there_or_not_the_bots_can_not_be_edited(world: World) -> None:
    human = Person(world, 103).send("پست دستی", NEWS)[0]["message_id"]
    private = Person(world, 101).send("سلام")[0]["message_id"]

    assert (
        await words(world, "editMessageText", chat_id=101, message_id=99, text="x")
        == "Bad Request: message to edit not found"
    )
    assert (
        await words(world, "editMessageText", chat_id=101, text="x")
        == "Bad Request: message identifier is not specified"
    )
    assert (
        await words(world, "editMessageText", chat_id=101, message_id=private, text="x")
        == "Bad Request: message can't be edited"
    )
    assert (await done(world, "editMessageText", chat_id=NEWS, message_id=human, text="x"))["text"] == "x"
    world.chats[NEWS].bot = administrator("channel", can_edit_messages=False)
    assert (
        await words(world, "editMessageText", chat_id=NEWS, message_id=human, text="y")
        == "Bad Request: message can't be edited"
    )


async def test_forwards_and_messages_with_a_plain_keyboard_can_not_be_edited(world: World) -> None:
    await post(world)
    forwarded = await done(world, "forwardMessage", chat_id=101, from_chat_id=NEWS, message_id=1)
    asked = await post(world, 101, reply_markup={"force_reply": True})

    for number in (forwarded["message_id"], asked["message_id"]):
        assert (
            await words(world, "editMessageText", chat_id=101, message_id=number, text="x")
            == "Bad Request: message can't be edited"
        )


async def test_deleting(world: World) -> None:
    where = await post(world)
    assert await done(world, "deleteMessage", **where) is True
    assert await words(world, "deleteMessage", **where) == "Bad Request: message to delete not found"
    assert await done(world, "deleteMessages", chat_id=NEWS, message_ids=[1, 2, 3]) is True
    assert (await post(world))["message_id"] == 2

    human = Person(world, 102).send("در گروه", DESK)[0]["message_id"]
    assert (
        await words(world, "deleteMessage", chat_id=DESK, message_id=human)
        == "Bad Request: message can't be deleted"
    )
    where = await post(world, 101)
    world.clock.advance(49 * 3600)
    assert (
        await words(world, "deleteMessage", **where) == "Bad Request: message can't be deleted for everyone"
    )


async def test_a_pin_shows_leaves_a_service_message_and_is_told_to_the_bot(world: World) -> None:
    where = await post(world)
    await done(world, "pinChatMessage", **where)

    assert world.listed()[5]["pinned"] == [1]
    service = Person(world, 105).last("@news")
    assert (service["message_id"], service["pinned_message"]["message_id"]) == (2, 1)
    assert world.updates.pending[-1]["channel_post"] == service
    assert (await done(world, "getChat", chat_id=NEWS))["pinned_message"]["message_id"] == 1
    assert (
        await words(world, "copyMessage", chat_id=101, from_chat_id=NEWS, message_id=2)
        == "Bad Request: message can't be copied"
    )
    await done(world, "unpinChatMessage", chat_id=NEWS)
    assert await words(world, "unpinChatMessage", **where) == "Bad Request: message to unpin not found"


async def test_deleting_unpins_and_all_pins_go_at_once(world: World) -> None:
    first, second = await post(world), await post(world)
    for where in (first, second):
        await done(world, "pinChatMessage", **where)

    await done(world, "deleteMessage", **second)
    assert world.chats[NEWS].pinned == [1]
    await done(world, "unpinAllChatMessages", chat_id=NEWS)
    assert world.chats[NEWS].pinned == []


async def test_pins_need_rights(world: World) -> None:
    where, group = await post(world), await post(world, DESK)
    world.chats[NEWS].bot = administrator("channel", can_edit_messages=False)
    refusal = "Bad Request: not enough rights to manage pinned messages in the chat"

    assert await words(world, "pinChatMessage", **where) == refusal
    assert await words(world, "pinChatMessage", **group) == refusal
    places.enroll(world, DESK, "bot", "administrator", rights=["can_pin_messages"])
    assert await done(world, "pinChatMessage", **group) is True
    assert (
        await words(world, "pinChatMessage", chat_id=DESK, message_id=99)
        == "Bad Request: message to pin not found"
    )


async def test_nothing_is_deleted_after_two_days_but_it_can_still_be_edited(world: World) -> None:
    post = await done(world, "sendMessage", chat_id=NEWS, text="پست")
    where = {"chat_id": NEWS, "message_id": post["message_id"]}
    world.clock.advance(48 * 3600 + 1)

    assert await words(world, "deleteMessage", **where) == "Bad Request: message can't be deleted"
    said = await words(world, "deleteMessages", chat_id=NEWS, message_ids=[post["message_id"]])
    assert said == "Bad Request: message can't be deleted"
    assert (await done(world, "editMessageText", **where, text="پس گرفته شد"))["text"] == "پس گرفته شد"
