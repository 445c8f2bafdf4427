"""Persian copy as a careful copy editor spells it: what is mended, and that nothing is lost over it."""

import re
from unicodedata import normalize

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.news.spelling import orthography
from bot.news.spelling.house_style import HouseStyle

MENDED = [
    # Letters as other keyboards and fonts have them
    ("كتابي كه ميخوانم", "کتابی که می\u200cخوانم", "arabic yeh and kaf"),
    ("على رفت", "علی رفت", "alef maksura"),
    ("پاڪ کرد", "پاک کرد", "swash kaf"),
    ("ھمه آمدند", "همه آمدند", "heh doachashmee"),
    ("ہمه آمدند", "همه آمدند", "heh goal"),
    ("بچے ها", "بچی\u200cها", "yeh barree"),
    ("ﻛﺘﺎﺏ ﻓﺎﺭﺳﯽ", "کتاب فارسی", "presentation forms"),
    ("سال ١٤٠٣ بود", "سال ۱۴۰۳ بود", "arabic digits"),
    ("خبـــر مهم", "خبر مهم", "tatweel"),
    ("ســـلام به همـــه", "سلام به همه", "tatweel"),
    ("علی آمد\nـــــ\nاو رفت", "علی آمد\n\nاو رفت", "line drawn with tatweel"),
    # What shows nothing
    ("می¬روم به خانه", "می\u200cروم به خانه", "old word half-space"),
    ("کتاب\u200bها را خواند", "کتاب\u200cها را خواند", "zero-width space"),
    ("کتاب\u200c\u200cها را خواند", "کتاب\u200cها را خواند", "doubled half-space"),
    ("کتاب\u200c ها را خواند", "کتاب\u200cها را خواند", "half-space at an edge"),
    ("او\u200c رفت", "او رفت", "half-space at an edge"),
    ("کار\u200cها انجام شد", "کارها انجام شد", "half-space that shows nothing"),
    ("گفت\u200cو\u200cگو کرد", "گفت\u200cوگو کرد", "half-space that shows nothing"),
    ("این\u00a0خبر را خواند", "این خبر را خواند", "hard blank"),
    ("این\u202fخبر را خواند", "این خبر را خواند", "narrow blank"),
    ("این \u200fخبر را خواند", "این خبر را خواند", "direction mark"),
    ("این \ufeffخبر را خواند", "این خبر را خواند", "byte order mark"),
    ("خ\u00adبر را خواند", "خبر را خواند", "soft hyphen"),
    ("این \u202bخبر\u202c را خواند", "این خبر را خواند", "embedding"),
    # Half-spaces
    ("نمیدانم چه میگفت", "نمی\u200cدانم چه می\u200cگفت", "mi"),
    # Blanks
    ("این  خبر   مهم است", "این خبر مهم است", "blanks"),
    ("او آمد ، نشست", "او آمد، نشست", "blank before a comma"),
    ("او آمد،نشست", "او آمد، نشست", "blank after a comma"),
    ("او آمد ،نشست", "او آمد، نشست", "comma on the wrong side"),
    ("او آمد ؛ نشست", "او آمد؛ نشست", "blank before a semicolon"),
    ("او آمد؛نشست", "او آمد؛ نشست", "blank after a semicolon"),
    ("چرا آمد ؟", "چرا آمد؟", "blank before a question mark"),
    ("چرا آمد؟نمی\u200cدانم", "چرا آمد؟ نمی\u200cدانم", "blank after a question mark"),
    ("چه خوب !", "چه خوب!", "blank before an exclamation mark"),
    ("چه خوب!آفرین", "چه خوب! آفرین", "blank after an exclamation mark"),
    ("او آمد .", "او آمد.", "blank before a full stop"),
    ("او آمد.نشست", "او آمد. نشست", "blank after a full stop"),
    ("بعد شد .او آمد", "بعد شد. او آمد", "full stop on the wrong side"),
    ("وزیر گفت : ما آمدیم", "وزیر گفت: ما آمدیم", "blank before a colon"),
    ("وزیر گفت:ما آمدیم", "وزیر گفت: ما آمدیم", "blank after a colon"),
    ("وزیر گفت :ما آمدیم", "وزیر گفت: ما آمدیم", "colon on the wrong side"),
    ("وزیر گفت:«ما آمدیم»", "وزیر گفت: «ما آمدیم»", "blank before a quote"),
    ("وزیر گفت« ما آمدیم »و رفت", "وزیر گفت «ما آمدیم» و رفت", "blanks round a quote"),
    ("« ما آمدیم »", "«ما آمدیم»", "blanks within a quote"),
    ("شهر( مرکز استان )بزرگ است", "شهر (مرکز استان) بزرگ است", "blanks round brackets"),
    ("وزیر (نیرو)گفت", "وزیر (نیرو) گفت", "blank after a bracket"),
    ("سال ۹۰(دوره ۳۰)", "سال ۹۰ (دوره ۳۰)", "blank before a bracket"),
    ("کتاب «باغ»(چاپ دوم) آمد", "کتاب «باغ» (چاپ دوم) آمد", "blank between quote and bracket"),
    ("متن [ ادامه ] دارد", "متن [ادامه] دارد", "blanks within brackets"),
    ("از Reuters ، خبر رسید", "از Reuters، خبر رسید", "comma after latin"),
    # Latin marks
    ("او آمد, نشست", "او آمد، نشست", "latin comma"),
    ("او آمد,نشست", "او آمد، نشست", "latin comma"),
    ("از Reuters, خبر رسید", "از Reuters، خبر رسید", "latin comma after latin"),
    ("چرا آمد?", "چرا آمد؟", "latin question mark"),
    ("چرا آمد?نمی\u200cدانم", "چرا آمد؟ نمی\u200cدانم", "latin question mark"),
    ("آیا Telegram را می\u200cشناسید?", "آیا Telegram را می\u200cشناسید؟", "latin question mark"),
    ("او آمد; نشست", "او آمد؛ نشست", "latin semicolon"),
    # Doubled marks
    ("چه خوب!!!", "چه خوب!", "doubled exclamation mark"),
    ("چرا؟؟", "چرا؟", "doubled question mark"),
    ("چرا??", "چرا؟", "doubled latin question mark"),
    ("او آمد،، نشست", "او آمد، نشست", "doubled comma"),
    ("واقعا!؟", "واقعا؟!", "question mark first"),
    ("او آمد..", "او آمد.", "doubled full stop"),
    ("وزیر گفت:: ما", "وزیر گفت: ما", "doubled colon"),
    ("او آمد...", "او آمد…", "three dots"),
    ("و ... رفت", "و … رفت", "three dots"),
    ("او آمد.....", "او آمد…", "many dots"),
    ("او آمد…….", "او آمد…", "many dots"),
    # Quotes
    ('او گفت "سلام" و رفت', "او گفت «سلام» و رفت", "straight quotes"),
    ('او گفت " سلام " و رفت', "او گفت «سلام» و رفت", "straight quotes with blanks"),
    ("او گفت “سلام” و رفت", "او گفت «سلام» و رفت", "curly quotes"),
    ("او گفت „سلام” و رفت", "او گفت «سلام» و رفت", "low quotes"),
    ("او گفت ''سلام'' و رفت", "او گفت «سلام» و رفت", "doubled apostrophes"),
    ("او گفت 'سلام' و رفت", "او گفت «سلام» و رفت", "apostrophes"),
    ("او گفت <<سلام>> و رفت", "او گفت «سلام» و رفت", "angle brackets"),
    ("او گفت »سلام« و رفت", "او گفت «سلام» و رفت", "turned guillemets"),
    ("او گفت «خبر «مهم» بود»", "او گفت «خبر ‹مهم› بود»", "nested guillemets"),
    ('او گفت «خبر "مهم" بود»', "او گفت «خبر ‹مهم› بود»", "straight within guillemets"),
    ("او گفت \"خبر 'مهم' بود\"", "او گفت «خبر ‹مهم› بود»", "apostrophes within straight"),
    ('کتاب "باغ" و "راه" را خواند', "کتاب «باغ» و «راه» را خواند", "two pairs"),
    ('او گفت:"سلام"', "او گفت: «سلام»", "colon before quotes"),
    ('متن "باغ"، و', "متن «باغ»، و", "comma after quotes"),
    # Dashes
    ("محور تهران - قم باز شد", "محور تهران – قم باز شد", "dash between words"),
    ("محور تهران -- قم باز شد", "محور تهران – قم باز شد", "doubled hyphen"),
    ("محور تهران — قم باز شد", "محور تهران – قم باز شد", "long dash"),
    ("علی آمد\nـ\u200c\nاو رفت", "علی آمد\n\nاو رفت", "line drawn with tatweel and a half-space"),
    ("محور تهران ـ قم باز شد", "محور تهران – قم باز شد", "tatweel for a dash"),
    ("۵۲ نفرـ روز کار", "۵۲ نفر – روز کار", "tatweel for a dash"),
    ("ماده ۲ـ این قانون", "ماده ۲ – این قانون", "tatweel for a dash"),
    # Numbers
    ("در سال 1403 بود", "در سال ۱۴۰۳ بود", "digits"),
    ("ساعت 19:30 آمد", "ساعت ۱۹:۳۰ آمد", "time"),
    ("بازی 2-1 تمام شد", "بازی ۲-۱ تمام شد", "score"),
    ("تاریخ 1403/05/12 است", "تاریخ ۱۴۰۳/۰۵/۱۲ است", "date"),
    ("10% رشد کرد", "۱۰٪ رشد کرد", "percent"),
    ("10 % رشد کرد", "۱۰٪ رشد کرد", "percent with a blank"),
    ("%10 رشد کرد", "۱۰٪ رشد کرد", "percent first"),
    ("۱۰% رشد کرد", "۱۰٪ رشد کرد", "percent after persian digits"),
    ("2.5 درصد رشد کرد", "۲٫۵ درصد رشد کرد", "decimal"),
    ("رشد 12.75% بود", "رشد ۱۲٫۷۵٪ بود", "decimal with percent"),
    ("۳.۱۴۱۵ متر بود", "۳٫۱۴۱۵ متر بود", "decimal"),
    ("12,500 ریال داد", "۱۲٬۵۰۰ ریال داد", "thousands"),
    ("1,200,000 ریال داد", "۱٬۲۰۰٬۰۰۰ ریال داد", "thousands"),
    ("۱،۲۰۰،۰۰۰ ریال داد", "۱٬۲۰۰٬۰۰۰ ریال داد", "thousands with a persian comma"),
    ("1,234.5 ریال داد", "۱٬۲۳۴٫۵ ریال داد", "thousands and decimal"),
    ("۲۰نفر آمدند", "۲۰ نفر آمدند", "number and noun"),
    ("با ۱۳۸رای موافق", "با ۱۳۸ رای موافق", "number and noun"),
    ("تورم به 41,3 درصد رسید", "تورم به ۴۱٫۳ درصد رسید", "a comma for the decimal sign"),
    ("50درصد رشد کرد", "۵۰ درصد رشد کرد", "number and noun"),
    ("۲میلیون ریال داد", "۲ میلیون ریال داد", "number and noun"),
    ("۲۵دی آمد", "۲۵ دی آمد", "number and month"),
    ("ساعت۱۲ آمد", "ساعت ۱۲ آمد", "noun and number"),
    ("در خرداد۱۴۰۳ بود", "در خرداد ۱۴۰۳ بود", "month and number"),
    ("2/5 درصد رشد کرد", "۲٫۵ درصد رشد کرد", "a stroke before a percent is a decimal sign"),
    ("ساعت 19.30 آمد", "ساعت ۱۹.۳۰ آمد", "hour with a full stop"),
    ("120.000 نفر آمدند", "۱۲۰.۰۰۰ نفر آمدند", "three digits after a full stop"),
    ("پرداخت 15000000000 ریال", "پرداخت ۱۵۰۰۰۰۰۰۰۰۰ ریال", "long amount"),
    # Words
    ("مسؤولان آمدند", "مسئولان آمدند", "hamza"),
    ("مسؤولیت با اوست", "مسئولیت با اوست", "hamza"),
    ("هیأت مدیره آمد", "هیئت مدیره آمد", "hamza"),
    ("این مسأله مهم است", "این مسئله مهم است", "hamza"),
    ("جرأت ندارد", "جرئت ندارد", "hamza"),
    ("رییس مجلس گفت", "رئیس مجلس گفت", "hamza"),
    ("شهر پائین است", "شهر پایین است", "ye between vowels"),
    ("زیبائی شهر مهم است", "زیبایی شهر مهم است", "ye between vowels"),
    ("می\u200cگوئیم که خوب است", "می\u200cگوییم که خوب است", "ye between vowels"),
    ("آن\u200cها آمدند", "آنها آمدند", "house word"),
    ("این\u200cکه آمد خوب است", "اینکه آمد خوب است", "house word"),
    ("هم\u200cچنین گفت که", "همچنین گفت که", "house word"),
    ("بیش\u200cتر آمدند", "بیشتر آمدند", "house word"),
    ("روز یک\u200cشنبه آمد", "روز یکشنبه آمد", "house word"),
    ("گفت\u200cو گو کرد", "گفت\u200cوگو کرد", "house word"),
]

# What a careless rule would break.
LEFT_ALONE = [
    "میان میز و میهن",
    "پیامبر اکرم ﷺ و ﷼ و مؤثر و تأثیر",
    "خانۀ ما و خانهٔ شما و خانه‌ی آنان",
    "سلامممم به همه",
    "پیامبر(ص) و امام علی(ع) و امام(ره) فرمودند",
    "کتاب(ها) را بیاورید",
    "شرکت بی.ام.و و سال ۳۰۰ ق.م بود",
    "نشانی خبر.ایران را ببینید",
    "بازی ۲:۱ شد و ساعت ۱۲:۳۰ بود",
    "- سلام\n- خوبم\n– بله",
    "دما به -۵ درجه رسید",
    "سلام :) خوبی؟",
    "۲۰صفحه‌ای و ۳۶ساله و ۱۰نفره",
    "واقعا؟! چه خوب",
    "آیت‌الله فضل ا... صلواتی و عبدا... زاده",
    "محسن رضائی و حاتم طائی",
    "سوئیس و لوئی و ژوئن",
    'او گفت "سلام و رفت',
    "خانه » اخبار » ورزش",
    "فهرست ۱، ۲، ۳ و ۱،۲ است",
    "نام: ........................................",
    "اف۳۵ و دهه۶۰",
    "ه‍.ش و هـ.ق سال‌اند که می‌آیند",
    "علی\nرفت\n\nو آمد",
    "بریکس-اروپا و علمی-پژوهشی",
    "بازی ۳ - ۱ تمام شد",
]


@pytest.mark.parametrize(
    ("before", "after", "rule"), MENDED, ids=[f"{rule}-{n}" for n, (*_, rule) in enumerate(MENDED)]
)
def test_copy_is_mended_by_rule(before: str, after: str, rule: str) -> None:
    assert orthography.repaired(before) == after
    assert orthography.repaired(after) == after


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_only_looks_wrong_stays(text: str) -> None:
    assert orthography.repaired(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "أعلنت الوزارة عن خطة جديدة في المدينة بعد ذلك , ثم قال",
        'The minister said : "we will go" , and left ...',
        "ڕۆژنامەکە لە هەولێر بڵاو دەکرێتەوە ،و",
    ],
)
def test_other_languages_stay_as_they_are(text: str) -> None:
    assert orthography.repaired(text) == text


def test_persian_typed_with_arabic_keys_is_persian() -> None:
    typed = "وزير ايرانى گفت كه شوراى عالى اقتصاد فردا تشكيل مى شود"

    assert orthography.repaired(typed).startswith("وزیر ایرانی گفت که شورای عالی اقتصاد فردا تشکیل می")


PLAIN = HouseStyle.plain()


@pytest.mark.parametrize(
    "text",
    [
        'او گفت "سلام" و ... رفت!!',
        "در سال 2024 رشد 12.5% بود",
        "آن\u200cها و مسؤولان و هیأت",
        "محور تهران - قم",
    ],
)
def test_with_house_style_off_style_is_nobodys_business(text: str) -> None:
    assert orthography.repaired(text, PLAIN) == text


def test_with_house_style_off_what_is_wrong_everywhere_is_mended() -> None:
    assert orthography.repaired("كتاب ها ،خوب  است .", PLAIN) == "کتاب\u200cها، خوب است."


_PIECES = (
    *"میرونگفتدکاهآنبسؤئيكةأـ٣۱2aA@#_/:\u200c\u200f\u00a0 .،؛؟!,;?«»\"“”'()[]-–%٪٫٬…*`\n\tﷺَِﻛ\ue000",
    *(
        "آن\u200cها",
        " می",
        "12.5",
        "...",
        "http://a.ir/",
        "کد ",
        "ها ",
        "هم\u200cچنین",
        "مسؤول",
        " که ",
        "الم ",
    ),
)
_COPY = st.lists(st.sampled_from(_PIECES), max_size=50).map("".join)


@given(_COPY)
@example("@،هم\u200cچنین\ufedbم")
@example("هم\u200cچنینکم?@")
@example("هم\u200cچنینکم(@")
@example("کد \xa0ها ")
@example("«م«”م«")  # once one pair is mended, all pair
@settings(max_examples=150, deadline=None)
def test_no_letter_is_lost_no_line_is_lost_and_twice_is_as_once(text: str) -> None:
    once = orthography.repaired(text)

    assert _letters(once) == _letters(text)
    assert once.count("\n") == text.count("\n")
    assert orthography.repaired(once) == once


@given(st.text(max_size=40))
@settings(max_examples=50, deadline=None)
def test_any_text_at_all_keeps_its_letters(text: str) -> None:
    assert _letters(orthography.repaired(text)) == _letters(text)


@pytest.mark.long
@pytest.mark.parametrize(
    "piece",
    [
        "\u200c",
        "ا",
        "سلام،",
        "a.",
        "1.",
        "«",
        '"',
        "ـ",
        "@",
        "%",
        " - ",
        "َا",
        "ا ",
        "\ud800",
        "﴾ب",
        "آ_",
        "<a",
    ],
)
def test_a_long_line_is_mended_to_its_end(piece: str) -> None:
    text = "این را که " + piece * (40_000 // len(piece))

    assert orthography.repaired(text).count("\n") == text.count("\n")


def _letters(text: str) -> str:
    """Letters and digits, their variants as one, hamza's seats as one, «گفت‌وگو» as «گفتگو»."""
    text = re.sub("(گفت|جست|شست)\u200cو(?=گو|جو|شو)", r"\1", text)
    text = re.sub(
        r"[\uFB50-\uFBB1\uFBD3-\uFBFF\uFE80-\uFEFC]+",
        lambda letters: normalize("NFKC", letters.group()),
        text,
    )
    text = "".join(char for char in text if char.isalnum() and char != "ـ")
    text = re.sub("[يىےئؤأی]", "ی", text).translate(str.maketrans("كڪھہ٠١٢٣٤٥٦٧٨٩", "ککهه۰۱۲۳۴۵۶۷۸۹"))
    return text.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))


def test_a_few_words_are_spelled_as_the_story_they_belong_to() -> None:
    story = "اتوبوس‌های برقی به سپیدکوه رسیدند و مسافران می‌گویند که از آن‌ها خشنودند."
    typed = "بیست اتوبوس برقی می رسد\nکتاب ها هم"

    assert orthography.repaired_beside("بیست اتوبوس برقی به سپیدکوه رسید", story) == (
        "بیست اتوبوس برقی به سپیدکوه رسید"
    )
    assert orthography.repaired_beside(typed, story).count("\n") == 1
    assert "می\u200cرسد" in orthography.repaired_beside(typed, story)


@pytest.mark.parametrize("blanks", ["  ", " \u00a0"])
def test_two_blanks_part_no_ending_from_its_word(blanks: str) -> None:
    text = f"ویتامین سبب بهبود زخم می{blanks}شود و کتاب{blanks}های کودکان را می{blanks}خوانند."

    assert (
        orthography.repaired(text)
        == "ویتامین سبب بهبود زخم می\u200cشود و کتاب\u200cهای کودکان را می\u200cخوانند."
    )
