"""A channel's digest as its admins meet it: `/digest`, a preview, on and off."""

from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from bot import drawing
from bot.desk import places
from bot.desk.digests import Digests
from bot.errors import NotFound, TypedTimeError
from bot.line.calls import Keyboard
from bot.news.model import Channel, Message, Slot
from bot.news.plans import slots
from bot.news.plans.recurrence import times_from_json, times_to_json
from bot.news.talk import Question
from bot.news.times import typed_slots
from handlers import which_channel
from handlers.phrases import SLOT_EXAMPLES
from handlers.plan.recurring import times_problem
from handlers.plan.scheduling import echo
from handlers.talk import Talk, button, titled

NEXT = 3
"""Times that an echo names."""


async def command(talk: Talk, rest: str) -> None:
    """`/digest`, `/digest @name`, `/digest [@name] sat-wed 21:00`."""
    channels: tuple[Channel, ...] = ()
    if rest.startswith("@"):
        name, _, rest = rest.partition(" ")
        channels = await which_channel.named(talk, "digest", name)
        if not channels:
            return
    elif rest.strip() and (the_one := await which_channel.only(talk, "digest")):
        channels = (the_one,)
    if rest.strip() and len(channels) == 1:
        await _read(talk, channels[0], rest)
        return
    for where in channels:
        await _tell(talk, where)
    if not channels:
        await which_channel.each(talk, "digest", partial(_tell, talk), partial(_brief, talk))


async def _tell(talk: Talk, where: Channel) -> None:
    await talk.reply(*await _board(talk, where))


async def _brief(talk: Talk, where: Channel) -> str:
    digest = await Digests(desk=talk.desk).of(where.id)
    return slots.show(digest.times, talk.words.language) if digest else talk.words("It is off.")


async def show(talk: Talk, channel_id: int) -> None:
    await talk.amend(*await _board(talk, await Digests(desk=talk.desk).channel(channel_id)))
    await talk.answer()


async def _board(talk: Talk, where: Channel) -> tuple[Message, Keyboard]:
    say, digest = talk.words, await Digests(desk=talk.desk).of(where.id)
    title = say("The digest of {channel}", channel=where.title)
    preview = button(say("👁 Preview"), "plan.digest_look", where.id)
    if digest is None:
        about = say("It is off. It tells, at weekly times, what the channel has published since the last.")
        return titled(title, about), [[preview, button(say("🕰 Give it times"), "plan.digest_ask", where.id)]]
    ways = [button(say("🕰 Other times"), "plan.digest_ask", where.id)]
    return titled(title, await _times(talk, where, digest.times)), [
        [preview, *ways],
        [button(say("✖️ Switch it off"), "plan.digest_off", where.id)],
    ]


async def _times(talk: Talk, where: Channel, times: tuple[Slot, ...]) -> str:
    """The weekly times, and the next of them in full."""
    coming = slots.occurrences(times, talk.now, where.time_zone)
    digests = Digests(desk=talk.desk)
    since = echo(talk, digests.counts_from(await digests.of(where.id)), where)
    following = [
        f"• {echo(talk, places.goes_at(where, at), where)}"
        for at, _ in zip(coming, range(NEXT), strict=False)
    ]
    shown = slots.show(times, talk.words.language)
    counts = talk.words("It tells what goes out from {time} on.", time=since)
    return "\n".join([shown, "", talk.words("Next:"), *following, "", counts])


async def ask(talk: Talk, channel_id: int) -> None:
    """Ask for the digest's times; the next message is the answer."""
    where = await Digests(desk=talk.desk).channel(channel_id)
    question = talk.words("When should {channel} have its digest each week?", channel=where.title)
    await talk.ask("digest", f"{question}\n{talk.words(SLOT_EXAMPLES)}", channel=where.id)


async def answered(talk: Talk, about: dict[str, Any]) -> None:
    """Times in a sentence, also other ones instead of those just proposed."""
    await _read(talk, await Digests(desk=talk.desk).channel(about["channel"]), talk.text)


async def _read(talk: Talk, where: Channel, text: str) -> None:
    """Echo the times, to be looked at before the digest is switched on; they wait as an open question."""
    say = talk.words
    try:
        times = typed_slots.parse(text)
    except TypedTimeError as error:
        await talk.reply(times_problem(error, say))
        return
    key = talk.update.update_id
    about = {"channel": where.id, "times": times_to_json(times), "key": key}
    await talk.db.questions.ask(
        Question(chat_id=talk.who.id, person_id=talk.who.id, kind="digest", about=about, asked_at=talk.now)
    )
    title = say("A digest for {channel}?", channel=where.title)
    rows = [
        [
            button(say("👁 Preview"), "plan.digest_look", where.id),
            button(say("✅ Switch it on"), "plan.digest_on", where.id, key),
        ],
        [button(say("✖️ Never mind"), "cancel", key)],
    ]
    await talk.reply(titled(title, await _times(talk, where, times)), rows, to=talk.who.id)


async def switch_on(talk: Talk, channel_id: int, key: int) -> None:
    """The times that the person has just seen, and no others."""
    question = await talk.db.questions.open(talk.who.id, talk.who.id)
    if question is None or question.about.get("key") != key or "times" not in question.about:
        raise NotFound("button")
    await Digests(desk=talk.desk).switch_on(channel_id, times_from_json(question.about["times"]))
    await talk.close_question()
    await show(talk, channel_id)


async def switch_off(talk: Talk, channel_id: int) -> None:
    await Digests(desk=talk.desk).switch_off(channel_id)
    await show(talk, channel_id)


async def preview(talk: Talk, channel_id: int) -> None:
    """Exactly the post that would go out now, below."""
    digests = Digests(desk=talk.desk)
    where, article = await digests.channel(channel_id), await digests.preview(channel_id)
    if article is None:
        await talk.answer(
            talk.words("Nothing has gone out since the last one: there would be no digest."), alert=True
        )
        return
    today = talk.now.astimezone(ZoneInfo(where.time_zone)).date()
    for post in drawing.messages(article, where.look, on=today):
        await talk.reply(post)
    await talk.answer()
