"""One quantity with two values in a story: what is told, and what contradicts nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.model import Article, Paragraph, Section
from bot.news.posts import two_figures, warnings
from bot.news.posts.warnings import Kind


def told(headline: str, lede: str = "", body: str = "") -> list[tuple[str, str]]:
    return [(each.above, each.below) for each in two_figures.found(headline, lede, body)]


@pytest.mark.parametrize(
    ("headline", "lede", "body", "pair"),
    [
        ("۱۲ کشته در سقوط اتوبوس", "", "پلیس گفت ۱۴ نفر کشته شدند.", ("۱۲ کشته", "۱۴ نفر کشته")),
        ("دوازده کشته در زلزله", "زلزله ۱۴ کشته داشت.", "", ("دوازده کشته", "۱۴ کشته")),
        (
            "زلزله کاشمر",
            "زلزله ۴ کشته داشت.",
            "در زلزله کاشمر ۵ تن جان باختند.",
            ("۴ کشته", "۵ تن جان باختند"),
        ),
        ("۹ زخمی در انفجار", "", "این انفجار شش مصدوم داشت.", ("۹ زخمی", "شش مصدوم")),
        ("بازداشت ۱۲ نفر در مشهد", "", "۱۴ نفر بازداشت شدند.", ("۱۲ نفر", "۱۴ نفر بازداشت")),
        (
            "Bus crash: 12 killed",
            "Police say 14 people were killed.",
            "",
            ("12 killed", "14 people were killed"),
        ),
        ("۸ سالن سینما باز شد", "۹ سالن سینما در تهران باز شد.", "", ("۸ سالن", "۹ سالن")),
    ],
)
def test_a_quantity_that_is_another_below_is_told(
    headline: str, lede: str, body: str, pair: tuple[str, str]
) -> None:
    assert told(headline, lede, body) == [pair]


@pytest.mark.parametrize(
    ("headline", "lede", "body"),
    [
        ("۱۲ کشته", "۱۲ نفر کشته شدند.", "پلیس پیش‌تر از ۹ کشته گفته بود."),  # it stands there too
        ("۱۲ کشته", "", "در تهران ۵ نفر کشته شدند. در قم ۷ نفر کشته شدند."),  # a sum
        ("۱۲ کشته", "", "۵ مرد و ۷ زن و حدود ۱۲ نفر کشته شدند."),
        ("دست‌کم ۱۲ کشته", "", "۱۴ نفر کشته شدند."),
        ("۱۲ کشته", "", "هفته گذشته هم ۳ نفر کشته شدند."),
        ("۱۲ کشته", "", "۲ نفر دیگر هم کشته شدند."),
        ("۱۲ کشته", "", "۳ نفر زخمی شدند."),
        ("۵ فیلم جشنواره", "", "۲ فیلم دیگر هم نمایش داده شد."),
        ("۱۲ درصد رشد صادرات", "", "واردات ۱۴ درصد رشد کرد."),
        ("ساعت ۱۲ بازی", "", "بازی ساعت ۱۴ آغاز شد."),
        ("۲۰۰ هزار تومان", "", "۱۰۰ هزار تومان"),
        ("۲ گل برای نفت", "", "در این بازی یک گل دیدیم."),
    ],
)
def test_what_stands_in_both_a_sum_and_another_count_contradict_nothing(
    headline: str, lede: str, body: str
) -> None:
    assert told(headline, lede, body) == []


def test_the_card_tells_it_as_a_hint() -> None:
    body = Section(blocks=(Paragraph(text="پلیس گفت در این حادثه ۱۴ نفر کشته شدند."),))
    story = Article(headline="۱۲ کشته در سقوط اتوبوس", lede="اتوبوسی سقوط کرد.", sections=(body,))

    assert [(each.kind, each.headline, each.name) for each in warnings.of_figures(story)] == [
        (Kind.TWO_FIGURES, "۱۲ کشته", "۱۴ نفر کشته")
    ]


def test_a_long_text_of_figures_takes_no_longer_than_its_beginning() -> None:
    assert told("۱۲ کشته", "", "۱۴ نفر کشته و ۱۵ زخمی و " * 50_000) == [("۱۲ کشته", "۱۴ نفر کشته")]


@given(st.text(max_size=60), st.lists(st.sampled_from("۱۲ 14 نفر کشته زخمی . هزار".split())).map(" ".join))
def test_any_text_is_read(one: str, other: str) -> None:
    assert len(told(one, other, one)) + len(told(other, one, other)) >= 0
