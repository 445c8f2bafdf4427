"""A story that goes on with an earlier one replies to its post in each channel, with what has changed.

Telegram refuses a quote that is not to be found, word for word and with its bold and italic (Bot API,
`ReplyParameters`): one that does not stand in the earlier post as we know it is left out. If that post is
gone, the new one goes out all the same.
"""

from collections.abc import Sequence
from typing import Any

from bot.news.model import Post, PostState
from bot.news.posts.markup import utf16_length
from bot.news.talk import FollowUp, PostPart
from storage import Db

LONGEST = 1024
"""UTF-16 units of a quote (Bot API: characters, after entities)."""
_KEPT = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler", "custom_emoji", "date_time"})

type Call = tuple[str, dict[str, Any]]


async def replies(db: Db, posts: Sequence[Post]) -> dict[int, dict[str, Any]]:
    """The `ReplyParameters` of those of the posts whose story goes on with one that stands in the channel."""
    links = await db.follow_ups.of({post.article_id for post in posts if not post.begun})
    found = {}
    for post in posts:
        if post.article_id in links and (reply := await _reply(db, post, links[post.article_id])):
            found[post.id] = reply
    return found


def with_reply(calls: Sequence[Call], reply: dict[str, Any] | None) -> tuple[Call, ...]:
    """The calls of a post, of which the first one replies."""
    if not reply or not calls:
        return tuple(calls)
    (method, params), *others = calls
    return ((method, {**params, "reply_parameters": reply}), *others)


async def _reply(db: Db, post: Post, link: FollowUp) -> dict[str, Any] | None:
    there = [
        earlier
        for earlier in await db.posts.of_article(link.earlier_id)
        if earlier.channel_id == post.channel_id and earlier.state is PostState.SENT and earlier.message_ids
    ]
    if not there:
        return None
    reply = {"message_id": there[-1].message_ids[0], "allow_sending_without_reply": True}
    if post.form == "plain":  # Telegram has refused more than that
        return reply
    for part in await db.posts.parts.of(there[-1].id):
        if part.message_ids and (quote := quoted(part, link.quote)):
            return {**reply, "message_id": part.message_ids[0], **quote}
    return reply


def quoted(part: PostPart, words: str) -> dict[str, Any]:
    """The quote's share of `ReplyParameters`; nothing where the message does not have these words."""
    item = part.params["media"][0] if "media" in part.params else part.params
    text = str(item.get("text") or item.get("caption") or "")
    at = text.find(words) if words else -1
    if at < 0 or utf16_length(words) > LONGEST:
        return {}
    begin, length = utf16_length(text[:at]), utf16_length(words)
    marks = item.get("entities") or item.get("caption_entities") or []
    kept = [clipped for mark in marks if (clipped := _clipped(mark, begin, length))]
    return {"quote": words, "quote_position": begin} | ({"quote_entities": kept} if kept else {})


def _clipped(mark: dict[str, Any], begin: int, length: int) -> dict[str, Any] | None:
    first = max(mark["offset"], begin)
    last = min(mark["offset"] + mark["length"], begin + length)
    if mark["type"] not in _KEPT or last <= first:
        return None
    return {**mark, "offset": first - begin, "length": last - first}
