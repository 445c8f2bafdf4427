"""What a newsroom may choose: each choice changes what it says, and nothing else."""

from typing import Any

import pytest

from bot.news.spelling import orthography
from bot.news.spelling.house_style import HAMZA, WORDS, HouseStyle

ZWNJ = "\u200c"


@pytest.mark.parametrize(
    ("choice", "before", "after"),
    [
        ({"digits": "latin"}, "در سال ۱۴۰۳ بود", "در سال 1403 بود"),
        ({"digits": "as_is"}, "در سال 1403 و ۱۴۰۲ بود", "در سال 1403 و ۱۴۰۲ بود"),
        ({"decimal": "/"}, "رشد 2.5 درصد بود", "رشد ۲/۵ درصد بود"),
        ({"decimal": "as_is"}, "رشد 2.5 درصد بود", "رشد ۲.۵ درصد بود"),
        ({"thousands": "،"}, "بهای 12,500 ریال", "بهای ۱۲،۵۰۰ ریال"),
        ({"thousands": ","}, "بهای ۱۲٬۵۰۰ ریال", "بهای ۱۲,۵۰۰ ریال"),
        ({"percent": "%"}, "رشد ۱۰٪ بود", "رشد ۱۰% بود"),
        ({"percent": "as_is"}, "رشد ۱۰% و ۱۲٪ بود", "رشد ۱۰% و ۱۲٪ بود"),
        ({"quotes": "straight"}, "او «سلام» گفت", 'او "سلام" گفت'),
        ({"quotes": "straight"}, "او «سلام ‹دوست› من» گفت", "او \"سلام 'دوست' من\" گفت"),
        ({"quotes": "as_is"}, 'او "سلام" و «بله» گفت', 'او "سلام" و «بله» گفت'),
        ({"ellipsis": "..."}, "او رفت…", "او رفت..."),
        ({"ellipsis": "as_is"}, "او رفت… و ...", "او رفت… و ..."),
        ({"dash": "—"}, "محور تهران - قم باز شد", "محور تهران — قم باز شد"),
        ({"dash": "-"}, "محور تهران – قم باز شد", "محور تهران - قم باز شد"),
        ({"dash": "as_is"}, "محور تهران - قم – ساوه", "محور تهران - قم – ساوه"),
        ({"ezafe": "ۀ"}, f"خانه{ZWNJ}ی ما و نامه\u0654 او", "خانۀ ما و نامۀ او"),
        ({"ezafe": f"ه{ZWNJ}ی"}, "خانۀ ما و نامه\u0654 او", f"خانه{ZWNJ}ی ما و نامه{ZWNJ}ی او"),
        ({"ezafe": "ه\u0654"}, f"خانۀ ما و نامه{ZWNJ}ی او", "خانه\u0654 ما و نامه\u0654 او"),
        ({"doubled": False}, "چه خوب!! چرا؟؟", "چه خوب!! چرا؟؟"),
        ({"words": {"آنها": f"آن{ZWNJ}ها"}}, "آنها که آمدند", f"آن{ZWNJ}ها که آمدند"),
        ({"words": {"همزمان": f"هم{ZWNJ}زمان"}}, f"همزمان{ZWNJ}سازی که شد", f"هم{ZWNJ}زمان{ZWNJ}سازی که شد"),
        ({"words": {}}, f"آن{ZWNJ}ها که آمدند", f"آن{ZWNJ}ها که آمدند"),
        ({"hamza": {"مسئول": "مسؤول"}}, "مسئولان و مسئولیت که", "مسؤولان و مسؤولیت که"),
        ({"hamza": {}}, "مسؤولان و رییس که", "مسؤولان و رییس که"),
        ({"kept": frozenset({f"آن{ZWNJ}ها"})}, f"آن{ZWNJ}ها و این{ZWNJ}ها که", f"آن{ZWNJ}ها و اینها که"),
        ({"kept": frozenset({"گفت :"})}, "او گفت : برو ، که", "او گفت : برو، که"),
        ({"kept": frozenset({"1403"})}, "سال 1403 و 1402 که", "سال 1403 و ۱۴۰۲ که"),
    ],
)
def test_the_newsroom_decides(choice: dict[str, Any], before: str, after: str) -> None:
    style = HouseStyle(**choice)

    assert orthography.repaired(before, style) == after
    assert orthography.repaired(after, style) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("در گفت و گو با او و گفت و گوهای دیگر", f"در گفت{ZWNJ}وگو با او و گفت{ZWNJ}وگوهای دیگر"),
        ("جست و جوی تازه", f"جست{ZWNJ}وجوی تازه"),
        ("این را گفت و گوش داد", "این را گفت و گوش داد"),
        ("این را گفت و گویی پشیمان بود", "این را گفت و گویی پشیمان بود"),
    ],
)
def test_and_between_two_roots_stands_close_to_both(before: str, after: str) -> None:
    assert orthography.repaired(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("بهای آن 69/5 میلیون تومان شد", "بهای آن ۶۹٫۵ میلیون تومان شد"),
        ("تورم ۴۱/۳ درصدی و ۲/۵٪ بود", "تورم ۴۱٫۳ درصدی و ۲٫۵٪ بود"),
        ("بین 2/5 تا 3/5 میلیارد ریال شد", "بین ۲٫۵ تا ۳٫۵ میلیارد ریال شد"),
        ("زلزله ۴/۴ ریشتری که آمد", "زلزله ۴٫۴ ریشتری که آمد"),
        ("طول آن ۱۲/۵ کیلومتر و قدش ۱/۷۵ متر بود", "طول آن ۱۲٫۵ کیلومتر و قدش ۱٫۷۵ متر بود"),
        ("افزایش 0/5 واحدی که شد", "افزایش ۰٫۵ واحدی که شد"),
    ],
)
def test_a_stroke_is_a_decimal_sign_where_it_can_be_nothing_else(before: str, after: str) -> None:
    assert orthography.repaired(before) == after
    assert orthography.repaired(after) == after
    assert orthography.repaired(before, HouseStyle(decimal="/")) == after.replace("٫", "/")


@pytest.mark.parametrize(
    "text",
    [
        "در ۱۴۰۵/۹ و ۱۴۰۵/۹/۱۲ و ۹/۱۲ بود",
        "بازی ۲/۱ تمام شد و ۳/۴ مردم آمدند",
        "۱/۲ لیتر شیر و ۱/۴ کیلو شکر را بریزید",
        "در تاریخ ۲۵/۴ سال گذشته بود",
        "ماده ۱۴۰۵/۲ درصد را گفت",
        "بهای ۱۲/۵۰۰ میلیون تومان شد",
        "مصرف ۲/۰ میلیارد دلار شد",
        "نسبت یک/دو درصد بود",
    ],
)
def test_a_stroke_that_may_be_a_date_a_fraction_or_a_score_stays(text: str) -> None:
    assert orthography.repaired(text) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("او در حالیکه می\u200cرفت گفتگو کرد", f"او در حالی{ZWNJ}که می{ZWNJ}رفت گفت{ZWNJ}وگو کرد"),
        ("درحالیکه او آمد", f"درحالی{ZWNJ}که او آمد"),
        ("بطوریکه کسانیکه آمدند", "به طوری که کسانی که آمدند"),
        ("گفتگوهای او و جستجوی ما", f"گفت{ZWNJ}وگوهای او و جست{ZWNJ}وجوی ما"),
        ("زلزله سی سخت که آمد", f"زلزله سی{ZWNJ}سخت که آمد"),
        ("حزب موتلفه که بود", "حزب مؤتلفه که بود"),
        ("در شمالغرب و جنوبشرق که بود", f"در شمال{ZWNJ}غرب و جنوب{ZWNJ}شرق که بود"),
    ],
)
def test_words_that_the_house_writes_in_one_way(before: str, after: str) -> None:
    assert orthography.repaired(before) == after


def test_a_form_of_three_letters_is_found() -> None:
    style = HouseStyle(words={**WORDS, "ادم": "آدم"})
    assert orthography.repaired("این ادم خوب است و آن را می‌گوید.", style) == "این آدم خوب است و آن را می‌گوید."


def test_two_words_that_may_be_a_town_stay_two() -> None:
    text = "پیران شهر که آمدند به نظر آباد می\u200cرسید و در شهر کرد بود"

    assert orthography.repaired(text) == text


@pytest.mark.parametrize("words", [{"گفتگو": f"گفت{ZWNJ}وگوش"}, {"برنامه": "نامه"}])
def test_a_table_that_would_change_letters_is_refused(words: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=next(iter(words))):
        HouseStyle(words=words)


def test_no_form_of_the_default_tables_leads_to_another() -> None:
    assert not set(WORDS) & set(WORDS.values())
    assert not set(HAMZA) & set(HAMZA.values())


def test_equal_styles_are_one_key() -> None:
    assert len({HouseStyle(), HouseStyle(words=dict(WORDS)), HouseStyle.plain()}) == 2
