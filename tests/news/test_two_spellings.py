"""A name in two spellings in one story: which pairs are told, and which are left alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.model import Article, Paragraph, Section
from bot.news.posts import warnings
from bot.news.posts.warnings import Kind
from bot.news.spelling import two_spellings


def told(text: str, *names: str) -> list[tuple[str, str]]:
    return [(each.usual, each.other) for each in two_spellings.found(text, names)]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("زلنسکی به برلین رفت. زلینسکی گفت صلح می‌خواهد.", ("زلنسکی", "زلینسکی")),
        ("ترامپ آمد و ترامپ رفت. ترمپ چیزی نگفت.", ("ترامپ", "ترمپ")),
        ("حزب مؤتلفه آمد. دبیرکل حزب موتلفه رفت.", ("مؤتلفه", "موتلفه")),
        ("عراقچی به مسقط رفت. عراغچی با همتایش دیدار کرد.", ("عراقچی", "عراغچی")),  # the same sound
        ("سفر لاوروف به باکو. لاورف‌ها نماندند.", ("لاوروف", "لاورف")),  # an ending is no part of it
        ("لوکاشنکو فیلم ساخت. لوکاشکنو جایزه گرفت.", ("لوکاشنکو", "لوکاشکنو")),  # swapped
        ("آقای علی‌پور آمد. آقای علیپور رفت.", ("علی‌پور", "علیپور")),
        ("Mr Zelensky arrived. Later Zelenskyy spoke.", ("Zelensky", "Zelenskyy")),
        ("Guterres spoke. Guterrez left.", ("Guterres", "Guterrez")),
        ("President Lukashenko came. Mr Lukashenka left.", ("Lukashenko", "Lukashenka")),
    ],
)
def test_one_name_in_two_spellings_is_told(text: str, pair: tuple[str, str]) -> None:
    assert told(text) == [pair]


@pytest.mark.parametrize(
    "text",
    [
        "محمدی گفت. محمودی رفت. احمدی و حمیدی ماندند.",
        "حسنی و حسینی، کرمی و کریمی آمدند.",
        "زلنسکی آمد. زلنسکی‌ها رفتند. حامیان زلنسکیِ جوان ماندند.",
        "ایران و ایرانی، کروات و کرواسی، طالب و طالبان",
        "ماموران آمدند و مأموران رفتند. تأکید و تاکید کردند.",
        "جمع‌بندی شد و جمعبندی نشد.",
        "Iran and Iraq, Korea and Korean, Russia and Russian, Chinese and China, Austria and Australia",
        "see Zelensky.com and @Zelenskyy",
    ],
)
def test_two_names_endings_and_everyday_words_are_left_alone(text: str) -> None:
    assert told(text) == []


def test_a_name_that_the_story_is_known_to_name_is_held_against_its_slip() -> None:
    assert told("نتانیاهو آمد. نتانیاهو رفت. نتانیاهوی ماند.", "نتانیاهو") == []  # an ending
    assert told("نتانیاهو آمد. نتانیاهو رفت. نتنیاهو ماند.", "بنیامین نتانیاهو") == [("نتانیاهو", "نتنیاهو")]
    assert told("علی پور آمد. علی‌پور رفت.", "علی پور") == [("علی‌پور", "علی پور")]


def test_the_card_tells_it_once_and_not_what_is_told_as_a_misspelling() -> None:
    words = "زلنسکی به برلین رفت. زلینسکی گفت اضهارات او درست است. اظهارات او خوانده شد."
    story = Article(headline="نشست", lede="", sections=(Section(blocks=(Paragraph(text=words),)),))

    assert [(each.kind, each.headline, each.name) for each in warnings.of_words(story)] == [
        (Kind.MISSPELT, "اضهارات", "اظهارات"),
        (Kind.TWO_SPELLINGS, "زلنسکی", "زلینسکی"),
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=80)
    | st.lists(st.sampled_from("زلنسکی زلینسکی ترامپ . « \u200c ً Zelensky Zelenskyy ها".split(" "))).map(
        " ".join
    )
)
def test_any_text_is_read_and_both_spellings_stand_in_it(text: str) -> None:
    pairs = told(text)
    assert all(one != other for one, other in pairs)
    assert len(set(pairs)) == len(pairs)


def test_many_strange_words_take_no_longer_than_there_are() -> None:
    text = " ".join("زلن" + "".join("ابپتج"[(n // 5**k) % 5] for k in range(5)) + "سکی" for n in range(3_000))
    assert len(told(text)) < 3_000
