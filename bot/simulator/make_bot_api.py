"""Makes `bot_api.json` of a machine-readable Bot API 10.1 description; knows file formats, not the world.

    python -m bot.simulator.make_bot_api SPEC.json > bot/simulator/bot_api.json

SPEC has `methods` → `params` → {`types`, `required`} and `types` → `fields` or `subtypes`. The table is
{`methods`: {method: {parameter: "Type|Type!"}}, `types`: {type: {field: …} or [subtypes]}}, "!" = required.
`ADDED` is what Bot API 10.2 and 10.3 brought, read from the typings of `@grammyjs/types` 5.0.0; rich messages
themselves (`blocks`, `media`, …) are not in the table, `bot.simulator.rich` checks those.
"""

import json
import sys
from pathlib import Path
from typing import Any

ADDED: dict[str, dict[str, str]] = {
    **{
        f"send{what}": {"ephemeral_message_parameters": "EphemeralMessageParameters"}
        for what in [
            "Message",
            "RichMessage",
            "Photo",
            "LivePhoto",
            "Audio",
            "Document",
            "Video",
            "Animation",
            "Voice",
            "VideoNote",
            "Location",
            "Venue",
            "Contact",
            "Sticker",
        ]
    },
    "sendMessageDraft": {"can_stop": "Boolean", "keep_on_stop": "Boolean"},
    "sendRichMessageDraft": {"can_stop": "Boolean", "keep_on_stop": "Boolean"},
    "promoteChatMember": {"can_send_welcome_messages": "Boolean"},
    "deleteEphemeralMessage": {},
    "editEphemeralMessageText": {
        "text": "String",
        "parse_mode": "String",
        "entities": "Array of MessageEntity",
        "link_preview_options": "LinkPreviewOptions",
        "rich_message": "InputRichMessage",
        "reply_markup": "InlineKeyboardMarkup",
    },
    "editEphemeralMessageMedia": {"media": "InputMedia!", "reply_markup": "InlineKeyboardMarkup"},
    "editEphemeralMessageCaption": {
        "caption": "String",
        "show_caption_above_media": "Boolean",
        "parse_mode": "String",
        "caption_entities": "Array of MessageEntity",
        "reply_markup": "InlineKeyboardMarkup",
    },
    "editEphemeralMessageReplyMarkup": {"reply_markup": "InlineKeyboardMarkup"},
}
_EPHEMERAL = {
    "chat_id": "Integer|String!",
    "receiver_user_id": "Integer!",
    "ephemeral_message_id": "Integer!",
}
ADDED_FIELDS = {
    "InlineKeyboardMarkup": {"force_reply": "Boolean"},
    "ReplyKeyboardMarkup": {"force_reply": "Boolean"},
    "InlineKeyboardButton": {"disabled": "DisabledButton"},
}
_OPAQUE = {"InputRichMessage", "User", "Integer", "Float", "String", "Boolean", "InputFile"}


def table(spec: dict[str, Any]) -> dict[str, Any]:
    """The compact table: every method, and the types that its parameters can hold."""
    methods = {name: _signature(method.get("params", {})) for name, method in spec["methods"].items()}
    for name, more in ADDED.items():
        methods.setdefault(name, dict(_EPHEMERAL)).update(more)
    types: dict[str, Any] = {}
    wanted = {
        word for parameters in methods.values() for kind in parameters.values() for word in _words(kind)
    }
    while wanted:
        name = wanted.pop()
        if name in types or name in _OPAQUE or name not in spec["types"]:
            continue
        described = spec["types"][name]
        types[name] = described.get("subtypes") or {
            **_signature(described.get("fields", {})),
            **ADDED_FIELDS.get(name, {}),
        }
        wanted |= {word for kind in types[name] for word in ([kind] if described.get("subtypes") else [])}
        if isinstance(types[name], dict):
            wanted |= {word for kind in types[name].values() for word in _words(kind)}
    return {"methods": methods, "types": dict(sorted(types.items()))}


def _signature(fields: dict[str, Any]) -> dict[str, str]:
    return {name: "|".join(field["types"]) + "!" * field["required"] for name, field in fields.items()}


def _words(kind: str) -> set[str]:
    return {word.removeprefix("Array of ").removeprefix("Array of ") for word in kind.rstrip("!").split("|")}


if __name__ == "__main__":
    made = table(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    sys.stdout.write(json.dumps(made, separators=(",", ":"), sort_keys=True) + "\n")
