"""Tables of settings: what is not known is refused, and no value stands in a complaint. Knows no setting."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, SecretStr

from bot.errors import ConfigError


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


def secret(given: SecretStr, file: Path | None, place: str) -> str:
    """The secret as given or in its file; empty if there is none.

    Raises:
        ConfigError: the file can't be read.
    """
    if file is None:
        return given.get_secret_value()
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(((place, getattr(error, "strerror", None) or "can't be read"),)) from error
