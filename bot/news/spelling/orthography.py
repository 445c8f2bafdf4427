"""How Persian is spelled: every repair, in its order. It changes no letter, only its code point.

`repaired` does, in this order, to all that is not `untouchable`:

1. `characters`: Persian letters and digits for Arabic ones, so that the rest meets one spelling; then nothing
   unseen and no tatweel stands between letters;
2. `run_together`: words apart that lost the space between them, «به» with the letter it lost;
3. `halfspace`, which looks at words in the paste as it was written;
4. `figures`: a sign of percent goes with its number before anyone looks what stands beside a word;
5. `variants`: half-spaces have made the words what they are;
6. `quotation`, `punctuation`: quotes first, since blanks stand outside of what opens and closes.

hazm's normaliser is not used: its table turns Kurdish letters and hamzas into others, it changes digits and
stops in addresses, and it joins words that stand apart (measured: 14 of 100 clean sentences changed).
"""

import re

from bot.news.spelling import (
    arabic,
    characters,
    figures,
    halfspace,
    own,
    punctuation,
    quotation,
    run_together,
    untouchable,
    variants,
)
from bot.news.spelling.house_style import DEFAULT, HouseStyle

_BLANKS = re.compile(r"(?<=[^\W\d_])[ \u00a0]{2}(?=[^\W\d_])")  # «می  شود» is «می شود»


def repaired(text: str, style: HouseStyle = DEFAULT) -> str:
    """Persian text as a careful copy editor spells it, in the newsroom's style; other languages as they are.

    Idempotent. Letters stay but for their code points, the seats of hamza and «بعنوان», lines stay lines,
    and what is `untouchable` or `style.kept` stays as it is.
    """
    open_text, untouched = untouchable.hidden(text, untouchable.spans(text, style.kept))
    if not arabic.is_persian(text, open_text):
        return text
    open_text = characters.persian(open_text)
    if "  " in open_text or "\u00a0" in open_text:
        open_text = _BLANKS.sub(" ", open_text)
    open_text = _words(open_text, style)
    open_text = punctuation.mended(quotation.in_style(open_text, style), style)
    return untouchable.shown(open_text, untouched)


def repaired_beside(text: str, beside: str, style: HouseStyle = DEFAULT) -> str:
    """The same for a few words that belong to a longer text: how that is spelled decides on them too.

    A headline typed anew is too short to tell what became of its half-spaces; its story tells.
    """
    lines = text.count("\n") + 1
    return "\n".join(repaired(f"{text}\n{beside}", style).split("\n")[:lines])


def _words(text: str, style: HouseStyle) -> str:
    """Words in house style with their half-spaces; once more where the style changes what tells of them."""
    if style.little_words:
        text = run_together.parted(text)
    spaced = halfspace.restored_with(
        text, known=style.words, apart=style.apart, own=own.settled(style.own), habits=style.compounds
    )
    styled = variants.in_style(figures.in_style(spaced, style), style)
    return styled if _telling(styled) == _telling(spaced) else _words(styled, style)


def _telling(text: str) -> list[int]:
    return [text.count(telling) for telling in "ؤأئ\u200c"]
