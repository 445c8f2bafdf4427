"""The points that stand on top."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.model import KeyPoint
from bot.news.summary import keypoints, worth

HEADLINE = "شبانه‌روزی شدن کتابخانه مرکزی شهر نمونه"
LEDE = "کتابخانه مرکزی شهر نمونه از امروز شبانه‌روزی شد و درهای آن بسته نمی‌شود."
BODY = [
    "کتابخانه مرکزی شهر نمونه از امروز شبانه‌روزی شد و درهای آن دیگر بسته نمی‌شود.",
    "مدیر کتابخانه گفت که ده کتابدار تازه برای شیفت شب استخدام شده‌اند. هوا خوب بود.",
    "شبانه‌روزی شدن کتابخانه نتیجه درخواست پنج هزار دانشجوی شهر نمونه بوده است.",
    "شهرداری سرویس رایگان رفت و برگشت شبانه را تا نیمه‌شب راه می‌اندازد.",
    "آیا این طرح در شهرهای دیگر هم اجرا خواهد شد؟",
    "تالار مطالعه زنان در طبقه دوم با دویست صندلی آماده شده است.",
]


def texts(points: Iterable[KeyPoint]) -> list[str]:
    return [point.text for point in points]


def test_the_weightiest_sentences_of_the_body_are_given() -> None:
    points = texts(keypoints.extract(HEADLINE, LEDE, BODY))

    assert 3 <= len(points) <= 5
    assert points[0] == "شبانه‌روزی شدن کتابخانه نتیجه درخواست پنج هزار دانشجوی شهر نمونه بوده است."
    assert all(point in "\n".join(BODY) for point in points)


def test_the_lede_is_not_repeated_and_questions_and_scraps_are_passed_over() -> None:
    points = texts(keypoints.extract(HEADLINE, LEDE, BODY))

    assert not {BODY[0], BODY[4], "هوا خوب بود."} & set(points)


def test_no_point_repeats_another() -> None:
    points = texts(keypoints.extract(HEADLINE, "", [*BODY, BODY[2], BODY[3]]))

    assert len(points) == len(set(points))


def test_a_sentence_with_a_pronoun_or_no_speaker_gives_way() -> None:
    leaning = [
        "وی سال‌ها مدیر کتابخانه مرکزی شهر نمونه بود.",
        "ما کتابخانه مرکزی شهر نمونه را شبانه‌روزی کردیم.",
    ]
    points = texts(keypoints.extract(HEADLINE, LEDE, [*leaning, *BODY]))

    assert not set(leaning) & set(points[:3])


def test_copy_that_says_no_more_than_its_lede_has_no_points() -> None:
    assert keypoints.extract(HEADLINE, LEDE, [BODY[0]]) == ()
    assert keypoints.extract(HEADLINE, LEDE, []) == ()


def test_short_copy_is_never_given_back_whole() -> None:
    assert len(keypoints.extract(HEADLINE, LEDE, BODY[2:4])) == 1
    assert keypoints.extract(HEADLINE, LEDE, BODY[2:3]) == ()


def test_a_story_of_short_sentences_has_five() -> None:
    topics = "آب نان برق گاز راه پل باغ خاک باد مه ابر ماه کوه دشت رود دره سنگ چوب آهن مس روی نقره طلا نفت کاه جو ارزن برنج"
    body = [f"امروز {topic} در شهر نمونه {topic}تر و بهتر شد و خبر آن پیچید." for topic in topics.split()]
    body += [f"فردا نوبت {topic} در روستای نمونه است که بهتر شود." for topic in topics.split()]

    assert len(keypoints.extract("کارهای تازه شهر", "", body)) == 5


def test_an_interview_in_one_long_quotation_has_points_too() -> None:
    quotation = (
        "سرمربی تیم شهر درباره بازی دیروز می‌گوید: «تیم شهر بازی دیروز را خوب آغاز کرد و زود به گل رسید. بازیکنان جوان در"
        " نیمه دوم خسته شدند و دو گل خوردند. داور بازی دیروز را خوب قضاوت کرد و کسی اعتراضی نداشت. هواداران تیم شهر تا"
        " پایان بازی در ورزشگاه ماندند و تیم را تشویق کردند.»"
    )

    assert len(keypoints.extract("بازی دیروز تیم شهر", "", [quotation])) >= 3


def test_the_numbers_and_names_of_the_copy_stay_as_they_are() -> None:
    body = [*BODY, "ساخت تالار شبانه‌روزی کتابخانه مرکزی ۱۲٫۵ میلیارد ریال (۳/۴ بودجه) هزینه داشت."]

    assert any(
        "۱۲٫۵ میلیارد ریال (۳/۴ بودجه)" in text for text in texts(keypoints.extract(HEADLINE, LEDE, body))
    )


PIECES = 'کتابخانه شهر نمونه گفت: وی که اگر شد، کرد و است. می‌شود «باز» (۱۲) "نو به گزارش آن؛ … ؟ » « : \u200c ًا'.split(
    " "
)


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=120).map(" ".join)
    | st.text(max_size=200)
)
def test_any_text_gives_words_of_the_copy_in_order(text: str) -> None:
    points = keypoints.extract(text[:40], text[40:80], [text, text[::-1]])
    copy = [worth.fold(paragraph) for paragraph in (text, text[::-1])]

    assert len(points) <= 5
    for point in points:
        words = worth.fold(point.text)
        assert any(words == body[at : at + len(words)] for body in copy for at in range(len(body)))


@pytest.mark.long
@pytest.mark.parametrize(
    "piece",
    [
        "کلمه و دیگر ",
        "وی گفت: ",
        "به گزارش ",
        "که ",
        "شد و ",
        "شد. ",
        "«",
        '"',
        "\u200c",
        "ا",
        "، ",
        "\ud800",
    ],
)
def test_a_huge_paragraph_is_read_to_its_end(piece: str) -> None:
    assert len(keypoints.extract("عنوان", "", [piece * (100_000 // len(piece))])) <= 5


def test_a_line_drawn_with_tatweels_is_no_point() -> None:
    points = texts(keypoints.extract(HEADLINE, LEDE, ["ـ ـ ـ ـ ـ ـ ـ ـ ـ.", *BODY]))

    assert points == texts(keypoints.extract(HEADLINE, LEDE, BODY))
