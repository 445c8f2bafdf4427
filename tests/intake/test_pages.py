"""Pages in the markup of real systems, read field by field; and what no page may do."""

import re
import signal
import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import CopyError, PageError
from bot.intake import pages, pages_copy, pages_dates, pages_peers, pages_urls
from bot.news.spelling.house_style import HouseStyle
from tests.intake import later_layouts, monsters
from tests.intake.layouts import Told
from tests.intake.layouts import pages as told_pages
from tests.intake.measure import READERS, judged, ours, table

TOLD = [*told_pages(), *later_layouts.pages()]


def test_there_are_forty_pages_of_twenty_layouts() -> None:
    assert len(TOLD) >= 40
    assert len({told.name for told in TOLD}) >= 20


@pytest.mark.parametrize("told", TOLD, ids=[f"{at}-{told.name}" for at, told in enumerate(TOLD)])
def test_each_field_is_what_most_voices_say(told: Told) -> None:
    scores = judged(told, ours(told))

    assert {name: score for name, score in scores.items() if score < 1} == {}


def test_ours_reads_each_field_at_least_as_well_as_each_extractor_alone() -> None:
    means = table(TOLD[::4], READERS)

    for name, score in means["ours"].items():
        assert score >= max(means[peer].get(name, 0) for peer in ("newspaper4k", "trafilatura")), name


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-21T10:15:00+03:30", "2026-11-21T10:15:00+03:30"),
        ("2026-11-21T10:15:00.000Z", "2026-11-21T10:15:00+00:00"),
        ("2026-11-21 10:15", "2026-11-21T10:15:00+03:30"),
        ("1405-08-30T10:15:00", "2026-11-21T10:15:00+03:30"),
        ("۱۴۰۵/۰۸/۳۰ - ۱۰:۱۵", "2026-11-21T10:15:00+03:30"),
        ("۱۰:۱۵ - ۱۴۰۵/۰۸/۳۰", "2026-11-21T10:15:00+03:30"),
        ("شنبه ۳۰ آبان ۱۴۰۵ ساعت ۱۰:۱۵", "2026-11-21T10:15:00+03:30"),
        ("شنبه / ۳۰ آبان ۱۴۰۵ / ۱۰:۱۵", "2026-11-21T10:15:00+03:30"),
        ("شنبه سی ام آبان ۱۴۰۵ ساعت 10:15", "2026-11-21T10:15:00+03:30"),
        ("۳۰ عقرب ۱۴۰۵", "2026-11-21T00:00:00+03:30"),
        ("۲۱ نوامبر ۲۰۲۶، ۱۰:۱۵", "2026-11-21T10:15:00+03:30"),
        ("Sat, 21 Nov 2026 10:15:00 GMT", "2026-11-21T10:15:00+00:00"),
        ("November 21, 2026 at 10:15 PM", "2026-11-21T22:15:00+03:30"),
        ("21 June 2021 10:00", "2021-06-21T10:00:00+04:30"),  # Tehran had summer time then
        ("20261121", "2026-11-21T00:00:00+03:30"),
    ],
)
def test_a_moment_is_read_in_either_calendar_and_any_form(text: str, instant: str) -> None:
    found = pages_dates.read(text)

    assert found is not None
    assert found.instant.isoformat() == instant


@pytest.mark.parametrize(
    "text", ["", "© 2026", "۳۱ آذر ۱۴۰۵", "کد خبر ۸۵۰۱۲۳۴۵", "12 Foo 2026", "1405/13/01", "نوبت ۱۲"]
)
def test_what_names_no_day_is_no_moment(text: str) -> None:
    assert pages_dates.read(text) is None


@given(st.text(max_size=80))
def test_any_text_is_a_moment_or_none(text: str) -> None:
    pages_dates.read(text)


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("https://Site.example:443/a?utm_source=x&id=7&fbclid=y#top", "https://site.example/a?id=7"),
        ("https://site.example/خبر?q=%D8%A7&b", "https://site.example/خبر?q=%D8%A7&b"),
        ("https://site.example/a?UTM_medium=1", "https://site.example/a"),
        ("https://site.example", "https://site.example/"),
        ("https://site.example/#!/story/7", "https://site.example/#!/story/7"),
    ],
)
def test_an_address_loses_what_counts_visitors_only(url: str, plain: str) -> None:
    assert pages_urls.untracked(url) == plain


HEAD = "<html lang=fa><head><title>خبر</title></head><body>"
HOSTILE = {
    "nothing": "",
    "blanks": " \n\t ",
    "no markup": "فقط چند واژه",
    "zeroes": "\x00" * 1000,
    "deep": HEAD + "<div>" * 200_000 + "سلام",
    "deep closed": HEAD + "<b><i><u>" * 50_000 + "سلام" + "</u></i></b>" * 50_000,
    "wide": HEAD + "<p>یک بند کوتاه</p>" * 100_000,
    "ten megabytes": HEAD + "<p>" + "واژه‌های بسیار " * 700_000 + "</p>",
    "unclosed": HEAD + "<div class='entry-content'><p" * 50_000,
    "attributes": HEAD + "<div " + " ".join(f"a{at}='x'" for at in range(100_000)) + "><p>سلام</p></div>",
    "long class": HEAD + f"<div class='{'item-text ' * 200_000}'><p>سلام</p></div>",
    "entities": HEAD
    + "<p>"
    + "&zwnj;&#8204;&#x200c;&#xd800;&#1114112;&nosuch;&#99999999999;&amp;amp;" * 10_000
    + "</p>",
    "broken json": HEAD + '<script type="application/ld+json">' + "[" * 100_000 + "</script><p>سلام</p>",
    "json that names itself": HEAD
    + '<script type="application/ld+json">{"@graph":[{"@id":"#a","@type":"Article","headline":"x","author":{"@id":"#a"}}]}</script>',
    "links": HEAD + "<a href='/x'>یک پیوند به جایی دیگر</a> " * 50_000,
    "surrogates": HEAD + "<p>\ud800 سلام \udfff</p>",
    "base": "<base href='http://[bad/'><link rel=canonical href='http://[::1'><p>سلام</p>",
    "spaces": HEAD + "<p>" + " " * 3_000_000 + "</p>",
    "dates": HEAD + "<time>" + "1405/" * 100_000 + "</time>",
    "titles": "<title>" + " | ".join(["خبر"] * 50_000) + "</title><h1>" + "- " * 100_000 + "</h1>",
    "xml": "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><html><body><p>&a;</p></body></html>",
}


HOSTILE |= monsters.PAGES


@pytest.mark.parametrize("name", HOSTILE)
def test_no_page_crashes_or_takes_five_seconds(name: str) -> None:
    start = time.process_time()
    try:
        found = pages.read(HOSTILE[name], "https://site.example/x")
        article = pages_copy.article_of(pages_copy.told(found))
    except (PageError, CopyError):
        pass
    else:
        assert "root:" not in article.lede
    assert time.process_time() - start < 5


def test_an_extractor_that_takes_too_long_has_no_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    told = TOLD[0]

    def endless(*_: str) -> pages_peers.Peer:
        with suppress(BaseException):  # as theirs may do
            while True:
                pass
        while True:
            pass

    monkeypatch.setattr(pages_peers, "_SECONDS", 0.5)
    monkeypatch.setattr(pages_peers, "trafilatura", endless)

    assert len(pages_peers.asked(told.html, told.url, "fa")) == 1
    assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] == 0


PIECES = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<div class='entry-content'>", "</div>", "<h1>", "</h1>", "<article>", "<nav>", "</nav>", "<br>",
         "<li>", "<ul>", "<a href='http://[x'>", "</a>", "<!--", "-->", "<![CDATA[", "]]>", "&#x200c;", "&amp;", "&", "<",
         "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":", "</script>", "<table><tr><td>", "<time datetime='",
         "'>", "<meta property='og:title' content='", "<img src='//x", "<figure>", "<blockquote>", "<title>", "</title>", "<base href='"]
    )
    | st.text(max_size=12)
    | st.just("شهردار گفت که کتاب‌خانهٔ تازه از امروز ساخته می‌شود و دو سال طول می‌کشد. "),
    max_size=40,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(PIECES)
def test_any_markup_is_a_story_or_none(pieces: list[str]) -> None:
    try:
        found = pages.read("".join(pieces), "https://site.example/x")
        pages_copy.article_of(pages_copy.told(found))
    except (PageError, CopyError):
        return
    assert found.url.startswith("http")


def test_every_half_space_of_a_page_is_kept() -> None:
    for told in TOLD:
        page = pages.read(told.html, told.url)
        article = pages_copy.article_of(pages_copy.told(page), HouseStyle.plain())
        lines = [line.text for line in page.lines]
        for word in re.findall(r"\w+(?:\u200c\w+)+", " ".join([*told.story.paragraphs, told.story.lede])):
            assert word in " ".join([page.lede, *lines]), (told.name, word)
        assert article.headline == told.story.headline


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<html><body><div id=root></div><noscript>Please enable JavaScript</noscript><script src=/a.js></script></body></html>", "script"),
        (HEAD + '<script type="application/ld+json">{"@type":"NewsArticle","headline":"خبر","isAccessibleForFree":false}</script><h1>خبر</h1><p>مشترک شوید</p>', "paywall"),
        (HEAD + "<ul>" + "".join(f"<li><a href='/{at}'>خبری که تنها پیوندی است به جایی دیگر</a></li>" for at in range(40)) + "</ul>", "empty"),
    ],
)  # fmt: skip
def test_a_page_without_a_story_says_why(html: str, reason: str) -> None:
    with pytest.raises(PageError) as refused:
        pages.read(html, "https://site.example/x")

    assert refused.value.reason == reason
