"""What shall become of a post once it is out: pinned for a while, taken down after a while. Chosen before."""

from bot.desk.logbook import took_back
from bot.desk.order import Planning
from bot.desk.stories import WAITING
from bot.errors import NotFound, WrongState
from bot.line.calls import Keyboard
from bot.news.model import Message, Post
from bot.news.talk import AuditEntry
from bot.words import N_, Words
from handlers.talk import Talk, button, titled

_HOUR = 3600
_DAY = 24 * _HOUR
UNTIL_UNPINNED = 0
_NO = -1
_SPANS = {
    _HOUR: N_("1 hour"),
    6 * _HOUR: N_("6 hours"),
    12 * _HOUR: N_("12 hours"),
    _DAY: N_("1 day"),
    36 * _HOUR: N_("36 hours"),
    2 * _DAY: N_("2 days"),
    7 * _DAY: N_("7 days"),
}
PINS: tuple[int, ...] = (_HOUR, 6 * _HOUR, _DAY, 2 * _DAY, UNTIL_UNPINNED)
DELETIONS: tuple[int, ...] = (6 * _HOUR, 12 * _HOUR, _DAY, 36 * _HOUR)
"""No longer than a bot may delete a channel's message: 48 hours (Bot API, `deleteMessage`)."""


def row(post: Post, say: Words) -> Keyboard:
    """Two buttons for a post that waits: what is chosen, and the way to change it."""
    if post.state not in WAITING:
        return []
    return [
        [
            button(_pin(post, say), "posts.after", post.id, "pin"),
            button(_delete(post, say), "posts.after", post.id, "delete"),
        ]
    ]


def told(post: Post, say: Words) -> list[str]:
    """The same as lines of its page, where something is chosen."""
    chosen = [_pin(post, say)] if post.pin_for is not None else []
    return chosen + ([_delete(post, say)] if post.delete_after is not None else [])


def _pin(post: Post, say: Words) -> str:
    if post.pin_for is None:
        return say("📌 Pin it: no")
    if post.pin_for == UNTIL_UNPINNED:
        return say("📌 Pinned until unpinned")
    return say("📌 Pinned for {time}", time=span(post.pin_for, say))


def _delete(post: Post, say: Words) -> str:
    if post.delete_after is None:
        return say("🗑 Take it down: no")
    return say("🗑 Taken down after {time}", time=span(post.delete_after, say))


def span(seconds: int, say: Words) -> str:
    """A length of time in words."""
    return (
        say(_SPANS[seconds])
        if seconds in _SPANS
        else say("{minutes} {minutes:minute|minutes}", minutes=seconds // 60)
    )


async def choose(talk: Talk, post_id: int, what: str) -> None:
    """The choices for one of the two."""
    post = await _waiting(talk, post_id)
    await talk.amend(*_choices(talk.words, post, what))
    await talk.answer()


def _choices(say: Words, post: Post, what: str) -> tuple[Message, Keyboard]:
    if what == "pin":
        chosen, options, title = post.pin_for, PINS, say("How long shall it stay pinned?")
    elif what == "delete":
        chosen, options, title = post.delete_after, DELETIONS, say("After how long shall it be taken down?")
    else:
        raise NotFound("button")
    none = [button(_ticked(say("not at all"), on=chosen is None), "posts.set_after", post.id, what, _NO)]
    rows = [
        [button(_ticked(_option(one, say), on=one == chosen), "posts.set_after", post.id, what, one)]
        for one in options
    ]
    return titled(title, ""), [*rows, none, [button(say("‹ Back"), "plan.post", post.id)]]


def _option(seconds: int, say: Words) -> str:
    return say("until somebody unpins it") if seconds == UNTIL_UNPINNED else span(seconds, say)


def _ticked(text: str, *, on: bool) -> str:
    return f"✅ {text}" if on else text


async def set_(talk: Talk, post_id: int, what: str, seconds: int) -> None:
    """A press on a choice."""
    post = await _waiting(talk, post_id)
    if seconds != _NO and seconds not in {"pin": PINS, "delete": DELETIONS}.get(what, ()):
        raise NotFound("button")
    value = None if seconds == _NO else seconds
    pin_for, delete_after = (value, post.delete_after) if what == "pin" else (post.pin_for, value)
    planning = Planning(schedule=talk.schedule)
    chosen = await planning.choose_after(post.id, pin_for, delete_after)
    message, rows = _choices(talk.words, chosen, what)
    if entry := await planning.undoable(chosen):
        rows.insert(-1, [undo(entry, talk.words)])
    await talk.amend(message, rows)
    await talk.answer(talk.words("That is how it is from now on."))


def undo(last: AuditEntry, say: Words) -> dict[str, str]:
    """The button that takes a post's last change back; where that was an undo itself, it does it again."""
    text = say("↷ Redo the last change") if took_back(last) else say("↶ Undo the last change")
    return button(text, "plan.undo_plan", last.id)


async def _waiting(talk: Talk, post_id: int) -> Post:
    post = await talk.schedule.post(post_id)
    if post.state not in WAITING or post.begun:
        raise WrongState(post.state)
    return post
