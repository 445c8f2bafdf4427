"""A long paste comes in parts and is one text again."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.structure import paste


def cut(text: str) -> list[str]:
    """A paste as Telegram's apps cut it; every character here is one UTF-16 unit."""
    parts = []
    while len(text) > paste.LONGEST:
        window = text[: paste.LONGEST]
        at = window.rfind("\n") if "\n" in window else window.rfind(" ")
        parts.append(window[:at] if at > 0 else window)
        text = text[at + 1 :] if at > 0 else text[paste.LONGEST :]
    return [part.strip() for part in [*parts, text]]


def together(parts: list[str]) -> str:
    whole = parts[0]
    for before, part in pairwise(parts):
        whole = paste.join(whole, part, last_part=before)
    return whole


@pytest.mark.parametrize(
    ("length", "seconds", "text", "rest"),
    [
        pytest.param(4000, 0.5, "ادامه", True, id="at-once"),
        pytest.param(3500, 2.0, "ادامه", True, id="just"),
        pytest.param(3499, 0.5, "خبر دیگر", False, id="short-part"),
        pytest.param(4096, 2.1, "خبر دیگر", False, id="later"),
        pytest.param(4096, 0.1, "", False, id="picture"),
    ],
)
def test_what_follows_a_long_part_at_once_is_its_rest(
    length: int, seconds: float, text: str, rest: bool
) -> None:
    assert paste.continues("ب" * length, seconds, text) is rest


def test_a_part_of_emoji_is_as_long_as_telegram_counts_it() -> None:
    assert paste.continues("😀" * 2000, 1, "ادامه")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\n".join(["خبر " * 50 + "پایان"] * 60), id="lines"),
        pytest.param("\n\n".join(["خبر " * 50 + "پایان"] * 60), id="blank-lines"),
        pytest.param(" ".join(["واژه"] * 4000), id="one-line"),
        pytest.param("ب" * 10_000, id="no-space"),
        pytest.param("کوتاه " * 600 + "پایان\n" + "دراز " * 700 + "پایان", id="one-break"),
    ],
)
def test_a_cut_paste_is_put_together_as_it_was(text: str) -> None:
    assert together(cut(text)) == text


@given(
    st.lists(st.tuples(st.integers(1, 900), st.sampled_from(["\n", "\n\n", " "])), min_size=5, max_size=25)
)
@settings(max_examples=60, deadline=None)
def test_no_word_is_lost_or_run_together(words: list[tuple[int, str]]) -> None:
    text = "".join("ب" * length + gap for length, gap in words).strip()

    assert re.split(r"\s+", together(cut(text))) == re.split(r"\s+", text)
