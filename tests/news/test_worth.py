"""What pairs of words are worth."""

from math import exp, sumprod
from pathlib import Path

import pytest

from bot.news.summary import worth

HEADLINE = worth.fold("کتابخانه مرکزی شبانه‌روزی شد")


def test_one_spelling_is_read_whatever_is_typed() -> None:
    assert worth.fold("كتابهايِ ۱۲ و ١٢، می‌شود") == ("کتابهای", "12", "و", "12", "می", "شود")


def test_what_the_headline_says_is_worth_more() -> None:
    told = worth.worths(HEADLINE, [worth.fold("کتابخانه مرکزی از فردا باز است و هوا خوب است")])

    assert told["کتابخانه", "مرکزی"] > told["هوا", "خوب"]
    assert all(0 < value < 1 for value in told.values())


def test_what_comes_first_is_worth_more() -> None:
    sentences = [worth.fold(text) for text in ("مدیر تازه آمد", "روز خوبی بود", "راننده پیر رفت")]
    told = worth.worths((), sentences)

    assert told["مدیر", "تازه"] > told["راننده", "پیر"]


def test_the_shipped_table_fits_the_model_and_is_small() -> None:
    shipped = Path(worth.__file__).with_name("worth.tsv")
    features = worth.describe((), [("یک", "دو")], {})

    assert shipped.stat().st_size < 300_000
    assert len(worth.model().weights) == len(features["یک", "دو"])
    assert len(worth.model().words) > 5000


def test_nothing_is_worth_nothing() -> None:
    assert worth.worths((), []) == {}
    assert worth.worths(HEADLINE, [()]) == {}


def test_the_worth_is_the_model_over_what_is_described() -> None:
    copy = (
        "کتابخانه مرکزی باز شد",
        "مدیر کتابخانه مرکزی رفت",
        "کتابخانه مرکزی باز شد و کتابخانه مرکزی شلوغ بود و باز شد",
    )
    sentences = [worth.fold(text) for text in copy]
    learnt = worth.model()
    described = worth.describe(HEADLINE, sentences, learnt.words)
    expected = {pair: 1 / (1 + exp(-sumprod(learnt.weights, seen))) for pair, seen in described.items()}
    assert worth.worths(HEADLINE, sentences) == pytest.approx(expected)
