"""Review: who has a story, what is said about it, and the desk's group that sees how it stands."""

from typing import Any

from bot.news.model import Role
from bot.simulator import places
from tests.newsroom import COPY, DESK_GROUP, EDITOR, OWNER, House, Person, newsroom, story

MINUTE = 60


def by_bot(house: House, chat: int = DESK_GROUP) -> list[dict[str, Any]]:
    return [message for message in house.owner.reads(chat) if message["from"]["is_bot"]]


def buttons_of(message: dict[str, Any]) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def said(person: Person, words: str) -> bool:
    return any(words in message.get("text", "") for message in person.reads())


async def submitted(house: House) -> None:
    """A story waits for two editors: Adib and Mahtab, who is an owner too."""
    async with house.newsroom.storage.begin() as db:
        await db.staff.give(OWNER, Role.EDITOR)
    await house.owner.sends("/start")
    await house.reporter.sends(COPY)
    await house.reporter.presses("ارسال به دبیر")


# ── "I have it" ─────────────────────────────────────────────────────────────────────────────────────


async def test_a_claimed_story_shows_its_name_on_every_card_and_nobody_else_decides_on_it() -> None:
    async with newsroom() as house:
        await submitted(house)
        assert "دست شماست" in await house.editor.presses("✋ دست من")
        assert "دست شماست" in house.editor.card()["text"]
        assert "دست ادیب (دبیر) است" in house.owner.card()["text"]
        assert "دست ادیب (دبیر) است" in house.reporter.card()["text"]
        for press in ("story.approve:1:1", "story.spike:1:1"):
            assert "دست ادیب است" in await house.owner.forges(press)
        assert (await story(house)).state == "submitted"
        await house.editor.presses("✅ تأیید")

        assert (await story(house)).state == "approved"
        assert "دست ادیب" not in house.reporter.card()["text"]


async def test_a_claim_is_taken_over_by_a_question_and_its_holder_hears() -> None:
    async with newsroom() as house:
        await submitted(house)
        await house.editor.presses("✋ دست من")
        await house.owner.presses("✋ دست ادیب")
        assert "این خبر دست ادیب (دبیر) است. تحویل می‌گیرید؟" in house.owner.text()
        await house.owner.presses("✋ بله")
        assert "از شما تحویل گرفت" in house.editor.reads()[-1]["text"]
        await house.owner.presses("✅ تأیید")

        assert (await story(house)).state == "approved"


async def test_a_claim_lapses_by_itself_and_each_step_of_its_holder_makes_it_last() -> None:
    async with newsroom() as house:
        await submitted(house)
        await house.editor.presses("✋ دست من")
        await house.passes(20 * MINUTE)
        await house.editor.forges("story.edit:1:1:headline")
        await house.editor.sends("تیتر دبیر که تازه است")
        await house.passes(20 * MINUTE)
        assert "دست ادیب" in house.owner.card()["text"]
        await house.passes(11 * MINUTE)
        assert "دست ادیب" not in house.owner.card()["text"]
        await house.owner.presses("✅ تأیید")

        assert (await story(house)).state == "approved"


async def test_a_claim_is_let_go_or_handed_to_a_colleague() -> None:
    async with newsroom() as house:
        await submitted(house)
        await house.editor.presses("✋ دست من")
        await house.editor.forges("story.hand_over:1:1")
        await house.editor.presses("👤 مهتاب")
        assert said(house.owner, "به شما سپرد")
        assert "دست شماست" in house.owner.card()["text"]
        await house.owner.forges("story.unclaim:1:1")

        assert "دست" not in house.owner.card()["text"].partition("ارسال")[2]


async def test_the_claim_of_somebody_who_is_removed_is_none() -> None:
    async with newsroom() as house:
        await submitted(house)
        await house.editor.presses("✋ دست من")
        async with house.newsroom.storage.begin() as db:
            await db.staff.take(EDITOR, Role.EDITOR)
        await house.owner.forges("story.approve:1:1")

        assert (await story(house)).state == "approved"


# ── Comments ────────────────────────────────────────────────────────────────────────────────────────


async def test_a_comment_is_heard_on_both_sides_and_stands_on_the_cards() -> None:
    async with newsroom() as house:
        await submitted(house)
        await house.editor.presses("✋ دست من")
        await house.reporter.forges("story.comment:1:1")
        await house.reporter.sends("عدد بند دوم را منبع دوم هم تأیید کرد")
        assert "عدد بند دوم را منبع دوم" in house.editor.text()
        assert "عدد بند دوم را منبع دوم" in house.editor.card()["text"]
        await house.editor.presses("✍️ پاسخ")
        await house.editor.sends("نام منبع را هم بنویس")
        assert "نام منبع را هم بنویس" in house.reporter.text()
        await house.reporter.forges("story.comments:1:1")

        page = house.reporter.text()
        assert page.index("عدد بند دوم") < page.index("نام منبع را هم")
        assert not said(house.admin, "نام منبع")


async def test_asking_for_changes_is_a_comment_of_the_thread() -> None:
    async with newsroom() as house:
        await submitted(house)
        await house.editor.presses("درخواست اصلاح")
        await house.editor.sends("لید را کوتاه کن")
        assert "↩️ ادیب (دبیر): لید را کوتاه کن" in house.reporter.card()["text"]


async def test_a_reply_to_a_card_can_be_a_comment() -> None:
    async with newsroom() as house:
        await submitted(house)
        card = house.editor.card()
        await house.editor.sends("این را با روابط عمومی هم چک کن", reply_to_message_id=card["message_id"])
        await house.editor.presses("💬 نظر دربارهٔ آن است")

        assert "با روابط عمومی هم چک کن" in house.reporter.text()


async def test_a_long_thread_is_read_page_by_page() -> None:
    async with newsroom() as house:
        await submitted(house)
        for number in range(20):
            await house.reporter.forges("story.comment:1:1")
            await house.reporter.sends(f"نکتهٔ شمارهٔ {number}.")
        await house.reporter.forges("story.comments:1:1")
        assert "۱ از ۳" in buttons_of(house.reporter.reads()[-1])
        await house.reporter.presses("بعدی ←")
        await house.reporter.presses("بعدی ←")

        assert "نکتهٔ شمارهٔ 0." in house.reporter.text()


# ── The desk's group ────────────────────────────────────────────────────────────────────────────────


async def test_a_submitted_story_stands_in_the_desks_group_and_its_state_is_kept() -> None:
    async with newsroom() as house:
        await submitted(house)
        [entry] = by_bot(house)
        assert "شهرداری سپیدکوه" in entry["text"]
        assert "ریحانه (خبرنگار)" in entry["text"]
        assert buttons_of(entry) == ["✋ دست من", "📄 دیدن خبر"]
        await house.editor.presses("✋ دست من", message=entry)
        assert "دست ادیب (دبیر) است" in by_bot(house)[-1]["text"]
        await house.editor.presses("✅ تأیید")

        [entry] = by_bot(house)
        assert entry["text"].startswith("✅ ")
        assert "تأییدشده" in entry["text"]


async def test_the_entrys_button_opens_the_card_in_private() -> None:
    async with newsroom() as house:
        await submitted(house)
        before = house.owner.card()["message_id"]
        await house.owner.presses("📄 دیدن خبر", message=by_bot(house)[-1])

        assert house.owner.card()["message_id"] > before, "at the bottom, and not above any more"
        assert len(by_bot(house)) == 1


async def test_a_reply_in_the_group_is_a_comment_and_others_come_there_as_replies() -> None:
    async with newsroom() as house:
        await submitted(house)
        [entry] = by_bot(house)
        house.editor.phone.send("تیترش تند است", chat=DESK_GROUP, reply_to_message_id=entry["message_id"])
        await house.settles()
        assert "تیترش تند است" in house.reporter.text()
        assert len(by_bot(house)) == 1
        await house.reporter.presses("✍️ پاسخ")
        await house.reporter.sends("نرمش می‌کنم")

        answer = by_bot(house)[-1]
        assert "نرمش می‌کنم" in answer["text"]
        assert answer["reply_to_message"]["message_id"] == entry["message_id"]
        assert "نرمش می‌کنم" in by_bot(house)[0]["text"]


async def test_what_is_no_reply_to_us_is_no_comment() -> None:
    async with newsroom() as house:
        await submitted(house)
        mine = house.editor.phone.send("من ناهار می‌روم", chat=DESK_GROUP)[0]
        house.owner.phone.send("نوش جان", chat=DESK_GROUP, reply_to_message_id=mine["message_id"])
        await house.settles()
        async with house.newsroom.storage.begin() as db:
            assert await db.comments.count(1) == 0


async def test_stories_come_into_the_topic_that_the_desk_has_chosen_or_not_at_all() -> None:
    async with newsroom() as house:
        places.topic(house.world, DESK_GROUP, 77)
        house.editor.phone.send("/desk here", chat=DESK_GROUP, message_thread_id=77)
        await house.settles()
        await submitted(house)
        assert by_bot(house)[-1]["message_thread_id"] == 77
        house.editor.phone.send("/desk off", chat=DESK_GROUP)
        await house.settles()
        before = len(by_bot(house))
        await house.reporter.sends(COPY.replace("۲۰", "۳۰"))
        await house.reporter.presses("ارسال به دبیر")

        assert len(by_bot(house)) == before


async def test_a_story_that_comes_back_stands_at_the_bottom_and_above_it_no_buttons_are_left() -> None:
    async with newsroom() as house:
        await submitted(house)
        await house.editor.presses("درخواست اصلاح")
        await house.editor.sends("لید را کوتاه کن")
        await house.reporter.presses("ارسال به دبیر")

        first, last = by_bot(house)
        assert buttons_of(first) == []
        assert "✋ دست من" in buttons_of(last)


async def test_what_was_asked_for_is_settled_by_the_approval_and_off_the_card() -> None:
    async with newsroom() as house:
        await submitted(house)
        await house.editor.presses("درخواست اصلاح")
        await house.editor.sends("نام مدیر ناوگان را هم بنویسید")
        await house.reporter.presses("ارسال به دبیر", message=house.reporter.card())
        assert "نام مدیر ناوگان" in house.editor.foot()
        await house.editor.presses("✅ تأیید", message=house.editor.card())
        assert "نام مدیر ناوگان" not in house.editor.foot()
        assert "نام مدیر ناوگان" not in house.reporter.foot()
