"""Our own stories taken into the archive: whatever has changed since it was last read, the latest first.

What is still to be read is marked in the database by the same statement that saves a story or its state, so a
crash only delays it, and the stories of before the archive are taken in the same way, little by little.
"""

import asyncio
from collections.abc import Sequence
from weakref import WeakSet

import structlog

from bot.archive import told
from bot.news.archive.entry import Entry, Indexed, indexed, is_found_alike
from bot.news.model import Article, BulletList
from storage import Storage
from storage.archive import Unread

log = structlog.get_logger(__name__)

_STEP = 10
"""Stories of one transaction: a hundred milliseconds of a thread, one or two of the loop."""


_MOVED = 5
"""Stories whose words are moved in one transaction: some milliseconds of the loop."""
_PACKED: WeakSet[Storage] = WeakSet()
"""Those that have nothing left to be moved out of the index of before."""


async def take_in(storage: Storage) -> bool:
    """Read a few stories; False if the archive knows all there are now, and as it keeps them now."""
    return await _read_some(storage) or await _repacked_some(storage)


async def _repacked_some(storage: Storage) -> bool:
    if storage in _PACKED:
        return False
    async with storage.begin() as db:
        more = await db.archive.repack(_MOVED)
    if not more:
        _PACKED.add(storage)
    return more


async def _read_some(storage: Storage) -> bool:
    async with storage.begin() as db:
        unread = await db.archive.unread(_STEP)
        names = await db.staff.some({each.article.reporter_id for each in unread})
    if not unread:
        return False
    reporters = {id: person.name for id, person in names.items()}
    read = await asyncio.to_thread(_read, unread, reporters)
    before = await told.look_up(storage, [(each.article, entry.text) for each, entry, _ in read])
    async with storage.begin() as db:
        for each, entry, found in read:
            await db.archive.keep(each, entry, found)
            if each.article.id in before:
                await told.note(db, each.article, before[each.article.id])
    return len(unread) == _STEP


def entry_of(unread: Unread, reporter: str | None) -> Entry:
    """A story of ours as the archive has it."""
    article = unread.article
    return Entry(
        article_id=article.id,
        headline=article.headline,
        text=text_of(article),
        told_at=unread.told_at,
        url=article.source_url,
        section=article.category,
        byline=" ".join(filter(None, (article.byline, reporter))),
    )


def text_of(article: Article) -> str:
    """All that it says under its headline, a line for each part."""
    return "\n".join(filter(None, _texts(article)))


def _texts(article: Article) -> Sequence[str]:
    texts = [article.kicker or "", article.lede, *(point.text for point in article.key_points)]
    for section in article.sections:
        texts.append(section.heading or "")
        for block in section.blocks:
            if isinstance(block, BulletList):
                texts += [block.intro or "", *(f"{item.label or ''} {item.text}" for item in block.items)]
            else:
                texts.append(block.text)
    return texts


def _read(unread: Sequence[Unread], reporters: dict[int, str]) -> list[tuple[Unread, Entry, Indexed | None]]:
    return [_one(each, reporters.get(each.article.reporter_id)) for each in unread]


def _one(unread: Unread, reporter: str | None) -> tuple[Unread, Entry, Indexed | None]:
    """Its words are read where they may have changed: of one that is approved, or out, they seldom have."""
    entry = entry_of(unread, reporter)
    if unread.kept is not None and is_found_alike(entry, unread.kept):
        return unread, entry, None
    try:
        return unread, entry, indexed(entry)
    except Exception:  # a bug with one story must not keep the others out
        log.exception("not_indexed", article_id=unread.article.id)
        return unread, entry, Indexed.nothing()
