"""The table of cards: an article as one chat sees it. Knows neither what a card shows nor how it is sent.

Every touch raises a card's `revision`; a delivery says which revision it has seen. What is touched while it
is being delivered is ahead of that and stays stale.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Insert,
    Integer,
    Row,
    Select,
    bindparam,
    case,
    delete,
    func,
    literal_column,
    select,
    update,
)

from bot.news.model import ArticleState, PostState
from bot.news.talk import Card
from storage.columns import LIMIT, Moment
from storage.connection import Connection
from storage.engine import insert_for
from storage.schema import articles, posts
from storage.schema_talk import cards

NEWEST: Final = 100
"""Cards that a change of a channel redraws at the most, of each kind that has no end."""
MOST_OFFERED: Final = 20
"""Stories whose cards are shown anew when a slot has come: what they offered is over."""
_WAITING: Final = (PostState.PENDING, PostState.HELD, PostState.SENDING, PostState.UNCONFIRMED)
_NOT_OUT: Final = (
    ArticleState.DRAFT,
    ArticleState.SUBMITTED,
    ArticleState.CHANGES_REQUESTED,
    ArticleState.APPROVED,
)
_UNDECIDED: Final = (
    select(articles.c.id).where(articles.c.state.in_(_NOT_OUT)).order_by(articles.c.changed_at.desc())
)
_PLANNED_NEXT: Final = (
    select(articles.c.id)
    .where(articles.c.state == ArticleState.APPROVED)
    .order_by(articles.c.changed_at.desc())
)
_OFFERED: Final = (
    select(articles.c.id)
    .where(
        articles.c.state.in_((ArticleState.APPROVED, ArticleState.PUBLISHED, ArticleState.CORRECTED)),
        articles.c.changed_at > bindparam("since", type_=Moment),
    )
    .order_by(articles.c.changed_at.desc())
)
_OPEN: Final = (
    select(cards.c.id)
    .where(cards.c.view != literal_column("'main'"))  # said as in the index of these
    .order_by(cards.c.id.desc())
)
_AGAIN: Final = {"revision": cards.c.revision + 1}
_IS_STALE: Final = cards.c.revision != cards.c.delivered
_ELSEWHERE: Final = cards.c.chat_id.not_in(bindparam("besides", expanding=True))
_CARD: Final = select(cards).order_by(cards.c.id)
_IS_NEW: Final = cards.c.anew > cards.c.delivered
_FIRST_IN_CHAT: Final = (
    select(func.coalesce(func.min(case((_IS_NEW, cards.c.id))), func.max(cards.c.id)))
    .where(_IS_STALE, _ELSEWHERE)
    .group_by(cards.c.chat_id)
)
_WHICH: Final = cards.c.id == bindparam("which")
_OF_ARTICLE: Final = cards.c.article_id == bindparam("article")
_IN_CHAT: Final = _CARD.where(_OF_ARTICLE, cards.c.chat_id == bindparam("chat"))
_CARDS: Final = _CARD.where(_OF_ARTICLE)
_TOUCH: Final = update(cards).where(_OF_ARTICLE).values(**_AGAIN)
_SEEN: Final = bindparam("seen", type_=Integer)
_IN_PLACE: Final = cards.c.anew <= _SEEN
_NOT_WHOLE: Final = (
    update(cards)
    .where(_WHICH)
    .values(
        message_ids=case(
            (_IN_PLACE, bindparam("messages", type_=cards.c.message_ids.type)), else_=cards.c.message_ids
        ),
        shown=case((_IN_PLACE, bindparam("looks", type_=cards.c.shown.type)), else_=cards.c.shown),
    )
)
_GIVE_UP: Final = update(cards).where(_WHICH).values(delivered=_SEEN)
_WHOLE: Final = _NOT_WHOLE.values(delivered=_SEEN)
_ALL_STALE: Final = select(func.count()).where(_IS_STALE, _ELSEWHERE).scalar_subquery()
_NEXT_STALE: Final = (
    select(cards, _ALL_STALE.label("in_all"))
    .where(cards.c.id.in_(_FIRST_IN_CHAT))
    .order_by(case((_IS_NEW, 0), else_=1), case((_IS_NEW, cards.c.id), else_=-cards.c.id))
    .limit(LIMIT)
)

_CLOSE_PAGE: Final = (
    update(cards)
    .where(_OF_ARTICLE, cards.c.chat_id == bindparam("chat"))
    .values(**_AGAIN, view=literal_column("'main'"))
)


@cache
def _show(kind: str, *, anew: bool) -> Insert:
    showing = insert_for(kind, cards)
    again: dict[str, Any] = {**_AGAIN, "view": showing.excluded.view}
    if anew:
        empty = showing.excluded.message_ids
        again |= {"message_ids": empty, "shown": None, "anew": cards.c.revision + 1}
    return showing.on_conflict_do_update(index_elements=["article_id", "chat_id"], set_=again)


def _shown(article_id: int, chat_id: int, view: str) -> dict[str, Any]:
    place = {"article_id": article_id, "chat_id": chat_id, "view": view}
    return {**place, "message_ids": [], "revision": 1, "delivered": 0, "anew": 1}


@dataclass(frozen=True, kw_only=True)
class Stale:
    """Cards that are not shown as they are now: those to be shown next, and whether there are others."""

    cards: tuple[Card, ...] = ()
    more: bool = False


class Cards:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def show(self, article_id: int, chat_id: int, *, view: str = "main") -> None:
        """Have the article's card in the chat."""
        showing = _show(self._connection.dialect.name, anew=False)
        await self._connection.execute(showing, _shown(article_id, chat_id, view))

    async def show_anew(self, article_id: int, chat_ids: Collection[int], *, view: str = "main") -> None:
        """Have it at the bottom of these chats, whatever stands above."""
        shown = [_shown(article_id, chat_id, view) for chat_id in chat_ids]
        if shown:
            await self._connection.execute(_show(self._connection.dialect.name, anew=True), shown)

    async def touch(self, article_id: int) -> None:
        """The article has changed: all its cards have to be shown again."""
        await self._connection.execute(_TOUCH, {"article": article_id})

    async def close_page(self, article_id: int, chat_id: int) -> None:
        """The card in that chat, if there is one, shows its front again."""
        await self._connection.execute(_CLOSE_PAGE, {"article": article_id, "chat": chat_id})

    async def touch_planned(self, channel_id: int | None = None) -> None:
        """When posts may go has changed, in a channel or in all: it shows where a story waits to go out.

        And where somebody is planning: on the newest cards whose page of plans (or another) is open, and of
        the newest stories that are approved, whose fronts offer the next free slots.
        """
        waiting = select(posts.c.article_id).where(posts.c.state.in_(_WAITING))
        if channel_id is not None:
            waiting = waiting.where(posts.c.channel_id == channel_id)
        await self._touch(cards.c.article_id.in_(waiting))
        await self._touch(cards.c.id.in_(_OPEN.limit(NEWEST)))
        await self._touch(cards.c.article_id.in_(_PLANNED_NEXT.limit(NEWEST)))

    async def touch_offered(self, since: datetime) -> None:
        """A slot's time has come: cards of stories that may go out, changed since, offer the next one."""
        which = cards.c.article_id.in_(_OFFERED.limit(MOST_OFFERED))
        await self._connection.execute(update(cards).where(which).values(**_AGAIN), {"since": since})

    async def touch_shown(self, channel_id: int) -> None:
        """A channel has come, or is back: stories that are not out can go there, and have its look.

        Of those, and of what it had before, the newest.
        """
        await self.touch_planned(channel_id)
        await self._touch(cards.c.article_id.in_(_UNDECIDED.limit(NEWEST)))
        last = select(posts.c.article_id).where(
            posts.c.channel_id == channel_id, posts.c.state == PostState.SENT
        )
        await self._touch(cards.c.article_id.in_(last.order_by(posts.c.due_at.desc()).limit(NEWEST)))

    async def touch_of(self, chat_id: int) -> None:
        """What the person of a chat may do has changed: its newest cards have to be shown again."""
        newest = select(cards.c.id).where(cards.c.chat_id == chat_id).order_by(cards.c.id.desc())
        await self._touch(cards.c.id.in_(newest.limit(NEWEST)))

    async def _touch(self, which: ColumnElement[bool]) -> None:
        await self._connection.execute(update(cards).where(which).values(**_AGAIN))

    async def next_stale(self, besides: Collection[int] = (), limit: int = 50) -> Stale:
        """One in each chat that is not shown as it is now; none in the chats `besides`.

        What a chat does not have yet comes first, in order; then what is shown anew, the newest first.
        """
        found = await self._connection.execute(_NEXT_STALE, {"besides": besides, "limit": limit})
        rows = found.all()
        return Stale(cards=tuple(map(_card, rows)), more=bool(rows) and rows[0].in_all > len(rows))

    async def delivered(
        self, id: int, *, message_ids: tuple[int, ...], shown: str, seen: int, whole: bool = True
    ) -> None:
        """It stands in these messages as it was at the revision `seen`; if not `whole`, more are to come.

        If it was asked for anew since, the messages count as forgotten: they are not at the bottom.
        """
        stands = {"which": id, "messages": list(message_ids), "looks": shown, "seen": seen}
        await self._connection.execute(_WHOLE if whole else _NOT_WHOLE, stands)

    async def give_up(self, id: int, *, seen: int) -> None:
        """It could not be drawn: it stays as it is until it is touched again."""
        await self._connection.execute(_GIVE_UP, {"which": id, "seen": seen})

    async def get(self, article_id: int, chat_id: int) -> Card | None:
        found = await self._read(_IN_CHAT, article=article_id, chat=chat_id)
        return found[0] if found else None

    async def of_article(self, article_id: int) -> tuple[Card, ...]:
        return await self._read(_CARDS, article=article_id)

    async def drop(self, id: int) -> None:
        """The chat is gone."""
        await self._connection.execute(delete(cards).where(cards.c.id == id))

    async def _read(self, query: Select[Any], **asked: Any) -> tuple[Card, ...]:
        rows = await self._connection.execute(query, asked)
        return tuple(map(_card, rows))


def _card(row: Row[*tuple[Any, ...]]) -> Card:
    return Card(
        id=row.id,
        article_id=row.article_id,
        chat_id=row.chat_id,
        view=row.view,
        message_ids=tuple(row.message_ids),
        shown=row.shown,
        stale=row.revision != row.delivered,
        revision=row.revision,
    )
