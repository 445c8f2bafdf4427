"""The whole text of a story, to be read before it is decided on: page after page, in one message."""

from dataclasses import replace

from bot.aside import worked_out
from bot.desk.approval import decided_on
from bot.drawing import size_of
from bot.line.calls import Keyboard
from bot.news.model import Article, Message
from bot.news.posts import for_staff, pages
from bot.news.posts.markup import Styled, entities, joined, styled
from bot.words import N_, Words
from handlers.paging import Page, turning
from handlers.talk import Talk, button

CHANGED = N_("The story has changed meanwhile; this is how it stands now.")
"""Over a page of ours that was drawn anew, because its button was pressed on an older version."""
_QUICKER = 10
"""Times as fast as reading copy."""


async def show(talk: Talk, article_id: int, version: int) -> None:
    """A press on "full text": its first page, as a message of its own."""
    article = await talk.desk.article(article_id)
    await talk.reply(*await page(talk, article, 0))
    if article.version != version:
        await talk.answer(talk.words(CHANGED))


async def turn(talk: Talk, article_id: int, version: int, number: int) -> None:
    """Another page, in the same message."""
    article = await talk.desk.article(article_id)
    await talk.amend(*await page(talk, article, number))
    if article.version != version:
        await talk.answer(talk.words(CHANGED))


async def page(talk: Talk, article: Article, number: int) -> tuple[Message, Keyboard]:
    """A page, and the way to the others; the last one that there is for a number that is too high."""
    say, content = talk.words, await decided_on(talk.desk, article)
    found = [*(each.text for each in of_story(content)), *pages.cut(about(content, say))]
    count, number = len(found), min(max(0, number), len(found) - 1)
    body = found[number]
    place = say("{number} of {count}", number=number + 1, count=count)
    version = say("version {version}", version=content.version)
    name = for_staff.quoted(for_staff.shortened(content.headline, 60))
    title = styled(f"📖 {name} · {place} · {version}", "bold")
    text = joined("\n\n", [title, body if body.text.strip() else Styled(say("There is nothing."))])
    rows = _turns(talk, article, number, count)
    if content.version == article.version and "edit" in talk.desk.allowed(article):
        rows[-1:-1] = _edits(talk, article, number)
    return Message(text=text.text, entities=entities(text)), rows


def of_story(article: Article) -> tuple[pages.Page, ...]:
    """The pages of its text, as a chat of the staff shows them."""
    found: tuple[pages.Page, ...] = worked_out(
        pages.pages, size_of(article) // _QUICKER, for_staff.story(replace(article, repairs=()))
    )
    return found


def _turns(talk: Talk, article: Article, number: int, count: int) -> Keyboard:
    say, key = talk.words, (article.id, article.version)
    turns = turning(say, Page(number=number, count=count, size=1), "story.text_page", *key)
    return [*turns, [button(say("📄 Its card"), "open", article.id)]]


def _edits(talk: Talk, article: Article, number: int) -> Keyboard:
    """The way to change a stretch of the text that a page shows."""
    say, key, found = talk.words, (article.id, article.version), of_story(article)
    page = found[number] if number < len(found) else None
    if page is None or page.section is None:
        return []
    place = f"text.{page.section}.{page.first}.{page.end}"
    return [[button(say("✏️ Write this part anew"), "story.write", *key, place)]]


def about(article: Article, say: Words) -> Styled:
    """What is known of the story besides its text, a line each."""
    related = "\n".join(f"• {link.title}" + (f"\n{link.url}" if link.url else "") for link in article.related)
    found = [
        (N_("Byline"), article.byline),
        (N_("About the author"), article.author_bio),
        (N_("Dateline"), article.dateline),
        (N_("Source"), article.source),
        (N_("Its address"), article.source_url),
        (N_("Category"), article.category),
        (N_("Keywords"), say(", ").join(article.keywords)),
        (N_("Hashtags"), " ".join(f"#{tag}" for tag in article.hashtags)),
        (N_("Related"), related and "\n" + related),
        (N_("Note to colleagues, never published"), article.ed_note),
    ]
    shown = [
        joined("", [styled(f"{say(name)}: ", "bold"), Styled(for_staff.quoted(value))])
        for name, value in found
        if value
    ]
    return joined("\n", shown)
