"""Sealed backups on their way to the owners: a message for each part, without a sound."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.desk import audience
from bot.news.model import Role
from bot.words import N_, words
from storage import Db, Storage

_ONE = N_("🔐 Sealed backup. With it and your secret key, “monadi restore” brings everything back.")
_PART = N_(
    "🔐 Sealed backup, part {part} of {count}. With all parts and your secret key, “monadi restore” brings "
    "everything back."
)
_GONE = N_("This backup was removed before it could be sent; a newer one has come or is coming.")


async def send(db: Db, parts: Sequence[Path]) -> None:
    """Have every owner given the parts; they are read when they go out."""
    for owner in await audience.holders(db, {Role.OWNER}):
        for number, part in enumerate(parts, 1):
            asked = {"form": "backup", "file": str(part), "part": number, "count": len(parts)}
            call = {"chat_id": owner.id, "document": {**asked, "language": owner.language}}
            await db.notices.add(owner.id, "sendDocument", {**call, "disable_notification": True})


async def file(storage: Storage, asked: Mapping[str, Any]) -> tuple[str, bytes, str]:
    """The file that a notice holds the wish for: its name and content, and the words under it."""
    del storage
    part, say = Path(asked["file"]), words(asked["language"])
    try:
        content = await asyncio.to_thread(part.read_bytes)
    except FileNotFoundError:
        return f"{part.name}.txt", part.name.encode(), say(_GONE)
    words_under = _PART if asked["count"] > 1 else _ONE
    return part.name, content, say(words_under, part=asked["part"], count=asked["count"])
