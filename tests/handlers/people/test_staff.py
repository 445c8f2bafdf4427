"""Owners decide in the chat who works here: roles, channels, strangers, invitations; and what ends ends at once."""

import re
from typing import Any

import pytest

from bot.config import StaffSettings
from bot.news.model import Role, Staff
from bot.simulator.world import World
from tests.newsroom import (
    ADMIN,
    COPY,
    EDITOR,
    NEWS,
    NOON,
    OWNER,
    READER,
    REPORTER,
    SPORT,
    House,
    Person,
    newsroom,
)

STRANGER = 777
CONTACT = {"phone_number": "98105", "first_name": "خاطره", "user_id": READER}


async def someone(house: House, person_id: int) -> Staff | None:
    async with house.newsroom.storage.begin() as db:
        return await db.staff.get(person_id)


async def roles(house: House, person_id: int = READER) -> set[Role]:
    found = await someone(house, person_id)
    return set(found.roles) if found else set()


def said(person: Person, words: str) -> bool:
    return any(words in message.get("text", "") for message in person.reads())


def buttons_of(message: dict[str, Any]) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


# ── Strangers ───────────────────────────────────────────────────────────────────────────────────────


async def test_a_stranger_who_writes_is_shown_to_the_owners_once_and_let_in_by_a_press() -> None:
    async with newsroom() as house:
        await house.reader.sends("سلام، از بخش ورزش هستم /pause")
        assert "به مالک خبر دادم" in house.reader.text()
        card = house.owner.text()
        assert "خاطره" in card
        assert "از بخش ورزش هستم" in card
        assert "/pause" not in card  # no link in it
        await house.passes(3 * 3600)
        before = len(house.owner.reads())
        await house.reader.sends("کسی هست؟")
        assert len(house.owner.reads()) == before

        await house.owner.presses("📝 خبرنگار")
        assert await roles(house) == {Role.REPORTER}
        assert "نقش شما از این پس: خبرنگار" in house.reader.text()
        assert "به کارکنان پیوست" in house.owner.text()
        await house.reader.sends(COPY)
        assert house.reader.card()


async def test_who_is_turned_away_hears_nothing_and_is_not_shown_again() -> None:
    async with newsroom() as house:
        await house.reader.sends("سلام")
        heard = len(house.reader.reads())
        await house.owner.presses("از کارکنان نیست")
        assert len(house.reader.reads()) == heard
        before = len(house.owner.reads())
        await house.passes(2 * 24 * 3600)
        await house.reader.sends("سلام")

        assert await roles(house) == set()
        assert len(house.owner.reads()) == before


async def test_two_owners_decide_once() -> None:
    async with newsroom(staff=StaffSettings(owner=(OWNER, ADMIN))) as house:
        await house.reader.sends("سلام")
        mine = house.admin.reads()[-1]
        await house.owner.presses("✍️ دبیر")
        assert buttons_of(house.admin.reads()[-1]) == []
        assert "تصمیم گرفته‌اند" in await house.admin.forges(f"people.turn_away:{READER}")

        assert mine["message_id"] == house.admin.reads()[-1]["message_id"]
        assert await roles(house) == {Role.EDITOR}


async def test_a_crowd_of_strangers_is_shown_as_far_as_people_can_take_it() -> None:
    async with newsroom() as house:
        for number in range(30):
            await Person(house, 1000 + number).sends("سلام")
        cards = [m for m in house.owner.reads() if "به من پیام داده است" in m.get("text", "")]
        assert len(cards) == 20
        assert "ویژهٔ یک تحریریه" in Person(house, 1029).text()
        await house.owner.presses("از کارکنان نیست")
        await Person(house, 2000).sends("سلام")
        assert "🚪 منتظر پذیرش: ۲۰" in str(buttons_of(await _staff(house)))


async def _staff(house: House) -> dict[str, Any]:
    await house.owner.sends("/staff")
    return house.owner.reads()[-1]


async def test_a_channel_admin_is_let_in_for_one_channel() -> None:
    async with newsroom() as house:
        await house.admin.sends("/connect @news")
        await house.owner.sends("/connect @sport")
        await house.reader.sends("سلام")
        await house.owner.presses("🗓 مدیر کانال")
        await house.owner.presses("📣 ورزش")

        found = await someone(house, READER)
        assert found is not None
        assert (found.roles, found.channels) == (frozenset({Role.CHANNEL_ADMIN}), frozenset({SPORT}))
        assert "مدیر کانال ورزش" in house.reader.text()


# ── Adding ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "more", [{"contact": CONTACT}, {"forward_from_chat": READER, "text": "سلام"}, {"text": str(READER)}]
)
async def test_somebody_is_added_by_contact_forward_or_id(more: dict[str, Any]) -> None:
    async with newsroom() as house:
        await _staff(house)
        await house.owner.presses("➕ افزودن")
        await house.owner.sends(more.pop("text", ""), **more)
        assert "بدون نقش" in house.owner.text()
        await house.owner.presses("▫️ دبیر")

        assert await roles(house) == {Role.EDITOR}
        assert "نقش شما از این پس: دبیر" in house.reader.text()


async def test_a_name_is_an_invitation_until_its_person_writes() -> None:
    async with newsroom() as house:
        await _staff(house)
        await house.owner.presses("➕ افزودن")
        await house.owner.sends("@Reader")
        await house.owner.presses("📝 خبرنگار")
        assert await roles(house) == set()
        await house.reader.sends("سلام")

        assert await roles(house) == {Role.REPORTER}
        assert said(house.owner, "با دعوت شما آمد")


async def test_the_name_of_somebody_who_wrote_before_is_known() -> None:
    async with newsroom() as house:
        await house.reader.sends("سلام")
        await _staff(house)
        await house.owner.presses("➕ افزودن")
        await house.owner.sends("https://t.me/reader")
        await house.owner.presses("▫️ خبرنگار")

        assert await roles(house) == {Role.REPORTER}


async def test_what_names_nobody_is_answered_and_the_question_stays_open() -> None:
    async with newsroom() as house:
        await _staff(house)
        await house.owner.presses("➕ افزودن")
        assert "نفهمیدم منظورتان کیست" in await house.owner.sends("همان آقا که دیروز آمد")
        await house.owner.sends(str(READER))

        assert "بدون نقش" in house.owner.text()


# ── Invitations ─────────────────────────────────────────────────────────────────────────────────────


async def link(house: House, role: str = "📝 خبرنگار") -> str:
    await _staff(house)
    await house.owner.presses("🔗 پیوند دعوت")
    await house.owner.presses(role)
    found = re.search(r"t\.me/newsroom_bot\?start=(\S+)", house.owner.text())
    assert found
    return found[1]


async def test_a_link_lets_in_one_person_once() -> None:
    async with newsroom() as house:
        token = await link(house)
        stranger = Person(house, STRANGER)
        await stranger.sends(f"/start {token}")
        await house.reader.sends(f"/start {token}")

        assert await roles(house, STRANGER) == {Role.REPORTER}
        assert await roles(house) == set()
        assert "نقش شما از این پس: خبرنگار" in stranger.text()


async def test_a_link_works_also_for_who_was_answered_a_minute_ago() -> None:
    async with newsroom() as house:
        token = await link(house)
        await house.reader.sends("سلام")
        await house.reader.sends(f"/start {token}")

        assert await roles(house) == {Role.REPORTER}


async def test_a_link_expires_and_is_revoked() -> None:
    async with newsroom() as house:
        late, revoked = await link(house), ""
        await house.passes(48 * 3600)
        await house.reader.sends(f"/start {late}")
        assert await roles(house) == set()

        revoked = await link(house)
        await house.owner.presses("‹ کارکنان")
        await house.owner.presses("✉️ دعوت‌های باز")
        await house.owner.presses("🚫 باطل کردن")
        await house.passes(3601)
        await house.reader.sends(f"/start {revoked}")
        assert await roles(house) == set()


async def test_a_link_is_worth_nothing_once_its_owner_is_none() -> None:
    async with newsroom(staff=StaffSettings(owner=(OWNER, ADMIN))) as house:
        token = await link(house)
        async with house.newsroom.storage.begin() as db:
            await db.staff.take(OWNER, Role.OWNER)
        await house.reader.sends(f"/start {token}")

        assert await roles(house) == set()


async def test_of_a_link_the_database_keeps_only_a_hash() -> None:
    async with newsroom() as house:
        token = await link(house)
        async with house.newsroom.storage.begin() as db:
            for table in ("invitations", "audit", "notices", "prompts", "questions"):
                from sqlalchemy import text

                rows = await db.staff._connection.execute(text(f"SELECT * FROM {table}"))
                assert token not in str(rows.all()), table


async def test_one_of_the_staff_gets_the_role_of_a_link_too() -> None:
    async with newsroom() as house:
        token = await link(house, "✍️ دبیر")
        await house.reporter.sends(f"/start {token}")

        assert await roles(house, REPORTER) == {Role.REPORTER, Role.EDITOR}


# ── Roles and their end ─────────────────────────────────────────────────────────────────────────────


async def remove(house: House, name: str) -> None:
    await _staff(house)
    await house.owner.presses(f"👤 {name}")
    await house.owner.presses("🚫 کنار گذاشتن")
    await house.owner.presses("بله")


async def test_who_is_removed_can_do_nothing_and_their_cards_are_stripped() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("ارسال به دبیر")
        card = house.editor.card()
        await house.editor.presses("ویرایش تیتر")
        await remove(house, "ادیب")

        assert await roles(house, EDITOR) == set()
        assert said(house.editor, "دسترسی شما به این ربات برداشته شد")
        for message in house.editor.reads():
            assert buttons_of(message) == [], message.get("text")
        assert "ویژهٔ یک تحریریه" in await house.editor.forges("story.approve:1:1")
        await house.editor.sends("تیتر تازه")
        async with house.newsroom.storage.begin() as db:
            article = await db.articles.get(1)
        assert article is not None
        assert (article.state.value, article.version) == ("submitted", 1)
        assert card["text"].startswith(article.headline)
        assert not said(house.owner, "ادیب به من پیام داده است")


async def test_a_press_that_waited_while_the_role_ended_does_nothing() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("ارسال به دبیر")
        async with house.newsroom.storage.begin() as db:
            await db.staff.take(EDITOR, Role.EDITOR)
        assert "ویژهٔ یک تحریریه" in await house.editor.forges("story.approve:1:1")


async def test_the_question_names_what_hangs_on_somebody() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.presses("زمان‌بندی")
        await house.admin.presses("نوبت آزاد")
        await house.reporter.sends(COPY.replace("۲۰", "۳۰"))
        await _staff(house)
        await house.owner.presses("👤 کیان")
        await house.owner.presses("✅ مدیر کانال")
        assert "۱ پستش در صف است" in house.owner.text()
        await house.owner.presses("انصراف")
        await house.owner.presses("‹ بازگشت")
        await house.owner.presses("👤 ریحانه")
        await house.owner.presses("🚫 کنار گذاشتن")
        assert "۲ خبرش هنوز منتشر نشده است" in house.owner.text()

        assert await roles(house, ADMIN) == {Role.CHANNEL_ADMIN}


async def test_the_last_owner_stays() -> None:
    async with newsroom() as house:
        await house.editor.sends("/start")
        await remove(house, "مهتاب")
        assert await roles(house, OWNER) == {Role.OWNER}
        await _staff(house)
        await house.owner.presses("👤 ادیب")
        await house.owner.presses("▫️ مالک")
        assert "حتی می‌تواند شما را کنار بگذارد" in house.owner.text()
        await house.owner.presses("بله")
        assert await roles(house, EDITOR) == {Role.EDITOR, Role.OWNER}
        await remove(house, "مهتاب")

        assert await roles(house, OWNER) == set()
        assert said(house.editor, "دسترسی مهتاب را برداشت")


async def test_what_was_decided_here_outlives_a_restart_and_the_settings_stay_the_way_back(
    tmp_path: Any,
) -> None:
    database, world = f"sqlite:///{tmp_path}/m.db", World(frozen=True, now=NOON)
    staff = StaffSettings(owner=(OWNER,), editor=(EDITOR,), reporter=(REPORTER,), channel_admin=(ADMIN,))
    async with newsroom(database, world, staff=staff) as house:
        await house.reader.sends("سلام")
        await house.owner.presses("✍️ دبیر")
        await house.editor.sends("/start")
        await remove(house, "ادیب")
        await house.owner.presses("‹ بازگشت")
        await house.owner.presses("👤 خاطره")
        await house.owner.presses("▫️ مالک")
        await house.owner.presses("بله")
        async with house.newsroom.storage.begin() as db:  # as that new owner might
            await db.staff.take(OWNER, Role.OWNER)
            await db.staff.decided(OWNER, NOON)
    later = StaffSettings(owner=(OWNER,), editor=(EDITOR,), reporter=(), channel_admin=(ADMIN,))
    async with newsroom(database, world, staff=later) as house:
        assert await roles(house) == {Role.EDITOR, Role.OWNER}  # decided here
        assert await roles(house, EDITOR) == set()  # decided here
        assert await roles(house, REPORTER) == set()  # struck in the settings
        assert await roles(house, ADMIN) == {Role.CHANNEL_ADMIN}
        assert await roles(house, OWNER) == {Role.OWNER}  # the way back


# ── Channels of one's own ───────────────────────────────────────────────────────────────────────────


async def confined(house: House) -> None:
    """Kian is an admin of @sport only, the owner has both."""
    await house.approved()
    await house.owner.sends("/connect @sport")
    await _staff(house)
    await house.owner.presses("👤 کیان")
    await house.owner.presses("📣 مدیرِ کدام کانال‌ها؟")
    await house.owner.presses("▫️ ورزش")
    await house.owner.presses("بله")


async def test_an_admin_of_one_channel_can_not_touch_anothers_plan() -> None:
    async with newsroom() as house:
        await confined(house)
        async with house.newsroom.storage.begin() as db:
            before = await db.posts.of_article(1), await db.channels.all()
        for data in (
            f"plan.into_slot:1:1:{NEWS}", f"plan.now:1:1:{NEWS}", f"plan.pause:{NEWS}", f"plan.pause_sure:{NEWS}:0",
            f"channels.slots:{NEWS}", f"channels.new_slots:{NEWS}", f"plan.board:{NEWS}", f"plan.digest:{NEWS}",
        ):  # fmt: skip
            assert "مدیر کانال‌های دیگری هستید" in await house.admin.forges(data), data
        assert "چنین کانالی وصل نیست" in await house.admin.sends("/queue @news")
        assert "ورزش" in await house.admin.sends("/queue")
        async with house.newsroom.storage.begin() as db:
            assert before == (await db.posts.of_article(1), await db.channels.all())
        await house.admin.forges(f"plan.now:1:1:{SPORT}")
        await house.passes(5)

        assert house.posts(NEWS) == []
        assert len(house.posts(SPORT)) == 1


async def test_what_becomes_of_a_post_is_told_to_the_admins_of_its_channel() -> None:
    async with newsroom() as house:
        await confined(house)
        await house.owner.forges(f"plan.into_slot:1:1:{NEWS}")
        heard = len(house.admin.reads())
        await house.owner.forges(f"plan.pause_sure:{NEWS}:0")

        assert len(house.admin.reads()) == heard


async def test_who_never_wrote_is_no_bare_number() -> None:
    async with newsroom(staff=StaffSettings(reporter=(REPORTER,), owner=(OWNER,))) as house:
        told = await house.owner.sends("/staff")
        assert f"• هنوز پیام نداده ({REPORTER}) — خبرنگار" in told
        assert f"👤 هنوز پیام نداده ({REPORTER})" in house.owner.buttons()
        await house.reporter.sends("/start")
        assert "• ریحانه — خبرنگار" in await house.owner.sends("/staff")
