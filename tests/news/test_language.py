"""Which language a text is in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.grammar import language
from tests.any_article import TEXTS


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("وزیر نیرو از افزایش ذخیره سدها خبر داد و گفت که پاییز پربارش است.", "fa"),
        ("كتابخانه مركزي شهر نوسازي شد و از فردا باز است", "fa"),
        ("أعلنت الوزارة عن خطة جديدة في المدينة بعد اجتماع اللجنة مع الخبراء", "ar"),
        ("ڕۆژنامەکە لە هەولێر بڵاو دەکرێتەوە و هەواڵی نوێ دەگەیەنێت", "ckb"),
        ("City council approves night bus lines", "en"),
        ("شرکت Example Corp نسخه ۲ نرم‌افزار را منتشر کرد", "fa"),
        ("۱۲۳ 😀", "fa"),
        ("", "fa"),
        ("iPhone 17 Pro Max و Galaxy S26 Ultra رونمایی شد", "fa"),
        ("Samsung Galaxy S26 Ultra آمد", "fa"),
        ("The Persian word for city is شهر", "en"),
        ("گفت\u200cوگو: https://example.com/a-very-long-address/with/many/words @some_channel_name", "fa"),
        ("https://example.com/story", "fa"),
        ("اسامی هیأت داوران مسابقات بین\u200cالمللی", "fa"),
        ("الزامات اجرای فاز دوم قانون", "fa"),
        ("نشست «ڕۆژ» با حضور شاعران کرد در سنندج برگزار شد", "fa"),
        ("هەواڵ", "ckb"),
        ("سەرۆکی هەرێم لەگەڵ وەزیری دارایی کۆبووەوە", "ckb"),
        ("وزیر الخارجیه یلتقی نظیره فی بغداد و یبحث معه العلاقات الثنائیه بین البلدین", "ar"),
        ("من الرياض إلى القاهرة", "ar"),
    ],
)
def test_the_language_is_told_by_letters_and_words(text: str, code: str) -> None:
    assert language.detect(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "پوهنتون کابل برای محصلان تازه پذیرش اعلام کرد",
        "والی هرات با شاروال این شهر دیدار کرد",
        "بهای یک دالر امروز به ۷۰ افغانی رسید؛ باشندگان شهر شکایت دارند",
        "این نشست روز ۱۲ حوت در کابل دایر می\u200cشود",
        "سیلاب در سه ولسوالی ولایت بغلان خانه\u200cها را ویران کرد",
        "داکتران شفاخانه می\u200cگویند زخمیان وضعیت خوبی دارند",
        "پانزده فیصد کشتزارها از میان رفته و دهاقین زیانمند شده\u200cاند",
        "یک طیاره مسافربری در میدان هوایی قندهار نشست",
        "پولیس می\u200cگوید دو موتر با هم برخورد کرده\u200cاند",
        "امتحان کانکور به تاریخ ۲۰ ثور گرفته می\u200cشود",
    ],
)
def test_dari_is_told_by_its_own_words(text):
    assert language.detect(text) == "fa-AF"


@pytest.mark.parametrize(
    "text",
    [
        "زمین\u200cلرزه در ولایت هرات ۵ شهریور خسارت زد",
        "دانشجویان افغانی در دانشگاه تهران نام نوشتند",
        "پلیس تهران از کشف خودرو خبر داد",
        "سفیر با والی هرات دیدار کرد",
        "نمایشگاه شیر و اسد در سالن میزان",
        "میزان بارش در ۱۲ میزان سنجش ثبت شد و ۳۰ درصد رشد داشت، گفت رئیس دانشگاه تهران",
        "ژاپن و ایران بر سر درصد سود توافق کردند",
    ],
)
def test_iranian_reports_stay_persian(text):
    assert language.detect(text) == "fa"


def test_both_ways_to_write_persian_are_persian():
    assert language.is_persian("fa")
    assert language.is_persian("fa-AF")
    assert not language.is_persian("ar")
    assert not language.is_persian("fil")


@settings(max_examples=60)
@given(st.one_of(st.text(), TEXTS))
def test_every_text_is_in_one_of_five_languages(text):
    assert language.detect(text) in {"fa", "fa-AF", "ar", "ckb", "en"}
