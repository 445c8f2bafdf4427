"""What is out, or may be: posts and what is done about them, reports, doubts, holds.

`COMMANDS`, `PRESSES` and `ANSWERS` are this room's table; `handlers` joins it with the others'.
Knows the desk, and no other room.
"""

from bot.desk.rights import APPROVERS, EVERYONE
from bot.words import N_
from handlers.posts import afterwards, by_hand, holding, ledger, numbers
from handlers.tables import Answer, Command, Press

COMMANDS: tuple[Command, ...] = (
    Command(
        name="posts",
        about=N_("what is out, where and since when: /posts word"),
        roles=EVERYONE,
        do=ledger.command,
    ),
    Command(
        name="correct",
        about=N_("correct a story that is out: /correct word"),
        roles=APPROVERS,
        do=ledger.command,
    ),
)

PRESSES: dict[str, Press] = {
    "posts.after": afterwards.choose,
    "posts.set_after": afterwards.set_,
    "posts.hand": by_hand.show,
    "posts.hand_keep": by_hand.keep,
    "posts.hand_undo": by_hand.undo,
    "posts.list": ledger.turn,
    "posts.numbers": numbers.show,
    "posts.publish_from_here": holding.go_on,
    "posts.stay_held": holding.stay,
}

ANSWERS: dict[str, Answer] = {}
