"""Whether copy calls itself urgent in its first word, as newsrooms write it: «فوری/ …», "BREAKING: …".

It only proposes: a person takes it.
"""

import regex

from bot.news.model import Article

_PERSIAN = regex.compile(r"[^\p{L}\p{N}]*(?:خبر[ \u200c])?فوری(?![\p{L}\p{N}\u200c])(?! و )")
_ENGLISH = regex.compile(r"[^\p{L}\p{N}]*(?:URGENT|BREAKING(?: NEWS)?|FLASH)(?![\p{L}\p{N}])")
_ENGLISH_TITLED = regex.compile(r"(?i)[^\p{L}\p{N}]*(?:urgent|breaking(?: news)?|flash)\s*[:|/–—]")
"""In small letters it is a word like another, unless something sets it off."""


def is_flash(article: Article) -> bool:
    """Whether the kicker or the headline begins so."""
    firsts = [text for text in (article.kicker, article.headline) if text]
    return any(form.match(text) for text in firsts for form in (_PERSIAN, _ENGLISH, _ENGLISH_TITLED))
