"""Links and files that are to be read: taken here, written as drafts once they were read, or told why not.

A message is an errand if it is a link or a file with at most a few words; the words become a note for the
staff. With more words it is copy as ever, and its link goes with it.
"""

import re
from dataclasses import replace
from urllib.parse import urlsplit

from bot.aside import worked_out
from bot.desk.stories import WRITERS
from bot.errors import FetchError, NotFound, PageError
from bot.intake import pages_copy
from bot.intake.pages_copy import Told
from bot.news.errands import Errand
from bot.news.media import Media, MediaKind
from bot.news.model import Article
from bot.news.posts import for_staff
from bot.news.talk import Arrived
from bot.news.times import calendar
from bot.words import N_
from handlers.story import attachments, links, origins, reading
from handlers.talk import LATELY, Talk, button
from handlers.unfetched import unfetched

MOST_LINKS = 5
"""Of one message that are read."""
MOST_WAITING = 10
"""Of one person at a time: nobody else shall wait for more."""
NOTE_WORDS = 20
"""Words beside a link that are no story of their own."""
LARGEST = 20_000_000
"""Bytes that Telegram hands to a bot (Bot API, `getFile`)."""
_LINK = re.compile(
    r"\[(?P<title>[^\[\]]*)\]\((?P<laid>https?://[^\s()]+)\)|(?P<bare>(?:https?://|www\.)[^\s<>«»]+)",
    re.IGNORECASE,
)
_BEHIND = 1 << 40
"""Added to an errand's number where a message's is wanted: no message of Telegram's has such a one."""
_TRAILING = ".,،؛;:!؟?)»]\"'…"
_POST = re.compile(r"^/(?:s/)?\w+/\d+/?$")
_TELEGRAM = frozenset(("t.me", "telegram.me", "telegram.dog"))
_TOO_LARGE = N_(
    "That file is larger than 20 MB, so Telegram does not hand it to me and I can't read it; it can still go "
    "with a story as it is."
)
_DOUBTFUL = N_("From a PDF: letters and half-spaces may be wrong. Compare it with the file.")


async def taken(talk: Talk) -> bool:
    """Whether a message is something to be read, which is noted; the answer comes when it was."""
    if talk.message.media_group_id:
        return False
    file = talk.message.document
    if file is not None and not talk.message.animation:
        return await _file_taken(talk)
    found, words = _parts(links.written(talk.message))
    if not found or not talk.house.pages or len(words.split()) > NOTE_WORDS:
        return False
    given = attachments.media_of(talk.message)
    if given is not None and given.kind not in (MediaKind.PHOTO, MediaKind.VIDEO):
        return False
    blank = Errand(person_id=talk.who.id, asked_at=talk.now, name="")
    origin = await origins.of(talk)
    wanted = [
        replace(
            blank,
            url=url,
            name=_site(url),
            note=words and links.written(talk.message),
            origin=origin,
            media=given,
        )
        for url in found[:MOST_LINKS]
    ]
    await _noted(talk, wanted)
    if len(found) > MOST_LINKS:
        await talk.reply(
            talk.words("I read {count} links of one message; send the others again.", count=MOST_LINKS)
        )
    return True


async def _file_taken(talk: Talk) -> bool:
    from bot.intake.files import is_read  # late: few messages bring a file

    file = talk.message.document
    assert file is not None
    name, text = file.file_name or "", talk.text
    if not is_read(name, file.mime_type or "") or attachments.tells(attachments.media_of(talk.message), text):
        return False
    if name.lower().endswith(".pdf") and await _goes_with_a_story(talk):
        return False
    if (file.file_size or 0) > LARGEST:
        await talk.reply(talk.words(_TOO_LARGE))
        return False
    origin = await origins.of(talk)
    errand = Errand(
        person_id=talk.who.id,
        asked_at=talk.now,
        name=for_staff.name(name) or "?",
        file_id=file.file_id,
        note=text,
        origin=origin,
    )
    await _noted(talk, [errand])
    return True


async def _goes_with_a_story(talk: Talk) -> bool:
    """Whether the person has just sent a story: a document for readers may follow, and it goes with it."""
    return any(each.article_id for each in await talk.pasted_since(talk.message.date - LATELY))


async def _noted(talk: Talk, wanted: list[Errand]) -> None:
    room = MOST_WAITING - await talk.db.errands.count_waiting(talk.who.id)
    for errand in wanted[: max(0, room)]:
        await talk.db.errands.add(errand)
    say = talk.words
    if named := " · ".join(dict.fromkeys(errand.name for errand in wanted[: max(0, room)])):
        await talk.reply(say("🔎 Reading {name} …", name=named))
    if len(wanted) > room:
        left = "\n".join(errand.url or errand.name for errand in wanted[max(0, room) :])
        await talk.reply(
            say(
                "{count} of yours wait to be read already. Send this again when they are there:",
                count=MOST_WAITING,
            )
            + f"\n{for_staff.quoted(left)}"
        )


def _parts(text: str) -> tuple[list[str], str]:
    """The links of a message that may be pages, and its other words."""
    found: list[str] = []
    for each in _LINK.finditer(text):
        url = each["laid"] or each["bare"].rstrip(_TRAILING)
        url = url if "://" in url else f"https://{url}"
        if _is_page(url):
            found.append(url)
    rest = _LINK.sub(lambda each: each["title"] or "", text)
    words = re.sub(r"^(?:- |بیشتر بخوانید:|Read more:)", "", rest, flags=re.MULTILINE)
    return list(dict.fromkeys(found)), words if any(map(str.isalnum, words)) else ""


def _is_page(url: str) -> bool:
    """Whether a link may lead to a page: in Telegram only a post does."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").lower() not in _TELEGRAM or bool(_POST.match(parts.path))
    except ValueError:
        return False


def _site(url: str) -> str:
    return for_staff.name((urlsplit(url).hostname or "").removeprefix("www.")) or "?"


async def written(talk: Talk, errand: Errand, told: Told, picture: Media | None) -> None:
    """What was read becomes a draft with its card.

    Raises:
        CopyError: no story can be made of it.
    """
    style = await talk.style(told.copy)
    article = worked_out(pages_copy.article_of, len(told.copy), told, style, record=True)
    article = _with_note(talk, article, errand, told)
    media = errand.media or picture
    draft = await talk.desk.write(replace(article, media=(media,) if media else ()))
    await talk.db.errands.done(errand.id, draft.id)
    await talk.reply(_said(talk, errand, told, picture), _buttons(talk, errand), to=talk.who.id)
    await talk.show_card(draft.id)


def _with_note(talk: Talk, article: Article, errand: Errand, told: Told) -> Article:
    say = talk.words
    notes = [article.ed_note, errand.note.strip(), say(_DOUBTFUL) if told.doubtful else ""]
    if told.published:
        notes.append(say("Published there: {time}", time=_moment(talk, told)))
    if errand.origin is not None:
        origin = errand.origin
        name = f"{origin.name} {origin.url}" if origin.url else origin.name
        notes.append(say("Passed on from {name}", name=name))
    return replace(article, ed_note="\n".join(filter(None, notes)) or None)


def _moment(talk: Talk, told: Told) -> str:
    from datetime import datetime

    return calendar.show(datetime.fromisoformat(told.published), talk.house.time_zone, talk.words.language)


def _said(talk: Talk, errand: Errand, told: Told, picture: Media | None) -> str:
    say = talk.words
    lines = [say("✅ Read: {name}", name=errand.name)]
    if told.published:
        lines.append(say("Published there: {time}", time=_moment(talk, told)))
    if told.image and picture is None and errand.media is None:
        lines.append(say("Its picture could not be fetched; add one with 🖼 on the card."))
    if told.doubtful:
        lines.append("⚠️ " + say(_DOUBTFUL))
    return "\n".join(lines)


def _buttons(talk: Talk, errand: Errand) -> list[list[dict[str, object]]] | None:
    if errand.file_id is None:
        return None
    return [[button(talk.words("📎 The file goes with the story"), "story.with_file", errand.id)]]


async def unread(talk: Talk, errand: Errand, error: FetchError | PageError | None) -> None:
    """Say why it could not be read; the link or file is kept, and words that came with it are copy."""
    say = talk.words
    await talk.db.errands.fail(errand.id, getattr(error, "reason", "fault"))
    why = unfetched(error, say) if error else say("A fault on our side; the owner finds it in the log.")
    lines = [f"❌ {for_staff.quoted(errand.url or errand.name)}", why]
    again = [[button(say("🔁 Read it again"), "story.read_again", errand.id)]]
    if errand.url and len(errand.note.split()) > 3:
        article = reading.read(errand.note, await talk.style(errand.note))
        article = origins.named(article, errand.origin, say)
        media = (errand.media,) if errand.media else ()
        draft = await talk.desk.write(
            replace(article, source_url=article.source_url or errand.url, media=media)
        )
        lines.append(say("The words that came with it are a draft now."))
        await talk.show_card(draft.id)
    elif errand.file_id:
        await _waits_for_words(talk, errand, errand.file_id)
    await talk.reply("\n".join(lines), again, to=talk.who.id)


async def _waits_for_words(talk: Talk, errand: Errand, file_id: str) -> None:
    """A file that can't be read is one for readers: it waits for its story, as other files do."""
    file = Media(file_id=file_id, kind=MediaKind.DOCUMENT, name=errand.name)
    started = await talk.db.pastes.start(talk.who.id, "", errand.asked_at, talk.now, origin=errand.origin)
    arrived = Arrived(_BEHIND + errand.id, file, errand.note)
    await talk.db.pastes.picture(started.id, [arrived], errand.asked_at, talk.now)


async def again(talk: Talk, errand_id: int) -> None:
    """A press on "read it again" under what could not be read."""
    errand = await _own(talk, errand_id)
    if errand.failed is None:
        raise NotFound("button")
    await talk.db.errands.again(errand.id)
    await talk.spend_pressed()
    await talk.answer(talk.words("🔎 Reading {name} …", name=errand.name))


async def with_file(talk: Talk, errand_id: int) -> None:
    """A press that puts the file itself with its story; without one a draft is begun with it."""
    errand = await _own(talk, errand_id)
    if errand.file_id is None:
        raise NotFound("button")
    file = Media(file_id=errand.file_id, kind=MediaKind.DOCUMENT, name=errand.name)
    if errand.article_id is None:
        draft = await talk.desk.write(Article(headline=errand.name, headline_proposed=True, media=(file,)))
        await talk.db.errands.done(errand.id, draft.id)
        await talk.show_card(draft.id)
    else:
        article = await talk.desk.article(errand.article_id)
        if file not in article.media:
            await talk.desk.edit(article.id, article.version, media=(*article.media, file))
    await talk.spend_pressed()
    await talk.answer(talk.words("The file is set."))


async def _own(talk: Talk, errand_id: int) -> Errand:
    talk.desk.require(WRITERS)
    errand = await talk.db.errands.get(errand_id)
    if errand is None or errand.person_id != talk.who.id:
        raise NotFound("button")
    return errand
