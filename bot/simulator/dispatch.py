"""One call of the bot from first to last step: token, fault, shape, method, transcript. Knows no HTTP.

A method of the table in `schema` that is not in `METHODS` gets a house error, never a silent true.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from bot.simulator import about_bot, about_chats, audience, editing, forwarding, keyboards, schema, sending
from bot.simulator.chats import Json
from bot.simulator.faults import PAGE, Fault
from bot.simulator.refusal import Refused, house
from bot.simulator.schema import Parameters, Upload
from bot.simulator.world import World

METHODS: dict[str, Callable[[World, Parameters], Any]] = {
    # the bot itself
    "getMe": about_bot.get_me,
    "getUpdates": about_bot.get_updates,
    "setWebhook": about_bot.set_webhook,
    "deleteWebhook": about_bot.delete_webhook,
    "getWebhookInfo": about_bot.get_webhook_info,
    "answerCallbackQuery": about_bot.answer_callback_query,
    "sendChatAction": about_bot.send_chat_action,
    "getFile": about_bot.get_file,
    "setMyCommands": about_bot.set_my_commands,
    "getMyCommands": about_bot.get_my_commands,
    "deleteMyCommands": about_bot.delete_my_commands,
    "setChatMenuButton": about_bot.set_chat_menu_button,
    "getChatMenuButton": about_bot.get_chat_menu_button,
    # new messages
    "sendMessage": sending.send_message,
    "sendRichMessage": sending.send_rich_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendVideo": sending.send_video,
    "sendAnimation": sending.send_animation,
    "sendAudio": sending.send_audio,
    "sendVoice": sending.send_voice,
    "sendMediaGroup": sending.send_media_group,
    "forwardMessage": forwarding.forward_message,
    "forwardMessages": forwarding.forward_messages,
    "copyMessage": forwarding.copy_message,
    "copyMessages": forwarding.copy_messages,
    # messages that are there
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageMedia": editing.edit_message_media,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "pinChatMessage": editing.pin_chat_message,
    "unpinChatMessage": editing.unpin_chat_message,
    "unpinAllChatMessages": editing.unpin_all_chat_messages,
    # chats
    "getChat": about_chats.get_chat,
    "getChatMember": about_chats.get_chat_member,
    "getChatAdministrators": about_chats.get_chat_administrators,
    "getChatMemberCount": about_chats.get_chat_member_count,
    "createChatInviteLink": audience.create_chat_invite_link,
    "leaveChat": about_chats.leave_chat,
}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What goes back; status None: nothing, the connection breaks (`heard`: after the call arrived).

    `instead`: what stands in the answer where that is not `body`: a page, or half of an answer.
    """

    status: int | None
    body: Json
    heard: bool = True
    instead: str | None = None

    @property
    def payload(self) -> bytes:
        """The bytes of the answer."""
        return (json.dumps(self.body) if self.instead is None else self.instead).encode()

    @property
    def retry_after(self) -> int | None:
        """Seconds, for the header of that name."""
        seconds: int | None = self.body.get("parameters", {}).get("retry_after")
        return seconds


async def call(
    world: World, token: str, name: str, raw: Mapping[str, Any], files: Mapping[str, Upload] | None = None
) -> Answer:
    """The answer to one call; whatever happens is in it, nothing is raised but bugs."""
    await world.catch_up()
    try:
        world.admit(token)
    except Refused as refused:
        return _refusal(refused)
    shown: Mapping[str, Any] = raw
    try:
        name = schema.method_name(name)
        fault = world.faults.strike(name, _names_of(world, raw.get("chat_id")))
        shown = schema.checked(name, raw, files, lenient=world.lenient)
        if not world.styles:
            keyboards.refuse_styles(shown.get("reply_markup"))
        answer = await _carried_out(world, name, shown, fault)
    except Refused as refused:
        answer = _refusal(refused)
    _note(world, name, shown, answer)
    return answer


async def _carried_out(world: World, name: str, parameters: Parameters, fault: Fault | None) -> Answer:
    if fault is None:
        return await _done(world, name, parameters)
    if (instead := _before_acting(fault)) is not None:
        return instead
    if fault.kind == "late":
        at = world.clock.now() + timedelta(seconds=fault.seconds)
        world.overdue.append((at, partial(_done, world, name, parameters)))
        return Answer(status=None, body={"ok": True})
    answer = await _done(world, name, parameters)
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
    if fault.kind == "garbled":
        whole = json.dumps(answer.body)
        return Answer(
            status=200,
            body=answer.body,
            instead=whole[: len(whole) // 2] if fault.body is None else fault.body,
        )
    return Answer(status=None, body=answer.body) if fault.kind == "lost" else answer


def _before_acting(fault: Fault) -> Answer | None:
    """The answer of a fault that keeps the call from being carried out.

    Raises:
        Refused: it is Telegram's own refusal.
    """
    match fault.kind:
        case "429":
            wait = fault.retry_after
            raise Refused(f"Too Many Requests: retry after {wait}", 429, {"retry_after": wait})
        case "401":
            raise Refused("Unauthorized", 401)
        case "refusal":
            raise Refused(fault.description.removeprefix("Bad Request: "), fault.status or 400)
        case "5xx":
            return Answer(status=502, body={"ok": False, "error_code": 502, "description": "Bad Gateway"})
        case "drop":
            return Answer(status=None, body={}, heard=False)
        case "page":
            page = PAGE if fault.body is None else fault.body
            return Answer(status=fault.status or 403, body={"description": "a page"}, instead=page)
        case "garbled" if not fault.acts:
            page = PAGE if fault.body is None else fault.body
            return Answer(status=200, body={"description": "garbled, nothing done"}, instead=page)
    return None


async def _done(world: World, name: str, parameters: Parameters) -> Answer:
    if name not in METHODS:
        raise house(f"{name} is not simulated", 501)
    try:
        result = METHODS[name](world, parameters)
        if asyncio.iscoroutine(result):
            result = await result
    except Refused as refused:
        return _refusal(refused)
    return Answer(status=200, body={"ok": True, "result": result})


def _refusal(refused: Refused) -> Answer:
    body: Json = {"ok": False, "error_code": refused.code, "description": refused.description}
    return Answer(
        status=refused.code, body=body | ({"parameters": refused.parameters} if refused.parameters else {})
    )


def _names_of(world: World, chat_id: Any) -> set[int | str]:
    """All names by which a fault may mean this chat."""
    text = str(chat_id)
    for chat in world.chats.values():
        name = f"@{chat.username}" if chat.username and not chat.is_private else None
        if text in {str(chat.id), name}:
            return {chat.id, *([name] if name else [])}
    return {text}


def _note(world: World, name: str, parameters: Mapping[str, Any], answer: Answer) -> None:
    description = answer.body.get("description")
    if answer.instead is not None and answer.body.get("ok"):
        description = "done, answer garbled"
    if answer.status is None:
        description = _broken_off(answer)
    world.transcript.note(
        name, parameters, answer.status, description, time=world.clock.now(), hidden=world.token or ""
    )


def _broken_off(answer: Answer) -> str:
    """What became of a call whose connection broke; a refusal can get lost as well as a success."""
    if not answer.heard:
        return "connection dropped, nothing done"
    return "done, answer lost" if answer.body["ok"] else "refused, answer lost"
