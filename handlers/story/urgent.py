"""Urgent publishing in words: the urgency of a story, the wish, the second person's card, and its end."""

from datetime import datetime
from typing import Final

from bot.desk import audience, urgency
from bot.desk.stories import APPROVERS, EDITABLE
from bot.desk.urgency import Answer, Asked, Decided, Out
from bot.errors import NotFound, WrongState
from bot.line import calls
from bot.line.calls import Keyboard
from bot.news.model import Article, Message, Role, Staff
from bot.news.plans.confirmation import Confirmation
from bot.news.posts import for_staff
from bot.news.times import calendar
from bot.words import N_, Words, words
from handlers import prompts
from handlers.phrases import called
from handlers.talk import Talk, button, called_by, titled
from storage import Db

ABOUT: Final = "urgent"
"""What the note of a wish's message holds: which wish it is of."""
CONFIRMED: Final = N_("🚨 {name} has confirmed: “{headline}” goes out now.")
REFUSED: Final = N_("✖️ {name} has refused to publish “{headline}” at once.")
TAKEN_BACK: Final = N_("✖️ {name} has taken the wish back: “{headline}” is not published at once.")
OVER: Final = N_("✖️ “{headline}”: that question has expired; nothing was published.")


async def set_urgency(talk: Talk, article_id: int, version: int, number: int) -> None:
    """A press on a number: the story is that urgent."""
    article = await talk.desk.article(article_id, version)
    talk.desk.require(APPROVERS)
    if not 1 <= number <= 9:
        raise NotFound("button")
    if article.state not in EDITABLE:
        raise WrongState(article.state)
    await talk.desk.edit(article_id, version, urgency=number)
    await talk.show_card(article.id)
    await talk.answer(talk.words("Its urgency is {number}.", number=number))


async def ask(talk: Talk, article_id: int, version: int, channel_id: int) -> None:
    """The first person's press: the others get a card, or (without that rule) the story goes out."""
    wish = await urgency.ask(talk.desk, talk.house.urgent, article_id, version, channel_id)
    if isinstance(wish, Out):
        await talk.show_card(article_id)
        await talk.answer(_said_out(talk.words, wish))
        return
    if not wish.new:
        time = calendar.show_hour(wish.confirmation.expires_at, talk.house.time_zone, talk.words.language)
        text = talk.words("That was asked already; until {time} a second person can confirm it.", time=time)
        await talk.answer(text, alert=True)
        return
    for older in wish.instead_of:
        await _end(talk.db, older, OVER)
    await _put_before(talk, wish)
    minutes = round(talk.house.urgent.expires.total_seconds() / 60)
    text = talk.words(
        "🚨 It waits for a second person: {count} {count:was|were} asked. "
        "Without a word in {minutes} {minutes:minute|minutes}, nothing happens.",
        count=len(wish.others),
        minutes=minutes,
    )
    article = await talk.desk.article(article_id)
    rows = [[button(talk.words("✖️ Take it back"), "story.urgent_no", wish.confirmation.id)]]
    await _send(talk, wish.confirmation, talk.who.id, Message(text=f"{text}\n{called_by(article)}"), rows)
    await talk.show_card(article_id)
    await talk.answer(talk.words("Asked."))


async def _put_before(talk: Talk, wish: Asked) -> None:
    """The story's card and the question, for each of the others in their own language."""
    about = wish.confirmation.about
    where = await talk.db.channels.get(about["channel"])
    article = await talk.desk.article(about["article"])
    for person in wish.others:
        say = words(person.language)
        until = calendar.show_hour(wish.confirmation.expires_at, talk.house.time_zone, say.language)
        text = say(
            "{name} wants it in {channel} at once, past slots and quiet hours. It takes your word; "
            "the question ends at {time}.",
            name=called(talk.who, say),
            channel=where.title if where else "",
            time=until,
        )
        rows = [
            [button(say("🚨 Confirm: publish at once"), "story.urgent_yes", wish.confirmation.id)],
            [button(say("✖️ Refuse"), "story.urgent_no", wish.confirmation.id)],
            [button(say("📄 The story"), "open", article.id)],
        ]
        title = say("🚨 “{headline}” needs a confirmation", headline=_short(article))
        await _send(talk, wish.confirmation, person.id, titled(title, text), rows)


async def _send(
    talk: Talk, confirmation: Confirmation, chat_id: int, message: Message, rows: Keyboard
) -> None:
    """A message of a wish: it loses its buttons, in whosever chat it is, once one person has decided.

    `_end` says there what became of it; that it lapses by itself is for what `_end` could not reach.
    """
    about, until = {ABOUT: confirmation.id}, confirmation.expires_at + prompts.LASTS
    key = talk.update.update_id
    await prompts.send(talk.db, chat_id, (message, rows), key=key, about=about, until=until)


async def confirm(talk: Talk, id: int) -> None:
    await _answered(talk, await urgency.decide(talk.desk, talk.house.urgent, id, confirm=True))


async def refuse(talk: Talk, id: int) -> None:
    await _answered(talk, await urgency.decide(talk.desk, talk.house.urgent, id, confirm=False))


async def _answered(talk: Talk, decided: Decided) -> None:
    said = {
        Answer.OWN: N_("That takes a second person: your own word does not count."),
        Answer.LATE: N_("That question has expired; nothing was published."),
        Answer.DECIDED: N_("Somebody has decided that already."),
        Answer.REFUSED: N_("Refused; nothing was published."),
    }
    if decided.answer in {Answer.LATE, Answer.DECIDED}:
        await _close(talk, decided, said[decided.answer])  # a question that is over keeps no buttons
    if decided.answer in said:
        await talk.answer(talk.words(said[decided.answer]), alert=decided.answer is not Answer.REFUSED)
    if decided.answer is Answer.REFUSED:
        await _close(talk, decided, N_("✖️ Not published at once."))
        own = decided.confirmation.asked_by == talk.who.id
        await _tell(talk, decided, TAKEN_BACK if own else REFUSED)
    if decided.out is not None:
        await talk.answer(_said_out(talk.words, decided.out))
        await _close(talk, decided, N_("🚨 Confirmed."))
        await _tell(talk, decided, CONFIRMED, moved=decided.out.moved)


async def _close(talk: Talk, decided: Decided, text: str) -> None:
    """The message that was pressed says what became of it, and of which story."""
    article = await _story(talk.db, decided.confirmation)
    await talk.amend(f"{talk.words(text)}\n{called_by(article)}")


def _said_out(say: Words, out: Out) -> str:
    return _with_room(say, say("It goes out now."), out.moved)


def _with_room(say: Words, text: str, moved: int) -> str:
    """With how many posts of the queue had to move, where there are any."""
    room = say("{count} {count:post|posts} made room for it.", count=moved) if moved else ""
    return f"{text} {room}".strip()


async def _tell(talk: Talk, decided: Decided, message: str, *, moved: int = 0) -> None:
    """The others' messages of that wish say who has decided; the asker hears it by a message of its own."""
    pressed = talk.press.message
    but = (talk.chat_id, pressed.message_id) if pressed else None
    await _end(talk.db, decided.confirmation, message, by=talk.who, but=but)
    article = await _story(talk.db, decided.confirmation)
    for asker in await audience.of_plan(
        talk.db, decided.confirmation.asked_by, decided.confirmation.about["channel"]
    ):
        if asker.id != talk.who.id:
            say = words(asker.language)
            text = say(message, name=called(talk.who, say), headline=_short(article))
            await talk.reply(_with_room(say, text, moved), to=asker.id)


async def _end(
    db: Db,
    confirmation: Confirmation,
    message: str,
    *,
    by: Staff | None = None,
    but: tuple[int, int] | None = None,
) -> None:
    """Every message of a wish that still waits, but that one, says what became of it and has no buttons."""
    article = await _story(db, confirmation)
    for person in await audience.holders(db, Role):
        say = words(person.language)
        values = {"name": called(by, say)} if by else {}
        said = Message(text=say(message, headline=_short(article), **values))
        for prompt in await db.prompts.open_in(person.id):
            if prompt.about.get(ABOUT) != confirmation.id:
                continue
            await db.prompts.close(person.id, prompt.key)
            if prompt.message_id is None:  # on its way: it loses its buttons there, and this comes below it
                await db.notices.add(person.id, *calls.message_call(person.id, said))
            elif (person.id, prompt.message_id) != but:
                await db.notices.add(person.id, *calls.edit_call(person.id, prompt.message_id, said))


async def _story(db: Db, confirmation: Confirmation) -> Article:
    article = await db.articles.get(confirmation.about["article"])
    assert article is not None  # articles are never deleted
    return article


async def expire(db: Db, now: datetime) -> bool:
    """Tell those whose wish nobody has confirmed in time; False if there are none."""
    expired = await urgency.expire(db, now)
    for confirmation in expired:
        article = await _story(db, confirmation)
        await _end(db, confirmation, OVER)
        for asker in await audience.of_plan(db, confirmation.asked_by, confirmation.about["channel"]):
            await _tell_expired(db, asker, article, confirmation)
    return bool(expired)


async def _tell_expired(db: Db, asker: Staff, article: Article, confirmation: Confirmation) -> None:
    say = words(asker.language)
    minutes = round((confirmation.expires_at - confirmation.asked_at).total_seconds() / 60)
    text = say(
        "Nobody has confirmed “{headline}” in {minutes} minutes. "
        "Nothing was published; ask again, or plan it.",
        headline=_short(article),
        minutes=minutes,
    )
    rows = [[button(say("📄 The story"), "open", article.id)]]
    await db.notices.add(asker.id, *calls.message_call(asker.id, Message(text=text), rows))


def _short(article: Article) -> str:
    return for_staff.shortened(article.headline, 80)
