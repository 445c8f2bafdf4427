"""How Persian is spelled: the only module that knows hazm. It changes no letter, only its code point.

`repaired` does, in this order, to all that is not `untouchable`:

1. `characters`: Persian letters and digits for Arabic ones, so that the rest meets one spelling; then nothing
   unseen and no tatweel stands between letters;
2. half-spaces, which look at words in their sentence as it was written;
3. `figures`: a sign of percent goes with its number before anyone looks what stands beside a word;
4. `spelling`: half-spaces have made the words what they are;
5. `quotation`, `punctuation`: quotes first, since blanks stand outside of what opens and closes.

hazm's normaliser as a whole does harm to copy: its table turns Kurdish letters and hamzas into others, it
changes digits and stops in addresses and joins words that stand apart. Its one part that is right 998 times
in 1,000, the half-space after «می» (`seperate_mi`), is what is done here, with its conjugations.
"""

from functools import cache
from unicodedata import normalize as unicode_form

import regex

from bot.news import arabic, characters, figures, language, punctuation, quotation, spelling, untouchable
from bot.news.house_style import DEFAULT, HouseStyle

# URLs, e-mail addresses, handles, hashtags, code and words with Latin letters are not Persian to be mended.
_UNTOUCHED = regex.compile(r"`[^`\n]*+`|(?<!\S)\S*?[@#A-Za-z]\S*+")
_LETTERS = (("ي", "ی"), ("ى", "ی"), ("ك", "ک"), ("ھ", "ه"), ("ہ", "ه"), ("ـ", ""))
_PRESENTED = regex.compile(r"[\uFB50-\uFBB1\uFBD3-\uFBFF\uFE80-\uFEFC]+")  # letters as old fonts drew them
_FALSE_HALF_SPACE = regex.compile(r"(?<=\p{Arabic})\u00AC(?=\p{Arabic})")  # old editions of Word
_MI = regex.compile(r"(?<![\w\u200c])ن?می[آ-ی]{2,30}+(?![\w\u200c])")


def normalise(text: str) -> str:
    """Persian text with Persian letters, and «می» apart from its verb; other languages as they are.

    Lines stay lines. URLs, e-mail addresses, handles, hashtags, code and Latin words stay as they are.
    """
    if not language.is_persian(language.detect(text)):
        return text
    pieces: list[str] = []
    start = 0
    for kept in _UNTOUCHED.finditer(text):
        pieces += [_mended(text[start : kept.start()]), kept.group()]
        start = kept.end()
    return "".join([*pieces, _mended(text[start:])])


def repaired(text: str, style: HouseStyle = DEFAULT) -> str:
    """Persian text as a careful copy editor spells it, in the newsroom's style; other languages as they are.

    Idempotent. Letters stay but for their code points and the seats of hamza, lines stay lines, and what is
    `untouchable` or `style.kept` stays as it is.
    """
    open_text, untouched = untouchable.hidden(text, untouchable.spans(text, style.kept))
    if not arabic.is_persian(text, open_text):
        return text
    open_text = _with_half_spaces(characters.persian(open_text))
    open_text = spelling.in_style(figures.in_style(open_text, style), style)
    open_text = punctuation.mended(quotation.in_style(open_text, style), style)
    return untouchable.shown(open_text, untouched)


def _with_half_spaces(text: str) -> str:
    return _MI.sub(lambda word: _apart(word.group()), text)


def _mended(text: str) -> str:
    text = _PRESENTED.sub(lambda letters: unicode_form("NFKC", letters.group()), text)
    for typed, printed in _LETTERS:  # quicker than one `translate`, which looks at every character
        text = text.replace(typed, printed)
    text = _FALSE_HALF_SPACE.sub("\u200c", text)
    return _MI.sub(lambda word: _apart(word.group()), text)


def _apart(word: str) -> str:
    """«میروم» with its half-space, where hazm knows the verb; any other word as it is.

    «میدانی» is left alone: it is «of the field» (گزارش میدانی) at least as often as «you know».
    """
    if word == "میدانی":
        return word
    at = word.index("می") + 2
    spaced = f"{word[:at]}\u200c{word[at:]}"
    return spaced if spaced in _verbs() else word


@cache
def _verbs() -> frozenset[str]:
    """The forms with «می» of all verbs that hazm conjugates, with their half-space."""
    import hazm  # late: it takes a second, and only reading copy needs it

    conjugation = hazm.Conjugation()
    forms = (form for verb in hazm.verbs_list() for form in conjugation.get_all(verb))
    return frozenset(form for form in forms if form.startswith(("می\u200c", "نمی\u200c")))
