"""What is done to posts that are out: edits, deletions, pins. Knows no queue and no pace.

Every call here may be repeated without harm, so nothing is ever in doubt: after a lost answer it is made
again, and "not modified", "not found" are answers. One call at a time; an edit goes on until the post shows
what it should.
"""

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from bot.delivery.sending import Call, Reports, post_calls, reported
from bot.errors import AnswerLost, ChatGone, Flooded, Hiccup, NothingToEdit, SendError, Unreachable
from bot.line.calls import SINGLE, withdrawn_call
from bot.news.model import Article, Channel, Post, PostState
from bot.news.posts import withdrawal
from bot.news.talk import Change, ChangeKind, ChangeState, PostPart
from storage import Db

log = structlog.get_logger(__name__)

LONGEST_WAIT = timedelta(minutes=5)
"""Between two tries while Telegram is away."""
MOST_HICCUPS = 6
"""How often Telegram may stumble over a call, among the tries of it, before its people are told."""


_APART = frozenset({"document", "audio"})
"""Kinds of files that share an album only among themselves."""

_CAPTION = ("caption", "caption_entities", "show_caption_above_media")


@dataclass(frozen=True, kw_only=True)
class Step:
    """The next call of a change; `part` is the message it makes look as `shows` would have sent it."""

    change: Change
    method: str
    params: dict[str, Any]
    part: int | None = None
    shows: Call | None = None


class _Hopeless(Exception):
    """It can't be done; the message is a word of ours or Telegram's sentence."""


async def prepared(db: Db, change: Change, now: datetime, reports: Reports) -> Step | None:
    """The next call of a change, which is claimed with it; None if it was settled instead."""
    await _draw(db, change)
    if not await db.changes.claim(change.id, now=now):
        return None
    if earlier := await _earlier(db, change):  # a pin that is put off must not come after its end
        await db.changes.settle(change.id, ChangeState.PENDING, now=now, not_before=earlier.not_before)
        return None
    post = await db.posts.get(change.post_id)
    assert post is not None  # posts are never deleted
    try:
        step = await _next_step(db, change, post, now)
    except _Hopeless as why:
        await _settled(db, change, ChangeState.FAILED, now, reports, reason=str(why))
        return None
    if step is None:
        await _done(db, change, now, reports)
    return step


async def _draw(db: Db, change: Change) -> None:
    """Have what an edit brings drawn before anything is written: a long story is drawn aside."""
    post = await db.posts.get(change.post_id) if change.kind is ChangeKind.EDIT else None
    if post is not None:
        with suppress(_Hopeless):
            await _wanted(db, change, post)


async def _earlier(db: Db, change: Change) -> Change | None:
    """What is to be done to the same post before that, and waits."""
    asked = await db.changes.of_post(change.post_id)  # in their order
    return next((one for one in asked if one.state is ChangeState.PENDING and _is_before(one, change)), None)


def _is_before(one: Change, other: Change) -> bool:
    return (one.due_at, one.id) < (other.due_at, other.id)


async def _next_step(db: Db, change: Change, post: Post, now: datetime) -> Step | None:
    if not await _is_there(db, change, post):
        return None
    here = {"chat_id": post.channel_id}
    match change.kind:
        case ChangeKind.EDIT:
            return await _edit_step(db, change, post)
        case ChangeKind.DELETE if post.message_ids:
            return await _end_step(db, change, post, now)
        case ChangeKind.PIN:
            first = {**here, "message_id": post.message_ids[0], "disable_notification": True}
            return Step(change=change, method="pinChatMessage", params=first)
        case ChangeKind.UNPIN:
            first = {**here, "message_id": post.message_ids[0]}
            return Step(change=change, method="unpinChatMessage", params=first)
    return None


async def _end_step(db: Db, change: Change, post: Post, now: datetime) -> Step | None:
    """Delete all messages of a post; once they are too old for that, each is edited to a withdrawal.

    Raises:
        _Hopeless: no edit does that.
    """
    if not withdrawal.is_old(post, now):
        here = {"chat_id": post.channel_id, "message_ids": list(post.message_ids)}
        return Step(change=change, method="deleteMessages", params=here)
    where, article = await db.channels.get(post.channel_id), await db.articles.get(post.article_id)
    assert where is not None  # posts have a channel
    assert article is not None  # and an article
    day = change.due_at.astimezone(ZoneInfo(where.time_zone)).date()  # the same at every step
    said = withdrawal.notice(where.look, article.language, day)
    for part in await db.posts.parts.of(post.id):
        shows = withdrawn_call(part.method, part.params, said)
        if part.message_ids and (part.method, part.params) != shows:
            method, params, shows = edit_of(part, shows)
            return Step(change=change, method=method, params=params, part=part.number, shows=shows)
    return None


async def _is_there(db: Db, change: Change, post: Post) -> bool:
    """Whether there is anything to change; False where what is not there is all that was wanted.

    Raises:
        _Hopeless: it can't be changed.
    """
    if post.state is PostState.SENT:
        if not await _ids_known(db, post):
            raise _Hopeless("no id")
        return True
    if change.kind is ChangeKind.DELETE:
        return bool(post.message_ids)
    if change.kind is ChangeKind.UNPIN and not post.message_ids:
        return False
    raise _Hopeless("not out")


async def _ids_known(db: Db, post: Post) -> bool:
    """Whether every message can be named: one that only a person has seen can't."""
    return all(part.message_ids for part in await db.posts.parts.of(post.id))


async def _edit_step(db: Db, change: Change, post: Post) -> Step | None:
    """Bring the first message that differs to what the article's version asks for; None if none differs.

    Raises:
        _Hopeless: no edit does that, or somebody else's would be lost with it.
    """
    if await db.by_hand.of_post(post.id):
        raise _Hopeless("by hand")
    calls = await _wanted(db, change, post)
    parts = await db.posts.parts.of(post.id)
    if len(calls) > len(parts):
        raise _Hopeless("longer")  # a message can't be put between those that came after
    for part, call in zip(parts, calls, strict=False):
        if _differs(part, call):
            method, params, shows = edit_of(part, call)
            return Step(change=change, method=method, params=params, part=part.number, shows=shows)
    surplus = [part for part in parts if part.number >= len(calls)]
    if not surplus:
        return None
    ids = [id for part in surplus for id in part.message_ids]
    return Step(
        change=change,
        method="deleteMessages",
        params={"chat_id": post.channel_id, "message_ids": ids},
        part=surplus[0].number,
    )


async def _wanted(db: Db, change: Change, post: Post) -> list[Call]:
    where = await db.channels.get(post.channel_id)
    article = await db.articles.at_version(post.article_id, change.version or 0)
    if where is None or article is None:
        raise _Hopeless("no such version")
    return planned(article, where, post)


def planned(article: Article, where: Channel, post: Post) -> list[Call]:
    """The calls that would send the article now as the post was sent: same form, same day on it."""
    calls = post_calls(article, where, post.sent_at or post.due_at, post.form)
    return [(method, json.loads(json.dumps(params))) for method, params in calls]  # as the database has them


_TOLD_ONCE = frozenset({"disable_notification", "protect_content", "reply_parameters"})
"""How a message is sent; no edit changes that."""


def _differs(part: PostPart, call: Call) -> bool:
    """Whether a reader would see another message; with which sound it came is nothing to be seen."""
    return (part.method, _seen(part.params)) != (call[0], _seen(call[1]))


def _seen(params: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in params.items() if name not in _TOLD_ONCE}


def edit_of(part: PostPart, call: Call) -> tuple[str, dict[str, Any], Call]:
    """The next call that brings a message nearer to what `call` would have sent, and what it shows then.

    Text and rich text become each other, a file another one, also in an album, which takes a call for each
    file. A text can't become a file here, nor one file an album; a voice message keeps its voice (Bot API,
    `editMessageMedia`).

    Raises:
        _Hopeless: no edit does that.
    """
    method, wanted = call[0], _seen(call[1])
    at = {"chat_id": wanted["chat_id"], "message_id": part.message_ids[0]}
    markup = {"reply_markup": wanted["reply_markup"]} if "reply_markup" in wanted else {}
    texts = {"sendMessage", "sendRichMessage"}
    if part.method in texts and method in texts:
        return "editMessageText", {**wanted, **at}, call
    if part.method == method == "sendMediaGroup":
        return _edit_of_album(part, call)
    had, has = SINGLE.get(part.method), SINGLE.get(method)
    if had is None or has is None:
        raise _Hopeless("other kind")
    caption = {name: wanted[name] for name in _CAPTION if name in wanted}
    if had == has and part.params[had] == wanted[has]:
        return "editMessageCaption", {**at, **caption, **markup}, call
    if "voice" in {had, has}:
        raise _Hopeless("other kind")
    return "editMessageMedia", {**at, "media": {"type": has, "media": wanted[has], **caption}, **markup}, call


def _edit_of_album(part: PostPart, call: Call) -> tuple[str, dict[str, Any], Call]:
    """Its files one after the other, then the words under the first."""
    method, wanted = call
    were, are = part.params["media"], wanted["media"]
    apart = {each["type"] for each in (were[0], are[0])}
    if len(were) != len(are) or (apart & _APART and len(apart) > 1):
        raise _Hopeless("album")
    for number, (was, item) in enumerate(zip(were, are, strict=True)):
        if was["media"] != item["media"]:
            at = {"chat_id": wanted["chat_id"], "message_id": part.message_ids[number]}
            shown = {**wanted, "media": [*are[: number + 1], *were[number + 1 :]]}
            return "editMessageMedia", {**at, "media": item}, (method, shown)
    at = {"chat_id": wanted["chat_id"], "message_id": part.message_ids[0]}
    caption = {
        "caption": "",
        "caption_entities": [],
        **{name: are[0][name] for name in _CAPTION if name in are[0]},
    }
    return "editMessageCaption", {**at, **caption}, call


async def settle_done(db: Db, step: Step, now: datetime, reports: Reports) -> None:
    """The call went through: the message looks as it should, and the change goes on or is done."""
    change = step.change
    if step.part is None:
        await _done(db, change, now, reports)
        return
    if step.shows:
        await db.posts.parts.changed(change.post_id, step.part, *step.shows)
    else:
        parts = await db.posts.parts.of(change.post_id)
        over = [part.number for part in parts if part.number >= step.part]
        await db.posts.parts.drop(change.post_id, *over)
    await db.changes.go_on(change.id, now=now)


async def settle_failure(db: Db, step: Step, error: SendError, now: datetime, reports: Reports) -> None:
    """It did not go through; what is there to change no more is no failure for those that wanted it gone."""
    change = step.change
    match error:
        case Flooded():
            await _again(db, change, timedelta(seconds=error.retry_after), now)
        case _ if _may_go_later(change, error):
            wait = min(timedelta(seconds=2 ** min(change.attempt, 12)), LONGEST_WAIT)
            await _again(db, change, wait, now)
        case NothingToEdit():
            await _nothing_there(db, step, error, now, reports)
        case ChatGone():
            await db.channels.set_trouble(change.channel_id, error.description, connected=False)
            await _settled(db, change, ChangeState.FAILED, now, reports, reason=error.description)
        case _:
            await _settled(db, change, ChangeState.FAILED, now, reports, reason=error.description)


async def _nothing_there(db: Db, step: Step, error: NothingToEdit, now: datetime, reports: Reports) -> None:
    """Telegram has no such message, or lets it be: for what was to go, its absence is all that was wanted."""
    change = step.change
    if "can't be" in error.description:  # it is there, and stays as it is
        await _settled(db, change, ChangeState.FAILED, now, reports, reason=error.description)
    elif step.part is None and change.kind in {ChangeKind.DELETE, ChangeKind.UNPIN}:
        await _done(db, change, now, reports)
    elif step.shows is None and change.kind is ChangeKind.EDIT:
        await settle_done(db, step, now, reports)
    elif step.part is not None and change.kind is ChangeKind.DELETE:  # somebody has deleted it by hand
        await db.posts.parts.drop(change.post_id, step.part)
        await db.changes.go_on(change.id, now=now)
    else:
        await _settled(db, change, ChangeState.FAILED, now, reports, reason="gone")


def _may_go_later(change: Change, error: SendError) -> bool:
    return isinstance(error, Unreachable | AnswerLost) or (
        isinstance(error, Hiccup) and change.attempt < MOST_HICCUPS
    )


async def _again(db: Db, change: Change, wait: timedelta, now: datetime) -> None:
    await db.changes.settle(change.id, ChangeState.PENDING, now=now, not_before=now + wait)


async def _done(db: Db, change: Change, now: datetime, reports: Reports) -> None:
    if change.kind is ChangeKind.EDIT and change.version:
        await db.posts.begin_with(change.post_id, change.version)
    if change.kind is ChangeKind.DELETE:
        await _taken_down(db, change, now)
    await _settled(db, change, ChangeState.DONE, now, reports)


async def _taken_down(db: Db, change: Change, now: datetime) -> None:
    """What is not in the channel any more is not in the books either; what was withdrawn is, as that."""
    post, parts = await db.posts.get(change.post_id), await db.posts.parts.of(change.post_id)
    stays = bool(parts) and post is not None and withdrawal.is_old(post, now)
    if not stays:
        await db.posts.parts.drop(change.post_id, *[part.number for part in parts])
    await db.posts.change(
        change.post_id,
        PostState.CANCELED,
        frm={PostState.SENT, PostState.FAILED, PostState.UNCONFIRMED},
        now=now,
        reason=withdrawal.WITHDRAWN if stays else "deleted",
    )
    await db.changes.cancel(change.post_id, now=now)


async def _settled(
    db: Db, change: Change, state: ChangeState, now: datetime, reports: Reports, *, reason: str | None = None
) -> None:
    await db.changes.settle(change.id, state, now=now, reason=reason)
    post = await db.posts.get(change.post_id)
    assert post is not None  # posts are never deleted
    await db.cards.touch(post.article_id)
    await reported(reports.changed(db, replace(change, state=state, reason=reason), post, now))
    log.info("changed", post_id=post.id, kind=change.kind.value, state=state.value, why=reason)
