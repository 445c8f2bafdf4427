"""Pastes taken as whole once their parts have stopped coming. Knows no message: nobody speaks here."""

from dataclasses import replace
from datetime import datetime
from functools import partial

import structlog
from telegram import Update

from bot.aside import Done, aside
from bot.desk import audience
from bot.errors import CopyError, DeskError, EmptyCopy, StorageError
from bot.news.model import Role, Staff
from bot.news.spelling import own
from bot.news.talk import Paste
from bot.words import words
from handlers.phrases import called, explained
from handlers.story import albums, origins, two_stories
from handlers.story.reading import read
from handlers.talk import House, Talk
from storage import Db, Storage

log = structlog.get_logger(__name__)


async def settle_next(storage: Storage, now: datetime, *, house: House) -> bool | datetime:
    """Take as whole the paste whose parts have stopped coming first; if none has, when the next one will.

    One that can't be taken in is given up and kept, and its sender is told.
    """
    async with storage.begin() as db:
        first = await db.pastes.next_due()
    if first is None or first.settles_at is None:
        return False
    if first.settles_at > now:
        return first.settles_at
    try:
        done = Done()
        await done.ahead(own.asked, len(first.text), first.text)
        await aside(partial(_settled, storage, first, now, house), done)
    except StorageError:
        raise
    except Exception as fault:  # a bug with one paste must not stop the others
        log.exception("paste_failed", paste_id=first.id)
        async with storage.begin() as db:
            await db.pastes.fail(first.id, type(fault).__name__)
        await _apologise(storage, replace(first, failed=type(fault).__name__), now, house)
    return True


async def _settled(storage: Storage, arrived: Paste, now: datetime, house: House) -> None:
    async with storage.begin() as db:
        await db.pastes.settle(arrived.id)
        who = await db.staff.get(arrived.person_id)
        if who is not None and not arrived.refused:
            talk = _talk(db, who, now, house)
            await (_settle_photos if arrived.pictures else _settle_text)(talk, arrived)


def _talk(db: Db, who: Staff, now: datetime, house: House) -> Talk:
    return Talk(db=db, house=house, update=Update(update_id=0), who=who, now=now)  # nobody has spoken


async def _apologise(storage: Storage, arrived: Paste, now: datetime, house: House) -> None:
    """Tell who sent it what became of it, and the owners where to find it."""
    try:
        async with storage.begin() as db:
            who = await db.staff.get(arrived.person_id)
            if who is None:
                return
            talk = _talk(db, who, now, house)
            await talk.reply(
                talk.words(
                    "I could not put together what you sent last: a fault on our side. Of long text at most "
                    "the first part is in the draft. Send it again in smaller pieces, or ask an owner."
                ),
                to=who.id,
            )
            for owner in await audience.holders(db, {Role.OWNER}):
                say = words(owner.language)
                text = say(
                    "What {name} sent could not be read ({why}). It is kept as paste {id}; "
                    "the log has the rest.",
                    name=called(who, say),
                    why=arrived.failed or "",
                    id=arrived.id,
                )
                await talk.reply(text, to=owner.id)
    except StorageError:
        raise
    except Exception:
        log.exception("nobody_to_tell", paste_id=arrived.id)


async def _settle_photos(talk: Talk, arrived: Paste) -> None:
    try:
        await albums.settle(talk, arrived)
    except (DeskError, CopyError) as error:
        zone = talk.house.time_zone
        await talk.reply(explained(error, talk.words, zone=zone, person_id=talk.who.id))


async def _settle_text(talk: Talk, arrived: Paste) -> None:
    """Read it, now that it is whole."""
    if arrived.article_id is None:
        return
    try:
        article = read(arrived.text, await talk.style(arrived.text))
        article = origins.named(article, arrived.origin, talk.words)
        draft = await talk.desk.rewrite(arrived.article_id, article)
        await two_stories.ask(talk, replace(arrived, settles_at=None), draft)
    except (DeskError, EmptyCopy):
        return  # it was spiked or taken on meanwhile: what the person did with it stands
