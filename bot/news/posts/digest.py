"""A digest: what a channel has published, as an article of links to its own messages. Knows no queue.

Grouped by section, the most important first: by urgency, then the newest.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.news.model import Article, ArticleState, KeyPoint, Look, RelatedLink
from bot.news.posts.digest_post import CATEGORY
from bot.news.posts.message import compose
from bot.news.posts.remarks import shown_date
from bot.news.posts.splitting import MAX_ENTITIES
from bot.news.structure.intake import clean
from bot.news.times.calendar import persian_digits

MOST = min(50, MAX_ENTITIES // 2)
"""Headlines of one digest: their links and the sections' names stay under Telegram's limit of entities."""
LONGEST_HEADLINE = 200
"""Characters: what a line of a list can hold."""

_HEADLINES = {"fa": "خلاصهٔ خبرها", "ar": "موجز الأخبار", "ckb": "پوختەی هەواڵەکان", "en": "News in brief"}
_OTHERS = {"fa": "خبرهای دیگر", "ar": "أخبار أخرى", "ckb": "هەواڵی دیکە", "en": "More news"}
_MORE = {
    "fa": "و {count} خبر دیگر",
    "ar": "و{count} أخبار أخرى",
    "ckb": "و {count} هەواڵی دیکە",
    "en": "and {count} more",
}


@dataclass(frozen=True, kw_only=True)
class Told:
    """A story that a digest tells of."""

    headline: str
    url: str  # of the channel's own message
    at: datetime  # when it went out
    section: str | None = None
    urgency: int = 5  # 1 highest … 9
    language: str = "fa"


def digest_of(told: Iterable[Told], look: Look, on: date) -> Article | None:
    """The article of a digest that fits into one message of that look; None where there is nothing to tell.

    What has no room is counted in its last line: «و ۳ خبر دیگر».
    """
    stories = _by_importance(told)
    if not stories:
        return None
    count = min(len(stories), MOST)
    while count > 1 and not _fits(_article(stories, count, on), look, on):
        count -= 1
    return _article(stories, count, on)


def _fits(article: Article, look: Look, on: date) -> bool:
    return len(compose(article, look, on=on)) == 1


def _by_importance(told: Iterable[Told]) -> list[Told]:
    shown = [story for story in told if clean(story.headline).strip()]
    return sorted(shown, key=lambda story: (story.urgency, -story.at.timestamp()))


def _article(stories: Sequence[Told], count: int, on: date) -> Article:
    language = Counter(story.language.partition("-")[0].lower() for story in stories).most_common(1)[0][0]
    tongue = language if language in _HEADLINES else "fa"
    grouped = _grouped(stories[:count], _OTHERS[tongue])
    left = len(stories) - count
    number = persian_digits(str(left)) if tongue in {"fa", "ckb"} else str(left)
    return Article(
        headline=_HEADLINES[tongue],
        dateline=shown_date(on, tongue),
        key_points=tuple(KeyPoint(label=label, text=_short(story.headline)) for label, story in grouped),
        related=tuple(RelatedLink(title=_short(story.headline), url=story.url) for _, story in grouped),
        lede=_MORE[tongue].format(count=number) if left else "",
        category=CATEGORY,
        language=tongue,
        state=ArticleState.PUBLISHED,
        approved_version=1,
    )


def _grouped(stories: Sequence[Told], others: str) -> list[tuple[str | None, Told]]:
    """Each with its section's name, section by section: that of the most important story first, none last."""
    sections: dict[str, list[Told]] = {}
    for story in stories:
        sections.setdefault(clean(story.section or "").strip(), []).append(story)
    without = sections.pop("", [])
    found = [(name, story) for name, each in sections.items() for story in each]
    return [*found, *((others if found else None, story) for story in without)]


def _short(headline: str) -> str:
    """In one line; a very long one is cut."""
    line = " ".join(clean(headline).split())
    return line if len(line) <= LONGEST_HEADLINE else line[: LONGEST_HEADLINE - 1].rstrip() + "…"
