"""Years of stories: an index for each way the bot asks a table that grows, and none besides."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_LATELY = 500
"""Stories whose categories are offered; see `storage.articles.Articles.categories`."""


def upgrade() -> None:
    op.add_column("articles", sa.Column("category", sa.Text()))
    _take_over_categories()
    op.create_index(
        "ix_articles_reporter_id_state_changed_at", "articles", ["reporter_id", "state", "changed_at"]
    )
    op.drop_index("ix_posts_channel_id_due_at", "posts")
    op.create_index("ix_posts_channel_id_state_due_at", "posts", ["channel_id", "state", "due_at"])
    op.create_index("ix_posts_article_id", "posts", ["article_id"])
    _where("ix_posts_channel_id_sent_at", "posts", ["channel_id", "sent_at"], "sent_at IS NOT NULL")
    _where("ix_posts_recurrence_id", "posts", ["recurrence_id"], "recurrence_id IS NOT NULL")
    op.create_index("ix_post_parts_sending_at", "post_parts", ["sending_at"])
    op.create_index("ix_recurrences_article_id", "recurrences", ["article_id"])
    _where("ix_recurrences_going", "recurrences", ["id"], "ended = 0", postgres="NOT ended")
    op.create_index("ix_confirmations_state_expires_at", "confirmations", ["state", "expires_at"])
    _index_talk()


def _index_talk() -> None:
    _where("ix_cards_stale", "cards", ["chat_id"], "revision <> delivered")
    _where("ix_cards_open", "cards", ["id"], "view <> 'main'")
    _where("ix_cards_of_groups", "cards", ["chat_id"], "chat_id < 0")
    op.drop_index("ix_pastes_person_id", "pastes")
    op.drop_index("ix_pastes_settles_at", "pastes")
    op.create_index("ix_pastes_person_id_last_part_at", "pastes", ["person_id", "last_part_at"])
    _where("ix_pastes_albums", "pastes", ["person_id", "media_group"], "media_group IS NOT NULL")
    _where("ix_pastes_settles_at", "pastes", ["settles_at"], "settles_at IS NOT NULL")
    _where("ix_pastes_arriving", "pastes", ["article_id"], "settles_at IS NOT NULL")
    _where("ix_pastes_settled", "pastes", ["last_part_at"], "settles_at IS NULL")
    _where("ix_proposals_asked", "proposals", ["asked_at"], "points IS NULL")
    _where("ix_audit_channel_id", "audit", ["channel_id"], "channel_id IS NOT NULL")


def _where(name: str, table: str, columns: list[str], what: str, postgres: str | None = None) -> None:
    op.create_index(
        name, table, columns, sqlite_where=sa.text(what), postgresql_where=sa.text(postgres or what)
    )


def _take_over_categories() -> None:
    """Of the newest stories: older ones are not asked for theirs."""
    newest = op.get_bind().execute(
        sa.text(
            "SELECT articles.id, article_versions.content FROM articles JOIN article_versions"
            " ON article_versions.article_id = articles.id AND article_versions.version = articles.version"
            " WHERE articles.id > (SELECT max(id) - :most FROM articles)"
        ),
        {"most": _LATELY},
    )
    for id_, content in newest.all():
        story = json.loads(content) if isinstance(content, str) else content
        op.get_bind().execute(
            sa.text("UPDATE articles SET category = :category WHERE id = :id"),
            {"category": story.get("category"), "id": id_},
        )
