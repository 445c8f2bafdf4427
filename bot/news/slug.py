"""A headline as the readable end of an address. Knows letters and hyphens, and no other page's address.

Both forms are stable (the same headline, the same slug) and hold letters, digits and single hyphens alone.
"""

from unicodedata import category, decimal, normalize

MAX_LENGTH = 80
"""Characters: what a search engine's line still shows of an address."""

_KEYBOARD = str.maketrans("يىكەھہۀة", "ییکههههه")
_UNREAD = frozenset("\u0640'’")  # tatweel; «don't» is one word
_MARKS = frozenset(("Mn", "Me"))

# Letter by letter, near to the UN's romanisation of Persian (2012) without its signs. Short vowels are not
# written in Persian and so are missing here: this is for machines that want ASCII, not for reading aloud.
_LATIN = {
    **dict(zip("ابپتجدرزسفقکگلمنه", "abptjdrzsfqkglmnh", strict=True)),
    **dict.fromkeys("آأإٱ", "a"),
    **dict.fromkeys("ثص", "s"),
    **dict.fromkeys("ذضظ", "z"),
    **dict(zip("طحؤئوی", "thoeui", strict=True)),
    **dict(zip("غخچژش", ("gh", "kh", "ch", "zh", "sh"), strict=True)),
    **dict.fromkeys("عء", ""),
}
_AT_START = {"و": "v", "ی": "y", "ع": "a"}
_AT_END = {"ه": "eh"}
_VOWELS = frozenset("اآوی")


def of(headline: str) -> str:
    """«وزیر نیرو: ۳ سد تازه» → «وزیر-نیرو-3-سد-تازه»; empty where the headline has no letter and no digit.

    Persian letters stay, half-spaces and all else between them become hyphens, digits and Latin letters are
    plain and small; at most `MAX_LENGTH` characters, cut at a word.
    """
    return _cut(_words(headline))


def ascii_of(headline: str) -> str:
    """The slug in ASCII: Persian letter by letter, Latin letters without accents, others left out."""
    return _cut([latin for word in _words(headline) if (latin := _latin(word))])


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


def _latin(word: str) -> str:
    return "".join(
        _letter(char, before, last=0 < at == len(word) - 1)
        for at, (before, char) in enumerate(zip(("", *word), word, strict=False))
    )


def _letter(char: str, before: str, *, last: bool) -> str:
    if not before and char in _AT_START:
        return _AT_START[char]
    if last and char in _AT_END and before not in _VOWELS:
        return _AT_END[char]
    if char in "وی" and before in ("ا", "آ"):
        return "v" if char == "و" else "y"
    if char in _LATIN:
        return _LATIN[char]
    return "".join(part for part in normalize("NFKD", char) if part.isascii() and part.isalnum())


def _cut(words: list[str]) -> str:
    whole = "-".join(words)
    if len(whole) <= MAX_LENGTH:
        return whole
    end = whole.rfind("-", 0, MAX_LENGTH + 1)
    return whole[: end if end > 0 else MAX_LENGTH]
