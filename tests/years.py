"""A newsroom's years, written straight into the tables: what the bot would have stored, in seconds.

Each story has two versions, three cards, five entries of the log, and one post that is out. Knows the tables only.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.news.model import Article, Paragraph, Section, content_json
from storage.columns import to_json

A_DAY = 300
"""Stories a day."""
_EDITORS = (102, 103, 104)
_TEXTS = 40
"""Texts that differ; the same ones come again and again."""
_SENTENCES = (
    "شهرداری سپیدکوه از ورود {} اتوبوس برقی به ناوگان شهر خبر داد و گفت که خط {} از هفتهٔ آینده آغاز به کار می‌کند.",
    "به گفتهٔ مدیر کتاب‌خانهٔ مرکزی، {} جلد کتاب کمیاب از انبار شمارهٔ {} به تالار تازه برده شد.",
    "هواشناسی برای {} استان بارش پراکنده پیش‌بینی کرد و از رانندگان جادهٔ {} خواست که آهسته برانند.",
    "باشگاه رودبار با {} گل از حریف پیش افتاد، اما در دقیقهٔ {} دروازه‌بان خود را از دست داد.",
    "کشاورزان دشت سبز می‌گویند {} هکتار از باغ‌ها تا پایان ماه {} آبیاری نخواهد شد.",
)


def story(number: int) -> Article:
    """A story of some 4,700 letters: about 8.7 kB, as an ordinary one."""
    blocks = tuple(
        Paragraph(text=" ".join(_told(number * 31 + at, at * 5 + each) for each in range(5)))
        for at in range(9)
    )
    return Article(headline=_told(number, 0)[:60], lede=_told(number, 1), sections=(Section(blocks=blocks),))


def _told(number: int, at: int) -> str:
    sentence = _SENTENCES[(number + at) % len(_SENTENCES)]
    return sentence.format(number % 977 + at, (number * 7 + at * 13) % 499)


def text_of(article: Article) -> str:
    """What was written: headline, lede and paragraphs."""
    told = [
        block.text for section in article.sections for block in section.blocks if isinstance(block, Paragraph)
    ]
    return "\n".join([article.headline, article.lede or "", *told])


def fill(
    file: Path,
    *,
    now: datetime,
    stories: int,
    channel_id: int | None = None,
    channels: int = 0,
) -> None:
    """Put so many stories that are out, and so many more channels, into a database that has its tables.

    The posts are in `channel_id`, the newest sent just before `now`; the channels have 21 slots each.
    """
    base = sqlite3.connect(file)
    with base:
        if channel_id is not None:
            _channel(base, now, channel_id, "خبر", "news")
        for number in range(channels):
            _channel(base, now, -1002000000000 - number, f"کانال {number}", f"channel{number}")
        for table, rows in _rows(stories, now, channel_id):
            marks = ",".join("?" * len(rows[0]))
            base.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
    base.close()


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")


def _channel(base: sqlite3.Connection, now: datetime, id_: int, title: str, name: str) -> None:
    base.execute(
        "INSERT INTO channels (id, title, username, time_zone, look, connected, changed_by, connected_at, changed_at)"
        " VALUES (?, ?, ?, 'Asia/Tehran', '{}', 1, 103, ?, ?)",
        (id_, title, name, _moment(now), _moment(now)),
    )
    base.executemany(
        "INSERT INTO slots (channel_id, weekday, minute) VALUES (?, ?, ?)",
        [(id_, day, minute) for day in range(7) for minute in (480, 750, 1080)],
    )


def _rows(stories: int, now: datetime, channel_id: int | None) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """The rows of a thousand stories after the other, by table."""
    articles = [story(number) for number in range(_TEXTS)]
    content = [zlib.compress(to_json(content_json(article)).encode()) for article in articles]
    calls = [
        _packed(["sendMessage", {"chat_id": channel_id, "text": text_of(article)[:4000]}])
        for article in articles
    ]
    for first in range(1, stories + 1, 1000):
        ids = range(first, min(first + 1000, stories + 1))
        at = {id_: _moment(now - timedelta(days=1) * (stories + 1 - id_) / A_DAY) for id_ in ids}
        yield (
            "articles (id, version, state, approved_version, reporter_id, created_at, changed_at)",
            [(id_, 2, "published", 2, 101, at[id_], at[id_]) for id_ in ids],
        )
        yield (
            "article_versions (article_id, version, content, saved_by, saved_at)",
            [(id_, version, content[id_ % _TEXTS], 101, at[id_]) for id_ in ids for version in (1, 2)],
        )
        yield (
            "cards (article_id, chat_id, view, message_ids, shown, revision, delivered, anew)",
            [
                (id_, chat, "main", "[1]", "text.0123456789abcdef", 4, 4, 1)
                for id_ in ids
                for chat in _EDITORS
            ],
        )
        yield (
            "audit (at, person_id, verb, article_id, post_id, detail)",
            [(at[id_], 102, verb, id_, None, _DETAIL) for id_ in ids for verb in _VERBS],
        )
        if channel_id is None:
            continue
        yield (
            f"posts ({_POST})",
            [(id_, id_, channel_id, 0, "sent", at[id_], 1, 2, 103, at[id_], at[id_], at[id_]) for id_ in ids],
        )
        yield (
            "post_parts (post_id, number, state, call, floor_id, sending_at, message_id, sent_at)",
            [(id_, 0, "sent", calls[id_ % _TEXTS], id_ - 1, at[id_], id_, at[id_]) for id_ in ids],
        )


def _packed(value: object) -> bytes:
    return zlib.compress(to_json(value).encode())


_POST = (
    "id, article_id, channel_id, occurrence, state, due_at, attempt, version, scheduled_by, created_at,"
    " changed_at, sent_at"
)
_VERBS = ("write", "edit", "submit", "approve", "schedule")
_DETAIL = json.dumps({"version": 2})
