"""One form for the addresses of a page: without what only tells where a reader came from. No network."""

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

_TRACKERS = re.compile(
    r"utm_|ga_|mc_|fbclid|gclid|yclid|igshid|ref$|ref_|source$|from$|amp$|share|rss$", re.IGNORECASE
)
_NUMBERED = re.compile(
    r"(?P<page>/(?:fa/)?(?:news|detail|story|article|doc|photo|video)/\d{3,})(?:/[^/]*)?/?$", re.IGNORECASE
)
"""Iranian agencies put the headline behind the number; the number alone is the page."""


def canonical(url: str) -> str:
    """The address without scheme, `www.`, trackers, fragment and the last slash; empty where it is none."""
    try:
        parts = urlsplit(url.strip() if "//" in url else f"//{url.strip()}")
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    except ValueError:  # a bracket of no address
        return ""
    if "." not in host:
        return ""
    path = unquote(parts.path).rstrip("/").removesuffix("/amp")
    numbered = _NUMBERED.search(path)
    if numbered:
        path = path[: numbered.end("page")]
    kept = sorted((name, value) for name, value in parse_qsl(parts.query) if not _TRACKERS.match(name))
    return f"{host}{path}" + (f"?{urlencode(kept)}" if kept else "")
