"""What of a text, a tag and an address can be printed, by Telegram's own rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.model import Article, Entity, Look
from bot.news.posts.direction import RLM
from bot.news.posts.links import MAX_LENGTH, usable
from bot.news.posts.markup import utf16_length
from bot.news.posts.printable import printable
from bot.news.structure.intake import clean
from bot.news.subjects.hashtags import tagged
from tests.any_article import TEXTS
from tests.telegram_judge import automatic, judge


@pytest.mark.parametrize(
    ("words", "tag"),
    [
        ("سیاست خارجی", "#سیاست_خارجی"),
        ("خبر\u200cفوری", "#خبر\u200cفوری"),
        ("خَبَر", "#خبر"),
        ("#درنا", "#درنا"),
        ("کووید-۱۹", "#کووید۱۹"),
        ("G7/G20", "#G7G20"),
        ("ب" * 300, "#" + "ب" * 256),
        ("۱۴۰۵", None),
        ("_", None),
        ("🔹", None),
    ],
)
def test_words_become_one_tag(words, tag):
    assert tagged(words) == tag


@given(st.text())
def test_whatever_is_written_a_tag_is_one_tag_to_telegram(words):
    tag = tagged(clean(words))
    if tag:
        assert automatic(f"{RLM}{tag} #b")[0] == Entity(type="hashtag", offset=1, length=utf16_length(tag))


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://example.com", "https://example.com/"),
        (" HTTP://Example.COM:080/A?b=1#c ", "http://example.com:80/A?b=1#c"),
        ("example.com?x=1", "https://example.com/?x=1"),
        ("https://example.com/خبر/الف ب", "https://example.com/خبر/الف%20ب"),
        ("https://خبر.example/", "https://xn--ngblk.example/"),
        ("http://192.0.2.7/x", "http://192.0.2.7/x"),
        ("3.5", None),
        ("example", None),
        ("javascript:alert(1)", None),
        ("tg://user?id=1", None),
        ("https://user:word@example.com/", None),
        ("https://example.com:99999/", None),
        ("https://example.com/" + "a" * MAX_LENGTH, None),
        (None, None),
    ],
)
def test_addresses_are_written_as_telegram_does(url, written):
    assert usable(url) == written


@given(
    st.one_of(
        st.text(), st.text().map("https://example.com/{}".format), st.text().map("http://{}.com".format)
    )
)
def test_telegram_takes_every_usable_address(url):
    usable_url = usable(url)
    if usable_url:
        link = Entity(type="text_link", offset=2, length=3, url=usable_url)
        assert judge("a bcd", [link]) == ("a bcd", (link,))


@given(TEXTS)
def test_the_quick_look_agrees_with_cleaning(text):
    assert printable(Article(headline=text), Look()).headline in (clean(text), "")


@given(st.text("اویهةئ\u0654\u064e\u0651\u200c \nabک"))
def test_the_quick_look_agrees_with_cleaning_on_vowel_signs(text):
    assert printable(Article(headline=text), Look()).headline in (clean(text), "")
