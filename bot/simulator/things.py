"""What a telephone sends besides words and files, stickers, polls and places, as the Bot API has them.

The kinds are those of `chats.UNSENT`; each has a sample of its own, so that a page or a test need only name
it. Knows no chat.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from bot.simulator.chats import Json
from bot.simulator.refusal import NotPossible

_PLACE = {"latitude": 35.6892, "longitude": 51.389}


def sent(kind: str, value: Any) -> Json:
    """The fields of a message with that thing: `value` is the object itself, or a word for the sample.

    Raises:
        NotPossible: it is neither.
    """
    if not isinstance(value, dict | str):
        raise NotPossible(f"{kind} is an object, or a word")
    thing = value if isinstance(value, dict) else _SAMPLES[kind](value)
    beside: Json = {"venue": {"location": thing.get("location")}}.get(kind, {})
    return {kind: thing, **beside}


def _file(word: str) -> Json:
    digest = hashlib.sha256(word.encode()).hexdigest()
    return {"file_id": f"SIMThing{digest[:24]}", "file_unique_id": digest[:16]}


def _poll(word: str) -> Json:
    options = [{"persistent_id": text, "text": text, "voter_count": 0} for text in ("آری", "نه")]
    flags = dict.fromkeys(("is_closed", "allows_multiple_answers", "allows_revoting", "members_only"), False)
    kept = {"total_voter_count": 0, "is_anonymous": True, "type": "regular"}
    return {"id": "1", "question": word, "options": options, **kept, **flags}


def _sticker(word: str) -> Json:
    shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    return {**_file(word), **shape, "emoji": word}


def _channel(word: str) -> Json:
    return {"id": -1001000000001, "type": "channel", "title": word}


_SAMPLES: dict[str, Callable[[str], Json]] = {
    "video_note": lambda word: {**_file(word), "length": 240, "duration": 5},
    "sticker": _sticker,
    "poll": _poll,
    "contact": lambda word: {"phone_number": "+982100000000", "first_name": word},
    "venue": lambda word: {"location": _PLACE, "title": word, "address": word},
    "location": lambda _word: dict(_PLACE),
    "dice": lambda _word: {"emoji": "🎲", "value": 4},
    "game": lambda word: {
        "title": word,
        "description": word,
        "photo": [{**_file(word), "width": 90, "height": 51}],
    },
    "story": lambda word: {"chat": _channel(word), "id": 1},
    "live_photo": lambda word: {**_file(word), "width": 1280, "height": 720, "duration": 2},
    "paid_media": lambda _word: {"star_count": 5, "paid_media": [{"type": "preview"}]},
    "checklist": lambda word: {"title": word, "tasks": [{"id": 1, "text": word}]},
    "gift": lambda _word: {"gift": {"id": "1", "sticker": _sticker("🎁"), "star_count": 15}},
    "giveaway": lambda word: {
        "chats": [_channel(word)],
        "winners_selection_date": 1_800_000_000,
        "winner_count": 1,
    },
    "invoice": lambda word: {
        "title": word,
        "description": word,
        "start_parameter": "x",
        "currency": "XTR",
        "total_amount": 1,
    },
}
