"""The shape of a call: methods, parameters and types by `bot_api.json`; knows not what a method does.

What Telegram ignores (a parameter or field it does not know) is refused in the house's words unless lenient.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.simulator.refusal import Refused, house

Parameters = dict[str, Any]

_MISSING = {
    "chat_id": "chat_id is empty",
    "from_chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "user_id": "invalid user_id specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "video": "there is no video in the request",
    "animation": "there is no animation in the request",
    "audio": "there is no audio in the request",
    "voice": "there is no voice in the request",
    "rich_message": "rich message must be non-empty",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "file_id": "invalid file_id",
}
_MAY_BE_EMPTY = {"url"}
_FILE_FIELDS = {"media", "thumbnail", "cover"}
_TRUE = {"true", "1", "yes", "t", "y"}
_FALSE = {"false", "0", "no", "f", "n"}


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file that came with a call (multipart)."""

    name: str
    content: bytes
    mime: str = "application/octet-stream"

    def __str__(self) -> str:
        return f"<{self.name}, {len(self.content)} bytes>"


@cache
def _table() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(Path(__file__).with_name("bot_api.json").read_text(encoding="utf-8"))
    loaded["by_lower"] = {name.lower(): name for name in loaded["methods"]}
    return loaded


def method_name(name: str) -> str:
    """The method's own spelling; Telegram reads names in any case.

    Raises:
        Refused: 404, nobody knows it.
    """
    known: str | None = _table()["by_lower"].get(name.lower())
    if known is None:
        raise Refused("Not Found: method not found", 404)
    return known


def checked(
    method: str, raw: Mapping[str, Any], files: Mapping[str, Upload] | None = None, *, lenient: bool = False
) -> Parameters:
    """Parameters as native values: a form's strings are read by their type, `attach://` becomes its `Upload`.

    Raises:
        Refused: as Telegram for what is missing or unreadable, in the house's words for what it would ignore.
    """
    files = files or {}
    signature: dict[str, str] = _table()["methods"][method]
    given: Parameters = {**raw, **{name: file for name, file in files.items() if name in signature}}
    parameters: Parameters = {}
    for name, value in given.items():
        kind = signature.get(name)
        if kind is None:
            if not lenient:
                raise house(f'unknown parameter "{name}" of {method}')
        elif value is not None and (value != "" or name in _MAY_BE_EMPTY):
            parameters[name] = _Reader(name, files, lenient=lenient).read(value, kind)
    for name, kind in signature.items():
        if kind.endswith("!") and name not in parameters:
            raise Refused(_MISSING.get(name, f'parameter "{name}" is required'))
    return parameters


class _Reader:
    """Reads one parameter; holds its name for the words of a refusal, and the files of the call."""

    def __init__(self, parameter: str, files: Mapping[str, Upload], *, lenient: bool) -> None:
        self.parameter = parameter
        self.files = files
        self.lenient = lenient

    def read(self, value: Any, kind: str) -> Any:
        kinds = kind.rstrip("!").split("|")
        if isinstance(value, Upload):
            return value
        if any(known in {"String", "InputFile"} for known in kinds):
            return self._string(value, kinds)
        if kinds[0] in {"Integer", "Float", "Boolean"}:
            return self._scalar(value, kinds[0])
        return self._nested(self._parsed(value), kinds)

    def _string(self, value: Any, kinds: list[str]) -> Any:
        if "Integer" in kinds and _is_integer(value):
            return int(value)
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        try:
            text.encode()
        except UnicodeEncodeError:
            raise Refused("strings must be encoded in UTF-8") from None
        return self._file(text) if "InputFile" in kinds else text

    def _file(self, text: str) -> Any:
        if not text.startswith("attach://"):
            return text
        if text.removeprefix("attach://") not in self.files:
            raise Refused("wrong file identifier/HTTP URL specified")
        return self.files[text.removeprefix("attach://")]

    def _scalar(self, value: Any, kind: str) -> Any:
        word = str(value).strip().lower()
        if kind == "Boolean" and word in _TRUE | _FALSE:
            return word in _TRUE
        if kind == "Integer" and _is_integer(value):
            return int(value)
        if kind == "Float" and word.replace(".", "", 1).removeprefix("-").isdigit():
            return float(word)
        if self.lenient:
            return {"Boolean": False, "Integer": 0, "Float": 0.0}[kind]
        if self.parameter in _MISSING:
            raise Refused(_MISSING[self.parameter])
        raise house(f'"{self.parameter}" must be {kind}, got {value!r}')

    def _parsed(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise Refused(f"can't parse {self.parameter.replace('_', ' ')} JSON object") from None

    def _nested(self, value: Any, kinds: list[str]) -> Any:
        if kinds[0].startswith("Array of "):
            if not isinstance(value, list):
                raise Refused(
                    f"can't parse {self.parameter.replace('_', ' ')} JSON object: expected an Array"
                )
            inner = "|".join(kind.removeprefix("Array of ") for kind in kinds)
            return [self.read(item, inner) for item in value]
        if not isinstance(value, dict):
            raise Refused(f"can't parse {self.parameter.replace('_', ' ')} JSON object: expected an Object")
        shapes = [shape for kind in kinds for shape in _shapes(kind)]
        if shapes:
            return self._object(value, shapes, "|".join(kinds))
        self._check_parts(value)
        return value

    def _check_parts(self, value: Any) -> None:
        """Every `attach://` of a rich message has its part."""
        for name, item in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(item, dict | list):
                self._check_parts(item)
            elif name in _FILE_FIELDS and isinstance(item, str):
                self._file(item)

    def _object(self, value: dict[str, Any], shapes: list[dict[str, str]], kind: str) -> dict[str, Any]:
        fields = {name: shape for each in shapes for name, shape in each.items()}
        read = {}
        for name, item in value.items():
            if name not in fields:
                if not self.lenient:
                    raise house(f'unknown field "{name}" of {kind} in "{self.parameter}"')
            elif item is not None:
                read[name] = self.read(item, fields[name])
                if name in _FILE_FIELDS and isinstance(read[name], str):
                    read[name] = self._file(read[name])
        for name in fields:
            if name not in read and all(each.get(name, "").endswith("!") for each in shapes):
                raise Refused(f"can't parse {kind}: Can't find field \"{name}\"")
        return read


def _shapes(kind: str) -> list[dict[str, str]]:
    described = _table()["types"].get(kind, {})
    if isinstance(described, list):
        return [shape for each in described for shape in _shapes(each)]
    return [described] if described else []


def _is_integer(value: Any) -> bool:
    if isinstance(value, bool):
        return False
    return isinstance(value, int) or (
        isinstance(value, str) and value.removeprefix("-").isdecimal() and value.isascii()
    )
