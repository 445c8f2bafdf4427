"""Long texts in parts: where they are cut, and that nothing but blanks is lost there."""

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.posts.direction import RLM
from bot.news.posts.markup import QUOTE, Span, Styled, joined, styled, utf16_length, wrapped
from bot.news.posts.splitting import CAPTION, MESSAGE, split
from tests.telegram_judge import automatic

FAMILY = "👨\u200d👩\u200d👧"
SENTENCE = "نمایندگان دو کشور در نشست امروز دربارهٔ مرزها گفت‌وگو کردند."


def paragraph(length, letter="ب"):
    return letter * length


def texts(*parts):
    return [part.text for part in parts]


@pytest.mark.parametrize("text", [paragraph(MESSAGE), "🔹" * (MESSAGE // 2), "سلام"])
def test_what_fits_is_one_message(text):
    assert split(Styled(text), rtl=True) == (Styled(text),)


@pytest.mark.parametrize("text", [paragraph(MESSAGE + 1), "🔹" * (MESSAGE // 2 + 1)])
def test_one_character_more_makes_two(text):
    parts = split(Styled(text), rtl=True)
    assert utf16_length(parts[0].text) == MESSAGE
    assert "".join(texts(*parts)).replace(RLM, "") == text


def test_nothing_is_no_message():
    assert split(Styled(""), rtl=True) == ()


def test_a_paragraph_that_fits_into_the_next_message_stays_whole():
    whole = Styled("\n\n".join((paragraph(3000), paragraph(900, "پ"), paragraph(900, "ت"))))
    assert texts(*split(whole, rtl=True)) == [
        f"{paragraph(3000)}\n\n{paragraph(900, 'پ')}",
        paragraph(900, "ت"),
    ]


def test_blank_lines_are_better_places_than_lines():
    lines = "\n".join(["یک خط کوتاه از فهرست"] * 20)
    whole = Styled(f"{paragraph(3000)}\n\n{lines}\n\n{lines}\n\n{lines}")
    first, second = texts(*split(whole, rtl=True))
    assert first == f"{paragraph(3000)}\n\n{lines}\n\n{lines}"
    assert second == lines


@pytest.mark.parametrize("mark", [".", "!", "?", "؟", "…", "؛", ".»", '."'])
def test_a_paragraph_longer_than_a_message_is_cut_after_a_sentence(mark):
    sentence = f"{'کلمه ' * 40}پایان{mark}"
    parts = texts(*split(Styled(" ".join([sentence] * 40)), rtl=True))
    assert len(parts) > 1
    assert all(part.endswith(f"پایان{mark}") and part.startswith("کلمه") for part in parts)


def test_a_sentence_longer_than_a_message_is_cut_between_words():
    parts = texts(*split(Styled("می\u200cنویسیم " * 900 + "پایان"), rtl=True))
    assert [word for part in parts for word in part.split()] == ["می\u200cنویسیم"] * 900 + ["پایان"]


@pytest.mark.parametrize("cluster", [FAMILY, "🇮🇷", "خَّ", "e\u0301\u0302", "👍🏽"])
def test_a_word_longer_than_a_message_is_cut_between_graphemes(cluster):
    text = "ا" + cluster * 3000
    parts = [part.removeprefix(RLM) for part in texts(*split(Styled(text), rtl=True))]
    assert "".join(parts) == text
    assert [shown for part in parts for shown in regex.findall(r"\X", part)] == regex.findall(r"\X", text)


@pytest.mark.parametrize("text", ["👩\u200d" * 4000, "ا" + "\u0301" * 9000])
def test_a_grapheme_longer_than_a_message_is_cut_hard(text):
    parts = split(Styled(text), rtl=True)
    assert "".join(texts(*parts)).replace(RLM, "") == text
    assert all(0 < utf16_length(part.text) <= MESSAGE for part in parts)


def test_an_accent_keeps_the_blank_that_it_sits_on():
    whole = Styled("ا" * 4000 + " ب" + " \u0301" * 100)
    first, second = texts(*split(whole, rtl=True))
    assert first == "ا" * 4000
    assert second == "ب" + " \u0301" * 100


def test_a_span_that_fits_into_a_message_is_never_cut():
    link = styled("عنوان خبر. " * 220 + "پایان", "text_link", "https://example.com/")
    first, second = split(joined(" ", (Styled("واژه " * 500 + "آخر"), link)), rtl=True)
    assert first == Styled("واژه " * 500 + "آخر")
    assert second == link


def test_a_part_that_begins_with_latin_is_held_to_the_right():
    sentence = "OPEC اعلام کرد که تولید خود را کم می\u200cکند."
    parts = texts(*split(Styled(f"به گزارش ما: {' '.join([sentence] * 300)}"), rtl=True))
    assert len(parts) > 2
    assert all(part.startswith(f"{RLM}OPEC") for part in parts[1:])
    assert all(utf16_length(part) <= MESSAGE for part in parts)


def test_a_span_longer_than_a_message_goes_on_in_the_next():
    quote = wrapped(Styled("\n\n".join([" ".join([SENTENCE] * 8)] * 40)), QUOTE)
    parts = split(joined("\n\n", (Styled("تیتر"), quote, Styled("امضا"))), rtl=True)
    assert len(parts) == 5
    for part in parts[1:-1]:
        assert part.spans == (Span(0, len(part.text), QUOTE),)
        assert part.text.endswith(".")
    assert parts[0].text.startswith("تیتر\n\n")
    assert parts[0].spans == (Span(6, len(parts[0].text), QUOTE),)
    assert parts[-1].text.endswith("\n\nامضا")
    assert parts[-1].spans == (Span(0, len(parts[-1].text) - 6, QUOTE),)


def test_a_heading_is_never_left_without_its_text():
    heading = styled("میان‌تیتر", "bold")
    section = joined("\n", (heading, Styled(paragraph(3000))))
    parts = split(joined("\n", (Styled(paragraph(2000)), section)), rtl=True)
    assert texts(*parts) == [paragraph(2000), section.text]
    assert parts[1].spans == heading.spans


def test_a_message_has_at_most_a_hundred_entities_with_those_that_telegram_finds():
    points = [
        joined(" ", (styled("برچسب", "bold"), Styled(f"#تگ{number} @kanal_nemune"))) for number in range(90)
    ]
    parts = split(joined("\n", points), rtl=True)
    assert sum(len(part.spans) for part in parts) == 90
    for part in parts:
        assert len(part.spans) + len(automatic(part.text)) <= 100
        assert part.text.count("برچسب") == part.text.count("kanal") == len(part.spans)


def test_long_addresses_do_not_crowd_one_message():
    links = [styled(f"خبر {number}", "text_link", f"https://example.com/{'a' * 2000}") for number in range(9)]
    parts = split(joined("\n", links), rtl=True)
    assert [len(part.spans) for part in parts] == [4, 4, 1]


def test_the_first_part_may_be_a_caption():
    whole = Styled("\n\n".join((paragraph(80), paragraph(600), paragraph(900))))
    parts = texts(*split(whole, first=CAPTION, rtl=True))
    assert parts == [f"{paragraph(80)}\n\n{paragraph(600)}", paragraph(900)]


PIECES = st.sampled_from(
    [
        SENTENCE,
        " ",
        "\n",
        "\n\n",
        "BRICS ",
        FAMILY,
        "۱۴۰۵ ",
        "https://example.com ",
        "#تگ ",
        "ا" * 1500,
        "خَبر؟ ",
    ]
)
BLOCKS = st.tuples(
    st.lists(PIECES, max_size=30).map("".join).map(str.strip), st.sampled_from(["bold", "italic", QUOTE, ""])
).map(lambda block: styled(block[0], block[1]) if block[0] and block[1] else Styled(block[0]))


@settings(max_examples=40)
@given(st.lists(BLOCKS, max_size=12), st.sampled_from([CAPTION, MESSAGE]))
def test_only_blanks_are_lost_between_parts(blocks, first):
    whole = joined("\n\n", [block for block in blocks if block.text])
    parts = split(whole, first=first, rtl=True)
    rest = whole.text
    for number, part in enumerate(parts):
        text = part.text.removeprefix(RLM) if number else part.text
        assert rest.startswith(text)
        rest = rest.removeprefix(text).lstrip()
        assert text == text.strip() != ""
        assert utf16_length(part.text) <= (MESSAGE if number else first)
        assert all(0 <= span.start < span.end <= len(part.text) for span in part.spans)
    assert rest == ""
