"""Copy that is nearly right: what is mended in it by kind, and what only looks like that kind. All our own words."""

import pytest

from bot.news.spelling import arabic, orthography, run_together
from bot.news.spelling.house_style import HouseStyle

MENDED = [
    # Compounds apart, where endings and verbs are right
    ("نقش پدر در شکل گیری عادت‌ها را نمی‌توان نادیده گرفت.", "شکل‌گیری"),
    ("شمار مصرف کنندگان قهوه بالا رفته و فروشگاه‌ها می‌گویند راضی‌اند.", "مصرف‌کنندگان"),
    ("پیش بینی می‌شود باران تا هفته‌های آینده ببارد.", "پیش‌بینی می‌شود"),
    ("رئیس جمهور با کشاورزان دیدار می‌کند.", "رئیس‌جمهور با"),
    ("روزهای سه شنبه کتابخانه باز است و مردم میروند و میخوانند.", "سه‌شنبه"),
    ("دو شنبه و چهار شنبه کلاس داریم.", "دوشنبه و چهارشنبه"),
    # Little words that ran together
    ("هنگامیکه برف آمد، راه بسته شد.", "هنگامی که برف"),
    ("نامه را خواند و آنرا پس داد.", "آن را پس"),
    ("او بعنوان داور آمد و بصورت رایگان سوت زد.", "به عنوان داور آمد و به صورت رایگان"),
    ("کتاب رابرای کودکان خواند.", "کتاب را برای"),
    ("بارش کم شد وعدم توجه هم بود.", "شد و عدم توجه"),
    ("درخصوص بارش و درمورد راه، ازسوی استاندار گفته شد.", "در خصوص بارش و در مورد راه، از سوی"),
    ("درصورتیکه باران ببارد، براساس قانون هرروز تعطیل است.", "در صورتی که باران ببارد، بر اساس قانون هر روز"),
    ("یکسال گذشت واین پل چندروز بسته بود.", "یک سال گذشت و این پل چند روز"),
    ("کارهای غیر قانونی و غیر رسمی می‌شود.", "غیرقانونی و غیررسمی"),
    ("کرایه به ۲۰هزارتومان و شمار به ۳ هزارنفر رسید.", "۲۰ هزار تومان و شمار به ۳ هزار نفر"),
    # A slip that the rest of careful copy does not excuse
    ("کتاب‌ها را می‌خوانند و خانه‌ها را می‌سازند؛ سالها گذشت و میزنند.", "سال‌ها گذشت و می‌زنند"),
    ("کتاب‌ها را می‌خوانند و پیش‌بینی می‌شود پایگاه اطلاع رسانی بگوید.", "اطلاع‌رسانی"),
    # The conjunction, names with God's, days, «آ» without its sign
    ("به دلیل این که باران آمد و پیش از آن که راه باز شود.", "دلیل اینکه باران آمد و پیش از آنکه"),
    ("این را روح الله کهن و عبد الله راد خاطر نشان کردند.", "روح‌الله کهن و عبدالله راد خاطرنشان"),
    ("اقای کهن سه شنبه انها را دید.", "آقای کهن سه‌شنبه آنها"),
    ("این درحالی است که باهم بودند و دیدارخود را بااستفاده از آن دیدند.", "در حالی است که با هم بودند و دیدار خود را با استفاده"),
    # A half-space typed by a slip decides for no other place; a listed word is not cut
    ("زنگ به‌خانه رسید. به محض ورود به خانه باران آمد.", "ورود به خانه باران"),
    ("این‌شبکه باز شد. کار این شبکه آغاز می‌شود.", "کار این شبکه"),
    ("گفت که ای پدر، خانه ای می‌خواهیم.", "که ای پدر، خانه‌ای"),
    ("شهر بی‌شهروند خاموش می‌شود.", "بی‌شهروند"),
    ("وفات حضرت ام‌البنین (س) است و آیین ها برپا می‌شود.", "حضرت ام‌البنین"),
    ("نشست درحاشیه نمایشگاه برپا شد.", "نشست در حاشیه"),
    ("این نشست باحضور استاندار برپا شد.", "با حضور استاندار"),
    ("دیداراست که مهم است.", "دیدار است"),
    # Hamza, quotes, figures, dashes
    ("جزییات ارایه نشد و مسوولان هیات رفتند.", "جزئیات ارائه نشد و مسئولان هیئت"),
    ("در ده ”کهن” ماند و به شهر “نو” رفت.", "ده «کهن» ماند و به شهر «نو» رفت"),
    ('نام باغ "سرو"(Sarv) است.', "«سرو» (Sarv)"),
    ("در این مدت37 نفر آمدند و تیم در رده ۴۵جهان و۲ ایران است.", "مدت ۳۷ نفر آمدند و تیم در رده ۴۵ جهان و ۲ ایران"),
    ("شاهین تهران- پولاد قم و مهر رشت - نفت سرخس", "تهران – پولاد قم و مهر رشت – نفت"),
    ("پنجشنبه ۶ مهر - 2023 September 28 - تهران", "– 2023 September 28 –"),
    # A full stop behind a short word, Latin signs behind brackets
    ("راه بسته شد.وی گفت باز می‌شود.", "شد. وی گفت"),
    ("(قم), (ری); (کرج)", "(قم)، (ری)؛ (کرج)"),
    # Spoken verbs, possessives, abbreviations
    ("گفت: «نمیدونم چی میشه ولی میگن خوبه.»", "نمی‌دونم چی می‌شه ولی می‌گن"),
    ("حرفهایم را زدم و خوابهایمان رفت.", "حرف‌هایم را زدم و خواب‌هایمان"),
    ("او به ام اس مبتلا شد و می گوید از ام اس نمی ترسد.", "به ام‌اس مبتلا"),
    # Old fonts show where a word ended
    ("ﺫﺍﺋﻘﻪﯼ ﻣﺎ", "ذائقه‌ی ما"),
]  # fmt: skip

LEFT = [
    # «می» the month, a name, wine
    "نشست سران در ۱۲ می در پاریس برگزار می‌شود.",
    "در ماه می سال گذشته کارخانه‌ها بسته شدند.",
    "ترزا می نخست‌وزیر پیشین بود.",
    "شاعر جام می و نوای نی را ستود.",
    # Names, offices, shares, abbreviations
    "تیم‌های آسیا به جام جهانی می‌روند و هیئت وزیران بودجه‌ها را می‌نویسد.",
    "نمادهای شبندر و شبریز رشد کردند و سهام‌ها سبز شدند.",
    "قوه قضائیه پرونده‌ها را می‌خواند.",
    "شرکت بی.بی.سی و سی.ان.ان و ب.ام.و",
    # Words that only look run together
    "باران و درمان و ورزش و وکیل و رادار و برادر و بندر",
    "ورامین و واتیکان و ازبکستان و درگزین",
    "آنکارا و اینترنت و آنتن و بنام و باشگاه و باریکه",
    "با پزشکتان و دوستشان و کارمان حرف بزنید؛ برنامه‌ها را بنویسید.",
    # Figures in names and words made of them
    "اف۳۵ و دهه۶۰ و ۱۰نفره و ۳بعدی و ۱۲مین",
    # What does something, and is no conjunction; a day, as it is written; whose, as the Academy has it
    "این که می‌بینی باغ من است و آن که می‌خندد برادرم.",
    "پنجشنبه کتاب‌ها را می‌خوانند و از گروهمان می‌گویند.",
    "بیخود از خود و برخورد باخود",
    # A line without dashes between words
    "علمی-پژوهشی و رضا- خبرنگار",
    'او گفت "سلام و رفت',
]


@pytest.mark.parametrize(("before", "holds"), MENDED)
def test_it_is_mended_by_its_kind(before: str, holds: str) -> None:
    after = orthography.repaired(before)

    assert holds in after
    assert orthography.repaired(after) == after


@pytest.mark.parametrize("text", LEFT)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert orthography.repaired(text) == text


def test_in_a_plain_style_habits_are_nobodys_business() -> None:
    plain = HouseStyle.plain()

    for habit in ("او بعنوان داور آمد و آنرا نوشت.", "نقش پدر در شکل گیری عادت‌ها را نمی‌توان ندید."):
        assert orthography.repaired(habit, plain) == habit


@pytest.mark.parametrize(
    "text",
    ["يطير فيها بجناح اخضر", "لم یلد و لم یولد", "انا لله و انا الیه راجعون"],
)
def test_arabic_is_known_by_its_words(text: str) -> None:
    assert list(arabic.spans(text)) == [(0, len(text))]


@pytest.mark.parametrize("text", ["توافق فی مابین ایران و عراق", "آیت الله العظمی کهن", "دیدار با هو و رفتن"])
def test_persian_with_an_arabic_word_is_persian(text: str) -> None:
    assert not list(arabic.spans(text))


def test_a_verse_of_arabic_stays_in_copy_typed_with_arabic_keys() -> None:
    typed = "او مي رفت و مي خواند:\nيطير فيها بجناح اخضر\nو مردم مي شنيدند."

    assert orthography.repaired(typed).split("\n")[1] == "يطير فيها بجناح اخضر"


def test_holy_words_are_not_cut() -> None:
    assert "علیها" in orthography.repaired("حضرت معصومه (سلام الله علیها) و زائران می آیند.")


def test_no_letter_is_lost_in_parting_and_only_be_gains_one() -> None:
    words = "زمانیکه آنرا رابرای وعدم درحاشیه باحضور"

    assert run_together.parted(words).replace(" ", "") == words.replace(" ", "")
    assert run_together.parted("بعنوان") == "به عنوان"
