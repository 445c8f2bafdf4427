"""The desk's lists of stories, page by page, searched by words: one's own, and what waits for one."""

from collections.abc import Collection
from enum import StrEnum

from bot.desk import rights
from bot.desk.stories import EDITABLE, Desk
from bot.errors import NotFound
from bot.news.model import Article, ArticleState


class Kind(StrEnum):
    DRAFTS = "drafts"  # one's own that are not out yet
    MINE = "mine"  # all one ever sent in
    DESK = "desk"  # what waits for one


def _scope(desk: Desk, kind: str) -> tuple[frozenset[ArticleState], int | None]:
    """The states and the reporter of a list.

    Raises:
        NotAllowed: it is not for the person.
        NotFound: there is no such list.
    """
    match kind:
        case Kind.DRAFTS | Kind.MINE:
            desk.require(rights.WRITERS)
            return EDITABLE if kind == Kind.DRAFTS else frozenset(ArticleState), desk.who.id
        case Kind.DESK:
            desk.require(rights.DECIDERS)
            submitted = {ArticleState.SUBMITTED} if desk.may(rights.APPROVERS) else set()
            approved = {ArticleState.APPROVED} if desk.may(rights.SCHEDULERS) else set()
            return frozenset(submitted | approved), None
        case _:
            raise NotFound("button")


async def count(desk: Desk, kind: str, words: Collection[str] = ()) -> int:
    """How many stories are in a list, with all of the words (`bot.news.folding`)."""
    states, reporter_id = _scope(desk, kind)
    return await desk.db.lists.count(states, reporter_id=reporter_id, words=words)


async def page(
    desk: Desk, kind: str, words: Collection[str] = (), *, skip: int, limit: int
) -> tuple[Article, ...]:
    """So many of these, after the first `skip`; the last changed come first."""
    states, reporter_id = _scope(desk, kind)
    ids = await desk.db.lists.page(states, reporter_id=reporter_id, words=words, skip=skip, limit=limit)
    found = await desk.db.articles.some(ids)
    return tuple(found[each] for each in ids)
