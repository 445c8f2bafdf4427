"""Messages that may be an answer or may be a story: held until their sender says which. Knows no verb.

What was sent stays in the inbox as it came; a prompt names the updates, and a press hands them on. So nothing
is lost by a restart, and nothing is decided for a person.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from telegram import Update

from bot.desk.stories import WRITERS
from bot.errors import NotFound
from bot.news.model import Message
from bot.news.structure import paste
from bot.news.talk import Prompt, Question
from bot.words import N_
from handlers import prompts
from handlers.story import copy
from handlers.tables import Answer, Press
from handlers.talk import Talk, button, called_by

STORY, DROP = "story", "drop"
_WAYS = {
    "headline": N_("✏️ It is the new headline"),
    "lede": N_("✏️ It is the new lede"),
    "key_points": N_("✏️ They are the new key points"),
    "hashtags": N_("🏷 They are the new hashtags"),
    "photo": N_("🖼 It is the new photo"),
    "note": N_("↩️ Ask its reporter for that change"),
    "comment": N_("💬 It is a comment"),
}
_ANSWER = N_("✏️ It is the answer")


async def hold(talk: Talk, said: str, ways: dict[str, dict[str, Any]], *, article_id: int = 0) -> None:
    """Ask what a message is: one of `ways` (kinds of answers, with what they are about), or a story."""
    say, key = talk.words, talk.update.update_id
    story = await talk.db.articles.get(article_id) if article_id else None
    rows = [[button(say(_WAYS.get(kind, _ANSWER)), "as", key, kind)] for kind in ways]
    if talk.desk.may(WRITERS):
        rows.append([button(say("📄 It is a new story"), "as", key, STORY)])
    rows.append([button(say("✖️ Neither"), "as", key, DROP)])
    lines = [called_by(story)] if story else []
    about = {
        "held": [talk.update.update_id],
        "messages": [talk.message.message_id],
        "ways": ways,
        "album": talk.message.media_group_id,
        "last_part": talk.text,
        "at": talk.message.date.timestamp(),
        "article": article_id,
    }
    text = "\n".join([*lines, said])
    await talk.prompt(Message(text=text), rows, key, about, lasts=prompts.KEPT)


async def goes_on(talk: Talk) -> bool:
    """Whether a message is the rest of one that is held: of its album, or what an app has cut off it."""
    album, at = talk.message.media_group_id, talk.message.date
    if album is None and talk.message.text is None:
        return False
    for prompt in (await talk.db.prompts.open_in(talk.who.id))[-3:]:
        about = prompt.about
        if "held" not in about:
            continue
        seconds = (at - datetime.fromtimestamp(about["at"], UTC)).total_seconds()
        same = about["album"] == album if album else paste.continues(about["last_part"], seconds, talk.text)
        if same:
            more = {"last_part": talk.text, "at": at.timestamp()}
            more["held"] = [*about["held"], talk.update.update_id]
            more["messages"] = [*about.get("messages", ()), talk.message.message_id]
            await talk.db.prompts.set_about(prompt.id, {**about, **more})
            return True
    return False


async def is_changed(talk: Talk) -> bool:
    """Whether an edited message is held: it is held as it is now, which is said."""
    number = talk.message.message_id
    for prompt in (await talk.db.prompts.open_in(talk.who.id))[-3:]:
        messages = prompt.about.get("messages", ())
        if number in messages:
            held = list(prompt.about["held"])
            held[messages.index(number)] = talk.update.update_id
            await talk.db.prompts.set_about(prompt.id, {**prompt.about, "held": held})
            await talk.reply(talk.words("I take it as it is now. What it is, say with a button above."))
            return True
    return False


def deciding(answers: dict[str, Answer]) -> Press:
    """The reader of the buttons under a held message."""

    async def decide(talk: Talk, key: int, way: str) -> None:
        await _decided(talk, key, way, answers)

    return decide


async def _decided(talk: Talk, key: int, way: str, answers: dict[str, Answer]) -> None:
    found = await talk.db.prompts.open(talk.who.id, key)
    prompt = next((each for each in found if "held" in each.about), None)
    if prompt is None:
        await talk.strip_pressed()
        await talk.answer(talk.words("That is decided already."))
        return
    if way not in {*prompt.about["ways"], STORY, DROP}:
        raise NotFound("button")
    if way == STORY:
        talk.desk.require(WRITERS)
    await prompts.close(talk.db, talk.who.id, key)
    said = await _said_then(talk, prompt)
    if way == DROP or not said:
        await talk.answer(talk.words("All right, I did nothing with it."))
        return
    if way != STORY:
        await answers[way](said.pop(0), prompt.about["ways"][way])
    for each in said:
        if not (await copy.is_swallowed(each) or await copy.is_of_album(each)):
            await copy.incoming(each)


async def _said_then(talk: Talk, prompt: Prompt) -> list[Talk]:
    """The conversation as it stood with each of the held messages; none where they are forgotten by now."""
    talks = []
    for update_id in prompt.about["held"]:
        payload = await talk.db.inbox.payload(update_id)
        update = Update.de_json(payload, None) if payload else None
        message = update and (update.message or update.edited_message)
        if message:
            spoken = Update(update_id=talk.update.update_id, message=message)
            talks.append(replace(talk, update=spoken))
    return talks


def way_of(question: Question) -> dict[str, dict[str, Any]]:
    """A question as a way that a held message can go."""
    about = {name: value for name, value in question.about.items() if name != "lapsed"}
    return {question.kind: about}
