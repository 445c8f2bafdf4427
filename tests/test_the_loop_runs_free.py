"""The longest story that there may be, from its paste to the channel: the event loop never works 20 ms on end."""

import gc
from pathlib import Path

import pytest

from bot import preparing
from bot.news.model import Piece
from bot.news.structure import intake
from tests.handlers.story.test_paste_arrival import long_copy
from tests.loop_watch import Watch, watched
from tests.newsroom import COPY, House, newsroom

pytestmark = pytest.mark.long

AT_MOST = 0.020
"""Seconds of the loop's own processor time."""
KINDS = {
    "prose": long_copy(intake.MAX_COPY - 1000),
    "half-spaces": "تیتر خبر\nلید خبر در یک جمله.\n" + "م\u200c" * 95_000,
    "fractions": "تیتر خبر\nلید خبر در یک جمله.\n" + "1/2/" * 47_000,
}


async def from_paste_to_post(house: House, copy: str) -> None:
    reporter, editor, admin = house.reporter, house.editor, house.admin
    await reporter.sends(copy)
    await house.passes(3)
    await reporter.presses("ویرایش تیتر")
    await reporter.sends("تیتر تازهٔ خبر که میرود")
    await reporter.presses("🏷 هشتگ")
    await reporter.presses("✍️")
    await reporter.sends("#خبر #شهر")
    await reporter.presses("چه کسی")
    await reporter.presses("ارسال به دبیر")
    await editor.presses("تأیید")
    await admin.sends("/desk")
    await admin.presses("تأییدشده")
    await admin.presses("زمان‌بندی")
    await admin.presses("همین حالا")
    await admin.presses("بله")
    await house.passes(60)


async def watched_story(tmp_path: Path, copy: str) -> Watch:
    look = {"pieces": [piece.value for piece in Piece], "signature": "@news"}
    async with newsroom(f"sqlite:///{tmp_path}/newsroom.db", look=look) as house:
        await house.admin.sends("/connect @news")
        await from_paste_to_post(house, COPY)  # what is worked out once, and statements that are put together
        gc.collect()
        gc.freeze()  # as the running bot has it: the walk over all objects of all tests is no work of the bot
        with watched() as watch:
            await from_paste_to_post(house, copy)
        assert len(house.posts()) > 1
        assert "در این پست جا نشد" in house.posts()[-1]
    return watch


@pytest.mark.parametrize("copy", KINDS.values(), ids=KINDS.keys())
async def test_the_longest_story_never_holds_the_loop(copy: str, tmp_path: Path) -> None:
    preparing.prepare()
    for number in range(3):  # a processor shared with others is slower now and then
        (where := tmp_path / str(number)).mkdir()
        watch = await watched_story(where, copy)
        if watch.worst < AT_MOST:
            break

    assert watch.worst < AT_MOST, watch.longest
