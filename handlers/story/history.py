"""The history of a story: its versions with who, when and what; each looked at, compared, brought back."""

from bot.desk import versions
from bot.desk.stories import APPROVERS, WRITERS
from bot.desk.versions import Past
from bot.errors import StaleCard
from bot.line.calls import Keyboard
from bot.news.model import Article, Message
from bot.news.posts import for_staff, pages
from bot.news.posts.markup import Styled, entities, joined, styled
from bot.news.times import calendar
from bot.words import N_, Words
from handlers.paging import Page, page_of, turning
from handlers.phrases import called
from handlers.story import full_text
from handlers.story.differing import compare
from handlers.story.fields import called as fields_called
from handlers.story.telling import tell_of_change
from handlers.story.under_card import story_under
from handlers.talk import Talk, button, called_by, titled

__all__ = ["choose", "command", "compare", "look", "restore", "show", "turn"]

_MADE = {
    "write": N_("written"),
    "rewrite": N_("more of the text arrived"),
    "restore": N_("version {earlier} brought back"),
    "undo": N_("an edit undone"),
    "redo": N_("an undone edit made again"),
}
_SIZE = 6
"""Versions on a page: each has two lines and a button."""


async def command(talk: Talk, rest: str) -> None:
    """`/history`: of the story whose card it replies to, else of one that is chosen."""
    del rest
    talk.desk.require(WRITERS)
    asked = talk.message.reply_to_message
    article_id = story_under(asked.reply_markup) if asked else 0
    if article_id:
        await show(talk, article_id)
        return
    own = await talk.desk.drafts()
    waiting = await talk.desk.stories() if talk.desk.may(APPROVERS) else ()
    found = {article.id: article for article in (*waiting, *own)}
    rows = [
        [button(for_staff.shortened(article.headline, 50), "story.history", article.id, 0)]
        for article in found.values()
    ]
    body = (
        talk.words("Or reply /history to a story's card.")
        if rows
        else talk.words("You have no story yet whose history could be shown.")
    )
    await talk.reply(titled(talk.words("Of which story?"), body), rows)


async def show(talk: Talk, article_id: int, version: int = 0) -> None:
    """A press on "history": its first page, as a message of its own."""
    del version
    await talk.reply(*await _page(talk, await versions.past(talk.desk, article_id), 0))


async def turn(talk: Talk, article_id: int, number: int) -> None:
    """Another page, in the same message."""
    await talk.amend(*await _page(talk, await versions.past(talk.desk, article_id), number))


async def _page(talk: Talk, story: Past, number: int) -> tuple[Message, Keyboard]:
    say, article = talk.words, story.article
    newest = tuple(reversed(story.revisions))
    page = page_of(number, len(newest), _SIZE)
    shown = newest[page.skip : page.skip + _SIZE]
    lines = [await _line(talk, story, each.version) for each in shown]
    rows: Keyboard = [
        [button(say("Version {version}", version=each.version), "story.version", article.id, each.version, 0)]
        for each in shown
    ]
    rows = [
        [button for row in rows[at : at + 2] for button in row]  # two in a row
        for at in range(0, len(rows), 2)
    ]
    rows += turning(say, page, "story.history_page", article.id)
    rows.append([button(say("📄 Its card"), "open", article.id)])
    title = say("🕘 History of “{headline}”", headline=for_staff.shortened(article.headline, 60))
    return titled(title, "\n\n".join(lines)), rows


async def _line(talk: Talk, story: Past, version: int) -> str:
    """A version: its number, who saved it and when, and what came with it."""
    say = talk.words
    revision = next(each for each in story.revisions if each.version == version)
    person = await talk.db.staff.get(revision.saved_by)
    when = calendar.show(revision.saved_at, talk.house.time_zone, say.language)
    approved = say(" · ✅ approved") if version == story.article.approved_version else ""
    name = called(person, say) if person else "–"
    first = say("Version {version} · {name} · {time}", version=version, name=name, time=when)
    return f"{first}{approved}\n{_made(story, version, say)}"


def _made(story: Past, version: int, say: Words) -> str:
    verb, detail = story.made(version)
    names = detail.get("fields")
    if verb == "edit" and names in (["undo"], ["redo"]):
        verb = names[0]
    if verb in _MADE:
        return say(_MADE[verb], earlier=detail.get("earlier", 0))
    return fields_called(names, say) or say("changed")


async def look(talk: Talk, article_id: int, version: int, number: int) -> None:
    """A version as it was, page by page, and what can be done with it."""
    then, say = await versions.at(talk.desk, article_id, version), talk.words
    article = await talk.desk.article(article_id)
    found = [*(each.text for each in full_text.of_story(then)), *pages.cut(full_text.about(then, say))]
    number = min(max(0, number), len(found) - 1)
    story = await versions.past(talk.desk, article_id)
    title = styled(called_by(then), "bold")
    text = joined("\n\n", [title, Styled(await _line(talk, story, version)), found[number]])
    rows = turning(say, Page(number=number, count=len(found), size=1), "story.version", article_id, version)
    rows += _ways(article, version, say)
    await talk.amend(Message(text=text.text, entities=entities(text)), rows)


def _ways(article: Article, version: int, say: Words) -> Keyboard:
    rows: Keyboard = []
    if version > 1:
        what = say("What it changed")
        rows.append([button(what, "story.compare", article.id, version - 1, version, 0)])
    if version != article.version:
        now = say("What has changed since")
        rows.append([button(now, "story.compare", article.id, version, article.version, 0)])
    rows.append([button(say("Compare with another"), "story.compare_with", article.id, version, 0)])
    if version != article.version:
        back = say("↩️ Bring version {version} back", version=version)
        rows.append([button(back, "story.restore", article.id, article.version, version)])
    return [*rows, [button(say("🕘 History"), "story.history_page", article.id, 0)]]


async def choose(talk: Talk, article_id: int, version: int, number: int) -> None:
    """With which other version one is compared."""
    story, say = await versions.past(talk.desk, article_id), talk.words
    others = [each.version for each in reversed(story.revisions) if each.version != version]
    page = page_of(number, len(others), 2 * _SIZE)
    shown = others[page.skip : page.skip + page.size]
    rows: Keyboard = []
    for at in range(0, len(shown), 3):
        rows.append(
            [
                button(
                    say("Version {version}", version=other),
                    "story.compare",
                    article_id,
                    *sorted((version, other)),
                    0,
                )
                for other in shown[at : at + 3]
            ]
        )
    rows += turning(say, page, "story.compare_with", article_id, version)
    rows.append([button(say("🕘 History"), "story.history_page", article_id, 0)])
    title = say("Compare version {version} with which other?", version=version)
    await talk.amend(titled(called_by(story.article), title), rows)


async def restore(talk: Talk, article_id: int, version: int, earlier: int) -> None:
    """Bring a version back; a story that has changed meanwhile is shown as it is now, and nothing is done."""
    before = await talk.desk.article(article_id)
    try:
        article = await versions.restore(talk.desk, article_id, version, earlier)
    except StaleCard:
        await turn(talk, article_id, 0)
        await talk.answer(talk.words(full_text.CHANGED), alert=True)
        return
    await tell_of_change(talk, before)
    await turn(talk, article.id, 0)
    await talk.answer(talk.words("Version {version} is back, as a new one.", version=earlier))
