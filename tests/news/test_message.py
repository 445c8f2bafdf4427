"""The classic form: what readers see of an article, and that Telegram changes nothing of it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from bot.news.media import Media
from bot.news.model import (
    Article,
    BulletList,
    Entity,
    KeyPoint,
    Look,
    Message,
    Paragraph,
    Piece,
    Quote,
    RelatedLink,
    Section,
    UrlButton,
    article_from_json,
    content_json,
)
from bot.news.posts.markup import utf16_length
from bot.news.posts.message import as_json, compose, plain
from bot.news.posts.printable import printable
from bot.news.posts.remarks import shown_date
from bot.news.posts.splitting import CAPTION, MAX_ENTITIES, MESSAGE
from tests.any_article import ALBUM_PHOTOS, ARTICLES, LOOKS, PHOTO, SENTENCE, THOROUGH
from tests.sample_story import DAY, LOOK, STORY
from tests.telegram_judge import automatic, judge

ALL = Look(pieces=tuple(Piece))


def styles(message):
    """What each entity covers, as a reader sees it."""
    units = message.text.encode("utf-16-le")
    return [
        (entity.type, units[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le"))
        for entity in message.entities
    ]


def one(article, look=ALL, **kwargs):
    (message,) = compose(article, look, **kwargs)
    return message


# What a post looks like


def test_a_post_by_the_usual_look():
    assert one(STORY, Look(signature="@nemune_news")).text == (
        "بازگشت درناها به تالاب میانکوه\n"
        "\n"
        "نخستین دسته از درناهای مهاجر پس از ۹ سال به تالاب میانکوه رسید.\n"
        "\n"
        "🔹 شمار پرندگان: ۴۲ درنا در روز نخست\n"
        "\u200f🔹 GPS مسیر کوچ را ثبت کرد\n"
        "\n"
        "بیشتر بخوانید\n"
        "🔗 تالاب\u200cها چگونه زنده شدند\n"
        "▫️ راهنمای پرنده\u200cنگری\n"
        "\n"
        "نویسنده: سارا نمونه\n"
        "منبع: خبرنامهٔ نمونه\n"
        "\n"
        "#محیط_زیست #درنا #Birds\n"
        "\n"
        "\u200e@nemune_news"
    )


def test_a_post_with_everything():
    message = one(STORY, LOOK, on=DAY)
    assert message.text == (
        "محیط زیست\n"
        "\n"
        "بازگشت درناها به تالاب میانکوه\n"
        "\n"
        "نخستین دسته از درناهای مهاجر پس از ۹ سال به تالاب میانکوه رسید.\n"
        "\n"
        "🔹 شمار پرندگان: ۴۲ درنا در روز نخست\n"
        "\u200f🔹 GPS مسیر کوچ را ثبت کرد\n"
        "\n"
        "سفر سه\u200cهزار کیلومتری\n"
        "پرنده\u200cنگران صبح شنبه ۴۲ درنا را شمردند 🦩.\n"
        "\n"
        "\u200fGPS یکی از آن\u200cها مسیر را نشان داده است.\n"
        "\n"
        "«این خبر خوبی برای همهٔ ماست.»\n"
        "\n"
        "کارهای مانده موارد زیر بود:\n"
        "🔹 آب: لایروبی دو نهر\n"
        "\u200f🔹 WWF گزارش می\u200cدهد\n"
        "\n"
        "بیشتر بخوانید\n"
        "🔗 تالاب\u200cها چگونه زنده شدند\n"
        "▫️ راهنمای پرنده\u200cنگری\n"
        "\n"
        "نویسنده: سارا نمونه\n"
        "گرگان - خبرنامه\n"
        "منبع: خبرنامهٔ نمونه\n"
        "یکشنبه ۱ آذر ۱۴۰۵\n"
        "\n"
        "#محیط_زیست #درنا #Birds\n"
        "\n"
        "خبرنامهٔ نمونه | \u200e@nemune_news"
    )
    quote = message.text[message.text.index("سفر") : message.text.index("\n\nبیشتر")]
    assert styles(message) == [
        ("bold", "بازگشت درناها به تالاب میانکوه"),
        ("bold", "شمار پرندگان"),
        ("expandable_blockquote", quote),
        ("bold", "سفر سه\u200cهزار کیلومتری"),
        ("italic", "«این خبر خوبی برای همهٔ ماست.»"),
        ("bold", "آب"),
        ("bold", "بیشتر بخوانید"),
        ("text_link", "تالاب\u200cها چگونه زنده شدند"),
        ("text_link", "خبرنامهٔ نمونه"),
    ]
    assert [entity.url for entity in message.entities if entity.url] == [
        "https://example.com/wetlands?id=7",
        "https://example.com/",
    ]
    assert message.buttons == (UrlButton(text="وبگاه ما", url="https://example.com/"),)
    assert judge(message.text, message.entities) == (message.text, message.entities)


def test_pieces_stand_in_the_order_of_the_look_and_only_once():
    pieces = (Piece.HASHTAGS, Piece.SOURCE, Piece.HEADLINE, Piece.BYLINE, Piece.SOURCE)
    assert one(STORY, Look(pieces=pieces)).text == (
        "#محیط_زیست #درنا #Birds\n\nمنبع: خبرنامهٔ نمونه\n\nبازگشت درناها به تالاب میانکوه\n\nنویسنده: سارا نمونه"
    )


def test_the_full_text_has_the_lede_where_the_look_has_no_place_for_it():
    message = one(STORY, Look(pieces=(Piece.HEADLINE, Piece.FULL_TEXT)))
    assert styles(message)[1][1].startswith(f"{STORY.lede}\n\nسفر")


def test_an_english_post():
    article = Article(
        headline="Cranes return",
        lede="Forty-two were counted.\nدرنا means crane.",
        byline="Sara Sample",
        language="en",
    )
    look = Look(pieces=(Piece.HEADLINE, Piece.LEDE, Piece.BYLINE, Piece.DATE), byline_label="By")
    assert one(article, look, on=DAY).text == (
        "Cranes return\n\nForty-two were counted.\n\u200eدرنا means crane.\n\nBy: Sara Sample\n22 November 2026"
    )


@pytest.mark.parametrize(
    ("language", "shown"),
    [("fa", "یکشنبه ۱ آذر ۱۴۰۵"), ("fa-IR", "یکشنبه ۱ آذر ۱۴۰۵"), ("en", "22 November 2026")],
)
def test_the_date_is_in_the_readers_calendar(language, shown):
    assert shown_date(DAY, language) == shown


def test_empty_words_of_a_look_leave_no_trace():
    bare = Look(bullet=" ", related_heading="", byline_label="", source_label="\u200c")
    assert one(STORY, bare).text.split("\n\n")[2:5] == [
        "شمار پرندگان: ۴۲ درنا در روز نخست\n\u200fGPS مسیر کوچ را ثبت کرد",
        "تالاب\u200cها چگونه زنده شدند\nراهنمای پرنده\u200cنگری",
        "سارا نمونه\nخبرنامهٔ نمونه",
    ]


@pytest.mark.parametrize("nothing", ["", " \n ", "\u200c", "\u200f\u200f", "\u202e", "\x00"])
def test_what_shows_nothing_is_left_out(nothing):
    article = Article(
        headline=nothing,
        kicker=nothing,
        lede=nothing,
        sections=(
            Section(heading=nothing, blocks=(Paragraph(text=nothing), BulletList(items=(), intro=nothing))),
        ),
        key_points=(KeyPoint(text=nothing, label=nothing),),
        related=(RelatedLink(title=nothing),),
        hashtags=(nothing, "!", "12"),
    )
    assert compose(article, ALL) == ()
    assert compose(replace(article, headline="تیتر"), ALL) == (
        Message(text="تیتر", entities=(Entity(type="bold", offset=0, length=4),)),
    )


def test_a_quotation_keeps_its_own_marks():
    article = Article(
        headline="", sections=(Section(blocks=(Quote(text="“خوب است”"), Quote(text="بد نیست"))),)
    )
    assert one(article).text == "“خوب است”\n\n«بد نیست»"


def test_the_site_stands_for_a_source_without_a_name():
    message = one(Article(headline="", source_url="https://www.example.com/a/b"))
    assert message.text == "منبع: example.com"
    assert [entity.url for entity in message.entities] == ["https://www.example.com/a/b"]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://t.me/shahr_news/12345", "@shahr_news"),
        ("https://t.me/s/shahr_news", "@shahr_news"),
        ("https://t.me/c/1234567/12", "t.me"),
        ("https://t.me/+AbCdEfGh", "t.me"),
    ],
)
def test_a_public_channel_is_known_by_its_name(url, shown):
    assert one(Article(headline="", source_url=url)).text.endswith(shown)


def test_what_telegram_would_refuse_is_shown_without_a_link():
    article = replace(
        STORY,
        source_url="file:///etc",
        related=(RelatedLink(title="خبر", url="/x"), RelatedLink(title="", url="/")),
    )
    message = one(article, Look(buttons=(UrlButton(text="", url="x.ir"), UrlButton(text="الف", url="x"))))
    assert not [entity for entity in message.entities if entity.url]
    assert "▫️ خبر\n\n" in message.text
    assert message.buttons == ()


# Long posts and photos


def test_buttons_stand_under_the_last_message():
    article = replace(STORY, lede=SENTENCE * 200)
    messages = compose(article, LOOK)
    assert len(messages) > 1
    assert [len(message.buttons) for message in messages] == [0] * (len(messages) - 1) + [1]


def test_a_headline_of_5000_characters_is_bold_to_its_end():
    messages = compose(replace(STORY, headline=(SENTENCE * 100)[:5000]), Look())
    assert len(messages) == 2
    assert styles(messages[0]) == [("bold", messages[0].text)]
    assert styles(messages[1])[0] == ("bold", messages[1].text.split("\n\n")[0])


def test_a_full_text_of_20000_characters_is_a_quote_in_every_part():
    body = tuple(Paragraph(text=(SENTENCE * 9).strip()) for _ in range(42))
    messages = compose(replace(STORY, sections=(Section(blocks=body),)), LOOK)
    quotes = [
        text for message in messages for type_, text in styles(message) if type_ == "expandable_blockquote"
    ]
    assert len(quotes) >= 5
    assert "\n\n".join(quotes) == "\n\n".join(paragraph.text for paragraph in body)


def test_500_bullets_all_arrive_each_with_its_label():
    points = tuple(KeyPoint(label=f"برچسب {number}", text="متن کوتاه") for number in range(500))
    messages = compose(replace(STORY, key_points=points), Look())
    lines = [line for message in messages for line in message.text.split("\n")]
    assert [line for line in lines if "برچسب" in line] == [f"🔹 برچسب {n}: متن کوتاه" for n in range(500)]
    labels = [text for message in messages for _, text in styles(message) if text.startswith("برچسب")]
    assert labels == [f"برچسب {n}" for n in range(500)]
    assert all(len(message.entities) <= MAX_ENTITIES for message in messages)


def test_a_short_post_is_the_caption_of_its_photo():
    message = one(replace(STORY, media=(PHOTO,)), LOOK, on=DAY)
    assert message.media == (PHOTO,)
    assert judge(message.text, message.entities, "caption") == (message.text, message.entities)


def test_headline_and_lede_stand_whole_under_the_photo_and_the_rest_follows():
    article = replace(STORY, media=(PHOTO,), key_points=tuple(KeyPoint(text=SENTENCE * 3) for _ in range(9)))
    caption, rest = compose(article, replace(LOOK, pieces=Look().pieces))
    lines = caption.text.split("\n\n")
    assert lines[:2] == [article.headline, article.lede]
    assert utf16_length(caption.text) <= CAPTION
    assert rest.media == ()
    assert not caption.buttons
    assert rest.buttons


def test_a_lede_too_long_for_the_caption_goes_whole_into_the_message_after_it():
    article = Article(headline="تیتر", lede=(SENTENCE * 25).strip(), media=(PHOTO,))
    assert [message.text for message in compose(article, Look())] == ["تیتر", article.lede]


def test_a_photo_alone_is_a_post():
    assert compose(Article(headline="", media=(PHOTO,)), LOOK) == (
        Message(
            text="خبرنامهٔ نمونه | \u200e@nemune_news",
            media=(PHOTO,),
            buttons=(UrlButton(text="وبگاه ما", url="https://example.com/"),),
        ),
    )
    assert compose(Article(headline="", media=(PHOTO,)), Look()) == (Message(text="", media=(PHOTO,)),)


def test_an_album_has_the_photos_in_their_order_and_one_caption():
    message = one(replace(STORY, media=ALBUM_PHOTOS[:3]), replace(LOOK, buttons=()), on=DAY)
    assert message.media == ALBUM_PHOTOS[:3]
    assert message.text == one(STORY, LOOK, on=DAY).text
    assert judge(message.text, message.entities, "caption") == (message.text, message.entities)


def test_an_album_has_at_most_ten_photos():
    assert one(Article(headline="تیتر", media=ALBUM_PHOTOS)).media == ALBUM_PHOTOS[:10]


def test_buttons_are_under_the_text_after_an_album_and_never_under_the_album():
    short = replace(STORY, media=ALBUM_PHOTOS[:2])
    long = replace(short, key_points=tuple(KeyPoint(text=SENTENCE * 3) for _ in range(9)))
    assert one(short, LOOK, on=DAY).buttons == ()
    shown = compose(long, replace(LOOK, pieces=Look().pieces))
    assert [bool(message.buttons) for message in shown] == [False, True]


def test_content_of_before_there_were_albums_has_its_photo():
    old = content_json(replace(STORY, media=(PHOTO,)))
    old["photo"] = {"file_id": old.pop("media")[0]["file_id"]}
    assert article_from_json(old) == replace(STORY, media=(PHOTO,))
    assert article_from_json({**old, "photo": None}) == STORY


def test_content_of_before_there_were_other_files_has_its_photos():
    old = content_json(replace(STORY, media=ALBUM_PHOTOS[:3]))
    old["photos"] = [{"file_id": each["file_id"]} for each in old.pop("media")]
    assert article_from_json(old) == replace(STORY, media=ALBUM_PHOTOS[:3])


@given(ARTICLES)
@settings(THOROUGH, max_examples=15)
def test_what_is_stored_comes_back_with_all_its_photos(article):
    assert article_from_json(content_json(article)).media == article.media


def test_json_has_the_words_of_the_bot_api():
    article = Article(headline="الف", source="ب", source_url="x.ir", media=(PHOTO,))
    look = Look(buttons=(UrlButton(text="ج", url="x.ir"),))
    assert as_json(compose(article, look)) == [
        {
            "text": "الف\n\nمنبع: ب",
            "entities": [
                {"type": "bold", "offset": 0, "length": 3},
                {"type": "text_link", "offset": 11, "length": 1, "url": "https://x.ir/"},
            ],
            "media": [{"type": "photo", "media": "AgACAgQAAxkBAAIBZ2c"}],
            "buttons": [{"text": "ج", "url": "https://x.ir/"}],
        }
    ]
    assert as_json(compose(Article(headline="الف"), Look()))[0].keys() == {"text", "entities"}


def test_a_terminal_shows_addresses_and_buttons():
    article = Article(headline="😀", related=(RelatedLink(title="ب", url="x.ir"),), source="پ")
    look = Look(buttons=(UrlButton(text="ج", url="x.ir"),))
    shown = plain(compose(article, look))
    assert "🔗 ب (https://x.ir/)\n\nمنبع: پ\n\n[ج] https://x.ir/" in shown
    assert plain((Message(text="یک"), Message(text="دو"))) == "یک\n\n— — —\n\nدو"


# Whatever is written


@settings(THOROUGH, max_examples=40)
@given(ARTICLES, LOOKS)
def test_telegram_takes_every_post_and_changes_nothing(article, look):
    for message in compose(article, look, on=DAY):
        assert not (message.buttons and len(message.media) > 1)
        kind = "caption" if message.media else "message"
        assert utf16_length(message.text) <= (CAPTION if message.media else MESSAGE)
        assert len(message.entities) + len(automatic(message.text)) <= MAX_ENTITIES
        assert sum(len(entity.url.encode()) for entity in message.entities if entity.url) < 9000
        assert not re.search("[\u200e\u200f]{2}", message.text)
        if message.text or not message.media:
            assert judge(message.text, message.entities, kind) == (message.text, message.entities)


@settings(THOROUGH, max_examples=25)
@given(ARTICLES)
def test_no_word_of_the_article_is_lost(article):
    posts = "".join(message.text for message in compose(article, ALL))
    shown = printable(article, ALL)
    pieces = [
        shown.headline,
        shown.kicker,
        shown.lede,
        shown.byline,
        shown.dateline,
        shown.source,
        *shown.hashtags,
    ]
    pieces += [point.text for point in shown.key_points] + [link.title for link in shown.related]
    pieces += [text for section in shown.sections for text in (section.heading, *section.paragraphs)]
    for piece in pieces:
        assert solid(piece or "") in solid(posts)


def solid(text):
    """The text without blanks and marks of direction."""
    return re.sub("[\\s\u200e\u200f]", "", text)


def test_a_related_title_that_leads_nowhere_has_another_sign_than_a_point():
    article = Article(
        headline="ب",
        key_points=(KeyPoint(text="پل باز شد."),),
        related=(RelatedLink(title="پل تازه"), RelatedLink(title="پل کهنه", url="https://example.com/")),
    )
    shown = one(article).text

    assert "🔹 پل باز شد." in shown
    assert "▫️ پل تازه" in shown
    assert "🔗 پل کهنه" in shown
    assert "▫️" not in one(article, replace(ALL, bullet="")).text


def test_related_titles_without_an_address_are_left_out_where_the_look_says_so():
    related = (RelatedLink(title="پل تازه"), RelatedLink(title="پل کهنه", url="https://example.com/"))
    article = Article(headline="ب", related=related)

    assert "پل تازه" not in one(article, Look(unlinked=False)).text
    assert one(replace(article, related=related[:1]), Look(unlinked=False)).text == "ب"


def test_the_kicker_stands_where_the_look_has_it():
    look = Look(pieces=(Piece.HEADLINE, Piece.KICKER))

    assert one(Article(headline="تیتر", kicker="روتیتر"), look).text == "تیتر\n\nروتیتر"


def test_the_text_stands_above_its_pictures_where_the_look_says_so():
    article = replace(STORY, media=(Media(file_id="AgAC"),))
    first, *rest = compose(article, Look(above=True))

    assert first.above
    assert not any(one.above for one in rest)
    assert not any(one.above for one in compose(STORY, Look(above=True)))
    assert not any(one.above for one in compose(article, Look()))
