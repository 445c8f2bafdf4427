"""The copy of a paste as its messages make it, however many there are and whatever was edited since."""

from collections.abc import Iterable
from itertools import pairwise

from bot.news.structure import captions, paste
from bot.news.talk import Spoken
from handlers.story import attachments, links
from handlers.talk import Talk


def said(talk: Talk, paste_id: int) -> Spoken:
    """The message as a part of a paste."""
    return Spoken(
        message_id=talk.message.message_id,
        paste_id=paste_id,
        words=links.written(talk.message),
        sent=None if talk.message.text is None else talk.text,
        media=attachments.media_of(talk.message),
    )


async def hear(talk: Talk, paste_id: int) -> None:
    """Keep the message, so that it is known when it is edited."""
    await talk.db.spoken.keep(talk.who.id, said(talk, paste_id))


def copy_of(spoken: Iterable[Spoken]) -> str:
    """Texts put together as an app has cut them; where there is none, the story under the files."""
    every = list(spoken)
    texts = [each for each in every if each.sent is not None]
    if not texts:
        under = [each for each in every if each.words]
        told = [each for each in under if attachments.tells(each.media, each.words)] or under
        return captions.sorted_out([each.words for each in told])[0]
    text = texts[0].words
    for before, part in pairwise(texts):
        text = paste.join(text, part.words, last_part=before.sent)
    return text
