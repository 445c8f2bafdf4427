"""Files that somebody hands in, to copy: by what they are, not by what they are called. Knows no network.

Plain text, Markdown and HTML are read as they are; Word's and LibreOffice's documents by their own
structure (`files_packed`), RTF by its control words (`files_rtf`), PDF by its letters (`files_pdf`), which
in Persian are often wrong: what comes of it is marked doubtful. What can't be read is refused with a reason.
"""

import re

from bot.errors import PageError
from bot.intake import files_packed, files_pdf, files_rtf, pages, pages_copy, pages_decoded, pages_tree
from bot.intake.pages_copy import Told
from bot.news.structure.decoded import decoded

MAX_FILE = 20_000_000
"""Bytes: Telegram gives a bot no more of one (Bot API, `getFile`)."""
READ = frozenset("txt text md markdown html htm xhtml docx docm odt ott rtf pdf doc".split())
"""The endings of files that are read, or refused with a word of why."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Word's older documents, and newer ones with a password."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|article|p|div|h\d)\b",
    re.IGNORECASE | re.DOTALL,
)
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def is_read(name: str, mime: str = "") -> bool:
    """Whether a file of this name is one that could be copy."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return ending in READ or (not ending and mime in ("text/plain", "text/html", "text/markdown"))


def read(raw: bytes, name: str) -> Told:
    """The words of a file.

    Raises:
        PageError: `kind`, `locked`, `bomb`, `broken`, `empty` or `hard`.
    """
    if len(raw) > MAX_FILE:
        raise PageError("hard")
    start = raw[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if raw.startswith(b"PK"):
        told = Told(copy=files_packed.copy_of(raw))
    elif start.startswith(b"%PDF-") or b"%PDF-" in raw[:1024]:
        told = Told(copy=files_pdf.copy_of(raw), doubtful=True)
    elif start.startswith(b"{\\rtf"):
        told = Told(copy=files_rtf.copy_of(raw))
    elif raw.startswith(_OLE):
        raise PageError("locked" if _ENCRYPTED in raw else "old")
    else:
        told = _text(raw, name)
    if sum(map(str.isalnum, told.copy)) < 3:
        raise PageError("empty")
    return told


def _text(raw: bytes, name: str) -> Told:
    text = decoded(raw)
    if text is None:
        raise PageError("kind")
    ending = name.rpartition(".")[2].lower()
    if _HTML.match(text[:4_000]) and ending not in ("txt", "md"):
        return _html(pages_decoded.text_of(raw))
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x1a", "")
    return Told(copy=_FRONT_MATTER.sub("", text) if ending in ("md", "markdown") else text)


def _html(text: str) -> Told:
    """A saved page is read like one that was fetched; a fragment by its lines."""
    try:
        return pages_copy.told(pages.read(text, ""))
    except PageError as error:
        if error.reason == "hard":
            raise
    root = pages_tree.parsed(pages_tree.tamed(text))
    if root is None:
        raise PageError("empty")
    return Told(copy=pages_copy.written(pages_tree.blocks(root)))
