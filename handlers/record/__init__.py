"""The record: who did what and when, filtered, turned page by page, handed out as a file.

`COMMANDS`, `PRESSES` and `ANSWERS` are this room's table; `handlers` joins it with the others'.
Knows the desk, and no other room knows it.
"""

from bot.desk.rights import OWNERS
from bot.words import N_
from handlers.record import board, filters
from handlers.tables import Answer, Command, Press

COMMANDS = (Command(name="log", about=N_("who did what, and when"), roles=OWNERS, do=board.command),)

PRESSES: dict[str, Press] = {
    "record.show": board.show,
    "record.people": filters.people,
    "record.channels": filters.channels,
    "record.stories": filters.stories,
    "record.days": filters.days,
    "record.export": board.export,
}

ANSWERS: dict[str, Answer] = {}
