"""How the world says no, to the bot (`Refused`) and to people (`NotPossible`); knows not what was asked."""

from typing import Any

HOUSE = "SIMULATOR: "
_PREFIXES = {
    400: "Bad Request: ",
    401: "Unauthorized: ",
    403: "Forbidden: ",
    404: "Not Found: ",
    409: "Conflict: ",
    429: "Too Many Requests: ",
    500: "Internal Server Error: ",
}


class Refused(Exception):
    """A call that is not carried out.

    `description` is what stands in the answer, with the prefix of its code (`Bad Request: …`). Whoever raises
    may leave the prefix out; it is added as Telegram's server does (tdlib/telegram-bot-api, `Client.cpp`,
    `fail_query_with_error`), and then the first letter becomes small unless it starts a code (`BUTTON_…`).
    Words that begin with `HOUSE` stay as they are: Telegram would have accepted, this world does not.
    """

    def __init__(self, description: str, code: int = 400, parameters: dict[str, Any] | None = None) -> None:
        self.code = code
        self.parameters = parameters
        self.description = _on_the_wire(description, code)
        super().__init__(self.description)


def house(why: str, code: int = 400) -> Refused:
    """A refusal of this world's own, where Telegram would have swallowed a mistake."""
    return Refused(HOUSE + why, code)


def _on_the_wire(description: str, code: int) -> str:
    prefix = _PREFIXES.get(code, "")
    if description.startswith((HOUSE, prefix or HOUSE)) or description == prefix.removesuffix(": "):
        return description
    is_code = description[1:2].isupper() or description[1:2] == "_"
    return prefix + (description if is_code else description[:1].lower() + description[1:])


class NotPossible(Exception):
    """What a person asked for can't be done in an app; `code` is an HTTP status."""

    def __init__(self, why: str, code: int = 400) -> None:
        super().__init__(why)
        self.code = code
