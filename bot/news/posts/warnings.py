"""What an editor or a channel admin should know before they decide. Knows what is wrong, not how it is said.

Nothing here forbids anything: the same story may be meant to go out twice. What is forbidden is refused.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

from bot.news.media import SEEN, grouped
from bot.news.model import Article, BulletList, Channel, Form, Look, Message, PostState
from bot.news.plans.rhythm import Taken
from bot.news.posts import suspicious_links, two_figures
from bot.news.posts.suspicious_links import Odd
from bot.news.spelling import doubtful, two_spellings
from bot.news.subjects import names
from bot.news.times import weekday_slips

ALIKE = 0.6
"""From that share of common shingles on two texts count as the same story."""
_RUN = 3
"""Words in a shingle of the body; in one of the headline two, for that has few."""
_BEGINNING = 900
"""Characters of a text that are compared: the lede and what follows it tell a story from another."""
_FEWEST = 8
"""Shingles a body must have to be compared: two short ledes may be alike by chance."""
_FEWEST_OF_HEADLINE = 3
_MOST_SLIPS = 3
_NAMES_IN = 20_000
"""Characters in which names are looked for."""
MOST_HOSTS = 8
"""Places that links lead to, by name; more are counted."""

_SPELLED = (
    str.maketrans(
        "يىكةۀأإٱؤ", "ییکههاااو", "\u200c\u200d\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0654"
    )
    | dict(zip(map(ord, "۰۱۲۳۴۵۶۷۸۹"), map(str, range(10)), strict=True))
    | dict(zip(map(ord, "٠١٢٣٤٥٦٧٨٩"), map(str, range(10)), strict=True))
)
_WORD = re.compile(r"\w+")
_EZAFE = re.compile(r"ه\u200c[یي]\b")
"""As good as «هٔ»."""


class Kind(StrEnum):
    """What there is to warn of."""

    SAME_STORY = "same_story"
    ALREADY = "already"  # in that channel, or on its way there
    SAME_TIME = "same_time"
    TOO_NEAR = "too_near"
    PAST = "past"
    EMBARGO = "embargo"
    SPLIT = "split"
    CAPTION = "caption"
    SHORTENED = "shortened"
    FILES = "files"  # that can't stand in one message
    NO_PHOTO = "no_photo"
    PAUSED = "paused"
    AWAY = "away"
    HOLIDAY = "holiday"
    LINKS = "links"  # where they lead: told of each story that has some
    ODD_LINK = "odd_link"
    WEEKDAY = "weekday"  # a date in the text that is on another one
    MISSPELT = "misspelt"  # a word that nobody has, a slip away from a common one
    TWO_SPELLINGS = "two_spellings"  # of one name
    TWO_FIGURES = "two_figures"  # of one quantity


@dataclass(frozen=True, kw_only=True)
class Warned:
    """One warning, with what its sentence names."""

    kind: Kind
    channel: Channel | None = None
    headline: str = ""
    name: str = ""  # of a holiday, where a link leads, the word that may be meant, the other of two
    at: datetime | None = None
    count: int = 0
    state: PostState | None = None
    odd: Odd | None = None


type Shingles = tuple[frozenset[int], frozenset[int]]
"""The runs of words in a headline, and in a text."""


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """A story that is in a channel, or on its way there."""

    article_id: int
    headline: str
    body: str

    @cached_property
    def shingles(self) -> Shingles:
        """What it is compared by: worked out once, for it is compared with each story that is written."""
        return _shingles(self.headline, 2), _shingles(self.body, _RUN)


def body_of(content: dict[str, Any]) -> str:
    """The words of a stored story's content (`bot.news.model.content_json`): its lede and paragraphs."""
    blocks = [block for section in content.get("sections", ()) for block in section.get("blocks", ())]
    return "\n".join([content.get("lede") or "", *(block["text"] for block in blocks if "text" in block)])


def same_story(article: Article, others: Iterable[Earlier]) -> Earlier | None:
    """The earlier story that is most like this one, if one is as good as the same."""
    blocks = [block for section in article.sections for block in section.blocks]
    body = "\n".join([article.lede, *(block.text for block in blocks if block.type != "list")])
    ours = _shingles(article.headline, 2), _shingles(body, _RUN)
    found = [
        (likeness, other)
        for other in others
        if other.article_id != article.id and (likeness := _likeness(ours, other.shingles)) >= ALIKE
    ]
    return max(found, key=lambda pair: pair[0], default=(0.0, None))[1]


def _likeness(one: Shingles, other: Shingles) -> float:
    heads, bodies = zip(one, other, strict=True)
    return max(_shared(*heads, fewest=_FEWEST_OF_HEADLINE), _shared(*bodies, fewest=_FEWEST))


def _shared(one: frozenset[int], other: frozenset[int], *, fewest: int) -> float:
    """The share of common shingles in all of both."""
    less, more = len(one), len(other)
    if less > more:
        less, more = more, less
    if less < fewest or less < ALIKE * more:  # all of the smaller one would not be enough
        return 0.0
    common = len(one & other)
    return common / (len(one) + len(other) - common)


@lru_cache(maxsize=2048)
def _shingles(text: str, run: int) -> frozenset[int]:
    """Every run of so many words, however they are spelled; each as a number."""
    text = _EZAFE.sub("ه", text[:_BEGINNING]).translate(_SPELLED)
    found = _WORD.findall(text.casefold())
    return frozenset(hash(tuple(found[start : start + run])) for start in range(len(found) - run + 1))


def of_text(
    article: Article, look: Look, *, messages: Sequence[Message], others_have_photos: bool
) -> list[Warned]:
    """What the post will look like; `messages` is what it makes in that look: none where it is rich."""
    found = []
    groups = grouped(article.media)
    told = len(messages) - max(0, len(groups) - 1)  # messages with the text: other files follow in their own
    if any(each.shortened for each in messages):
        found.append(Warned(kind=Kind.SHORTENED, count=told))
    elif told > 1 and look.form is Form.CLASSIC:
        kind = Kind.CAPTION if article.media else Kind.SPLIT
        found.append(Warned(kind=kind, count=told))
    apart = groups[1:] if messages else [each for each in groups if each[0].kind not in SEEN]
    if apart:
        found.append(Warned(kind=Kind.FILES, count=len(apart)))
    if others_have_photos and not article.media:
        found.append(Warned(kind=Kind.NO_PHOTO))
    return found


def of_links(article: Article) -> list[Warned]:
    """What is odd about the links, and where they all lead."""
    found = suspicious_links.of_story(article)
    odd = [Warned(kind=Kind.ODD_LINK, name=link.host, odd=kind) for link in found for kind in link.odd]
    hosts = " · ".join(link.host for link in found[:MOST_HOSTS])
    more = len(found) - MOST_HOSTS
    return odd + ([Warned(kind=Kind.LINKS, name=hosts, count=max(0, more))] if found else [])


def of_days(article: Article, today: date) -> list[Warned]:
    """Dates in the text that are not on the weekday beside them; a hint, for the story may quote a slip."""
    found = weekday_slips.found(_whole(article), today)
    return [
        Warned(kind=Kind.WEEKDAY, headline=slip.said, at=datetime.combine(slip.day, time(12), UTC))
        for slip in islice(found, _MOST_SLIPS)
    ]


def of_words(article: Article) -> list[Warned]:
    """Words that are probably misspelled, names in two spellings: hints, for a name may look like either."""
    whole, is_persian = _whole(article), article.language == "fa"
    named = [name.text for name in names.found(whole[:_NAMES_IN])] if is_persian else []
    slips = list(
        islice(doubtful.found(whole, [*named, article.byline or ""]), _MOST_SLIPS if is_persian else 0)
    )
    written = {word.written for word in slips}
    twice = (each for each in two_spellings.found(whole, named) if not {each.usual, each.other} & written)
    return [
        *(Warned(kind=Kind.MISSPELT, headline=word.written, name=word.meant) for word in slips),
        *(
            Warned(kind=Kind.TWO_SPELLINGS, headline=each.usual, name=each.other)
            for each in islice(twice, _MOST_SLIPS)
        ),
    ]


def of_figures(article: Article) -> list[Warned]:
    """Quantities that are another further down than on top: a hint, for it may be an earlier count."""
    body = _whole(article).removeprefix(f"{article.headline}\n{article.lede}\n")
    found = two_figures.found(article.headline, article.lede, body)
    return [
        Warned(kind=Kind.TWO_FIGURES, headline=each.above, name=each.below)
        for each in islice(found, _MOST_SLIPS)
    ]


def _whole(article: Article) -> str:
    """Headline, lede and body; the items of lists last."""
    blocks = [block for section in article.sections for block in section.blocks]
    told = [item.text for block in blocks if isinstance(block, BulletList) for item in block.items]
    plain = (block.text for block in blocks if not isinstance(block, BulletList))
    return "\n".join((article.headline, article.lede, *plain, *told))


def of_channel(channel: Channel) -> list[Warned]:
    """Whether anything can go out there at all."""
    if not channel.connected:
        return [Warned(kind=Kind.AWAY, channel=channel)]
    return [Warned(kind=Kind.PAUSED, channel=channel)] if channel.paused_at else []


def of_time(
    at: datetime,
    channel: Channel,
    *,
    now: datetime,
    others: Iterable[datetime],
    embargo: datetime | None,
    holidays: Sequence[str],
) -> list[Warned]:
    """What speaks against a time; `others` are those of the channel's other posts."""
    found = []
    if at <= now:
        found.append(Warned(kind=Kind.PAST, channel=channel, at=at))
    if embargo is not None and at < embargo:
        found.append(Warned(kind=Kind.EMBARGO, channel=channel, at=embargo))
    spacing = timedelta(minutes=channel.rhythm.spacing)
    near = [other for other in Taken(others, channel.time_zone).near(at) if abs(other - at) < spacing]
    if near:
        nearest = min(near, key=lambda other: abs(other - at))
        found.append(Warned(kind=Kind.TOO_NEAR, channel=channel, at=nearest, count=channel.rhythm.spacing))
    found += [Warned(kind=Kind.HOLIDAY, channel=channel, at=at, name=name) for name in holidays]
    return found
