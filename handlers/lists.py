"""`/drafts` and `/desk`: where each story stands and why, page by page, searched by words. Knows no card."""

from bot.desk import lists
from bot.desk.claimed import holding
from bot.desk.lists import Kind
from bot.line.calls import Keyboard
from bot.news.folding import words_of
from bot.news.model import Article, ArticleState, Message, PostState
from bot.news.posts import for_staff
from bot.news.talk import Comment
from bot.news.times import calendar
from bot.words import N_
from handlers.paging import SIZE, page_of, turning
from handlers.phrases import ARTICLE_STATES, called
from handlers.talk import Talk, button, titled

_TITLES = {
    Kind.DRAFTS: N_("Your stories that are not out yet: {count}"),
    Kind.MINE: N_("All your stories: {count}"),
    Kind.DESK: N_("Waiting for you: {count}"),
}
_ROOM = 40
"""Bytes of what was typed that a button can hold."""
TITLE, LINE = 40, 90
"""Characters of a headline on a button, and in a line."""
WHY = 120
"""Characters of a request for changes that a line shows."""


async def show(talk: Talk, kind: Kind, typed: str) -> None:
    """A list's first page; with words after the command only what has all of them."""
    await talk.reply(*await _page(talk, kind, 0, typed))


async def turn(talk: Talk, kind: str, number: int, typed: str = "") -> None:
    """Another page of it, or another list."""
    await talk.amend(*await _page(talk, kind, number, typed))
    await talk.answer()


async def _page(talk: Talk, kind: str, number: int, typed: str) -> tuple[Message, Keyboard]:
    say, typed = talk.words, _short(typed)
    looked_for = words_of(typed)
    page = page_of(number, await lists.count(talk.desk, kind, looked_for))
    found = await lists.page(talk.desk, kind, looked_for, skip=page.skip, limit=SIZE)
    asked = await talk.db.comments.asked_for([each.id for each in found])
    lines = [say("With the words: {words}", words=typed)] if looked_for else []
    lines += [await _line(talk, each, asked.get(each.id)) for each in found]
    rows: Keyboard = [[button(_label(talk, each), "open", each.id)] for each in found]
    rows += turning(say, page, "list", kind)
    if typed:
        rows = [[_with(each, typed) for each in row] for row in rows]
    if kind == Kind.DRAFTS:
        rows.append([button(say("🗂 All your stories"), "list", Kind.MINE, 0)])
    if not found:
        lines.append(say("There is nothing."))
    if page.pages > 1 or looked_for:
        lines.append(say("Search: {example}", example=f"/{'desk' if kind == Kind.DESK else 'drafts'} …"))
    return titled(say(_TITLES[Kind(kind)], count=page.count), "\n".join(lines)), rows


def _with(each: dict[str, str], typed: str) -> dict[str, str]:
    """A button that turns the page goes on with the same words."""
    data = each.get("callback_data", "")
    return {**each, "callback_data": f"{data}:{typed}"} if data.startswith("list:") else each


def _short(typed: str) -> str:
    """As much of what was typed as a button holds, by whole words."""
    kept: list[str] = []
    for word in typed.replace(":", " ").split():
        if len(" ".join([*kept, word]).encode("utf-8", "replace")) > _ROOM:
            break
        kept.append(word)
    return " ".join(kept)


def _label(talk: Talk, article: Article) -> str:
    headline = for_staff.quoted(for_staff.shortened(article.headline, TITLE))
    return f"{headline} · {talk.words(ARTICLE_STATES[article.state])}"


async def _line(talk: Talk, article: Article, asked: Comment | None) -> str:
    say = talk.words
    headline = for_staff.quoted(for_staff.shortened(article.headline, LINE))
    line = f"• {headline} — {say(ARTICLE_STATES[article.state])}"
    why = await _why(talk, article, asked)
    return f"{line}\n   {why}" if why else line


async def _why(talk: Talk, article: Article, asked: Comment | None) -> str:
    """Why a story stands where it does: who has it, what is to be changed, when it goes out."""
    say = talk.words
    if article.state is ArticleState.CHANGES_REQUESTED and asked is not None:
        by = await talk.db.staff.get(asked.person_id)
        return f"↩️ {called(by, say) if by else ''}: {for_staff.quoted(for_staff.shortened(asked.text, WHY))}"
    if article.state is ArticleState.SUBMITTED:
        found = await holding(talk.db, article.id, talk.now)
        if found is None:
            return ""
        time = calendar.show_hour(found[1].until, talk.house.time_zone, say.language)
        return say("✋ {name} has it, until {time}", name=called(found[0], say), time=time)
    return await _place(talk, article) if article.state is ArticleState.APPROVED else ""


async def _place(talk: Talk, article: Article) -> str:
    """Where and when an approved story goes out next."""
    waiting = [p for p in await talk.db.posts.of_story(article.id) if p.state is PostState.PENDING]
    if not waiting:
        return talk.words("It has no time yet.")
    post = min(waiting, key=lambda each: (each.due_at, each.id))
    where = await talk.db.channels.get(post.channel_id)
    assert where is not None  # channels are never deleted
    time = calendar.relative(post.due_at, talk.now, where.time_zone, talk.words.language)
    return f"🗓 {where.title}: {time}"
