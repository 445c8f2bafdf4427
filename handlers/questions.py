"""Answers that can't be taken: to a question that is closed, or far too long. Knows no field and no story."""

from telegram import Message as TelegramMessage

from bot.errors import NotATime
from bot.news.talk import Question
from bot.news.times.many_times import is_calendar
from bot.words import LANGUAGES, N_, words
from handlers.phrases import explained
from handlers.story import copy
from handlers.story.editing import LONGEST_ANSWER
from handlers.talk import Talk

DROPPED = N_("All right, nothing is changed.")
"""What stands in place of a question that its person has dropped."""
_TIMES = frozenset({"time", "move", "embargo"})
"""The questions that one time answers."""
_QUOTED = 40
"""Characters by which a long answer is recognised."""


def replies_to_closed(message: TelegramMessage, question: Question | None) -> bool:
    """Whether a message is Telegram's "reply" to a question of ours that is not the open one."""
    asked = message.reply_to_message
    if asked is None or asked.from_user is None or not asked.from_user.is_bot:
        return False
    if asked.text in {words(language)(DROPPED) for language in LANGUAGES}:
        return True
    rows = asked.reply_markup.inline_keyboard if asked.reply_markup else ()
    data = [str(each.callback_data).partition(":") for row in rows for each in row]
    keys = [key for verb, _, key in data if verb == "cancel"]
    return bool(keys) and (question is None or str(question.about["key"]) not in keys)


async def closed(talk: Talk, question: Question | None) -> None:
    """Say that it came too late and what can be done; `question` is the one that is open, if any."""
    if talk.message.media_group_id or len(talk.text) > LONGEST_ANSWER:  # and the rest of it neither
        await copy.swallow(talk)
    say = talk.words
    lines = [
        say(
            "That question is closed: it was answered or dropped, or another one came after it. Nothing is "
            "changed, and I made no story of your message."
        ),
        say("To be asked again, press the button again. To send in a story, write it without “Reply”."),
    ]
    if question is not None:
        lines.append(say("My last question is still open."))
    await talk.reply("\n".join(lines))


async def too_long(talk: Talk, question: Question) -> None:
    """Refuse an answer that no field takes, with what an app may have cut off it; the question stays open."""
    await copy.swallow(talk)
    lines = [talk.words("That is too long for an answer. I have left all as it was; send less.")]
    if question.kind in _TIMES:
        reason = "calendar" if is_calendar(talk.text) else ""
        unread = NotATime(talk.text[:_QUOTED].strip() + "…", reason=reason)
        lines.append(explained(unread, talk.words, zone=talk.house.time_zone, person_id=talk.who.id))
    await talk.reply("\n".join(lines))
