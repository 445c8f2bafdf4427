"""Copy without a headline gets a short one proposed: a whole clause of it, never the lede cut off."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news import copydesk
from bot.news.summary import titling

LONG = (
    "شورای شهر سپیدکوه در نشست دیروز خود طرح ساخت سه خط تازهٔ اتوبوس برقی را تصویب کرد و شهرداری را "
    "موظف کرد که تا پایان سال آینده گزارش هزینه‌های آن را به شورا و مردم شهر بدهد."
)
MORE = (
    "مدیر ناوگان گفت: «هر اتوبوس با یک بار شارژ ۲۵۰ کیلومتر راه می‌رود.» هزینهٔ خرید از صرفه‌جویی سوخت پرداخت می‌شود. "
    "به گفتهٔ او، ایستگاه‌های شارژ در چهار نقطهٔ شهر ساخته می‌شوند و هر کدام جای ده اتوبوس دارند. "
    "شهروندان می‌توانند نظر خود را تا پایان ماه به سامانهٔ شهرداری بفرستند. "
)
ENGLISH = (
    "The city council of Sampletown voted on Monday evening after a debate of four hours to add three "
    "electric bus lines, which are to be paid from what the city saves on fuel. The mayor said the first "
    "buses would run in January. Two of the lines reach the harbour, one the new hospital on the hill."
)
WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    return WORD.findall(text)


def test_a_story_on_one_line_gets_a_short_headline_a_lede_and_points() -> None:
    article = copydesk.read(f"{LONG} {MORE}")

    assert article.headline_proposed
    assert len(article.headline) <= titling.LONGEST
    assert (
        article.headline == "شورای شهر سپیدکوه در نشست دیروز خود طرح ساخت سه خط تازهٔ اتوبوس برقی را تصویب کرد"
    )
    assert article.lede == LONG
    assert article.sections
    assert article.key_points


@pytest.mark.parametrize(
    "copy",
    [
        f"{LONG}\n{MORE}\n{MORE}",
        f"{LONG} {MORE}",
        f"{MORE * 5}",
        ENGLISH,
    ],
)
def test_no_part_of_the_copy_is_lost_and_the_headline_is_short(copy: str) -> None:
    article = copydesk.read(copy)

    assert article.headline_proposed
    assert len(article.headline) <= titling.LONGEST
    told = [article.headline, article.lede, *(text for part in article.sections for text in part.paragraphs)]
    assert set(words(copy)) <= set(words("\n".join(told)))


@pytest.mark.parametrize(
    "copy",
    [
        "شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید\n" + LONG,
        "باران در راه است. کشاورزان چشم به آسمان دارند\n" + LONG,
        "تیتر: " + LONG.replace(".", "") + "\n" + MORE,
        "چرا قیمت کاغذ بالا رفت؟ ناشران از سه دلیل می‌گویند",
    ],
)
def test_a_headline_that_the_copy_has_is_not_proposed(copy: str) -> None:
    assert not copydesk.read(copy).headline_proposed


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.sampled_from([*LONG.split(), *MORE.split(), "که", "،", ".", "\n", "«", "»"]), max_size=120)
)
def test_what_is_proposed_is_short_and_stands_in_the_text(pieces: list[str]) -> None:
    text = " ".join(pieces)
    title = titling.proposed(text)

    assert len(title) <= titling.LONGEST
    assert not title.endswith((".", "،", " که")) or not set(words(title)) - {"که", "و", "را"}
    assert bool(title) or not words(text)
    said = " ".join(words(text))
    assert " ".join(words(title)) in said


def test_a_text_of_a_megabyte_takes_no_time_and_has_a_title() -> None:
    assert len(titling.proposed("واژه " * 200_000)) <= titling.LONGEST
