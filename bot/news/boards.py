"""Messages of ours that show how something stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Board:
    """A message of ours that shows how something stands, and whose buttons hold what was seen of it.

    `marks` are [kind, id, mark]: once one of these is another one, the message is out of date. `keyboard` is
    the Bot API's; after `until` it is out of date in any case.
    """

    chat_id: int
    message_id: int
    marks: list[list[Any]]
    keyboard: list[list[dict[str, Any]]]
    until: datetime
