"""Cuts rich HTML into tags and texts. It knows the form of tags, not which there are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.simulator.rich.case import Case, telegram
from bot.simulator.rich.strings import clean

ENTITIES = {
    "lt": "<",
    "gt": ">",
    "amp": "&",
    "quot": '"',
    "apos": "'",
    "nbsp": "\u00a0",
    "hellip": "…",
    "mdash": "—",
    "ndash": "–",
    "lsquo": "\u2018",
    "rsquo": "\u2019",
    "ldquo": "“",
    "rdquo": "”",
}
_REFERENCE = re.compile(r"&(#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*)(;?)", re.ASCII)
_MARKUP = re.compile(r"<(?:(?P<close>/)?(?P<tag>[A-Za-z][A-Za-z0-9-]*)|(?P<other>[!?]|/>?))", re.ASCII)
_ATTRIBUTE = re.compile(
    r"[ \n/]*(?P<name>[^ \n/>=]+)"
    r"""(?:[ \n]*=[ \n]*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^ \n>"']+)))?"""
)
_END = re.compile(r"[ \n]*(?P<slash>/)?[ \n/]*>")


@dataclass(frozen=True, kw_only=True, slots=True)
class Tag:
    name: str
    is_end: bool = False
    is_closed: bool = False
    """Written `<name/>`."""
    attributes: dict[str, str] = field(default_factory=dict)


def cut(source: str, case: Case) -> Iterator[Tag | str]:
    """Yields tags and decoded texts, in one pass over the source.

    Raises:
        Refused: the source ends inside a tag.
    """
    at = 0
    while at < len(source):
        start = source.find("<", at)
        if start < 0:
            yield decode(source[at:], case)
            return
        if start > at:
            yield decode(source[at:start], case)
        found = _MARKUP.match(source, start)
        if found is None:
            if start + 1 == len(source):
                raise telegram("RICH_MESSAGE_HTML_INVALID")
            case.swallow('a "<" that opens no tag')
            yield "<"
            at = start + 1
        elif found["tag"] is None:
            at = _skip(source, start, case)
        else:
            tag, at = _tag(source, found, case)
            yield tag


def _skip(source: str, start: int, case: Case) -> int:
    """Comments, declarations and the empty end tag."""
    end = "-->" if source.startswith("<!--", start) else ">"
    found = source.find(end, start + 1)
    if found < 0:
        raise telegram("RICH_MESSAGE_HTML_INVALID")
    case.swallow(f"markup that is no tag: {source[start : start + 16]}")
    return found + len(end)


def _tag(source: str, found: re.Match[str], case: Case) -> tuple[Tag, int]:
    attributes: dict[str, str] = {}
    at = found.end()
    while (end := _END.match(source, at)) is None:
        attribute = _ATTRIBUTE.match(source, at)
        if attribute is None or attribute.end() == len(source):
            raise telegram("RICH_MESSAGE_HTML_INVALID")
        name = attribute["name"].lower()
        if name in attributes:
            case.swallow(f"the attribute {name[:64]} twice in a tag")
        value = attribute["double"] or attribute["single"] or attribute["bare"] or ""
        attributes.setdefault(name, decode(value, case))
        at = attribute.end()
    name = found["tag"].lower()
    return Tag(
        name=name, is_end=bool(found["close"]), is_closed=bool(end["slash"]), attributes=attributes
    ), end.end()


def decode(text: str, case: Case) -> str:
    """Resolves references: all numbers, but only the names that Telegram knows; others stay as they stand."""
    if "&" not in text:
        return text

    def resolve(found: re.Match[str]) -> str:
        name, end = found[1], found[2]
        shown = _character(name) if name.startswith("#") else ENTITIES.get(name)
        if shown is None or not end:
            if end or shown is not None:
                case.swallow(f"the entity &{name[:16]}{end}")
            return found[0]
        return shown

    return clean(_REFERENCE.sub(resolve, text), case)


def _character(reference: str) -> str | None:
    digits, base = (reference[2:], 16) if reference[1] in "xX" else (reference[1:], 10)
    digits = digits.lstrip("0")
    code = int(digits, base) if 0 < len(digits) <= 8 else 0
    return chr(code) if 0 < code < 0x11_0000 and not 0xD800 <= code < 0xE000 else None
