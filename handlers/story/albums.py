"""Files that arrive one by one: gathered, and put to their story when no more come. Knows no other field.

Telegram hands out an album as so many messages, with the words under one of them. Words and files that were
sent (or forwarded) beside each other belong together too, whichever come first: an app puts more than ten
photos into two albums, and long words into messages of their own. Where neither came at once they wait for
each other ten minutes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.news.media import ALBUM, Media, MediaKind, grouped
from bot.news.model import Article
from bot.news.posts.warnings import Kind, Warned
from bot.news.structure import captions, paste
from bot.news.talk import Arrived, Paste
from bot.words import N_
from handlers import prompts
from handlers.story import attachments, links, origins, warnings, which_story, whole
from handlers.story.reading import read
from handlers.story.telling import tell_of_change
from handlers.talk import LATELY, Talk, called_by

WAIT = timedelta(seconds=paste.PATIENCE)
"""How long the next photo or part is waited for."""
FOR_WORDS = LATELY
"""How long files and their story wait for each other: telephones send pictures first, and words take time."""


async def begun(talk: Talk) -> Paste | None:
    """What has arrived of the album that the message is of."""
    album = talk.message.media_group_id
    return await talk.db.pastes.of_album(talk.who.id, album) if album else None


async def begin(talk: Talk, words: str) -> None:
    """Wait for what comes with a file: the others of its album, or its words."""
    await gather(talk, await _started(talk), words)


async def begin_answer(talk: Talk, article: Article, *, replaces: bool) -> None:
    """Wait for the others of an album that is to be, or to join, the files of a story."""
    started = await _started(talk)
    await talk.db.pastes.belongs_to(started.id, article.id, replaces=replaces)
    await gather(talk, started, links.written(talk.message).strip().removeprefix("+"))


async def _started(talk: Talk) -> Paste:
    album = talk.message.media_group_id
    at, origin = talk.message.date, await origins.of(talk)
    return await talk.db.pastes.start(talk.who.id, "", at, talk.now + WAIT, media_group=album, origin=origin)


async def gather(talk: Talk, before: Paste, words: str) -> None:
    """Keep one message with a file; which words under the files are the story shows when all are there."""
    at, settles_at, file = talk.message.date, talk.now + WAIT, attachments.media_of(talk.message)
    pictures = joined(before.pictures, [Arrived(talk.message.message_id, file, words)])
    story = _story(pictures)
    if words and before.article_id is None and before.text == _story(before.pictures) != story:
        await talk.db.pastes.grow(before.id, story, words, at, settles_at)
    await talk.db.pastes.picture(before.id, pictures, at, settles_at)
    await whole.hear(talk, before.id)


def joined(*several: Iterable[Arrived]) -> list[Arrived]:
    """All of them, each once, as they were sent."""
    found = {each.message_id: each for some in several for each in some}
    return [found[message_id] for message_id in sorted(found)]


def _story(pictures: Iterable[Arrived]) -> str:
    told = [each for each in pictures if attachments.tells(each.media, each.caption)]
    return captions.sorted_out([each.caption for each in told])[0]


async def waiting_for_words(talk: Talk) -> Paste | None:
    """The files without words that were sent before the message, with no story beside them."""
    if not any(map(str.isalnum, talk.text)):
        return None
    at = talk.message.date
    wordless = next((each for each in await talk.pasted_since(at - FOR_WORDS) if _is_wordless(each)), None)
    near = await talk.pasted_since(at - WAIT)
    if wordless in near and any(each.text and wordless and each.id < wordless.id for each in near):
        return None
    if wordless is not None:
        await prompts.close(talk.db, talk.who.id, which_story.key_of(wordless))
    return wordless


def _is_wordless(arriving: Paste) -> bool:
    return bool(
        arriving.settles_at and arriving.pictures and not arriving.text and arriving.article_id is None
    )


async def settle(talk: Talk, arrived: Paste) -> None:
    """Put to its story what has been gathered: to a new one where there are words.

    Raises:
        DeskError: the story may not be changed any more.
        CopyError: no story can be made of its words.
    """
    if arrived.article_id is not None:
        await put(talk, arrived, arrived.article_id)
    elif arrived.text:
        article = read(arrived.text, await talk.style(arrived.text))
        article = origins.named(article, arrived.origin, talk.words)
        draft = await talk.desk.write(replace(article, media=files_of(arrived)[:ALBUM]))
        await talk.db.pastes.belongs_to(arrived.id, draft.id)
        await talk.show_card(draft.id)
        await _tell(talk, arrived, files_of(arrived))
    else:
        await _put_beside(talk, arrived)


async def _put_beside(talk: Talk, arrived: Paste) -> None:
    """Files without words go to those, or to the story, sent at the same time; else to one sent lately."""
    if not files_of(arrived):
        await _tell_of_the_rest(talk, arrived)
        return
    if arrived.settles_at is not None and arrived.settles_at - arrived.last_part_at >= FOR_WORDS:
        await _let_go(talk, arrived)
        return
    recent = [
        each
        for each in await talk.db.pastes.recent_of(talk.who.id, arrived.last_part_at - FOR_WORDS)
        if each.id != arrived.id and not each.refused
    ]
    near = [each for each in recent if abs(each.last_part_at - arrived.last_part_at) <= WAIT]
    for other in near:
        if other.settles_at and other.pictures:
            together = joined(other.pictures, arrived.pictures)
            await talk.db.pastes.picture(other.id, together, other.last_part_at, other.settles_at)
            await talk.db.spoken.move(arrived.id, other.id)
            return
    beside = next((each.article_id for each in near if each.article_id is not None), None)
    if beside is not None:
        await talk.db.pastes.belongs_to(arrived.id, beside)
        await put(talk, arrived, beside)
        return
    waiting = next((each for each in recent if _is_wordless(each)), None)
    stories = [] if waiting else await which_story.of(talk, recent)
    if len(stories) == 1:
        await talk.db.pastes.belongs_to(arrived.id, stories[0].id)
        await put(talk, arrived, stories[0].id, as_guessed=True)
    else:
        await wait_for_words(talk, arrived, waiting, stories)


async def wait_for_words(
    talk: Talk, arrived: Paste, waiting: Paste | None = None, stories: Sequence[Article] = ()
) -> None:
    """Keep the files, with those that wait already, until their story comes; which of several is asked."""
    at, kept = arrived.last_part_at, waiting or arrived
    pictures = joined(waiting.pictures if waiting else (), arrived.pictures)
    await talk.db.pastes.picture(kept.id, pictures, at, max(talk.now, at + FOR_WORDS))
    if kept is not arrived:
        await talk.db.spoken.move(arrived.id, kept.id)
    count, minutes = len(pictures), FOR_WORDS.seconds // 60
    text = _counted(
        [each.media for each in pictures],
        N_(
            "{count} {count:photo waits|photos wait} for {count:its|their} story: there is no word in it that"
            " I could make one of. Send the text within {minutes} minutes."
        ),
        N_(
            "{count} {count:file waits|files wait} for {count:its|their} story: there are no words with it "
            "that I could make one of. Send the text within {minutes} minutes."
        ),
    )
    said = talk.words(text, count=count, minutes=minutes)
    if any(each.media and each.media.kind is MediaKind.DOCUMENT for each in pictures):
        said += " " + talk.words("I can't read what is in a file: paste its text here.")
    if stories:
        await which_story.ask(talk, kept, said, stories)
    else:
        await talk.reply(said)
    await _tell_of_captions(talk, arrived)


async def _let_go(talk: Talk, arrived: Paste) -> None:
    await prompts.close(talk.db, talk.who.id, which_story.key_of(arrived))
    text = _counted(
        files_of(arrived),
        N_(
            "No words came for the photos, and I let them go. Send them with their story, or add them "
            "with 🖼 on its card."
        ),
        N_(
            "No words came for the files, and I let them go. Send them with their story, or add them "
            "with 🖼 on its card."
        ),
    )
    await talk.reply(talk.words(text))


async def put(talk: Talk, arrived: Paste, article_id: int, *, as_guessed: bool = False) -> None:
    """Add the files to a story, or let them take the place of those it has.

    `as_guessed`: nobody has said that they are that story's, so it can be said that they are another's.

    Raises:
        DeskError: the story may not be changed any more.
    """
    article = await talk.desk.article(article_id)
    had = () if arrived.replaces else article.media
    media = had + tuple(each for each in files_of(arrived) if each not in had)
    from_whom = arrived.origin and replace(arrived.origin, channel=False)
    note = origins.named(article, from_whom, talk.words).ed_note
    saved = await talk.desk.edit(article.id, article.version, media=media[:ALBUM], ed_note=note)
    text = _counted(files_of(arrived), N_("The photos are set."), N_("The files are set."))
    if as_guessed:
        await which_story.say_guessed(talk, arrived, saved)
    else:
        await talk.reply(f"{talk.words(text)}\n{called_by(article)}")
    await _tell(talk, arrived, media)
    await talk.show_card(article.id)
    await tell_of_change(talk, article)


def files_of(arrived: Paste) -> tuple[Media, ...]:
    return tuple(each.media for each in arrived.pictures if each.media)


def _counted(media: Iterable[Media | None], of_photos: str, of_files: str) -> str:
    """The sentence that is right for them: most are photos."""
    return of_photos if all(each is None or each.kind is MediaKind.PHOTO for each in media) else of_files


async def tell_of_mixture(talk: Talk, media: Sequence[Media]) -> None:
    """Say it where a story's files can't stand in one message, and what follows from it."""
    apart = len(grouped(media)) - 1
    if apart > 0:
        await talk.reply(warnings.line(Warned(kind=Kind.FILES, count=apart), talk.words))


async def _tell(talk: Talk, arrived: Paste, media: Sequence[Media]) -> None:
    """Say what was left out, and what can't stand together."""
    await tell_of_mixture(talk, media)
    if len(media) > ALBUM:
        text = _counted(
            files_of(arrived),
            N_("A story has room for {limit} photos. The first {limit} are taken."),
            N_("A story has room for {limit} files. The first {limit} are taken."),
        )
        await talk.reply(talk.words(text, limit=ALBUM))
    if not all(each.media for each in arrived.pictures):
        await _tell_of_the_rest(talk, arrived)
    await _tell_of_captions(talk, arrived)


async def _tell_of_the_rest(talk: Talk, arrived: Paste) -> None:
    left = sum(each.media is None for each in arrived.pictures)
    text = N_("Of what came together I could not take {count}: photos, videos and files can be posted.")
    await talk.reply(talk.words(text, count=left))


async def _tell_of_captions(talk: Talk, arrived: Paste) -> None:
    """Say which words under the files are not in the story."""
    found = dict.fromkeys(each.caption.strip() for each in arrived.pictures)
    story = arrived.text if arrived.article_id is None else ""
    left = [each for each in found if each and each not in story]
    if left:
        await tell_of_captions(talk, left)


async def tell_of_captions(talk: Talk, left: Iterable[str]) -> None:
    shown = " ".join(f"«{' '.join(each.split())[:80]}»" for each in left)
    await talk.reply(talk.words("Words under single files are not posted: {captions}", captions=shown))
