"""The daily brief: what waits for a person, what goes out, which slots are free; at their own hour."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from telegram import Update

from bot.clock import Clock
from bot.desk import places
from bot.desk.rights import APPROVERS, DECIDERS, SCHEDULERS, WRITERS, channels_of, may, may_see
from bot.errors import NotFound, TypedTimeError
from bot.line import calls
from bot.line.calls import Keyboard
from bot.news.model import Article, ArticleState, Channel, Message, PostState, Staff
from bot.news.posts import for_staff
from bot.news.talk import Brief
from bot.news.times import calendar, typed_time
from bot.news.times.walltime import instant
from bot.words import Words
from handlers.phrases import EXAMPLES, unread
from handlers.talk import House, Talk, button, in_reading_order, titled
from storage import Db, Storage

HOURS = (6, 7, 8, 9, 10, 12, 16, 20)
"""What is offered by a press; any other minute is typed."""
SHOWN = 10
"""Stories and posts that a brief names of each."""
CHANNELS = 20
"""Channels that it looks at."""
_HOUR = re.compile(r"([01]?\d|2[0-3])(?:[:٫.]([0-5]\d))?", re.ASCII)
"""An hour of every day: in doubt is only which day a bare one means, and that does not matter here."""
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "0123456789" * 2)
_COMING = (PostState.PENDING, PostState.HELD)


async def command(talk: Talk, words: str) -> None:
    """`/brief`, or `/brief 8:30`."""
    if not words:
        await talk.reply(*await _offer(talk))
        return
    if plain := _HOUR.fullmatch(words.strip().translate(_DIGITS)):
        await _set(talk, int(plain[1]) * 60 + int(plain[2] or 0))
        await talk.reply(*await _offer(talk))
        return
    try:
        at = typed_time.parse(words, talk.now, talk.house.time_zone)
    except TypedTimeError as error:
        await talk.reply(f"{unread(error, talk.words, talk.house.time_zone)}\n{talk.words(EXAMPLES)}")
        return
    local = at.astimezone(ZoneInfo(talk.house.time_zone))
    await _set(talk, local.hour * 60 + local.minute)
    await talk.reply(*await _offer(talk))


async def choose(talk: Talk, minute: int) -> None:
    """A press on an hour."""
    if not 0 <= minute < 24 * 60:
        raise NotFound("button")
    await _set(talk, minute)
    await talk.amend(*await _offer(talk))
    await talk.answer(talk.words("From now on, every day at that time."))


async def switch_off(talk: Talk) -> None:
    """A press: no brief any more."""
    await talk.db.briefs.drop(talk.who.id)
    await talk.amend(*await _offer(talk))
    await talk.answer(talk.words("You get no daily brief any more."))


async def look(talk: Talk) -> None:
    """Today's, at once."""
    await talk.reply(*await brief(talk.db, talk.who, talk.now, talk.house))
    await talk.answer()


async def _set(talk: Talk, minute: int) -> None:
    next_at = _next(minute, talk.now, talk.house.time_zone)
    await talk.db.briefs.put(Brief(person_id=talk.who.id, minute=minute, next_at=next_at))


def _next(minute: int, now: datetime, zone: str) -> datetime:
    """The first such minute that is ahead, on the newsroom's clock."""
    there = ZoneInfo(zone)
    today = now.astimezone(there).date()
    days = (today, today + timedelta(days=1), today + timedelta(days=2))
    return next(at for day in days if (at := instant(day, minute, there)) > now)


async def _offer(talk: Talk) -> tuple[Message, Keyboard]:
    """When it comes, and the hours to choose from."""
    say, chosen = talk.words, await talk.db.briefs.of(talk.who.id)
    lines = [say("What waits for you, what goes out today, and which slots are free: in one message a day.")]
    if chosen is not None:
        time = calendar.show_hour(chosen.next_at, talk.house.time_zone, say.language)
        lines.append(say("It comes every day at {time}.", time=time))
    lines.append(say("Another time is typed: {example}", example="/brief 8:30"))
    hours = [
        button(
            f"{'✅ ' if chosen and chosen.minute == hour * 60 else ''}{say.number(hour)}",
            "plan.brief",
            hour * 60,
        )
        for hour in HOURS
    ]
    rows: Keyboard = [in_reading_order(hours[start : start + 4], say) for start in (0, 4)]
    rows.append([button(say("👁 Today’s, now"), "plan.brief_look")])
    if chosen is not None:
        rows.append([button(say("🔕 No brief any more"), "plan.brief_off")])
    return titled(say("The daily brief"), "\n".join(lines)), rows


async def send_next(storage: Storage, clock: Clock, house: House) -> bool | datetime:
    """Send the brief that is due first; if none is, when the next one will be.

    It is written and counted as sent in one transaction: a crash makes neither two of it nor none. After an
    outage there is one, not one for each day.
    """
    now = await clock()
    async with storage.begin() as db:
        due = await db.briefs.first()
        if due is None:
            return False
        if due.next_at > now:
            return due.next_at
        who = await db.staff.get(due.person_id)
        if who is None or not who.roles:
            await db.briefs.drop(due.person_id)
            return True
        next_at = _next(due.minute, now, house.time_zone)
        await db.briefs.put(Brief(person_id=who.id, minute=due.minute, next_at=next_at))
        message, rows = await brief(db, who, now, house)
        await db.notices.add(who.id, *calls.message_call(who.id, message, rows or None))
    return True


async def brief(db: Db, who: Staff, now: datetime, house: House) -> tuple[Message, Keyboard]:
    """What a person has to know of the day, in their language; a button for each story that waits."""
    talk = Talk(db=db, house=house, update=Update(update_id=0), who=who, now=now)  # nobody has spoken
    say, waiting = talk.words, await _waiting(talk)
    there = await _channels(talk)
    today = calendar.show_day(now.astimezone(ZoneInfo(house.time_zone)).date(), say.language)
    parts = [
        _part(say("Waits for you"), [f"• {_short(one)}" for one in waiting], say),
        _part(say("Goes out today"), await _going(talk, there), say),
    ]
    if may(who, SCHEDULERS):
        parts.append(_part(say("Free slots today"), await _free(talk, there), say))
    rows: Keyboard = [[button(f"📄 {_short(one, 50)}", "open", one.id)] for one in waiting[:SHOWN]]
    return titled(say("☀️ {day}", day=today), "\n\n".join(parts)), rows


def _part(title: str, lines: list[str], say: Words) -> str:
    shown = lines[:SHOWN]
    if len(lines) > SHOWN:
        shown.append(say("… and {count} more", count=len(lines) - SHOWN))
    return "\n".join([title, *(shown or [say("Nothing.")])])


def _short(article: Article, most: int = 80) -> str:
    return for_staff.quoted(for_staff.shortened(article.headline, most))


async def _waiting(talk: Talk) -> list[Article]:
    """What waits for the person's decision, and their own stories that are theirs to finish."""
    found = list(await talk.desk.stories()) if may(talk.who, DECIDERS) else []
    if may(talk.who, WRITERS):
        unfinished = {ArticleState.DRAFT, ArticleState.CHANGES_REQUESTED}
        found += [one for one in await talk.desk.drafts() if one.state in unfinished]
    return list({one.id: one for one in found}.values())


async def _channels(talk: Talk) -> tuple[Channel, ...]:
    """Those whose plans the person may know of: editors and reporters of all, a channel admin of theirs."""
    among = channels_of(talk.who) if not may(talk.who, APPROVERS | WRITERS) else None
    return await talk.db.channels.page(skip=0, limit=CHANNELS, among=among)


async def _going(talk: Talk, there: tuple[Channel, ...]) -> list[str]:
    """The posts of the rest of the day by their time; a reporter's own only."""
    titles = {channel.id: channel.title for channel in there}
    midnight = _next(0, talk.now, talk.house.time_zone)
    posts = await talk.db.posts.all_between(tuple(titles), talk.now, midnight, *_COMING) if titles else ()
    lines = []
    for post in sorted(posts, key=lambda one: one.due_at):
        article = await talk.db.articles.get(post.article_id)
        if article is None or not may_see(talk.who, article):
            continue
        time = calendar.show_hour(post.due_at, talk.house.time_zone, talk.words.language)
        held = " ⏸" if post.state is PostState.HELD else ""
        lines.append(f"• {time} {titles[post.channel_id]}: {_short(article)}{held}")
    return lines


async def _free(talk: Talk, there: tuple[Channel, ...]) -> list[str]:
    """The slots of the rest of the day that have no post, a line for each channel that the person runs."""
    midnight, lines = _next(0, talk.now, talk.house.time_zone), []
    for channel in there:
        if not talk.desk.runs(channel.id):
            continue
        week = await places.week(talk.db, channel, talk.now)
        times = [
            calendar.show_hour(at, channel.time_zone, talk.words.language)
            for at, is_free in week
            if is_free and at < midnight
        ]
        if times:
            lines.append(f"• {channel.title}: {talk.words(', ').join(times)}")
    return lines
