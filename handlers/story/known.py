"""What is known of the stories whose cards are drawn together, each read once for all. Knows no card.

A story that goes to a hundred editors is the same for all of them: its posts, their channels, what speaks
against it. Only what a person may do with it differs.
"""

from collections.abc import Awaitable, Callable, Collection, Hashable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.desk import embargo, places, style
from bot.desk.claimed import CLAIMABLE, holding
from bot.desk.logbook import Approval, last_approval
from bot.desk.published import Published
from bot.desk.stories import Desk
from bot.errors import NoFreeSlot
from bot.line.showing import Read
from bot.news.model import Article, Channel, Look, Post, Staff
from bot.news.posts.warnings import Warned
from bot.news.spelling.house_style import HouseStyle
from bot.news.talk import AuditEntry, Card, Change, Comment, DeskPlace
from handlers.story import warnings
from storage import Db

_TOGETHER, _CHANNELS = "together", "channels"
_FIRST = 2
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
    together: tuple[Card, ...] = ()
    """The cards that are drawn now: what the first asks for is read for all of them."""

    async def person(self, chat_id: int) -> Staff | None:
        return await self._once(("person", chat_id), lambda: self.db.staff.get(chat_id))

    async def people(self, *ids: int) -> None:
        """Read those who are not known yet, at once; `person` has them then."""
        if missing := {id for id in ids if ("person", id) not in self.read}:
            found = await self.db.staff.some(missing)
            self.read.update({("person", id): found.get(id) for id in missing})

    async def story(self, article_id: int) -> Story | None:
        """None: there is none."""
        if ("story", article_id) not in self.read and not self.read.get(_TOGETHER):
            self.read[_TOGETHER] = True  # tried once: a fault is that of one of them
            await self._stories({card.article_id for card in self.together})
            found = [story.article for story in self._read_stories()]
            chats = {card.chat_id for card in self.together if card.chat_id > 0}
            await self.people(*chats, *(article.reporter_id for article in found))
            await self._chains(*found)
        if ("story", article_id) not in self.read:
            await self._stories({article_id})
        story: Story | None = self.read["story", article_id]
        return story

    async def _stories(self, ids: AbstractSet[int]) -> None:
        found = await self.db.articles.some(ids) if ids else {}
        theirs = await self.db.posts.of_articles(ids) if found else ()
        for id in ids:
            article, posts = found.get(id), tuple(post for post in theirs if post.article_id == id)
            self.read["story", id] = Story(article=article, posts=posts) if article else None

    def _read_stories(self) -> list[Story]:
        """Those that are drawn together and are read."""
        found = (self.read.get(("story", id)) for id in {card.article_id for card in self.together})
        return [story for story in found if story is not None]

    def _posts(self) -> Iterator[Post]:
        """The posts of these that are out."""
        for story in self._read_stories():
            yield from (post for post in story.posts if post.sent_at is not None)

    async def channels(self, ids: frozenset[int]) -> list[Channel]:
        """The connected channels that a card may name: the first two, and those of `ids`."""
        asked, found = self.read.get(_CHANNELS, (None, ()))
        if asked is None or not ids <= asked:
            theirs = {post.channel_id for story in self._read_stories() for post in story.posts}
            asked = ids | theirs | (asked or frozenset())
            found = await self.db.channels.first_and(asked, _FIRST)
            self.read[_CHANNELS] = asked, found
        connected = [channel for channel in found if channel.connected]  # in their order
        return [one for place, one in enumerate(connected) if place < _FIRST or one.id in ids]

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
        if ("chain", article.id) not in self.read:
            await self._chains(article)
        chain: tuple[tuple[Article, ...], tuple[Article, ...]] = self.read["chain", article.id]
        return chain

    async def _chains(self, *articles: Article) -> None:
        links = await self.db.follow_ups.around([article.id for article in articles]) if articles else ()
        named = {id for each in links for id in (each.article_id, each.earlier_id)}
        found = await self.db.articles.some(named) if named else {}
        for article in articles:
            before = [each.earlier_id for each in links if each.article_id == article.id]
            after = [each.article_id for each in links if each.earlier_id == article.id]
            earlier, later = (tuple(found[id] for id in ids if id in found) for ids in (before, after))
            self.read["chain", article.id] = earlier, later

    async def wishes(self, desk: Desk, post: Post) -> tuple[Change, ...]:
        """What is still to be done to a post that is out, or could not be."""
        if ("wishes", post.id) not in self.read:
            out = [each for each in (post, *self._posts()) if ("wishes", each.id) not in self.read]
            found = await Published(desk=desk).wishes_of(out)
            self.read.update({("wishes", id): wishes for id, wishes in found.items()})
        wishes: tuple[Change, ...] = self.read["wishes", post.id]
        return wishes

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

    async def taken(self, channels: Collection[Channel]) -> None:
        """Read at once which of their times are taken; `next_free` has them then."""
        if missing := [channel for channel in channels if ("taken", channel.id) not in self.read]:
            found = await places.taken_of(self.db, missing, self.now)
            self.read.update({("taken", id): times for id, times in found.items()})

    async def next_free(self, article: Article, where: Channel) -> datetime | None:
        """The channel's next slot that is free for the story; None where there is none."""
        await self.taken([where])
        end = await self._once(("embargo", article.id), partial(embargo.of_story, self.db, article))
        try:
            used = self.read["taken", where.id]
            return places.next_free_of(where, article, self.now, used=used, end=end)
        except NoFreeSlot:
            return None

    async def _once[T](self, key: Hashable, read: Callable[[], Awaitable[T]]) -> T:
        if key not in self.read:
            self.read[key] = await read()
        found: T = self.read[key]
        return found
