"""What people wrote, as the staff's chats may show it: no word can be pressed, no name poses as another.

In a chat with a bot Telegram makes a link of every /command, also in a story's text: one press, and it is
sent. A mark that shows nothing behind the stroke keeps it text. Posts in channels are not touched.
"""

import re
import unicodedata
from dataclasses import fields, is_dataclass, replace
from typing import Any

import regex

from bot.news.model import Article
from bot.news.posts.direction import LRM

_COMMAND = re.compile(r"(?<![\w/])/(?=\w)")
"""As TDLib finds it (`match_bot_commands` in MessageEntity.cpp): no word and no stroke before it."""
_MARKED = re.compile(rf"(?<![\w/])/{LRM}(?=\w)")
_ADDRESSES = frozenset({"url", "source_url", "file_id"})
MOST = 40
"""Characters of a name."""
_BRACKETS = str.maketrans(dict.fromkeys("()[]{}<>«»“”\"'*_`", " "))
_UNSEEN = regex.compile(r"[[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]\u2800--[\u200c]]+", regex.VERSION1)
_LOOSE_JOINER = regex.compile(r"(?<!\p{L})\u200c+|\u200c+(?!\p{L})|(?<=\u200c)\u200c+")
_STACKED = regex.compile(r"(\p{M}{2})\p{M}+")


def quoted(text: str) -> str:
    """Text of a person with its /commands made text."""
    return _COMMAND.sub("/" + LRM, text) if "/" in text else text


def unquoted(text: str) -> str:
    """What was copied out of a staff's chat and sent back, as it was before `quoted`."""
    return _MARKED.sub("/", text) if "/" + LRM in text else text


def story(article: Article) -> Article:
    """The article as its card shows it, no word of it a command."""
    shown = _quoted_all(article)
    assert isinstance(shown, Article)
    return shown


def _quoted_all(value: Any) -> Any:
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, tuple):
        return tuple(map(_quoted_all, value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    told = {
        each.name: getattr(value, each.name)
        for each in fields(value)
        if each.init and each.name not in _ADDRESSES and not isinstance(getattr(value, each.name), int)
    }
    changed = {name: new for name, old in told.items() if (new := _quoted_all(old)) is not old and new != old}
    return replace(value, **changed) if changed else value


def shortened(text: str, most: int) -> str:
    """The text in one line, cut behind a word with "…" where it has more than `most` characters.

    A first word that is longer than all of it is cut within.
    """
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    if line[most - 1] != " ":  # within a word
        cut = cut.rpartition(" ")[0] or cut
    return cut.rstrip(" .,;:،؛-–—\u200c") + "…"


def in_one_line(text: str, most: int) -> str:
    """The beginning of what a stranger wrote, without what is not seen; no word of it a command."""
    return shortened(quoted(_UNSEEN.sub(" ", text[: most * 10])), most)


def name(given: str) -> str:
    """A person's name in one short line, without brackets (a role stands in them) and what is not seen.

    Telegram's names may hold anything: controls of direction, line breaks, invisible signs, stacked accents.
    """
    plain = unicodedata.normalize("NFC", given).translate(_BRACKETS)
    plain = _STACKED.sub(r"\1", _LOOSE_JOINER.sub("", " ".join(_UNSEEN.sub(" ", plain).split())))
    plain = quoted(plain.lstrip("/@# "))
    return plain if len(plain) <= MOST else plain[: MOST - 1].rstrip() + "…"
