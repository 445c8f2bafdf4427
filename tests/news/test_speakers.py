"""Who is named before «گفت:», and where nobody clearly is."""

import pytest

from bot.news.grammar import clauses
from bot.news.summary import introduced, speakers


@pytest.mark.parametrize(
    ("introducing", "name"),
    [
        ("سرهنگ نادر صفاری با بیان این خبر گفت", "سرهنگ نادر صفاری"),
        ("مدیر راه شهرستان گفت", "مدیر راه شهرستان"),
        ("علی عابدینی، سرپرست باشگاه راه‌آهن گفت", "علی عابدینی، سرپرست باشگاه راه‌آهن"),
        ("اواسط هفته گذشته علی عابدینی گفت", "علی عابدینی"),
        ("هیمن کرمانج شامگاه یکشنبه در نشست شورا اظهار داشت", "هیمن کرمانج"),
        ("در این مراسم علیرضا نیک شهردار منطقه ۹ با اشاره به نظم گفت", "علیرضا نیک شهردار منطقه ۹"),
        ("جعفر کهن چهارشنبه شب در نشست بازار گفت", "جعفر کهن"),
        ("ناصر گلکار ـ رییس اتحادیه پرنده و ماهی ـ در گفت‌وگو با ایرنا گفت", "ناصر گلکار"),
        ("ستاره همتی (سرپرست کاوش) با اشاره به پایان کاوش گفت", "ستاره همتی"),
        ("روابط عمومی راه‌آهن، کیوان پرهام گفت", "کیوان پرهام"),
        ("استاندار نمونه در آیین گشایش این راه را مهم دانست و گفت", "استاندار نمونه"),
        ("تولیت آستان شهر اولویت کار حوزه در میان دانش‌ها را فقه دانست و گفت", None),
        ("من و میلاد گفتیم", None),
        ("خبرنگار شهر از کهن پرسید که وی گفت", None),
        ("وی در ادامه گفت", None),
        ("این مقام مسئول تصریح کرد", None),
        ("وقتی مأموران پلیس به محل حادثه رفتند مرد همسایه گفت", None),
        ("حسین (ع) گفت", None),
        ("دکتر گفت", None),
        ("صفاری ارزش این محموله را بالا دانست و گفت", None),
    ],
)
def test_the_speaker_is_who_stands_before_what_they_do(introducing: str, name: str | None) -> None:
    assert introduced.name_in(clauses.tokens(introducing).words) == name


def test_a_quotation_ends_with_its_marks_and_a_speech_with_its_paragraph() -> None:
    told = speakers.told(
        "",
        "",
        [
            ["مدیر باشگاه شهر گفت: «باشگاه واگذار شد.»", "این باشگاه ده سال سود نداشت."],
            ["مدیر باشگاه شهر گفت: باشگاه واگذار شد.", "بدهی آن هم پرداخت شد."],
            ["این باشگاه ده سال سود نداشت."],
        ],
    )

    assert [each.spoken for each in told] == [True, False, True, True, False]
    assert {each.speaker for each in told} == {"مدیر باشگاه شهر"}


def test_who_was_named_in_full_keeps_that_name() -> None:
    told = speakers.told(
        "",
        "",
        [
            ["سرهنگ نادر صفاری، رئیس پلیس شهر، گفت: دو نفر بازداشت شدند."],
            ["صفاری افزود: بازرسی دو هفته کشید."],
            ["صفاری ارزش این محموله را بالا دانست و گفت: گوشی‌ها به گمرک رفت."],
            ["این مقام انتظامی گفت: پرونده باز است."],
            ["به گفته او سه نفر هنوز فراری هستند."],
            ["مدیر گمرک شهر گفت: گوشی‌ها فروخته می‌شود."],
        ],
    )

    assert [each.speaker for each in told] == ["سرهنگ نادر صفاری"] * 5 + ["مدیر گمرک شهر"]
    assert all(each.spoken for each in told)


def test_a_speaker_is_named_without_a_colon_too() -> None:
    told = speakers.told(
        "", "", [["منصور نیک گفت شمار داوطلبان کم شده است."], ["وی افزود: آزمون در تیر است."]]
    )

    assert [each.speaker for each in told] == ["منصور نیک"] * 2
    assert [each.spoken for each in told] == [False, True]


def test_who_is_named_by_according_to_is_meant_further_on() -> None:
    told = speakers.told(
        "",
        "پزشکان می‌گویند نمک کم بخورید.",
        [["به گفته دکتر نسرین امانی، متخصص قلب، نمک زیان دارد."], ["وی می‌گوید: پیاده‌روی خوب است."]],
    )

    assert [each.speaker for each in told] == ["دکتر نسرین امانی"] * 2


def test_a_paper_that_passes_words_on_is_not_their_speaker() -> None:
    told = speakers.told(
        "",
        "",
        [["دکتر نسرین امانی گفت: نمک زیان دارد."], ["مهر در خبری نوشت: وی ادامه داد: پیاده‌روی خوب است."]],
    )

    assert told[-1].speaker == "دکتر نسرین امانی"


def test_one_of_many_is_no_part_of_a_name() -> None:
    told = speakers.told("", "", [["زهرا، یکی از دانش‌آموزان، می‌گوید: کتابخانه امید است."]])

    assert told[0].speaker == "زهرا"


def test_answers_are_of_whom_the_top_says_the_interview_is_with() -> None:
    told = speakers.told(
        "گفت‌وگو با بهمن ستوده، نقاش پیشکسوت، به بهانه نمایشگاه",
        "",
        [["از هشت سالگی نقاشی می‌کشم."], ["نمایشگاه بهمن ستوده تا آبان برپاست."]],
        frozenset((0, 1)),
    )

    assert told[0].spoken
    assert (told[0].speaker or "").startswith("بهمن ستوده")
    assert not told[1].spoken
