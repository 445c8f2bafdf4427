"""What a story says it is about, as terms."""

import pytest
from hypothesis import given, settings

from bot.news.model import Article, BulletList, KeyPoint, Paragraph, Section
from bot.news.subjects import keywords
from tests.any_article import ARTICLES
from tests.sample_story import STORY

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


@pytest.mark.parametrize(
    ("headline", "stray"),
    [
        ("فوری: زمین\u200cلرزه نمونه\u200cشهر را لرزاند", {"فوری", "لرزاند"}),
        ("برنامه هفته سیزدهم لیگ نمونه اعلام شد", {"سیزدهم لیگ", "سیزدهم لیگ نمونه", "سیزدهم"}),
        ("ثبت\u200cنام در www.sample.ir و pr@sample.ir و sample.ir آغاز شد", {"www", "sample", "ir", "pr"}),
    ],
)
def test_no_term_is_a_piece_of_an_address_or_begins_within_a_phrase(headline, stray):
    terms = keywords.of(Article(headline=headline, lede=headline), 50)

    assert terms
    assert not stray & set(terms)
    assert not any(word in term.split() for term in terms for word in ("sample", "لرزاند", "فوری"))


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


@settings(max_examples=15, deadline=None)
@given(ARTICLES)
def test_of_any_article_there_are_a_few_terms_with_something_in_them(article):
    terms = keywords.of(article)

    assert len(terms) <= 6
    assert all(term.strip() for term in terms)


def test_a_kicker_of_a_few_words_is_a_term():
    assert "محیط زیست" in keywords.of(STORY)
    assert keywords.of(Article(headline="", kicker="🔹 ")) == ()


def test_an_empty_story_is_about_nothing():
    assert keywords.of(Article(headline="")) == ()
    assert keywords.of(Article(headline="و از به")) == ()


@pytest.mark.timeout(10)
def test_a_line_without_end_takes_no_time():
    for text in ("ب" * 500_000, "واژه " * 100_000, "\u200c" * 500_000):
        body = (Section(blocks=(Paragraph(text=text),)),)
        assert len(keywords.of(Article(headline="خبر", sections=body))) <= 6
