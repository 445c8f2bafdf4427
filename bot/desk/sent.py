"""Stories that other programs send: new, updated, withdrawn. Knows no HTTP.

What a program does is bounded: it writes and changes like a reporter, so that what was approved waits again;
of what is out nothing changes until an editor says so.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.desk import audience, rights, spiking
from bot.desk.logbook import note
from bot.desk.stories import EDITABLE, OUT, Desk
from bot.errors import NotAllowed, NotFound, WrongState
from bot.news.merging import merged
from bot.news.model import Article, Role, Staff
from bot.news.sent import Sent
from storage import Db
from storage.sent import Token, digest

INTAKE = "intake"
"""The scope of a token that sends stories, and does nothing else."""


class Outcome(StrEnum):
    """What has become of what was sent."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    WAITS = "waits"  # it is out: an editor decides
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"  # the newsroom has put it aside, or taken it down


@dataclass(frozen=True, kw_only=True)
class Received:
    """A story after what was sent, and as it was before."""

    outcome: Outcome
    article: Article
    before: Article | None = None
    person: Staff


async def new_token(desk: Desk, name: str) -> str:
    """A token for a program of that name: told once, kept as a digest."""
    desk.require(rights.OWNERS)
    token = f"monadi_{secrets.token_urlsafe(32)}"
    await desk.db.tokens.add(digest(token), name, scope=INTAKE, person_id=desk.who.id, now=desk.now)
    await note(desk, "token_new", name=name)
    return token


async def tokens(desk: Desk) -> tuple[Token, ...]:
    """Those that are good."""
    desk.require(rights.OWNERS)
    return await desk.db.tokens.good()


async def revoke(desk: Desk, token_id: int) -> None:
    """From now on it opens nothing.

    Raises:
        NotFound: it was revoked before.
    """
    desk.require(rights.OWNERS)
    if not await desk.db.tokens.revoke(token_id, desk.now):
        raise NotFound("token")
    await note(desk, "token_revoke", token=token_id)


async def sender(db: Db, token: str, now: datetime) -> Token | None:
    """Whose token that is, if it is good for sending stories."""
    found = await db.tokens.by_hash(digest(token)) if len(token) <= 200 else None
    if found is None or found.scope != INTAKE:
        return None
    if found.used_at is None or (now - found.used_at).total_seconds() > 60:
        await db.tokens.used(found.id, now)
    return found


async def answering(db: Db, token: Token) -> Staff:
    """In whose name its stories come.

    Raises:
        NotAllowed: nobody is left who may write.
    """
    person = await db.staff.get(token.person_id)
    if person is None or not rights.may(person, rights.WRITERS):
        owners = await audience.holders(db, {Role.OWNER})
        if not owners:
            raise NotAllowed(Role.OWNER)
        person = owners[0]
    return person


async def receive(db: Db, token: Token, sent: Sent, reading: Article, now: datetime) -> Received:
    """Take a story in, or let the one that was sent before follow it. One transaction.

    Raises:
        NotFound: what is withdrawn was never sent.
        DeskError: the newsroom's rules say no.
    """
    person = await answering(db, token)
    known = await db.sent_items.get(token.name, sent.item) if sent.item else None
    article = await db.articles.get(known.article_id) if known else None
    if known is None or article is None:
        if sent.withdrawn:
            raise NotFound("article")
        return await _new(Desk(db=db, who=person, now=now), token, sent, reading)
    if sent.withdrawn:
        return await _withdrawn(db, person, article, now)
    if article.state not in EDITABLE | OUT:
        return Received(outcome=Outcome.CLOSED, article=article, person=person)
    changes, _ = merged(known.reading, reading, article)
    await db.sent_items.put(token.name, sent.item or "", article.id, reading, now)
    if not changes:
        return Received(outcome=Outcome.UNCHANGED, article=article, person=person)
    desk = Desk(db=db, who=_as(person, article), now=now)
    after = await desk.edit(article.id, article.version, **changes)
    outcome = Outcome.WAITS if article.state in OUT else Outcome.UPDATED
    return Received(outcome=outcome, article=after, before=article, person=person)


async def _new(desk: Desk, token: Token, sent: Sent, reading: Article) -> Received:
    article = await desk.write(reading)
    if sent.item:
        await desk.db.sent_items.put(token.name, sent.item, article.id, reading, desk.now)
    if sent.submit:
        article = await desk.submit(article.id, article.version)
    return Received(outcome=Outcome.CREATED, article=article, person=desk.who)


async def _withdrawn(db: Db, person: Staff, article: Article, now: datetime) -> Received:
    """It goes no further; where readers have it, or are just getting it, an editor decides."""
    editor = replace(_as(person, article), roles=frozenset({Role.EDITOR}))
    outcome = Outcome.WAITS if article.state in OUT else Outcome.CLOSED
    if article.state in EDITABLE:
        try:
            desk = Desk(db=db, who=editor, now=now)
            after, _ = await spiking.spike(desk, article.id, article.version)
        except WrongState:  # a post of it is on its way
            outcome = Outcome.WAITS
        else:
            return Received(outcome=Outcome.WITHDRAWN, article=after, before=article, person=person)
    return Received(outcome=outcome, article=article, before=article, person=person)


def _as(person: Staff, article: Article) -> Staff:
    """Who changes it: a reporter of their own story; of what is out an editor, whose edit waits."""
    role = Role.EDITOR if article.state in OUT else Role.REPORTER
    return replace(person, id=article.reporter_id, roles=frozenset({role}))
