"""What feeds have brought becomes stories, one at a time, through the copy desk like any paste."""

from dataclasses import replace
from datetime import datetime
from functools import partial

import structlog
from telegram import Update

from bot.aside import aside
from bot.desk import feeds
from bot.errors import CopyError, StorageError
from bot.news.feeds import Fate, Item, Source, Waiting, Way
from bot.news.folding import folded
from bot.news.model import Article, ArticleState, Staff
from bot.news.posts import for_staff
from bot.news.structure import intake
from bot.words import words
from handlers.story.decisions import approved
from handlers.story.reading import read
from handlers.story.telling import to_the_editors
from handlers.talk import House, Talk
from storage import Db, Storage

log = structlog.get_logger(__name__)


async def take_next(storage: Storage, now: datetime, *, house: House) -> bool:
    """Make a story of the item that has waited longest; False if none does.

    The story, what becomes of it, and that its item is settled are one transaction.
    """
    async with storage.begin() as db:
        waiting = await db.feeds.next_waiting()
    if waiting is None:
        return False
    try:
        await aside(partial(_taken, storage, waiting, now, house))
    except StorageError:
        raise
    except Exception:  # a bug with one item must not stop the others
        log.exception("item_failed", item_id=waiting.id)
        async with storage.begin() as db:
            await _given_up(db, waiting)
    return True


async def _taken(storage: Storage, waiting: Waiting, now: datetime, house: House) -> None:
    async with storage.begin() as db:
        source = await db.feeds.get(waiting.feed_id)
        who = await feeds.answers_for(db, source) if source else None
        if source is None or who is None:  # nobody is left who may
            await db.feeds.settle(waiting.id, Fate.FAILED)
            return
        talk = Talk(db=db, house=house, update=Update(update_id=0), who=who, now=now)  # nobody has spoken
        copy = copy_of(waiting.item)
        try:
            article = read(copy, await talk.style(copy))
        except CopyError:
            await _given_up(db, waiting)
            return
        draft = await talk.desk.write(_sourced(article, waiting.item, source))
        if await db.feeds.settle(waiting.id, Fate.TAKEN, draft.id):
            await _on_its_way(talk, draft, source)


async def _on_its_way(talk: Talk, draft: Article, source: Source) -> None:
    article = await feeds.planned(talk.desk, draft, source)
    if article.state is ArticleState.APPROVED:
        await approved(talk, article)
    elif article.state is ArticleState.SUBMITTED:
        await to_the_editors(talk, article)
    if source.way is Way.DRAFT or article.state is ArticleState.SUBMITTED:
        await talk.show_card(article.id)


async def _given_up(db: Db, waiting: Waiting) -> None:
    """Its feed's people hear of it: nothing that was wanted is dropped unsaid."""
    await db.feeds.settle(waiting.id, Fate.FAILED)
    source = await db.feeds.get(waiting.feed_id)
    who = await feeds.answers_for(db, source) if source else None
    if who is not None:
        await db.notices.add(who.id, *_unreadable(who, waiting.item))


def _unreadable(who: Staff, item: Item) -> tuple[str, dict[str, object]]:
    say = words(who.language)
    title = for_staff.shortened(for_staff.name(item.title or "") or item.id, 100)
    text = say(
        "I could not make a story of “{title}”, which a feed has brought: {url}",
        title=title,
        url=item.url or "–",
    )
    return "sendMessage", {"chat_id": who.id, "text": text}


def copy_of(item: Item) -> str:
    """An item as a paste would have it: the title once, above the text."""
    title, text = item.title or "", item.text
    if title and folded(text.split("\n", 1)[0]) == folded(title):
        title = ""
    return "\n\n".join(filter(None, [title, text]))[: intake.MAX_COPY]


def _sourced(article: Article, item: Item, source: Source) -> Article:
    name = for_staff.name(source.title or "") or None
    return replace(
        article,
        source=article.source or name,
        source_url=item.url or article.source_url,
        category=article.category or next(iter(item.categories), None),
        media=(item.media,) if item.media else article.media,
    )
