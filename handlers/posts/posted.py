"""A post that is out, as its people see it: what is still done to it, what failed, what they may do."""

from collections.abc import Iterable

from bot.desk.published import Published
from bot.desk.stories import APPROVERS, SCHEDULABLE, SCHEDULERS, Desk
from bot.errors import DeskError
from bot.line.calls import Keyboard
from bot.news.model import Channel, Post, PostState
from bot.news.posts.links import channel_link, post_link
from bot.news.talk import Change, ChangeKind, ChangeState
from bot.words import N_, Words, words
from handlers.phrases import because
from handlers.posts import by_hand
from handlers.posts.doubts import in_full
from handlers.talk import button

_COMING = {
    ChangeKind.EDIT: N_("⏳ The correction is on its way."),
    ChangeKind.DELETE: N_("⏳ It is being taken down."),
    ChangeKind.PIN: N_("⏳ It is being pinned."),
    ChangeKind.UNPIN: N_("⏳ It is being unpinned."),
}
_FAILED = {
    ChangeKind.EDIT: N_("⚠️ It could not be corrected: {reason}"),
    ChangeKind.DELETE: N_("⚠️ It could not be taken down: {reason}"),
    ChangeKind.PIN: N_("⚠️ It could not be pinned: {reason}"),
    ChangeKind.UNPIN: N_("⚠️ It could not be unpinned: {reason}"),
}
_SHORT = {
    ChangeKind.EDIT: N_("correction on its way"),
    ChangeKind.DELETE: N_("being taken down"),
}
_SHORT_FAILED = {
    ChangeKind.EDIT: N_("⚠️ not corrected"),
    ChangeKind.DELETE: N_("⚠️ not taken down"),
}
_PLANNED = {
    ChangeKind.DELETE: N_("🗑 It is taken down on {time}"),
    ChangeKind.UNPIN: N_("📌 Pinned until {time}"),
}
GOES = N_(
    "It will be deleted in {channel}, with its views and replies. The story itself stays, and can be posted "
    "there again."
)
STAYS_AS_WITHDRAWN = N_(
    "It is older than 48 hours, and Telegram lets no bot delete such a post in {channel}. I replace its text "
    "by a dated word that it was withdrawn; if it must go altogether, delete it there by hand."
)
ONLY_ANEW = frozenset({"longer", "other kind", "album", "gone"})
"""Reasons that trying again does not change: only taking down and posting anew does."""
_OPEN = (ChangeState.PENDING, ChangeState.SENDING)


async def told(desk: Desk, post: Post, where: Channel) -> list[str]:
    """What is still to be done to it, at once or later, and what could not be done, a line each."""
    say = words(desk.who.language)
    lines = [line] if (line := await by_hand.line(desk.db, post, say)) else []
    for wish in await Published(desk=desk).wishes(post):
        if wish.state in _OPEN:
            lines.append(say(_COMING[wish.kind]))
        elif wish.state is ChangeState.FAILED and post.message_ids:
            lines.append(say(_FAILED[wish.kind], reason=because(wish.reason, say)))
    return lines + [
        say(_PLANNED[change.kind], time=in_full(change.due_at, where.time_zone, say))
        for change in await Published(desk=desk).planned(post)
        if change.kind in _PLANNED
    ]


def in_short(wishes: Iterable[Change], say: Words) -> str:
    """The same in a word or two, for a line of a card; empty where all is as it should be."""
    for wish in wishes:
        if wish.state in _OPEN and wish.kind in _SHORT:
            return say(_SHORT[wish.kind])
        if wish.state is ChangeState.FAILED and wish.kind in _SHORT_FAILED:
            return say(_SHORT_FAILED[wish.kind])
    return ""


async def ways(desk: Desk, post: Post, where: Channel) -> Keyboard:
    """What a scheduler may do to a post that is out."""
    say, wishes = words(desk.who.language), await Published(desk=desk).wishes(post)
    rows = [[_see(post, where, say), button(say("📊 Numbers"), "posts.numbers", post.id)]]
    if any(wish.kind is ChangeKind.DELETE and wish.state in _OPEN for wish in wishes):
        return [*rows, [button(say("🔄 Refresh"), "plan.post", post.id)]]
    for wish in wishes:
        if wish.state is ChangeState.FAILED:
            rows += await _way_on(desk, wish, post)
    if desk.may(APPROVERS) and await desk.db.by_hand.of_post(post.id):
        rows.append(_edited_row(post, say))
    pinned = any(wish.kind is ChangeKind.PIN and wish.state is not ChangeState.FAILED for wish in wishes)
    pin = (
        button(say("📌 Unpin"), "plan.unpin", post.id)
        if pinned
        else button(say("📌 Pin"), "plan.pin", post.id)
    )
    rows.append([pin, button(say("🗑 Take down here"), "plan.ask_down", post.id)])
    if any(change.kind is ChangeKind.DELETE for change in await Published(desk=desk).planned(post)):
        rows.append([button(say("♾ Let it stay"), "plan.keep", post.id)])
    return rows


def sure(post: Post, where: Channel, say: Words) -> Keyboard:
    """The last question before a post is deleted."""
    return [
        [_see(post, where, say)],
        [button(say("🗑 Yes, take it down from {channel}", channel=where.title), "plan.take_down", post.id)],
        [button(say("‹ Back"), "plan.post", post.id)],
    ]


def unsure(post: Post, where: Channel, say: Words) -> Keyboard:
    """What is to be decided about a post that may or may not be there, with a way to look."""
    rows = [
        [button(say("✅ It is there"), "plan.it_is_there", post.id)],
        [button(say("🔁 It is not there: send again"), "plan.send_again", post.id)],
        [button(say("✖️ Drop it"), "plan.drop_doubtful", post.id)],
    ]
    url = channel_link(where)
    return [[{"text": f"📣 {where.title}", "url": url}], *rows] if url else rows


async def after_change(desk: Desk, change: Change, post: Post, where: Channel) -> Keyboard:
    """What the person may do once it is known how a change ended."""
    say = words(desk.who.language)
    rows = [[_see(post, where, say)]] if post.message_ids else []
    if change.state is ChangeState.FAILED:
        rows += await _way_on(desk, change, post)
    elif change.kind is ChangeKind.DELETE:
        rows += await post_again(desk, post)
    return rows


async def post_again(desk: Desk, post: Post) -> Keyboard:
    """The way back for a post that was taken down, or never went out, for those who schedule."""
    article = await desk.db.articles.get(post.article_id)
    free = post.state is PostState.CANCELED and not post.message_ids
    if not free or article is None or article.state not in SCHEDULABLE or not desk.may(SCHEDULERS):
        return []
    say = words(desk.who.language)
    return [
        [button(say("🔁 Post it again") if post.sent_at else say("🗓 Schedule"), "plan.post_anew", post.id)]
    ]


async def retry(desk: Desk, change: Change, post: Post) -> list[dict[str, str]]:
    """A button to try again, where the person may; else an empty row."""
    say = words(desk.who.language)
    try:
        may = await Published(desk=desk).may_retry(change, post)
    except DeskError:  # not a story that they may see
        may = False
    return [button(say("🔁 Try again"), "plan.retry_change", change.id)] if may else []


async def _way_on(desk: Desk, change: Change, post: Post) -> Keyboard:
    if change.reason == "by hand" and desk.may(APPROVERS):
        return [_edited_row(post, words(desk.who.language))]
    if change.reason not in {*ONLY_ANEW, "by hand"}:
        row = await retry(desk, change, post)
        return [row] if row else []
    say = words(desk.who.language)
    if desk.may(SCHEDULERS):
        return [[button(say("🗑 Take it down, to post it again"), "plan.ask_down", post.id)]]
    return [[button(say("📄 The story"), "open", post.article_id)]]


def _edited_row(post: Post, say: Words) -> list[dict[str, str]]:
    return [button(say("✍️ See what was edited"), "posts.hand", post.id)]


def _see(post: Post, where: Channel, say: Words) -> dict[str, str]:
    return {"text": say("👁 See it"), "url": post_link(where, post.message_ids[0])}
