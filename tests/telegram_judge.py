"""What Telegram makes of a text with entities, by its own code: TDLib's offline calls. No network, no login.

Not judged here, since the server does it: the limit of 100 entities, whether links and names lead anywhere.
"""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from bot.news.model import Entity
from bot.news.posts.splitting import CAPTION, MESSAGE

_NAMES = {
    "Bold": "bold",
    "Italic": "italic",
    "Underline": "underline",
    "Strikethrough": "strikethrough",
    "Spoiler": "spoiler",
    "Code": "code",
    "Pre": "pre",
    "TextUrl": "text_link",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "Hashtag": "hashtag",
    "Url": "url",
    "Mention": "mention",
    "EmailAddress": "email",
    "BotCommand": "bot_command",
    "Cashtag": "cashtag",
    "BankCardNumber": "bank_card_number",
    "PhoneNumber": "phone_number",
    "MediaTimestamp": "media_timestamp",
}
_TYPES = {name: f"textEntityType{type_}" for type_, name in _NAMES.items()}
_MARKDOWN = "*_~|`[]()"


class Refused(Exception):
    """Telegram would answer 400 with this description."""


@cache
def _library() -> Any:
    import tdjson

    tdjson.td_execute(b'{"@type":"setLogVerbosityLevel","new_verbosity_level":0}')
    return tdjson


def _ask(method: str, **parameters: Any) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(
        _library().td_execute(json.dumps({"@type": method, **parameters}).encode())
    )
    if answer["@type"] == "error":
        raise Refused(answer["message"])
    return answer


def judge(
    text: str, entities: Iterable[Entity] = (), kind: str = "message"
) -> tuple[str, tuple[Entity, ...]]:
    """The text and the entities as readers would get them, without those that Telegram finds by itself.

    `kind` is `message` or `caption`.

    Raises:
        Refused: Telegram would not take it.
    """
    if kind == "message" and not text.strip(" \n"):
        raise Refused("text must be non-empty")
    if len(text) > (MESSAGE if kind == "message" else CAPTION):
        raise Refused(f"{kind} is too long")
    # The one offline call that cleans text and puts entities right also reads Markdown: characters that
    # do not occur in the text stand in for those that mean something there.
    stand_ins = [code for code in range(0xE000, 0xF000) if chr(code) not in text][: len(_MARKDOWN)]
    masked = text.translate(dict(zip(map(ord, _MARKDOWN), map(chr, stand_ins), strict=True)))
    sent = {"@type": "formattedText", "text": masked, "entities": [_to_tdlib(entity) for entity in entities]}
    answer = _ask("parseMarkdown", text=sent)
    kept = answer["text"].translate(dict(zip(stand_ins, _MARKDOWN, strict=True)))
    return kept.strip(" \n"), tuple(_from_tdlib(answer["entities"]))


def automatic(text: str) -> tuple[Entity, ...]:
    """Tags, names, links and the like that Telegram finds in the text by itself."""
    found = _from_tdlib(_ask("getTextEntities", text=text)["entities"])
    return tuple(entity for entity in found if entity.type != "media_timestamp")


def _to_tdlib(entity: Entity) -> dict[str, Any]:
    type_: dict[str, Any] = {"@type": _TYPES[entity.type]}
    if entity.url is not None:
        type_["url"] = entity.url
    return {"@type": "textEntity", "offset": entity.offset, "length": entity.length, "type": type_}


def _from_tdlib(entities: Iterable[dict[str, Any]]) -> Iterator[Entity]:
    for entity in entities:
        type_ = entity["type"]
        name = _NAMES[type_["@type"].removeprefix("textEntityType")]
        yield Entity(type=name, offset=entity["offset"], length=entity["length"], url=type_.get("url"))
