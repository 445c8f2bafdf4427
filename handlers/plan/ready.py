"""Approved stories that wait for a time: which stand beside the week board, and where one may go."""

from bot.desk import embargo, places
from bot.desk.approval import approved_of
from bot.desk.dropping import Dropping
from bot.desk.schedule import require_connected
from bot.desk.stories import SCHEDULABLE
from bot.errors import WrongState
from bot.news.model import ArticleState, Channel, PostState
from bot.news.plans import week
from bot.news.posts import for_staff
from bot.news.posts.direction import right_to_left
from bot.news.times import calendar
from bot.web.board.asks import Drop
from bot.web.board.sheet import Card
from handlers.phrases import ARTICLE_STATES
from handlers.talk import Talk

MOST = 30
"""Stories that are shown: those that changed last."""
_ELSEWHERE = frozenset({PostState.CANCELED, PostState.FAILED})


async def cards(talk: Talk, channel: Channel) -> tuple[Card, ...]:
    """The approved stories without a post in the channel, the newest change first."""
    stories = await talk.db.articles.in_states(ArticleState.APPROVED, limit=MOST)
    posts = await talk.db.posts.of_articles([story.id for story in stories]) if stories else ()
    there = {
        post.article_id for post in posts if post.channel_id == channel.id and post.state not in _ELSEWHERE
    }
    waiting = {story.id: story for story in stories if story.id not in there}
    ends = await embargo.ends(talk.db, waiting, await approved_of(talk.db, waiting)) if waiting else {}
    say, zone = talk.words, channel.time_zone
    found = []
    for story in waiting.values():
        end = ends[story.id]
        notes = [story.category] if story.category else []
        if end is not None and end > talk.now:
            time = calendar.relative(end, talk.now, zone, say.language)
            notes.append(say("🔒 embargo until {time}", time=time))
        found.append(
            Card(
                id=story.id,
                seen=f"v{story.version}",
                state="ready",
                state_word=say(ARTICLE_STATES[story.state]),
                hour="",
                headline=for_staff.shortened(week.plain(story.headline), 120),
                rtl=right_to_left(story.language),
                notes=tuple(notes),
                is_story=True,
            )
        )
    return tuple(found)


async def held_up(talk: Talk, drop: Drop, channel: Channel) -> Dropping:
    """A story in the person's hand, that has no post in the channel yet; told as `Schedule.at` would.

    Raises:
        StaleCard, WrongState, ChannelTrouble: it goes nowhere.
    """
    story = await talk.desk.article(drop.story, version_of(drop))
    if story.state not in SCHEDULABLE:
        raise WrongState(story.state)
    require_connected(channel)
    return Dropping(
        schedule=talk.schedule,
        post=None,
        channel=channel,
        used=await places.taken(talk.db, channel, talk.now),
        embargoed_until=await embargo.until(talk.db, story.id),
    )


def version_of(drop: Drop) -> int:
    """The version that was seen; none is 0."""
    digits = drop.seen[1:]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0
