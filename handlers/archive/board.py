"""What a search has found: its pages, each story with where it stands and the way there."""

from bot.archive.searching import MOST
from bot.line.calls import Keyboard
from bot.news.archive.entry import Entry
from bot.news.model import Article, Message, PostState
from bot.news.posts import for_staff
from bot.news.posts.links import post_link, usable
from bot.news.times import calendar
from bot.words import N_, Words
from handlers.archive.asking import SIGN, Found
from handlers.paging import turning
from handlers.phrases import ARTICLE_STATES
from handlers.talk import Talk, button, titled

_HOW = N_(
    "Type what you look for behind it: /search word word\n"
    "“…” words in a row · -word what must not be there\n"
    "from:name whose · in:channel where\n"
    "day:yesterday · day:week · day:1405/09/01..1405/09/07"
)
_GONE = N_("I can't tell any more what was looked for here: search again.")
_TITLE, _LINE, _WHERE = 40, 100, 3


async def command(talk: Talk, typed: str) -> None:
    """`/search` with what is looked for; without it how that is said."""
    found = talk.facts.get("search")
    if not typed.strip() or not isinstance(found, Found):
        await talk.reply(titled(talk.words("Search the archive"), talk.words(_HOW)))
        return
    await talk.reply(*await _page(talk, found))


async def turn(talk: Talk, number: int) -> None:
    """Another page of the same."""
    del number
    found = talk.facts.get("search")
    if not isinstance(found, Found):
        await talk.answer(talk.words(_GONE), alert=True)
        return
    await talk.amend(*await _page(talk, found))
    await talk.answer()


async def _page(talk: Talk, found: Found) -> tuple[Message, Keyboard]:
    say, page = talk.words, found.page
    ours = await talk.db.articles.some([each.article_id for each in found.entries if each.article_id])
    lines, rows = [], []
    for entry in found.entries:
        story = ours.get(entry.article_id or 0)
        links = await _links(talk, entry)
        lines.append(_line(talk, entry, story, [where for where, _ in links]))
        title = for_staff.quoted(for_staff.shortened(_headline(entry, story), _TITLE))
        if story is not None:
            rows.append([button(f"📄 {title}", "open", story.id)])
        elif links:
            rows.append([{"text": f"🌐 {title}", "url": links[0][1]}])
        if story is not None and links:
            rows.append([{"text": f"👁 {where}", "url": url} for where, url in links[:_WHERE]])
    rows += turning(say, page, "archive.page")
    head = (
        say("{count} found", count=page.count) if page.count < MOST else say("The first {count}", count=MOST)
    )
    told = [say("No day can be read in “{typed}”.", typed=for_staff.quoted(each)) for each in found.unread]
    told += [head, *lines] if lines else _nothing(found.typed, say)
    return titled(f"{SIGN} {for_staff.quoted(found.typed)}", "\n".join(told)), rows


def _nothing(typed: str, say: Words) -> list[str]:
    """That nothing was found, and what may be tried instead."""
    less = [word for word in typed.split() if ":" in word or "：" in word]
    lines = [say("Nothing was found.")]
    if less:
        lines.append(say("• Try it without {words}.", words=for_staff.quoted(" ".join(less))))
    if any(sign in typed for sign in '«»“”"-'):
        lines.append(say("• Try it without quotation marks and “-”: words anywhere in the text are enough."))
    if len(typed.split()) > len(less) + 1:
        lines.append(say("• Try fewer words: a name, or a rare word of the headline."))
    else:
        lines.append(say("• Try another word for it, or another spelling of the name."))
    return [*lines, say("• How days, channels and people are said: /search")]


def _headline(entry: Entry, story: Article | None) -> str:
    return (story.headline if story else entry.headline) or entry.text[:_LINE]


def _line(talk: Talk, entry: Entry, story: Article | None, places: list[str]) -> str:
    """A story's headline, where it stands, and of when it is."""
    say = talk.words
    where = " · ".join(places) if places else entry.place or ""
    if story is not None and not places:
        where = say(ARTICLE_STATES[story.state])
    day = calendar.show_day(entry.told_at.date(), say.language)
    headline = for_staff.quoted(for_staff.shortened(_headline(entry, story), _LINE))
    return f"• {headline} — {' · '.join(filter(None, (for_staff.quoted(where), day)))}"


async def _links(talk: Talk, entry: Entry) -> list[tuple[str, str]]:
    """Where it is out, with the way there."""
    if entry.article_id is None:
        url = usable(entry.url)
        return [(entry.place or "", url)] if url else []
    posts = await talk.db.posts.of_article(entry.article_id)
    out = [post for post in posts if post.state is PostState.SENT and post.message_ids]
    channels = await talk.db.channels.some({post.channel_id for post in out})
    return [
        (
            for_staff.name(channels[post.channel_id].title),
            post_link(channels[post.channel_id], post.message_ids[0]),
        )
        for post in out[-_WHERE:]
        if post.channel_id in channels
    ]
