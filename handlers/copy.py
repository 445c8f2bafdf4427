"""Raw copy coming in: a paste becomes a draft and its card; the parts of a long one are put together."""

from dataclasses import replace
from datetime import datetime, timedelta

from telegram import Message as TelegramMessage
from telegram import MessageEntity

from bot.desk import WRITERS, Desk
from bot.errors import DeskError, EmptyCopy
from bot.news import copydesk, intake, paste
from bot.news.model import Photo
from bot.news.talk import Paste
from bot.style import decided
from handlers.talk import House, Talk
from storage import Db

WAIT = timedelta(seconds=2)
"""How long the next part of a cut paste is waited for."""
LONG = 3500
"""From this length on a message may be a part: Telegram's apps cut at 4,096 at the latest."""
_LINK = MessageEntity.TEXT_LINK
_MARKS = "-–—•*▪◾🔹🔸 "


async def incoming(talk: Talk) -> None:
    """Take a message as copy: a new draft, or the next part of the paste before it."""
    talk.desk.require(WRITERS)
    text = _with_links(talk.message)
    before = await talk.db.pastes.open_of(talk.who.id)
    if before and _continues(before, talk):
        await _grow(talk, before, text)
        return
    if not text.strip() and talk.message.media_group_id:
        await talk.reply(talk.words("Of an album, a story takes the first photo only."))
        return
    article = copydesk.read(text, await talk.style(), record=True)
    draft = await talk.desk.write(replace(article, photo=photo_of(talk.message)))
    settles_at = talk.now + WAIT if len(text) >= LONG else None
    opened = await talk.db.pastes.start(talk.who.id, text, talk.message.date, settles_at)
    await talk.db.pastes.belongs_to(opened.id, draft.id)
    await talk.show_card(draft.id)


async def is_swallowed(talk: Talk) -> bool:
    """Whether a message is the rest of something that was refused as too long."""
    before = await talk.db.pastes.open_of(talk.who.id)
    if before is None or not before.refused or not _continues(before, talk):
        return False
    await talk.db.pastes.refuse(before.id, talk.message.date)
    return True


async def swallow(talk: Talk) -> None:
    """Refuse a message together with what an app may have cut off it."""
    refused = await talk.db.pastes.start(talk.who.id, talk.text, talk.message.date, None)
    await talk.db.pastes.refuse(refused.id, talk.message.date)


def _with_links(message: TelegramMessage) -> str:
    """The text; a line that is a link (a related title pasted from a page) gets its address behind it."""
    text = message.text or message.caption or ""
    links = {**message.parse_entities([_LINK]), **message.parse_caption_entities([_LINK])}
    whole = {words.strip(): entity.url for entity, words in links.items() if entity.url}
    if not whole:
        return text
    lines = [(line, whole.get(line.strip().lstrip(_MARKS))) for line in text.split("\n")]
    return "\n".join(f"{line} - {url}" if url else line for line, url in lines)


def _continues(before: Paste, talk: Talk) -> bool:
    """Telegram's own dates decide, so that mail that waited for us through an outage is put together too."""
    seconds = (talk.message.date - before.last_part_at).total_seconds()
    return not talk.message.photo and paste.continues(before.last_part, seconds, talk.text)


async def _grow(talk: Talk, before: Paste, part: str) -> None:
    at = talk.message.date
    text = paste.join(before.text, part, last_part=before.last_part)
    if len(text) <= intake.MAX_COPY:
        await talk.db.pastes.grow(before.id, text, part, at, talk.now + WAIT)
        return
    await talk.db.pastes.refuse(before.id, at)
    if before.article_id is not None:  # a story without its end is no story: the draft goes with it
        draft = await talk.desk.article(before.article_id)
        await talk.desk.spike(draft.id, draft.version)
    await talk.reply(
        talk.words(
            "That is more than {limit} characters, too long for one story. What had arrived of it is spiked; "
            "your other drafts stand.",
            limit=intake.MAX_COPY,
        )
    )


async def settle_due(db: Db, now: datetime, *, house: House) -> bool:
    """Read again, whole, each paste whose parts have stopped coming; False if there is none."""
    due = await db.pastes.due(now)
    for arrived in due:
        await db.pastes.settle(arrived.id)
        who = await db.staff.get(arrived.person_id)
        if who is None or arrived.refused or arrived.article_id is None or arrived.text == arrived.last_part:
            continue
        try:
            article = copydesk.read(arrived.text, decided(house.style, await db.styles.all()), record=True)
            await Desk(db=db, who=who, now=now).rewrite(arrived.article_id, article)
        except (DeskError, EmptyCopy):
            continue  # it was spiked or taken on meanwhile: what the person did with it stands
    return bool(due)


def photo_of(message: TelegramMessage) -> Photo | None:
    """The largest size of a message's picture."""
    return Photo(file_id=message.photo[-1].file_id) if message.photo else None
