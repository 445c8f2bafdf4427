"""Articles and looks of any shape, for properties that must hold for all of them."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from bot.news.media import Media
from bot.news.model import Article, BulletList, KeyPoint, Look, Paragraph, Piece, Quote, RelatedLink, Section

PHOTO = Media(file_id="AgACAgQAAxkBAAIBZ2c")
ALBUM_PHOTOS = tuple(Media(file_id=f"AgACAgQAAxkBAAIBZ{number}") for number in range(12))
SENTENCE = "شورای شهر امروز دربارهٔ بودجهٔ سال آینده تصمیم گرفت. "

THOROUGH = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
MARKS = ["\u200c", "\u200f", "\u202b", "\u064e", "\u0301", "\ud800", "\u2067", "\u2069", "\u0600"]
MARKUP = ["👨\u200d👩\u200d👧", "🇮🇷", "<b>", "&lt", "*_`[", "#تگ ", "@kanal ", "x.ir/a "]
LONG = [SENTENCE * 8, "واژه " * 150, "ب" * 1100]
WORDS = st.sampled_from(["سلام", " ", "\n", "\n\n", "BRICS ", "۱۴۰۵", "3.5 ", "؟ ", *MARKS, *MARKUP, *LONG])
TEXTS = st.one_of(st.text(max_size=30), st.lists(WORDS, max_size=25).map("".join))
MAYBE = st.one_of(st.none(), TEXTS)
POINTS = st.lists(st.builds(KeyPoint, text=TEXTS, label=MAYBE), max_size=4).map(tuple)
BLOCKS = st.one_of(
    st.builds(Paragraph, text=TEXTS),
    st.builds(Quote, text=TEXTS),
    st.builds(BulletList, items=POINTS, intro=MAYBE),
)
SECTIONS = st.builds(Section, heading=MAYBE, blocks=st.lists(BLOCKS, max_size=3).map(tuple))
URLS = st.one_of(MAYBE, st.sampled_from(["https://example.com/" + "a" * 1900, "example.com/خبر"]))
RELATED = st.builds(RelatedLink, title=TEXTS, url=URLS)
ARTICLES = st.builds(
    Article,
    headline=TEXTS,
    kicker=MAYBE,
    lede=TEXTS,
    sections=st.lists(SECTIONS, max_size=3).map(tuple),
    key_points=POINTS,
    related=st.lists(RELATED, max_size=6).map(tuple),
    byline=MAYBE,
    dateline=MAYBE,
    source=MAYBE,
    source_url=URLS,
    language=st.sampled_from(["fa", "en"]),
    hashtags=st.lists(TEXTS, max_size=3).map(tuple),
    media=st.sampled_from([0, 0, 1, 2, 10, 12]).map(lambda count: ALBUM_PHOTOS[:count]),
)
LOOKS = st.builds(
    Look,
    pieces=st.permutations(list(Piece)).map(tuple),
    bullet=st.one_of(st.just("🔹"), TEXTS),
    signature=TEXTS,
)
