"""A card's page "schedule": first where, then when; and the last question before it goes out at once."""

from collections.abc import Awaitable, Callable
from typing import Final

from bot.desk import places
from bot.desk.rights import channels_of
from bot.desk.stories import Desk
from bot.line.calls import Keyboard
from bot.news.model import Article, Channel
from bot.news.posts.warnings import Warned
from bot.news.times import calendar
from bot.words import words
from handlers import which_channel
from handlers.story import front, terms, warnings
from handlers.story.sight import Sight, back
from handlers.talk import button
from handlers.wanted import for_story

SHOWN = 20
"""Channels named at once: a keyboard has room for 100 buttons, a person's eye for fewer."""


async def page(sight: Sight, chosen: int) -> Keyboard:
    """Where and when, of the `chosen` channel; else which one, so many of a list passed over."""
    planned = _planned(sight, chosen)
    if planned is None:
        return await _which(sight, max(0, chosen))
    return await _when(sight, planned)


def _planned(sight: Sight, chosen: int) -> Channel | None:
    """The chosen channel, or the only one in which the person may plan."""
    if chosen < 0:  # ids of channels are
        return sight.where if sight.where in sight.mine else None
    return sight.mine[0] if len(sight.mine) == 1 else None


async def warned(sight: Sight, chosen: int) -> list[Warned] | None:
    """What speaks against the chosen channel and its next free slot; None where none is chosen."""
    planned = _planned(sight, chosen)
    if planned is None:
        return None
    free = await sight.known.next_free(sight.article, planned)
    return await warnings.of_plan(sight.desk, sight.article, planned, free)


async def _which(sight: Sight, skip: int) -> Keyboard:
    """First which channel: a leaf of them."""
    say, key = sight.say, sight.key
    found = await sight.desk.db.channels.page(skip=skip, limit=SHOWN + 1, among=channels_of(sight.desk.who))
    rows: Keyboard = [
        [button(f"📣 {channel.title}", "story.view", *key, "plan", channel.id)] for channel in found[:SHOWN]
    ]
    rows += which_channel.leaves(say, skip, "view", *key, "plan", more=len(found) > SHOWN)
    return [
        *(rows or [[button(say("No channel is connected yet"), "channels.no_channel")]]),
        back(sight),
    ]


async def _when(sight: Sight, where: Channel) -> Keyboard:
    """Then when."""
    say, key, article = sight.say, sight.key, sight.article
    several = len(sight.mine) > 1
    rows: Keyboard = [[button(f"📣 {where.title}", "story.view", *key, "plan")]] if several else []
    weekly = button(say("🔁 Every week"), "plan.repeat", *key, where.id)
    urgent: Keyboard = []
    if sight.may_hurry(where):
        urgent = terms.urgent_row(article, where, say, confirm=sight.house.urgent.confirm)
    if sight.stands_in(where):  # it has its place there, or is out: a warning says which
        return [*rows, *await front.of_channel(sight, where), *urgent, [weekly], back(sight)]
    free = await sight.known.next_free(article, where)
    if free is not None:
        when = calendar.relative(free, sight.now, where.time_zone, say.language)
        rows.append([button(say("🕰 Next free slot: {time}", time=when), "plan.into_slot", *key, where.id)])
    else:
        rows.append([button(say("🕰 No slots yet: add some"), "channels.add_slots", where.id)])
    rows.append(
        [
            button(say("📅 Calendar"), "plan.pick", for_story(article, where)),
            button(say("⌨️ At another time"), "plan.ask_time", *key, where.id),
        ]
    )
    rows.append(
        [
            weekly,
            button(say("🚀 Now"), "story.view", *key, "now", where.id),
        ]
    )
    return [*rows, *urgent, back(sight)]


async def _now(desk: Desk, article: Article, where: Channel) -> Keyboard:
    say, key = words(desk.who.language), (article.id, article.version)
    sure = say("🚀 Yes, publish in {channel} now", channel=where.title)
    if end := await places.kept_till(desk.db, where, desk.now):
        time = calendar.relative(end, desk.now, where.time_zone, say.language)
        sure = say("🌙 Quiet hours in {channel}: publish {time}", channel=where.title, time=time)
    return [
        [button(sure, "plan.now", *key, where.id)],
        [button(say("‹ Back"), "story.view", *key, "plan", where.id)],
    ]


SURE: Final[dict[str, Callable[[Desk, Article, Channel], Awaitable[Keyboard]]]] = {
    "now": _now,
    "urgent": terms.sure,
}
"""The last questions before something goes out at once."""


async def sure(sight: Sight, verb: str) -> Keyboard | None:
    """Such a question; None where it can't be asked, as for a story that has its place in the channel."""
    where = sight.where
    if where is None or where not in sight.mine:
        return None
    if sight.stands_in(where) if verb == "now" else not sight.may_hurry(where):
        return None
    return await SURE[verb](sight.desk, sight.article, where) if verb in SURE else None
