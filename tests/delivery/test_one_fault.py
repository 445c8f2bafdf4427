"""A fault of ours with one thing: it is given up, its people are told, and everything else goes on."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.config import AssistantSettings
from bot.delivery import changing, sending
from bot.desk import digests, returning
from bot.line import assistant, weekpicture
from bot.loops import InTurn, Step
from bot.news import copydesk
from bot.news.model import Article, ArticleState, PostState
from bot.news.posts import message
from tests.handlers.plan.test_recurring import repeats
from tests.handlers.story.test_paste_arrival import long_copy
from tests.newsroom import COPY, NEWS, NOON, SPORT, House, newsroom

OTHER = "خبری دیگر از شهر\nاین لید خبری دیگر است که همان روز رسید.\nو بدنهٔ آن."
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
FAULTS = [ValueError("a bug"), MemoryError(), RecursionError()]


def failing(work: Callable[..., Any], fault: Exception, when: Callable[..., bool]) -> Callable[..., Any]:
    """The same, but with a bug in it that shows for some of what it is given."""

    def with_bug(*given: Any, **named: Any) -> Any:
        if when(*given):
            raise fault
        return work(*given, **named)

    return with_bug


async def drafts(house: House, person_id: int) -> list[Article]:
    async with house.newsroom.storage.begin() as db:
        return [
            each for each in await db.articles.in_states(ArticleState.DRAFT) if each.reporter_id == person_id
        ]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
async def test_a_paste_that_cant_be_read_is_given_up_and_the_next_one_is_read(
    fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = failing(copydesk.read, fault, lambda copy, *_: "بند شمارهٔ 9" in copy)
    monkeypatch.setattr(copydesk, "read", bad)
    async with newsroom() as house:
        await house.reporter.sends(long_copy(9_000))
        good = long_copy(7_500).replace("بند شمارهٔ", "پارهٔ")
        await house.editor.sends(good)
        await house.passes(4)

        assert any("سر هم نشد" in message.get("text", "") for message in house.reporter.reads())
        assert any(type(fault).__name__ in message.get("text", "") for message in house.owner.reads())
        [read] = await drafts(house, house.editor.id)
        assert read.version == 2  # whole
        async with house.newsroom.storage.begin() as db:
            assert await db.pastes.next_due() is None
            [kept] = [each for each in await db.pastes.recent_of(house.reporter.id, LONG_AGO) if each.failed]
        assert kept.failed == type(fault).__name__
        assert "بند شمارهٔ 9" in kept.text
        said = len(house.reporter.reads())
        await house.passes(60)
        assert len(house.reporter.reads()) == said


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
async def test_an_update_that_cant_be_handled_stops_no_other(
    fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copydesk, "read", failing(copydesk.read, fault, lambda copy, *_: copy == COPY))
    async with newsroom() as house:
        house.reporter.phone.send(COPY)
        await house.editor.sends(OTHER)

        assert "خطایی از سوی ما" in house.reporter.text()
        assert len(await drafts(house, house.editor.id)) == 1


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
async def test_a_card_that_cant_be_drawn_holds_up_no_other_and_is_told_once(
    fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = failing(message.compose, fault, lambda article, *_: article.headline.startswith("شهرداری"))
    monkeypatch.setattr(message, "compose", bad)
    async with newsroom() as house:
        with capture_logs() as logs:
            await house.reporter.sends(COPY)
            await house.reporter.sends(OTHER)
            await house.passes(600)

        assert "خبری دیگر از شهر" in house.reporter.card()["text"]
        assert [one["text"] for one in house.reporter.reads() if "آماده نشد" in one.get("text", "")]
        assert [one["event"] for one in logs if one["log_level"] == "error"] == ["card_failed"]
        monkeypatch.undo()
        await house.reporter.sends("/drafts")
        await house.reporter.presses("شهرداری")
        assert house.reporter.card()["text"].startswith("شهرداری")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
async def test_a_notice_that_cant_be_made_is_dropped_and_the_next_is_said(
    fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_bad(_method: str, params: dict[str, Any]) -> bool:
        return "راهنما" in str(params.get("text", "")) or "/drafts" in str(params.get("text", ""))

    monkeypatch.setattr(weekpicture, "ready", failing(weekpicture.ready, fault, is_bad))
    async with newsroom() as house:
        with capture_logs() as logs:
            await house.reporter.sends("/help")
            await house.reporter.sends("/nothing_of_mine")
            await house.passes(600)

        assert "nothing_of_mine" in house.reporter.text().replace("\u200e", "")
        assert [one["event"] for one in logs if one["log_level"] == "error"] == ["notice_failed"]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
async def test_a_post_that_cant_be_drawn_fails_and_the_other_goes_out(
    fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_bad(article: Article, *_: Any) -> bool:
        return article.headline.startswith("شهرداری")

    async with newsroom() as house:
        await house.approved()
        await house.admin.sends("/desk")
        await scheduled(house, "شهرداری")
        await house.reporter.sends(OTHER)
        await house.reporter.presses("ارسال به دبیر")
        await house.editor.presses("تأیید")
        await house.admin.sends("/desk")
        await scheduled(house, "خبری دیگر")
        monkeypatch.setattr(sending, "post_calls", failing(sending.post_calls, fault, is_bad))
        with capture_logs() as logs:
            await house.passes(3 * 86_400)

        assert [text[:9] for text in house.posts()] == ["خبری دیگر"]
        assert [one["event"] for one in logs if one["log_level"] == "error"] == ["not_claimed"]
        assert any("منتشر نشد" in one.get("text", "") for one in house.admin.reads())


async def scheduled(house: House, headline: str) -> None:
    await house.admin.presses(headline)
    await house.admin.presses("زمان‌بندی")
    await house.admin.presses("نوبت آزاد")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
async def test_a_post_that_nobody_can_be_told_of_is_out_all_the_same(fault: Exception) -> None:
    async def cannot(*_: Any) -> None:
        raise fault

    async with newsroom() as house:
        reports = house.newsroom.publisher.reports
        house.newsroom.publisher.reports = replace(
            reports, settled=cannot, sent=cannot, late=cannot, changed=cannot
        )
        await house.approved()
        await house.admin.sends("/desk")
        await scheduled(house, "شهرداری")
        with capture_logs() as logs:
            await house.passes(86_400)

        assert len(house.posts()) == 1
        assert [one["event"] for one in logs if one["log_level"] == "error"] == ["nobody_told"]
        async with house.newsroom.storage.begin() as db:
            assert [post.state for post in await db.posts.of_article(1)] == [PostState.SENT]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
async def test_one_that_comes_back_and_cant_be_planned_holds_up_no_other(
    fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = failing(returning.plan_one, fault, lambda _db, plan, *_: plan.id == 1)
    async with newsroom() as house:
        await repeats(house, "هر روز ۱۳")
        await house.reporter.sends(OTHER)
        await house.reporter.presses("ارسال به دبیر")
        await house.editor.presses("تأیید")
        await house.admin.sends("/desk")
        await house.admin.presses("خبری دیگر")
        await house.admin.presses("زمان‌بندی")
        await house.admin.presses("تکرار هفتگی")
        await house.admin.sends("هر روز ۱۵")
        monkeypatch.setattr(returning, "plan_one", bad)
        with capture_logs() as logs:
            for seconds in (3 * 3600, 86_400, 86_400):
                await house.sleeps(seconds)

        assert sum(text.startswith("خبری دیگر") for text in house.posts()) >= 2
        assert [one["event"] for one in logs if one["log_level"] == "error"] == ["not_planned"]
        assert sum("خودبه‌خود" in one.get("text", "") for one in house.admin.reads()) == 1


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
async def test_a_digest_that_cant_be_written_holds_up_no_other(
    fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = failing(digests.make, fault, lambda _db, due, *_: due.channel.id == NEWS)
    made: list[int] = []

    async def noted(db: Any, due: digests.Due, now: datetime) -> None:
        await bad(db, due, now)
        made.append(due.channel.id)

    monkeypatch.setattr(digests, "make", noted)
    async with newsroom() as house:
        for name in ("@news", "@sport"):
            await house.admin.sends(f"/connect {name}")
            await house.admin.sends(f"/digest {name} هر روز ۱۳")
            await house.admin.presses("روشن شود")
        with capture_logs() as logs:
            await house.sleeps(3600)
            await house.sleeps(3600)

        assert made == [SPORT]
        assert [one["event"] for one in logs if one["log_level"] == "error"] == ["not_planned"]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
async def test_a_proposal_that_cant_be_made_holds_up_no_other(
    fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = failing(assistant.propose, fault, lambda _settings, text, **_: text.startswith("شهرداری"))
    monkeypatch.setattr(assistant, "propose", bad)
    settings = AssistantSettings(url="http://127.0.0.1:9/v1", model="m", key=SecretStr("k"))
    async with newsroom(assistant=settings) as house:
        with capture_logs() as logs:
            for copy in (COPY, OTHER):
                await house.reporter.sends(copy)
                await house.reporter.presses("پیشنهاد بخواه")
            await house.passes(600)

        assert sum("پیشنهادی نداشت" in one.get("text", "") for one in house.reporter.reads()) == 2
        assert [one["event"] for one in logs if one["log_level"] == "error"] == ["not_proposed"]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
async def test_a_correction_that_cant_be_drawn_fails_and_is_told(
    fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.sends("/desk")
        await scheduled(house, "شهرداری")
        await house.passes(3600)
        assert len(house.posts()) == 1
        await house.editor.presses("ویرایش تیتر")
        await house.editor.sends("تیتر تازه")
        monkeypatch.setattr(changing, "post_calls", failing(sending.post_calls, fault, lambda *_: True))
        with capture_logs() as logs:
            await house.editor.presses("انتشار اصلاحیه")
            await house.passes(86_400)

        assert house.posts()[0].startswith("شهرداری")
        assert [one["event"] for one in logs if one["log_level"] == "error"] == ["not_claimed"]
        assert "ایراد از ماست" in house.editor.text()


# ── The loops themselves ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["mail", "pastes"])
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
async def test_a_kind_of_work_that_fails_rests_and_the_other_goes_on(kind: str, fault: Exception) -> None:
    now, done, tried = [NOON], [0], [0]

    async def clock() -> datetime:
        return now[0]

    async def bad() -> bool:
        tried[0] += 1
        raise fault

    async def good() -> bool:
        done[0] += 1
        return True

    kinds = {"mail": bad, "pastes": good} if kind == "mail" else {"pastes": bad, "mail": good}
    desk = InTurn(kinds=kinds, clock=clock)
    with capture_logs() as logs:
        for _ in range(3600):
            assert await desk()
            now[0] += timedelta(seconds=1)

    assert done[0] == 3600
    assert tried[0] <= 20
    assert len(logs) == 1


@pytest.mark.parametrize("name", ["desk", "plans", "notices", "cards", "proposals", "posts"])
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
async def test_a_fault_in_one_loop_stops_no_other_and_is_logged_once(name: str, fault: Exception) -> None:
    async with newsroom() as house:
        loops = Loops(house, name, fault)
        with capture_logs() as logs:
            await loops.run(rounds=200)

        assert all(count >= 200 for other, count in loops.ran.items() if other != name)
        assert 1 <= loops.ran[name] <= 20
        assert len([one for one in logs if one["log_level"] in {"error", "warning"}]) == 1


class Loops:
    """The loops of the running bot, one of them with a fault in its step; the others count."""

    def __init__(self, house: House, bad: str, fault: Exception) -> None:
        self.ran = dict.fromkeys(house.newsroom.steps, 0)
        self.newsroom, self.bad, self.fault = house.newsroom, bad, fault

    async def run(self, *, rounds: int) -> None:
        stop = asyncio.Event()

        def step(name: str) -> Step:
            async def do() -> bool:
                self.ran[name] += 1
                await asyncio.sleep(0)
                if name == self.bad:
                    raise self.fault
                if all(count >= rounds for other, count in self.ran.items() if other != self.bad):
                    stop.set()
                return True

            return do

        loops = [self.newsroom.rota.loop(name, step(name), stop).run() for name in self.ran]
        async with asyncio.timeout(30):
            await asyncio.wait([asyncio.ensure_future(each) for each in loops], return_when="FIRST_COMPLETED")
            stop.set()
            for woken in self.newsroom.woken.values():
                woken.set()
