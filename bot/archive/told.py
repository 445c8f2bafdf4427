"""Whether a story that nobody has decided on was told before: looked up as it is taken in, kept with it."""

from collections.abc import Sequence
from functools import partial

import structlog

from bot.archive import twice
from bot.archive.related import Told
from bot.archive.twice import Twin, Why
from bot.news.archive.entry import Entry
from bot.news.model import Article, ArticleState, PostState
from bot.news.posts.links import post_link, usable
from bot.news.told import ToldBefore
from storage import Db, Storage
from storage.archive_reading import ArchiveReading, Scope

log = structlog.get_logger(__name__)

MOST = 2
"""Of them on a card."""
_SURE = frozenset({Why.PAGE, Why.TEXT, Why.COPY})
"""The same event may be news again; who wants to know that opens the background."""
_UNDECIDED = frozenset({ArticleState.DRAFT, ArticleState.SUBMITTED, ArticleState.CHANGES_REQUESTED})

type Found = list[tuple[Twin, Entry]]


async def look_up(storage: Storage, stories: Sequence[tuple[Article, str]]) -> dict[int, Found]:
    """What is out, or was brought in, of the same: by the ids of those stories, given with their texts.

    A story that was decided on has what was found until then.
    """
    asked = [each for each in stories if each[0].state in _UNDECIDED]
    return await storage.asked(partial(_of_all, stories=asked)) if asked else {}


async def note(db: Db, article: Article, found: Found) -> None:
    """Keep it with the story, where it is another than before; its cards show it."""
    told = tuple([await _told(db, *each) for each in found])
    if told != article.told_before:
        await db.articles.note_told(article.id, told)
        await db.cards.touch(article.id)


def _of_all(reading: ArchiveReading, *, stories: Sequence[tuple[Article, str]]) -> dict[int, Found]:
    return {article.id: _of_one(reading, article, text) for article, text in stories}


def _of_one(reading: ArchiveReading, article: Article, text: str) -> Found:
    told = Told(headline=article.headline, text=text, url=article.source_url)
    try:
        twins = twice.found(reading, told, Scope(only_out=True, without=article.id))
        sure = [each for each in twins if each.why in _SURE]
        entries = reading.entries([each.id for each in sure])
    except Exception:  # a bug with one story must not keep the others out
        log.exception("not_looked_up", article_id=article.id)
        return []
    return [(each, entries[each.id]) for each in sure if each.id in entries][:MOST]


async def _told(db: Db, twin: Twin, entry: Entry) -> ToldBefore:
    """With our own post of it, the last one that is out; else its page."""
    where, url = entry.place or "", usable(entry.url)
    posts = await db.posts.of_article(entry.article_id) if entry.article_id is not None else ()
    out = [post for post in posts if post.state is PostState.SENT and post.message_ids]
    channel = await db.channels.get(out[-1].channel_id) if out else None
    if channel is not None:
        where, url = channel.title, post_link(channel, out[-1].message_ids[0])
    return ToldBefore(why=twin.why, headline=entry.headline, on=entry.told_at.date(), where=where, url=url)
