"""The in-process door: python-telegram-bot over a world, and troubles on demand."""

import asyncio
import json
from typing import Any

import httpx
import pytest
from telegram import InputMediaDocument, InputMediaPhoto
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.simulator import places
from bot.simulator.files import blank_picture
from bot.simulator.people import Person
from bot.simulator.world import World

NEWS = -1001000000001


async def test_ptb_reads_all_that_the_world_answers(world: World, bot: Any) -> None:
    Person(world, 101).send("/start")
    Person(world, 103).send("پست", NEWS)
    message, post = await bot.get_updates()

    assert message.message.text == "/start"
    assert post.channel_post.sender_chat.username == "news"
    assert (await bot.get_chat("@news")).accent_color_id == 0
    assert (await bot.get_chat_member(NEWS, bot.id)).can_post_messages
    assert len(await bot.get_chat_administrators(NEWS)) == 3
    sent = await bot.send_media_group(
        NEWS, [InputMediaPhoto(blank_picture()), InputMediaPhoto("https://x.ir/a.jpg")]
    )
    assert sent[0].media_group_id == sent[1].media_group_id
    file = await bot.get_file(sent[0].photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == blank_picture()
    edited = await bot.edit_message_media(
        InputMediaDocument(b"x", filename="a.txt"),
        NEWS,
        (await bot.send_document(NEWS, b"y", filename="b.txt")).message_id,
    )
    assert edited.document.file_name == "a.txt"
    assert await bot.pin_chat_message(NEWS, edited.message_id)
    assert await bot.set_my_commands([("start", "شروع")])
    assert (await bot.get_webhook_info()).url == ""


async def test_ptb_raises_what_telegram_makes_it_raise(world: World, bot: Any) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(404, "x")
    places.enroll(world, NEWS, "bot", "kicked")
    with pytest.raises(Forbidden, match="kicked from the channel chat"):
        await bot.send_message(NEWS, "x")
    group = places.found(world, "group", "گروه")
    places.enroll(world, group["id"], "bot", "member")
    moved = places.upgrade(world, group["id"])
    with pytest.raises(ChatMigrated) as migrated:
        await bot.send_message(group["id"], "x")
    assert migrated.value.new_chat_id == moved["id"]


async def test_faults_pass_some_calls_and_strike_so_many_times(
    world: World, bot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # else PTB warns of a change to come
    world.faults.add(kind="429", method="sendMessage", chat="@news", retry_after=7, times=2, after=1)

    await bot.send_message(NEWS, "نخست")
    for chat in (NEWS, "@news"):
        with pytest.raises(RetryAfter):
            await bot.send_message(chat, "دوم")
    await bot.send_message(101, "جای دیگر")
    await bot.send_message(NEWS, "دوم")
    assert [message["text"] for message in Person(world, 105).reads(NEWS)] == ["نخست", "دوم"]


async def test_faults_come_from_a_file_too_and_spare_polling_unless_it_is_named(
    world: World, bot: Any, tmp_path: Any
) -> None:
    file = tmp_path / "faults.json"
    file.write_text('[{"kind": "5xx"}, {"kind": "5xx", "method": "GETUPDATES"}]')
    world.faults.load(file)

    with pytest.raises(NetworkError):
        await bot.get_updates()
    with pytest.raises(NetworkError):
        await bot.get_chat(NEWS)
    assert await bot.get_updates(offset=1) == ()
    assert world.faults.listed() == []


async def test_lost_is_done_and_drop_is_not(world: World, bot: Any) -> None:
    world.faults.add(kind="lost", method="sendMessage")
    world.faults.add(kind="drop", method="sendMessage")
    world.faults.add(kind="5xx", method="sendMessage")

    with pytest.raises(NetworkError, match="Server disconnected without sending a response") as lost:
        await bot.send_message(101, "رسید")
    assert isinstance(lost.value.__cause__, httpx.RemoteProtocolError)
    with pytest.raises(NetworkError, match="ConnectError") as dropped:
        await bot.send_message(101, "نرسید")
    assert isinstance(dropped.value.__cause__, httpx.ConnectError)
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(101, "نرسید")
    assert [message["text"] for message in Person(world, 101).reads()] == ["رسید"]
    told = [(call["status"], call["description"]) for call in world.transcript.since(1)]
    assert told == [
        (None, "done, answer lost"),
        (None, "connection dropped, nothing done"),
        (502, "Bad Gateway"),
    ]


async def test_a_refusal_can_get_lost_too_and_nothing_is_done(world: World, bot: Any) -> None:
    world.faults.add(kind="lost", method="sendMessage")

    with pytest.raises(NetworkError, match="Server disconnected without sending a response"):
        await bot.send_message(NEWS, "ن" * 5000)

    assert Person(world, 105).reads(NEWS) == []
    assert world.transcript.since(1)[-1]["description"] == "refused, answer lost"


async def test_a_slow_answer_is_too_late_and_the_thing_is_done(world: World, bot: Any) -> None:
    world.faults.add(kind="slow", method="sendMessage", seconds=0.1)

    with pytest.raises(TimedOut):
        await bot.send_message(101, "دیر", read_timeout=0.01)
    assert Person(world, 101).last()["text"] == "دیر"


async def test_two_pollers_conflict(bot: Any) -> None:
    first = asyncio.ensure_future(bot.get_updates(timeout=5))
    await asyncio.sleep(0.01)
    second = asyncio.ensure_future(bot.get_updates(offset=1, timeout=5))

    with pytest.raises(Conflict):
        await first
    second.cancel()


async def test_the_transcript_tells_all_but_the_token(world: World, bot: Any) -> None:
    await bot.send_document(101, b"abc", caption="رمز 1:t است", filename="a.txt")
    call = world.transcript.since(1)[0]

    assert (call["n"], call["method"], call["status"], call["description"]) == (2, "sendDocument", 200, None)
    assert call["parameters"]["document"] == "<a.txt, 3 bytes>"
    assert "1:t" not in json.dumps(world.transcript.since(), ensure_ascii=False)


async def test_a_rich_post_is_kept_as_blocks(world: World, bot: Any) -> None:
    photo = {"type": "photo", "photo": {"type": "photo", "media": "https://x.ir/a.jpg"}}
    blocks = [{"type": "paragraph", "text": "سلام"}, photo]
    rich = {"blocks": blocks, "is_rtl": True, "skip_entity_detection": True}
    sent = await bot.do_api_request("sendRichMessage", {"chat_id": "@news", "rich_message": rich})

    assert sent["rich_message"]["is_rtl"]
    assert Person(world, 105).last("@news")["rich_message"]["blocks"][0]["type"] == "paragraph"
    assert await bot.get_file(sent["rich_message"]["blocks"][1]["photo"][-1]["file_id"])
    where = {"chat_id": NEWS, "message_id": sent["message_id"]}
    for media, words in (("attach://nothing", "Wrong file"), ("A" * 40, "Wrong file")):
        lost = [{"type": "photo", "photo": {"type": "photo", "media": media}}]
        with pytest.raises(BadRequest, match=words):
            await bot.do_api_request("sendRichMessage", {"chat_id": NEWS, "rich_message": {"blocks": lost}})
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.do_api_request("editMessageText", {**where, "rich_message": rich})
    plain = await bot.edit_message_text("ساده", NEWS, sent["message_id"])
    assert (plain.message_id, plain.text) == (sent["message_id"], "ساده")
