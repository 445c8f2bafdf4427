"""Items of lists and what stands before them: bullets, numbers, letters. It knows no markup."""

from bot.simulator.rich.case import Json

LABELS = ("a", "A", "i", "I", "1")
BULLET = "•"

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_ROMANS = range(1, 4000)


def item(
    blocks: list[Json], *, value: int | None = None, kind: str = "1", checked: bool | None = None
) -> Json:
    """An item as Telegram shows it; `value` makes it one of an ordered list, `checked` gives it a box."""
    shown: Json = {"label": BULLET if value is None else label(value, kind), "blocks": blocks}
    if checked is not None:
        shown |= {"has_checkbox": True} | ({"is_checked": True} if checked else {})
    if value is not None:
        shown |= {"value": value, "type": kind}
    return shown


def label(value: int, kind: str) -> str:
    if kind in "aA" and value > 0:
        text = _letters(value)
    elif kind in "iI" and value in _ROMANS:
        text = _roman(value)
    else:
        text = str(value)
    return (text.upper() if kind.isupper() else text) + "."


def _letters(value: int) -> str:
    text = ""
    while value:
        value, rest = divmod(value - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def _roman(value: int) -> str:
    text = ""
    for worth, sign in _ROMAN:
        count, value = divmod(value, worth)
        text += sign * count
    return text
