"""Words that carry no news by themselves, and the endings that change none. Knows Persian and English."""

import re
from collections.abc import Iterator

_WORDS = frozenset(
    """
    که و یا از به با در بر برای را تا اما ولی نیز هم این آن همین همان او وی آنها آنان ایشان ما شما من
    خود خویش یکی پس سپس چون زیرا طی ضمن میان بین توسط درباره های ها می ای است هست هستم هستیم هستید هستند
    اند نیست نیستم نیستیم نیستید نیستند عدم بدون نه بلکه همچنین البته the a an of to in on at by for
    with from and or that which who whom whose as is are was were be been being am has have had having
    do does did doing it its his her their this these those he she they him them but also not no never
    nor cannot without
    """.split()
)
_PERSON = "(?:م|ی|یم|ید|ند)"
# «کرد», «نشده», «می‌دهد», «بوده‌اند», «نداشتن»: what is done stands in the word before them.
_LIGHT_VERB = re.compile(
    rf"ن?(?:می)?(?:کرد|شد|داد|داشت|گرفت|بود|یافت|نمود|گردید)(?:{_PERSON}|ن|ه(?:ا(?:م|یم|ید|ند|ست))?)?"
    rf"|[نب]?(?:می)?(?:کن|شو|ده|دار|گیر|باش|یاب|نمای|گرد)(?:{_PERSON}|د)"
)
_LONGEST_LIGHT_VERB = 14
# The endings of plural, ezafe, indefiniteness and possession, and what they stand for; how much must be left.
_ENDINGS = (
    [(ending, "", 2) for ending in "ها های هایی هایش هایشان هایم هایمان هایت هایتان".split()]
    + [(ending, "", 3) for ending in "ی شان مان تان یی یان ای".split()]
    + [(ending, "", 4) for ending in "ان ات ین ش".split()]
    + [("گان", "ه", 3), ("ات", "ه", 3), ("جات", "ه", 3)]
    + [("'s", "", 2), ("’s", "", 2), ("s", "", 3), ("es", "", 3), ("ed", "", 3), ("d", "", 4), ("ing", "", 3)]
)
_MOST_ENDINGS = 2  # on one word: «ایرانیان» is «ایرانی» and «ایران»


def holds(word: str) -> bool:
    """Whether a folded word without half-spaces is one of them."""
    return word in _WORDS or (len(word) <= _LONGEST_LIGHT_VERB and bool(_LIGHT_VERB.fullmatch(word)))


def stems(word: str) -> frozenset[str]:
    """A folded word without half-spaces, as it is and without its endings."""
    found = newest = frozenset({word})
    for _ in range(_MOST_ENDINGS):
        newest = frozenset(shorter for each in newest for shorter in _shorter(each))
        found |= newest
    return found


def _shorter(word: str) -> Iterator[str]:
    for ending, instead, least in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            yield word.removesuffix(ending) + instead
