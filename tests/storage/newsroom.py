"""What the storage tests are about: a clock that stands still, and nouns to store. Knows no database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.news.model import (
    Article,
    BulletList,
    Channel,
    KeyPoint,
    Paragraph,
    Post,
    Quote,
    RelatedLink,
    Section,
)
from bot.news.talk import Notice
from storage import Db, Storage

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
REPORTER, EDITOR, ADMIN = 101, 102, 103
NEWS, SPORT = -1001000000001, -1001000000002
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
CALL = ("sendMessage", {"chat_id": NEWS, "text": "خبر"})

STORY = Article(
    headline="باران، کتاب‌خانهٔ روستا را بست",
    lede="بارش دیشب سقف کتاب‌خانه را خراب کرد؛ کتاب‌ها سالم‌اند.",
    sections=(
        Section(
            blocks=(
                Paragraph(text="اهالی از نیمه‌شب کتاب‌ها را بیرون بردند."),
                Quote(text="هیچ کتابی خیس نشد."),
            )
        ),
        Section(
            heading="چه باید کرد",
            blocks=(
                BulletList(
                    intro="کارها به این ترتیب است:",
                    items=(KeyPoint(label="سقف", text="تا پنجشنبه"), KeyPoint(text="قفسه‌های تازه")),
                ),
            ),
        ),
    ),
    key_points=(KeyPoint(label="سقف", text="تا پنجشنبه"),),
    related=(RelatedLink(title="کتاب‌خانه‌های سیار"), RelatedLink(title="هوا", url="https://example.com/havā")),
    hashtags=("کتاب‌خانه",),
    embargoed_until=NOW,
    reporter_id=REPORTER,
)


def story(**changes: Any) -> Article:
    return replace(STORY, **changes)


def channel(id: int = NEWS, **changes: Any) -> Channel:
    return replace(Channel(id=id, title="خبرهای روستا", username="news"), **changes)


async def stored_story(storage: Storage, *, now: datetime = NOW, **changes: Any) -> Article:
    async with storage.begin() as db:
        return await db.articles.create(story(**changes), by=REPORTER, now=now)


async def stored_channel(storage: Storage, id: int = NEWS, **changes: Any) -> Channel:
    async with storage.begin() as db:
        await db.channels.put(channel(id, **changes), by=ADMIN, now=NOW)
        found = await db.channels.get(id)
    assert found is not None
    return found


async def claim_first(db: Db, now: datetime = NOW) -> Post | None:
    """Claim the first of the posts that may go now; as it is then, or None if there is none."""
    heads = await db.posts.heads(now)
    if not heads:
        return None
    assert await db.posts.claim(heads[0].id, now=now)
    return await db.posts.get(heads[0].id)


async def next_of_chats(db: Db, now: datetime, *, limit: int = 100) -> tuple[Notice, ...]:
    """What waits first in each chat."""
    return tuple(first for first, *_ in await db.notices.in_a_row(now, chats=limit, most=1))
