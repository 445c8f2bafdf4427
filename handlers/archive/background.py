"""A story's background by pressing: what was told already, and what is related, chosen to read more in."""

from bot.archive.twice import Why
from bot.desk.stories import EDITABLE
from bot.errors import NotFound
from bot.line.calls import Keyboard
from bot.news.archive.entry import Entry, head_key
from bot.news.model import Article, Message, Post, PostState, RelatedLink
from bot.news.posts import for_staff
from bot.news.posts.links import post_link, usable
from bot.news.times import calendar
from bot.words import N_
from handlers.archive.around import Around
from handlers.phrases import ARTICLE_STATES
from handlers.story.telling import tell_of_change
from handlers.talk import Talk, button, titled

_WHY = {
    Why.PAGE: N_("the same page"),
    Why.TEXT: N_("the same text"),
    Why.COPY: N_("nearly the same text"),
    Why.EVENT: N_("the same event"),
}
_LINE, _TITLE = 90, 44


async def show(talk: Talk, article_id: int, version: int) -> None:
    """The page, in a message of its own."""
    article = await talk.desk.article(article_id, version)
    await talk.reply(*await _page(talk, article))
    await talk.answer()


async def relate(talk: Talk, article_id: int, version: int, entry_id: int) -> None:
    """A press on a related story: it is one to read more in, or is not any more."""
    article = await talk.desk.article(article_id, version)
    chosen = next((entry for _, entry in _around(talk).kin if entry.id == entry_id), None)
    if chosen is None:
        raise NotFound("button")
    changed = await talk.desk.edit(article_id, version, related=await _toggled(talk, article, chosen))
    await tell_of_change(talk, article)
    await talk.amend(*await _page(talk, changed))
    await talk.answer()


async def _toggled(talk: Talk, article: Article, entry: Entry) -> tuple[RelatedLink, ...]:
    """With a title that the copy has already it is that one that gets the address."""
    key, url = head_key(entry.headline), await _url(talk, article, entry)
    same = [link for link in article.related if head_key(link.title) == key]
    if not same:
        return (*article.related, RelatedLink(title=entry.headline, url=url))
    if same[0].url is None and url is not None:
        return tuple(
            RelatedLink(title=each.title, url=url) if each is same[0] else each for each in article.related
        )
    return tuple(each for each in article.related if each not in same)


async def _page(talk: Talk, article: Article) -> tuple[Message, Keyboard]:
    say, around = talk.words, _around(talk)
    lines, rows = [], []
    if around.twins:
        lines.append(say("Told already:"))
        lines += [f"• {await _line(talk, entry)} ({say(_WHY[twin.why])})" for twin, entry in around.twins]
    if around.kin:
        lines.append(say("Related, to read more in:"))
    has = {head_key(link.title) for link in article.related if link.url}
    for kin, entry in around.kin:
        reason = say("the copy names it") if kin.named else "، ".join(around.reasons.get(kin.id, ()))
        lines.append(f"• {await _line(talk, entry)}" + (f"\n   {for_staff.quoted(reason)}" if reason else ""))
        if article.state in EDITABLE:
            tick = "✅ " if head_key(entry.headline) in has else ""
            title = for_staff.quoted(for_staff.shortened(entry.headline, _TITLE))
            rows.append(
                [button(f"{tick}🔗 {title}", "archive.relate", article.id, article.version, entry.id)]
            )
    title = for_staff.quoted(for_staff.shortened(article.headline, _LINE))
    said = "\n".join(lines) or say("Nothing like it was told before.")
    return titled(say("🗂 Background: {headline}", headline=title), said), rows


def _around(talk: Talk) -> Around:
    around = talk.facts.get("around")
    if not isinstance(around, Around):
        raise NotFound("article")
    return around


async def _line(talk: Talk, entry: Entry) -> str:
    say = talk.words
    headline = for_staff.quoted(for_staff.shortened(entry.headline, _LINE))
    day = calendar.show_day(entry.told_at.date(), say.language)
    where = entry.place or ""
    if entry.article_id is not None:
        out = await _posts(talk, entry.article_id)
        channels = await talk.db.channels.some({post.channel_id for post in out})
        where = " · ".join(for_staff.name(each.title) for each in channels.values())
        story = await talk.db.articles.get(entry.article_id) if not where else None
        where = where or (say(ARTICLE_STATES[story.state]) if story else "")
    return f"{headline} — {' · '.join(filter(None, (where, day)))}"


async def _posts(talk: Talk, article_id: int) -> list[Post]:
    found = await talk.db.posts.of_article(article_id)
    return [post for post in found if post.state is PostState.SENT and post.message_ids]


async def _url(talk: Talk, article: Article, entry: Entry) -> str | None:
    """Our own post of it, in the channel that the story goes to where there is one; else its page."""
    if entry.article_id is None:
        return usable(entry.url)
    out = await _posts(talk, entry.article_id)
    if not out:
        return usable(entry.url)
    theirs = {post.channel_id for post in await talk.db.posts.of_article(article.id)}
    post = next((each for each in reversed(out) if each.channel_id in theirs), out[-1])
    where = await talk.db.channels.get(post.channel_id)
    return post_link(where, post.message_ids[0]) if where else None
