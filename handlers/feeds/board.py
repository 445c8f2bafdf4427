"""`/feeds`: which feeds are read and how each is; a feed's page. Knows no network."""

from zoneinfo import ZoneInfo

from bot.desk.feeds import Feeds
from bot.desk.rights import FEEDERS
from bot.errors import FetchError
from bot.line.calls import Keyboard
from bot.news.feeds import Fate, Source, Way
from bot.news.model import Message
from bot.news.posts import for_staff
from bot.news.times import calendar
from bot.words import N_, Words
from handlers.feeds.rule_words import in_words
from handlers.paging import SIZE, page_of, turning
from handlers.talk import Talk, button, titled
from handlers.unfetched import UNFETCHED, UNREAD, unfetched

WAYS = {
    Way.DRAFT: N_("drafts"),
    Way.SUBMIT: N_("to the editors"),
    Way.SLOTS: N_("approved, into slots"),
}
_FAULTS = {
    "no_feed": N_("What is at that address is no feed, and names none."),
    "bug": N_("A fault on our side; the owner finds it in the log."),
}
_TODAY = {
    Fate.TAKEN: N_("{count} became stories"),
    Fate.WAITING: N_("{count} on their way"),
    Fate.PAGE: N_("{count} whose page is being read"),
    Fate.UNWANTED: N_("{count} unwanted by the rules"),
    Fate.TOO_MANY: N_("{count} above the day's limit"),
    Fate.TWICE: N_("{count} known from another feed"),
    Fate.FAILED: N_("{count} unreadable"),
}


def named(source: Source) -> str:
    """A feed as a line names it."""
    return for_staff.shortened(for_staff.name(source.title or "") or source.url, 60)


def fault_in_words(fault: str, say: Words) -> str:
    """Why the last look found nothing."""
    reason, _, more = fault.partition(":")
    if reason in UNFETCHED:
        return unfetched(FetchError(reason, status=int(more) if more.isdecimal() else 0, kind=more[:60]), say)
    if reason == "hard":
        return say(UNREAD[reason])
    return say(_FAULTS.get(reason, _FAULTS["bug"]))


def _sign(source: Source) -> str:
    if source.paused_at:
        return "⏸"
    if source.fault:
        return "⚠️"
    return "📡" if source.begun_at else "⏳"


async def show(talk: Talk, number: int) -> None:
    talk.desk.require(FEEDERS)
    await talk.amend(*await overview(talk, number))
    await talk.answer()


async def overview(talk: Talk, number: int = 0) -> tuple[Message, Keyboard]:
    """All feeds, a page of them."""
    say, count = talk.words, await talk.db.feeds.count()
    page = page_of(number, count)
    rows: Keyboard = [
        [button(f"{_sign(each)} {named(each)}", "feeds.one", each.id)]
        for each in await talk.db.feeds.page(skip=page.skip, limit=SIZE)
    ]
    rows += turning(say, page, "feeds.list")
    last = [button(say("➕ Add a feed"), "feeds.add")]
    rows.append([*last, button(say("⬇️ As OPML"), "feeds.opml")] if count else last)
    empty = say("None yet. Write /feeds and the address of a feed, or of a page that has one.")
    about = say("What is new in them comes to you as stories; what stood there before does not.")
    return titled(say("Feeds that I read: {count}", count=count), about if count else empty), rows


async def one(talk: Talk, feed_id: int) -> None:
    """A feed's page."""
    await talk.amend(*await page_of_feed(talk, await Feeds(desk=talk.desk).get(feed_id)))
    await talk.answer()


async def page_of_feed(talk: Talk, source: Source) -> tuple[Message, Keyboard]:
    say = talk.words
    lines = [source.url, *_state(talk, source), await _way(talk, source), *in_words(source.rules, say)]
    here = talk.now.astimezone(ZoneInfo(talk.house.time_zone))
    counts = await talk.db.feeds.counts(source.id, here.replace(hour=0, minute=0, second=0, microsecond=0))
    today = [say(text, count=counts[fate]) for fate, text in _TODAY.items() if counts.get(fate)]
    if today:
        lines.append(say("Today: {counts}.", counts=say(", ").join(today)))
    if source.paused_at:
        rests = button(say("▶️ Go on"), "feeds.resume", source.id)
    else:
        rests = button(say("⏸ Pause"), "feeds.pause", source.id)
    rows: Keyboard = [
        [rests, button(say("🔎 Test now"), "feeds.test", source.id)],
        [
            button(say("📥 What becomes of it"), "feeds.ways", source.id),
            button(say("🎚 Rules"), "feeds.rules", source.id),
        ],
        [button(say("🗑 Remove"), "feeds.remove", source.id)],
        [button(say("‹ Back"), "feeds.list", 0)],
    ]
    return titled(f"{_sign(source)} {named(source)}", "\n".join(lines)), rows


def _state(talk: Talk, source: Source) -> list[str]:
    say, zone = talk.words, talk.house.time_zone
    lines = []
    if source.paused_at:
        lines.append(say("Paused since {time}.", time=calendar.show(source.paused_at, zone, say.language)))
    if source.checked_at is None:
        lines.append(say("Not read yet."))
    else:
        time = calendar.show(source.checked_at, zone, say.language)
        lines.append(say("Last looked at {time}.", time=time))
    if source.fault:
        lines.append("⚠️ " + fault_in_words(source.fault, say))
    if source.next_at and source.checked_at:
        lines.append(say("Next look: {time}.", time=calendar.show(source.next_at, zone, say.language)))
    return lines


async def _way(talk: Talk, source: Source) -> str:
    way = talk.words(WAYS[source.way])
    channel = await talk.db.channels.get(source.channel_id) if source.channel_id else None
    if channel:
        way += f" · {for_staff.name(channel.title)}"
    return talk.words("What is new becomes: {way}.", way=way)


async def pause(talk: Talk, feed_id: int) -> None:
    await talk.amend(*await page_of_feed(talk, await Feeds(desk=talk.desk).pause(feed_id, paused=True)))
    await talk.answer(talk.words("Paused."))


async def resume(talk: Talk, feed_id: int) -> None:
    await talk.amend(*await page_of_feed(talk, await Feeds(desk=talk.desk).pause(feed_id, paused=False)))
    await talk.answer(talk.words("It is read again."))


async def test(talk: Talk, feed_id: int) -> None:
    """Look at it now; how that went is told in a message."""
    await Feeds(desk=talk.desk).test(feed_id)
    await talk.answer(talk.words("I am looking, and tell you in a moment."))


async def remove(talk: Talk, feed_id: int) -> None:
    """Ask whether that is meant."""
    source, say = await Feeds(desk=talk.desk).get(feed_id), talk.words
    rows: Keyboard = [
        [
            button(say("Yes"), "feeds.remove_sure", source.id),
            button(say("✖️ Never mind"), "feeds.one", source.id),
        ]
    ]
    told = say("Stories that came from it stay. Added again, it begins anew: what stands there is not sent.")
    await talk.amend(titled(say("Read {name} no more?", name=named(source)), told), rows)
    await talk.answer()


async def surely(talk: Talk, feed_id: int) -> None:
    await Feeds(desk=talk.desk).remove(feed_id)
    await talk.amend(*await overview(talk))
    await talk.answer(talk.words("Removed."))
