"""Words as the archive knows them, and what is typed to search it: every spelling, and whatever is typed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.archive import likeness, ranking
from bot.news.archive.addresses import canonical
from bot.news.archive.entry import head_key, text_key, url_key
from bot.news.archive.query import Phrase, Without, any_of, loosely, read, wanted
from bot.news.archive.words import letters, stemmed
from storage.archive_words import for_postgres, for_sqlite, vector

LETTERS = st.text(alphabet="ابپتکگيیكهۀةأ۰۱٢3\u200c\u200d\u0640\u064e «»\"-:*()'&|!<>آؤئabZ\n", max_size=120)


@pytest.mark.parametrize(
    "spellings",
    [
        "کتابها|کتاب‌ها|کتاب ها|كتاب‌ها|کتابهای|کتاب‌هایش|کتـاب|کِتاب",
        "می‌رود|میرود|می رود",
        "نمی‌شود|نمیشود|نمی شود",
        "رئیس|رییس",
        "مسئول|مسؤول|مسوول|مسئولان|مسئولین",
        "هیئت|هیأت|هیات",
        "خانهٔ|خانه‌ی|خانه ی|خانۀ|خانه",
        "بزرگترین|بزرگ‌ترین|بزرگ ترین|بزرگتر|بزرگ",
        "۱۲٬۰۰۰|12000|١٢٠٠٠|۱۲,۰۰۰",
        "نمایندگان|نماینده",
        "ایرانی|ایرانیان|ایران",
    ],
)
def test_all_spellings_of_a_word_are_one(spellings: str) -> None:
    assert len({tuple(stemmed(each, parts=False)) for each in spellings.split("|")}) == 1


@pytest.mark.parametrize("pair", ["تهران|ته", "تنها|تن", "بازی|باز", "دختر|دخت", "استان|است", "انتها|انت"])
def test_what_only_looks_like_an_ending_stays(pair: str) -> None:
    one, other = pair.split("|")

    assert stemmed(one) != stemmed(other)


@given(LETTERS)
def test_words_are_letters_and_digits_only(text: str) -> None:
    """So nothing that is typed can be an operator of a database."""
    assert all(word.isalnum() for word in stemmed(text))
    assert letters(text).isalnum() or not letters(text)


@given(LETTERS)
def test_whatever_is_typed_is_read(typed: str) -> None:
    query = read(typed)

    for each in [found for found in (wanted(query), any_of(query), loosely(query)) if found is not None]:
        for head in (False, True):
            assert not re.search(r"[^\w\s'\"():&|!<>*{}-]", for_sqlite(each, head=head))
            assert for_postgres(each, head=head).count("(") == for_postgres(each, head=head).count(")")


def test_what_is_typed_is_told_apart() -> None:
    query = read("زلزله «مدیریت بحران» -سیل -«هلال احمر» from:رضایی در:@khabar روز:دیروز ساعت:۱۸")

    assert query.said == ("زلزله", "ساعت ۱۸")
    assert query.exact == ("مدیریت بحران",)
    assert query.without == ("سیل", "هلال احمر")
    assert (query.people, query.places, query.days) == (("رضایی",), ("khabar",), ("دیروز",))
    assert isinstance(wanted(query), Without)


def test_a_phrase_may_be_written_together() -> None:
    found = wanted(read("«کتاب خانه»"))

    assert Phrase(("کتاب", "خانه")) in found.of  # type: ignore[union-attr]
    assert len(found.of) == 2  # type: ignore[union-attr]


def test_a_word_says_its_places_to_postgresql() -> None:
    assert vector("الف ب", "ب پ") == "'الف':1A 'ب':2A,13 'پ':14"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.example.ir/news/123/title-of-it?utm_source=x", "http://example.ir/news/123"),
        ("https://example.ir/fa/news/123/عنوان", "https://m.example.ir/fa/news/123/"),
        ("https://example.ir/p?id=4&fbclid=9#top", "example.ir/p?id=4"),
        ("https://example.ir/a/amp", "https://amp.example.ir/a"),
    ],
)
def test_addresses_of_one_page_are_one(one: str, other: str) -> None:
    assert url_key(one) == url_key(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.ir/news/123/x", "https://example.ir/news/124/x"),
        ("https://example.ir/p?id=4", "https://example.ir/p?id=5"),
        ("https://example.ir/blog/a", "https://example.ir/blog/b"),
    ],
)
def test_addresses_of_two_pages_are_two(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


@pytest.mark.parametrize("none", ["", "x", "http://[", "http://localhost/a", "سلام"])
def test_what_is_no_address_has_no_key(none: str) -> None:
    assert canonical(none) == ""
    assert url_key(none) is None


def test_short_texts_and_headlines_have_no_key() -> None:
    assert text_key("ادامه دارد.") is None
    assert head_key("فوری") is None


STORY = (
    "بازگشایی پل شهرستان پس از تعمیر",
    " ".join(
        f"پل قدیمی شهر پس از {n} ماه تعمیر با حضور مهندس کاویانی و اهالی محلهٔ {p} گشوده شد و خودروها گذشتند."
        for n, p in ((7, "چرخاب"), (9, "سرآسیاب"), (4, "باغ ملک"))
    ),
)


def test_a_copy_with_some_words_changed_is_one() -> None:
    changed = STORY[1].replace("خودروها", "اتومبیل‌ها").replace("گشوده", "باز")

    assert likeness.is_copy(STORY, ("پل باز شد", changed))
    assert likeness.is_copy(STORY, ("", changed[: len(changed) // 2]))


def test_a_story_of_something_else_is_no_copy() -> None:
    other = ("هوای فردا", "هوای فردا در بیشتر نقاط آفتابی است و در شمال باران می‌بارد و دما پایین می‌آید.")

    assert not likeness.is_copy(STORY, other)
    assert not likeness.is_same_event(STORY, other)


def test_a_rare_word_tells_more_than_a_frequent_one() -> None:
    assert ranking.rarity(1, 1000) > ranking.rarity(300, 1000) > ranking.rarity(1000, 1000) >= 0
