"""Entities between the Bot API's names and TDLib's; knows no text."""

from typing import Any

from bot.simulator.refusal import Refused

_NAMES = {
    "mention": "Mention",
    "hashtag": "Hashtag",
    "cashtag": "Cashtag",
    "bot_command": "BotCommand",
    "url": "Url",
    "email": "EmailAddress",
    "phone_number": "PhoneNumber",
    "bank_card_number": "BankCardNumber",
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "code": "Code",
    "pre": "Pre",
    "text_link": "TextUrl",
    "text_mention": "MentionName",
    "custom_emoji": "CustomEmoji",
    "blockquote": "BlockQuote",
    "expandable_blockquote": "ExpandableBlockQuote",
    "date_time": "DateTime",
}
_TD = {name: f"textEntityType{td}" for name, td in _NAMES.items()}
_API = {**{td: name for name, td in _TD.items()}, "textEntityTypePreCode": "pre"}
_PRECISION = "dateTimePartPrecision"


def to_td(entity: dict[str, Any]) -> dict[str, Any]:
    """A Bot API `MessageEntity` as TDLib's `textEntity`.

    Raises:
        Refused: an unknown type, or a field of it is missing.
    """
    name = entity["type"]
    if name not in _TD:
        raise Refused("can't parse MessageEntity: Unsupported type specified")
    try:
        kind = {"@type": _TD[name], **_details(name, entity)}
    except KeyError as missing:
        raise Refused(f"can't parse MessageEntity: Can't find field \"{missing.args[0]}\"") from None
    if name == "pre" and entity.get("language"):
        kind = {"@type": "textEntityTypePreCode", "language": entity["language"]}
    return {"@type": "textEntity", "offset": entity["offset"], "length": entity["length"], "type": kind}


def _details(name: str, entity: dict[str, Any]) -> dict[str, Any]:
    match name:
        case "text_link":
            return {"url": entity["url"]}
        case "custom_emoji":
            return {"custom_emoji_id": entity["custom_emoji_id"]}
        case "text_mention":
            return {"user_id": entity["user"]["id"]}
        case "date_time":
            form = _date_form(entity.get("date_time_format", ""))
            return {"unix_time": entity["unix_time"], **({"formatting_type": form} if form else {})}
    return {}


def from_td(entity: dict[str, Any]) -> dict[str, Any]:
    """TDLib's `textEntity` as a Bot API `MessageEntity`."""
    kind = entity["type"]
    name = _API.get(kind["@type"], kind["@type"])
    out = {"type": name, "offset": entity["offset"], "length": entity["length"]}
    match name:
        case "pre" if "language" in kind:
            out["language"] = kind["language"]
        case "text_link":
            out["url"] = kind["url"]
        case "text_mention":
            out["user"] = {"id": kind["user_id"]}
        case "custom_emoji":
            out["custom_emoji_id"] = str(kind["custom_emoji_id"])
        case "date_time":
            out["unix_time"] = kind["unix_time"]
            letters = _date_letters(kind.get("formatting_type"))
            out |= {"date_time_format": letters} if letters else {}
    return out


def _date_letters(form: dict[str, Any] | None) -> str:
    """`r`, or w?(d|D)?(t|T)?: day of week, short or long date, short or long time."""
    if not form:
        return ""
    if form["@type"] == "dateTimeFormattingTypeRelative":
        return "r"
    date = {"Short": "d", "Long": "D"}.get(form["date_precision"]["@type"].removeprefix(_PRECISION), "")
    time = {"Short": "t", "Long": "T"}.get(form["time_precision"]["@type"].removeprefix(_PRECISION), "")
    return ("w" if form["show_day_of_week"] else "") + date + time


def _date_form(letters: str) -> dict[str, Any] | None:
    if not letters:
        return None
    if letters == "r":
        return {"@type": "dateTimeFormattingTypeRelative"}
    if letters != "".join(letter for letter in "wdDtT" if letter in letters) or {"dD", "tT"} & {letters[-2:]}:
        raise Refused("invalid date format used")

    def precision(short: str, long: str) -> dict[str, str]:
        word = "Short" if short in letters else "Long" if long in letters else "None"
        return {"@type": _PRECISION + word}

    return {
        "@type": "dateTimeFormattingTypeAbsolute",
        "time_precision": precision("t", "T"),
        "date_precision": precision("d", "D"),
        "show_day_of_week": "w" in letters,
    }
