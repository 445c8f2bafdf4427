"""Publishing at once what can't wait, past slots and quiet hours, once a second person has confirmed it.

Knows who may ask and confirm, and what becomes of the queue; not how people are told.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.desk import audience, embargo, places, rights
from bot.desk.logbook import note, note_change
from bot.desk.schedule import require_connected
from bot.desk.stories import SCHEDULABLE, SCHEDULERS, Desk
from bot.errors import AlreadyPosted, ChannelTrouble, NotFound, WrongState
from bot.news.model import Article, Channel, Post, PostState, Role, Staff
from bot.news.plans.confirmation import Confirmation, Decision
from bot.news.plans.pushing import pushed_back
from bot.news.quiet import URGENT
from storage import Db

KIND = "urgent"
_GONE = frozenset({PostState.CANCELED, PostState.FAILED})
_WAITING = frozenset({PostState.PENDING, PostState.HELD})


@dataclass(frozen=True, kw_only=True)
class UrgentRules:
    """Whether a second person confirms, who that may be, and for how long they can."""

    confirm: bool = True
    roles: frozenset[Role] = frozenset({Role.EDITOR, Role.CHANNEL_ADMIN, Role.OWNER})
    expires: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A wish that waits for one of `others`; not `new` if somebody had asked before.

    `instead_of` are those of an older version of the story, which gave way to it.
    """

    confirmation: Confirmation
    others: tuple[Staff, ...]
    new: bool
    instead_of: tuple[Confirmation, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Out:
    """A post that goes out now, and how many of the queue made room for it."""

    post: Post
    moved: int


class Answer(StrEnum):
    """What became of a press on a confirmation."""

    OWN = "own"  # one can't confirm one's own wish
    LATE = "late"  # it has expired
    DECIDED = "decided"  # somebody was faster
    REFUSED = "refused"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, kw_only=True)
class Decided:
    answer: Answer
    confirmation: Confirmation
    out: Out | None = None


async def ask(desk: Desk, rules: UrgentRules, article_id: int, version: int, channel_id: int) -> Asked | Out:
    """Wish that a story goes out at once; without the rule of the second person it does.

    Raises:
        NotFound: it is not an urgent story; there is no second person.
        ChannelTrouble: the channel is away, or paused.
        Embargoed, AlreadyPosted, WrongState, StaleCard: as for any post.
    """
    desk.require(SCHEDULERS)
    if (meant := await desk.db.channels.get(channel_id)) is not None:
        rights.require_channel(desk.who, meant)
    article, where = await _ready(desk, article_id, version, channel_id)
    if not rules.confirm:
        return await _publish(desk, article, where, by=desk.who.id)
    others = tuple(
        person
        for person in await audience.holders(desk.db, rules.roles)
        if person.id != desk.who.id and audience.may_hear(person, article)
    )
    if not others:
        raise NotFound("second person")
    about = {"article": article.id, "version": article.version, "channel": where.id}
    there, older = await _open(desk, about)
    if there is not None:
        return Asked(confirmation=there, others=others, new=False, instead_of=older)
    confirmation = await desk.db.confirmations.ask(
        KIND, about, by=desk.who.id, now=desk.now, expires_at=desk.now + rules.expires
    )
    await _log(desk, "ask_urgent", confirmation)
    return Asked(confirmation=confirmation, others=others, new=True, instead_of=older)


async def decide(desk: Desk, rules: UrgentRules, id: int, *, confirm: bool) -> Decided:
    """A second person's word on a wish; the asker may take theirs back, and not confirm it.

    Raises:
        NotFound, StaleCard, Embargoed, …: what was asked for can't be done any more; it stays open.
    """
    confirmation = await desk.db.confirmations.get(id)
    if confirmation is None or confirmation.kind != KIND:
        raise NotFound("button")
    own = confirmation.asked_by == desk.who.id
    if not own:
        desk.require(rules.roles)
    if confirmation.state is not Decision.OPEN:
        late = confirmation.state is Decision.EXPIRED
        return Decided(answer=Answer.LATE if late else Answer.DECIDED, confirmation=confirmation)
    if desk.now >= confirmation.expires_at:
        return Decided(answer=Answer.LATE, confirmation=confirmation)  # `expire` will say so to the asker
    if not confirm:
        await _decided(desk, confirmation, Decision.REFUSED)
        return Decided(answer=Answer.REFUSED, confirmation=confirmation)
    if own:
        return Decided(answer=Answer.OWN, confirmation=confirmation)
    about = confirmation.about
    article, where = await _ready(desk, about["article"], about["version"], about["channel"])
    await _decided(desk, confirmation, Decision.CONFIRMED)
    out = await _publish(desk, article, where, by=confirmation.asked_by)
    return Decided(answer=Answer.CONFIRMED, confirmation=confirmation, out=out)


async def _open(desk: Desk, about: dict[str, int]) -> tuple[Confirmation | None, tuple[Confirmation, ...]]:
    """The same wish, if it still waits; those for an older version of the story give way."""
    older: tuple[Confirmation, ...] = ()
    for one in await desk.db.confirmations.open(KIND):
        same = (one.about["article"], one.about["channel"]) == (about["article"], about["channel"])
        if not same or desk.now >= one.expires_at:
            continue
        if one.about == about:
            return one, older
        await desk.db.confirmations.decide(one.id, Decision.EXPIRED, by=None)
        older += (one,)
    return None, older


async def _ready(desk: Desk, article_id: int, version: int, channel_id: int) -> tuple[Article, Channel]:
    """What is to go out at once, and where, if it may."""
    article = await desk.article(article_id, version)
    where = await desk.db.channels.get(channel_id)
    if where is None:
        raise NotFound("channel")
    if article.state not in SCHEDULABLE:
        raise WrongState(article.state)
    if article.urgency > URGENT:
        raise NotFound("button")
    require_connected(where)
    if where.paused_at is not None:
        raise ChannelTrouble("paused", where.title)
    await embargo.require_over(desk.db, article.id, desk.now)
    there = await _there(desk.db, article, where)
    if there is not None and (there.state not in _WAITING or there.begun):
        raise AlreadyPosted
    return article, where


async def _there(db: Db, article: Article, where: Channel) -> Post | None:
    """The story's post in that channel, unless it comes back by itself."""
    for post in await db.posts.of_article(article.id):
        if post.channel_id == where.id and post.state not in _GONE and post.recurrence_id is None:
            return post
    return None


async def _publish(desk: Desk, article: Article, where: Channel, *, by: int) -> Out:
    there = await _there(desk.db, article, where)
    if there is None:
        post = await desk.db.posts.add(
            article_id=article.id,
            channel_id=where.id,
            due_at=desk.now,
            by=by,
            now=desk.now,
            urgency=article.urgency,
            zone=where.time_zone,
        )
    else:
        await desk.db.posts.move(there.id, desk.now, now=desk.now)
        await desk.db.posts.set_urgency(there.id, article.urgency)
        post = await desk.db.posts.get(there.id) or there
    await note_change(desk, "publish_urgent", there or post, post)
    moved = await _make_room(desk, post, where)
    return Out(post=post, moved=moved)


async def _make_room(desk: Desk, urgent: Post, where: Channel) -> int:
    """Push back what would come too soon after it, or be one too many; how many posts have moved."""
    waiting, stay = list[Post](), list[datetime]()
    for post in await places.standing(desk.db, where, desk.now):
        if post.state is PostState.PENDING and not post.begun and post.urgency > URGENT:
            waiting.append(post)
        elif post.id != urgent.id:
            stay.append(post.due_at)
    queue = [post.due_at for post in waiting]
    times = pushed_back(queue, desk.now, stay, where.rhythm, where.time_zone)
    moved = 0
    for post, due_at in zip(waiting, times, strict=True):
        if due_at != post.due_at and await desk.db.posts.move(post.id, due_at, now=desk.now):
            await note_change(desk, "push_back", post, await desk.db.posts.get(post.id) or post)
            moved += 1
    return moved


async def expire(db: Db, now: datetime) -> tuple[Confirmation, ...]:
    """Those that nobody has confirmed in time: nothing became of them."""
    return tuple(one for one in await db.confirmations.expire(now) if one.kind == KIND)


async def _decided(desk: Desk, confirmation: Confirmation, decision: Decision) -> None:
    await desk.db.confirmations.decide(confirmation.id, decision, by=desk.who.id)
    await _log(desk, f"{decision}_urgent", confirmation)


async def _log(desk: Desk, verb: str, confirmation: Confirmation) -> None:
    about = confirmation.about
    await note(
        desk, verb, article_id=about["article"], channel_id=about["channel"], confirmation=confirmation.id
    )
