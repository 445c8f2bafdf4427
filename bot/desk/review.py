"""The desk's verbs of review: who has a story, and what is said about it. Knows no Telegram.

A claim is a courtesy, not a right: it keeps two from working on one story. Whoever wants to decide on a story
that a colleague has takes it over first, which the colleague hears.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.desk import rights
from bot.desk.claimed import CLAIMABLE, LASTS, holding
from bot.desk.logbook import note
from bot.desk.stories import Desk
from bot.errors import NotFound, WrongState
from bot.news.model import Article, ArticleState, Staff
from bot.news.talk import Claim, Comment
from storage import Db

AT_ONCE = 50
"""Claims that lapse in one transaction."""
HEARD = 20
"""Comments back from which their writers hear of the next one."""
LONGEST = 3000
"""Characters of a comment."""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A story is somebody's now; who had it until then, if anybody did."""

    article: Article
    claim: Claim
    before: Staff | None = None


async def holder(db: Db, article_id: int, now: datetime) -> Staff | None:
    """Who has a story now."""
    found = await holding(db, article_id, now)
    return found[0] if found else None


async def claim(desk: Desk, article_id: int, *, over: bool = False) -> Taken | Staff:
    """Take a story; who has it, where that is somebody else and it is not taken `over`.

    Raises:
        WrongState: nobody has to decide on it.
    """
    article = await _claimable(desk, article_id)
    before = await holder(desk.db, article.id, desk.now)
    if before is not None and before.id != desk.who.id and not over:
        return before
    taken = await _give(desk, article, desk.who.id, "claim")
    others = before if before is not None and before.id != desk.who.id else None
    return Taken(article=article, claim=taken, before=others)


async def hand_over(desk: Desk, article_id: int, person_id: int) -> Staff:
    """Give a story that one has to a colleague.

    Raises:
        NotFound: one does not have it, or that colleague may not decide on it.
    """
    article = await _claimable(desk, article_id)
    mine = await holder(desk.db, article.id, desk.now)
    person = await desk.db.staff.get(person_id)
    if mine is None or mine.id != desk.who.id or person is None or not rights.may(person, rights.DECIDERS):
        raise NotFound("button")
    await _give(desk, article, person.id, "hand_over")
    return person


async def release(desk: Desk, article_id: int) -> Article:
    """Let go a story that one has."""
    article = await desk.article(article_id)
    desk.require(rights.DECIDERS)
    mine = await holder(desk.db, article.id, desk.now)
    if mine is None or mine.id != desk.who.id:
        raise NotFound("button")
    await _let_go(desk.db, article.id)
    await note(desk, "release", article_id=article.id)
    return article


async def _claimable(desk: Desk, article_id: int) -> Article:
    article = await desk.article(article_id)
    desk.require(rights.DECIDERS)
    if article.state not in CLAIMABLE:
        raise WrongState(article.state)
    return article


async def _give(desk: Desk, article: Article, person_id: int, verb: str) -> Claim:
    made = Claim(article_id=article.id, person_id=person_id, until=desk.now + LASTS)
    await desk.db.claims.put(made)
    await desk.db.cards.touch(article.id)
    await note(desk, verb, article_id=article.id, person=person_id)
    return made


async def _let_go(db: Db, article_id: int) -> None:
    await db.claims.drop(article_id)
    await db.cards.touch(article_id)


async def lapse(db: Db, now: datetime) -> bool | datetime:
    """Let go what its people have done nothing with; True if there may be more, else when there will be."""
    first = await db.claims.next_end()
    if first is None or first > now:
        return first or False
    over = await db.claims.lapsed(now, AT_ONCE)
    for each in over:
        await _let_go(db, each.article_id)
    return len(over) == AT_ONCE or await db.claims.next_end() or False


async def comment(desk: Desk, article_id: int, text: str) -> tuple[Article, tuple[Staff, ...]]:
    """Say something about a story; the story, and who is to hear of it."""
    article = await desk.article(article_id)
    await desk.db.comments.add(article.id, desk.who.id, text[:LONGEST], kind="comment", now=desk.now)
    await desk.db.cards.touch(article.id)
    await note(desk, "comment", article_id=article.id)
    return article, await _listeners(desk, article)


async def _listeners(desk: Desk, article: Article) -> tuple[Staff, ...]:
    """Its reporter, who has it, and who has said something lately; where that is nobody, the editors."""
    said = await desk.db.comments.newest(article.id, limit=HEARD)
    has = await holder(desk.db, article.id, desk.now)
    ids = {article.reporter_id, *(each.person_id for each in said), *([has.id] if has else [])} - {
        desk.who.id
    }
    found = [await desk.db.staff.get(person_id) for person_id in sorted(ids)]
    heard = tuple(person for person in found if person is not None and rights.may_see(person, article))
    if heard or article.state is ArticleState.DRAFT:
        return heard
    editors = await desk.db.staff.with_role(*rights.APPROVERS)
    return tuple(person for person in editors if person.id != desk.who.id)


async def thread(desk: Desk, article_id: int, *, skip: int, limit: int) -> tuple[Comment, ...]:
    """So many of the comments on a story, the newest first."""
    article = await desk.article(article_id)
    return await desk.db.comments.newest(article.id, skip=skip, limit=limit)
