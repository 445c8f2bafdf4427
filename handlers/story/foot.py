"""The foot of a card: how the story stands, in words of ours under the post.

A line more is a function more in `LINES`. It stands last, in a frame: whatever a story's own text says of
itself stands above it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Final

from bot import drawing
from bot.aside import worked_out
from bot.desk.stories import OUT
from bot.line.showing import Face
from bot.news.model import Article, Entity, Message, Post, PostState, Staff
from bot.news.posts import for_staff, rich
from bot.news.posts.markup import utf16_length
from bot.news.posts.warnings import Kind
from bot.news.subjects import reading_time
from bot.news.talk import Comment
from bot.news.times import calendar
from bot.news.told import ToldBefore
from bot.words import N_, Words
from handlers.phrases import ARTICLE_STATES, POST_STATES, called
from handlers.story import before, changed, warnings
from handlers.story.sight import Sight
from handlers.talk import called_by

TEXT, CAPTION = 4096, 1024
"""UTF-16 units that a message, and words under a picture, have room for (Bot API)."""
COMMENT = 160
"""Characters of a comment that a card shows."""
TOLD = 80
"""Characters of the headline of what was told before."""
USUAL = 5
"""The urgency of a story that nobody has called urgent; it is not worth a word."""


async def _status(sight: Sight) -> list[str]:
    """The state; of another's story also whose it is."""
    line = status(sight.article, sight.say)
    if sight.article.reporter_id != sight.desk.who.id:
        by = await sight.known.person(sight.article.reporter_id)
        line += " · " + sight.say("By {name}", name=called(by, sight.say)) if by else ""
    return [line]


async def _headline(sight: Sight) -> list[str]:
    proposed = sight.article.headline_proposed
    return [sight.say("💡 The copy has no headline: this one is proposed")] if proposed else []


async def _approval(sight: Sight) -> list[str]:
    """Who has approved it and when, and who has edited it since."""
    found = await sight.known.approval(sight.article)
    if found is None:
        return []
    people = {id: await sight.known.person(id) for id in (found.by, found.edited_by) if id is not None}
    return [changed.approval(found, people, sight.house.time_zone, sight.say)]


async def _terms(sight: Sight) -> list[str]:
    """Its urgency and its embargo, while they bind."""
    urgency = sight.article.urgency
    found = [sight.say("⚡️ Urgency: {number}", number=urgency)] if urgency < USUAL else []
    return found + ([sight.not_before] if sight.not_before else [])


CHAIN = 3
"""Stories that go on with this one, as a card names them."""


async def _chain(sight: Sight) -> list[str]:
    """What the story goes on with, and what goes on with it."""
    before, after = await sight.known.chain(sight.article)
    say = sight.say
    lines = [say("↩︎ goes on with: {headline}", headline=called_by(each)) for each in before]
    lines += [say("↪︎ goes on in: {headline}", headline=called_by(each)) for each in after[-CHAIN:]]
    corrected = sight.article.corrected_on
    if corrected is not None:
        lines.append(
            say(
                "✏️ Readers are told that it was corrected: {day}",
                day=calendar.show_day(corrected, say.language),
            )
        )
    return lines


async def _places(sight: Sight) -> list[str]:
    """Where it waits to go out, for those who have no button that tells it."""
    return [line for post in sight.posts if (line := _place(sight, post))]


def _place(sight: Sight, post: Post) -> str | None:
    where = next((channel for channel in sight.channels if channel.id == post.channel_id), None)
    if where is None or sight.desk.runs(where.id) or post.state in {PostState.CANCELED, PostState.SENT}:
        return None
    say = sight.say
    time = calendar.relative(post.due_at, sight.now, where.time_zone, say.language)
    state = say(POST_STATES[post.state])
    if where.paused_at is not None and post.state is PostState.PENDING:
        state = say("⏸ the channel is paused")
    return "📣 " + say("{channel}: {time} · {state}", channel=where.title, time=time, state=state)


async def _told_before(sight: Sight) -> list[str]:
    """That the same was told before: the way there is a button."""
    return [_told_line(each, sight.say) for each in before.of(sight.article)]


def _told_line(told: ToldBefore, say: Words) -> str:
    headline = for_staff.quoted(for_staff.shortened(told.headline, TOLD))
    day = calendar.show_day(told.on, say.language)
    place = say(", ").join(filter(None, (for_staff.quoted(told.where), day)))
    return say(before.SENTENCES[told.why], headline=headline, place=place)


async def _warnings(sight: Sight) -> list[str]:
    """What speaks against the story, but for what is said of it above."""
    said = {each.headline for each in before.of(sight.article)}
    found = [one for one in sight.warned if not (one.kind is Kind.SAME_STORY and one.headline in said)]
    lines = list(dict.fromkeys(warnings.line(one, sight.say) for one in found))
    more = len(lines) - warnings.SHOWN
    return lines[: warnings.SHOWN] + ([sight.say("⚠️ … and {count} more", count=more)] if more > 0 else [])


async def _claim(sight: Sight) -> list[str]:
    """Who has it, so that two don't work on it."""
    holder, until = sight.review.holder, sight.review.until
    if holder is None or until is None:
        return []
    time = calendar.show_hour(until, sight.house.time_zone, sight.say.language)
    if holder.id == sight.desk.who.id:
        return [sight.say("✋ You have it, until {time}", time=time)]
    return [sight.say("✋ {name} has it, until {time}", name=called(holder, sight.say), time=time)]


async def _comments(sight: Sight) -> list[str]:
    """The last of what colleagues said about it; an approval settles what was asked for before it."""
    approval = await sight.known.approval(sight.article)
    open_ones = [
        each
        for each in sight.review.comments
        if approval is None or each.kind != "changes" or each.at > approval.at
    ]
    return [await said(sight, each) for each in open_ones]


async def said(sight: Sight, comment: Comment) -> str:
    by = await sight.known.person(comment.person_id)
    name = called(by, sight.say) if by else ""
    text = for_staff.shortened(for_staff.quoted(comment.text), COMMENT)
    return f"{'↩️' if comment.kind == 'changes' else '💬'} {name}: {text}"


LINES: Final[tuple[Callable[[Sight], Awaitable[list[str]]], ...]] = (
    _status,
    _claim,
    _headline,
    _approval,
    _terms,
    _chain,
    _places,
    _told_before,
    _warnings,
    _comments,
)
"""In the order in which they stand."""


async def lines(sight: Sight) -> list[str]:
    return [line for part in LINES for line in await part(sight)]


def under(face: Face, said: list[str]) -> Face:
    """The card with its foot under the post: in its last message, or below it where that has no room."""
    if face.rich is not None and not face.messages:
        blocks = [*face.rich["blocks"], _quotation(said)]
        if rich.fits(blocks):
            return replace(face, rich={**face.rich, "blocks": blocks})
    text = "\n".join(said)
    *above, last = face.messages or (Message(text=""),)
    joined = f"{last.text}\n\n{text}" if last.text else text
    room = CAPTION if last.media else TEXT
    if len(last.media) > 1 or utf16_length(joined) > room:
        above, last, joined = [*above, last], Message(text=""), text
    start = utf16_length(joined) - utf16_length(text)
    frame = Entity(type="blockquote", offset=start, length=utf16_length(text))
    last = replace(last, text=joined, entities=(*last.entities, frame))
    return replace(face, messages=(*above, last))


def _quotation(said: list[str]) -> dict[str, Any]:
    return {"type": "blockquote", "blocks": [{"type": "paragraph", "text": line} for line in said]}


def status(article: Article, say: Words) -> str:
    """The state; of a story that is out also whether a newer version waits to be confirmed."""
    waits = article.state in OUT and article.version != article.approved_version
    text = N_("{state} · version {version} is not out yet") if waits else N_("{state} · version {version}")
    return say(text, state=say(ARTICLE_STATES[article.state]).capitalize(), version=article.version)


def status_line(article: Article, who: Staff | None, say: Words) -> str:
    """What the status button tells: the state, who wrote it, what was approved."""
    lines = [status(article, say)]
    if who is not None:
        lines.append(say("By {name}", name=called(who, say)))
    if article.approved_version:
        lines.append(say("Approved: version {version}", version=article.approved_version))
    minutes = worked_out(reading_time.minutes, drawing.size_of(article) // 4, article)
    lines.append(say("Reading time: {minutes} min", minutes=minutes))
    return "\n".join(lines)
