"""How several words become one tag."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.model import Entity
from bot.news.posts.direction import RLM
from bot.news.posts.markup import utf16_length
from bot.news.structure.intake import clean
from bot.news.subjects.hashtags import tagged
from tests.telegram_judge import automatic


@pytest.mark.parametrize(
    ("words", "tag"),
    [
        ("سیاست خارجی", "#سیاست\u200cخارجی"),
        ("  محیط   زیست ", "#محیط\u200cزیست"),
        ("کووید - ۱۹", "#کووید\u200c۱۹"),
        ("پیش\u200cبینی هوا", "#پیش\u200cبینی\u200cهوا"),
        ("- –", None),
    ],
)
def test_the_house_may_join_with_half_spaces(words, tag):
    assert tagged(words, "\u200c") == tag


def test_a_word_of_marks_alone_leaves_no_double_joiner():
    assert tagged("کووید - ۱۹") == "#کووید_۱۹"


@pytest.mark.parametrize(
    ("joiner", "length"),
    [
        ("_", 10),
        ("\u200c", 10),
        ("\u00b7", 10),
        ("-", 6),
        (" ", 6),
        ("\u00a0", 6),
        (".", 6),
        ("\u200d", 6),
    ],
)
def test_what_telegram_takes_inside_of_one_tag(joiner, length):
    assert automatic(f"#بازار{joiner}ارز") == (Entity(type="hashtag", offset=0, length=length),)


@settings(max_examples=60)
@given(st.text())
def test_with_either_joiner_a_tag_is_one_tag_to_telegram(words):
    for joiner in ("_", "\u200c"):
        tag = tagged(clean(words), joiner)
        if tag:
            found = automatic(f"{RLM}{tag} #b")[0]
            assert found == Entity(type="hashtag", offset=1, length=utf16_length(tag))
