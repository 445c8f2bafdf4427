"""The server's own certificate: read, and read again once it was renewed. Knows no route."""

import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

LOOKED_AGAIN: Final = 600.0
"""Seconds between two looks whether there is a new one: who renews it (certbot, acme.sh) tells us nothing."""

type Stamp = tuple[tuple[int, int], ...]


@dataclass(kw_only=True)
class Tls:
    """A certificate with its chain, and its key, both as PEM files; the key without a passphrase."""

    certificate: Path
    key: Path
    _seen: Stamp = field(default=(), init=False)

    def context(self) -> ssl.SSLContext:
        """What a server speaks TLS with, 1.2 or newer.

        Raises:
            OSError: a file can't be read.
            ssl.SSLError: it is no such thing, or the key is another's.
        """
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.minimum_version = ssl.TLSVersion.TLSv1_2
        self._seen = self._stamp()
        self._load(made)
        return made

    def renew(self, context: ssl.SSLContext) -> bool:
        """Have who connects from now on get what stands in the files now; whether there was anything new.

        Raises:
            OSError, ssl.SSLError: as `context`; what was there stays, and it is tried again at the next look.
        """
        if (there := self._stamp()) == self._seen:
            return False
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(*self._files(), password=_none)  # half of it?
        self._load(context)
        self._seen = there
        return True

    def _load(self, context: ssl.SSLContext) -> None:
        context.load_cert_chain(*self._files(), password=_none)

    def _files(self) -> tuple[Path, Path]:
        return self.certificate, self.key

    def _stamp(self) -> Stamp:
        return tuple((each.st_mtime_ns, each.st_ino) for each in (file.stat() for file in self._files()))


def _none() -> str:
    """OpenSSL would ask at the terminal for a passphrase, and wait there for ever."""
    return ""
