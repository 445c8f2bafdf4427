"""The command line: `monadi …`. Knows everyone, late: `monadi --help` must be quick."""

import asyncio
import errno
import gc
import json
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.errors import ConfigError, MonadiError

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.news.model import Look
    from bot.news.spelling.house_style import HouseStyle

app = typer.Typer(
    name="monadi",
    help="Monadi (منادی): from raw Persian copy to finished Telegram posts, on time, exactly once.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # rich's own help takes longer to import than all the rest of `--help`
    pretty_exceptions_show_locals=False,  # locals may hold the token
)

ConfigFile = Annotated[
    Path | None, typer.Option("--config", help="the newsroom's settings (config.example.toml)")
]
NewsroomName = Annotated[
    str | None, typer.Option("--newsroom", help="which one, where the settings are those of several")
]
Copy = Annotated[str, typer.Argument(metavar="[FILE|-]", help="raw copy; - or nothing reads standard input")]
Port = Annotated[int, typer.Option("--port", help="on 127.0.0.1; 0 picks a free one")]


@app.command()
def demo(
    *,
    port: Port = 8080,
    headless: Annotated[bool, typer.Option("--headless", help="play a day, print and check it")] = False,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="print the page's address only")] = False,
) -> None:
    """The newsroom on a simulated Telegram."""
    from bot import demo as newsroom

    if headless:
        raise typer.Exit(_run(newsroom.play_day()))
    _run(newsroom.serve(port, browser=not no_browser))


@app.command()
def run(config: ConfigFile = None) -> None:
    """The bot on the real Telegram, by long polling."""
    gc.disable()  # what is imported stays: looking through it again and again is a twelfth of the start
    from bot import logs, network, service

    gc.freeze()
    gc.enable()
    logs.catch_the_uncaught()
    ours = _loaded(config)
    _run(network.run(ours) if ours.is_network else service.run(ours))


@app.command()
def check(config: ConfigFile = None, newsroom: NewsroomName = None) -> None:
    """Is everything in order? One line each; changes nothing. 0 if nothing keeps the bot from running."""
    from bot import checking, logs

    logs.catch_the_uncaught()
    raise typer.Exit(_run(checking.check(config or _default_config(), newsroom)))


person = typer.Typer(help="What is kept of one person.", no_args_is_help=True)
app.add_typer(person, name="person")
PersonId = Annotated[int, typer.Argument(help="their Telegram id, as /staff shows it")]


@person.command("export")
def export_person(who: PersonId, config: ConfigFile = None, newsroom: NewsroomName = None) -> None:
    """All that is kept of a person, as JSON."""
    from bot import personal

    kept = _run(personal.export(_settings(config, newsroom), who))
    typer.echo(json.dumps(kept, ensure_ascii=False, indent=2, default=str))


@person.command("erase")
def erase_person(
    who: PersonId,
    *,
    sure: Annotated[bool, typer.Option("--yes", help="without asking")] = False,
    config: ConfigFile = None,
    newsroom: NewsroomName = None,
) -> None:
    """Forget a person: name, roles, what they wrote to the bot. Stories and the record keep their number."""
    from bot import personal

    if not sure:
        typer.confirm(f"Forget {who}? It can't be undone", abort=True)
    gone = _run(personal.erase(_settings(config, newsroom), who))
    for name, count in gone.items():
        typer.echo(f"{name}: {count}")
    typer.echo(personal.STAYS)


rooms = typer.Typer(help="The newsrooms of a network (docs/network.md).", no_args_is_help=True)
app.add_typer(rooms, name="newsroom")
RoomName = Annotated[str, typer.Argument(metavar="NAME", help="small letters, digits, _")]


@rooms.command("list")
def list_rooms(config: ConfigFile = None) -> None:
    """What there is, where it is kept and who carries it."""
    from bot import newsroom_commands as commands

    for line in _run(commands.listed(_loaded(config))):
        typer.echo(f"{line.name}: {line.state} ({line.place})")


@rooms.command("add")
def add_room(
    name: RoomName,
    token_file: Annotated[Path, typer.Option(help="where its bot's token is, on each machine")],
    owner: Annotated[int, typer.Option(help="the Telegram id of its first owner")],
    config: ConfigFile = None,
) -> None:
    """Have the running processes carry one more."""
    from bot import newsroom_commands as commands

    _run(commands.add(_loaded(config), name, token_file=token_file, owner=owner))


@rooms.command("pause")
def pause_room(
    name: RoomName,
    *,
    again: Annotated[bool, typer.Option("--end", help="have it carried again")] = False,
    config: ConfigFile = None,
) -> None:
    """Have no process carry it."""
    from bot import newsroom_commands as commands

    _run(commands.pause(_loaded(config), name, paused=not again))


@rooms.command("remove")
def remove_room(name: RoomName, config: ConfigFile = None) -> None:
    """Forget one that was added. What it holds stays in the database."""
    from bot import newsroom_commands as commands

    typer.echo(f"what it held is still there: {_run(commands.remove(_loaded(config), name))}")


@app.command()
def backup(
    file: Annotated[Path | None, typer.Argument(help="if not in [backup] folder, or here")] = None,
    config: ConfigFile = None,
    newsroom: NewsroomName = None,
) -> None:
    """All that the bot knows into one file, also while it runs."""
    from bot import backups

    made, what = _run(backups.make(_settings(config, newsroom), file))
    typer.echo(f"{made}: {what.size >> 10} kB of {what.kind}, revision {what.revision}, checked")


@app.command()
def key(
    file: Annotated[Path, typer.Argument(help="where the secret half goes; keep it off this machine")],
) -> None:
    """A new key to seal backups for: FILE opens them, what is printed seals them ([backup] recipient)."""
    from bot import sealing

    typer.echo(_told(lambda: sealing.new_key(file)))


@app.command()
def restore(
    files: Annotated[list[Path], typer.Argument(help="a backup, or all parts of a sealed one")],
    *,
    secret: Annotated[Path | None, typer.Option("--key", help="opens a sealed one (`monadi key`)")] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="although there is a database; that one is kept beside it")
    ] = False,
    config: ConfigFile = None,
    newsroom: NewsroomName = None,
) -> None:
    """Put a backup in the database's place. The bot then starts on hold, until an owner says go."""
    from bot import backups

    ours = _settings(config, newsroom)
    if secret is not None:
        before = _run(backups.put_back_sealed(ours, files, secret, replace=replace))
    elif len(files) == 1:
        before = _run(backups.put_back(ours, files[0], replace=replace))
    else:
        raise _fault("Several files are the parts of a sealed backup: give its key with --key.")
    if before is not None:
        typer.echo(f"what was there before: {before}")
    typer.echo("restored; `monadi run` starts on hold, and asks an owner whether it may publish")


@app.command(name="import")
def bring_in(
    files: Annotated[
        list[Path], typer.Argument(help="JSON Lines, ninjs, CSV, WordPress (WXR), Telegram's result.json")
    ],
    *,
    dry: Annotated[bool, typer.Option("--dry-run", help="only look, and tell what would come in")] = False,
    channel: Annotated[str | None, typer.Option("--channel", help="where they were all told")] = None,
    config: ConfigFile = None,
    newsroom: NewsroomName = None,
) -> None:
    """Articles of before into the archive. Interrupted, say it again; the bot may run beside it."""
    from bot import bringing_in

    database = _settings(config, newsroom).database
    _run(bringing_in.bring_in(database, files, dry=dry, place=channel))


@app.command()
def compose(
    file: Copy = "-",
    *,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json", help="the article, its posts and what goes with them (names, tags, slug …) as JSON"
        ),
    ] = False,
    form: Annotated[str | None, typer.Option("--form", help="classic or rich; both if not given")] = None,
    config: ConfigFile = None,
) -> None:
    """Raw copy in, the post out."""
    from bot import composing

    if form not in {None, "classic", "rich"}:
        raise typer.BadParameter("classic or rich", param_hint="--form")
    look, style = _told(lambda: _own(config))
    copy = _read(file)
    composed = _told(lambda: composing.composed(copy, look, form, style=style, about=as_json))
    typer.echo(json.dumps(composed, ensure_ascii=False, indent=2) if as_json else composing.shown(composed))


@app.command()
def copyedit(file: Copy = "-") -> None:
    """Repair Persian orthography, line by line."""
    from bot.news.spelling import orthography

    typer.echo(orthography.repaired(_read(file)), nl=False)


@app.command()
def simulator(
    *,
    port: Port = 8081,
    faults: Annotated[Path | None, typer.Option(help="a JSON list of faults to begin with")] = None,
    lenient: Annotated[bool, typer.Option("--lenient", help="Telegram's silent ways")] = False,
    rates: Annotated[
        float, typer.Option("--rates", min=0, help="Telegram's limits hold, so many times as fast; 0: none")
    ] = 0,
    styles: Annotated[
        bool, typer.Option(help="a button's style is known (Bot API 9.4), or refused as by an older server")
    ] = True,
) -> None:
    """The simulated Bot API alone, over HTTP."""
    from bot.demo import serve_world

    _run(serve_world(port, faults, lenient=lenient, rates=rates, styles=styles))


def main() -> None:
    """The entry point of the `monadi` command."""
    app()


def _read(file: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise _fault(f"{file}: {error.strerror}") from error
    return raw.decode("utf-8-sig", errors="replace")


def _own(path: Path | None) -> "tuple[Look | None, HouseStyle]":
    """The newsroom's own look and house style, where its settings are named."""
    if path is None:
        from bot.news.spelling.house_style import DEFAULT

        return None, DEFAULT
    from bot import config

    settings = config.load(path)
    return settings.first_look(), settings.style.house_style()


def _settings(path: Path | None, newsroom: str | None) -> "Settings":
    """The settings of one newsroom; a fault in them ends the command."""
    from bot import newsrooms

    return _told(lambda: newsrooms.chosen(_loaded(path), newsroom))


def _loaded(path: Path | None) -> "Settings":
    from bot import config

    return _told(lambda: config.load(path or _default_config()))


def _default_config() -> Path | None:
    here = Path("config.toml")
    return here if here.exists() else None


def _run[Result](work: Coroutine[Any, Any, Result]) -> Result:
    return _told(lambda: asyncio.run(work))


def _told[Result](work: Callable[[], Result]) -> Result:
    """The result of `work`; a fault that is meant for people ends the command with its sentence."""
    try:
        return work()
    except ConfigError as error:
        for place, fault in error.faults:
            typer.secho(f"{place}: {fault}", err=True, fg="red")
        raise typer.Exit(2) from error
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise _fault("That port is taken. Choose another with --port, or 0 for any free one.") from error
    except MonadiError as error:
        raise _fault(f"{type(error).__name__}: {error}") from error
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


def _fault(text: str) -> typer.Exit:
    from bot.striking import struck

    typer.secho(struck(text), err=True, fg="red")
    return typer.Exit(1)


if __name__ == "__main__":
    main()
