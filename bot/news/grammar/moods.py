"""How a Persian verb puts what it says: denied or not, done or open, giving or taking. Knows forms only.

Words are folded as `claims` folds them, half-spaces kept.
"""

import re
from collections.abc import Sequence
from enum import Enum, auto

from bot.news.grammar import verbs


class Mood(Enum):
    DONE = auto()  # or so it is
    COMING = auto()  # is being done, or will be
    POSSIBLE = auto()  # may, can or should be


_COPULAS = {"نیست": "است", "نیستند": "هستند", "نیستم": "هستم", "نیستیم": "هستیم", "نیستید": "هستید"}
_PERSON = "(?:م|ی|د|یم|ید|ند)"
_PAST_PERSON = "(?:م|ی|یم|ید|ند|ه)?"
# They leave the clause to the verb that follows: «نمی‌تواند … شرکت کند», «نخواهد رفت».
_MODAL = re.compile(
    rf"(?P<denied>ن)?(?:باید|بایست|بایستی|می\u200c?(?:توان|بایست|باید)|(?:می\u200c?)?(?:توان|خواه){_PERSON}"
    rf"|(?P<done>(?:می\u200c?)?(?:توانست|خواست){_PAST_PERSON}))"
)
_NO_MODALS = ("توانم", "توانی", "خواهی", "خواهم")  # endings of nouns
_JOINED_MI = re.compile(r"(ن?می)(?!\u200c)(?=\w{2})")
_GIVES = re.compile(r"[نب]?(?:می\u200c?)?(?:داد|ده)(?:م|ی|د|یم|ید|ند|ه|ه\u200c?اند)?")
_TAKES = re.compile(r"[نب]?(?:می\u200c?)?(?:گرفت|گیر|خورد|خور)(?:م|ی|د|یم|ید|ند|ه|ه\u200c?اند)?")
_WILL = re.compile(rf"ن?خواه{_PERSON}")
_VERB_START = re.compile(r"(?:می\u200c?|ب(?=\w{3}))")
_VERB_END = re.compile(r"(?:ه\u200c?(?:ا(?:م|یم|ید|ند))|ند|یم|ید|م|د|ه|ن)$")
_HEDGES = frozenset("شاید احتمالا احتمال ممکن اگر چنانچه گویا ظاهرا قرار باید قصد".split())
_LONGEST = 24  # letters of a verb


def is_verb(words: Sequence[str], at: int) -> bool:
    """Whether a finite verb ends at this word, or a modal one stands there."""
    word, before = _half_spaced(words[at]), words[at - 1] if at else ""
    if len(word) > _LONGEST:
        return False
    if verbs.is_finite((before, word), 1) or modal(word):
        return True
    return word in _COPULAS or (_is_finite(without := affirmed(word) or "") and not without.endswith("ن"))


def modal(word: str) -> bool:
    return len(word) <= _LONGEST and bool(_MODAL.fullmatch(word)) and word not in _NO_MODALS


def affirmed(word: str) -> str | None:
    """A denying verb, participle or infinitive without its «ن»: «شد» for «نشد», «آمدن» for «نیامدن»."""
    if len(word) > _LONGEST or not word.startswith("ن"):
        return None
    if word in _COPULAS:
        return _COPULAS[word]
    if modal(word):
        return word[1:]
    word = _half_spaced(word)
    if word.startswith("نمی\u200c"):
        return word[1:]
    rest = word[1:]
    tries = (rest, "آ" + rest[2:], rest[1:]) if rest.startswith("یا") else (rest, "ا" + rest[1:])
    return next((each for each in tries[: 3 if rest.startswith("ی") else 1] if _is_form(each)), None)


def mood(words: Sequence[str]) -> Mood:
    """Of a clause with these words (one at least), its verb last."""
    words = [_half_spaced(word) for word in words]
    if verbs.says(words):
        return Mood.DONE
    modals = [found for word in words if len(word) <= _LONGEST and (found := _MODAL.fullmatch(word))]
    if modals:
        return _mood_of_modals(words, modals)
    if not _HEDGES.isdisjoint(words) or is_subjunctive(words[-1]):
        return Mood.POSSIBLE
    verb = words[-1].removeprefix("ن")
    stem = verb.removeprefix("می\u200c")
    present = stem != verb and (verbs.is_subjunctive(stem) or not _is_finite(stem))
    return Mood.COMING if present else Mood.DONE


def _mood_of_modals(words: Sequence[str], modals: Sequence[re.Match[str]]) -> Mood:
    if any(found["done"] for found in modals):
        return Mood.DONE
    return Mood.COMING if any(will(word) for word in words) else Mood.POSSIBLE


def is_subjunctive(word: str) -> bool:
    return not word.startswith(("می", "نمی")) and verbs.is_subjunctive(word)


def denies_noun(word: str) -> bool:
    """An infinitive or participle that denies: «تصویب نشدن», «حل نشده»."""
    return affirmed(word) is not None and not is_verb((word,), 0)


def will(word: str) -> bool:
    """A sign of the future: «خواهد», «نخواهند»."""
    return len(word) <= _LONGEST and bool(_WILL.fullmatch(word)) and word not in _NO_MODALS


def stems(word: str) -> frozenset[str]:
    """What all forms of a verb begin with, as far as rules go: «رس» for «نمی‌رسد»; else nothing."""
    form = affirmed(word) or word
    if not (is_verb((word,), 0) or _is_form(_half_spaced(form))):
        return frozenset()
    stem = _VERB_START.sub("", form)
    found = {stem}
    for _ in range(2):
        found |= {shorter for each in found if len(shorter := _VERB_END.sub("", each)) > 1}
    return frozenset(found)


def side(verb: str) -> str:
    """Whether a verb gives or takes; «» for all others."""
    if len(verb) > _LONGEST:
        return ""
    return "gives" if _GIVES.fullmatch(verb) else "takes" if _TAKES.fullmatch(verb) else ""


def _half_spaced(word: str) -> str:
    return _JOINED_MI.sub("\\1\u200c", word, count=1) if word.startswith(("می", "نمی")) else word


def _is_finite(word: str) -> bool:
    return bool(word) and verbs.is_finite((word,), 0)


def _is_form(word: str) -> bool:
    """A finite verb, a participle or an infinitive."""
    if not word:
        return False
    stem = word[:-1] if word.endswith(("دن", "تن")) else word
    return _is_finite(stem) or verbs.is_finite((word, "اند"), 1)
