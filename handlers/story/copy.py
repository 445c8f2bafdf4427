"""Raw copy coming in: a paste becomes a draft and its card; the parts of a long one are put together."""

from dataclasses import replace

from bot.desk import spiking
from bot.desk.stories import SCHEDULERS, WRITERS
from bot.news import copydesk
from bot.news.structure import intake, paste
from bot.news.talk import Paste
from handlers.story import albums, attachments, errands, links, origins, two_stories, whole
from handlers.story.albums import WAIT
from handlers.story.reading import read
from handlers.talk import Talk

LONG = 3500
"""From this length on a message may be a part: Telegram's apps cut at 4,096 at the latest."""
_ANSWER = 200
"""Characters that may be an answer of its own, though they come right behind a message that was too long."""


async def incoming(talk: Talk) -> None:
    """Take a message as copy: a new draft, the next part of the paste before it, or one file of several."""
    if not talk.desk.may(WRITERS) and talk.desk.may(SCHEDULERS):
        await talk.reply(
            talk.words(
                "I have no question open that this could answer, and changed nothing. "
                "Press the button again, or begin with /queue or /slots. "
                "Stories are sent in by reporters and editors."
            )
        )
        return
    talk.desk.require(WRITERS)
    album, file = talk.message.media_group_id, attachments.media_of(talk.message)
    if not album and (why := attachments.refusal(talk)):
        await talk.reply(why)
        return
    text, before = links.written(talk.message), await _continued(talk)
    if before is None and await errands.taken(talk):
        return
    if before is None and not file and not album:
        before = await albums.waiting_for_words(talk)
    if not album:
        await attachments.tell_left_out(talk)
    if before:
        await _grow(talk, before, text)
        return
    if album or (file and not attachments.tells(file, text)):
        await albums.begin(talk, text)
        return
    settles_at = talk.now + WAIT if len(talk.text) >= LONG else None
    # Where more may come it is read when all is there; until then the draft has it as it was sent.
    article = copydesk.unread(text) if settles_at else read(text, await talk.style(text))
    origin = await origins.of(talk)
    article = origins.named(article, origin, talk.words)
    draft = await talk.desk.write(replace(article, media=(file,) if file else ()))
    opened = await talk.db.pastes.start(
        talk.who.id,
        text,
        talk.message.date,
        settles_at,
        last_part=talk.text,
        article_id=draft.id,
        origin=origin,
    )
    await whole.hear(talk, opened.id)
    await talk.show_card(draft.id)
    await two_stories.ask(talk, opened, draft)


async def is_of_album(talk: Talk) -> bool:
    """Whether a message is a further one of an album, whose first was taken as copy or as an answer."""
    before = await albums.begun(talk)
    if before is None:
        return False
    await albums.gather(talk, before, links.written(talk.message))
    return True


async def is_swallowed(talk: Talk) -> bool:
    """Whether a message is the rest of something that was refused as too long."""
    before, at = await _continued(talk), talk.message.date
    if before is None or not before.refused:
        return False
    if before.article_id is None and not paste.was_cut(before.last_part, talk.text):
        return False  # a better answer, sent at once
    await talk.db.pastes.grow(before.id, before.text, talk.text, at, None)
    if before.article_id is None and len(talk.text) <= _ANSWER:
        await talk.reply(
            talk.words(
                "I took that for the end of the message that was too long. If it is your answer, "
                "send it again."
            )
        )
    return True


async def swallow(talk: Talk) -> None:
    """Refuse a message together with what an app may have cut off it, or with the rest of its album."""
    at, album = talk.message.date, talk.message.media_group_id
    refused = await talk.db.pastes.start(talk.who.id, talk.text, at, None, media_group=album)
    await talk.db.pastes.refuse(refused.id, at)


async def _continued(talk: Talk) -> Paste | None:
    """The paste that the message is the next part of; an album may have come between the two.

    Telegram's own dates decide, so that mail that waited for us through an outage is put together too.
    """
    at = talk.message.date
    if talk.message.text is None:  # under a picture, or in an album
        return None
    for before in await talk.pasted_since(at - WAIT):
        if paste.continues(before.last_part, (at - before.last_part_at).total_seconds(), talk.text):
            return before
    return None


async def _grow(talk: Talk, before: Paste, part: str) -> None:
    at = talk.message.date
    text = paste.join(before.text, part, last_part=before.last_part) if before.text else part
    if len(text) <= intake.MAX_COPY:
        await talk.db.pastes.grow(before.id, text, talk.text, at, talk.now + WAIT)
        await whole.hear(talk, before.id)
        if not before.text:
            await origins.of_words(talk, before)
        return
    await talk.db.pastes.refuse(before.id, at)
    if before.article_id is not None:  # a story without its end is no story: the draft goes with it
        draft = await talk.desk.article(before.article_id)
        await spiking.spike(talk.desk, draft.id, draft.version)
    await talk.reply(
        talk.words(
            "That is more than {limit} characters, too long for one story. What had arrived of it is spiked; "
            "your other drafts stand.",
            limit=intake.MAX_COPY,
        )
    )
