"""Where no weight is asked, since grammar leaves no choice: spoken verbs, possessives, «می» the month.

It knows the tables for which words there are, and no weights.
"""

from collections.abc import Sequence

from bot.news.grammar import verbs
from bot.news.grammar.letter_names import LETTER_NAMES, ONLY_LETTERS
from bot.news.spelling.halfspace.inner import ENDINGS, PLURAL, VERBAL, is_marked
from bot.news.spelling.halfspace.letters import NON_JOINING, Word
from bot.news.spelling.halfspace.tables import Chances, Tables

_SURE = 0.99
_LONGEST = 6  # letters on each side
_LETTERS = 0.85  # «ام اس»: some write it so
_PREFIXES = ("نمی", "می")
_SPOKEN_STEMS = "گ ش تون دون خوا ر د یا ذار شین خون مون آر ار ندازو".split()
_SPOKEN_ENDINGS = ("م", "ی", "ه", "یم", "ین", "ن")
_NOT_SPOKEN = frozenset("یان دن رن ری".split())  # «میان», «میدن», «میرن», «میری» may be other words
_IMPERSONAL = frozenset("توان باید بایست بایستی شود شد".split())
_SPOKEN = (
    {stem + ending for stem in _SPOKEN_STEMS for ending in _SPOKEN_ENDINGS}
    | {"خواد", "اد", "ام", "ای", "ایم", "این", "شد"}
) - _NOT_SPOKEN
_STANDARD = (("ین", "ید"), ("ن", "ند"), ("ه", "د"))  # spoken endings of the present, and the written ones
_NO_VERBS = frozenset("به نه ای این ام ایم".split())
_COMMON = 60  # times in the press's copy
_PERSONS = ("د", "ند", "ید", "یم")
_POSSESSED = ("هایمان", "هایتان", "هایشان", "هایش", "هایت", "هایم")
_MAY_BE_VERBAL = "هایم"  # «گفته‌ایم»
_OWNERS = ("مان", "تان", "شان")
_NOT_OWNED = frozenset("هیو")  # after these the Academy has the half-space: «خانه‌شان», «زندگی‌شان»
# What stands alone in no sentence: who leaves a space before it has only left it.
_BOUND_STEMS = (
    "گیر گذار ریز رسان انداز بردار پذیر یاب پرداز گرا نگر شناس نشین آموز نویس آفرین افزا جو گو طلب سنج"
    " ساز بین بند دار دوز کار زا زدا گشا گستر گردان فروش پوش خوان خواه دان ران سوز شکن کش کوب نما"
).split()
_BOUND = frozenset(
    [stem + ending for stem in _BOUND_STEMS for ending in ("ی", "ان", "یی")]
    + "کننده کنندگان دهنده دهندگان شونده شوندگان گیرنده گیرندگان گذار گیر پذیر محور مدت آمیز آموز".split()
)
_LIKELY, _BOUND_SHARE = 0.5, 0.98
MARKET = frozenset("نماد نمادهای نمادها بورس فرابورس سهام بورسی".split())
_WORDLIKE = 4  # letters
_CAREFUL = 3  # the bits of hazm's list
_LONGEST_TICKER = 6  # letters
_CARE = 0.8
_LINKS = frozenset("به از در با تا که و را یا بر این آن هر چه اما ولی اگر".split())
_ARABIC = frozenset("علیها علیهما فیها الیها عنها منها لدیها علیهن".split())


def chances(word: str, tables: Tables) -> Chances | None:
    """The gaps of a word whose half-spaces are certain; None where the weights are to say."""
    if word in _ARABIC:
        return {}
    if word.startswith(_PREFIXES):
        return _of_verb(word, tables)
    if word.endswith(_POSSESSED):
        return _of_plural(word, tables)
    return None


def joined(word: str, found: Chances) -> Chances:
    """What was found without the gap before a possessive that the Academy joins: «پزشکتان»."""
    gap = len(word) - 4
    if found and gap in found and word.endswith(_OWNERS) and word[gap] not in _NOT_OWNED:
        return {place: share for place, share in found.items() if place != gap}
    return found


def with_care(word: str, found: Chances, tables: Tables, *, market: bool) -> Chances:
    """What was found without doubtful compounds in a word that nobody knows: «اسکلروز» is none of «روز».

    Nor is a short word of a `market` report, which is a share's: «شبریز».
    """
    if tables.knows(word):
        return found
    enough = 1.0 if market and len(word) <= _LONGEST_TICKER else _CARE
    return {gap: share for gap, share in found.items() if share > enough or is_marked(word, gap)}


def is_typed_so(word: Word, tables: Tables) -> bool:
    """Whether a half-space that stands in a word is a slip: «به‌خانه», which no list and not the press has.

    It stays where it is; but it says nothing of the same two words elsewhere.
    """
    parts = word.parts()
    if len(parts) != 2 or parts[0] not in _LINKS or parts[1] in ENDINGS:
        return False
    return word.letters not in tables.joined and not tables.seen(word.letters)[0]


def within_words(word: Word, found: Chances, tables: Tables) -> Chances:
    """What was found without gaps inside of a part that is a listed word: «بی‌شهروند» is none of «شه»."""
    start, whole = 0, []
    for part in word.parts():
        if len(part) >= _WORDLIKE and tables.plain.get(part, 0) & _CAREFUL and part not in tables.joined:
            whole.append(range(start, start + len(part) - 1))
        start += len(part)
    return {gap: share for gap, share in found.items() if not any(gap in part for part in whole)}


def is_spoken(rest: str, tables: Tables) -> bool:
    """Whether what follows «می» is a verb as it is spoken: «شه», «دونم», «کنه»."""
    if rest in _SPOKEN:
        return True
    return len(rest) > 2 and any(
        rest.endswith(spoken) and rest.removesuffix(spoken) + written in tables.verbs
        for spoken, written in _STANDARD
    )


def is_verb(prefix: str, rest: str, tables: Tables) -> bool:
    """Whether what stands behind «می» and a space is its verb; else «می» is the month, a name or wine."""
    common = tables.common.get(rest, 0) >= _COMMON
    if rest in _IMPERSONAL:
        return True
    if verbs.follows_mi(rest) and not (common and rest.endswith("ی")):
        return True
    if common:  # a noun, though a verb has such a form: «بازی», «مردم»
        return False
    if rest in tables.verbs or rest in tables.participles or is_spoken(rest, tables):
        return rest not in _NO_VERBS
    _, places = tables.seen(prefix + rest)
    gap = len(prefix) - 1
    if gap in places or gap in tables.joined.get(prefix + rest, ()):
        return True
    return len(rest) > 3 and (rest.endswith(_PERSONS) or (rest.endswith("م") and not tables.knows(rest)))


def space(words: Sequence[Word], i: int, tables: Tables) -> float | None:
    """The chance of a half-space for the space behind word i; None where the weights are to say."""
    word, after = words[i], words[i + 1]
    if word.letters in VERBAL and not is_verb(word.letters, after.pieces[0], tables):
        return 0.0
    if word.pieces[0] in VERBAL and len(word.pieces) > 1 and after.letters not in ENDINGS:
        return 0.0  # a finite verb is no part of a compound: «نمی‌دونم چی»
    if after.letters == "ای" and word.letters in _LINKS:
        return 0.0  # «می‌گفت که ای پدر»
    if after.pieces[0] == "ام" and len(after.pieces) > 1 and after.pieces[1].startswith("ال"):
        return 0.0  # «حضرت ام‌البنین»
    if after.letters == "ام" and after.follows and words[i + 2].letters.startswith("ال"):
        return 0.0  # «فاطمه ام البنین»
    if word.letters == "هم" and i and words[i - 1].follows and words[i - 1].letters in ("آن", "این"):
        return 0.0  # «آن هم تیمی که …»
    if _is_name(after) or (_is_name(word) and after.letters not in PLURAL):
        return _between_letters(words, i)
    return None


def may_be_letters(word: Word, after: Word) -> bool:
    """Whether either may be a letter's name, so that `space` must be asked though weights say no."""
    return not LETTER_NAMES.isdisjoint((after.letters, word.letters, after.pieces[0], word.pieces[0]))


def with_bound(right: str, share: float) -> float:
    """The chance of a half-space before such a piece, given what weights say of it."""
    return max(share, _BOUND_SHARE) if share > _LIKELY and right in _BOUND else share


def _of_verb(word: str, tables: Tables) -> Chances | None:
    prefix = "نمی" if word.startswith("نمی") else "می"
    rest = word.removeprefix(prefix)
    if rest in _SPOKEN and len(rest) > 1:
        return {len(prefix) - 1: _SURE}
    if word not in tables.plain and is_spoken(rest, tables):
        return {len(prefix) - 1: _SURE}
    return None


def _of_plural(word: str, tables: Tables) -> Chances | None:
    """«کتابهایمان»: never «کتابه‌ایمان»; «حرفهایم» by which of «حرف» and «حرفه» is commoner."""
    ending = next(one for one in _POSSESSED if word.endswith(one))
    noun = word.removesuffix(ending)
    if len(noun) < 2 or noun[-1] in NON_JOINING or not tables.knows(noun):
        return None
    if ending == _MAY_BE_VERBAL:
        other = noun + "ه"
        if other in tables.participles or tables.common.get(noun, 0) < tables.common.get(other, 0):
            return None
    return {len(noun) - 1: _SURE}


def _is_name(word: Word) -> bool:
    return word.letters in LETTER_NAMES or (
        len(word.pieces) > 1 and all(piece in LETTER_NAMES for piece in word.pieces)
    )


def _between_letters(words: Sequence[Word], i: int) -> float | None:
    """Within an abbreviation spelled by its letters, and none at its edges: «بیماری ام‌اس»."""
    first = last = i + 1 if _is_name(words[i + 1]) else i
    while first and i - first < _LONGEST and words[first - 1].follows and _is_name(words[first - 1]):
        first -= 1
    while last - i < _LONGEST and words[last].follows and _is_name(words[last + 1]):
        last += 1
    names = [piece for word in words[first : last + 1] for piece in word.pieces]
    if len(names) < 2 or not (len(names) > 2 or ONLY_LETTERS & set(names)):
        return None
    return _LETTERS if first <= i < last else 0.0
