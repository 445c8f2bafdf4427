"""Reads what kind of story a weekly slot is for, typed behind its hours. Knows no days and no hours.

«شنبه ۸، دسته: ورزش», «جمعه‌ها ۱۰ فوریت ۲», «هر روز ۹ فوری», `fridays 10 category: sport`.
"""

import re
from dataclasses import dataclass

from bot.errors import NoSuchTime, NotATime
from bot.news.times.time_words import Kind, fold, lexicon

URGENT = 2
"""What «فوری» asks for: newsrooms count 1 and 2 of IPTC's nine as urgent."""
LONGEST = 40
_URGENCY = r"(?:فوریت|urgency)\s*:?\s*(?P<number>\d+)|(?P<urgent>فوری|urgent)"
_KIND = re.compile(
    rf"(?:(?<=\s)|[،,(])\s*(?:{_URGENCY}|(?:دسته|category)\s*:\s*(?P<category>[^\d:،,()]+?))\s*\)?\s*$",
    re.IGNORECASE,
)
_DAYS_AND_HOURS = frozenset(
    {
        Kind.WEEKDAY,
        Kind.WEEKDAYS,
        Kind.EVERY_DAY,
        Kind.ODD_DAYS,
        Kind.WORKDAYS,
        Kind.WEEKEND,
        Kind.HOUR,
        Kind.PART,
        Kind.PARTS,
    }
)


@dataclass(frozen=True, kw_only=True)
class StoryKind:
    """What a slot asks of a story."""

    category: str | None = None
    urgency: int | None = None


def split(sentence: str) -> tuple[str, StoryKind]:
    """A sentence without the kind at its end, and the kind.

    Raises:
        NotATime: a category that has days or hours in it, or is too long; two kinds of the same sort.
        NoSuchTime: an urgency that does not exist.
    """
    sentence = " ".join(sentence.split())  # the pattern tries each place in a run of blanks
    category: str | None = None
    urgency: int | None = None
    while found := _KIND.search(sentence):
        said = sentence[found.start() :].strip(" ،,()")
        if found["category"]:
            if category is not None:
                raise NotATime(said)
            category = read_category(found["category"])
        else:
            if urgency is not None:
                raise NotATime(said)
            urgency = _urgency(said, found["number"])
        sentence = sentence[: found.start()]
    return sentence.strip(), StoryKind(category=category, urgency=urgency)


def _urgency(said: str, number: str | None) -> int:
    urgency = int(number) if number else URGENT
    if not 1 <= urgency <= 8:  # 9 is the lowest there is, so every story is that urgent
        raise NoSuchTime(said)
    return urgency


def read_category(said: str) -> str:
    """The name of a category.

    Raises:
        NotATime: it has days, hours or an urgency in it, or is too long.
    """
    name = " ".join(said.split())
    for word in fold(name).split():
        meaning = lexicon().get(word.replace("\u200c", ""))
        if meaning and meaning[0] in _DAYS_AND_HOURS:
            raise NotATime(name)
    if len(name) > LONGEST or re.search(r"فوریت|urgency", name, re.IGNORECASE):
        raise NotATime(name[:LONGEST])
    return name
