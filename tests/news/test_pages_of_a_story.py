"""A story's pages: nothing of it is missing, each is short, and Telegram takes it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.news.model import Article, BulletList, KeyPoint, Paragraph, Quote, Section
from bot.news.posts import for_staff, pages
from bot.news.posts.direction import LRM, RLM
from bot.news.posts.markup import entities, utf16_length
from bot.news.structure.intake import clean
from tests.any_article import ARTICLES, THOROUGH
from tests.telegram_judge import judge


def bare(text: str) -> str:
    return "".join(char for char in text if not char.isspace() and char not in LRM + RLM)


@THOROUGH
@given(ARTICLES)
def test_every_word_of_a_story_is_on_a_page(article: Article) -> None:
    shown = bare("".join(page.text.text for page in pages.pages(article)))
    texts = [article.kicker or "", article.headline, article.lede]
    for section in article.sections:
        texts.append(section.heading or "")
        for block in section.blocks:
            texts += (
                [block.intro or "", *(item.text for item in block.items)]
                if isinstance(block, BulletList)
                else [block.text]
            )
    at = 0
    for text in texts:
        found = shown.find(bare(clean(text)), at)
        assert found >= 0
        at = found


@THOROUGH
@given(ARTICLES)
def test_no_page_is_longer_than_its_room(article: Article) -> None:
    for page in pages.pages(article):
        assert utf16_length(page.text.text) <= pages.ROOM + page.text.text.count(RLM) + page.text.text.count(
            LRM
        )
        assert len(page.text.spans) <= pages.MOST_SPANS + 2


@THOROUGH
@given(ARTICLES)
def test_the_pages_of_a_section_hold_its_blocks_in_order(article: Article) -> None:
    for number, section in enumerate(article.sections):
        own = [page for page in pages.pages(article) if page.section == number]
        at = 0
        for page in own:
            assert page.first <= at <= page.end
            at = page.end
        if own:
            assert at == len(section.blocks) or not any(
                block.type != "list" and clean(block.text).strip() for block in section.blocks[at:]
            )


@THOROUGH
@given(st.integers(1, 60), st.integers(1, 900))
def test_telegram_takes_every_page_as_it_is(count: int, length: int) -> None:
    text = clean("واژهٔ ساده‌ای که می‌خوانیم، 12 بار. " * (length // 30 + 1))
    article = Article(
        headline="تیتر",
        lede=text,
        key_points=(KeyPoint(label="مبلغ", text="۱۲ میلیارد تومان"),) * 5,
        sections=(
            Section(blocks=(Paragraph(text=text),) * count),
            Section(
                heading="BRICS و ایران", blocks=(Quote(text=text), BulletList(items=(KeyPoint(text="یک"),)))
            ),
        ),
    )
    for page in pages.pages(for_staff.story(replace(article))):
        body = page.text.text.strip(" \n")
        kept, _ = judge(body, ())
        assert kept == body
        judge(page.text.text, entities(page.text))


def test_a_story_without_text_still_has_a_page() -> None:
    assert len(pages.pages(Article(headline=""))) == 1
