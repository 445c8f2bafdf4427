"""Users, members, chats and kept messages: the nouns of the world, without rules."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

RIGHTS = [
    "can_manage_chat",
    "can_change_info",
    "can_delete_messages",
    "can_invite_users",
    "can_restrict_members",
    "can_promote_members",
    "can_manage_video_chats",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
]
CHANNEL_RIGHTS = [*RIGHTS, "can_post_messages", "can_edit_messages", "can_manage_direct_messages"]
GROUP_RIGHTS = [*RIGHTS, "can_pin_messages", "can_manage_topics", "can_manage_tags"]
PERMISSIONS = [
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_react_to_messages",
    "can_edit_tag",
]
GENERAL = 1
"""The thread of a forum's first topic; messages there don't name it."""
FILES = ["photo", "video", "animation", "audio", "voice", "document"]
"""Files with a caption, as they are named in a message and in the calls that send them."""
UNSENT = [
    "video_note",
    "sticker",
    "poll",
    "contact",
    "venue",
    "location",
    "dice",
    "game",
    "story",
    "live_photo",
    "paid_media",
    "checklist",
    "gift",
    "giveaway",
    "invoice",
]
"""What only people send here; of these the bot's own methods are not simulated."""
CONTENT = [
    "text",
    "entities",
    "link_preview_options",
    "rich_message",
    *FILES,
    *UNSENT,
    "caption",
    "caption_entities",
    "show_caption_above_media",
    "has_media_spoiler",
]


@dataclass(frozen=True, kw_only=True)
class Member:
    """Someone's standing in a chat; `rights` of an administrator, permissions of the restricted."""

    status: str = "left"  # creator, administrator, member, restricted, left, kicked
    rights: dict[str, bool] = field(default_factory=dict)

    @property
    def present(self) -> bool:
        """In the chat."""
        return self.status not in {"left", "kicked"}

    def may(self, right: str) -> bool:
        """Has that right of an administrator."""
        return self.status == "creator" or (self.status == "administrator" and self.rights.get(right, False))


@dataclass(kw_only=True)
class Stored:
    """A message as a person sees it (a Bot API `Message`), with what Telegram knows besides."""

    message: Json
    by_bot: bool
    plain_keyboard: bool = False  # came with a keyboard that is not inline: can't be edited
    reactions: dict[str, int] = field(default_factory=dict)  # emoji: how many


@dataclass(kw_only=True)
class Chat:
    """A private chat, a channel or a supergroup; in a private chat the bot is `kicked` while blocked."""

    id: int
    type: str
    title: str | None = None
    username: str | None = None
    first_name: str | None = None
    bot: Member = field(default_factory=Member)
    members: dict[int, Member] = field(default_factory=dict)
    messages: dict[int, Stored] = field(default_factory=dict)
    last_message_id: int = 0
    pinned: list[int] = field(default_factory=list)  # the newest pin last
    protected: bool = False
    migrated_to: int | None = None
    discussion: int | None = None  # a channel's group, into which its posts are forwarded
    audience: int = 0  # members who are nobody in particular
    links: dict[str, Json] = field(default_factory=dict)  # `ChatInviteLink`s by their addresses
    topics: dict[int, bool] = field(default_factory=dict)  # a forum's, by their thread: whether it is closed

    @property
    def is_channel(self) -> bool:
        """A channel has no senders, only posts."""
        return self.type == "channel"

    @property
    def is_private(self) -> bool:
        """A private chat has no members."""
        return self.type == "private"

    def brief(self) -> Json:
        """The Bot API's `Chat`."""
        fields = ("id", "type", "title", "username", "first_name")
        brief = {name: getattr(self, name) for name in fields if getattr(self, name) is not None}
        return {**brief, "is_forum": True} if self.topics else brief


def administrator(chat_type: str, **changed: bool) -> Member:
    """An administrator with every right except the `changed` ones."""
    names = CHANNEL_RIGHTS if chat_type == "channel" else GROUP_RIGHTS
    return Member(status="administrator", rights={**dict.fromkeys(names, True), **changed})


def member_json(user: Json, member: Member) -> Json:
    """The Bot API's `ChatMember`."""
    out: Json = {"user": user, "status": member.status}
    match member.status:
        case "creator":
            out["is_anonymous"] = False
        case "administrator":
            out |= {"can_be_edited": False, "is_anonymous": False, **member.rights}
        case "restricted":
            out |= {"is_member": True, "until_date": 0, **dict.fromkeys(PERMISSIONS, False), **member.rights}
        case "kicked":
            out["until_date"] = 0
    return out
