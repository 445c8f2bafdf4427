"""The text of a story as it is written and read back by hand."""

from hypothesis import given
from hypothesis import strategies as st

from bot.news.model import BulletList, KeyPoint, Paragraph, Quote, Section
from bot.news.structure import notation

TEXT = (
    "بند نخست خبر است.\n\nبند دوم.\n\n## برنامهٔ هفته\n\nبرنامه چنین است:\n• شنبه: بازدید\n• یکشنبه: نشست\n\n"
    "> شهر از آن همه است.\n> همه با هم.\n\nبند پایانی."
)
SECTIONS = (
    Section(blocks=(Paragraph(text="بند نخست خبر است."), Paragraph(text="بند دوم."))),
    Section(
        heading="برنامهٔ هفته",
        blocks=(
            BulletList(
                intro="برنامه چنین است:",
                items=(KeyPoint(label="شنبه", text="بازدید"), KeyPoint(label="یکشنبه", text="نشست")),
            ),
            Quote(text="شهر از آن همه است.\nهمه با هم."),
            Paragraph(text="بند پایانی."),
        ),
    ),
)
LINE = st.lists(
    st.sampled_from(["شهر", "می‌رود", "۱۲", "BRICS", "«نقل»", "روز", "است."]), min_size=1, max_size=8
)
WORDS = LINE.map(" ".join)
POINTS = st.builds(KeyPoint, text=WORDS)
BLOCKS = st.one_of(
    st.builds(Paragraph, text=WORDS),
    st.builds(Quote, text=st.lists(WORDS, min_size=1, max_size=3).map("\n".join)),
    st.builds(
        BulletList,
        items=st.lists(POINTS, min_size=1, max_size=4).map(tuple),
        intro=st.one_of(st.none(), WORDS),
    ),
)
PARTS = st.builds(Section, heading=WORDS, blocks=st.lists(BLOCKS, max_size=5).map(tuple))


def test_each_kind_of_block_has_its_mark() -> None:
    assert notation.written(SECTIONS) == TEXT
    assert notation.read(TEXT) == SECTIONS


def test_a_person_need_not_leave_blank_lines() -> None:
    assert notation.read(TEXT.replace("\n\n", "\n").replace("بند دوم.\n", "بند دوم.\n\n")) == SECTIONS


def test_a_paragraph_is_split_and_merged_by_its_lines() -> None:
    assert notation.read("یک.\nدو.")[0].paragraphs == ("یک.", "دو.")
    assert notation.read("یک. دو.")[0].paragraphs == ("یک. دو.",)


def test_a_text_without_a_word_is_no_section() -> None:
    assert notation.read(" \n \n") == ()


@given(st.lists(PARTS, max_size=4).map(tuple))
def test_what_is_written_is_read_back(parts: tuple[Section, ...]) -> None:
    assert notation.read(notation.written(parts)) == parts


@given(
    st.lists(
        st.one_of(WORDS, st.sampled_from(["## سرخط", "> نقل", "• مورد", "-", ">", "##", ""])), max_size=12
    )
)
def test_no_word_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    told = notation.written(notation.read(text))
    assert [word for word in told.split() if word.isalnum()] == [
        word for word in text.split() if word.isalnum()
    ]
