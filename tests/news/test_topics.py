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


def _tags(headline: str, lede: str = "", *body: str) -> tuple[str, ...]:
    blocks = tuple(Paragraph(text=text) for text in body)
    return tags.offered(Article(headline=headline, lede=lede, sections=(Section(blocks=blocks),)))


def test_people_in_the_plural_tell_their_subject() -> None:
    assert "سرقت" in _tags("سارقان کابل در خط پنج گرفتار شدند")
    assert "کشاورزی" in _tags("پول کشاورزان شمال واریز شد")


def test_what_is_told_in_passing_is_no_subject() -> None:
    told = _tags("پافشاری باشگاه بر جابه‌جایی دیدار", "باران دلیل خوبی برای نرفتن به ورزشگاه با خودرو نیست.")

    assert not {"ورزشگاه", "خودرو"} & set(told)
    assert "خودرو" in _tags("بهای خودرو پایین آمد")


def test_a_club_is_of_football_and_is_not_what_it_is_named_after() -> None:
    told = _tags("سپاهان به دیدار فولاد می‌رود", "سپاهان و فولاد جمعه در اهواز بازی می‌کنند.")

    assert "فوتبال" in told
    assert "فولاد" not in told


def test_one_spelling_of_a_subject_is_no_second_tag() -> None:
    own = replace(Article(headline="سرقت از خانه‌ها"), keywords=("سارق", "سرقت", "فیسبوک", "شرکت فیسبوک"))

    assert len({"سارق", "سرقت"} & set(tags.offered(own))) == 1


def test_an_organisation_stands_beside_its_field_and_a_company_not_beside_its_name() -> None:
    assert {"هواشناسی", "سازمان_هواشناسی"} <= {*_tags("سازمان هواشناسی از توفان خبر داد")}
    assert "شرکت_فیسبوک" not in _tags("فیسبوک کاربر از دست داد", "شرکت فیسبوک در بهار کاربر از دست داد.")


def test_who_tells_a_story_is_not_what_it_is_about() -> None:
    assert not [tag for tag in _tags("پل باز شد", "خبرگزاری صدا و سیما از گشایش پل خبر داد.") if "خبر" in tag]


def test_a_place_that_is_a_word_too_has_its_head() -> None:
    told = _tags("استخدام در استان مرکزی", "کارخانه‌ای در استان مرکزی کارگر می‌گیرد.")

    assert "استان_مرکزی" in told
    assert "مرکزی" not in told


@pytest.mark.parametrize(
    ("headline", "lede", "body", "none"),
    [
        (
            "تیم شاهین از سد پولاد گذشت",
            "تیم فوتبال شاهین برد.",
            "بازی در نوده بود.",
            "سد",
        ),  # a turn of speech
        ("نشست مدیران در سپیدکوه", "مدیرکل راه و شهرسازی در نشست بود.", "راه و شهرسازی پول داد.", "شهرسازی"),
        ("همایش در سپیدکوه", "مدیرکل ورزش و جوانان خبر داد.", "ورزش و جوانان همایش دارد.", "جوانان"),
        ("باران در شهرستان انار", "در شهرستان انار باران بارید.", "مردم انار شاد شدند.", "میوه"),
        (
            "زلزله در سپیدکوه",
            "استاندار از زلزله گفت.",
            "مدیر به خبرنگاران گفت: خبرنگاران آمدند.",
            "خبرنگاران",
        ),
    ],
)
def test_offices_turns_of_speech_and_who_stands_around_are_no_subjects(
    headline: str, lede: str, body: str, none: str
) -> None:
    assert none not in _tags(headline, lede, body)


def test_a_town_named_like_a_fruit_is_the_town() -> None:
    told = _tags("سگ‌ها در شهرستان انار واکسینه شدند", "هاری در شهرستان انار کم شد.", "در انار سگ زیاد است.")

    assert told.count("انار") == 1
    assert "سگ" in told


def test_what_counts_others_adjectives_and_half_verbs_fill_nothing_up() -> None:
    told = _tags(
        "کشف ۳۱۵ قبضه مهمات سبوس‌دار",
        "سبوس‌دار و محفوظ ماند.",
        "۲۰ قبضه و ۳۰ قبضه کشف شد.",
        "چیز محفوظ است و محفوظ بود و سبوس‌دار است.",
    )

    assert not {"قبضه", "محفوظ", "سبوس‌دار"} & set(told)


def test_a_surname_that_the_headline_quotes_has_its_given_name() -> None:
    told = _tags("اسکولز: وضعیت همین است", "پل اسکولز، اسطورۀ باشگاه، حرف زد.", "اسکولز گفت: بازی بد بود.")

    assert "پل_اسکولز" in told
    assert "اسکولز" not in told


def test_a_subject_in_english_is_a_plain_noun() -> None:
    told = _tags(
        "Fishing ban extended", "The fisheries ministry said a ban will remain.", "Ban, ban and ban."
    )

    assert told == ("Fishing",)


def test_what_a_work_is_called_is_no_subject() -> None:
    told = _tags("راستین «تاکسی نارنجی» را می‌سازد", "دو فیلم «تاکسی نارنجی» و «دریاچه» ساخته می‌شود.")

    assert "سینما" in told
    assert not {"تاکسی", "دریاچه"} & set(told)


def test_independence_is_a_club_only_beside_other_sport() -> None:
    assert "استقلال" not in _tags("چین از استقلال جزیره نگران است", "استقلال جزیره را چین نمی‌پذیرد.")
    assert "استقلال" in _tags("استقلال برد", "استقلال در لیگ برتر بازی را برد.")


def test_who_sends_a_story_is_no_subject_and_broken_plurals_are_known() -> None:
    told = _tags("احیای قنوات شمال", "به گزارش روابط عمومی اداره، قنوات احیا شد.", "روابط عمومی خبر داد.")

    assert "قنات" in told
    assert "روابط_عمومی" not in told


def test_a_club_in_two_forms_is_one_tag() -> None:
    told = _tags("قهرمانی تراکتور", "تراکتورسازی در لیگ برتر قهرمان شد.", "تراکتورسازی جشن گرفت.")

    assert [tag for tag in told if "تراکتور" in tag] == ["تراکتور"]


def test_a_story_of_players_is_of_football_without_the_word() -> None:
    told = _tags(
        "کهن‌پور روی نیمکت ماند", "مهاجم شاهین بازی نکرد.", "سرمربی شاهین از پنالتی گفت.", "بازیکنان نیمکت."
    )
    game = _tags("کهن‌پور روی نیمکت ماند", "مهاجم تیم والیبال بازی نکرد.", "سرمربی و بازیکنان نیمکت والیبال.")

    assert "فوتبال" in told
    assert "فوتبال" not in game
    assert not [tag for tag in (*told, *game) if not tag[0].isalpha()]


def test_a_club_named_after_its_work_has_its_whole_name_in_sport() -> None:
    assert "فولاد_خوزستان" in _tags("فولاد برد", "تیم فوتبال فولاد شاهین را شکست داد.", "فولاد دوم است.")
    assert "فولاد" in _tags("بهای فولاد بالا رفت", "فولاد در بازار گران شد.", "تولید فولاد کم شد.")
