"""Styled text: offsets as Telegram counts them, and the marks that keep lines from running the wrong way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.model import Entity
from bot.news.posts.direction import LRM, RLM, Lines, led, marked, right_to_left
from bot.news.posts.markup import (
    QUOTE,
    Span,
    Styled,
    entities,
    fitting,
    joined,
    styled,
    utf16_length,
    wrapped,
)
from tests.telegram_judge import judge

FAMILY = "👨\u200d👩\u200d👧"
FLAG = "🇮🇷"


def test_offsets_are_counted_in_utf16_units():
    post = joined(
        " ", (Styled(FLAG), styled("تیتر", "bold"), Styled(FAMILY), styled("پیوند", "text_link", "u"))
    )
    assert entities(post) == (
        Entity(type="bold", offset=5, length=4),
        Entity(type="text_link", offset=19, length=5, url="u"),
    )


def test_a_span_around_others_comes_before_them():
    quote = wrapped(joined("\n", (styled("میان‌تیتر", "bold"), Styled("متن 🔹"))), QUOTE)
    assert [(entity.type, entity.offset, entity.length) for entity in entities(quote)] == [
        (QUOTE, 0, 16),
        ("bold", 0, 9),
    ]


def test_a_part_keeps_what_lies_in_it_of_every_span():
    post = joined("", (Styled("ab"), styled("cdef", "bold"), Styled("gh")))
    assert post.part(1, 4) == Styled("bcd", (Span(1, 3, "bold"),))
    assert post.part(4, 8) == Styled("efgh", (Span(0, 2, "bold"),))
    assert post.part(6, 8) == Styled("gh")


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(0, 30))
def test_what_fits_is_as_much_as_possible(text, units):
    count = fitting(text, units)
    assert utf16_length(text[:count]) <= units
    assert count == len(text) or utf16_length(text[: count + 1]) > units


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fa", True), ("fa-IR", True), ("ar", True), ("ckb", True), ("he", True), ("en", False), ("tr", False)],
)
def test_languages_have_a_direction(language, expected):
    assert right_to_left(language) is expected


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("FATF و ایران", RLM + "FATF و ایران"),
        ("۱۴۰۵/۰۹/۰۱", RLM + "۱۴۰۵/۰۹/۰۱"),
        ("🔹 BRICS در سوچی", RLM + "🔹 BRICS در سوچی"),
        ("#news #خبر", RLM + "#news #خبر"),
        ("2026 سال سختی است", "2026 سال سختی است"),
        ("🔹 متن", "🔹 متن"),
        ("«نقل» کرد", "«نقل» کرد"),
        (RLM + "OPEC", RLM + "OPEC"),
        (LRM + "OPEC", LRM + "OPEC"),
        ("\u2067سلام\u2069 OPEC", RLM + "\u2067سلام\u2069 OPEC"),
        ("", ""),
    ],
)
def test_a_line_of_a_persian_post_that_would_jump_left_is_held(line, shown):
    assert marked(Styled(line), rtl=True).text == shown
    assert marked(Styled(f"سلام\n{line}\n\n{line}"), rtl=True).text == f"سلام\n{shown}\n\n{shown}"


@pytest.mark.parametrize(
    ("line", "shown"), [("سلام world", LRM + "سلام world"), ("Tehran", "Tehran"), ("2026", "2026")]
)
def test_an_english_post_is_held_only_where_it_would_jump_right(line, shown):
    assert marked(Styled(line), rtl=False).text == shown


def test_marks_move_spans_along_and_a_quote_takes_its_own_in():
    post = joined(
        "\n", (styled("OPEC", "bold"), wrapped(joined("\n", (styled("IAEA", "bold"), Styled("NPT"))), QUOTE))
    )
    held = marked(post, rtl=True)
    assert held.text == f"{RLM}OPEC\n{RLM}IAEA\n{RLM}NPT"
    assert held.spans == (Span(1, 5, "bold"), Span(6, 16, QUOTE), Span(7, 11, "bold"))
    assert judge(held.text, entities(held)) == (held.text, entities(held))


def test_a_part_that_begins_in_the_middle_of_a_line_is_held_too():
    assert led(Styled("OPEC\nIAEA", (Span(0, 9, QUOTE),)), rtl=True) == Styled(
        f"{RLM}OPEC\nIAEA", (Span(0, 10, QUOTE),)
    )


def test_only_what_would_run_the_wrong_way_strays():
    lines = Lines("سلام OPEC به\nIAEA", rtl=True)
    assert [lines.stray(at) for at in (0, 5, 10, 13)] == [False, True, False, True]
    assert not Lines(f"{RLM}OPEC", rtl=True).stray(0), "it has a mark"
