"""The in-process door: python-telegram-bot's `BaseRequest` over a world; knows PTB, not the bot that uses it.

What breaks the connection raises what PTB's own HTTPX request raises: `drop` (nothing was done) as a
connection that could not be made, so certainly safe to repeat; `lost` as a server that hung up without an
answer, so one can't know. Over HTTP both look like the latter. An answer later than the read timeout raises
`TimedOut`, and the thing is done all the same.
"""

import asyncio
from typing import Any
from urllib.parse import unquote

import httpx
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.simulator import dispatch
from bot.simulator.schema import Upload
from bot.simulator.world import World

_READ_TIMEOUT = 5.0  # seconds, PTB's own default


class SimulatorRequest(BaseRequest):
    """Give it to `ApplicationBuilder().request(…).get_updates_request(…)`, or to `Bot(request=…)`."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world

    @property
    def read_timeout(self) -> float | None:
        """PTB adds it to getUpdates' own timeout."""
        return _READ_TIMEOUT

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(  # noqa: PLR0917 - PTB's own signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The call named by the URL, carried out in the world."""
        del (
            method,
            write_timeout,
            connect_timeout,
            pool_timeout,
        )  # nothing here takes time to write or connect
        if "/file/bot" in url:
            return self._file(url)
        token, _, name = url.partition("/bot")[2].partition("/")
        files = {part: _upload(*found) for part, found in _multipart(request_data).items()}
        parameters: dict[str, Any] = dict(request_data.json_parameters) if request_data else {}
        limit = self.read_timeout if isinstance(read_timeout, DefaultValue) else read_timeout
        work = asyncio.ensure_future(dispatch.call(self.world, token, name, parameters, files))
        return _settled(await _in_time(work, limit))

    def _file(self, url: str) -> tuple[int, bytes]:
        token, _, path = unquote(url).partition("/file/bot")[2].partition("/")
        file = self.world.files.read(path) if token == self.world.token else None
        if file is None:
            return 404, b'{"ok":false,"error_code":404,"description":"Not Found"}'
        return 200, file.content


def _settled(answer: dispatch.Answer) -> tuple[int, bytes]:
    if answer.status is not None:
        return answer.status, answer.payload
    if answer.heard:
        lost = httpx.RemoteProtocolError("Server disconnected without sending a response.")
        raise NetworkError(f"httpx.RemoteProtocolError: {lost}") from lost
    unmade = httpx.ConnectError("All connection attempts failed")
    raise NetworkError(f"httpx.ConnectError: {unmade}") from unmade


async def _in_time(work: asyncio.Future[dispatch.Answer], limit: float | None) -> dispatch.Answer:
    """The answer, if it comes in time; the work itself goes on as it would on a server."""
    try:
        done, _ = await asyncio.wait({work}, timeout=limit)
    except asyncio.CancelledError:
        work.cancel()
        raise
    if not done:
        raise TimedOut from httpx.ReadTimeout("")
    return work.result()


def _multipart(request_data: RequestData | None) -> dict[str, Any]:
    return request_data.multipart_data if request_data and request_data.contains_files else {}


def _upload(name: str | None, content: Any, mime: str | None = None) -> Upload:
    data = content if isinstance(content, bytes) else content.read()
    return Upload(name=name or "file", content=data, mime=mime or "application/octet-stream")
