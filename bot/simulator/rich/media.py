"""Pictures, films, sounds and files of rich messages: which sources Telegram takes. It fetches none.

`https://example.com/missing…` stands for whatever can't be fetched; any other https address of a host with
a public name exists.
"""

import hashlib
import re
from typing import Any

from bot.simulator.rich import fields, links
from bot.simulator.rich.case import Case, Json, telegram, unreadable

TAGS = {"img": "photo", "video": "video", "audio": "audio", "tg-document": "document"}
TYPES = ("photo", "video", "animation", "audio", "voice_note", "document")
BINDABLE = {
    "photo": ("photo",),
    "video": ("video", "animation"),
    "audio": ("audio", "voice_note"),
    "document": ("document",),
}

_BINDING = re.compile(r"tg://(photo|video|audio|document)\?id=(.*)", re.DOTALL)
_IDENTIFIER = re.compile(r"[A-Za-z0-9_-]{1,64}")
_FILE_ID = re.compile(r"[A-Za-z0-9_-]{8,256}")
_VOICE = re.compile(r"^[^?#]*\.(?:ogg|oga|opus)(?:[?#]|$)", re.IGNORECASE)
_ANIMATION = re.compile(r"^[^?#]*\.gif(?:[?#]|$)", re.IGNORECASE)
_MISSING = "https://example.com/missing"
_NO_PUBLIC_HOST = re.compile(r"[0-9.]+|\[.*|(?:.*\.)?(?:localhost|local|internal)")
_COMMON = {"type", "media", "caption", "parse_mode", "caption_entities"}
_SIZED = {"width", "height", "duration", "thumbnail", "has_spoiler", "show_caption_above_media"}
_FIELDS = {
    "photo": _COMMON | {"has_spoiler", "show_caption_above_media"},
    "video": _COMMON | _SIZED | {"cover", "start_timestamp", "supports_streaming"},
    "animation": _COMMON | _SIZED,
    "audio": _COMMON | {"duration", "performer", "title", "thumbnail"},
    "voice_note": _COMMON | {"duration"},
    "document": _COMMON | {"thumbnail", "disable_content_type_detection"},
}


def read_bindings(value: Any, case: Case) -> dict[str, Json]:
    """`InputRichMessage.media` by id. Its sources are checked where they are used."""
    if not isinstance(value, list):
        raise telegram('field "media" must be of type Array')
    return dict(_binding(entry, case) for entry in value)


def _binding(entry: Any, case: Case) -> tuple[str, Json]:
    if not isinstance(entry, dict):
        raise telegram('field "media" must be of type Object')
    for name in ("id", "media"):
        if name not in entry:
            raise telegram(f'can\'t find field "{name}"')
    fields.known(entry, ("id", "media"), case)
    identifier, media = entry["id"], entry["media"]
    if not isinstance(identifier, str) or not _IDENTIFIER.fullmatch(identifier):
        raise telegram("invalid rich message file identifier specified")
    if not isinstance(media, dict):
        raise telegram('field "media" must be of type Object')
    if media.get("type") not in TYPES:
        raise telegram("unallowed media specified")
    return identifier, media


def from_tag(tag: str, src: str, *, spoiler: bool, case: Case) -> Json:
    """The block of `<img src>` and its kin.

    Raises:
        Refused: a source that Telegram can't read, bind or fetch.
    """
    kind = TAGS[tag]
    if bound := _BINDING.fullmatch(src):
        return _bound(kind, bound[1], bound[2], spoiler=spoiler, case=case)
    _fetch(kind, src, case)
    if kind == "audio" and _VOICE.search(src):
        kind = "voice_note"
    if kind == "video" and _ANIMATION.search(src):
        kind = "animation"
    return _block(kind, src, spoiler=spoiler)


def _bound(kind: str, scheme: str, identifier: str, *, spoiler: bool, case: Case) -> Json:
    media = case.bindings.get(identifier)
    if media is None or scheme != kind or media["type"] not in BINDABLE[kind]:
        raise telegram(f"RICH_MESSAGE_{kind.upper()}_INVALID")
    block = from_json(media, case)
    return block | ({"has_spoiler": True} if spoiler else {})


def from_json(media: Json, case: Case) -> Json:
    """The block of an `InputMedia…`; its own caption is ignored. `type` is known to be one of `TYPES`."""
    kind = media["type"]
    fields.known(media, _FIELDS[kind], case)
    source = fields.string(media, "media", case)
    if "://" in source and not re.fullmatch(r"attach://\S+", source):
        _fetch(kind, source, case)
    elif not source.startswith("attach://") and not _FILE_ID.fullmatch(source):
        raise telegram("wrong file identifier/HTTP URL specified")
    if kind == "audio" and _VOICE.search(source):
        raise telegram("RICH_MESSAGE_AUDIO_INVALID")
    return _block(kind, source, spoiler=fields.flag(media, "has_spoiler"))


def in_block(block: Json, case: Case) -> Json:
    kind = block["type"]
    media = fields.mapping(block, kind)
    found = fields.string(media, "type", case)
    if found != kind:
        raise unreadable(f'unexpected media type "{found}" for block "{kind}"')
    return from_json(media, case)


def _fetch(kind: str, url: str, case: Case) -> None:
    name = kind.upper()
    host = links.http_host(url)
    if host is None or "." not in host.strip(".") or _NO_PUBLIC_HOST.fullmatch(host):
        raise telegram(f"RICH_MESSAGE_{name}_URL_INVALID")
    if url.startswith(_MISSING):
        raise telegram(f"RICH_MESSAGE_{name}_NO_MEDIA_FOUND")
    if not url.lower().startswith("https:"):
        case.swallow("media by an address that is not https")


def _block(kind: str, source: str, *, spoiler: bool) -> Json:
    digest = hashlib.sha256(source.encode()).hexdigest()
    file_id = source if _FILE_ID.fullmatch(source) else f"rich-{kind}-{digest[:32]}"
    file: Json = {"file_id": file_id, "file_unique_id": digest[:16]}
    if kind in ("photo", "video", "animation"):
        file |= {"width": 1280, "height": 720}
    if kind not in ("photo", "document"):
        file |= {"duration": 1}
    block: Json = {"type": kind, kind: [file] if kind == "photo" else file}
    return block | ({"has_spoiler": True} if spoiler else {})
