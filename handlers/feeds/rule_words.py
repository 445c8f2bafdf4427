"""A feed's rules as a person types and reads them: a line each, in Persian or English."""

import re
from typing import Any

from bot.news.feeds import Rules
from bot.words import N_, Words

_MOST = 20  # words of one kind
_NAMES = {
    "categories": ("دسته", "دسته‌ها", "دسته ها", "بخش", "category", "categories"),
    "words": ("با", "با واژه‌های", "واژه", "with", "words"),
    "without": ("بدون", "بی", "without", "not"),
    "per_day": ("در روز", "روزانه", "روزی", "a day", "per day", "day"),
}
EXAMPLE = N_(
    "Write a line each, those that you want:\n"
    "categories: economy, city\n"
    "with: metro, bus\n"
    "without: advertisement\n"
    "a day: 10"
)
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")


def in_words(rules: Rules, say: Words) -> list[str]:
    """The rules as lines."""
    lines = []
    if rules.categories:
        lines.append(say("Of the categories: {words}", words=say(", ").join(rules.categories)))
    if rules.words:
        lines.append(say("With one of the words: {words}", words=say(", ").join(rules.words)))
    if rules.without:
        lines.append(say("Without the words: {words}", words=say(", ").join(rules.without)))
    lines.append(say("At most {count} a day.", count=rules.per_day))
    return lines


def parsed(text: str) -> Rules | str:
    """The rules; or the first line that is none."""
    found: dict[str, Any] = {}
    for line in filter(str.strip, text.splitlines()):
        name, sign, rest = line.partition(":")
        kind = next((kind for kind, names in _NAMES.items() if _plain(name) in names), None)
        if not sign or kind is None:
            return line
        if kind == "per_day":
            number = rest.strip().translate(_DIGITS)
            if not number.isdecimal() or not 1 <= int(number[:6]) <= 1000:
                return line
            found[kind] = int(number)
        else:
            words = [" ".join(word.split()) for word in re.split("[,،;؛]", rest)]
            found[kind] = tuple(dict.fromkeys(word[:60] for word in words if word))[:_MOST]
    return Rules(**found) if found else text


def _plain(name: str) -> str:
    return " ".join(name.lower().replace("ي", "ی").split()).lstrip("•-– ")
