"""The adapter for other people's scorers: a line out for each line in, whatever stands in the files."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks import adapter

ODD = [
    b"",
    b"   ",
    b"no json",
    b"[1, 2]",
    b"null",
    b"\xff\xfe\x00",
    b"[" * 5000,
    b"{}",
    b'{"id": "\\ud800"}',
    b'{"id": "x", "text": null, "query": null, "headline": null}',
]
TEXT = "شهرداری سپیدکوه روز شنبه از ورود بیست اتوبوس برقی به ناوگان شهر خبر داد. به گفتهٔ مدیر ناوگان، هر اتوبوس ۲۵۰ کیلومتر راه می‌رود."
STORIES: list[dict[str, Any]] = [
    {"id": "bus", "headline": "بیست اتوبوس برقی به ناوگان سپیدکوه پیوست", "text": TEXT, "date": "2026-11-22", "byline": "مهتاب ادیب"},
    {"id": "books", "headline": "كتابخانه ملي ١٢٣ كتاب خريد", "text": "كتابخانهٔ ملي سپیدکوه کتاب تازه خرید."},
    {"id": "bus", "headline": "تکرار شناسه", "text": "متن دیگری با همان شناسه دربارهٔ اتوبوس."},
    {"headline": "بی شناسه", "text": "متنی دربارهٔ اتوبوس."},
    {"id": 7, "headline": "\u202eبرعکس", "text": "واژهٔ \u200fقناری\u200e"},
    {"id": "bare"},
]  # fmt: skip


def lines(records: list[Any]) -> bytes:
    return b"".join(
        (each if isinstance(each, bytes) else json.dumps(each).encode()) + b"\n" for each in records
    )


@pytest.fixture
def archive(tmp_path: Path) -> str:
    """With a mark of Windows in front, and lines that are none."""
    (tmp_path / "archive.jsonl").write_bytes(b"\xef\xbb\xbf" + lines([STORIES[0], *ODD[:7], *STORIES[1:]]))
    return str(tmp_path / "archive.jsonl")


def answers(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], *said: str, asked: list[Any]
) -> list[dict[str, Any]]:
    monkeypatch.setattr(sys, "argv", ["adapter", *said])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbf" + lines(asked))))
    capfdbinary.readouterr()
    adapter.main()
    return [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    ("task", "good", "field"),
    [
        ("copyedit", {"id": "g", "text": "كتاب ها"}, "out"),
        ("structure", {"id": "g", "text": TEXT}, "labels"),
        ("compose", {"id": "g", "text": TEXT}, "posts"),
        ("keypoints", {"id": "g", "headline": "خبر", "body": TEXT}, "bullets"),
        ("page", {"id": "g", "url": "https://a.example/", "html": f"<h1>خبر شهر</h1><p>{TEXT}</p>"}, "article"),
        ("feed", {"id": "g", "body": "PHJzcz48aXRlbT48dGl0bGU+YTwvdGl0bGU+PC9pdGVtPjwvcnNzPg=="}, "items"),
        ("search", {"id": "g", "query": "اتوبوس"}, "found"),
        ("related", {"id": "g", "headline": "اتوبوس برقی سپیدکوه", "text": TEXT}, "found"),
        ("twice", {"id": "g", "headline": "اتوبوس", "text": TEXT}, "same"),
    ],
)  # fmt: skip
def test_each_line_has_its_line(
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
    archive: str,
    task: str,
    good: dict[str, Any],
    field: str,
) -> None:
    more = ["--archive", archive] if task in {"search", "related", "twice", "copyedit"} else []
    said = answers(monkeypatch, capfdbinary, task, *more, asked=[good, *ODD, good])

    assert len(said) == len(ODD) + 2
    assert said[0] == said[-1]
    assert said[0]["id"] == "g"
    assert said[0][field]
    assert "error" not in said[0]
    assert all(each["error"] for each in said[1:-1])
    assert [each["id"] for each in said[1:-1]][-2:] == ["\ud800", "x"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("اتوبوس", ["bus"]),
        ("كتابخانه ۱۲۳", ["books"]),
        ("\u200fقناری", [7]),
        ("اتوبوس از:ادیب", ["bus"]),
        ("اتوبوس روز:1405/09/01", ["bus"]),
        ("اتوبوس روز:1405/09/02", []),
        ('" - -- OR AND ( ) * from: «', []),
        ("-اتوبوس", []),
        ("خ" * 100_000, []),
        ("'; DROP TABLE archive;--", []),
    ],
)
def test_any_query_is_answered(
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
    archive: str,
    query: str,
    found: list[Any],
) -> None:
    (said,) = answers(
        monkeypatch, capfdbinary, "search", "--archive", archive, asked=[{"id": 1, "query": query}]
    )
    assert said == {"id": 1, "found": found}


def test_a_day_that_is_none_is_said_and_an_empty_archive_has_nothing(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    (tmp_path / "none").write_bytes(b"\n")
    asked = [{"id": 1, "query": "اتوبوس روز:1405/13/45"}]
    said = answers(monkeypatch, capfdbinary, "search", "--archive", str(tmp_path / "none"), asked=asked)
    assert said == [{"id": 1, "found": [], "error": "no day: 1405/13/45"}]


@pytest.mark.parametrize("said", [[], ["nothing"], ["search"], ["search", "--archive", "/is/not/there"]])
def test_what_was_meant_is_said(monkeypatch: pytest.MonkeyPatch, said: list[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["adapter", *said])
    with pytest.raises(SystemExit, match="archive"):
        adapter.main()
