"""Who is named before «گفت:», and where nobody clearly is."""

import pytest

from bot.news.grammar import clauses
from bot.news.summary import speakers


@pytest.mark.parametrize(
    ("introducing", "name"),
    [
        ("سرهنگ نادر صفاری با بیان این خبر گفت", "سرهنگ نادر صفاری"),
        ("مدیر راه شهرستان گفت", "مدیر راه شهرستان"),
        ("علی عابدینی، سرپرست باشگاه راه‌آهن گفت", "علی عابدینی، سرپرست باشگاه راه‌آهن"),
        ("اواسط هفته گذشته علی عابدینی گفت", "علی عابدینی"),
        ("هیمن کرمانج شامگاه یکشنبه در نشست شورا اظهار داشت", "هیمن کرمانج"),
        ("وی در ادامه گفت", None),
        ("این مقام مسئول تصریح کرد", None),
        ("وقتی مأموران پلیس به محل حادثه رفتند مرد همسایه گفت", None),
        ("حسین (ع) گفت", None),
        ("دکتر گفت", None),
        ("صفاری ارزش این محموله را بالا دانست و گفت", None),
    ],
)
def test_the_speaker_is_who_stands_before_what_they_do(introducing: str, name: str | None) -> None:
    assert speakers.name_in(clauses.tokens(introducing).words) == name


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
