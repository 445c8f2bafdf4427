"""A published story as IPTC ninjs 3.0 tells it (https://iptc.org/standards/ninjs/). Knows no database."""

from datetime import datetime
from typing import Any

from bot.news.model import Article, BulletList, KeyPoint


def of(article: Article, *, uri: str, published: datetime, provider: str) -> dict[str, Any]:
    """The story as JSON values; `uri` names it for ever, and leads to its page."""
    told: dict[str, Any] = {
        "uri": uri,
        "type": "text",
        "standard": {
            "name": "ninjs",
            "version": "3.0",
            "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json",
        },
        "pubstatus": "usable",
        "language": article.language,
        "urgency": article.urgency,
        "version": str(article.approved_version or article.version),
        "firstcreated": published.isoformat(),
        "contentcreated": published.isoformat(),
        "headlines": _headlines(article),
        "bodies": [{"role": "main", "contenttype": "text/plain", "value": plain(article)}],
        "infosources": [{"name": article.source or provider}],
    }
    more: dict[str, Any] = {
        "descriptions": [{"role": "summary", "value": article.lede}] if article.lede else None,
        "by": article.byline,
        "located": article.dateline,
        "keywords": list(article.keywords) or None,
        "subjects": [{"name": article.category}] if article.category else None,
        "contentmodified": article.corrected_on and article.corrected_on.isoformat(),
    }
    return told | {name: value for name, value in more.items() if value}


def _headlines(article: Article) -> list[dict[str, str]]:
    found = [{"role": "main", "value": article.headline}]
    return [*found, {"role": "kicker", "value": article.kicker}] if article.kicker else found


def plain(article: Article) -> str:
    """The whole story as plain text: lede, points and sections."""
    lines = [article.lede, *map(_point, article.key_points)]
    for section in article.sections:
        lines.append(section.heading or "")
        for block in section.blocks:
            if isinstance(block, BulletList):
                lines += [block.intro or "", *map(_point, block.items)]
            else:
                lines.append(block.text)
    return "\n\n".join(line for line in lines if line)


def _point(point: KeyPoint) -> str:
    return f"• {point.label}: {point.text}" if point.label else f"• {point.text}"
