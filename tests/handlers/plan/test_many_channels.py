"""A newsroom with many channels: what shows them asks once for all, and shows no more than a person can read."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from storage import Storage
from tests import years
from tests.newsroom import NEWS, NOON, House, newsroom
from tests.storage.newsroom import stored_story

FEW, MANY = 12, 120


async def opened(file: Path, channels: int) -> str:
    url = f"sqlite:///{file}"
    await (await Storage.open(url)).close()
    years.fill(file, now=NOON, stories=3, channel_id=NEWS, channels=channels - 1)
    return url


async def statements(house: House, said: str) -> int:
    """How many are made for it, with all that follows."""
    asked: list[str] = []

    def count(_: object, __: object, statement: str, *___: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", count)
    await house.admin.sends(said)
    event.remove(Engine, "before_cursor_execute", count)
    return len(asked)


@pytest.mark.parametrize("said", ["/queue", "/slots", "/digest", "/pause", "/queue @news"])
async def test_a_board_asks_as_often_with_many_channels_as_with_few(tmp_path: Path, said: str) -> None:
    asked = []
    for count in (FEW, MANY):
        async with newsroom(await opened(tmp_path / f"{count}.db", count)) as house:
            await statements(house, said)
            asked.append(await statements(house, said))

    assert asked[0] == asked[1]


async def test_the_week_asks_once_for_all_channels(tmp_path: Path) -> None:
    asked = []
    for count in (4, FEW):
        async with newsroom(await opened(tmp_path / f"{count}.db", count)) as house:
            await statements(house, "/week")
            asked.append(await statements(house, "/week"))

    assert asked[0] == asked[1]


async def test_a_card_reads_only_the_channels_that_it_names(tmp_path: Path) -> None:
    asked = []
    for count in (FEW, MANY):
        async with newsroom(await opened(tmp_path / f"{count}.db", count)) as house:
            story = await stored_story(house.newsroom.storage, now=NOON)
            async with house.newsroom.storage.begin() as db:
                await db.cards.show(story.id, house.editor.id)
            asked.append(await statements(house, "/help"))
            assert house.editor.card()

    assert asked[0] == asked[1]


async def test_many_channels_are_chosen_from_a_list_and_leafed_through(tmp_path: Path) -> None:
    async with newsroom(await opened(tmp_path / "many.db", MANY)) as house:
        admin = house.admin
        told = await admin.sends("/queue")
        assert "۱۲۰" in told
        assert len(admin.reads()) == 2, "one message for all"
        assert admin.buttons(admin.reads()[-1])[0].startswith("📣")

        await admin.presses("بعدی")
        assert "📣 کانال ۴۰" not in admin.buttons(admin.reads()[-1])
        assert len([b for b in admin.buttons(admin.reads()[-1]) if "📣" in b]) == 20
        await admin.presses("📣")

        assert "صف" in admin.text()
        assert await admin.forges("channels:everything:0")
        assert await admin.forges("channels:queue:-1")


@pytest.mark.parametrize(
    ("said", "title"),
    [("/queue", "در صف کانال‌ها"), ("/slots", "نوبت‌های هفتگی"), ("/digest", "خلاصهٔ خبرهای کانال‌ها")],
)
async def test_a_few_channels_are_told_of_in_one_message_and_each_is_a_button(said: str, title: str) -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.sends("/connect @sport")
        await house.admin.sends("/slots @sport جمعه ۱۰")
        await house.admin.presses("خبر: ")
        before = len(house.admin.reads())
        told = await house.admin.sends(said)
        assert len(house.admin.reads()) == before + 2, "what they wrote, and the answer"
        assert told.startswith(title)
        assert "📣 خبر" in told
        assert "📣 ورزش" in told
        await house.admin.presses("📣 ورزش", message=house.admin.reads()[-1])
        assert "«ورزش»" in house.admin.text()
        assert len(house.admin.reads()) == before + 2


async def test_a_post_stands_once_in_the_queue() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.presses("خبر: ")
        told = await house.admin.sends("/queue")
        assert "۱. ۱۲:۳۰ شهرداری سپیدکوه" in told
        [label] = [each for each in house.admin.buttons(house.admin.reads()[-1]) if "۱۲:۳۰" in each]
        assert label == "۱ · ۱۲:۳۰"
