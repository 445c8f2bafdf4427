"""Light mending of Persian spelling that does no harm."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news import orthography


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        pytest.param("كتابي كه ميخوانم", "کتابی که می\u200cخوانم", id="arabic-letters"),
        pytest.param("نمیدانم چه میگفت", "نمی\u200cدانم چه می\u200cگفت", id="mi"),
        pytest.param("میان میز و میهن", "میان میز و میهن", id="not-mi"),
        pytest.param("می¬روم", "می\u200cروم", id="words-old-half-space"),
        pytest.param("ﻛﺘﺎﺏ ﻓﺎﺭﺳﯽ", "کتاب فارسی", id="presentation-forms"),
        pytest.param("خبـــر", "خبر", id="tatweel"),
    ],
)
def test_persian_letters_and_verbs_are_mended(typed: str, printed: str) -> None:
    assert orthography.normalise(typed) == printed


@pytest.mark.parametrize(
    "text",
    [
        "نشانی www.sample.example/كتاب?ميروم=10.5 است",
        "به user_ميروم@sample.example نامه بنویسید که رسیده است",
        "کانال @sample_ي و برچسب #ميروم را ببینید",
        'دستور `print("ي")` را بنویسید که کار کند',
        'نسخه 2.5 با 10% تخفیف و «نقل» "قول" ...',
        "پیامبر اکرم ﷺ و ﷼ و مؤثر و هیأت و خانهٔ ما و ۀ",
        "سلامممم به همه",
        "ڕۆژنامەکە لە هەولێر بڵاو دەکرێتەوە",
        "أعلنت الوزارة عن خطة جديدة في المدينة بعد ذلك",
    ],
)
def test_what_is_no_persian_to_mend_stays(text: str) -> None:
    assert orthography.normalise(text) == text


@given(st.text(st.sampled_from("میرونگفتدکيك\u200c .\n«»۱2aA@#_/:"), max_size=60))
@settings(max_examples=100, deadline=None)
def test_no_letter_is_lost_and_twice_is_as_once(text: str) -> None:
    once = orthography.normalise(text)

    assert orthography.normalise(once) == once
    assert _letters(once) == _letters(text)


def _letters(text: str) -> str:
    return text.replace("\u200c", "").replace("ي", "ی").replace("ك", "ک")
