"""What becomes of a feed's items, chosen by buttons."""

from bot.desk.feeds import Feeds
from bot.desk.rights import SCHEDULERS, channels_of, may
from bot.errors import NotFound
from bot.line.calls import Keyboard
from bot.news.feeds import Way
from bot.news.posts import for_staff
from handlers.feeds.board import WAYS, named, page_of_feed
from handlers.paging import SIZE, page_of, turning
from handlers.talk import Talk, button, titled


async def show(talk: Talk, feed_id: int) -> None:
    source, say = await Feeds(desk=talk.desk).get(feed_id), talk.words
    rows: Keyboard = [
        [button(_label(talk, Way.DRAFT, source.way), "feeds.way", source.id, "draft", 0)],
        [button(_label(talk, Way.SUBMIT, source.way), "feeds.way", source.id, "submit", 0)],
    ]
    if may(talk.who, SCHEDULERS):
        rows.append([button(_label(talk, Way.SLOTS, source.way), "feeds.channels", source.id, 0)])
    rows.append([button(say("‹ Back"), "feeds.one", source.id)])
    told = say(
        "Drafts come to you as cards. Handed in, the editors get them. Into slots, they are approved in your "
        "name and take the channel's next free slots; what has no headline of its own waits for the editors."
    )
    await talk.amend(titled(say("What becomes of what is new in {name}?", name=named(source)), told), rows)
    await talk.answer()


def _label(talk: Talk, way: Way, now: Way) -> str:
    return f"{'✅' if way is now else '▫️'} {talk.words(WAYS[way]).capitalize()}"


async def channels(talk: Talk, feed_id: int, number: int) -> None:
    """Into which channel's slots."""
    source, say = await Feeds(desk=talk.desk).get(feed_id), talk.words
    talk.desk.require(SCHEDULERS)
    among = channels_of(talk.who)
    page = page_of(number, await talk.db.channels.count(among=among))
    rows: Keyboard = [
        [button(for_staff.name(each.title), "feeds.way", source.id, "slots", each.id)]
        for each in await talk.db.channels.page(skip=page.skip, limit=SIZE, among=among)
    ]
    rows += turning(say, page, "feeds.channels", source.id)
    rows.append([button(say("‹ Back"), "feeds.ways", source.id)])
    await talk.amend(titled(say("Into which channel's slots?"), ""), rows)
    await talk.answer()


async def choose(talk: Talk, feed_id: int, way: str, channel_id: int) -> None:
    if way not in set(Way):
        raise NotFound("button")
    source = await Feeds(desk=talk.desk).set_way(feed_id, Way(way), channel_id or None)
    await talk.amend(*await page_of_feed(talk, source))
    await talk.answer(talk.words("Done."))
