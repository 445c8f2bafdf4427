"""The sentences that stand on top."""

from collections.abc import Iterable

from bot.news import keypoints
from bot.news.model import KeyPoint

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


def _texts(points: Iterable[KeyPoint]) -> list[str]:
    return [point.text for point in points]


def test_whole_sentences_of_the_body_are_given_in_its_order() -> None:
    points = _texts(keypoints.extract(HEADLINE, LEDE, BODY))

    assert len(points) == 3
    assert points == sorted(points, key="\n".join(BODY).index)
    assert "شبانه‌روزی شدن کتابخانه نتیجه درخواست پنج هزار دانشجوی شهر نمونه بوده است." in points


def test_the_lede_is_not_repeated_and_questions_and_scraps_are_passed_over() -> None:
    points = _texts(keypoints.extract(HEADLINE, LEDE, BODY))

    assert not {BODY[0], BODY[4], "هوا خوب بود."} & set(points)


def test_copy_that_says_no_more_than_its_lede_has_no_points() -> None:
    assert keypoints.extract(HEADLINE, LEDE, [BODY[0]]) == ()
    assert keypoints.extract(HEADLINE, LEDE, []) == ()


def test_a_long_story_has_five() -> None:
    topics = "آب نان برق گاز راه پل باغ خاک باد مه ابر ماه کوه دشت رود دره سنگ چوب آهن مس روی نقره طلا نفت کاه جو ارزن برنج"
    body = [f"امروز {topic} در شهر نمونه {topic}تر و بهتر شد و خبر آن پیچید." for topic in topics.split()]
    body += [f"فردا نوبت {topic} در روستای نمونه است که بهتر شود." for topic in topics.split()]

    assert len(keypoints.extract("کارهای تازه شهر", "", body)) == 5
