"""The page on which a story's people choose how its posts are sent: sound, previews, protection."""

from dataclasses import replace
from typing import Any

from bot.errors import NotFound
from bot.line.calls import Keyboard
from bot.news.model import Article, Message
from bot.news.switches import Preview
from handlers.story import full_text
from handlers.story.switched import PREVIEWS, SWITCHES, told
from handlers.story.telling import tell_of_change
from handlers.talk import Talk, button, called_by, titled


async def show(talk: Talk, article_id: int, version: int) -> None:
    """A press on "how it is sent": the page, as a message of its own."""
    del version
    await talk.reply(*_page(talk, talk.desk.require_editable(await talk.desk.article(article_id))))


async def choose(talk: Talk, article_id: int, version: int, name: str) -> None:
    """A press on a switch: it is turned; on a preview: it is chosen. One of an older version does nothing."""
    before = talk.desk.require_editable(await talk.desk.article(article_id))
    if before.version != version:
        await talk.amend(*_page(talk, before))
        await talk.answer(talk.words(full_text.CHANGED), alert=True)
        return
    if name in SWITCHES:
        turned: dict[str, Any] = {name: not getattr(before.switches, name)}
        switches = replace(before.switches, **turned)
    elif name in set(Preview):
        switches = replace(before.switches, preview=Preview(name))
    else:
        raise NotFound("button")
    after = await talk.desk.edit(article_id, version, switches=switches)
    await talk.amend(*_page(talk, after))
    if after.version != before.version:
        await tell_of_change(talk, before)


def _page(talk: Talk, article: Article) -> tuple[Message, Keyboard]:
    say, key = talk.words, (article.id, article.version)
    rows: Keyboard = [[button(say(text), "story.switch", *key, name)] for name, text in SWITCHES.items()]
    previews = [
        button(
            ("✅ " if kind is article.switches.preview else "") + say(text), "story.switch", *key, kind.value
        )
        for kind, text in PREVIEWS.items()
    ]
    rows += [previews[:2], previews[2:], [button(say("📄 Its card"), "open", article.id)]]
    note = say("Sound and protection count for posts that are still to go out. A pin is set for each post.")
    title = f"{called_by(article)}\n{say('How it is sent')}"
    return titled(title, "\n".join([*told(article.switches, say), "", note])), rows
