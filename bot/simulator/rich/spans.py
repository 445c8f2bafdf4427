"""Inline Markdown to rich text: emphasis, code, links, escapes. It knows no blocks."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from bot.simulator.rich import links, text
from bot.simulator.rich.case import Case, RichText

_MARKS = {
    "**": "bold",
    "__": "bold",
    "*": "italic",
    "_": "italic",
    "~~": "strikethrough",
    "==": "marked",
    "||": "spoiler",
}
_TOKEN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])|(?P<ticks>`+)|(?P<run>\*+|_+|~~|==|\|\|)"
    r"|(?P<foreign>!\[|\[\^|</?[A-Za-z!]|\$(?=[^ \n$])|&#?[A-Za-z0-9]+;)|(?P<open>\[)"
    r"|\]\((?P<url>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)"
)


@dataclass(kw_only=True, slots=True)
class _Frame:
    """What has been read since an opening sign; it turns into plain text if nothing closes it."""

    sign: str
    parts: list[RichText] = field(default_factory=list)


class _Reader:
    """One pass over a source. Every frame is opened and folded once, so the work is linear."""

    def __init__(self, source: str, case: Case) -> None:
        self.source = source
        self.case = case
        self.frames = [_Frame(sign="")]
        self.ticks: dict[int, list[int]] = {}
        for run in re.finditer("`+", source):
            self.ticks.setdefault(len(run[0]), []).append(run.start())

    def read(self) -> RichText:
        at = 0
        while found := _TOKEN.search(self.source, at):
            self._put(self.source[at : found.start()])
            at = self._token(found)
        self._put(self.source[at:])
        self._fold(1)
        return text.join(self.frames[0].parts)

    def _put(self, part: RichText) -> None:
        self.frames[-1].parts.append(part)

    def _token(self, found: re.Match[str]) -> int:
        if found["escaped"]:
            self._put(found["escaped"])
        elif found["ticks"]:
            return self._code(found)
        elif found["run"]:
            self._run(found)
        elif found["foreign"]:
            self.case.swallow(f"Markdown that this simulator does not read: {found['foreign']}")
            self._put(found["foreign"])
        elif found["open"]:
            self.frames.append(_Frame(sign="["))
        else:
            self._link(found[0], found["url"])
        return found.end()

    def _code(self, found: re.Match[str]) -> int:
        same = self.ticks.get(len(found["ticks"]), [])
        after = bisect_right(same, found.start())
        if after == len(same):
            self._put(found["ticks"])
            return found.end()
        inner = self.source[found.end() : same[after]]
        if len(inner) > 2 and inner[0] == inner[-1] == " ":
            inner = inner[1:-1]
        self._put({"type": "code", "text": inner})
        return same[after] + len(found["ticks"])

    def _run(self, found: re.Match[str]) -> None:
        rest = found["run"]
        closes = not self.source[: found.start()][-1:].isspace() and found.start() > 0
        opens = bool(self.source[found.end() : found.end() + 1].strip())
        while rest:
            top = self.frames[-1].sign
            sign = top if top and rest.startswith(top) else rest[:2]
            sign = sign if sign in _MARKS else rest[:1]
            rest = rest[len(sign) :]
            if not (closes and self._close(sign)):
                if opens and sign in _MARKS:
                    self.frames.append(_Frame(sign=sign))
                else:
                    self._put(sign)

    def _close(self, sign: str) -> bool:
        at = self._find(sign)
        if not at:
            return False
        self._fold(at + 1)
        frame = self.frames.pop()
        inner = text.join(frame.parts)
        self._put({"type": _MARKS[sign], "text": inner} if inner else sign * 2)
        return True

    def _link(self, whole: str, url: str) -> None:
        at = self._find("[")
        if not at:
            self._put(whole)
            return
        self._fold(at + 1)
        inner = text.join(self.frames.pop().parts)
        self._put(links.link(url, inner, self.case) if inner else "")

    def _find(self, sign: str) -> int:
        """The place of the innermost frame so opened, 0 for none; none is sought deeper than messages go."""
        lowest = max(0, len(self.frames) - 64)
        for at in range(len(self.frames) - 1, lowest, -1):
            if self.frames[at].sign == sign:
                return at
        return 0

    def _fold(self, keep: int) -> None:
        """Frames above the first `keep` have found no end: their signs are plain text."""
        folded = self.frames[keep:]
        del self.frames[keep:]
        for frame in folded:
            self.frames[-1].parts += [frame.sign, *frame.parts]


def read(source: str, case: Case, depth: int) -> RichText:
    found = _Reader(source, case).read()
    _levels(found, case, depth)
    return found


def _levels(value: RichText, case: Case, depth: int) -> None:
    for node in value if isinstance(value, list) else [value]:
        if isinstance(node, dict):
            case.level(depth)
            _levels(node.get("text", ""), case, depth + 1)
