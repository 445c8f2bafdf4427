"""What somebody has edited in a channel by hand: noted, put before the editors, kept or put back."""

from datetime import datetime, timedelta
from typing import Any

from bot.delivery import by_hand as comparing
from bot.delivery import changing
from bot.desk import audience
from bot.desk.by_hand import ByHand, may_be_taken
from bot.line.calls import Keyboard
from bot.news.model import Article, Channel, Message, Post, PostState, Staff
from bot.news.posts import for_staff
from bot.news.posts.links import post_link
from bot.news.posts.taken_over import apart, taken_over
from bot.news.talk import ChangeState, HandEdit, HandState, PostPart
from bot.words import Words, words
from handlers import prompts
from handlers.talk import Talk, button, titled
from storage import Db

QUIET = timedelta(minutes=1)
"""So long nobody edits a message again before it is asked about: people mend in several goes."""
ASKED_FOR = timedelta(days=7)
SHOWN = 900
"""Characters that are shown of each text."""


async def edited(db: Db, payload: dict[str, Any], now: datetime) -> None:
    """One of our messages in a channel was edited: note what stands there, unless it is what we have sent."""
    seen = payload["edited_channel_post"]
    message_id = seen["message_id"]
    found = await db.posts.parts.at(seen["chat"]["id"], message_id)
    post = await db.posts.get(found[0]) if found else None
    if found is None or post is None or post.state is PostState.CANCELED:
        return
    part = found[1]
    stands = comparing.standing(part, message_id, seen)
    if stands is None or await _is_our_own(db, post, part, stands):
        return
    await db.posts.parts.changed(post.id, part.number, *stands)
    await db.cards.touch(post.article_id)
    before = [edit for edit in await db.by_hand.of_post(post.id) if edit.message_id == message_id]
    index = part.message_ids.index(message_id)
    if before and comparing.is_same(before[-1].was, stands, index):
        await db.by_hand.forget(before[-1].id)
        await _close(db, before[-1])
    elif before and before[-1].state is not HandState.KEPT:
        await db.by_hand.again(before[-1].id, stands, now)
    else:
        calls = ((part.method, part.params), stands)
        await db.by_hand.add(post.id, part.number, message_id, calls, now)


async def _is_our_own(db: Db, post: Post, part: PostPart, stands: comparing.Call) -> bool:
    """Whether it is a correction of ours whose answer is on its way."""
    where = await db.channels.get(post.channel_id)
    for change in await db.changes.of_post(post.id):
        if change.state is ChangeState.SENDING and change.version and where is not None:
            article = await db.articles.at_version(post.article_id, change.version)
            planned = changing.planned(article, where, post) if article else []
            if part.number < len(planned) and comparing.is_same(planned[part.number], stands):
                return True
    return False


async def ask_next(db: Db, now: datetime) -> bool | datetime:
    """Put the edit before the editors that has been waiting longest; when the next one is due, or False."""
    edit = await db.by_hand.first_new()
    if edit is None:
        return False
    if edit.seen_at + QUIET > now:
        return edit.seen_at + QUIET
    await db.by_hand.asked(edit.id)
    post = await db.posts.get(edit.post_id)
    assert post is not None  # posts are never deleted
    if post.state is not PostState.CANCELED:
        for person in await audience.editors(db):
            await _put_before(db, edit, post, person, now)
    return True


async def _put_before(db: Db, edit: HandEdit, post: Post, person: Staff, now: datetime) -> None:
    await _close(db, edit, person.id)
    shown = await _question(db, edit, post, person)
    key, until = _key(edit), now + ASKED_FOR
    await prompts.send(db, person.id, shown, key=key, about={"by_hand": edit.id}, until=until)


async def _question(db: Db, edit: HandEdit, post: Post, person: Staff) -> tuple[Message, Keyboard]:
    say = words(person.language)
    article, where = await db.articles.get(post.article_id), await db.channels.get(post.channel_id)
    assert article is not None  # posts have a story
    assert where is not None  # and a channel
    index = _index(edit, post)
    was, now = apart(comparing.text_of(edit.was, index), comparing.text_of(edit.stands, index), SHOWN)
    title = say(
        "✍️ Somebody has edited “{headline}” in {channel}", headline=_named(article), channel=where.title
    )
    lines = [say("Before: {text}", text=was), say("After: {text}", text=now)]
    if was == now:
        lines = [say("Only its formatting or its file is another.")]
    lines.append(say("Does it stay? Until you say so, no correction of ours goes over it."))
    about = (edit.id, int(edit.seen_at.timestamp()))
    rows = [
        [
            button(say("✅ It stays"), "posts.hand_keep", *about),
            button(say("↶ Put ours back"), "posts.hand_undo", *about),
        ],
        [{"text": say("👁 See it"), "url": post_link(where, edit.message_id)}],
    ]
    return titled(title, "\n".join(lines)), rows


def _named(article: Article) -> str:
    return for_staff.quoted(for_staff.shortened(article.headline, 80))


def _index(edit: HandEdit, post: Post) -> int:
    """Which picture of an album it is; else 0."""
    items = len(edit.stands[1].get("media", ())) or 1
    first = next((id for id in post.message_ids if edit.message_id - items < id <= edit.message_id), None)
    return edit.message_id - first if first is not None and items > 1 else 0


async def keep(talk: Talk, edit_id: int, seen_at: int) -> None:
    """It stays, and where that can be done the story says the same from now on."""
    desk = ByHand(desk=talk.desk)
    edit, post, article = await desk.edit(edit_id)
    if await _is_another(talk, edit, seen_at):
        return
    taken = await _taken(talk.db, edit, post, article)
    saved = await desk.keep(edit, post, taken)
    await _decided(talk, edit)
    if saved is None:
        text = talk.words(
            "It stays in the channel. It does not fit into the fields of the story, which stays as it was: a "
            "correction asks again before it goes over this."
        )
    else:
        text = talk.words(
            "It stays, and the story says the same now (version {version}).", version=saved.version
        )
    await talk.reply(text, [[button(talk.words("📄 Its card"), "open", article.id)]])


async def undo(talk: Talk, edit_id: int, seen_at: int) -> None:
    """What is approved comes back into the channel."""
    desk = ByHand(desk=talk.desk)
    edit, post, _ = await desk.edit(edit_id)
    if await _is_another(talk, edit, seen_at):
        return
    others = [other for other in await talk.db.by_hand.of_post(post.id) if other.id != edit.id]
    await desk.undo(post)
    for other in (edit, *others):
        await _decided(talk, other)
    await talk.answer(talk.words("Ours is being put back."))


async def show(talk: Talk, post_id: int) -> None:
    """What was edited in a post by hand, with the ways to decide."""
    for edit in await talk.db.by_hand.of_post(post_id):
        _, post, _ = await ByHand(desk=talk.desk).edit(edit.id)
        await _put_before(talk.db, edit, post, talk.who, talk.now)
    await talk.answer()


async def _is_another(talk: Talk, edit: HandEdit, seen_at: int) -> bool:
    """Whether it was edited once more since it was shown: then it is shown anew."""
    if int(edit.seen_at.timestamp()) == seen_at:
        return False
    await show(talk, edit.post_id)
    await talk.answer(talk.words("It was edited once more meanwhile."), alert=True)
    return True


async def _decided(talk: Talk, edit: HandEdit) -> None:
    """Nobody else is asked any more."""
    for person in await audience.editors(talk.db):
        await _close(talk.db, edit, person.id)
    await _close(talk.db, edit, talk.who.id)


async def _close(db: Db, edit: HandEdit, *chats: int) -> None:
    for chat_id in chats or [person.id for person in await audience.editors(db)]:
        await prompts.close(db, chat_id, _key(edit))


def _key(edit: HandEdit) -> int:
    """Of the questions about it: below those of updates."""
    return -edit.id


async def _taken(db: Db, edit: HandEdit, post: Post, article: Article) -> Article | None:
    """The story as it would show the post that stands there; None where none does."""
    where, parts = await db.channels.get(post.channel_id), await db.posts.parts.of(post.id)
    alone = len(await db.by_hand.of_post(post.id)) == 1
    if where is None or not alone or not may_be_taken(article, post):
        return None
    index = _index(edit, post)
    taken = taken_over(article, comparing.text_of(edit.was, index), comparing.text_of(edit.stands, index))
    return taken if taken is not None and _shows(taken, where, post, parts) else None


def _shows(article: Article, where: Channel, post: Post, parts: tuple[PostPart, ...]) -> bool:
    """Whether the story's post is what stands in the channel."""
    planned = changing.planned(article, where, post)
    return len(planned) == len(parts) and all(
        comparing.is_same(call, (part.method, part.params), index)
        for call, part in zip(planned, parts, strict=True)
        for index in range(len(part.message_ids))
    )


async def line(db: Db, post: Post, say: Words) -> str:
    """That somebody has edited a post, as long as that stands there apart from its story; else nothing."""
    edits = await db.by_hand.of_post(post.id)
    return say("✍️ edited in the channel by hand") if edits else ""
