"""A file that is made when it goes out: a notice holds what shall stand in it. Knows no content."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.errors import Hiccup, StorageError
from bot.line import weekpicture

type Made = Callable[[dict[str, Any]], Awaitable[tuple[str, bytes, str]]]
"""The file's name and content, and the words under it, for what a notice holds."""


async def none(_asked: dict[str, Any]) -> tuple[str, bytes, str]:
    raise LookupError("no files are made here")


async def ready(method: str, params: dict[str, Any], made: Made) -> tuple[str, dict[str, Any]]:
    """The call with its file or its picture, if it has one.

    Raises:
        Hiccup: the database does not give what stands in it: to be tried again.
    """
    if not isinstance(params.get("document"), dict):
        return await weekpicture.ready(method, params)
    try:
        name, content, caption = await made(params["document"])
    except StorageError as error:
        raise Hiccup(str(error)) from error
    return method, {**params, "document": (name, content), "caption": caption}
