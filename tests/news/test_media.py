"""Files of every kind in a post: which share a message, what stands over those that follow."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.composing import article_json
from bot.news.media import ALBUM, Media, MediaKind, grouped
from bot.news.model import Article, Form, Look, UrlButton, article_from_json, content_json
from bot.news.posts import rich
from bot.news.posts.message import as_json, compose
from bot.news.posts.warnings import Kind, of_text

K = MediaKind
TOGETHER = [{K.PHOTO, K.VIDEO}, {K.DOCUMENT}, {K.AUDIO}, {K.ANIMATION}, {K.VOICE}]
STORY = Article(headline="پل تازهٔ رودبار باز شد", lede="شهرداری رودبار پل تازه را صبح شنبه باز کرد.")
LOOK = Look(buttons=(UrlButton(text="وبگاه", url="https://example.com/"),))


def files(*kinds: MediaKind) -> tuple[Media, ...]:
    return tuple(Media(file_id=f"{kind}-{number}", kind=kind) for number, kind in enumerate(kinds))


ANY = st.lists(st.sampled_from(list(K)), max_size=14).map(lambda kinds: files(*kinds))


@given(ANY)
def test_every_group_is_one_that_telegram_takes_and_no_file_is_lost(media: tuple[Media, ...]) -> None:
    groups = grouped(media)
    for group in groups:
        kinds = {each.kind for each in group}
        assert any(kinds <= some for some in TOGETHER)
        assert 1 <= len(group) <= ALBUM
        assert len(group) == 1 or not kinds & {K.ANIMATION, K.VOICE}
    assert sorted(each.file_id for group in groups for each in group) == sorted(
        each.file_id for each in media[:ALBUM]
    )


@given(ANY)
def test_no_more_messages_than_need_be(media: tuple[Media, ...]) -> None:
    kinds = [each.kind for each in media[:ALBUM]]
    shared = len({frozenset({K.PHOTO, K.VIDEO}) if kind in {K.PHOTO, K.VIDEO} else kind for kind in kinds})
    alone = sum(kind in {K.ANIMATION, K.VOICE} for kind in kinds)
    kinds_alone = len({kind for kind in kinds if kind in {K.ANIMATION, K.VOICE}})
    assert len(grouped(media)) == shared - kinds_alone + alone


def test_what_is_seen_has_the_words_and_the_rest_follows_under_the_headline() -> None:
    article = replace(STORY, media=files(K.DOCUMENT, K.VIDEO, K.PHOTO, K.DOCUMENT, K.VOICE))
    first, papers, voice = compose(article, LOOK)
    assert [each.kind for each in first.media] == [K.VIDEO, K.PHOTO]
    assert first.text.startswith(STORY.headline)
    assert STORY.lede in first.text
    assert [each.kind for each in papers.media] == [K.DOCUMENT, K.DOCUMENT]
    assert papers.text == voice.text == STORY.headline
    assert [bool(each.buttons) for each in (first, papers, voice)] == [False, False, True]


def test_a_rich_post_is_followed_by_what_is_not_seen() -> None:
    article = replace(STORY, media=files(K.VIDEO, K.AUDIO))
    shown = rich.rich_message(article, Look(form=Form.RICH))
    assert shown is not None
    assert {"type": "video", "video": {"type": "video", "media": "video-0"}} in shown["blocks"]
    assert [each.media for each in rich.beside(article)] == [article.media[1:]]


@given(ANY)
def test_a_mixture_is_warned_of_with_the_number_of_messages_that_follow(media: tuple[Media, ...]) -> None:
    article = replace(STORY, media=media)
    messages = compose(article, Look())
    warned = of_text(article, Look(), messages=messages, others_have_photos=False)
    assert [each.count for each in warned if each.kind is Kind.FILES] == (
        [len(messages) - 1] if len(messages) > 1 else []
    )
    assert not [each for each in warned if each.kind in {Kind.SPLIT, Kind.CAPTION}]


@given(ANY)
def test_what_is_stored_comes_back_and_a_terminal_shows_its_kinds(media: tuple[Media, ...]) -> None:
    article = replace(STORY, media=media)
    assert article_from_json(content_json(article)) == article
    assert [each["type"] for each in article_json(article)["media"]] == [each.kind for each in media]
    assert sum(len(each.get("media", [])) for each in as_json(compose(article, Look()))) == min(
        len(media), ALBUM
    )
