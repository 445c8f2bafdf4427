"""How many minutes a story says it takes."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from bot.news.model import Article, BulletList, KeyPoint, Paragraph, Section
from bot.news.subjects import reading_time
from tests.any_article import ARTICLES
from tests.sample_story import STORY


def story(words: int, language: str = "fa") -> Article:
    body = Section(blocks=(Paragraph(text="نیم\u200cفاصله " * (words - 2)),))
    return Article(headline="دو واژه", sections=(body,), language=language)


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        (story(10), 1),
        (story(190), 1),
        (story(380), 2),
        (story(1900), 10),
        (story(1900, "en"), 8),
        (STORY, 1),
        (Article(headline=""), 1),
    ],
)
def test_minutes_follow_the_words_and_are_at_least_one(article, expected):
    assert reading_time.minutes(article) == expected


def test_points_count_only_where_they_do_not_repeat_the_body():
    points = (KeyPoint(label="برچسب", text="واژه " * 379),)
    body = Section(heading="سرخط", blocks=(BulletList(items=points, intro="فهرست:"),))

    assert reading_time.minutes(Article(headline="خبر", key_points=points)) == 2
    assert reading_time.minutes(Article(headline="خبر", key_points=points, sections=(body,))) == 2
    assert reading_time.minutes(replace(story(190), key_points=points)) == 1


@settings(max_examples=30)
@given(ARTICLES)
def test_any_article_takes_a_minute_or_more(article):
    assert reading_time.minutes(article) >= 1
