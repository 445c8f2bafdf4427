"""`monadi import`: files into the archive, with a bar that shows how far it is."""

from pathlib import Path

import typer

from bot.archive import bringing
from bot.archive.bringing import Count
from bot.errors import MonadiError
from storage import Storage


class NotBroughtIn(MonadiError):
    """A file could not be read to its end."""


async def bring_in(database: str, files: list[Path], *, dry: bool, place: str | None) -> None:
    """Bring in files one after the other, and tell what became of each.

    Raises:
        NotBroughtIn: one can't be read; what came before is kept.
        StorageError: the database can't be used.
    """
    storage = None if dry else await Storage.open(database)
    try:
        for file in files:
            try:
                count = await _one(storage, file, place)
            except (ValueError, OSError) as error:
                raise NotBroughtIn(f"{file}: {error}") from error
            typer.echo(_told(file, count, dry=dry))
    finally:
        if storage is not None:
            await storage.close()


async def _one(storage: Storage | None, file: Path, place: str | None) -> Count:
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # late: 0.1 s

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[rows]} articles"))
    with Progress(*columns, TimeRemainingColumn()) as bar:
        task = bar.add_task(file.name, total=_size(file), rows=0)

        def told(read: int, count: Count) -> None:
            bar.update(task, completed=read, rows=count.brought + count.known)

        return await bringing.bring(storage, file, told, place=place)


def _size(file: Path) -> int:
    return file.stat().st_size


def _told(file: Path, count: Count, *, dry: bool) -> str:
    said = f"{file}: {count.brought} {'would be brought in' if dry else 'brought in'}"
    if count.known:
        said += f", {count.known} were there already"
    if count.faulty:
        said += f", {count.faulty} can't be read: {count.faults}"
    return said
