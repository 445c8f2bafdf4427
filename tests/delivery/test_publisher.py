"""Due posts against a Telegram that stutters, refuses, loses answers, and a process that dies."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import telegram.error

from bot.config import PacingSettings
from bot.delivery import known, sending
from bot.errors import AnswerLost, ChatGone, Flooded, NothingToEdit, Refused, SendError, Unreachable
from bot.news.model import Article, ArticleState, Channel, Form, Look, Paragraph, Piece, PostState, Section
from bot.news.quiet import Quiet, Rhythm
from bot.news.times import calendar
from bot.simulator import places
from bot.simulator.world import World
from tests.newsroom import ADMIN, NEWS, NOON, SPORT, House, newsroom

SHORT = Article(headline="خبر", lede="لید خبر.")
OTHER = Article(headline="خبر دیگر", lede="لید خبر دیگر.")
SLOW = PacingSettings(per_group_per_minute=1)
LONG = Article(
    headline="گزارش بلند",
    lede="این گزارش در چند پیام می‌آید.",
    sections=tuple(
        Section(heading=f"بخش {n}", blocks=(Paragraph(text="جمله‌ای از متن گزارش. " * 60),)) for n in range(8)
    ),
)


async def due(
    house: House, article: Article = SHORT, *, at: datetime | None = None, channel: int = NEWS, **more: Any
) -> int:
    """A post that is due now, or then; its id."""
    async with house.newsroom.storage.begin() as db:
        after = {name: more.pop(name) for name in ("pin_for", "delete_after") if name in more}
        where = Channel(id=channel, title="خبر", look=Look(**more))
        await db.channels.put(where, by=ADMIN, now=NOON)
        stored = await db.articles.create(article, by=101, now=NOON)
        await db.articles.set_state(stored.id, ArticleState.APPROVED, now=NOON, approved_version=1)
        post = await db.posts.add(
            article_id=stored.id,
            channel_id=channel,
            due_at=at or house.world.clock.now(),
            by=ADMIN,
            now=NOON,
            urgency=article.urgency,
            **after,
        )
        return post.id


async def begin(house: House, post_id: int) -> None:
    """As far as a process comes before it calls Telegram."""
    now = house.world.clock.now()
    async with house.newsroom.storage.begin() as db:
        post = await db.posts.get(post_id)
        assert post is not None
        begun = sending.prepared((await known.of_posts(db, [post]))[post_id], now)
        assert begun is not None
        assert await sending.begin(db, begun, now)


async def two_held_for_being_late(house: House) -> list[int]:
    """In a channel with slots."""
    await house.admin.sends("/connect @news")
    await house.admin.sends("/slots شنبه تا چهارشنبه ۸ و ۱۲:۳۰ و ۱۸")
    ids = [await due(house, replace(SHORT, headline=f"خبر {n}")) for n in (1, 2)]
    await house.sleeps(3 * 3600)
    return ids


class Requests:
    """The line to Telegram, listened to: some methods are refused, a chat may be silent."""

    def __init__(
        self, house: House, refusals: dict[str, str], *, times: int = 99, silent: int | None = None
    ) -> None:
        self.methods: list[str] = []
        self.paid: list[bool] = []
        self.asked, self.speak = asyncio.Event(), asyncio.Event()
        ask = house.newsroom.bot.do_api_request

        async def listened(method: str, *, api_kwargs: dict[str, Any], **more: Any) -> Any:
            nonlocal times
            if api_kwargs.get("chat_id") == silent:
                self.asked.set()
                await self.speak.wait()
            if api_kwargs.get("chat_id") == NEWS:
                self.methods.append(method)
                self.paid.append(api_kwargs.get("allow_paid_broadcast", False))
            if method in refusals and times:
                times -= 1
                raise telegram.error.BadRequest(refusals[method].removeprefix("Bad Request: "))
            return await ask(method, api_kwargs=api_kwargs, **more)

        object.__setattr__(house.newsroom.bot, "do_api_request", listened)


def text_of(message: dict[str, Any]) -> str:
    return str(message.get("text") or message.get("caption") or "")


async def state(house: House, post_id: int) -> PostState:
    async with house.newsroom.storage.begin() as db:
        post = await db.posts.get(post_id)
        assert post is not None
        return post.state


async def test_a_due_post_is_sent_once_and_its_article_is_published() -> None:
    async with newsroom() as house:
        post_id = await due(house)
        await house.settles()
        await house.passes(3600)

        assert len(house.posts()) == 1
        assert await state(house, post_id) is PostState.SENT
        async with house.newsroom.storage.begin() as db:
            [article] = await db.articles.in_states(ArticleState.PUBLISHED)
            post = await db.posts.get(post_id)
        assert post is not None
        assert (post.version, post.message_ids, post.article_id) == (1, (1,), article.id)


async def test_flood_control_waits_as_long_as_telegram_asks_and_burns_no_attempt() -> None:
    async with newsroom() as house:
        house.world.faults.add(method="sendMessage", chat=NEWS, kind="429", times=2, retry_after=40)
        post_id = await due(house)
        await house.settles()
        await house.passes(40)
        assert (house.posts(), await state(house, post_id)) == ([], PostState.PENDING)
        await house.passes(1)  # Telegram does not say how it rounds
        assert house.posts() == []
        await house.passes(41)
        async with house.newsroom.storage.begin() as db:
            post = await db.posts.get(post_id)

        assert len(house.posts()) == 1
        assert post is not None
        assert post.attempt == 1


async def test_a_connection_that_never_was_is_tried_again() -> None:
    async with newsroom() as house:
        house.world.faults.add(method="sendMessage", chat=NEWS, kind="drop", times=3)
        await due(house)
        await house.settles()
        assert house.posts() == []
        for _ in range(4):
            await house.passes(6)

        assert len(house.posts()) == 1


@pytest.mark.parametrize("kind", ["lost", "5xx"])
async def test_a_lost_answer_is_looked_into_not_guessed_at(kind: str) -> None:
    async with newsroom() as house:
        await due(house)
        await house.settles()  # the channel's ids are known from now on
        house.world.faults.add(method="sendMessage", chat=NEWS, kind=kind, times=1)
        post_id = await due(house, OTHER)
        await house.settles()
        assert await state(house, post_id) is PostState.UNCONFIRMED
        await house.passes(10)
        await house.passes(60 if kind == "5xx" else 10)

        assert await state(house, post_id) is PostState.SENT
        assert len(house.posts()) == 2
        assert len(set(house.posts())) == 2
        assert not any("خبر دیگر" in text for text in map(text_of, house.owner.reads())), (
            "the look left a trace"
        )


async def test_several_lost_answers_are_looked_into_at_telegrams_pace(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/newsroom.db"
    world = World(frozen=True, now=NOON, rates=1)
    async with newsroom(database, world) as house:
        for channel in (NEWS, SPORT):
            await due(house, channel=channel)
        await house.settles()
        world.faults.add(method="sendMessage", chat=NEWS, kind="lost", times=1)
        world.faults.add(method="sendMessage", chat=SPORT, kind="lost", times=1)
        await house.passes(60)
        ids = [await due(house, OTHER, channel=channel) for channel in (NEWS, SPORT)]
        await house.settles()
        for channel in (NEWS, SPORT):
            house.admin.phone.send("از دیگری", chat=channel)
        for _ in range(30):
            await house.passes(1)

        assert [await state(house, post_id) for post_id in ids] == [PostState.SENT, PostState.SENT]
        assert [len(house.posts(channel)) for channel in (NEWS, SPORT)] == [3, 3]


async def test_where_looking_can_not_tell_a_person_is_asked() -> None:
    async with newsroom() as house:
        house.world.faults.add(method="sendMessage", chat=NEWS, kind="lost", times=1)
        post_id = await due(house)  # the first post there: no id is known
        async with house.newsroom.storage.begin() as db:
            await db.channels.put(Channel(id=NEWS, title="خبر", username="news"), by=ADMIN, now=NOON)
        await house.settles()
        await house.passes(10)

        assert await state(house, post_id) is PostState.UNCONFIRMED
        assert "روشن نیست" in house.admin.text()
        look, *_ = house.admin.reads()[-1]["reply_markup"]["inline_keyboard"]
        assert look == [{"text": "📣 خبر", "url": "https://t.me/news"}]
        await house.admin.presses("در کانال هست")
        assert await state(house, post_id) is PostState.UNCONFIRMED
        await house.admin.presses("بله، آنجا دیدمش")
        await house.passes(60)
        assert len(house.posts()) == 1
        assert await state(house, post_id) is PostState.SENT


async def test_what_a_person_has_seen_in_the_channel_counts_as_begun_though_its_id_is_unknown() -> None:
    async with newsroom(pacing=SLOW) as house:
        house.world.faults.add(method="sendMessage", chat=NEWS, kind="lost", times=1)
        post_id = await due(house, LONG, pieces=(Piece.HEADLINE, Piece.LEDE, Piece.FULL_TEXT))
        await house.settles()
        await house.passes(10)
        await house.admin.presses("در کانال هست")
        await house.admin.presses("بله، آنجا دیدمش")

        assert await state(house, post_id) is PostState.PENDING
        assert "در حال ارسال" in await house.admin.forges(f"plan.hold:{post_id}")
        await house.sleeps(3 * 3600)
        await house.passes(600)
        assert await state(house, post_id) is PostState.SENT


async def test_a_post_waits_where_its_channel_is_lost() -> None:
    async with newsroom() as house:
        places.enroll(house.world, NEWS, "bot", "kicked")
        await house.settles()
        post_id = await due(house)
        await house.settles()

        assert await state(house, post_id) is PostState.HELD
        assert "بیرونم کرده‌اند" in house.admin.text()
        async with house.newsroom.storage.begin() as db:
            channel = await db.channels.get(NEWS)
        assert channel is not None
        assert not channel.connected


async def test_a_long_post_goes_on_after_the_part_that_was_sent() -> None:
    async with newsroom() as house:
        house.world.faults.add(method="sendMessage", chat=NEWS, kind="429", times=1, retry_after=5, after=1)
        await due(house, LONG, pieces=(Piece.HEADLINE, Piece.LEDE, Piece.FULL_TEXT))
        await house.settles()
        assert len(house.posts()) == 1
        await house.passes(6)
        posts = house.posts()

        assert len(posts) > 2
        assert len(set(posts)) == len(posts)
        assert sum(post.count("جمله‌ای از متن گزارش.") for post in posts) == 480


async def test_a_rich_channel_gets_blocks_and_falls_back_where_the_server_has_none() -> None:
    async with newsroom() as house:
        await due(house, form=Form.RICH)
        await house.settles()
        [message] = house.reader.reads(NEWS)

        assert message["rich_message"]["is_rtl"] is True
        assert message["rich_message"]["blocks"][0]["text"] == "خبر"


@pytest.mark.parametrize("where", ["before the call", "after the call"])
async def test_a_process_that_dies_while_sending_sends_once_all_the_same(where: str, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/newsroom.db"
    world = World(frozen=True, now=NOON)
    async with newsroom(database, world) as house:
        await due(house)
        await house.settles()
        post_id = await due(house, OTHER)
        await begin(house, post_id)
        if where == "after the call":
            await house.newsroom.bot.send_message(NEWS, "خبر دیگر\n\nلید خبر دیگر.")
    async with newsroom(database, world) as house:
        assert await state(house, post_id) is PostState.UNCONFIRMED
        await house.passes(10)
        await house.passes(60 if where == "before the call" else 10)

        assert await state(house, post_id) is PostState.SENT
        assert len(house.posts()) == 2
        async with house.newsroom.storage.begin() as db:
            post = await db.posts.get(post_id)
        assert post is not None
        assert post.message_ids == (2,)


async def test_a_process_that_dies_between_parts_goes_on_with_the_next(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/newsroom.db"
    world = World(frozen=True, now=NOON)
    async with newsroom(database, world, pacing=SLOW) as house:
        post_id = await due(house, LONG, pieces=(Piece.HEADLINE, Piece.LEDE, Piece.FULL_TEXT))
        await house.settles()
        assert len(house.posts()) == 1
    async with newsroom(database, world, pacing=SLOW) as house:
        for _ in range(5):
            await house.passes(61)

        assert await state(house, post_id) is PostState.SENT
        assert sum(post.count("جمله‌ای از متن گزارش.") for post in house.posts()) == 480


async def test_what_telegram_says_becomes_the_right_error() -> None:
    from bot.line import calls

    async with newsroom() as house:
        bot = house.newsroom.bot
        cases: list[tuple[dict[str, Any], str, type[SendError]]] = [
            ({"chat_id": 7, "text": "x"}, "sendMessage", ChatGone),
            ({"chat_id": 103, "text": ""}, "sendMessage", Refused),
            ({"chat_id": 103, "message_id": 999, "text": "x"}, "editMessageText", NothingToEdit),
        ]
        for params, method, error in cases:
            with pytest.raises(error):
                await calls.call(bot, method, params)
        faults: dict[str, type[SendError]] = {
            "429": Flooded,
            "drop": Unreachable,
            "lost": AnswerLost,
            "5xx": AnswerLost,
        }
        for kind, error in faults.items():
            house.world.faults.add(method="sendMessage", kind=kind, times=1, retry_after=1)
            with pytest.raises(error):
                await calls.call(bot, "sendMessage", {"chat_id": 103, "text": "x"})


async def test_an_edit_that_changes_nothing_is_an_answer_not_a_failure() -> None:
    from bot.line import calls

    async with newsroom() as house:
        sent = await calls.call(house.newsroom.bot, "sendMessage", {"chat_id": 103, "text": "x"})
        same = {"chat_id": 103, "message_id": sent["message_id"], "text": "x"}

        assert await calls.call(house.newsroom.bot, "editMessageText", same) is None


async def test_the_running_bot_stops_when_told(tmp_path: Path) -> None:
    async with newsroom(f"sqlite:///{tmp_path}/newsroom.db") as house:
        stop = asyncio.Event()
        running = asyncio.create_task(house.newsroom.run(stop))
        house.reporter.phone.send("/start")
        async with asyncio.timeout(10):
            while len(house.reporter.reads()) < 2:
                await asyncio.wait([running], timeout=0.02)
            stop.set()
            await running

        assert "به منادی خوش آمدید" in house.reporter.text()


async def test_after_an_outage_what_is_too_late_is_held_and_asked_about_once() -> None:
    async with newsroom() as house:
        ids = [await due(house, replace(SHORT, headline=f"خبر {n}")) for n in range(1, 21)]
        before = len(house.admin.reads())
        await house.sleeps(3 * 3600)

        assert house.posts() == []
        assert {await state(house, post_id) for post_id in ids} == {PostState.HELD}
        [summary] = house.admin.reads()[before:]
        assert "۲۰ پست از زمان خود گذشت" in summary["text"]
        assert all(f"خبر {n} — خبر" in summary["text"] for n in range(1, 21))

        assert await house.admin.presses("همه را همین حالا") == "۲۰ پست در راه است."
        assert len(house.posts()) == 20
        assert "همه را همین حالا منتشر کن" not in str(house.admin.reads())
        assert await house.admin.forges("plan.late_now:c0") == "دیگر هیچ‌کدام منتظر نیست."


async def test_a_summary_too_long_for_a_message_names_what_is_news_and_counts_the_rest() -> None:
    async with newsroom() as house:
        for n in range(60):
            await due(house, replace(SHORT, headline=f"خبر پیشین {n}"))
        await house.sleeps(3 * 3600)
        await due(house, replace(SHORT, headline="خبر تازه"))
        await house.sleeps(3 * 3600)
        await house.admin.presses("⏳ دیدن همهٔ ۶۱ پست")

        summary = house.admin.text()
        assert "۶۱ پست از زمان خود گذشت" in summary
        assert summary.index("خبر تازه") < summary.index("خبر پیشین 0") < summary.index("خبر پیشین 1 ")
        named = summary.count("• ")
        assert f"… و {calendar.persian_digits(str(61 - named))} پست دیگر" in summary


async def test_late_posts_can_go_into_slots_or_be_dropped() -> None:
    async with newsroom() as house:
        ids = await two_held_for_being_late(house)
        await house.admin.presses("نوبت آزاد بعدی کانال خودش")
        assert {await state(house, post_id) for post_id in ids} == {PostState.PENDING}
        await house.passes(24 * 3600)
        assert len(house.posts()) == 2

        late = await due(house, replace(SHORT, headline="خبر ۳"))
        await house.sleeps(3 * 3600)
        await house.admin.presses("همه را کنار بگذار")
        assert await state(house, late) is PostState.CANCELED
        assert len(house.posts()) == 2


async def test_when_telegram_was_away_one_message_tells_what_goes_out_late() -> None:
    async with newsroom() as house:
        await house.admin.sends("/connect @news")
        await house.admin.sends("/connect @sport")
        house.world.faults.add(kind="drop", times=999)
        ids = [await due(house, replace(SHORT, headline=f"خبر {n}")) for n in range(1, 5)]
        other = await due(house, OTHER, channel=SPORT)
        before = len(house.admin.reads())
        for _ in range(20):
            await house.passes(60)
        house.world.faults.clear()
        await house.passes(120)

        assert {await state(house, post_id) for post_id in [*ids, other]} == {PostState.SENT}
        told = [message["text"] for message in house.admin.reads()[before:]]
        assert sum("چون مدتی ارتباط قطع بود" in text for text in told) == 1
        assert len(told) == 1, "and not one for each post besides"
        assert "• خبر 4 — خبر، یکشنبه ۱ آذر ۱۴۰۵، ساعت ۱۲:۰۰ (۲۲ دقیقه دیر)" in told[0]
        assert "• خبر دیگر — " in told[0]


@pytest.mark.parametrize("way", ["نوبت آزاد بعدی کانال خودش", "همه را کنار بگذار"])
async def test_what_was_decided_about_late_posts_can_be_taken_back(way: str) -> None:
    async with newsroom() as house:
        ids = await two_held_for_being_late(house)
        await house.admin.presses(way)
        assert "• خبر 1 — خبر" in house.admin.text()
        assert await house.admin.presses("واگرد") == "برگشت: همه‌چیز مثل پیش است."

        assert {await state(house, post_id) for post_id in ids} == {PostState.HELD}
        assert "۲ پست از زمان خود گذشت" in house.admin.text()
        await house.admin.presses("همه را همین حالا")
        assert len(house.posts()) == 2


async def test_what_has_gone_out_since_is_not_taken_back() -> None:
    async with newsroom() as house:
        ids = await two_held_for_being_late(house)
        await house.admin.presses("نوبت آزاد بعدی کانال خودش")
        decided = house.admin.reads()[-1]
        await house.passes(4 * 3600)
        assert len(house.posts()) == 1
        assert "فرستاده" in await house.admin.presses_as_seen("واگرد", decided)

        assert [await state(house, post_id) for post_id in ids] == [PostState.SENT, PostState.PENDING]


async def test_a_flood_wait_is_no_outage() -> None:
    async with newsroom() as house:
        house.world.faults.add(method="sendMessage", chat=NEWS, kind="429", times=2, retry_after=400)
        await due(house)
        await house.settles()
        await house.passes(300)

        assert "ارتباط قطع بود" not in str(house.admin.reads())


async def test_the_board_of_a_lost_channel_says_that_nothing_goes_out() -> None:
    async with newsroom() as house:
        await house.admin.sends("/connect @news")
        await due(house, at=house.world.clock.now() + timedelta(hours=2))
        places.enroll(house.world, NEWS, "bot", "kicked")
        await house.settles()

        assert "اینجا اجازهٔ انتشار ندارم" in await house.admin.sends("/queue")


async def test_a_little_late_still_goes_out() -> None:
    async with newsroom() as house:
        await due(house)
        await house.sleeps(59 * 60)

        assert len(house.posts()) == 1


async def test_the_most_urgent_goes_first_then_the_oldest() -> None:
    async with newsroom() as house:
        for headline, urgency, minute in (("ب", 5, 1), ("الف", 5, 0), ("فوری", 1, 2)):
            article = replace(SHORT, headline=headline, urgency=urgency)
            await due(house, article, at=NOON + timedelta(minutes=minute))
        await house.sleeps(300)

        assert [post.split("\n")[0] for post in house.posts()] == ["فوری", "الف", "ب"]


async def test_what_is_refused_for_its_form_goes_out_in_a_simpler_one() -> None:
    async with newsroom() as house:
        refused = Requests(house, {"sendRichMessage": "Bad Request: RICH_MESSAGE_INVALID"})
        post_id = await due(house, form=Form.RICH)
        await house.settles()

        assert refused.methods == ["sendRichMessage", "sendMessage"]
        assert house.posts() == ["خبر\n\nلید خبر."]
        assert await state(house, post_id) is PostState.SENT


async def test_the_last_step_down_is_the_words_alone() -> None:
    async with newsroom() as house:
        refused = Requests(
            house, {"sendMessage": "Bad Request: can't parse entities: byte offset 3"}, times=1
        )
        await due(house)
        await house.settles()

        assert refused.methods == ["sendMessage", "sendMessage"]
        [message] = house.reader.reads(NEWS)
        assert "entities" not in message
        assert message["text"] == "خبر\n\nلید خبر."


@pytest.mark.parametrize(("overall", "paid"), [(30, False), (31, True)])
async def test_only_a_newsroom_that_wants_more_than_the_free_limit_offers_to_pay(
    overall: int, *, paid: bool
) -> None:
    async with newsroom(pacing=PacingSettings(overall=overall)) as house:
        planned = Requests(house, {})
        await due(house)
        await house.settles()

        assert len(house.posts()) == 1
        assert planned.paid == [paid]


async def test_a_channel_that_does_not_answer_delays_no_other(tmp_path: Path) -> None:
    async with newsroom(f"sqlite:///{tmp_path}/newsroom.db") as house:
        await due(house)
        await due(house, OTHER, channel=SPORT)
        answering = Requests(house, {}, silent=NEWS)
        stop = asyncio.Event()
        running = asyncio.create_task(house.newsroom.run(stop))
        async with asyncio.timeout(5):
            while not house.posts(SPORT):
                await asyncio.wait([running], timeout=0.02)
        stop.set()
        answering.speak.set()
        await running

        assert len(house.posts(NEWS)) == 1


async def test_a_stop_waits_for_no_hanging_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.app.FAREWELL_TO_POSTS", 0.1)
    database = f"sqlite:///{tmp_path}/newsroom.db"
    world = World(frozen=True, now=NOON)
    async with newsroom(database, world) as house:
        await due(house)
        await house.settles()
        post_id = await due(house, OTHER)
        hanging = Requests(house, {}, silent=NEWS)
        stop = asyncio.Event()
        running = asyncio.create_task(house.newsroom.run(stop))
        async with asyncio.timeout(5):
            await hanging.asked.wait()
            stop.set()
            await running
    async with newsroom(database, world) as house:
        await house.passes(20)
        await house.passes(60)

        assert len(house.posts()) == 2
        assert await state(house, post_id) is PostState.SENT


async def test_nothing_goes_out_before_its_embargo_whatever_its_time() -> None:
    async with newsroom() as house:
        embargoed = replace(SHORT, embargoed_until=NOON + timedelta(hours=2))
        post_id = await due(house, embargoed)
        await house.settles()

        assert house.posts() == []
        assert await state(house, post_id) is PostState.HELD
        assert "زمان مجاز انتشارش" in house.admin.text()


async def test_quiet_hours_move_a_post_to_their_end() -> None:
    async with newsroom() as house:
        everyday = frozenset(range(7))
        ids = [await due(house, SHORT, at=NOON), await due(house, OTHER, at=NOON)]
        async with house.newsroom.storage.begin() as db:
            quiet = Quiet(weekdays=everyday, start=11 * 60, end=13 * 60)  # in Tehran, where it is 12:00
            await db.channels.set_rhythm(NEWS, Rhythm(quiet=(quiet,), spacing=20))
        await house.settles()
        assert house.posts() == []
        await house.passes(3600)
        assert len(house.posts()) == 1
        await house.passes(1200)

        assert len(house.posts()) == 2
        assert {await state(house, post_id) for post_id in ids} == {PostState.SENT}


async def test_a_post_is_pinned_unpinned_and_taken_down_as_it_was_scheduled() -> None:
    async with newsroom() as house:
        post_id = await due(house, pin_for=6 * 3600, delete_after=2 * 86400)
        await house.settles()
        pinned = house.world.chat(NEWS).pinned
        assert len(pinned) == 1
        await house.passes(6 * 3600)
        assert pinned == []
        await house.passes(2 * 86400)

        assert not any("لید خبر" in text for text in house.posts())
        assert await state(house, post_id) is PostState.CANCELED
