"""Copy out of a browser or an editor for the web: HTML made plain, its links Markdown's. Knows no articles.

What HTML marks up becomes what the reader of pastes knows: `**bold**`, `## heading`, `• point`, `> quote` and
`[title](address)`. Tags that HTML does not have («<desk@…>», «a < b») stay.
"""

import html

import regex

_UNSEEN = "abbr|big|center|cite|code|em|font|i|img|ins|label|mark|s|small|span|strike|sub|sup|u|wbr"
_INLINE = f"{_UNSEEN}|a|b|strong"
_BLOCK = (
    "article|aside|blockquote|body|br|caption|dd|div|dl|dt|figcaption|figure|footer|form|h[1-6]|head|header|hr|html"
    "|iframe|li|main|meta|nav|noscript|ol|p|picture|pre|script|section|source|style|table|tbody|td|tfoot|th|thead"
    "|title|tr|ul|video|audio|svg|link|button|input"
)
_TAG = regex.compile(
    rf"<(?P<end>/?)(?P<name>{_INLINE}|{_BLOCK})(?P<rest>(?:\s[^<>]*+)?)/?>", regex.IGNORECASE
)
_SHOWS_NOTHING = regex.compile(rf"</?(?:{_UNSEEN})(?:\s[^<>]*+)?/?>", regex.IGNORECASE)
_COMMENT = regex.compile(r"<!(?:--[^<>]*?--|\[?[a-z][^<>]*+)>", regex.IGNORECASE)
_CODE = regex.compile(r"<(script|style)(?:\s[^<>]*+)?>", regex.IGNORECASE)
_BOLD = regex.compile(r"<(b|strong)(?:\s[^<>]*+)?>(?P<text>[^<>\n*]++)</\1\s*>", regex.IGNORECASE)
_ANCHOR = regex.compile(r"<a\s(?P<rest>[^<>]*+)>(?P<text>[^<>]++)</a\s*>", regex.IGNORECASE)
_HREF = regex.compile(
    r"""\bhref\s*=\s*(?:["'“«](?P<url>[^"'”»]*)["'”»]|(?P<url>[^\s"'>]+))""", regex.IGNORECASE
)
_ENTITY = regex.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});", regex.IGNORECASE)
_EMPTY_LINES = regex.compile(r"(?<![ \t])[ \t]*+\n\s*\n")
_LOOSE_MARK = regex.compile(r"^(•|>|##?) *\n\s*(?=\S)", regex.MULTILINE)
_OPENS = {"li": "\n• ", "blockquote": "\n> ", "h1": "\n\n# "} | dict.fromkeys(
    ("h2", "h3", "h4", "h5", "h6"), "\n\n## "
)
_CELLS = {"td", "th"}
_INLINE_NAMES = frozenset(_INLINE.split("|"))
_SHORTCODE = regex.compile(
    r"\[/[a-z][\w-]*\]|\[(?:gallery|caption|embed|video|audio|playlist|aparat|toc|ads?|vc_\w+|et_pb_\w+|su_\w+)(?:\s[^\[\]\n]*+)?\](?!\()"
    r"|\[[a-z][\w-]*(?:\s+[\w-]+\s*=\s*(?:[\"'“”«»][^\[\]\n]*?[\"'“”«»]|[^\s\[\]]+))++\s*/?\](?!\()"
    r"|\{\{[^{}\n]{1,80}\}\}|\{%[^{}\n]{1,80}%\}",
    regex.IGNORECASE,
)
_PICTURE = regex.compile(r"!\[[^\[\]\n]*+\]\([^\s()]*+\)")


def plain(copy: str) -> str:
    """The copy without tags, entities and pictures' addresses."""
    if "<" in copy:
        copy = _untagged(copy)
    if "&" in copy:
        copy = _ENTITY.sub(lambda found: html.unescape(found.group()), copy)
    if "[" in copy or "{" in copy:
        copy = _SHORTCODE.sub("", copy)
    return _PICTURE.sub("", copy) if "![" in copy else copy


def _untagged(copy: str) -> str:
    text = _SHOWS_NOTHING.sub("", _COMMENT.sub("", _without_code(copy)))
    text = _BOLD.sub(_bold, _ANCHOR.sub(_link, _BOLD.sub(_bold, text)))  # either may hold the other
    text = _TAG.sub(_tag, text)
    if text == copy:
        return copy
    return _LOOSE_MARK.sub(r"\1 ", _EMPTY_LINES.sub("\n\n", text))


def _without_code(copy: str) -> str:
    """Without scripts and style sheets; where one has no end, only its tag goes."""
    kept: list[str] = []
    at = 0
    lowered = copy.lower() if _CODE.search(copy) else ""
    if len(lowered) != len(copy):  # none, or a letter whose small form is longer
        return copy
    ends = {name: lowered.rfind(f"</{name}") for name in ("script", "style")}
    while found := _CODE.search(copy, at):
        name = found[1].lower()
        kept.append(copy[at : found.start()])
        end = lowered.find(f"</{name}", found.end()) if ends[name] > found.start() else found.end()
        at = end
    return "".join([*kept, copy[at:]])


def _bold(found: "regex.Match[str]") -> str:
    text = found["text"]
    inner = text.strip()
    return text.replace(inner, f"**{inner}**", 1) if inner else text


def _link(found: "regex.Match[str]") -> str:
    address = _HREF.search(found["rest"])
    url = address["url"].strip() if address else ""
    title = " ".join(found["text"].split()).strip("[]")
    if not title or not url.lower().startswith(("http://", "https://")):
        return found["text"]
    return f"[{title}]({url.replace('(', '%28').replace(')', '%29').replace(' ', '%20')})"


def _tag(found: "regex.Match[str]") -> str:
    name = found["name"].lower()
    if name in _INLINE_NAMES:
        return ""
    if name in _CELLS:
        return "" if found["end"] else "\t"
    if found["end"]:
        return "\n"
    return _OPENS.get(name, "\n")
