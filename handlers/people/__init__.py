"""People: who works here, strangers who ask to, invitations; an owner's guide.

`COMMANDS`, `PRESSES` and `ANSWERS` are this room's table; `handlers` joins it with the others'.
Knows the desk, and all other rooms may not know it.
"""

from bot.desk.rights import OWNERS
from bot.words import N_
from handlers.people import adding, board, guide, strangers
from handlers.tables import Answer, Command, Press

COMMANDS = (
    Command(name="staff", about=N_("who works here, and as what"), roles=OWNERS, do=board.command),
    Command(name="guide", about=N_("step by step to the first post"), roles=OWNERS, do=guide.command),
)

PRESSES: dict[str, Press] = {
    "people.list": board.show,
    "people.one": board.one,
    "people.where": board.where,
    "people.give": board.give,
    "people.take": board.take,
    "people.remove": board.remove,
    "people.sure": board.surely,
    "people.add": adding.ask,
    "people.invite": adding.invite,
    "people.invite_as": adding.invite_as,
    "people.invite_where": adding.invite_where,
    "people.invitations": adding.show_open,
    "people.revoke": adding.revoke,
    "people.knocks": strangers.show_all,
    "people.knock": strangers.show_one,
    "people.let_in": strangers.let_in,
    "people.let_in_where": strangers.let_in_where,
    "people.turn_away": strangers.turn_away,
    "people.guide": guide.show,
    "people.guide_ok": guide.confirm,
    "people.guide_close": guide.close,
}

ANSWERS: dict[str, Answer] = {"person": adding.answered}
