"""The front of a card: what this person most likely does now, and the ways to its pages "edit" and "more"."""

from typing import Any, Final

from bot.aside import LITTLE, worked_out_once
from bot.desk.stories import EDITABLE, SCHEDULERS
from bot.drawing import size_of
from bot.line.calls import Keyboard
from bot.news.model import ArticleState, Channel, Post, PostState
from bot.news.posts import for_staff
from bot.news.posts.links import post_link
from bot.news.structure.flash import is_flash
from bot.news.subjects import tags
from bot.news.times import calendar
from bot.words import N_
from handlers.phrases import POST_STATES
from handlers.posts import posted
from handlers.story import before, edit_page, terms
from handlers.story.foot import USUAL
from handlers.story.sight import Sight, Way, in_rows, shown
from handlers.talk import button, in_reading_order

CHANNELS = 2
"""Channels whose next free slot is one press away; the others are behind "schedule"."""


def _confirm(sight: Sight) -> str:
    count = sum(post.state is PostState.SENT for post in sight.posts)
    if not count:
        return sight.say("✅ Approve the correction")
    return sight.say("✅ Publish the correction in {count} {count:channel|channels}", count=count)


def _is_proposed(sight: Sight) -> bool:
    """Whether the headline is only proposed: the copy had none."""
    return sight.article.headline_proposed


def _is_flash(sight: Sight) -> bool:
    """Whether its copy calls it urgent, and nobody has said yet how urgent it is."""
    return sight.sets_terms and sight.article.urgency == USUAL and is_flash(sight.article)


def _has_no_tags(sight: Sight) -> bool:
    """Whether hashtags are still to be chosen, and some are proposed.

    Once a story is decided on, they are on a page behind. Any text of some length has tags to offer: of a
    short one it is looked up, which takes as little as it has letters.
    """
    article = sight.article
    if article.hashtags or article.state not in _UNDECIDED:
        return False
    size = size_of(article)
    return size > LITTLE or bool(worked_out_once(tags.offered, size, article))


def _claim(sight: Sight) -> str:
    holder = sight.review.holder
    if holder is None:
        return sight.say("✋ I have it")
    return sight.say("✋ {name} has it", name=for_staff.name(holder.name) or str(holder.id))


def _may_be_claimed(sight: Sight) -> bool:
    """Whether the person could decide on it next, and does not have it."""
    return "approve" in sight.may and sight.article.state is ArticleState.SUBMITTED and not sight.is_mine


DECISIONS: Final = (
    Way(label=N_("📤 Submit to the editors"), press="story.submit", needs="submit", style="primary"),
    Way(
        label=N_("🚨 Approve as urgent"),
        press="story.approve_urgent",
        needs="approve",
        when=_is_flash,
        style="danger",
    ),
    Way(label=N_("✅ Approve"), press="story.approve", needs="approve", style="success"),
    Way(label=_confirm, press="story.correct", needs="correct", style="success"),
    Way(label=N_("🗓 … with a dated line"), press="story.view", more=("corrected",), needs="correct"),
    Way(label=N_("↩️ Ask for changes"), press="story.request_changes", needs="request_changes"),
    Way(label=N_("✅ Take it"), press="story.take_title", needs="edit", when=_is_proposed),
    Way(
        label=N_("✏️ Another headline"),
        press="story.edit",
        more=("headline",),
        needs="edit",
        when=_is_proposed,
    ),
    Way(label=_claim, press="story.claim", when=_may_be_claimed),
    Way(label=N_("♻️ Bring back"), press="story.unspike", needs="unspike", style="primary"),
)
"""What a story waits for."""
PROPOSALS: Final = (
    Way(label=N_("🏷 Take the proposed hashtags"), press="story.tags", needs="edit", when=_has_no_tags),
)
"""What one press takes."""
_UNDECIDED: Final = EDITABLE - {ArticleState.APPROVED}


async def page(sight: Sight) -> Keyboard:
    """A card's main keyboard."""
    rows = in_rows(shown(DECISIONS, sight), sight.say)
    if "approve" in sight.may and sight.desk.may(SCHEDULERS):
        rows += await _slots(sight, "plan.approve_into_slot")
    rows += in_rows(shown(PROPOSALS, sight), sight.say)
    if "schedule" in sight.may:
        rows += _at_once(sight) or await _slots(sight, "plan.into_slot")
        rows.append([button(sight.say("🗓 Schedule"), "story.view", *sight.key, "plan")])
    rows += before.ways(sight.article, sight.say)
    rows += [row for post in sight.posts if (row := await post_row(sight, post))]
    return [*rows, in_reading_order(_pages(sight), sight.say)]


def _pages(sight: Sight) -> list[dict[str, Any]]:
    """The second row: the pages behind the front."""
    more = [
        button(sight.say("📖 Full text"), "story.text", *sight.key),
        button(sight.say("⋯ More ▾"), "story.view", *sight.key, "more"),
    ]
    if not shown(edit_page.FIELDS, sight):
        return more
    return [button(sight.say("✏️ Edit ▾"), "story.view", *sight.key, "edit"), *more]


def _free(sight: Sight) -> list[Channel]:
    """The first channels where the story does not stand."""
    return [channel for channel in sight.mine if not sight.stands_in(channel)][:CHANNELS]


def _at_once(sight: Sight) -> Keyboard:
    """The way past slots and quiet hours into each of the first channels, for an urgent story."""
    confirm = sight.house.urgent.confirm
    return [
        row
        for channel in [one for one in sight.mine if sight.may_hurry(one)][:CHANNELS]
        for row in terms.urgent_row(sight.article, channel, sight.say, confirm=confirm)
    ]


async def _slots(sight: Sight, press: str) -> Keyboard:
    """The next free slot of each of the first channels, with its time."""
    free = _free(sight)
    await sight.known.taken(free)
    return [row for channel in free for row in await _slot(sight, channel, press)]


async def _slot(sight: Sight, channel: Channel, press: str) -> Keyboard:
    free = await sight.known.next_free(sight.article, channel)
    if free is None:
        return []
    time = calendar.relative(free, sight.now, channel.time_zone, sight.say.language)
    text = sight.say("🕰 {channel}: {time}", channel=channel.title, time=time)
    if press != "plan.into_slot":
        text = sight.say("✅ Approve, and 🕰 {channel}: {time}", channel=channel.title, time=time)
    minute = int(free.timestamp()) // 60
    return [[button(text, press, *sight.key, channel.id, minute) | {"style": "success"}]]


async def of_channel(sight: Sight, where: Channel) -> Keyboard:
    """The lines of the story's posts in one channel."""
    there = [post for post in sight.posts if post.channel_id == where.id]
    return [row for post in there if (row := await post_row(sight, post))]


async def post_row(sight: Sight, post: Post) -> list[dict[str, str]] | None:
    """One line a post, where there is a way to it: its page for those who plan there, else the post."""
    where = next((channel for channel in sight.channels if channel.id == post.channel_id), None)
    if where is None or post.state is PostState.CANCELED:
        return None
    say = sight.say
    if post.state is PostState.SENT and post.message_ids:
        return await _out_row(sight, post, where)
    if not sight.desk.runs(where.id):
        return None  # the foot of the card tells it
    when = calendar.relative(post.due_at, sight.now, where.time_zone, say.language)
    state = say(POST_STATES[post.state])
    if where.paused_at is not None and post.state is PostState.PENDING:
        state = say("⏸ the channel is paused")
    text = say("{channel}: {time} · {state}", channel=where.title, time=when, state=state)
    return [button(text, "plan.page", post.id)]


async def _out_row(sight: Sight, post: Post, where: Channel) -> list[dict[str, str]]:
    """Those who plan there come to the post's page, the others to the post."""
    say = sight.say
    news = posted.in_short(await sight.known.wishes(sight.desk, post), say)
    if sight.desk.runs(where.id):
        page = button(f"📣 {where.title}: {news or say(POST_STATES[post.state])}", "plan.page", post.id)
        return [page, {"text": say("👁 See it"), "url": post_link(where, post.message_ids[0])}]
    text = say("👁 See it in {channel}", channel=where.title)
    return [{"text": f"{text} · {news}" if news else text, "url": post_link(where, post.message_ids[0])}]
