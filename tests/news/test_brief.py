"""Headline and lede in a caption."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.model import Article, KeyPoint, Paragraph, Section
from bot.news.posts import brief
from bot.news.posts.markup import utf16_length
from tests.any_article import ARTICLES
from tests.sample_story import STORY
from tests.telegram_judge import judge

HEADLINE = "آبگیری سد تازه آغاز شد"
FIRST = "آبگیری سد تازه از بامداد امروز آغاز شد و تا پایان هفته ادامه دارد."
SECOND = "مدیر طرح گفت: «کار به پایان رسید. آب به شهر می\u200cرسد.»"


def story(lede: str, headline: str = HEADLINE) -> Article:
    return Article(headline=headline, lede=lede)


def test_what_fits_stands_whole():
    assert brief.caption(STORY) == f"{STORY.headline}\n\n{STORY.lede}"


def test_a_lede_is_cut_behind_a_sentence():
    article = story(f"{FIRST} {SECOND}")

    assert brief.caption(article, len(HEADLINE) + 2 + len(FIRST)) == f"{HEADLINE}\n\n{FIRST}"
    assert brief.caption(article, len(HEADLINE) + 2 + len(FIRST) + 40) == f"{HEADLINE}\n\n{FIRST}"
    assert brief.caption(article, len(HEADLINE) + 3 + len(FIRST) + len(SECOND)).endswith(SECOND)


def test_a_long_sentence_is_cut_behind_a_clause():
    lede = "شورای شهر بودجه را تصویب کرد، اما اجرای آن به رأی دوباره نمایندگان در نشست هفته آینده بستگی دارد"

    assert brief.caption(story(lede), 90) == f"{HEADLINE}\n\nشورای شهر بودجه را تصویب کرد."


def test_a_sentence_of_one_clause_is_cut_behind_a_word():
    lede = "رئیس شورای شهر در نشست بلند امروز با مدیران و کارشناسان همه بخش\u200cهای شهرداری"

    assert brief.caption(story(lede), 70) == f"{HEADLINE}\n\nرئیس شورای شهر در نشست بلند امروز با مدیران…"


def test_a_quotation_that_is_cut_is_closed():
    lede = "«" + "این خبر خوب برای همه شهر و همه مردم " * 5 + "»"

    shown = brief.caption(story(lede), 80)

    assert shown.endswith("…»")
    assert utf16_length(shown) <= 80


def test_a_headline_too_long_is_cut_alone():
    assert brief.caption(story(FIRST, "واژه " * 30), 18) == "واژه واژه واژه…"
    assert brief.caption(story(FIRST, "ب" * 3000), 20) == "ب" * 18 + "…"


def test_no_scrap_of_a_lede_is_shown():
    assert brief.caption(story(FIRST), len(HEADLINE) + 12) == HEADLINE


def test_a_story_without_lede_shows_its_first_paragraph():
    body = (Section(blocks=(Paragraph(text=" \u200f"), Paragraph(text=FIRST))),)

    assert brief.caption(Article(headline=HEADLINE, sections=body)) == f"{HEADLINE}\n\n{FIRST}"
    assert brief.caption(Article(headline="", key_points=(KeyPoint(text=FIRST),))) == FIRST


def test_a_story_of_nothing_still_shows_a_sign():
    assert brief.caption(Article(headline="\u200f")) == "…"


@settings(max_examples=40, deadline=None)
@given(ARTICLES, st.one_of(st.just(1024), st.integers(2, 300)))
def test_any_caption_fits_and_shows_something(article, limit):
    shown = brief.caption(article, limit)

    assert 0 < utf16_length(shown) <= limit
    assert judge(shown, kind="caption")[0]


@pytest.mark.timeout(10)
def test_a_line_of_a_million_letters_takes_no_time():
    shown = brief.caption(story("دراز " * 200_000 + "ب" * 100_000))

    assert utf16_length(shown) <= 1024
