"""How Telegram's apps cut a long paste into messages, and how the parts become one text again.

Above 4,096 UTF-16 units an app cuts at the last line break of the first 4,096, else at their last space, else
hard; the break itself is dropped and the parts are trimmed at their ends. Knows no clock and no person.
"""

import re

_SINGLE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")

LONGEST = 4096
NEAR_LONGEST = 3500
"""UTF-16 units of a part that may have been cut: shorter ones come from a cut at an early line break."""

_TRIMMED = 8
"""UTF-16 units: the break at a cut, and blanks around it that were taken off."""

PATIENCE = 2.0
"""Seconds within which an app has sent the next part."""


def continues(previous: str, seconds: float, text: str) -> bool:
    """Whether `text`, sent `seconds` after `previous` by the same person, is the rest of the same paste.

    It is if the part before was nearly as long as a message can be; or if both could not have stood in one
    message up to the next line break, which is why an app cuts a short part off.
    """
    if not text or not 0 <= seconds <= PATIENCE:
        return False
    together = _units(previous) + 1 + _units(text.partition("\n")[0])
    return _units(previous) >= NEAR_LONGEST or together > LONGEST


def was_cut(previous: str, text: str) -> bool:
    """Whether `text` can't be a message of its own: an app would have left its head in the one before."""
    left_off = text.partition("\n")[0] if "\n" in previous else " ".join(text.split(maxsplit=1)[:1])
    return _units(previous) + _TRIMMED + _units(left_off) > LONGEST


def join(first: str, second: str, *, last_part: str | None = None) -> str:
    """The two parts with what the cut took out between them.

    Which cut it was follows from the rule above: a part that holds a line break was cut at one. Without, it
    was cut at a line break too if the next word would still have fitted; else at a space; and hard if the
    part is as long as a message can be. Blank lines at a cut are put back where the part has them between
    all its paragraphs; other trimmed blanks can't be known.

    Where `first` was itself joined of parts, `last_part` is the one that the cut belongs to.
    """
    return first + _separator(last_part or first, second) + second


def _separator(first: str, second: str) -> str:
    if "\n" in first:
        return "\n" if _SINGLE_BREAK.search(first) else "\n\n"
    if _units(first) >= LONGEST:
        return ""
    word = second.split(maxsplit=1)[:1]
    fits = _units(first) + 1 + sum(map(_units, word)) < LONGEST
    return "\n" if fits else " "


def _units(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
