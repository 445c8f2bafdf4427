"""The story beside the week board: the post's own words, whatever stands in them, and nobody else's posts."""

import re
from datetime import timedelta
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from bot.news.model import Article, Entity, KeyPoint, Message, Paragraph, Role, Section
from bot.web.board.story import StoryShown, formatted, shown
from tests.newsroom import ADMIN, NOON, SPORT
from tests.web.board.hands import board, enters, planned

HOUR = timedelta(hours=1)
_KINDS = st.sampled_from(["bold", "italic", "text_link", "expandable_blockquote", "blockquote", "hashtag"])
_ENTITIES = st.lists(
    st.builds(
        Entity,
        type=_KINDS,
        offset=st.integers(0, 30),
        length=st.integers(0, 30),
        url=st.sampled_from(["https://news.example/", "javascript:alert(1)", None]),
    ),
    max_size=6,
)


@given(st.text(max_size=30), _ENTITIES)
def test_no_word_is_lost_and_none_becomes_markup(text: str, entities: list[Entity]) -> None:
    html = formatted(text, tuple(entities))

    split = re.sub(r"</?(?:b|i|u|s|code|blockquote|a)(?: [^<>]*)?>", "", html)
    assert "<" not in split
    if text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore") == text and text.isascii():
        assert unescape(split) == text
    assert "javascript:" not in re.sub(r">[^<]*<", "><", f">{html}<")
    assert html.count("<blockquote>") == html.count("</blockquote>")


def test_what_is_bold_linked_and_quoted_is_so() -> None:
    text = "🔹 تیتر\nنقل «سخن»"
    entities = (
        Entity(type="bold", offset=3, length=4),
        Entity(type="expandable_blockquote", offset=8, length=10),
        Entity(type="text_link", offset=8, length=3, url="https://news.example/a"),
    )

    assert formatted(text, entities) == (
        '🔹 <b>تیتر</b>\n<blockquote><a href="https://news.example/a" target="_blank" rel="noopener noreferrer">'
        "نقل</a> «سخن»</blockquote>"
    )


def test_a_story_of_markup_shows_it_as_words() -> None:
    bad = "<img src=x onerror=alert(1)>"
    article = Article(
        headline=bad,
        lede=bad,
        key_points=(KeyPoint(label=bad, text=bad),),
        sections=(Section(heading=bad, blocks=(Paragraph(text=bad),)),),
    )
    story = StoryShown(
        article=article,
        messages=(Message(text=bad),),
        title=bad,
        about=(bad,),
        whole=bad,
        files=bad,
        close=bad,
    )

    assert "<img" not in shown(story)


async def test_the_post_is_seen_as_it_will_go_out_with_the_whole_story() -> None:
    async with board() as (house, hand):
        body = (Section(blocks=(Paragraph(text="متن کامل این خبر در اینجا آمده است."),)),)
        post = await planned(house, NOON + HOUR, "پل تازه گشوده شد", lede="لید این خبر.", sections=body)
        answer = await hand.asks("story", post=post.id)
        html = answer.json()["html"]

        assert answer.status_code == 200
        assert "<b>پل تازه گشوده شد</b>" in html
        assert "@news" in html  # the channel's signature, as in the post
        assert "متن کامل این خبر در اینجا آمده است." in html
        await house.passes(2 * 3600)
        assert "@news" in (await hand.asks("story", post=post.id)).json()["html"]


async def test_a_post_of_another_channel_is_not_shown() -> None:
    async with board() as (house, hand):
        post = await planned(house, NOON + HOUR, "پل تازه گشوده شد")
        await house.owner.sends("/connect @sport")
        async with house.newsroom.storage.begin() as db:
            await db.staff.take(ADMIN, Role.CHANNEL_ADMIN)
            await db.staff.give(ADMIN, Role.CHANNEL_ADMIN, SPORT)
        refused = await hand.asks("story", post=post.id)
        other = await enters(hand.client, house, house.editor.id)

        assert refused.status_code == 409
        assert "پل تازه" not in refused.text
        assert (await other.asks("story", post=post.id)).status_code == 409
        assert (await hand.asks("story", post=99)).status_code == 409
