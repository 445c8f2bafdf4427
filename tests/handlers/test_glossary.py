"""One word for one thing: what docs/words.fa.md rules out stands in no sentence of the bot, nor of the demo's page."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "bot" / "locale" / "fa" / "LC_MESSAGES" / "monadi.po"
GLOSSARY = ROOT / "docs" / "words.fa.md"
TRANSLATED = ("زیادی بلند", "پرسش باز", "عضوم", "زبانی که با شما", "دیگر نه")
"""What no editor in Tehran would say: idioms word by word."""
AS_IT_IS_TYPED = re.compile(r"\{[^}]*\}|https?://\S+|\S*[A-Za-z@/+_]\S*|\[[^\]]*\]|«[A-Za-z ]*»")
"""Addresses, commands, keys and fields: their digits are Latin."""
ABOUT_TELEGRAM = frozenset({"a Telegram story", "Telegram story"})


def sentences() -> dict[str, str]:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="fa")
    return {str(each.id): str(each.string) for each in catalogue if each.id}


def ruled_out() -> list[str]:
    rows = [line.split("|") for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if line[:2] == "| "]
    cells = [row[3] for row in rows if len(row) == 5 and "نمی‌گوییم" not in row[3]]
    return [word.strip() for cell in cells for word in cell.split("،") if word.strip()]


def stands_in(word: str, text: str) -> bool:
    letters = "\u0600-\u06ff\u200c"
    return re.search(rf"(?<![{letters}]){re.escape(word)}(?![{letters}])", text) is not None


def test_the_glossary_rules_something_out() -> None:
    assert {"مطلب", "لینک", "صاحب", "↶ برگردان"} <= set(ruled_out())


@pytest.mark.parametrize("word", [*ruled_out(), *TRANSLATED])
def test_no_sentence_of_the_bot_has_a_word_that_is_ruled_out(word: str) -> None:
    found = [english for english, persian in sentences().items() if stands_in(word, persian)]

    assert found == []


@pytest.mark.parametrize("word", [*ruled_out(), *TRANSLATED])
def test_nor_has_the_demos_page(word: str) -> None:
    page = (ROOT / "bot" / "demo" / "page.html").read_text(encoding="utf-8")

    assert not stands_in(word, page)


def test_digits_are_persian() -> None:
    wrong = {
        english: persian
        for english, persian in sentences().items()
        if re.search("[0-9]", AS_IT_IS_TYPED.sub("", persian))
    }

    assert wrong == {}


def test_no_arabic_letter_stands_for_a_persian_one() -> None:
    assert [english for english, persian in sentences().items() if re.search("[يكى٠-٩]", persian)] == []
