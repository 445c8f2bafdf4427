"""`/style`: the house style as a board, and words that the newsroom spells its own way."""

from datetime import timedelta

from bot.desk import style
from bot.desk.own_spelling import letters_of
from bot.errors import NotFound
from bot.line.calls import Keyboard
from bot.news.model import Message, Role
from bot.news.spelling import own
from bot.news.spelling.house_style import WORDS
from bot.words import N_
from handlers.talk import Talk, button, titled

_NAMES = {
    "digits": N_("Digits"),
    "decimal": N_("Decimal sign"),
    "thousands": N_("Thousands sign"),
    "percent": N_("Percent sign"),
    "quotes": N_("Quotation marks"),
    "ellipsis": N_("Ellipsis"),
    "dash": N_("Dash"),
    "ezafe": N_("Ezafe after ه"),
    "hashtags": N_("Between the words of a hashtag"),
}
_VALUES = {
    "as_is": N_("as written"),
    "persian": N_("Persian"),
    "latin": N_("Latin"),
    "half_space": N_("half-space"),
}
_SIGNS = {"guillemets": "«»", "straight": '""'}
_MOST_WORDS = 30
_LOOKED_AT, _MOST_LEARNT, _LATELY = 500, 20, timedelta(days=90)
_LONGEST_WORD = 40


async def command(talk: Talk, rest: str) -> None:
    """`/style`, `/style FORM=FORM` to decide on a word, `/style FORM` to forget what was decided on it."""
    talk.desk.require({Role.OWNER})
    if rest:
        await _word(talk, rest)
    await talk.reply(*await _board(talk))


async def _word(talk: Talk, rest: str) -> None:
    form, _, preferred = (part.strip() for part in rest.partition("="))
    if not preferred:
        gone = [
            await talk.desk.forget_style(kind + form[:_LONGEST_WORD]) for kind in (style.WORD, style.KEPT)
        ]
        gone.append(await talk.db.spellings.forget(letters_of(form[:_LONGEST_WORD])))
        if not any(gone):
            await talk.reply(talk.words("Nothing was decided on “{form}”.", form=form[:_LONGEST_WORD]))
    elif style.is_spelling(form, preferred) and len(rest) <= 2 * _LONGEST_WORD:
        await talk.desk.decide_style(style.WORD + form, preferred)
    else:
        await talk.reply(talk.words("Those are not two spellings of one word: “{form}”.", form=rest[:60]))


async def choose(talk: Talk, name: str) -> None:
    """A press on a choice: the next option."""
    talk.desk.require({Role.OWNER})
    if name not in style.CHOICES:
        raise NotFound("button")
    await talk.desk.decide_style(name, style.next_choice(await talk.style(), name))
    await talk.amend(*await _board(talk))


async def _board(talk: Talk) -> tuple[Message, Keyboard]:
    say, now = talk.words, await talk.style()
    rows: Keyboard = []
    for name in style.CHOICES:
        value = getattr(now, name)
        shown = say(_VALUES[value]) if value in _VALUES else _SIGNS.get(value, value)
        rows.append([button(f"{say(_NAMES[name])}: {shown}", "story.style", name)])
    words = [f"{form} ← {better}" for form, better in now.words.items() if WORDS.get(form) != better]
    lines = [say("Press a line to change it. A word of your own: /style FORM=FORM"), *words[:_MOST_WORDS]]
    if now.kept:
        lines.append(say("Left alone: {forms}", forms=say(", ").join(sorted(now.kept)[:_MOST_WORDS])))
    learnt = (await talk.db.spellings.newest(_LOOKED_AT, since=talk.now - _LATELY)).values()
    settled = [stories for stories in learnt if own.settles(stories)][:_MOST_LEARNT]
    if forms := [max(stories, key=stories.__getitem__) for stories in settled]:
        taught = say(
            "Learnt from approved stories: {forms}. To forget one: /style FORM", forms=say(", ").join(forms)
        )
        lines.append(taught)
    return titled(say("House style"), "\n".join(lines)), rows
