"""An edit of the copy and edits on the card: what each brings, and that neither loses the other."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.news.media import Media
from bot.news.merging import merged
from bot.news.model import Article

WORDS = st.sampled_from(["الف", "ب", "پ"])
STORIES = st.builds(Article, headline=WORDS, lede=WORDS, byline=st.none() | WORDS)


@given(STORIES, STORIES, STORIES)
def test_each_field_is_the_copys_or_the_persons_and_never_silently_neither(
    before: Article, after: Article, now: Article
) -> None:
    changed, kept = merged(before, after, now)
    result = replace(now, **changed)
    for name in ("headline", "lede", "byline"):
        old, new, present, got = (getattr(each, name) for each in (before, after, now, result))
        if present == old:
            assert got == new
        else:
            assert got == present
            assert (name in kept) == (new not in {old, present})


def test_what_the_copy_does_not_say_stays() -> None:
    now = Article(headline="الف", urgency=2, media=(Media(file_id="a"),), id=7, version=3)
    assert merged(Article(headline="الف"), Article(headline="ب", urgency=5), now) == ({"headline": "ب"}, ())
