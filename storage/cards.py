"""The table of cards: an article as one chat sees it. Knows neither what a card shows nor how it is sent.

Every touch raises a card's `revision`; a delivery says which revision it has seen. What is touched while it
is being delivered is ahead of that and stays stale.
"""

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import Select, bindparam, case, delete, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.news.talk import Card
from storage.columns import LIMIT
from storage.engine import insert_into
from storage.schema_talk import cards

_AGAIN: Final = {"revision": cards.c.revision + 1}
_IS_STALE: Final = cards.c.revision != cards.c.delivered
_ELSEWHERE: Final = cards.c.chat_id.not_in(bindparam("besides", expanding=True))
_CARD: Final = select(cards).order_by(cards.c.id)
_NEXT_STALE: Final = _CARD.where(
    cards.c.id.in_(select(func.min(cards.c.id)).where(_IS_STALE, _ELSEWHERE).group_by(cards.c.chat_id))
).limit(LIMIT)


class Cards:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def show(self, article_id: int, chat_id: int, *, view: str = "main", anew: bool = False) -> None:
        """Have the article's card in the chat; `anew` sends it at the bottom, whatever stands above."""
        again: dict[str, Any] = {**_AGAIN, "view": view}
        if anew:
            again |= {"message_ids": [], "shown": None, "anew": cards.c.revision + 1}
        await self._connection.execute(
            insert_into(self._connection, cards)
            .values(
                article_id=article_id,
                chat_id=chat_id,
                view=view,
                message_ids=[],
                revision=1,
                delivered=0,
                anew=1,
            )
            .on_conflict_do_update(index_elements=["article_id", "chat_id"], set_=again)
        )

    async def touch(self, article_id: int) -> None:
        """The article has changed: all its cards have to be shown again."""
        await self._connection.execute(update(cards).where(cards.c.article_id == article_id).values(**_AGAIN))

    async def touch_all(self) -> None:
        """Something has changed that shows on every card (a channel was connected)."""
        await self._connection.execute(update(cards).values(**_AGAIN))

    async def next_stale(self, besides: Collection[int] = (), limit: int = 50) -> tuple[Card, ...]:
        """The first in each chat that is not shown as it is now; none in the chats `besides`."""
        return await self._read(_NEXT_STALE, besides=besides, limit=limit)

    async def delivered(
        self, id: int, *, message_ids: tuple[int, ...], shown: str, seen: int, whole: bool = True
    ) -> None:
        """It stands in these messages as it was at the revision `seen`; if not `whole`, more are to come.

        If it was asked for anew since, the messages count as forgotten: they are not at the bottom.
        """
        in_place = cards.c.anew <= seen
        await self._connection.execute(
            update(cards)
            .where(cards.c.id == id)
            .values(
                message_ids=case(
                    (in_place, literal(list(message_ids), cards.c.message_ids.type)),
                    else_=cards.c.message_ids,
                ),
                shown=case((in_place, literal(shown, cards.c.shown.type)), else_=cards.c.shown),
                delivered=seen if whole else cards.c.delivered,
            )
        )

    async def get(self, article_id: int, chat_id: int) -> Card | None:
        found = await self._read(_CARD.where(cards.c.article_id == article_id, cards.c.chat_id == chat_id))
        return found[0] if found else None

    async def of_article(self, article_id: int) -> tuple[Card, ...]:
        return await self._read(_CARD.where(cards.c.article_id == article_id))

    async def drop(self, id: int) -> None:
        """The chat is gone."""
        await self._connection.execute(delete(cards).where(cards.c.id == id))

    async def _read(self, query: Select[Any], **asked: Any) -> tuple[Card, ...]:
        rows = await self._connection.execute(query, asked)
        return tuple(
            Card(
                id=row.id,
                article_id=row.article_id,
                chat_id=row.chat_id,
                view=row.view,
                message_ids=tuple(row.message_ids),
                shown=row.shown,
                stale=row.revision != row.delivered,
                revision=row.revision,
            )
            for row in rows
        )
