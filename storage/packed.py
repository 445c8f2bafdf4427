"""One file that holds a database and says what it is: a zip archive with a manifest and a checksum.

`manifest.json` says what is in it, `database` is it.
"""

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO, Final

from bot.errors import StorageError
from storage import sqlite_file
from storage.migrations import revisions

_MANIFEST, _DATABASE = "manifest.json", "database"
_LARGEST_MANIFEST: Final = 10_000
_PIECE: Final = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a backup says of itself: `size` in bytes and `sha256` are the unpacked database's."""

    kind: str
    revision: str
    program: str
    made_at: str
    size: int
    sha256: str


def manifest_of(unpacked: Path, kind: str, revision: str, now: datetime) -> Manifest:
    with unpacked.open("rb") as stream:
        checksum = hashlib.file_digest(stream, "sha256").hexdigest()
    return Manifest(
        kind=kind,
        revision=revision,
        program=_program(),
        made_at=now.isoformat(timespec="seconds"),
        size=unpacked.stat().st_size,
        sha256=checksum,
    )


def pack(unpacked: Path, packed: Path, file: Path, manifest: Manifest) -> None:
    sqlite_file.private(packed)
    with packed.open("r+b") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            archive.writestr(_MANIFEST, json.dumps(asdict(manifest), indent=2))
            archive.write(unpacked, _DATABASE)
        stream.flush()
        os.fsync(stream.fileno())
    packed.replace(file)
    sqlite_file.keep(file.parent)


def _program() -> str:
    try:
        return version("monadi")
    except PackageNotFoundError:  # run from a checkout
        return "checkout"


def said(file: Path) -> Manifest:
    """What it says of itself; whether that is true shows when it is unpacked.

    Raises:
        StorageError: it is no backup of ours, or a newer program has made it.
    """
    with _archive(file) as archive:
        return _manifest(archive, file)


def unpack(file: Path, into: Path) -> None:
    """Write the database that is in it, and compare it with what was promised.

    Raises:
        StorageError: as `said`; it is damaged, and what was written is good for nothing.
    """
    with _archive(file) as archive:
        manifest = _manifest(archive, file)
        with archive.open(_DATABASE) as stream:
            _take_out(stream, manifest, file, into)


@contextmanager
def _archive(file: Path) -> Iterator[zipfile.ZipFile]:
    """The archive while it is read; all that a damaged one may raise is one sentence."""
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, RuntimeError) as error:
        raise StorageError(f"{file.name} is no backup of Monadi's, or is damaged") from error


def _manifest(archive: zipfile.ZipFile, file: Path) -> Manifest:
    with archive.open(_MANIFEST) as stream:
        written = stream.read(_LARGEST_MANIFEST)
    try:
        manifest = Manifest(**json.loads(written))
    except (ValueError, TypeError) as error:
        raise StorageError(f"{file.name} is no backup of Monadi's, or is damaged") from error
    if manifest.revision not in revisions():
        newer = f"{file.name} was made by a newer program (revision {manifest.revision})"
        raise StorageError(f"{newer}: update Monadi")
    return manifest


def _take_out(stream: IO[bytes], manifest: Manifest, file: Path, into: Path) -> None:
    """Read no more than it promises: what is packed may unpack to anything."""
    checksum, size = hashlib.sha256(), 0
    sqlite_file.private(into)
    with into.open("r+b") as out:
        while (piece := stream.read(_PIECE)) and size <= manifest.size:
            checksum.update(piece)
            size += len(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    if (size, checksum.hexdigest()) != (manifest.size, manifest.sha256):
        raise StorageError(f"{file.name} is damaged: its checksum does not fit")
