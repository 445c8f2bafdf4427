"""What is known of the stories whose cards are drawn together, each read once for all. Knows no card.

A story that goes to a hundred editors is the same for all of them: its posts, their channels, what speaks
against it. Only what a person may do with it differs.
"""

from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.desk import style
from bot.desk.claimed import CLAIMABLE, holding
from bot.desk.logbook import Approval, last_approval
from bot.desk.published import Published
from bot.desk.schedule import Schedule
from bot.desk.stories import Desk
from bot.line.showing import Read
from bot.news.model import Article, Channel, Look, Post, Staff
from bot.news.posts.warnings import Warned
from bot.news.spelling.house_style import HouseStyle
from bot.news.talk import AuditEntry, Change, Comment, DeskPlace
from handlers.story import warnings
from storage import Db

SAID = 2
"""Comments that a card shows: the last ones."""


@dataclass(frozen=True, kw_only=True)
class Story:
    """A story as it is now, and its posts."""

    article: Article
    posts: tuple[Post, ...]


@dataclass(frozen=True, kw_only=True)
class Review:
    """Who has a story and until when, how much was said about it, and the last of that, in order."""

    holder: Staff | None = None
    until: datetime | None = None
    comments: tuple[Comment, ...] = ()
    count: int = 0


@dataclass(frozen=True, kw_only=True)
class Known:
    """What was `read` so far."""

    db: Db
    now: datetime
    read: Read

    async def person(self, chat_id: int) -> Staff | None:
        return await self._once(("person", chat_id), lambda: self.db.staff.get(chat_id))

    async def people(self, *ids: int) -> None:
        """Read those who are not known yet, at once; `person` has them then."""
        if missing := {id for id in ids if ("person", id) not in self.read}:
            found = await self.db.staff.some(missing)
            self.read.update({("person", id): found.get(id) for id in missing})

    async def story(self, article_id: int) -> Story | None:
        """None: there is none."""

        async def read() -> Story | None:
            article = await self.db.articles.get(article_id)
            posts = await self.db.posts.of_article(article_id) if article else ()
            return Story(article=article, posts=posts) if article else None

        return await self._once(("story", article_id), read)

    async def channels(self, ids: frozenset[int]) -> list[Channel]:
        """The connected channels that a card may name: the first two, and those of `ids`."""

        async def read() -> list[Channel]:
            return [channel for channel in await self.db.channels.first_and(set(ids), 2) if channel.connected]

        return await self._once(("channels", ids), read)

    async def style(self, house: HouseStyle) -> HouseStyle:
        """How the newsroom spells today."""
        decided = await self._once(("style",), self.db.styles.all)
        return style.decided(house, decided)

    async def log(self, article: Article) -> tuple[AuditEntry, ...]:
        """All that was done with the story, in order."""
        return (await self._noted(article))[0]

    async def _noted(self, article: Article) -> tuple[tuple[AuditEntry, ...], int | None]:
        return await self._once(("noted", article.id), lambda: self.db.audit.with_comments(article.id))

    async def approval(self, article: Article) -> Approval | None:
        """Who approved the story, and when; None where nobody has, or it is written down no more."""
        return last_approval(await self.log(article)) if article.approved_version is not None else None

    async def review(self, article: Article) -> Review:
        """Who has the story, and what was said about it last."""

        async def read() -> Review:
            found = await holding(self.db, article.id, self.now) if article.state in CLAIMABLE else None
            count = (await self._noted(article))[1] if article.approved_version is not None else None
            if count is None:
                count = await self.db.comments.count(article.id)
            last = await self.db.comments.newest(article.id, limit=SAID) if count else ()
            return Review(
                holder=found[0] if found else None,
                until=found[1].until if found else None,
                comments=last[::-1],
                count=count,
            )

        return await self._once(("review", article.id), read)

    async def chain(self, article: Article) -> tuple[tuple[Article, ...], tuple[Article, ...]]:
        """What the story goes on with, and what goes on with it."""

        async def read() -> tuple[tuple[Article, ...], tuple[Article, ...]]:
            links = await self.db.follow_ups.around(article.id)
            before = [each.earlier_id for each in links if each.article_id == article.id]
            after = [each.article_id for each in links if each.earlier_id == article.id]
            found = await self.db.articles.some({*before, *after}) if links else {}
            earlier, later = (tuple(found[id] for id in ids if id in found) for ids in (before, after))
            return earlier, later

        return await self._once(("chain", article.id), read)

    async def wishes(self, desk: Desk, post: Post) -> tuple[Change, ...]:
        """What is still to be done to a post that is out, or could not be."""
        return await self._once(("wishes", post.id), partial(Published(desk=desk).wishes, post))

    async def desk_place(self, chat_id: int) -> DeskPlace:
        return await self._once(("place", chat_id), lambda: self.db.desk_places.get(chat_id))

    async def warnings(
        self, desk: Desk, article: Article, where: Channel | None, look: Look, posts: tuple[Post, ...]
    ) -> list[Warned]:
        """What speaks against the story, whoever asks: as it is, and as it would stand there."""
        key = (article.id, article.version, where.id if where else None)
        read = partial(warnings.around, desk, article, where)
        held_against = await self._once(("around", *key), read)
        judge = partial(warnings.of_story, desk, article, look, posts, held_against)
        return await self._once(("warnings", *key), judge)

    async def next_free(self, desk: Desk, article: Article, where: Channel) -> datetime | None:
        """The channel's next slot that is free for the story; None where there is none."""
        read = partial(Schedule(desk=desk).next_free, where, article)
        return await self._once(("free", article.id, article.version, where.id), read)

    async def _once[T](self, key: Hashable, read: Callable[[], Awaitable[T]]) -> T:
        if key not in self.read:
            self.read[key] = await read()
        found: T = self.read[key]
        return found
