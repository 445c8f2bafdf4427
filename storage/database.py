"""The door to the newsroom's memory: opening it, and one transaction at a time. Knows no SQL of any noun."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Self

from bot.errors import DatabaseBusy, StorageError
from storage import upgrading
from storage.archive import Archive
from storage.archive_reading import ArchiveReading
from storage.articles import Articles, Texts
from storage.audit import Audit
from storage.boards import Boards
from storage.briefs import Briefs
from storage.by_hand import ByHand
from storage.cards import Cards
from storage.changes import Changes
from storage.channels import Channels
from storage.claims import Claims
from storage.comments import Comments
from storage.confirmations import Confirmations
from storage.connection import EVERYTHING, Connection, Engine, Told
from storage.desk_places import DeskPlaces, Guides
from storage.digests import Digests
from storage.engine import PATIENCE, engine_for
from storage.errands import Errands
from storage.faults import fault_of, is_busy
from storage.feeds import Feeds
from storage.follow_ups import FollowUps
from storage.holidays import Holidays
from storage.inbox import Inbox
from storage.invitations import Invitations
from storage.knocks import Knocks
from storage.lease import Lease
from storage.migrations import migrate
from storage.notices import Notices
from storage.pastes import Pastes
from storage.pauses import Pauses
from storage.personal import Personal
from storage.posts import Posts
from storage.prompts import Prompts
from storage.proposals import Proposals
from storage.questions import Questions
from storage.readers import Readers
from storage.recurrences import Recurrences
from storage.schema import metadata
from storage.sent import SentItems, Tokens
from storage.shown import ShownMessages
from storage.spellings import Spellings
from storage.spoken import SpokenWords
from storage.staff import StaffList
from storage.story_lists import StoryLists
from storage.strangers import Strangers
from storage.styles import Styles
from storage.waits import Waits


@dataclass(frozen=True, kw_only=True)
class Db:
    """What one transaction can do, by noun."""

    articles: Articles
    archive: Archive
    channels: Channels
    posts: Posts
    changes: Changes
    pauses: Pauses
    lease: Lease
    staff: StaffList
    strangers: Strangers
    knocks: Knocks
    claims: Claims
    comments: Comments
    feeds: Feeds
    readers: Readers
    tokens: Tokens
    sent_items: SentItems
    desk_places: DeskPlaces
    guides: Guides
    lists: StoryLists
    invitations: Invitations
    questions: Questions
    prompts: Prompts
    cards: Cards
    boards: Boards
    briefs: Briefs
    notices: Notices
    pastes: Pastes
    errands: Errands
    spoken: SpokenWords
    inbox: Inbox
    audit: Audit
    spellings: Spellings
    styles: Styles
    proposals: Proposals
    recurrences: Recurrences
    digests: Digests
    confirmations: Confirmations
    holidays: Holidays
    shown: ShownMessages
    waits: Waits
    personal: Personal
    by_hand: ByHand
    follow_ups: FollowUps


def _db(connection: Connection, texts: Texts) -> Db:
    return Db(
        articles=Articles(connection, texts),
        archive=Archive(connection),
        channels=Channels(connection),
        posts=Posts(connection),
        changes=Changes(connection),
        pauses=Pauses(connection),
        lease=Lease(connection),
        staff=StaffList(connection),
        strangers=Strangers(connection),
        knocks=Knocks(connection),
        claims=Claims(connection),
        comments=Comments(connection),
        feeds=Feeds(connection),
        readers=Readers(connection),
        tokens=Tokens(connection),
        sent_items=SentItems(connection),
        desk_places=DeskPlaces(connection),
        guides=Guides(connection),
        lists=StoryLists(connection),
        invitations=Invitations(connection),
        questions=Questions(connection),
        prompts=Prompts(connection),
        cards=Cards(connection),
        boards=Boards(connection),
        briefs=Briefs(connection),
        notices=Notices(connection),
        pastes=Pastes(connection),
        errands=Errands(connection),
        spoken=SpokenWords(connection),
        inbox=Inbox(connection),
        audit=Audit(connection),
        spellings=Spellings(connection),
        styles=Styles(connection),
        proposals=Proposals(connection),
        recurrences=Recurrences(connection),
        digests=Digests(connection),
        confirmations=Confirmations(connection),
        holidays=Holidays(connection),
        shown=ShownMessages(connection),
        waits=Waits(connection),
        personal=Personal(connection),
        by_hand=ByHand(connection),
        follow_ups=FollowUps(connection),
    )


class Storage:
    """A database whose tables are of this version."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._texts: Texts = {}
        self._closed = False

    @classmethod
    async def open(cls, url: str, *, patience: float = PATIENCE) -> Self:
        """Open the database and bring its tables up to date.

        Args:
            url: `sqlite:///path/to/file.db`, `sqlite://` (in memory) or `postgresql://…`.
            patience: seconds to wait for a lock that another process holds.

        Raises:
            StorageError: it can't be reached, read or brought up to date, or a newer program has made it.
        """
        try:
            before = await upgrading.copy_before(url)
            engine = engine_for(url, patience=patience)
            try:
                await migrate(engine)
            except BaseException as error:
                await engine.dispose()
                upgrading.explain(error, before)
                raise
        except Exception as error:
            _raise_fault(error)
            raise
        return cls(engine)

    def tell(self, told: Told) -> None:
        """Have `told` hear which tables each transaction has written, once it is kept.

        It hears nothing of what another process writes.
        """
        every = frozenset(metadata.tables)
        self._engine.told = lambda tables: told(every if EVERYTHING in tables else tables)

    async def close(self) -> None:
        self._closed = True
        await self._engine.dispose()

    def begin(self) -> AbstractAsyncContextManager[Db]:
        """One transaction: kept when the block ends, undone when it raises.

        Must not be opened inside another one: it would wait for it.

        Raises:
            StorageError: the database is locked, full, read-only, damaged, closed or away;
                nothing of the block was kept.
        """
        return self._transaction()

    def look[T](self, question: Callable[[ArchiveReading], T]) -> T:
        """Ask the archive, on a connection of its own: for a thread, it may take a tenth of a second.

        Raises:
            StorageError: the database is closed or away.
        """
        if self._closed:
            raise StorageError("the database was closed")
        try:
            return self._engine.read(lambda connection: question(ArchiveReading(connection)))
        except Exception as error:
            _raise_fault(error)
            raise

    async def asked[T](self, question: Callable[[ArchiveReading], T]) -> T:
        """The same in a thread."""
        return await asyncio.to_thread(self.look, question)

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[Db]:
        if self._closed:
            raise StorageError("the database was closed")
        inside = False
        try:
            async with self._engine.begin() as connection:
                inside = True
                yield _db(connection, self._texts)
                inside = False
        except OSError as error:
            if inside:  # the block's own
                raise
            _raise_fault(error)
        except Exception as error:
            _raise_fault(error)
            raise


def _raise_fault(error: BaseException) -> None:
    fault = fault_of(error)
    if fault is None:
        return
    said = str(fault) or type(fault).__name__
    if is_busy(fault):
        raise DatabaseBusy(f"another program has the database locked all the time ({said})") from fault
    raise StorageError(said) from fault
