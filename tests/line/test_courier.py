"""What the staff is told, against a Telegram that makes one of their chats wait."""

from bot.news.talk import Card
from tests.newsroom import COPY, EDITOR, REPORTER, House, newsroom


async def test_a_chat_that_has_to_wait_holds_up_no_other() -> None:
    async with newsroom() as house:
        house.world.faults.add(chat=REPORTER, kind="429", times=1, retry_after=300)
        await house.reporter.sends(COPY)
        await house.passes(10)
        await house.editor.sends("/help")

        assert house.reporter.reads()[1:] == []
        assert "/drafts" in house.editor.text()
        await house.passes(310)
        assert "شهرداری سپیدکوه" in house.reporter.text()


async def test_a_card_that_has_to_wait_holds_up_no_card_of_another_chat() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.passes(10)
        await house.reporter.presses("ارسال به دبیر")
        waiting = house.editor.reads()
        house.world.faults.add(method="editMessageText", chat=REPORTER, kind="429", times=9, retry_after=60)
        await house.editor.presses("تأیید")

        assert house.editor.reads() != waiting
        before = house.reporter.reads()
        await house.passes(30)
        assert house.reporter.reads() == before
        house.world.faults.clear()
        await house.passes(40)
        assert house.reporter.reads() != before


async def test_each_chat_is_told_in_the_order_in_which_things_happened() -> None:
    async with newsroom() as house:
        async with house.newsroom.storage.begin() as db:
            for n in range(3):
                for chat_id in (REPORTER, EDITOR):
                    params = {"chat_id": chat_id, "text": f"پیام {n}"}
                    await db.notices.add(chat_id, "sendMessage", params)
        house.world.faults.add(chat=EDITOR, kind="429", times=1, retry_after=2)
        await house.settles()

        assert [message["text"] for message in house.reporter.reads()[-3:]] == ["پیام 0", "پیام 1", "پیام 2"]
        await house.passes(10)
        assert [message["text"] for message in house.editor.reads()[-3:]] == ["پیام 0", "پیام 1", "پیام 2"]


async def test_a_card_over_which_telegram_stumbles_again_and_again_is_given_up_and_said() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.passes(10)
        house.world.faults.add(method="editMessageText", chat=REPORTER, kind="refusal", times=999)
        await house.reporter.presses("ارسال به دبیر")
        tried = house.world.faults.struck["refusal"]
        for _ in range(60):
            await house.passes(10)

        assert tried == 1
        assert house.world.faults.struck["refusal"] == 6
        assert "تلگرام با کارت «شهرداری سپیدکوه" in house.reporter.text()
        assert not (await stale(house))
        house.world.faults.clear()
        await house.editor.presses("تأیید")
        await house.passes(10)
        assert "تأییدشده" in house.reporter.foot()


async def test_a_card_over_which_telegram_stumbles_now_and_then_is_shown() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.passes(10)
        before = house.reporter.reads()
        house.world.faults.add(method="editMessageText", chat=REPORTER, kind="refusal", times=4)
        await house.reporter.presses("ارسال به دبیر")
        for _ in range(10):
            await house.passes(10)

        assert house.reporter.reads() != before
        assert len(house.reporter.reads()) == len(before)


async def stale(house: House) -> tuple[Card, ...]:
    async with house.newsroom.storage.begin() as db:
        return (await db.cards.next_stale()).cards
