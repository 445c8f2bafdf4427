"""What people say to the bot, read and answered: the rooms' tables of commands, buttons and answers, joined.

The table of commands yields the routing, `/help` and the menu that Telegram shows (`setMyCommands`). A
button's word begins with its room's name; only what belongs to no room stands here.
"""

from collections.abc import Iterable
from typing import Any, Final

from bot.desk.stories import APPROVERS, SCHEDULERS, WRITERS
from bot.news.model import Role, Staff
from bot.words import N_, words
from handlers import (
    archive,
    channels,
    commands,
    doubtful,
    feeds,
    lists,
    people,
    plan,
    posts,
    record,
    story,
    which_channel,
)
from handlers.tables import Answer, Command, Press, joined
from handlers.talk import Talk, titled

EVERYONE: Final = frozenset(Role)


async def _help(talk: Talk, rest: str) -> None:
    del rest
    say = talk.words
    lines = [
        say("/{name} — {about}", name=command.name, about=say(command.about))
        for command in for_roles(talk.who.roles)
    ]
    await talk.reply(titled(say("What I can do for you"), "\n".join(lines)))


COMMANDS: Final = (
    Command(name="start", about=N_("who you are here"), roles=EVERYONE, do=commands.start),
    Command(name="help", about=N_("all commands"), roles=EVERYONE, do=_help),
    Command(name="drafts", about=N_("your own stories"), roles=WRITERS, do=commands.drafts),
    Command(
        name="desk", about=N_("the stories that wait for you"), roles=APPROVERS | SCHEDULERS, do=commands.desk
    ),
    *plan.COMMANDS,
    *channels.COMMANDS,
    *story.COMMANDS,
    *posts.COMMANDS,
    *archive.COMMANDS,
    *feeds.COMMANDS,
    *people.COMMANDS,
    *record.COMMANDS,
    Command(name="language", about=N_("the language I speak to you"), roles=EVERYONE, do=commands.language),
    Command(name="cancel", about=N_("drop the question I asked"), roles=EVERYONE, do=commands.cancel),
)

ANSWERS: Final[dict[str, Answer]] = joined(
    story.ANSWERS, plan.ANSWERS, channels.ANSWERS, posts.ANSWERS, people.ANSWERS, feeds.ANSWERS
)
"""Questions: their kind, and who reads the answer."""

PRESSES: Final[dict[str, Press]] = joined(
    {
        "open": commands.open_card,
        "list": lists.turn,
        "channels": which_channel.leaf,
        "language": commands.set_language,
        "cancel": commands.never_mind,
        "as": doubtful.deciding(ANSWERS),
    },
    story.PRESSES,
    plan.PRESSES,
    channels.PRESSES,
    posts.PRESSES,
    people.PRESSES,
    feeds.PRESSES,
    record.PRESSES,
    archive.PRESSES,
)
"""Buttons: the first word of their data, and who reads the rest."""

LOOKS: Final = frozenset(
    {
        "open",
        "list",
        "cancel",
        "story.status",
        "story.warning",
        "story.view",
        "story.text",
        "story.list",
        "story.switches",
        "story.list_page",
        "story.part",
        "story.sentences",
        "story.history",
        "story.history_page",
        "story.version",
        "story.compare",
        "story.compare_with",
        "story.text_page",
        "story.repairs",
        "story.repairs_page",
        "story.comments",
        "story.comments_page",
        "record.show",
        "record.people",
        "record.channels",
        "record.stories",
        "record.days",
        "record.export",
        "plan.preview",
        "plan.page",
        "plan.post",
        "plan.queue",
        "plan.board",
        "plan.week",
        "people.guide",
        "archive.page",
        "archive.around",
    }
)
"""Buttons that only show something, or close a question themselves; all others leave it behind."""


def for_roles(roles: Iterable[Role]) -> tuple[Command, ...]:
    """The commands that someone with these roles may use."""
    return tuple(command for command in COMMANDS if command.roles & frozenset(roles))


def menu_call(who: Staff) -> tuple[str, dict[str, Any]]:
    """Method and parameters that put a person's commands, in their language, into Telegram's menu."""
    say = words(who.language)
    commands = [
        {"command": command.name, "description": say(command.about)} for command in for_roles(who.roles)
    ]
    return "setMyCommands", {"commands": commands, "scope": {"type": "chat", "chat_id": who.id}}
