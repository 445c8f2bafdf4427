"""A message that its person edits afterwards: the draft made of it follows, while it is still theirs.

What was changed on the card since stays as it is there, and that is said.
"""

from datetime import datetime, timedelta
from typing import Any

from bot.errors import CopyError, DeskError
from bot.news import merging
from bot.news.media import ALBUM
from bot.news.model import Article, ArticleState
from bot.news.talk import Paste, Spoken
from bot.words import N_
from handlers.phrases import ARTICLE_STATES
from handlers.story import albums, attachments, origins, whole
from handlers.story.reading import read
from handlers.talk import Talk, button, called_by

KNOWN_FOR = timedelta(days=2)
"""How long what became of a message is known (`bot.tidying.PASTES`)."""
_THEIRS = frozenset({ArticleState.DRAFT, ArticleState.CHANGES_REQUESTED})
_FIELDS = {
    "headline": N_("Headline"),
    "lede": N_("Lede"),
    "key_points": N_("Key points"),
    "hashtags": N_("Hashtags"),
    "sections": N_("Full text"),
}
_OTHER = N_("Other fields")


async def edited(talk: Talk) -> None:
    """Take over the edit of a message, or say why not and what to do."""
    was = await talk.db.spoken.get(talk.who.id, talk.message.message_id)
    if was is None:
        await _unknown(talk)
        return
    now = whole.said(talk, was.paste_id)
    if now == was:
        return  # Telegram tells of edits that change nothing for us (Bot API, `Update.edited_message`)
    arrived = await talk.db.pastes.get(was.paste_id)
    assert arrived is not None  # it goes with its messages
    await talk.db.spoken.keep(talk.who.id, now)
    copy = whole.copy_of(await talk.db.spoken.of(arrived.id))
    if arrived.article_id is not None:
        await _story_changed(talk, arrived, (was, now), copy)
    elif arrived.settles_at is not None and arrived.pictures:
        await _still_waiting(talk, arrived, now, copy)
    else:
        await talk.reply(talk.words("No story was made of that message. Send it once more as it should be."))


async def _unknown(talk: Talk) -> None:
    message = talk.message
    has_words = message.text is not None or message.caption is not None
    if message.edit_date is None or not (has_words or attachments.media_of(message)):
        return  # nobody has edited it: a place moves, a poll is voted on, a preview has come
    if talk.now - message.date > KNOWN_FOR:
        text = N_(
            "That message is older than two days, and I don't know any more what became of it. To change its "
            "story, press ✏️ on its card; /drafts finds it."
        )
    else:
        text = N_(
            "I made no story of that message, so your edit of it changes nothing. To change a story, press ✏️ "
            "on its card; to be heard, write a new message."
        )
    await talk.reply(talk.words(text))


async def _still_waiting(talk: Talk, arrived: Paste, now: Spoken, copy: str) -> None:
    """Files that wait for their words have others, or the words now."""
    mine = [each for each in arrived.pictures if each.message_id == now.message_id]
    changed = [each._replace(media=now.media, caption=now.words) for each in mine]
    pictures = albums.joined(arrived.pictures, changed)
    has_words = any(map(str.isalnum, copy)) and any(map(str.isalnum, now.words))
    if has_words and copy != arrived.text:
        await talk.db.pastes.reword(arrived.id, copy)
        settles_at: datetime | None = talk.now + albums.WAIT
    else:
        settles_at = arrived.settles_at
    await talk.db.pastes.picture(arrived.id, pictures, arrived.last_part_at, settles_at)


async def _story_changed(talk: Talk, arrived: Paste, versions: tuple[Spoken, Spoken], copy: str) -> None:
    try:
        article = await talk.desk.article(arrived.article_id or 0)
    except DeskError:
        await talk.reply(talk.words("The story of that message is not yours any more; nothing is changed."))
        return
    if article.state not in _THEIRS or "edit" not in talk.desk.allowed(article):
        await _too_late(talk, article)
        return
    if arrived.text and arrived.settles_at is not None:  # it is read once all of it is there
        await talk.db.pastes.reword(arrived.id, copy)
        return
    changes, kept = _media(article, *versions), tuple[str, ...]()
    if copy != arrived.text and arrived.text:
        try:
            worded, kept = await _reread(talk, article, arrived, copy)
        except CopyError:
            await talk.reply(
                f"{talk.words('No story is left in it, so I kept the one before.')}\n{called_by(article)}"
            )
            return
        changes |= worded
        await talk.db.pastes.reword(arrived.id, copy)
    if changes:
        await talk.desk.edit(article.id, article.version, **changes)
        await talk.show_card(article.id)
    await _say(talk, article, kept, changed=bool(changes))


def _media(article: Article, was: Spoken, now: Spoken) -> dict[str, Any]:
    """The story's files with the message's new one; a file that it has only now is added."""
    if was.media == now.media:
        return {}
    if was.media in article.media:
        exchanged = [now.media if each == was.media else each for each in article.media]
        return {"media": tuple(each for each in exchanged if each is not None)}
    added = now.media is not None and was.media is None and len(article.media) < ALBUM
    return {"media": (*article.media, now.media)} if added else {}


async def _reread(
    talk: Talk, article: Article, arrived: Paste, copy: str
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What the copy changes as it is now, and the fields that somebody has changed on the card.

    Raises:
        CopyError: it is no story any more.
    """
    before, after = [
        origins.named(read(each, await talk.style(each)), arrived.origin, talk.words)
        for each in (arrived.text, copy)
    ]
    return merging.merged(before, after, article)


async def _too_late(talk: Talk, article: Article) -> None:
    text = N_(
        "Your edit of that message changes nothing: its story is {state} by now. What should be another way "
        "is changed on its card, or said to who has it."
    )
    said = talk.words(text, state=talk.words(ARTICLE_STATES[article.state]))
    rows = [[button(talk.words("📄 Its card"), "open", article.id)]]
    await talk.reply(f"{called_by(article)}\n{said}", rows)


async def _say(talk: Talk, article: Article, kept: tuple[str, ...], *, changed: bool) -> None:
    say = talk.words
    text = N_("Your edit is in the story.") if changed else N_("Your edit changes nothing of the story.")
    lines = [called_by(article), say(text)]
    if kept:
        names = dict.fromkeys(say(_FIELDS.get(name, _OTHER)) for name in kept)
        stays = N_("What was changed on the card since stays as it is there: {fields}")
        lines.append(say(stays, fields=say(", ").join(names)))
    await talk.reply("\n".join(lines))
