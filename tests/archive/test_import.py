"""`monadi import`: each kind of file, what is faulty in it, and going on where it was interrupted."""

import contextlib
import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.archive import bringing, searching
from bot.archive.formats import rows
from bot.archive.json_stream import items
from bot.cli import app
from bot.news.archive.entry import Entry
from bot.news.archive.query import read
from storage import Storage
from storage.archive_reading import EVERYTHING

LINES = "\n".join(  # noqa: FLY002 - a line each
    [
        '{"id": 1, "headline": "پل گشوده شد", "text": "<p>پل قدیمی</p><p>باز شد &amp; رفت.</p>", "date": "2020-05-01T10:00:00+03:30"}',
        '{"title": "بی تاریخ"}',
        "این JSON نیست",
        '{"title": "مدرسه", "body_text": "مدرسه ساخته شد.", "versioncreated": "2021-01-02T00:00:00Z", "uri": "https://a.ir/1", "by": "سارا"}',
        "[1]",
    ]
)
CSV = '\ufeffتیتر;متن;تاریخ;نشانی\nسیل آمد;"رود; طغیان کرد\nدر شمال";2019-03-20;https://a.ir/2\n;;;\n'
WXR = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e "bomb">]>
<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<item><title>نوشتهٔ یک</title><link>https://b.ir/1</link><dc:creator>علی</dc:creator><content:encoded><![CDATA[<p>متن &lt;یک&gt;</p>]]></content:encoded><wp:post_date_gmt>2018-01-01 00:00:00</wp:post_date_gmt><wp:post_type>post</wp:post_type><wp:status>publish</wp:status></item>
<item><title>پیش‌نویس</title><wp:post_type>post</wp:post_type><wp:status>draft</wp:status></item>
<item><title>برگه</title><wp:post_type>page</wp:post_type><wp:status>publish</wp:status></item>
</channel></rss>"""
TELEGRAM = {
    "name": "خبرهای «روستا»",
    "type": "public_channel",
    "id": 1234,
    "messages": [
        {"id": 1, "type": "service", "text": ""},
        {
            "id": 2,
            "type": "message",
            "date": "2022-01-01T10:00:00",
            "date_unixtime": "1641018600",
            "text": ["تیتر ", {"type": "bold", "text": "پررنگ"}, "\nمتن خبر"],
        },
        {"id": 3, "type": "message", "date": "2022-01-02T10:00:00", "text": ""},
    ],
}


def entries(path: Path) -> list[Entry]:
    return [row.entry for row in rows(path, lambda _: None) if row.entry is not None]


def file(tmp_path: Path, name: str, content: str) -> Path:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return path


def test_json_lines_with_names_of_several_worlds(tmp_path: Path) -> None:
    found = list(rows(file(tmp_path, "a.jsonl", LINES), lambda _: None))

    assert [row.entry is not None for row in found] == [True, False, False, True, False]
    assert found[0].entry is not None
    assert found[0].entry.text == "پل قدیمی\nباز شد & رفت."
    assert found[3].entry is not None
    assert (found[3].entry.byline, found[3].entry.url) == ("سارا", "https://a.ir/1")
    assert [row.why for row in found][1] == "no date"


def test_csv_wordpress_ninjs_and_telegram(tmp_path: Path) -> None:
    (flood,) = entries(file(tmp_path, "a.csv", CSV))
    assert (flood.headline, flood.text) == ("سیل آمد", "رود; طغیان کرد\nدر شمال")

    (post,) = entries(file(tmp_path, "w.xml", WXR))
    assert (post.headline, post.text, post.byline) == ("نوشتهٔ یک", "متن <یک>", "علی")

    ninjs = {
        "uri": "urn:1",
        "headline": "آب",
        "body_html": "<p>آب آمد</p>",
        "versioncreated": "2020-01-01T00:00:00Z",
    }
    assert [each.text for each in entries(file(tmp_path, "n.json", json.dumps(ninjs, indent=1)))] == [
        "آب آمد"
    ]
    assert len(entries(file(tmp_path, "l.json", json.dumps([ninjs, {**ninjs, "uri": "urn:2"}])))) == 2

    (told,) = entries(file(tmp_path, "result.json", json.dumps(TELEGRAM, ensure_ascii=False, indent=1)))
    assert (told.headline, told.text, told.place) == ("تیتر پررنگ", "متن خبر", "خبرهای «روستا»")
    assert told.url == "https://t.me/c/1234/2"


@pytest.mark.parametrize("content", ["", "hello", "{", '{"type": "public_channel", "messages": [{"id"'])
def test_what_is_no_such_file_is_told(tmp_path: Path, content: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        list(rows(file(tmp_path, "x.bin", content), lambda _: None))


@pytest.mark.parametrize("size", [1, 7, 65_536, 200_000])
def test_a_list_is_read_item_by_item_wherever_it_is_cut(size: int) -> None:
    whole: list[Any] = [{"a": "خ" * size}, 12345, "x]", [1, {"b": []}], None]

    assert list(items(io.StringIO(json.dumps({"k": 1, "l": whole})), "l")) == whole
    assert list(items(io.StringIO(json.dumps(whole, indent=2)), None)) == whole


async def test_what_was_brought_in_is_there_once_however_often_it_is_said(tmp_path: Path) -> None:
    path = file(tmp_path, "a.jsonl", LINES)
    storage = await Storage.open(f"sqlite:///{tmp_path}/x.db")

    looked = await bringing.bring(None, path, lambda *_: None)
    first = await bringing.bring(storage, path, lambda *_: None, place="کانال کهنه")
    again = await bringing.bring(storage, path, lambda *_: None)
    found = await storage.asked(
        lambda reading: reading.entries(searching.found(reading, read("مدرسه"), EVERYTHING))
    )
    await storage.close()

    assert (looked.brought, first.brought, first.faulty, again.brought, again.known) == (2, 2, 3, 0, 2)
    assert [each.place for each in found.values()] == ["کانال کهنه"]
    assert first.faults is not None
    faults = [json.loads(line) for line in first.faults.read_text(encoding="utf-8").splitlines()]
    assert [each["row"] for each in faults] == [2, 3, 5]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("1402-03-05", "2023-05-26"),
        ("۱۴۰۲/۰۳/۰۵ ۱۲:۳۰", "2023-05-26"),
        ("۵ خرداد ۱۴۰۲", "2023-05-26"),
        ("2020-01-01 10:00:00", "2020-01-01"),
        ("Mon, 30 Nov 2026 10:00:00 +0330", "2026-11-30"),
        ("1609459200", "2021-01-01"),
        ("1609459200000", "2021-01-01"),
    ],
)
def test_days_are_told_in_either_calendar(tmp_path: Path, said: str, day: str) -> None:
    (entry,) = entries(file(tmp_path, "a.jsonl", json.dumps({"title": "خبر", "date": said})))
    assert entry.told_at.date().isoformat() == day


@pytest.mark.parametrize("said", ["0001-01-01", "1402-13-40", "دیروز", "9" * 400, "1402"])
def test_what_is_no_day_is_a_fault(tmp_path: Path, said: str) -> None:
    (row,) = rows(file(tmp_path, "a.jsonl", json.dumps({"title": "خبر", "date": said})), lambda _: None)
    assert row.entry is None
    assert row.why.startswith("no date")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_files_are_read_as_programs_save_them(tmp_path: Path, name: str, encoding: str) -> None:
    row = {"title": "سیل آمد", "متن": "رود طغیان کرد. " * 20, "تاریخ": "1402/03/05"}
    heads, cells = ",".join(row), ",".join(row.values())
    text = f"{heads}\n{cells}\n" if name == "a.csv" else json.dumps(row, ensure_ascii=False)
    path = tmp_path / name
    path.write_bytes(text.replace("ی", "ي" if encoding == "cp1256" else "ی").encode(encoding))

    (entry,) = entries(path)
    assert (entry.headline.replace("ي", "ی"), entry.told_at.year) == ("سیل آمد", 2023)


def test_a_row_that_nests_for_ever_is_a_fault_and_the_others_go_on(tmp_path: Path) -> None:
    good = json.dumps({"title": "خبر", "date": "2020-01-01"})
    found = list(rows(file(tmp_path, "a.jsonl", f"{good}\n{'[' * 100_000}\n{good}"), lambda _: None))
    assert [row.entry is not None for row in found] == [True, False, True]
    for whole in (f"[{'[' * 100_000}", f'{{"a":\n{"[" * 100_000}'):
        with pytest.raises(ValueError, match="deep"):
            list(rows(file(tmp_path, "a.json", whole), lambda _: None))


@pytest.mark.processes
def test_killed_in_the_middle_it_goes_on_and_nothing_is_there_twice(tmp_path: Path) -> None:
    path = file(tmp_path, "a.jsonl", "\n".join([*many(3_000), "no JSON"]))
    database = tmp_path / "x.db"
    config = file(tmp_path, "monadi.toml", f'database = "sqlite:///{database}"\n[telegram]\ntoken = "1:x"\n')
    command = [
        sys.executable,
        "-c",
        "from bot.cli import main; main()",
        "import",
        str(path),
        "--config",
        str(config),
    ]

    def there() -> int:
        with contextlib.closing(sqlite3.connect(database)) as db:
            try:
                return int(db.execute("SELECT count(*) FROM archive").fetchone()[0])
            except sqlite3.OperationalError:
                return 0

    for killed_from in (1, 1_000):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as importing:
            while there() < killed_from:
                assert importing.poll() is None
            importing.kill()
    assert 1_000 <= there() < 3_000
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "were there already, 1 can't be read" in " ".join(said.split())

    with contextlib.closing(sqlite3.connect(database)) as db:
        heads = [head for (head,) in db.execute("SELECT headline FROM archive")]
        found = db.execute("SELECT count(*) FROM archive_index WHERE archive_index MATCH 'شماره'").fetchone()
    assert len(heads) == len(set(heads)) == 3_000
    assert found == (3_000,)
    assert len((tmp_path / "a.jsonl.faults.jsonl").read_text(encoding="utf-8").splitlines()) == 1


def many(count: int) -> Iterator[str]:
    for number in range(count):
        yield json.dumps(
            {"id": number, "title": f"خبر {number}", "text": f"متن شمارهٔ {number}", "date": "2020-01-01"}
        )


async def test_interrupted_it_goes_on_where_it_was(tmp_path: Path) -> None:
    path = file(tmp_path, "a.jsonl", "\n".join(many(500)))
    storage = await Storage.open(f"sqlite:///{tmp_path}/x.db")

    def pulled(read: int, count: bringing.Count) -> None:
        del read
        if count.brought == 400:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await bringing.bring(storage, path, pulled)
    count = await bringing.bring(storage, path, lambda *_: None)
    await storage.close()

    assert (count.known, count.brought) == (400, 100)


def test_the_command_tells_what_came_in(tmp_path: Path) -> None:
    path = file(tmp_path, "a.jsonl", LINES)
    config = file(
        tmp_path, "monadi.toml", f'database = "sqlite:///{tmp_path}/x.db"\n[telegram]\ntoken = "1:x"\n'
    )

    dry = CliRunner().invoke(app, ["import", "--dry-run", str(path), "--config", str(config)])
    done = CliRunner().invoke(app, ["import", str(path), "--config", str(config)])
    bad = CliRunner().invoke(app, ["import", str(file(tmp_path, "b", "?")), "--config", str(config)])

    assert "2 would be brought in" in dry.output
    assert "2 brought in" in done.output
    assert "3 can't be read" in done.output
    assert bad.exit_code != 0
