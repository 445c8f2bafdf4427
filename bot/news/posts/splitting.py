"""A long text cut into messages. Knows Telegram's limits and where Persian may be cut, not what it says.

A cut falls between blocks, else lines, else sentences, else words, else graphemes; never inside a span,
unless the span is longer than a message: then each part has its own. Only blanks at a cut are lost.

Each cut looks at the next few thousand characters only, so a long text is gone through once.
"""

import re
from bisect import bisect_left
from functools import cache
from typing import NamedTuple

import regex

from bot.news.posts.direction import Lines, led
from bot.news.posts.markup import Span, Styled, fitting, joined, utf16_length

MESSAGE, CAPTION = 4096, 1024
"""Telegram's limits; it counts code points, we count UTF-16 units, which are never fewer."""
MAX_ENTITIES = 100
"""The server drops the 101st and later ones without a word, those it finds by itself included."""
MAX_LINKS_SIZE = 8192
"""Bytes of all addresses in a message: `ENTITIES_TOO_LONG` comes at about 9,500."""
MOST = 10
"""Messages of one post: more bury what else a channel has, and take a minute of its pace."""

_PER_LINK = 16  # bytes a link takes beside its address
# Wherever Telegram may find a link, tag, name, command, telephone or card number: more often than it does.
_LINKS_AND_TAGS = re.compile(r"[#@$/.:][\w/\u200c\u00b7]")
_NUMBERS = re.compile(r"[0-9](?:[ ()-]{0,2}[0-9]){6}")

_BLOCK = re.compile(r"\n\n")
_LINE = re.compile(r"\n")
_SENTENCE = re.compile(r"[.!?؟…؛][»”’\"')\]]*\s|\n")
_WORD = re.compile(r"\s")
_BLANKS = re.compile(r"\s*")
_ENDING, _ENDING_ENTITIES = 1000, 40  # UTF-16 units, and how many entities, of what an ending has room for
_REACH = 3 * MESSAGE  # code points that a cut looks at: a message, the next one, and the blanks around


class _Gap(NamedTuple):
    """A run of blanks at which the text may be cut: they are lost there."""

    start: int
    end: int


def split(
    post: Styled, *, first: int = MESSAGE, rtl: bool, ending: Styled | None = None
) -> tuple[Styled, ...]:
    """The post in parts: one of at most `first` UTF-16 units, then messages.

    Parts that begin in the middle of a line get a direction mark of their own where they need one. With an
    `ending` (see `is_ending`) they are `MOST` at the most: the last one stops early, for it.
    """
    parts: list[Styled] = []
    rest = _Rest(post, rtl=rtl)
    while not rest.is_over:
        limit = MESSAGE if parts else first
        ahead = rest.ahead()
        end, start = _cut(ahead, limit)
        if ending and len(parts) == MOST - 1 and not rest.is_last(start):
            return (*parts, _ended(ahead, limit, ending))
        parts.append(ahead.part(0, end) if end < len(ahead.text) else ahead)
        rest.skip(start)
    return tuple(parts)


def is_ending(post: Styled) -> bool:
    """Whether it is short enough to stand at the end of a message that others have filled."""
    return (
        len(post.text) <= _ENDING
        and utf16_length(post.text) <= _ENDING
        and len(_starts(post, _ENDING)) <= _ENDING_ENTITIES
    )


def _ended(ahead: Styled, limit: int, ending: Styled) -> Styled:
    room = limit - utf16_length(ending.text)
    end, _ = _cut(ahead, room, entities=MAX_ENTITIES - len(_starts(ending, len(ending.text))))
    return joined("", (ahead.part(0, end), ending))


class _Rest:
    """What of a post is still to be cut; it shows the next stretch of it, its mark before it."""

    def __init__(self, post: Styled, *, rtl: bool) -> None:
        self._post = post
        self._lines = Lines(post.text, rtl=rtl)
        self._at = 0
        self._marks = 0  # the length of the mark before the stretch
        self._spans: list[Span] = []  # those of the stretch
        self._seen = 0  # how many of all have been among them

    @property
    def is_over(self) -> bool:
        return self._at >= len(self._post.text)

    def is_last(self, start: int) -> bool:
        """Whether nothing is left behind the first `start` characters of the stretch."""
        return self._at + start - self._marks >= len(self._post.text)

    def ahead(self) -> Styled:
        at, end, spans = self._at, self._at + _REACH, self._post.spans
        while self._seen < len(spans) and spans[self._seen].start < end:
            self._spans.append(spans[self._seen])
            self._seen += 1
        self._spans = [span for span in self._spans if span.end > at]
        stretch = Styled(
            self._post.text[at:end],
            tuple(
                Span(max(start, at) - at, min(until, end) - at, type_, url)
                for start, until, type_, url in self._spans
            ),
        )
        strays = bool(at) and self._lines.stray(at)
        self._marks = int(strays)
        return led(stretch, rtl=self._lines.rtl) if strays else stretch

    def skip(self, start: int) -> None:
        """Go on behind the first `start` characters of the stretch, and the blanks that follow."""
        found = _BLANKS.match(self._post.text, self._at + start - self._marks)
        self._at = found.end() if found else len(self._post.text)


def _cut(post: Styled, limit: int, *, entities: int = MAX_ENTITIES) -> tuple[int, int]:
    """Where the first part ends and where the next one begins."""
    window = _window(post, limit, entities)
    if window == len(post.text):
        return window, window
    gap = _best_gap(post, window)
    if gap:
        return gap
    at = _grapheme_end(post.text, window)
    at = _fence_around(_fences(post, window), _Gap(at, at)) or at
    return len(post.text[:at].rstrip()), at


def _window(post: Styled, limit: int, entities: int) -> int:
    """How much of the text one message could hold at the most."""
    window = fitting(post.text, limit)
    size = 0
    for span in post.spans:
        size += len(span.url.encode()) + _PER_LINK if span.url else 0
        if size > MAX_LINKS_SIZE:
            window = min(window, span.start)
            break
    starts = _starts(post, window)
    return sorted(starts)[entities] if len(starts) > entities else window


def _starts(post: Styled, window: int) -> list[int]:
    """Where entities begin: ours, and all that Telegram may find by itself."""
    starts = [span.start for span in post.spans if span.start < window]
    for pattern in (_LINKS_AND_TAGS, _NUMBERS):
        starts += [found.start() for found in pattern.finditer(post.text, 0, window)]
    return starts


def _fences(post: Styled, window: int) -> list[tuple[int, int]]:
    """The stretches that no cut may fall into, apart from each other and in order."""
    fences: list[tuple[int, int]] = []
    for start, end, *_ in post.spans:
        leads = start <= 1 and end > window  # nothing but a direction mark could be cut off before it
        if leads or utf16_length(post.text[start:end]) >= MESSAGE:
            continue
        if fences and start < fences[-1][1]:
            fences[-1] = (fences[-1][0], max(end, fences[-1][1]))
        else:
            fences.append((start, end))
    return fences


def _fence_around(fences: list[tuple[int, int]], gap: _Gap) -> int:
    """The start of the fence that a cut at the gap would fall into, or 0."""
    before = bisect_left(fences, (gap.end,)) - 1
    return fences[before][0] if before >= 0 and fences[before][1] > gap.start else 0


def _best_gap(post: Styled, window: int) -> _Gap | None:
    """The gap to cut at; None where only a cut inside a word fills the message.

    The coarsest is taken with which the part is long enough, or which keeps together what fits into the
    next message: so a paragraph is cut only if it is longer than a message.
    """
    fences = _fences(post, window)
    headings = {span.end for span in post.spans if span.type == "bold"}
    for pattern in (_BLOCK, _LINE, _SENTENCE, _WORD):
        gap = _last_gap(pattern, post.text, window, fences, headings)
        if gap and gap.start >= window // (4 if pattern is _BLOCK else 2):
            return gap
        if gap and pattern is not _BLOCK and _keeps_whole(pattern, post.text, gap):
            return gap
    return None


def _last_gap(
    pattern: re.Pattern[str], text: str, window: int, fences: list[tuple[int, int]], headings: set[int]
) -> _Gap | None:
    """The last gap in the window outside fences, graphemes, and not between a heading and its text."""
    refused = window + 1  # a gap has as many places as blanks: it is judged once
    for at in reversed([found.end() - 1 for found in pattern.finditer(text, 0, window + 1)]):
        if at >= refused:
            continue
        gap = _gap_at(text, at)
        heads = gap.start in headings and text.count("\n", *gap) == 1
        if not (heads or _fence_around(fences, gap) or _in_grapheme(text, gap)):
            return gap
        refused = gap.start
    return None


def _gap_at(text: str, at: int) -> _Gap:
    """All the blanks around the one at `at`."""
    start = end = at
    while start and text[start - 1].isspace():
        start -= 1
    while end < len(text) and text[end].isspace():
        end += 1
    return _Gap(start, end)


@cache
def _joiners() -> tuple["regex.Pattern[str]", "regex.Pattern[str]"]:
    """What holds on to a following, and to a preceding character (Unicode's UAX 29)."""
    return (
        regex.compile(r"\p{GCB=Prepend}"),
        regex.compile(r"\p{GCB=Extend}|\p{GCB=ZWJ}|\p{GCB=SpacingMark}"),
    )


def _in_grapheme(text: str, gap: _Gap) -> bool:
    """Whether something in the gap is one grapheme with its neighbour: a blank under an accent."""
    before, after = _joiners()
    return bool(before.match(text, gap.start - 1, gap.start) or after.match(text, gap.end))


def _keeps_whole(pattern: re.Pattern[str], text: str, gap: _Gap) -> bool:
    """Whether what stands between the gap and the next one fits into one message."""
    reach = gap.end + MESSAGE
    following = pattern.search(text, gap.end, reach)
    end = following.start() if following else len(text)
    return end < reach and utf16_length(text[gap.end : end]) < MESSAGE


def _grapheme_end(text: str, window: int) -> int:
    """The last place up to `window` where a grapheme ends; `window` itself if the first is longer."""
    end = 0
    for cluster in regex.finditer(r"\X", text[: window + 1]):
        if cluster.end() > window:
            break
        end = cluster.end()
    return end if end > 1 else window  # what is 1 may be a direction mark: no part of its own
