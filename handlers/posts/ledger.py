"""`/posts` and `/correct`: what stands in which channel, since when, in which state, with a link to it."""

from dataclasses import replace
from typing import Any, Final

from bot.desk import ledger
from bot.desk.published import Published
from bot.line.calls import Keyboard
from bot.news.folding import words_of
from bot.news.model import Article, Entity, Message, Post, PostState
from bot.news.posts import for_staff
from bot.news.posts.links import post_link
from bot.news.posts.markup import utf16_length
from bot.news.posts.withdrawal import WITHDRAWN
from bot.news.talk import ChangeKind, ChangeState
from bot.news.times import calendar
from bot.words import N_
from handlers.paging import page_of, turning
from handlers.phrases import POST_STATES
from handlers.posts import by_hand, numbers
from handlers.talk import Talk, button, called_by, titled

SIZE: Final = 5
"""Stories of a page: each has a line for every channel."""
CHANNELS: Final = 8
TYPED: Final = 20
"""Characters of what was searched for that a button can hold."""
_GONE = {
    WITHDRAWN: N_("withdrawn"),
    "deleted": N_("taken down"),
    "deleted by hand": N_("deleted by hand"),
}


async def command(talk: Talk, words: str) -> None:
    """`/posts`, or `/posts` with words of the headline."""
    await talk.reply(*await _page(talk, words.strip().replace(":", " ")[:TYPED], 0))


async def turn(talk: Talk, typed: str, number: int) -> None:
    """Another page of it."""
    await talk.amend(*await _page(talk, typed, number))
    await talk.answer()


async def _page(talk: Talk, typed: str, number: int) -> tuple[Message, Keyboard]:
    say = talk.words
    found = await ledger.stories(talk.desk, words_of(typed))
    page = page_of(number, len(found), SIZE)
    stories = await talk.db.articles.some(found[page.skip : page.skip + SIZE])
    title = say("What is out: {count}", count=len(found))
    hint = say("With words of a headline you find older ones: /posts word")
    if not found:
        hint = say("Nothing was found.") if typed else say("Nothing is out yet.")
    message, rows = titled(title, hint), list[list[dict[str, Any]]]()
    for place, article_id in enumerate(found[page.skip : page.skip + SIZE], start=page.skip + 1):
        article = stories[article_id]
        entry = await ledger.entry(talk.desk, article)
        name = f"{say.number(place)}. {for_staff.quoted(for_staff.shortened(article.headline, 60))}"
        message = _with_line(message, f"\n{name}", "bold")
        for post in entry.posts[:CHANNELS]:
            message = await _with_post(talk, message, post)
        for line in await _chain(talk, article):
            message = _with_line(message, line)
        rows.append([button(for_staff.shortened(name, 50), "open", article.id)])
        if shown := [post for post in entry.posts if numbers.may_show(talk, post)]:
            rows[-1].append(numbers.way(shown[0], say))
    return message, [*rows, *turning(say, page, "posts.list", typed)]


async def _chain(talk: Talk, article: Article) -> list[str]:
    """What the story goes on with, and what goes on with it."""
    say, db = talk.words, talk.db
    link, links = await db.follow_ups.get(article.id), await db.follow_ups.after(article.id)
    stories = await db.articles.some(
        [*([link.earlier_id] if link else []), *(one.article_id for one in links)]
    )
    names = {id: called_by(story) for id, story in stories.items()}
    lines = [say("↩︎ goes on with: {headline}", headline=names[link.earlier_id])] if link else []
    return lines + [say("↪︎ goes on in: {headline}", headline=names[one.article_id]) for one in links]


async def _with_post(talk: Talk, message: Message, post: Post) -> Message:
    """A line for a channel: what stands there, since when, with the link to it."""
    say, where = talk.words, await talk.db.channels.get(post.channel_id)
    assert where is not None  # posts have a channel
    since = post.sent_at or post.due_at
    time = calendar.relative(since, talk.now, where.time_zone, say.language)
    state = await _state(talk, post)
    line = say("• {channel}: {state}, {time}", channel=where.title, state=state, time=time)
    message = _with_line(message, line)
    for id in post.message_ids[:1]:
        link = post_link(where, id)
        message = _with_line(message, link.removeprefix("https://"), "text_link", link)
    return message


async def _state(talk: Talk, post: Post) -> str:
    """What stands in the channel, in a word or two."""
    say = talk.words
    if post.state is not PostState.SENT:
        return say(_GONE.get(post.reason or "", POST_STATES[post.state]))
    if edited := await by_hand.line(talk.db, post, say):
        return edited
    edits = [wish for wish in await Published(desk=talk.desk).wishes(post) if wish.kind is ChangeKind.EDIT]
    if edits and edits[-1].state is ChangeState.FAILED:
        return say("⚠️ not corrected")
    return say("corrected") if edits and edits[-1].state is ChangeState.DONE else say(POST_STATES[post.state])


def _with_line(message: Message, line: str, style: str = "", url: str | None = None) -> Message:
    """The message with a line more, in one style."""
    text = f"{message.text}\n{line}"
    if not style:
        return replace(message, text=text)
    bare = line.lstrip("\n")
    at = utf16_length(text) - utf16_length(bare)
    entity = Entity(type=style, offset=at, length=utf16_length(bare), url=url)
    return replace(message, text=text, entities=(*message.entities, entity))
