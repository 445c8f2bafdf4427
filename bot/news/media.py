"""What goes with a story beside its words: files that Telegram has, by their ids, and which go together.

Knows no message and no call. The rules are the Bot API's (`sendMediaGroup`): an album has 2-10 photos and
videos, or documents, or audio files among themselves; an animation and a voice message stand alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

ALBUM = 10
"""Files of one post at the most: Telegram's albums have 2-10."""


class MediaKind(StrEnum):
    """What a file is to Telegram: it is sent again as what it came as, and as nothing else."""

    PHOTO = "photo"
    VIDEO = "video"
    ANIMATION = "animation"
    AUDIO = "audio"
    VOICE = "voice"
    DOCUMENT = "document"


@dataclass(frozen=True, kw_only=True)
class Media:
    """A file that Telegram has; `name` is what its sender's telephone called it, for the staff."""

    file_id: str
    kind: MediaKind = MediaKind.PHOTO
    name: str | None = None


def as_json(media: Media | None) -> dict[str, str | None] | None:
    """A file as JSON values."""
    if media is None:
        return None
    return {"file_id": media.file_id, "kind": media.kind.value, "name": media.name}


def from_json(value: Any) -> Media | None:
    """What `as_json` wrote; a bare text is the id of a photo, from before there were other kinds."""
    if isinstance(value, str):
        return Media(file_id=value)
    return value and Media(file_id=value["file_id"], kind=MediaKind(value["kind"]), name=value["name"])


SEEN = frozenset({MediaKind.PHOTO, MediaKind.VIDEO})
"""What is seen as soon as the post is: these share an album."""
_ALONE = frozenset({MediaKind.ANIMATION, MediaKind.VOICE})


def grouped(media: Iterable[Media]) -> tuple[tuple[Media, ...], ...]:
    """The files of a post, as its messages carry them: what is seen first, the rest as it came.

    What is past the first `ALBUM` is left out.
    """
    groups: dict[str, list[Media]] = {}
    for number, each in enumerate(tuple(media)[:ALBUM]):
        name = "" if each.kind in SEEN else each.kind.value
        groups.setdefault(f"{name}{number}" if each.kind in _ALONE else name, []).append(each)
    return tuple(tuple(group) for _, group in sorted(groups.items(), key=lambda pair: bool(pair[0])))
