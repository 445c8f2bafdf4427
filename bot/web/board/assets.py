"""The files of the week board: ours, and SortableJS as its makers have published it."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
SORTABLE = "bf4241bc73fef7f11c59a283a69fe8051cdd31c6d8ff5a2b9ba219e7831fcf76"
"""SHA-256 of sortable.min.js: `Sortable.min.js` of the npm package sortablejs 1.15.7 (MIT), unchanged."""
_KINDS = {".js": "text/javascript", ".css": "text/css"}
NAMES = ("board.css", "board.js", "theme.js", "sortable.min.js")


@dataclass(frozen=True, kw_only=True)
class Asset:
    body: bytes
    kind: str
    tag: str


@cache
def all_of_them() -> dict[str, Asset]:
    """By their names; read once."""
    found = {}
    for name in NAMES:
        body = (FOLDER / name).read_bytes()
        tag = hashlib.sha256(body).hexdigest()[:16]
        found[name] = Asset(body=body, kind=f"{_KINDS[Path(name).suffix]}; charset=utf-8", tag=tag)
    return found


def addresses() -> dict[str, str]:
    """Where each is asked for: a new one at a new address, so that no browser shows an old one."""
    return {name: f"board/{name}?{asset.tag}" for name, asset in all_of_them().items()}
