"""Fetching under guard: what comes in is of the kind and size that was asked for. Knows no newsroom.

The address that was checked is the one that is connected to: a name is looked up once for each step, every
address it has must lie outside (`bot.intake.outside`), and the connection goes to that number with the name
in `Host` and in TLS. So a name that changes its address in between leads nowhere else. Each redirect is a new
step. What is packed is unpacked bit by bit; nothing is read past the limits.
"""

import asyncio
import socket
import ssl
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from bot.errors import FetchError
from bot.intake.outside import USUAL_PORTS, Address, Target, is_opened, is_outside, target

if TYPE_CHECKING:
    import httpx

type Resolve = Callable[[str, int], Awaitable[Sequence[Address]]]
"""A host's addresses; raises OSError where it has none."""

PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain", ""})
"""Content types of pages; "" stands for an answer that names none."""
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})

_AGENT = "Mozilla/5.0 (compatible; Monadi; newsroom bot)"
_REDIRECTS = {301, 302, 303, 307, 308}
_FOR_EVER = {301, 308}
_TRIED_ADDRESSES = 3
_CONNECT = 5.0  # seconds for one address
_PIECE = 64 * 1024
_PACKINGS = {"gzip": zlib.MAX_WBITS | 16, "x-gzip": zlib.MAX_WBITS | 16, "deflate": zlib.MAX_WBITS}
_GONE = {404, 410}
_CLOSED = {401, 402, 403, 407, 451}
_LOOKING_UP = ThreadPoolExecutor(4, "looking-up")
"""Threads of its own: a name that nobody answers for would keep one of those that draw posts."""


@dataclass(frozen=True, kw_only=True)
class Way:
    """How a fetch may go out. `allow_hosts` are opened though they lie inside, and never go by the proxy."""

    proxy: str | None = field(default=None, repr=False)
    ports: frozenset[int] = USUAL_PORTS
    allow_hosts: frozenset[str] = frozenset()
    seconds: float = 20.0
    max_bytes: int = 5_000_000
    redirects: int = 5


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """An answer. `body` is unpacked; `headers` have small names; `moved` is the address that it has for ever.

    `status` is 200 … 299, or 304 where `headers` asked for what is newer.
    """

    url: str
    status: int
    kind: str
    body: bytes
    headers: Mapping[str, str]
    moved: str | None = None


async def fetch(
    url: str,
    way: Way,
    *,
    kinds: frozenset[str],
    headers: Mapping[str, str] | None = None,
    resolve: Resolve | None = None,
) -> Fetched:
    """Get what is at an address, following where it leads.

    Args:
        url: as somebody wrote it, `http` or `https`.
        way: how to go out, and the limits.
        kinds: the content types that are wanted, in small letters; "" for an answer without one.
        headers: to ask with, such as `If-None-Match`.
        resolve: who looks names up; the system's resolver if None.

    Raises:
        FetchError: its `reason` says why there is none.
    """
    import httpx

    try:
        async with asyncio.timeout(way.seconds):
            return await _followed(url, way, kinds, dict(headers or {}), resolve or looked_up)
    except TimeoutError:
        raise FetchError("slow") from None
    except httpx.TimeoutException:
        raise FetchError("slow") from None
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError) as error:
        reason = "certificate" if "CERTIFICATE_VERIFY" in str(error) else "unreachable"
        raise FetchError(reason) from None  # the text of it may quote the proxy's password


async def _followed(
    url: str, way: Way, kinds: frozenset[str], headers: dict[str, str], resolve: Resolve
) -> Fetched:
    """Step by step, each guarded like the first."""
    moved: str | None = None
    for_ever = True
    for _ in range(way.redirects + 1):
        step = target(url, way.ports, way.allow_hosts)
        answer = await _asked(step, way, kinds, headers, resolve)
        if isinstance(answer, Fetched):
            return Fetched(**{**vars(answer), "moved": moved})
        status, location = answer
        url = urljoin(step.url, location)
        for_ever = for_ever and status in _FOR_EVER
        moved = url if for_ever else moved
    raise FetchError("redirects")


async def _asked(
    step: Target, way: Way, kinds: frozenset[str], headers: dict[str, str], resolve: Resolve
) -> Fetched | tuple[int, str]:
    """The answer, or the status and place of a redirect."""
    import httpx

    opened = is_opened(step, way.allow_hosts)
    proxy = None if opened else way.proxy
    hosts = [step.host] if proxy else []
    checked = await _checked(step, resolve, opened=opened, needed=proxy is None)
    hosts = hosts or [str(address) for address in checked[:_TRIED_ADDRESSES]]
    trouble: httpx.TransportError | None = None
    async with await _line(proxy) as line:
        for host in hosts:
            try:
                answer = await line.handle_async_request(_request(step, host, headers, way.seconds))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                trouble = error
                continue
            try:
                return await _read(answer, step, way, kinds)
            finally:
                await answer.aclose()
    raise trouble or FetchError("unreachable")


async def _checked(step: Target, resolve: Resolve, *, opened: bool, needed: bool) -> Sequence[Address]:
    """The addresses of the host, all of them outside.

    `needed`: whether we connect ourselves; where a proxy looks the name up, ours may not know it.
    """
    if literal := step.literal:
        return [literal]  # checked as it was taken apart
    try:
        found = await resolve(step.host, step.port)
    except (OSError, UnicodeError):
        found = ()
    if not opened and not all(map(is_outside, found)):
        raise FetchError("inside")
    if needed and not found:
        raise FetchError("unknown_host")
    return found


async def looked_up(host: str, port: int) -> Sequence[Address]:
    """The addresses that the system knows a name by."""
    loop = asyncio.get_running_loop()
    answers = await loop.run_in_executor(
        _LOOKING_UP, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    )
    return list(dict.fromkeys(ip_address(str(sockaddr[0])) for *_, sockaddr in answers))


async def _line(proxy: str | None) -> "httpx.AsyncHTTPTransport":
    """Not httpx's client: that one reads redirects by itself, stumbles over some, and keeps cookies."""
    import httpx

    certificates = await asyncio.to_thread(_certificates)
    return httpx.AsyncHTTPTransport(verify=certificates, proxy=proxy, trust_env=False)


@cache
def _certificates() -> ssl.SSLContext:
    import httpx

    return httpx.create_ssl_context(trust_env=False)


def _request(step: Target, host: str, headers: dict[str, str], seconds: float) -> "httpx.Request":
    import httpx

    url = httpx.URL(scheme=step.scheme, host=host, port=step.port, raw_path=step.path.encode("ascii"))
    asked = {
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language": "fa,en;q=0.7",
        **headers,
        "Accept-Encoding": "gzip",
        "Connection": "close",
        "Host": step.authority,
        "User-Agent": _AGENT,
    }
    timeout = httpx.Timeout(seconds, connect=min(_CONNECT, seconds)).as_dict()
    extensions = {"sni_hostname": step.host, "timeout": timeout}
    return httpx.Request("GET", url, headers=asked, extensions=extensions)


async def _read(
    answer: "httpx.Response", step: Target, way: Way, kinds: frozenset[str]
) -> Fetched | tuple[int, str]:
    said = {name.lower(): value for name, value in answer.headers.items()}
    status = answer.status_code
    if status in _REDIRECTS and said.get("location"):
        return status, said["location"]
    if status == 304:
        return Fetched(url=step.url, status=status, kind="", body=b"", headers=said)
    if not 200 <= status < 300:
        raise FetchError(_refusal(status), status=status, retry_after=said.get("retry-after"))
    kind = said.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in kinds:
        raise FetchError("kind", kind=kind)
    if (
        said.get("content-length", "0").strip().isdecimal()
        and int(said.get("content-length", "0")) > way.max_bytes
    ):
        raise FetchError("large")
    body = bytearray()
    async for piece in _unpacked(answer, said.get("content-encoding", "").strip().lower()):
        body += piece
        if len(body) > way.max_bytes:
            raise FetchError("large")
    return Fetched(url=step.url, status=status, kind=kind, body=bytes(body), headers=said)


def _refusal(status: int) -> str:
    if status in _GONE:
        return "gone"
    return "closed" if status in _CLOSED else "status"


async def _unpacked(answer: "httpx.Response", encoding: str) -> AsyncIterator[bytes]:
    """The body in pieces of at most 64 KB, however much more one packed byte would make."""
    if encoding in ("", "identity"):
        async for piece in answer.aiter_raw():
            yield piece
        return
    if encoding not in _PACKINGS:
        raise FetchError("packed")
    unpacking = zlib.decompressobj(_PACKINGS[encoding])
    async for packed in answer.aiter_raw():
        rest = packed
        while rest and not unpacking.eof:
            yield _piece(unpacking, rest)
            rest = unpacking.unconsumed_tail
            await asyncio.sleep(0)  # a bomb is long work: others go on


def _piece(unpacking: "zlib._Decompress", packed: bytes) -> bytes:
    try:
        return unpacking.decompress(packed, _PIECE)
    except zlib.error:
        raise FetchError("packed") from None
