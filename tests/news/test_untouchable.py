"""What no repair may touch: it comes out as it went in, whatever is mended around it."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.spelling import orthography, untouchable

# Each would be changed by some rule if it were plain copy.
NEVER_TOUCHED = {
    "url": [
        "https://www.example.org/fa/news/1403/05/12?id=12,500&q=10%25",
        "http://example.org/خبر-هاي-روز",
        "www.sample.example/كتاب?ميروم=10.5",
        "example.com/a,b;c",
        "example.org",
        "news.example.co.uk/path?x=1...2",
        "tg://resolve?domain=sample_ي",
        "https://example.org:8080/a(b)c",
        "t.me/sample_news/1234",
        "https://خبر.example/صفحه/12",
    ],
    "email": [
        "news@example.org",
        "user_ميروم@sample.example",
        "first.last+tag12@mail.example.org",
    ],
    "handle": ["@sample_ي", "@news24", "@Monadi_Bot"],
    "tag": ["#ميروم", "#جام_جهاني_2026", "#مي\u200cروم", "#Covid19", "#۱۴۰۳_سال"],
    "code": [
        '`print("ي", 12.5)`',
        "`a ,b`",
        "```\nx = 'ي' ;y=10%\n```",
        "<b>",
        '<a href="x" data-n="10">',
    ],
    "latin": [
        "iPhone 15 Pro Max",
        "Windows 11",
        "C++",
        "COVID-19",
        "F-35",
        "5G",
        "H1N1",
        "2.5GB",
        "U.S. News & World Report",
        "FIFA World Cup 2026",
        '"Breaking News"',
        "“The Times, 1999”",
        "'Hello'",
        "x86-64",
        "GPT 4.5",
        "S&P 500",
        "Boeing 737-800",
    ],
    "file": ["گزارش_نهايي.pdf", "گزارش.docx", "عكس12.jpg", "report-2024.xlsx", "C:\\Users\\news\\a.txt"],
    "joined": ["user_name_فارسي", "كد_12_الف"],
    "arabic": [
        "﴿إن الله مع الصابرين ,1﴾",
        "﴾وما توفيقي إلا بالله﴿",
        "بِسْمِ اللَّهِ الرَّحْمَنِ الرَّحِيمِ",
        "«إنما الأعمال بالنيات وإنما لكل امرئ ما نوى»",
        '"الحمد لله رب العالمين على كل حال"',
        "إِنَّا لِلَّهِ وَ إِنَّا إِلَيْهِ رَاجِعُونَ",
        "مَنْ كُنْتُ مَوْلاهُ فَهذا عَلِيٌّ مَوْلاهُ",
    ],
    "phone": [
        "021-12345678",
        "021 1234 5678",
        "02112345678",
        "09123456789",
        "0912 345 6789",
        "+98 21 1234 5678",
        "0098-912-3456789",
        "12345678-021",
    ],
    "number": [
        "192.168.1.1",
        "1.2.3",
        "10.0.0.255",
        "2026.11.22",
        "6037 9911 1234 5678",
        "0012345678",
        "12345678901234",
    ],
}


FRAMES = ("وزير گفت كه {} را ديد ،نشست", "اين خبر ( {} ) است .", "{} را که ديد")


@pytest.mark.parametrize("kept", [kept for group in NEVER_TOUCHED.values() for kept in group])
def test_it_stays_while_the_rest_is_mended(kept: str) -> None:
    for frame in FRAMES:
        repaired = orthography.repaired(frame.format(kept))

        assert kept in repaired
        assert not set("يك") & set(repaired.replace(kept, ""))


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        ("كد خبر: 123456 است", "123456"),
        ("كد رهگیری 98/1234 است", "98/1234"),
        ("شناسه ۱۲۳۴-12 است", "۱۲۳۴-12"),
        ("شماره ثبت 5566 است", "5566"),
        ("تلفن: 88776655 است", "88776655"),
        ("نمابر 8877-6655 است", "8877-6655"),
        ("نسخه 2.5 آمد که", "2.5"),
        ("ورژن 10.15 آمد که", "10.15"),
        ("شماره حساب 1234567 است", "1234567"),
        ("پلاک 12345 است", "12345"),
        ("پیامک 30001234 است", "30001234"),
        ("همین. انتهای پیام/69014", "69014"),
    ],
)
def test_a_number_after_such_a_word_is_a_name(before: str, kept: str) -> None:
    assert kept in orthography.repaired(before)


@pytest.mark.parametrize(
    "verse",
    [
        "درخت كهن سايه بر ما گرفت     دل خسته در باغ مأوا گرفت",
        "درخت كهن سايه بر ما گرفت\tدل خسته در باغ مأوا گرفت",
        "درخت كهن سايه بر ما گرفت *** دل خسته در باغ مأوا گرفت",
        "درخت كهن سايه بر ما گرفت\nدل خسته در باغ مأوا گرفت",
        "شب آمد و ماه ديگر نماند\nكسي بر سر راه و در نماند\nچراغي كه در كوچه بيدار بود\nنگهبان ديوار و ديدار بود",
    ],
)
def test_verse_stays_as_it_is_laid_out(verse: str) -> None:
    text = f"شاعر در این شعر می گويد که دنیا زیباست.\n\n{verse}\n\nو اين شعر را همه می شناسند."

    repaired = orthography.repaired(text)

    assert verse in repaired
    assert "گوید" in repaired
    assert "این شعر" in repaired


def test_the_gaps_of_a_table_stay_and_its_words_are_mended() -> None:
    row = "پرسپوليس    ۱۲    ۳    ۲۸\nسپاهان\t۱۲\t۴"

    assert orthography.repaired(row) == row.replace("ي", "ی")


def test_an_arabic_line_between_persian_ones_stays() -> None:
    arabic = "وأكد الوزير أن الخطة الجديدة ستبدأ في المدينة ,بعد شهر"

    repaired = orthography.repaired(f"وزير گفت که طرح آغاز می شود.\n{arabic}\nاين خبر را همه شنيدند.")

    assert arabic in repaired
    assert repaired.startswith("وزیر")


def test_the_number_of_a_latin_name_stays_before_a_colon_and_an_hour_does_not() -> None:
    assert orthography.repaired("AirPods Pro 4: 249 دلار") == "AirPods Pro 4: ۲۴۹ دلار"
    assert orthography.repaired("BBC 16:30 پخش شد") == "BBC ۱۶:۳۰ پخش شد"


def test_a_path_of_words_of_one_kind_is_one_place() -> None:
    text = "شرکت U.S. News & World Report گفت"

    assert [text[start:end] for start, end in untouchable.spans(text)] == ["U.S. News & World Report"]


def test_the_end_of_the_sentence_is_not_the_addresss() -> None:
    text = "نشانی https://example.org/a. و (example.com/b)، همین."

    assert [text[start:end] for start, end in untouchable.spans(text)] == [
        "https://example.org/a",
        "(example.com/b)",
    ]


@given(st.text(st.sampled_from('اب \n\t#@/._:a1۱«»"`*﴾َة-+\ue000\ue001'), max_size=60))
@settings(max_examples=80, deadline=None)
def test_places_are_in_order_apart_and_can_be_put_back(text: str) -> None:
    places = untouchable.spans(text)

    assert all(start < end for start, end in places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))
    assert untouchable.shown(*untouchable.hidden(text, places)) == text
