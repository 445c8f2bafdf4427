"""Addresses as they stand in a page: made whole, without what only counts visitors. Knows no network."""

from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

_TRACKERS = frozenset(
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid igshid igsh mc_cid mc_eid "
    "_hsenc "
    "_hsmi mkt_tok oly_enc_id oly_anon_id vero_id wickedid s_cid cmpid ncid ref_src ref_url spm scm "
    "at_medium "
    "at_campaign _ga _gl _openstat fb_action_ids fb_action_types fb_source hootpostid __twitter_impression "
    "guccounter guce_referrer guce_referrer_sig cid_source tgshare smid".split()
)
_PREFIXES = ("utm_", "pk_", "mtm_", "matomo_", "piwik_", "hsa_", "ns_", "at_custom", "itm_", "stm_")


def whole(link: str | None, page: str) -> str | None:
    """The address that a link of the page leads to; None where that is nothing of the web."""
    if not link or len(link) > 4_000:
        return None
    link = "".join(link.split()) if "\n" in link or "\t" in link else link.strip()
    try:
        joined = urljoin(page, link) if page else link
        parts = urlsplit(joined)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        return None
    return joined.replace(" ", "%20")


def untracked(url: str) -> str:
    """Without the parameters that tell where a visitor came from, the fragment and the usual port."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    host = (parts.hostname or "").lower()
    usual = port is None or port == {"http": 80, "https": 443}.get(parts.scheme)
    netloc = parts.netloc.lower() if not usual or ":" in host else host
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    return urlunsplit((parts.scheme.lower(), netloc, parts.path or "/", _query(parts), fragment))


def _query(parts: SplitResult) -> str:
    if not parts.query:
        return ""
    pairs = parts.query.split("&")
    kept = [pair for pair in pairs if not _is_tracker(pair.partition("=")[0].lower())]
    return "&".join(kept)


def _is_tracker(name: str) -> bool:
    return name in _TRACKERS or name.startswith(_PREFIXES)


def is_front_page(url: str) -> bool:
    """Whether an address names a site and no page of it."""
    parts = urlsplit(url)
    return (
        parts.path.strip("/").lower() in ("", "fa", "en", "index.html", "index.php", "home")
        and not parts.query
    )


def site(url: str) -> str:
    """The host without `www.`, `m.` and `amp.`."""
    host = (urlsplit(url).hostname or "").lower()
    for prefix in ("www.", "m.", "amp.", "mobile."):
        host = host.removeprefix(prefix)
    return host
