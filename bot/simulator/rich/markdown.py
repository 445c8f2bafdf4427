"""Rich Markdown to blocks: headings, paragraphs, lists, quotes, code and rules.

Tables, media, formulas, footnotes and HTML tags are not read; Telegram would read them, so they count
against the message.
"""

import re

from bot.simulator.rich import lists, spans, text
from bot.simulator.rich.case import Case, Json, telegram
from bot.simulator.rich.strings import clean

_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,}) *(?P<language>[^ `]*) *")
_HEADING = re.compile(r" {0,3}(?P<signs>#{1,6})(?P<space> *)(?P<text>[^ #].*?)(?: +#+)? *")
_RULE = re.compile(r" {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})")
_QUOTE = re.compile(r" {0,3}> ?")
_ITEM = re.compile(r"(?P<lead> *(?:[-*+]|(?P<number>[0-9]{1,9})[.)]) +)(?P<box>\[[ xX]\] +)?", re.ASCII)
_FOREIGN = re.compile(r" {0,3}(?:\||\$\$|\[\^[^\]]*\]:|</?[A-Za-z!])")


def read(source: str, case: Case) -> list[Json]:
    """Answers the blocks of the source.

    Raises:
        Refused: in Telegram's words. The limits of the whole message are counted elsewhere.
    """
    if not source:
        raise telegram("RICH_MESSAGE_MARKDOWN_INVALID")
    return _blocks(clean(source, case).split("\n"), case, 1)


def _blocks(lines: list[str], case: Case, depth: int) -> list[Json]:
    blocks: list[Json] = []
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        case.level(depth)
        block, at = _block(lines, at, case, depth)
        blocks += [block] if block else []
    return blocks


def _block(lines: list[str], at: int, case: Case, depth: int) -> tuple[Json | None, int]:
    line = lines[at]
    if fence := _FENCE.fullmatch(line):
        return _code(lines, at, fence, case)
    if _RULE.fullmatch(line):
        return {"type": "divider"}, at + 1
    if heading := _HEADING.fullmatch(line):
        if not heading["space"]:
            case.swallow('a line that begins with "#" and becomes a heading')
        found = spans.read(heading["text"], case, depth + 1)
        return {"type": "heading", "text": found, "size": len(heading["signs"])}, at + 1
    if _QUOTE.match(line):
        end = _while(lines, at, _QUOTE)
        inner = _blocks([_QUOTE.sub("", quoted, count=1) for quoted in lines[at:end]], case, depth + 1)
        return ({"type": "blockquote", "blocks": inner} if inner else None), end
    if _ITEM.match(line):
        return _list(lines, at, case, depth)
    return _paragraph(lines, at, case, depth)


def _while(lines: list[str], at: int, form: re.Pattern[str]) -> int:
    while at < len(lines) and form.match(lines[at]):
        at += 1
    return at


def _code(lines: list[str], at: int, fence: re.Match[str], case: Case) -> tuple[Json | None, int]:
    end = at + 1
    while end < len(lines) and lines[end].strip() != fence["fence"]:
        end += 1
    if end == len(lines):
        case.swallow("a fence that is never closed")
    source = "\n".join(lines[at + 1 : end])
    if not source.strip():
        return None, end + 1
    if fence["language"] == "math":
        return {"type": "mathematical_expression", "expression": source}, end + 1
    language = {"language": fence["language"]} if fence["language"] else {}
    return {"type": "pre", "text": source, **language}, end + 1


def _paragraph(lines: list[str], at: int, case: Case, depth: int) -> tuple[Json | None, int]:
    end = at
    while end < len(lines) and lines[end].strip() and (end == at or not _starts(lines[end])):
        if foreign := _FOREIGN.match(lines[end]):
            case.swallow(f"Markdown that this simulator does not read: {foreign[0].strip()}")
        end += 1
    found = spans.read(" ".join(line.strip(" ") for line in lines[at:end]), case, depth + 1)
    return ({"type": "paragraph", "text": found} if not text.is_blank(found) else None), end


def _starts(line: str) -> bool:
    return any(form.match(line) for form in (_FENCE, _HEADING, _RULE, _QUOTE, _ITEM))


def _list(lines: list[str], at: int, case: Case, depth: int) -> tuple[Json | None, int]:
    items: list[Json] = []
    first = _ITEM.match(lines[at])
    assert first is not None
    value = int(first["number"]) if first["number"] else None
    while at < len(lines) and (found := _ITEM.match(lines[at])):
        if (found["number"] is None) != (value is None) or _RULE.fullmatch(lines[at]):
            break
        end = _item_end(lines, at, len(found["lead"]))
        inner = [lines[at][found.end() :], *(line[len(found["lead"]) :] for line in lines[at + 1 : end])]
        blocks = _blocks(inner, case, depth + 1)
        if not blocks:
            raise telegram("RICH_MESSAGE_CONTENT_REQUIRED")
        checked = "x" in found["box"].lower() if found["box"] else None
        items.append(lists.item(blocks, value=value, checked=checked))
        value = None if value is None else value + 1
        at = end
    return {"type": "list", "items": items}, at


def _item_end(lines: list[str], at: int, indent: int) -> int:
    """Lines as deep as the item's text belong to it, empty ones too if such a line follows."""
    end = at + 1
    for number in range(at + 1, len(lines)):
        if lines[number].startswith(" " * indent) and lines[number].strip():
            end = number + 1
        elif lines[number].strip():
            break
    return end
