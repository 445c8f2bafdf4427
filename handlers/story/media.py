"""The files of a story: put there, taken away, put into another order; to which story they go is asked."""

from collections.abc import Iterable
from dataclasses import replace

from bot.news.media import ALBUM, Media, MediaKind
from bot.news.model import Article
from bot.news.structure import intake
from bot.news.talk import Paste
from bot.words import N_
from handlers import prompts
from handlers.story import albums, attachments, which_story
from handlers.story.telling import tell_of_change
from handlers.talk import Talk, called_by

QUESTION = N_(
    "Send the photo, video or file that goes with the story, or an album; it takes the place of what is "
    "there. With + as its caption it is added. A number takes that one away, all numbers in another order "
    "set the order, the word “none” takes all away."
)


async def answered(talk: Talk, article: Article) -> str | None:
    """The answer to the question for a story's files; what is wrong with it, if something is."""
    file, said = attachments.media_of(talk.message), intake.clean(talk.text).lower()
    adds = said.startswith("+")
    if file and talk.message.media_group_id:
        await albums.begin_answer(talk, article, replaces=not adds)
        return None
    media = ((*article.media, file) if adds else (file,)) if file else _without(talk, article, said)
    if media is None:
        return attachments.refusal(talk) or talk.words("Send a photo, a video or a file, please.")
    if len(media) > ALBUM:
        return talk.words("A story has room for {limit} files, and has them.", limit=ALBUM)
    await talk.desk.edit(article.id, article.version, media=media)
    if file:
        text = N_("The photo is set.") if file.kind is MediaKind.PHOTO else N_("The file is set.")
    elif len(media) == len(article.media):
        text = N_("They are in that order now.")
    else:
        text = N_("The photo is taken away.") if _are_photos(article.media) else N_("The file is taken away.")
    await talk.reply(f"{talk.words(text)}\n{called_by(article)}")
    await albums.tell_of_mixture(talk, media)
    if file and (words := said.removeprefix("+").strip()):
        await albums.tell_of_captions(talk, [words])
    return None


def _without(talk: Talk, article: Article, said: str) -> tuple[Media, ...] | None:
    """What is left, or its new order, by a person's words; None where they say neither."""
    if said in {"none", talk.words("none")}:
        return ()
    words = said.replace(",", " ").replace("،", " ").split()
    if not words or not all(word.isdecimal() for word in words):
        return None
    numbers, every = [int(word[:4]) for word in words], range(1, len(article.media) + 1)
    if len(numbers) == 1 and numbers[0] in every:
        return tuple(each for number, each in enumerate(article.media, start=1) if number != numbers[0])
    return tuple(article.media[number - 1] for number in numbers) if sorted(numbers) == list(every) else None


def _are_photos(media: Iterable[Media]) -> bool:
    return all(each.kind is MediaKind.PHOTO for each in media)


async def to_story(talk: Talk, paste_id: int, article_id: int) -> None:
    """A press on the story to which files belong that came alone."""
    arrived = await _arrived(talk, paste_id)
    if arrived is None or arrived.article_id is not None:
        await _decided(talk)
        return
    await prompts.close(talk.db, talk.who.id, which_story.key_of(arrived))
    await talk.db.pastes.belongs_to(arrived.id, article_id)
    await talk.db.pastes.settle(arrived.id)
    await albums.put(talk, arrived, article_id)


async def elsewhere(talk: Talk, paste_id: int, article_id: int) -> None:
    """A press that says that files went to the wrong story: they wait for theirs."""
    arrived = await _arrived(talk, paste_id)
    if arrived is None or arrived.article_id != article_id:
        await _decided(talk)
        return
    article, files = await talk.desk.article(article_id), albums.files_of(arrived)
    left = tuple(each for each in article.media if each not in files)
    await talk.desk.edit(article.id, article.version, media=left)
    await prompts.close(talk.db, talk.who.id, which_story.key_of(arrived))
    await talk.db.pastes.belongs_to(arrived.id, None)
    recent = await talk.db.pastes.recent_of(talk.who.id, talk.now - albums.FOR_WORDS)
    others = await which_story.of(talk, recent, besides=article_id)
    freed = replace(arrived, article_id=None, last_part_at=talk.now)
    await albums.wait_for_words(talk, freed, None, others)
    await talk.show_card(article.id)
    await tell_of_change(talk, article)


async def _arrived(talk: Talk, paste_id: int) -> Paste | None:
    """The files that wait, or went where it was guessed; None where that is decided by now."""
    arrived = await talk.db.pastes.get(paste_id)
    if arrived is None or arrived.person_id != talk.who.id or arrived.text or not arrived.pictures:
        return None
    return arrived


async def _decided(talk: Talk) -> None:
    await talk.strip_pressed()
    await talk.answer(talk.words("That is decided already."))
