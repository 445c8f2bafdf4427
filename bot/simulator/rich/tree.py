"""Builds the tree of rich HTML: which tags and attributes there are. It does not judge what is in them."""

from dataclasses import dataclass, field

from bot.simulator.rich import tokens
from bot.simulator.rich.case import Case, telegram

_PLAIN_INLINE = (
    "b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "mark", "sub", "sup",
    "tg-spoiler", "tg-math", "br",
)  # fmt: skip
_PLAIN_BLOCKS = (
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "footer", "pre", "hr", "ul", "aside", "figure",
    "tg-math-block", "tg-collage", "tg-slideshow", "tg-thinking",
)  # fmt: skip
INLINE: dict[str, str] = {
    **dict.fromkeys(_PLAIN_INLINE, ""),
    "code": "class",
    "a": "href name",
    "tg-reference": "name",
    "tg-emoji": "emoji-id",
    "tg-time": "unix format",
    "tg-button": "type style url data query text forward-text request-write-access"
    " allow-user-chats allow-bot-chats allow-group-chats allow-channel-chats",
}
"""Attributes by tag, as in the three tables below."""
MEDIA = {
    "img": "src alt tg-spoiler",
    "video": "src tg-spoiler",
    "audio": "src",
    "tg-document": "src",
}
BLOCKS: dict[str, str] = {
    **MEDIA,
    **dict.fromkeys(_PLAIN_BLOCKS, ""),
    "ol": "start type reversed",
    "blockquote": "expandable",
    "tg-map": "lat long zoom",
    "table": "bordered striped compact",
    "details": "open",
    "tg-button-row": "align",
}
PARTS: dict[str, str] = {
    **dict.fromkeys(("cite", "figcaption", "summary", "caption", "tr"), ""),
    **dict.fromkeys(("td", "th"), "colspan rowspan align valign"),
    "li": "value type",
    "input": "type checked",
}
"""Tags that mean something only inside certain others."""

_TAGS = {tag: frozenset(names.split()) for tag, names in (INLINE | BLOCKS | PARTS).items()}
_VOID = frozenset(("br", "hr", "img", "input"))
_MAY_BE_CLOSED = _VOID | MEDIA.keys() | {"tg-map"}
_DISCARDED = frozenset(("script", "style"))
_MAX_OPEN = 100
"""Deeper than any message may be; bounds the work on hostile input."""


@dataclass(kw_only=True, slots=True, eq=False)
class Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    @property
    def is_inline(self) -> bool:
        """A custom emoji may be written as an image."""
        return self.tag in INLINE or (
            self.tag == "img" and self.attributes.get("src", "").startswith("tg://emoji")
        )


type Node = Element | str


def grow(source: str, case: Case) -> list[Node]:
    """Answers the top nodes. What is open where it should be closed is closed, and noted as swallowed."""
    root = Element(tag="")
    open_ones = [root]
    for token in tokens.cut(source, case):
        if isinstance(token, str):
            open_ones[-1].children.append(token)
        elif token.is_end:
            _close(open_ones, token.name, case)
        else:
            _open(open_ones, token, case)
            if len(open_ones) > _MAX_OPEN:
                raise telegram("RICH_MESSAGE_DEPTH_INVALID")
    if len(open_ones) > 1:
        case.swallow(f"<{open_ones[-1].tag}> is never closed")
    return root.children


def _open(open_ones: list[Element], token: tokens.Tag, case: Case) -> None:
    name = token.name
    element = Element(tag=name, attributes=token.attributes)
    if name in _DISCARDED:  # vanishes with its content: it hangs on no parent
        case.swallow(f"the tag <{name}>")
        open_ones.append(element)
        return
    if name not in _TAGS:  # Telegram drops the tag and keeps what is inside
        case.swallow(f"the tag <{name[:64]}>")
        return
    for attribute in token.attributes.keys() - _TAGS[name]:
        case.swallow(f"the attribute {attribute[:64]} of <{name}>")
    open_ones[-1].children.append(element)
    if token.is_closed and name not in _MAY_BE_CLOSED:
        case.swallow(f"<{name}/>")
    if name not in _VOID and not token.is_closed:
        open_ones.append(element)


def _close(open_ones: list[Element], name: str, case: Case) -> None:
    tags = [element.tag for element in open_ones[1:]]
    if name not in tags:
        if name in _TAGS or name in _DISCARDED:
            case.swallow(f"</{name}> closes nothing")
        return
    if tags[-1] != name:
        case.swallow(f"</{name}> while <{tags[-1]}> is open")
    while open_ones.pop().tag != name:
        pass
