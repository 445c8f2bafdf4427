"""Addresses that Telegram takes. Knows how Telegram writes them, and fetches nothing."""

import re
from functools import lru_cache
from urllib.parse import quote

from bot.news.model import Channel

MAX_LENGTH = 2048
"""Characters: longer ones belong to no page a reader is sent to, and three of them fill a message."""

_ADDRESS = re.compile(
    r"(?:(?P<scheme>https?)://)?"
    r"(?P<host>(?:[\w-]+\.)+[\w-]*[^\W\d_][\w-]*|(?<=//)[0-9]{1,3}(?:\.[0-9]{1,3}){3})"
    r"(?::(?P<port>[0-9]{1,5}))?(?P<rest>[/?#].*)?",
    re.IGNORECASE | re.DOTALL,
)
_TELEGRAM = frozenset(("t.me", "telegram.me", "telegram.dog"))
_CHANNEL = re.compile(r"(?:s/)?(?P<name>[a-z]\w{3,31})(?=[/?#]|$)", re.IGNORECASE)
_UNSAFE = re.compile(r"[^\w!#$%&'()*+,\-./:;=?@\[\]~]")


@lru_cache(maxsize=1024)
def usable(url: str | None) -> str | None:
    """The address as Telegram would write it, or None where Telegram would refuse the message for it.

    Only http and https, a host with a dot (`LinkManager::get_checked_link` in TDLib, which also puts a
    slash before an empty path); `https` where the copy has no scheme. Blanks and the like are escaped,
    Persian domains written in Punycode.
    """
    found = _ADDRESS.fullmatch((url or "").strip())
    if not found or int(found["port"] or 1) not in range(1, 65536):
        return None
    try:
        domain = found["host"].lower().encode("idna").decode()
    except UnicodeError:
        return None
    port = f":{int(found['port'])}" if found["port"] else ""
    rest = found["rest"] or "/"
    rest = _UNSAFE.sub(_escaped, rest if rest.startswith("/") else f"/{rest}")
    whole = f"{(found['scheme'] or 'https').lower()}://{domain}{port}{rest}"
    return whole if len(whole) <= MAX_LENGTH else None


def post_link(channel: Channel, message_id: int) -> str:
    """Telegram's link to a message (core.telegram.org/api/links): private channels by their bare id."""
    place = channel.username or f"c/{str(channel.id).removeprefix('-100')}"
    return f"https://t.me/{place}/{message_id}"


def channel_link(channel: Channel) -> str | None:
    """A link into a channel: a private one only opens at a message of it."""
    if channel.username:
        return f"https://t.me/{channel.username}"
    return post_link(channel, channel.last_message_id) if channel.last_message_id else None


def site(url: str) -> str:
    """What a reader knows the address by: its site, or the name of a public Telegram channel."""
    host, _, rest = url.partition("://")[2].partition("/")
    channel = _CHANNEL.match(rest) if host in _TELEGRAM else None
    return f"@{channel['name']}" if channel else host.removeprefix("www.")


def _escaped(char: re.Match[str]) -> str:
    return quote(char.group().encode("utf-8", "replace"))
