"""The world as it is at the start: five people, two channels and a desk's group; knows no rules."""

from bot.simulator.chats import Chat, Json, Member, administrator

NEWS, SPORT, DESK = -1001000000001, -1001000000002, -1001000000003
BOT_ID = 7000000001

_PEOPLE = {
    101: ("ریحانه", "reporter"),
    102: ("ادیب", "editor"),
    103: ("کیان", "channel_admin"),
    104: ("مهتاب", "owner"),
    105: ("خاطره", "reader"),
}


def bot_user() -> Json:
    """The `User` that getMe answers; privacy mode is off, so the bot reads its groups."""
    return {
        "id": BOT_ID,
        "is_bot": True,
        "first_name": "ربات خبر",
        "username": "newsroom_bot",
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def person(user_id: int, name: str | None = None, username: str | None = None) -> Json:
    """A `User` who is a person; strangers are named by their number."""
    user = {"id": user_id, "is_bot": False, "first_name": name or f"کاربر {user_id}", "language_code": "fa"}
    return {**user, "username": username} if username else user


def telegram() -> Json:
    """The `User` in whose name posts come into a discussion group."""
    return {"id": 777000, "is_bot": False, "first_name": "Telegram"}


def private_chat(user: Json) -> Chat:
    """A person's chat with the bot, after /start."""
    return Chat(
        id=user["id"],
        type="private",
        first_name=user["first_name"],
        username=user.get("username"),
        bot=Member(status="member"),
        members={user["id"]: Member(status="member")},
    )


def people() -> dict[int, Json]:
    """The five by id."""
    return {user_id: person(user_id, name, username) for user_id, (name, username) in _PEOPLE.items()}


def chats() -> dict[int, Chat]:
    """The five private chats, @news, @sport and the desk."""
    private = [private_chat(user) for user in people().values()]
    staff = {user_id: Member(status="member") for user_id in (101, 102, 103, 104)}
    desk = Chat(id=DESK, type="supergroup", title="میز خبر", bot=Member(status="member"), members=staff)
    return {
        chat.id: chat
        for chat in (*private, _channel(NEWS, "خبر", "news"), _channel(SPORT, "ورزش", "sport"), desk)
    }


def _channel(chat_id: int, title: str, username: str) -> Chat:
    members = {103: administrator("channel"), 104: administrator("channel"), 105: Member(status="member")}
    return Chat(
        id=chat_id,
        type="channel",
        title=title,
        username=username,
        bot=administrator("channel"),
        members=members,
    )
