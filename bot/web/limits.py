"""How often somebody may ask, and how much they may send."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from time import monotonic

from starlette.requests import Request

type Network = IPv4Network | IPv6Network

_REMEMBERED = 10_000
PATIENCE = 30.0
"""Seconds in which a body has to be there."""


@dataclass(kw_only=True)
class Bucket:
    """So many a minute for each key, a minute's worth at once."""

    per_minute: int
    now: Callable[[], float] = monotonic
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)

    def wait(self, key: str) -> float:
        """Take one; 0, or how many seconds to wait where there is none."""
        now, rate = self.now(), self.per_minute / 60
        left, since = self._left.get(key, (float(self.per_minute), now))
        left = min(self.per_minute, left + (now - since) * rate)
        if len(self._left) >= _REMEMBERED and key not in self._left:
            self._forget(now)
        if left < 1:
            self._left[key] = (left, now)
            return (1 - left) / rate
        self._left[key] = (left - 1, now)
        return 0.0

    def _forget(self, now: float) -> None:
        """Who is back at a full bucket need not be remembered; of a crowd that is not, the oldest half."""
        rate = self.per_minute / 60
        kept = {
            key: (left, since)
            for key, (left, since) in self._left.items()
            if left + (now - since) * rate < self.per_minute
        }
        if len(kept) >= _REMEMBERED:
            newest = sorted(kept.items(), key=lambda each: each[1][1])[_REMEMBERED // 2 :]
            kept = dict(newest)
        self._left = kept


def address_of(request: Request, trusted: Sequence[Network] = ()) -> str:
    """Who asks: whoever connects, or whom trusted proxies name: the nearest that is none of them.

    Anybody may write `X-Forwarded-For`, and each proxy adds to its end: it is read from there, and no further
    than it was written by one of ours. Of an IPv6 address the first half is told: the other is anybody's own.
    """
    peer = request.client.host if request.client else ""
    hops = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
    address = _parsed(peer)
    while address is not None and any(address in network for network in trusted) and hops:
        named = _parsed(hops.pop().strip())
        if named is None:
            break
        address = named
    if isinstance(address, IPv6Address) and not address.is_loopback:
        return str(ip_network((address, 64), strict=False))
    return str(address or peer)


def is_this_machine(address: str) -> bool:
    """Whether it is the machine itself: what looks after it, or a proxy that the settings don't know."""
    found = _parsed(address)
    return found is not None and found.is_loopback


def _parsed(given: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(given)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


async def body_of(request: Request, most: int) -> bytes | None:
    """The body; None where it is larger.

    Raises:
        TimeoutError: it did not come in time.
        ClientDisconnect: nobody is there any more.
    """
    told = request.headers.get("content-length", "0")
    if told.isdecimal() and int(told[:18]) > most:
        return None
    body = bytearray()
    async with asyncio.timeout(PATIENCE):
        async for piece in request.stream():
            body += piece
            if len(body) > most:
                return None
    return bytes(body)
