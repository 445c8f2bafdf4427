"""Words that are probably misspelled: which are told, and which are left alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.model import Article, Paragraph, Section
from bot.news.posts import warnings
from bot.news.posts.warnings import Kind
from bot.news.spelling import doubtful


def told(text: str, *names: str) -> list[tuple[str, str]]:
    return [(each.written, each.meant) for each in doubtful.found(text, names)]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("اضهارات", "اظهارات"),  # the same sound
        ("خبرگذاری", "خبرگزاری"),
        ("دولط", "دولت"),
        ("مذاکزه", "مذاکره"),  # the key beside, a dot too many
        ("کشاورری", "کشاورزی"),  # a dot too few
        ("اسفتاده", "استفاده"),  # two letters swapped
        ("اسستان", "استان"),  # one too many
        ("برگزری", "برگزاری"),  # one too few
        ("زارت", "وزارت"),
    ],
)
def test_a_slip_of_the_keys_is_told_with_what_may_be_meant(written: str, meant: str) -> None:
    assert told(f"در نشست امروز {written} خوانده شد.") == [(written, meant)]


@pytest.mark.parametrize(
    "text",
    [
        "استاندار استان از آغاز خرید گندم خبر داد و گفت انبارها آماده است.",
        "می‌خواهیم کتاب‌هایشان را به دانشجویان بدهیم و کتابخانه‌ها را نو کنیم.",
        "بیست‌ودومین جشنواره شعر و سی‌ودومین نمایشگاه کتاب برگزار شد.",
        "روستای شمیل و بازارچه مرزی میلک باز شد.",
        "فیلم «کوجک» و شرکت (شبریر) و شعری از «نیماا».",
        "کیلور نابتس نواسک گل زد.",
        "السلامم علیک و نِعمَةٌ.",
        "see the اضهارات.com page",
    ],
)
def test_words_names_and_what_is_quoted_are_left_alone(text: str) -> None:
    assert told(text) == []


def test_what_a_story_says_often_is_meant_so_and_so_is_a_name_it_knows() -> None:
    assert told("کرمانج آمد. کرمانج رفت. کرمانج ماند.") == []
    assert told("دولط آمد.", "حسن دولط") == []


def test_a_word_with_half_spaces_is_told_by_its_strange_part() -> None:
    assert told("گزارش‌های خبرگذاری‌ها خوانده شد.") == [("خبرگذاری\u200cها", "خبرگزاری\u200cها")]


def test_a_story_has_three_hints_at_most_and_english_none() -> None:
    words = "اضهارات و مذاکزه و خبرگذاری و دولط خوانده شد."
    story = Article(headline="نشست", lede="", sections=(Section(blocks=(Paragraph(text=words),)),))

    assert [each.name for each in warnings.of_words(story)] == ["اظهارات", "مذاکره", "خبرگزاری"]
    assert {each.kind for each in warnings.of_words(story)} == {Kind.MISSPELT}
    assert warnings.of_words(Article(headline="The دولط", language="en")) == []


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=80)
    | st.lists(st.sampled_from("دولط اضهارات و . « \u200c ً a@b ها".split(" "))).map(" ".join)
)
def test_any_text_is_read_and_what_is_told_stands_in_it(text: str) -> None:
    assert all(each.written in text and each.meant for each in doubtful.found(text))
