"""How Telegram's apps cut a long paste into messages; knows nothing else."""

LONGEST = 4096  # UTF-16 units: the apps count as their strings do


def cut(text: str, longest: int = LONGEST) -> list[str]:
    """Parts of at most `longest` units: cut at the last newline that fits, else the last space, else hard.

    The separator is dropped and every part trimmed; blank parts are not sent.
    """
    parts = []
    rest = text.strip()
    while rest:
        end = _fitting(rest, longest)
        if end < len(rest):
            end = _last_break(rest, end) or end
        parts.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return parts


def _fitting(text: str, longest: int) -> int:
    """How many code points fit."""
    units = 0
    for index, char in enumerate(text[: longest + 1]):
        units += 2 if ord(char) > 0xFFFF else 1
        if units > longest:
            return index
    return len(text)


def _last_break(text: str, end: int) -> int:
    """Where the last separator within reach stands, 0 for none; one right behind the window counts too."""
    newline = text.rfind("\n", 1, end + 1)
    return max(newline if newline > 0 else text.rfind(" ", 1, end + 1), 0)
