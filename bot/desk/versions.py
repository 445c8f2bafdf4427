"""The versions of a story: who may look back, and how an earlier one is brought back. Knows no card."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from bot.desk.stories import Desk
from bot.errors import NotFound
from bot.news.model import RECORD_FIELDS, Article
from bot.news.talk import AuditEntry, Revision

_STAY = RECORD_FIELDS | {"embargoed_until"}
"""What an earlier version does not bring back: an embargo is a promise to somebody outside."""
_SAVE = frozenset({"write", "rewrite", "edit", "restore"})
"""The verbs that save a version, or say why one was saved."""


@dataclass(frozen=True, kw_only=True)
class Past:
    """A story with all the versions it had, oldest first, and what was done with it."""

    article: Article
    revisions: tuple[Revision, ...]
    log: tuple[AuditEntry, ...]

    def at(self, moment: datetime) -> int:
        """The version that it had at a moment."""
        return max((each.version for each in self.revisions if each.saved_at <= moment), default=1)

    def made(self, version: int) -> tuple[str, dict[str, Any]]:
        """The verb that a version came from, with its detail."""
        found: tuple[str, dict[str, Any]] = ("write", {})
        for entry in self.log:
            detail = entry.detail or {}
            if entry.verb in _SAVE and detail.get("version") == version:
                found = entry.verb, detail
        return found


async def past(desk: Desk, article_id: int) -> Past:
    """All that a story was.

    Raises:
        NotAllowed: the person may not change it: others see what was approved, and no drafts of it.
    """
    article = await desk.article(article_id)
    desk.require_edit(article)
    revisions = await desk.db.articles.history(article.id)
    return Past(article=article, revisions=revisions, log=await desk.db.audit.of_article(article.id))


async def at(desk: Desk, article_id: int, version: int) -> Article:
    """A story as it was at a version.

    Raises:
        NotFound: it had none of that number.
        NotAllowed: see `past`.
    """
    desk.require_edit(await desk.article(article_id))
    found = await desk.db.articles.at_version(article_id, version)
    if found is None:
        raise NotFound("version")
    return found


async def restore(desk: Desk, article_id: int, version: int, earlier: int) -> Article:
    """Bring the content of an earlier version back, as a new one; it can be undone like any edit.

    Raises:
        StaleCard: the story is not at `version` any more.
    """
    article, before = await desk.article(article_id, version), await at(desk, article_id, earlier)
    names = [each.name for each in fields(Article) if each.name not in _STAY]
    changes = {name: value for name in names if (value := getattr(before, name)) != getattr(article, name)}
    restored = await desk.edit(article_id, version, **changes)
    if restored.version != version:
        await desk.log("restore", restored, version=restored.version, earlier=earlier)
    return restored
