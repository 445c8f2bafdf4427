"""Whether a message is the answer to what was asked; what can't be told is asked. Knows no field."""

from bot.desk.stories import WRITERS
from bot.errors import NotATime
from bot.news.posts import rewriting
from bot.news.structure.captions import tells_a_story
from bot.news.structure.small_talk import SmallTalk, kind_of
from bot.news.talk import Question
from bot.news.times.many_times import is_calendar
from bot.words import N_
from handlers import doubtful
from handlers.phrases import explained
from handlers.story import attachments, copy, editing, errands
from handlers.story.editing import LONGEST_ANSWER
from handlers.talk import Talk

DROPPED = N_("All right, nothing is changed.")
"""What stands in place of a question that its person has dropped."""
_TIMES = frozenset({"time", "move", "embargo"})
"""The questions that one time answers."""
_QUOTED = 40
"""Characters by which a long answer is recognised."""
_USUAL = {
    "headline": 160,
    "lede": 700,
    "key_points": 1500,
    "hashtags": 200,
    "note": 1000,
    "comment": 1000,
    "part": 3400,
}
_ELSE = 250
"""Characters of a usual answer: what is longer may be something else."""
_MANY_WORDS = 5
"""Words that are hashtags without being marked so; more are a sentence."""
_LAPSED = N_("You answered late, or did something else meanwhile. What is that message?")
_DOUBT = N_("Is that your answer? I have done nothing with it yet.")


async def replied_to(talk: Talk, question: Question | None) -> bool | None:
    """Whether a message is Telegram's "reply" to the open question (True), or to a closed one (False)."""
    asked = talk.message.reply_to_message
    prompt = await talk.db.prompts.in_message(talk.who.id, asked.message_id) if asked else None
    if prompt is None or "question" not in prompt.about:
        return None
    return question is not None and int(question.about["key"]) == prompt.key


async def is_doubtful(talk: Talk, question: Question, *, meant: bool) -> bool:
    """Whether a message need not be the answer, and that is asked.

    `meant`: it is a reply to the question; then only what no answer looks like is asked about.
    """
    if talk.text_file and not talk.is_lapsed(question):
        return False
    if question.kind not in editing.KINDS and not talk.desk.may(WRITERS):
        return False
    if talk.is_lapsed(question) and not meant:
        said = _LAPSED
        if _is_surely_a_story(talk):
            await talk.close_question()
            await talk.reply(
                talk.words("I took that for a new story, for your answer is no more waited for.")
            )
            await copy.incoming(talk)
            return True
    elif (_passed_on(talk, question) or _looks_like_else(talk, question)) and not meant:
        said = _DOUBT
    else:
        return False
    article_id = int(question.about.get("article", 0))
    await doubtful.hold(talk, talk.words(said), doubtful.way_of(question), article_id=article_id)
    return True


def _is_surely_a_story(talk: Talk) -> bool:
    return "\n" in talk.text.strip() and len(talk.text) > _ELSE and tells_a_story(talk.text)


def _passed_on(talk: Talk, question: Question) -> bool:
    message = talk.message
    if question.kind == "person":  # who wrote it is the answer
        return False
    has_file = attachments.media_of(message) is not None
    return message.forward_origin is not None or (has_file and question.kind != "photo")


def _looks_like_else(talk: Talk, question: Question) -> bool:
    text = talk.text.strip()
    usual = rewriting.usual(str(question.about.get("place", "")))
    long = len(text) > (usual or _USUAL.get(question.kind, _ELSE))
    if long and question.kind in _USUAL:
        return True
    several = len([line for line in text.splitlines() if line.strip()]) > 1
    match question.kind:
        case "headline":
            return several
        case "lede":
            return several and tells_a_story(text)
        case "hashtags":
            return "#" not in text and len(text.split()) > _MANY_WORDS
        case "key_points" | "note" | "comment" | "part":
            return False
        case _:
            return (long or several) and tells_a_story(text)


async def is_small_talk(talk: Talk, question: Question | None) -> bool:
    """Whether a message is meant for a colleague, and was answered like one; it makes no story."""
    if talk.message.text is None or talk.message.forward_origin is not None:
        return False
    if question is not None and question.kind not in {"headline", "lede", "key_points", "note"}:
        return False
    kind = kind_of(talk.text)
    if kind is None or (question is not None and kind in {SmallTalk.QUESTION, SmallTalk.LINK}):
        return False
    if kind is SmallTalk.LINK and talk.desk.may(WRITERS) and await errands.taken(talk):
        return True
    say = talk.words
    if kind in {SmallTalk.QUESTION, SmallTalk.LINK} and talk.desk.may(WRITERS):
        await doubtful.hold(talk, say(_ANSWERS[kind]), {})
        return True
    text = say(_ANSWERS[kind])
    if question is not None and not talk.is_lapsed(question):
        text = f"{text}\n{say('My last question is still open.')}"
    await talk.reply(text)
    return True


_ANSWERS = {
    SmallTalk.GREETING: N_("Hello! Send me the text of a story whenever you like, or see /help."),
    SmallTalk.THANKS: N_("You're welcome."),
    SmallTalk.NOD: N_("All right. I did nothing on that; what is to be done, press on a card."),
    SmallTalk.SIGN: N_("Seen. I made no story of it: there is no word in it."),
    SmallTalk.QUESTION: N_(
        "What I can do stands in /help: paste a story's text here, and you get it back as a post. I made no "
        "story of your question."
    ),
    SmallTalk.LINK: N_(
        "I can't read the page behind a link; paste its text here. I made no story of the link alone."
    ),
}


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
    if question is not None and not talk.is_lapsed(question):
        lines.append(say("My last question is still open."))
    await talk.reply("\n".join(lines))


async def too_long(talk: Talk, question: Question) -> None:
    """Refuse an answer that no field takes; who writes stories may have sent one. The question stays open."""
    lines = [talk.words("That is too long for an answer. I have left all as it was; send less.")]
    if question.kind in _TIMES:
        reason = "calendar" if is_calendar(talk.text) else ""
        unread = NotATime(talk.text[:_QUOTED].strip() + "…", reason=reason)
        lines.append(explained(unread, talk.words, zone=talk.house.time_zone, person_id=talk.who.id))
    if talk.desk.may(WRITERS):
        await doubtful.hold(talk, "\n".join(lines), {})
        return
    await copy.swallow(talk)
    await talk.reply("\n".join(lines))
