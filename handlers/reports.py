"""What the newsroom's people are told when a post is settled."""

from datetime import datetime

from bot import channel
from bot.news.model import Message, Post, PostState, Staff
from bot.words import N_, words
from handlers.cards import post_link
from handlers.talk import button
from storage import Db

_SAID = {
    PostState.SENT: N_("“{headline}” is out in {channel}."),
    PostState.FAILED: N_("“{headline}” could not be posted in {channel}: {reason}"),
    PostState.UNCONFIRMED: N_(
        "“{headline}” may or may not be in {channel}: the answer was lost. "
        "Look there, then press what is true."
    ),
}


async def report(db: Db, post: Post, now: datetime) -> None:
    """Tell the reporter and whoever scheduled the post; only the latter can settle it."""
    del now
    article = await db.articles.get(post.article_id)
    where = await db.channels.get(post.channel_id)
    if article is None or where is None or post.state not in _SAID:
        return
    readers = {post.scheduled_by}
    if post.state is PostState.SENT:
        readers.add(article.reporter_id)
    for person_id in sorted(readers):
        person = await db.staff.get(person_id)
        if person is None:
            continue
        say = words(person.language)
        headline = article.headline[:100]
        text = say(_SAID[post.state], headline=headline, channel=where.title, reason=post.reason or "")
        url = post_link(where, post.message_ids[0]) if post.message_ids else None
        method, params = channel.message_call(person_id, Message(text=text), _keyboard(post, person, url))
        await db.notices.add(person_id, method, params)


def _keyboard(post: Post, person: Staff, url: str | None) -> list[list[dict[str, str]]]:
    say = words(person.language)
    if post.state is PostState.SENT and url:
        return [[{"text": say("👁 See it"), "url": url}]]
    if post.state is PostState.UNCONFIRMED:
        return [
            [button(say("👁 It is there"), "there", post.id), button(say("🔁 Send again"), "again", post.id)],
            [button(say("✖️ Drop it"), "cancelpost", post.id)],
        ]
    return [[button(say("📄 The story"), "open", post.article_id)]]
