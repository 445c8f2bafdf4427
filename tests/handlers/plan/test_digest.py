"""A channel's digest: what went out since the last one, once, at its times."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.desk.digests import due, make
from bot.news.model import Article, ArticleState, Form, KeyPoint, Look, PostState, Slot
from bot.news.plans.recurrence import Digest, digest_due
from bot.news.posts.digest import Told, digest_of
from bot.news.posts.digest_post import is_digest
from bot.news.posts.message import compose
from bot.news.posts.rich import rich_message
from storage import Storage
from tests.mortal import Life, MortalStorage
from tests.newsroom import NEWS, House, newsroom
from tests.storage.newsroom import CALL, stored_channel, stored_story
from tests.storage.newsroom import NOW as START
from tests.telegram_judge import judge

HOUR = 3600
DAY = 24 * HOUR
SHORT = (
    "{headline}\nگروه: {section}\n"
    "مدیر {headline} گفت که کار از هفتهٔ آینده آغاز می‌شود و تا پایان سال ادامه دارد.\n"
    "به گفتهٔ او هزینهٔ این کار از صرفه‌جویی پرداخت می‌شود و مردم از هفتهٔ آینده نتیجه را می‌بینند."
)


async def published(house: House, headline: str, section: str = "شهری") -> None:
    """The editor's own story goes out at once."""
    await house.editor.sends(SHORT.format(headline=headline, section=section))
    await house.editor.presses("تأیید")
    await house.admin.sends("/desk")
    await house.admin.presses(headline)
    await house.admin.presses("زمان‌بندی")
    await house.admin.presses("همین حالا")
    await house.admin.presses("بله، همین حالا")
    await house.passes(60)


async def digests(house: House, words: str = "هر روز ۱۳") -> None:
    """The channel is connected and its digest switched on."""
    await house.admin.sends("/connect @news")
    await house.admin.sends(f"/digest @news {words}")
    await house.admin.presses("روشن شود")


def links(house: House) -> list[str]:
    """Where the newest post in the channel leads."""
    message = house.reader.reads(NEWS)[-1]
    return [entity["url"] for entity in message["entities"] if entity["type"] == "text_link"]


# ── As a person sees it ─────────────────────────────────────────────────────────────────────────────


async def test_a_digest_tells_what_went_out_with_links_to_it() -> None:
    async with newsroom() as house:
        await digests(house)
        await published(house, "پل تازهٔ سپیدکوه باز شد")
        await published(house, "تیم والیبال سپیدکوه برد", "ورزش")
        first, second = (message["message_id"] for message in house.reader.reads(NEWS))
        await house.sleeps(HOUR - 120)

        assert house.posts()[-1] == (
            "خلاصهٔ خبرها\nیکشنبه ۱ آذر ۱۴۰۵\n\n"
            "ورزش\n🔹 تیم والیبال سپیدکوه برد\n\nشهری\n🔹 پل تازهٔ سپیدکوه باز شد\n\n\u200e@news"
        )
        assert links(house) == [f"https://t.me/news/{second}", f"https://t.me/news/{first}"]


async def test_each_story_is_told_once_and_no_digest_tells_of_digests() -> None:
    async with newsroom() as house:
        await digests(house)
        await published(house, "پل تازهٔ سپیدکوه باز شد")
        await house.sleeps(HOUR - 60)
        await published(house, "تیم والیبال سپیدکوه برد", "ورزش")
        await house.sleeps(DAY - 60)

        assert len(house.posts()) == 4
        assert len(links(house)) == 1
        assert "والیبال" in house.posts()[-1]


async def test_where_nothing_went_out_there_is_no_digest() -> None:
    async with newsroom() as house:
        await digests(house)
        for _ in range(3):
            await house.sleeps(DAY)

        assert house.posts() == []


async def test_the_times_are_shown_and_a_digest_can_be_looked_at_before_it_is_switched_on() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.presses("زمان‌بندی")
        await house.admin.presses("همین حالا")
        await house.admin.presses("بله، همین حالا")
        said = await house.admin.sends("/digest @news شنبه تا چهارشنبه ۲۱")
        assert "شنبه تا چهارشنبه: ۲۱:۰۰" in said
        assert "• یکشنبه ۱ آذر ۱۴۰۵ (۲۲ نوامبر ۲۰۲۶)، ساعت ۲۱:۰۰" in said

        await house.admin.presses("پیش‌نمایش")
        assert house.admin.text().startswith("خلاصهٔ خبرها\n")
        assert len(house.posts()) == 1
        await house.sleeps(9 * HOUR)
        assert len(house.posts()) == 1  # it was not switched on


async def test_what_the_preview_showed_before_it_was_switched_on_goes_out_at_the_first_turn() -> None:
    async with newsroom() as house:
        await house.admin.sends("/connect @news")
        await published(house, "پل تازهٔ سپیدکوه باز شد")
        said = await house.admin.sends("/digest @news هر روز ۱۳")
        assert "آنچه از شنبه ۳۰ آبان ۱۴۰۵" in said
        await house.admin.presses("پیش‌نمایش")
        shown = house.admin.text()
        assert "پل تازهٔ سپیدکوه" in shown
        await house.admin.presses("روشن شود")
        await house.sleeps(HOUR)

        assert house.posts()[-1] == shown


async def test_a_preview_of_nothing_says_so() -> None:
    async with newsroom() as house:
        await digests(house)

        assert "چیزی منتشر نشده" in await house.admin.presses("پیش‌نمایش")


async def test_it_is_switched_off_again() -> None:
    async with newsroom() as house:
        await digests(house)
        await published(house, "پل تازهٔ سپیدکوه باز شد")
        await house.admin.sends("/digest")
        await house.admin.presses("خاموش شود")
        await house.sleeps(HOUR)

        assert len(house.posts()) == 1
        assert "خاموش است" in await house.admin.sends("/digest @news")


async def test_an_old_button_or_a_forged_one_switches_nothing_on() -> None:
    async with newsroom() as house:
        await house.admin.sends("/connect @news")
        await house.admin.sends("/digest @news هر روز ۱۳")
        await house.admin.presses("انصراف")

        assert "نیست" in await house.admin.forges(f"plan.digest_on:{NEWS}:1")
        assert "خاموش است" in await house.admin.sends("/digest")
        await house.reporter.sends("/help")
        assert "مدیر کانال" in await house.reporter.forges(f"plan.digest_off:{NEWS}")


async def test_times_that_can_not_be_read_are_asked_for_again() -> None:
    async with newsroom() as house:
        await house.admin.sends("/connect @news")
        await house.admin.sends("/digest")
        await house.admin.presses("تعیین نوبت‌ها")
        assert "«گاهی»" in await house.admin.sends("گاهی")
        assert "جمعه: ۱۰:۰۰" in await house.admin.sends("جمعه‌ها ۱۰")


async def test_what_was_taken_down_is_left_out() -> None:
    async with newsroom() as house:
        await digests(house)
        await published(house, "پل تازهٔ سپیدکوه باز شد")
        await published(house, "تیم والیبال سپیدکوه برد", "ورزش")
        await house.editor.presses("برداشتن از همهٔ کانال‌ها")
        await house.editor.presses("⛔️ بله")
        await house.sleeps(HOUR - 120)

        assert "والیبال" not in house.posts()[-1]
        assert len(links(house)) == 1


async def test_a_digest_is_nobodys_to_decide_on() -> None:
    async with newsroom() as house:
        await digests(house)
        await published(house, "پل تازهٔ سپیدکوه باز شد")
        await house.sleeps(HOUR - 60)
        assert house.posts()[-1].startswith("خلاصهٔ خبرها")

        assert "خلاصه" not in str(house.admin.buttons(house.admin.reads()[-1]))
        await house.editor.sends("/desk")
        assert "خلاصه" not in str(house.editor.buttons(house.editor.reads()[-1]))


async def test_a_restart_loses_no_digest_and_makes_none_twice(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/newsroom.db"
    async with newsroom(database) as house:
        await digests(house)
        await published(house, "پل تازهٔ سپیدکوه باز شد")
        world = house.world
    world.clock.advance(HOUR)
    for _ in range(3):
        async with newsroom(database, world) as house:
            assert len(house.posts()) == 2


async def test_after_a_long_outage_the_next_digest_tells_all_of_it(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/newsroom.db"
    async with newsroom(database) as house:
        await digests(house)
        await published(house, "پل تازهٔ سپیدکوه باز شد")
        world = house.world
    world.clock.advance(2 * DAY + 4 * HOUR)
    async with newsroom(database, world) as house:
        assert len(house.posts()) == 1
        await house.sleeps(21 * HOUR - 60)
        assert len(house.posts()) == 2


async def test_a_death_at_any_moment_makes_a_digest_neither_twice_nor_none() -> None:
    for moments in range(4):
        lasting = await Storage.open("sqlite://")
        await stored_channel(lasting)
        story = await stored_story(lasting, state=ArticleState.PUBLISHED, approved_version=1)
        async with lasting.begin() as db:
            post = await db.posts.add(article_id=story.id, channel_id=NEWS, due_at=START, by=1, now=START)
            await db.posts.claim(post.id, now=START)
            await db.posts.parts.plan(post.id, [CALL])
            await db.posts.parts.sent(post.id, 0, [7], START)
            await db.posts.settle(post.id, PostState.SENT, now=START)
            await db.digests.put(NEWS, (Slot(weekday=6, minute=13 * 60),), by=1, now=START)

        life = Life()
        life.left = moments
        await life.survives(_digests_made(MortalStorage(lasting, life)))
        await _digests_made(lasting)

        async with lasting.begin() as db:
            queue = await db.posts.of_channel(NEWS, PostState.PENDING)
            articles = [await db.articles.get(id) for id in (2, 3)]
        assert [post.article_id for post in queue] == [2], moments
        assert [article is not None for article in articles] == [True, False]
        await lasting.close()


async def _digests_made(storage: Storage) -> None:
    busy = True
    while busy:
        async with storage.begin() as db:
            now = START + timedelta(hours=2)
            coming = await due(db, now)
            for each in coming[:1]:
                await make(db, each, now)
            busy = bool(coming)


# ── Its text ────────────────────────────────────────────────────────────────────────────────────────

NOW = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
TODAY = date(2026, 11, 22)
LOOK = Look(signature="@news")


def told(headline: str, minute: int = 0, **more: object) -> Told:
    story = Told(headline=headline, url=f"https://t.me/news/{minute + 1}", at=NOW + timedelta(minutes=minute))
    return replace(story, **more)  # type: ignore[arg-type]


def text_of(stories: list[Told], look: Look = LOOK) -> str:
    article = digest_of(stories, look, TODAY)
    assert article is not None
    [message] = compose(article, look, on=TODAY)
    return message.text


def test_the_most_important_come_first_then_the_newest_and_those_without_a_section_last() -> None:
    stories = [
        told("الف", 1, section="شهری"),
        told("ب", 2),
        told("پ", 3, section="ورزش"),
        told("ت", 4, section="شهری"),
        told("ث", 5, section="ورزش", urgency=2),
    ]
    order = [line[2:] for line in text_of(stories).split("\n") if line.startswith("🔹")]

    assert order == ["ث", "پ", "ت", "الف", "ب"]


def test_an_english_channels_digest_is_in_english() -> None:
    text = text_of([told("Bridge opens", language="en", section="City")])

    assert text == "News in brief\n22 November 2026\n\nCity\n🔹 Bridge opens\n\n\u200e@news"


def test_a_digest_has_no_rich_form_and_no_other_article_is_taken_for_one() -> None:
    article = digest_of([told("خبر")], LOOK, TODAY)
    assert article is not None
    assert rich_message(article, replace(LOOK, form=Form.RICH)) is None
    written = Article(headline="خلاصهٔ یک کتاب", category="خلاصه", reporter_id=101)
    assert not is_digest(written)
    assert rich_message(written, replace(LOOK, form=Form.RICH)) is not None


def test_an_edited_headline_loses_its_link_and_the_others_keep_theirs() -> None:
    article = digest_of([told("یک", 1), told("دو", 2)], LOOK, TODAY)
    assert article is not None
    first, second = article.key_points
    [message] = compose(replace(article, key_points=(KeyPoint(text="سه"), second)), LOOK)

    assert first.text == "دو"
    assert "🔹 سه\n🔹 یک" in message.text
    assert [entity.url for entity in message.entities if entity.url] == ["https://t.me/news/2"]


def test_nothing_to_tell_is_no_digest() -> None:
    assert digest_of([], LOOK, TODAY) is None
    assert digest_of([told(" \u200c ")], LOOK, TODAY) is None


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.builds(
            Told,
            headline=st.text(max_size=300),
            url=st.integers(1, 10**6).map("https://t.me/c/1000000001/{}".format),
            at=st.just(NOW),
            section=st.none() | st.text(max_size=20),
            urgency=st.integers(1, 9),
            language=st.sampled_from(["fa", "en", "ar", "de"]),
        ),
        max_size=70,
    )
)
def test_telegram_takes_any_digest_as_one_message_unchanged(stories: list[Told]) -> None:
    article = digest_of(stories, LOOK, TODAY)
    if article is None:
        return
    [message] = compose(article, LOOK)
    text, entities = judge(message.text, message.entities)

    assert text == message.text
    urls = {entity.url for entity in entities if entity.url}
    assert urls == {entity.url for entity in message.entities if entity.url}
    assert urls <= {story.url for story in stories}


def test_what_has_no_room_is_counted() -> None:
    stories = [told(f"خبر شمارهٔ {number} " + "از شورای شهر " * 12, number) for number in range(60)]
    text = text_of(stories)
    shown = text.count("🔹")

    assert f"و {60 - shown} خبر دیگر".translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")) in text
    assert 10 < shown < 50


# ── When it is due ──────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.builds(Slot, weekday=st.integers(0, 6), minute=st.integers(0, 1439)), min_size=1, max_size=5),
    st.sampled_from(["Asia/Tehran", "Europe/Berlin", "Asia/Kabul"]),
    st.lists(st.integers(0, 30 * HOUR), max_size=25),
    st.integers(60, 12 * HOUR),
)
def test_windows_of_digests_follow_each_other_without_gap(
    times: list[Slot], zone: str, naps: list[int], lateness: int
) -> None:
    digest = Digest(channel_id=1, times=tuple(times), told_until=NOW, asked_by=1, changed_at=NOW)
    now, made = NOW, [NOW]
    for nap in naps:
        now += timedelta(seconds=nap)
        while due := digest_due(digest, now, zone, timedelta(seconds=lateness)):
            assert made[-1] < due <= now
            assert now - due <= timedelta(seconds=lateness)
            made.append(due)
            digest = replace(digest, told_until=due)


def test_new_times_make_no_digest_of_a_time_that_is_over() -> None:
    noon = Slot(weekday=6, minute=12 * 60)
    digest = Digest(
        channel_id=1, times=(noon,), told_until=NOW - timedelta(days=1), asked_by=1, changed_at=NOW
    )

    assert digest_due(digest, NOW, "Asia/Tehran", timedelta(days=1)) is None
