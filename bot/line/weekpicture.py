"""A week as a picture: the call that shows it, and its drawing once that goes out. Knows no database.

Typst sets it: the Arabic script is shaped and runs from right to left without a library of the system. All
words go in as one JSON string, so no headline is ever read as markup. A notice holds what is to be drawn, not
the picture: it is JSON, a tenth of the size, and nobody waits for the drawing but the notice itself.
"""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import structlog

from bot.line.calls import Keyboard, entities_json
from bot.news.model import Message

log = structlog.get_logger(__name__)

TEMPLATE = Path(__file__).with_name("week.typ")
FONT = "Noto Sans Arabic"
WIDTH = 1080
"""Pixels: a telephone's own width, so nothing is shrunk there."""
HEAD, NAMES, LINE, AROUND, FOOT = 104, 92, 38, 26, 112
"""Pixels: the title, the channels' names, one line, what a day has around its lines, the legend."""


class Undrawn(Exception):
    """The picture could not be drawn; Typst's own words."""


def height(week: Mapping[str, Any]) -> int:
    """Pixels from top to bottom."""
    lines: int = sum(day["units"] for day in week["days"])
    return HEAD + NAMES + FOOT + lines * LINE + len(week["days"]) * AROUND


def draw(week: Mapping[str, Any]) -> bytes:
    """The PNG of a week, as `handlers.plan.week.drawing` writes it down.

    Raises:
        Undrawn: Typst refuses, or warns (of a typeface it can't find), or needs a second page.
    """
    import fontpkg
    import typst

    sizes = {"head": HEAD, "names": NAMES, "line": LINE, "around": AROUND, "foot": FOOT}
    sizes |= {"width": WIDTH, "height": height(week)}
    try:
        picture, warnings = typst.compile_with_warnings(
            str(TEMPLATE),
            root=str(TEMPLATE.parent),
            font_paths=[str(Path(fontpkg.path(FONT)).parent)],
            ignore_system_fonts=True,
            format="png",
            ppi=72.0,  # a point is a pixel
            sys_inputs={"week": json.dumps({**week, "font": FONT, "sizes": sizes}, ensure_ascii=False)},
        )
    except typst.TypstError as error:
        raise Undrawn(str(error)) from error
    if warnings:
        raise Undrawn("; ".join(str(warning.message) for warning in warnings))
    if not isinstance(picture, bytes):
        raise Undrawn("more than one page")
    return picture


def call_for(
    chat_id: int,
    week: Mapping[str, Any],
    caption: Message,
    keyboard: Keyboard,
    *,
    message_id: int | None = None,
) -> tuple[str, dict[str, Any]]:
    """Method and parameters that send a week, or show it in a picture that is there; to be made `ready`."""
    words = {"caption": caption.text, "caption_entities": entities_json(caption)}
    params: dict[str, Any] = {"chat_id": chat_id, "reply_markup": {"inline_keyboard": keyboard}}
    if message_id is None:
        return "sendPhoto", {**params, "photo": {"week": week}, **words}
    media = {"type": "photo", "media": {"week": week}, **words}
    return "editMessageMedia", {**params, "message_id": message_id, "media": media}


async def ready(method: str, params: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The call with its week drawn, if it has one.

    Where it can't be drawn the words under it go alone: its totals and its buttons are there all the same.
    """
    media = params.get("media")
    outer = media if isinstance(media, dict) else params
    field = "media" if isinstance(media, dict) else "photo"
    if not isinstance(outer.get(field), dict):
        return method, params
    try:
        picture = await asyncio.to_thread(draw, outer[field]["week"])
    except Exception:  # whatever is wrong with a picture, the conversation goes on
        log.exception("week_undrawn")
        return "sendMessage", _in_words(params, outer)
    filled = {**outer, field: picture}
    return method, {**params, "media": filled} if isinstance(media, dict) else filled


def _in_words(params: Mapping[str, Any], outer: Mapping[str, Any]) -> dict[str, Any]:
    kept = {"chat_id": params["chat_id"], "reply_markup": params["reply_markup"]}
    return {**kept, "text": outer["caption"], "entities": outer["caption_entities"]}
