"""Every part of a story changed where it stands: written anew, moved, taken out; each with its undo.

What a part is, and what becomes of the story, is `bot.news.posts.rewriting`; here it is asked for and shown.
"""

from typing import Any

from bot.aside import worked_out
from bot.drawing import size_of
from bot.errors import NotFound
from bot.line.calls import Keyboard
from bot.news.model import Article, Message
from bot.news.posts import for_staff, rewriting
from bot.news.posts.rewriting import NEW, NotWritten, Place
from bot.news.spelling import orthography
from bot.news.structure import intake
from bot.words import N_, Words
from handlers.paging import page_of, turning
from handlers.story import attachments, full_text
from handlers.story.editing import with_present
from handlers.story.fields import NAMES
from handlers.story.proposing import text_of
from handlers.story.telling import tell_of_change
from handlers.talk import Talk, button, called_by, titled

SIZE = 6
"""Items of a list on a page."""
LISTS = {
    "point": (N_("Key points"), N_("➕ Another point")),
    "link": (N_("Related links"), N_("➕ Another link")),
    "button": (N_("Buttons under the post"), N_("➕ Another button")),
}
_QUESTIONS = {
    "point": N_("Send the point as one line (“label: text”)."),
    "link": N_("Send the title and, behind it or on the next line, the address."),
    "button": N_("Send the words on the button and, on the next line, the address it opens."),
    "text": N_(
        "Send the text as it shall be, as a message or as a .txt file: each line is a paragraph; “## ” "
        "before a heading, “> ” before a quotation, “• ” before items of a list."
    ),
    "source_url": N_("Send the address of the source, or “none”."),
    "category": N_("Send the category in a word or two, or “none”."),
    "keywords": N_("Send the keywords, one a line or with commas between them, or “none”."),
    "language": N_("In which language is the story? Send “fa” (Persian) or “en” (English)."),
    "ed_note": N_("Send the note to colleagues, or “none”. It never reaches a post."),
}
_FIELD = N_("{field}: send it as it shall be, or “none”.")
_NOW = N_("Now it is:")
REFUSALS = {
    "empty": N_("Send it as text, please."),
    "long": N_("That is too long: {limit} characters at most."),
    "many": N_("There are {limit} already, and no more can be."),
    "language": N_("I know two languages of stories: “fa” (Persian) and “en” (English)."),
    "url": N_("I find no address in that which Telegram would open. Send one like https://example.com/page"),
}
_NOTHING = frozenset({"none", "-", "–", "—"})


async def ask(talk: Talk, article_id: int, version: int, name: str) -> None:
    """A press on the button of a part: it is asked for, with what it is now to copy from."""
    article = await talk.desk.article(article_id)
    place = rewriting.place_of(article, name)
    if place is None:
        raise NotFound("button")
    talk.desk.require_editable(article)
    if article.version != version and place.kind not in rewriting.LIMITS:
        await _redrawn(talk, article, place)
        return
    present, say = rewriting.present(article, place), talk.words
    question = say(_QUESTIONS[place.kind]) if place.kind in _QUESTIONS else ""
    question = question or say(_FIELD, field=say(NAMES[place.kind]))
    asked = with_present(f"{question}\n{say(_NOW)}" if present else question, for_staff.quoted(present))
    await talk.ask("part", asked, story=article, article=article.id, place=name, was=present)


async def answered(talk: Talk, about: dict[str, Any]) -> None:
    """The answer: it takes the part's place, if that is still what the person saw."""
    article = await talk.desk.article(int(about["article"]))
    place = rewriting.place_of(article, str(about["place"]))
    if place is None or rewriting.present(article, place) != about["was"]:
        await talk.close_question()
        await talk.reply(
            talk.words("Someone has changed that meanwhile. Look at it and send yours again if you like.")
        )
        await talk.reply(*await _page_of(talk, article, str(about["place"])))
        return
    try:
        changed = await _changed(talk, article, place)
    except NotWritten as problem:
        await talk.reply(talk.words(REFUSALS[problem.reason], limit=problem.limit))
        return
    await talk.close_question()
    if not talk.text_file:
        await attachments.tell_left_out(talk, words_only=True)
    after = await talk.desk.edit(article.id, article.version, **changed)
    said = (
        talk.words("It is changed.") if after.version != article.version else talk.words("It is as it was.")
    )
    undoing = [_foot(after, place.kind, talk.words)] if place.kind in rewriting.LIMITS else None
    await talk.reply(f"{said}\n{called_by(after)}", undoing)
    if undoing is None:
        await talk.reply(*await _page_of(talk, after, place.name))
    await talk.show_card(after.id)
    await tell_of_change(talk, article)


async def _changed(talk: Talk, article: Article, place: Place) -> dict[str, Any]:
    """What the answer changes; what is new in it is spelled in the house's way, the rest stays as it was."""
    text = intake.clean(talk.text)
    if text.lower() in _NOTHING or text == talk.words("none"):
        text = ""
    elif not any(map(str.isalnum, text)):
        raise NotWritten("empty")
    if text and place.kind != "source_url":
        text = await _spelled(talk, article, text, rewriting.present(article, place))
    size = len(text) + (size_of(article) if place.kind == "text" else 0)
    return worked_out(rewriting.rewritten, size, article, place, text)


async def _spelled(talk: Talk, article: Article, text: str, present: str) -> str:
    beside, style = text_of(article), await talk.style(text)
    repaired = worked_out(orthography.repaired_beside, len(text) + len(beside), text, beside, style)
    old, lines, mended = set(present.split("\n")), text.split("\n"), repaired.split("\n")
    if len(lines) != len(mended):
        return repaired
    return "\n".join(line if line in old else new for line, new in zip(lines, mended, strict=True))


async def show(talk: Talk, article_id: int, version: int, kind: str) -> None:
    """A press on a list (points, links, buttons): its first page, as a message of its own."""
    del version
    await talk.reply(*_list(talk, talk.desk.require_editable(await talk.desk.article(article_id)), kind, 0))


async def turn(talk: Talk, article_id: int, kind: str, number: int) -> None:
    """Another page of a list, in the same message."""
    article = talk.desk.require_editable(await talk.desk.article(article_id))
    await talk.amend(*_list(talk, article, kind, number))


async def look(talk: Talk, article_id: int, version: int, name: str) -> None:
    """One item with what can be done with it."""
    article = talk.desk.require_editable(await talk.desk.article(article_id))
    place = rewriting.place_of(article, name)
    if place is None or article.version != version:
        await _redrawn(talk, article, place, name)
        return
    await talk.amend(*_item(talk, article, place))


async def move(talk: Talk, article_id: int, version: int, name: str, step: int) -> None:
    """An item one place up or down."""
    await _do(talk, article_id, version, name, step)


async def remove(talk: Talk, article_id: int, version: int, name: str) -> None:
    """An item taken out."""
    await _do(talk, article_id, version, name, 0)


async def undo(talk: Talk, article_id: int, version: int, kind: str) -> None:
    """The last edit taken back, from a page of ours."""
    before = talk.desk.require_editable(await talk.desk.article(article_id))
    if before.version != version:
        await _redrawn(talk, before, None, kind)
        return
    after = await talk.desk.undo(article_id, version)
    await talk.amend(*await _page_of(talk, after, kind))
    await talk.answer(talk.words("The last edit is undone."))
    await tell_of_change(talk, before)


async def _do(talk: Talk, article_id: int, version: int, name: str, step: int) -> None:
    before = talk.desk.require_editable(await talk.desk.article(article_id))
    place = rewriting.place_of(before, name)
    if place is None or place.at is None or before.version != version:
        await _redrawn(talk, before, place, name)
        return
    changes = (
        rewriting.moved(before, place, max(-1, min(1, step))) if step else rewriting.removed(before, place)
    )
    after = await talk.desk.edit(article_id, version, **changes)
    await talk.amend(*_list(talk, after, place.kind, place.at // SIZE))
    await talk.answer(talk.words("Moved.") if step else talk.words("Taken out."))
    if after.version != before.version:
        await tell_of_change(talk, before)


async def _redrawn(talk: Talk, article: Article, place: Place | None, name: str = "") -> None:
    """Nothing is done for a button of an older version: its page is shown as it is now, with the reason."""
    await talk.amend(*await _page_of(talk, article, place.name if place else name))
    await talk.answer(talk.words(full_text.CHANGED), alert=True)


async def _page_of(talk: Talk, article: Article, name: str) -> tuple[Message, Keyboard]:
    """The page on which a part stands."""
    kind, _, rest = name.partition(".")
    if kind in LISTS:
        at = int(rest) if rest.isdecimal() else len(getattr(article, rewriting.LISTS[kind]))
        return _list(talk, article, kind, at // SIZE)
    number = 0
    if kind == "text" and rest[:1].isdecimal():
        section, first, *_ = map(int, rest.split("."))
        found = full_text.of_story(article)
        number = next((n for n, each in enumerate(found) if each.section == section and each.end > first), 0)
    return await full_text.page(talk, article, number)


def _list(talk: Talk, article: Article, kind: str, number: int) -> tuple[Message, Keyboard]:
    if kind not in LISTS:
        raise NotFound("button")
    say, key = talk.words, (article.id, article.version)
    items = getattr(article, rewriting.LISTS[kind])
    page = page_of(number, len(items), SIZE)
    shown = range(page.skip, min(page.skip + SIZE, len(items)))
    lines = [f"{say.number(at + 1)}. {_told(article, kind, at)}" for at in shown]
    title, more = (say(each) for each in LISTS[kind])
    numbers = [button(str(say.number(at + 1)), "story.part", *key, f"{kind}.{at}") for at in shown]
    rows: Keyboard = [numbers] if numbers else []
    rows += turning(say, page, "story.list_page", article.id, kind)
    rows.append([button(more, "story.write", *key, f"{kind}.{NEW}")])
    if kind == "point":
        rows[-1].append(button(say("📃 From the text"), "story.sentences", *key, 0))
    rows.append(_foot(article, kind, say))
    body = "\n\n".join(lines) or say("There is nothing.")
    return titled(f"{called_by(article)}\n{title}", for_staff.quoted(body)), rows


def _told(article: Article, kind: str, at: int) -> str:
    place = rewriting.place_of(article, f"{kind}.{at}")
    return rewriting.present(article, place) if place else ""


def _foot(article: Article, kind: str, say: Words) -> list[dict[str, Any]]:
    undoing = button(say("↶ Undo edit"), "story.undo", article.id, article.version)
    if kind in LISTS:
        undoing = button(say("↶ Undo edit"), "story.part_undo", article.id, article.version, kind)
    card = button(say("📄 Its card"), "open", article.id)
    return [undoing, card] if article.version > 1 else [card]


def _item(talk: Talk, article: Article, place: Place) -> tuple[Message, Keyboard]:
    say, key = talk.words, (article.id, article.version, place.name)
    rows: Keyboard = [[button(say("✏️ Write anew"), "story.write", *key)]]
    count, ways = len(getattr(article, rewriting.LISTS[place.kind])), []
    if place.at:
        ways.append(button(say("⬆️ Up"), "story.part_move", *key, -1))
    if place.at is not None and place.at + 1 < count:
        ways.append(button(say("⬇️ Down"), "story.part_move", *key, 1))
    rows += [ways] if ways else []
    rows.append([button(say("🗑 Take out"), "story.part_drop", *key)])
    rows.append([button(say("‹ Back"), "story.list_page", article.id, place.kind, (place.at or 0) // SIZE)])
    title = say(LISTS[place.kind][0])
    text = for_staff.quoted(rewriting.present(article, place))
    return titled(f"{called_by(article)}\n{title} · {say.number((place.at or 0) + 1)}", text), rows
