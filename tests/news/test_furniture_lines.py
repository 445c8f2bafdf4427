"""Lines of furniture as sites print them, over, between and under a story that stays the same. All words are our own."""

import pytest

from bot.news import copydesk
from bot.news.model import Article, BulletList
from tests.news.test_pages import BODY, LEDE, TITLE, headings, lists, page, paragraphs, whole

READING = (
    "2 دقیقه خوانده شده",
    "8 دقیقه زمان مطالعه",
    "زمان تقریبی مطالعه: ۲ دقیقه",
    "Visits: 311",
    "بازدید : 311 نفر",
    "۳۱۱ بار خوانده شده",
    "تعداد دفعات مشاهده: ۳۱",
)
DATES = (
    "[ Last Update: Saturday, 02 December 2023 9:30 AM ]",
    "نوشته شده در ۱۲ آبان ۱۴۰۲",
    "ارسال شده در شنبه ۱۲ آبان ۱۴۰۲ ساعت ۱۰:۲۱",
    "+ نوشته شده در سه شنبه هفتم آذر ۱۴۰۲ ساعت 21:14 توسط معلم",
    "سال بیست و سوم شماره ۵۶۱۰",
)
SHARED = (
    "به اشتراک گذاشتن",
    "این مطلب را با دوستان خود به اشتراک بگذارید",
    "این مطلب را با دوستان تان شریک سازید",
    "لینک خبر در سایت مرجع",
    "افزودن به علاقه مندی ها",
    "تغییر سایز متن",
    "گوش دادن به متن",
)
PICTURES = (
    "منبع تصویر، Getty Images",
    "توضیح تصویر، پل تازه در شب گشایش",
    "پل تازه در شب گشایش، عکس از آرشیو",
    "عکس جنبه تزئینی دارد",
)
FORMS = (
    "برای ثبت نظر وارد شوید",
    "برای ارسال نظر ابتدا وارد حساب خود شوید",
    "لطفا عدد مقابل را در جعبه متن وارد کنید",
    "کد امنیتی را وارد کنید",
    "6 + 4 =",
    "آیا تمایل به دریافت نوتیفیکیشن دارید؟",
    "مجموع دیدگاهها : 0",
    "میانگین امتیاز ۴.۲ / ۵. تعداد آرا: ۳۱",
)
ELSEWHERE = (
    "خانه « اخبار « جامعه",
    "رد شدن و رفتن به محتوا",
    "جهش به محتوای اصلی",
    "از پادکست رد شوید و به خواندن ادامه دهید",
    "همه خبرهای شهری را اینجا بخوانید",
    "بازگشت به لیست اخبار",
    f"چاپ خبر دیدگاه‌ها برای {TITLE} بسته هستند",
)


@pytest.mark.parametrize("line", [*READING, *DATES, *SHARED, *PICTURES, *FORMS, *ELSEWHERE])
def test_a_line_of_furniture_is_none_of_the_story_over_it_amid_it_and_under_it(line: str) -> None:
    expected: tuple[str, str, tuple[str, ...], list[str]] = (TITLE, LEDE, BODY, [])

    assert whole(page("صفحه نخست", "اقتصاد", line, TITLE, "کد خبر: ۱۲۳۴", LEDE, *BODY)) == expected
    assert whole(page(TITLE, line, LEDE, *BODY)) == expected
    assert whole(page(TITLE, LEDE, line, *BODY)) == expected
    assert whole(page(TITLE, LEDE, *BODY, line)) == expected


def test_a_sentence_about_comments_and_messages_stays_in_its_story() -> None:
    told = "پیام شهردار درباره پل تازه فردا در همه روزنامه‌ها منتشر خواهد شد."

    assert told in paragraphs(page(TITLE, LEDE, BODY[0], told, *BODY[1:]))


def test_no_paragraph_is_lost_because_the_outlet_before_it_stands_alone_as_well() -> None:
    told = "مدیر عمران گفت: آزمون بار پل خوب بود و راه تا پایان هفته باز می‌شود."
    article = page(TITLE, LEDE, "خبرگزاری نمونه‌رود", f"خبرگزاری نمونه‌رود – {told}", *BODY)

    assert told in " ".join(paragraphs(article))


@pytest.mark.parametrize("heading", ["مطالب پیشنهادی", "در همین رابطه", "بیشتر بشنوید"])
@pytest.mark.parametrize("over", [(), ("صفحه نخست", "اقتصاد")])
def test_a_heading_of_links_over_the_story_does_not_take_its_headline(
    heading: str, over: tuple[str, ...]
) -> None:
    article = page(*over, heading, TITLE, LEDE, *BODY)

    assert whole(article) == (TITLE, LEDE, BODY, [])
    assert article.related == ()


@pytest.mark.parametrize("heading", ["مقاله‌ی مرتبط:", "خبرهای همسان", "مرتبط"])
def test_links_have_many_headings_and_end_where_tags_begin(heading: str) -> None:
    link = "بهمن راه سه روستا را بست"
    article = page(TITLE, LEDE, *BODY, heading, link, "آلودگی هوا", "خودرو")

    assert [each.title for each in article.related] == [link]
    assert tuple(paragraphs(article)) == BODY


@pytest.mark.parametrize(
    "over",
    [
        ("Menu", "نمونه‌نما", "پایگاه خبری تحلیلی نمونه‌نما"),
        ("شبکه اطلاع رسانی راه ، پل و شهر", "قیمت لحظه‌ای", "نمودار"),
        ("روزنامه نمونه", "شماره روزنامه: 5610", "هنرنامه", "> صفحه 9 | جامعه"),
        ("نمونه‌نما", "لیگ برتر", "رزمی‌ها", "دکه", "کد خبر: 402113"),
    ],
)
def test_a_sites_name_and_menu_are_not_the_headline(over: tuple[str, ...]) -> None:
    body = (f"به گزارش نمونه‌نما، {BODY[0]}", *BODY[1:])
    article = page(*over, TITLE, LEDE, *body)

    assert whole(article) == (TITLE, LEDE, body, [])
    assert article.kicker is None


def test_a_kicker_that_says_more_of_the_text_than_its_headline_is_a_kicker() -> None:
    kicker = "با آزمون بار پل تازه؛"
    article = page("پخش زنده", "کد خبر: ۳۹۸۸", kicker, "شهر چشم به راه آبان", LEDE, *BODY)

    assert (article.kicker, article.headline, article.lede) == (kicker, "شهر چشم به راه آبان", LEDE)


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("نویسنده, شایان فرضی", "شایان فرضی"),
        ("By یورونیوز فارسی", None),
        ("نویسنده: خبرگزاری نمونه‌رود", None),
    ],
)
def test_a_byline_in_other_punctuation_and_an_outlet_that_is_none(line: str, byline: str | None) -> None:
    article = page(TITLE, line, "۱۲ شهریور ۱۴۰۲", LEDE, *BODY)

    assert (article.byline, article.lede) == (byline, LEDE)


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("سازمان هواشناسی با صدور هشدار زرد از بارش سنگین در شش استان خبر داد.", "سازمان هواشناسی"),
        (
            "فدراسیون جهانی شنا در این باره نوشت: رکورد تازه پذیرفته شد و بازبینی نمی‌شود.",
            "فدراسیون جهانی شنا",
        ),
        ("فرماندار دستور داد زیان دامداران این روستا برآورد و پرداخت شود./ایرنا", "ایرنا"),
        (
            "خرید گندم در استان از نیمه خرداد آغاز می‌شود و ده روزه پول آن می‌رسد.  @sample_khabar",
            "@sample_khabar",
        ),
        ("سازمان هواشناسی کشور سه ساختمان دارد و هزار کارمند در آن کار می‌کنند.", None),
    ],
)
def test_where_no_outlet_is_named_who_announced_it_or_posted_it_is_the_source(
    line: str, source: str | None
) -> None:
    assert page(TITLE, line, BODY[1]).source == source


@pytest.mark.parametrize(
    ("under", "source"),
    [("#خبرگزاری صدا و سیما", "خبرگزاری صدا و سیما"), ("@sample_khabar", "@sample_khabar"), ("#پل", None)],
)
def test_a_tag_or_a_channels_name_under_the_story_is_its_source_where_nothing_else_is(
    under: str, source: str | None
) -> None:
    assert copydesk.read("\n".join([TITLE, LEDE, BODY[1], BODY[2], under])).source == source
    told = copydesk.read("\n".join([TITLE, f"به گزارش ایسنا، {LEDE}", BODY[1], BODY[2], under]))
    assert told.source == "ایسنا"


@pytest.mark.parametrize(
    ("line", "source", "byline"),
    [
        ("خبرگزاری موج/ گروه اقتصاد: رضا کهن", "خبرگزاری موج", "رضا کهن"),
        ("عصر ایران؛ رضا کهن - ", "عصر ایران", "رضا کهن"),
        ("سرویس اقتصاد «انتخاب»؛", "انتخاب", None),
    ],
)
def test_a_prefix_on_a_line_of_its_own_lands_in_its_fields(
    line: str, source: str, byline: str | None
) -> None:
    article = page(TITLE, LEDE, line, *BODY)

    assert (article.source, article.byline) == (source, byline)
    assert whole(article) == (TITLE, LEDE, BODY, [])


def test_who_wrote_it_stands_under_the_lede_or_beside_their_work() -> None:
    assert page(TITLE, LEDE, "رضا کهن", "۱۲ ساعت پیش", "Twitter", *BODY).byline == "رضا کهن"
    assert page(TITLE, "رضا کهن خبرنگار", "۱۲ شهریور ۱۴۰۲", LEDE, *BODY).byline == "رضا کهن"
    assert page("نمونه‌گاه", "ورود", "رضا کهن", "۲ سال پیش", TITLE, LEDE, *BODY).byline == "رضا کهن"


def test_a_picture_and_who_took_it_stand_between_lede_and_text() -> None:
    article = page(TITLE, LEDE, "نمای پل در شب گشایش", "عکس: R. Sample/dpa", *BODY)

    assert whole(article) == (TITLE, LEDE, BODY, [])


def test_a_caption_with_its_agency_is_not_the_headline() -> None:
    caption = "میدان شهر و پل تازه نمونه‌شهر در آبان (AFP)"

    assert page("پخش زنده", TITLE, "۱۲ شهریور ۱۴۰۲", caption, LEDE, *BODY).headline == TITLE


def test_a_subhead_about_updates_is_no_date() -> None:
    found = headings(page(TITLE, LEDE, "۱. باتری زود خالی می‌شود", BODY[0], "۲. به‌روزرسانی نمی‌آید", BODY[1]))

    assert "۲. به‌روزرسانی نمی‌آید" in found


def test_a_dateline_with_its_day_is_no_lede() -> None:
    article = page(TITLE, "لشکرگاه (پژواک، ۱۶ جوزا ۱۴۰۲)", LEDE, *BODY)

    assert (article.lede, article.source) == (LEDE, "پژواک")


def test_what_was_told_from_hour_to_hour_is_a_list() -> None:
    told = ["۱۴:۰۲ آتش به سوله سوم رسید.", "۱۳:۴۰ دو آتش‌نشان زخمی شدند.", "۱۳:۱۵ راه‌بندان در خیابان."]
    [found] = lists(page(TITLE, LEDE, *told))

    assert [f"{item.label or ''}{item.text}" for item in found.items] == told


def test_a_letters_address_is_no_point_of_a_list() -> None:
    article = copydesk.read(
        "\n".join(
            [TITLE, LEDE, "متن این نامه به شرح زیر است:", "«جناب آقای وزیر راه", "سلام علیکم", BODY[1] + "»"]
        )
    )

    assert not any(isinstance(block, BulletList) for block in blocks(article))


def blocks(article: Article) -> list[object]:
    return [block for section in article.sections for block in section.blocks]


def test_a_part_that_is_named_with_a_colon_is_headed() -> None:
    assert headings(page(TITLE, LEDE, "طرز تهیه:", BODY[0], BODY[1])) == ["طرز تهیه:"]


def test_days_over_fixtures_do_not_head_the_line_that_announces_them() -> None:
    matches = [
        f"{one} - {two}، ساعت ۱۵:۰۰" for one, two in (("هپکو", "سربداران"), ("مس", "فولاد"), ("نفت", "سنگ"))
    ]
    announced = "برنامه بازی‌ها به این شرح است:"
    article = page(TITLE, LEDE, announced, "سه‌شنبه ۹ آبان", matches[0], "چهارشنبه ۱۰ آبان", *matches[1:])

    assert headings(article) == ["سه‌شنبه ۹ آبان", "چهارشنبه ۱۰ آبان"]
    assert announced in paragraphs(article)


def test_a_short_line_between_headline_and_byline_is_a_kicker_and_not_the_lede() -> None:
    article = page(TITLE, TITLE, "آبان‌ماه دو سوی رود به هم می‌رسد", "رضا کهن", "۱۲ شهریور ۱۴۰۲", LEDE, *BODY)

    assert (article.kicker, article.lede) == ("آبان‌ماه دو سوی رود به هم می‌رسد", LEDE)
