"""What is got ready once: the tables are there, and the garbage collector leaves them alone."""

import gc
from collections.abc import Iterator

import pytest

from bot import preparing
from bot.news.spelling import halfspace
from bot.news.summary import worth


@pytest.fixture
def thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("thawed")
def test_a_prepared_process_loads_nothing_more_and_collects_no_tables() -> None:
    preparing.prepare.cache_clear()  # a bot that ran in this process may have been there before
    halfspace.restorer.cache_clear()
    worth.model.cache_clear()

    preparing.prepare()

    assert halfspace.restorer.cache_info().currsize == worth.model.cache_info().currsize == 1
    assert gc.get_freeze_count() > 100_000
