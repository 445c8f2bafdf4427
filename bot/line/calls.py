"""Outgoing Telegram: every call goes through here, and every refusal becomes one of `bot.errors`.

Calls are made by name with plain JSON values: python-telegram-bot 22.8 speaks Bot API 10.0 and newer methods
(`sendRichMessage`, 10.1) need that way, so all take it.
"""

import re
import warnings
from collections.abc import Callable
from typing import Any

import httpx
import structlog
import telegram.error
from telegram import (
    Bot,
    InputFile,
    InputMedia,
    InputMediaAnimation,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    MessageEntity,
)
from telegram.warnings import PTBUserWarning

from bot import counting
from bot.errors import (
    AnswerLost,
    ChatGone,
    ChatMoved,
    Flooded,
    Hiccup,
    Intercepted,
    MethodMissing,
    NothingToEdit,
    Refused,
    SendError,
    TokenRefused,
    Unreachable,
    Unrenderable,
)
from bot.line import plain_buttons
from bot.line.answers import NotRead, NotTelegrams, TokenNotTaken
from bot.news.model import Message, UrlButton
from bot.news.switches import Preview
from bot.striking import struck

log = structlog.get_logger(__name__)

# Telegram's own sentences (its public server's source, Client.cpp); compared in lower case because
# python-telegram-bot capitalises them.
_NOT_MODIFIED = "message is not modified"
_NOTHING_THERE = re.compile(
    r"message to (edit|delete|be replied|pin|unpin|forward|copy) not found|message can't be (edited|deleted)"
    r"|there is no (text|caption|media) in the message to edit"
)
_CHAT_LOST = re.compile(
    r"chat not found|bot was kicked|bot is not a member|need administrator rights|have no write access"
    r"|not enough rights(?! to manage pinned)|chat was deleted|bot was blocked|user is deactivated"
    r"|can't initiate conversation"
)
_FORM_REFUSED = re.compile(
    r"rich[ _]message|inputrich|can't parse|entit(y|ies)|button_|reply markup|quote_text"
)
_TOO_OLD = "query is too old"  # "… and response timeout expired": a press that nobody can answer any more
_HICCUP = re.compile(
    r"\binternal|group send failed|media_empty|failed to get http url content|wrong type of the web page"
    r"|webpage_|photo_|\w_(call_error|call_fail|failed|fail|timeout|busy|retry)\b|timed? ?out|try again"
)
"""Troubles of Telegram's servers among themselves, or with a picture: another try often goes well."""
_UPLOADED = "picture.png"
_NEWER = frozenset({"sendRichMessage"})
"""Methods that a Bot API server may not know; 404 to any other is said of the token (or of the address)."""
_NEVER_WRITTEN = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)

# It advises its own method of that name, which has no room for newer parameters.
warnings.filterwarnings("ignore", message="Please use 'Bot", category=PTBUserWarning)
# Both the old and the coming type of that attribute are read below.
warnings.filterwarnings("ignore", message=".*attribute `retry_after`", category=PTBUserWarning)

type Keyboard = list[list[dict[str, Any]]]
"""Rows of Bot API InlineKeyboardButton objects."""


_MEANS: dict[type[telegram.error.TelegramError], type[SendError]] = {
    telegram.error.Forbidden: ChatGone,
    telegram.error.EndPointNotFound: MethodMissing,
    telegram.error.InvalidToken: TokenRefused,
    telegram.error.TelegramError: AnswerLost,  # an answer that it can't read
    TokenNotTaken: TokenRefused,
    NotTelegrams: Intercepted,
    NotRead: AnswerLost,
}


def translated(error: telegram.error.TelegramError) -> SendError:
    """Our error for one of python-telegram-bot's; which class tells whether Telegram may have acted."""
    text = struck(error.message)  # what stands between us and Telegram may quote the address, token and all
    if plainly := _MEANS.get(type(error)):
        return plainly(text)
    match error:
        case telegram.error.RetryAfter():
            wait = error.retry_after
            return Flooded(text, float(wait if isinstance(wait, int) else wait.total_seconds()))
        case telegram.error.ChatMigrated():
            return ChatMoved(text, error.new_chat_id)
        case telegram.error.BadRequest():  # before NetworkError, whose subclass it is
            return _refusal(text)
        case telegram.error.NetworkError():
            never = isinstance(error.__cause__, _NEVER_WRITTEN)
            return Unreachable(text) if never else AnswerLost(text)
        case _:
            return Refused(text)


def _refusal(text: str) -> Refused | Hiccup:
    said = text.lower()
    if _NOTHING_THERE.search(said):
        return NothingToEdit(text)
    if _FORM_REFUSED.search(said):  # before the chat's: "not enough rights to send the rich message"
        return Unrenderable(text)
    if _HICCUP.search(said) and _TOO_OLD not in said:
        return Hiccup(text)
    return ChatGone(text) if _CHAT_LOST.search(said) else Refused(text)


async def call(bot: Bot, method: str, params: dict[str, Any], **timeouts: float) -> Any:
    """Telegram's answer to a call. "Not modified" is an answer (None), not a failure.

    Where the server refuses the style of a button the call is made again without.

    Raises:
        SendError: one of its leaves, see `bot.errors`.
    """
    params = plain_buttons.fitting(bot, params)
    try:
        return await _called(bot, method, params, **timeouts)
    except Refused as error:
        plain = plain_buttons.learnt(bot, params, error.description)
        if plain is None:
            raise
        return await _called(bot, method, plain, **timeouts)


async def _called(bot: Bot, method: str, params: dict[str, Any], **timeouts: float) -> Any:
    try:
        answer = await bot.do_api_request(method, api_kwargs=_native(params), **timeouts)  # type: ignore[arg-type]
    except telegram.error.TelegramError as error:
        if _NOT_MODIFIED in error.message.lower():
            counting.CALLS[method, "ok"] += 1
            return None
        failure = translated(error)
        if isinstance(failure, MethodMissing) and method not in _NEWER:
            failure = TokenRefused(failure.description)
        counting.CALLS[method, type(failure).__name__] += 1
        log.debug("called", method=method, answer=type(failure).__name__)
        raise failure from error
    if not _is_of_its_shape(method, params, answer):
        counting.CALLS[method, AnswerLost.__name__] += 1
        raise AnswerLost(f"an answer to {method} that can't be read")
    counting.CALLS[method, "ok"] += 1
    log.debug("called", method=method, answer="ok")
    return answer


async def download(bot: Bot, file_id: str) -> bytes:
    """The content of a file that somebody sent: up to 20 MB (Bot API, `getFile`).

    Raises:
        SendError: one of its leaves; nothing of it is kept.
    """
    try:
        return bytes(await (await bot.get_file(file_id)).download_as_bytearray())
    except telegram.error.TelegramError as error:
        raise translated(error) from error


def _is_of_its_shape(method: str, params: dict[str, Any], answer: Any) -> bool:
    """Whether the result is one that this method has; what can't be read was not heard.

    Of a call that makes messages their ids must be there: every one, in the chat that they were meant for.
    """
    match method:
        case "sendMediaGroup":
            return (
                isinstance(answer, list)
                and len(answer) == len(params["media"])
                and all(_is_message(one, params["chat_id"]) for one in answer)
            )
        case "getUpdates":
            return isinstance(answer, list)
        case "getMe" | "getChat" | "getChatMember":
            return isinstance(answer, dict)
        case _ if method.startswith(("send", "forward")) and method != "sendChatAction":
            return _is_message(answer, params["chat_id"])
        case _:
            return answer is True or isinstance(answer, dict | list | int | str)


def _is_message(answer: Any, chat_id: Any) -> bool:
    if not isinstance(answer, dict) or type(id := answer.get("message_id")) is not int or id <= 0:
        return False
    where = answer.get("chat", {"id": chat_id})
    return isinstance(where, dict) and (not isinstance(chat_id, int) or where.get("id") == chat_id)


def _native(params: dict[str, Any]) -> dict[str, Any]:
    """The parameters for python-telegram-bot, which wants objects of its own for media and uploads."""
    media, photo = params.get("media"), params.get("photo")
    if isinstance(media, list):
        return {**params, "media": [_input(item) for item in media]}
    if isinstance(media, dict):
        return {**params, "media": _input(media)}
    if isinstance(photo, bytes):
        return {**params, "photo": InputFile(photo, filename=_UPLOADED)}
    if isinstance(document := params.get("document"), tuple):
        name, content = document
        return {**params, "document": InputFile(content, filename=name)}
    return params


_INPUTS: dict[str, Callable[..., InputMedia]] = {
    "photo": InputMediaPhoto,
    "video": InputMediaVideo,
    "animation": InputMediaAnimation,
    "audio": InputMediaAudio,
    "document": InputMediaDocument,
}


_ABOVE = frozenset({"show_caption_above_media"})


def _input(item: dict[str, Any]) -> InputMedia:
    upload: dict[str, Any] = {"filename": _UPLOADED} if isinstance(item["media"], bytes) else {}
    entities = MessageEntity.de_list(item.get("caption_entities", []), None)
    above = {name: item[name] for name in _ABOVE if name in item}
    told = {"media": item["media"], "caption": item.get("caption"), "caption_entities": entities}
    return _INPUTS[item["type"]](**told, **upload, **above)


SINGLE = {
    "sendPhoto": "photo",
    "sendVideo": "video",
    "sendAnimation": "animation",
    "sendAudio": "audio",
    "sendVoice": "voice",
    "sendDocument": "document",
}
"""Methods that send one file, and the parameter that names it."""
_SENDS = {kind: method for method, kind in SINGLE.items()}


_PREVIEWS: dict[Preview, dict[str, bool]] = {
    Preview.NONE: {"is_disabled": True},
    Preview.SMALL: {"prefer_small_media": True},
    Preview.LARGE: {"prefer_large_media": True},
    Preview.ABOVE: {"prefer_large_media": True, "show_above_text": True},
}
"""The Bot API's `LinkPreviewOptions`; each key is True."""


def message_call(
    chat_id: int, message: Message, keyboard: Keyboard | None = None
) -> tuple[str, dict[str, Any]]:
    """Method and parameters that send one message of a classic post.

    Several files go as one album, which is answered with a list of messages; it can't have a keyboard.
    """
    if len(message.media) > 1:
        return "sendMediaGroup", {"chat_id": chat_id, "media": _album(message)}
    params: dict[str, Any] = {"chat_id": chat_id, **_markup(message, keyboard)}
    if message.media:
        kind, file = message.media[0].kind.value, message.media[0].file_id
        return _SENDS[kind], {**params, kind: file, **_caption(message)}
    preview = {"link_preview_options": _PREVIEWS[message.preview]}
    return "sendMessage", {**params, **preview, "text": message.text, "entities": entities_json(message)}


def withdrawn_call(method: str, params: dict[str, Any], said: Message) -> tuple[str, dict[str, Any]]:
    """The call that would have sent `said` instead of a message: a text, or words under the same files."""
    caption = {"caption": said.text, "caption_entities": entities_json(said)}
    here = {"chat_id": params["chat_id"]}
    if method == "sendMediaGroup":
        first, *more = ({"type": item["type"], "media": item["media"]} for item in params["media"])
        return method, {**here, "media": [{**first, **caption}, *more]}
    if kind := SINGLE.get(method):
        return method, {**here, kind: params[kind], **caption}
    return message_call(params["chat_id"], said)


def strip_call(chat_id: int, message_id: int) -> tuple[str, dict[str, Any]]:
    """Method and parameters that take the buttons off a message already sent."""
    return keyboard_call(chat_id, message_id, [])


def keyboard_call(chat_id: int, message_id: int, rows: Keyboard) -> tuple[str, dict[str, Any]]:
    """Method and parameters that give a message already sent these buttons instead of its own."""
    markup = {"reply_markup": {"inline_keyboard": rows}} if rows else {}
    return "editMessageReplyMarkup", {"chat_id": chat_id, "message_id": message_id, **markup}


def edit_call(
    chat_id: int, message_id: int, message: Message, keyboard: Keyboard | None = None
) -> tuple[str, dict[str, Any]]:
    """Method and parameters that make a message already sent, with the same files, equal to `message`.

    Of an album `message_id` is the first one's, which has the caption.
    """
    params: dict[str, Any] = {"chat_id": chat_id, "message_id": message_id, **_markup(message, keyboard)}
    if message.media:
        return "editMessageCaption", {**params, **_caption(message)}
    preview = {"link_preview_options": _PREVIEWS[message.preview]}
    entities = entities_json(message)
    return "editMessageText", {**params, **preview, "text": message.text, "entities": entities}


def _album(message: Message) -> list[dict[str, Any]]:
    """The Bot API's `InputMedia…` objects; clients show the caption of the first under all."""
    first, *more = ({"type": each.kind.value, "media": each.file_id} for each in message.media)
    return [{**first, **_caption(message)}, *more]


def _caption(message: Message) -> dict[str, Any]:
    above = {"show_caption_above_media": True} if message.above else {}
    return {"caption": message.text, "caption_entities": entities_json(message), **above}


def entities_json(message: Message) -> list[dict[str, Any]]:
    """The Bot API's MessageEntity objects of a message."""
    return [
        {"type": entity.type, "offset": entity.offset, "length": entity.length}
        | ({"url": entity.url} if entity.url else {})
        for entity in message.entities
    ]


def url_rows(buttons: tuple[UrlButton, ...]) -> Keyboard:
    """A channel's own link buttons, one a row."""
    return [[{"text": button.text, "url": button.url}] for button in buttons]


def _markup(message: Message, keyboard: Keyboard | None) -> dict[str, Any]:
    rows = url_rows(message.buttons) + (keyboard or [])
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}
