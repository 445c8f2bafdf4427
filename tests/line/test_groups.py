"""Groups: what is said there by whom, where the answer goes, and which of them the bot leaves."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.config import DeskSettings
from bot.simulator import places
from storage.schema_talk import inbox
from tests.newsroom import COPY, DESK_GROUP, EDITOR, OWNER, House, newsroom

ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
STAYS = DeskSettings(leave_other_groups=False)


def group_of_strangers(house: House) -> int:
    """A group with the editor, the owner and a reader in it, to which a reader has added the bot."""
    group = int(places.found(house.world, "supergroup", "گروه دوستان", by=105)["id"])
    for person in (EDITOR, OWNER, 105):
        places.enroll(house.world, group, person, "member")
    places.enroll(house.world, group, "bot", "member", by=105)
    return group


def by_bot(house: House, chat: int) -> list[dict[str, Any]]:
    me = house.world.me["id"]
    return [m for m in house.world.seen(house.world.chat(chat)) if m.get("from", {}).get("id") == me]


def said(house: House, chat: int) -> str:
    return "\n".join(message.get("text", "") for message in by_bot(house, chat))


async def is_said(house: House, chat: int, text: str, **more: Any) -> None:
    """Something arrives in a group that no person of the simulator writes."""
    length = len(text.split(maxsplit=1)[0])
    entities = [{"type": "bot_command", "offset": 0, "length": length}] if text.startswith("/") else []
    place = house.world.chat(chat).brief()
    head = {"message_id": 900, "date": house.world.clock.unix(), "chat": place}
    house.world.updates.queue("message", {**head, "text": text, "entities": entities, **more})
    await house.settles()


# ── Which are left ──────────────────────────────────────────────────────────────────────────────────


async def test_a_group_that_is_not_the_desks_is_left_with_a_word() -> None:
    async with newsroom() as house:
        group = group_of_strangers(house)
        await house.settles()

        assert not house.world.chat(group).bot.present
        assert len(by_bot(house, group)) == 1
        assert str(group) in said(house, group)


async def test_a_group_whose_bot_came_before_is_left_at_its_next_word_and_hears_why_once() -> None:
    async with newsroom() as house:
        group = group_of_strangers(house)
        house.world.updates.pending.clear()  # it came when groups were not left
        house.world.faults.add(method="leaveChat", kind="5xx", times=2)
        for number in range(30):
            house.reader.phone.send(f"گپ {number}", chat=group)
        await house.settles()
        for _ in range(3):
            await house.passes(4)

        assert len(by_bot(house, group)) == 1
        assert not house.world.chat(group).bot.present


async def test_the_desks_group_is_stayed_in_and_costs_nothing() -> None:
    async with newsroom() as house:
        before = await rows(house)
        for number in range(30):
            house.editor.phone.send(f"گپ {number}", chat=DESK_GROUP)
        await house.settles()

        assert house.world.chat(DESK_GROUP).bot.present
        assert by_bot(house, DESK_GROUP) == []
        assert await rows(house) == before
        assert "گپ" not in str(await payloads(house))


async def test_a_desk_group_that_has_become_a_supergroup_is_not_left_and_the_owner_told() -> None:
    async with newsroom() as house:
        new = int(places.upgrade(house.world, DESK_GROUP)["id"])
        house.editor.phone.send("در گروه تازه", chat=new)
        await house.settles()

        assert house.world.chat(new).bot.present
        assert str(new) in house.owner.text()


async def rows(house: House) -> int:
    return len(await payloads(house))


async def payloads(house: House) -> list[Any]:
    async with house.newsroom.storage.begin() as db:
        return list(await db.inbox._connection.scalars(select(inbox.c.payload)))


# ── Where the answer goes ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("command", ["/desk", "/drafts", "/style", "/queue", "/week", "/slots", "/recurring"])
async def test_lists_go_to_private_where_others_read_along(command: str) -> None:
    async with newsroom(desk=STAYS) as house:
        await house.approved()
        group = group_of_strangers(house)
        before = len(house.owner.reads())
        house.owner.phone.send(f"{command}@newsroom_bot", chat=group)
        await house.settles()

        assert len(house.owner.reads()) > before
        assert "خصوصی" in said(house, group)
        assert all(not message.get("reply_markup") for message in by_bot(house, group))
        assert not {"شهرداری", "خبر", "ورزش"} & set(said(house, group).split())


async def test_a_list_asked_for_in_private_is_in_private_even_if_the_bot_leaves() -> None:
    async with newsroom() as house:
        group = group_of_strangers(house)
        house.owner.phone.send("/desk", chat=group)
        await house.settles()

        assert "در انتظار شما" in house.owner.text()
        assert "در انتظار شما" not in said(house, group)
        assert not house.world.chat(group).bot.present


async def test_who_has_not_opened_a_private_chat_is_told_where_the_answer_would_be() -> None:
    async with newsroom(desk=STAYS) as house:
        group = group_of_strangers(house)
        house.editor.phone.block()
        house.editor.phone.send("/desk", chat=group)
        await house.settles()

        assert "شروع" in said(house, group)
        assert "در انتظار" not in said(house, group)


async def test_a_board_that_stands_in_a_foreign_group_is_not_brought_up_to_date_there() -> None:
    async with newsroom() as house:
        await house.approved()
        house.admin.phone.send("/queue", chat=DESK_GROUP)
        await house.settles()
        board = by_bot(house, DESK_GROUP)[-1]
        house.newsroom.house.groups  # noqa: B018 - what it was
        object.__setattr__(house.newsroom.house, "groups", frozenset())
        await house.admin.presses("تازه‌سازی", message=board)
        after = by_bot(house, DESK_GROUP)[-1]

        assert after == board
        assert "صف «خبر»" in house.admin.text()


# ── What counts as a command ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "more", [{"forward_from_chat": 105}, {"via_bot": "other_bot"}], ids=["forwarded", "via"]
)
async def test_what_is_passed_on_is_copy_and_no_command(more: dict[str, Any]) -> None:
    async with newsroom() as house:
        await house.approved()
        await house.owner.sends("/pause@newsroom_bot @news", **more)

        async with house.newsroom.storage.begin() as db:
            assert [channel.paused_at for channel in await db.channels.all()] == [None]
        assert house.owner.card()["text"].startswith("/\u200epause") or "pause" in house.owner.card()["text"]


async def test_what_is_passed_on_in_the_desks_group_is_nothing() -> None:
    async with newsroom() as house:
        house.owner.phone.send("/desk", chat=DESK_GROUP, via_bot="other_bot")
        house.owner.phone.send("/desk", chat=DESK_GROUP, forward_from_chat=105)
        await house.settles()

        assert by_bot(house, DESK_GROUP) == []


async def test_an_edited_message_is_no_command() -> None:
    async with newsroom() as house:
        await house.approved()
        message = house.admin.phone.send("سلام", chat=DESK_GROUP)[0]
        house.world.updates.allowed = set()  # as a server would that remembers another start
        house.admin.phone.edit(message, "/pause @news")
        await house.settles()

        async with house.newsroom.storage.begin() as db:
            assert [channel.paused_at for channel in await db.channels.all()] == [None]


async def test_a_command_that_takes_another_role_is_refused_aloud_in_the_desks_group() -> None:
    async with newsroom() as house:
        house.reporter.phone.send("/queue", chat=DESK_GROUP)
        await house.settles()

        assert "مدیر کانال" in said(house, DESK_GROUP)


async def test_a_refused_command_leaves_the_open_question_open() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("ویرایش تیتر")
        assert "مدیر کانال" in await house.reporter.sends("/queue")
        await house.reporter.sends("تیتر پس از فرمانی که رد شد")

        assert house.reporter.card()["text"].startswith("تیتر پس از فرمانی که رد شد")


# ── Who can't be seen ───────────────────────────────────────────────────────────────────────────────


async def test_who_writes_as_the_group_is_asked_to_write_as_themselves() -> None:
    async with newsroom() as house:
        group = house.world.chat(DESK_GROUP).brief()
        await is_said(house, DESK_GROUP, "/desk", **{"from": ANONYMOUS, "sender_chat": group})

        assert "نمی‌بینم چه کسی" in said(house, DESK_GROUP)


async def test_who_writes_as_the_group_without_a_command_hears_nothing() -> None:
    async with newsroom() as house:
        group = house.world.chat(DESK_GROUP).brief()
        await is_said(house, DESK_GROUP, "سلام", **{"from": ANONYMOUS, "sender_chat": group})

        assert by_bot(house, DESK_GROUP) == []


async def test_what_a_linked_channel_posts_is_nothing() -> None:
    async with newsroom() as house:
        news = house.world.chat("@news").brief()
        more = {"from": TELEGRAM, "sender_chat": news, "is_automatic_forward": True}
        await is_said(house, DESK_GROUP, "/desk", **more)
        origin = {"type": "channel", "date": 1, "chat": news, "message_id": 3}
        await is_said(house, DESK_GROUP, "/desk", **more, forward_origin=origin)

        assert by_bot(house, DESK_GROUP) == []


async def test_every_press_of_a_stranger_is_answered_wherever_it_is() -> None:
    async with newsroom() as house:
        await house.approved()
        house.admin.phone.send("/queue", chat=DESK_GROUP)
        await house.settles()
        places.enroll(house.world, DESK_GROUP, 105, "member")
        await house.settles()
        before = await rows(house)
        for _ in range(3):
            board = by_bot(house, DESK_GROUP)[-1]
            assert "ویژهٔ یک تحریریه" in await house.reader.presses("تازه‌سازی", message=board)

        assert await rows(house) == before


# ── Topics ──────────────────────────────────────────────────────────────────────────────────────────

TOPIC = 77


async def asked_in_topic(house: House, command: str) -> dict[str, Any]:
    house.admin.phone.send(command, chat=DESK_GROUP, message_thread_id=TOPIC)
    await house.settles()
    return by_bot(house, DESK_GROUP)[-1]


@pytest.mark.parametrize("command", ["/queue", "/week", "/slots", "/help"])
async def test_a_command_is_answered_in_its_topic(command: str) -> None:
    async with newsroom() as house:
        await house.approved()
        places.topic(house.world, DESK_GROUP, TOPIC)
        places.topic(house.world, DESK_GROUP, 1, closed=True)

        assert (await asked_in_topic(house, command))["message_thread_id"] == TOPIC


async def test_what_a_press_in_a_topic_sends_comes_there_too() -> None:
    async with newsroom() as house:
        await house.approved()
        places.topic(house.world, DESK_GROUP, TOPIC)
        await asked_in_topic(house, "/week")
        week = by_bot(house, DESK_GROUP)[-1]
        await house.admin.presses("🗓 خبر", message=week)

        board = by_bot(house, DESK_GROUP)[-1]
        assert board["message_id"] > week["message_id"]
        assert board["message_thread_id"] == TOPIC


async def test_where_general_is_closed_the_answer_comes_in_private() -> None:
    async with newsroom() as house:
        await house.approved()
        places.topic(house.world, DESK_GROUP, 1, closed=True)
        house.admin.phone.send("/queue", chat=DESK_GROUP)
        await house.settles()

        assert not any("صف «خبر»" in message["text"] for message in by_bot(house, DESK_GROUP))
        assert "صف «خبر»" in house.admin.text()


async def test_where_the_topic_is_closed_meanwhile_the_answer_comes_in_private() -> None:
    async with newsroom() as house:
        await house.approved()
        places.topic(house.world, DESK_GROUP, TOPIC)
        house.admin.phone.send("/queue", chat=DESK_GROUP, message_thread_id=TOPIC)
        places.topic(house.world, DESK_GROUP, TOPIC, closed=True)
        await house.settles()

        assert not any("صف «خبر»" in message["text"] for message in by_bot(house, DESK_GROUP))
        assert "صف «خبر»" in house.admin.text()


async def test_a_thread_in_a_group_without_topics_is_none() -> None:
    async with newsroom() as house:
        await house.approved()
        admin = house.world.user(103)
        await is_said(house, DESK_GROUP, "/queue", **{"from": admin, "message_thread_id": 12})

        assert "صف «خبر»" in said(house, DESK_GROUP)
