"""What a message's links become, whatever their shape: entities, buttons, marks before them."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from telegram import Chat, InlineKeyboardButton, InlineKeyboardMarkup, Message, MessageEntity

from bot.news import copydesk
from bot.news.posts.markup import utf16_length
from handlers.story import links
from tests.newsroom import COPY, NOON, newsroom

SITE = "https://khabar.example/"


def message(text: str, *words: str, caption: bool = False, **more: Any) -> Message:
    """A message with a link on each of the words."""
    found = tuple(
        MessageEntity(
            type="text_link",
            offset=utf16_length(text[: text.index(each)]),
            length=utf16_length(each),
            url=f"{SITE}{number}",
        )
        for number, each in enumerate(words, start=1)
    )
    kinds = ("caption", "caption_entities") if caption else ("text", "entities")
    worded: dict[str, Any] = dict(zip(kinds, (text, found), strict=True))
    return Message(1, NOON, Chat(1, "private"), **worded, **more)


def urls(text: str) -> list[str | None]:
    article = copydesk.read(text)
    return [link.url for link in article.related]


@pytest.mark.parametrize("caption", [False, True])
def test_links_on_words_in_the_text_are_related_links_and_the_sources_is_its_address(
    *, caption: bool
) -> None:
    text = f"{COPY}\n😀 گزارش تصویری را ببینید.\nمنبع: ایرنا"

    article = copydesk.read(
        links.written(message(text, "ناوگان شهر", "گزارش تصویری", "ایرنا", caption=caption))
    )

    assert [link.url for link in article.related] == [f"{SITE}1", f"{SITE}2"]
    assert (article.source, article.source_url) == ("ایرنا", f"{SITE}3")
    assert "](" not in str(article.sections) + article.lede + article.headline


@pytest.mark.parametrize(
    "mark", ["▪️ ", "👈 ", "📌 ", "۱. ", "- ", "🔻", "1️⃣ ", "← ", "✅ ", "», ", "• ", "", "🔗 "]
)
def test_a_line_to_read_more_keeps_its_link_behind_any_mark(mark: str) -> None:
    titles = ("اجاره‌بها در مهر چقدر شد؟", "بازار مسکن در آبان")
    text = f"{COPY}\nبیشتر بخوانید:\n" + "\n".join(f"{mark}{title}" for title in titles)

    article = copydesk.read(links.written(message(text, *titles)))

    assert [link.url for link in article.related] == [f"{SITE}1", f"{SITE}2"]
    assert [link.title.strip("», ") for link in article.related] == list(titles)


def test_a_link_on_a_sign_alone_and_on_a_button_is_kept_below() -> None:
    button = InlineKeyboardButton("ادامهٔ خبر", url="https://khabar.example/b")
    other = InlineKeyboardButton("رأی", callback_data="x")
    markup = InlineKeyboardMarkup([[button, other]])

    written = links.written(message(f"{COPY} 🔗", "🔗", reply_markup=markup))

    assert urls(written) == [f"{SITE}1", "https://khabar.example/b"]


def test_a_link_over_several_lines_stands_on_the_first_and_other_schemes_stay_words() -> None:
    first, second = COPY.split("\n")[:2]
    assert urls(links.written(message(COPY, f"{first}\n{second}"))) == [f"{SITE}1"]
    entity = MessageEntity(type="text_link", offset=0, length=4, url="tg://user?id=1")
    assert links.written(Message(1, NOON, Chat(1, "private"), text=COPY, entities=(entity,))) == COPY


def test_buttons_alone_make_no_story() -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("سایت", url=SITE)]])
    assert links.written(message("", reply_markup=markup)) == ""


@example("𐀀", [(0, 1)])
@example("شهر 𐀀𐀀", [(5, 2)])
@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=4))
def test_whatever_the_entities_say_no_character_is_lost(text: str, places: list[tuple[int, int]]) -> None:
    entities = tuple(
        MessageEntity(type="text_link", offset=offset, length=length, url=SITE) for offset, length in places
    )
    written = links.written(Message(1, NOON, Chat(1, "private"), text=text, entities=entities))

    kept = written.replace("(", "[").replace(")", "]")
    at = 0
    for char in text.strip().replace("(", "[").replace(")", "]"):
        if char not in "[]":
            at = kept.index(char, at) + 1


async def test_a_forwarded_post_keeps_its_links() -> None:
    async with newsroom() as house:
        word = "ناوگان شهر"
        entity = {"type": "text_link", "offset": COPY.index(word), "length": len(word), "url": f"{SITE}1"}
        await house.reporter.sends(COPY, entities=[entity])

        found = [e["url"] for e in house.reporter.card()["entities"] if e["type"] == "text_link"]
        assert found == [f"{SITE}1"]
