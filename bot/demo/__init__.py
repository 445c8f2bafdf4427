"""The demo: the newsroom on a simulated Telegram, with a page to be its people. Wiring; nobody imports it."""

import asyncio
import signal
import tempfile
import webbrowser
from pathlib import Path

import typer
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from bot import logs
from bot.app import Newsroom
from bot.config import LogSettings
from bot.demo.newsroom import OURS, STAFF, TOKEN, UNHURRIED, furnish, newsroom_on, settle
from bot.demo.standing import standing
from bot.demo.walking import Walk
from bot.simulator.http import create_app
from bot.simulator.people import Person
from bot.simulator.serving import serving
from bot.simulator.world import World

__all__ = [
    "OURS",
    "STAFF",
    "TOKEN",
    "UNHURRIED",
    "Walk",
    "furnish",
    "newsroom_on",
    "play_day",
    "serve",
    "serve_world",
    "settle",
    "web",
]

_HERE = Path(__file__).parent


def web(world: World, newsroom: Newsroom | None = None) -> Starlette:
    """The page, its sample and the world behind it; its guide ticks off what the newsroom has done."""

    async def how_far(_: Request) -> Response:
        return JSONResponse(await standing(newsroom) if newsroom else {})

    routes = [
        Route("/", _page),
        Route("/demo/page.en.js", _english),
        Route("/demo/sample", _sample),
        Route("/demo/standing", how_far),
    ]
    return create_app(world, extra_routes=routes)


async def serve(port: int, *, browser: bool) -> None:
    """Serve the page and run the newsroom until Ctrl-C; everything is forgotten afterwards."""
    logs.set_up(LogSettings(level="warning"))
    world = World()
    furnish(world)
    stop = _told_to_stop()
    with tempfile.TemporaryDirectory(prefix="monadi-demo-") as folder:
        async with newsroom_on(world, f"sqlite:///{folder}/newsroom.db") as newsroom:
            for person_id in (101, 102, 103, 104):
                Person(world, person_id).send("/start")
            await settle(world, newsroom)
            running = asyncio.create_task(newsroom.run(stop))
            world.walk = Walk(world=world, newsroom=newsroom)
            try:
                async with serving(web(world, newsroom), port) as real_port:
                    address = f"http://127.0.0.1:{real_port}/"
                    typer.echo(f"The newsroom is open at {address} (Ctrl-C closes it)")
                    if browser:
                        webbrowser.open(address)
                    await running
            finally:
                stop.set()
                await running


async def serve_world(
    port: int, faults: Path | None, *, lenient: bool, rates: float, styles: bool = True
) -> None:
    """Serve the simulated Telegram alone until Ctrl-C."""
    world = World(lenient=lenient, rates=rates, styles=styles)
    if faults:
        world.faults.load(faults)
    stop = _told_to_stop()
    async with serving(create_app(world), port) as real_port:
        typer.echo(f"A simulated Telegram listens at http://127.0.0.1:{real_port}/ (Ctrl-C ends it)")
        await stop.wait()


def _told_to_stop() -> asyncio.Event:
    """Set at Ctrl-C and SIGTERM, so that what is open is closed in its order and nobody reads a traceback."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


async def play_day() -> int:
    """Play a newsroom day through the same doors and print it; 0 if every post arrived once, as it should."""
    from bot.demo.day import play

    return await play()


async def _page(_: Request) -> Response:
    return FileResponse(_HERE / "page.html", headers={"Cache-Control": "no-store"})


async def _english(_: Request) -> Response:
    return FileResponse(_HERE / "page.en.js", headers={"Cache-Control": "no-store"})


async def _sample(_: Request) -> Response:
    return FileResponse(_HERE / "sample.txt", media_type="text/plain; charset=utf-8")
