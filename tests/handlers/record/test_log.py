"""Owners read the record of who did what: filtered, page by page, and as a file; nobody else does."""

import csv
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NotFound
from bot.news.talk import Sought
from handlers.record import which
from handlers.record.which import Which
from tests.newsroom import EDITOR, House, newsroom


async def written(house: House, count: int) -> None:
    """So many entries of the editor's on the first story."""
    async with house.newsroom.storage.begin() as db:
        for number in range(count):
            await db.audit.log(
                at=house.world.clock.now(),
                person_id=EDITOR,
                verb="edit",
                article_id=1,
                detail={"number": number},
            )


def lines(house: House) -> list[str]:
    return [line for line in house.owner.text().splitlines() if line.startswith("•")]


async def file(house: House, button: str) -> tuple[str, str, dict[str, Any]]:
    """What comes as a file after a press: its name, what stands in it, and the message."""
    await house.owner.presses(button)
    message = next(each for each in reversed(house.owner.reads()) if "document" in each)
    path = house.world.files.find(message["document"]["file_id"])["file_path"]
    content = house.world.files.read(path)
    assert content is not None
    return message["document"]["file_name"], content.content.decode("utf-8-sig"), message


async def test_the_record_tells_who_did_what_with_which_story() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.owner.sends("/log")

        assert "نوبت" in lines(house)[0]
        approved = next(line for line in lines(house) if "تأیید شد" in line)
        assert "شهرداری" in approved
        assert str(EDITOR) not in approved, "people have names"


async def test_the_record_is_turned_to_its_beginning_and_back() -> None:
    async with newsroom() as house:
        await house.approved()
        await written(house, 20)
        await house.owner.sends("/log")
        newest = house.owner.text()
        seen = lines(house)
        while any("قدیمی‌تر" in button for button in house.owner.buttons()):
            await house.owner.presses("قدیمی‌تر")
            seen += lines(house)
        while any("تازه‌تر" in button for button in house.owner.buttons()):
            await house.owner.presses("تازه‌تر")

        async with house.newsroom.storage.begin() as db:
            assert len(seen) == len(await db.audit.page(Sought(), limit=99))
        assert house.owner.text() == newest


async def test_the_record_is_narrowed_to_a_person_a_story_a_channel_and_a_day() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.owner.sends("/log")
        everything = len(lines(house))
        await house.owner.presses("شخص")
        await house.owner.presses(next(b for b in house.owner.buttons() if "سردبیر" in b or "👤" in b))
        persons = len(lines(house))
        await house.owner.presses("همه دوباره")
        await house.owner.presses("کانال")
        await house.owner.presses("📣")
        channels = len(lines(house))
        await house.owner.presses("همه دوباره")
        await house.owner.presses("خبر")
        await house.owner.presses("شهرداری")
        stories = len(lines(house))
        await house.owner.presses("روز")
        await house.owner.presses(house.owner.buttons()[1])  # yesterday

        assert 0 < persons < everything
        assert 0 < channels < everything
        assert 0 < stories < everything
        assert "چنین کاری ثبت نشده" in house.owner.text()


async def test_the_record_is_handed_out_as_a_table_and_as_lines_of_json() -> None:
    async with newsroom() as house:
        await house.approved()
        async with house.newsroom.storage.begin() as db:
            await db.staff.met(EDITOR, '=HYPERLINK("x")', "fa", house.world.clock.now())
            entries = await db.audit.page(Sought(), limit=99)
        await house.owner.sends("/log")
        name, table, _ = await file(house, "CSV")
        named, many, message = await file(house, "JSON")
        read = [json.loads(line) for line in many.splitlines()]
        rows = list(csv.DictReader(table.splitlines()))

        assert (name, named) == ("monadi-log.csv", "monadi-log.jsonl")
        assert [row["id"] for row in rows][-len(entries) :] == [str(entry.id) for entry in entries]
        assert [each["verb"] for each in read][-len(entries) :] == [entry.verb for entry in entries]
        assert read[0]["verb"] == "export_record", "that the record left is in the record"
        assert not any(row["person"].startswith("=") for row in rows), "a spreadsheet would run it"
        assert "از تازه به قدیم" in message["caption"]


@pytest.mark.parametrize("who", ["reporter", "editor", "admin", "reader"])
async def test_the_record_is_the_owners_alone(who: str) -> None:
    async with newsroom() as house:
        await house.approved()
        await house.owner.sends("/log")
        card = house.owner.reads()[-1]
        person = getattr(house, who)
        await person.sends("/log")
        assert "تأیید شد" not in person.text()
        for row in card["reply_markup"]["inline_keyboard"]:
            for button in row:
                await person.forges(button["callback_data"])

        assert not any("document" in message for message in person.reads())
        assert not any("گزارش کارها" in message.get("text", "") for message in person.reads())


IDS = st.none() | st.integers(1, 2**52 - 1)


@given(
    person=IDS,
    article=IDS,
    channel=st.none() | st.integers(-(2**52) + 1, -1),
    day=st.none() | st.dates(),
)
def test_what_a_button_means_fits_into_it_and_is_read_again(**chosen: Any) -> None:
    wanted = Which(**chosen)

    assert which.of(wanted.word) == wanted
    assert len(f"record.channels:{wanted.word}:999".encode()) <= 64 or all(chosen.values())


@pytest.mark.parametrize(
    "forged", ["", "x1", "p", "p-1", "p0", "pzzzzzzzzzzzzzzz", "d" + "z" * 9, "p1..", "🙂"]
)
def test_a_forged_word_is_refused(forged: str) -> None:
    with pytest.raises(NotFound):
        which.of(forged)
