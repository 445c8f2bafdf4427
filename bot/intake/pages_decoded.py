"""A page's bytes as text: what its mark, its server, or it itself says of its letters, if it can be so."""

import re

from bot.news.structure.decoded import decoded

_NAMED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_-]{3,20})|encoding=[\"']([a-zA-Z0-9_-]{3,20})[\"']",
    re.IGNORECASE,
)
_LOOKED_AT = 4096
_ALIKE = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-6": "cp1256",
    "windows-1256": "cp1256",
}
"""What pages call so is the other in fact (WHATWG Encoding, names and labels)."""
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def text_of(raw: bytes, said: str = "") -> str:
    """The page's letters. `said`: the charset in its content type, "" if there is none.

    UTF-8 wins wherever the bytes are UTF-8: servers name other charsets for pages that are in it.
    """
    for mark, encoding in _MARKS.items():
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    named = _NAMED.search(raw[:_LOOKED_AT])
    own = (named[1] or named[2]).decode("ascii") if named else ""
    for name in (said, own):
        encoding = _ALIKE.get(name.strip(" \"'").lower(), name.strip(" \"'").lower())
        if encoding and encoding not in ("utf-8", "utf8"):
            try:
                return raw.decode(encoding)
            except (LookupError, UnicodeDecodeError):
                continue
    return decoded(raw) or raw.decode("utf-8", "replace")
