"""A story's lead picture, fetched and handed to Telegram once: it is known by its id there from then on."""

from dataclasses import dataclass, replace

import structlog
from telegram import Bot

from bot.errors import FetchError, SendError
from bot.intake import fetching
from bot.intake.fetching import PICTURES, Resolve, Way
from bot.line import calls
from bot.news.media import Media

log = structlog.get_logger(__name__)

_LARGEST = 10_000_000  # bytes (Bot API, `sendPhoto`)


@dataclass(frozen=True, kw_only=True)
class Pictures:
    """The way a picture takes: from the web, through somebody's chat."""

    bot: Bot
    way: Way
    resolve: Resolve | None = None

    async def taken(self, url: str, person_id: int, *, seen: bool = True) -> Media | None:
        """The picture as Telegram has it; None where the site or Telegram does not give or take it.

        Args:
            url: where it is; fetched under the same guards as a page.
            person_id: in whose private chat it is sent.
            seen: whether it stays there.
        """
        try:
            way = replace(self.way, max_bytes=_LARGEST)
            got = await fetching.fetch(url, way, kinds=PICTURES, resolve=self.resolve)
            params = {"chat_id": person_id, "photo": got.body, "disable_notification": True}
            sent = await calls.call(self.bot, "sendPhoto", params)
            media = Media(file_id=sent["photo"][-1]["file_id"])
            if not seen:
                await self._taken_away(person_id, sent["message_id"])
        except (FetchError, SendError, KeyError, IndexError, TypeError) as error:
            log.info("no_picture", why=getattr(error, "reason", type(error).__name__))
            return None
        return media

    async def _taken_away(self, person_id: int, message_id: int) -> None:
        try:
            await calls.call(self.bot, "deleteMessage", {"chat_id": person_id, "message_id": message_id})
        except SendError as error:
            log.info("picture_stays", why=type(error).__name__)
