"""All that may befall a newsroom, at the same time, for ten minutes: the posts are on time and nobody waits in vain."""

import gc
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot import logs, preparing
from bot.config import LogSettings
from tests.hostile.afternoon import QUICK, play
from tests.hostile.judge import judged, told

pytestmark = [pytest.mark.hostile, pytest.mark.timeout(600)]


@pytest.fixture(autouse=True)
def as_the_running_bot() -> Iterator[None]:
    """Tables are loaded, the walk over all objects of all tests is no work of the bot; the tests' log afterwards."""
    preparing.prepare()
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
    logs.set_up(LogSettings(level="warning"))


def test_a_hostile_afternoon_ends_with_every_post_on_time_and_nobody_without_an_answer() -> None:
    with TemporaryDirectory(prefix="monadi-hostile-", dir=QUICK) as folder:
        seen = play(seed=1, minutes=10, folder=Path(folder))

    assert judged(seen) == [], "\n".join(told(seen))
    assert len(seen.thrown) == 10, "a bug was met in each of the loops"
