"""A post's page of numbers: its reactions, its comments, and how that is beside its channel's usual.

How often it was seen is told to no bot, and so stands nowhere.
"""

from bot.desk import ledger, rights
from bot.desk.received import Reception, Standing
from bot.line.calls import Keyboard
from bot.news.model import Channel, Message, Post
from bot.news.numbers import CUSTOM, PAID, Received
from bot.news.posts import for_staff
from bot.news.posts.links import post_link
from bot.news.times import calendar
from bot.words import N_, Words
from handlers.phrases import POST_STATES
from handlers.talk import Talk, button, called_by, titled

KINDS = 12
"""Kinds of reactions that are named, those with most first."""
ELSEWHERE = 6
"""Other channels of a story whose pages a page leads to."""
_NAMES = {CUSTOM: N_("drawn emoji"), PAID: N_("stars")}
_SHARES = ((0.9, N_("This is among its best: it has more than {share} in 100 of them.")),
           (0.6, N_("This is more than usual: it has more than {share} in 100 of them.")),
           (0.4, N_("This is about as usual.")),
           (0.0, N_("This is less than usual: {share} in 100 of them have less.")))  # fmt: skip


async def show(talk: Talk, post_id: int) -> None:
    """The page, in the board whose button was pressed."""
    await talk.amend(*await _page(talk, await Reception(desk=talk.desk).post(post_id)))
    await talk.answer()


def may_show(talk: Talk, post: Post) -> bool:
    """Whether there is a page of the post for this person."""
    return bool(post.sent_at and post.message_ids) and rights.may_see_numbers(talk.who, post.channel_id)


def way(post: Post, say: Words) -> dict[str, str]:
    """The button to the page."""
    return button(say("📊 Numbers"), "posts.numbers", post.id)


async def _page(talk: Talk, found: Standing) -> tuple[Message, Keyboard]:
    say, post, where = talk.words, found.post, found.where
    article = await talk.db.articles.get(post.article_id)
    since = calendar.relative(post.sent_at or post.due_at, talk.now, where.time_zone, say.language)
    talked = where.id in (await talk.db.numbers.discussions()).values()
    title = "📊 " + for_staff.quoted(called_by(article)) if article else "📊"
    if not post.message_ids:  # it was taken down, or refused, since the button was shown
        gone = say("State: {state}", state=say(POST_STATES[post.state]))
        text = f"{say('Channel: {channel}', channel=where.title)}\n{gone}"
        return titled(title, text), await _ways(talk, post, where)
    lines = [
        say("Channel: {channel}", channel=where.title),
        say("Out since: {time}", time=since),
        "",
        *received(found.received, say, talked=talked),
        "",
        *_beside(found, say),
    ]
    return titled(title, "\n".join(lines)), await _ways(talk, post, where)


def received(what: Received, say: Words, *, talked: bool) -> list[str]:
    """Reactions and comments, a line each; comments only where they can be known."""
    lines = [say("Reactions: {count}", count=what.reactions)]
    kinds = sorted(what.kinds.items(), key=lambda each: -each[1])
    named = [f"{say(_NAMES[kind]) if kind in _NAMES else kind} {say.number(count)}" for kind, count in kinds]
    if named:
        lines.append(" · ".join(named[:KINDS]))
    if talked or what.replies:
        lines.append(say("Readers' comments: {count}", count=what.replies))
    else:
        lines.append(say("Readers' comments: not known; add me to the channel's discussion group."))
    return lines


def _beside(found: Standing, say: Words) -> list[str]:
    """How it stands beside what the channel's posts usually get, where enough of them are known."""
    if found.usual is None or found.above is None:
        return [say("What is usual here is not known yet: too few posts of the last month.")]
    usual = say(
        "Usual here, reactions and comments together: {usual} (posts of late: {count}).",
        usual=round(found.usual),
        count=found.against,
    )
    share = round(100 * found.above)
    words = next(words for least, words in _SHARES if found.above >= least)
    lines = [usual, say(words, share=share)]
    if found.young:
        lines.append(say("It has been out for less than a day, and still gets more."))
    return lines


async def _ways(talk: Talk, post: Post, where: Channel) -> Keyboard:
    say = talk.words
    rows: Keyboard = [[button(say("🔄 Refresh"), "posts.numbers", post.id)]]
    if post.message_ids:
        rows[0].insert(0, {"text": say("👁 See it"), "url": post_link(where, post.message_ids[0])})
    story = await talk.db.articles.get(post.article_id)
    others = (await ledger.entry(talk.desk, story)).posts if story else ()
    for other in [each for each in others if each.id != post.id and may_show(talk, each)][:ELSEWHERE]:
        place = await talk.db.channels.get(other.channel_id)
        if place is not None:
            rows.append([button(f"📊 {for_staff.shortened(place.title, 40)}", "posts.numbers", other.id)])
    rows.append([button(say("📄 The story"), "open", post.article_id)])
    return [*rows, [button(say("‹ What is out"), "posts.list", "", 0)]]
