"""An update: a story that goes on with an earlier one; its posts reply to that one's, with a quote."""

from bot.desk import following, ledger
from bot.desk.stories import EDITABLE
from bot.errors import WrongState
from bot.line.calls import Keyboard
from bot.news.posts import for_staff
from handlers.talk import Talk, button, called_by, titled

SHOWN = 8
"""Stories that are out, the newest first; an older one is found with /posts."""


async def ask(talk: Talk, article_id: int, version: int) -> None:
    """Which story it goes on with: the last ones that are out."""
    article = await talk.desk.article(article_id, version)
    talk.desk.require_edit(article)
    if article.state not in EDITABLE:
        raise WrongState(article.state)
    say = talk.words
    found = [one for one in await ledger.stories(talk.desk) if one != article.id][:SHOWN]
    stories = await talk.db.articles.some(found)
    rows: Keyboard = [
        [button(for_staff.shortened(stories[id].headline, 50), "story.follow_this", article.id, id)]
        for id in found
    ]
    if await talk.db.follow_ups.get(article.id):
        rows.append([button(say("✖️ It follows none"), "story.follow_none", article.id)])
    title = say("Which story does it go on with?")
    none = say("No story is out yet that it could go on with.")
    hint = say("Its post then replies to that one's in each channel.") if rows else none
    await talk.reply(titled(title, f"{called_by(article)}\n{hint}"), rows)
    await talk.answer()


async def follow(talk: Talk, article_id: int, earlier_id: int) -> None:
    """It goes on with that one; which of its sentences has changed is asked."""
    await following.follow(talk.desk, article_id, earlier_id)
    say, earlier = talk.words, await talk.desk.article(earlier_id)
    rows: Keyboard = [
        [button(for_staff.shortened(text, 60), "story.follow_quote", article_id, number)]
        for number, text in enumerate(following.choices(earlier))
    ]
    rows.append([button(say("No quote"), "story.follow_quote", article_id, -1)])
    title = say("It goes on with that story. Which sentence of it has changed?")
    await talk.amend(titled(title, called_by(earlier)), rows)
    await talk.answer()


async def quote(talk: Talk, article_id: int, number: int) -> None:
    """That sentence is quoted in the reply, where it stands word for word in the earlier post."""
    link = await following.quote(talk.desk, article_id, number)
    article, earlier = await talk.desk.article(article_id), await talk.desk.article(link.earlier_id)
    lines = [called_by(article), talk.words("↩︎ goes on with: {headline}", headline=called_by(earlier))]
    if link.quote:
        lines.append(
            talk.words("Quoted: {text}", text=for_staff.quoted(for_staff.shortened(link.quote, 200)))
        )
    await talk.amend("\n".join(lines), [[button(talk.words("📄 Its card"), "open", article_id)]])
    await talk.answer()


async def leave(talk: Talk, article_id: int) -> None:
    """It goes on with none."""
    await following.leave(talk.desk, article_id)
    await talk.amend(talk.words("It goes on with no other story."))
    await talk.answer()
