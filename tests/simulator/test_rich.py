"""The judge of rich messages: each rule by a case of our own, Telegram's recorded cases, and hostile input."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.simulator.refusal import Refused
from bot.simulator.rich import check_rich, tree
from tests.simulator.rich_rules import (
    BLOCKS,
    EMPTY,
    HTML,
    MARKDOWN,
    NO_PHOTO,
    NOW,
    TOO_LONG,
    URL,
    B,
    Silently,
    X,
    mark,
    p,
)

RECORDED = Path(__file__).parents[2].parent / "shared" / "telegram" / "rich-cases.json"


def plain(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "".join(map(plain, value))
    return "".join(
        plain(value.get(name, "")) for name in ("text", "summary", "blocks", "items", "alternative_text")
    )


OWN = [
    pytest.param({form: source}, expected, id=f"{form}: {name}")
    for form, table in (("html", HTML), ("blocks", BLOCKS), ("markdown", MARKDOWN))
    for name, (source, expected) in table.items()
]


def judge(message: Any, *, lenient: bool = False, **more: Any) -> Any:
    try:
        return check_rich(message, lenient=lenient, now=NOW, **more)["blocks"]
    except Refused as refused:
        return refused.description


@pytest.mark.parametrize(("message", "expected"), OWN)
def test_each_rule(message: Any, expected: Any) -> None:
    strict, lenient = judge(message), judge(message, lenient=True)

    if isinstance(expected, Silently):
        assert strict.startswith("SIMULATOR: ")
        assert lenient == expected.shows
    else:
        verdict = f"Bad Request: {expected}" if isinstance(expected, str) else expected
        assert [strict, lenient] == [verdict, verdict]


@pytest.mark.parametrize(
    "message",
    [
        {"html": "<p>x<ul><li>y</li></ul></p>"},
        {"blocks": [{"type": "buttons", "buttons": [{"text": "x", "callback_data": "x"}] * 9}]},
        {"html": '<tg-map lat="x" long="1" zoom="3"/>'},
        {"blocks": [{"type": "buttons", "buttons": [{"text": "x"}]}]},
    ],
)
def test_what_telegram_refuses_in_words_nobody_recorded_is_refused_in_ours_in_both_ways(message: Any) -> None:
    assert judge(message).startswith("SIMULATOR: ")
    assert judge(message, lenient=True).startswith("SIMULATOR: ")


@pytest.mark.parametrize(
    ("media", "src", "expected"),
    [
        ({"type": "photo", "media": f"{URL}/1.jpg"}, "tg://photo?id=k", "photo"),
        ({"type": "photo", "media": "attach://part"}, "tg://photo?id=k", "photo"),
        ({"type": "photo", "media": "AgACAgQAAx0CAAB"}, "tg://photo?id=k", "photo"),
        (
            {"type": "video", "media": f"{URL}/1.mp4"},
            "tg://photo?id=k",
            "Bad Request: RICH_MESSAGE_PHOTO_INVALID",
        ),
        (
            {"type": "photo", "media": f"{URL}/1.jpg"},
            "tg://video?id=k",
            "Bad Request: RICH_MESSAGE_PHOTO_INVALID",
        ),
        (
            {"type": "sticker", "media": f"{URL}/1"},
            "tg://photo?id=k",
            "Bad Request: unallowed media specified",
        ),
        (
            {"type": "photo", "media": "https://example.com/missing"},
            "tg://photo?id=k",
            f"Bad Request: {NO_PHOTO}",
        ),
    ],
)
def test_media_are_bound_by_id(media: Any, src: Any, expected: Any) -> None:
    found = judge({"html": f'<img src="{src}"/>', "media": [{"id": "k", "media": media}]})

    assert (found if isinstance(found, str) else found[0]["type"]) == expected


def test_a_media_id_has_64_plain_characters_at_most() -> None:
    media = {"type": "photo", "media": f"{URL}/1.jpg"}

    found = {
        judge({"html": "<p>x</p>", "media": [{"id": name, "media": media}]}) for name in ("", "ش", "a" * 65)
    }

    assert found == {"Bad Request: invalid rich message file identifier specified"}


def test_figures_keep_caption_credit_and_spoiler() -> None:
    medium = f'<video src="{URL}/1.gif" tg-spoiler></video>'
    html = f"<figure>{medium}<figcaption>شرح<cite>عکاس</cite></figcaption></figure>"

    block = judge({"html": html})[0]

    assert (block["type"], block["has_spoiler"]) == ("animation", True)
    assert block["caption"] == {"text": "شرح", "credit": "عکاس"}


def test_an_ogg_is_a_voice_note() -> None:
    assert judge({"html": f'<audio src="{URL}/1.ogg"></audio>'})[0]["type"] == "voice_note"


def test_media_in_the_middle_of_a_paragraph_part_it() -> None:
    html = f'<p>الف <img src="{URL}/1.jpg"/> ب</p>'

    assert judge({"html": html}).startswith("SIMULATOR: ")
    assert [block["type"] for block in judge({"html": html}, lenient=True)] == [
        "paragraph",
        "photo",
        "paragraph",
    ]


@pytest.mark.parametrize("count", [50, 51])
def test_fifty_media(count: Any) -> None:
    found = judge({"html": "<tg-collage>" + f'<img src="{URL}/1.jpg"/>' * count + "</tg-collage>"})

    assert (found == "Bad Request: RICH_MESSAGE_MEDIA_TOO_MANY") == (count > 50)


def test_characters_are_code_points_and_labels_and_formulas_count() -> None:
    formula = {"type": "mathematical_expression", "expression": "x" * 30_000}

    assert judge({"blocks": [p("😀" * 2_768), formula]}) == [p("😀" * 2_768), formula]
    assert judge({"blocks": [p("😀" * 2_769), formula]}) == f"Bad Request: {TOO_LONG}"


def test_of_several_sources_telegram_reads_the_first() -> None:
    both = {"html": "<p>الف</p>", "markdown": "ب"}

    assert judge(both).startswith("SIMULATOR: ")
    assert judge(both, lenient=True) == [B]
    assert judge({**both, "blocks": [X]}, lenient=True) == [X]
    assert judge({**both, "blocks": []}, lenient=True) == f"Bad Request: {EMPTY}"


def test_direction_comes_back_and_a_misspelt_field_is_seen() -> None:
    assert check_rich({"blocks": [X], "is_rtl": True, "skip_entity_detection": True}) == {
        "blocks": [X],
        "is_rtl": True,
    }
    assert judge({}) == "Bad Request: rich message must be non-empty"
    assert judge({"blocks": [X], "rtl": True}).startswith("SIMULATOR: ")
    assert judge({"blocks": [X], "rtl": True}, lenient=True) == [X]


def test_a_draft_may_think() -> None:
    assert judge({"html": "<tg-thinking>x</tg-thinking>"}, draft=True) == [mark("thinking", "x")]
    assert judge({"blocks": [mark("thinking", "x")]}, draft=True) == [mark("thinking", "x")]


@pytest.mark.parametrize("tag", sorted(tree.INLINE | tree.BLOCKS | tree.PARTS))
def test_every_known_tag_is_read(tag: str) -> None:
    verdict = judge({"html": f"<{tag}>x</{tag}>"})

    assert "the tag" not in verdict


def recorded() -> Any:
    if not RECORDED.exists():
        return [
            pytest.param(
                None, marks=pytest.mark.skip(reason="Telegram's recorded cases are not on this machine")
            )
        ]
    cases = [case for case in json.loads(RECORDED.read_text("utf-8")) if case["mode"].startswith("rich_")]
    return [pytest.param(case, id=str(case["id"])) for case in cases]


def source_of(case: Any) -> Any:
    if case["mode"] == "rich_blocks":
        return case["rich_message"]
    gen = case.get("gen")
    return {"html": gen["prefix"] + gen["unit"] * gen["count"] + gen["suffix"] if gen else case["html"]}


@pytest.mark.parametrize("case", recorded())
def test_telegrams_recorded_cases(case: Any) -> None:
    strict, lenient = judge(source_of(case)), judge(source_of(case), lenient=True)

    assert isinstance(strict, list) == case.get("strict_ok", case["ok"])
    assert isinstance(lenient, list) == case["ok"]
    if case["error"]:
        assert {strict, lenient} <= {case["error"], *case.get("alt_errors", [])}
    if case["ok"] and isinstance(strict, str):
        assert strict.startswith("SIMULATOR: ")
    if case["ok"]:
        text = plain(lenient)
        assert text == case.get("plain", text)
        assert len(text) == case.get("plain_len", len(text))
        assert len(text.encode()) == case.get("truncated_to_bytes", len(text.encode()))


@pytest.mark.parametrize(
    "html",
    [
        "<b>" * 66_000,
        "<" * 200_000,
        "<a " * 66_000,
        "<!--" * 50_000,
        "</p>" * 50_000,
        "<x y=" * 40_000,
        "&#" * 99_000,
    ],
)
def test_hostile_html_is_refused_in_no_time(html: Any) -> None:
    assert isinstance(judge({"html": html}), str)


@pytest.mark.parametrize(
    "markdown", ["*a **b " * 28_000, "[" * 200_000, "](" * 99_000, "` `` " * 40_000, "> " * 99_000]
)
def test_hostile_markdown_is_refused_in_no_time(markdown: Any) -> None:
    assert isinstance(judge({"markdown": markdown}), str)


TAGS = (
    "b",
    "i",
    "a",
    "p",
    "h1",
    "pre",
    "code",
    "ul",
    "ol",
    "li",
    "td",
    "tr",
    "table",
    "details",
    "summary",
    "cite",
    "figure",
    "img",
    "video",
    "input",
    "tg-time",
    "tg-emoji",
    "tg-map",
)
PIECES = st.one_of(
    st.text(max_size=8),
    st.sampled_from([f"<{slash}{tag}>" for tag in TAGS for slash in ("", "/")]),
    st.sampled_from(['<a href="#x">', '<a name="x">', "<", ">", "&lt;", "&#0;", "<!--", "<hr/>", "**", "_", "- ", "> ", "\n", "```", "](#x)", "["]),
)  # fmt: skip
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=4)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.fixed_dictionaries(
            {"type": st.sampled_from(["paragraph", "bold", "list", "table", "details", "photo", "url", "buttons", "map", "anchor_link"])},
            optional=dict.fromkeys(("text", "blocks", "items", "cells", "summary", "caption", "photo", "url", "buttons", "location", "anchor_name", "zoom", "size"), inner),
        ),
    ),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    source=st.lists(PIECES, max_size=24).map("".join),
    form=st.sampled_from(["html", "markdown"]),
    lenient=st.booleans(),
)
def test_any_string_is_refused_or_shown(source: Any, form: Any, lenient: bool) -> None:
    assert judge({form: source}, lenient=lenient)


@settings(max_examples=150, deadline=None)
@given(blocks=JSON, lenient=st.booleans())
def test_any_tree_of_blocks_is_refused_or_shown(blocks: Any, lenient: bool) -> None:
    assert judge({"blocks": [blocks]}, lenient=lenient)
