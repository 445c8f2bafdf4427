"""Whole pages: whatever furniture stands round a story, the same article comes out. All words are our own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news import copydesk
from bot.news.model import Article

TITLE = "پل تازه نمونه‌شهر پاییز به راه می‌افتد"
LEDE = "شهردار نمونه‌شهر از پایان کار پل تازه و گشایش آن در آبان خبر داد."
BODY = (
    "مدیر عمران شهرداری گفت: آزمون بار پل هفته گذشته با ده کامیون پر انجام شد و نتیجه آن خوب بود.",
    "این پل دو سوی رود را به هم می‌رساند و راه دانش‌آموزان چهار محله را کوتاه می‌کند.",
    "او افزود: هزینه ساخت پل ۴۲ میلیارد تومان بوده و نیمی از آن را استان داده است.",
)

ABOVE = (
    "شنبه / ۵ مهر ۱۴۰۲ / ۱۱:۲۰",
    "چهارشنبه، ۱۲ دی ماه ۱۳۹۷ ساعت ۰۹:۰۵",
    "۱۴ صفر ۱۴۴۵ - 31 August 2023",
    "جدی 3, 1401 18:40 Asia/Kabul",
    "شناسهٔ خبر: 5512345 - شنبه ۵ مهر ۱۴۰۲",
    "کد مطلب : ۴۴۱۲۰",
    "خبرنگار : 50777",
    "خانه / اقتصاد / صنعت",
    "استان‌ها > شمال",
    "دسته‌بندی: استان‌ها",
    "اقتصاد",
    "نسخه قابل چاپ",
    "صفحه نخست",
    "سایر زبان ها",
    "در حال بارگذاری ...",
    "لطفا کمی صبر کنید",
    "پرش به محتوای صفحه",
    "خبرگزاری نمونه‌رود",
    "۰",
)
BETWEEN = (
    "۰۵ مهر ۱۴۰۲ ۱۱:۲۰",
    "کد خبر: ۵۵۱۲۳۴",
    "تاریخ انتشار: ۱ آذر ۱۴۰۵ - ۱۰:۲۵",
    "یکشنبه ۱ آذر ۱۴۰۵ | اقتصاد | کد: ۱۲۳۴",
    "۵ میزان ۱۴۰۲ - همه اخبار",
    "زمان مطالعه: ۲ دقیقه",
    "Pol-e taze",
    "ایسنا نوشت:",
)
BELOW = (
    "انتهای پیام/م.ر/",
    "۴۴۸۱۲",
    "159 / 159",
    "کد خبرنگار: 40777",
    "نظر شما",
    "ارسال نظر",
    "دیدگاهتان را بنویسید",
    "نشانی ایمیل شما منتشر نخواهد شد. بخش‌های موردنیاز علامت‌گذاری شده‌اند *",
    "آیا این مطلب برای شما مفید بود؟",
    "اشتراک گذاری",
    "تلگرام واتس‌اپ ایکس",
    "نسخه چاپی",
    "آخرین اخبار",
    "خبر بعدی: بازار نمونه‌رود شلوغ شد",
    "کلیه حقوق این سایت متعلق به پایگاه نمونه است.",
    "Copyright 2023 . All Rights Reserved",
    "captcha",
    "نظرات حاوی توهین و افترا منتشر نخواهد شد",
)


def paragraphs(article: Article) -> list[str]:
    return [text for section in article.sections for text in section.paragraphs]


def headings(article: Article) -> list[str]:
    return [section.heading for section in article.sections if section.heading]


def whole(article: Article) -> tuple[str, str, tuple[str, ...], list[str]]:
    return article.headline, article.lede, tuple(paragraphs(article)), headings(article)


@settings(max_examples=150, deadline=None)
@given(
    above=st.lists(st.sampled_from(ABOVE), unique=True, max_size=5),
    between=st.lists(st.sampled_from(BETWEEN), unique=True, max_size=3),
    below=st.lists(st.sampled_from(BELOW), unique=True, max_size=6),
    blank=st.sampled_from(["\n", "\n\n"]),
    twice=st.booleans(),
)
def test_whatever_stands_round_a_story_the_same_article_comes_out(
    above: list[str], between: list[str], below: list[str], blank: str, twice: bool
) -> None:
    lines = [*above, TITLE, *([TITLE] if twice else []), *between, LEDE, *BODY, *below]
    article = copydesk.read(blank.join(lines))

    assert whole(article) == (TITLE, LEDE, BODY, [])
    assert article.byline is None
    assert article.related == ()


@pytest.mark.parametrize("line", [*ABOVE, *BETWEEN, *BELOW])
def test_a_line_of_furniture_is_no_story_wherever_it_stands(line: str) -> None:
    if line != "ایسنا نوشت:":
        above = copydesk.read("\n".join([line, TITLE, LEDE, *BODY]))
        assert whole(above) == (TITLE, LEDE, BODY, [])
    below = copydesk.read("\n\n".join([TITLE, LEDE, *BODY, line]))
    assert (below.headline, below.lede, tuple(paragraphs(below))[:3]) == (TITLE, LEDE, BODY)
    assert below.byline is None
