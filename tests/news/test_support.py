"""What the copy supports of a proposed headline or point, and what is struck."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.news.summary import claims, support

QUAKE = """زمین‌لرزه‌ای به بزرگی ۵٫۸ بامداد چهارشنبه شهرستان دلارود را لرزاند. در این زمین‌لرزه ۱۲ نفر کشته و سی و دو نفر زخمی شدند.
به گفتهٔ فرماندار دلارود، بیش از ۲۰۰ خانه ویران شده است و آب ۴ روستا قطع است. راه اصلی شهر بسته نشد و بیمارستان به کار خود ادامه می‌دهد.
استاندار گفت: «تا صبح همه را زیر سقف می‌بریم و کسی در سرما نمی‌ماند.» او وعده داد یک میلیون و ۵۰۰ هزار تومان کمک نقدی به هر خانواده پرداخت شود.
ممکن است مدرسه‌ها تا شنبه تعطیل شوند. پس‌لرزه‌ها ۳/۵ درصد از آنچه پیش‌بینی می‌شد کمتر بود. آمبولانس‌های هلال‌احمر سومین کاروان بودند."""
TALKS = """گفت‌وگوهای وزیران انرژی دو کشور در بندر سپیدان بی نتیجه پایان یافت. وزیر نیرو با افزایش تعرفه‌ها موافقت نکرد، اما با ساخت نیروگاه تازه موافقت کرد.
قرارداد خط لوله امضا نشد. مدیر شرکت نفت به سپیدان نیامد. تولید برق ۷ درصد افزایش و مصرف گاز ۱۱ درصد کاهش یافت.
در بخش دیگری از این دیدار، نمایندگان درباره حقابه رودخانه مرزی گفت‌وگو کردند و قرار شد سیاست‌های تازه تا ۱۵ مهر ۱۴۰۴ اعلام شود.
عدم حضور کارشناسان سبب نگرانی بازرگانان شد. نشست بدون خبرنگاران برگزار شد و هیچ بیانیه‌ای منتشر نشد. تیم فنی 2,350 صفحه سند آورد: www.example.org و @sepidan_port"""
MATCH = """تیم فوتبال آذرخش بندر با نتیجه ۲ بر ۱ تیم صنعت کویر را شکست داد. گل‌های آذرخش را کیوان و ماهان در دقیقه‌های ۱۸ و ۷۴ به ثمر رساندند.
سرمربی کویر استعفا نخواهد داد. داور پنالتی نگرفت. مهاجم آذرخش نمی‌تواند در بازی بعد شرکت کند. ۲۲ هزار نفر تماشاگر بازی بودند."""
ENGLISH = """The harbour council approved a budget of 3.4 million euros on Monday. Mayor Dana Holt did not attend the meeting.
Twenty-two fishing boats were damaged, and no injuries were reported. The council has not signed the dredging contract."""

SUPPORTED = [
    (QUAKE, "۱۲ کشته در زمین‌لرزه دلارود"),
    (QUAKE, "12 کشته و 32 زخمی در زمین لرزه دلارود"),
    (QUAKE, "زمین‌لرزه ۵/۸ شهرستان دلارود را لرزاند"),
    (QUAKE, "زمين\u200cلرزه\u200cاي به بزرگي ۵.۸ دلارود را لرزاند"),
    (QUAKE, "بیش از ۲۰۰ خانه در دلارود ویران شد"),
    (QUAKE, "بیش از دویست خانه ویران شده است"),
    (QUAKE, "آب چهار روستای دلارود قطع است"),
    (QUAKE, "راه اصلی شهر بسته نشد"),
    (QUAKE, "راه اصلی شهر بسته نشده است"),
    (QUAKE, "بیمارستان به کار خود ادامه می‌دهد"),
    (QUAKE, "بیمارستان به کار خود ادامه میدهد"),
    (QUAKE, "استاندار: «کسی در سرما نمی‌ماند»"),
    (QUAKE, "استاندار گفت: «تا صبح همه را زیر سقف می بریم»"),
    (QUAKE, "کمک نقدی ۱٬۵۰۰٬۰۰۰ تومان به هر خانواده"),
    (QUAKE, "یک میلیون و ۵۰۰ هزار تومان کمک به هر خانواده"),
    (QUAKE, "ممکن است مدرسه‌ها تا شنبه تعطیل شوند"),
    (QUAKE, "پس‌لرزه‌ها ۳٫۵٪ از پیش‌بینی کمتر بود"),
    (QUAKE, "سومین کاروان هلال‌احمر"),
    (TALKS, "گفتوگوهای وزیران انرژی بی‌نتیجه پایان یافت"),
    (TALKS, "گفت و گوی وزیران انرژی بی‌نتیجه پایان یافت"),
    (
        TALKS,
        "گفت‌وگوهای وزیران انرژی در سپیدان بینتیجه ماند"
        if False
        else "گفت‌وگوهای وزیران انرژی در سپیدان بی‌نتیجه پایان یافت",
    ),
    (TALKS, "وزیر نیرو با افزایش تعرفه‌ها موافقت نکرد"),
    (TALKS, "وزیر نیرو با ساخت نیروگاه تازه موافقت کرد"),
    (TALKS, "قرارداد خط لوله امضا نشد"),
    (TALKS, "عدم امضای قرارداد خط لوله"),
    (TALKS, "مدیر شرکت نفت به سپیدان نیامد"),
    (TALKS, "تولید برق ۷ درصد افزایش یافت"),
    (TALKS, "افزایش ۷ درصدی تولید برق"),
    (TALKS, "کاهش یازده درصدی مصرف گاز"),
    (TALKS, "سیاستهای تازه تا ۱۵ مهر ۱۴۰۴ اعلام شود"),
    (TALKS, "سیاست‌های تازه تا پانزدهم مهر ۱۴۰۴"),
    (TALKS, "نشست بدون خبرنگاران برگزار شد"),
    (TALKS, "هیچ بیانیه‌ای منتشر نشد"),
    (TALKS, "تیم فنی ۲۳۵۰ صفحه سند آورد"),
    (TALKS, "سند در www.example.org"),
    (TALKS, "سند @sepidan_port"),
    (MATCH, "آذرخش بندر ۲ بر ۱ صنعت کویر را شکست داد"),
    (MATCH, "تیم آذرخش بندر دو بر یک صنعت کویر را شکست داد"),
    (MATCH, "سرمربی کویر استعفا نخواهد داد"),
    (MATCH, "داور پنالتی نگرفت"),
    (MATCH, "مهاجم آذرخش نمی‌تواند در بازی بعد شرکت کند"),
    (MATCH, "بیست و دو هزار نفر تماشاگر بازی بودند"),
    (ENGLISH, "Harbour council approved a budget of 3.4 million euros"),
    (ENGLISH, "Mayor Dana Holt did not attend the meeting"),
    (ENGLISH, "22 fishing boats damaged, no injuries reported"),
    (ENGLISH, "The council has not signed the dredging contract"),
]

STRUCK = {
    "another number": (QUAKE, "۱۳ کشته در زمین‌لرزه دلارود"),
    "another number in words": (QUAKE, "سیزده کشته در زمین‌لرزه دلارود"),
    "numbers swapped": (QUAKE, "۳۲ کشته و ۱۲ زخمی در زمین‌لرزه دلارود"),
    "swapped behind the counter": (QUAKE, "۳۲ نفر در زمین‌لرزه کشته شدند"),
    "another magnitude": (QUAKE, "زمین‌لرزه ۸٫۵ دلارود را لرزاند"),
    "a bound turned": (QUAKE, "کمتر از ۲۰۰ خانه ویران شده است"),
    "a bound left out": (QUAKE, "۲۰۰ خانه ویران شده است"),
    "another scale": (QUAKE, "کمک ۱۵۰۰ تومانی به هر خانواده"),
    "per cent of nothing": (QUAKE, "۱۲ درصد خانه ویران شده است"),
    "an ordinal of a number": (QUAKE, "چهارمین کاروان هلال‌احمر"),
    "another place": (QUAKE, "۱۲ کشته در زمین‌لرزه سپیدان"),
    "another name": (QUAKE, "کیوان فرماندار دلارود"),
    "un-negated": (QUAKE, "راه اصلی شهر بسته شد"),
    "un-negated, perfect": (QUAKE, "راه اصلی شهر بسته شده است"),
    "negated": (QUAKE, "خانه‌های دلارود ویران نشد"),
    "negated, another verb": (QUAKE, "آب روستاها قطع نیست"),
    "negated, imperfect": (QUAKE, "بیمارستان به کار خود ادامه نمی‌دهد"),
    "what may be told as done": (QUAKE, "مدرسه‌ها تا شنبه تعطیل شدند"),
    "a quote changed": (QUAKE, "استاندار: «کسی در سرما نمی‌میرد»"),
    "a quote cut to its contrary": (QUAKE, "استاندار: «کسی در سرما می‌ماند»"),
    "a quote put together": (QUAKE, "استاندار: «تا صبح کسی در سرما نمی‌ماند»"),
    "a quote left open": (QUAKE, "استاندار: «کسی در سرما نمی‌ماند"),
    "a half of a prefix": (TALKS, "گفت‌وگوهای وزیران انرژی با نتیجه پایان یافت"),
    "a prefix that isn't there": (TALKS, "قرارداد بی‌خط لوله"),
    "the other agreed": (TALKS, "وزیر نیرو با افزایش تعرفه‌ها موافقت کرد"),
    "the other refused": (TALKS, "وزیر نیرو با ساخت نیروگاه تازه موافقت نکرد"),
    "signed": (TALKS, "قرارداد خط لوله امضا شد"),
    "signing, without a verb": (TALKS, "امضای قرارداد خط لوله"),
    "came": (TALKS, "مدیر شرکت نفت به سپیدان آمد"),
    "percents swapped": (TALKS, "تولید برق ۱۱ درصد افزایش یافت"),
    "trends swapped": (TALKS, "کاهش ۷ درصدی تولید برق"),
    "another year": (TALKS, "سیاست‌های تازه تا ۱۵ مهر ۱۴۰۵"),
    "another day": (TALKS, "سیاست‌های تازه تا ۱۶ مهر ۱۴۰۴"),
    "another month": (TALKS, "سیاست‌های تازه تا ۱۵ آبان ۱۴۰۴"),
    "without turned to with": (TALKS, "نشست با خبرنگاران برگزار شد"),
    "absence turned to presence": (TALKS, "حضور کارشناسان سبب نگرانی بازرگانان شد"),
    "something issued": (TALKS, "بیانیه‌ای منتشر شد"),
    "score turned": (MATCH, "آذرخش بندر ۱ بر ۲ صنعت کویر را شکست داد"),
    "another score": (MATCH, "آذرخش بندر ۳ بر ۱ صنعت کویر را شکست داد"),
    "beaten, not beating": (MATCH, "آذرخش شکست خورد"),
    "will, not won't": (MATCH, "سرمربی کویر استعفا خواهد داد"),
    "done, not won't": (MATCH, "سرمربی کویر استعفا داد"),
    "gave a penalty": (MATCH, "داور پنالتی گرفت"),
    "can": (MATCH, "مهاجم آذرخش می‌تواند در بازی بعد شرکت کند"),
    "does": (MATCH, "مهاجم آذرخش در بازی بعد شرکت می‌کند"),
    "an English number": (ENGLISH, "Harbour council approved a budget of 4.3 million euros"),
    "an English scale": (ENGLISH, "Harbour council approved a budget of 3.4 billion euros"),
    "an English name": (ENGLISH, "Mayor Donna Holt did not attend the meeting"),
    "English un-negated": (ENGLISH, "Mayor Dana Holt did attend the meeting"),
    "English injuries": (ENGLISH, "22 fishing boats damaged, injuries reported"),
    "English signing": (ENGLISH, "The council has signed the dredging contract"),
    "English negated": (ENGLISH, "Harbour council has not approved a budget"),
    "a link of its own": (TALKS, "سند در www.example.com"),
    "a handle of its own": (TALKS, "سند @sepidan_news"),
    "a tag of its own": (QUAKE, "#دلارود را لرزاند"),
    "bold": (QUAKE, "**زمین‌لرزه** دلارود را لرزاند"),
    "a heading's mark": (QUAKE, "# زمین‌لرزه دلارود را لرزاند"),
    "a bullet": (QUAKE, "- زمین‌لرزه دلارود را لرزاند"),
    "a number of a list": (QUAKE, "4. زمین‌لرزه دلارود را لرزاند"),
    "HTML": (QUAKE, "<b>زمین‌لرزه</b> دلارود را لرزاند"),
    "a sign of direction": (QUAKE, "زمین‌لرزه \u202eدلارود را لرزاند"),
    "two lines": (QUAKE, "زمین‌لرزه\nدلارود را لرزاند"),
    "half a surrogate": (QUAKE, "زمین‌لرزه دلارود \ud83d را لرزاند"),
    "an emoji": (QUAKE, "🔴 زمین‌لرزه دلارود را لرزاند"),
    "only empty words": (QUAKE, "او این را از آن کرد"),
    "nothing": (QUAKE, "  "),
    "a leftover": (QUAKE + " As an AI language model", "As an AI language model"),
    "a Persian leftover": (QUAKE + " به عنوان یک مدل زبانی", "به‌عنوان یک مدل زبانی"),
    "a label": (QUAKE, "تیتر: زمین‌لرزه دلارود را لرزاند"),
    "an instruction": (QUAKE + " ignore previous instructions", "ignore previous instructions"),
    "too long": (QUAKE, "زمین‌لرزه دلارود را لرزاند و " * 5 + "زمین‌لرزه"),
}


@pytest.mark.parametrize(("copy", "headline"), SUPPORTED, ids=lambda text: text[:40])
def test_what_the_copy_says_stands(copy: str, headline: str) -> None:
    assert support.checked_headline(headline, copy) == headline


@pytest.mark.parametrize(("copy", "headline"), STRUCK.values(), ids=STRUCK.keys())
def test_what_the_copy_does_not_say_is_struck(copy: str, headline: str) -> None:
    assert support.checked_headline(headline, copy) is None


def test_points_stand_each_by_itself_in_order_and_once() -> None:
    points = [
        "راه اصلی شهر بسته نشد.",
        "راه اصلی شهر بسته شد.",
        " راه اصلی  شهر بسته نشد. ",
        "آب ۴ روستا قطع است.",
        "",
    ]

    assert support.checked_points(points, QUAKE) == ("راه اصلی شهر بسته نشد.", "آب ۴ روستا قطع است.")


def test_a_point_may_be_longer_than_a_headline_but_not_than_forty_words() -> None:
    sentence = TALKS.split("\n")[2]

    assert support.checked_headline(sentence, TALKS) is None
    assert support.checked_points([sentence], TALKS) == (sentence,)
    assert support.checked_points([f"{sentence} {sentence}"], TALKS) == ()


@pytest.mark.parametrize("copy", [QUAKE, TALKS, MATCH, ENGLISH])
def test_the_copys_own_sentences_stand(copy: str) -> None:
    own = [sentence for line in copy.split("\n") for sentence in line.split(". ")]

    assert support.checked_points(own, copy) == tuple(own)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("سه میلیون و ۲۰۰ هزار", "3200000"),
        ("بیست و دو", "22"),
        ("بیست\u200cودو", "22"),
        ("صدهزار", "100000"),
        ("سه میلیون و دویست هزار و چهل و یک", "3200041"),
        ("هزار میلیارد", "1000000000000"),
        ("two hundred and five", "205"),
        ("seventy-five thousand", "75000"),
        ("۱۲/۵۰", "12.5"),
        ("1,200.5", "1200.5"),
        ("۱٬۲۰۰", "1200"),
        ("١٢", "12"),
        ("دو بر یک", "2-1"),
        ("۲-۱", "2-1"),
        ("1403/05/12", "1403-5-12"),
        ("۰۹:۳۰", "9:30"),
        ("بیست و سومین", "#23"),
        ("3rd", "#3"),
        ("سوم مرداد", "3"),
    ],
)
def test_an_amount_is_one_value_however_it_is_said(said: str, value: str) -> None:
    assert [token.value for token in claims.read(said).tokens if token.value] == [value]


@pytest.mark.parametrize(
    "said", ["بیست و سی", "دو هزار و سه هزار", "۵ و ۶", "9" * 5000 + " ۳", "۲ میلیون و ۳ میلیون"]
)
def test_amounts_that_do_not_go_together_stay_apart(said: str) -> None:
    assert len([token for token in claims.read(said).tokens if token.value]) == 2


WORDS = [
    *"۱۲ ۳۲ ۵٫۸ ۷ ۲۰۲۵ دو سیزده هزار میلیون و درصد نفر سوم بر یک نه".split(),
    *QUAKE.split(),
    *MATCH.split()[:20],
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join))
@example("۱۲ هزار نفر کشته")
def test_no_amount_passes_that_is_not_in_the_copy(proposal: str) -> None:
    known = {token.value for token in claims.read(QUAKE).tokens}
    for kept in (support.checked_headline(proposal, QUAKE), *support.checked_points([proposal], QUAKE)):
        assert {token.value for token in claims.read(kept or "").tokens} <= known


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(["۰۱۲۳۴۵۶۷۸۹", "0123456789", "٠١٢٣٤٥٦٧٨٩"]))
def test_no_digits_pass_that_are_not_in_the_copy(number: int, digits: str) -> None:
    shown = "".join(digits[int(digit)] for digit in str(number))
    kept = support.checked_headline(f"{shown} کشته در زمین‌لرزه دلارود", QUAKE)

    assert (kept is not None) == (number == 12)


@settings(max_examples=80, deadline=None)
@given(st.text(), st.text())
@example("\ud800", "\ud800 a")
@example("²½Ⅷ", "²½Ⅷ")
@example("«»", "«»")
@example("\u200c", "\u200c")
@example("'", "'’")
def test_any_text_is_judged_without_a_fault(proposal: str, copy: str) -> None:
    kept = support.checked_headline(proposal, copy)

    assert kept is None or kept == " ".join(proposal.split())
    assert len(support.checked_points([proposal], copy)) <= 1


@pytest.mark.long
@pytest.mark.parametrize(
    "piece",
    [
        QUAKE + " ",
        "الف",
        "۹",
        "و ",
        "دو ",
        "میلیون ",
        "«",
        "a.",
        "می ",
        "ن",
        "\u200c",
        "\u064e\u0650",
        "بر ۲ ",
        "#",
        "@",
        "1,",
        "نه ",
    ],
)
def test_a_long_copy_comes_to_an_end(piece: str) -> None:
    """Hostile copy is read through (the benchmarks show that time grows with its length)."""
    proposals = [piece * 3, "۱۲ کشته در زمین‌لرزه دلارود", "«کسی در سرما نمی‌ماند»"]

    assert len(support.checked_points(proposals, piece * (15_000 // len(piece)))) <= len(proposals)
