"""The archive on either database: the same things are found by the same words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import text, update

from bot.archive import related, searching, taking_in, twice
from bot.archive.related import Told
from bot.archive.twice import Why
from bot.news.archive.entry import Entry, Indexed, indexed
from bot.news.archive.query import read
from bot.news.model import ArticleState
from storage import Storage
from storage.archive_reading import EVERYTHING, ArchiveReading, Scope
from storage.archive_words import unpacked
from storage.schema import posts
from tests.storage.newsroom import EDITOR, NEWS, NOW, REPORTER, STORY, stored_channel, stored_story

DAY = timedelta(days=1)
QUAKE = Entry(
    key="quake",
    headline="زلزلهٔ ۵٫۲ ریشتری ورزقان را لرزاند",
    text=(
        "زلزله‌ای به بزرگی ۵٫۲ ریشتر بامداد دوشنبه ورزقان و تبریز را لرزاند. رئیس مدیریت بحران آذربایجان شرقی "
        "گفت سه نفر مصدوم شده‌اند و به چند روستا خسارت رسیده است. امدادگران هلال‌احمر در راه ورزقان‌اند."
    ),
    told_at=datetime(2026, 11, 20, 6, 0, tzinfo=UTC),
    url="https://www.example.ir/fa/news/48210/زلزله-ورزقان?utm_source=feed",
    byline="سارا رضایی",
    place="خبرهای روستا",
)
BOOKS = [
    Entry(key=f"b{number}", headline=headline, text=text, told_at=NOW - number * DAY)
    for number, (headline, text) in enumerate(
        [
            ("کتاب‌ها در نمایشگاه", "ناشران آمدند."),
            ("بازار کاغذ", "کتابها گران شدند."),
            ("یادداشت", "کتاب ها را می خوانیم."),
            ("كتابهاي كهنه", "در سال ۱۴۰۳ فروخته شد."),
            ("گشایش کتابخانهٔ مرکزی", "شهردار آن را گشود."),
            ("رونق کتاب خانه‌های روستایی", "در ۱۲٬۰۰۰ نسخه."),
        ]
    )
]


async def told(storage: Storage, *entries: Entry) -> None:
    async with storage.begin() as db:
        await db.archive.add([(entry, indexed(entry)) for entry in entries])


async def found(storage: Storage, typed: str, scope: Scope = EVERYTHING) -> list[str]:
    def asked(reading: ArchiveReading) -> list[str]:
        ids = searching.found(reading, read(typed), scope)
        entries = reading.entries(ids)
        return [entries[id].key or entries[id].headline for id in ids]

    return await storage.asked(asked)


@pytest.mark.parametrize("typed", ["کتابها", "کتاب ها", "کتاب‌ها", "كتاب", "کتاب‌هایش", "کتابهای"])
async def test_one_word_in_all_its_spellings_finds_the_same(storage: Storage, typed: str) -> None:
    await told(storage, QUAKE, *BOOKS)

    assert {"b0", "b1", "b2", "b3"} <= set(await found(storage, typed))
    assert "quake" not in await found(storage, typed)


@pytest.mark.parametrize("typed", ["کتابخانه", "کتاب خانه", "کتاب‌خانه"])
async def test_a_compound_is_found_written_together_and_apart(storage: Storage, typed: str) -> None:
    await told(storage, *BOOKS)

    assert {"b4", "b5"} <= set(await found(storage, typed))


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("1403", {"b3"}),
        ("١٤٠٣", {"b3"}),
        ("12000", {"b5"}),
        ("ورزقان -هلال‌احمر", set()),
        ("کتاب -نمایشگاه -گران -۱۴۰۳", {"b2", "b5"}),
        ("«مدیریت بحران»", {"quake"}),
        ('"بحران مدیریت"', set()),
        ("از:رضایی", {"quake"}),
        ("from:رضایی زلزله", {"quake"}),
        ("from:احمدی زلزله", set()),
        ("in:روستا ورزقان", {"quake"}),
        ("ورز", {"quake"}),
        ("رییس بحران", {"quake"}),
        ("است", set()),
        ('" AND ( * -', set()),
        ("head:x NEAR(a b)", set()),
    ],
)
async def test_what_is_typed_finds(storage: Storage, typed: str, keys: set[str]) -> None:
    await told(storage, QUAKE, *BOOKS)
    query = read(typed)
    scope = Scope(people=tuple(query.people), places=tuple(query.places))

    assert set(await found(storage, typed, scope)) == keys


async def test_what_has_the_words_in_its_headline_comes_first(storage: Storage) -> None:
    aside = replace(QUAKE, key="aside", headline="هوای فردا", text="پس از زلزله هوا سرد شد. " * 3, url=None)
    await told(storage, aside, QUAKE)

    assert await found(storage, "زلزله") == ["quake", "aside"]


async def test_where_nothing_has_all_words_what_has_most_is_found(storage: Storage) -> None:
    await told(storage, QUAKE, *BOOKS)

    assert (await found(storage, "زلزله ورزقان سیل"))[0] == "quake"


async def test_days_bound_what_is_found(storage: Storage) -> None:
    await told(storage, QUAKE, *BOOKS)

    assert await found(storage, "زلزله", Scope(since=NOW)) == []
    assert await found(storage, "زلزله", Scope(until=NOW)) == ["quake"]


async def test_our_own_stories_are_taken_in_again_whenever_they_change(storage: Storage) -> None:
    story = await stored_story(storage)
    while await taking_in.take_in(storage):
        pass
    assert await found(storage, "قفسه") == [STORY.headline]

    async with storage.begin() as db:
        await db.articles.save(replace(story, headline="آتش در انبار"), by=EDITOR, now=NOW)
    assert not await taking_in.take_in(storage)

    assert await found(storage, "آتش") == ["آتش در انبار"]
    assert await found(storage, "باران") == []


async def test_a_story_whose_state_alone_has_changed_keeps_its_words_and_gets_its_time(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = await stored_story(storage)
    await taking_in.take_in(storage)
    read_words = list[str]()

    def noted(entry: Entry) -> Indexed:
        read_words.append(entry.headline)
        return indexed(entry)

    monkeypatch.setattr(taking_in, "indexed", noted)
    out_at = NOW + DAY
    await stored_channel(storage)
    async with storage.begin() as db:
        post = await db.posts.add(article_id=story.id, channel_id=NEWS, due_at=out_at, by=EDITOR, now=NOW)
        out = update(posts).where(posts.c.id == post.id).values(sent_at=out_at)
        await db.posts._connection.execute(out)
        await db.articles.set_state(story.id, ArticleState.PUBLISHED, now=out_at)
    await taking_in.take_in(storage)
    assert read_words == []
    assert await found(storage, "باران", Scope(since=out_at)) == [STORY.headline]

    async with storage.begin() as db:
        await db.articles.save(replace(story, lede="برف همه‌جا را گرفت."), by=EDITOR, now=NOW)
    await taking_in.take_in(storage)
    assert read_words == [STORY.headline]
    assert await found(storage, "برف") == [STORY.headline]


async def test_a_story_that_has_lost_its_words_is_read_again(storage: Storage) -> None:
    story = await stored_story(storage)
    await taking_in.take_in(storage)
    async with storage.begin() as db:
        await db.archive._connection.execute(text("DELETE FROM archive_words"))
        await db.archive._connection.execute(text("UPDATE archive SET stems = NULL WHERE id > 0"))
        if db.archive._is_sqlite:
            await db.archive._connection.execute(_FORGET_ALL)
        await db.articles.set_state(story.id, ArticleState.PUBLISHED, now=NOW)
    await taking_in.take_in(storage)

    assert await found(storage, "باران") == [STORY.headline]


async def as_before(storage: Storage) -> None:
    """All words where SQLite had them before migration 0041."""
    async with storage.begin() as db:
        connection = db.archive._connection
        for id, stems in (await connection.execute(text("SELECT id, stems FROM archive WHERE id > 0"))).all():
            head, body = unpacked(stems)
            words = {"id": id, "head": head, "body": body}
            await connection.execute(
                text("INSERT INTO archive_words (rowid, head, body) VALUES (:id, :head, :body)"), words
            )
        await connection.execute(text("UPDATE archive SET stems = NULL WHERE id > 0"))
        await connection.execute(_FORGET_ALL)


_FORGET_ALL = text("INSERT INTO archive_index (archive_index) VALUES ('delete-all')")


def all_that_is_told(reading: ArchiveReading) -> list[object]:
    typed = ("کتاب", "زلزله ورزقان", "«مدیریت بحران»", "کتاب -نمایشگاه", "آتش", "باران")
    told_now = Told(headline=QUAKE.headline, text=QUAKE.text, at=NOW)
    return [
        [searching.found(reading, read(each), EVERYTHING) for each in typed],
        related.found(reading, told_now, EVERYTHING, limit=5),
        twice.found(reading, told_now, EVERYTHING),
        reading.frequencies(["کتاب", "زلزله", "شهر"]),
        reading.words(range(1, 20)),
    ]


async def test_words_of_before_are_found_while_they_are_moved_and_afterwards(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = await stored_story(storage)
    await taking_in.take_in(storage)
    await told(storage, QUAKE, *BOOKS)
    async with storage.begin() as db:
        if not db.archive._is_sqlite:
            assert not await db.archive.repack(5)
            return
    before = await storage.asked(all_that_is_told)
    await as_before(storage)
    assert await storage.asked(all_that_is_told) == before

    monkeypatch.setattr(taking_in, "_MOVED", 3)
    taking_in._PACKED.clear()
    while await taking_in.take_in(storage):
        assert await storage.asked(all_that_is_told) == before
    assert await storage.asked(all_that_is_told) == before

    async with storage.begin() as db:
        left = await db.archive._connection.scalar(text("SELECT count(*) FROM archive_words"))
        await db.articles.save(replace(story, headline="آتش در انبار"), by=EDITOR, now=NOW)
    assert left == 0
    await taking_in.take_in(storage)
    assert await found(storage, "آتش") == ["آتش در انبار"]
    assert await found(storage, "باران") == []


async def test_a_story_that_changes_before_its_words_are_moved_is_found_by_the_new_ones(
    storage: Storage,
) -> None:
    story = await stored_story(storage)
    await taking_in.take_in(storage)
    await told(storage, QUAKE, *BOOKS)
    async with storage.begin() as db:
        is_sqlite = db.archive._is_sqlite
    if is_sqlite:
        await as_before(storage)
    async with storage.begin() as db:
        await db.articles.save(replace(story, headline="آتش در انبار"), by=EDITOR, now=NOW)
    taking_in._PACKED.clear()
    while await taking_in.take_in(storage):
        pass

    assert await found(storage, "آتش") == ["آتش در انبار"]
    assert await found(storage, "باران") == []
    assert {"b0", "b1", "b2", "b3"} <= set(await found(storage, "کتاب"))


async def test_a_story_that_changes_while_it_is_read_is_read_again(storage: Storage) -> None:
    story = await stored_story(storage)
    async with storage.begin() as db:
        unread = (await db.archive.unread(10))[0]
        changed = await db.articles.save(replace(story, headline="آتش در انبار"), by=EDITOR, now=NOW)
        entry = taking_in.entry_of(unread, None)
        await db.archive.keep(unread, entry, indexed(entry))

        assert [each.article.version for each in await db.archive.unread(10)] == [changed.version]


async def test_others_drafts_are_not_found_by_a_reporter(storage: Storage) -> None:
    story = await stored_story(storage)
    await taking_in.take_in(storage)

    assert await found(storage, "باران", Scope(own=REPORTER))
    assert not await found(storage, "باران", Scope(own=REPORTER + 7))
    assert not await found(storage, "باران", Scope(only_out=True))
    async with storage.begin() as db:
        await db.articles.set_state(story.id, ArticleState.PUBLISHED, now=NOW)
    assert await found(storage, "باران", Scope(only_out=True))


Twins = Callable[..., object]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"url": "http://example.ir/fa/news/48210", "headline": "x", "text": "متن دیگری"}, Why.PAGE),
        ({"url": None, "text": QUAKE.text.replace("ی", "ي").replace("\u200c", " ")}, Why.TEXT),
        ({"url": None, "text": QUAKE.text.replace("بامداد دوشنبه", "صبح امروز")}, Why.COPY),
        (
            {
                "url": None,
                "headline": "زمین در ورزقان لرزید",
                "text": (
                    "سه مصدوم در زلزلهٔ ورزقان: مدیریت بحران آذربایجان شرقی از خسارت در چند روستا پس از لرزش "
                    "۵٫۲ ریشتری خبر داد."
                ),
            },
            Why.EVENT,
        ),
    ],
)
async def test_what_is_told_twice_is_known(
    storage: Storage, changed: dict[str, str | None], why: Why
) -> None:
    await told(storage, *BOOKS, QUAKE)
    again = replace(QUAKE, **changed)  # type: ignore[arg-type]

    assert await twins(storage, again) == [("quake", why)]


async def test_another_story_in_the_same_words_is_none(storage: Storage) -> None:
    """Prices of two days, and another quake: the words are the same, what they tell is not."""
    price = "قیمت دلار در بازار امروز {a} تومان، یورو {b} تومان، سکه {c} تومان و طلا {d} تومان اعلام شد و بازار آرام بود."
    gold = replace(
        QUAKE, key="p", headline="قیمت ارز", text=price.format(a=58210, b=63140, c=401000, d=3520), url=None
    )
    await told(storage, QUAKE, gold)

    again = replace(gold, text=price.format(a=59870, b=64905, c=415000, d=3611))
    assert await twins(storage, again) == []
    elsewhere = replace(
        QUAKE,
        url=None,
        headline="زلزلهٔ ۴٫۱ ریشتری در کرمان",
        text="زلزله‌ای به بزرگی ۴٫۱ ریشتر شامگاه شنبه راور را لرزاند. مدیریت بحران کرمان گفت خسارتی گزارش نشده است.",
    )
    assert await twins(storage, elsewhere) == []


async def test_a_copy_of_an_old_story_in_usual_words_is_known(storage: Storage) -> None:
    """Each of its words stands in hundreds of newer ones; only their order is its own."""
    words, rng = QUAKE.text.split(), Random(5)
    shuffled = (" ".join(rng.sample(words, len(words))) for _ in range(450))
    newer = [replace(QUAKE, key=f"n{at}", text=text, url=None) for at, text in enumerate(shuffled)]
    await told(storage, replace(QUAKE, url=None), *newer)

    copy = replace(QUAKE, headline="", url=None, text=" ".join([*words[:20], "سپیده‌دم", *words[21:]]))
    assert ("quake", Why.COPY) in await twins(storage, copy)


async def twins(storage: Storage, entry: Entry) -> list[tuple[str | None, Why]]:
    asked = Told(headline=entry.headline, text=entry.text, url=entry.url, at=entry.told_at)

    def look(reading: ArchiveReading) -> list[tuple[str | None, Why]]:
        same = twice.found(reading, asked, EVERYTHING)
        entries = reading.entries([each.id for each in same])
        return [(entries[each.id].key, each.why) for each in same]

    return await storage.asked(look)


async def test_related_stories_are_those_of_the_same_matter_and_never_itself(storage: Storage) -> None:
    other = replace(
        QUAKE,
        key="other",
        headline="هشدار پس‌لرزه در ورزقان",
        text="زلزله‌شناسان از پس‌لرزه در ورزقان گفتند.",
        url=None,
    )
    await told(storage, QUAKE, other, *BOOKS)

    assert await akin(storage, Told(headline=QUAKE.headline, text=QUAKE.text)) == ["other"]


async def test_a_title_that_the_copy_names_is_related(storage: Storage) -> None:
    await told(storage, QUAKE, *BOOKS)
    copy = "شهردار از آب‌وهوا گفت.\nبیشتر بخوانید:\n🔹 رونق كتاب‌خانه های روستایی\n"

    assert (await akin(storage, Told(headline="هوا", text=copy)))[0] == "b5"


async def akin(storage: Storage, told: Told) -> list[str | None]:
    def look(reading: ArchiveReading) -> list[str | None]:
        kin = related.found(reading, told, EVERYTHING, limit=5)
        entries = reading.entries([each.id for each in kin])
        return [entries[each.id].key for each in kin]

    return await storage.asked(look)
