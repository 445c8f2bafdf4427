"""Any part of a story written anew: what was not meant stays, what is written back unchanged changes nothing."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.model import Article, KeyPoint, Paragraph, RelatedLink, Section, UrlButton
from bot.news.posts import pages, rewriting
from bot.news.posts.rewriting import LISTS, NEW, NotWritten, Place
from tests.news.test_notation import PARTS, WORDS

LINKS = st.builds(RelatedLink, title=WORDS, url=st.sampled_from([None, "https://example.com/a"]))
ARTICLES = st.builds(
    Article,
    headline=WORDS,
    lede=WORDS,
    sections=st.lists(PARTS, max_size=3).map(tuple),
    key_points=st.lists(st.builds(KeyPoint, text=WORDS), max_size=4).map(tuple),
    related=st.lists(LINKS, max_size=3).map(tuple),
    buttons=st.lists(st.builds(UrlButton, text=WORDS, url=st.just("https://example.com/b")), max_size=3).map(
        tuple
    ),
    byline=st.one_of(st.none(), WORDS),
)


def place(article: Article, name: str) -> Place:
    found = rewriting.place_of(article, name)
    assert found is not None
    return found


def written(article: Article, name: str, text: str) -> Article:
    return replace(article, **rewriting.rewritten(article, place(article, name), text))


def places(article: Article) -> list[str]:
    names = ["headline", "lede", "byline", "text.all"]
    names += [f"{kind}.{at}" for kind, field in LISTS.items() for at in range(len(getattr(article, field)))]
    for page in pages.pages(article):
        if page.section is not None:
            names.append(f"text.{page.section}.{page.first}.{page.end}")
    return names


@settings(deadline=None)
@given(ARTICLES, st.data())
def test_what_is_sent_back_as_it_is_changes_nothing(article: Article, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(places(article)))
    assert written(article, name, rewriting.present(article, place(article, name))) == article


@settings(deadline=None)
@given(ARTICLES, WORDS, st.data())
def test_only_the_part_itself_changes(article: Article, words: str, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([each for each in places(article) if not each.startswith("button")]))
    after = written(article, name, words)
    changed = rewriting.rewritten(article, place(article, name), words).keys()

    assert replace(after, **{field: getattr(article, field) for field in changed}) == article
    assert repr(words)[1:-1] in str(after)


@settings(deadline=None)
@given(ARTICLES, st.sampled_from(sorted(LISTS)), st.data())
def test_items_are_moved_and_taken_out_and_none_is_lost(
    article: Article, kind: str, data: st.DataObject
) -> None:
    items = getattr(article, LISTS[kind])
    if not items:
        return
    at = data.draw(st.integers(0, len(items) - 1))
    here = place(article, f"{kind}.{at}")
    moved = rewriting.moved(article, here, data.draw(st.sampled_from([-1, 1])))[LISTS[kind]]
    assert sorted(map(str, moved)) == sorted(map(str, items))
    assert rewriting.removed(article, here)[LISTS[kind]] == items[:at] + items[at + 1 :]


def test_a_section_is_split_by_a_heading_and_joined_by_taking_one_away() -> None:
    article = Article(
        headline="تیتر",
        sections=(
            Section(blocks=(Paragraph(text="یک"), Paragraph(text="دو"))),
            Section(heading="سه", blocks=(Paragraph(text="چهار"), Paragraph(text="پنج"))),
        ),
    )
    split = written(article, "text.0.0.2", "یک\n\n## سرخط تازه\nدو")
    assert [section.heading for section in split.sections] == [None, "سرخط تازه", "سه"]

    joined = written(article, "text.1.0.1", "چهار و نیم")
    assert [section.paragraphs for section in joined.sections] == [("یک", "دو", "چهار و نیم", "پنج")]

    gone = written(article, "text.1.1.2", "")
    assert gone.sections[1].paragraphs == ("چهار",)


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("headline", "", "empty"),
        ("headline", "و " * 200, "long"),
        ("source_url", "این نشانی نیست", "url"),
        (f"button.{NEW}", "فقط واژه", "url"),
        (f"button.{NEW}", "https://example.com", "empty"),
        (f"button.{NEW}", "ثبت‌نام javascript:alert.1", "url"),
        (f"point.{NEW}", "و " * 400, "long"),
        ("category", "یک نام خیلی بلند برای دسته‌ای که هرگز نبوده است", "long"),
    ],
)
def test_what_can_not_stand_there_is_refused(name: str, text: str, reason: str) -> None:
    article = Article(headline="تیتر")
    with pytest.raises(NotWritten) as refused:
        rewriting.rewritten(article, place(article, name), text)
    assert refused.value.reason == reason


def test_a_link_and_a_button_have_a_title_and_an_address() -> None:
    article = Article(headline="تیتر")
    assert written(article, "link.new", "خبر دیگر\nexample.com/a").related == (
        RelatedLink(title="خبر دیگر", url="https://example.com/a"),
    )
    assert written(article, "link.new", "فقط عنوان").related == (RelatedLink(title="فقط عنوان"),)
    assert written(article, "button.new", "ثبت‌نام\nhttps://example.com/s").buttons == (
        UrlButton(text="ثبت‌نام", url="https://example.com/s"),
    )


@pytest.mark.parametrize(
    "name", ["point.0", "point.-1", "text.0.0.1", "text.1", "photo", "", "point.new.1", "text.a.b.c"]
)
def test_a_place_that_the_story_does_not_have(name: str) -> None:
    assert rewriting.place_of(Article(headline="تیتر"), name) is None
