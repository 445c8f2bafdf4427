"""A story as a page: no script, in the direction of its language, with what a link to it unfolds to."""

import html
from zoneinfo import ZoneInfo

from bot.desk.readers import Shown
from bot.news.model import Article, BulletList, KeyPoint, RelatedLink, Section
from bot.news.posts import links, remarks
from bot.news.posts.direction import right_to_left
from bot.news.posts.wording import worded
from bot.news.times import calendar

STYLE = (
    "body{margin:0 auto;max-width:42rem;padding:1rem;font:1.1rem/1.9 Vazirmatn,Tahoma,'Noto Sans Arabic',"
    "system-ui,sans-serif;color:#1b1b1b;background:#fff;overflow-wrap:anywhere}"
    "h1{font-size:1.5rem;line-height:1.6;margin:.2rem 0 .6rem}h2{font-size:1.15rem;margin:1.6rem 0 .4rem}"
    ".kicker,footer,time,.by{color:#5a5a5a;font-size:.95rem}.kicker{margin:0}.lede{font-weight:600}"
    ".remark{border-inline-start:.25rem solid #b3261e;background:#fdf0ef;padding:.4rem .8rem;margin:.8rem 0}"
    "ul{padding-inline-start:1.4rem}blockquote{margin:1rem 0;padding-inline-start:1rem;"
    "border-inline-start:.2rem solid #ccc}footer{margin-top:2rem;border-top:1px solid #ddd;padding-top:.6rem}"
    "a{color:#0b57d0}@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#161616}"
    "a{color:#8ab4f8}.kicker,footer,time,.by{color:#aaa}.remark{background:#3a1f1d}}"
)
_META = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
_SUMMARY = 200  # characters of what unfolds beside a link


def page(shown: Shown, url: str) -> str:
    """The page of a story that stands at `url`."""
    article, look = shown.article, worded(shown.channel.look, shown.article.language)
    notes = [
        f'<p class="remark">{_text(said)}</p>'
        for said, is_so in (
            (remarks.outdated(article, look), article.outdated_on),
            (remarks.corrected(article, look), article.corrected_on),
        )
        if is_so
    ]
    kicker = f'<p class="kicker">{_text(article.kicker)}</p>' if article.kicker else ""
    body = (
        f"<article>{kicker}<h1>{_text(article.headline)}</h1>{_when(shown)}{''.join(notes)}{content(article)}"
    )
    related = "".join(_related(each) for each in article.related)
    if related:
        body += f"<h2>{_text(look.related_heading)}</h2><ul>{related}</ul>"
    return document(
        article, shown.channel.title, url, f"{body}</article>{_foot(shown)}", _open_graph(shown, url)
    )


def document(article: Article, site: str, url: str, body: str, head: str = "") -> str:
    """A whole page in the language of a story."""
    direction = "rtl" if right_to_left(article.language) else "ltr"
    return (
        f'<!doctype html><html lang="{_text(article.language)}" dir="{direction}"><head>{_META}'
        f"<title>{_text(article.headline)} · {_text(site)}</title>"
        f'<link rel="canonical" href="{_text(url)}">{head}<style>{STYLE}</style></head>'
        f"<body>{body}</body></html>"
    )


def gone(words: str) -> str:
    """What stands where a story was withdrawn."""
    said = _text(words)
    return (
        f'<!doctype html><html lang="fa" dir="rtl"><head>{_META}<meta name="robots" content="noindex">'
        f"<title>{said}</title><style>{STYLE}</style></head>"
        f'<body><p class="remark">{said}</p></body></html>'
    )


def content(article: Article) -> str:
    """Lede, points and sections as HTML."""
    lede = f'<p class="lede">{_text(article.lede)}</p>' if article.lede else ""
    points = f"<ul>{''.join(map(_point, article.key_points))}</ul>" if article.key_points else ""
    return lede + points + "".join(map(_section, article.sections))


def _section(section: Section) -> str:
    told = f"<h2>{_text(section.heading)}</h2>" if section.heading else ""
    for block in section.blocks:
        if isinstance(block, BulletList):
            intro = f"<p>{_text(block.intro)}</p>" if block.intro else ""
            told += f"{intro}<ul>{''.join(map(_point, block.items))}</ul>"
        else:
            tag = "blockquote" if block.type == "quote" else "p"
            told += f"<{tag}>{_text(block.text)}</{tag}>"
    return told


def _point(point: KeyPoint) -> str:
    label = f"<b>{_text(point.label)}:</b> " if point.label else ""
    return f"<li>{label}{_text(point.text)}</li>"


def _related(link: RelatedLink) -> str:
    url = links.usable(link.url)
    return (
        f'<li><a href="{_text(url)}">{_text(link.title)}</a></li>' if url else f"<li>{_text(link.title)}</li>"
    )


def _when(shown: Shown) -> str:
    language = "fa" if shown.article.language.startswith("fa") else "en"
    said = calendar.show(shown.at, shown.channel.time_zone, language)
    at = shown.at.astimezone(ZoneInfo(shown.channel.time_zone)).isoformat(timespec="seconds")
    return f'<p><time datetime="{at}">{_text(said)}</time></p>'


def _foot(shown: Shown) -> str:
    article, look = shown.article, worded(shown.channel.look, shown.article.language)
    lines = []
    if article.byline:
        lines.append(f"{_text(look.byline_label)}: {_text(article.byline)}")
    if article.source:
        name, url = _text(article.source), links.usable(article.source_url)
        linked = f'<a href="{_text(url)}">{name}</a>' if url else name
        lines.append(f"{_text(look.source_label)}: {linked}")
    post = links.post_link(shown.channel, shown.message_id) if shown.message_id else None
    title = _text(shown.channel.title)
    lines.append(f'<a href="{_text(post)}">{title}</a>' if post else title)
    return f"<footer>{'<br>'.join(lines)}</footer>"


def _open_graph(shown: Shown, url: str) -> str:
    article = shown.article
    told = {
        "og:type": "article",
        "og:title": article.headline,
        "og:description": summary(article),
        "og:url": url,
        "og:site_name": shown.channel.title,
        "og:locale": "fa_IR" if article.language.startswith("fa") else article.language.replace("-", "_"),
        "article:published_time": shown.at.isoformat(timespec="seconds"),
        "article:section": article.category,
        "article:modified_time": article.corrected_on and article.corrected_on.isoformat(),
    }
    tags = "".join(f'<meta property="{name}" content="{_text(said)}">' for name, said in told.items() if said)
    return f'<meta name="description" content="{_text(told["og:description"])}">{tags}'


def summary(article: Article) -> str:
    """What unfolds beside a link: the lede, or the first point, at most two hundred characters."""
    first = article.lede or (article.key_points[0].text if article.key_points else "")
    if len(first) <= _SUMMARY:
        return first
    return first[:_SUMMARY].rpartition(" ")[0].rstrip("،؛:.- ") + "…"


def _text(said: object) -> str:
    return html.escape(str(said or ""))
