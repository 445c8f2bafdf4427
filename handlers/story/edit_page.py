"""A card's page "edit": one button for each field of the story that the person may change.

A field more is a line more in `FIELDS`; its question and its answer are in `editing`.
"""

from typing import Final

from bot.line.calls import Keyboard
from bot.words import N_
from handlers.story import kinds
from handlers.story.sight import Sight, Way, back, in_rows, shown


def _asks(field: str, label: str) -> Way:
    return Way(label=label, press="story.edit", more=(field,), needs="edit")


def _writes(place: str, label: str) -> Way:
    return Way(label=label, press="story.write", more=(place,), needs="edit")


def _lists(kind: str, label: str) -> Way:
    return Way(label=label, press="story.list", more=(kind,), needs="edit")


def _files(sight: Sight) -> str:
    return kinds.label(sight.article.media, sight.say)


FIELDS: Final = (
    _writes("kicker", N_("✏️ Kicker")),
    _asks("headline", N_("✏️ Headline")),
    _asks("lede", N_("✏️ Lede")),
    _asks("key_points", N_("✏️ Key points")),
    _lists("point", N_("🔢 Points one by one")),
    Way(label=N_("📖 Its text, part by part"), press="story.text", needs="edit"),
    _writes("text.all", N_("✏️ All of its text")),
    _lists("link", N_("🔗 Related links")),
    _writes("byline", N_("✏️ Byline")),
    _writes("author_bio", N_("✏️ About the author")),
    _writes("dateline", N_("✏️ Dateline")),
    _writes("source", N_("✏️ Source")),
    _writes("source_url", N_("✏️ Address of the source")),
    _writes("category", N_("✏️ Category")),
    _writes("keywords", N_("✏️ Keywords")),
    _writes("language", N_("🌐 Language")),
    Way(label=N_("🏷 Hashtags"), press="story.view", more=("tags",), needs="edit"),
    Way(label=_files, press="story.edit", more=("photo",), needs="edit"),
    _lists("button", N_("🔘 Buttons")),
    Way(label=N_("⚙️ How it is sent"), press="story.switches", needs="edit"),
    _writes("ed_note", N_("📝 Note to colleagues")),
    Way(
        label=N_("🤖 Ask for a proposal"),
        press="story.propose",
        needs="edit",
        when=lambda sight: sight.house.assistant,
    ),
)
"""In the order in which they stand in a post."""


def page(sight: Sight) -> Keyboard:
    """The page; empty where there is nothing that the person may change."""
    rows = in_rows(shown(FIELDS, sight), sight.say)
    return [*rows, back(sight)] if rows else []
