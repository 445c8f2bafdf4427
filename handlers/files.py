"""Files that are made when they go out, by what was asked for. Knows no content of theirs."""

from collections.abc import Mapping
from typing import Any

from handlers.feeds import opml
from handlers.posts import sealed
from handlers.record import board
from storage import Storage

_FORMS = {"opml": opml.file, "backup": sealed.file}


async def made(storage: Storage, asked: Mapping[str, Any]) -> tuple[str, bytes, str]:
    """The file that a notice holds the wish for: its name and content, and the words under it."""
    file = _FORMS.get(asked["form"], board.file)
    return await file(storage, asked)
