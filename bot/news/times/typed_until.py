"""Reads the answer to "until when": a time, also with the words that such an answer begins and ends with.

«تا چهارشنبه ظهر», «بعد از شنبه ۱۰», «قبل از ساعت ۲۱ نه», «از فردا ۸ صبح به بعد», «تا شنبه ۱۰ منتشر نشود»,
`not before 10:00 UTC`: each names the moment at which the embargo, or whatever it is, ends.
"""

import re
from datetime import datetime

from bot.errors import NotATime, TypedTimeError
from bot.news.times import typed_time

_LEAD = re.compile(
    r"^(?:تا(?:\s+(?:بعد|پس|قبل|پیش)\s+از)?|قبل\s+از|پیش\s+از|not\s+before|before|(?:بعد|پس)\s+از|از"
    r"|until|till?|not\s+until|after|from) (?=\S)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r" (?:(?:به|و)\s*بعد|onwards?|(?:(?:منتشر|پخش|چاپ)\s*)?"
    r"ن(?:شود|شه|باشد|باشه|کنید|کنین|زنید|زنین|فرستید|فرستین|رود|ره))[\s.!]*$",
    re.IGNORECASE,
)
_NO = re.compile(r" نه[\s.!]*$")


def parse(text: str, now: datetime, zone: str) -> datetime:
    """The instant (UTC) until which something is to last; it raises what `typed_time.parse` does."""
    try:
        return typed_time.parse(text, now, zone)
    except NotATime:
        bare, refused = without_lead(text), _NO.sub("", without_lead(text))
        if bare == " ".join(text.split()):
            raise
        if refused != bare and (meant := _clear(refused, now, zone)):
            return meant  # «قبل از ساعت ۲۱ نه»; of «قبل از شنبه نه» it is the hour
        return typed_time.parse(bare, now, zone)


def without_lead(text: str) -> str:
    """What stands between «تا …» and «… منتشر نشود»."""
    return _TAIL.sub("", _LEAD.sub("", " ".join(text.split()), count=1), count=1).strip()


def _clear(text: str, now: datetime, zone: str) -> datetime | None:
    try:
        return typed_time.parse(text, now, zone)
    except TypedTimeError:
        return None
