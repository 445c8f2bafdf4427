"""The ways to the week board: in Telegram, and a link for a browser that opens it once."""

from bot.desk import board_door
from bot.desk.rights import SCHEDULERS
from bot.errors import NotFound
from bot.line.calls import Keyboard
from handlers.talk import Talk, button

_MINUTES = int(board_door.LINK_LASTS.total_seconds()) // 60


def ways(talk: Talk) -> Keyboard:
    """A row of buttons where it is served: Telegram opens a Mini App in private chats, and by https only."""
    where = talk.house.board
    if not where:
        return []
    say = talk.words
    here = [{"text": say("🗂 Week board"), "web_app": {"url": where}}] if where.startswith("https:") else []
    return [
        [*(here if talk.chat_id == talk.who.id else []), button(say("🖥 In a browser"), "plan.week_board")]
    ]


async def draw(talk: Talk) -> None:
    """Draw a link for this person, in private; one that was drawn before is void."""
    talk.desk.require(SCHEDULERS)
    where = talk.house.board
    if not where:
        raise NotFound("button")
    link, say = await board_door.new_link(talk.desk), talk.words
    said = say("This link opens the week board once, within {minutes} minutes, as you.", minutes=_MINUTES)
    open_it = {"text": say("🖥 Open the week board"), "url": f"{where}#link={link}"}
    await talk.reply(said, [[open_it]], to=talk.who.id)
    await talk.answer("" if talk.private else say("I have sent it to our private chat."))
