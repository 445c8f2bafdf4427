"""What all tests share."""

from pathlib import Path

import pytest

from bot import logs
from bot.config import LogSettings

SHARED = Path(__file__).parents[1].parent / "shared"


logs.set_up(LogSettings(level="warning"))  # as the real bot's: plain tracebacks, no locals


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference material beside the checkout; without it the test is skipped."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared, which is not here")
    return SHARED
