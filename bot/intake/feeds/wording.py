"""What a field of a feed says: markup and entities, often encoded twice, made plain; addresses made whole."""

import hashlib
import html
import re
from urllib.parse import urljoin, urlsplit

_CODE = re.compile(r"<(script|style)\b[^<>]*+>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"<!--[^<>]*+-->|<!\[CDATA\[|\]\]>")
_APART = re.compile(r"<(?:/?(?:p|div|li|ul|ol|td|tr|h[1-6]|blockquote)|br)\b[^<>]*+>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][\w:-]*+(?:\s[^<>]*+)?/?>")
_LEFT_OVER = re.compile(
    r"&(?:amp|quot|apos|laquo|raquo|zwnj|nbsp|hellip|[lr][sd]quo|[nm]dash|#\d{2,5}|#x[\da-f]{2,4});"
)
_LONGEST_TITLE = 1_000
_LONGEST_URL = 2_000
_UNSEEN = dict.fromkeys([*range(0x20), 0x7F, 0xFEFF, 0xAD], None) | {ord(sign): " " for sign in "\t\r\n\f\v"}


def untagged(markup: str) -> str:
    """Markup without its tags; what stood in blocks of its own is kept apart. Entities stay."""
    if "<" not in markup and "]]>" not in markup:
        return markup
    if "</" in markup:
        markup = _CODE.sub("", markup) if markup.count("<") < 2_000 else markup
    return _TAG.sub("", _APART.sub(" ", _COMMENT.sub("", markup)))


def line(markup: str) -> str | None:
    """One line of plain text: a title, a name. None if nothing is left of it."""
    text = html.unescape(untagged(markup[: _LONGEST_TITLE * 4]))
    for _ in range(2):  # encoded once more than it should be
        if not _LEFT_OVER.search(text):
            break
        text = html.unescape(text)
    return plain_line(text)


def plain_line(text: str) -> str | None:
    """The same of text that is none of markup."""
    return " ".join(text.translate(_UNSEEN).split())[:_LONGEST_TITLE].strip() or None


def address(given: str, base: str | None) -> str | None:
    """A web address, whole if it or `base` is; None for what leads to no page."""
    found = re.sub(r"\s*\n\s*", "", given.strip()).replace("&amp;", "&")
    found = " ".join(found.split()).replace(" ", "%20")
    if not found or len(found) > _LONGEST_URL:
        return None
    try:
        scheme = urlsplit(found).scheme.lower()
        if not scheme and base:
            found = urljoin(base, found)
        elif not scheme and found.startswith("//"):
            found = f"https:{found}"
        parts = urlsplit(found)
    except ValueError:
        return None
    if parts.scheme.lower() in {"http", "https"}:
        return found if parts.netloc else None
    return found if not parts.scheme and found[0] in "/?." else None


def is_whole(url: str | None) -> bool:
    return url is not None and url.lower().startswith(("http://", "https://"))


def digest(*words: str | None) -> str:
    """Sixteen signs that are the same for the same words."""
    return hashlib.sha256("\0".join(word or "" for word in words).encode("utf-8", "replace")).hexdigest()[:16]
