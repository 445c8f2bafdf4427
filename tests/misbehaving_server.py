"""A server on loopback that answers as it is told, also in ways no server should. Knows HTTP's letters only."""

import asyncio
import contextlib
import json
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

type Behaviour = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass(kw_only=True)
class Server:
    """Its address, and the heads and bodies of the requests it got."""

    url: str = ""
    heads: list[str] = field(default_factory=list)
    bodies: list[Any] = field(default_factory=list)
    asked: asyncio.Event = field(default_factory=asyncio.Event)


@contextlib.asynccontextmanager
async def serving(behaviour: Behaviour) -> AsyncIterator[Server]:
    """Each request is read whole, then `behaviour` may write what it likes."""
    server = Server()
    serving_now: dict[asyncio.Task[None], asyncio.StreamWriter] = {}

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            length = next(line for line in head.lower().split("\r\n") if line.startswith("content-length:"))
            server.bodies.append(json.loads(await reader.readexactly(int(length.partition(":")[2]))))
            server.heads.append(head)
            server.asked.set()
            await behaviour(writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client had enough
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving_now[asyncio.create_task(serve(reader, writer))] = writer

    listening = await asyncio.start_server(accept, "127.0.0.1", 0)
    server.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/v1"
    try:
        yield server
    finally:
        listening.close()
        for task in serving_now:
            task.cancel()
        await asyncio.gather(*serving_now, return_exceptions=True)
        for writer in serving_now.values():
            writer.close()  # a task that was cancelled before it began has closed nothing


def answering(
    body: str | bytes, *, status: str = "200 OK", headers: str = "Content-Type: application/json"
) -> Behaviour:
    """One whole answer."""
    raw = body.encode() if isinstance(body, str) else body

    async def behave(writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 {status}\r\n{headers}\r\nContent-Length: {len(raw)}\r\n\r\n".encode() + raw)
        await writer.drain()

    return behave


def saying(content: Any) -> Behaviour:
    """A chat completion in which the model wrote `content`."""
    return answering(json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}))


def endless(piece: bytes, *, pause: float = 0.0) -> Behaviour:
    """A body that never ends, a piece every `pause` seconds."""

    async def behave(writer: asyncio.StreamWriter) -> None:
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        while not writer.is_closing():
            writer.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
            await writer.drain()
            await asyncio.sleep(pause)

    return behave


async def silent(writer: asyncio.StreamWriter) -> None:
    """No answer, ever."""
    await asyncio.Event().wait()


async def hanging_up(writer: asyncio.StreamWriter) -> None:
    """Not a byte."""


async def resetting(writer: asyncio.StreamWriter) -> None:
    """The connection is reset in the middle of the answer."""
    writer.write(
        b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"choices"'
    )
    await writer.drain()
    linger_for_nothing = struct.pack("ii", 1, 0)  # so that closing resets
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_for_nothing)
    writer.transport.abort()


async def cut_short(writer: asyncio.StreamWriter) -> None:
    """Fewer bytes than were promised."""
    writer.write(
        b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"choices"'
    )
    await writer.drain()


async def babbling(writer: asyncio.StreamWriter) -> None:
    """Not HTTP."""
    writer.write(b"\x00\xff SSH-2.0-what\r\n\r\n")
    await writer.drain()
