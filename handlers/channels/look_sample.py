"""The story whose post shows a look: a real one, and what stands for the parts that it has not."""

from dataclasses import replace

from bot.news.model import (
    Article,
    ArticleState,
    BulletList,
    KeyPoint,
    Paragraph,
    RelatedLink,
    Section,
)
from bot.words import Words
from handlers.talk import Talk

_DECIDED = (ArticleState.PUBLISHED, ArticleState.CORRECTED, ArticleState.APPROVED)
_LEDE, _POINT, _PARAGRAPH, _HEADLINE = 400, 160, 250, 200
"""Characters that are shown of each: a board takes one message."""
_POINTS, _LINKS, _SECTIONS = 4, 3, 2


async def real_story(talk: Talk) -> Article:
    """The story that was last approved or published; a made-up one where there is none yet."""
    for story in await talk.db.articles.in_states(*_DECIDED, limit=1):
        return story
    return sample(talk.words)


def sample(say: Words) -> Article:
    return Article(
        language=say.language,
        kicker=say("Environment"),
        headline=say("Cranes are back at the lake after nine years"),
        lede=say("The first cranes of this autumn came down at the lake on Saturday morning."),
        key_points=(
            KeyPoint(label=say("Their number"), text=say("42 on the first day")),
            KeyPoint(text=say("The water stands higher than at any time since 2017.")),
        ),
        sections=(Section(blocks=(Paragraph(text=say("Watchers counted them from the northern shore.")),)),),
        related=(
            RelatedLink(title=say("How the lake came back to life"), url="https://example.com/lake"),
            RelatedLink(title=say("A guide to watching birds")),
        ),
        byline=say("A reporter"),
        dateline=say("By the lake"),
        source=say("An agency"),
        hashtags=(say("cranes"),),
    )


def told_whole(article: Article, say: Words) -> Article:
    """The story, with made-up parts for those that it has not: else a change of these would show nothing."""
    made_up = sample(say)
    return replace(
        article,
        kicker=article.kicker or made_up.kicker,
        key_points=article.key_points or made_up.key_points,
        sections=article.sections or made_up.sections,
        related=article.related or made_up.related,
        byline=article.byline or made_up.byline,
        dateline=article.dateline or made_up.dateline,
        source=article.source or made_up.source,
        hashtags=article.hashtags or made_up.hashtags,
    )


def short(article: Article) -> Article:
    """As much of it as shows a look, in one message."""
    return replace(
        article,
        headline=_cut(article.headline, _HEADLINE),
        kicker=_cut(article.kicker or "", _HEADLINE),
        lede=_cut(article.lede, _LEDE),
        key_points=tuple(_point(point) for point in article.key_points[:_POINTS]),
        sections=tuple(_section(section) for section in article.sections[:_SECTIONS]),
        related=tuple(replace(link, title=_cut(link.title, _POINT)) for link in article.related[:_LINKS]),
        hashtags=article.hashtags[:6],
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _point(point: KeyPoint) -> KeyPoint:
    return KeyPoint(text=_cut(point.text, _POINT), label=_cut(point.label, 40) if point.label else None)


def _section(section: Section) -> Section:
    blocks = tuple(
        replace(block, items=tuple(_point(item) for item in block.items[:_POINTS]))
        if isinstance(block, BulletList)
        else replace(block, text=_cut(block.text, _PARAGRAPH))
        for block in section.blocks[:1]
    )
    heading = _cut(section.heading, _POINT) if section.heading else None
    return Section(heading=heading, blocks=blocks)
