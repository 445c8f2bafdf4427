"""Readable ends of addresses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.subjects import slug
from tests.any_article import TEXTS


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("وزیر نیرو: ۳ سد تازه آبگیری می\u200cشود", "وزیر-نیرو-3-سد-تازه-آبگیری-می-شود"),
        ("«كتابخانهٔ مركزي» نوسازی شد!", "کتابخانه-مرکزی-نوسازی-شد"),
        ("iPhone 17 آمد؛ بهای آن ۱٫۵ برابر شد", "iphone-17-آمد-بهای-آن-1-5-برابر-شد"),
        ("  – تأثیر مُهِم مسئولان –  ", "تأثیر-مهم-مسئولان"),
        ("It’s official", "its-official"),
        ("🔹", ""),
    ],
)
def test_a_headline_becomes_words_and_hyphens(headline, expected):
    assert slug.of(headline) == expected


def test_a_long_headline_is_cut_at_a_word():
    cut = slug.of("نشست دوباره شورای شهر " * 9)

    assert len(cut) <= slug.MAX_LENGTH
    assert cut.endswith(("-نشست", "-دوباره", "-شورای", "-شهر"))


def test_a_word_without_end_is_cut_where_the_slug_is_full():
    assert slug.of("ب" * 10_000) == "ب" * slug.MAX_LENGTH


@settings(max_examples=80)
@given(st.one_of(st.text(), TEXTS))
def test_any_headline_gives_a_slug_that_is_its_own_slug(headline):
    made = slug.of(headline)
    assert len(made) <= slug.MAX_LENGTH
    assert not made.startswith("-")
    assert not made.endswith("-")
    assert "--" not in made
    assert not any(char.isspace() or char in "\u200c/?#%&" for char in made)
    assert slug.of(made) == made
