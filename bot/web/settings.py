"""`[server]` of the settings."""

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, IPvAnyNetwork, model_validator

from bot.strict import Strict
from bot.web.tls import Tls


def _address(given: str) -> str:
    """HOST:PORT, where HOST is a number: a name could be another machine tomorrow."""
    if not given:
        return ""
    host, _, port = given.rpartition(":")
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        raise ValueError("not such as 127.0.0.1:8090") from None
    if not (port.isascii() and port.isdigit() and 0 <= int(port) < 65536):
        raise ValueError("not such as 127.0.0.1:8090")
    return given


def _base(given: str) -> str:
    if not given:
        return ""
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("not such as https://news.example.com")
    return given.rstrip("/")


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class ServerSettings(Strict):
    """Where HTTP is served, and what of it; off without an `address`."""

    address: Annotated[str, AfterValidator(_address)] = ""
    base_url: Annotated[str, AfterValidator(_base)] = ""
    webhook: bool = False
    articles: bool = True
    published: bool = True
    health: bool = True
    metrics: bool = False
    board: bool = False
    certificate: Path | None = None
    key: Path | None = Field(default=None, repr=False)
    trusted_proxies: tuple[IPvAnyNetwork, ...] = ()
    requests_per_minute: int = Field(default=600, ge=1, le=1_000_000)
    per_minute: int = Field(default=60, ge=1, le=10_000)
    max_kilobytes: int = Field(default=2_000, ge=1, le=20_000)

    @model_validator(mode="after")
    def _reachable(self) -> "ServerSettings":
        if self.webhook and not (self.address and self.base_url):
            raise ValueError("webhook needs address and base_url: where Telegram brings the mail")
        parts = urlsplit(self.base_url)
        if self.webhook and parts.scheme != "https" and not _is_here(parts.hostname or ""):
            raise ValueError("webhook needs a base_url with https: Telegram brings the mail nowhere else")
        if self.board and not (self.address and self.base_url):
            raise ValueError("board needs address and base_url: where people open it")
        if self.board and parts.scheme != "https" and not _is_here(parts.hostname or ""):
            raise ValueError(
                "board needs a base_url with https: Telegram opens no other, and sessions are secrets"
            )
        return self

    @model_validator(mode="after")
    def _whole(self) -> "ServerSettings":
        if (self.certificate is None) != (self.key is None):
            raise ValueError("certificate and key belong together: both, or none behind a proxy of yours")
        return self

    def tls(self) -> Tls | None:
        """How it speaks https by itself; None where it does not."""
        return Tls(certificate=self.certificate, key=self.key) if self.certificate and self.key else None

    @property
    def board_url(self) -> str:
        """Where the week board is opened; empty where it is not served."""
        return f"{self.base_url}/board" if self.board and self.address else ""

    @property
    def place(self) -> tuple[str, int]:
        """Host and port."""
        host, _, port = self.address.rpartition(":")
        return host.strip("[]"), int(port)
