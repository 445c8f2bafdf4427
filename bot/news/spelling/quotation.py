"""Quotation marks: pairs of them, line by line. Knows where one begins and ends, and not what is said.

Where all of a line pair up, all are mended, whatever blanks are about them. Where they do not, each pair that
looks like one by its blanks is, and the rest stays.
"""

import re

from bot.news.spelling.house_style import HouseStyle

# One set of characters in front: the search skips all other text.
_ANY = re.compile(
    r"[\"“”„‟«»‹›‘’<>'](?:(?<![<>'])|(?<=<)<|(?<=>)>|(?<=')'|(?<=')(?<!\w')(?=\w)|(?<=\w')(?!\w))"
)
_SIGNS = {"“": "«", "”": "»", "„": "«", "‟": "«", "<<": "«", ">>": "»", "‘": "«", "’": "»"}
_TO_STRAIGHT = str.maketrans("«»“”‹›", '""""\'\'')
_DEEPEST = 2
_BEFORE_OPENING, _AFTER_CLOSING = frozenset(" \t([،؛:–-"), frozenset(" \t)]،؛:.!؟?…,;–-")
_GOES_ON, _ENDS = re.compile(r"\w"), re.compile(r"[\w.!؟?…)]")
_FAMILIES = (frozenset("“”„‟"), frozenset("«»"), frozenset(("<<", ">>")), frozenset("‘’"), frozenset("‹›"))


def in_style(text: str, style: HouseStyle) -> str:
    """The text with the house's quotes, nested ones inside; lines whose quotes do not pair stay."""
    if style.quotes == "as_is" or not _ANY.search(text):
        return text
    return "\n".join(_line(line, style) if _ANY.search(line) else line for line in text.split("\n"))


def _line(line: str, style: HouseStyle) -> str:
    signs = [(found.span(), found.group()) for found in _ANY.finditer(line)]
    paired = _paired([sign for _, sign in signs])
    if paired is None:
        mended = _each_by_itself(line, signs)
        paired = _paired(mended) or mended  # the mended ones may have left no odd sign: a second look sees it
    pieces: list[str] = []
    at = 0
    for ((start, end), _), sign in zip(signs, paired, strict=True):
        pieces += [line[at:start], sign]
        at = end
    whole = "".join([*pieces, line[at:]])
    return whole.translate(_TO_STRAIGHT) if style.quotes == "straight" else whole


def _paired(signs: list[str]) -> list[str] | None:
    """«» for the outer pairs and ‹› for the inner; None where they do not pair."""
    if signs and signs == ["»", "«"] * (len(signs) // 2):  # by an editor that knew no right-to-left
        signs = ["«", "»"] * (len(signs) // 2)
    pairs: list[str] = []
    opened: list[str] = []  # how each open quote was typed
    for sign in signs:
        turn = _turn(sign, opened)
        if turn == "open":
            opened.append(sign)
            if len(opened) > _DEEPEST:
                return None
            pairs.append("«" if len(opened) == 1 else "‹")
        elif opened:
            pairs.append("»" if len(opened) == 1 else "›")
            opened.pop()
        else:
            return None
    return None if opened else pairs


def _each_by_itself(line: str, signs: list[tuple[tuple[int, int], str]]) -> list[str]:
    """The signs with the pairs mended that look like one; from the first on that holds another, all stay."""
    found = [sign for _, sign in signs]
    opened: int | None = None
    for i, ((start, end), sign) in enumerate(signs):
        before, after = line[start - 1 : start], line[end : end + 1]
        if _BEFORE_OPENING.issuperset(before) and _GOES_ON.match(after):
            if opened is not None:
                break
            opened = i
        elif opened is None or not _AFTER_CLOSING.issuperset(after) or not _ENDS.match(before):
            continue
        elif _are_kin(signs[opened][1], sign):
            found[opened], found[i] = "«", "»"
            opened = None
    return found


def _are_kin(one: str, other: str) -> bool:
    return one == other or any(one in family and other in family for family in _FAMILIES)


def _turn(sign: str, opened: list[str]) -> str:
    """Whether a sign opens or closes; straight ones by whether one like it is open."""
    if sign in ('"', "'", "''"):
        return "close" if opened and opened[-1] == sign else "open"
    return "open" if _SIGNS.get(sign, sign) in "«‹" else "close"
