"""What every text loses and keeps on its way in."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.structure import intake

tdjson = pytest.importorskip("tdjson", reason="Telegram's own text parser is not installed")

_STRANGE = (
    "\u200c\u200d\u200b\ufeff\u200e\u200f\u061c\u202a\u202e\u2028\u2029\u2066\u2067\u2068\u2069\t\r\n \xa0\u3000"
    "\u030a\u0333\u033fA\u0301\u0323سهی\ud800\udc00\ue000\uffff\u0378😀\ufe0f\U000e0067\U000e007f🏴\x00\x85\xad\u2800"
)
texts = st.text(st.one_of(st.sampled_from(_STRANGE), st.characters()), max_size=40)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param("  خبر\u00a0تازه \n", "خبر تازه", id="exotic-spaces"),
        pytest.param("الف\tب\x00پ", "الف ب پ", id="controls"),
        pytest.param("یک\r\nدو\rسه\u2028چهار\u2029پنج", "یک\nدو\nسه\nچهار\nپنج", id="line-breaks"),
        pytest.param("\u202bسلام\u202c \u202eدنیا", "سلام دنیا", id="embeddings"),
        pytest.param("الف\u200f\u200e\u200fب", "الف\u200fب", id="direction-marks"),
        pytest.param("A\u030angström x\u030a\u0333y", "\u00c5ngström xy", id="ring-composes-or-goes"),
        pytest.param("می\u200c\u200c\u200cرود", "می\u200cرود", id="half-space-flood"),
        pytest.param("می\u200bرود a\ufeffb", "می\u200cرود ab", id="zero-width-space"),
        pytest.param("\u200cکتاب \u200c ها\u200c.", "کتاب  ها\u200c.", id="half-space-at-edge"),
        pytest.param(
            "\u2067درست\u2069 \u2066باز \u2069\u2069", "\u2067درست\u2069 \u2066باز \u2069", id="isolates"
        ),
        pytest.param("\u2066\u2067\u2069\u2069x\u2068", "x", id="empty-isolates"),
        pytest.param("الف\ud800ب \ud83d\ude00", "الف\ufffdب 😀", id="surrogates"),
        pytest.param("a\ue000\uffff\u0378b", "ab", id="unassigned"),
        pytest.param("الف  \n\n\n\n\n\nب", "الف\n\n\nب", id="blank-lines"),
        pytest.param(
            "👨\u200d👩\u200d👧 🏳\ufe0f\u200d🌈 🇮🇷", "👨\u200d👩\u200d👧 🏳\ufe0f\u200d🌈 🇮🇷", id="emoji"
        ),
        pytest.param(
            "🏴\U000e0067\U000e0062\U000e007f x\U000e0067", "🏴\U000e0067\U000e0062\U000e007f x", id="tags"
        ),
        pytest.param("\u200c" * 500, "", id="only-half-spaces"),
    ],
)
def test_what_telegram_would_change_is_changed_first(raw: str, clean: str) -> None:
    assert intake.clean(raw) == clean


@given(texts)
@settings(max_examples=150, deadline=None)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = intake.clean(text)

    assert intake.clean(once) == once


_MASK = {ord(char): chr(0xE100 + at) for at, char in enumerate("*_~|`[]()")}
_UNMASK = {ord(masked): chr(char) for char, masked in _MASK.items()}


def _as_telegram(text: str) -> str:
    """The text after TDLib's own cleaning; its Markdown characters are hidden from the parser."""
    query = {
        "@type": "parseMarkdown",
        "text": {"@type": "formattedText", "text": text.translate(_MASK), "entities": []},
    }
    answer = json.loads(tdjson.td_execute(json.dumps(query).encode()))
    return str(answer["text"]).translate(_UNMASK).strip(" \n")


@given(texts)
@settings(max_examples=150, deadline=None)
def test_telegram_leaves_a_clean_text_alone(text: str) -> None:
    clean = intake.clean(text)

    assert _as_telegram(clean) == clean


@pytest.mark.long
@pytest.mark.parametrize(
    "piece", ["\u200c", "a\u0301\u0323", "\u2066", " ", "\u200f", "\n", "a\u0323\u0301" + "\u0323\u0301" * 9]
)
def test_a_long_flood_is_cleaned_to_its_end(piece: str) -> None:
    flood = "الف" + piece * (intake.MAX_COPY // len(piece)) + "ب"
    assert intake.clean(flood).startswith("الف")
