"""Key points of real pages, judged as far as a program can: 3 publishable … 0 harmful; needs ../shared.

The rubric is a strict reader's: whose words it is, whether it stands alone, its length, what it repeats. It looks at
words only and shares no rule with the product; so it sees slips, and not whether a point is the news.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from tests.benchmarks.bench_pages import PAGES, is_set_aside
from tests.benchmarks.timing import Line

LONG, VERY_LONG, SHORT = 30, 35, 5  # words
REPEATS, NEARLY = 0.8, 0.65  # of its long words, in headline and lede or in another point
_US = re.compile(
    r"\b(?:ما|من|مان|خودمان|بنده)\b|\bن?می\u200c\w+(?:یم|م)\b|\b(?:داریم|هستیم|کردیم|شدیم|معتقدیم)\b"
)
_NOBODY = re.compile(
    r"^(?:وی|او|ایشان|آنها|آن‌ها|آنان|این (?:موضوع|امر|پاسخ|مسئله|روند|اقدام)|در این (?:باره|زمینه))\b"
)
_LEANS = re.compile(
    r"^(?:این|همین|چنین|همچنین|اما|ولی|بنابراین|از این رو|در واقع|در ادامه|به گفته (?:وی|او))\b"
)
_STRAY = re.compile(
    r"\*\*|\./\.|/\d+|^[\d۰-۹]+\s*[-.)]|@\w|[➖🔹•]|^گل[\u200c ]?ها|[؟?]$|:$|^\W*(?:به گزارش\b|خبرگزاری \w+\s?:)"
)
_VERB = re.compile(
    r"\b(?:است|نیست|بود|نبود|شد|نشد|کرد|نکرد|داد|دارد|ندارد|گفت|افزود|رفت|آمد|رسید|گرفت|یافت|ماند|باشد|شود|کند|دهد"
    r"|هستند|بودند|شدند|کردند|دادند|دارند|گرفتند|رفتند|باشند|شوند|کنند|دهند|کنید|شوید|باید|نباید)\b"
    r"|\bن?می\u200c?\w+|\w+ه\u200c?(?:اند|است|ام|ایم)\b|\w+(?:ند|یم|ید)\b|\b(?:خواهد|خواهند)\b|\w+(?:ید|ست|شت|رد|فت)[.»]*$"
)
_SAID = re.compile(
    r"\b(?:گفت|افزود|نوشت|تأکید|تاکید|تصریح|اظهار|اعلام|بیان|خبر داد|می\u200cگوید|به گفته|خواست|ادامه داد|اضافه کرد|عنوان کرد|یادآور|توضیح داد|خاطرنشان|ابراز|پاسخ داد|معتقد)\b"
)


def judged(article: dict[str, Any]) -> list[int]:
    """A mark for each point of a composed article."""
    top = _long_words(f"{article['headline']} {article['lede']}")
    marks: list[int] = []
    told: list[set[str]] = []
    for point in article["key_points"]:
        words = _long_words(point["text"])
        marks.append(_mark(point["label"], point["text"], [top, *told], words))
        told.append(words)
    return marks


def _mark(label: str | None, text: str, others: list[set[str]], words: set[str]) -> int:
    length = len(text.split())
    speakerless = _US.search(text) and not (label or _SAID.search(text))
    if (
        _STRAY.search(text)
        or _NOBODY.search(text)
        or not _VERB.search(text)
        or (speakerless and "ما" in text)
    ):
        return 0
    shared = max((len(words & other) / max(len(words), 1) for other in others), default=0.0)
    if length > VERY_LONG or speakerless or shared > REPEATS:
        return 1
    if length > LONG or length < SHORT or _LEANS.search(text) or shared > NEARLY:
        return 2
    return 3


def _long_words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.replace("\u200c", " ")) if len(word) > 2}


def measure() -> Iterator[Line]:
    """Mean, threes and noughts, for the pages looked at and for those set aside."""
    if not PAGES.exists():
        return
    from bot import composing

    truth = json.loads((PAGES / "truth.json").read_text(encoding="utf-8"))
    marks: dict[bool, list[int]] = {True: [], False: []}
    for number, page in truth.items():
        composed = composing.composed((PAGES / f"{number}.txt").read_text(encoding="utf-8"))
        marks[is_set_aside(page["outlet"])] += judged(composed["article"])
    aside, seen = marks[True], marks[False]
    yield Line(
        what="pages: key points by the rubric, set aside",
        figure=_told(aside),
        beside=f"looked at: {_told(seen)}",
        goal="mean ≥ 2.2, 3s ≥ 45 %, 0s ≤ 3 %",
        holds=sum(aside) >= 2.2 * len(aside) and aside.count(0) <= 0.03 * len(aside),
    )


def _told(marks: list[int]) -> str:
    share = {mark: marks.count(mark) / len(marks) for mark in (3, 0)}
    return f"{sum(marks) / len(marks):.2f}, 3s {share[3]:.0%}, 0s {share[0]:.0%} of {len(marks)}"
