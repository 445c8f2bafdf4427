"""The process that reads: it answers, is shut in, and is killed when it takes too long."""

import asyncio
import os
import signal
import time
from pathlib import Path

import pytest

from bot.errors import PageError
from bot.intake.feeds import reading
from bot.intake.workshop import Workshop
from tests.intake.layouts import nastooh, samaneh
from tests.intake.test_feeds_read import ITEM, rss
from tests.intake.told import LIBRARY, WHEAT

HEAD = "<html lang=fa><head><title>خبر</title></head><body>"


async def test_pages_are_read_one_after_the_other_in_one_process() -> None:
    first, second = nastooh(LIBRARY), samaneh(WHEAT)
    async with Workshop(seconds=30) as shop:
        one = await shop.page(first.html.encode(), first.url)
        running = shop._process
        two = await shop.page(second.html.encode("cp1256", "xmlcharrefreplace"), second.url, "windows-1256")

        assert (one.headline, two.headline) == (LIBRARY.headline, WHEAT.headline)
        assert "کتاب‌خانه" in one.copy
        assert shop._process is running


async def test_a_page_that_takes_too_long_ends_the_process_and_the_next_one_is_read() -> None:
    told = nastooh(LIBRARY)
    async with Workshop(seconds=30) as shop:
        await shop.page(told.html.encode(), told.url)
        shop._seconds = 0.001
        start = time.monotonic()
        with pytest.raises(PageError, match="hard"):
            await shop.page((HEAD + f"<p>{WHEAT.headline}</p>" * 39_000).encode(), "https://site.example/x")

        assert time.monotonic() - start < 10
        shop._seconds = 30
        assert (await shop.page(told.html.encode(), told.url)).headline == LIBRARY.headline


async def test_a_process_that_dies_is_a_page_that_is_hard() -> None:
    told = nastooh(LIBRARY)
    async with Workshop(seconds=30) as shop:
        await shop.page(told.html.encode(), told.url)
        assert shop._process is not None
        os.kill(shop._process.pid, signal.SIGKILL)
        await shop._process.wait()
        assert (await shop.page(told.html.encode(), told.url)).headline == LIBRARY.headline


async def test_it_knows_no_secret_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONADI_TELEGRAM__TOKEN", "123:secret")
    told = nastooh(LIBRARY)
    async with Workshop(seconds=30) as shop:
        await shop.page(told.html.encode(), told.url)
        assert shop._process is not None
        environment = await asyncio.to_thread(Path(f"/proc/{shop._process.pid}/environ").read_bytes)
        assert b"secret" not in environment


async def test_nothing_but_a_page_is_said_to_be_none() -> None:
    async with Workshop(seconds=30) as shop:
        for raw in (b"", b"\x89PNG\r\n", b"{}", HEAD.encode()):
            with pytest.raises(PageError):
                await shop.page(raw, "https://site.example/x")


async def test_feeds_are_read_there_too_and_one_that_takes_too_long_ends_it() -> None:
    async with Workshop(seconds=30) as shop:
        body = rss(ITEM).encode()
        assert await shop.feed(body, "https://paper.example/feed", None) == reading.read(
            body, "https://paper.example/feed"
        )
        assert await shop.feed(b"<html>", "https://paper.example/", None) is None
        shop._seconds = 0.001
        with pytest.raises(PageError, match="hard"):
            await shop.feed(rss(ITEM * 5_000).encode(), "https://paper.example/feed", None)
        shop._seconds = 30
        assert await shop.feed(body, "https://paper.example/feed", "utf-8") is not None


async def test_an_answer_of_many_megabytes_comes_through() -> None:
    item = f"<item><guid>{{}}</guid><title>خبر</title><description>{'واژه ' * 500}</description></item>"
    async with Workshop(seconds=60) as shop:
        found = await shop.feed(
            rss("".join(map(item.format, range(2_000)))).encode(), "https://paper.example/", None
        )
        assert found is not None
        assert len(found.items) == 2_000
