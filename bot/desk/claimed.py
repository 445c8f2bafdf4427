"""Whether a colleague has a story just now: who wants to decide on it takes it over first. Knows no verb."""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.errors import Claimed
from bot.news.model import Article, ArticleState, Staff
from bot.news.talk import Claim
from storage import Db

LASTS = timedelta(minutes=30)
"""How long a story is somebody's who does nothing with it."""
CLAIMABLE = frozenset({ArticleState.SUBMITTED, ArticleState.CHANGES_REQUESTED, ArticleState.APPROVED})


async def holding(db: Db, article_id: int, now: datetime) -> tuple[Staff, Claim] | None:
    """Who has a story now, and until when; a claim of who works here no more is none."""
    return (await holders(db, [article_id], now)).get(article_id)


async def holders(db: Db, article_ids: Collection[int], now: datetime) -> dict[int, tuple[Staff, Claim]]:
    """The same of several stories, by their ids; those that nobody has are left out."""
    claims = {
        id: claim
        for id, claim in (await db.claims.of(article_ids) if article_ids else {}).items()
        if claim.until > now
    }
    people = await db.staff.some({claim.person_id for claim in claims.values()}) if claims else {}
    return {
        id: (people[claim.person_id], claim)
        for id, claim in claims.items()
        if claim.person_id in people and people[claim.person_id].roles
    }


async def require_free(db: Db, who: Staff, article: Article, now: datetime) -> None:
    """Raises Claimed where somebody else has the story; one's own lasts longer from now on.

    Its reporter may go on with it: what they change is seen.
    """
    if article.state not in CLAIMABLE or who.id == article.reporter_id:
        return
    found = await holding(db, article.id, now)
    if found is None:
        return
    holder, claim = found
    if holder.id != who.id:
        raise Claimed(holder.name or str(holder.id), claim.until)
    await db.claims.put(Claim(article_id=article.id, person_id=who.id, until=now + LASTS))
