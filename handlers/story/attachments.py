"""What a message carries besides words: a file that can go with a story, or what can't, which is said.

Telegram sends a file again as what it came as, and as nothing else (Bot API, "Sending files"). Knows no
album.
"""

from telegram import Animation, Audio, Document, Video, Voice
from telegram import Message as TelegramMessage

from bot.news.media import Media, MediaKind
from bot.news.structure.captions import tells_a_story
from bot.words import N_
from handlers.talk import Talk

_NAMES = {
    MediaKind.PHOTO: N_("photo"),
    MediaKind.VIDEO: N_("video"),
    MediaKind.ANIMATION: N_("animation"),
    MediaKind.AUDIO: N_("sound file"),
    MediaKind.VOICE: N_("voice message"),
    MediaKind.DOCUMENT: N_("file"),
}
_KINDS = {
    "video_note": N_("video message"),
    "sticker": N_("sticker"),
    "poll": N_("poll"),
    "venue": N_("place"),  # before the location, which it has too
    "location": N_("location"),
    "contact": N_("contact"),
    "story": N_("Telegram story"),
    "dice": N_("dice"),
    "game": N_("game"),
    "paid_media": N_("paid media"),
    "checklist": N_("checklist"),
    "live_photo": N_("live photo"),
    "rich_message": N_("rich message"),
}
_INSTEAD = {
    "video_note": N_("Send it as an ordinary video; the round ones can have no text."),
    "sticker": N_("If it is to be seen with a story, send it as a photo."),
    "poll": N_("Put it up in the channel by hand, or send its question as a text."),
    "venue": N_("Write the name of the place in the story's text."),
    "location": N_("Write the name of the place in the story's text, or send a photo of the map."),
    "contact": N_("Write the name and the number in the story's text if readers should have them."),
    "story": N_("I can't open it. Send its photo or video by itself."),
    "paid_media": N_("Send the photos and videos themselves, without a price."),
    "checklist": N_("Send its points as a text, one a line."),
    "live_photo": N_("Send it as an ordinary photo, or as a video."),
    "rich_message": N_("Copy its text, and paste it here."),
}
_OTHERWISE = N_("Send the story as text, and photos, videos and files by themselves.")
_OTHER = N_("message of that kind")
_AS_FILE = N_(
    "The picture came as a file, and will be posted as a file. If readers should see it at once, send it as "
    "a photo (not “as a file”) and take the file away with 🖼 on the story's card."
)


def media_of(message: TelegramMessage) -> Media | None:
    """The file of a message; of a photo its largest size, of a live one the picture that stands."""
    file = (
        message.animation  # before the document, which it has too
        or message.video
        or message.audio
        or message.voice
        or message.document
    )
    if file is not None:
        name = None if isinstance(file, Voice) else file.file_name
        return Media(file_id=file.file_id, kind=_KIND_OF[type(file)], name=name)
    sizes = message.photo or (message.live_photo.photo if message.live_photo else ())
    return Media(file_id=sizes[-1].file_id) if sizes else None


_KIND_OF: dict[type, MediaKind] = {
    Animation: MediaKind.ANIMATION,
    Video: MediaKind.VIDEO,
    Audio: MediaKind.AUDIO,
    Voice: MediaKind.VOICE,
    Document: MediaKind.DOCUMENT,
}


def tells(media: Media | None, words: str) -> bool:
    """Whether the words under a file are a story: those under a document mostly say what it is."""
    if media is not None and media.kind is MediaKind.DOCUMENT:
        return tells_a_story(words)
    return any(map(str.isalnum, words))


def unsent(message: TelegramMessage) -> str | None:
    """The name of what a message carries that can't be taken, as Telegram calls it; None where all can.

    What is of no kind that we know is "".
    """
    if media_of(message) is not None:
        return None
    newer = message.api_kwargs  # what python-telegram-bot does not know yet
    found = next((name for name in _KINDS if getattr(message, name, None) or newer.get(name)), None)
    return None if found is None and (message.text or message.caption) is not None else found or ""


def refusal(talk: Talk) -> str | None:
    """Why nothing of a message can be a story, and what can be done instead; None where something can."""
    kind, say = unsent(talk.message), talk.words
    if kind is None or any(map(str.isalnum, talk.text)):
        return None
    nothing = say("I took nothing of that: a {kind} I can't post.", kind=say(_KINDS.get(kind, _OTHER)))
    return f"{nothing} {say(_INSTEAD.get(kind, _OTHERWISE))}"


async def tell_left_out(talk: Talk, *, words_only: bool = False) -> None:
    """Say what was not taken of a message whose words were; of an answer to a question also its file."""
    media, kind, say = media_of(talk.message), unsent(talk.message), talk.words
    if words_only and media is not None:
        text = N_("I took the words, and not the {kind}. With 🖼 on the card it is added to the story.")
        await talk.reply(say(text, kind=say(_NAMES[media.kind])))
    elif kind is not None:
        text = say("I took the words, and not the {kind}.", kind=say(_KINDS.get(kind, _OTHER)))
        await talk.reply(f"{text} {say(_INSTEAD.get(kind, _OTHERWISE))}")
    elif is_picture(talk.message):
        await talk.reply(say(_AS_FILE))


def is_picture(message: TelegramMessage) -> bool:
    """Whether it is a picture sent as a file."""
    is_file = message.document is not None and message.animation is None
    return is_file and (message.document.mime_type or "").startswith("image/")  # type: ignore[union-attr]
