"""The tables of people and of the conversation with them; the newsroom's own are in `storage.schema`."""

from typing import Final

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    false,
)

from storage.columns import ROW_ID, TELEGRAM_ID, Moment, Words
from storage.schema import articles, metadata, partial

# ── People ──────────────────────────────────────────────────────────────────────────────────────────
# Other tables name people by Telegram's id without a foreign key: anybody may write to the bot.

staff: Final = Table(
    "staff",
    metadata,
    Column("id", TELEGRAM_ID, primary_key=True, autoincrement=False),  # Telegram's user id
    Column("name", Words, nullable=False),
    Column("language", String(16), nullable=False),
    Column("known_at", Moment, nullable=False),
    Column("met_at", Moment),  # NULL until they have written to the bot
    Column("decided_at", Moment),  # an owner has decided here what they are; NULL: the settings say it
)

staff_roles: Final = Table(
    "staff_roles",
    metadata,
    Column("person_id", TELEGRAM_ID, ForeignKey(staff.c.id, ondelete="CASCADE"), primary_key=True),
    Column("role", String(32), primary_key=True),
)

# ── The conversation with the staff ─────────────────────────────────────────────────────────────────

questions: Final = Table(  # one open question to a person in a chat
    "questions",
    metadata,
    Column("chat_id", TELEGRAM_ID, primary_key=True, autoincrement=False),
    Column("person_id", TELEGRAM_ID, primary_key=True, autoincrement=False),
    Column("kind", String(64), nullable=False),
    Column("about", JSON, nullable=False),
    Column("asked_at", Moment, nullable=False),
)

prompts: Final = Table(  # messages of ours whose buttons wait for a person
    "prompts",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("chat_id", TELEGRAM_ID, nullable=False),
    Column("key", TELEGRAM_ID, nullable=False),  # the update that they came of: theirs are closed together
    Column("about", JSON, nullable=False),
    Column("message_id", TELEGRAM_ID),  # NULL until it was delivered
    Column("until", Moment, nullable=False),  # when it lapses
    Column("closed", Boolean, nullable=False),
    Index(None, "chat_id", "key"),
    Index(None, "chat_id", "message_id"),
    Index(None, "closed", "until"),
    sqlite_autoincrement=True,
)

boards: Final = Table(  # messages of ours that show how something stands
    "boards",
    metadata,
    Column("chat_id", TELEGRAM_ID, primary_key=True, autoincrement=False),
    Column("message_id", TELEGRAM_ID, primary_key=True, autoincrement=False),
    Column("marks", JSON, nullable=False),  # [kind, id, mark]: what it shows
    Column("keyboard", JSON, nullable=False),
    Column("until", Moment, nullable=False),
)

cards: Final = Table(  # an article as one chat sees it
    "cards",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("article_id", ROW_ID, ForeignKey(articles.c.id, ondelete="CASCADE"), nullable=False),
    Column("chat_id", TELEGRAM_ID, nullable=False),
    Column("view", String(64), nullable=False),
    Column("message_ids", JSON, nullable=False),
    Column("shown", Words),
    # A card is stale while `revision` is ahead of `delivered`. Every touch raises the one; a delivery
    # sets the other to the revision it had read, so a touch that falls between the two is not lost.
    Column("revision", Integer, nullable=False),
    Column("delivered", Integer, nullable=False),
    Column("anew", Integer, nullable=False),  # the revision from which it stands in new messages
    UniqueConstraint("article_id", "chat_id"),
    Index(None, "chat_id", "id"),
    partial("ix_cards_stale", "chat_id", where="revision <> delivered"),
    partial("ix_cards_open", "id", where="view <> 'main'"),
    partial("ix_cards_of_groups", "chat_id", where="chat_id < 0"),
    sqlite_autoincrement=True,
)

notices: Final = Table(  # outgoing Bot API calls, committed with the change they tell of
    "notices",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("chat_id", TELEGRAM_ID, nullable=False),
    Column("method", String(64), nullable=False),
    Column("params", JSON, nullable=False),
    Column("state", String(32), nullable=False),
    Column("not_before", Moment),
    Column("why", Words),  # it was dropped
    Column("tries", Integer, nullable=False, server_default="0"),  # in which Telegram has stumbled over it
    Index(None, "state", "chat_id"),
    sqlite_autoincrement=True,
)

pastes: Final = Table(  # raw copy on its way in
    "pastes",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("person_id", TELEGRAM_ID, nullable=False),
    Column("text", Words, nullable=False),
    Column("last_part", Words, nullable=False),
    Column("last_part_at", Moment, nullable=False),
    Column("article_id", ROW_ID, ForeignKey(articles.c.id, ondelete="SET NULL")),
    Column("settles_at", Moment),  # NULL once it has settled
    Column("refused", Boolean, nullable=False),
    Column("media_group", String(64)),  # Telegram's id of an album
    Column("pictures", JSON(none_as_null=True)),  # [message id, file or null, caption]: not settled
    Column("replaces", Boolean, nullable=False, server_default=false()),  # the photos that the story has
    Column("failed", Words),  # why it could not be taken in
    Column("origin", JSON(none_as_null=True)),  # where its words were passed on from
    Index(None, "person_id", "last_part_at"),
    partial("ix_pastes_albums", "person_id", "media_group", where="media_group IS NOT NULL"),
    partial("ix_pastes_settles_at", "settles_at", where="settles_at IS NOT NULL"),
    partial("ix_pastes_arriving", "article_id", where="settles_at IS NOT NULL"),
    partial("ix_pastes_settled", "last_part_at", where="settles_at IS NULL"),
    sqlite_autoincrement=True,
)

spoken: Final = Table(  # the messages of a paste, each as its person sent it: found again when it is edited
    "spoken",
    metadata,
    Column("person_id", TELEGRAM_ID, primary_key=True, autoincrement=False),
    Column("message_id", TELEGRAM_ID, primary_key=True, autoincrement=False),
    Column("paste_id", ROW_ID, ForeignKey(pastes.c.id, ondelete="CASCADE"), nullable=False),
    Column("words", Words, nullable=False),  # with their links written out
    Column("sent", Words),  # the text as it was sent; NULL under a file
    Column("media", JSON(none_as_null=True)),  # the file
    Index(None, "paste_id"),
)

inbox: Final = Table(  # updates, stored before their receipt is confirmed to Telegram
    "inbox",
    metadata,
    Column("update_id", TELEGRAM_ID, primary_key=True, autoincrement=False),
    Column("payload", JSON, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("state", String(32), nullable=False),
    Column("why", Words),  # it has failed
    # Whose turn it takes: a member of staff, or all others together (`storage.inbox.OTHERS`).
    Column("turn", TELEGRAM_ID, nullable=False, server_default="0"),
    Index(None, "state", "update_id"),
    partial("ix_inbox_turns", "turn", "update_id", where="state = 'pending'"),
)

strangers: Final = Table(  # who has been answered lately without working here: people, and chats by their id
    "strangers",
    metadata,
    Column("id", TELEGRAM_ID, primary_key=True, autoincrement=False),
    Column("answered_at", Moment, nullable=False),
    Index(None, "answered_at"),
)

proposals: Final = Table(  # what an outside model is asked for, and its checked answer
    "proposals",
    metadata,
    Column("article_id", ROW_ID, ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    Column("person_id", TELEGRAM_ID, nullable=False),  # who asked
    Column("asked_at", Moment, nullable=False),
    Column("headline", Words),
    Column("points", JSON),  # null until it was answered
    partial("ix_proposals_asked", "asked_at", where="points IS NULL"),
)

assistant_asks: Final = Table(  # how often each person has asked it in the last hour that they did
    "assistant_asks",
    metadata,
    Column("person_id", TELEGRAM_ID, primary_key=True, autoincrement=False),
    Column("hour", TELEGRAM_ID, nullable=False),  # since 1970
    Column("count", Integer, nullable=False),
)

house_style: Final = Table(  # what the newsroom has decided otherwise than its configuration
    "house_style",
    metadata,
    Column("key", String(128), primary_key=True),
    Column("value", JSON, nullable=False),
    Column("changed_by", TELEGRAM_ID, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

briefs: Final = Table(  # who wants a daily brief
    "briefs",
    metadata,
    Column("person_id", TELEGRAM_ID, primary_key=True, autoincrement=False),
    Column("minute", Integer, nullable=False),  # of the newsroom's day
    Column("next_at", Moment, nullable=False),
    Index("ix_briefs_next_at", "next_at"),
)

spellings: Final = Table(  # how approved stories spell words, by their letters without half-spaces and blanks
    "spellings",
    metadata,
    Column("letters", String(48), primary_key=True),
    Column("stories", JSON, nullable=False),  # spelling: in how many
    Column("changed_at", Moment, nullable=False),
    Index("ix_spellings_changed_at", "changed_at"),
)

audit: Final = Table(  # who did what; ids without foreign keys, for it outlives what it tells of
    "audit",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("person_id", TELEGRAM_ID, nullable=False),
    Column("verb", String(64), nullable=False),
    Column("article_id", ROW_ID),
    Column("channel_id", TELEGRAM_ID),
    Column("post_id", ROW_ID),
    Column("detail", JSON(none_as_null=True)),
    Index(None, "article_id"),
    Index(None, "person_id", "id"),
    Index(None, "at"),
    partial(None, "channel_id", where="channel_id IS NOT NULL"),
    sqlite_autoincrement=True,
)
