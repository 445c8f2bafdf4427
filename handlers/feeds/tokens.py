"""`/tokens`: the programs that may send stories, for owners."""

from typing import Any

from bot.desk import sent
from bot.line.calls import Keyboard
from bot.news.model import Entity, Message
from bot.news.posts import for_staff
from bot.news.posts.markup import utf16_length
from bot.news.times import calendar
from handlers.talk import Talk, button, titled


async def command(talk: Talk, rest: str) -> None:
    """`/tokens`, for owners; in private, wherever it was asked for."""
    del rest
    await talk.reply(*await _overview(talk), to=talk.who.id)


async def show(talk: Talk) -> None:
    await talk.amend(*await _overview(talk))
    await talk.answer()


async def _overview(talk: Talk) -> tuple[Message, Keyboard]:
    say, zone = talk.words, talk.house.time_zone
    lines, rows = [], []
    for token in await sent.tokens(talk.desk):
        since = calendar.show(token.created_at, zone, say.language)
        used = calendar.show(token.used_at, zone, say.language) if token.used_at else say("never")
        lines.append(
            say("• {name}: since {since}, last used {used}", name=token.name, since=since, used=used)
        )
        rows.append([button(say("🚫 Revoke {name}", name=token.name), "feeds.token_revoke", token.id)])
    rows.append([button(say("➕ New token"), "feeds.token_new")])
    empty = say("None. With a token a program, such as your website, can send stories here (docs/http.md).")
    return titled(
        say("Programs that may send stories: {count}", count=len(lines)), "\n".join(lines) or empty
    ), rows


async def ask(talk: Talk) -> None:
    """Ask for the program's name."""
    await sent.tokens(talk.desk)  # says who may
    await talk.ask(
        "token",
        talk.words("What is the program called? Its stories are known again by that name: our website"),
    )
    await talk.answer()


async def answered(talk: Talk, about: dict[str, Any]) -> None:
    del about
    name, say = for_staff.name(talk.text), talk.words
    if not name:
        await talk.reply(say("That is no name. Write a few letters: our website"))
        return
    token = await sent.new_token(talk.desk, name)
    await talk.close_question()
    title = say("The token of {name}. It is shown only now:", name=name)
    rest = say("Keep it where the program reads it, and delete this message then. Revoke it with /tokens.")
    offset = utf16_length(title) + 1
    bold = Entity(type="bold", offset=0, length=utf16_length(title))
    code = Entity(type="code", offset=offset, length=len(token))
    await talk.reply(Message(text=f"{title}\n{token}\n{rest}", entities=(bold, code)), to=talk.who.id)


async def revoke(talk: Talk, token_id: int) -> None:
    """From now on it opens nothing."""
    await sent.revoke(talk.desk, token_id)
    await talk.amend(*await _overview(talk))
    await talk.answer(talk.words("Revoked: it opens nothing any more."))
