"""Files of every kind as a person sends them, for the tests of what becomes of them."""

from typing import Any

from bot.news.media import Media, MediaKind
from bot.simulator.people import Person


def file_in(message: dict[str, Any]) -> Media:
    """The file that a message has."""
    kind = next(kind for kind in (MediaKind.ANIMATION, *MediaKind) if kind.value in message)
    found = message[kind.value]
    return Media(file_id=(found[-1] if isinstance(found, list) else found)["file_id"], kind=kind)


def sends_file(person: Person, kind: str, number: int = 0) -> Media:
    """The person sends a file of that kind to the bot."""
    suffix = {"photo": "jpg", "document": "pdf", "audio": "mp3", "voice": "ogg"}.get(kind, "mp4")
    return file_in(person.send(**{kind: f"{number}.{suffix}"})[0])
