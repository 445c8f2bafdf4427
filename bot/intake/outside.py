"""Which addresses lie outside: where a fetch may go, and where never. Knows no network.

What staff send is an address that anybody may have made up. So only what the registries of IANA call globally
reachable counts as outside (iana-ipv4-special-registry, iana-ipv6-special-registry); the lists stand here
since those of Python's `ipaddress` differ from release to release.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, quote, urlsplit

from bot.errors import FetchError

type Address = IPv4Address | IPv6Address

USUAL_PORTS = frozenset({80, 443})
MAX_URL = 2_000
"""Characters of an address; the longest that browsers and servers agree on is about that."""

_INSIDE_4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",  # carriers' NAT; some clouds' metadata (100.100.100.200)
            "127.0.0.0/8",
            "169.254.0.0/16",  # link-local; most clouds' metadata (169.254.169.254)
            "172.16.0.0/12",
            "192.0.0.0/24",  # protocol assignments; Oracle's metadata (192.0.0.192)
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",  # relays of 6to4
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",  # multicast, reserved, broadcast
            "168.63.129.16/32",  # Azure's own host, reached from within only
        ),
    )
)
_OUTSIDE_6 = IPv6Network("2000::/3")
_INSIDE_6 = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # Teredo, ORCHID, benchmarking and other protocols
            "2001:db8::/32",
            "2002::/16",  # 6to4: an IPv4 address in disguise
            "2620:4f:8000::/48",
            "3fff::/20",
        ),
    )
)
_MAPPED, _NAT64 = IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96")
_INNER_NAMES = frozenset(
    "localhost localdomain local internal intranet lan home corp private arpa onion".split()
)
_HOST = re.compile(
    r"(?=.{1,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
)
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff\\]")


@dataclass(frozen=True, kw_only=True)
class Target:
    """An address that may be looked up: its parts in plain form. `host`: ASCII, small, no brackets."""

    scheme: str
    host: str
    port: int
    path: str  # percent-encoded, with the query

    @property
    def literal(self) -> Address | None:
        """The host itself, where it is no name."""
        try:
            return ip_address(self.host)
        except ValueError:
            return None

    @property
    def authority(self) -> str:
        """As it stands in the address and in the header Host."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == {"http": 80, "https": 443}[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


def is_outside(address: Address) -> bool:
    """Whether an address is anybody's on the internet."""
    if isinstance(address, IPv4Address):
        return not any(address in net for net in _INSIDE_4)
    if address.scope_id is not None:
        return False
    if address in _MAPPED or address in _NAT64:
        return is_outside(IPv4Address(int(address) & 0xFFFF_FFFF))
    isatap = (int(address) >> 32) & 0xFCFF_FFFF == 0x5EFE  # a tunnel: the last half names an IPv4 address
    return address in _OUTSIDE_6 and not isatap and not any(address in net for net in _INSIDE_6)


def target(url: str, ports: Iterable[int] = USUAL_PORTS, allow_hosts: Iterable[str] = ()) -> Target:
    """The address taken apart, if a fetch may be tried there; its host is still to be looked up.

    Args:
        url: as somebody wrote it.
        ports: those that may be asked.
        allow_hosts: `host` or `host:port` that the settings open although they lie inside.

    Raises:
        FetchError: `address` (it is none, or hides something), `inside` (never to be fetched).
    """
    parts = _split(url.strip())
    host = _plain_host(parts.hostname or "")
    found = Target(
        scheme=parts.scheme,
        host=host,
        port=_port(parts),
        path=_path(parts),
    )
    if is_opened(found, allow_hosts):
        return found
    if found.port not in set(ports):
        raise FetchError("port")
    literal = found.literal
    if literal is None and (_last_label(host) in _INNER_NAMES or "." not in host):
        raise FetchError("inside")
    if literal is not None and not is_outside(literal):
        raise FetchError("inside")
    return found


def is_opened(target: Target, allow_hosts: Iterable[str]) -> bool:
    """Whether the settings open this host (at a usual port) or this host and port."""
    opened = set(allow_hosts)
    shown = f"[{target.host}]" if ":" in target.host else target.host
    return f"{shown}:{target.port}" in opened or (shown in opened and target.port in USUAL_PORTS)


def _split(url: str) -> SplitResult:
    if not url or len(url) > MAX_URL or _UNSAFE.search(url):
        raise FetchError("address")
    try:
        parts = urlsplit(url)
    except ValueError:
        raise FetchError("address") from None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise FetchError("address")
    if set(parts.netloc) & set("@%"):  # a password, a zone, a host in disguise
        raise FetchError("address")
    if "[" in parts.netloc and ":" not in (parts.hostname or ""):
        raise FetchError("address")
    return parts


def _port(parts: SplitResult) -> int:
    try:
        port = parts.port
    except ValueError:
        raise FetchError("address") from None
    if port is None:
        return 443 if parts.scheme == "https" else 80
    return port


def _plain_host(host: str) -> str:
    """The host in the one form that is checked, looked up and asked; other letters as IDNA has them."""
    if ":" in host:
        try:
            return IPv6Address(host).compressed
        except ValueError:
            raise FetchError("address") from None
    if not host.isascii():
        host = _encoded(host)
    host = host.lower().removesuffix(".")
    if not _HOST.fullmatch(host):
        raise FetchError("address")
    if _NUMBER.fullmatch(_last_label(host)):  # an IPv4 address for every resolver, in whatever form
        try:
            return str(IPv4Address(host))
        except ValueError:  # 127.1, 0x7f000001, 0177.0.0.1, 2130706433
            raise FetchError("inside") from None
    return host


def _encoded(host: str) -> str:
    import idna  # late: few addresses have such letters

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError, IndexError, ValueError):
        raise FetchError("address") from None


def _last_label(host: str) -> str:
    return host.rpartition(".")[2]


def _path(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]")
    return f"{path}?{query}" if query else path
