"""Photos that arrive one by one: gathered, and put to their story when no more come. Knows no other field.

Telegram hands out an album as so many messages, with the words under one of them. Words and photos that were
sent (or forwarded) beside each other belong together too, whichever come first: an app puts more than ten
photos into two albums, and long words into messages of their own.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from telegram import Message as TelegramMessage

from bot.news.media import ALBUM, Media
from bot.news.model import Article
from bot.news.structure import captions, paste
from bot.news.talk import Arrived, Paste
from bot.words import N_
from handlers.story.reading import read
from handlers.story.telling import tell_of_change
from handlers.talk import Talk

WAIT = timedelta(seconds=paste.PATIENCE)
"""How long the next photo or part is waited for."""
FOR_WORDS = timedelta(minutes=10)
"""How long photos wait for their story: telephones send pictures first, and words are still to be written."""


def photo_of(message: TelegramMessage) -> Media | None:
    """The largest size of a message's picture."""
    return Media(file_id=message.photo[-1].file_id) if message.photo else None


async def begun(talk: Talk) -> Paste | None:
    """What has arrived of the album that the message is of."""
    album = talk.message.media_group_id
    return await talk.db.pastes.of_album(talk.who.id, album) if album else None


async def begin(talk: Talk, words: str) -> None:
    """Wait for what comes with a photo: the others of its album, or its words."""
    await gather(talk, await _started(talk), words)


async def begin_answer(talk: Talk, article: Article, *, replaces: bool) -> None:
    """Wait for the other photos of an album that is to be, or to join, the photos of a story."""
    started = await _started(talk)
    await talk.db.pastes.belongs_to(started.id, article.id, replaces=replaces)
    await gather(talk, started, "")


async def _started(talk: Talk) -> Paste:
    album = talk.message.media_group_id
    return await talk.db.pastes.start(talk.who.id, "", talk.message.date, talk.now + WAIT, media_group=album)


async def gather(talk: Talk, before: Paste, words: str) -> None:
    """Keep one message of an album; which words under its photos are the story shows when all are there."""
    at, settles_at, photo = talk.message.date, talk.now + WAIT, photo_of(talk.message)
    arrived = Arrived(talk.message.message_id, photo.file_id if photo else None, words)
    pictures = sorted({*before.pictures, arrived})
    if words and before.article_id is None and before.text == _story(before.pictures):
        await talk.db.pastes.grow(before.id, _story(pictures), words, at, settles_at)
    await talk.db.pastes.picture(before.id, pictures, at, settles_at)


def _story(pictures: Iterable[Arrived]) -> str:
    return captions.sorted_out([each.caption for each in pictures])[0]


async def waiting_for_words(talk: Talk) -> Paste | None:
    """The photos without words that were sent before the message, with no story beside them."""
    wordless = await _wordless(talk, talk.message.date)
    near = await talk.db.pastes.recent_of(talk.who.id, talk.message.date - WAIT)
    if wordless in near and any(each.text and wordless and each.id < wordless.id for each in near):
        return None
    return wordless


async def _wordless(talk: Talk, at: datetime, *, besides: int = 0) -> Paste | None:
    """The photos that wait for words at a time, the last sent first."""
    recent = await talk.db.pastes.recent_of(talk.who.id, at - FOR_WORDS)
    return next((each for each in recent if _is_wordless(each) and each.id != besides), None)


def _is_wordless(arriving: Paste) -> bool:
    return bool(
        arriving.settles_at and arriving.pictures and not arriving.text and arriving.article_id is None
    )


async def settle(talk: Talk, arrived: Paste) -> None:
    """Put to its story what has been gathered: to a new one where there are words.

    Raises:
        DeskError: the story may not be changed any more.
        EmptyCopy: of its words none has a letter.
    """
    if arrived.article_id is not None:
        await _put(talk, arrived, arrived.article_id, replaces=arrived.replaces)
    elif arrived.text:
        article = read(arrived.text, await talk.style(arrived.text))
        draft = await talk.desk.write(replace(article, media=_photos(arrived)[:ALBUM]))
        await talk.db.pastes.belongs_to(arrived.id, draft.id)
        await talk.show_card(draft.id)
        await _tell(talk, arrived, len(_photos(arrived)))
    else:
        await _put_beside(talk, arrived)


async def _put_beside(talk: Talk, arrived: Paste) -> None:
    """Photos without words go to the photos, or the story, that were sent at the same time."""
    since, until = arrived.last_part_at - WAIT, arrived.last_part_at + WAIT
    recent = await talk.db.pastes.recent_of(talk.who.id, since)
    near = [
        each for each in recent if each.id != arrived.id and each.last_part_at <= until and not each.refused
    ]
    for other in near:
        if other.settles_at and other.pictures:
            together = {*other.pictures, *arrived.pictures}
            await talk.db.pastes.picture(other.id, together, other.last_part_at, other.settles_at)
            return
    story = next((each.article_id for each in near if each.article_id is not None), None)
    if story is None:
        await _wait_for_words(talk, arrived)
        return
    await talk.db.pastes.belongs_to(arrived.id, story)
    await _put(talk, arrived, story, replaces=False)


async def _wait_for_words(talk: Talk, arrived: Paste) -> None:
    """Keep the photos until their story comes, which is said; those that have waited long enough go."""
    if not _photos(arrived):
        await talk.reply(talk.words("Of an album only the photos are taken, no videos or files."))
        return
    if arrived.settles_at is not None and arrived.settles_at - arrived.last_part_at >= FOR_WORDS:
        await talk.reply(
            talk.words(
                "No words came for the photos, and I let them go. Send them with their story, or add them "
                "with 🖼 on its card."
            )
        )
        return
    first, at = await _wordless(talk, arrived.last_part_at, besides=arrived.id), arrived.last_part_at
    kept, pictures = first or arrived, {*(first.pictures if first else ()), *arrived.pictures}
    await talk.db.pastes.picture(kept.id, pictures, at, max(talk.now, at + FOR_WORDS))
    count, minutes = len(pictures), FOR_WORDS.seconds // 60
    text = N_(
        "{count} {count:photo waits|photos wait} for {count:its|their} story: there is no word in it that I "
        "could make one of. Send the text within {minutes} minutes."
    )
    await talk.reply(talk.words(text, count=count, minutes=minutes))
    await _tell_of_captions(talk, arrived)


async def _put(talk: Talk, arrived: Paste, article_id: int, *, replaces: bool) -> None:
    article = await talk.desk.article(article_id)
    photos = (() if replaces else article.media) + _photos(arrived)
    await talk.desk.set_media(article.id, article.version, photos[:ALBUM])
    await talk.reply(talk.words("The photos are set."))
    await _tell(talk, arrived, len(photos))
    await talk.show_card(article.id)
    await tell_of_change(talk, article)


def _photos(arrived: Paste) -> tuple[Media, ...]:
    return tuple(Media(file_id=each.photo) for each in arrived.pictures if each.photo)


async def _tell(talk: Talk, arrived: Paste, count: int) -> None:
    """Say what was left out."""
    if count > ALBUM:
        await talk.reply(
            talk.words("A story has room for {limit} photos. The first {limit} are taken.", limit=ALBUM)
        )
    if not all(each.photo for each in arrived.pictures):
        await talk.reply(talk.words("Of an album only the photos are taken, no videos or files."))
    await _tell_of_captions(talk, arrived)


async def _tell_of_captions(talk: Talk, arrived: Paste) -> None:
    """Say which words under the photos are not in the story."""
    found = dict.fromkeys(each.caption.strip() for each in arrived.pictures)
    story = arrived.text if arrived.article_id is None else ""
    left = [each for each in found if each and each not in story]
    if left:
        shown = " ".join(f"«{' '.join(each.split())[:80]}»" for each in left)
        await talk.reply(
            talk.words("Words under single photos of an album are not posted: {captions}", captions=shown)
        )


def without(photos: Iterable[Media], *numbers: int) -> tuple[Media, ...]:
    """The photos but for some, counted from 1."""
    return tuple(photo for number, photo in enumerate(photos, start=1) if number not in numbers)
