"""Backups that may leave the machine: sealed for a key that is not on it, in parts that a chat takes.

The format is age (age-encryption.org/v1), so whoever has the secret key opens them without Monadi too:
`cat PARTS | age --decrypt --identity KEY`.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.errors import StorageError
from storage import sqlite_file

if TYPE_CHECKING:
    from pyrage.x25519 import Identity

SUFFIX: Final = ".age"
PART: Final = 19 << 20
"""Bytes of a part. A bot may send 50 MB (core.telegram.org/bots/api#sending-files); less repeats sooner."""


def new_key(file: Path) -> str:
    """Write a new secret key, for its owner's eyes alone; the public one, which seals.

    Raises:
        StorageError: there is a file of that name, or it can't be written.
    """
    from pyrage import x25519  # late: two megabytes that few commands need

    identity = x25519.Identity.generate()
    if file.exists():
        raise StorageError(
            f"{file} is there already, and may be what opens your backups: choose another name"
        )
    with sqlite_file.spoken(file):
        sqlite_file.private(file)
        file.write_text(f"# public key: {identity.to_public()}\n{identity}\n")
    return str(identity.to_public())


def seal(file: Path, recipient: str) -> tuple[Path, ...]:
    """Seal a file for the public key, in parts beside it; all of them are there when the last is.

    Raises:
        StorageError: they can't be written.
    """
    import pyrage

    whole = Path(f"{file}{SUFFIX}")
    with sqlite_file.spoken(whole):
        sqlite_file.private(whole)
        pyrage.encrypt_file(str(file), str(whole), [pyrage.x25519.Recipient.from_str(recipient)])
        count = -(-whole.stat().st_size // PART)
        if count == 1:
            return (whole,)
        parts = tuple(Path(f"{whole}.{number:03}-of-{count:03}") for number in range(1, count + 1))
        with whole.open("rb") as stream:
            for part in parts:
                sqlite_file.private(part)
                part.write_bytes(stream.read(PART))
        whole.unlink()
    return parts


def sealed(file: Path) -> tuple[Path, ...]:
    """What a backup was sealed into, if it was."""
    return tuple(sorted(file.parent.glob(f"{file.name}{SUFFIX}*")))


def unseal(parts: Sequence[Path], key: Path, into: Path) -> None:
    """Put the parts together, in the order of their names, and open them with the secret key.

    Raises:
        StorageError: the key is none or another's; a part is missing, damaged or of another backup.
    """
    import pyrage

    identity, first = _identity(key), min(parts, key=lambda part: part.name)
    together = Path(f"{into}{SUFFIX}")
    with sqlite_file.spoken(first):
        sqlite_file.private(together)
        try:
            with together.open("r+b") as out:
                for part in sorted(parts, key=lambda part: part.name):
                    with part.open("rb") as stream:
                        shutil.copyfileobj(stream, out)
            sqlite_file.private(into)
            pyrage.decrypt_file(str(together), str(into), [identity])
        except pyrage.DecryptError as error:
            raise StorageError(f"{key.name} is not the key that {first.name} was sealed for") from error
        except OSError as error:
            if error.errno is not None:
                raise
            raise StorageError(f"{first.name}: a part is missing or damaged") from error
        finally:
            sqlite_file.let_go(together)


def _identity(key: Path) -> "Identity":
    from pyrage import IdentityError, x25519

    with sqlite_file.spoken(key):
        lines = key.read_text().splitlines()
    try:
        return x25519.Identity.from_str(next(line for line in lines if line and not line.startswith("#")))
    except (IdentityError, StopIteration) as error:
        raise StorageError(f"{key.name} holds no secret key (AGE-SECRET-KEY-1…)") from error
