"""What has changed between two versions of a story, as its people read it: in a page, or with a notice."""

from bot.aside import worked_out
from bot.desk import audience, versions
from bot.drawing import size_of
from bot.errors import NotFound
from bot.line.calls import Keyboard
from bot.news.media import grouped
from bot.news.model import Article, ArticleState, Message
from bot.news.posts import fields as texts
from bot.news.posts import for_staff, pages
from bot.news.posts.markup import Styled, entities, joined, styled
from bot.words import N_, Words, words
from handlers.paging import Page, turning
from handlers.phrases import called
from handlers.story.fields import NAMES, chosen
from handlers.talk import Talk, button, called_by

_QUICKER = 4
"""Times as fast as reading copy."""


def told(was: Article, now: Article, zone: str, say: Words) -> Styled:
    """All that has changed, field by field; nothing where nothing has."""
    before, after = for_staff.story(was), for_staff.story(now)
    size = (size_of(was) + size_of(now)) // _QUICKER
    found = worked_out(texts.differences, size, before, after)
    pieces = [joined("\n", [styled(say(NAMES[field]), "bold"), body]) for field, body in found]
    pieces += [Styled(line) for line in chosen(before, after, zone, say)]
    return joined("\n\n", pieces)


def message(title: str, was: Article, now: Article, zone: str, say: Words) -> tuple[Message, Keyboard]:
    """What has changed under a title, as far as one message holds it, and the way to all of it."""
    body, rest = told(was, now, zone, say), list[Styled]()
    if body.text:
        body, *rest = pages.cut(body)
    text = joined("\n\n", [Styled(title), body if body.text else Styled(say("Nothing has changed."))])
    rows: Keyboard = [[button(say("📄 Its card"), "open", now.id)]]
    if rest:
        more = button(say("All that has changed"), "story.compare", now.id, was.version, now.version, 0)
        rows.insert(0, [more])
    return Message(text=text.text, entities=entities(text)), rows


async def compare(talk: Talk, article_id: int, earlier: int, later: int, number: int) -> None:
    """A page of what has changed between any two versions, in place of the message that was pressed."""
    was, now = [await versions.at(talk.desk, article_id, each) for each in (earlier, later)]
    say, zone = talk.words, talk.house.time_zone
    found = [part for part in pages.cut(told(was, now, zone, say)) if part.text.strip()]
    found = found or [Styled(say("Nothing has changed."))]
    number = min(max(0, number), len(found) - 1)
    title = say("From version {earlier} to {later}", earlier=earlier, later=later)
    text = joined("\n\n", [styled(f"{called_by(now)}\n{title}", "bold"), found[number]])
    key = ("story.compare", article_id, earlier, later)
    rows = turning(say, Page(number=number, count=len(found), size=1), *key)
    rows.append([button(say("🕘 History"), "story.history", article_id, 0)])
    await talk.amend(Message(text=text.text, entities=entities(text)), rows)


async def tell_resubmitted(talk: Talk, before: Article) -> None:
    """A story comes back that changes were asked of: its editors see what was asked and what was done."""
    if before.state is not ArticleState.CHANGES_REQUESTED:
        return
    story = await versions.past(talk.desk, before.id)
    asked = next((entry for entry in reversed(story.log) if entry.verb == "request_changes"), None)
    if asked is None:
        return
    detail = asked.detail or {}
    version = int(detail.get("version") or story.at(asked.at))  # once it was not noted
    was = await talk.db.articles.at_version(before.id, version) or before
    note = str(detail.get("note") or "")
    for editor in await audience.editors(talk.db):
        if editor.id != talk.who.id:
            say = words(editor.language)
            lines = [called_by(before), say("Asked for: {note}", note=note), say("Changed since:")]
            await talk.reply(
                *message("\n".join(lines), was, story.article, talk.house.time_zone, say), to=editor.id
            )


async def tell_editors(talk: Talk, before: Article) -> None:
    """An approved story was changed by somebody who may not approve: its editors hear of it, and see what."""
    article = await talk.desk.article(before.id)
    was = await talk.db.articles.at_version(before.id, before.approved_version or before.version) or before
    for editor in await audience.editors(talk.db):
        if editor.id != talk.who.id:
            say = words(editor.language)
            said = N_("{name} has changed “{headline}”, which was approved; it waits for you again.")
            headline = for_staff.shortened(article.headline, 100)
            changed = say("Changed since it was approved:")
            title = f"{say(said, name=called(talk.who, say), headline=headline)}\n{changed}"
            await talk.reply(*message(title, was, article, talk.house.time_zone, say), to=editor.id)


async def tell_correction(talk: Talk, article: Article, was: Article | None) -> None:
    """A correction goes out: its reporter hears of it, and sees it against what readers had."""
    if article.reporter_id == talk.who.id:
        return
    for person in await audience.of_story(talk.db, article, article.reporter_id):
        say, headline = words(person.language), for_staff.shortened(article.headline, 100)
        said = N_("{name} has published a correction of “{headline}”.")
        title = say(said, name=called(talk.who, say), headline=headline)
        await talk.reply(*message(title, was or article, article, talk.house.time_zone, say), to=person.id)


async def against_readers(talk: Talk, article_id: int, said: str) -> tuple[Message, Keyboard]:
    """A sentence on a story that is out, with what its newest version changes of what readers have."""
    article = await talk.desk.article(article_id)
    was = await talk.db.articles.at_version(article.id, article.approved_version or 0)
    if was is None:
        raise NotFound("version")
    if _shape(was) != _shape(article):
        said = f"{said}\n{talk.words(_FILES)}"
    return message(f"{called_by(article)}\n{said}", was, article, talk.house.time_zone, talk.words)


def _shape(article: Article) -> list[int]:
    """How many files each message of its post has: no edit makes it another (`bot.delivery.changing`)."""
    return [len(group) for group in grouped(article.media)]


_FILES = N_(
    "⚠️ No edit puts a file into a post that is out, or takes one away: readers keep the post as it is. To "
    "show this one, take the post down on its page and post it again; or send the file as a story of its own "
    "that goes on with this one."
)
REMAINS = N_("Readers still have the version before. Confirm the correction on the card, or undo the edit.")
