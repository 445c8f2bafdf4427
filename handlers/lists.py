"""`/drafts` and `/desk`: where each story stands and why, page by page, searched by words. Knows no card."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.desk import lists
from bot.desk.claimed import holders
from bot.desk.lists import Kind
from bot.line.calls import Keyboard
from bot.news.folding import words_of
from bot.news.model import Article, ArticleState, Channel, Message, Staff
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
_EMPTY = {
    Kind.DRAFTS: N_("You have no story under way. Send me your copy, and I make a post of it."),
    Kind.MINE: N_("You have not sent in a story yet. Send me your copy, and I make a post of it."),
    Kind.DESK: N_("Nothing waits for you."),
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
    why = await _why(talk, found)
    lines = [say("With the words: {words}", words=typed)] if looked_for else []
    lines += [_line(talk, each, why.get(each.id, "")) for each in found]
    rows: Keyboard = [[button(_label(talk, each), "open", each.id)] for each in found]
    rows += turning(say, page, "list", kind)
    if typed:
        rows = [[_with(each, typed) for each in row] for row in rows]
    if kind == Kind.DRAFTS:
        rows.append([button(say("🗂 All your stories"), "list", Kind.MINE, 0)])
    if not found:
        lines.append(say("Nothing was found.") if looked_for else say(_EMPTY[Kind(kind)]))
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


def _line(talk: Talk, article: Article, why: str) -> str:
    say = talk.words
    headline = for_staff.quoted(for_staff.shortened(article.headline, LINE))
    line = f"• {headline} — {say(ARTICLE_STATES[article.state])}"
    return f"{line}\n   {why}" if why else line


async def _why(talk: Talk, found: Sequence[Article]) -> dict[int, str]:
    """Why each story stands where it does: who has it, what is to be changed, when it goes out."""
    of = {state: [each.id for each in found if each.state is state] for state in ArticleState}
    said = await _asked_for(talk, of[ArticleState.CHANGES_REQUESTED])
    said |= await _held(talk, of[ArticleState.SUBMITTED])
    return said | await _placed(talk, of[ArticleState.APPROVED])


async def _asked_for(talk: Talk, ids: Collection[int]) -> dict[int, str]:
    asked = await talk.db.comments.asked_for(ids) if ids else {}
    by = await talk.db.staff.some({each.person_id for each in asked.values()}) if asked else {}
    return {id: f"↩️ {_asked_by(talk, by.get(each.person_id), each)}" for id, each in asked.items()}


def _asked_by(talk: Talk, who: Staff | None, asked: Comment) -> str:
    text = for_staff.quoted(for_staff.shortened(asked.text, WHY))
    return f"{called(who, talk.words) if who else ''}: {text}"


async def _held(talk: Talk, ids: Collection[int]) -> dict[int, str]:
    say, found = talk.words, await holders(talk.db, ids, talk.now)
    return {
        id: say(
            "✋ {name} has it, until {time}",
            name=called(who, say),
            time=calendar.show_hour(claim.until, talk.house.time_zone, say.language),
        )
        for id, (who, claim) in found.items()
    }


async def _placed(talk: Talk, ids: Collection[int]) -> dict[int, str]:
    """Where and when approved stories go out next."""
    going = await talk.db.posts.next_of(ids) if ids else {}
    where = await talk.db.channels.some({channel_id for _, channel_id in going.values()}) if going else {}
    return {
        id: _place(talk, where[going[id][1]], going[id][0])
        if id in going
        else talk.words("It has no time yet.")
        for id in ids
    }


def _place(talk: Talk, where: Channel, at: datetime) -> str:
    return f"🗓 {where.title}: {calendar.relative(at, talk.now, where.time_zone, talk.words.language)}"
