"""A server that knows no style of a button (before Bot API 9.4) costs one refusal, and nobody a button."""

from bot.line import plain_buttons
from bot.simulator.world import World
from tests.newsroom import COPY, NOON, House, newsroom


def styles(house: House) -> list[str]:
    """Of all buttons in all chats."""
    seen = [message for chat in house.world.chats.values() for message in house.world.seen(chat)]
    rows = [row for message in seen for row in message.get("reply_markup", {}).get("inline_keyboard", [])]
    return [button["style"] for row in rows for button in row if "style" in button]


def refused(house: House) -> list[str]:
    said = [str(entry["description"]) for entry in house.world.transcript.since()]
    return [each for each in said if "style" in each]


async def through_the_house(house: House) -> None:
    await house.reporter.sends(COPY)
    await house.reporter.presses("ارسال به دبیر")
    await house.editor.presses("تأیید")


async def test_an_older_server_gets_the_same_buttons_without_a_style_after_one_refusal() -> None:
    async with newsroom(world=World(frozen=True, now=NOON, styles=False)) as house:
        await through_the_house(house)
        assert len(refused(house)) == 1
        assert styles(house) == []
        assert "تأییدشده" in house.editor.foot()
        assert "✏️ ویرایش ▾" in house.editor.buttons(house.editor.card())


async def test_another_server_keeps_its_colours() -> None:
    async with newsroom(world=World(frozen=True, now=NOON)) as house:
        await house.reporter.sends(COPY)
        assert refused(house) == []
        assert styles(house) == ["primary"]


async def test_what_is_refused_for_another_reason_teaches_nothing() -> None:
    async with newsroom() as house:
        bot = house.newsroom.bot
        styled = {
            "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "a", "style": "danger"}]]}
        }
        assert plain_buttons.learnt(bot, styled, "Bad Request: message is too long") is None
        assert plain_buttons.learnt(bot, {"text": "a"}, "Bad Request: field style is unknown") is None
        assert plain_buttons.fitting(bot, styled) == styled
