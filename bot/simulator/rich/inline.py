"""Inline tags of rich HTML to rich text, spaces collapsed as in HTML. It knows no block tags."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.simulator.rich import buttons, links, text
from bot.simulator.rich.case import Case, Json, RichText, house, telegram
from bot.simulator.rich.tree import BLOCKS, MEDIA, Element, Node

_MARKS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "mark": "marked",
    "sub": "subscript",
    "sup": "superscript",
    "tg-spoiler": "spoiler",
}
_SPACE = re.compile(r"[ \n]+")
_EMOJI_ID = re.compile(r"[1-9][0-9]{0,18}", re.ASCII)
_EMOJI_SRC = "tg://emoji?id="
_INTEGER = re.compile(r"-?[0-9]{1,15}", re.ASCII)
_BUTTON_VALUES = {
    "url": "url",
    "callback_data": "data",
    "switch_inline_query": "query",
    "switch_inline_query_current_chat": "query",
}


@dataclass(kw_only=True, slots=True)
class Line:
    """Where a text stands: what it is the text of, and whether a space would show there."""

    home: str
    keeps_spaces: bool = False
    hides_space: bool = True

    def words(self, source: str) -> str:
        if self.keeps_spaces:
            return source
        shown = _SPACE.sub(" ", source)
        if self.hides_space:
            shown = shown.lstrip(" ")
        if shown:
            self.hides_space = shown.endswith(" ")
        return shown

    def turn(self) -> str:
        self.hides_space = True
        return "\n"


def text_of(nodes: Iterable[Node], home: str, case: Case, depth: int) -> RichText:
    """The text of the block or part `home`, whose inline nodes stand at level `depth`."""
    keeps = home == "pre"
    line = Line(home=home, keeps_spaces=keeps)
    found = read(nodes, case, depth, line)
    return found if keeps else _trimmed(found)


def integer(source: str) -> int | None:
    return int(source) if _INTEGER.fullmatch(source) else None


def raw(element: Element, case: Case) -> str:
    """The characters of an element that holds nothing but characters."""
    if any(isinstance(child, Element) for child in element.children):
        case.swallow(f"a tag inside <{element.tag}>")
    return "".join(child if isinstance(child, str) else raw(child, case) for child in element.children)


def read(nodes: Iterable[Node], case: Case, depth: int, line: Line) -> RichText:
    return text.join(
        [line.words(node) if isinstance(node, str) else _node(node, case, depth, line) for node in nodes]
    )


def _trimmed(value: RichText) -> RichText:
    if isinstance(value, str):
        return value.rstrip(" ").replace(" \n", "\n")
    if isinstance(value, list):
        return text.join([*value[:-1], _trimmed(value[-1])])
    if value.get("text"):
        value["text"] = _trimmed(value["text"])
    return value


def _node(element: Element, case: Case, depth: int, line: Line) -> RichText:
    case.level(depth)
    if element.tag in _MARKS:
        return _mark(element, case, depth, line)
    if element.is_inline:
        return _READERS[element.tag](element, case, depth, line)
    return _misplaced(element, case, depth, line)


def _misplaced(element: Element, case: Case, depth: int, line: Line) -> RichText:
    tag = element.tag
    if line.home == "p" and tag in BLOCKS and tag not in MEDIA:
        # Telegram refuses this too; nobody has written down its words.
        raise house(f"<{tag}> inside <p>")
    case.swallow(f"<{tag}> inside the text of <{line.home}>")
    if tag in MEDIA:
        return ""
    turn = line.turn() if tag in BLOCKS and not line.hides_space else ""
    return [turn, read(element.children, case, depth + 1, line)]


def _mark(element: Element, case: Case, depth: int, line: Line) -> RichText:
    if element.tag == "code" and element.attributes:
        case.swallow("a language on <code> that is not the whole of a <pre>")
    inner = read(element.children, case, depth + 1, line)
    if isinstance(inner, str) and not inner.strip(" \n"):
        return inner
    return {"type": _MARKS[element.tag], "text": inner}


def _br(element: Element, case: Case, _depth: int, line: Line) -> RichText:
    if element.children:
        case.swallow("content of <br>")
    return line.turn()


def _a(element: Element, case: Case, depth: int, line: Line) -> RichText:
    href, name = element.attributes.get("href"), element.attributes.get("name")
    if href is not None:
        links.checked(href)
    inner = read(element.children, case, depth + 1, line)
    if (href is None) == (name is None) or (name and inner) or (href is not None and not inner) or name == "":
        case.swallow("<a> that is neither a link with a text nor an empty anchor with a name")
    shown: list[RichText] = []
    if name:
        case.anchors.add(name)
        shown.append({"type": "anchor", "name": name})
    shown.append(links.link(href, inner, case) if href is not None and inner else inner)
    return shown


def _reference(element: Element, case: Case, depth: int, line: Line) -> RichText:
    inner = read(element.children, case, depth + 1, line)
    name = element.attributes.get("name")
    if not name:
        case.swallow("<tg-reference> without a name")
        return inner
    return links.reference(name, inner, case)


def _emoji(element: Element, case: Case, _depth: int, line: Line) -> RichText:
    if element.tag == "img":
        identifier = element.attributes["src"].removeprefix(_EMOJI_SRC)
        alternative = element.attributes.get("alt", "")
    else:
        identifier, alternative = element.attributes.get("emoji-id", ""), raw(element, case).strip(" \n")
    if not _EMOJI_ID.fullmatch(identifier):
        raise telegram("RICH_MESSAGE_EMOJI_INVALID")
    line.hides_space = False
    return text.custom_emoji(identifier, alternative)


def _time(element: Element, case: Case, depth: int, line: Line) -> RichText:
    unix = integer(element.attributes.get("unix", ""))
    form = element.attributes.get("format", "")
    if unix is None or not text.is_date_format(form):
        raise telegram("RICH_MESSAGE_DATE_INVALID")
    inner = read(element.children, case, depth + 1, line)
    if text.is_blank(inner):
        raise telegram("RICH_MESSAGE_CONTENT_REQUIRED")
    return text.date_time(inner, unix, form, case)


def _math(element: Element, case: Case, _depth: int, line: Line) -> RichText:
    line.hides_space = False
    return {"type": "mathematical_expression", "expression": expression(element, case)}


def expression(element: Element, case: Case) -> str:
    source = raw(element, case).strip(" \n")
    if not source:
        raise telegram("RICH_MESSAGE_CONTENT_REQUIRED")
    return source


def _button(element: Element, case: Case, depth: int, line: Line) -> RichText:
    line.hides_space = False
    return {"type": "button", "button": button(element, case, depth)}


def button(element: Element, case: Case, depth: int) -> Json:
    """`type` names the field of the JSON form; its value stands in `url`, `data`, `query` or `text`."""
    given = element.attributes
    action = given.get("type", "")
    if action not in buttons.ACTIONS:
        raise house(f'a button of type "{action[:64]}"')
    value: str | Json = given.get(_BUTTON_VALUES.get(action, ""), "")
    if action in ("web_app", "login_url"):
        value = {"url": given.get("url", "")}
        value |= {"forward_text": given["forward-text"]} if "forward-text" in given else {}
        value |= {"request_write_access": True} if "request-write-access" in given else {}
    elif action == "switch_inline_query_chosen_chat":
        chats = {name.replace("-", "_"): True for name in given if name.startswith("allow-")}
        value = {"query": given.get("query", ""), **chats}
    elif action == "copy_text":
        value = {"text": given.get("text", "")}
    elif action == "disabled":
        value = {}
    style = {"style": given["style"]} if "style" in given else {}
    label = text_of(element.children, element.tag, case, depth + 1)
    return buttons.check({action: value, **style}, label, case)


_READERS: dict[str, Callable[[Element, Case, int, Line], RichText]] = {
    "br": _br,
    "a": _a,
    "tg-reference": _reference,
    "tg-emoji": _emoji,
    "img": _emoji,
    "tg-time": _time,
    "tg-math": _math,
    "tg-button": _button,
}
