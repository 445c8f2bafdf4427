"""The text of a feed, whatever its bytes are and whatever it says they are. Linear in their number."""

import codecs
import gzip
import re
import zlib
from io import BytesIO

LARGEST = 12 << 20
"""Bytes of a feed that are looked at, also of what is unpacked."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16's, which it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([A-Za-z0-9._:\-]{2,40})""")
_HIGH_RUN = re.compile(rb"[\x80-\xff]{3,}")
_HIGH = re.compile(rb"[\x80-\xff]")
_ALPHABETS = ("utf-8", "cp125", "iso8859", "mac", "koi8", "gb", "big5", "euc", "shift", "ascii")
"""How the names of encodings begin that a feed may have; those with zeros are told by their zeros."""
_PIECE = re.compile(rb"[\x80-\xff][^<>\n]*+")
_LATIN = frozenset({"iso8859-1", "cp1252", "latin-1", "ascii", "iso8859-15"})
_TWICE = re.compile(r"[ØÙÚÛ][\u0080-\u00bf\u0152-\u0178\u02c6-\u2122]")
_SAMPLE = 200_000
_HEAD = 400  # bytes, of markup for the most part: of UTF-16 half of them are zeros


def text_of(raw: bytes, charset: str | None = None) -> str:
    """The text; what can't be read of it is U+FFFD.

    Args:
        raw: the body, also packed by gzip.
        charset: what the answer's Content-Type said, if anything.
    """
    raw = _unpacked(raw)[:LARGEST]
    for mark, encoding in _BOMS:
        if raw.startswith(mark) and (encoding == "utf-8" or 0 in raw[len(mark) : _HEAD]):
            return _once(raw[len(mark) :].decode(encoding, "replace"))
    raw = raw.removeprefix(codecs.BOM_UTF16_LE).removeprefix(codecs.BOM_UTF16_BE)  # of text that is none
    if wide := _wide(raw):
        return raw.decode(wide, "replace")
    return _once(_narrow(raw, charset))


def _unpacked(raw: bytes) -> bytes:
    if not raw.startswith(b"\x1f\x8b"):
        return raw
    try:
        with gzip.open(BytesIO(raw)) as packed:
            return packed.read(LARGEST)
    except (OSError, EOFError, zlib.error):
        return b""


def _wide(raw: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, told by where the zeros stand."""
    head = raw[:400].lstrip(b" \r\n\t") if 0 not in raw[:4] else raw[:400]
    if head.count(0) * 4 < len(head) or len(head) < 4:
        return None
    if head[:3] == b"\0\0\0":
        return "utf-32-be"
    if head[1:4] == b"\0\0\0":
        return "utf-32-le"
    return "utf-16-be" if head[0] == 0 else "utf-16-le"


def _narrow(raw: bytes, charset: str | None) -> str:
    """Bytes that are UTF-8 are UTF-8, whatever was declared: no other text looks like it by chance."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _known(charset) or _known_in(raw)
    sample = raw[:_SAMPLE]
    bad, good = sample.decode("utf-8", "replace").count("\ufffd"), len(_HIGH.findall(sample)) or 1
    if bad * 3 <= good * 2:  # of Windows-1256 read as UTF-8 nearly every byte is bad
        return _PIECE.sub(_old_piece, raw).decode("utf-8", "replace")
    if declared and declared not in _LATIN and declared != "utf-8":
        return raw.decode(declared, "replace")
    # Latin text has its accents one by one; letters above 0x80 in a row are an alphabet of their own.
    runs = sum(map(len, _HIGH_RUN.findall(sample)))
    if runs * 2 >= good:
        return raw.decode("cp1256", "replace")
    return raw.decode("cp1252", "replace")


def _known_in(raw: bytes) -> str | None:
    found = _DECLARED.search(raw[:2000])
    return _known(found[1].decode("ascii")) if found else None


def _known(name: str | None) -> str | None:
    try:
        found = codecs.lookup(name.strip()).name if name else ""
    except LookupError:
        return None
    return found if found.startswith(_ALPHABETS) else None


def _old_piece(found: re.Match[bytes]) -> bytes:
    """What is no UTF-8 within UTF-8 most often came from an old system: Windows-1256."""
    piece = found[0]
    try:
        piece.decode("utf-8")
    except UnicodeDecodeError:
        bad = piece.decode("utf-8", "replace").count("\ufffd")
        return piece.decode("cp1256", "replace").encode() if bad * 2 > len(_HIGH.findall(piece)) else piece
    return piece


def _once(text: str) -> str:
    """Text that was encoded twice («Ø§ÛŒØ±Ø§Ù†»), decoded once more."""
    sample = text[:_SAMPLE]
    if len(_TWICE.findall(sample)) * 4 < sum(sign > "\x7f" for sign in sample) or sample.isascii():
        return text
    try:
        return text.encode("cp1252", "monadi_hole").decode("utf-8")
    except UnicodeError:
        return text


def _hole(error: UnicodeError) -> tuple[bytes, int]:
    """Windows-1252 has five holes: they stand for the bytes of their own numbers."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return error.object[error.start : error.end].encode("latin-1"), error.end


codecs.register_error("monadi_hole", _hole)
