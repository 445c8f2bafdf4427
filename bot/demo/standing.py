"""How far the demo's newsroom has come with its stories, for the page's guide. Reads, and decides nothing."""

from typing import Any

from bot.app import Newsroom
from bot.news.model import ArticleState, PostState, Role

_AFTER_DRAFT = set(ArticleState) - {ArticleState.DRAFT}
_ENOUGH = 50
"""Newest stories that are looked at: a guide is over long before."""


async def standing(newsroom: Newsroom) -> dict[str, Any]:
    """Each aim of the guide and whether it is reached; `next` is when the next post is due, if one waits."""
    async with newsroom.storage.begin() as db:
        stories = await db.articles.in_states(*ArticleState, limit=_ENOUGH)
        channels = await db.channels.all()
        posts = [post for channel in channels for post in await db.posts.of_channel(channel.id)]
        editors = {person.id for person in await db.staff.with_role(Role.EDITOR)}
        edits = [one for story in stories for one in await db.articles.history(story.id)]
    waiting = [post.due_at for post in posts if post.state is PostState.PENDING]
    return {
        "copied": bool(stories),
        "submitted": any(story.state in _AFTER_DRAFT for story in stories),
        "edited": any(edit.saved_by in editors for edit in edits),
        "approved": any(story.approved_version for story in stories),
        "connected": any(channel.connected for channel in channels),
        "slots": any(channel.slots for channel in channels),
        "queued": any(post.state is not PostState.CANCELED for post in posts),
        "out": any(post.state is PostState.SENT for post in posts),
        "next": min(waiting).isoformat() if waiting else None,
    }
