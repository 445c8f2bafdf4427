"""«…های» read by its neighbours: «نام‌های شهر» or «نامه‌ای به شهر»; it knows no stems."""

from collections.abc import Iterable

from bot.news.spelling.halfspace.letters import NON_JOINING, Word
from bot.news.spelling.halfspace.scoring import Weights, chance, logit

_LETTERS = "های"
_WORD_MATTERS = 5.0  # logits; the word itself speaks no louder than this
_START, _END = "^", "$"


def is_open(word: str) -> bool:
    return len(word) > 4 and word.endswith(_LETTERS)


def features(text: str, words: list[Word], i: int) -> list[str]:
    """The names of what stands around word i."""
    word = words[i]
    before, mark_before, after, mark_after = "", _START, "", _END
    if i:
        before, mark_before = words[i - 1].letters, _mark(text[words[i - 1].end : word.start])
    if i + 1 < len(words):
        after, mark_after = words[i + 1].letters, _mark(text[word.end : words[i + 1].start])
    return [
        "bias",
        f"m{mark_after[:1]}" if mark_after else f"n{after}",
        f"q{mark_before[-1:]}" if mark_before else f"p{before}",
        f"o{after[-2:]}|{bool(mark_after)}",
        f"r{before[-2:]}|{bool(mark_before)}",
        f"e{after[:2]}|{bool(mark_after)}",
        f"z{before[-1:]}|{min(len(before), 20)}",
        f"l{min(len(after), 4)}|{bool(mark_after)}",
    ]


def _mark(between: str) -> str:
    return "/" if "\n" in between[:20] else between[:20].strip()


def weigh(text: str, words: list[Word], which: Iterable[int], around: Weights) -> None:
    """Shifts the chances of the two readings of each such word of these, as far as both are possible."""
    for i in which:
        word = words[i]
        if not word.chances or word.kept or not is_open(word.letters):
            continue
        gap = len(word.letters) - len(_LETTERS)  # after «ه»; the other reading has it one letter before
        single = word.chances.get(gap, 0.0)
        joining = word.letters[gap - 1] not in NON_JOINING
        plural = word.chances.get(gap - 1, 0.0) if joining else 1 - single
        if min(single, plural) < 0.003:
            continue
        of_word = max(-_WORD_MATTERS, min(_WORD_MATTERS, logit(single / (single + plural))))
        share = chance(of_word + around.logit(features(text, words, i)))
        total = min(1.0, single + plural)
        word.chances = {**word.chances, gap: share * total}
        if joining:
            word.chances[gap - 1] = (1 - share) * total
