"""The addresses in the settings: what is wrong with one, said without quoting it, for it may hold a password.

What httpx and SQLAlchemy would stumble over is refused here: their complaints quote half the password.
"""

import os
import re
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

_ENCODED: Final = "in a user or password / is written %2F, # %23, ? %3F, @ %40, : %3A"
"""What a person has to do about a character that ends an address too early (RFC 3986, 3.2.1)."""
DIRECT: Final = "direct"
"""Instead of a proxy: none."""
_HOST_AND_PORT: Final = re.compile(r"(?:[a-z0-9._-]+|\[[0-9a-f:]+\])(?::\d{1,5})?")
_USERINFO: Final = re.compile(r"[^\s/?#\[\]@\\<>\"^`{|}\x00-\x1f\x7f]*")


def proxy(url: str | None) -> str | None:
    """The way to Telegram where it is blocked.

    Raises:
        ValueError: httpx could not go by it.
    """
    if url is None:
        return None
    if not url.startswith(("http://", "https://", "socks5://", "socks5h://")):
        raise ValueError(
            "a proxy is http://…, https://… or socks5://…; MTProto proxies can't carry the Bot API"
        )
    if not _is_plain(url) or urlsplit(url).path not in ("", "/"):
        raise ValueError(f"a proxy is SCHEME://USER:PASSWORD@HOST:PORT; {_ENCODED}")
    return url


def way_out(url: str | None) -> str | None:
    """The way to pages and feeds: a proxy, or "direct" for none.

    Raises:
        ValueError: httpx could not go by it.
    """
    return url if url == DIRECT else proxy(url)


def host(name: str) -> str:
    """A host, or a host and its port, in plain form.

    Raises:
        ValueError: it is none.
    """
    if not _HOST_AND_PORT.fullmatch(name):
        raise ValueError("a host is NAME or NAME:PORT in small letters, without http://")
    return name


def proxies_around() -> dict[str, str]:
    """The proxies that the environment names, which httpx goes by; without a scheme it takes http."""
    names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
    named = {name: os.environ.get(name) for upper in names for name in (upper, upper.lower())}
    return {name: url if "://" in url else f"http://{url}" for name, url in named.items() if url}


def proxy_around() -> str | None:
    """The environment's proxy for the web, as httpx would choose it."""
    named = {name.upper(): url for name, url in proxies_around().items()}
    return named.get("HTTPS_PROXY") or named.get("ALL_PROXY") or named.get("HTTP_PROXY")


def server(url: str) -> str:
    """A Bot API server.

    Raises:
        ValueError: it is no such address.
    """
    if not url.startswith(("http://", "https://")) or not _is_plain(url):
        raise ValueError(f"a Bot API server is https://HOST or http://HOST:PORT; {_ENCODED}")
    return url


def database(url: str) -> str:
    """Where everything is kept; the rest of it is the storage's to read.

    Raises:
        ValueError: it is of no kind that we know.
    """
    if not url.startswith(("sqlite://", "postgresql://")):
        raise ValueError("a database is sqlite:///FILE or postgresql://…")
    return url


def endpoint(url: str) -> str:
    """An outside model's; its key stands elsewhere.

    Raises:
        ValueError: it is no such address, or holds a secret.
    """
    if not url:
        return url
    if not url.startswith(("http://", "https://")) or not _is_plain(url):
        raise ValueError("an endpoint is https://HOST/PATH, without a question mark")
    if "@" in urlsplit(url).netloc:
        raise ValueError("the key goes into key or key_file, not into the address")
    return url


def public_key(text: str) -> str:
    """What backups are sealed for (age).

    Raises:
        ValueError: it is no public key.
    """
    from pyrage import RecipientError, x25519  # late: two megabytes that few settings need

    try:
        x25519.Recipient.from_str(text)
    except RecipientError as error:
        raise ValueError("is no public key: `monadi key FILE` makes a pair and prints it (age1…)") from error
    return text


def is_loopback(host: str | None) -> bool:
    """Whether a host is this machine."""
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False


def _is_plain(url: str) -> bool:
    """A host, and nothing that could be taken for something else; no query, no fragment."""
    try:
        parts = urlsplit(url)
        userinfo, at, _ = parts.netloc.rpartition("@")
        there = bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number: its text may be half a password
        return False
    plain = not ("?" in url or "#" in url or "@" in parts.path or re.search(r"\s", url))
    return there and plain and (not at or _USERINFO.fullmatch(userinfo) is not None)
