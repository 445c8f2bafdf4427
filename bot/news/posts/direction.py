"""Which way lines run. Knows Unicode's rule of the first strong character, and no markup but its spans.

Telegram's apps lay out every line by its first strong character: in a Persian post a line that begins
with a Latin name, or holds digits only, would jump to the left. One invisible mark before it keeps it in
place. Telegram keeps a single mark and spoils runs of them (`clean_input_string` in TDLib's `misc.cpp`).
"""

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from unicodedata import bidirectional

from bot.news.posts.markup import QUOTE, Span, Styled

LRM, RLM = "\u200e", "\u200f"
_HANDLE = re.compile(r"(?<![\w\u200e\u200f])@(?=[A-Za-z])")
_RTL_LANGUAGES = frozenset(
    "ar azb bqi ckb dv fa glk he khw lrc mzn prs ps sd sdh skr syr ug ur yi".split(" ")
)
_STRONG_RTL = frozenset(("R", "AL"))
_ISOLATES = frozenset(("LRI", "RLI", "FSI"))


def signed(text: str) -> str:
    """A line of handles with its @ signs at the right end: among Persian, a bare `@news` is shown as `news@`.

    The sign is neutral (Unicode's bidi rules N1, N2) and would follow the line, not the name.
    """
    return _HANDLE.sub(LRM + "@", text)


def right_to_left(language: str) -> bool:
    """Whether the language (BCP 47) is written from right to left."""
    return language.replace("_", "-").partition("-")[0].lower() in _RTL_LANGUAGES


def marked(post: Styled, *, rtl: bool) -> Styled:
    """The post with a mark at every line that would run the wrong way."""
    places: list[int] = []
    start = 0
    while start < len(post.text):
        if _strays(post.text, start, rtl=rtl):
            places.append(start)
        start = post.text.find("\n", start) + 1 or len(post.text)
    return _with_marks(post, places, RLM if rtl else LRM)


def led(post: Styled, *, rtl: bool) -> Styled:
    """The post with a mark at its very start."""
    return _with_marks(post, [0], RLM if rtl else LRM)


class Lines:
    """Asked of rising places whether a line that began there would run against the post, in one pass."""

    def __init__(self, text: str, *, rtl: bool) -> None:
        self.rtl = rtl
        self._text = text
        self._tells_at = -1  # the first place from the last one on that decides
        self._stray = False

    def stray(self, at: int) -> bool:
        if self._text[at] in (LRM, RLM, "\n"):
            return False
        if at > self._tells_at:
            self._tells_at, self._stray = _telling(self._text, at, rtl=self.rtl)
        return self._stray


def _strays(text: str, start: int, *, rtl: bool) -> bool:
    """Whether the line at `start` would run against the post; one with a mark of its own is let be."""
    if text[start] in (LRM, RLM, "\n"):
        return False
    return _telling(text, start, rtl=rtl)[1]


def _telling(text: str, start: int, *, rtl: bool) -> tuple[int, bool]:
    """Which place decides how a line from `start` on runs, and whether that is against the post."""
    for at in range(start, len(text)):
        if text[at] == "\n":
            return at, rtl
        kind = bidirectional(text[at])
        if kind == "L":
            return at, rtl
        if kind in _STRONG_RTL:
            return at, not rtl
        if kind in _ISOLATES:  # the rule skips what is inside: a mark does no harm and saves the search
            return at, True
    return len(text), rtl


def _with_marks(post: Styled, places: list[int], mark: str) -> Styled:
    """The post with `mark` put in at each of `places`, which rise."""
    if not places:
        return post
    edges = [0, *places, len(post.text)]
    text = mark.join(post.text[start:end] for start, end in pairwise(edges))
    return Styled(text, tuple(_moved(span, places) for span in post.spans))


def _moved(span: Span, places: list[int]) -> Span:
    """A quote takes in the mark before it, or the mark would stand on a line of its own."""
    before = bisect_left if span.type == QUOTE else bisect_right
    return span._replace(
        start=span.start + before(places, span.start), end=span.end + bisect_left(places, span.end)
    )
