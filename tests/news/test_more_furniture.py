"""Furniture and shapes of the third reading of whole pages, each kind in words of our own."""

import pytest

from bot.news import copydesk
from bot.news.structure import furniture, lines
from bot.news.structure.labels import Label

TITLE = "افتتاح پل تازه بر رود سپیدکوه"
LEDE = "فرماندار سپیدکوه از افتتاح پل تازه این شهر پس از دو سال کار خبر داد."
TEXT = "وی گفت: پل سپیدکوه ۱۲۰ متر درازا دارد و سه روستا را به جاده اصلی شهر می‌رساند."


def labels(*page: str) -> list[Label]:
    return list(lines.label(page))


@pytest.mark.parametrize(
    "line",
    [
        "برای ورود به کانال تلگرام نمونه کلیک کنید.",
        "۲ دقیقه خوانده شود",
        "فرستادن به تلگرام",
        "دریافت 14 MB",
        "روزنامه نمونه - شماره دو هزار و سیصد و ده",
        "سال بیست و نهم - ۲۵ آبان ۱۴۰۲",
        "گروه خبری : اخبار فرمانداری",
        "مدیر سایت: info@nemoune.example",
        "کارگران در بندر - Copyright AP/Jan Kowal",
        "با استفاده از گزارش‌های خبرگزاری‌ها تهیه شد",
        "شما می‌توانید مطالب بیشتر در این باره را در اینجا بخوانید",
        "Our Standards: The Nemoune Principles.",
        "skip past newsletter promotion",
    ],
)
def test_furniture_speaks_for_itself(line: str) -> None:
    assert furniture.kind(line)


@pytest.mark.parametrize(
    "line",
    [
        "شماره دو تیم از بازی کنار ماند",
        "سال سختی برای کشاورزان بود",
        "با استفاده از اطلاعات ماهواره نقشه تازه‌ای از دریاچه به دست آمد",
        "برای دیدن کانال تازه آب به دشت رفتیم",
    ],
)
def test_sentences_beside_them_are_not(line: str) -> None:
    assert not furniture.kind(line)


def test_titles_under_most_read_are_other_stories() -> None:
    read = labels(
        TITLE, LEDE, TEXT, "پربازدیدترین‌ها", "چرا باران نمی‌بارد؟", "۲", "نرخ نان در سه شهر بالا رفت"
    )

    assert read[:3] == [Label.HEADLINE, Label.LEDE, Label.PARAGRAPH]
    assert set(read[3:]) == {Label.META}


def test_a_part_of_the_story_under_the_same_words_stays() -> None:
    read = labels(TITLE, LEDE, TEXT, "آخرین خبرها", TEXT.replace("پل", "جاده"))

    assert read[-1] is Label.PARAGRAPH


def test_a_pictures_words_under_several_lines_of_machinery_are_no_lede() -> None:
    read = labels(TITLE, "۵ آذر ۱۴۰۲", "مطالعه ۳ دقیقه", "پل فلزی در مه", LEDE, TEXT)

    assert (read[3], read[4]) == (Label.META, Label.LEDE)


def test_a_short_lede_under_one_line_of_machinery_stays() -> None:
    read = labels(TITLE, "۵ آذر ۱۴۰۲", "پل فلزی بر رود سپیدکوه", LEDE, TEXT)

    assert read[2] is Label.LEDE


def test_a_blogs_title_stands_over_its_date() -> None:
    read = labels(
        "یادداشت‌های یک کشاورز", "از کوه و دشت", "زنگ باران", "نوشته شده در ۲ آذر ۱۴۰۲ توسط کشاورز", LEDE, TEXT
    )

    assert read[:3] == [Label.META, Label.META, Label.HEADLINE]


def test_an_interview_with_names_is_neither_list_nor_headings() -> None:
    copy = (
        TITLE,
        LEDE,
        "متن این گفت‌وگو در پی می‌آید:",
        "نمونه: پل چرا دیر شد؟",
        "کهن: پول نبود و زمستان هم سخت گذشت.",
        "نمونه: راه روستا چه می‌شود؟",
        "کهن: تا بهار آسفالت می‌شود.",
    )

    assert labels(*copy)[3:] == [Label.PARAGRAPH] * 4


def test_couplets_parted_by_a_bar_are_verse() -> None:
    verse = (
        "دلم هوای تو دارد در این شب خاموش | که ماه رفته و باران گرفته در آغوش",
        "تو رفته‌ای و صدایت هنوز در کوچه | چو آتشی است که هرگز نمی‌شود خاموش",
    )

    assert labels("غزلی برای پنجره", *verse)[1:] == [Label.QUOTE, Label.QUOTE]


def test_a_section_under_the_story_is_no_category() -> None:
    article = copydesk.read(f"اقتصاد\n{TITLE}\n{LEDE}\n{TEXT}\nانتهای پیام\nکارتون\nورزشی")
    without = copydesk.read(f"{TITLE}\n{LEDE}\n{TEXT}\nانتهای پیام\nورزشی")

    assert (article.category, without.category) == ("اقتصاد", None)


@pytest.mark.parametrize(
    ("kicker", "source"),
    [
        ("گفت‌وگوی «اعتماد» با سازنده پل", "اعتماد"),
        ("ایلنا گزارش می‌دهد؛", "ایلنا"),
        ("گفت‌وگو با سازنده پل:", None),
    ],
)
def test_a_kicker_says_whose_story_it_is(kicker: str, source: str | None) -> None:
    assert copydesk.read(f"{kicker}\n{TITLE}\n{LEDE}\n{TEXT}").source == source


def test_an_outlets_name_may_have_a_half_space() -> None:
    copy = (TITLE, "دنیای‌اقتصاد : " + LEDE, TEXT)

    assert copydesk.read("\n".join(copy)).source == "دنیای‌اقتصاد"
