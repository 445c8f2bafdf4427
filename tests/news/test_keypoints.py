"""The points that stand on top."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.model import KeyPoint
from bot.news.summary import introduced, keypoints, speakers, worth

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


def test_short_copy_has_the_facts_that_its_lede_has_not_told() -> None:
    assert texts(keypoints.extract(HEADLINE, LEDE, [BODY[0], BODY[3]])) == [BODY[3]]


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
    names = {
        (each.meant or "").partition("،")[0]
        for each in speakers.told(text[:40], text[40:80], [[text], [text[::-1]]])
    }

    assert len(points) <= 5
    for point in points:
        tried = [worth.fold(point.text), *(worth.fold(point.text.removeprefix(name)) for name in names)]
        assert any(
            words == body[at : at + len(words)] for words in tried for body in copy for at in range(len(body))
        )


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


def shown(points: Iterable[KeyPoint]) -> list[str]:
    return [": ".join(filter(None, (point.label, point.text))) for point in points]


SPEECH = [
    (
        "سرهنگ نادر صفاری با بیان این خبر گفت: مأموران دو هفته انبار را زیر نظر داشتند و چهار نفر را گرفتند."
        " ارزش این کالاها چهل میلیارد تومان برآورد شده است."
    ),
    "وی افزود: ما از مردم می‌خواهیم پیش از خرید گوشی شناسه آن را در سامانه همتا بررسی کنند.",
    "این انبار در جنوب تهران پیش‌تر هم یک بار به دستور دادستان بسته شده بود.",
]


def test_somebodys_words_are_told_with_their_speaker() -> None:
    points = shown(keypoints.extract("کشف گوشی قاچاق در یک انبار", "", SPEECH))
    spoken = [point for point in points if "ارزش این کالاها" in point or "از مردم می‌خواهیم" in point]

    assert spoken
    assert all(point.startswith("سرهنگ نادر صفاری: ") for point in spoken)
    assert "این انبار در جنوب تهران پیش‌تر هم یک بار به دستور دادستان بسته شده بود." in points


def test_words_of_nobody_who_is_named_are_no_point() -> None:
    body = [paragraph.replace("سرهنگ نادر صفاری با بیان این خبر", "وی") for paragraph in SPEECH]
    points = shown(keypoints.extract("کشف گوشی قاچاق در یک انبار", "", body))

    assert not [point for point in points if "از مردم می‌خواهیم" in point]


def test_an_interviewers_questions_are_no_points_and_the_answers_are_of_whom_the_headline_quotes() -> None:
    body = [
        "شنیده شد که در رختکن داد و بیداد مدیرعامل باشگاه بلند بود.",
        "نه، شرایط تیم شهر خوب است و من با مدیرعامل دو بار حرف زدم.",
        "پس چرا دو بار استعفا دادید و بعد پشیمان شدید؟",
        "دو بار استعفا دادم چون بودجه تیم شهر را کم کردند و کسی پاسخ نمی‌داد.",
        "با این بودجه هم تیم شهر را در لیگ نگه می‌داریم و قول می‌دهم.",
    ]
    points = shown(keypoints.extract("کهن: دو بار استعفا دادم", "سرمربی تیم شهر حرف زد.", body))

    assert points
    assert all(point.startswith("کهن: ") for point in points)
    assert not [point for point in points if "شنیده شد" in point or "پشیمان" in point]


@pytest.mark.parametrize(
    ("sentence", "point"),
    [
        (
            "همه کارهای این اداره در دست استان است و انتقال آن به صلاح نیست./",
            "همه کارهای این اداره در دست استان است و انتقال آن به صلاح نیست.",
        ),
        (
            "فایل صوتی نشست‌های مدرسه هر هفته در پایگاه آن بارگذاری می‌شود./۷۱۲/ت۳۰۲",
            "فایل صوتی نشست‌های مدرسه هر هفته در پایگاه آن بارگذاری می‌شود.",
        ),
        (
            "**فایل صوتی نشست‌های مدرسه هر هفته در پایگاه آن بارگذاری می‌شود**",
            "فایل صوتی نشست‌های مدرسه هر هفته در پایگاه آن بارگذاری می‌شود.",
        ),
        (
            "در ادامه این بیانیه آمده است: باشگاه شهر از امروز بلیت بازی‌های خود را تنها در سامانه می‌فروشد.",
            "باشگاه شهر از امروز بلیت بازی‌های خود را تنها در سامانه می‌فروشد.",
        ),
    ],
)
def test_no_mark_and_no_code_stays_on_a_point(sentence: str, point: str) -> None:
    assert point in shown(keypoints.extract("نشست اداره", "", [sentence, *BODY]))


@pytest.mark.parametrize(
    "sentence",
    [
        "سال آموزشی تازه و افسوس دختران کشور در آغاز پاییز سرد امسال",
        "گل‌ها: مانی کهن، سهند آذر و رادین نیک برای شاهین نوده در نیمه نخست",
    ],
)
def test_what_has_no_verb_is_no_point(sentence: str) -> None:
    assert not [
        one for one in shown(keypoints.extract("سال آموزشی", "", [*BODY, sentence])) if one[:9] in sentence
    ]


def test_a_point_does_not_repeat_the_headline() -> None:
    headline = "کتابخانه مرکزی شهر از شنبه آینده شبانه‌روزی می‌شود"
    points = shown(keypoints.extract(headline, "", [f"{headline}.", *BODY]))

    assert f"{headline}." not in points


def test_a_point_has_no_more_than_thirty_five_words() -> None:
    long = " ".join(["شهرداری نمونه", *["کتابخانه محله"] * 17, "را ساخت."])

    assert len(long.split()) == 38
    assert all(
        len(text.split()) <= 35 for text in texts(keypoints.extract("کتابخانه محله", "", [long, *BODY]))
    )


ANGLER = [
    "علی رضایی، رئیس انجمن ماهیگیران، اظهار کرد: صید در دریاچه شهر تا پایان بهار ممنوع است.",
    "وی شمار قایق‌های دریاچه را ۴۰ فروند اعلام و از افزایش گشت‌ها در ساحل خبر داد.",
    "رضایی صید با تور را علت کم شدن ماهی سفید در دریاچه دانست و گفت: ده تن جریمه شده‌اند.",
    "این مقام محلی گفت: نیمی از ماهیگیران شهر بیمه ندارند و وام می‌خواهند.",
]


def test_whom_a_pronoun_means_stands_in_its_place() -> None:
    points = shown(keypoints.extract("صید در دریاچه ممنوع شد", "", ANGLER))

    assert "علی رضایی شمار قایق‌های دریاچه را ۴۰ فروند اعلام و از افزایش گشت‌ها در ساحل خبر داد." in points
    assert not [point for point in points if point.startswith(("وی", "او "))]


def test_a_paper_or_an_office_is_nobodys_pronoun() -> None:
    body = [
        "سازمان آب اعلام کرد: سد شهر تا نیمه پر است و آب شهر کم نمی‌شود.",
        "او شمار خانه‌های بی‌آب شهر را چهل خانه دانست و راه آن را بست.",
    ]

    assert not [one for one in shown(keypoints.extract("آب شهر کم نمی‌شود", "", body)) if "چهل خانه" in one]


@pytest.mark.parametrize(
    "sentence",
    [
        "این موضوع در کتابخانه مرکزی شهر نمونه از سال گذشته بررسی شده است.",
        "در همین زمینه کتابخانه مرکزی شهر نمونه سه تالار تازه ساخته است.",
        "دسته دوم کتاب‌های کتابخانه مرکزی شهر نمونه را دانشجویان می‌خوانند.",
        "شاگردانش در کتابخانه مرکزی شهر نمونه شبانه‌روز درس می‌خوانند.",
        "سلامتی همه کتابداران کتابخانه مرکزی شهر نمونه را از خداوند مسئلت می‌نمایم.",
        "@ketabkhane_nemune با کتابخانه مرکزی شهر نمونه همراه ما باشید.",
        "در این نوشته درباره کتابخانه مرکزی شبانه‌روزی شهر نمونه صحبت می‌شود.",
        "نگار آذر، مانی کهن، سهند نیک و رادین مهر کتابداران کتابخانه شهر هستند.",
        "بر اساس این تعریف کتابخانه مرکزی شهر نمونه بزرگ‌ترین کتابخانه استان است.",
        "کتابخانه پس از آن در شهر نمونه هم دو تالار شبانه‌روزی ساخت.",
        "رئیس کتابخانه مرکزی شهر نمونه گفت: این نکته‌ای است که همه باید به آن توجه کنند.",
        "تبصره ۳- هزینه کتابخانه مرکزی شهر نمونه را شهرداری می‌پردازد.",
        "همین کتابخانه مرکزی شهر نمونه را ببینید که شب‌ها چراغش روشن است.",
        "رئیس کتابخانه مرکزی شهر نمونه با بیان اینکه شبانه‌روزی شدن کتابخانه خواست مردم نمونه است.",
        "رئیس کتابخانه در پاسخ به اینکه چرا کتابخانه مرکزی شهر نمونه دیر شبانه‌روزی شد و بسته بود.",
        "در ادامه به تاریخ کتابخانه مرکزی شهر نمونه و تالارهای آن اشاره می‌شود.",
        "با او کتابخانه مرکزی شهر نمونه در سه سال دو بار نوسازی شده است.",
        "همه اینها کتابخانه مرکزی شهر نمونه را شبانه‌روزی و بزرگ‌تر کرده است.",
        "به گونه‌ای که کتابخانه مرکزی شهر نمونه ده هزار عضو تازه پیدا کرده است.",
    ],
)
def test_what_leans_wishes_or_lists_is_no_point(sentence: str) -> None:
    assert sentence not in texts(keypoints.extract(HEADLINE, LEDE, [sentence, *BODY]))


def test_what_points_to_the_headline_is_a_point_and_so_is_what_says_itself_what_it_means() -> None:
    sentences = [
        "این کتابخانه در ده سال گذشته دو بار به دست مردم محله نوسازی شده است.",
        "همان سال که شهرداری بودجه را کم کرد، هفت کتابدار کتابخانه مرکزی خانه‌نشین شدند.",
    ]

    for sentence in sentences:
        assert texts(keypoints.extract(HEADLINE, LEDE, [sentence])) == [sentence]


def test_who_only_says_the_headline_again_is_passed_over() -> None:
    again = "رئیس کتابخانه، شامگاه چهارشنبه در گفت‌وگو با یک روزنامه محلی گفت که زیان سیل ۱۵ میلیارد تومان برآورد می‌شود."
    more = "رئیس کتابخانه گفت که دو هزار جلد کتاب خطی خیس شده است."

    found = texts(
        keypoints.extract(
            "زیان سیل در کتابخانه ۱۵ میلیارد تومان برآورد شد", "زیان سیل برآورد شد.", [again, more]
        )
    )

    assert found == [more]


def test_a_quotation_mark_without_its_fellow_goes() -> None:
    body = ['رئیس کتابخانه گفت: "تالار تازه کتابخانه از فردا با دویست صندلی باز می‌شود. همه بیایند."']

    assert '"' not in "".join(texts(keypoints.extract("کتابخانه نمونه", "", body)))


def test_an_officials_name_ends_where_it_is_told_what_he_wants() -> None:
    body = [
        "استاندار شهر نمونه خواستار تلاش همه کتابخانه‌ها شد.",
        "وی گفت: کتابخانه‌ها باید از فردا تا نیمه‌شب باز باشند و کتاب‌ها را رایگان امانت بدهند.",
    ]

    assert "خواستار" not in "".join(point.label or "" for point in keypoints.extract("کتابخانه", "", body))


def test_the_agency_before_a_speaker_goes() -> None:
    body = ["خبرگزاری نمونه: سرهنگ نادر صفاری گفت: دو نفر در انبار بازداشت شدند و گوشی‌ها به گمرک رفت."]

    assert shown(keypoints.extract("کشف گوشی در انبار", "", body)) == [
        "سرهنگ نادر صفاری گفت: دو نفر در انبار بازداشت شدند و گوشی‌ها به گمرک رفت."
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "با توجه به اینکه همه می‌دانند کتابخانه مرکزی شهر نمونه شبانه‌روزی نیست",
        "چون مردم شهر نمونه از کتابخانه مرکزی شبانه‌روزی حمایت می‌کنند",
        "در حالیکه قرار بوده کتابخانه مرکزی شهر نمونه تا دی شبانه‌روزی شود",
    ],
)
def test_half_of_a_sentence_is_no_point(sentence: str) -> None:
    assert f"{sentence}." not in texts(keypoints.extract(HEADLINE, "", [f"{sentence}.", *BODY]))


@pytest.mark.parametrize(
    ("sentence", "cut"),
    [
        (
            "در کنار بهای طلا نباید این نکته را دور از ذهن داشت که دلار هم در بازار شهر گران شده است.",
            "ذهن داشت.",
        ),
        (
            "کتابخانه در شهر نمونه زمانی رونق می‌گیرد که مردم آن را از خود بدانند و شب‌ها هم باز باشد.",
            "می‌گیرد.",
        ),
        ("رهبر شهر متذکر شدند که مردم باید هوشیار باشند و بدانند که کتابخانه برای آنان است.", "بدانند."),
    ],
)
def test_what_waits_for_its_that_is_not_cut_there(sentence: str, cut: str) -> None:
    assert not [text for text in texts(keypoints.extract("بهای طلا", "", [sentence])) if text.endswith(cut)]


def test_a_wrong_name_never_stands_for_a_pronoun() -> None:
    found = shown(
        keypoints.extract(
            "پیکر نوازنده پیر بدرقه شد",
            "پیکر رستم کهن‌نواز به خاک سپرده شد.",
            [
                "مدیرکل فرهنگ شمال گفت: کهن‌نواز ترانه‌های بسیاری را از فراموشی نجات داد.",
                "او متولد سپیدکوه بود و نخستین آلبومش را در شصت سالگی منتشر کرد.",
            ],
        )
    )

    assert not [point for point in found if "متولد" in point]


def test_this_case_stands_with_what_it_is() -> None:
    found = shown(
        keypoints.extract(
            "حکم پرونده بانک شمال تأیید شد",
            "سخنگوی دادگاه از تأیید حکم پرونده بانک شمال خبر داد.",
            [
                "مسعود عدالت‌جو گفت: متهم به پرداخت صد میلیارد تومان جزای نقدی محکوم شده است.",
                "وی درباره سقوط بالگرد در نوده گفت: علت این سقوط نقص فنی موتور بود و خلبان بی‌گناه است.",
            ],
        )
    )

    assert (
        "مسعود عدالت‌جو درباره سقوط بالگرد در نوده گفت: علت این سقوط نقص فنی موتور بود و خلبان بی‌گناه است."
        in found
    )


def test_an_interview_without_a_name_has_no_nameless_answers() -> None:
    asked = ["چرا نقاش شدید؟", "رنگ از کوچه‌های کاهگلی آموخته می‌شود.", "چند اثر دارید؟"]
    asked += [
        "هفتاد و دو تابلو از سال ۱۳۴۵ تا امروز کشیده شد.",
        "جوانان چه کنند؟",
        "طراحی نباید هرگز رها شود.",
    ]

    assert keypoints.extract("رنگ و کویر", "کارگاه کهنه پر از رنگ است.", asked) == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "یک مطالعه تازه که در روز سه‌شنبه در نشریه پزشکی شمال منتشر شد حاکی از آن است.",
        "معاون رئیس‌جمهور روز گذشته با شرکت در نشستی خبری مواضع خود را درباره قانون تازه انتخابات تشریح کرد.",
        "در پایان از تلاش‌های همه کارکنان زندان مرکزی در راه پرورش روحیه مددجویان سپاسگزاری شد.",
        "بیانیه سازمان پرستاری موارد ذیل را به عنوان خواسته مهم پرستاران در همه سال‌های گذشته اعلام کرده است.",
    ],
)
def test_what_is_told_elsewhere_is_no_point(sentence: str) -> None:
    whole = "شهردار سپیدکوه ساختمان تازه کتابخانه را با هزینه چهل میلیارد تومان گشود."

    assert sentence not in texts(keypoints.extract("خبر روز", "", [whole, sentence, whole]))


def test_lines_of_verse_are_no_points() -> None:
    verse = [
        "در آن زمان که دل از روزگار دلخور بود",
        "تمام شهر از اندوه و آه ما پر بود",
        "پرنده رفت و درخت از نبود او خشکید",
        "و باد خسته به هر سو که رفت تنها بود",
    ]
    prose = "شاعران سپیدکوه دیروز در تالار شهر گرد آمدند و شعرهای تازه‌شان را خواندند."

    assert texts(keypoints.extract("شب شعر", "", [prose, *verse])) == [prose]


def test_a_name_ends_before_an_hour() -> None:
    assert introduced.name_in("حسن خانزاد بعد از ظهر امروز در نشست گفت".split()) == "حسن خانزاد"


@pytest.mark.parametrize(
    ("sentence", "half"),
    [
        (
            (
                "دولت با بنگاه‌داری بانک‌ها مخالف است اما باید توجه داشت که بانک‌ها در سال‌های گذشته سرمایه‌های بسیاری را در ساختمان‌ها و کارخانه‌ها"
                " گذاشته‌اند و بازگرداندن این سرمایه‌ها در زمانی کوتاه به زیان سپرده‌گذاران و کارگران همان کارخانه‌ها خواهد بود."
            ),
            "توجه داشت.",
        ),
        (
            (
                "مدیر باشگاه گفت: بازیکن ما دو راه بیشتر برایش نمانده بود؛ یا باید با باشگاه تازه قرارداد می‌بست، یا باید یک سال دیگر در تیم جوانان می‌ماند"
                " و در لیگ دسته دوم با تیم‌هایی بازی می‌کرد که هیچ تماشاگری بازی آنها را از نزدیک نمی‌بیند."
            ),
            "می‌بست.",
        ),
    ],
)
def test_what_has_lost_its_other_half_is_no_point(sentence: str, half: str) -> None:
    assert not [text for text in texts(keypoints.extract("خبر روز", "", [sentence])) if text.endswith(half)]
