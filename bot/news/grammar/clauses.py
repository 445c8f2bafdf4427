"""Where a long sentence may stop, or begin later, and still stand alone. Knows clauses, not what they tell.

Persian puts the verb last, so a clause is whole when its finite verb has come and none that it waits for is
missing: each «که», «اگر», «وقتی» before the main verb asks for one verb of its own.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import add

from bot.news.grammar import verbs

# Everyday letters stand before `\w`, which takes four times as long to say what is one.
_LETTER = r"A-Za-z\u0621-\u063a\u0641-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc\u06f0-\u06f9\w"
_SIGN = r"\u0300-\u036f\u064b-\u065f\u0670\u06d6-\u06ed\ufe00-\ufe0f"  # what stands over a letter
_TOKEN_AND_BLANKS = re.compile(rf"(?:[{_LETTER}][{_LETTER}{_SIGN}\u200c]*+(?:[./:٫٬]\d+)*|\S)\s*")
_INNER = re.compile(r"[\u200c./:٫٬](?=.)")
_MOST_TOKENS = 160  # of a sentence that are looked at: no point is that long

_OPENERS = frozenset(
    """
    که اگر وقتی هنگامیکه هنگامی‌که زمانیکه زمانی‌که چنانچه هرچند اگرچه گرچه چون بلکه هرگاه همانطورکه
    درحالیکه درحالی‌که حالیکه حالی‌که صورتیکه صورتی‌که طوریکه وقتیکه
    اینکه این‌که آنکه آن‌که بااینکه براینکه ازاینکه بی‌آنکه بی‌آن‌که بی‌اینکه
    """.split()
)
_JOINERS = frozenset(
    "و اما ولی لیکن ولیکن زیرا چراکه چون هرچند اگرچه گرچه بلکه درحالیکه درحالی‌که به‌طوریکه".split()
)
_JOINING_PAIRS = frozenset(
    [("چرا", "که"), ("در", "حالی"), ("در", "حالیکه"), ("در", "صورتی"), ("در", "شرایطی"), ("با", "این")]
    + [("به", way) for way in ("طوری", "گونه", "گونه‌ای", "نحوی", "شکلی")]
    + [("ضمن", "اینکه"), ("ضمن", "آنکه"), ("هر", "چند"), ("تا", "جایی")]
)
_COMMAS = frozenset("،,")
_MARKS = frozenset("،,؛;.")

_NEW_CLAUSE = frozenset(("و", "باید", "نباید", "شاید"))

# A «که» behind these ends nothing: it opens what they wait for («قرار است که», «باعث شد که», «آن بود که»).
_COPULAS = frozenset("است بود بودند نیست نبود هستند نیستند باشد باشند هست باید".split())
_WAITING = frozenset(
    """
    این آن لازم ممکن باعث موجب سبب معتقد مدعی موفق قصد تصمیم امیدوار نشان نظر تلاش سعی فکر احساس
    انتظار اجازه کاری طوری چنان آنقدر درخواست تقاضا دستور اعلام خبر یاد نتیجه باور پی متوجه قول امکان
    احتمال نیاز گفته شنیده دیده پیش‌بینی کاش تصور گمان خواست خواستند خواسته توانست ماند اصرار ثابت
    بدانند بداند بدانیم بدانید می‌دانند می‌دانیم می‌داند بپرسیم بپرسند بپرسد بگویند بگوید بگوییم
    مشخص معلوم روشن مانع می نمی یقین نگران مطمئن منتظر نقل مقرر جایی حدی گونه‌ای مطرح شرط
    """.split()
)
# «این نکته را از یاد برد که …»: what it is stands behind the «که».
_NAMED_LATER = frozenset("نکته موضوع مسئله مساله واقعیت امر مطلب حقیقت پرسش سؤال سوال باور سخن حرف".split())
# «در حالی به میدان رفت که …»: the «که» is promised.
_PROMISING = frozenset("حالی شرایطی زمانی هنگامی بقدری به‌قدری قدری چنان آنچنان آن‌چنان حدی طوری".split())

_CIRCUMSTANCES = frozenset("در با پس بعد طی پیش قبل همزمان به از ضمن دراین درحالی‌که درحالیکه هرچند".split())
_CIRCUMSTANCE_WORDS = 14
_BREAKS = frozenset((*"،,؛;:", "اما", "را", "تصور"))
_CLOSED_BY = {"«": "»", "(": ")", "[": "]", "“": "”", "{": "}"}
_PAIRED = frozenset(('"', *_CLOSED_BY, *_CLOSED_BY.values()))


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """The words and marks of a sentence, and where each begins and ends."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    counted: tuple[int, ...]  # words before each token: marks are none, the halves round a half-space two

    def count(self, first: int, end: int) -> int:
        """How many words the tokens from `first` until `end` are."""
        return self.counted[end] - self.counted[first]

    def at(self, place: int) -> int:
        """The first token that begins at or behind a place of the sentence."""
        return bisect_left(self.starts, place)


@dataclass(frozen=True, kw_only=True)
class Clauses:
    stops: tuple[int, ...]  # the words after which it may be cut, so that what stands before is whole
    whole: bool  # whether all of it has the verbs that it waits for


def tokens(sentence: str) -> Tokens:
    spaced = sentence.replace("_", "-")  # for `\w` it is a letter
    # They leave nothing out but the blanks in front: so their lengths say where each begins.
    found = _TOKEN_AND_BLANKS.findall(spaced)[:_MOST_TOKENS]
    words = tuple(map(str.rstrip, found))
    *starts, _ = accumulate(map(len, found), initial=len(spaced) - len(spaced.lstrip()))
    ends = map(add, starts, map(len, words))
    sizes = [1 if word.isalnum() else 1 + len(_INNER.findall(word)) if len(word) > 1 else 0 for word in words]
    return Tokens(
        words=words,
        starts=tuple(starts),
        ends=tuple(ends),
        counted=tuple(accumulate(sizes, initial=0)),
    )


def read(words: Sequence[str]) -> Clauses:
    """Where a sentence may stop, and whether it is whole itself."""
    state = _State()
    last = len(words) - 2  # where what stands before a full stop may be a verb that is none elsewhere
    telling = [at for at, word in enumerate(words) if at >= last or _tells(word)]
    stops = [at for at in telling if state.ends_at(words, at) and _cuttable(words, at)]
    return Clauses(stops=tuple(stops), whole=state.main)


def _tells(word: str) -> bool:
    """Whether a word may change what has been read of clauses: nearly all only go by."""
    return verbs.may_be_finite(word) or word in _OPENERS or word in _PAIRED


def restart(words: Sequence[str]) -> int | None:
    """Where the main clause begins, if only a circumstance with a verb of its own stands before it.

    «در دیداری که دیشب برگزار شد، تیم …»: what is before the comma can go.
    """
    if not words or words[0] not in _CIRCUMSTANCES:
        return None
    opener = next((at for at, word in enumerate(words) if word in _OPENERS), len(words))
    if opener > _CIRCUMSTANCE_WORDS or not _BREAKS.isdisjoint(words[:opener]):
        return None
    verb = next((at for at in range(opener, len(words) - 1) if verbs.is_finite(words, at)), None)
    if verb is None or words[verb + 1] not in _COMMAS or not _OPENERS.isdisjoint(words[opener + 2 : verb]):
        return None
    begin = verb + 2
    return None if any(verbs.says(words[begin:end]) for end in range(begin + 1, begin + 5)) else begin


class _State:
    """What has been read of a sentence: whether its main verb has come, and what still waits for a verb."""

    def __init__(self) -> None:
        self.main = False
        self._pending = 0
        self._closed: int | None = None  # the verb that closed the last clause before the main one
        self._awaited: list[str] = []  # marks that close what is open
        self._quoted = False  # between straight marks, which look alike

    def ends_at(self, words: Sequence[str], at: int) -> bool:
        """Take the next word; whether what has been read is whole with it."""
        word = words[at]
        if word in _PAIRED:
            self._mark(word)
        if word in _OPENERS:
            self._open(words, at)
            return False
        verb = verbs.is_finite(words, at) or (at + 2 >= len(words) and verbs.may_end(words[: at + 1]))
        return verb and self._verb(words, at) and not (self._awaited or self._quoted)

    def _mark(self, mark: str) -> None:
        if mark == '"':
            self._quoted = not self._quoted
        elif mark in _CLOSED_BY:
            self._awaited.append(_CLOSED_BY[mark])
        elif self._awaited and mark == self._awaited[-1]:
            self._awaited.pop()

    def _open(self, words: Sequence[str], at: int) -> None:
        if at and words[at - 1] in _OPENERS:
            return  # «وقتی که»: one clause
        if self.main and not self._pending and _trails(words, at):
            return
        self.main = self.main and self._pending > 0
        self._pending += 1

    def _verb(self, words: Sequence[str], at: int) -> bool:
        if self._pending:
            if words[at + 1 : at + 2] != ("و",):  # what is joined by «و» still belongs to the clause
                self._pending -= 1
                self._closed = at
            return False
        if self._closed is not None and verbs.is_subjunctive(words[at]):
            between = {*words[self._closed : at]}
            if _MARKS.isdisjoint(between) and between.isdisjoint(_NEW_CLAUSE):
                return False  # «اگر قصد دارید … انجام دهید»: still the clause that «دارید» closed
        self.main = True
        return True


def _trails(words: Sequence[str], at: int) -> bool:
    """Whether an opener comes right behind a verb, so that its clause is a tail and nothing waits for it."""
    before = at - 1
    if before >= 1 and (words[before - 1], words[before]) in _JOINING_PAIRS:
        before -= 2
    elif before >= 0 and (words[before], words[at]) in _JOINING_PAIRS:
        before -= 1
    while before >= 0 and words[before] in _MARKS:
        before -= 1
    return before >= 0 and verbs.is_finite(words, before)


def _cuttable(words: Sequence[str], at: int) -> bool:
    """Whether a new clause begins after the verb at this place."""
    marked = words[at + 1 : at + 2] != () and words[at + 1] in _MARKS
    after = at + 1 + marked
    if after >= len(words):
        return False
    following, then = (*words[after : after + 2], "")[:2]
    if following in ("که", "تا"):
        return _needs_no_more(words, at)
    if verbs.says(words[max(at - 3, 0) : at + 1]) and not verbs.tells(words[: at + 1]):
        return False
    return marked or following in _JOINERS or (following, then) in _JOINING_PAIRS


def _needs_no_more(words: Sequence[str], at: int) -> bool:
    """Whether a «که» after this verb tells more of what is complete: «در ترکیب قرار گرفت که …»."""
    if words[at] in _COPULAS or verbs.says(words[max(at - 3, 0) : at + 1]):
        return False
    if any(word in _PROMISING and words[place + 1] != "که" for place, word in enumerate(words[:at])):
        return False
    if any(this in ("این", "آن") and what in _NAMED_LATER for this, what in pairwise(words[:at])):
        return False
    before = words[max(at - 3, 0) : at]
    return bool(before) and not before[-1].endswith("ی") and _WAITING.isdisjoint((*before, words[at]))
