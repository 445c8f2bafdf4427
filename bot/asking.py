"""The outside model asked for what someone waits for; its faults are its own (`bot.line.assistant`)."""

import structlog

from bot.clock import Clock
from bot.config import AssistantSettings
from bot.errors import StorageError
from bot.line import assistant
from handlers.story import proposing
from storage import Storage

log = structlog.get_logger(__name__)


async def propose(storage: Storage, clock: Clock, settings: AssistantSettings) -> bool:
    """Ask it about one story; False if nobody waits for it."""
    if not settings.url:
        return False
    async with storage.begin() as db:
        asked = await db.proposals.next_asked()
        article = await db.articles.get(asked.article_id) if asked else None
    if asked is None or article is None:
        return False
    try:
        text = proposing.text_of(article)
        proposal = await assistant.propose(settings, text, language=article.language)
        async with storage.begin() as db:
            await proposing.offer(db, asked, proposal, await clock())
    except StorageError:
        raise
    except Exception:  # a bug with one story must not stop what others have asked for
        log.exception("not_proposed", article_id=article.id)
        async with storage.begin() as db:
            await proposing.offer(db, asked, None, await clock())
    return True
