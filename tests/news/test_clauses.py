"""Where a sentence may be cut."""

import pytest

from bot.news.grammar import clauses, verbs


def cuts(sentence: str) -> list[str]:
    tokens = clauses.tokens(sentence)
    return [sentence[: tokens.ends[stop]] for stop in clauses.read(tokens.words).stops]


@pytest.mark.parametrize(
    ("sentence", "cut"),
    [
        ("شهردار پل تازه را افتتاح کرد و خودروها از آن گذشتند.", "شهردار پل تازه را افتتاح کرد"),
        ("سد پر از آب شده است، اما کشاورزان هنوز نگران‌اند.", "سد پر از آب شده است"),
        ("قطار به‌موقع رسید؛ مسافران پیاده شدند.", "قطار به‌موقع رسید"),
        ("استاندار از ساخت سه مدرسه خبر داد و گفت: کار آغاز شد.", "استاندار از ساخت سه مدرسه خبر داد"),
        ("تیم شهر در گروه دوم قرار گرفت که دو حریف دیگر هم دارد.", "تیم شهر در گروه دوم قرار گرفت"),
        (
            "پزشکان می‌گویند نتیجه خوب بوده است زیرا بیماران به خانه رفته اند.",
            "پزشکان می‌گویند نتیجه خوب بوده است",
        ),
    ],
)
def test_a_sentence_may_end_with_a_main_verb_before_a_new_clause(sentence: str, cut: str) -> None:
    assert cut in cuts(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "کارگری که هر روز می‌آمد و ساعت‌ها کار می‌کرد، بیمار شد.",  # «که» waits for the main verb
        "اگر باران ببارد، رودخانه پر خواهد شد.",
        "وقتی قطار رسید و مسافران پیاده شدند، هوا تاریک بود.",
        "مدیر گفت که کتابخانه باز می‌ماند.",  # what is said is missing
        "قرار است که ساختمان تا پاییز آماده شود.",
        "باعث شد که راه بسته بماند.",
        "نخستین داوری بود که به شهر ما آمد.",
        "رفت و آمد در شهر آسان شد.",  # a pair, not two verbs
        "خرید و فروش در بازار آغاز شد.",
        "«باران آمد و سیل شد» نام کتاب تازه او است.",  # inside a quotation
        "تیم در حالی به میدان رفت که دو بازیکن نداشت.",
        "اگر قصد دارید در مسابقه کاری انجام دهید، باید تمرین کنید.",
        "چند کشور، از جمله ایران و عراق، به توافق رسیدند.",  # a comma alone ends nothing
    ],
)
def test_nothing_is_cut_that_waits_for_more(sentence: str) -> None:
    assert cuts(sentence) == []


def test_a_sentence_without_its_main_verb_is_not_whole() -> None:
    assert clauses.read(clauses.tokens("کتابخانه شهر دیروز باز شد.").words).whole
    assert not clauses.read(clauses.tokens("جایی که کودکان در آن بازی می‌کنند.").words).whole
    assert not clauses.read(clauses.tokens("برنامه هفته دوم: شهر و روستا، ساعت ۱۸.").words).whole


def test_a_circumstance_with_its_own_verb_can_go() -> None:
    words = clauses.tokens("در نشستی که دیروز برگزار شد، شهردار برنامه‌های سال آینده را گفت.").words
    begin = clauses.restart(words)

    assert begin is not None
    assert words[begin] == "شهردار"
    assert clauses.restart(clauses.tokens("شهردار که دیروز آمد، امروز رفت.").words) is None


@pytest.mark.parametrize(
    ("words", "said"), [("او گفت", True), ("وی خاطرنشان کرد", True), ("خانه را خراب کرد", False), ("", False)]
)
def test_verbs_of_saying_are_known(words: str, said: bool) -> None:
    assert verbs.says(words.split()) is said


@pytest.mark.parametrize("word", ["شکست", "خرید", "نشست", "نبرد", "پرداخت"])
def test_a_word_that_is_mostly_a_noun_ends_no_clause(word: str) -> None:
    assert not verbs.is_finite(["یک", word], 1)
    assert verbs.may_end(["آن", "را", "می‌خرند"])
