"""What all tests share, and which of them are the unit part: examples of the news alone, told by their imports.

What hypothesis plays through and copy of the greatest length take seconds, and come with the rest.
"""

import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.imports import HEAVY, of_the_news_alone

if TYPE_CHECKING:
    from tests.counted import Count

HERE = Path(__file__).parent
UNITS = HERE / "news"
SHARED = HERE.parents[1] / "shared"


TELEGRAMS_WARNINGS = ("Please use 'Bot", ".*attribute `retry_after`")  # bot/line/calls.py says why


def _only_units(config: pytest.Config) -> bool:
    return bool(config.option.markexpr == "unit")


def pytest_configure(config: pytest.Config) -> None:
    gc.set_threshold(50_000, 20, 20)  # whole newsrooms come and go: walked over less often, a twelfth quicker
    if not _only_units(config):
        from bot import logs  # late: it brings the bot and Telegram, which the unit part does without
        from bot.config import LogSettings

        logs.set_up(LogSettings(level="warning"))  # as the real bot's: plain tracebacks, no locals
        from tests import plans  # late: it brings the database

        plans.collect()
        for warning in TELEGRAMS_WARNINGS:
            config.addinivalue_line("filterwarnings", f"ignore:{warning}:telegram.warnings.PTBUserWarning")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """`-m unit` does not even import the other tests."""
    if not _only_units(config) or collection_path in {HERE, UNITS}:
        return None
    return True if collection_path.is_dir() or not of_the_news_alone(collection_path) else None


def pytest_itemcollected(item: pytest.Item) -> None:
    played = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    quick = not played and item.get_closest_marker("long") is None
    if quick and item.path.parent in {HERE, UNITS} and of_the_news_alone(item.path):
        item.add_marker("unit")


def pytest_collection_finish(session: pytest.Session) -> None:
    heavy = HEAVY & sys.modules.keys()
    if _only_units(session.config) and heavy:
        raise pytest.UsageError(f"the unit part has imported {', '.join(sorted(heavy))}")


@pytest.fixture(autouse=True)
def no_statement_scans_what_grows(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every statement that the suite makes is judged where it is made first; see `tests/plans.py`."""
    yield
    if "tests.plans" in sys.modules:
        from tests import plans

        found = plans.faults()
        assert not found, "\n".join(found)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference material beside the checkout; without it the test is skipped."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared, which is not here")
    return SHARED


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch) -> "Count":
    """Transactions and statements from here on."""
    from tests.counted import counting  # late: it brings the database, which the unit part does without

    return counting(monkeypatch)
