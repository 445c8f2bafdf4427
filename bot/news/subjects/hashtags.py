"""What Telegram's apps take as one hashtag. Knows their tokenizer's rule, and not what tags are about."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal
from unicodedata import category

type Joiner = Literal["_", "\u200c"]

JOINERS: Mapping[str, Joiner] = MappingProxyType({"_": "_", "half_space": "\u200c"})
"""What stands between the words of a tag, by its name in the house style."""

MAX_LENGTH = 256
"""Characters after the sign; what follows would stand beside the tag as text (TDLib's `match_hashtags`)."""

_JOINERS = "_\u200c\u00b7"
_GOES_ON = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Nd"))


def tagged(words: str, joiner: Joiner = "_") -> str | None:
    """The words as one tag with its sign, or None where nothing is left that could be one.

    Letters, digits, `_`, the half-space and the middle dot go on with a tag, everything else ends it,
    Persian vowel signs too; a tag without a letter is none (TDLib's `is_hashtag_letter`). After a letter that
    joins nothing («بازار ارز») a half-space shows nothing: `_` is what readers see.
    """
    tag = joiner.join(filter(None, map(_kept, words.split())))
    tag = tag[:MAX_LENGTH].strip(_JOINERS)
    return f"#{tag}" if any(char.isalpha() for char in tag) else None


def _kept(word: str) -> str:
    return "".join(char for char in word if char in _JOINERS or category(char) in _GOES_ON)
