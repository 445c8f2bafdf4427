"""What of a channel's look is chosen from a row or typed: signs, the signature, buttons with links."""

from collections.abc import Awaitable
from typing import Any

from bot.desk.looks import BULLETS, RELATED, Changed, revision
from bot.errors import Contradiction, NotFound
from bot.words import N_
from handlers.channels import look
from handlers.phrases import CONTRADICTIONS
from handlers.talk import Talk

_QUESTIONS = {
    "lookbullet": N_("Which sign shall stand before the key points of {channel}? Send it alone, such as ◾️"),
    "lookrelated": N_(
        "Which sign shall stand before the related links of {channel}? Send it alone, such as ↗️"
    ),
    "looksignature": N_("What shall stand last in each post of {channel}? One line, such as {example}"),
    "lookbutton": N_(
        "Which button shall stand under each post of {channel}? Its text, then its link: Our site "
        "https://example.com"
    ),
}


async def set_bullet(talk: Talk, channel_id: int, seen: str, number: int) -> None:
    verb = look.looks(talk).set_bullet(channel_id, seen, _chosen(BULLETS, number))
    await look.changed(talk, channel_id, "signs", verb)


async def set_related(talk: Talk, channel_id: int, seen: str, number: int) -> None:
    verb = look.looks(talk).set_related_bullet(channel_id, seen, _chosen(RELATED, number))
    await look.changed(talk, channel_id, "signs", verb)


def _chosen(choices: tuple[str, ...], number: int) -> str:
    if not 0 <= number < len(choices):
        raise NotFound("button")
    return choices[number]


async def unsigned(talk: Talk, channel_id: int, seen: str) -> None:
    await look.changed(talk, channel_id, "signature", look.looks(talk).sign(channel_id, seen, ""))


async def drop_button(talk: Talk, channel_id: int, seen: str, number: int) -> None:
    await look.changed(talk, channel_id, "buttons", look.looks(talk).drop_button(channel_id, seen, number))


async def ask(talk: Talk, channel_id: int, kind: str) -> None:
    """Ask for what is typed; the next message is the answer."""
    if kind not in _QUESTIONS:
        raise NotFound("button")
    asked = await talk.schedule.channel(channel_id)
    example = f"@{asked.username}" if asked.username else "@name"
    await talk.ask(kind, talk.words(_QUESTIONS[kind], channel=asked.title, example=example), channel=asked.id)
    await talk.answer()


async def bullet_answered(talk: Talk, about: dict[str, Any]) -> None:
    shown, seen = await _now(talk, about)
    await _saved(talk, "signs", look.looks(talk).set_bullet(shown, seen, talk.text.strip()))


async def related_answered(talk: Talk, about: dict[str, Any]) -> None:
    shown, seen = await _now(talk, about)
    await _saved(talk, "signs", look.looks(talk).set_related_bullet(shown, seen, talk.text.strip()))


async def signature_answered(talk: Talk, about: dict[str, Any]) -> None:
    shown, seen = await _now(talk, about)
    await _saved(talk, "signature", look.looks(talk).sign(shown, seen, talk.text))


async def button_answered(talk: Talk, about: dict[str, Any]) -> None:
    """Its text, then its link."""
    shown, seen = await _now(talk, about)
    *words, address = talk.text.split() or [""]
    text = " ".join(words).strip(" -–—:|")
    await _saved(talk, "buttons", look.looks(talk).add_button(shown, seen, text, address))


async def _now(talk: Talk, about: dict[str, Any]) -> tuple[int, str]:
    shown = await talk.schedule.channel(int(about["channel"]))
    return shown.id, revision(shown.look)


async def _saved(talk: Talk, page: str, verb: Awaitable[Changed]) -> None:
    """Show what has become of it; an answer that can't be taken leaves the question open."""
    try:
        done = await verb
    except Contradiction as error:
        said = CONTRADICTIONS[error.reason]
        await talk.reply(talk.words(said))
        return
    await talk.close_question()
    await look.draw(talk, done.channel, page, done.entry_id)
