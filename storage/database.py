"""The door to the newsroom's memory: opening it, and one transaction at a time. Knows no SQL of any noun."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Self

from bot.errors import DatabaseBusy, StorageError
from storage import upgrading
from storage.archive import Archive
from storage.archive_reading import ArchiveReading
from storage.articles import Articles, Texts
from storage.audit import Audit
from storage.board_keys import BoardKeys
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
from storage.numbers import Numbers
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
from storage.troubles import Troubles
from storage.waits import Waits
from storage.week_sums import WeekSums

if TYPE_CHECKING:
    from storage.postgres import Pool


class _Noun[T]:
    """What can be done with one noun, made when a transaction first asks for it: few are asked for."""

    def __init__(self, made: Callable[[Connection], T]) -> None:
        self.made = made

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, db: "Db", owner: type) -> T:
        noun = self.made(db._connection)  # noqa: SLF001 - of the same file
        vars(db)[self._name] = noun  # found there from now on
        return noun


class Db:
    """What one transaction can do, by noun."""

    def __init__(self, connection: Connection, texts: Texts) -> None:
        self._connection = connection
        self.articles = Articles(connection, texts)

    archive = _Noun(Archive)
    channels = _Noun(Channels)
    posts = _Noun(Posts)
    changes = _Noun(Changes)
    pauses = _Noun(Pauses)
    lease = _Noun(Lease)
    staff = _Noun(StaffList)
    strangers = _Noun(Strangers)
    knocks = _Noun(Knocks)
    claims = _Noun(Claims)
    comments = _Noun(Comments)
    feeds = _Noun(Feeds)
    readers = _Noun(Readers)
    tokens = _Noun(Tokens)
    sent_items = _Noun(SentItems)
    desk_places = _Noun(DeskPlaces)
    guides = _Noun(Guides)
    lists = _Noun(StoryLists)
    invitations = _Noun(Invitations)
    questions = _Noun(Questions)
    prompts = _Noun(Prompts)
    cards = _Noun(Cards)
    boards = _Noun(Boards)
    board_keys = _Noun(BoardKeys)
    briefs = _Noun(Briefs)
    notices = _Noun(Notices)
    pastes = _Noun(Pastes)
    errands = _Noun(Errands)
    spoken = _Noun(SpokenWords)
    inbox = _Noun(Inbox)
    audit = _Noun(Audit)
    spellings = _Noun(Spellings)
    styles = _Noun(Styles)
    proposals = _Noun(Proposals)
    recurrences = _Noun(Recurrences)
    digests = _Noun(Digests)
    confirmations = _Noun(Confirmations)
    holidays = _Noun(Holidays)
    shown = _Noun(ShownMessages)
    waits = _Noun(Waits)
    personal = _Noun(Personal)
    by_hand = _Noun(ByHand)
    follow_ups = _Noun(FollowUps)
    troubles = _Noun(Troubles)
    week_sums = _Noun(WeekSums)
    numbers = _Noun(Numbers)


class Storage:
    """A database whose tables are of this version."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._texts: Texts = {}
        self._closed = False

    @classmethod
    async def open(cls, url: str, *, patience: float = PATIENCE, pool: "Pool | None" = None) -> Self:
        """Open the database and bring its tables up to date.

        Args:
            url: `sqlite:///path/to/file.db`, `sqlite://` (in memory) or `postgresql://…`, with `?schema=NAME`
                that of one newsroom among several.
            patience: seconds to wait for a lock that another process holds.
            pool: connections that it shares with others (`storage.engine.pool_for`); they stay open.

        Raises:
            StorageError: it can't be reached, read or brought up to date, or a newer program has made it.
        """
        try:
            before = await upgrading.copy_before(url)
            engine = engine_for(url, patience=patience, pool=pool)
            try:
                await engine.make_place()
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

    def written_elsewhere(self) -> bool:
        """Whether another process may have written since it was last asked; does not wait."""
        return self._engine.written_elsewhere()

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
                yield Db(connection, self._texts)
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
