"""The bot in a hurry: `monadi run` with its long waits cut, imported beforehand and begun by a line on standard input.

So a killed bot is followed by the next at once, and a run takes minutes: what is cut are waits for a slow Telegram,
which the simulator is not.
"""

import importlib
import sys
from datetime import timedelta

from bot import cli
from bot.delivery import diary, doubt, sending

WAITS = ((sending, "RETRY"), (sending, "GRACE"), (doubt, "LOOK_AGAIN"), (doubt, "SURE"), (diary, "LATER"))
IMPORTED_LATE = ("alembic.command", "bot.config", "bot.service", "sqlalchemy.dialects.sqlite.pysqlite")


def main() -> None:
    """Get ready, wait for the word, run."""
    for module, name in WAITS:
        was: timedelta = getattr(module, name)
        setattr(module, name, was / 10)
    for module_name in IMPORTED_LATE:
        importlib.import_module(module_name)
    print('{"event": "ready"}', file=sys.stderr)
    if sys.stdin.readline():  # nothing: who should have said it is gone
        cli.main()


if __name__ == "__main__":
    main()
