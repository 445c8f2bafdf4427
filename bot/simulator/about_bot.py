"""Methods about the bot itself: who it is, commands and menu, answers to presses, files, updates, webhook."""

from typing import Any

from bot.simulator import access, webhook
from bot.simulator.chats import Json
from bot.simulator.refusal import Refused
from bot.simulator.schema import Parameters
from bot.simulator.world import World, only

_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_ANSWER = 200  # characters
_COMMANDS = 100
_COMMAND_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")
_ACTIONS = [
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
]


def get_me(world: World, call: Parameters) -> Json:  # noqa: ARG001 - every method has this signature
    """The bot's `User`."""
    return world.me


async def get_updates(world: World, call: Parameters) -> list[Json]:
    """What people did; the kinds asked for hold until others are asked for."""
    if "allowed_updates" in call:
        world.updates.allowed = set(call["allowed_updates"])
    return await world.updates.fetch(call.get("offset", 0), call.get("limit", 100), call.get("timeout", 0))


def set_webhook(world: World, call: Parameters) -> bool:
    """Updates go to that address from now on, and getUpdates conflicts; an empty one ends it."""
    if not call["url"]:
        return delete_webhook(world, call)
    webhook.check(call["url"], call.get("secret_token", ""))
    if "allowed_updates" in call:
        world.updates.allowed = set(call["allowed_updates"])
    if call.get("drop_pending_updates"):
        world.updates.pending.clear()
    told = only(call, ["url", "max_connections", "ip_address", "allowed_updates"])
    world.webhook.start(told, call.get("secret_token", ""))
    return True


def delete_webhook(world: World, call: Parameters) -> bool:
    """Back to getUpdates."""
    world.webhook.stop()
    if call.get("drop_pending_updates"):
        world.updates.pending.clear()
    return True


def get_webhook_info(world: World, call: Parameters) -> Json:  # noqa: ARG001 - every method has this signature
    """The Bot API's `WebhookInfo`."""
    head = {"url": "", "has_custom_certificate": False, "pending_update_count": len(world.updates.pending)}
    error = {"last_error_message": world.webhook.last_error, "last_error_date": world.clock.unix()}
    return {**head, **world.updates.webhook, **(error if world.webhook.last_error else {})}


def answer_callback_query(world: World, call: Parameters) -> bool:
    """Ends the waiting of whoever pressed a button; once only."""
    query = world.queries.get(call["callback_query_id"])
    if query is None or query.answered:
        raise Refused(_TOO_OLD)
    if len(call.get("text", "")) > _ANSWER:
        raise Refused("MESSAGE_TOO_LONG")
    query.answered = True
    if not query.answer.done():
        query.answer.set_result({"text": call.get("text"), "show_alert": call.get("show_alert", False)})
    return True


def send_chat_action(world: World, call: Parameters) -> bool:
    """Shows "typing…"; leaves nothing."""
    if call["action"] not in _ACTIONS:
        raise Refused("wrong parameter action in request")
    access.writable(world, call["chat_id"])
    return True


def get_file(world: World, call: Parameters) -> Json:
    """Where a file is to be fetched."""
    return world.files.find(call["file_id"])


def set_my_commands(world: World, call: Parameters) -> bool:
    """The commands of a scope and language.

    Raises:
        Refused: Telegram's words.
    """
    if len(call["commands"]) > _COMMANDS:
        raise Refused("BOT_COMMANDS_TOO_MUCH")
    for command in call["commands"]:
        name = command["command"].removeprefix("/")
        if not 1 <= len(name) <= 32 or set(name) - _COMMAND_LETTERS:
            raise Refused("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise Refused("BOT_COMMAND_DESCRIPTION_INVALID")
    world.profile.commands[_scope(world, call)] = call["commands"]
    return True


def get_my_commands(world: World, call: Parameters) -> list[Json]:
    """The commands of exactly that scope and language."""
    return world.profile.commands.get(_scope(world, call), [])


def delete_my_commands(world: World, call: Parameters) -> bool:
    """Back to those of the next wider scope."""
    world.profile.commands.pop(_scope(world, call), None)
    return True


def set_chat_menu_button(world: World, call: Parameters) -> bool:
    """One person's, or everybody's."""
    world.profile.menu_buttons[_menu_owner(world, call)] = call.get("menu_button", {"type": "default"})
    return True


def get_chat_menu_button(world: World, call: Parameters) -> Json:
    """One person's, else everybody's."""
    buttons = world.profile.menu_buttons
    return buttons.get(_menu_owner(world, call)) or buttons.get(None) or {"type": "commands"}


def _menu_owner(world: World, call: Parameters) -> int | None:
    return access.member_only(world, call["chat_id"]).id if "chat_id" in call else None


def _scope(world: World, call: Parameters) -> tuple[str, str]:
    scope: dict[str, Any] = call.get("scope") or {"type": "default"}
    where = f":{access.member_only(world, scope['chat_id']).id}" if "chat_id" in scope else ""
    who = f":{scope['user_id']}" if "user_id" in scope else ""
    return scope["type"] + where + who, call.get("language_code", "")
