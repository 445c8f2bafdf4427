"""A channel's stories as RSS 2.0 and JSON Feed 1.1."""

import html
import json
import re
from collections.abc import Callable, Sequence
from email.utils import format_datetime
from typing import Any

from bot.desk.readers import Shown
from bot.news.model import Channel
from bot.web.story_page import content, summary

type Where = Callable[[Shown], str]
"""The address of a story's page."""
_UNWRITABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def rss(channel: Channel, shown: Sequence[Shown], *, url: str, home: str, where: Where) -> str:
    """The feed that stands at `url`."""
    items = "".join(_item(each, where(each)) for each in shown)
    language = shown[0].article.language if shown else "fa"
    return _UNWRITABLE.sub(
        "",
        '<?xml version="1.0" encoding="utf-8"?>'
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>{_text(channel.title)}</title><link>{_text(home)}</link>"
        f"<description>{_text(channel.title)}</description><language>{_text(language)}</language><ttl>15</ttl>"
        f'<atom:link rel="self" type="application/rss+xml" href="{_text(url)}"/>{items}</channel></rss>',
    )


def _item(shown: Shown, url: str) -> str:
    article = shown.article
    author = f"<dc:creator>{_text(article.byline)}</dc:creator>" if article.byline else ""
    category = f"<category>{_text(article.category)}</category>" if article.category else ""
    return (
        f'<item><guid isPermaLink="true">{_text(url)}</guid><title>{_text(article.headline)}</title>'
        f"<link>{_text(url)}</link><pubDate>{format_datetime(shown.at)}</pubDate>{author}{category}"
        f"<description>{_text(summary(article))}</description>"
        f"<content:encoded>{_text(content(article))}</content:encoded></item>"
    )


def json_feed(channel: Channel, shown: Sequence[Shown], *, url: str, home: str, where: Where) -> str:
    """The same as JSON Feed."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": home,
        "feed_url": url,
        "language": shown[0].article.language if shown else "fa",
        "items": [_json_item(each, where(each)) for each in shown],
    }
    return json.dumps(feed, ensure_ascii=False)


def _json_item(shown: Shown, url: str) -> dict[str, Any]:
    article = shown.article
    told: dict[str, Any] = {
        "id": url,
        "url": url,
        "title": article.headline,
        "content_html": content(article),
        "summary": summary(article),
        "date_published": shown.at.isoformat(timespec="seconds"),
        "language": article.language,
    }
    more: dict[str, Any] = {
        "authors": [{"name": article.byline}] if article.byline else None,
        "tags": [*filter(None, [article.category]), *article.hashtags] or None,
        "date_modified": article.corrected_on and f"{article.corrected_on.isoformat()}T00:00:00Z",
    }
    return told | {name: value for name, value in more.items() if value}


def _text(said: object) -> str:
    return html.escape(str(said or ""))
