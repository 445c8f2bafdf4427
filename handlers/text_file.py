"""A text file as the answer to a question: fetched before the transaction, which waits for nobody."""

from typing import Any

from telegram import Bot

from bot.line import calls
from bot.news.structure.decoded import decoded
from bot.words import N_
from storage import Storage

LARGEST = 1 << 20
"""Bytes: a story has 200,000 characters at the most, of up to four bytes each."""
_TAKES = frozenset({"part", "lede", "key_points", "note", "feed"})
"""The questions whose answer may be long."""
LARGE = N_("That file is too large: a text may have a megabyte at the most. The question is still open.")
UNREADABLE = N_(
    "I can't read that file as text. Save it as plain text (UTF-8) and send it again, or paste its words "
    "here. The question is still open."
)


def asks(payload: dict[str, Any]) -> bool:
    """Whether a message brings a text file into a private chat."""
    message = payload.get("message")
    document = message.get("document") if isinstance(message, dict) else None
    if not isinstance(document, dict) or not isinstance(message, dict):
        return False
    chat, name = message.get("chat"), document.get("file_name")
    is_text = document.get("mime_type") == "text/plain" or str(name or "").lower().endswith((".txt", ".opml"))
    return is_text and isinstance(chat, dict) and chat.get("type") == "private"


async def fetched(bot: Bot, storage: Storage, payload: dict[str, Any]) -> dict[str, Any]:
    """Its text, where its sender was asked for something long; else nothing, and it is a file like others.

    Raises:
        SendError: Telegram could not be asked.
    """
    message = payload["message"]
    person, document = message["chat"].get("id"), message["document"]
    if not isinstance(person, int) or not isinstance(document.get("file_id"), str):
        return {}
    async with storage.begin() as db:
        who, question = await db.staff.get(person), await db.questions.open(person, person)
    if who is None or not who.roles or question is None or question.about.get("lapsed"):
        return {}
    if question.kind not in _TAKES or message.get("forward_origin"):
        return {}
    if int(document.get("file_size") or 0) > LARGEST:
        return {"text_file_refused": LARGE}
    raw = await calls.download(bot, document["file_id"])
    text = decoded(raw[:LARGEST])
    return {"text_file": text} if text and text.strip() else {"text_file_refused": UNREADABLE}
