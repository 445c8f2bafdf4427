"""How Telegram's apps cut a long paste."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.simulator.split import LONGEST, cut


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_a_text_that_fits_is_one_message_without_its_blank_ends() -> None:
    assert cut("  سلام\nدنیا \n") == ["سلام\nدنیا"]


def test_nothing_is_sent_for_blanks() -> None:
    assert cut(" \n ") == []


def test_the_last_newline_wins_over_a_later_space() -> None:
    text = "الف " * 500 + "\n" + "ب " * 2500

    first, *rest = cut(text)

    assert first == ("الف " * 500).strip()
    assert all(units(part) <= LONGEST for part in rest)


def test_without_newline_the_last_space_is_the_place() -> None:
    parts = cut("واژه " * 2000)

    assert all(part.startswith("واژه") and part.endswith("واژه") for part in parts)
    assert units(parts[0]) > LONGEST - 6


def test_without_any_space_it_is_cut_hard() -> None:
    assert [len(part) for part in cut("ا" * 9000)] == [4096, 4096, 808]


def test_a_space_right_behind_the_window_costs_no_word() -> None:
    assert cut("ا" * 4096 + " " + "ب") == ["ا" * 4096, "ب"]


def test_an_emoji_is_never_cut_in_two_and_counts_double() -> None:
    parts = cut("😀" * 3000)

    assert "".join(parts) == "😀" * 3000
    assert len(parts[0]) == 2048


@given(st.text(alphabet=st.sampled_from("اب\u200c😀 \n\t"), max_size=120), st.integers(2, 20))
@example("اا ب", 2)
@settings(max_examples=150)
def test_parts_fit_and_lose_no_character_but_blanks(text: str, longest: int) -> None:
    parts = cut(text, longest)

    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(0 < units(part) <= longest and part == part.strip() for part in parts)
