"""A newsroom day on a fast clock: played by people of the simulated world, printed, and judged at its end."""

import asyncio
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer

from bot import logs
from bot.app import Newsroom
from bot.config import LogSettings
from bot.demo.newsroom import newsroom_on, settle
from bot.news.times import calendar
from bot.simulator.people import Person
from bot.simulator.world import World

MORNING = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
"""یکشنبه ۱ آذر ۱۴۰۵، ساعت ۷:۳۰ in Tehran."""
NEWS, SPORT = -1001000000001, -1001000000002
SECOND = (
    "تیم والیبال دریابار قهرمان جام ساحلی شد\n"
    "تیم والیبال دریابار شامگاه شنبه با پیروزی سه بر یک برابر سپیدکوه قهرمان جام ساحلی شد.\n"
    "نکته‌های این بازی:\n"
    "- نتیجه: ۲۵–۲۱، ۲۲–۲۵، ۲۵–۱۸ و ۲۵–۲۰\n"
    "- بهترین بازیکن: کاپیتان دریابار با ۲۳ امتیاز\n"
    "#والیبال #جام_ساحلی"
)


class Day:
    """The people, the clock and what has been found wrong."""

    def __init__(self, world: World, newsroom: Newsroom) -> None:
        self.world = world
        self.newsroom = newsroom
        self.reporter, self.editor, self.admin, self.reader = (Person(world, i) for i in (101, 102, 103, 105))
        self.seen: dict[tuple[int, int], Any] = {}
        self.faults: list[str] = []

    async def says(self, person: Person, text: str) -> None:
        """Someone writes; everything that comes of it is printed."""
        person.send(text)
        await self.settle()

    async def presses(self, person: Person, button: str) -> None:
        """Someone presses the newest button whose label has `button` in it."""
        labels = [label for message in reversed(person.reads()) for label in _labels(message)]
        label = next((label for label in labels if button in label), None)
        if label is None:
            self.faults.append(f"{person.id} finds no button “{button}”")
            return
        self._print_line(person.id, f"[{label}]", "yellow")
        pressing = asyncio.create_task(person.press(label))
        await asyncio.sleep(0)
        await self.settle()
        answer = await pressing
        if answer and answer.get("text"):
            self._print_line(person.id, f"⤷ {answer['text']}", "yellow")

    async def passes(self, minutes: float) -> None:
        """Time goes by."""
        self.world.clock.advance(minutes * 60)
        now = calendar.show(self.world.clock.now(), "Asia/Tehran")
        typer.secho(f"\n── {now} ──", bold=True)
        await self.settle()

    async def settle(self) -> None:
        await settle(self.world, self.newsroom)
        for chat in (self.reporter.id, self.editor.id, self.admin.id, NEWS, SPORT):
            self._print_news(chat)

    def _print_news(self, chat: int) -> None:
        for message in self.reader.reads(chat):
            key, content = (chat, message["message_id"]), (_text(message), _labels(message))
            if self.seen.get(key) != content:
                mark = "✎ " if key in self.seen else ""
                self.seen[key] = content
                mine = message.get("from", {}).get("id") == chat
                self._print_line(chat, mark + content[0], "cyan" if mine else "green" if chat < 0 else None)
                for label in content[1]:
                    typer.secho(f"      [{label}]", dim=True)

    def _print_line(self, chat: int, text: str, color: str | None = None) -> None:
        name = self.world.chat(chat).title or next(u["first_name"] for u in [self.world.user(chat)])
        lines = text.split("\n")
        shown = lines if len(lines) <= 14 else [*lines[:14], f"… (+{len(lines) - 14})"]
        typer.secho(f"{name}: " + "\n      ".join(shown), fg=color)

    def expect(self, what: str, *, holds: bool) -> None:
        if not holds:
            self.faults.append(what)


async def play() -> int:
    """Play the day; 0 if every post arrived exactly once, at its minute, and as it should look."""
    logs.set_up(LogSettings(level="error"))
    world = World(frozen=True, now=MORNING)
    with tempfile.TemporaryDirectory(prefix="monadi-day-") as folder:
        async with newsroom_on(world, f"sqlite:///{folder}/newsroom.db") as newsroom:
            day = Day(world, newsroom)
            await _first_story(day)
            await _second_story(day)
            _judge(day)
    for fault in day.faults:
        typer.secho(f"✗ {fault}", fg="red", err=True)
    if not day.faults:
        typer.secho(
            "\n✓ every post arrived once, at its minute, and looks as it should", fg="green", bold=True
        )
    return 1 if day.faults else 0


async def _first_story(day: Day) -> None:
    """A long paste, cut by the app into two messages, edited by the editor, into the next free slot."""
    await day.passes(0)
    await day.says(day.reporter, "/start")
    await day.says(day.reporter, (Path(__file__).parent / "sample.txt").read_text(encoding="utf-8"))
    await day.passes(0.05)
    await day.presses(day.reporter, "ارسال به دبیر")
    await day.presses(day.editor, "ویرایش ▾")
    await day.presses(day.editor, "ویرایش تیتر")
    await day.says(day.editor, "قطار هیدروژنی سپیدکوه–دریابار آزمایش شد")
    await day.presses(day.editor, "تأیید")
    await day.says(day.admin, "/connect @news")
    await day.says(day.admin, "/slots شنبه تا چهارشنبه ۸ و ۱۲:۳۰ و ۱۸")
    await day.presses(day.admin, "زمان‌بندی")
    await day.presses(day.admin, "نوبت آزاد بعدی")
    await day.passes(29)
    day.expect("the first story waits for 08:00", holds=not day.reader.reads(NEWS))
    await day.passes(1)
    day.expect("the first story is out at 08:00", holds=len(day.reader.reads(NEWS)) == 1)


async def _second_story(day: Day) -> None:
    """Another channel, a typed time, the queue: held, moved, and out; Telegram stutters once on the way."""
    await day.says(day.reporter, SECOND)
    await day.presses(day.reporter, "ارسال به دبیر")
    await day.presses(day.editor, "تأیید")
    await day.says(day.admin, "/connect @sport")
    await day.presses(day.admin, "زمان‌بندی")
    await day.presses(day.admin, "📣 ورزش")
    await day.presses(day.admin, "در زمانی دیگر")
    await day.says(day.admin, "امروز ساعت ۹")
    await day.says(day.admin, "/queue @sport")
    await day.presses(day.admin, "۱ · ۹:۰۰")
    await day.presses(day.admin, "نگه دار")
    await day.passes(90)
    day.expect("a held post stays", holds=not day.reader.reads(SPORT))
    await day.presses(day.admin, "وضع کنونی")
    await day.presses(day.admin, "زمان دیگر")
    await day.says(day.admin, "نیم ساعت دیگر")
    day.world.faults.add(method="sendMessage", chat=SPORT, kind="429", times=1, retry_after=7)
    await day.passes(30)
    day.expect("a flooded post waits as Telegram asks", holds=not day.reader.reads(SPORT))
    await day.passes(0.2)


def _judge(day: Day) -> None:
    news, sport = ([_text(m) for m in day.reader.reads(chat)] for chat in (NEWS, SPORT))
    day.expect("one post in each channel", holds=(len(news), len(sport)) == (1, 1))
    for text, pieces in (
        (news, ("قطار هیدروژنی سپیدکوه–دریابار آزمایش شد", "🔹 ", "بیشتر بخوانید", "نویسنده: ", "@news")),
        (sport, ("تیم والیبال دریابار", "🔹 نتیجه:", "🔹 بهترین بازیکن:", "#والیبال", "@sport")),
    ):
        for piece in pieces:
            day.expect(f"“{piece}” stands in the post", holds=bool(text) and piece in text[0])


def _text(message: dict[str, Any]) -> str:
    return str(message.get("text") or message.get("caption") or message.get("rich_message") or "")


def _labels(message: dict[str, Any]) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]
