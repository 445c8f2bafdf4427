"""The archive, searched: `/search`, and what was told around a story.

`COMMANDS`, `PRESSES` and `ANSWERS` are this room's table; `handlers` joins it with the others'.
Knows the desk and the archive, and no other room knows it now.
"""

from bot.desk.rights import EVERYONE
from bot.words import N_
from handlers.archive import background, board
from handlers.tables import Answer, Command, Press

COMMANDS = (Command(name="search", about=N_("find what was told before"), roles=EVERYONE, do=board.command),)

PRESSES: dict[str, Press] = {
    "archive.page": board.turn,
    "archive.around": background.show,
    "archive.relate": background.relate,
}

ANSWERS: dict[str, Answer] = {}
