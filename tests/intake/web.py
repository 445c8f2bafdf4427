"""A small web on loopback: what it is told to answer, byte by byte, and what it was asked."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from ipaddress import ip_address

from bot.intake.fetching import Way
from bot.intake.outside import Address

type Behaviour = Callable[[asyncio.StreamWriter], Awaitable[None]]
type Answer = bytes | Behaviour
"""The letters of a whole answer, or who writes it."""


def answer(body: bytes | str = b"", *headers: str, status: int = 200, kind: str = "text/html") -> bytes:
    raw = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} So", f"Content-Length: {len(raw)}", *headers]
    lines += [f"Content-Type: {kind}"] if kind else []
    return "\r\n".join([*lines, "", ""]).encode() + raw


def elsewhere(location: str, status: int = 302) -> bytes:
    return answer(b"", f"Location: {location}", status=status)


@dataclass(kw_only=True)
class Web:
    """A server, its answers by path, and what it was asked: each the first line and the headers."""

    host: str = "127.0.0.1"
    port: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def url(self, path: str = "/", name: str = "site.example") -> str:
        return f"http://{name}:{self.port}{path}"

    def way(self, **more: object) -> Way:
        """A way that opens this server under its name, and no other."""
        return replace(Way(allow_hosts=frozenset({f"site.example:{self.port}"})), **more)  # type: ignore[arg-type]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            self.asked.append(head)
            path = head.split(" ")[1]
            told = self.answers.get(path, answer(b"", status=404))
            if isinstance(told, bytes):
                writer.write(told)
                await writer.drain()
            else:
                await told(writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client had enough, or the test is over
        finally:
            writer.close()


@contextlib.asynccontextmanager
async def serving(
    answers: dict[str, Answer] | None = None,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    tls: ssl.SSLContext | None = None,
) -> AsyncIterator[Web]:
    web = Web(host=host, answers=answers or {})
    tasks: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(asyncio.create_task(web.serve(reader, writer)))

    listening = await asyncio.start_server(accept, host, port, ssl=tls)
    web.port = listening.sockets[0].getsockname()[1]
    try:
        yield web
    finally:
        listening.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@dataclass(kw_only=True)
class Names:
    """A resolver: each name's addresses, one list after the other, the last again and again."""

    known: dict[str, list[list[str]]]
    asked: list[str] = field(default_factory=list)

    async def __call__(self, host: str, port: int) -> Sequence[Address]:
        self.asked.append(host)
        if host not in self.known:
            raise OSError("no such name")
        lists = self.known[host]
        found = lists.pop(0) if len(lists) > 1 else lists[0]
        return [ip_address(each) for each in found]


def local(*names: str) -> Names:
    """Each of them is this machine."""
    return Names(known={name: [["127.0.0.1"]] for name in names or ("site.example",)})
