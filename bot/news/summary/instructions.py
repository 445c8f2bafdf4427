"""Sentences of a copy that speak to a machine: a proposal finds no support in them. Knows no model.

Only what is worded as an order to a model is seen. An order worded as news («تیتر روزنامه‌ها این بود …») is
news to this rule, as to a reader; so a person's button stays between every proposal and a story.
"""

import regex

from bot.news.grammar import sentences

_TO_A_MODEL = regex.compile(
    # «تیتر را … بگذار», «در پاسخ بنویس», and what is said to whoever writes
    r"(?:تیتر|عنوان|نکته|نکات|خلاصه|پاسخ|جواب|خروجی|پیشنهاد)[\u200c\p{L}]*+\b.{0,200}?"
    r"\b(?:بگذار(?:ید)?|بنویس(?:ید)?|قرار (?:بده|دهید)|کن|کنید|بده|بدهید|برگردان(?:ید)?)\b"
    r"|(?:دستور|راهنمایی|پیام|قاعده)[\u200c\p{L}]*+ (?:های )?(?:پیشین|قبلی|بالا|سیستم)"
    r"|(?:نادیده|فراموش) (?:بگیر|کن)\b"
    r"|\b(?:دستیار|مدل زبانی|هوش مصنوعی)[ :،!]+.{0,80}?\b(?:کن|بنویس|بگو|بگذار|بده)\b"
    r"|\b(?:ignore|disregard|forget)\b.{0,40}\b(?:previous|above|prior|all|instructions?|rules?|prompt)\b"
    r"|\b(?:you are|act as|pretend|respond|reply|answer|output|return|write|print|say)\b.{0,60}"
    r"\b(?:assistant|model|editor|json|headline|title|points?|exactly|only|instead|following)\b"
    r"|\b(?:set|make|use|put|change)\b.{0,30}\b(?:headline|title|points?)\b"
    r"|\b(?:system|assistant|user) ?(?:prompt|message|:)|</?(?:system|assistant|instructions?)>|\[/?INST\]",
    regex.IGNORECASE,
)


def without(text: str) -> str:
    """The text without the sentences that speak to a model."""
    return "".join("\n" if _TO_A_MODEL.search(each) else each for each in sentences.split(text))
