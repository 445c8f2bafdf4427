"""The wiring: everything that runs, put together, and the loops that keep it going.

Nobody imports it but the other wiring (`bot.cli`, `bot.demo`) and tests.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import Any, Self

import structlog
import telegram
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from telegram import Bot

from bot import asking, backups, errands, feeding, preparing, tidying
from bot.archive import taking_in
from bot.census import Census
from bot.clock import Clock, clock_of
from bot.config import AssistantSettings, Settings
from bot.delivery import publisher
from bot.delivery.lease import Tenure
from bot.delivery.presence import Presence
from bot.delivery.publisher import Publisher
from bot.desk.unasked import Unasked
from bot.errors import ConfigError, StorageError, TokenRefused
from bot.furnishing import house_of, publisher_of
from bot.line import courier, ingest, showing
from bot.line.answers import TokenNotTaken
from bot.line.calls import translated
from bot.line.doors import Doors
from bot.line.ingest import Reception
from bot.line.letterbox import Hook, Letterbox
from bot.line.postman import Postman, Told
from bot.line.wire import telegram_bot
from bot.loop_tables import LOOPS, TABLES
from bot.loops import Step
from bot.rounds import Rounds
from bot.watching import Rota, watches
from handlers import EVERYONE, boards, faults, files, menu_call, prompts, route
from handlers.door import turned_away
from handlers.feeds import taking, telling
from handlers.plan import daily, recurring
from handlers.posts import alarms, by_hand, holding, reports, sealed, upkeep
from handlers.story import cards, settling, urgent
from handlers.talk import House
from storage import Storage

log = structlog.get_logger(__name__)

EACH_MINUTE = timedelta(minutes=1)
TICK = 1.0
"""Seconds between two looks at the clock: whose moment has come."""
FAREWELL = 4.0
"""Seconds that a stop waits for the loops to end; SIGTERM has 10."""
FAREWELL_TO_POSTS = 4.0
"""Seconds that it then waits for posts that are under way."""


@dataclass(kw_only=True)
class Newsroom:
    """The bot with its memory, its clock and its line to Telegram."""

    storage: Storage
    bot: Bot
    clock: Clock
    doors: Doors
    reception: Reception
    house: House
    assistant: AssistantSettings
    record_days: int
    errands: errands.Runner
    publisher: Publisher
    letterbox: Letterbox | None = field(init=False, default=None)
    hook: Hook | None = None  # where Telegram brings the mail; without one it is fetched
    keeper: backups.Keeper | None = None
    rounds: Rounds
    tenure: Tenure | None = None  # without one, nobody else can publish: a world of its own
    woken: dict[str, asyncio.Event] = field(default_factory=lambda: {name: asyncio.Event() for name in LOOPS})

    def __post_init__(self) -> None:
        heard = partial(setattr, self.publisher, "heard_at")
        told = Told(brought=self.woken["doors"].set, heard=heard, trouble=self._beware_of_rivals)
        self.postman = Postman(pull=self._fetch, clock=self.clock, told=told)
        if self.hook is not None:
            take_in, rival = self._take_in, self._has_rival
            self.letterbox = Letterbox(
                bot=self.bot, hook=self.hook, clock=self.clock, told=told, take_in=take_in, rival=rival
            )
        self.publisher.woken = self.woken["posts"]
        self.storage.tell(self._written)

    @classmethod
    async def open(
        cls,
        settings: Settings,
        *,
        bot: Bot | None = None,
        clock: Clock | None = None,
        storage: Storage | None = None,
        tenure: Tenure | None = None,
    ) -> Self:
        """Open the database, take in the staff, and settle what an earlier process left half-done.

        Raises:
            ConfigError: no token.
            StorageError: the database can't be opened.
        """
        house = house_of(settings)
        clock = clock or clock_of(settings.clock_url)
        bot = bot or telegram_bot(settings, sending=publisher.MOST)
        storage = storage or await Storage.open(settings.database)
        async with storage.begin() as db:
            await db.staff.sync(settings.staff.people(), await clock(), settings.language)
        await publisher.recover(storage, clock)
        out = publisher_of(settings, bot, storage, clock, tenure)
        await out.open()
        reception = Reception(
            facts=partial(route.facts, bot, storage, clock=clock, house=house),
            route=partial(route.route, house=house),
            explain=partial(route.explain, house=house),
            asks=route.asks,
            sorry=partial(route.sorry, house=house),
        )
        return cls(
            storage=storage,
            bot=bot,
            clock=clock,
            doors=Doors(groups=house.groups, leaves=house.leaves),
            reception=reception,
            house=house,
            assistant=settings.assistant,
            record_days=settings.desk.record_days,
            errands=errands.Runner(
                storage=storage, bot=bot, clock=clock, way=settings.way_out(), house=house
            ),
            publisher=out,
            hook=Hook.of(settings),
            keeper=backups.Keeper.of(settings, upkeep.backups_failed, upkeep.backups_again, sealed.send),
            rounds=Rounds.of(
                settings,
                storage,
                bot,
                clock,
                heard=lambda: out.heard_at,
                refused=lambda: out.line.refused_since is not None,
            ),
            tenure=tenure,
        )

    async def close(self) -> None:
        await self.errands.close()
        await self.bot.shutdown()
        await self.storage.close()

    async def greet(self) -> None:
        """Ask Telegram who we are, and give every member of staff their menu of commands.

        Raises:
            ConfigError: Telegram does not know the token.
            SendError: Telegram can't be reached.
        """
        try:
            await self.bot.initialize()
        except (telegram.error.InvalidToken, TokenNotTaken):
            raise ConfigError((("telegram.token", "Telegram does not know this token"),)) from None
        except telegram.error.TelegramError as error:
            raise translated(error) from error
        async with self.storage.begin() as db:
            for role_holder in await db.staff.with_role(*EVERYONE):
                await db.notices.add(role_holder.id, *menu_call(role_holder))

    @cached_property
    def rota(self) -> Rota:
        """The work, by who does it: each is a loop of its own, so a slow Telegram holds up no desk."""
        ours = (self.bot, self.storage, self.clock)
        census = Census(*ours).look
        portraits = partial(cards.portraits, house=self.house)
        told, fault, expire = recurring.tell, faults.tell, urgent.expire
        unasked = Unasked(storage=self.storage, clock=self.clock, told=told, fault=fault, expire=expire)
        made = partial(files.made, self.storage)
        kept = courier.Kept(is_board=boards.is_board, delivered=boards.delivered)
        notices = partial(
            courier.deliver_notices, *ours, self.publisher.line, alarms.unreached, made=made, kept=kept
        )
        shown = partial(showing.deliver_cards, *ours, portraits, faults.tell_of_card, hiccups=Counter[int]())
        work: dict[str, dict[str, Step]] = {
            # Pastes first: one is due once, and a flood of mail would let them wait for its end.
            "desk": {
                "pastes": self._settle_paste,
                "briefs": partial(daily.send_next, self.storage, self.clock, self.house),
                "questions": self._close_questions,
                "boards": partial(boards.look, self.storage, self.clock, self.house.language),
                "mail": self._handle_mail,
            },
            "plans": {**unasked.kinds(), "feed_items": self._take_item},
            "feeds": {"feeds": self.feeds.look, "feed_pages": self.feeds.read_page, "members": census},
            "errands": {"errands": self.errands.look},
            "notices": {"notices": notices},
            "cards": {"cards": shown},
            "proposals": {"proposals": partial(asking.propose, self.storage, self.clock, self.assistant)},
            "posts": {"posts": self._publish},
            "archive": {"archive": partial(taking_in.take_in, self.storage)},
        }
        kinds = {loop: watches(steps, TABLES, self.clock) for loop, steps in work.items()}
        doors = partial(self.doors.answer_presses, self.bot, self.clock, self._turned_away)
        looks = Presence.beside(self.publisher, reports.gone)
        bare: dict[str, Step] = {"doors": doors, "presence": looks.step}
        return Rota(
            clock=self.clock,
            kinds=kinds,
            bare=bare,
            woken=self.woken,
            elsewhere=self.storage.written_elsewhere,
        )

    @cached_property
    def feeds(self) -> feeding.Reader:
        """Who looks at feeds."""
        made = partial(feeding.Reader, storage=self.storage, clock=self.clock, told=telling.tell)
        shop, pages = self.errands.shop, self.house.pages
        way, zone = self.errands.way, self.house.time_zone
        return made(way=way, zone=zone, shop=shop, pages=pages, bot=self.bot)

    async def _take_item(self) -> bool:
        return await taking.take_next(self.storage, await self.clock(), house=self.house)

    @cached_property
    def steps(self) -> dict[str, Step]:
        """What each loop does when it is woken."""
        return self.rota.steps()

    async def _publish(self) -> bool | datetime:
        return await self.publisher.step() or self.publisher.again_at or False

    async def _handle_mail(self) -> bool:
        handled = await ingest.handle_next(self.storage, self.clock, self.reception)
        return handled and not self.reception.is_empty

    async def _settle_paste(self) -> bool | datetime:
        return await settling.settle_next(self.storage, await self.clock(), house=self.house)

    async def _close_questions(self) -> bool | datetime:
        """Take the buttons off what nobody answered, ask about edits by hand; looked at once a minute."""
        now = await self.clock()
        async with self.storage.begin() as db:
            return await prompts.close_lapsed(db, now) or await by_hand.ask_next(db, now) or now + EACH_MINUTE

    async def _prepared(self, prepared: asyncio.Task[None], step: Step) -> bool | datetime:
        await prepared
        await (self.letterbox or self.postman).after_mail()
        return await step()

    async def settle(self, mail: Callable[[], object]) -> None:
        """Do everything that can be done now: read the mail while there is `mail`, answer, publish.

        A step is looked at when it has something to do, as in `run`.
        """
        steps = dict(self.steps)
        again = True
        while again:
            while mail() and await self._fetch(0):
                pass
            self.publisher.heard_at = await self.clock()
            self.woken["doors"].set()
            await self.rota.tick()
            while name := next((name for name in steps if self.woken[name].is_set()), None):
                self.woken[name].clear()
                if await self.rota.look(name, steps[name]) is True:
                    self.woken[name].set()
            again = bool(mail())

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set, then finish what is under way."""
        ticker = AsyncIOScheduler(timezone="UTC")
        steps = dict(self.steps)
        jobs = (
            (self.rota.tick, {"seconds": TICK}),
            (self.rounds.step, {"minutes": 1}),
            (self.back_up, {"minutes": 10}),
            (self.tidy, {"hours": 1}),
        )
        for job, each in jobs:
            ticker.add_job(job, "interval", **each, misfire_grace_time=None, coalesce=True, max_instances=1)
        ticker.start()
        # A thread, so that posts that are due do not wait for it; messages do.
        prepared = asyncio.create_task(asyncio.to_thread(preparing.prepare))
        steps["desk"] = partial(self._prepared, prepared, steps["desk"])
        del steps["posts"]  # the publisher has a loop of its own, for it sleeps until the next post is due
        loops = [
            asyncio.create_task(self.rota.loop(name, step, stop).run(), name=name)
            for name, step in steps.items()
        ]
        with self.rota.kinds["posts"]["posts"].at_work():
            loops.append(asyncio.create_task(self.publisher.run(stop), name="posts"))
        puller = asyncio.create_task((self.letterbox or self.postman).run(stop), name="pull")
        await stop.wait()
        ticker.shutdown(wait=False)
        puller.cancel()
        for event in self.woken.values():
            event.set()
        _, hanging = await asyncio.wait(loops, timeout=FAREWELL)
        for task in hanging:
            task.cancel()
        await asyncio.gather(puller, *loops, return_exceptions=True)
        await self.publisher.close(FAREWELL_TO_POSTS)

    def _turned_away(self, person_id: int) -> str:
        return turned_away(person_id, house=self.house)

    async def _fetch(self, wait: int) -> int:
        return await ingest.pull(self.bot, self.storage, self.clock, wait=wait, doors=self.doors)

    async def _take_in(self, updates: Sequence[Any]) -> None:
        await self.doors.take_in(self.storage, updates, username=self.bot.username, now=await self.clock())

    async def tidy(self) -> None:
        """Let go what is only needed for a while."""
        await tidying.tidy(self.storage, await self.clock(), record_days=self.record_days)

    async def back_up(self) -> None:
        """Make a backup if one is due, as the settings ask for."""
        if self.keeper is not None:
            await self.keeper.step(self.storage, await self.clock())

    def _written(self, tables: frozenset[str]) -> None:
        self.rota.written(tables)

    async def _beware_of_rivals(self, error: Exception) -> None:
        """Note what keeps the mail away; another process that reads it is a rival."""
        if isinstance(error, TokenRefused):
            self.publisher.line.struck("mail", error, await self.clock())
            self.rota.wake("posts")
        if ingest.is_rivalry(error):
            await self._has_rival()

    async def _has_rival(self) -> None:
        """Publish nothing while another process has our mail, and tell the owners once."""
        if self.tenure is None:
            return
        self.tenure.saw_rival(await self.clock())
        if not self.tenure.rival_told:
            with suppress(StorageError):  # then at the next sign
                async with self.storage.begin() as db:
                    await holding.warn_of_rival(db)
                self.tenure.rival_told = True
