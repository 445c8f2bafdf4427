"""What a story says it is about, as terms and as tags."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from bot.news import keywords
from bot.news.direction import RLM
from bot.news.markup import utf16_length
from bot.news.model import Article, BulletList, Entity, KeyPoint, Paragraph, Section
from tests.any_article import ARTICLES
from tests.sample_story import STORY
from tests.telegram_judge import automatic

STORM = Article(
    headline="سازمان هواشناسی: گردوخاک به خوزستان می\u200cرسد",
    lede="توفان گردوخاک از فردا شهرهای خوزستان را فرا می\u200cگیرد و کیفیت هوا ناسالم می\u200cشود.",
    sections=(
        Section(
            heading="کیفیت هوا در اهواز",
            blocks=(
                Paragraph(
                    text="به گزارش سازمان هواشناسی، کانون\u200cهای گردوخاک در جنوب اهواز فعال شده\u200cاند و ۱۲ ایستگاه "
                    "کیفیت هوا وضعیت قرمز را نشان می\u200cدهند."
                ),
                Paragraph(
                    text="مدیر ایستگاه\u200cهای سنجش گفت: کانون گردوخاک با نهال\u200cکاری مهار می\u200cشود و نهال\u200cکاری در اهواز آغاز شده است."
                ),
            ),
        ),
    ),
)
DAM = Article(
    headline="آبگیری سد نمونه\u200cرود پس از ۶ سال آغاز شد",
    lede="وزیر نیرو از آبگیری سد نمونه\u200cرود خبر داد و گفت آب شرب سه شهر تأمین می\u200cشود.",
    sections=(
        Section(
            blocks=(
                BulletList(
                    intro="آنچه درباره سد نمونه\u200cرود باید دانست:",
                    items=(
                        KeyPoint(label="آب شرب", text="سه شهر از خط انتقال تازه آب شرب می\u200cگیرند"),
                        KeyPoint(text="خط انتقال ۴۰ کیلومتر است و آبگیری تا بهار طول می\u200cکشد"),
                    ),
                ),
            )
        ),
    ),
)


def test_a_story_is_about_what_it_repeats_and_names():
    assert {"گردوخاک", "سازمان هواشناسی", "خوزستان", "کیفیت هوا"} <= set(keywords.of(STORM))
    assert {"آبگیری سد نمونه\u200cرود", "آب شرب", "خط انتقال"} <= set(keywords.of(DAM))


@pytest.mark.parametrize("article", [STORM, DAM, STORY])
def test_no_term_is_a_verb_a_number_or_a_word_of_grammar(article):
    for term in keywords.of(article, 50):
        first, *_, last = (*term.split(), *term.split())
        assert not {first, last} & {
            "از",
            "به",
            "در",
            "و",
            "شد",
            "گفت",
            "است",
            "می\u200cشود",
            "۶",
            "۱۲",
            "خبر",
        }


def test_no_two_terms_tell_the_same():
    terms = keywords.of(STORM, 50)

    assert len(terms) == len(set(terms))
    assert "هواشناسی" not in terms


def test_plural_and_ezafe_count_as_one_and_are_shown_as_mostly_written():
    text = "پایانه\u200cهای نو. پایانه\u200cهای کهنه. پایانه در شهر."
    body = (Section(blocks=(Paragraph(text=text),)),)

    assert keywords.of(Article(headline="گشایش", sections=body), 1) == ("پایانه\u200cها",)
    assert keywords.fold("رسانه\u200cهایشان") == keywords.fold("رسانه") == "رسانه"
    assert keywords.fold("شورای") == keywords.fold("شورا")
    assert keywords.fold("تنها") == "تنها"
    assert keywords.fold("ایرانی") == "ایرانی"


def test_english_copy_has_terms_too():
    text = (
        "The night bus network grows. Night bus drivers ask for pay. The council votes on the night bus plan."
    )
    article = Article(
        headline="Council votes on night bus network", sections=(Section(blocks=(Paragraph(text=text),)),)
    )

    assert "night bus" in {term.lower() for term in keywords.of(article)}


def test_tags_are_joined_as_the_house_says():
    assert "سازمان_هواشناسی" in keywords.hashtags(STORM)
    assert "سازمان\u200cهواشناسی" in keywords.hashtags(STORM, joiner="\u200c")
    assert len(keywords.hashtags(STORM, 2)) == 2


def test_the_keywords_of_the_copy_come_first():
    own = replace(STORM, keywords=("محیط زیست", "یک کلیدواژه که برای برچسب بسیار بلند است", "۱۴۰۵"))

    assert keywords.hashtags(own)[0] == "محیط_زیست"
    assert not any("کلیدواژه" in tag or tag.isdigit() for tag in keywords.hashtags(own))


@settings(max_examples=15, deadline=None)
@given(ARTICLES)
def test_of_any_article_each_tag_is_one_tag_to_telegram(article):
    terms = keywords.of(article)

    assert len(terms) <= 6
    assert all(term.strip() for term in terms)
    for joiner in ("_", "\u200c"):
        for tag in keywords.hashtags(article, joiner=joiner):
            found = automatic(f"{RLM}#{tag} #b")[0]
            assert found == Entity(type="hashtag", offset=1, length=utf16_length(f"#{tag}"))


def test_a_kicker_of_a_few_words_is_a_term():
    assert "محیط زیست" in keywords.of(STORY)
    assert keywords.of(Article(headline="", kicker="🔹 ")) == ()


def test_an_empty_story_is_about_nothing():
    assert keywords.of(Article(headline="")) == ()
    assert keywords.hashtags(Article(headline="و از به")) == ()


@pytest.mark.timeout(10)
def test_a_line_without_end_takes_no_time():
    for text in ("ب" * 500_000, "واژه " * 100_000, "\u200c" * 500_000):
        body = (Section(blocks=(Paragraph(text=text),)),)
        assert len(keywords.of(Article(headline="خبر", sections=body))) <= 6
