"""The settings of what the bot reaches beside Telegram: an outside model, pages and feeds."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, model_validator

from bot import addresses
from bot.intake.fetching import Way
from bot.intake.outside import USUAL_PORTS
from bot.strict import Strict, secret


class AssistantSettings(Strict):
    """Where an outside model is asked to propose a headline and points; off without a `url`."""

    url: Annotated[str, AfterValidator(addresses.endpoint)] = ""
    allow_http: bool = False
    model: str = ""
    key: SecretStr = SecretStr("")
    key_file: Path | None = None
    timeout: float = Field(default=20.0, gt=0, le=120)
    max_points: int = Field(default=5, ge=1, le=10)
    asks_per_hour: int = Field(default=20, ge=1, le=1000)

    @model_validator(mode="after")
    def _usable(self) -> "AssistantSettings":
        parts = urlsplit(self.url)
        if parts.scheme == "http" and not (self.allow_http or addresses.is_loopback(parts.hostname)):
            raise ValueError("copy and key would travel in the open: use https://, or allow_http = true")
        if self.url and not self.model:
            raise ValueError("url without model")
        if self.key.get_secret_value() and self.key_file:
            raise ValueError("give key or key_file, not both")
        return self

    def secret(self) -> str:
        """The key itself; empty for an endpoint that asks for none.

        Raises:
            ConfigError: its file can't be read.
        """
        return secret(self.key, self.key_file, "assistant.key_file")


class IntakeSettings(Strict):
    """How links and feeds are fetched: never from inside, but for `allow_hosts` (`host` or `host:port`)."""

    pages: bool = True
    proxy: Annotated[str | None, AfterValidator(addresses.way_out)] = Field(default=None, repr=False)
    ports: tuple[Annotated[int, Field(ge=1, le=65535)], ...] = tuple(sorted(USUAL_PORTS))
    allow_hosts: tuple[Annotated[str, AfterValidator(addresses.host)], ...] = ()
    timeout: float = Field(default=Way().seconds, ge=1, le=120)
    max_megabytes: int = Field(default=Way().max_bytes // 1_000_000, ge=1, le=20)

    def way(self, telegram_proxy: str | None) -> Way:
        """How to go out; without a word about it, as to Telegram."""
        proxy = self.proxy or telegram_proxy or addresses.proxy_around()
        return Way(
            proxy=None if proxy == addresses.DIRECT else proxy,
            ports=frozenset(self.ports),
            allow_hosts=frozenset(self.allow_hosts),
            seconds=self.timeout,
            max_bytes=self.max_megabytes * 1_000_000,
        )
