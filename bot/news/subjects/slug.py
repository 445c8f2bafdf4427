"""A headline as the readable end of an address. Knows letters and hyphens, and no other page's address.

It is stable (the same headline, the same slug) and holds letters, digits and single hyphens alone.
"""

from unicodedata import category, decimal, normalize

MAX_LENGTH = 80
"""Characters: what a search engine's line still shows of an address."""

_KEYBOARD = str.maketrans("يىكەھہۀة", "ییکههههه")
_UNREAD = frozenset("\u0640'’")  # tatweel; «don't» is one word
_MARKS = frozenset(("Mn", "Me"))


def of(headline: str) -> str:
    """«وزیر نیرو: ۳ سد تازه» → «وزیر-نیرو-3-سد-تازه»; empty where the headline has no letter and no digit.

    Persian letters stay, half-spaces and all else between them become hyphens, digits and Latin letters are
    plain and small; at most `MAX_LENGTH` characters, cut at a word.
    """
    return _cut(_words(headline))


def _words(headline: str) -> list[str]:
    plain = normalize("NFKC", normalize("NFKC", headline).lower()).translate(_KEYBOARD)
    return "".join(map(_plain, plain)).split()


def _plain(char: str) -> str:
    """The character as a slug has it; a blank for what parts words."""
    kind = category(char)
    if kind == "Nd":
        return str(decimal(char))
    if kind in _MARKS or char in _UNREAD:
        return ""
    return char if kind[0] == "L" else " "


def _cut(words: list[str]) -> str:
    whole = "-".join(words)
    if len(whole) <= MAX_LENGTH:
        return whole
    end = whole.rfind("-", 0, MAX_LENGTH + 1)
    return whole[: end if end > 0 else MAX_LENGTH]
