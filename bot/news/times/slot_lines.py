"""Spells out what stands in typed slots for a list or an interval, before they are read. Knows no days."""

import re

_AN_HOUR = r"\d{1,2}(?::\d\d)?"
_HOURS_IN_A_ROW = re.compile(  # three or more, or with slashes: no span
    rf"(?<![\d:/-])(?:{_AN_HOUR}(?:\s*[-–—]\s*{_AN_HOUR}){{2,}}|\d{{1,2}}:\d\d(?:/\d{{1,2}}:\d\d)+)(?![\d:/-])"
)
_HOURLY = re.compile(
    r"(?<!\w)(?:ساعت[ \u200c]به[ \u200c]ساعت"
    r"|ساعتی[ \u200c](?:(?:یک|یه)[ \u200c]?(?:بار|دونه|خبر|پست|تا)|یکی))(?!\w)"
)
_SLASHED = re.compile(r"(?<![\d/:])([۰-۹0-9]{1,2})/(00|30|45|۰۰|۳۰|۴۵)(?![\d/:])")  # slots have no dates


def spelled_out(text: str) -> str:
    """«۹-۱۳-۱۸», «۸:۰۰/۱۲:۰۰» as lists of hours, and «ساعت به ساعت» as «هر ساعت»."""
    text = _SLASHED.sub(r"\1:\2", text)
    text = _HOURS_IN_A_ROW.sub(lambda row: re.sub(r"\s*[-–—/]\s*", "، ", row.group()), text)
    return _HOURLY.sub("هر ساعت", text)
