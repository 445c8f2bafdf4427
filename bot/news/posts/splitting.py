"""A long text cut into messages. Knows Telegram's limits and where Persian may be cut, not what it says.

A cut falls between blocks, else lines, else sentences, else words, else graphemes; never inside a span,
unless the span is longer than a message: then each part has its own. Only blanks at a cut are lost.
"""

import re
from bisect import bisect_left
from functools import cache
from typing import NamedTuple

import regex

from bot.news.posts.direction import led
from bot.news.posts.markup import Styled, fitting, utf16_length

MESSAGE, CAPTION = 4096, 1024
"""Telegram's limits; it counts code points, we count UTF-16 units, which are never fewer."""
MAX_ENTITIES = 100
"""The server drops the 101st and later ones without a word, those it finds by itself included."""
MAX_LINKS_SIZE = 8192
"""Bytes of all addresses in a message: `ENTITIES_TOO_LONG` comes at about 9,500."""

_PER_LINK = 16  # bytes a link takes beside its address
# Wherever Telegram may find a link, tag, name, command, telephone or card number: more often than it does.
_LINKS_AND_TAGS = re.compile(r"[#@$/.:][\w/\u200c\u00b7]")
_NUMBERS = re.compile(r"[0-9](?:[ ()-]{0,2}[0-9]){6}")

_BLOCK = re.compile(r"\n\n")
_LINE = re.compile(r"\n")
_SENTENCE = re.compile(r"[.!?؟…؛][»”’\"')\]]*\s|\n")
_WORD = re.compile(r"\s")


class _Gap(NamedTuple):
    """A run of blanks at which the text may be cut: they are lost there."""

    start: int
    end: int


def split(post: Styled, *, first: int = MESSAGE, rtl: bool) -> tuple[Styled, ...]:
    """The post in parts: one of at most `first` UTF-16 units, then messages.

    Parts that begin in the middle of a line get a direction mark of their own where they need one.
    """
    parts: list[Styled] = []
    limit = first
    rest = post
    while rest.text:
        end, start = _cut(rest, limit)
        parts.append(rest.part(0, end) if end < len(rest.text) else rest)
        rest = led(rest.part(start, len(rest.text)), rtl=rtl)
        limit = MESSAGE
    return tuple(parts)


def _cut(post: Styled, limit: int) -> tuple[int, int]:
    """Where the first part ends and where the next one begins."""
    window = _window(post, limit)
    if window == len(post.text):
        return window, window
    gap = _best_gap(post, window)
    if gap:
        return gap
    at = _grapheme_end(post.text, window)
    at = _fence_around(_fences(post, window), _Gap(at, at)) or at
    return len(post.text[:at].rstrip()), len(post.text) - len(post.text[at:].lstrip())


def _window(post: Styled, limit: int) -> int:
    """How much of the text one message could hold at the most."""
    window = fitting(post.text, limit)
    size = 0
    for span in post.spans:
        size += len(span.url.encode()) + _PER_LINK if span.url else 0
        if size > MAX_LINKS_SIZE:
            window = min(window, span.start)
            break
    starts = [span.start for span in post.spans if span.start < window]
    for pattern in (_LINKS_AND_TAGS, _NUMBERS):
        starts += [found.start() for found in pattern.finditer(post.text, 0, window)]
    return sorted(starts)[MAX_ENTITIES] if len(starts) > MAX_ENTITIES else window


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
    for at in reversed([found.end() - 1 for found in pattern.finditer(text, 0, window + 1)]):
        gap = _gap_at(text, at)
        heads = gap.start in headings and text.count("\n", *gap) == 1
        if not (heads or _fence_around(fences, gap) or _in_grapheme(text, gap)):
            return gap
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
