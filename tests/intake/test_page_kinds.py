"""Pages of kinds that were read wrongly at first: by scripts, without headings, with lines of who and when."""

import json
from html import escape

import pytest

from bot.errors import PageError
from bot.intake import pages
from bot.intake.pages import Page
from bot.news.archive import ranking
from tests.intake.told import LIBRARY, Story

STORY = LIBRARY
TEXTS = "".join(f"<p>{escape(text)}</p>" for text in STORY.paragraphs)
DATA = {
    "title": STORY.headline,
    "lead": STORY.lede,
    "content": TEXTS,
    "author": {"name": STORY.byline},
    "publishedAt": STORY.at.isoformat(),
    "image": "https://media.example/1.jpg",
}
LINKED = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": STORY.headline,
    "description": STORY.lede,
    "articleBody": "\n\n".join(STORY.paragraphs),
    "author": {"@type": "Person", "name": STORY.byline},
    "datePublished": STORY.at.isoformat(),
    "image": "https://media.example/1.jpg",
}


def page(body: str, head: str = "", title: str = STORY.headline) -> Page:
    html = f"<!doctype html><html lang=fa><head><meta charset=utf-8><title>{title}</title>{head}</head><body>{body}</body></html>"
    return pages.read(html, "https://chakad.example/news/1")


def has_whole(found: Page, story: Story = STORY) -> bool:
    return [line.text for line in found.lines] == list(story.paragraphs)


@pytest.mark.parametrize(
    "script",
    [
        f'<script id=__NEXT_DATA__ type="application/json">{json.dumps({"props": {"pageProps": {"post": DATA}}})}</script>',
        f"<script>window.__STATE__ = {json.dumps({'news': [DATA]}, ensure_ascii=False)};</script>",
        f"<script>window.__NUXT__=(function(a,b){{return {{data:[{json.dumps(DATA, ensure_ascii=False)}]}}}}(1,2))</script>",
        f'<script type="application/ld+json">{json.dumps(LINKED)}</script>',
    ],
)
def test_a_story_that_is_only_in_a_script(script: str) -> None:
    found = page(f"<div id=app></div>{script}<script src=/app.js></script>")

    assert has_whole(found)
    assert (found.headline, found.lede, found.byline) == (STORY.headline, STORY.lede, STORY.byline)
    assert found.published == STORY.at
    assert found.image == "https://media.example/1.jpg"


@pytest.mark.parametrize(
    "script", ['{"a":1}', '{"title":"خبر","content":"کوتاه"}', '{"' * 100_000, "[" * 100_000]
)
def test_a_script_without_a_story_is_none(script: str) -> None:
    with pytest.raises(PageError, match="script"):
        page(f"<div id=app></div><script>var x = {script}</script>")


def test_a_page_of_tables_without_headings() -> None:
    rows = [
        f"<font size=2 color=gray>{STORY.kicker}</font>",
        f"<font size=5><b>{STORY.headline}</b></font>",
        f"<font size=2><b>{STORY.lede}</b></font>",
        "<p align=justify>" + "<br><br>".join(STORY.paragraphs) + "</p>",
    ]
    menu = "<table><tr><td><a href=1.htm>صفحهٔ اول</a><tr><td><a href=2.htm>سیاسی</a></table>"
    table = "".join(f"<tr><td>{row}</td></tr>" for row in rows)
    found = page(
        f"<table><tr><td>{menu}</td><td><table>{table}</table></td></tr></table>", title="روزنامه چکاد"
    )

    assert (found.headline, found.lede) == (STORY.headline, STORY.lede)
    assert has_whole(found)


def test_names_and_days_above_the_text_are_no_text() -> None:
    above = f"<div><a rel=author href=/@a>{STORY.byline}</a> <span>· ۵ دقیقه مطالعه</span> <span>۳۰ آبان ۱۴۰۵</span></div>"
    found = page(
        f"<article><div><h1>{STORY.headline}</h1><h2>{STORY.lede}</h2>{above}{TEXTS}</div></article>"
    )

    assert not [line.text for line in found.lines if "مطالعه" in line.text]
    assert found.byline == STORY.byline


def test_what_a_style_sheet_sets_apart_is_read_apart() -> None:
    about = "<div><span>شناسه خبر: ۹۸۷۶۵</span><span>۳۰ آبان ۱۴۰۵ - ۱۰:۱۵</span></div>"
    found = page(f"<section><h1>{STORY.headline}</h1>{about}<div class=news-text>{TEXTS}</div></section>")

    assert found.published == STORY.at


def test_a_heading_by_its_role_and_a_lede_without_a_name() -> None:
    head = f"<meta property=og:title content='{STORY.headline} - چکاد'><meta property=og:description content='{STORY.lede}'>"
    body = f"<div class=_1><div role=heading aria-level=1>{STORY.headline}</div><div>{STORY.lede}</div><div class=_2>{TEXTS}</div></div>"
    found = page(body, head)

    assert (found.headline, found.lede) == (STORY.headline, STORY.lede)
    assert has_whole(found)


def test_advertisements_and_who_the_writer_is_are_no_text() -> None:
    more = "<p>Advertisement</p><p>Maya Lindqvist is a reporter who covers cities.</p>"
    found = page(
        f"<article><h1>{STORY.headline}</h1><section name=articleBody>{TEXTS}{more}</section></article>"
    )

    assert not [line for line in found.lines if line.text.isascii()]


def test_a_name_keeps_no_word_behind_it() -> None:
    body = f"<h1>{STORY.headline}</h1><div class=submitted>ارسال شده توسط <span class=author>{STORY.byline} در</span></div><article class=entry-content>{TEXTS}</article>"
    assert page(body).byline == STORY.byline


def test_a_long_text_has_to_share_more_than_a_short_one() -> None:
    words, short = {"کتاب": 1.0}, ["کتاب", *["واژه"] * 50]
    mild = [ranking.relevance(words, (), text, of_head=2) for text in (short, short + ["نو"] * 300)]
    strict = [
        ranking.relevance(words, (), text, of_head=2, usual=110) for text in (short, short + ["نو"] * 300)
    ]
    assert strict[1] / strict[0] < mild[1] / mild[0]
