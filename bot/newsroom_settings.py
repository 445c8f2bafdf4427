"""`[[newsrooms]]` and `[network]` of the settings."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.strict import Strict
from storage.address import is_name


def name(given: str) -> str:
    """A newsroom's name; on PostgreSQL its schema has it too.

    Raises:
        ValueError: it is none.
    """
    if not is_name(given):
        raise ValueError("not a newsroom's name: small letters, digits and _, a letter first, 40 at most")
    return given


class NewsroomSettings(BaseModel):
    """One of `[[newsrooms]]`: its name, and any other setting that shall be its own."""

    model_config = ConfigDict(extra="allow", frozen=True, hide_input_in_errors=True)

    name: Annotated[str, AfterValidator(name)]

    def __repr__(self) -> str:
        """Without its settings: a token may be among them."""
        return f"NewsroomSettings({self.name})"

    __str__ = __repr__

    def own(self) -> dict[str, Any]:
        """Its own settings, as they were written; what they mean is seen when they are joined."""
        return dict(self.model_extra or {})


class NetworkSettings(Strict):
    """How newsrooms are shared out between processes."""

    capacity: int = Field(default=50, ge=1, le=10_000)
    connections: int = Field(default=8, ge=2, le=1000)
    added: bool = False
