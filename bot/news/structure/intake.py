"""What every text goes through on its way in: it knows what Telegram keeps, and nothing of what texts mean.

Telegram changes some characters without a word (`clean_input_string` in TDLib's `misc.cpp`): what it would
delete or replace is gone here first, so that what the newsroom sees is what readers get.
"""

import re
import unicodedata

import regex

MAX_COPY = 200_000
"""Characters of one story's raw copy."""

# Letters, digits and punctuation of everyday Persian and English copy, which `clean` leaves alone; vowel
# signs, which it does so one by one and where they make no other letter; blanks in places they may not be.
_USUAL = "\n -~«»\u0621-\u063a\u0640-\u064a\u0660-\u0669\u06f0-\u06f9،؛؟٪٫٬پچژکگۀی\u200c–—‘’“”…•"
_SIGNS = "\u064b-\u0652\u0654"
_BARE = re.compile(f"[{_USUAL}]+")
_VOWELLED = re.compile(f"[{_USUAL}{_SIGNS}]+")
_SIGNS_MEET = re.compile(f"[{_SIGNS}][{_SIGNS}]|[\u0627\u0648\u064a]\u0654")
_LOOSE = (" \u200c", "\u200c ", "\u200c\u200c")
_LOOSE_BY_LINES = (" \n", "\n\n\n\n", "\n\u200c", "\u200c\n")

_LINE_BREAKS = regex.compile(r"\r*\n|\r+|[\v\f\x85\u2028\u2029]")
_SPACES = regex.compile(
    r"[\p{Zs}\p{Cc}\u2800\u3164\uFFA0--[\n ]]", regex.VERSION1
)  # braille and Hangul blanks too
# Unassigned and private characters, except those that Unicode keeps free for emoji to come; the embeddings
# and overrides that Telegram deletes; format characters that belong in no article.
_UNWANTED = regex.compile(
    r"[[\p{Cn}\p{Co}--\p{Extended_Pictographic}]"
    r"\u00AD\u034F\u061C\u180E\u202A-\u202E\u206A-\u206F\uFFF9-\uFFFB\U0001D173-\U0001D17A\U000E0001]",
    regex.VERSION1,
)
_TAGS = r"\U000E0020-\U000E007F"  # spell the flags of England, Scotland and Wales after a black flag
_STRAY_TAGS = regex.compile(rf"(?<![\U0001F3F4{_TAGS}])[{_TAGS}]+")
_TAG_FLOOD = regex.compile(rf"([{_TAGS}]{{8}})[{_TAGS}]+")
_MARK_FLOOD = regex.compile(r"(\p{M}{30})\p{M}+")  # the limit of Unicode's Stream-Safe Text Format (UAX 15)
_DELETED_MARKS = regex.compile(r"[\u030A\u0333\u033F]+")
# Zero-width spaces show nothing; one that kept two Persian letters apart was meant as a half-space.
_HIDDEN_SPLIT = regex.compile(r"(?<=\p{Arabic})[\u200B\u2060-\u2064\uFEFF]+(?=\p{Arabic})")
_HIDDEN = regex.compile(r"[\u200B\u2060-\u2064\uFEFF]+")
_DIRECTION_RUN = regex.compile(r"[\u200E\u200F]+(?=[\u200E\u200F])")
_REPEATED_JOINER = regex.compile(r"([\u200C\u200D])\1+")
_JOINER_FLOOD = regex.compile(r"([\u200C\u200D])[\u200C\u200D]{2,}")
_LOOSE_JOINER = regex.compile(r"(?<!\S)[\u200C\u200D]+|\u200C+(?!\S)")
_ISOLATE = regex.compile(r"[\u2066-\u2069]")
_MAX_ISOLATES_DEEP = 3
_TRAILING = regex.compile(r"(?<! ) ++$", regex.MULTILINE)
_BLANK_LINES = regex.compile(r"\n{4,}")


def clean(text: str) -> str:
    """The text as Telegram would leave it alone: NFC, no hidden floods, no stray blanks. Idempotent.

    Half-spaces inside words, emoji sequences, variation selectors and flags stay.
    """
    text = text.strip(" \n")
    if not text or _is_clean(text):
        return text
    text = _LINE_BREAKS.sub("\n", _paired(text))
    text = _SPACES.sub(" ", _UNWANTED.sub("", text))
    text = _MARK_FLOOD.sub(r"\1", _TAG_FLOOD.sub(r"\1", _STRAY_TAGS.sub("", text)))
    text = _without_deleted_marks(text)
    text = _HIDDEN.sub("", _HIDDEN_SPLIT.sub("\u200c", text))
    if _ISOLATE.search(text):
        text = "\n".join(_balanced(line) for line in text.split("\n"))
    text = _JOINER_FLOOD.sub(r"\1", _REPEATED_JOINER.sub(r"\1", _DIRECTION_RUN.sub("", text)))
    text = _LOOSE_JOINER.sub("", text)
    text = _MARK_FLOOD.sub(r"\1", text)  # what stood between the marks is gone
    text = _BLANK_LINES.sub("\n\n\n", _TRAILING.sub("", text)).strip(" \n")
    return unicodedata.normalize("NFC", _without_deleted_marks(text))


def _is_clean(text: str) -> bool:
    """A quick look that spares everyday text all the rest, which takes ten times as long."""
    if text[0] == "\u200c" or text[-1] == "\u200c":
        return False
    if any(run in text for run in _LOOSE) or ("\n" in text and any(run in text for run in _LOOSE_BY_LINES)):
        return False
    return bool(_BARE.fullmatch(text) or (_VOWELLED.fullmatch(text) and not _SIGNS_MEET.search(text)))


def _paired(text: str) -> str:
    """Surrogate pairs joined, lone surrogates replaced by U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _without_deleted_marks(text: str) -> str:
    """Composed first, so that Å keeps its ring."""
    return _DELETED_MARKS.sub("", unicodedata.normalize("NFC", text))


def _balanced(line: str) -> str:
    """The line without isolates that are unmatched, empty or nested deeper than anyone writes."""
    opened: list[tuple[int, bool]] = []  # where, and whether something has stood inside
    dropped: set[int] = set()
    filled = False
    for at, char in enumerate(line):
        if char in "\u2066\u2067\u2068":
            opened.append((at, filled))
            filled = False
        elif char != "\u2069":
            filled = True
        elif not opened:
            dropped.add(at)
        else:
            start, outer = opened.pop()
            if not filled or len(opened) >= _MAX_ISOLATES_DEEP:
                dropped |= {start, at}
            filled = filled or outer
    dropped.update(start for start, _ in opened)
    return "".join(char for at, char in enumerate(line) if at not in dropped)
