"""What comes back every week: asking for its times and its end, its page, and `/recurring`."""

from datetime import datetime
from typing import Any

from bot.desk import audience, places
from bot.desk.recurring import Changed, Recurring
from bot.desk.returning import plan_next, waiting
from bot.errors import NoSuchTime, NotFound, PastTime, TypedTimeError
from bot.line import calls
from bot.line.calls import Keyboard
from bot.news.model import Article, Channel, Message, Post, PostState, Slot
from bot.news.plans import slots
from bot.news.plans.recurrence import Recurrence, times_from_json, times_to_json
from bot.news.posts import for_staff
from bot.news.talk import Question
from bot.news.times import calendar, typed_recurrence
from bot.words import N_, Words, words
from handlers.phrases import POST_STATES, SLOT_EXAMPLES, unread
from handlers.plan import board
from handlers.plan.scheduling import echo
from handlers.posts import seen
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
        await talk.reply(*await page(talk, known))
        await talk.answer()
        return
    question = talk.words(
        "When should “{headline}” come back in {channel} each week? An end date may follow: until …",
        headline=for_staff.shortened(article.headline, 80),
        channel=where.title,
    )
    text = f"{question}\n{talk.words(SLOT_EXAMPLES)}"
    await talk.ask("repeat", text, article=article.id, channel=where.id)


async def answered(talk: Talk, about: dict[str, Any]) -> None:
    """The answer to `ask`; one that can't be read leaves the question open."""
    where = await talk.schedule.channel(about["channel"])
    article = await talk.desk.article(about["article"])
    try:
        times, until = typed_recurrence.parse(talk.text, talk.now, where.time_zone)
    except TypedTimeError as error:
        await talk.reply(times_problem(error, talk.words))
        return
    if slots.resting(times, where.rhythm):
        await _offer_end_of_quiet(talk, about, slots.woken(times, where.rhythm), until)
        return
    await _set_up(talk, article, where, times, until)


async def _offer_end_of_quiet(
    talk: Talk, about: dict[str, Any], times: tuple[Slot, ...], until: datetime | None
) -> None:
    """Some times are in quiet hours: say so before anything is set up. The question stays open."""
    say, key = talk.words, talk.update.update_id
    where = await talk.schedule.channel(about["channel"])
    await talk.close_question()
    offered = {"times": times_to_json(times), "until": until.isoformat() if until else None, "key": key}
    known = {"article": about["article"], "channel": where.id, **offered}
    await talk.db.questions.ask(
        Question(chat_id=talk.who.id, person_id=talk.who.id, kind="repeat", about=known, asked_at=talk.now)
    )
    shown = slots.show(times, say.language)
    quiet = [slots.show_quiet(each, say.language) for each in where.rhythm.quiet]
    lines = [
        *(say("🌙 Quiet: {hours}", hours=each) for each in quiet),
        "",
        say("What falls into them would go out at their end only. Shall it be so from the start?"),
        shown,
        "",
        say("Or send other times."),
    ]
    rows: Keyboard = [
        [button(board.short("✅ " + shown.replace("\n", say("; ")), 60), "plan.repeat_awake", key)],
        [button(say("✖️ Never mind"), "cancel", key)],
    ]
    title = say("{channel} has quiet hours then. Nothing is set up yet.", channel=where.title)
    await talk.prompt(titled(title, "\n".join(lines)), rows, key, {"question": "repeat"})


async def at_end_of_quiet(talk: Talk, key: int) -> None:
    """A press on the times that were offered instead of those in quiet hours."""
    question = await talk.open_question()
    if question is None or question.about.get("key") != key or "times" not in question.about:
        raise NotFound("button")
    about = question.about
    where, article = await talk.schedule.channel(about["channel"]), await talk.desk.article(about["article"])
    until = datetime.fromisoformat(about["until"]) if about["until"] else None
    await _set_up(talk, article, where, times_from_json(about["times"]), until)
    await talk.answer()


async def _set_up(
    talk: Talk, article: Article, where: Channel, times: tuple[Slot, ...], until: datetime | None
) -> None:
    try:
        changed = await Recurring(desk=talk.desk).repeat(article.id, article.version, where.id, times, until)
    except PastTime as error:
        await talk.reply(_too_early(talk, error, where))
        return
    await talk.close_question()
    await talk.show_card(article.id)
    await talk.reply(*await _after(talk, changed))


def times_problem(error: TypedTimeError, say: Words) -> str:
    """Why weekly times could not be taken, and how they are typed."""
    text = error.text[:60]
    if error.reason in {"span", "weekend"}:
        return unread(error, say, "UTC")
    if isinstance(error, NoSuchTime):
        return f"{say('There is no such day or hour: “{text}”.', text=text)}\n{say(SLOT_EXAMPLES)}"
    return f"{say('I could not read “{text}” as weekly slots.', text=text)}\n{say(SLOT_EXAMPLES)}"


async def command(talk: Talk, rest: str) -> None:
    """`/recurring`: all that comes back."""
    del rest
    await talk.reply(*await _overview(talk))


async def overview(talk: Talk) -> None:
    await talk.amend(*await _overview(talk))
    await talk.answer()


async def _overview(talk: Talk) -> tuple[Message, Keyboard]:
    say, recurring = talk.words, Recurring(desk=talk.desk)
    plans = await recurring.all()
    rows: Keyboard = []
    lines: list[str] = []
    for plan in plans[:SHOWN]:
        where = await talk.schedule.channel(plan.channel_id)
        headline = await _headline(talk.db, plan)
        times = slots.show(plan.times, say.language).replace("\n", say("; "))
        lines.append(f"🔁 {for_staff.shortened(headline, 60)} — {where.title}\n{times}")
        for at in await recurring.ahead(plan, 1):
            time = calendar.relative(at, talk.now, where.time_zone, say.language)
            lines[-1] += "\n" + say("Next: {time}", time=time)
        rows.append(
            [button(f"🔁 {for_staff.shortened(headline, 40)} · {where.title}", "plan.recurrence", plan.id)]
        )
    if len(plans) > SHOWN:
        lines.append(say("… and {count} more", count=len(plans) - SHOWN))
    empty = say("Nothing comes back by itself. A story's card has it under “Schedule”.")
    return titled(say("What comes back every week"), "\n\n".join(lines) or empty), rows


async def show(talk: Talk, recurrence_id: int) -> None:
    """One of them, in the message whose button was pressed."""
    await talk.amend(*await page(talk, await Recurring(desk=talk.desk).get(recurrence_id)))
    await talk.answer()


async def _after(talk: Talk, changed: Changed) -> tuple[Message, Keyboard]:
    """Its page after a change, with the way back."""
    return await page(talk, changed.plan, ("plan.undo_recur", changed.entry_id))


async def page(talk: Talk, plan: Recurrence, undo: tuple[str, int] | None = None) -> tuple[Message, Keyboard]:
    """All about it: its times, its end, its next turns and what can be done; `undo` is a button's data."""
    while await plan_next(
        talk.db, talk.now, tell, only=plan.id
    ):  # so that the next turn can be seen and changed at once
        pass
    say, plan = talk.words, await Recurring(desk=talk.desk).get(plan.id)
    where = await talk.schedule.channel(plan.channel_id)
    lines = [slots.show(plan.times, say.language), _end_line(talk, plan, where)]
    if paused := board.paused_line(where, say):
        lines.append(paused)
    posts = await waiting(talk.db, plan)
    if turns := await _turns(talk, plan, posts, where):
        lines += ["", say("Next:"), *turns]
    title = say(
        "🔁 “{headline}” in {channel}", headline=(await _headline(talk.db, plan))[:80], channel=where.title
    )
    rows = (_ways_of_turn(talk, plan, posts[0], where) if posts else []) + _ways(plan, say)
    if undo:
        rows.append([button(say("↶ Undo the last change"), *undo)])
    last = [
        button(say("🗓 Queue"), "plan.queue", where.id),
        button(say("‹ All that comes back"), "plan.recurring"),
    ]
    return titled(title, "\n".join(lines)), [*rows, last]


def _ways(plan: Recurrence, say: Words) -> Keyboard:
    if plan.ended:
        return [[button(say("🔁 Let it come again"), "plan.recur_again", plan.id)]]
    end = button(say("📅 End date"), "plan.recur_until", plan.id)
    rows = [[end, button(say("✖️ Let it come no more"), "plan.recur_end", plan.id)]]
    if plan.until:
        rows.append([button(say("♾ Without an end"), "plan.recur_again", plan.id)])
    return rows


async def _turns(talk: Talk, plan: Recurrence, posts: tuple[Post, ...], where: Channel) -> list[str]:
    """A line for each of the next turns, with what is special about it."""
    queued = {places.goes_at(where, post.due_at): post for post in posts}
    over = [post.due_at for post in posts if post.due_at <= talk.now]
    lines = []
    for at in [*over, *await Recurring(desk=talk.desk).ahead(plan)]:
        post, line = queued.get(at), f"• {echo(talk, at, where)}"
        if post is not None and post.state is PostState.HELD:
            line += f" ({talk.words(POST_STATES[post.state])})"
        if post is not None and post.article_id != plan.article_id:
            line += talk.words(" — this once: “{headline}”", headline=await board.headline(talk, post))
        lines.append(line)
    return lines


def _ways_of_turn(talk: Talk, plan: Recurrence, post: Post, where: Channel) -> Keyboard:
    """What can be done to the next turn alone."""
    say, key = talk.words, (post.id, seen.of(post))
    time = calendar.relative(post.due_at, talk.now, where.time_zone, say.language)
    rows = [
        [button(say("🗓 The turn of {time}", time=time), "plan.post", post.id)],
        [button(say("⏭ Leave it out"), "plan.skip_turn", *key)],
    ]
    if post.article_id == plan.article_id:
        rows[1].append(button(say("✏️ Another text, this once"), "plan.turn_text", *key))
    else:
        rows.append(
            [
                button(say("📄 Its own text"), "open", post.article_id),
                button(say("↶ The usual text"), "plan.usual_text", *key),
            ]
        )
    return rows


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
    await talk.reply(*await _after(talk, changed))


def _too_early(talk: Talk, error: PastTime, where: Channel) -> str:
    """An end before the first turn; the question stays open."""
    say = talk.words
    text = say("It would end before its next turn: {time}.", time=echo(talk, error.at, where))
    return f"{text}\n{say(_END_EXAMPLES)}"


async def end(talk: Talk, recurrence_id: int) -> None:
    await talk.amend(*await _after(talk, await Recurring(desk=talk.desk).end(recurrence_id)))
    await talk.answer(talk.words("It comes back no more; its post in the queue is canceled."))


async def again(talk: Talk, recurrence_id: int) -> None:
    """It comes back without an end, also when it had ended."""
    await talk.amend(*await _after(talk, await Recurring(desk=talk.desk).end_on(recurrence_id, None)))
    await talk.answer(talk.words("It comes back until somebody ends it."))


async def undo(talk: Talk, entry_id: int) -> None:
    """Take back what was decided about all its turns, if that was the last thing that was."""
    undone = await Recurring(desk=talk.desk).undo(entry_id)
    await talk.amend(*await page(talk, undone.plan))
    await talk.answer(talk.words("Undone: all is as it was before."))


async def tell(db: Db, plan: Recurrence, skipped: tuple[datetime, ...], now: datetime) -> None:
    """Tell whoever set it up what was left out, and when it has come to its end."""
    del now
    where = await db.channels.get(plan.channel_id)
    assert where is not None  # channels are never deleted
    headline = (await _headline(db, plan))[:100]
    for person in await audience.of_plan(db, plan.asked_by, plan.channel_id):
        say = words(person.language)
        lines = []
        if skipped:
            text = N_(
                "{count} {count:turn|turns} of “{headline}” in {channel} {count:was|were} "
                "missed; {count:it is|they are} not made up for."
            )
            lines.append(say(text, count=len(skipped), headline=headline, channel=where.title))
        if plan.ended:
            lines.append(
                say("“{headline}” comes back no more in {channel}.", headline=headline, channel=where.title)
            )
        keyboard = [[button(say("🔁 Every week"), "plan.recurrence", plan.id)]]
        call = calls.message_call(person.id, Message(text="\n".join(lines)), keyboard)
        await db.notices.add(person.id, *call)


async def _headline(db: Db, plan: Recurrence) -> str:
    article = await db.articles.get(plan.article_id)
    assert article is not None  # articles are never deleted
    return for_staff.quoted(article.headline)
