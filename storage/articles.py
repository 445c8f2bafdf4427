"""The articles' tables: every saved version is kept. Knows no rules about who may save what."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    String,
    bindparam,
    cast,
    func,
    insert,
    select,
    update,
)

from bot.errors import StaleCard
from bot.news.folding import folded
from bot.news.model import Article, ArticleState, PostState, article_from_json, content_json
from bot.news.posts.warnings import Earlier, body_of
from bot.news.talk import Revision
from bot.news.told import ToldBefore
from storage.columns import LIMIT, Moment
from storage.connection import Connection
from storage.schema import article_versions, articles, posts

KEEP: Final = -1
"""Stands for an argument that was not given, where None means something."""

_NOWHERE: Final = (PostState.CANCELED, PostState.FAILED)
_NEWEST: Final = articles.c.version == article_versions.c.version
_ARTICLE: Final = (
    select(
        articles.c.id,
        articles.c.version,
        articles.c.state,
        articles.c.approved_version,
        articles.c.reporter_id,
        articles.c.told_before,
        article_versions.c.content,
    )
    .join_from(articles, article_versions)
    .order_by(articles.c.changed_at.desc(), articles.c.id.desc())
)
_ONE: Final = _ARTICLE.where(_NEWEST, articles.c.id == bindparam("id"))
_SOME: Final = _ARTICLE.where(_NEWEST, articles.c.id.in_(bindparam("ids", expanding=True)))
_AT_VERSION: Final = _ARTICLE.where(
    articles.c.id == bindparam("id"), article_versions.c.version == bindparam("at_version")
)
_CREATE: Final = insert(articles).returning(articles.c.id)
_KEEP_VERSION: Final = insert(article_versions)
_SET: Final = update(articles).where(articles.c.id == bindparam("which"))
_SAVE: Final = _SET.where(articles.c.version == bindparam("was"))


_LAST_POST: Final = select(func.max(posts.c.id))
_PAGE: Final = 1_000
"""Posts that are looked at in one statement for what was told lately."""
_PAGES: Final = 10
_STAMP: Final = cast(article_versions.c.saved_at, String)
"""When a version was saved, as an opaque text: as a moment, five hundred of them take a millisecond."""


def _told_on_page() -> Select[Any]:
    told = (
        select(posts.c.article_id, func.max(posts.c.id).label("post_id"))
        .where(
            posts.c.id > bindparam("above", type_=Integer),
            posts.c.id <= bindparam("below", type_=Integer),
            posts.c.due_at >= bindparam("since", type_=Moment),
            posts.c.state.not_in(_NOWHERE),
            posts.c.recurrence_id.is_(None),
        )
        .group_by(posts.c.article_id)
        .subquery()
    )
    return (
        select(articles.c.id, articles.c.version, _STAMP)
        .join_from(told, articles, articles.c.id == told.c.article_id)
        .join(article_versions, (article_versions.c.article_id == articles.c.id) & _NEWEST)
        .where(articles.c.reporter_id != 0)  # a digest is nobody's story
        .order_by(told.c.post_id.desc())
        .limit(LIMIT)
    )


_TOLD_ON_PAGE: Final = _told_on_page()

type _Version = tuple[int, int, str]
"""An article, its version, and when that was saved: one that was undone may be saved again as another."""
type Texts = dict[_Version, Earlier]
"""Stories as they were read."""


class Articles:
    """`texts` outlives the transaction: see `told_since`.

    A story that a verb asks for is what was asked about before it: it is read once a transaction.
    """

    def __init__(self, connection: Connection, texts: Texts) -> None:
        self._connection = connection
        self._texts = texts
        self._as_it_is: dict[int, Article | None] = {}

    async def create(self, article: Article, *, by: int, now: datetime) -> Article:
        """Store it as version 1; state and reporter are the given ones. Returns it with its id."""
        created = await self._connection.execute(
            _CREATE,
            {
                "version": 1,
                "state": article.state,
                "approved_version": article.approved_version,
                "reporter_id": article.reporter_id,
                "created_at": now,
                "changed_at": now,
                "category": article.category,
                "searched": _searched(article),
                "indexed": False,
            },
        )
        article = replace(article, id=created.scalar_one(), version=1)
        self._as_it_is.clear()
        await self._keep(article, by, now)
        return article

    async def get(self, id: int) -> Article | None:
        if id not in self._as_it_is:
            row = (await self._connection.execute(_ONE, {"id": id})).one_or_none()
            self._as_it_is[id] = None if row is None else _article(row)
        return self._as_it_is[id]

    async def some(self, ids: Collection[int]) -> dict[int, Article]:
        """Those of the articles that there are, by their ids, each as it is now."""
        rows = await self._connection.execute(_SOME, {"ids": tuple(ids)})
        found = {row.id: _article(row) for row in rows}
        self._as_it_is.update(found)
        return found

    async def save(self, article: Article, *, by: int, now: datetime) -> Article:
        """Store changed content as the next version; state and approval become the article's.

        Raises:
            StaleCard: `article.version` is not the newest any more; nothing was stored.
        """
        saved = replace(article, version=article.version + 1)
        self._as_it_is.clear()
        changed = await self._connection.execute(
            _SAVE,
            {
                "which": article.id,
                "was": article.version,
                "version": saved.version,
                "state": saved.state,
                "approved_version": saved.approved_version,
                "changed_at": now,
                "category": saved.category,
                "searched": _searched(saved),
                "indexed": False,  # the archive takes it in again
            },
        )
        if changed.rowcount == 0:
            raise StaleCard
        await self._keep(saved, by, now)
        return saved

    async def set_state(
        self, id: int, state: ArticleState, *, now: datetime, approved_version: int | None = KEEP
    ) -> None:
        """Change the editorial state; the approved version only where one (or None) is given."""
        self._as_it_is.clear()
        values: dict[str, Any] = {"which": id, "state": state, "changed_at": now, "indexed": False}
        if approved_version != KEEP:
            values["approved_version"] = approved_version
        await self._connection.execute(_SET, values)

    async def note_told(self, id: int, told: Sequence[ToldBefore]) -> None:
        """Write down what the archive knows of the same story; the card shows it."""
        self._as_it_is.clear()
        found = [{**asdict(each), "on": each.on.isoformat()} for each in told]
        await self._connection.execute(_SET, {"which": id, "told_before": found or None})

    async def at_version(self, id: int, version: int) -> Article | None:
        """The content as it was at `version`; state, approval and reporter are today's."""
        found = await self._connection.execute(_AT_VERSION, {"id": id, "at_version": version})
        row = found.one_or_none()
        return None if row is None else replace(_article(row), version=version)

    async def history(self, id: int) -> tuple[Revision, ...]:
        """All versions, oldest first."""
        table = article_versions
        rows = await self._connection.execute(
            select(table.c.version, table.c.saved_by, table.c.saved_at)
            .where(table.c.article_id == id)
            .order_by(table.c.version)
        )
        return tuple(
            Revision(version=row.version, saved_by=row.saved_by, saved_at=row.saved_at) for row in rows
        )

    async def in_states(
        self, *states: ArticleState, reporter_id: int | None = None, skip: int = 0, limit: int = 50
    ) -> tuple[Article, ...]:
        """Those in one of the states, and of one reporter if given; the newest change comes first."""
        # Which they are first: a database would sort all there are, with their texts, to give the newest.
        newest = select(articles.c.id).where(articles.c.state.in_(states))
        if reporter_id is not None:
            newest = newest.where(articles.c.reporter_id == reporter_id)
        newest = newest.order_by(articles.c.changed_at.desc(), articles.c.id.desc())
        newest = newest.offset(skip).limit(limit)
        ids = (await self._connection.scalars(newest)).all()
        return await self._read(_NEWEST, articles.c.id.in_(ids)) if ids else ()

    async def count_of(self, reporter_id: int, *states: ArticleState) -> int:
        """How many stories a reporter has in these states."""
        theirs = (articles.c.reporter_id == reporter_id, articles.c.state.in_(states))
        return await self._connection.scalar(select(func.count()).select_from(articles).where(*theirs)) or 0

    async def told_since(self, since: datetime, *, limit: int) -> tuple[Earlier, ...]:
        """The newest stories that are in a channel, or on their way there, due since then; one a story.

        As far as the last ten thousand posts tell. Each text is read once as long as it is one of them: a
        saved version never changes.
        """
        below = await self._connection.scalar(_LAST_POST) or 0
        told: dict[_Version, None] = {}
        for _ in range(_PAGES):
            page = {"above": below - _PAGE, "below": below, "since": since, "limit": limit}
            rows = await self._connection.execute(_TOLD_ON_PAGE, page)
            told |= dict.fromkeys(map(tuple, rows.all()))
            below -= _PAGE
            if below <= 0 or len(told) >= limit:
                break
        newest = list(told)[:limit]
        await self._read_texts(newest)
        return tuple([self._texts[version] for version in newest])

    async def _read_texts(self, wanted: Collection[_Version]) -> None:
        """Remember how those versions read, and no others."""
        for version in self._texts.keys() - wanted:
            del self._texts[version]
        unread = [version[0] for version in wanted if version not in self._texts]
        if not unread:
            return
        rows = await self._connection.execute(
            select(articles.c.id, articles.c.version, _STAMP.label("stamp"), article_versions.c.content)
            .join_from(articles, article_versions)
            .where(_NEWEST, articles.c.id.in_(unread))
        )
        for row in rows:
            self._texts[row.id, row.version, row.stamp] = Earlier(
                article_id=row.id, headline=row.content["headline"], body=body_of(row.content)
            )

    async def categories(self, *, among: int = 500) -> tuple[str, ...]:
        """The categories of so many of the newest stories, the most frequent first."""
        newest = (
            select(articles.c.category)
            .where(articles.c.id > select(func.max(articles.c.id) - among).scalar_subquery())
            .where(articles.c.reporter_id != 0)  # a digest is nobody's story
            .subquery()
        )
        found = await self._connection.scalars(
            select(newest.c.category)
            .where(newest.c.category.is_not(None))
            .group_by(newest.c.category)
            .order_by(func.count().desc(), newest.c.category)
        )
        return tuple(found)

    async def _read(self, *where: ColumnElement[bool]) -> tuple[Article, ...]:
        rows = await self._connection.execute(_ARTICLE.where(*where))
        return tuple(_article(row) for row in rows)

    async def _keep(self, article: Article, by: int, now: datetime) -> None:
        await self._connection.execute(
            _KEEP_VERSION,
            {
                "article_id": article.id,
                "version": article.version,
                "content": content_json(article),
                "saved_by": by,
                "saved_at": now,
            },
        )


async def newest_of(connection: Connection, ids: Collection[int]) -> tuple[Article, ...]:
    """Those of the articles that there are, each as it is now; for the storage's other files."""
    return tuple(map(_article, await connection.execute(_SOME, {"ids": tuple(ids)})))


def _searched(article: Article) -> str:
    return folded(f"{article.headline} {article.lede}")


def _article(row: Row[*tuple[Any, ...]]) -> Article:
    return article_from_json(
        row.content,
        id=row.id,
        version=row.version,
        state=row.state,
        approved_version=row.approved_version,
        reporter_id=row.reporter_id,
        told_before=row.told_before or (),
    )
