"""The channel that somebody means, in whichever way they write it. Asks nobody whether there is one."""

import re
from dataclasses import dataclass
from enum import StrEnum, auto

_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
# What stands around or inside a name that was copied: marks of direction, half-spaces, quotes, brackets.
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff\u00ad]")
_AROUND = "«»‹›\"'`“”„‟‘’‚‛＂＇()[]{}<>⟨⟩،؛؟.,;:!?…*_~|"
_HOST = r"(?:https?:/*)?(?:www\.)?(?:t\.me|telegram\.(?:me|dog))/+"
_NAME = r"[A-Za-z][A-Za-z0-9_]{2,30}[A-Za-z0-9]"

_BARE = re.compile(_NAME)
_PRIVATE = re.compile(
    rf"{_HOST}c/([0-9]{{1,15}})(?:[/?#].*)?|tg://privatepost\?(?:.*&)?channel=([0-9]{{1,15}})(?:&.*)?",
    re.IGNORECASE,
)
_INVITATION = re.compile(rf"(?:{_HOST}(?:\+|joinchat/)|tg://join\?).*", re.IGNORECASE)
_PUBLIC = re.compile(
    rf"{_HOST}(?:s/)?({_NAME})(?:[/?#].*)?|(?:https?:/*)?({_NAME})\.t\.me(?:[/?#].*)?"
    rf"|tg://resolve\?(?:.*&)?domain=({_NAME})(?:&.*)?|@({_NAME})|({_NAME})",
    re.IGNORECASE,
)
_ID = re.compile(r"-100[0-9]{5,13}")


class Unnamed(StrEnum):
    """Why words name no channel."""

    INVITATION = auto()  # a link to join: Telegram does not tell a bot where it leads
    UNREADABLE = auto()


@dataclass(frozen=True, kw_only=True)
class Named:
    """A channel as `getChat` takes it: its id, or its name with an @."""

    chat: int | str


def channel_named(words: str) -> Named | Unnamed:
    """The channel that is meant: by name, by a link to it or to a post of it, or by id; quotes don't matter.

    The first word that can be read counts, one that says what it is before others ("the channel @news").
    """
    cleaned = _UNSEEN.sub("", words.translate(_DIGITS))
    said = [word.strip(_AROUND) for word in cleaned.split()]
    found = [_read(word) for word in sorted(said, key=_is_bare)]
    named = [each for each in found if isinstance(each, Named)]
    if named:
        return named[0]
    return Unnamed.INVITATION if Unnamed.INVITATION in found else Unnamed.UNREADABLE


def _is_bare(word: str) -> bool:
    """Whether it may as well be a word like any other."""
    return _BARE.fullmatch(word) is not None


def _read(word: str) -> Named | Unnamed:
    if private := _PRIVATE.fullmatch(word):
        return Named(chat=int(f"-100{private[1] or private[2]}"))
    if _INVITATION.fullmatch(word):
        return Unnamed.INVITATION
    if _ID.fullmatch(word):
        return Named(chat=int(word))
    public = _PUBLIC.fullmatch(word)
    if public is None:
        return Unnamed.UNREADABLE
    return Named(chat="@" + next(name for name in public.groups() if name))
