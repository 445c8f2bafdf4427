"""The words inside posts are in the language of the story, unless the newsroom has its own."""

import json
from dataclasses import replace

import pytest

from bot.news.model import Article, Look, Piece, RelatedLink
from bot.news.posts import message, rich
from bot.news.posts.wording import worded
from tests.newsroom import newsroom

STORY = Article(
    headline="Night buses return",
    byline="Jane Sample",
    source="Sample Post",
    related=(RelatedLink(title="Older news"),),
    language="en",
)
ENGLISH_COPY = (
    "Night buses return to the city\n"
    "The council said on Monday that night buses will run again from next week.\n"
    "The drivers asked for better pay and the council has agreed to it. It was a long talk.\n"
    "By Jane Sample"
)


def post(language, **own):
    return message.compose(replace(STORY, language=language), replace(Look(), **own))[0].text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", {"Read more", "Author: Jane Sample", "Source: Sample Post"}),
        ("en-GB", {"Read more", "Author: Jane Sample", "Source: Sample Post"}),
        ("fa", {"بیشتر بخوانید", "نویسنده: Jane Sample", "منبع: Sample Post"}),
        ("fa-AF", {"بیشتر بخوانید", "نویسنده: Jane Sample", "منبع: Sample Post"}),
        ("ar", {"اقرأ أيضًا", "الكاتب: Jane Sample", "المصدر: Sample Post"}),
        ("ckb", {"زیاتر بخوێنەوە", "نووسەر: Jane Sample", "سەرچاوە: Sample Post"}),
    ],
)
def test_labels_follow_the_story(language, words):
    assert words <= {line.strip("\u200e\u200f") for line in post(language).split("\n")}


def test_words_that_the_newsroom_has_chosen_stay_in_every_language():
    shown = post("en", byline_label="به قلم", related_heading="")

    assert "به قلم: Jane Sample" in shown
    assert "Read more" not in shown
    assert "Source: Sample Post" in shown


def test_the_rich_form_has_the_same_words():
    look = Look(pieces=tuple(Piece))
    shown = json.dumps(rich.rich_message(replace(STORY, lede="A lede."), look), ensure_ascii=False)

    assert "Read more" in shown
    assert "منبع" not in shown


def test_every_label_has_a_word_in_every_language():
    changed = {"related_heading", "byline_label", "source_label", "full_text_heading"}
    changed |= {"withdrawal", "correction", "outdated"}
    for language in ("en", "ar", "ckb"):
        look = worded(Look(), language)
        assert {name for name in vars(Look()) if getattr(look, name) != getattr(Look(), name)} == changed


async def test_english_copy_gets_an_english_card():
    async with newsroom() as house:
        await house.reporter.sends(ENGLISH_COPY)

        assert "Author: Jane Sample" in house.reporter.card()["text"]
