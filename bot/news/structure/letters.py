"""The letter round a story: greetings, requests to publish, thanks, the sender. Knows first and last lines.

Inside a story the same words are the story's: an interview's «سلام» stays, and a headline that greets.
"""

from collections.abc import Sequence

import regex

from bot.news.structure import bylines
from bot.news.structure.courtesy import courteous, requests
from bot.news.structure.frames import fold
from bot.news.structure.labels import Label, Labels
from bot.news.structure.marks import Shape

_LONGEST = 300  # characters
_SENDER_LINES = 5
_MOST_HEADERS = 8
_VOWEL_SIGNS = regex.compile(r"\p{Mn}")  # «لطفاً» is «لطفا»
_CLAUSES = regex.compile(r"\s*[،,.!؛:\n…]+\s*")

_WITH_A_NAME = regex.compile(
    r"(?:hi|hello|hey|dear)(?: [\p{L}.'’-]+){1,3}[,،:]"
    r"|(?:(?:many )?thanks|(?:(?:best|kind|warm) )?(?:regards|wishes)|cheers"
    r"|best)[,،](?: [\p{L}.'’-]+){1,2}",
    regex.IGNORECASE,
)
_OF_THE_SENDER = regex.compile(
    r"(?:مدیر|رئیس|مسئول|کارشناس|دبیر) ?(?:کل )?(?:روابط عمومی|(?:امور )?رسانه|ارتباطات|اطلاع رسانی).{0,60}"
)
_BETWEEN = regex.compile(r"\s*[،,|/]\s*|\s+[-–—]\s+")
_HEADER = regex.compile(
    r"(?:from|to|cc|bcc|sent|subject|date|reply-to|از|به|رونوشت|موضوع|فرستنده|گیرنده|تاریخ"
    r"|ارسال)\s*[:：]\s*\S.*",
    regex.IGNORECASE,
)
_STAMP = regex.compile(
    r"^\[(?=[^\[\]\n]{0,9}\d:\d\d)[\d/:.،, -]{11,24}(?: ?[ap]m)?\] [^:\[\]\n]{2,40}:(?= \S)",
    regex.MULTILINE | regex.IGNORECASE,
)
_FORWARDED = regex.compile(
    r"(?:forwarded|original) message|begin forwarded message|پیام (?:هدایت|فوروارد|ارسال) ?شده"
)


def mark(shapes: Sequence[Shape], labels: Labels) -> None:
    """The letter over the story and under it."""
    _headers(shapes, labels)
    for at, line in enumerate(shapes):
        if labels[at] is None:
            if not is_letter(line.text):
                break
            labels[at] = Label.META
    _close(shapes, labels)


def opened(copy: str) -> str:
    """The copy with WhatsApp's stamps before messages («[۱۴:۲۰, …] رضا: …») on lines of their own."""
    return _STAMP.sub(r"\g<0>\n", copy) if "] " in copy else copy


def is_letter(line: str) -> bool:
    """Whether a line only greets, thanks, or asks to have something published."""
    if len(line) > _LONGEST:
        return False
    if _WITH_A_NAME.fullmatch(line) or _FORWARDED.fullmatch(fold(line)):
        return True
    said = False
    for part in _CLAUSES.split(line):
        clause = _VOWEL_SIGNS.sub("", fold(part))
        if clause and not (courteous(clause) or requests(clause)):
            return False
        said = said or bool(clause)
    return said


def _headers(shapes: Sequence[Shape], labels: Labels) -> None:
    """An e-mail's headers: two lines or more of its names, in the first lines."""
    first = [at for at in range(len(labels)) if labels[at] is not Label.BLANK][:_MOST_HEADERS]
    found = [at for at in first if _HEADER.fullmatch(shapes[at].text)]
    if len(found) >= 2 and any("@" in shapes[at].text for at in found):
        for at in found:
            labels[at] = Label.META


def _close(shapes: Sequence[Shape], labels: Labels) -> None:
    """Thanks under the story with who sends them: the sender need not be who wrote."""
    sender: list[int] = []
    for at in reversed(range(len(labels))):
        if labels[at] is not None:
            continue
        if is_letter(shapes[at].text) and not shapes[at].mark:
            for place in (at, *sender):
                labels[place] = Label.META
            sender = []
        elif len(sender) < _SENDER_LINES and _may_send(shapes[at].body):
            sender.append(at)
        else:
            return


def _may_send(line: str) -> bool:
    parts = _BETWEEN.split(line)
    return all(bylines.signed(part) or _OF_THE_SENDER.fullmatch(fold(part)) for part in parts)
