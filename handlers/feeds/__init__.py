"""Feeds: which the newsroom reads, what becomes of what they bring; programs that send stories.

`COMMANDS`, `PRESSES` and `ANSWERS` are this room's table; `handlers` joins it with the others'.
Knows the desk and the rooms of stories and plans, and all other rooms may not know it.
"""

from bot.desk.rights import FEEDERS, OWNERS
from bot.words import N_
from handlers.feeds import adding, board, opml, rules, tokens, ways
from handlers.tables import Answer, Command, Press

COMMANDS = (
    Command(name="feeds", about=N_("the feeds that I read for you"), roles=FEEDERS, do=adding.command),
    Command(name="tokens", about=N_("programs that may send stories"), roles=OWNERS, do=tokens.command),
)

PRESSES: dict[str, Press] = {
    "feeds.list": board.show,
    "feeds.one": board.one,
    "feeds.add": adding.ask,
    "feeds.pause": board.pause,
    "feeds.resume": board.resume,
    "feeds.test": board.test,
    "feeds.remove": board.remove,
    "feeds.remove_sure": board.surely,
    "feeds.ways": ways.show,
    "feeds.way": ways.choose,
    "feeds.channels": ways.channels,
    "feeds.rules": rules.ask,
    "feeds.no_rules": rules.drop,
    "feeds.opml": opml.export,
    "feeds.tokens": tokens.show,
    "feeds.token_new": tokens.ask,
    "feeds.token_revoke": tokens.revoke,
}

ANSWERS: dict[str, Answer] = {"feed": adding.answered, "feedrules": rules.answered, "token": tokens.answered}
