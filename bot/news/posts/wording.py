"""The words inside a post, in its readers' language. Knows the defaults; a newsroom's own words stay."""

from dataclasses import fields, replace
from functools import lru_cache
from typing import Any

from bot.news.model import Look

_LABELS = (
    "related_heading",
    "byline_label",
    "source_label",
    "full_text_heading",
    "withdrawal",
    "correction",
    "outdated",
)
# By the article's language without its region; Persian, and what is not listed, keeps the look's.
_WORDS = {
    "en": (
        "Read more",
        "Author",
        "Source",
        "Full text",
        "This story has been withdrawn.",
        "Corrected",
        "This story is out of date",
    ),
    "ar": (
        "اقرأ أيضًا",
        "الكاتب",
        "المصدر",
        "النص الكامل",
        "سُحب هذا الخبر.",
        "تصحيح",
        "هذا الخبر لم يعد محدَّثًا",
    ),
    "ckb": (
        "زیاتر بخوێنەوە",
        "نووسەر",
        "سەرچاوە",
        "دەقی تەواو",
        "ئەم هەواڵە کشێنرایەوە.",
        "ڕاستکردنەوە",
        "ئەم هەواڵە چیتر نوێ نییە",
    ),
}
_CUT = {
    "fa": "… متن کامل در این پست جا نشد.",
    "en": "… The full text did not fit into this post.",
    "ar": "… لم يتسع هذا المنشور للنص الكامل.",
    "ckb": "… دەقی تەواو لەم پۆستەدا جێی نەبووەوە.",
}
_DEFAULTS = {field.name: field.default for field in fields(Look)}


@lru_cache(maxsize=256)
def worded(look: Look, language: str) -> Look:
    """The look for an article in that language (BCP 47): labels still at their default follow the article."""
    words = _WORDS.get(language.partition("-")[0].lower())
    if words is None:
        return look
    own = zip(_LABELS, words, strict=True)
    changes: dict[str, Any] = {name: word for name, word in own if getattr(look, name) == _DEFAULTS[name]}
    return replace(look, **changes)


def cut_word(language: str) -> str:
    """What a post says at its end that has not room for all of its story, in the article's language."""
    return _CUT.get(language.partition("-")[0].lower(), _CUT["fa"])
