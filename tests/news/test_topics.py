"""What a story is about, as a plain noun."""

from dataclasses import replace

import pytest

from bot.news.model import Article, Paragraph, Section
from bot.news.subjects import names, tags, topics


def story(headline: str, *body: str) -> Article:
    return Article(
        headline=headline, lede="", sections=(Section(blocks=tuple(Paragraph(text=text) for text in body)),)
    )


QUAKE = story(
    "زلزله شمال را لرزاند",
    "روز گذشته ۱۹ زمین لرزه جاهای گوناگون را لرزاند.",
    "بزرگ‌ترین زمین‌لرزه ۳٫۴ ریشتر بود و هیر را لرزانده است.",
    "زمین لرزه‌ای هم فیروز کوه را لرزانده است.",
)


def test_the_subject_is_a_plain_noun_and_verbs_are_no_tags() -> None:
    offered = tags.offered(QUAKE)

    assert offered[0] == "زلزله"
    assert not [tag for tag in offered if "لرز" in tag.removeprefix("زلزله")]


@pytest.mark.parametrize(
    ("headline", "subject"),
    [
        ("دستگیری سارق کابل در سپیدکوه", "سرقت"),
        ("واژگونی خودرو در گردنه سپیدکوه", "تصادف"),
        ("شطرنج‌باز نوجوان قهرمان شد", "شطرنج"),
        ("بارش باران در نیمه شمالی کشور", "باران"),
        ("نام نویسی آزمون مدارس نمونه", "آزمون"),
        ("انبار کارتن آتش گرفت", "آتش\u200cسوزی"),
    ],
)
def test_a_subject_is_known_by_its_other_words(headline: str, subject: str) -> None:
    assert subject in topics.of(story(headline, "خبر امروز."))


def test_a_subject_told_once_in_a_long_body_is_none() -> None:
    assert "مدال" not in topics.of(story("شورای شهر تشکیل جلسه داد", "در پایان مدال دادند."))


def test_dollars_go_with_the_rates_of_exchange() -> None:
    rates = story("نرخ ارز امروز", "یورو ۴۶ هزار ریال است.", "دلار آمریکا تغییری نکرد.")

    assert "دلار" in tags.offered(rates)


def test_no_tag_is_there_in_two_forms_and_none_is_furniture() -> None:
    tagged = replace(QUAKE, keywords=("زلزله", "زلزله‌ها", "اخبار حوادث", "خبر فوری"))
    offered = tags.offered(tagged)

    assert [tag for tag in offered if "زلزله" in tag] == ["زلزله"]
    assert not [tag for tag in offered if "خبر" in tag or "اخبار" in tag]


def test_a_field_and_its_organisation_are_two_tags() -> None:
    offered = tags.offered(
        story("توفان در راه است", "سازمان هواشناسی هشدار داد.", "سازمان هواشناسی بیانیه داد.")
    )

    assert {"سازمان_هواشناسی", "توفان"} <= set(offered)


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("این رژیم چین و چروک پوست را کم می‌کند.", "چین"),
        ("یورو ۴۶ هزار ریال و فرانک سوییس ۴۲ هزار ریال است.", "فرانک سوییس"),
        ("پوند انگلیس ارزان شد.", "انگلیس"),
        ("زمین لرزه‌ای هم فیروز کوه را لرزانده است.", "فیروز کوه"),
        ("شرکت شیائومی جزئیات بیشتری از گوشی نداده است.", "شرکت شیائومی جزئیات بیشتری"),
        ("بارش در شهرهای مرکزی کشور ادامه دارد.", "مرکزی"),
    ],
)
def test_currencies_wrinkles_and_villages_are_no_names(text: str, nothing: str) -> None:
    assert nothing not in [name.text for name in names.found(text)]
