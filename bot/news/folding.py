"""Persian as it is searched: what is typed in more than one way becomes one. Knows no list."""

import unicodedata

_ALIKE = str.maketrans("يىئكةۀأإآٱؤ", "یییکههااااو")
_MOST = 600
"""Characters of a text that are kept for searching."""


def folded(text: str) -> str:
    """The letters and digits of a text, without what readers don't tell apart: half-spaces, vowels, hamza.

    Nothing stands between the words, so that «می رود», «می‌رود» and «میرود» are the same.
    """
    plain = unicodedata.normalize("NFKC", text[: _MOST * 2]).translate(_ALIKE).casefold()
    signs = (str(unicodedata.digit(sign, sign)) for sign in plain if sign.isalnum())
    return "".join(signs).replace("ـ", "")[:_MOST]


def words_of(typed: str) -> tuple[str, ...]:
    """What is looked for, word by word; each has to stand somewhere in a text."""
    return tuple(dict.fromkeys(found for word in typed[:200].split() if (found := folded(word))))
