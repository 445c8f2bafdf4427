"""What there is to warn of, gathered for a card and said in words. The rules are in `warnings`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot import drawing
from bot.aside import worked_out, worked_out_once
from bot.desk import embargo
from bot.desk.stories import APPROVERS, EDITABLE, SCHEDULERS, WAITING, Desk
from bot.news.model import Article, ArticleState, Channel, Form, Look, Post, PostState
from bot.news.posts import for_staff, warnings
from bot.news.posts.direction import LRM
from bot.news.posts.suspicious_links import Odd
from bot.news.posts.warnings import Earlier, Kind, Warned
from bot.news.times import calendar, holidays
from bot.words import N_, Words
from handlers.talk import Talk, titled
from storage import Db

_OF_NO_RECORD: Any = {
    "id": 0, "version": 0, "state": ArticleState.DRAFT, "approved_version": None, "reporter_id": 0,
}  # fmt: skip
"""What is in a text is the same whatever became of its story."""
SHOWN = 4
"""Warnings on a card; its page "more" has a way to all of them."""
_OUT = {ArticleState.PUBLISHED, ArticleState.CORRECTED, ArticleState.KILLED}
_MINUTE, _MONTH = timedelta(minutes=1), timedelta(days=30)
_STORIES = 500
"""So many stories of the last month, at the most, are compared."""
_COMPARED = 20
"""Comparing with a story takes as long as reading so many characters."""
_LOOKED_AT = 10
"""Times as fast as reading copy: a look at the links."""
_LAST = 5
"""Posts of a channel that all had photos: then one without is an exception."""
_ON_THE_WAY = N_("The same story is in the queue of {channel}: “{headline}”")
_TOLD = N_("The same story is out in {channel}: “{headline}”")
_WAITS = N_("It is in the queue of {channel} already: {time}")
_IS_OUT = N_("It is out in {channel} already: {time}")
_ODD = {
    Odd.LOOKALIKE: N_("A link’s letters look like those of another site: {name}"),
    Odd.INSIDE: N_("A link leads into a machine or a private network, to no page: {name}"),
    Odd.NUMBER: N_("A link leads to a bare number instead of a site: {name}"),
    Odd.SCHEME: N_("A link opens an app, not a page: {name}"),
    Odd.BOT: N_("A link starts a Telegram bot: {name}"),
    Odd.PASSWORD: N_("A link has a name or password in it: {name}"),
    Odd.LONG: N_("A link is so long that nobody sees where it leads: {name}"),
    Odd.MASKED: N_("A link’s words name another site than it leads to: {name}"),
}
_SENTENCES = {
    Kind.SAME_TIME: N_("Another post stands at that very time in {channel} ({time}): “{headline}”"),
    Kind.TOO_NEAR: N_("Less than {count} minutes from the post of {time} in {channel}"),
    Kind.PAST: N_("Its time in {channel} is over: {time}"),
    Kind.EMBARGO: N_("The embargo ends later than its time in {channel}: {time}"),
    Kind.SPLIT: N_("Too long for one message: it becomes {count}"),
    Kind.SHORTENED: N_(
        "Too long for a post: what does not fit into {count} messages is left out. Shorten the story, or "
        "make two of it"
    ),
    Kind.CAPTION: N_("Too long for a caption: it becomes {count} messages"),
    Kind.FILES: N_(
        "Its files can't stand in one message (photos and videos go together, all else only with its like): "
        "{count} more {count:message follows|messages follow} it. 🖼 takes files away"
    ),
    Kind.NO_PHOTO: N_("It has no photo; the last posts there all had one"),
    Kind.PAUSED: N_("{channel} is paused: nothing goes out there"),
    Kind.AWAY: N_("I may not post in {channel}"),
    Kind.HOLIDAY: N_("{time} is a holiday: {name}"),
    Kind.WEEKDAY: N_("The text says “{headline}”, but that day is {time}"),
    Kind.MISSPELT: N_("“{headline}” may be misspelled: is “{name}” meant?"),
    Kind.TWO_SPELLINGS: N_("“{headline}” and “{name}” are in the same story: is it one name?"),
    Kind.TWO_FIGURES: N_("On top it says “{headline}”, further down “{name}”: which is right?"),
}


_PICTURED = frozenset({"sendPhoto", "sendVideo", "sendAnimation", "sendMediaGroup"})


@dataclass(frozen=True, kw_only=True)
class Around:
    """What a story is held against: what was told lately, and whether the last posts there had photos."""

    told: tuple[Earlier, ...]
    pictured: bool


async def around(desk: Desk, article: Article, where: Channel | None) -> Around:
    began = await desk.db.posts.parts.first_methods(where.id, limit=_LAST) if where else ()
    since = desk.now - _MONTH
    told = article.state in EDITABLE and await desk.db.articles.told_since(since, limit=_STORIES)
    pictured = len(began) == _LAST and all(method in _PICTURED for method in began)
    return Around(told=told or (), pictured=pictured)


async def of_story(
    desk: Desk, article: Article, look: Look, posts: Sequence[Post], held_against: Around
) -> list[Warned]:
    """What speaks against the story as it is, and against the posts of it that wait."""
    found = await _of_content(desk, article, look, held_against)
    for post in posts:
        there = await desk.db.channels.get(post.channel_id) if post.state in WAITING else None
        if there is not None:
            found += warnings.of_channel(there)
            found += await _of_time(desk, article, there, post.due_at, post)
    return found


async def of_plan(desk: Desk, article: Article, where: Channel, at: datetime | None) -> list[Warned]:
    """What speaks against putting the story into a channel, at a time if there is one."""
    found = await _already(desk.db, article, where)
    found += await _of_content(desk, article, where.look, await around(desk, article, where))
    found += warnings.of_channel(where)
    return found + (await _of_time(desk, article, where, at) if at is not None else [])


async def of_post(desk: Desk, post: Post, where: Channel) -> list[Warned]:
    """What speaks against the time of a post that waits."""
    article = await desk.db.articles.get(post.article_id)
    assert article is not None  # articles are never deleted
    return warnings.of_channel(where) + await _of_time(desk, article, where, post.due_at, post)


async def _of_content(desk: Desk, article: Article, look: Look, held_against: Around) -> list[Warned]:
    is_rich = look.form is Form.RICH and drawing.rich_message(article, look) is not None
    messages = () if is_rich else drawing.messages(article, look)
    found = await _same_story(desk.db, article, held_against.told) if held_against.told else []
    linked = worked_out(warnings.of_links, drawing.size_of(article) // _LOOKED_AT, article)
    found = [one for one in linked if one.kind is Kind.ODD_LINK] + found
    found += warnings.of_text(article, look, messages=messages, others_have_photos=held_against.pictured)
    found += worked_out(warnings.of_days, drawing.size_of(article) // _LOOKED_AT, article, desk.now.date())
    if not (article.state in _OUT and article.version == article.approved_version):  # readers have it so
        bare = replace(article, **_OF_NO_RECORD)
        found += worked_out_once(warnings.of_words, drawing.size_of(article), bare)
        found += worked_out_once(warnings.of_figures, drawing.size_of(article) // _LOOKED_AT, bare)
    return found + [one for one in linked if one.kind is Kind.LINKS]


async def _same_story(db: Db, article: Article, told: tuple[Earlier, ...]) -> list[Warned]:
    compared = len(told) * _COMPARED + drawing.size_of(article)
    other = worked_out(warnings.same_story, compared, article, told)
    if other is None:
        return []
    last = [post for post in await db.posts.of_article(other.article_id) if post.state in _COUNTS][-1]
    where = await db.channels.get(last.channel_id)
    return [Warned(kind=Kind.SAME_STORY, channel=where, headline=other.headline, state=last.state)]


async def _of_time(
    desk: Desk, article: Article, where: Channel, at: datetime, post: Post | None = None
) -> list[Warned]:
    near, minute = timedelta(minutes=where.rhythm.spacing), at.replace(second=0, microsecond=0)
    first, end = min(at - near, minute), max(at + near, minute + _MINUTE)
    others = [
        other
        for other in await desk.db.posts.due_between(where.id, first, end, *_COUNTS)
        if post is None or other.id != post.id
    ]
    same = [other for other in others if minute <= other.due_at < minute + _MINUTE and at > desk.now]
    day = at.astimezone(ZoneInfo(where.time_zone)).date()
    return await _same_time(desk.db, where, same) + warnings.of_time(
        at,
        where,
        now=desk.now,
        others=[other.due_at for other in others if other not in same],
        embargo=await embargo.until(desk.db, article.id),
        holidays=holidays.names(day, await desk.db.holidays.all()),
    )


async def _same_time(db: Db, where: Channel, others: Sequence[Post]) -> list[Warned]:
    """The first of the posts that a person sees at the same time, by its headline."""
    if not others:
        return []
    article = await db.articles.get(others[0].article_id)
    assert article is not None  # articles are never deleted
    return [Warned(kind=Kind.SAME_TIME, channel=where, at=others[0].due_at, headline=article.headline)]


async def _already(db: Db, article: Article, where: Channel) -> list[Warned]:
    """That the story can't be put there again: it waits there, or is out."""
    return [
        Warned(kind=Kind.ALREADY, channel=where, at=post.due_at, state=post.state)
        for post in await db.posts.of_article(article.id)
        if post.channel_id == where.id and post.state in _COUNTS
    ]


_COUNTS = tuple(frozenset(PostState) - {PostState.CANCELED, PostState.FAILED})


def line(warned: Warned, say: Words) -> str:
    """A warning in words."""
    where = warned.channel.title if warned.channel else ""
    zone = warned.channel.time_zone if warned.channel else "UTC"
    time = ""
    if warned.at is not None:
        whole_day = warned.kind in (Kind.HOLIDAY, Kind.WEEKDAY)
        day = warned.at.astimezone(ZoneInfo(zone)).date()
        time = (
            calendar.show_day(day, say.language)
            if whole_day
            else calendar.show(warned.at, zone, say.language)
        )
    if warned.kind is Kind.SAME_STORY:
        sentence = _TOLD if warned.state is PostState.SENT else _ON_THE_WAY
    elif warned.kind is Kind.LINKS:
        return _line_of_links(warned, say)
    elif warned.kind is Kind.ODD_LINK:
        sentence = _ODD[warned.odd or Odd.LOOKALIKE]
    elif warned.kind is Kind.ALREADY:
        sentence = _IS_OUT if warned.state is PostState.SENT else _WAITS
    else:
        sentence = _SENTENCES[warned.kind]
    headline = for_staff.shortened(warned.headline, 80)
    name = holidays.called(warned.name, say.language) if warned.kind is Kind.HOLIDAY else _flat(warned.name)
    return "⚠️ " + say(sentence, channel=where, headline=headline, time=time, count=warned.count, name=name)


def _line_of_links(warned: Warned, say: Words) -> str:
    text = say("🔗 Its links lead to {name}", name=_flat(warned.name))
    return f"{text} {say('… and {count} more', count=warned.count)}" if warned.count else text


def _flat(host: str) -> str:
    """A host that Telegram makes no link of, set from left to right."""
    return host.replace(".", f".{LRM}").replace("://", f":{LRM}//")


async def tell(talk: Talk, article_id: int, version: int, channel_id: int) -> None:
    """A press on a warning: all of them, whole, in a message of their own."""
    talk.desk.require(APPROVERS | SCHEDULERS)  # as on the card: warnings name other people's stories
    article = await talk.desk.article(article_id, version)
    where = await talk.db.channels.get(channel_id) if channel_id else None
    posts = await talk.db.posts.of_article(article.id)
    look = where.look if where else talk.house.look
    held_against = await around(talk.desk, article, where)
    found = await of_story(talk.desk, article, look, posts, held_against)
    if where is not None and talk.desk.may(SCHEDULERS):
        found += await of_plan(talk.desk, article, where, await talk.schedule.next_free(where, article))
    lines = list(dict.fromkeys(line(one, talk.words) for one in found))
    title = talk.words("Before you decide")
    await talk.reply(titled(title, "\n".join(lines) or talk.words("There is nothing to warn of any more.")))


async def of_new_post(talk: Talk, post: Post, where: Channel) -> list[str]:
    """What a person should hear who has just given a post its time, beside what the rhythm has against it."""
    found = await of_post(talk.desk, post, where)
    return [line(one, talk.words) for one in found if one.kind is not Kind.TOO_NEAR]
