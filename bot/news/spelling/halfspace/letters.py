"""Where the Persian words of a text stand, and their letters as tables have them; it knows no spelling."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

import regex

ZWNJ = "\u200c"
NON_JOINING = frozenset("اآأإٱدذرزژوؤۀةء")  # after these a half-space shows nothing
LONGEST = 40  # letters; what is longer is no word, and the features of a word grow with its square
_ALPHABET = "ءآابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیئؤأإۀةيىكھہٱ"
_FOLD = str.maketrans("يىكھہٱأإۀةؤ", "ییکههااا" + "ههو")
_MARK = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"  # tatweel, vowels
_VOWELS = re.compile("[\u064c-\u064e\u064f\u0650\u0652]")  # a word with two of these is quoted Arabic
# Any word in Arabic letters, Persian or not, so that no part of a Kurdish or Arabic one is taken for a word.
# All that Unicode calls a letter of that script, spelled out: `re` finds words in half of `regex`'s time.
_ARABIC = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06e5\u06e6\u06ee\u06ef\u06fa-\u06fc\u06ff"
    "\u0750-\u077f\u0870-\u0887\u0889-\u088f\u08a0-\u08c9\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufd8f\ufd92-\ufdc7"
    "\ufdf0-\ufdfb\ufe70-\ufe74\ufe76-\ufefc\U00010ec2-\U00010eee\U0001ee00-\U0001eebb"
)
_WORD = re.compile(f"[{_ARABIC}][{_ARABIC}{_MARK}{ZWNJ}]*+")
_WORD_AND_GAP = re.compile(f"({_WORD.pattern})([^{_ARABIC}]*+)")
_PERSIAN = re.compile(f"[{_ALPHABET}{_MARK}{ZWNJ}]++")
_PLAIN = re.compile(f"[{_ALPHABET}]++")
_LETTER = re.compile(f"[{_ALPHABET}]")
# Code, and all that hangs together with Latin, an address, a handle, a tag or a path; not across a mark that
# may get a blank beside it (`punctuation`), or a second look would see other words than the first.
_END = r"\s،؛؟?!«»()\[\]\"'"
_UNTOUCHED = regex.compile(rf"`[^`\n]*+`|(?<![^{_END}])[^{_END}@#_\\A-Za-z]*+[@#_\\A-Za-z][^{_END}]*+")
_UNTOUCHED_SIGN = re.compile(r"[`@#_\\A-Za-z]")
_BLOT = "`"
_SPACES = (" ", "\u00a0")

_NONE_KEPT: frozenset[int] = frozenset()  # one for nearly all words

type Shape = tuple[str, tuple[int, ...] | None, frozenset[int]]


@dataclass(slots=True)  # positional: one is made for every word
class Word:
    """A word as it stands in a text, and what is thought of its gaps; gap i is the one after letter i."""

    start: int
    end: int
    letters: str  # folded, without half-spaces and marks
    at: tuple[int, ...] | None = None  # where in the word each letter stands, if not one after another
    kept: frozenset[int] = _NONE_KEPT  # the gaps that hold a half-space
    follows: bool = False  # one space and nothing else lies before the next word
    space: float = 0.0  # the chance that this space should be a half-space
    alone: float = 0.0  # the same, wherever else in the paste the two are written
    chances: dict[int, float] = field(init=False)  # of a half-space, by gap; set before it is asked for
    pieces: list[str] = field(
        init=False
    )  # the word cut at its half-spaces and where it likely lost one; same

    def place(self, gap: int) -> int:
        """Where in the text a half-space goes that fills this gap: before the next letter."""
        return self.start + (self.at[gap + 1] if self.at else gap + 1)

    def parts(self) -> list[str]:
        """The letters between the half-spaces that stand in the word."""
        if not self.kept:  # nearly all of them
            return [self.letters]
        out, start = [], 0
        for gap in sorted(self.kept):
            out.append(self.letters[start : gap + 1])
            start = gap + 1
        return [*out, self.letters[start:]]


def folded(letters: str) -> str:
    return letters.translate(_FOLD)


def words_of(text: str) -> list[Word]:
    """The Persian words outside of addresses, code, handles, tags and Latin, in their order."""
    if _UNTOUCHED_SIGN.search(text):  # nearly never
        text = _UNTOUCHED.sub(_blotted, text)
    words: list[Word] = []
    first = _WORD.search(text)
    at = first.start() if first else len(text)
    touches = False  # whether the word before, if it is Persian, is one space away
    for raw, behind in _WORD_AND_GAP.findall(text, at):  # twice as quick as an iterator of matches
        start, at = at, at + len(raw) + len(behind)
        near = behind in _SPACES and raw[-1] != ZWNJ
        word = raw.rstrip(ZWNJ)
        long = len(word)
        shape = _shape(word) if long <= LONGEST else shape_of(word)
        if shape is None:
            touches = False
            continue
        if touches:
            words[-1].follows = True
        touches = near
        words.append(Word(start, start + long, *shape))
    return words


def _blotted(untouched: regex.Match[str]) -> str:
    """Something as long that is no word, so that all others keep their places."""
    return _BLOT * len(untouched.group())


def shape_of(raw: str) -> Shape | None:
    """A word's letters, where they stand in it (None: one after another) and its kept gaps.

    None for what is no Persian word.
    """
    return _shape(raw) if len(raw) <= LONGEST else _shape.__wrapped__(raw)  # no word: not remembered


@lru_cache(maxsize=60_000)  # words come again
def _shape(raw: str) -> Shape | None:
    if _PLAIN.fullmatch(raw):
        return folded(raw), None, _NONE_KEPT
    if not _PERSIAN.fullmatch(raw) or len(_VOWELS.findall(raw)) > 1:
        return None
    at = tuple(found.start() for found in _LETTER.finditer(raw))
    letters = folded("".join(raw[i] for i in at))
    kept = frozenset(
        gap
        for gap in range(len(at) - 1)
        if at[gap + 1] - at[gap] > 1
        and letters[gap] not in NON_JOINING
        and ZWNJ in raw[at[gap] : at[gap + 1]]
    )
    return letters, at, kept
