"""Lists page by page: nothing is unreachable, nothing twice, and titles end with a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.posts.for_staff import shortened
from bot.words import words
from handlers.paging import page_of, turning


@given(st.integers(0, 500), st.integers(1, 30))
def test_every_thing_is_on_one_page(count: int, size: int) -> None:
    first = page_of(0, count, size)
    pages = [page_of(number, count, size) for number in range(first.pages)]
    shown = [thing for page in pages for thing in range(page.skip, min(page.skip + size, count))]

    assert shown == list(range(count))


@given(st.integers(-(2**40), 2**40), st.integers(0, 500))
def test_a_page_that_is_not_there_is_the_nearest_one(number: int, count: int) -> None:
    page = page_of(number, count)

    assert 0 <= page.number < page.pages
    assert page.skip == 0 or page.skip < count


def test_the_row_says_where_one_is_and_is_read_from_the_right_in_persian() -> None:
    [row] = turning(words("fa"), page_of(1, 20), "story.drafts")
    assert [each["text"] for each in row] == ["بعدی ←", "۲ از ۳", "→ قبلی"]
    assert [each["callback_data"] for each in row] == ["story.drafts:2", "story.drafts:1", "story.drafts:0"]

    [row] = turning(words("en"), page_of(0, 20), "story.drafts", "x")
    assert [each["text"] for each in row] == ["1 of 3", "Next →"]
    assert turning(words("en"), page_of(0, 8), "story.drafts") == []


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید", 50, "شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید"),
        ("شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید", 20, "شهرداری سپیدکوه ۲۰…"),
        ("شهرداری سپیدکوه، ۲۰ اتوبوس", 19, "شهرداری سپیدکوه…"),
        ("one\n  two", 9, "one two"),
        ("x" * 60, 10, "x" * 9 + "…"),
        ("", 10, ""),
    ],
)
def test_a_title_is_cut_behind_a_word(text: str, most: int, shown: str) -> None:
    assert shortened(text, most) == shown


@given(st.text(), st.integers(2, 80))
def test_a_cut_title_is_short_and_says_that_it_is_cut(text: str, most: int) -> None:
    shown = shortened(text, most)

    assert len(shown) <= most
    assert shown == " ".join(text.split()) or shown.endswith("…")
