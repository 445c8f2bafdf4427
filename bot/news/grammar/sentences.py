"""Where sentences end, in Persian and English. Knows marks and abbreviations, and no grammar."""

import re

import regex

_END = regex.compile(r"(?:[.!?؟…]+[»”\"')\]]*[ \t]+|\n+[ \t]*)(?=\S)")
# «ه. ش.», «ا. ب. احمدی», "U.S. officials", "Dr. Smith": a single letter or a title before the stop.
_ABBREVIATED = regex.compile(
    r"(?:^|[\s.(«\"])(?:\p{L}|Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|No|vs|Gen|Col|Sen|Gov|e\.g|i\.e|Inc|Corp|Ltd|Co|Rep|Lt|Sgt|Capt"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|رک|ج)$"
)
_YEAR = regex.compile(r"\p{Nd}\p{L}$")  # «(۱۹۶۹م.)»: in brackets, for elsewhere it may end a sentence
_JOINING = regex.compile(r"(?:و|که|را)\s")  # «از سوئیس … و با هزینه»
_NUMBERED = regex.compile(r"^\W*\p{Nd}{1,2}$")
_QUOTES_AND_LINES = re.compile(r"[«»\n]")
_LOOK_BACK = 12  # characters: no abbreviation is longer


def split(text: str) -> tuple[str, ...]:
    """The sentences with the blanks that follow them: joined, they give the text back.

    A quotation in «» is kept whole, also when it holds several sentences; a new line always ends one.
    """
    quoted = _quotations(text)
    pieces: list[str] = []
    start = passed = 0
    for end in _END.finditer(text):
        newline = text[end.start()] == "\n"
        while passed < len(quoted) and quoted[passed][1] < end.end():
            passed += 1
        inside = passed < len(quoted) and quoted[passed][0] < end.start()
        if newline or not (inside or _goes_on(text, start, end.start(), end.end())):
            pieces.append(text[start : end.end()])
            start = end.end()
    if start < len(text):
        pieces.append(text[start:])
    return tuple(pieces)


def _quotations(text: str) -> list[tuple[int, int]]:
    """The outermost pairs of « and » on one line, in order."""
    pairs: list[tuple[int, int]] = []
    opened: list[int] = []
    if "«" not in text or "»" not in text:
        return pairs
    for mark in _QUOTES_AND_LINES.finditer(text):
        if mark.group() == "«":
            opened.append(mark.start())
        elif mark.group() == "\n":
            opened.clear()
        elif opened:
            start = opened.pop()
            if not opened:
                pairs.append((start, mark.start()))
    return pairs


def _goes_on(text: str, start: int, stop: int, after: int) -> bool:
    """Whether the full stop at `stop` belongs to an abbreviation or a number, or dots to a pause."""
    if text[stop] == "…" or text[stop : stop + 2] == "..":
        return bool(_JOINING.match(text, after))
    if text[stop] != ".":
        return False
    before = text[max(start, stop - _LOOK_BACK) : stop]
    if _ABBREVIATED.search(before) or (text[stop + 1] in ")]" and _YEAR.search(before)):
        return True
    return bool(_NUMBERED.match(text[start:stop][:_LOOK_BACK])) or (
        before[-1:].isdigit() and text[after].isdigit()
    )
