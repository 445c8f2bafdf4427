"""Which code point a Persian letter is typed with, and what shows nothing at all. Changes no letter.

Source of the letters: ISIRI 6219 (Persian keyboards and code points); the rest is what Arabic keyboards, old
fonts and old editions of Word leave in copy.
"""

import re
from unicodedata import decomposition
from unicodedata import normalize as unicode_form

from bot.news.spelling.untouchable import PLACE

_LETTERS = (
    *(("ي", "ی"), ("ى", "ی"), ("ے", "ی"), ("ك", "ک"), ("ڪ", "ک"), ("ھ", "ه"), ("ہ", "ه")),
    *zip("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", strict=True),
)
_PRESENTED = re.compile(r"[\uFB50-\uFBB1\uFBD3-\uFBFF\uFE80-\uFEFC]")  # letters as old fonts drew them
_FA = "\u0621-\u063a\u0641-\u064a\u064b-\u0655\u067e\u0686\u0698\u06a9\u06af\u06c0\u06cc"
_STRANGE = re.compile(
    r"[\u00A0\u00AC\u00AD\u061C\u2000-\u200B\u200D-\u200F\u202A-\u202F\u205F-\u2064\u3000\uFEFF]"
)
_FALSE_HALF_SPACE = re.compile(rf"(?<=[{_FA}])[\u00AC\u200B\uFEFF\u2060]+(?=[{_FA}])")
_BLANK = re.compile(r"[\u00A0\u2000-\u200A\u202F\u205F\u3000]")
_UNSEEN = re.compile(r"[\u00AD\u061C\u200B\u202A-\u202E\u2060-\u2064\uFEFF]+")
# A direction mark is meant where a number or another script stands beside it.
_DIRECTED = rf"A-Za-z0-9۰-۹{PLACE}@#$%٪+/\\\-"
_DIRECTION = re.compile(rf"[\u200E\u200F]+(?<![{_DIRECTED}][\u200E\u200F])(?![{_DIRECTED}])")
_JOINER = re.compile(rf"(?<=[{_FA}])(?<!ه)\u200D(?=[{_FA}])")
_HALF_SPACES = re.compile(r"\u200c{2,}")
# At a word's edge, and after letters that never join, a half-space shows nothing.
_LOOSE = re.compile(rf"\u200c(?:(?<![{_FA}\w{PLACE}].)|(?![{_FA}\w{PLACE}])|(?<=[اآأإدذرزژوؤء].)(?=[{_FA}]))")
# After a letter that joins nothing, or a figure («ماده ۲ـ»), and before a blank, it was meant as a dash.
_DASHED = re.compile(rf"ـ(?<=[اآدذرزژو\d]ـ)(?= [{_FA}])")
_DRAWN = re.compile(r"^[ \u200c]*ـ[ـ\u200c]*[ ]*$", re.MULTILINE)  # a line across the page
_TATWEELS = re.compile(r"ـ{2,}")
_TATWEEL = re.compile(rf"ـ(?<=[{_FA}\u200c]ـ)(?<!(?<![{_FA}ـ])هـ)")  # «هـ.ش» is an abbreviation


def persian(text: str) -> str:
    """The text in Persian code points, without characters that show nothing and without tatweel."""
    if _PRESENTED.search(text):
        text = _PRESENTED.sub(lambda letters: unicode_form("NFKC", letters.group()), _drawn_apart(text))
    for typed, printed in _LETTERS:  # quicker than one `translate`, which looks at every character
        text = text.replace(typed, printed)
    if _STRANGE.search(text):
        text = _seen(text)
    if "ـ" in text:
        text = _TATWEEL.sub("", _DASHED.sub(" ـ", _TATWEELS.sub("ـ", _DRAWN.sub("", text))))
    if "\u200c\u200c" in text:
        text = _HALF_SPACES.sub("\u200c", text)
    return _LOOSE.sub("", text)


def _drawn_apart(text: str) -> str:
    """Letters as old fonts drew them show where a word ended, also where its space is lost: «ذائقه‌ی»."""
    return _ENDED.sub(lambda letter: letter.group() + _between(text, letter.end()), text)


def _between(text: str, at: int) -> str:
    """A half-space before an ending, a space before a word."""
    rest = _RUN.match(text, at)
    assert rest is not None  # a letter follows
    return "\u200c" if unicode_form("NFKC", rest.group()).translate(_YEH) in _ENDINGS else " "


def _ends_word(char: str) -> bool:
    drawn, _, letter = decomposition(char).partition(" ")
    return (
        drawn in ("<final>", "<isolated>") and len(letter) == 4 and chr(int(letter, 16)) not in _NON_JOINING
    )


def _begins(char: str) -> bool:
    return decomposition(char).startswith(("<initial>", "<isolated>"))


_NON_JOINING = "اآأإٱدذرزژوؤةءۀ"
_ENDINGS = frozenset("ی ها های هایی ای ام اند ایم اید تر ترین".split())
_YEH = str.maketrans("يى", "یی")
_DRAWN_LETTERS = [
    chr(code) for block in ((0xFB50, 0xFBB2), (0xFBD3, 0xFC00), (0xFE80, 0xFEFD)) for code in range(*block)
]
_FIRST = "".join(filter(_begins, _DRAWN_LETTERS))
_ENDED = re.compile(f"[{''.join(filter(_ends_word, _DRAWN_LETTERS))}](?=[{_FIRST}])")
_RUN = re.compile(r"[\uFB50-\uFBB1\uFBD3-\uFBFF\uFE80-\uFEFC]{1,8}")


def _seen(text: str) -> str:
    text = _FALSE_HALF_SPACE.sub("\u200c", text)
    text = _UNSEEN.sub("", _BLANK.sub(" ", text))
    return _JOINER.sub("", _DIRECTION.sub("", text))
