"""The newsroom's house style: its configuration, and over it what its people have decided since."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal, get_args, get_origin, get_type_hints

from bot.news.spelling.house_style import HouseStyle

WORD, KEPT = "word:", "kept:"
"""Keys of decisions: `word:FORM` has the form to write instead, `kept:FORM` leaves the form alone."""

CHOICES: dict[str, tuple[str, ...]] = {
    name: get_args(kind) for name, kind in get_type_hints(HouseStyle).items() if get_origin(kind) is Literal
}
"""What can be chosen, with its options in the order in which a button goes through them."""


def decided(base: HouseStyle, decisions: Mapping[str, Any]) -> HouseStyle:
    """The style with the decisions put over it; one that is no option (any more) is passed over."""
    choices = {name: value for name, value in decisions.items() if value in CHOICES.get(name, ())}
    words = {key.removeprefix(WORD): value for key, value in decisions.items() if key.startswith(WORD)}
    kept = {key.removeprefix(KEPT) for key in decisions if key.startswith(KEPT)}
    return replace(base, **choices, words={**base.words, **words}, kept=base.kept | kept)


def next_choice(style: HouseStyle, name: str) -> str:
    """The option after the present one."""
    options = CHOICES[name]
    return options[(options.index(getattr(style, name)) + 1) % len(options)]


def is_spelling(form: str, preferred: str) -> bool:
    """Whether the second is only another spelling of the first."""
    try:
        HouseStyle(words={form: preferred})
    except ValueError:
        return False
    return bool(form and preferred) and form != preferred
