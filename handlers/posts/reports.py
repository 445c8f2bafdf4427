"""What the newsroom's people are told when a post is settled."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.delivery.sending import About
from bot.desk import audience
from bot.desk.stories import Desk
from bot.line import calls
from bot.line.calls import Keyboard
from bot.news.model import Channel, Message, Post, PostState, Staff
from bot.news.posts import for_staff
from bot.news.posts.links import post_link
from bot.news.posts.withdrawal import WITHDRAWN
from bot.news.talk import Change, ChangeKind, ChangeState
from bot.words import N_, Words, words
from handlers.phrases import because, how_late
from handlers.posts import posted
from handlers.talk import button, show_anew
from storage import Db

LATE = timedelta(minutes=5)
"""From here on it is said how late a post went out."""
_SAID = {
    PostState.HELD: N_("“{headline}” waits: it could not be posted in {channel}: {reason}"),
    PostState.SENT: N_("“{headline}” is out in {channel}."),
    PostState.FAILED: N_("“{headline}” could not be posted in {channel}: {reason}"),
    PostState.UNCONFIRMED: N_(
        "“{headline}” may or may not be in {channel}: the answer was lost. "
        "Look there, then press what is true."
    ),
}


async def report(db: Db, post: Post, now: datetime) -> None:
    """Tell those who have to settle the post, and its reporter that it is out."""
    article = await db.articles.get(post.article_id)
    where = await db.channels.get(post.channel_id)
    if article is None or where is None or post.state not in _SAID:
        return
    about = About(post=post, article=article, channel=where)
    if post.state is PostState.SENT:
        await sent(db, about, now)
    else:
        await _tell(db, await audience.of_post(db, post), about, now)


async def sent(db: Db, out: About, now: datetime) -> None:
    """Tell its reporter that a post is out, and those who planned it where no card of theirs shows that."""
    readers = await audience.of_sent(db, out.post, out.article)
    if out.post.announced:  # with all that was late, in one message
        told = {person.id for person in await audience.schedulers(db, out.post.channel_id)}
        readers = tuple(person for person in readers if person.id not in told)
    if now - out.post.due_at < LATE:
        cards = await db.cards.of_article(out.article.id)
        seen = {card.chat_id for card in cards if card.view == "main"}
        wrote = [person for person in readers if person.id in seen & {out.article.reporter_id}]
        readers = tuple(person for person in readers if person.id not in seen)  # their card tells it
        if wrote and not await db.posts.is_out_elsewhere(out.post):  # their card comes anew, as it is now
            await show_anew(db, out.article.id, *wrote, cards=cards)
    await _tell(db, readers, out, now)


async def _tell(db: Db, readers: Iterable[Staff], about: About, now: datetime) -> None:
    post, article, where = about.post, about.article, about.channel
    told = []
    for person in readers:
        say = words(person.language)
        text = say(
            _SAID[post.state],
            headline=for_staff.shortened(article.headline, 100),
            channel=where.title,
            reason=because(post.reason, say),
        )
        if post.state is PostState.SENT and now - post.due_at >= LATE:
            text += " " + say("It went out {lateness}.", lateness=how_late(post, now, say))
        method, params = calls.message_call(person.id, Message(text=text), _keyboard(post, where, say))
        told.append((person.id, method, params))
    await db.notices.add_all(told)


_CHANGED = {
    (ChangeKind.EDIT, ChangeState.DONE): N_("The correction of “{headline}” is out in {channel}."),
    (ChangeKind.DELETE, ChangeState.DONE): N_("“{headline}” was taken down in {channel}."),
    (ChangeKind.EDIT, ChangeState.FAILED): N_("“{headline}” could not be corrected in {channel}: {reason}"),
    (ChangeKind.DELETE, ChangeState.FAILED): N_(
        "“{headline}” could not be taken down in {channel}: {reason}"
    ),
    (ChangeKind.PIN, ChangeState.FAILED): N_("“{headline}” could not be pinned in {channel}: {reason}"),
    (ChangeKind.UNPIN, ChangeState.FAILED): N_("“{headline}” could not be unpinned in {channel}: {reason}"),
}


_WITHDRAWN = N_(
    "“{headline}” is withdrawn in {channel}. Its post is older than 48 hours, and Telegram lets no bot "
    "delete such a one: a dated word stands in its place. If it must go, delete it there by hand."
)


async def changed(db: Db, change: Change, post: Post, now: datetime) -> None:
    """Tell whoever asked for a change of a post that is out; a pin that worked is seen in the channel."""
    article = await db.articles.get(post.article_id)
    where = await db.channels.get(post.channel_id)
    text = _CHANGED.get((change.kind, change.state))
    if change.kind is ChangeKind.DELETE and post.reason == WITHDRAWN:
        text = _WITHDRAWN
    if article is None or where is None or text is None:
        return
    uncorrected = (change.kind, change.state) == (ChangeKind.EDIT, ChangeState.FAILED)
    for person in await audience.of_change(db, change.asked_by, failed=uncorrected, post=post):
        say = words(person.language)
        reason = because(change.reason, say)
        said = say(
            text, headline=for_staff.shortened(article.headline, 100), channel=where.title, reason=reason
        )
        desk = Desk(db=db, who=person, now=now)
        keyboard = await posted.after_change(desk, change, post, where)
        await db.notices.add(person.id, *calls.message_call(person.id, Message(text=said), keyboard))


_GONE = N_("“{headline}” is not in {channel} any more: somebody has deleted it there by hand.")
_PARTLY_GONE = N_(
    "A part of “{headline}” is not in {channel} any more: somebody has deleted it there by hand."
)


async def gone(db: Db, post: Post, now: datetime, whole: bool) -> None:
    """Tell the story's people that somebody has deleted its post: reporter, editors, who scheduled it."""
    article = await db.articles.get(post.article_id)
    where = await db.channels.get(post.channel_id)
    if article is None or where is None:
        return
    people = [*await audience.of_post(db, post), *await audience.editors(db)]
    people += await audience.of_story(db, article, article.reporter_id)
    for person in {person.id: person for person in people}.values():
        say = words(person.language)
        headline = for_staff.shortened(article.headline, 100)
        said = say(_GONE if whole else _PARTLY_GONE, headline=headline, channel=where.title)
        again = await posted.post_again(Desk(db=db, who=person, now=now), post)
        rows = [*again, [button(say("📄 The story"), "open", post.article_id)]]
        await db.notices.add(person.id, *calls.message_call(person.id, Message(text=said), rows))


def _keyboard(post: Post, where: Channel, say: Words) -> Keyboard:
    if post.state is PostState.SENT and post.message_ids:
        return [[{"text": say("👁 See it"), "url": post_link(where, post.message_ids[0])}]]
    if post.state is PostState.UNCONFIRMED:
        return posted.unsure(post, where, say)
    again = (
        [[button(say("🔁 Send again"), "plan.send_again", post.id)]] if post.state is PostState.FAILED else []
    )
    return [*again, [button(say("📄 The story"), "open", post.article_id)]]
