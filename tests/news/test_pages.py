"""Whole pages: whatever furniture stands round a story, the same article comes out. All words are our own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news import copydesk
from bot.news.model import Article, BulletList, Quote
from bot.news.structure import furniture, several
from bot.news.structure.frames import Frame

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


def page(*lines: str) -> Article:
    return copydesk.read("\n\n".join(lines))


@pytest.mark.parametrize(
    ("above", "kicker"),
    [
        (("خبرگزاری نمونه‌رود", "از سوی شهردار اعلام شد؛"), "از سوی شهردار اعلام شد؛"),
        (("اقتصاد", "شهردار مطرح کرد:"), "شهردار مطرح کرد:"),
        (("گوناگون", TITLE), None),
    ],
)
def test_a_kicker_stays_where_other_lines_over_the_title_go(
    above: tuple[str, ...], kicker: str | None
) -> None:
    article = page(*above, TITLE, LEDE, *BODY)

    assert (article.headline, article.lede, article.kicker) == (TITLE, LEDE, kicker)


def test_a_title_with_the_sites_name_beside_it_is_the_same_title() -> None:
    article = page(f"پایگاه نمونه؛ خبرهای شهر | {TITLE}", f"18:40 - {TITLE}", TITLE, LEDE, *BODY)

    assert whole(article) == (TITLE, LEDE, BODY, [])


def test_a_lede_over_the_title_is_the_lede() -> None:
    assert whole(page(LEDE, TITLE, *BODY)) == (TITLE, LEDE, BODY, [])


def test_a_slogan_over_the_title_is_none() -> None:
    article = page(
        "دانایی چراغ راه است و هر برگ کتاب دری به باغ آن می‌گشاید.", TITLE, "۱۳۸۹/۴/۲۲", LEDE, *BODY
    )

    assert (article.headline, article.lede) == (TITLE, LEDE)


def test_a_lede_printed_again_goes_and_one_that_the_text_comes_to_later_stays() -> None:
    assert whole(page(TITLE, LEDE, LEDE, *BODY)) == (TITLE, LEDE, BODY, [])
    assert paragraphs(page(TITLE, LEDE, *BODY, BODY[1] + " همین.", LEDE))[-1] == LEDE


def test_a_text_cut_short_over_the_story_is_its_beginning_printed_twice() -> None:
    article = page(TITLE, "۲۴ شهریور ۱۴۰۱", LEDE[:50] + "...", "آرش فرضی", LEDE, *BODY)

    assert (article.lede, article.byline) == (LEDE, "آرش فرضی")


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("نیلوفر آذرنگ", "نیلوفر آذرنگ"),
        ("نوشته شده توسط آرش نیک‌نام | ۲۴ شهریور ۱۴۰۱ | ۱۸:۳۰", "آرش نیک‌نام"),
        ("ترجمه مینا فرضی", "مینا فرضی"),
        ("شهرداری نمونه‌رود", None),
        ("صبح کابل", None),
        ("خبرنگار : 50777", None),
        ("نویسنده: نظر شما", None),
        ("نویسنده: ۵۰۱۲۳", None),
        ("گزارش: reporter@sample.example", None),
    ],
)
def test_a_byline_is_a_person_and_never_a_label_or_a_number(line: str, byline: str | None) -> None:
    between = copydesk.read("\n".join([TITLE, line, LEDE, *BODY]))

    assert between.byline == byline
    assert between.headline == TITLE


@pytest.mark.parametrize(
    "below",
    [
        ("اشتراک گذاری", "تلگرام واتس‌اپ ایکس"),
        ("چاپ خبر", "کپی لینک"),
        ("نظر شما", "ارسال نظر"),
        ("منابع خبر", "اخبار مرتبط"),
        ("آخرین اخبار", "تقویم شمسی"),
    ],
)
def test_buttons_under_the_story_are_no_author(below: tuple[str, str]) -> None:
    article = copydesk.read("\n".join([TITLE, LEDE, *BODY, "", *below]))

    assert whole(article) == (TITLE, LEDE, BODY, [])
    assert (article.byline, article.author_bio) == (None, None)


@pytest.mark.parametrize(
    ("lede", "text", "fields"),
    [
        (f"تهران (پانا) - {LEDE}", LEDE, {"dateline": "تهران (پانا)", "source": "پانا"}),
        (f"ایسنا/گیلان {LEDE}", LEDE, {"dateline": "ایسنا/گیلان", "source": "ایسنا"}),
        (f"ایرنا/ ساری- {LEDE}", LEDE, {"dateline": "ایرنا/ ساری", "source": "ایرنا"}),
        (f"سرویس شمال- {LEDE}", LEDE, {"category": "سرویس شمال"}),
        (f"باشگاه خبرنگاران جوان - {LEDE}", LEDE, {"source": "باشگاه خبرنگاران جوان"}),
        (f"خبرگزاری رسا ـ {LEDE}", LEDE, {"source": "خبرگزاری رسا"}),
        (f"ایلنا/ {LEDE}", LEDE, {"source": "ایلنا"}),
        (
            f"شمال نیوز-نمونه‌رود-رضا کهن : {LEDE}",
            LEDE,
            {"source": "شمال نیوز", "byline": "رضا کهن"},
        ),
        (f"ناهید فرضی (رادیو نمونه): {LEDE}", LEDE, {"source": "رادیو نمونه", "byline": "ناهید فرضی"}),
        (f"رضا کهن: {LEDE}", f"رضا کهن: {LEDE}", {"source": None, "byline": None}),
        (f"ساری-ایرنا- {LEDE}", LEDE, {"dateline": "ساری-ایرنا", "source": "ایرنا"}),
        (f"ساری - خبرگزاری مهر: {LEDE}", LEDE, {"dateline": "ساری", "source": "خبرگزاری مهر"}),
        (
            f"خبرگزاری مهر، گروه هنر - رضا کهن: {LEDE}",
            LEDE,
            {"source": "خبرگزاری مهر", "category": "گروه هنر", "byline": "رضا کهن"},
        ),
        (f"گروه هنر خبرگزاری فارس- {LEDE}", LEDE, {"source": "خبرگزاری فارس", "category": "گروه هنر"}),
        (f"کوه‌نیوز؛ {LEDE}", LEDE, {"source": "کوه‌نیوز"}),
        (f"اعتماد: {LEDE}", f"اعتماد: {LEDE}", {"source": None}),
    ],
)
def test_what_stands_before_a_lede_lands_in_its_field(
    lede: str, text: str, fields: dict[str, str | None]
) -> None:
    article = page(TITLE, lede, *BODY)

    assert article.lede == text
    assert {name: getattr(article, name) for name in fields} == fields


@pytest.mark.parametrize(
    ("paragraph", "source"),
    [
        ("به گزارش ایسنا، مدیر راه گفت: کار تا آخر آبان به پایان می‌رسد.", "ایسنا"),
        ("به گزارش خبرنگار مهر، مدیر راه گفت: کار به پایان می‌رسد.", "مهر"),
        ("به گزارش گروه ورزشی خبرگزاری قدس (قدسنا) در این دیدار گلی زده نشد.", "خبرگزاری قدس (قدسنا)"),
        (
            "به گزارش پایگاه خبری نمونه‌رود آنلاین، در این نشست سه نفر سخن گفتند.",
            "پایگاه خبری نمونه‌رود آنلاین",
        ),
        ("به گزارش «نمونه نیوز»، سازمان امداد از زخمی شدن نه نفر خبر داد.", "نمونه نیوز"),
        ("به گزارش روابط عمومی فدراسیون چوگان، رده‌بندی تازه اعلام شد.", "روابط عمومی فدراسیون چوگان"),
        ("مدیر راه در گفت‌وگو با ایسنا گفت: کار تا آخر آبان به پایان می‌رسد.", "ایسنا"),
        ("رویترز نوشت: بازار نفت آرام است و خریداران چشم به راه نشست هستند.", "رویترز"),
        ("به گزارش این رسانه، کار تا آخر آبان به پایان می‌رسد.", None),
        ("مدیر راه در گفت‌وگو با خبرنگاران گفت: کار به پایان می‌رسد.", None),
    ],
)
def test_the_source_is_found_in_the_first_paragraphs_which_stay_whole(
    paragraph: str, source: str | None
) -> None:
    article = page(TITLE, LEDE, BODY[1], paragraph, BODY[2])

    assert article.source == source
    assert paragraph in paragraphs(article)


@pytest.mark.parametrize("heading", ["برچسب‌ها", "برچسب ها:", "کلیدواژه‌ها", "برچسب‌های خبر"])
@pytest.mark.parametrize("tags", [["پل تازه", "عمران", "نمونه‌شهر"], ["پل تازه | عمران | نمونه‌شهر"]])
def test_tags_under_their_heading_are_keywords(heading: str, tags: list[str]) -> None:
    article = copydesk.read("\n".join([TITLE, LEDE, *BODY, "", heading, *tags, "", "انتهای پیام"]))

    assert article.keywords == ("پل تازه", "عمران", "نمونه‌شهر")
    assert tuple(paragraphs(article)) == BODY


def test_what_readers_say_is_no_story_but_kept_for_the_staff() -> None:
    said = "کاش زودتر باز می‌شد، ما دو سال است دور می‌زنیم."
    article = page(TITLE, LEDE, *BODY, "نظرات شما - 2", "• نادر", said)

    assert tuple(paragraphs(article)) == BODY
    assert said in (article.ed_note or "")


def test_a_sentence_of_a_pages_words_amid_the_story_stays() -> None:
    told = "نشانی ایمیل خود را در سایت ثبت کنید و پاسخ را در همین صفحه ببینید."

    assert told in paragraphs(page(TITLE, LEDE, BODY[0], told, BODY[1]))


def test_links_end_where_an_interview_goes_on() -> None:
    rest = ["سرمربی تازه را می‌شناسید؟", "سال‌ها پیش با او هم‌بازی بودم و کارش را بلد است.", "و خاطره شما؟"]
    article = page(TITLE, LEDE, BODY[0], "بیشتر بخوانید:", "تیم نمونه سرمربی گرفت", *rest, BODY[1])

    assert [link.title for link in article.related] == ["تیم نمونه سرمربی گرفت"]
    assert set(rest) <= {*paragraphs(article), *headings(article)}


def test_a_story_is_no_link_of_itself() -> None:
    article = page(TITLE, LEDE, *BODY, "مطالب مرتبط:", "بهمن راه سه روستا را بست", TITLE)

    assert [link.title for link in article.related] == ["بهمن راه سه روستا را بست"]


def lists(article: Article) -> list[BulletList]:
    return [
        block for section in article.sections for block in section.blocks if isinstance(block, BulletList)
    ]


def test_a_match_and_its_scorers_are_one_point() -> None:
    article = copydesk.read(
        f"{TITLE}\n{LEDE}\nنتایج این هفته به شرح زیر است:\nشاهین نوده ۳ - پولاد صفر\nگل\u200cها: مانی کهن (۱۲) و سهند آذر (۴۴) برای شاهین\nکاوه دره\u200cسبز یک - آذرخش ۲\nگل\u200cها: آراد فر (۸ و ۶۵) برای آذرخش"
    )

    [results] = lists(article)
    assert len(results.items) == 2
    assert all("برای" in f"{item.label or ''}{item.text}" for item in results.items)
    assert headings(article) == []


def test_days_over_fixtures_are_headings_and_matches_points() -> None:
    matches = [
        f"تیم {one} نمونه – تیم {two} شهر - ساعت ۱۸:۱۵ – ورزشگاه {one}" for one, two in ("اب", "پت", "جچ")
    ]
    article = page(
        TITLE, LEDE, "هفته سوم", "جمعه ۲۲ شهریور ۹۸", matches[0], "شنبه ۲۳ شهریور ۹۸", *matches[1:]
    )

    assert headings(article) == ["هفته سوم", "جمعه ۲۲ شهریور ۹۸", "شنبه ۲۳ شهریور ۹۸"]
    assert sum(len(block.items) for block in lists(article)) == 3


def test_a_table_of_one_cell_a_line_is_a_list() -> None:
    cells = [
        "محله",
        "متراژ",
        "بها",
        "بهار",
        "۴۹",
        "۲۶۹ میلیون",
        "گلستان",
        "۳۹",
        "۲۹۰ میلیون",
        "لاله",
        "۶۷",
        "۲۸۵ میلیون",
    ]
    article = page(TITLE, LEDE, BODY[0], *cells)

    assert [len(block.items) for block in lists(article)] == [len(cells)]
    assert headings(article) == []


def test_short_lines_that_a_colon_announces_are_a_list_though_blank_lines_part_them() -> None:
    fruits = ["انار و آب آن", "پرتقال", "کیوی", "انگور سیاه"]
    article = page(TITLE, LEDE, "میوه‌های این فصل چنین‌اند:", *fruits, BODY[0])

    assert [item.text for item in lists(article)[0].items] == fruits
    assert BODY[0] in paragraphs(article)


def test_numbered_subheads_of_advice_are_its_points() -> None:
    advice = [
        "۱- ساعت خواب را ثابت نگه دارید",
        BODY[0],
        "۲- گوشی را دور بگذارید",
        BODY[1],
        "۳- عصرها چای ننوشید",
        BODY[2],
    ]
    article = page(TITLE, LEDE, *advice)

    assert [point.text for point in article.key_points] == [
        "ساعت خواب را ثابت نگه دارید",
        "گوشی را دور بگذارید",
        "عصرها چای ننوشید",
    ]


VERSE = (
    "پاییز آمد و دل من بی‌قرار شد",
    "هر کوچه با صدای قدم‌ها بهار شد",
    "گفتم بمان و باد جواب مرا نداد",
    "شب رفت و سهم پنجره تنها غبار شد",
)


@pytest.mark.parametrize(
    "poem",
    [
        VERSE,
        tuple(f"{line}..." for line in VERSE),
        (VERSE[0] + "؟", VERSE[1], VERSE[2] + "!", VERSE[3] + "."),
        (VERSE[0], VERSE[1], "***", VERSE[2], VERSE[3]),
        ("یطیر فیها بجناح اخضر /", "شهید صدق فی الجنان ازهر"),
        ("دل رفت و ماند یاد تو در خانه تا سحر / جان رفت و ماند نام تو بر شانه تا سحر",),
        ("إِنَّا أَعْطَيْنَاكَ الْكَوْثَرَ فَصَلِّ لِرَبِّكَ وَانْحَرْ",),
    ],
)
def test_verse_and_scripture_are_quoted_and_no_point_or_heading(poem: tuple[str, ...]) -> None:
    article = page(TITLE, LEDE, "نگار کهن چنین خواند:", *poem, BODY[0], BODY[1])
    quoted = "\n".join(
        block.text for section in article.sections for block in section.blocks if block.type == "quote"
    )

    assert all(line[:12].strip() in quoted for line in poem if line != "***")
    assert headings(article) == []
    assert not any(line[:12] in point.text for line in poem for point in article.key_points)


def test_a_story_on_one_line_is_parted_where_its_speaker_goes_on() -> None:
    run = (
        f"{LEDE} - مدیر عمران در گفت‌وگو با ایسنا گفت: آزمون بار پل هفته گذشته با ده کامیون پر انجام شد. وی افزود: هزینه "
        "ساخت پل ۴۲ میلیارد تومان بوده و نیمی از آن را استان داده است. وی یادآور شد: راه چهار محله کوتاه می‌شود. "
        "انتهای پیام برچسب ها: |"
    )
    article = copydesk.read(f"{TITLE}\n{run}\nآخرین اخبار سرویس: |")

    assert (article.lede, article.source) == (LEDE, "ایسنا")
    assert len(paragraphs(article)) == 3
    assert "انتهای" not in " ".join(paragraphs(article))


def test_machine_text_of_a_cms_is_no_story() -> None:
    copy = "\n\n".join(
        [
            '[video width="640" mp4="https://sample.example/v.mp4"][/video]',
            TITLE,
            LEDE,
            '[aparat id="abc12"]',
            BODY[0],
            "{{ad_position_2}}",
            "[/et_pb_text][/et_pb_column]",
            '[gallery ids="12,13"]',
            *BODY[1:],
        ]
    )

    assert whole(copydesk.read(copy)) == (TITLE, LEDE, BODY, [])


@pytest.mark.parametrize("emoji", ["👨‍👩‍👧‍👧🚀", "👨🏻‍⚕️", "❤️‍🔥", "🏳️‍🌈", "👍🏽"])
def test_a_joined_emoji_is_never_cut(emoji: str) -> None:
    assert copydesk.read(f"{emoji} {TITLE}\n\n{LEDE}").headline == f"{emoji} {TITLE}"


def test_english_credits_at_the_end_are_the_byline() -> None:
    article = copydesk.read(
        "Bridge opens in autumn\n\nThe new bridge opens in October, the mayor said on Monday.\n\n"
        "It took three years to build and cost 42 million.\n\nReporting by Ann Sample; editing by Tom Test"
    )

    assert article.byline == "Ann Sample"
    assert "Tom Test" in (article.author_bio or "")


def test_another_story_under_the_end_of_the_first_is_found() -> None:
    first = "\n".join([TITLE, LEDE, *BODY, "انتهای پیام"])
    second = "\n".join(["باران سه روزه در راه است", "۳ مهر ۱۴۰۲", BODY[1], BODY[2], "انتهای پیام/"])

    assert several.stories(f"{first}\n{second}") == (first, second)
    assert several.stories(first) == (first,)
    assert several.stories(f"{first}\nنظر شما\nکاربر گرامی") == (f"{first}\nنظر شما\nکاربر گرامی",)


@pytest.mark.parametrize(
    "line",
    [
        "Copyright © 2024 Riverton News. The paper answers for no other site.",
        "Riverton News © 2024",
        "Copyright by Riverton News",
    ],
)
def test_a_notice_of_rights_is_furniture(line: str) -> None:
    assert furniture.kind(line) is Frame.PAGE


@pytest.mark.parametrize(
    "line",
    [
        "The copyright office of Riverton opens on Monday with forty new clerks.",
        "قانون تازه copyright در نمونه‌شهر از شنبه اجرا می‌شود.",
        "در پای نقشه‌های تازه شهر نشان © 2023 دیده می‌شود و شهردار آن را کار خودش می‌داند.",
        "0©A",
    ],
)
def test_a_story_that_speaks_of_rights_is_no_furniture(line: str) -> None:
    assert furniture.kind(line) is None


@pytest.mark.parametrize(
    "below",
    [
        ("تبلیغات", "رپورتاژ آگهی"),
        ("بیشتر بدانید",),
        ("گزارش خطا",),
        ("داغ‌ترین خبرها", "قیمت دلار امروز"),
        ("انتشار یافته: ۳", "در انتظار بررسی: ۰"),
        ("علی ۱۲:۳۰ - ۱۴۰۳/۰۷/۲۳", "عالی بود", "پاسخ"),
        ("کاربر گرامی، نظرات حاوی الفاظ رکیک منتشر نمی‌شود.",),
        ("# پل # راه",),
        ("۵ / ۵ ( ۲ رای )",),
        ("ما را در شبکه‌های اجتماعی دنبال کنید",),
    ],
)
def test_what_stands_under_a_story_is_neither_text_nor_author(below: tuple[str, ...]) -> None:
    article = page(TITLE, LEDE, *BODY, *below)

    assert whole(article) == (TITLE, LEDE, BODY, [])
    assert article.byline is None


@pytest.mark.parametrize(
    "between",
    [
        "صبح کابل",
        "استان‌ها",
        "توسط مدیر",
        "نویسنده: مدیر سایت",
        "دیدگاه‌ها برای پل تازه بسته هستند",
        "کوهستان نیوز:",
    ],
)
def test_a_word_or_two_between_title_and_text_are_no_lede(between: str) -> None:
    article = page(TITLE, between, LEDE, *BODY)

    assert whole(article) == (TITLE, LEDE, BODY, [])
    assert article.byline is None


@pytest.mark.parametrize(
    "above", ["العربیة", "English | العربیه | Türkçe", "پ", "الف الف", "👁 ۱.۲ هزار", "پرش به محتوا"]
)
@pytest.mark.parametrize("title", [TITLE, "جشن پرشور در کرانه رود"])
def test_what_a_page_has_over_its_title_is_neither_kicker_nor_headline(above: str, title: str) -> None:
    article = page(above, title, LEDE, *BODY)

    assert (article.kicker, *whole(article)) == (None, title, LEDE, BODY, [])


@pytest.mark.parametrize(
    "line",
    [
        "توسط: admin",
        "انتشار توسط تحریریه",
        "عکس تزئینی است",
        "© EPA",
        "منبع عکس: رویترز",
        "pol-e-taze-2",
        "۱ / ۵",
        "۸۴۳۲",
        "IMG_2024.jpg",
        "صوت خبر",
        "گوش کنید",
        "اقتصاد > صنعت",
    ],
)
def test_what_a_page_has_between_lede_and_text_is_no_paragraph(line: str) -> None:
    assert whole(page(TITLE, LEDE, line, *BODY)) == (TITLE, LEDE, BODY, [])


@pytest.mark.parametrize(
    "line",
    [
        "نظراتی که به غیر از زبان فارسی یا غیر مرتبط با خبر باشد منتشر نمی‌شود.",
        "پیام هایی که حاوی تهمت یا افترا باشد منتشر نخواهد شد.",
        "دیدگاه های ارسال شده توسط شما، پس از تایید توسط تیم مدیریت در وب منتشر خواهد شد.",
        "ذخیره نام، ایمیل و وبسایت من در مرورگر برای زمانی که دوباره دیدگاهی می‌نویسم.",
        "هنوز دیدگاهی ثبت نشده است.",
        "اولین نفری باشید که نظر می‌دهید",
        "مرورگر شما از پخش ویدیو پشتیبانی نمی‌کند",
        "مسئولیت این مطلب با نویسنده است",
        "مطالب مندرج در این صفحه الزاما نظر این رسانه نیست",
        "این یک مطلب تبلیغاتی است",
        "طراحی و تولید: نوآوران نمونه",
        "اخبار نمونه‌رود را در کانال تلگرام ما بخوانید",
        "سیاست حفظ حریم خصوصی",
        "برچسب ها آب شهر پل",
        "لینک کوتاه خبر: sample.example/x1",
        "س.ن/پ.م",
        "👍 ۱۲",
        "بعدی: باران در راه است",
        "← باران در راه است",
        "همه اخبار جامعه",
        "وبگردی",
        "مفید بود",
        "واتس اپ",
        "پربحث‌ترین عناوین",
        "© 2024 Sample News",
        "Your browser does not support the video tag.",
        "یک دو سه",
    ],
)
def test_what_a_page_has_under_its_story_is_neither_text_nor_byline(line: str) -> None:
    article = page(TITLE, LEDE, *BODY, line)

    assert whole(article) == (TITLE, LEDE, BODY, [])
    assert article.byline is None


@pytest.mark.parametrize(
    "last",
    [
        "شهرداری نظر و دیدگاه مردم درباره پل را در سایت خود منتشر می‌کند.",
        "علاقه‌مندان برای ثبت‌نام به سایت شهرداری سر بزنند.",
        "پل تازه برای همه رایگان است",
        "بارش از بامداد پنجشنبه آغاز می‌شود و تا عصر شنبه در همه شهرها ادامه دارد.",
    ],
)
def test_a_last_sentence_of_a_pages_words_stays_where_the_story_has_them(last: str) -> None:
    assert paragraphs(page(TITLE, LEDE, *BODY, last))[-1] == last


def test_subheads_of_a_pages_words_stay_where_they_head_something() -> None:
    article = copydesk.read(
        f"{TITLE}\n\n{LEDE}\n\nدر خانه\n\n• دست‌ها را بشویید\n• پنجره را باز کنید\n\nدر مدرسه\n\n• ماسک بزنید\n• لیوان بیاورید"
    )

    assert headings(article) == ["در خانه", "در مدرسه"]


def test_papers_over_what_they_wrote_are_subheads_of_a_review() -> None:
    review = page(TITLE, "روزنامه‌های امروز از گرانی نوشتند.", "کیهان", BODY[0], "شرق", BODY[1])

    assert headings(review) == ["کیهان", "شرق"]


def test_dashes_before_questions_and_answers_are_an_interviews() -> None:
    talk = ["- چرا دیر باز شد؟", "- چون برف زیاد بود.", "- بودجه چه شد؟", "- آن را تازه گرفته‌ایم."]
    article = page(TITLE, LEDE, *talk)

    assert paragraphs(article) == talk
    assert lists(article) == []


@pytest.mark.parametrize(
    ("paragraph", "source"),
    [
        ("به‌گزارش ایسنا، مدیر راه گفت کار تمام است.", "ایسنا"),
        ("به گزارش گروه اجتماعی ایسنا به نقل از مرکز پژوهش، نشست برگزار شد.", "ایسنا"),
        ("به نوشته روزنامه سنگ، نشست برگزار شد.", "روزنامه سنگ"),
        ("طبق گزارش خبرگزاری کوه، کار تمام شد.", "خبرگزاری کوه"),
        (
            "وی در گفت‌وگو با خبرنگار گروه شهری باشگاه خبرنگاران جوان گفت: کار تمام شد.",
            "باشگاه خبرنگاران جوان",
        ),
        ("روزنامه سنگ در صفحه نخست خود از راه نوشته است.", "روزنامه سنگ"),
        ("به گزارش پلیس، کار تمام شد.", None),
        ("به گزارش منابع محلی، کار تمام شد.", None),
        ("به گزارش رسانه‌های محلی، کار تمام شد.", None),
        ("به گزارش خبرنگار کوه نیوز، کار تمام شد.", "کوه نیوز"),
        ("به گزارش اقتصاد ۲۴، کار تمام شد.", "اقتصاد ۲۴"),
        ("به گزارش روز شنبه خبرگزاری مهر، کار تمام شد.", "خبرگزاری مهر"),
        ("به گزارش خبرگزاری فارس رضا کهن در این نشست گفت: کار تمام شد.", "خبرگزاری فارس"),
        ("به گزارش خبرگزاری دانشجویان ایران (ایسنا)، کار شد.", "خبرگزاری دانشجویان ایران (ایسنا)"),
        ("بر پایه گزارش خبرگزاری کوه، کار تمام شد.", "خبرگزاری کوه"),
        ("گزارش ایسنا حاکی است که کار تمام شد.", "ایسنا"),
        ("ایسنا به نقل از مدیر راه نوشت: کار تمام شد.", "ایسنا"),
        ("خبرنگار ایرنا از ساری گزارش داد: کار تمام شد.", "ایرنا"),
        ("خبرگزاری کوه، به نقل از وزارت راه اعلام کرد: کار تمام شد.", "خبرگزاری کوه"),
        ("خبرگزاری رسمی کوه (وکا) اعلام کرد که کار تمام شد.", "خبرگزاری رسمی کوه (وکا)"),
        ("«ایسنا» نوشت: کار تمام شد.", "ایسنا"),
        ("مدیر راه به کوه‌نیوز گفت: کار تمام شد.", "کوه‌نیوز"),
        ("مدیر راه در گفت‌وگوی اختصاصی با ایلنا گفت: کار تمام شد.", "ایلنا"),
        ("مدیر راه در صحبت با آژانس خبری پژواک گفت: کار تمام شد.", "آژانس خبری پژواک"),
        ("کار هفته گذشته تمام شد. این را خبرگزاری کوه روز شنبه گزارش داد.", "خبرگزاری کوه"),
        ("ساری – ایرنا – کار هفته گذشته تمام شد.", "ایرنا"),
        ("شبکه بهداشت شهرستان اعلام کرد که کار تمام شد.", None),
    ],
)
def test_who_reported_is_named_in_many_words(paragraph: str, source: str | None) -> None:
    assert page(TITLE, LEDE, paragraph, BODY[1]).source == source


def test_a_dateline_under_a_lede_of_the_pages_own_goes_into_its_field() -> None:
    article = page(TITLE, LEDE, f"ساری - ایرنا - {BODY[0]}", *BODY[1:])

    assert (article.dateline, article.source) == ("ساری – ایرنا", "ایرنا")
    assert tuple(paragraphs(article)) == BODY


@pytest.mark.parametrize(
    ("opening", "source"),
    [
        ("TEHRAN, Nov 4 (Reuters) - ", "Reuters"),
        ("TEHRAN (Sampress) – ", "Sampress"),
        ("Tehran, IRNA – ", "IRNA"),
        ("London (AFP) – ", "AFP"),
        ("(Reuters) - ", "Reuters"),
        ("KABUL: ", None),
    ],
)
def test_an_english_dateline_names_the_agency(opening: str, source: str | None) -> None:
    story = "The city will cut the water for two days."
    article = page("City to cut water", opening + story, "A pipe has to be renewed, the mayor said.")

    assert (article.lede, article.source) == (story, source)


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The city will cut the water for two days, Reuters reported.", "Reuters"),
        ("The mayor told the Sample Times that the pipe is old.", "Sample Times"),
        ("According to the Fars news agency, the pipe is old.", "Fars"),
        ("The mayor told reporters that the pipe is old.", None),
    ],
)
def test_english_copy_says_who_reported(sentence: str, source: str | None) -> None:
    assert page("City to cut water", "Water will be off for two days.", sentence).source == source


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("منبع/ کوه پرس", "کوه پرس"),
        ("منبع؛ ایسنا", "ایسنا"),
        ("منبع - خبرگزاری مهر", "خبرگزاری مهر"),
        ("منبع خبر: نمونه", "نمونه"),
        ("منبع : فارس", "فارس"),
    ],
)
def test_a_source_is_labelled_with_any_mark(line: str, source: str) -> None:
    article = page(TITLE, LEDE, *BODY, line)

    assert article.source == source
    assert tuple(paragraphs(article)) == BODY


COUPLETS = (
    "چو خورشید بر کوه سر برکشید",
    "شب تیره دامن از آن برکشید",
    "دلیران به میدان نهادند روی",
    "پر از شور و فریاد شد شهر و کوی",
)


@pytest.mark.parametrize(
    "poem",
    [
        "\n\n".join(COUPLETS),
        "{0}\n{1}\n\n{2}\n{3}",
        "{0} / {1}\n\n{2} / {3}",
        "{0} * {1}\n\n{2} * {3}",
        "{0} / {1} / {2} / {3}",
        "«{0}\n\n{1}\n\n{2}\n\n{3}»",
    ],
)
@pytest.mark.parametrize("over", [None, "او سروده تازه خود را برای حاضران خواند.", "در بخشی از آن آمده است:"])
def test_a_poem_of_couplets_is_verse_in_any_layout(poem: str, over: str | None) -> None:
    article = page(TITLE, LEDE, BODY[0], *([over] if over else []), poem.format(*COUPLETS), BODY[1])
    verse = [
        block.text for section in article.sections for block in section.blocks if isinstance(block, Quote)
    ]

    assert all(half in "\n".join(verse) for half in COUPLETS)
    assert headings(article) == []
    assert not any(half in point.text for half in COUPLETS for point in article.key_points)


def test_arabic_on_lines_of_its_own_is_quoted_without_a_sign() -> None:
    arabic = ("يا ليتنا كنا معكم فنفوز فوزا عظيما", "سلام على من بكى في الليل شوقا")
    article = page(TITLE, LEDE, BODY[0], *arabic, BODY[1])

    assert [section.heading for section in article.sections if section.heading] == []
    assert len([block for block in article.sections[0].blocks if isinstance(block, Quote)]) == 1
    assert paragraphs(article) == [BODY[0], BODY[1]]
