"""Pages and files fetched and read between transactions, and written as drafts (`handlers.story.errands`)."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

import structlog
from telegram import Bot, Update

from bot.aside import aside
from bot.clock import Clock
from bot.errors import CopyError, FetchError, MonadiError, PageError, SendError, StorageError
from bot.intake import fetching
from bot.intake.fetching import PAGES, Resolve, Way
from bot.intake.pages_copy import Told
from bot.intake.workshop import Workshop
from bot.line import calls
from bot.news.errands import Errand
from bot.news.media import Media
from bot.pictures import Pictures
from handlers.story import errands
from handlers.talk import House, Talk
from storage import Storage

log = structlog.get_logger(__name__)

AT_ONCE = 4
"""People whose errands are run at the same time: a slow site of one holds up no other's."""
_SEEN = 40  # errands looked at for so many people: each has ten at most
_TELEGRAM = frozenset(("t.me", "telegram.me", "telegram.dog"))


@dataclass(kw_only=True)
class Runner:
    """Who fetches and reads."""

    storage: Storage
    bot: Bot
    clock: Clock
    way: Way
    house: House
    shop: Workshop = field(default_factory=Workshop)
    resolve: Resolve | None = None

    async def look(self) -> bool:
        """Read what waits, one of each person's; False if nothing does."""
        async with self.storage.begin() as db:
            waiting = await db.errands.waiting(_SEEN)
        first = {errand.person_id: errand for errand in reversed(waiting)}
        turn = sorted(first.values(), key=lambda errand: errand.id)[:AT_ONCE]
        await asyncio.gather(*map(self._run, turn))
        return bool(turn)

    async def close(self) -> None:
        await self.shop.close()

    async def _run(self, errand: Errand) -> None:
        """One of them; whatever goes wrong with it is its own."""
        try:
            told = await self._told(errand)
            picture = await self._picture(errand, told)
            await self._settle(errand, partial(errands.written, told=told, picture=picture))
        except StorageError:
            raise
        except (FetchError, PageError) as error:
            await self._settle(errand, partial(errands.unread, error=error))
        except CopyError:
            await self._settle(errand, partial(errands.unread, error=PageError("empty")))
        except SendError as error:
            reason = "large" if "too big" in error.description.lower() else "unreachable"
            await self._settle(errand, partial(errands.unread, error=FetchError(reason)))
        except Exception:  # a bug with one must not stop the others
            log.exception("errand_failed", errand_id=errand.id)
            await self._settle(errand, partial(errands.unread, error=None))

    async def _told(self, errand: Errand) -> Told:
        if errand.file_id is not None:
            raw = await calls.download(self.bot, errand.file_id)
            return await self.shop.file(raw, errand.name)
        url = errand.url or ""
        got = await fetching.fetch(_shown(url), self.way, kinds=PAGES, resolve=self.resolve)
        charset = got.headers.get("content-type", "").partition("charset=")[2].partition(";")[0]
        return await self.shop.page(got.body, got.url, charset)

    async def _picture(self, errand: Errand, told: Told) -> Media | None:
        """The lead picture; the person sees it in their chat."""
        if not told.image or errand.media is not None:
            return None
        pictures = Pictures(bot=self.bot, way=self.way, resolve=self.resolve)
        return await pictures.taken(told.image, errand.person_id)

    async def _settle(self, errand: Errand, use_case: Callable[[Talk, Errand], Awaitable[None]]) -> None:
        """Write down what became of it, once: whoever has lost their role meanwhile hears nothing."""

        async def settled() -> None:
            now = await self.clock()
            async with self.storage.begin() as db:
                still, who = await db.errands.get(errand.id), await db.staff.get(errand.person_id)
                if still is None or still.article_id is not None or still.failed is not None:
                    return
                if who is None or not who.roles:
                    await db.errands.fail(errand.id, "left")
                    return
                talk = Talk(db=db, house=self.house, update=Update(update_id=0), who=who, now=now)
                await use_case(talk, still)

        try:
            await aside(settled)
        except StorageError:
            raise
        except MonadiError as error:
            if isinstance(error, CopyError):
                raise
            async with self.storage.begin() as db:
                await db.errands.fail(errand.id, type(error).__name__)


def _shown(url: str) -> str:
    """Where a post of a public channel can be read without an account."""
    parts = urlsplit(url)
    if (parts.hostname or "").lower() not in _TELEGRAM:
        return url
    return f"https://t.me{parts.path.replace('/s/', '/', 1)}?embed=1&mode=tme"
