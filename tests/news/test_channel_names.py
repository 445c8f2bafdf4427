"""Every way in which somebody may name a channel, and what names none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.posts.channel_names import Named, Unnamed, channel_named


@pytest.mark.parametrize(
    "words",
    [
        "@news_room",
        "news_room",
        "«news_room»",
        "«@news_room»",
        '"news_room"',
        "“@news_room”",
        "'news_room'",
        "‹news_room›",
        "„news_room“",
        "(news_room)",
        "\u200c@news_room\u200c",
        "@\u200enews_room",
        "news\u200c_room",
        "@news_room.",
        "@news_room،",
        "https://t.me/news_room",
        "http://t.me/news_room/",
        "HTTPS://T.ME/news_room",
        "t.me/news_room/12",
        "t.me/news_room/۱۲",
        "t.me/news_room/12/34?single",
        "https://t.me/s/news_room",
        "https://www.t.me/news_room",
        "telegram.me/news_room",
        "telegram.dog/news_room",
        "https://news_room.t.me/12",
        "tg://resolve?domain=news_room&post=12",
        "<https://t.me/news_room>",
        "کانال @news_room",
        "my channel: @news_room",
        "«https://t.me/news_room/۱۲»",
    ],
)
def test_a_public_channel_is_known_by_its_name(words: str) -> None:
    assert channel_named(words) == Named(chat="@news_room")


@pytest.mark.parametrize(
    "words",
    [
        "https://t.me/c/1234567890/55",
        "t.me/c/1234567890",
        "t.me/c/۱۲۳۴۵۶۷۸۹۰/۵۵",
        "t.me/c/١٢٣٤٥٦٧٨٩٠/٥٥",
        "https://t.me/c/1234567890/7/55?thread=7",
        "«t.me/c/1234567890/55»",
        "-1001234567890",
        "-۱۰۰۱۲۳۴۵۶۷۸۹۰",
        "tg://privatepost?channel=1234567890&post=55",
    ],
)
def test_a_private_channel_is_known_by_its_number(words: str) -> None:
    assert channel_named(words) == Named(chat=-1001234567890)


def test_digits_in_a_name_may_be_persian() -> None:
    assert channel_named("@news۲۴") == Named(chat="@news24")


@pytest.mark.parametrize("words", ["https://t.me/+AbCdEf123", "t.me/joinchat/AbCdEf", "tg://join?invite=x"])
def test_an_invitation_names_none(words: str) -> None:
    assert channel_named(words) is Unnamed.INVITATION


@pytest.mark.parametrize(
    "words", ["خبر", "«خبر»", "@", "https://example.com/news", "t.me/", "12", "@1news", ""]
)
def test_what_is_no_channel_is_not_guessed_at(words: str) -> None:
    assert channel_named(words) is Unnamed.UNREADABLE


@given(st.text())
def test_any_words_can_be_asked(words: str) -> None:
    assert channel_named(words) is not None
