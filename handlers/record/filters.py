"""What the record can be narrowed to: a person, a channel, a story, a day. Each choice shows it anew."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.desk import people as staff_of
from bot.desk import record
from bot.line.calls import Keyboard
from bot.news.posts import for_staff
from bot.news.times import calendar
from handlers.paging import SIZE, page_of, turning
from handlers.record import which
from handlers.record.which import Which
from handlers.talk import NAMED, Talk, button, titled

_LOOKED_AT = 200
"""Entries among which the stories are found that can be chosen."""
_DAYS = 7


async def people(talk: Talk, word: str, number: int = 0) -> None:
    """Whose doings."""
    chosen, everybody = which.of(word), await staff_of.everybody(talk.desk)
    page = page_of(number, len(everybody))
    rows: Keyboard = [
        [
            button(
                f"👤 {for_staff.name(each.name) or each.id}",
                "record.show",
                replace(chosen, person=each.id).word,
            )
        ]
        for each in everybody[page.skip : page.skip + SIZE]
    ]
    title = talk.words("Whose doings?")
    await _ask(talk, title, [*rows, *turning(talk.words, page, "record.people", word)], chosen)


async def channels(talk: Talk, word: str, number: int = 0) -> None:
    """What was done in which channel."""
    chosen, page = which.of(word), page_of(number, await talk.db.channels.count())
    rows: Keyboard = [
        [button(f"📣 {each.title}", "record.show", replace(chosen, channel=each.id).word)]
        for each in await talk.db.channels.page(skip=page.skip, limit=SIZE)
    ]
    title = talk.words("In which channel?")
    await _ask(talk, title, [*rows, *turning(talk.words, page, "record.channels", word)], chosen)


async def stories(talk: Talk, word: str) -> None:
    """What was done with which story: the last ones in the record, as it is narrowed already."""
    chosen = which.of(word)
    sought = replace(chosen, article=None).sought(talk.house.time_zone)
    entries = await record.page(talk.desk, sought, limit=_LOOKED_AT)
    ids = list(dict.fromkeys(entry.article_id for entry in entries if entry.article_id))[:SIZE]
    found = await talk.db.articles.some(ids)
    rows: Keyboard = [
        [
            button(
                f"📄 {for_staff.shortened(found[id].headline, NAMED)}",
                "record.show",
                replace(chosen, article=id).word,
            )
        ]
        for id in ids
        if id in found
    ]
    await _ask(talk, talk.words("With which story? The last ones:"), rows, chosen)


async def days(talk: Talk, word: str, weeks: int = 0) -> None:
    """On which day, a week at a time."""
    chosen, say, weeks = which.of(word), talk.words, max(0, min(weeks, 1_000))
    today = talk.now.astimezone(ZoneInfo(talk.house.time_zone)).date() - timedelta(days=_DAYS * weeks)
    rows: Keyboard = [
        [button(calendar.show_day(day, say.language), "record.show", replace(chosen, day=day).word)]
        for day in (today - timedelta(days=back) for back in range(_DAYS))
    ]
    rows.append([button(say("← Earlier days"), "record.days", word, weeks + 1)])
    if weeks:
        rows[-1].append(button(say("Later days →"), "record.days", word, weeks - 1))
    await _ask(talk, say("On which day?"), rows, chosen)


async def _ask(talk: Talk, title: str, rows: Keyboard, chosen: Which) -> None:
    back = [button(talk.words("‹ Back"), "record.show", chosen.word)]
    await talk.amend(titled(title, ""), [*rows, back])
    await talk.answer()
