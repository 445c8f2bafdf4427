"""Pictures, files and albums, and what is sent on: forwards, copies, protected content."""

import json
from typing import Any

import pytest

from bot.simulator import places
from bot.simulator.chats import FILES, UNSENT
from bot.simulator.files import blank_picture
from bot.simulator.people import Person
from bot.simulator.schema import Upload
from bot.simulator.world import World
from tests.simulator.calling import done, refused

NEWS, DESK = -1001000000001, -1001000000003
PICTURE = "https://pictures.example/a.jpg"


async def test_pictures_come_as_an_upload_an_address_or_an_id(world: World) -> None:
    upload = {"p": Upload(name="a.png", content=blank_picture())}
    first = await done(world, "sendPhoto", upload, chat_id=NEWS, photo="attach://p", caption="#عکس")
    second = await done(world, "sendPhoto", chat_id=NEWS, photo=PICTURE)
    third = await done(world, "sendPhoto", chat_id=101, photo=first["photo"][-1]["file_id"])

    assert first["caption_entities"] == [{"type": "hashtag", "offset": 0, "length": 4}]
    assert second["photo"] != first["photo"] == third["photo"]
    file = await done(world, "getFile", file_id=first["photo"][-1]["file_id"])
    kept = world.files.read(file["file_path"])
    assert kept
    assert kept.content == blank_picture()


@pytest.mark.parametrize(
    ("photo", "words"),
    [
        ("https://example.com/missing.jpg", "Bad Request: failed to get HTTP URL content"),
        ("https://nowhere/x.jpg", "Bad Request: wrong HTTP URL specified"),
        ("something", "Bad Request: wrong file identifier/HTTP URL specified"),
        ("attach://nothing", "Bad Request: wrong file identifier/HTTP URL specified"),
        ("http://pictures.example/a.jpg", "SIMULATOR: files by URL must be https here"),
        ("", "Bad Request: there is no photo in the request"),
        (Upload(name="a.jpg", content=b"no picture"), "Bad Request: IMAGE_PROCESS_FAILED"),
        (Upload(name="a.jpg", content=b""), "Bad Request: file must be non-empty"),
    ],
)
async def test_what_is_no_picture(world: World, photo: Any, words: Any) -> None:
    assert (await refused(world, "sendPhoto", chat_id=NEWS, photo=photo))[1] == words


async def test_a_document_is_no_picture_and_captions_have_their_limit(world: World) -> None:
    document = (
        await done(world, "sendDocument", {"document": Upload(name="a.txt", content=b"x")}, chat_id=101)
    )["document"]

    assert (document["file_name"], document["mime_type"]) == ("a.txt", "text/plain")
    _, words = await refused(world, "sendPhoto", chat_id=101, photo=document["file_id"])
    assert words == "Bad Request: can't use file of type Document as Photo"
    _, words = await refused(world, "sendPhoto", chat_id=101, photo=PICTURE, caption="ا" * 1025)
    assert words == "Bad Request: message caption is too long"


async def test_an_album_is_several_messages_of_one_group(world: World) -> None:
    media = [
        {"type": "photo", "media": PICTURE, "caption": "یک"},
        {"type": "video", "media": "https://x.ir/v.mp4"},
    ]
    first, second = await done(world, "sendMediaGroup", chat_id=NEWS, media=json.dumps(media))

    assert first["media_group_id"] == second["media_group_id"]
    assert second["message_id"] == first["message_id"] + 1
    assert (first["caption"], "video" in second) == ("یک", True)


async def test_an_album_has_no_keyboard_and_one_picture_alone_is_no_album(world: World) -> None:
    one = [{"type": "photo", "media": PICTURE, "caption": "یک"}]
    keyboard = {"inline_keyboard": [[{"text": "سایت", "url": "https://example.com"}]]}
    _, words = await refused(world, "sendMediaGroup", chat_id=NEWS, media=one * 2, reply_markup=keyboard)
    assert words == 'SIMULATOR: unknown parameter "reply_markup" of sendMediaGroup'

    world.lenient = True
    (alone,) = await done(world, "sendMediaGroup", chat_id=NEWS, media=one)
    first, _ = await done(world, "sendMediaGroup", chat_id=NEWS, media=one * 2, reply_markup=keyboard)
    assert (alone["caption"], "media_group_id" in alone) == ("یک", False)
    assert "reply_markup" not in first


async def test_the_words_of_an_album_are_changed_under_its_first_picture(world: World) -> None:
    one = {"type": "photo", "media": PICTURE}
    first, second = await done(world, "sendMediaGroup", chat_id=NEWS, media=[{**one, "caption": "یک"}, one])
    where = {"chat_id": NEWS, "message_id": first["message_id"]}
    edited = await done(world, "editMessageCaption", **where, caption="دو")

    assert (edited["caption"], edited["media_group_id"]) == ("دو", second["media_group_id"])
    assert edited["photo"] == first["photo"]


@pytest.mark.parametrize(
    ("media", "words"),
    [
        ([{"type": "photo", "media": PICTURE}] * 11, "Bad Request: too many messages to send as an album"),
        ([{"type": "photo", "media": PICTURE}], "SIMULATOR: an album has 2-10 items"),
        (
            [{"type": "photo", "media": PICTURE}, {"type": "document", "media": PICTURE}],
            "Bad Request: document can't be mixed",
        ),
        (
            [{"type": "photo", "media": PICTURE}, {"type": "photo", "media": "https://example.com/missing"}],
            "Bad Request: failed to get HTTP URL",
        ),
    ],
)
async def test_albums_go_whole_or_not_at_all(world: World, media: Any, words: Any) -> None:
    assert (await refused(world, "sendMediaGroup", chat_id=NEWS, media=media))[1].startswith(words)
    assert world.seen(world.chats[NEWS]) == []


async def test_forwards_name_their_origin_and_copies_do_not(world: World) -> None:
    post = await done(world, "sendMessage", chat_id=NEWS, text="<b>خبر</b>", parse_mode="HTML")
    source = {"chat_id": 101, "from_chat_id": "@news", "message_id": post["message_id"]}
    forward = await done(world, "forwardMessage", **source)
    again = await done(
        world, "forwardMessage", chat_id=102, from_chat_id=101, message_id=forward["message_id"]
    )
    copy = await done(world, "copyMessage", **source)

    origin = {"type": "channel", "chat": post["chat"], "message_id": post["message_id"], "date": post["date"]}
    assert forward["forward_origin"] == again["forward_origin"] == origin
    assert forward["entities"] == post["entities"]
    kept = world.chats[101].messages[copy["message_id"]].message
    assert (kept["text"], "forward_origin" in kept) == ("خبر", False)


async def test_several_are_sent_on_in_order_and_albums_stay_together(world: World) -> None:
    await done(
        world,
        "sendMediaGroup",
        chat_id=NEWS,
        media=[{"type": "photo", "media": PICTURE, "caption": "یک"}] * 2,
    )
    several = {"chat_id": 101, "from_chat_id": NEWS}

    assert len(await done(world, "forwardMessages", **several, message_ids=[1, 2, 7])) == 2
    assert len(await done(world, "copyMessages", **several, message_ids=[1, 2], remove_caption=True)) == 2
    groups = [message["media_group_id"] for message in Person(world, 101).reads()]
    assert groups[0] == groups[1] != groups[2] == groups[3]
    assert "caption" not in Person(world, 101).last()
    assert (await refused(world, "copyMessages", **several, message_ids=[2, 1]))[1].endswith(
        "strictly increasing order"
    )


@pytest.mark.parametrize("verb", ["forward", "copy"])
async def test_protected_content_stays_where_it_is(world: World, verb: str) -> None:
    await done(world, "sendMessage", chat_id=NEWS, text="محرمانه", protect_content=True)
    places.protect(world, "@sport", protected=True)
    await done(world, "sendMessage", chat_id="@sport", text="این هم")

    for name in ("@news", "@sport"):
        words = await refused(world, f"{verb}Message", chat_id=101, from_chat_id=name, message_id=1)
        assert words == (400, "Bad Request: message has protected content and can't be forwarded")
    missing = await refused(world, f"{verb}Message", chat_id=101, from_chat_id=NEWS, message_id=9)
    assert missing == (400, f"Bad Request: message to {verb} not found")


FILE = "https://files.example/"
METHODS = {
    "video": "sendVideo",
    "animation": "sendAnimation",
    "audio": "sendAudio",
    "voice": "sendVoice",
    "document": "sendDocument",
}


@pytest.mark.parametrize("kind", METHODS)
async def test_files_of_each_kind_are_sent_named_and_sent_again(world: World, kind: str) -> None:
    first = await done(world, METHODS[kind], chat_id=NEWS, **{kind: FILE + kind}, caption="یک")
    again = await done(world, METHODS[kind], chat_id=NEWS, **{kind: first[kind]["file_id"]})

    assert first["caption"] == "یک"
    assert again[kind] == first[kind]
    assert ("document" in first) == (kind in {"document", "animation"})  # Bot API, Message.animation
    assert ("duration" in first[kind]) == (kind != "document")
    _, words = await refused(world, "sendPhoto", chat_id=NEWS, photo=first[kind]["file_id"])
    assert words == f"Bad Request: can't use file of type {kind.capitalize()} as Photo"
    changed = await done(
        world, "editMessageCaption", chat_id=NEWS, message_id=first["message_id"], caption="دو"
    )
    assert (changed["caption"], changed[kind]) == ("دو", first[kind])


@pytest.mark.parametrize(
    ("kinds", "allowed"),
    [
        (["photo", "video"], True),
        (["audio", "audio"], True),
        (["document", "document"], True),
        (["audio", "photo"], False),
        (["document", "video"], False),
        (["audio", "document"], False),
        (["animation", "photo"], False),
    ],
)
async def test_an_album_mixes_only_photos_and_videos(
    world: World, kinds: list[str], *, allowed: bool
) -> None:
    media = [{"type": kind, "media": f"{FILE}{number}"} for number, kind in enumerate(kinds)]
    call = {"chat_id": NEWS, "media": media}
    if allowed:
        assert len(await done(world, "sendMediaGroup", **call)) == len(kinds)
    else:
        await refused(world, "sendMediaGroup", **call)


async def test_a_voice_message_keeps_its_voice_and_an_album_its_kind(world: World) -> None:
    voice = await done(world, "sendVoice", chat_id=NEWS, voice=FILE + "v")
    audio = {"type": "audio", "media": FILE + "a"}
    at = {"chat_id": NEWS, "message_id": voice["message_id"]}
    assert (await refused(world, "editMessageMedia", **at, media=audio))[1].endswith("can't be edited")

    first, _ = await done(world, "sendMediaGroup", chat_id=NEWS, media=[audio, audio])
    at["message_id"] = first["message_id"]
    await refused(world, "editMessageMedia", **at, media={"type": "photo", "media": PICTURE})
    changed = await done(world, "editMessageMedia", **at, media={"type": "audio", "media": FILE + "b"})
    assert changed["audio"] != first["audio"]


def test_people_send_whatever_a_telephone_sends(world: World) -> None:
    person = Person(world, 101)
    for kind in (*FILES, *UNSENT):
        [message] = person.send(**{kind: "نمونه"})
        assert kind in message
        assert world.updates.pending[-1]["message"][kind] == message[kind]


def test_people_edit_captions_and_files(world: World) -> None:
    person = Person(world, 101)
    [message] = person.send("یک", video="a.mp4")
    assert person.edit(message, "دو")["caption"] == "دو"
    edited = person.edit(message, "سه", photo="b.jpg")
    assert world.updates.pending[-1]["edited_message"] == edited
    assert ("video" in edited, edited["caption"]) == (False, "سه")
