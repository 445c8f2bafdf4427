"""What is said to a colleague and is no copy: greetings, thanks, a nod, a question to the bot.

Only what is small talk from its first word to its last counts: one word of news makes it copy.
"""

import re
import unicodedata
from enum import StrEnum, auto
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+", re.UNICODE)
_LONGEST: Final = 120
"""Characters; small talk is short, and what is longer is not looked at."""
_QUESTION: Final = 90
_LINK: Final = re.compile(r"(?:https?://|www\.|t\.me/)\S+", re.IGNORECASE)
_GREETINGS: Final = frozenset(
    "سلام درود علیک علیکم وقت وقتتون وقتت صبح صبحتون ظهر ظهرتون عصر عصرتون شب شبتون روز روزتون بخیر خیر "
    "خوش خوبی خوبین خوبید چطوری چطورین چطورید احوال حال شما "
    "hi hello hey good morning evening afternoon day salam bye goodbye خداحافظ خدانگهدار فعلا".split()
)
_THANKS: Final = frozenset(
    "ممنون ممنونم ممنونتم مرسی متشکر متشکرم تشکر سپاس سپاسگزارم سپاسگزار دستت دستتون درد "
    "نکنه خسته نباشید نباشی لطف کردید کردی عالی عالیه دمت دمتون گرم احسنت آفرین "
    "thanks thank thx great perfect nice cool".split()
)
_NODS: Final = frozenset(
    "باشه باشد چشم حتما اوکی اوکیه اکی بله آره نه خب خوب درسته حله قبول انجام شد فهمیدم متوجه شدم "
    "ok okay yes no yep sure fine done understood right".split()
)
_BESIDE: Final = frozenset(
    "و از به با را رو هم که خیلی بسیار واقعا جان عزیز عزیزم آقا خانم دوست دوستان همکار همکاران گرامی "
    "محترم بچه ها همگی همه شما تو من ربات مونادی منادی داداش رفیق لطفا لطف جناب سرکار خدمت "
    "you so much very a lot bot dear all everyone everybody the it is that".split()
)
_ASKING: Final = frozenset(
    "چطور چطوری چگونه چجوری چه کی کجا چرا آیا میشه میتوانی میتوانم میتونی میتونم کدوم کدام چند "
    "how what when where why who can could do does is are which".split()
)
_TO_THE_BOT: Final = re.compile(
    r"بفرستم|بدم\b|بدهم|کنم\b|کنی\b|کنید\b|می‌?تون|می‌?توان(?:م|ی|ید)|هستی|هستید|بلدی|خبر بفرست|دستور|ربات"
    r"|\bi\b|\byou\b|\bbot\b|\bme\b|\bmy\b",
    re.IGNORECASE,
)


class SmallTalk(StrEnum):
    """What kind of it: each has its own answer."""

    GREETING = auto()
    THANKS = auto()
    NOD = auto()
    QUESTION = auto()
    SIGN = auto()  # an emoji or two, or dots: no word at all
    LINK = auto()


def kind_of(text: str) -> SmallTalk | None:
    """What small talk the whole of a message is; None where any of it may be copy."""
    said = text.strip()
    if not said:
        return None
    if _LINK.fullmatch(said):
        return SmallTalk.LINK
    if len(said) > _LONGEST or said.startswith("#"):
        return None
    words = [word.lower() for word in _WORD.findall(_plain(said))]
    if not words:
        return SmallTalk.SIGN
    if _is_question(said, words):
        return SmallTalk.QUESTION
    return _made_of(words)


def _made_of(words: list[str]) -> SmallTalk | None:
    """The kind of talk that words are made of, with nothing else among them."""
    if not set(words) <= _GREETINGS | _THANKS | _NODS | _BESIDE:
        return None
    for kind, its in (
        (SmallTalk.GREETING, _GREETINGS),
        (SmallTalk.THANKS, _THANKS),
        (SmallTalk.NOD, _NODS),
    ):
        if words[0] in its or (kind is SmallTalk.THANKS and set(words) & its):
            return kind
    return SmallTalk.GREETING if set(words) & _GREETINGS else None


def _is_question(said: str, words: list[str]) -> bool:
    """Whether it asks the bot: one line with a mark, or a word that asks and one that speaks of us both."""
    if "\n" in said or len(said) > _QUESTION:
        return False
    marked = said.rstrip(" .!").endswith(("؟", "?"))
    return bool(_TO_THE_BOT.search(said)) and (marked or words[0] in _ASKING)


def _plain(text: str) -> str:
    """Letters as the tables have them: Arabic ones as Persian, no vowel signs, no half-space."""
    text = text.replace("ي", "ی").replace("ك", "ک").replace("\u200c", "").replace("ۀ", "ه")
    decomposed = unicodedata.normalize("NFC", text)
    return "".join(each for each in decomposed if unicodedata.category(each) != "Mn")
