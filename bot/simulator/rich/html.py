"""Rich HTML to blocks. The server's own reader is closed: these rules are documented or observed ones."""

from collections.abc import Callable, Iterable, Sequence

from bot.simulator.rich import figures, inline, lists, text, tree
from bot.simulator.rich.case import Case, Json, RichText, telegram
from bot.simulator.rich.strings import clean
from bot.simulator.rich.tree import BLOCKS, MEDIA, Element, Node

_LANGUAGE = "language-"


def read(source: str, case: Case) -> list[Json]:
    """Answers the blocks that Telegram would make of the source.

    Raises:
        Refused: in Telegram's words. The limits of the whole message are counted elsewhere.
    """
    if not source:
        raise telegram("RICH_MESSAGE_HTML_INVALID")
    return flow(tree.grow(clean(source, case), case), case, 1)


def flow(nodes: Iterable[Node], case: Case, depth: int) -> list[Json]:
    """Blocks in order; what stands outside of any becomes paragraphs."""
    blocks: list[Json] = []
    loose: list[Node] = []
    previous = ""
    for node in nodes:
        if isinstance(node, str) or node.is_inline:
            loose.append(node)
            continue
        paragraphs = _paragraph(loose, case, depth)
        loose = []
        if previous in MEDIA and paragraphs:
            case.swallow("media between texts that are in no block")
        previous = node.tag if paragraphs and node.tag in MEDIA else ""
        blocks += paragraphs + _block(node, case, depth)
    paragraphs = _paragraph(loose, case, depth)
    if previous in MEDIA and paragraphs:
        case.swallow("media between texts that are in no block")
    return blocks + paragraphs


def _block(element: Element, case: Case, depth: int) -> list[Json]:
    if element.tag not in BLOCKS:
        case.swallow(f"<{element.tag}> outside of its parent")
        return flow(element.children, case, depth)
    case.level(depth)
    if element.tag == "p":
        return _p(element, case, depth)
    return [_READERS[element.tag](element, case, depth)]


def _paragraph(nodes: Sequence[Node], case: Case, depth: int, home: str = "text") -> list[Json]:
    found = inline.text_of(nodes, home, case, depth + 1)
    if text.is_only_anchors(found):
        anchors = found if isinstance(found, list) else [found]
        return [node for node in anchors if isinstance(node, dict)]
    case.level(depth)
    return [{"type": "paragraph", "text": found}]


def _p(element: Element, case: Case, depth: int) -> list[Json]:
    """Media inside a paragraph part it, and an empty one vanishes."""
    blocks: list[Json] = []
    run: list[Node] = []
    for child in element.children:
        if isinstance(child, Element) and child.tag in MEDIA and not child.is_inline:
            case.swallow(f"<{child.tag}> inside <p>")
            blocks += [*_paragraph(run, case, depth, "p"), figures.medium(child, case, depth)]
            run = []
        else:
            run.append(child)
    return blocks + _paragraph(run, case, depth, "p")


def _written(nodes: Iterable[Node], home: str, case: Case, depth: int) -> RichText:
    found = inline.text_of(nodes, home, case, depth + 1)
    if text.is_blank(found):
        raise telegram("RICH_MESSAGE_CONTENT_REQUIRED")
    return found


def _heading(element: Element, case: Case, depth: int) -> Json:
    found = _written(element.children, element.tag, case, depth)
    return {"type": "heading", "text": found, "size": int(element.tag[1])}


def _footer(element: Element, case: Case, depth: int) -> Json:
    return {"type": "footer", "text": _written(element.children, "footer", case, depth)}


def _pre(element: Element, case: Case, depth: int) -> Json:
    nodes, language = element.children, ""
    if len(nodes) == 1 and isinstance(nodes[0], Element) and nodes[0].tag == "code":
        given = nodes[0].attributes.get("class", "")
        nodes, language = nodes[0].children, given.removeprefix(_LANGUAGE)
        if given and not given.startswith(_LANGUAGE):
            case.swallow(f"the class {given[:64]} of <code>")
    found = _written(nodes, "pre", case, depth)
    return {"type": "pre", "text": found} | ({"language": language} if language else {})


def _hr(_element: Element, _case: Case, _depth: int) -> Json:
    return {"type": "divider"}


def _math(element: Element, case: Case, _depth: int) -> Json:
    return {"type": "mathematical_expression", "expression": inline.expression(element, case)}


def _quote(element: Element, case: Case, depth: int) -> Json:
    if "expandable" in element.attributes:
        return _short_quote(element, case, depth)
    nodes, credit = figures.cited(element, case, depth + 1)
    blocks = flow(nodes, case, depth + 1)
    if not blocks:
        raise telegram("RICH_MESSAGE_CONTENT_REQUIRED")
    return {"type": "blockquote", "blocks": blocks} | ({"credit": credit} if credit else {})


def _short_quote(element: Element, case: Case, depth: int) -> Json:
    kind = "pullquote" if element.tag == "aside" else "expandable_blockquote"
    nodes, credit = figures.cited(element, case, depth + 1)
    found = _written(nodes, element.tag, case, depth)
    return {"type": kind, "text": found} | ({"credit": credit} if credit else {})


def _details(element: Element, case: Case, depth: int) -> Json:
    nodes = [child for child in element.children if isinstance(child, Element) or child.strip()]
    if not nodes or not isinstance(nodes[0], Element) or nodes[0].tag != "summary":
        raise telegram("RICH_MESSAGE_CONTENT_REQUIRED")
    summary = _written(nodes[0].children, "summary", case, depth)
    blocks = flow(nodes[1:], case, depth + 1)
    if not blocks:
        raise telegram("RICH_MESSAGE_CONTENT_REQUIRED")
    shown = {"type": "details", "summary": summary, "blocks": blocks}
    return shown | ({"is_open": True} if "open" in element.attributes else {})


def _list(element: Element, case: Case, depth: int) -> Json:
    content = figures.parts(element, case)
    entries = [child for child in content if child.tag == "li"]
    if len(entries) < len(content):
        case.swallow(f"more in a <{element.tag}> than items")
    if not entries:
        raise telegram("RICH_MESSAGE_CONTENT_REQUIRED")
    if element.tag == "ul":
        return {"type": "list", "items": [_item(entry, case, depth) for entry in entries]}
    step = -1 if "reversed" in element.attributes else 1
    value = _number(element, "start", 1 if step > 0 else len(entries), case)
    kind = _label(element, "1", case)
    items: list[Json] = []
    for entry in entries:
        value = _number(entry, "value", value, case)
        items.append(_item(entry, case, depth, value=value, kind=_label(entry, kind, case)))
        value += step
    return {"type": "list", "items": items}


def _number(element: Element, name: str, default: int, case: Case) -> int:
    if name not in element.attributes:
        return default
    found = inline.integer(element.attributes[name])
    if found is None:
        case.swallow(f"the {name} of <{element.tag}>: {element.attributes[name][:16]}")
    return default if found is None else found


def _label(element: Element, default: str, case: Case) -> str:
    found = element.attributes.get("type", default)
    if found in lists.LABELS:
        return found
    case.swallow(f"the type of <{element.tag}>: {found[:16]}")
    return default


def _item(entry: Element, case: Case, depth: int, *, value: int | None = None, kind: str = "1") -> Json:
    nodes = [child for child in entry.children if isinstance(child, Element) or child.strip()]
    checked = None
    if nodes and isinstance(nodes[0], Element) and nodes[0].tag == "input":
        box, nodes = nodes[0].attributes, nodes[1:]
        if box.get("type") == "checkbox":
            checked = "checked" in box
        else:
            case.swallow("an <input> that is no checkbox")
    if value is None and {"value", "type"} & entry.attributes.keys():
        case.swallow("the number of an item of <ul>")
    blocks = flow(nodes, case, depth + 1)
    if not blocks:
        raise telegram("RICH_MESSAGE_CONTENT_REQUIRED")
    return lists.item(blocks, value=value, kind=kind, checked=checked)


def _thinking(element: Element, case: Case, depth: int) -> Json:
    if not case.draft:
        raise telegram("RICH_MESSAGE_BLOCK_UNSUPPORTED")
    return {"type": "thinking", "text": inline.text_of(element.children, element.tag, case, depth + 1)}


_READERS: dict[str, Callable[[Element, Case, int], Json]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    "footer": _footer,
    "pre": _pre,
    "hr": _hr,
    "tg-math-block": _math,
    "blockquote": _quote,
    "aside": _short_quote,
    "details": _details,
    "ul": _list,
    "ol": _list,
    "tg-thinking": _thinking,
    **dict.fromkeys(MEDIA, figures.medium),
    "figure": figures.figure,
    "tg-collage": figures.gallery,
    "tg-slideshow": figures.gallery,
    "tg-map": figures.map_,
    "table": figures.table,
    "tg-button-row": figures.button_row,
}
