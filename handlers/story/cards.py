"""The card of an article: exactly the post as the channel will show it, its foot, and what one may do.

What its pages hold is in `front`, `edit_page`, `more_page` and `plan_page`, what its foot says in `foot`.
"""

from dataclasses import replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot import drawing
from bot.desk.approval import decided_on
from bot.desk.rights import channels_of
from bot.desk.stories import APPROVERS, SCHEDULERS, WAITING, Desk
from bot.errors import DeskError
from bot.line.calls import Keyboard
from bot.line.showing import Face, Portrait, Read
from bot.news.media import MediaKind
from bot.news.model import Article, Channel, Form, Look, Message, Post, PostState, UrlButton
from bot.news.posts import rich
from bot.news.posts.links import post_link
from bot.news.posts.message import with_buttons_of
from bot.news.posts.printable import printable_look
from bot.news.posts.rich import Node
from bot.news.posts.warnings import Warned
from bot.news.talk import Card
from bot.words import Words
from handlers.story import (
    edit_page,
    foot,
    front,
    group_entry,
    more_page,
    plan_page,
    remark_pages,
    tagging,
    terms,
)
from handlers.story.known import Known
from handlers.story.sight import Sight, back
from handlers.talk import House, button
from storage import Db


def portraits(now: datetime, read: Read, cards: tuple[Card, ...], db: Db, *, house: House) -> Portrait:
    """Draws cards that are shown at the same time, from one reading of what they need."""
    return partial(_portrait, Known(db=db, now=now, read=read, together=cards), house)


async def _portrait(known: Known, house: House, card: Card) -> Face | None:
    """The card as its chat may see it now; None if the person there may not (any more)."""
    if card.chat_id < 0:
        return await group_entry.face(known, house, card)
    story = await known.story(card.article_id)
    if story is None:
        return None
    await known.people(card.chat_id, story.article.reporter_id, *await _deciders(known, story.article))
    who = await known.person(card.chat_id)
    if who is None:
        return None
    desk, posts = Desk(db=known.db, who=who, now=known.now), story.posts
    try:
        article = desk.shown(story.article)
    except DeskError:
        return None
    chosen = _chosen(card.view)
    theirs = sorted(channels_of(who) or ())[: front.CHANNELS]
    channels = await known.channels(frozenset({chosen, *theirs, *(post.channel_id for post in posts)}))
    where = _shown_in(channels, posts, chosen)
    sight = Sight(
        desk=desk, house=house, known=known, article=article, posts=posts, channels=channels, where=where
    )
    sight = replace(sight, review=await known.review(article))
    if desk.may(APPROVERS | SCHEDULERS) and sight.may & {"approve", "spike", "schedule"}:
        sight = replace(sight, warned=tuple(await _warned(sight, card.view)))
    content, look = await decided_on(desk, article), where.look if where else house.look
    content = remark_pages.previewed(sight, card.view, content)
    keyboard = await _behind(sight, card.view) or await front.page(sight)
    return _face(content, look, keyboard, sight, await foot.lines(sight))


async def _deciders(known: Known, article: Article) -> list[int]:
    """Whose names stand in the foot beside the reporter's: who has approved it, and edited it since."""
    approval = await known.approval(article)
    return [id for id in (approval.by, approval.edited_by) if id is not None] if approval else []


async def _warned(sight: Sight, view: str) -> list[Warned]:
    """What speaks against the story; where somebody plans it, against that channel and its next slot."""
    if view.partition(":")[0] == "plan" and "schedule" in sight.may:
        found = await plan_page.warned(sight, _chosen(view))
        if found is not None:
            return found
    look = sight.where.look if sight.where else sight.house.look
    return await sight.known.warnings(sight.desk, sight.article, sight.where, look, sight.posts)


def _chosen(view: str) -> int:
    """The channel that is chosen on a page; else 0, or how many of a list's channels are passed over."""
    return int(view.partition(":")[2] or 0)


async def _behind(sight: Sight, view: str) -> Keyboard | None:
    """The page that is open behind the front; None where none is, or the person may not see it."""
    verb = view.partition(":")[0]
    if verb == "edit":
        return edit_page.page(sight)
    if verb == "tags" and "edit" in sight.may:
        return await tagging.page(sight)
    if verb == "more":
        return await more_page.page(sight)
    if verb == "kill" and "kill" in sight.may:
        return await _kill(sight)
    if found := remark_pages.page(sight, verb):
        return found
    if verb == "urgency" and sight.sets_terms:
        return terms.choice(sight.article, sight.say)
    return await _planning(sight, view) if "schedule" in sight.may else None


async def _planning(sight: Sight, view: str) -> Keyboard | None:
    """The pages of those who schedule: when it goes out, and the last question before it goes at once."""
    verb = view.partition(":")[0]
    if _chosen(view) < 0 and (sight.where is None or sight.where.id != _chosen(view)):
        return None  # the channel is lost meanwhile: what was to be done there is not done elsewhere
    if verb == "plan":
        return await plan_page.page(sight, _chosen(view))
    return await plan_page.sure(sight, verb)


def _shown_in(channels: list[Channel], posts: tuple[Post, ...], chosen: int | None) -> Channel | None:
    """Whose look the card has: the chosen channel's, else that of its post, else the first one's."""
    wanted = [chosen, *(post.channel_id for post in posts if post.state is not PostState.CANCELED)]
    for channel_id in wanted:
        for channel in channels:
            if channel.id == channel_id:
                return channel
    return channels[0] if channels else None


def _face(article: Article, look: Look, keyboard: Keyboard, sight: Sight, said: list[str]) -> Face:
    article, today = drawing.for_cards(article), sight.now.astimezone(ZoneInfo(look.time_zone)).date()
    blocks: Node | None = None
    if look.form is Form.RICH and (blocks := drawing.rich_message(article, look, on=today)):
        messages = rich.beside(article)
    else:
        messages = drawing.messages(article, replace(look, form=Form.CLASSIC), on=today)
    if messages and len(messages[-1].media) > 1:
        left_out = (
            ()
            if blocks or any(each.buttons for each in messages)
            else printable_look(with_buttons_of(article, look)).buttons
        )
        said = [*_below_album(messages, left_out, sight.say), *said]
    return foot.under(Face(rich=blocks, messages=messages, keyboard=keyboard), said)


def _below_album(messages: tuple[Message, ...], left_out: tuple[UrlButton, ...], say: Words) -> list[str]:
    """What is said where an album is the last of it: Telegram lets it have no buttons."""
    album = messages[-1].media
    if len(messages) == 1 and all(each.kind is MediaKind.PHOTO for each in album):
        lines = [say("⬆️ One post with {count} photos", count=len(album))]
    else:
        lines = [say("⬆️ The last message of the post has {count} files", count=len(album))]
    if left_out:
        shown = " · ".join(button.text for button in left_out)
        lines.append(say("Under an album there can be no buttons; left out: {buttons}", buttons=shown))
    return lines


async def _kill(sight: Sight) -> Keyboard:
    """The last question before a story is taken down: from where, with a way to see it, and what waits."""
    say = sight.say
    out = [(post, where) for post in sight.posts for where in sight.channels if post.channel_id == where.id]
    rows: Keyboard = [
        [{"text": f"📣 {where.title}", "url": post_link(where, post.message_ids[0])}]
        for post, where in out
        if post.message_ids
    ]
    sure = say("⛔️ Yes, take it down there, for good") if rows else say("⛔️ Yes, never publish it again")
    waiting = [post for post in sight.posts if post.state in WAITING and not post.message_ids]
    rows += [row for post in waiting if (row := await front.post_row(sight, post))]
    return [
        *rows[: plan_page.SHOWN],
        [button(sure, "story.kill", *sight.key) | {"style": "danger"}],
        back(sight),
    ]
