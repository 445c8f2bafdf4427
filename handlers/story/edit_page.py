"""A card's page "edit": one button for each field of the story that the person may change.

A field more is a line more in `FIELDS`; its question and its answer are in `editing`.
"""

from typing import Final

from bot.line.calls import Keyboard
from bot.words import N_
from handlers.story.sight import Sight, Way, back, in_rows, shown


def _asks(field: str, label: str) -> Way:
    return Way(label=label, press="story.edit", more=(field,), needs="edit")


FIELDS: Final = (
    _asks("headline", N_("✏️ Headline")),
    _asks("lede", N_("✏️ Lede")),
    _asks("key_points", N_("✏️ Key points")),
    _asks("hashtags", N_("🏷 Hashtags")),
    _asks("photo", N_("🖼 Photo")),
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
