"""Secrets are struck out of whatever is written down or shown. Knows no settings: it is told what to keep.

A process has one log, one screen and one database, so it has one list of secrets. Each is struck in every
form in which it travels: as it is, percent-encoded, as JSON, Python or HTML quote it, in a header's base64.
"""

import base64
import html
import json
import re
from typing import Final
from urllib.parse import quote_plus, unquote, urlsplit

SIGN: Final = "…"
SHORTEST: Final = 4
"""Letters; what is shorter stands in too many words to be struck from each."""
_TOKEN: Final = re.compile(r"\d+(?::|%3[Aa])[A-Za-z0-9_-]{35,}")
"""Any bot's token, also one that we were never told (core.telegram.org/bots/api#authorizing-your-bot)."""

_ways: set[str] = set()
_known: re.Pattern[str] | None = None


def keep(*secrets: str) -> None:
    """Strike these from now on. Of a token its second half alone is one too."""
    global _known  # noqa: PLW0603 - see above
    for secret in secrets:
        number, _, half = secret.partition(":")
        for known in {secret, unquote(secret), half if number.isdecimal() else secret}:
            if len(known) >= SHORTEST:
                _ways.update(ways_of(known))
    longest_first = sorted(_ways, key=len, reverse=True)
    _known = re.compile("|".join(longest_first)) if longest_first else None


def struck(text: str) -> str:
    """The text without any secret."""
    if _known is not None:
        text = _known.sub(SIGN, text)
    return _TOKEN.sub(SIGN, text)


def of_url(url: str) -> frozenset[str]:
    """The secrets in an address: its password, and the header that clients make of user and password."""
    userinfo = urlsplit(url).netloc.rpartition("@")[0]
    user, _, password = userinfo.partition(":")
    if not password:
        return frozenset()
    pairs = {f"{user}:{password}", f"{unquote(user)}:{unquote(password)}"}
    return frozenset({password, *(base64.b64encode(pair.encode()).decode() for pair in pairs)})


def ways_of(secret: str) -> set[str]:
    """Patterns of all the ways in which it may be written."""
    return {"".join(map(_letter, secret)), *map(re.escape, _base64_of(secret))}


def _letter(letter: str) -> str:
    """A pattern of one letter, however it is encoded: some encode more of a text than others."""
    raw = letter.encode(errors="surrogatepass")
    percent = "".join(_either_case(f"%{byte:02X}") for byte in raw)
    if letter in "\"'\\":  # quoted once more with every layer
        return rf"(?:\\*{re.escape(letter)}|{percent}|{re.escape(html.escape(letter))})"
    forms = {letter, json.dumps(letter)[1:-1], ascii(letter)[1:-1], repr(raw)[2:-1], html.escape(letter)}
    forms |= {quote_plus(letter, errors="surrogatepass")}
    return "(?:" + "|".join([percent, *map(re.escape, sorted(forms, key=len, reverse=True))]) + ")"


def _either_case(code: str) -> str:
    return "".join(f"[{sign}{sign.lower()}]" if sign.isalpha() else sign for sign in code)


def _base64_of(secret: str) -> set[str]:
    """What of its base64 does not depend on what stands before and after it."""
    raw, found = secret.encode(errors="surrogatepass"), set()
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + raw).decode().rstrip("=")
        inner = whole[-(-before * 8 // 6) : (len(raw) + before) * 8 // 6]
        if len(inner) >= 2 * SHORTEST:
            found |= {inner, inner.replace("+", "-").replace("/", "_")}
    return found
