"""Half-spaces put back: what an editor sees before and after. All sentences here are our own."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.spelling.halfspace import restored, restored_with
from bot.news.spelling.halfspace.letters import NON_JOINING, words_of
from bot.news.spelling.halfspace.paste import refilled
from bot.news.spelling.halfspace.trees import said, total, tree_of
from bot.news.spelling.halfspace.trees import words_of as kept_words

ZWNJ = "\u200c"

GOOD = (
    "وزیر راه گفت خانه‌های نیمه‌کاره تا پایان سال تحویل می‌شوند و کارگران نمی‌توانند بیش از این صبر کنند.\n"
    "این برنامه‌ها در نشست‌های بین‌المللی هم بررسی شده‌اند و گفت‌وگو درباره آینده آنها ادامه دارد."
)


def _deleted(text: str) -> str:
    return text.replace(ZWNJ, "")


def _spaced(text: str) -> str:
    return text.replace(ZWNJ, " ")


def _letters(text: str) -> str:
    return re.sub(r"[\s\u200c]", "", text)


def test_deleted_half_spaces_come_back():
    assert restored(_deleted(GOOD)) == GOOD


def test_half_spaces_that_became_spaces_come_back():
    assert restored(_spaced(GOOD)) == GOOD


def test_a_paste_with_both_kinds_of_loss_is_mended():
    first, second = GOOD.split("\n")
    assert restored(f"{_deleted(first)}\n{_spaced(second)}") == GOOD


def test_clean_copy_stays_as_it_is():
    assert restored(GOOD) == GOOD


@pytest.mark.parametrize(
    "name",
    "دیمیتری شانگهای تنها بریکس انگلستان میلان میامی ژنرالها همدان بیروت نمایشگاه میرحسینی پکن ناتو بیتا کمیته".split(),
)
def test_no_name_or_simple_word_is_broken(name):
    sentence = f"خبرنگار ما میگوید کتابهای {name} را در خانهها نمیخوانند."
    after = restored(sentence)
    assert after.startswith("خبرنگار ما می‌گوید کتاب‌های ")
    if name != "ژنرالها":
        assert f" {name} " in after


def test_first_and_family_name_stay_apart_and_a_family_name_of_two_is_joined():
    copy = "علی محمدی گفت بچه ها به کلاس می روند و سعید علی حسینی هم می آید."
    assert restored(copy) == (
        "علی محمدی گفت بچه\u200cها به کلاس می\u200cروند و سعید علی\u200cحسینی هم می\u200cآید."
    )


def test_neighbours_decide_between_two_words_of_the_same_letters():
    assert "نام‌های" in restored("میگویند فهرست نامهای شهیدان را نمیخوانند")
    assert "نامه‌ای" in restored("میگویند او نامهای به شهردار نوشت و نمیخواهد برگردد")


@pytest.mark.parametrize(
    "kept",
    [
        "https://example.org/میشود/کتابها",
        "@کتابهای_خوب",
        "#کتابهای_خوب",
        "editor.میشود@example.org",
        "`کتابها = میشود`",
    ],
)
def test_addresses_handles_tags_and_code_are_left_alone(kept):
    after = restored(f"میگویند کتابها را نمیخوانند {kept} و نمیخواهند.")
    assert kept in after
    assert after.startswith("می‌گویند کتاب‌ها را نمی‌خوانند")


def test_arabic_with_its_vowels_and_other_languages_are_left_alone():
    quoted = "إِنَّ اللَّهَ مَعَ الصَّابِرِينَ"
    kurdish = "کوردستان ولاتێکی جوانه و خەڵکەکەی دەڵێن"
    assert quoted in restored(f"میگویند «{quoted}» را نمیخوانند")
    assert restored(kurdish) == kurdish
    assert restored("The team's plan, v2.0") == "The team's plan, v2.0"


def test_a_form_that_stands_elsewhere_in_the_paste_decides():
    text = "باشگاه آذرخش‌گستران می‌گوید برنامه‌های خود را می‌داند. هواداران آذرخشگستران هم آمده‌اند."
    assert restored(text) == text.replace("آذرخشگستران", "آذرخش‌گستران")


def test_the_house_settles_a_word():
    text = "کتابها را آنها نمیخوانند"
    assert restored_with(text, known={"آنها": "آن‌ها"}) == "کتاب‌ها را آن‌ها نمی‌خوانند"
    assert restored_with(text, known={"آنها": "آنها"}) == "کتاب‌ها را آنها نمی‌خوانند"
    assert restored_with(text, known=None) == restored(text)


def test_a_plural_that_stands_apart_after_a_letter_that_never_joins_is_joined():
    assert (
        restored("کشور های همسایه می گویند کتاب ها را نمی خوانند")
        == "کشورهای همسایه می‌گویند کتاب‌ها را نمی‌خوانند"
    )


def test_letters_written_on_arabic_keyboards_and_marks_stay():
    assert restored("ميگويند كتابهاي خوب را نميخوانند") == "مي‌گويند كتاب‌هاي خوب را نمي‌خوانند"
    assert restored("می‌گویند حتماً کتابِ خوبی است") == "می‌گویند حتماً کتابِ خوبی است"


@pytest.mark.long
def test_huge_and_odd_input_comes_through_with_nothing_lost():
    for text in (
        "",
        ZWNJ * 5000,
        "ها" * 5000,
        "می " * 20_000,
        "\ud800 میشود \udfff",
        "`" * 5000,
        "کتابها/" * 5000,
    ):
        assert _letters(restored(text)) == _letters(text)


_PIECES = st.sampled_from(
    "می نمی شود کتاب ها های ای خانه گفت وگو و بین المللی تر ترین اند کرده دانش آموز ان هم کار نامه حرف رئیس جمهور".split()
)
_COPY = st.lists(st.tuples(_PIECES, st.sampled_from(["", ZWNJ, " ", " ", "، ", "\n"])), max_size=25).map(
    lambda pairs: "".join(piece + gap for piece, gap in pairs)
)


@settings(max_examples=80, deadline=None)
@given(
    st.one_of(_COPY, st.text(max_size=60), st.text(alphabet="ابپهیوکگنم\u200c \u064b\u0640ۀأ", max_size=60))
)
def test_letters_never_change_and_a_second_time_changes_nothing(text):
    once = restored(text)
    assert _letters(once) == _letters(text)
    assert restored(once) == once
    assert unicodedata.normalize("NFC", _letters(once)) == unicodedata.normalize("NFC", _letters(text))


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "کتاب",
                    "های",
                    "می",
                    "کِتَ",
                    "کِت",
                    "پَر",
                    "بً",
                    "و",
                    "آ",
                    "گـپ",
                    "`الف",
                    "@ب",
                    "c",
                    "نامه\u200cای",
                ]
            ),
            st.sampled_from(["", ZWNJ, " ", " ", "\u00a0", " \u200c", "، ", "\n", "`"]),
        ),
        max_size=20,
    ).map(lambda pairs: "".join(word + gap for word, gap in pairs)),
    st.randoms(use_true_random=False),
)
def test_words_after_filling_are_those_that_reading_the_text_again_finds(text, random):
    words = words_of(text)
    empty = [
        (i, gap)
        for i, word in enumerate(words)
        for gap, letter in enumerate(word.letters[:-1])
        if gap not in word.kept and letter not in NON_JOINING
    ]
    gaps = {i: [gap] for i, gap in empty if random.random() < 0.2}
    spaces = {i for i, word in enumerate(words) if word.follows and random.random() < 0.4}
    after, found, _ = refilled(text, words, gaps, spaces)
    assert _letters(after) == _letters(text)
    assert [_place(word) for word in found] == [_place(word) for word in words_of(after)]


def test_words_that_become_quoted_arabic_when_joined_are_words_no_more():
    text = "و کِت پَر و"
    after, found, _ = refilled(text, words_of(text), {}, {1})
    assert after == "و کِت\u200cپَر و"
    assert [_place(word) for word in found] == [_place(word) for word in words_of(after)]


def _place(word):
    return word.start, word.end, word.letters, word.at, word.kept, word.follows


def test_a_form_mended_in_one_line_decides_for_the_same_word_in_another():
    text = "می گویند آن ها کتاب ها را نمی خوانند\nکتابها را می آورند"
    assert restored(text).endswith("کتاب‌ها را می‌آورند")


_BOTH_WAYS = (
    "آقای شمس لنگری دیروز گفت سیاستهای تازه را می پسندد و خانه های نیمهکاره تا پایان سال تحویل می شوند. "
    "کارگران نمیتوانند بیش از این صبر کنند، اما شمسلنگری آنها را دلگرم کرد."
)


def test_a_name_no_list_has_is_joined_where_mixed_copy_writes_it_in_two_ways():
    mended = restored(_BOTH_WAYS)
    assert mended.count("شمس\u200cلنگری") == 2
    assert restored(mended) == mended


def test_a_name_written_in_two_ways_is_left_where_copy_lost_half_spaces_in_one_way_only():
    deleted = (
        _BOTH_WAYS.replace("می پسندد", "میپسندد").replace("خانه های", "خانههای").replace("می شوند", "میشوند")
    )
    mended = restored(deleted)
    assert "شمس لنگری" in mended
    assert "شمسلنگری" in mended


def test_a_name_the_house_settled_stays_fused_though_mixed_copy_writes_it_in_two_ways():
    mended = restored_with(_BOTH_WAYS, known={"شمسلنگری": "شمسلنگری"})
    assert "شمسلنگری" in mended
    assert "شمس\u200cلنگری" not in mended


def test_a_verb_that_no_list_has_gets_its_half_space():
    assert (
        restored("گوسفندان در دشت میچرند و نمیخواهند برگردند") == "گوسفندان در دشت می‌چرند و نمی‌خواهند برگردند"
    )


def test_a_compound_is_joined_as_its_other_forms_are():
    text = "نماینده اصلاح طلبان می گوید برنامه ها آماده نمی شود"
    assert restored(text) == "نماینده اصلاح‌طلبان می‌گوید برنامه‌ها آماده نمی‌شود"


def test_one_gap_left_as_a_space_is_filled_among_others_that_were_deleted():
    text = "کارگران کتابخانه میگویند قفسه‌ها را که چیده بودند دوباره می چینند و خسته نمیشوند"
    assert restored(text) == text.replace("میگویند", "می‌گویند").replace("می چ", "می‌چ").replace("نمیش", "نمی‌ش")


def test_a_verb_after_a_loose_prefix_is_joined_in_a_line_that_kept_its_other_half_spaces():
    assert restored("خانه‌ها و کوچه‌های شهر را می کشیدند") == "خانه‌ها و کوچه‌های شهر را می‌کشیدند"


_TREES = st.recursive(
    st.integers(-900, 900).map(lambda n: n / 1000),
    lambda inner: st.tuples(st.integers(0, 2), st.integers(-50, 5000).map(lambda n: n / 4), inner, inner),
    max_leaves=12,
)


@settings(max_examples=50, deadline=None)
@given(_TREES, st.lists(st.integers(-20, 1500), min_size=3, max_size=3))
def test_a_tree_that_was_kept_says_the_same(tree, row):
    assert said(tree_of(iter(kept_words(tree))), row) == said(tree, row)


def test_trees_are_added_up_and_a_number_at_the_bound_goes_low():
    tree = (0, 2.0, -0.5, (1, 7.0, 0.25, 1.0))
    assert [said(tree, row) for row in ([2, 9], [3, 7], [3, 8])] == [-0.5, 0.25, 1.0]
    assert total([tree, tree, 0.5], [3, 8]) == 2.5
