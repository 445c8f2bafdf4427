"""Text as Telegram keeps it: against the oracle where it is there, and on samples of our own."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.simulator.refusal import Refused
from bot.simulator.text import CAPTION, MESSAGE, formatted

SHARED = Path(__file__).parents[2].parent / "shared"
ORACLE = SHARED / "tools" / "td_check.py"
CASES = SHARED / "telegram" / "rich-cases.json"

TEXTS = [
    ("<b>تیتر</b>\n<a href='https://x.ir/a?b=1&amp;c=2'>متن</a> ", "HTML"),
    ("<b>تیتر", "HTML"),
    ("خط<br>بعد", "HTML"),
    ("5 < 6", "HTML"),
    ("<a href='javascript:x()'>یک</a> <a href='x.ir'>دو</a>", "HTML"),
    ("<blockquote>a <blockquote>b</blockquote> #برچسب</blockquote> x", "HTML"),
    ("<code>https://x.ir</code> https://y.ir <pre>z.ir</pre>", "HTML"),
    ("<pre><code class='language-py'>x = 1</code></pre>", "HTML"),
    ("#خبر_فوری، #می\u200cرود #۱۲ @isna94 @abc /start $USD +982112345678 a@x.ir", None),
    ("a\u202bب\u202c \u2067پ\u2069 \u200f\u200f\u200fc\u2028d\te\rf", None),
    ("**x** __y__ `z` [a](b) ~~c~~ ||d|| \ue000\ue001", None),
    ("*پررنگ* \\(ب\\) [پ](https://x.ir) ||ت||", "MarkdownV2"),
    ("12.5", "MarkdownV2"),
    ("*b* _i_ 1.5", "Markdown"),
    ("x", "XHTML"),
    (" \n ", "HTML"),
    ("<b> </b>", "HTML"),
    ("\t \n<b> x </b>\n", "HTML"),
    ("<tg-spoiler>😀</tg-spoiler><b>😀x</b><i><u>https://x.ir</u></i>", "HTML"),
    ("<b>x</b> " * 20, "HTML"),
    ("ا" * 4097, None),
    ("😀" * 4096, None),
    ("ا" * 16385, None),
]


@pytest.fixture(scope="module")
def oracle() -> Any:
    if not ORACLE.exists():
        pytest.skip("the oracle is not on this machine")
    spec = importlib.util.spec_from_file_location("td_check", ORACLE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judged(oracle: Any, text: Any, mode: Any = None, entities: Any = None, kind: Any = "message") -> Any:
    try:
        out = oracle.check(text, mode, entities, kind)
    except oracle.Refused as error:
        return oracle.description(str(error))
    return out["text"], [
        {name: e[name] for name in e if name not in {"auto", "formatting_type"}} for e in out["entities"]
    ]


def ours(text: Any, mode: Any = None, entities: Any = None, kind: Any = "message") -> Any:
    try:
        out, found = formatted(
            text, mode, entities, limit=MESSAGE if kind == "message" else CAPTION, lenient=True
        )
    except Refused as refused:
        return refused.description
    return out, [{name: e[name] for name in e if name != "date_time_format"} for e in found]


@pytest.mark.parametrize("kind", ["message", "caption"])
@pytest.mark.parametrize(("text", "mode"), TEXTS, ids=range(len(TEXTS)))
def test_text_comes_out_as_the_oracle_says(oracle: Any, text: Any, mode: Any, kind: Any) -> None:
    if "\ue000" in text:
        assert ours(text, mode)[0] == text
    else:
        assert ours(text, mode, kind=kind) == judged(oracle, text, mode, kind=kind)


def test_the_oracles_own_cases(oracle: Any) -> None:
    lines = (ORACLE.parent / "td_cases.jsonl").read_text(encoding="utf-8").splitlines()

    for case in map(json.loads, lines):
        asked = (case["text"], case.get("parse_mode"), case.get("entities"), case.get("kind", "message"))
        assert ours(*asked) == judged(oracle, *asked), case["id"]


@given(st.text(alphabet=st.sampled_from("اب‌ \n*_#@/<>&1a.x😀\u200f\u202b\t"), max_size=40))
@settings(max_examples=150)
def test_any_plain_text_comes_out_as_the_oracle_says(oracle: Any, text: Any) -> None:
    assert ours(text) == judged(oracle, text)


def test_every_case_of_classic_html() -> None:
    if not CASES.exists():
        pytest.skip("the cases are not on this machine")
    for case in json.loads(CASES.read_text(encoding="utf-8")):
        if case["mode"] != "classic_html":
            continue
        gen = case.get("gen")
        html = gen["prefix"] + gen["unit"] * gen["count"] + gen["suffix"] if gen else case["html"]
        came = ours(html, "HTML")
        if case["ok"]:
            assert isinstance(came, tuple), case["id"]
            assert case.get("plain", came[0]) == came[0], case["id"]
        else:
            assert came == case["error"], case["id"]


def test_more_than_a_hundred_entities_are_refused_by_the_house_and_dropped_by_the_lenient() -> None:
    text = "<b>x</b> " * 101

    with pytest.raises(Refused, match=r"^SIMULATOR: 101 entities"):
        formatted(text, "HTML")
    assert len(formatted(text, "HTML", lenient=True)[1]) == 100


def test_offsets_are_utf16_and_given_entities_meet_found_ones() -> None:
    text, entities = formatted("😀 x.ir", None, [{"type": "bold", "offset": 0, "length": 2}])

    assert text == "😀 x.ir"
    assert entities == [{"type": "bold", "offset": 0, "length": 2}, {"type": "url", "offset": 3, "length": 4}]


@pytest.mark.parametrize("letters", ["r", "wDT", "d", "t", ""])
def test_a_time_keeps_its_format(letters: str) -> None:
    given_entity = {"type": "date_time", "offset": 0, "length": 2, "unix_time": 1800000000}
    if letters:
        given_entity["date_time_format"] = letters

    assert formatted("وقت", None, [given_entity])[1] == [given_entity]


@pytest.mark.parametrize(
    ("entity", "words"),
    [
        ({"type": "nonsense", "offset": 0, "length": 1}, "Unsupported type"),
        ({"type": "text_link", "offset": 0, "length": 1}, 'Can\'t find field "url"'),
        (
            {"type": "date_time", "offset": 0, "length": 1, "unix_time": 1, "date_time_format": "zz"},
            "date format",
        ),
    ],
)
def test_entities_that_make_no_sense_are_refused(entity: Any, words: Any) -> None:
    with pytest.raises(Refused, match=words):
        formatted("متن", None, [entity])
