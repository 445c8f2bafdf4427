"""The commands that belong to no other topic: start, lists of stories, language, giving up a question."""

from dataclasses import replace

from bot.desk.lists import Kind
from bot.errors import NotFound
from bot.news.model import Role, Staff
from bot.news.posts import for_staff
from bot.words import LANGUAGES, N_, Words, words
from handlers import lists, prompts
from handlers.phrases import ROLES
from handlers.questions import DROPPED
from handlers.story import group_entry
from handlers.talk import Talk, button, titled

_WELCOMES = {
    Role.REPORTER: N_("Paste your copy here, whole: you get it back as the post it will be. Then submit it."),
    Role.EDITOR: N_("What is submitted comes to you as a card: edit it, approve it, or ask for changes."),
    Role.CHANNEL_ADMIN: N_(
        "Make me an administrator of a channel (or send /connect @name), give it /slots, "
        "and schedule what is approved."
    ),
    Role.OWNER: N_("You decide who works here (/staff), and may do whatever the others may."),
}
_NAMES = {"fa": "فارسی", "en": "English"}


async def start(talk: Talk, words: str) -> None:
    """Who one is here, and what to do first."""
    del words
    roles = [role for role in Role if role in talk.who.roles]
    say = talk.words
    title = say("Welcome to Monadi, {name}.", name=for_staff.name(talk.who.name))
    role = say("Your role: {roles}", roles=say(" and ").join(say(ROLES[role]) for role in roles))
    way = [[button(say("🧭 To the first post, step by step"), "people.guide")]]
    message = titled(title, f"{role}\n{welcome(talk.who, say)}")
    await talk.reply(message, way if Role.OWNER in roles and talk.private else None)


def welcome(who: Staff, say: Words) -> str:
    """What somebody does here, a line for each of their roles."""
    lines = [say(_WELCOMES[role]) for role in Role if role in who.roles]
    return "\n".join([*lines, say("All commands: /help")])


async def drafts(talk: Talk, words: str) -> None:
    """`/drafts`: one's own stories that are not out yet; with words those that have them."""
    await lists.show(talk, Kind.DRAFTS, words)


async def desk(talk: Talk, words: str) -> None:
    """`/desk`: what waits for one; `/desk here` in the desk's group: stories are shown in this topic."""
    if words and await group_entry.settle_place(talk, words):
        return
    await lists.show(talk, Kind.DESK, words)


async def open_card(talk: Talk, article_id: int) -> None:
    """Show a story's card, anew at the bottom of the chat."""
    article = await talk.desk.article(article_id)
    await talk.show_card(article.id, anew=True)
    await talk.answer()


async def cancel(talk: Talk, words: str) -> None:
    """`/cancel`: the open question is dropped."""
    del words
    if await talk.close_question():
        await talk.reply(talk.words(DROPPED))
    else:
        await talk.reply(talk.words("There is no open question."))


async def never_mind(talk: Talk, key: int) -> None:
    """The button under a question; an older question's button leaves the open one alone."""
    question = await talk.open_question()
    if question and question.about["key"] == key:
        await talk.close_question()
    elif not await prompts.close(talk.db, talk.who.id, key):
        await talk.strip_pressed()
        await talk.answer(talk.words("That question is not open any more."))
        return
    await talk.amend(talk.words(DROPPED))


async def language(talk: Talk, name: str) -> None:
    """`/language`, or `/language en`."""
    if name in LANGUAGES:
        await set_language(talk, name)
        return
    rows = [[button(_NAMES[one], "language", one) for one in LANGUAGES]]
    await talk.reply(talk.words("In which language shall I speak to you?"), rows)


async def set_language(talk: Talk, name: str) -> None:
    """A person's own language, from now on."""
    if name not in LANGUAGES:
        raise NotFound("button")
    await talk.db.staff.set_language(talk.who.id, name)
    say = words(name)
    await talk.reply(say("From now on I speak English to you."))
    talk.menus.append(replace(talk.who, language=name))
    if talk.update.callback_query:
        await talk.answer()
