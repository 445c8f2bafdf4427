"""What comes back every week: asking for its times and its end, its page, and `/recurring`."""

from datetime import datetime
from typing import Any

from bot import channel as calls
from bot.channel import Keyboard
from bot.desk import SCHEDULERS
from bot.errors import NoSuchTime, PastTime, TypedTimeError
from bot.news import slots, typed_recurrence
from bot.news.model import Channel, Message, Role, Staff
from bot.news.recurrence import Recurrence
from bot.recurring import Recurring
from bot.words import N_, Words, words
from handlers.phrases import SLOT_EXAMPLES
from handlers.scheduling import echo
from handlers.talk import Talk, button, titled
from storage import Db

SHOWN = 30
"""Of what comes back, on one board: each has a button."""
_END_EXAMPLES = N_("For example: 1405/10/30 – in two weeks – 25 December")


async def ask(talk: Talk, article_id: int, version: int, channel_id: int) -> None:
    """Ask for the weekly times of a story; where it comes back already, that is shown."""
    recurring = Recurring(desk=talk.desk)
    where = await talk.schedule.channel(channel_id)
    article = await talk.desk.article(article_id, version)
    if known := await recurring.of(article.id, where.id):
        await talk.reply(*await _page(talk, known))
        await talk.answer()
        return
    question = talk.words(
        "When should “{headline}” come back in {channel} each week? An end date may follow: until …",
        headline=article.headline[:80],
        channel=where.title,
    )
    about = {"article": article.id, "channel": where.id}
    await talk.ask("repeat", f"{question}\n{talk.words(SLOT_EXAMPLES)}", **about)


async def answered(talk: Talk, about: dict[str, Any]) -> None:
    """The answer to `ask`; one that can't be read leaves the question open."""
    where = await talk.schedule.channel(about["channel"])
    article = await talk.desk.article(about["article"])
    try:
        times, until = typed_recurrence.parse(talk.text, talk.now, where.time_zone)
    except TypedTimeError as error:
        await talk.reply(times_problem(error, talk.words))
        return
    try:
        made = await Recurring(desk=talk.desk).repeat(article.id, article.version, where.id, times, until)
    except PastTime as error:
        await talk.reply(_too_early(talk, error, where))
        return
    await talk.close_question()
    await talk.show_card(article.id)
    await talk.reply(*await _page(talk, made))


def times_problem(error: TypedTimeError, say: Words) -> str:
    """Why weekly times could not be taken, and how they are typed."""
    text = error.text[:60]
    if isinstance(error, NoSuchTime):
        return f"{say('There is no such day or hour: “{text}”.', text=text)}\n{say(SLOT_EXAMPLES)}"
    return f"{say('I could not read “{text}” as weekly slots.', text=text)}\n{say(SLOT_EXAMPLES)}"


async def command(talk: Talk, rest: str) -> None:
    """`/recurring`: all that comes back."""
    del rest
    await talk.reply(*await _board(talk))


async def board(talk: Talk) -> None:
    await talk.amend(*await _board(talk))
    await talk.answer()


async def _board(talk: Talk) -> tuple[Message, Keyboard]:
    say, recurring = talk.words, Recurring(desk=talk.desk)
    plans = await recurring.all()
    rows: Keyboard = []
    lines: list[str] = []
    for plan in plans[:SHOWN]:
        where = await talk.schedule.channel(plan.channel_id)
        headline = await _headline(talk.db, plan)
        times = slots.show(plan.times, say.language).replace("\n", say("; "))
        lines.append(f"🔁 {headline[:60]} — {where.title}\n{times}")
        rows.append([button(f"🔁 {headline[:40]} · {where.title}", "recurs", plan.id)])
    if len(plans) > SHOWN:
        lines.append(say("… and {count} more", count=len(plans) - SHOWN))
    empty = say("Nothing comes back by itself. A story's card has it under “Schedule”.")
    return titled(say("What comes back every week"), "\n\n".join(lines) or empty), rows


async def show(talk: Talk, recurrence_id: int) -> None:
    """One of them, in the message whose button was pressed."""
    await talk.amend(*await _page(talk, await Recurring(desk=talk.desk).get(recurrence_id)))
    await talk.answer()


async def _page(talk: Talk, plan: Recurrence) -> tuple[Message, Keyboard]:
    say = talk.words
    where = await talk.schedule.channel(plan.channel_id)
    lines = [slots.show(plan.times, say.language), _end_line(talk, plan, where)]
    if ahead := await Recurring(desk=talk.desk).ahead(plan):
        lines += ["", say("Next:"), *(f"• {echo(talk, at, where)}" for at in ahead)]
    title = say(
        "🔁 “{headline}” in {channel}", headline=(await _headline(talk.db, plan))[:80], channel=where.title
    )
    if plan.ended:
        ways = [[button(say("↶ Let it come again"), "recuragain", plan.id)]]
    else:
        ways = [
            [
                button(say("📅 End date"), "recuruntil", plan.id),
                button(say("✖️ Let it come no more"), "recurend", plan.id),
            ]
        ]
        if plan.until:
            ways.append([button(say("♾ Without an end"), "recuragain", plan.id)])
    last = [button(say("🗓 Queue"), "queue", where.id), button(say("‹ All that comes back"), "recurring")]
    return titled(title, "\n".join(lines)), [*ways, last]


def _end_line(talk: Talk, plan: Recurrence, where: Channel) -> str:
    say = talk.words
    if plan.ended:
        return say("It comes back no more.")
    if plan.until is None:
        return say("Until somebody ends it.")
    return say("Until {time}", time=echo(talk, plan.until, where))


async def ask_end(talk: Talk, recurrence_id: int) -> None:
    """Ask for the last day; the next message is the answer."""
    plan = await Recurring(desk=talk.desk).get(recurrence_id)
    question = talk.words(
        "Until when should “{headline}” come back?", headline=(await _headline(talk.db, plan))[:80]
    )
    await talk.ask("repeatend", f"{question}\n{talk.words(_END_EXAMPLES)}", recurrence=plan.id)


async def end_answered(talk: Talk, about: dict[str, Any]) -> None:
    recurring = Recurring(desk=talk.desk)
    plan = await recurring.get(about["recurrence"])
    where = await talk.schedule.channel(plan.channel_id)
    until = typed_recurrence.parse_end(talk.text, talk.now, where.time_zone)
    try:
        changed = await recurring.end_on(plan.id, until)
    except PastTime as error:
        await talk.reply(_too_early(talk, error, where))
        return
    await talk.close_question()
    await talk.reply(*await _page(talk, changed))


def _too_early(talk: Talk, error: PastTime, where: Channel) -> str:
    """An end before the first turn; the question stays open."""
    say = talk.words
    text = say("It would end before its next turn: {time}.", time=echo(talk, error.at, where))
    return f"{text}\n{say(_END_EXAMPLES)}"


async def end(talk: Talk, recurrence_id: int) -> None:
    await talk.amend(*await _page(talk, await Recurring(desk=talk.desk).end(recurrence_id)))
    await talk.answer(talk.words("It comes back no more; its post in the queue is canceled."))


async def again(talk: Talk, recurrence_id: int) -> None:
    """It comes back without an end, also when it had ended."""
    await talk.amend(*await _page(talk, await Recurring(desk=talk.desk).end_on(recurrence_id, None)))
    await talk.answer(talk.words("It comes back until somebody ends it."))


async def tell(db: Db, plan: Recurrence, skipped: tuple[datetime, ...], now: datetime) -> None:
    """Tell whoever set it up what was left out, and when it has come to its end."""
    del now
    where = await db.channels.get(plan.channel_id)
    assert where is not None  # channels are never deleted
    headline = (await _headline(db, plan))[:100]
    for person in await _its_people(db, plan):
        say = words(person.language)
        lines = []
        if skipped:
            text = N_("{count} turns of “{headline}” in {channel} were missed; they are not made up for.")
            lines.append(say(text, count=len(skipped), headline=headline, channel=where.title))
        if plan.ended:
            lines.append(
                say("“{headline}” comes back no more in {channel}.", headline=headline, channel=where.title)
            )
        keyboard = [[button(say("🔁 Every week"), "recurs", plan.id)]]
        call = calls.message_call(person.id, Message(text="\n".join(lines)), keyboard)
        await db.notices.add(person.id, *call)


async def _its_people(db: Db, plan: Recurrence) -> tuple[Staff, ...]:
    asker = await db.staff.get(plan.asked_by)
    if asker is not None and asker.roles & SCHEDULERS:
        return (asker,)
    return await db.staff.with_role(Role.CHANNEL_ADMIN) or await db.staff.with_role(Role.OWNER)


async def _headline(db: Db, plan: Recurrence) -> str:
    article = await db.articles.get(plan.article_id)
    assert article is not None  # articles are never deleted
    return article.headline
