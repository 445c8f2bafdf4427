"""Files of the world: what was uploaded, or named by a URL that is never fetched; knows no chats.

`https://example.com/missing…` is not found, any other https address is a file of the kind asked for.
"""

import hashlib
import mimetypes
import struct
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from bot.simulator.refusal import Refused, house
from bot.simulator.schema import Upload

Json = dict[str, Any]

LARGEST_PHOTO, LARGEST = 10 << 20, 50 << 20
_RICH = "rich-"
_MISSING = "https://example.com/missing"
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM", b"RIFF")
_SIZES = ((90, 51), (320, 180), (1280, 720))
SUFFIXES = {
    "photo": ".jpg",
    "video": ".mp4",
    "animation": ".mp4",
    "audio": ".mp3",
    "voice": ".ogg",
    "document": ".pdf",
}
_LASTS = frozenset({"video", "animation", "audio", "voice"})


@dataclass(frozen=True, kw_only=True)
class File:
    """A file on the server; `of` leads from a photo's size to the photo."""

    file_id: str
    kind: str
    path: str
    name: str
    mime: str
    content: bytes

    @property
    def ids(self) -> Json:
        """The fields every file has on the wire."""
        unique = hashlib.sha256(self.file_id.encode()).hexdigest()[:16]
        return {"file_id": self.file_id, "file_unique_id": unique, "file_size": len(self.content)}


class Files:
    """All files by id."""

    def __init__(self) -> None:
        self._by_id: dict[str, File] = {}
        self._by_path: dict[str, File] = {}
        self._wire: dict[str, Any] = {}

    def attachment(self, kind: str, source: str | Upload, *, lenient: bool = False) -> Any:
        """A photo (its sizes) or another file as it stands in a message.

        Raises:
            Refused: no such file, not a picture, not found, of another kind.
        """
        if isinstance(source, Upload):
            _weigh(kind, source)
            return self._keep(kind, source.name, source.content)
        if source in self._by_id:
            return self._again(kind, source)
        return self._keep(kind, *_named_by(source, kind, lenient=lenient))

    def find(self, file_id: str) -> Json:
        """The Bot API's `File`.

        Raises:
            Refused: no such id.
        """
        if file_id not in self._by_id:
            raise Refused("wrong file_id or the file is temporarily unavailable")
        file = self._by_id[file_id]
        return {**file.ids, "file_path": file.path}

    def read(self, path: str) -> File | None:
        """The file at a `file_path`."""
        return self._by_path.get(path)

    def adopt(self, kind: str, file_id: str) -> None:
        """Keeps a file of a rich message, which names it by itself; any other id must be known.

        Raises:
            Refused: it is not.
        """
        if file_id in self._by_id:
            return
        if not file_id.startswith(_RICH):
            raise Refused("wrong file identifier/HTTP URL specified")
        path = f"{kind}s/{file_id}"
        file = File(
            file_id=file_id, kind=kind, path=path, name=file_id, mime="image/png", content=blank_picture()
        )
        self._by_id[file_id] = self._by_path[path] = file
        self._wire[file_id] = [{**file.ids, "width": 1280, "height": 720}] if kind == "photo" else file.ids

    def path_of(self, file_id: str) -> str | None:
        """The `file_path` of an id."""
        return self._by_id[file_id].path if file_id in self._by_id else None

    def _again(self, kind: str, file_id: str) -> Any:
        file = self._by_id[file_id]
        if file.kind != kind:
            raise Refused(f"can't use file of type {file.kind.capitalize()} as {kind.capitalize()}")
        return self._wire[file_id]

    def _keep(self, kind: str, name: str, content: bytes) -> Any:
        wire: Any
        if kind == "photo":
            kept = [self._store(kind, name, content, part) for part in range(len(_SIZES))]
            wire = [
                {**file.ids, "width": width, "height": height}
                for file, (width, height) in zip(kept, _SIZES, strict=True)
            ]
        else:
            kept = [self._store(kind, name, content, 0)]
            wire = {**kept[0].ids, "mime_type": kept[0].mime}
            wire |= {"file_name": kept[0].name} if kind != "voice" else {}
            wire |= {"width": 1280, "height": 720} if kind in {"video", "animation"} else {}
            wire |= {"duration": 10} if kind in _LASTS else {}
        for file in kept:
            self._wire[file.file_id] = wire
        return wire

    def _store(self, kind: str, name: str, content: bytes, part: int) -> File:
        number = len(self._by_id) + 1
        name = PurePosixPath(name.replace("\\", "/")).name or "file"
        seed = hashlib.sha256(f"{kind}{number}{part}".encode()).hexdigest()
        file = File(
            file_id=f"SIM{kind.capitalize()}{number:06d}{seed[:24]}",
            kind=kind,
            path=f"{kind}s/file_{number}{'.jpg' if kind == 'photo' else PurePosixPath(name).suffix}",
            name=name,
            mime=_mime(name, content),
            content=content,
        )
        self._by_id[file.file_id] = self._by_path[file.path] = file
        return file


def _mime(name: str, content: bytes) -> str:
    if content.startswith(b"\x89PNG"):
        return "image/png"
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


@cache
def blank_picture() -> bytes:
    """A small grey PNG, which stands for every picture that is only named."""
    rows = (b"\x00" + b"\x9a\xa5\xb1" * 32) * 18

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", 32, 18, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def _weigh(kind: str, upload: Upload) -> None:
    if not upload.content:
        raise Refused("file must be non-empty")
    if len(upload.content) > LARGEST:
        raise Refused("Request Entity Too Large", 413)
    if kind == "photo" and len(upload.content) > LARGEST_PHOTO:
        raise Refused(f"too big for a photo; the maximum size is {LARGEST_PHOTO} bytes")
    if kind == "photo" and not upload.content.startswith(_IMAGES):
        raise Refused("IMAGE_PROCESS_FAILED")


def _named_by(source: str, kind: str, *, lenient: bool) -> tuple[str, bytes]:
    parts = urlsplit(source)
    if parts.scheme not in {"http", "https"}:
        raise Refused("wrong file identifier/HTTP URL specified")
    if "." not in (parts.hostname or "") or " " in source:
        raise Refused("wrong HTTP URL specified")
    if parts.scheme == "http" and not lenient:
        raise house("files by URL must be https here")
    if source.startswith(_MISSING):
        raise Refused("failed to get HTTP URL content")
    name = PurePosixPath(parts.path).name
    suffix = SUFFIXES.get(kind, "")
    name = name if PurePosixPath(name).suffix else f"{name or 'file'}{suffix}"
    pictured = kind not in {"document", "audio", "voice"} or (mimetypes.guess_type(name)[0] or "").startswith(
        "image/"
    )
    return name, blank_picture() if pictured else b"What a phone sends as a file."
