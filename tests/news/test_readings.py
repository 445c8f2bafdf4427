"""The ways a sentence can stand as a point."""

import pytest

from bot.news.grammar.leadins import Opening
from bot.news.summary import readings


def texts(sentence: str) -> list[str]:
    return [reading.text for reading in readings.of(sentence) if not reading.asks_who]


SAID = "کتابخانه مرکزی شهر نمونه از فردا شبانه‌روزی می‌شود."


@pytest.mark.parametrize(
    "leadin",
    [
        "وی افزود: ",
        "او در ادامه خاطرنشان کرد: ",
        "این مقام مسئول تصریح کرد: ",
        "وی با اشاره به کمبود جا گفت: ",
        "به گزارش خبرگزاری نمونه، ",
        "به گزارش خبرنگار خبرگزاری فارس از نمونه، ",
        "به نقل از روزنامه شهر، ",
        "همچنین ",
        "از سوی دیگر، ",
        "گفتنی است ",
        "شایان ذکر است که ",
        "این در حالی است که ",
        "• ",
        "به گزارش شهرنامه، وی ادامه داد: همچنین ",
    ],
)
def test_lead_ins_are_cut(leadin: str) -> None:
    assert texts(leadin + SAID) == [SAID]


def test_what_a_speaker_speaks_about_may_stand_with_what_is_said() -> None:
    about = f"وی درباره آینده کتابخانه گفت: {SAID}"

    assert [each.text for each in readings.of(about) if each.asks_who] == [about]
    assert not [each for each in readings.of(f"وی در ادامه صحبت‌هایش خاطرنشان کرد: {SAID}") if each.asks_who]


def test_the_occasion_before_a_speaker_may_go() -> None:
    sentence = f"در این مراسم که شامگاه دیروز برگزار شد، مدیر کتابخانه گفت: {SAID}"

    assert f"مدیر کتابخانه گفت: {SAID}" in texts(sentence)


def test_an_adjective_that_looks_like_a_verb_ends_nothing() -> None:
    sentence = (
        "درمان این بیماری در همه بیمارستان‌های شهر نمونه رایگان است و در دو هفته همه بیماران خانه می‌روند اما در صورت درد"
        " شدید، نشانه‌های تازه، تب بلند، سردرد و بی‌خوابی باید بی‌درنگ به پزشک خانواده یا نزدیک‌ترین درمانگاه رفت تا کار سخت نشود."
    )

    assert not [text for text in texts(sentence) if text.endswith("شدید.")]


def test_a_sentence_in_english_is_whole_and_says_who_says_it() -> None:
    said, told = (
        readings.of('"We cannot lift the ban before the fish have spawned," said the chief adviser.')[0],
        readings.of("We were glad to see so many people in the town.")[0],
    )

    assert said.whole
    assert not said.fragment
    assert not said.speakerless
    assert told.speakerless


def test_a_phrase_that_belongs_to_the_sentence_stays() -> None:
    sentence = "در ادامه مسابقه‌های هفته دوم تیم شهر نمونه به میدان می‌رود."

    assert texts(sentence) == [sentence]


def test_a_named_speaker_may_stand_with_what_he_says() -> None:
    first, second = readings.of(f"مدیر کتابخانه گفت: {SAID}")

    assert (first.text, first.named) == (f"مدیر کتابخانه گفت: {SAID}", True)
    assert (second.text, second.named) == (SAID, False)


def test_what_a_speaker_points_out_before_the_colon_stands_alone() -> None:
    sentence = "وی با بیان اینکه پنج هزار دانشجو در شهر نمونه زندگی می‌کنند، گفت: برای آنان سه تالار مطالعه تازه ساخته شد."

    assert texts(sentence) == [
        "برای آنان سه تالار مطالعه تازه ساخته شد.",
        "پنج هزار دانشجو در شهر نمونه زندگی می‌کنند.",
    ]


def test_a_long_sentence_is_cut_and_the_short_part_kept() -> None:
    sentence = (
        "شهردار نمونه در آیین گشایش پل تازه رودخانه که هفت سال برای ساخت آن کار شده بود از پایان کار خبر داد"
        " و از همه کارگرانی که در سرما و گرما در کنار رودخانه ماندند و دست از کار نکشیدند تا این پل به بهره‌برداری"
        " برسد و مردم از آن بگذرند سپاسگزاری کرد."
    )
    found = readings.of(sentence)

    assert found
    assert all(not reading.too_long and reading.cut for reading in found)
    assert found[0].text.endswith("خبر داد.")


@pytest.mark.parametrize(
    ("sentence", "opening"),
    [
        ("وی سال‌ها در دانشگاه شهر نمونه درس می‌داد.", Opening.PRONOUN),
        ("آنها دیروز با قطار به شهر نمونه رسیدند.", Opening.PRONOUN),
        ("این است راز پیروزی تیم شهر در سال گذشته.", Opening.PRONOUN),
        ("این ساختمان در سال گذشته به دست شهرداری ساخته شد.", Opening.POINTS_BACK),
        ("نمایش خوب او در بازی دیروز همه را شگفت‌زده کرد.", Opening.POINTS_BACK),
        ("تیم شهر در بازی دیروز سه گل به حریف خود زد.", Opening.ALONE),
    ],
)
def test_a_sentence_that_leans_on_the_one_before_is_told(sentence: str, opening: Opening) -> None:
    assert readings.of(sentence)[0].opening is opening


@pytest.mark.parametrize(
    "sentence",
    [
        "وی افزود: ما سال گذشته سه مدرسه تازه در روستاها ساختیم.",
        "او گفت: «مدرسه‌های تازه شهر در پاییز آماده خواهند شد و درس آغاز می‌شود.»",
        "می خواستیم سه مدرسه تازه در روستاهای شهر بسازیم.",
        "نمی‌دانم که مدرسه تازه کی در روستا ساخته خواهد شد.",
    ],
)
def test_words_that_need_their_speaker_are_told(sentence: str) -> None:
    assert all(reading.speakerless for reading in readings.of(sentence))


def test_a_name_in_quotation_marks_needs_no_speaker() -> None:
    assert not readings.of("«باغ گل‌ها» نام تازه‌ترین کتاب نویسنده شهر نمونه است.")[0].speakerless


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        " ",
        ":",
        "چه کسی این پل را بر رودخانه شهر خواهد ساخت؟",
        "برنامه این هفته تیم‌های شهر به شرح زیر است.",
        "هوا خوب بود.",
    ],
)
def test_questions_scraps_and_announcements_have_none(sentence: str) -> None:
    assert texts(sentence) == []


def test_a_short_sentence_with_a_figure_is_a_reading() -> None:
    assert texts("هزینه کار ۳۵ میلیارد تومان است.") == ["هزینه کار ۳۵ میلیارد تومان است."]
    assert texts("هزینه این کار کم است.") == []
