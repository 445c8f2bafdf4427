"""Boards: messages that show how something stands. Once it does not stand so any more, their buttons go.

A button of such a message holds what its presser saw (a post's time and state, a timetable, a look), so an
old one is never obeyed; but nobody should have to press it to learn that. Whatever is delivered with such
buttons is noted (`delivered`), and compared with how it is now whenever that may have changed (`end_old`).
What only leads somewhere stays, with a way to see how it is now. Knows no change.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from bot.clock import Clock
from bot.desk import looks, timetable
from bot.desk.stories import GONE
from bot.line.calls import Keyboard, keyboard_call
from bot.news.boards import Board
from bot.news.model import Channel, Post
from bot.words import words
from handlers.posts import seen
from handlers.talk import button
from storage import Db, Storage

STANDS: Final = timedelta(days=2)
"""How long such a message waits for a press: what it says of today and tomorrow is wrong by then."""
_POST = re.compile(r"[0-9]{9,11}\.[0-9]", re.ASCII)
_TIMES = re.compile(r"t[0-9a-f]{1,8}", re.ASCII)
_LOOK = re.compile(r"l[0-9a-f]{1,8}", re.ASCII)
_OF_POST: Final = frozenset(
    {
        "plan.send_again",
        "plan.it_is_there",
        "plan.is_there",
        "plan.drop_doubtful",
        "plan.pin",
        "plan.unpin",
        "plan.ask_down",
        "plan.take_down",
        "plan.keep",
        "plan.post_anew",
        "posts.after",
        "posts.set_after",
    }
)
"""Buttons of a post that hold no mark of it: they do what they say while it stands as it was shown."""
_OF_CHANNEL: Final = {"plan.pause": "pause", "plan.ask_to_resume": "pause", "channels.zone_to": "times"}
_UNDO: Final = frozenset(
    {
        "plan.undo_plan",
        "plan.undo_recur",
        "plan.undo_resume",
        "plan.undo_late",
        "plan.unskip_turn",
        "plan.turn_text_back",
        "channels.undo_timetable",
        "channels.undo_look",
    }
)
"""They hold an entry of the log: they do what they say while all is as that has left it."""
_BACK: Final = frozenset({"plan.restore", "plan.send_again"})
"""They bring a post back, unless its story was spiked or killed meanwhile."""
_LEADS: Final = frozenset(
    {
        "open",
        "plan.queue",
        "plan.board",
        "plan.post",
        "plan.page",
        "plan.recurrence",
        "plan.recurring",
        "channels.slots",
        "channels.look",
    }
)
"""What always opens, however old."""
_AGAIN: Final = {
    "post": "plan.post",
    "times": "channels.slots",
    "look": "channels.look",
    "pause": "plan.queue",
    "recurrence": "plan.recurrence",
}
"""By the kind of what was shown: the way to see how it is now."""

type Thing = tuple[str, int]
"""A kind, and which one."""


def is_board(keyboard: Keyboard) -> bool:
    """Whether buttons hold what was seen of something."""
    return any(_shown(each) for each in _data(keyboard))


async def delivered(db: Db, chat_id: int, message_id: int, keyboard: Keyboard, now: datetime) -> None:
    """A message stands in a chat with the buttons of a board."""
    shown: dict[Thing, str] = {}
    for thing, mark in [each for data in _data(keyboard) for each in _shown(data)]:
        shown[thing] = mark or shown.get(thing, "")
    for kind, id in [thing for thing in shown if thing[0] == "entry"]:
        del shown[kind, id]
        for thing in await _left_by(db, id):
            shown.setdefault(thing, "")
    now_so = await _marks(db, shown)
    marks: list[list[Any]] = [[*thing, mark or now_so.get(thing, "")] for thing, mark in shown.items()]
    due = [datetime.fromtimestamp(int(mark[:-2]), UTC) for kind, _, mark in marks if kind == "post" and mark]
    until = min([now + STANDS, *(each for each in due if each > now)])  # what has its time has another page
    await db.boards.put(
        Board(chat_id=chat_id, message_id=message_id, marks=marks, keyboard=keyboard, until=until)
    )


async def look(storage: Storage, clock: Clock, language: str) -> datetime | bool:
    """`end_old` in a transaction of its own."""
    now = await clock()
    async with storage.begin() as db:
        return await end_old(db, now, language=language) or False


async def end_old(db: Db, now: datetime, *, language: str) -> datetime | None:
    """Take the buttons off all boards that are out of date; when the next one will be by time.

    `language` is that of the groups.
    """
    standing = await db.boards.all()
    now_so = await _marks(db, {(kind, id) for board in standing for kind, id, _ in board.marks})
    still = []
    for board in standing:
        if board.until <= now or any(now_so.get((kind, id)) != mark for kind, id, mark in board.marks):
            await _end(db, board, language)
        else:
            still.append(board.until)
    return min(still, default=None)


async def _end(db: Db, board: Board, language: str) -> None:
    await db.boards.drop(board.chat_id, board.message_id)
    rows = [[each for each in row if _leads(each)] for row in board.keyboard]
    person = await db.staff.get(board.chat_id)
    say = words(person.language if person else language)
    again = next(((_AGAIN[kind], id) for kind, id, _ in board.marks if kind in _AGAIN), None)
    if again is not None and (person is None or person.roles):
        way = button(say("🔄 How it is now"), *again)
        rows = [[each for each in row if each.get("callback_data") != way["callback_data"]] for row in rows]
        rows.insert(0, [way])
    left = [row for row in rows if row]
    await db.notices.add(board.chat_id, *keyboard_call(board.chat_id, board.message_id, left))


def _leads(each: dict[str, Any]) -> bool:
    return "url" in each or str(each.get("callback_data")).partition(":")[0] in _LEADS


def _data(keyboard: Keyboard) -> Iterator[str]:
    for row in keyboard:
        for each in row:
            if "callback_data" in each:
                yield each["callback_data"]


def _shown(data: str) -> list[tuple[Thing, str]]:
    """What a button holds of what its presser saw: things, each with its mark if the button has that."""
    verb, *held = data.split(":")
    found: list[tuple[Thing, str]] = []
    for before, each in pairwise(held):
        if _POST.fullmatch(each) and before.isascii() and before.isdecimal():
            found.append((("post", int(before)), each))
    first = int(held[0]) if held and held[0].removeprefix("-").isdecimal() else 0
    if verb.startswith("channels.") and first < 0:
        found += [(("times", first), each) for each in held[1:] if _TIMES.fullmatch(each)]
        found += [(("look", first), each) for each in held[1:] if _LOOK.fullmatch(each)]
    if verb in _OF_POST and first and not found:
        found.append((("post", first), ""))
    kinds = {
        "wanted": verb in _BACK,
        _OF_CHANNEL.get(verb, ""): verb in _OF_CHANNEL,
        "change": verb == "plan.retry_change",
        "entry": verb in _UNDO,
    }
    return found + [((kind, first), "") for kind, holds in kinds.items() if holds and first]


async def _left_by(db: Db, entry_id: int) -> list[Thing]:
    """What a change has left as it is, and what would be put back."""
    entry = await db.audit.get(entry_id)
    detail = (entry.detail or {}) if entry else {}
    if entry is None:
        return []
    things: list[Thing] = [("post", entry.post_id)] if entry.post_id else []
    others = [*(detail.get("posts") or ()), detail.get("with")]
    things += [("post", int(each["post"])) for each in others if isinstance(each, dict) and "post" in each]
    things += [("wanted", id) for _, id in things]
    if "timetable" in detail and entry.channel_id:
        return [("times", entry.channel_id)]  # posts that were moved since stay where they are
    if "looks" in detail and entry.channel_id:
        things.append(("look", entry.channel_id))
    if isinstance(change := detail.get("recurrence"), dict):
        things.append(("recurrence", int(change["id"])))
    if "paused_at" in detail and entry.channel_id:
        things.append(("pause", entry.channel_id))
    return things


async def _marks(db: Db, things: Iterable[Thing]) -> dict[Thing, str]:
    """How each stands now; what is gone has none."""
    ids: dict[str, set[int]] = {}
    for kind, id in things:
        ids.setdefault(kind, set()).add(id)
    posts = await db.posts.some(ids.get("post", set()) | ids.get("wanted", set()))
    found = {("post", id): seen.of(post) for id, post in posts.items()}
    if "wanted" in ids:
        found |= await _wanted(db, {id: posts[id] for id in ids["wanted"] if id in posts})
    theirs = {kind: ids[kind] for kind in _OF_A_CHANNEL if kind in ids}
    channels = await db.channels.some(set().union(*theirs.values())) if theirs else {}
    for kind, those in theirs.items():
        found |= {(kind, id): _OF_A_CHANNEL[kind](channels[id]) for id in those if id in channels}
    for id in ids.get("recurrence", ()):
        plan = await db.recurrences.get(id)
        story = await db.articles.get(plan.article_id) if plan else None
        if plan is not None and story is not None:
            found["recurrence", id] = f"{plan.ended} {plan.until} {story.state}"
    for id in ids.get("change", ()):
        change = await db.changes.get(id)
        if change is not None:
            found["change", id] = f"{change.state} {change.attempt}"
    return found


async def _wanted(db: Db, posts: Mapping[int, Post]) -> dict[Thing, str]:
    """Whether the stories of posts are still to be published."""
    stories = await db.articles.some({post.article_id for post in posts.values()})
    gone = {id for id, story in stories.items() if story.state in GONE}
    return {("wanted", id): "gone" if post.article_id in gone else "wanted" for id, post in posts.items()}


def _paused(channel: Channel) -> str:
    return str(channel.paused_at)


_OF_A_CHANNEL: Final = {
    "times": timetable.revision,
    "look": lambda channel: looks.revision(channel.look),
    "pause": _paused,
}
