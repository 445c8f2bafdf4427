"""What a message carries besides words and photos: said, for none of it can be taken. Knows no album.

Telegram lets nobody send as a photo what came as a file (Bot API, "Sending files": the type can't change).
"""

from telegram import Message as TelegramMessage

from bot.news.structure.captions import tells_a_story
from bot.words import N_
from handlers.talk import Talk

_KINDS = {
    "animation": N_("animation"),  # before the document, which it has too
    "document": N_("file"),
    "video": N_("video"),
    "video_note": N_("video message"),
    "audio": N_("sound file"),
    "voice": N_("voice message"),
    "sticker": N_("sticker"),
    "poll": N_("poll"),
    "venue": N_("place"),  # before the location, which it has too
    "location": N_("location"),
    "contact": N_("contact"),
    "story": N_("Telegram story"),
    "dice": N_("dice"),
    "game": N_("game"),
    "paid_media": N_("paid media"),
}
_OTHER = N_("message of that kind")
PICTURE = N_(
    "The picture came as a file, and Telegram lets nobody post a file as a photo. Send it once more as a "
    "photo (not “as a file”); 🖼 on the story's card adds it."
)


def kind_of(message: TelegramMessage) -> str | None:
    """What a message carries besides words and photos, in our words; None for words and photos alone."""
    for name, said in _KINDS.items():
        if getattr(message, name, None):
            return said
    known = message.text is not None or message.caption is not None or message.photo
    return None if known else _OTHER


def is_picture(message: TelegramMessage) -> bool:
    """Whether it is a picture sent as a file."""
    return bool(message.document and (message.document.mime_type or "").startswith("image/"))


async def refused(talk: Talk) -> bool:
    """Whether nothing of a message can be a story, and that is said: no words, or words about a file."""
    message, say = talk.message, talk.words
    kind = kind_of(message)
    if kind is None or message.photo:
        return False
    words = any(map(str.isalnum, talk.text))
    if is_picture(message):
        if not words:
            await talk.reply(say(PICTURE))
        return not words
    if message.document and not message.animation and not tells_a_story(talk.text):
        await talk.reply(
            say(
                "I can't read files, and took nothing of that message. Paste the text of the story here; "
                "photos send as photos."
            )
        )
        return True
    if not words:
        await talk.reply(
            say(
                "I took nothing of that: a {kind} I can't post. Send the story as text, and photos as "
                "photos.",
                kind=say(kind),
            )
        )
    return not words


async def tell_left_out(talk: Talk, *, words_only: bool = False) -> None:
    """Say what was not taken of a message whose words were; of an answer to a question also the photo."""
    kind = N_("photo") if words_only and talk.message.photo else kind_of(talk.message)
    if is_picture(talk.message):
        await talk.reply(talk.words(PICTURE))
    elif kind is not None:
        text = N_("I took the words, and not the {kind}: I post text and photos only.")
        await talk.reply(talk.words(text, kind=talk.words(kind)))
