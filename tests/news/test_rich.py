"""The rich form: the blocks that readers get, as the strict judge of rich messages takes them."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from bot.news.media import Media
from bot.news.model import Article, KeyPoint, Look, Paragraph, Piece, RelatedLink, Section
from bot.news.posts.rich import MAX_TEXT, rich_message
from bot.simulator.rich import check_rich
from tests.any_article import ALBUM_PHOTOS, ARTICLES, LOOKS, THOROUGH
from tests.sample_story import DAY, LOOK, STORY


def composed(article, look=LOOK, **kwargs):
    """The message, once the judge has taken it and gives the same blocks back."""
    message = rich_message(article, look, **kwargs)
    assert message is not None
    assert len(check_rich(message)["blocks"]) == len(message["blocks"])
    return message


def paragraph(text):
    return {"type": "paragraph", "text": text}


def items(*texts):
    return {"type": "list", "items": [{"blocks": [paragraph(text)]} for text in texts]}


def test_a_post_with_everything():
    bold_heading = {"type": "bold", "text": "بیشتر بخوانید"}
    assert composed(STORY, on=DAY) == {
        "is_rtl": True,
        "skip_entity_detection": True,
        "blocks": [
            paragraph("محیط زیست"),
            {"type": "heading", "text": "بازگشت درناها به تالاب میانکوه", "size": 2},
            paragraph({"type": "bold", "text": STORY.lede}),
            items(
                [{"type": "bold", "text": "شمار پرندگان"}, ": ۴۲ درنا در روز نخست"], "GPS مسیر کوچ را ثبت کرد"
            ),
            {
                "type": "details",
                "summary": "متن کامل",
                "blocks": [
                    {"type": "heading", "text": "سفر سه\u200cهزار کیلومتری", "size": 4},
                    paragraph("پرنده\u200cنگران صبح شنبه ۴۲ درنا را شمردند 🦩."),
                    paragraph("GPS یکی از آن\u200cها مسیر را نشان داده است."),
                    {"type": "blockquote", "blocks": [paragraph("«این خبر خوبی برای همهٔ ماست.»")]},
                    paragraph("کارهای مانده موارد زیر بود:"),
                    items([{"type": "bold", "text": "آب"}, ": لایروبی دو نهر"], "WWF گزارش می\u200cدهد"),
                ],
            },
            paragraph(bold_heading),
            items(
                {
                    "type": "url",
                    "text": "تالاب\u200cها چگونه زنده شدند",
                    "url": "https://example.com/wetlands?id=7",
                },
                "راهنمای پرنده\u200cنگری",
            ),
            paragraph("نویسنده: سارا نمونه"),
            paragraph("گرگان - خبرنامه"),
            paragraph(["منبع: ", {"type": "url", "text": "خبرنامهٔ نمونه", "url": "https://example.com/"}]),
            paragraph("یکشنبه ۱ آذر ۱۴۰۵"),
            paragraph("#محیط_زیست #درنا #Birds"),
            {"type": "footer", "text": "خبرنامهٔ نمونه | \u200e@nemune_news"},
        ],
    }


def test_the_signature_is_last_wherever_the_look_has_it():
    look = replace(LOOK, pieces=(Piece.SIGNATURE, Piece.HEADLINE))
    assert [block["type"] for block in composed(STORY, look)["blocks"]] == ["heading", "footer"]


def test_the_photo_stands_below_the_headline():
    blocks = composed(replace(STORY, media=(Media(file_id="AgACAgQAAxkBAAIBZ2c"),)))["blocks"]
    assert [block["type"] for block in blocks[:4]] == ["paragraph", "heading", "photo", "paragraph"]
    assert blocks[2]["photo"] == {"type": "photo", "media": "AgACAgQAAxkBAAIBZ2c"}


def test_an_album_stands_below_the_headline_as_a_collage_of_all_its_photos():
    blocks = composed(replace(STORY, media=ALBUM_PHOTOS))["blocks"]
    assert [block["type"] for block in blocks[:4]] == ["paragraph", "heading", "collage", "paragraph"]
    assert [inner["photo"]["media"] for inner in blocks[2]["blocks"]] == [
        photo.file_id for photo in ALBUM_PHOTOS[:10]
    ]


def test_an_english_post_runs_from_left_to_right():
    assert composed(Article(headline="Cranes return", language="en"))["is_rtl"] is False


def test_the_full_text_has_the_lede_where_the_look_has_no_place_for_it():
    blocks = composed(STORY, Look(pieces=(Piece.HEADLINE, Piece.FULL_TEXT)))["blocks"]
    assert blocks[1]["blocks"][0] == paragraph(STORY.lede)


def test_without_a_heading_the_full_text_stands_open():
    blocks = composed(STORY, replace(LOOK, full_text_heading="", pieces=(Piece.FULL_TEXT,)))["blocks"]
    assert [block["type"] for block in blocks[:2]] == ["paragraph", "heading"]


def test_bad_addresses_are_shown_without_a_link():
    article = Article(headline="تیتر", related=(RelatedLink(title="خبر", url="file:///x"),))
    assert composed(article, Look())["blocks"][-1] == items("خبر")


def test_an_article_that_shows_nothing_has_no_rich_form():
    assert rich_message(Article(headline="\u200c", hashtags=("12",)), Look()) is None


def story(*texts):
    return Article(headline="", sections=(Section(blocks=tuple(Paragraph(text=text) for text in texts)),))


OPEN = Look(pieces=(Piece.FULL_TEXT,), full_text_heading="")


def test_what_telegram_could_hold_only_in_part_has_no_rich_form():
    half = "ب" * (MAX_TEXT // 2)
    assert len(composed(story(half, half), OPEN)["blocks"]) == 2
    assert rich_message(story(half, half, "ب"), OPEN) is None


@pytest.mark.parametrize(("count", "fits"), [(500, True), (501, False)])
def test_at_most_500_blocks(count, fits):
    assert (rich_message(story(*["بند"] * count), OPEN) is not None) is fits


@pytest.mark.parametrize(("count", "fits"), [(249, True), (250, False)])
def test_list_items_count_as_blocks(count, fits):
    article = Article(headline="", key_points=tuple(KeyPoint(text="نکته") for _ in range(count)))
    assert (rich_message(article, Look()) is not None) is fits


def test_a_string_that_tdlib_would_cut_has_no_rich_form():
    assert rich_message(story("ب" * 17_499), OPEN) is None
    assert composed(story("ب" * 17_498), OPEN)


@settings(THOROUGH, max_examples=25)
@given(ARTICLES, LOOKS)
def test_the_judge_takes_every_rich_post(article, look):
    message = rich_message(article, look, on=DAY)
    if message:
        assert len(check_rich(message)["blocks"]) == len(message["blocks"])
