"""The word diff: it says exactly what has changed, can be read, and takes no time on any text."""

import time
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.posts.difference import Kind, Step, changed_lines, shown, steps
from bot.news.posts.markup import Styled, entities
from tests.telegram_judge import judge

WORDS = st.sampled_from(
    ["شورا", "می‌رود", "و", "،", ".", "\n", "\n\n", " ", "BRICS", "۱۲", "«", "»", "👨‍👩‍👧", "گُل"]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=80).map(" ".join))
LONG = " ".join(f"واژه{number % 70} از بند {number}" for number in range(3000))


def applied(found: Iterable[Step]) -> str:
    """The new text."""
    return "".join(step.text for step in found if step.kind is not Kind.OUT)


def undone(found: Iterable[Step]) -> str:
    """The old text."""
    return "".join(step.text for step in found if step.kind is not Kind.IN)


def marked(was: str, now: str) -> str:
    """The diff with signs for its styles."""
    told = shown(steps(was, now))
    text = told.text
    for start, end, style, _ in sorted(told.spans, reverse=True):
        left, right = {"strikethrough": ("[-", "-]"), "bold": ("{+", "+}")}.get(style, ("", ""))
        text = text[:start] + left + text[start:end] + right + text[end:]
    return text


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("شورا روز جمعه رأی می‌دهد", "شورا روز شنبه رأی می‌دهد", "شورا روز [-جمعه-] {+شنبه+} رأی می‌دهد"),
        ("شورا رأی داد", "شورا امروز رأی داد", "شورا {+امروز+} رأی داد"),
        ("شورا امروز رأی داد", "شورا رأی داد", "شورا [-امروز-] رأی داد"),
        ("۱۲ نفر", "۲۱ نفر", "[-۱۲-] {+۲۱+} نفر"),
        ("الف و ب", "پ و ت", "[-الف و ب-] {+پ و ت+}"),
        ("یک\nدو", "یک\nدو\nسه", "یک\nدو\n{+سه+}"),
        ("", "همه", "{+همه+}"),
        ("همه", "", "[-همه-]"),
        ("همه", "همه", "همه"),
    ],
)
def test_a_change_is_told_as_a_person_would_mark_it(was: str, now: str, told: str) -> None:
    assert marked(was, now) == told


@pytest.mark.parametrize(("was", "now"), [("۴٫۸", "۴٫۹"), ("12,500", "12,700"), ("۱۰:۰۵", "۱۰:۱۵")])
def test_a_number_changes_as_a_whole(was: str, now: str) -> None:
    found = steps(f"شمار آن {was} بود و ماند", f"شمار آن {now} بود و ماند")

    assert [step.text.strip() for step in found if step.kind is not Kind.SAME] == [was, now]


def test_a_long_stretch_without_a_change_is_shortened() -> None:
    same = " ".join(f"کلمه{number}" for number in range(100))
    told = marked(f"{same} جمعه {same}", f"{same} شنبه {same}")

    assert "[-جمعه-] {+شنبه+}" in told
    assert told.startswith("… ")
    assert told.endswith(" … ")
    assert len(told) < 200


@settings(deadline=None, max_examples=400)
@given(TEXTS, TEXTS)
def test_a_diff_holds_both_texts_and_nothing_else(was: str, now: str) -> None:
    found = steps(was, now)

    assert applied(found) == now
    assert undone(found) == was
    assert all(step.text for step in found)
    assert all(one.kind is not other.kind for one, other in pairwise(found))


@pytest.mark.long
@settings(deadline=None, max_examples=12)
@given(st.integers(0, 2999), st.integers(0, 2999), TEXTS)
def test_so_it_is_with_long_texts(first: int, second: int, put: str) -> None:
    words = LONG.split(" ")
    start, end = sorted((first, second))
    now = " ".join([*words[:start], put, *words[end:]])
    found = steps(LONG, now)

    assert (undone(found), applied(found)) == (LONG, now)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("واژه " * 40_000, "واژه " * 39_000),
        ("الف ب " * 20_000, "ب الف " * 20_000),
        ("\n".join(map(str, range(30_000))), "\n".join(map(str, reversed(range(30_000))))),
        ("خط\n" * 60_000, "خط خط\n" * 30_000),
        (LONG * 4, " ".join(reversed((LONG * 4).split(" ")))),
    ],
)
def test_no_text_takes_long(was: str, now: str) -> None:
    began = time.process_time()
    found = steps(was[:200_000], now[:200_000])

    assert time.process_time() - began < 5
    assert applied(found) == now[:200_000]


@settings(deadline=None, max_examples=100)
@given(st.lists(WORDS, max_size=30).map(" ".join), st.lists(WORDS, max_size=30).map(" ".join))
def test_telegram_takes_what_is_shown(was: str, now: str) -> None:
    told = shown(steps(was.strip(), now.strip()))
    if not told.text.strip():
        return
    body = Styled(
        "تغییرها:\n" + told.text.rstrip(),
        tuple(span._replace(start=span.start + 9, end=span.end + 9) for span in told.spans),
    )
    kept, _ = judge(body.text, entities(body))
    assert kept.replace("\n", " ").split() == body.text.replace("\n", " ").split()


def test_blanks_alone_are_no_words_struck_out() -> None:
    told = shown((Step(Kind.SAME, "یک"), Step(Kind.OUT, " "), Step(Kind.IN, "\n"), Step(Kind.SAME, "دو")))

    assert (told.text, told.spans) == ("یک\nدو", ())
    assert applied(steps("یک دو", "یک\nدو")) == "یک\nدو"


LINES = st.lists(st.sampled_from(["الف", "ب", "پ", "", " ", "الف "]), max_size=30)


@given(old=LINES, new=LINES)
def test_lines_outside_what_has_changed_are_the_same(old: list[str], new: list[str]) -> None:
    made, at = list[str](), 0
    for i, j, k, m in changed_lines(old, new):
        made += [*old[at:i], *new[k:m]]
        at = j
    assert made + old[at:] == new


def test_a_post_of_equal_lines_holds_nobody_up() -> None:
    """Comparing each with each would take minutes."""
    old = ["سطر"] * 16_000
    began = time.process_time()
    found = list(changed_lines(old, ["نخست", *old[2:], "پایان"]))
    assert time.process_time() - began < 2
    assert found == [(0, 16_000, 0, 16_000)]
