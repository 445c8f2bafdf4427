"""Raw copy as it comes, and the article that is made of it. The samples are our own."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.errors import CopyError, CopyTooLong, EmptyCopy
from bot.news import copydesk
from bot.news.model import Article, BulletList, KeyPoint, Quote, RelatedLink, content_json
from bot.news.spelling import orthography
from bot.news.structure import furniture, intake
from bot.news.structure.frames import Frame

SAMPLES = Path(__file__).parents[1] / "samples"
SHARED = Path(__file__).parents[2].parent / "shared"


LEDE = "این بند نخست خبر است که از رویدادی در شهر نمونه می‌گوید."
BODY = "این بند دوم خبر است و جزئیات بیشتری درباره همان رویداد می‌دهد."


def read(name: str) -> Article:
    return copydesk.read((SAMPLES / f"{name}.txt").read_bytes().decode())


def headings(article: Article) -> list[str | None]:
    return [section.heading for section in article.sections]


def items(article: Article) -> tuple[KeyPoint, ...]:
    """Those of the first section's list."""
    points = article.sections[0].list
    assert points is not None
    return points.items


def paragraphs(article: Article) -> list[str]:
    return [text for section in article.sections for text in section.paragraphs]


def test_a_copy_from_the_web_loses_its_buttons_and_keeps_its_facts() -> None:
    article = read("web_share_lines")

    assert article.headline == "باغداران سردشت نخستین خرمالوی صادراتی را راهی بازار کردند"
    assert article.lede.startswith("باغداران شهرستان سردشت امروز")
    assert len(paragraphs(article)) == 2
    assert article.category == "اقتصاد"
    assert article.source_url == "https://sample.example/news/40112/khormaloo"
    assert article.keywords == ("خرمالو", "صادرات", "سردشت")
    assert [link.title for link in article.related] == [
        "قیمت سیب در میدان‌های تره‌بار کاهش یافت",
        "سردخانه جدید ارومیه به بهره‌برداری می‌رسد",
    ]
    assert (article.ed_note or "").split("\n") == [
        "تاریخ انتشار: ۱۲ آبان ۱۴۰۴ - ۰۹:۴۵",
        "کد خبر: 40112",
        "لینک کوتاه: https://sample.example/x7",
        "خانه » اقتصاد » کشاورزی",
    ]


def test_an_agency_wire_names_its_place_and_source() -> None:
    article = read("agency_wire")

    assert (article.dateline, article.source) == ("تهران – ایرنا", "ایرنا")
    assert article.lede.startswith("سازمان پایانه‌های مرزی")
    assert paragraphs(article)[0].startswith("به گزارش ایرنا، سخنگوی این سازمان")
    assert article.key_points
    assert "انتهای پیام" not in json.dumps(content_json(article), ensure_ascii=False)


def test_a_press_release_has_a_kicker_and_a_numbered_list() -> None:
    article = read("press_release")
    points = article.sections[0].list
    assert points is not None

    assert article.kicker == "روابط عمومی شرکت آب و فاضلاب شهر نمونه:"
    assert article.headline == "قطع آب در چهار محله شهر نمونه از فردا"
    assert points.intro == "محله‌هایی که آب آنها قطع می‌شود به شرح زیر است:"
    assert points.items[0] == KeyPoint(label="بلوار دانشجو", text="از میدان تا پل دوم")
    assert points.items[3] == KeyPoint(text="خیابان ساحل")
    assert article.key_points == points.items
    assert article.source == "روابط عمومی آب و فاضلاب"


def test_a_forwarded_post_keeps_its_points_and_tags_and_drops_the_other_channel() -> None:
    article = read("telegram_forward")

    assert article.headline == "فوری | آتش‌سوزی بازار قدیم بندر مهار شد"
    assert [point.text for point in article.key_points] == [
        "۱۴ دستگاه خودرو آتش‌نشانی در محل حاضر بودند",
        "علت حادثه در دست بررسی است و نتیجه فردا اعلام می‌شود",
        "خیابان‌های اطراف بازار تا شب بسته می‌ماند",
    ]
    assert article.hashtags == ("آتش_سوزی", "بندر")
    assert article.ed_note == "🆔 @nemuneh_news\nhttps://t.me/nemuneh_news"
    assert paragraphs(article) == []


def test_an_interview_is_no_list_of_headings() -> None:
    article = read("interview")

    assert article.kicker == "گفت‌وگو با سرمربی تیم بسکتبال بانوان نمونه"
    assert article.headline == "جوان‌ها آینده این تیم هستند"
    assert headings(article) == [None]
    assert len(paragraphs(article)) == 6
    assert (article.byline, article.author_bio) == ("مینا سهرابی", None)


def test_results_are_a_list_with_scores_whole() -> None:
    article = read("results")

    assert [item.text for item in items(article)] == [
        "سپید شهر ۳ - ۱ موج جنوب",
        "کاروان ۳ - ۰ ستاره کویر",
        "البرز نو ۲ - ۳ دریا",
    ]
    assert paragraphs(article) == ["تیم سپید شهر با ۹ امتیاز در صدر جدول ایستاده است."]


def test_prices_below_the_story_are_not_its_points() -> None:
    article = copydesk.read(
        "بازار میوه آرام شد\n"
        "بهای میوه در بازار شهر امروز پایین آمد و خریداران بیشتر شدند.\n"
        "رئیس اتحادیه گفت با رسیدن بار تازه از شمال کمبودی در بازار نیست و بها باز هم پایین می‌آید.\n"
        "او افزود که انبارها برای شب عید پر است و مردم نگران نباشند.\n"
        "قیمت‌ها:\nسیب: ۸۰ هزار تومان\nپرتقال: ۶۵ هزار تومان\nخیار: ۴۰ هزار تومان"
    )

    assert len(items(article)) == 3
    assert [point.text for point in article.key_points] == [
        "رئیس اتحادیه گفت با رسیدن بار تازه از شمال کمبودی در بازار نیست و بها باز هم پایین می‌آید.",
        "رئیس اتحادیه افزود که انبارها برای شب عید پر است و مردم نگران نباشند.",
    ]


def test_a_list_of_names_is_not_the_points_of_a_story_that_has_text() -> None:
    article = copydesk.read(
        "تیم جوانان شهر سوم شد\n"
        "تیم وزنه‌برداری جوانان شهر پس از شش سال روی سکو رفت.\n"
        "این تیم با ۴۱۲ امتیاز پس از دو تیم دیگر سوم شد و جام گرفت.\n"
        "مدال‌ها:\n• ۶۷ کیلو: مانی کهن (برنز)\n• ۸۹ کیلو: سهند آذر (برنز)\n• ۱۰۲ کیلو: رادین نیک (طلا)"
    )

    assert [point.text for point in article.key_points] == [
        "این تیم با ۴۱۲ امتیاز پس از دو تیم دیگر سوم شد و جام گرفت."
    ]


def test_verse_that_was_typed_as_a_list_is_no_list_of_points() -> None:
    lines = (
        "پدر ساده بود",
        "کلامش سبک بود",
        "به صبحش غزل بود",
        "به شامش دعا بود",
        "در آن خانه آن مرد بود",
        "چراغش بلند بود",
    )
    article = copydesk.read(
        "شب شعر شهر\nشب شعر شهر در تالار برگزار شد.\nبیست شاعر از سه شهر در تالار شعر خواندند و جایزه گرفتند.\n"
        + "\n".join(f"• {line}" for line in lines)
    )

    assert not [point for point in article.key_points if point.text.rstrip(".") in lines]


def test_items_that_stand_on_one_line_are_not_one_point() -> None:
    article = copydesk.read(
        "سود شیر\nشیر برای کودکان سودمند است.\nسود شیر این است:\n"
        "- شیر استخوان کودک را سخت می‌کند. - شیر خواب کودک را آرام می‌کند.\n- شیر دندان کودک را نگه می‌دارد."
    )

    assert all(" - " not in point.text for point in article.key_points)


def test_facts_right_below_the_lede_are_its_points() -> None:
    article = copydesk.read(
        "شب بلند والیبال\nتیم شهر برنده شد و به فینال رفت.\n🔹 نتیجه: ۳ بر ۲\n🔹 تماشاگر: ۵ هزار نفر"
    )

    assert [point.label for point in article.key_points] == ["نتیجه", "تماشاگر"]


def test_notes_below_the_story_are_not_its_points() -> None:
    article = copydesk.read(
        "کتاب کهنه به شهر بازگشت\n"
        "کتابی از سدهٔ نهم پس از صد سال به کتابخانهٔ شهر بازگشت.\n"
        "این کتاب ۴۱۲ برگ دارد و در انبار خانه‌ای پیدا شده است.\n"
        "کارشناسان می‌گویند نگاره‌های آن از همان سده است.\n"
        "پی‌نوشت‌ها:\n۱. نگاه کنید به: فهرست کتاب‌ها، ج ۲، ص ۱۴۵.\n۲. همان، ص ۱۵۰."
    )

    assert [point.text.split()[0] for point in article.key_points] == ["این", "کارشناسان"]


def test_a_numbered_point_may_begin_with_a_number() -> None:
    article = copydesk.read(
        "سه تصمیم شورا\nشورای شهر امروز سه تصمیم گرفت.\n"
        "1- بهای بلیت زیاد می‌شود.\n2- ۲۰۰ اتوبوس تازه می‌آید.\n3- ایستگاه‌ها نو می‌شوند."
    )

    assert [point.text for point in article.key_points] == [
        "بهای بلیت زیاد می‌شود.",
        "۲۰۰ اتوبوس تازه می‌آید.",
        "ایستگاه‌ها نو می‌شوند.",
    ]


def test_a_story_goes_on_below_links_to_others() -> None:
    article = copydesk.read(
        "تالاب پس از پنج سال جان گرفت\nتالاب بزرگ استان آب گرفت و پرندگان به آن بازگشتند.\n"
        "بیشتر بخوانید:\nرود تازه به دشت رسید\nگردوغبار شهر را تعطیل کرد\n"
        "مدیر تالاب با اشاره به اینکه هنوز همهٔ آب داده نشده است، گفت کار با همسایه‌ها ادامه دارد."
    )

    assert [link.title for link in article.related] == ["رود تازه به دشت رسید", "گردوغبار شهر را تعطیل کرد"]
    assert len(paragraphs(article)) == 1


def test_who_sends_it_is_over_the_headline_though_a_date_stands_between() -> None:
    article = copydesk.read(
        "روابط عمومی شرکت آب استان\n۱۴۰۵/۰۹/۰۲\nقطع آب در چهار محله\nآب چهار محلهٔ شهر از فردا برای دو روز قطع می‌شود."
    )

    assert (article.kicker, article.headline) == ("روابط عمومی شرکت آب استان", "قطع آب در چهار محله")


def test_an_agencys_own_lines_are_no_headline_and_no_text() -> None:
    article = copydesk.read(
        "ABNA 20:14 کد خبر 85412345\nسفیر تازه آمد\nسفیر تازه امروز به پایتخت رسید و نامهٔ خود را داد.\nسیب**1418**9211"
    )

    assert article.headline == "سفیر تازه آمد"
    assert paragraphs(article) == []


def test_an_answer_is_no_point_without_its_question() -> None:
    article = copydesk.read(
        "گفت‌وگو با معلم روستا\nمعلم روستا سی سال در کلاس مانده و هنوز درس می‌دهد.\n"
        "مدرسهٔ روستا یک اتاق داشت و هفده دانش‌آموز در پنج پایه در آن می‌نشستند.\n"
        "بله، سه دانش‌آموز مدرسهٔ روستا پزشک شده‌اند و یکی معلم روستا شد.\n"
        "زمستان برف راه را بست و روستا یازده روز نان نداشت و کسی نیامد.\n"
        "پدر یکی از آنها با قاطر از گردنه گذشت و برای همه آرد آورد."
    )

    assert not article.key_points[0].text.startswith("بله")


def test_english_copy_is_read_the_same_way() -> None:
    article = read("english")

    assert (article.language, article.byline) == ("en", "Sara Example")
    assert article.dateline == "SAMPLETOWN (Sample Press)"
    assert article.lede == "The city council voted on Monday to add three night bus lines from January."
    assert headings(article) == [None, "What changes"]
    assert article.related == (
        RelatedLink(title="Metro to close for repairs", url="https://sample.example/metro"),
        RelatedLink(title="Bike lanes to reach the harbour", url="https://sample.example/bikes"),
    )


def test_a_headline_alone_is_a_headline() -> None:
    article = read("headline_only")

    assert article.headline == "چرا قیمت کاغذ بالا رفت؟ ناشران از سه دلیل می‌گویند"
    assert (article.lede, article.sections, article.key_points) == ("", (), ())


def test_one_paragraph_gives_its_first_sentence_to_the_headline() -> None:
    article = read("one_paragraph")

    assert article.headline == "موزه شهر نمونه از امروز با ساعت کار تازه پذیرای بازدیدکنندگان است"
    assert article.lede.startswith("به گفته مدیر موزه")
    assert article.lede.endswith("رایگان است.")


def test_a_paste_from_word_is_headed_where_it_leaves_room() -> None:
    article = read("word_paste")

    assert article.headline == "کتابخانه مرکزی شهر نوسازی شد"
    assert headings(article) == ["بخش کودک بزرگ‌تر شد", "تالار خاموش"]
    assert "library@sample.example و www.sample.example/كتاب است." in paragraphs(article)[1]
    assert (article.byline, article.author_bio) == ("نیما فرضی", "خبرنگار حوزه کتاب")


def test_markdown_is_read_and_not_shown() -> None:
    article = read("markdown")

    assert article.headline == "افتتاح پل تازه رودخانه"
    assert article.lede.startswith("پل تازه رودخانه پس از ۱۸ ماه")
    assert headings(article) == ["مشخصات پل", "هزینه ساخت"]
    assert isinstance(article.sections[0].blocks[0], BulletList)
    assert article.sections[1].blocks[1] == Quote(
        text="این پل نتیجه کار پانصد کارگر و مهندس است که شب و روز زحمت کشیدند."
    )
    assert [link.url for link in article.related] == [
        "https://sample.example/old-bridge",
        "https://sample.example/traffic",
    ]


def test_stars_round_words_are_emphasis_and_a_minus_is_a_number():
    article = copydesk.read(f"تیتر *تازه* خبر\n*تهران* امروز سرد شد و برف آمد.\n-5 درجه در بام شهر\n{BODY}")

    assert article.headline == "تیتر تازه خبر"
    assert article.lede == "تهران امروز سرد شد و برف آمد."
    assert headings(article) == ["-۵ درجه در بام شهر"]


def test_an_opinion_has_its_author_presented_at_the_end() -> None:
    article = read("opinion")

    assert (article.kicker, article.headline) == ("یادداشت", "آب را گل نکنیم")
    assert article.byline == "کامران فرضی"
    assert (article.author_bio or "").startswith("کامران فرضی پژوهشگر")
    assert (
        Quote(text="آب نباشد، روستا نیست و روستا نباشد، شهر هم دوام نمی‌آورد.") in article.sections[0].blocks
    )


def test_a_related_title_may_stand_on_the_line_of_its_heading() -> None:
    article = read("obituary")

    assert article.related == (RelatedLink(title="نمایشگاه آثار استاد در فرهنگسرا"),)
    assert (article.byline, article.ed_note) == ("لیلا نمونه‌ای", "عکس: آرشیو")


@pytest.mark.parametrize("mark", ["- ", "-", "• ", "* ", "– ", "🔹 ", "▪️"])
def test_bullets_of_every_kind_are_a_list(mark: str) -> None:
    article = copydesk.read(f"تیتر خبر\n{LEDE}\n{BODY}\n{mark}نکته نخست خبر\n{mark}نکته دوم خبر\n{BODY}")

    assert [item.text for item in items(article)] == ["نکته نخست خبر", "نکته دوم خبر"]


@pytest.mark.parametrize("number", ["{}. ", "{}) ", "({}) ", "{} - ", "{}.", "{}- "])
@pytest.mark.parametrize("digits", ["۱۲", "12"])
def test_numbered_lines_are_a_list(number: str, digits: str) -> None:
    one, two = (number.format(digit) for digit in digits)
    article = copydesk.read(f"تیتر خبر\n{LEDE}\n{BODY}\n\n{one}نکته نخست خبر\n\n{two}نکته دوم خبر")

    assert [item.text for item in items(article)] == ["نکته نخست خبر", "نکته دوم خبر"]


@pytest.mark.parametrize(
    "heading",
    [
        "مطالب مرتبط",
        "لینک‌های مرتبط:",
        "لینکهای مرتبط",
        "بیشتر بخوانید",
        "اخبار مرتبط",
        "همچنین بخوانید:",
        "**Related**",
        "Read more",
    ],
)
def test_what_stands_under_a_related_heading_is_related(heading: str) -> None:
    article = copydesk.read(
        f"تیتر خبر\n\n{LEDE}\n\n{BODY}\n\n{heading}\n- خبر دیگر از شهر\n- خبر سوم از شهر\n\nانتهای پیام/"
    )

    assert [link.title for link in article.related] == ["خبر دیگر از شهر", "خبر سوم از شهر"]
    assert paragraphs(article) == [BODY]


@pytest.mark.parametrize(
    ("line", "name", "bio"),
    [
        ("نویسنده: سارا فرضی", "سارا فرضی", None),
        ("خبرنگار: سارا فرضی", "سارا فرضی", None),
        ("به قلم سارا فرضی", "سارا فرضی", None),
        ("گزارش از سارا فرضی", "سارا فرضی", None),
        ("By Sara Example", "Sara Example", None),
        ("مترجم: سارا فرضی", "سارا فرضی", "مترجم"),
        ("سارا فرضی - خبرنگار گروه دانش", "سارا فرضی", "خبرنگار گروه دانش"),
        ("به قلم سارا فرضی، استاد دانشگاه نمونه", "سارا فرضی", "استاد دانشگاه نمونه"),
    ],
)
def test_a_line_that_names_the_author_is_the_byline(line: str, name: str, bio: str | None) -> None:
    article = copydesk.read(f"تیتر خبر\n{LEDE}\n{BODY}\n{line}")

    assert (article.byline, article.author_bio) == (name, bio)


def test_a_speaker_in_the_text_is_no_author_and_no_label() -> None:
    article = copydesk.read(
        f"تیتر خبر\n{LEDE}\nعلی فرضی، نویسنده این کتاب، گفت: کار تمام است.\nاو گفت: خوب شد.\nاو افزود: برویم."
    )

    assert article.byline is None
    assert len(paragraphs(article)) == 3


def test_a_copy_that_begins_with_a_long_paragraph_keeps_all_of_it() -> None:
    paragraph = " ".join([LEDE, BODY] * 4)
    article = copydesk.read(f"{paragraph}\n{BODY}\nاین هم بند آخر خبر است که چیزی می‌افزاید.")

    assert article.headline_proposed
    assert article.headline in LEDE
    told = " ".join([article.lede, *paragraphs(article)])
    assert paragraph.removeprefix(f"{article.headline}.").strip() in told
    assert len(article.lede) < len(paragraph) / 2
    assert paragraphs(article)[1] == BODY


def test_five_hundred_bullets_stay_and_ten_are_key_points() -> None:
    bullets = "\n".join(f"- مورد شماره {number} از فهرست" for number in range(500))
    article = copydesk.read(f"تیتر خبر\n{LEDE}\nموارد زیر است:\n{bullets}")

    assert len(items(article)) == 500
    assert len(article.key_points) == 10


def test_a_line_of_five_thousand_characters_is_no_headline_and_stays_whole() -> None:
    line = "خبر " * 1250 + "پایان"
    article = copydesk.read(f"{line}\n{LEDE}")

    assert article.headline_proposed
    assert article.lede == line


@pytest.mark.parametrize(
    "copy", ["", " \n ", "😀😀", "...!؟ «»", "\u200c" * 900, "\u202e\u2066\ud800", "ـــ"]
)
def test_copy_without_a_word_is_refused(copy: str) -> None:
    with pytest.raises(EmptyCopy):
        copydesk.read(copy)


def test_copy_over_the_limit_is_refused_with_the_limit() -> None:
    with pytest.raises(CopyTooLong) as refused:
        copydesk.read("ا" * (intake.MAX_COPY + 1))

    assert refused.value.limit == intake.MAX_COPY


@pytest.mark.parametrize(
    "copy", ["انتهای پیام/", "https://sample.example/a", "مطالب مرتبط", "#خبر", "<خبر> &lt"]
)
def test_copy_that_is_machinery_only_still_has_a_headline(copy: str) -> None:
    assert copydesk.read(copy).headline == copy


@pytest.mark.long
@pytest.mark.parametrize("piece", ["واژه ", "واژه", "«الف» ", "الف: ب ", "**الف ", "الف. ", "«"])
def test_the_longest_line_is_read_to_its_end(piece: str) -> None:
    assert copydesk.read("الف" + piece * ((intake.MAX_COPY - 3) // len(piece))).headline


@pytest.mark.long
@pytest.mark.parametrize("line", ["سطر", "- خبر", "خبر:", "مطالب مرتبط", "الف: ب", "# الف"])
def test_thousands_of_lines_are_read_to_their_end(line: str) -> None:
    assert copydesk.read(f"{line}\n" * 4000).headline


_LINES = st.lists(
    st.one_of(
        st.text(st.sampled_from("ابکی نرس.:؛؟!-•*#\u200c «»()۱2ab@/_`\u2066😀"), max_size=60),
        st.text(max_size=20),
        st.sampled_from(
            [
                LEDE,
                BODY,
                "",
                "موارد زیر:",
                "- نکته",
                "۱. نکته",
                "مطالب مرتبط",
                "## عنوان",
                "«گفته شد»",
                "نویسنده: الف ب",
            ]
        ),
    ),
    max_size=12,
)


@example(["a:", "0"])
@given(_LINES)
@settings(max_examples=150, deadline=None)
def test_any_copy_is_an_article_or_refused_and_no_word_is_lost(lines: list[str]) -> None:
    copy = "\n".join(lines)
    try:
        article = copydesk.read(copy)
    except CopyError:
        return
    kept = _words(json.dumps(content_json(article), ensure_ascii=False))

    assert article.headline
    buttons = [
        line for line in orthography.repaired(intake.clean(copy)).split("\n") if _is_button(line.strip())
    ]
    assert _words(copy) - kept - _words("\n".join(buttons)) <= {"مطالب", "مرتبط", "نویسنده"}


def _is_button(line: str) -> bool:
    """Whether a line says nothing about the story, so that it may go («نسخه چاپی», "NEXT")."""
    return furniture.kind(line) in {Frame.PAGE, Frame.SHARE, Frame.COUNTS, Frame.END}


def _words(text: str) -> set[str]:
    text = orthography.repaired(intake.clean(text.replace("\\n", "\n")))
    return set(re.findall(r"[^\W\d_]+", text.replace("\u200c", "")))


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        ("- نکته یک\n- برچسب: متن آن", (KeyPoint(text="نکته یک"), KeyPoint(label="برچسب", text="متن آن"))),
        ("نکته كوچك", (KeyPoint(text="نکته کوچک"),)),
        ("😀\n\n", ()),
    ],
)
def test_key_points_are_typed_one_a_line(typed: str, points: tuple[KeyPoint, ...]) -> None:
    assert copydesk.read_points(typed) == points


def _folded(value: Any) -> Any:
    """Texts without what spelling may change: half-spaces, spaces, vowel signs, hamzas, the shape of quotes."""
    if isinstance(value, str):
        return re.sub('[\u200c\\s"«»“”\u064b-\u0652]', "", value).replace("ؤ", "و")
    if isinstance(value, dict):
        return {key: _folded(each) for key, each in value.items()}
    return [_folded(each) for each in value] if isinstance(value, list | tuple) else value


@pytest.mark.skipif(not SHARED.exists(), reason="the shared reference material is not on this machine")
def test_the_seed_article_has_the_structure_it_should() -> None:
    raw = (SHARED / "articles" / "amani-medvedev.raw.txt").read_text()
    wanted = json.loads((SHARED / "articles" / "amani-medvedev.structure.json").read_text())

    article = copydesk.read(raw)

    found = content_json(article)
    for name in ("headline", "lede", "byline", "author_bio"):
        assert _folded(found[name]) == _folded(wanted[name])
    assert [_folded(link["title"]) for link in found["related"]] == _folded(wanted["related"])
    assert not any(link.url for link in article.related)
    for section, expected in zip(article.sections, wanted["sections"], strict=True):
        points = section.list and {
            "intro": section.list.intro,
            "items": [{"label": item.label, "text": item.text} for item in section.list.items],
        }
        assert _folded(section.heading) == _folded(expected["heading"])
        assert _folded(section.paragraphs) == _folded(expected["paragraphs"])
        assert _folded(points) == _folded(expected.get("list"))
    assert article.key_points == article.sections[1].list.items  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("reported", "source"),
    [
        ("به گزارش خبرنگار سیاست خارجی ایرنا، نشست آغاز شد.", "ایرنا"),
        ("به گزارش خبرنگار اقتصادی خبرگزاری تسنیم، بازار آرام است.", "خبرگزاری تسنیم"),
        ("به گزارش خبرگزاری صدا و سیما، باران در راه است.", "خبرگزاری صدا و سیما"),
        ("به گزارش خبرنگار حوزه بهداشت باشگاه خبرنگاران جوان، واکسن رسید.", "باشگاه خبرنگاران جوان"),
        ("به گزارش خبرنگار مهر از اهواز، باران آمد.", "مهر"),
        ("به گزارش خبرنگار اعزامی به فارس، باران آمد.", None),
        ("به گزارش خبرنگار ما، باران آمد.", None),
    ],
)
def test_who_reported_is_the_source_whatever_desk_stands_before(reported: str, source: str | None) -> None:
    assert copydesk.read(f"خبر تازه نمونه\u200cشهر\n{reported}").source == source
