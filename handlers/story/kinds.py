"""What a story's files are called: by their kinds, and how many there are."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from bot.news.media import Media, MediaKind
from bot.words import N_, Words

_ONE: Final = {
    MediaKind.PHOTO: N_("one photo"),
    MediaKind.VIDEO: N_("one video"),
    MediaKind.ANIMATION: N_("one animation"),
    MediaKind.AUDIO: N_("one sound file"),
    MediaKind.VOICE: N_("one voice message"),
    MediaKind.DOCUMENT: N_("one document"),
}
_MANY: Final = {
    MediaKind.PHOTO: N_("{count} photos"),
    MediaKind.VIDEO: N_("{count} videos"),
    MediaKind.ANIMATION: N_("{count} animations"),
    MediaKind.AUDIO: N_("{count} sound files"),
    MediaKind.VOICE: N_("{count} voice messages"),
    MediaKind.DOCUMENT: N_("{count} documents"),
}
_LABELS: Final = {  # one sign, by which sentences and people call it
    MediaKind.PHOTO: N_("🖼 Photo"),
    MediaKind.VIDEO: N_("🖼 Video"),
    MediaKind.ANIMATION: N_("🖼 Animation"),
    MediaKind.AUDIO: N_("🖼 Sound"),
    MediaKind.VOICE: N_("🖼 Voice"),
    MediaKind.DOCUMENT: N_("🖼 Document"),
}


def counted(media: Iterable[Media], say: Words) -> str:
    """The files in words: "one photo and 2 videos"; "none" where there are none."""
    counts = Counter(each.kind for each in media)
    found = [
        say(_ONE[kind]) if counts[kind] == 1 else say(_MANY[kind], count=counts[kind])
        for kind in MediaKind
        if counts[kind]
    ]
    if not found:
        return say("none")
    *before, last = found
    return say("{these} and {last}", these=say(", ").join(before), last=last) if before else last


def label(media: Iterable[Media], say: Words) -> str:
    """The button to a story's files: by their kind, if they are all of one."""
    kinds = {each.kind for each in media}
    if len(kinds) > 1:
        return say("🖼 Files")
    return say(_LABELS[kinds.pop()] if kinds else N_("🖼 Photo or file"))
