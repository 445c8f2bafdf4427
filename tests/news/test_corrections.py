"""The list of what was changed: exact, in words, and each can be taken back."""

from collections.abc import Collection, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.spelling import corrections, orthography
from bot.news.spelling.corrections import Correction, Kind
from bot.news.spelling.house_style import DEFAULT

ZWNJ = "\u200c"


def undone(before: str, after: str, found: Sequence[Correction], indexes: Collection[int]) -> str:
    """`after` with the corrections at `indexes` taken back: what a list of them must be able to do."""
    if not indexes:
        return after
    pieces: list[str] = []
    at = 0
    for index, correction in enumerate(found):
        if index not in indexes:
            pieces += [before[at : correction.start], correction.after]
            at = correction.end
    return "".join([*pieces, before[at:]])


@pytest.mark.parametrize(
    ("before", "listed"),
    [
        ("او ميرود که", [("ميرود", f"می{ZWNJ}رود", Kind.HALF_SPACE)]),
        ("كتاب را که", [("كتاب", "کتاب", Kind.LETTERS)]),
        ("ﻛﺘﺎﺏ را که", [("ﻛﺘﺎﺏ", "کتاب", Kind.LETTERS)]),
        ("خبـــر را که", [("خبـــر", "خبر", Kind.LETTERS)]),
        ("سال 1403 که", [("1403", "۱۴۰۳", Kind.DIGITS)]),
        ("رشد 2.5% که", [("2.5%", "۲٫۵٪", Kind.DIGITS)]),
        ("رشد %10 که", [("%10", "۱۰٪", Kind.DIGITS)]),
        ('او "بله" که', [('"بله"', "«بله»", Kind.QUOTES)]),
        ('او " بله " که', [('او " بله "', "او «بله»", Kind.QUOTES)]),
        ("او رفت... که", [("رفت...", "رفت…", Kind.PUNCTUATION)]),
        ("او رفت!! که", [("رفت!!", "رفت!", Kind.PUNCTUATION)]),
        ("تهران - قم که", [("تهران -", "تهران –", Kind.PUNCTUATION)]),
        ("او رفت ، که", [("رفت ،", "رفت،", Kind.SPACING)]),
        ("او رفت ،که آمد", [("رفت ،که", "رفت، که", Kind.SPACING)]),
        ("۲۰نفر که", [("۲۰نفر", "۲۰ نفر", Kind.SPACING)]),
        ("مسؤولان که", [("مسؤولان", "مسئولان", Kind.SPELLING)]),
        (f"آن{ZWNJ}ها که", [(f"آن{ZWNJ}ها", "آنها", Kind.HALF_SPACE)]),
        (
            "مسؤول ميرود که ۲۰نفر",
            [
                ("مسؤول", "مسئول", Kind.SPELLING),
                ("ميرود", f"می{ZWNJ}رود", Kind.HALF_SPACE),
                ("۲۰نفر", "۲۰ نفر", Kind.SPACING),
            ],
        ),
        ("همین که درست است", []),
    ],
)
def test_changes_are_listed_word_by_word(before: str, listed: list[tuple[str, str, Kind]]) -> None:
    found = corrections.between(before, orthography.repaired(before))

    assert [(one.before, one.after, one.kind) for one in found] == listed
    assert all(before[one.start : one.end] == one.before for one in found)


def test_a_correction_is_shown_in_its_line_with_whole_words_around_it() -> None:
    before = "سطر نخست بود\nوزیر نیرو دیروز در نشست با خبرنگاران كتاب تازه را به همه خبرنگاران نشان داد"

    (found,) = corrections.between(before, orthography.repaired(before))

    assert found.left == "در نشست با خبرنگاران "
    assert found.right == " تازه را به همه"


def test_one_correction_is_taken_back_and_the_others_stay() -> None:
    before = "كتاب را 20 بار خواند !"
    after = orthography.repaired(before)
    found = corrections.between(before, after)

    assert undone(before, after, found, {1}) == "کتاب را 20 بار خواند!"


def test_equal_corrections_are_one_group_with_its_number() -> None:
    before = "كتاب را كتاب خواند، ۲۰نفر كتاب"
    found = corrections.between(before, orthography.repaired(before))

    groups = corrections.grouped(found)

    assert [(group.before, group.after, group.count) for group in groups] == [
        ("كتاب", "کتاب", 3),
        ("۲۰نفر", "۲۰ نفر", 1),
    ]
    assert groups[0].indexes == (0, 1, 3)
    assert groups[0].context == ("", " را كتاب خواند، ۲۰نفر")


@pytest.mark.parametrize(
    "before", ["مسؤولان که آمدند", 'او گفت " بله " که', "رشد 2.5% که", "او رفت ،که آمد", "كتاب که"]
)
def test_what_shall_not_be_corrected_again_is_left_alone(before: str) -> None:
    (found,) = corrections.between(before, orthography.repaired(before))

    style = corrections.never_again(DEFAULT, found)

    assert orthography.repaired(before, style) == before
    assert orthography.repaired("مسؤول ، كیف 3 که", style) == "مسئول، کیف ۳ که"


def test_words_that_were_replaced_do_not_hide_what_follows() -> None:
    found = corrections.between("وزیر دیروز به شهر رفت و كتاب خرید", "وزیر امروز صبح به شهر رفت و کتاب خرید")

    assert [(one.before, one.after) for one in found] == [("دیروز", "امروز صبح"), ("كتاب", "کتاب")]


_WORDS = st.lists(
    st.sampled_from(
        [
            "كتاب",
            "او",
            "ميرود",
            " ",
            "  ",
            "\n",
            ",",
            "،",
            '"',
            "12.5%",
            "!!",
            f"آن{ZWNJ}ها",
            "a.ir",
            "-",
            "...",
            ZWNJ,
            "ـ",
            "۲۰نفر",
        ]
    ),
    max_size=30,
).map("".join)


@given(_WORDS, st.one_of(st.none(), _WORDS), st.sets(st.integers(0, 20)))
@settings(max_examples=120, deadline=None)
def test_taking_all_back_gives_the_copy_and_taking_none_back_the_repair(
    before: str, other: str | None, some: set[int]
) -> None:
    after = orthography.repaired(before) if other is None else other
    found = corrections.between(before, after)

    assert undone(before, after, found, range(len(found))) == before
    assert undone(before, after, found, ()) == after
    assert all(one.end <= two.start for one, two in pairwise(found))
    partly = undone(before, after, found, some)
    assert undone(before, partly, corrections.between(before, partly), ()) == partly


@pytest.mark.long
@pytest.mark.parametrize("line", ["كتاب را 20 بار خواند ! ", "كتاب", "- ", "!! ", f"آن{ZWNJ}ها "])
def test_a_long_text_is_compared_to_its_end(line: str) -> None:
    before = "این که " + line * 2000
    after = orthography.repaired(before)

    assert undone(before, after, corrections.between(before, after), ()) == after
