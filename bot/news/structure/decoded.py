"""The text of a file as people save it: UTF-8, UTF-16, or the old Arabic code page of Windows."""

import codecs

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LOOKED_AT = 4000


def decoded(raw: bytes) -> str | None:
    """The text; None where it is none (a picture, a program, an archive)."""
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace")
    if 0 in raw[:_LOOKED_AT]:  # in Persian text of two bytes a letter only blanks and the like have one
        return _wide(raw)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        text = raw.decode("cp1256")
    except UnicodeDecodeError:
        return None
    return text if _reads(text) else None


def _wide(raw: bytes) -> str | None:
    """UTF-16 without its mark: the order in which it reads as text."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = raw[: len(raw) // 2 * 2].decode(encoding)
        except UnicodeDecodeError:
            continue
        if _reads(text):
            return text
    return None


def _reads(text: str) -> bool:
    """Whether most of it are letters, digits and blanks, and nothing in it is a machine's."""
    sample = text[:_LOOKED_AT]
    if any(char < " " and char not in "\t\n\r\f\u001a" for char in sample):
        return False
    return sum(map(_is_known, sample)) * 10 >= len(sample) * 9


def _is_known(char: str) -> bool:
    return char.isspace() or "\u0600" <= char < "\u0700" or "\u2000" <= char < "\u2070" or char in _COMMON


_COMMON = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("پچژکگی«»،؛؟…–—")
