"""Years of stories change nothing about what a newsroom's actions ask of the database, nor fill the disk."""

import sqlite3
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine, event

from storage import Storage
from tests import years
from tests.newsroom import NEWS, NOON, House, newsroom

pytestmark = pytest.mark.plays

FEW, MANY = 20, 1_500
STORIES = 12
KEPT = 2.5
"""Bytes that a story may take for each byte of its text, once it is a week old."""
FOUND = 3.5
"""Bytes that its words may take besides, by which the archive finds it (docs/archive.md)."""
_TESTS = Path(__file__).parent


async def filled(file: Path, stories: int) -> str:
    url = f"sqlite:///{file}"
    await (await Storage.open(url)).close()
    years.fill(file, now=NOON, stories=stories, channel_id=NEWS)
    return url


async def statements(house: House) -> dict[str, int]:
    """How many statements each action takes with all that follows from it."""
    asked: list[str] = []
    counts: dict[str, int] = {}

    def count(_: object, __: object, statement: str, *___: object) -> None:
        asked.append(statement)

    def done(what: str) -> None:
        counts[what] = len(asked)
        asked.clear()

    reporter, editor, admin = house.reporter, house.editor, house.admin
    event.listen(Engine, "before_cursor_execute", count)
    await reporter.sends(years.text_of(years.story(90_000))[:3000])
    done("a paste")
    await reporter.presses("ارسال به دبیر")
    done("submit")
    await editor.presses("ویرایش تیتر")
    await editor.sends("قطار هیدروژنی آزمایش شد")
    done("a typed answer")
    await editor.presses("تأیید")
    done("approve")
    for command in ("/drafts", "/queue @news", "/slots @news"):
        await (reporter if command == "/drafts" else admin).sends(command)
        done(command)
    await admin.sends("/slots @news شنبه ۹:۱۰")
    done("a slot more")
    await admin.sends("/queue @news")
    await admin.presses("توقف")
    done("the question before a pause")
    await admin.presses("بله، متوقف کن")
    done("a pause")
    await house.settles()
    done("a look of all loops")
    event.remove(Engine, "before_cursor_execute", count)
    return counts


async def test_an_action_asks_as_often_after_years_as_on_the_first_day(tmp_path: Path) -> None:
    asked = []
    for stories in (FEW, MANY):
        async with newsroom(await filled(tmp_path / f"{stories}.db", stories)) as house:
            asked.append(await statements(house))

    assert asked[0] == asked[1]


async def test_a_change_of_slots_or_a_pause_asks_less_than_two_presses_whatever_is_in_the_archive(
    tmp_path: Path,
) -> None:
    async with newsroom(await filled(tmp_path / "many.db", MANY)) as house:
        asked = await statements(house)

    assert max(asked["a slot more"], asked["a pause"]) <= 2 * asked["submit"]


def copies() -> Iterator[str]:
    """Stories of an ordinary length, of sentences that nobody has written twice."""
    folders = (_TESTS / "samples", _TESTS / "data" / "pastes")
    texts = [path.read_text(encoding="utf-8") for folder in folders for path in sorted(folder.glob("*.txt"))]
    lines = sorted({line.strip() for text in texts for line in text.splitlines() if len(line) > 60})
    chance = Random(5)
    while True:
        chance.shuffle(lines)
        text = "\n".join(lines)[:4_700]
        yield f"خبر شمارهٔ {chance.randrange(10**6)} از شهرداری سپیدکوه\n{text}"


def taken(file: Path) -> int:
    """Bytes of the database that are in use."""
    base = sqlite3.connect(file)
    (pages,), (free,), (size,) = (
        base.execute(f"PRAGMA {what}").fetchone() for what in ("page_count", "freelist_count", "page_size")
    )
    base.close()
    return int((pages - free) * size)


def archived(file: Path) -> int:
    """Bytes of the archive's tables and indexes (sqlite.org/dbstat.html)."""
    base = sqlite3.connect(file)
    try:
        (found,) = base.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE '%archive%'").fetchone()
    except sqlite3.OperationalError:
        pytest.skip("SQLite was built without dbstat")
    finally:
        base.close()
    return int(found)


async def published(house: House, number: int, copy: str) -> None:
    """A story goes from a paste in two parts through an edit to its post in the channel."""
    await house.reporter.sends(copy[:3_600])
    await house.reporter.sends(copy[3_600:])
    await house.passes(5)
    await house.reporter.presses("ارسال به دبیر")
    await house.editor.presses("ویرایش تیتر")
    await house.editor.sends(f"خبر شمارهٔ {number} از سپیدکوه")
    await house.editor.presses("تأیید")
    async with house.newsroom.storage.begin() as db:
        article = await db.articles.get(number)
    assert article is not None
    assert article.version > 2
    await house.admin.forges(f"plan.now:{number}:{article.version}:{NEWS}")
    assert len(house.posts()) >= number


async def test_a_story_of_a_week_ago_takes_two_and_a_half_times_its_text(tmp_path: Path) -> None:
    file, written, first, first_found = tmp_path / "newsroom.db", 0, 0, 0
    async with newsroom(await filled(file, 0)) as house:
        for number, copy in enumerate(islice(copies(), STORIES + 1), start=1):
            await published(house, number, copy)
            if number == 1:  # tables and indexes take their pages however little is in them
                first, first_found = taken(file), archived(file)
            else:
                written += len(copy.encode())
        house.world.clock.advance(9 * 24 * 3600)
        await house.newsroom.tidy()

    found = archived(file) - first_found
    assert (taken(file) - first - found) / written <= KEPT
    assert found / written <= FOUND
