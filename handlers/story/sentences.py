"""Points chosen from the text itself: its sentences, page by page, each taken by one press."""

from bot.aside import worked_out
from bot.drawing import size_of
from bot.line.calls import Keyboard
from bot.news.grammar import sentences
from bot.news.model import Article, Message
from bot.news.posts import for_staff, rewriting
from bot.news.posts.rewriting import NotWritten
from bot.news.summary.titling import bare
from handlers.paging import page_of, turning
from handlers.story import full_text, parts
from handlers.story.telling import tell_of_change
from handlers.talk import Talk, button, called_by, titled

SIZE = 6
_FEWEST = 5
"""Words of a sentence that tells something."""


def of_story(article: Article) -> tuple[str, ...]:
    """The sentences of lede and paragraphs that could be points and are none yet."""
    told = {point.text.rstrip(".") for point in article.key_points}
    texts = [article.lede, *(text for section in article.sections for text in section.paragraphs)]
    found = (" ".join(each.split()) for text in texts for each in sentences.split(text))
    fitting = (
        each
        for each in found
        if len(each) <= rewriting.POINT and len(each.split()) >= _FEWEST and bare(each) not in told
    )
    return tuple(dict.fromkeys(fitting))


async def show(talk: Talk, article_id: int, version: int, number: int) -> None:
    """A page of sentences, in place of the list of points."""
    article = await talk.desk.article(article_id)
    await talk.amend(*_page(talk, article, number))
    if article.version != version:
        await talk.answer(talk.words(full_text.CHANGED))


async def take(talk: Talk, article_id: int, version: int, at: int) -> None:
    """A sentence becomes the last point."""
    before = await talk.desk.article(article_id)
    found = worked_out(of_story, size_of(before), before)
    if before.version != version or not 0 <= at < len(found):
        await talk.amend(*_page(talk, before, 0))
        await talk.answer(talk.words(full_text.CHANGED), alert=True)
        return
    place = rewriting.place_of(before, f"point.{rewriting.NEW}")
    assert place is not None  # there is always room to name one more
    try:
        changes = rewriting.rewritten(before, place, found[at])
    except NotWritten as problem:
        await talk.answer(talk.words(parts.REFUSALS[problem.reason], limit=problem.limit), alert=True)
        return
    after = await talk.desk.edit(article_id, version, **changes)
    await talk.amend(*_page(talk, after, at // SIZE))
    await talk.answer(talk.words("It is a point now, the last one."))
    await tell_of_change(talk, before)


def _page(talk: Talk, article: Article, number: int) -> tuple[Message, Keyboard]:
    say, key = talk.words, (article.id, article.version)
    found = worked_out(of_story, size_of(article), article)
    page = page_of(number, len(found), SIZE)
    shown = range(page.skip, min(page.skip + SIZE, len(found)))
    lines = [f"{say.number(at + 1)}. {found[at]}" for at in shown]
    rows: Keyboard = [[button(f"➕ {say.number(at + 1)}", "story.sentence", *key, at) for at in shown]]
    rows = [rows[0][:3], rows[0][3:]] if len(rows[0]) > 3 else rows if rows[0] else []
    rows += turning(say, page, "story.sentences", *key)
    rows.append([button(say("‹ Back"), "story.list_page", article.id, "point", 0)])
    title = f"{called_by(article)}\n{say('Which of its sentences shall be a point?')}"
    return titled(title, for_staff.quoted("\n\n".join(lines) or say("There is nothing."))), rows
