"""A card's pages before a dated word goes into a post, which the card shows: corrected, out of date."""

from dataclasses import replace
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from bot.desk import remarked
from bot.line.calls import Keyboard
from bot.news.model import Article
from handlers.story import differing
from handlers.story.sight import Sight, back
from handlers.talk import Talk, button

CORRECTED: Final = "corrected"
OUTDATED: Final = "outdated"
_NEEDS: Final = {CORRECTED: "correct", OUTDATED: "kill"}


def _today(sight: Sight) -> date:
    return sight.now.astimezone(ZoneInfo(sight.house.time_zone)).date()


def previewed(sight: Sight, view: str, content: Article) -> Article:
    """What the card shows: on one of these pages the post as it would be."""
    verb = view.partition(":")[0]
    if _NEEDS.get(verb) not in sight.may:
        return content
    if verb == CORRECTED:
        return replace(content, corrected_on=_today(sight))
    return replace(content, outdated_on=None if content.outdated_on else _today(sight))


def page(sight: Sight, verb: str) -> Keyboard | None:
    """The last question, under the post as it will be."""
    if _NEEDS.get(verb) not in sight.may:
        return None
    say = sight.say
    if verb == CORRECTED:
        return [
            [button(say("✅ Publish it so, with the dated line"), "story.correct_dated", *sight.key)],
            [button(say("✅ Publish it without that line"), "story.correct", *sight.key)],
            back(sight),
        ]
    sure = (
        say("✅ Say so in the channels") if not sight.article.outdated_on else say("✅ Take that word away")
    )
    return [[button(sure, "story.outdate", *sight.key)], back(sight)]


async def correct(talk: Talk, article_id: int, version: int) -> None:
    """Bring the readers what was changed, with the day under it."""
    before = await talk.desk.article(article_id, version)
    readers = await talk.db.articles.at_version(article_id, before.approved_version or 0)
    article, count = await remarked.correct(talk.desk, article_id, version, _day(talk))
    await differing.tell_correction(talk, article, readers)
    await _done(talk, article, count)


async def outdate(talk: Talk, article_id: int, version: int) -> None:
    """Mark what is out as out of date, or take that mark away."""
    before = await talk.desk.article(article_id, version)
    on = None if before.outdated_on else _day(talk)
    article, count = await remarked.outdate(talk.desk, article_id, version, on)
    await _done(talk, article, count)


async def _done(talk: Talk, article: Article, count: int) -> None:
    await talk.show_card(article.id)
    said = talk.words("It is on its way, to {count} {count:channel|channels}.", count=count)
    await talk.answer(said)


def _day(talk: Talk) -> date:
    return talk.now.astimezone(ZoneInfo(talk.house.time_zone)).date()
