"""What Telegram does to every string it is sent. It knows nothing of markup or blocks.

The rules are TDLib's `clean_input_string`, which answers no error for what it cuts or deletes.
"""

import re

from bot.simulator.rich.case import Case, telegram

KEPT_BYTES = 34_996
"""A character that starts at this UTF-8 byte, or behind it, is cut."""

_CONTROLS = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f]")
_EMBEDDINGS = re.compile("[\u2028-\u202e]")
_STRIKING = re.compile("[\u030a\u0333\u033f\r]")
_MARKS_BUT_LAST = re.compile("[\u200e\u200f]+(?=[\u200e\u200f])")


def clean(text: str, case: Case) -> str:
    """Answers the string as Telegram stores it.

    Raises:
        Refused: it holds half of a surrogate pair, so it is no UTF-8.
    """
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise telegram("strings must be encoded in UTF-8") from error
    if size > KEPT_BYTES:
        case.swallow(f"a string of {size} bytes, of which Telegram keeps {KEPT_BYTES}")
    if _EMBEDDINGS.search(text):
        case.swallow("U+2028 to U+202E, which Telegram deletes")
        text = _EMBEDDINGS.sub("", text)
    text = _cut(_CONTROLS.sub(" ", _STRIKING.sub("", text)))
    return _MARKS_BUT_LAST.sub(lambda run: "\u200c" * len(run[0]), text)


def _cut(text: str) -> str:
    source = text.encode()
    end = KEPT_BYTES
    while end < len(source) and source[end] & 0xC0 == 0x80:  # the rest of a character that started before
        end += 1
    return source[:end].decode() if end < len(source) else text
