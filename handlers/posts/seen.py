"""What a board's buttons hold of what their presser saw, and what is said when that is not so any more."""

from collections.abc import Iterable
from zlib import crc32

from bot.news.model import Post, PostState
from bot.words import N_
from handlers.phrases import called
from handlers.talk import Talk

CHANGED = N_("The queue has changed since you saw this.")
_STATES = tuple(PostState)


def of(post: Post) -> str:
    """A post's time and state, short: the data of a button has 64 bytes."""
    return f"{int(post.due_at.timestamp())}.{_STATES.index(post.state)}"


def of_all(posts: Iterable[Post]) -> str:
    """A list of posts, as a checksum."""
    return f"c{crc32(' '.join(f'{post.id}:{of(post)}' for post in posts).encode()):x}"


async def has_changed(talk: Talk, post: Post | None = None) -> None:
    """Say that nothing was done because it has changed; by whom, where somebody else's change is known."""
    await talk.answer(await said_of_change(talk, post), alert=True)


async def said_of_change(talk: Talk, post: Post | None = None) -> str:
    """The words for that."""
    said = talk.words(CHANGED)
    entry = await talk.db.audit.last_of_post(post.article_id, post.id) if post else None
    who = await talk.db.staff.get(entry.person_id) if entry else None
    if who is not None and who.id != talk.who.id:
        said = f"{said} {talk.words('{name} was there first.', name=called(who, talk.words))}"
    return f"{said} {talk.words('This is how it is now.')}"
