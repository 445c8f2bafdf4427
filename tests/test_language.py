"""Which language a text is in."""

import pytest

from bot.news import language


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
    ],
)
def test_the_language_is_told_by_letters_and_words(text: str, code: str) -> None:
    assert language.detect(text) == code
