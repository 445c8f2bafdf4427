"""More layouts, written after the reader and read for the first time as they are (docs/intake.md)."""

import json
import re
from collections.abc import Callable, Iterator
from html import escape

from tests.intake.layouts import (
    FOOT,
    MENU,
    PAPER,
    SIDE,
    SITE,
    Told,
    body,
    hour,
    jalali,
    ld,
    nastooh,
    og,
    tags,
    told,
)
from tests.intake.told import ENGLISH, LIBRARY, MATCH, SCHOOL, WHEAT, Story


def pg(head: str, inner: str, title: str, lang: str = "fa") -> str:
    return f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{escape(title)}</title>{head}</head><body>{inner}</body></html>'


def application(s: Story) -> Told:
    """An application whose classes say nothing; JSON-LD in a list, times in UTC, links amid the text."""
    url = "https://farsn.example/Qom/123"
    head = (
        og(s, url, SITE)
        + f'<script type="application/ld+json">[{{"@context":"http://schema.org","@type":"BreadcrumbList","itemListElement":[]}},{json.dumps({"@type": "NewsArticle", "headline": s.headline, "datePublished": "2026-11-21T06:45:00.000Z", "author": [{"@type": "Organization", "name": SITE}], "publisher": {"name": SITE}}, ensure_ascii=False)}]</script><link rel="canonical" href="{url}">'
    )
    ps = "".join(
        f'<p class="MuiTypography-root">{escape(t).replace("گفت", chr(60) + "a href=/tag/x" + chr(62) + "گفت" + chr(60) + "/a" + chr(62))}</p>'
        for t in s.paragraphs
    )
    inner = f'<div id="__next"><div class="MuiBox"><header><a href="/">{SITE}</a></header><div class="MuiContainer"><nav aria-label="breadcrumb"><ol><li><a href="/">خانه</a></li><li><a>استان‌ها</a></li></ol></nav><span>{jalali(s)} | {hour(s)}</span><h1 class="MuiTypography-h1">{escape(s.headline)}</h1><p class="MuiTypography-subtitle1">{escape(s.lede)}</p><img src="https://media.chakad.example{s.picture}"/><div class="ck-content">{ps}</div><div class="MuiChip-row tags"><a href="/t/1">#{s.tags[0].replace(" ", "_")}</a></div></div></div></div>'
    return told(
        "application",
        url,
        pg(head, inner, s.headline),
        s,
        byline="",
        tags=(s.tags[0].replace(" ", "_"),),
        published="2026-11-21T06:45:00+00:00",
    )


def old_portal(s: Story) -> Told:
    """A portal whose keywords name the site, and with empty lines of their own."""
    url = "https://www.b.example/fa/news/123456/slug"
    head = f'<meta property="og:site_name" content="{SITE}"/><meta property="og:title" content="{escape(s.headline)}"/><meta property="og:image" content="https://media.chakad.example{s.picture}"/><meta name="keywords" content="{"،".join(s.tags)}, {SITE}, اخبار"><meta itemprop="datePublished" content="{s.at.isoformat()}">'
    inner = f'{MENU}<div class="news_path"><a href="/">صفحه نخست</a> » <a href="/x">سیاسی</a></div><div class="newsid">کد خبر: ۱۲۳۴۵۶</div><div class="date_publish">تاریخ انتشار: {jalali(s)} - {hour(s)}</div><h2 class="rutitr">{s.kicker}</h2><h1 class="Htag">{escape(s.headline)}</h1><div id="lead_news" class="lead_news">{escape(s.lede)}</div><div class="news_body_con"><div class="body">{"".join(f"<div>{escape(t)}</div><div>&nbsp;</div>" for t in s.paragraphs)}</div></div><div class="print_toolbar"><a href="/p">نسخه چاپی</a></div>{SIDE}<div class="comments_con"><div class="comm_body">سلام. خیلی خوب بود ممنون از سایت خوبتان که این خبرها را می‌گذارید</div></div>{FOOT}'
    return told(
        "old_portal",
        url,
        pg(head, inner, f"{s.headline} | {SITE}"),
        s,
        byline="",
        kicker=s.kicker,
        tags=(*s.tags, "اخبار"),
    )


def magazine(s: Story) -> Told:
    """A magazine: the lede is bold, the date has no hour, stories below in the same markup."""
    url = "https://c.example/mobile/412345-slug/"
    head = og(s, url, SITE) + ld(
        s,
        url,
        SITE,
        author={"@type": "Person", "name": s.byline or "تحریریه", "url": "/author/x"},
        keywords=list(s.tags),
    )
    inner = f'{MENU}<main><article><div class="sc-1"><h1 class="sc-title">{escape(s.headline)}</h1><div class="sc-meta"><a href="/author/x"><span class="sc-name">{s.byline}</span></a> <span>{jalali(s)}</span> <span>زمان مطالعه: 4 دقیقه</span></div><figure><img src="https://media.chakad.example{s.picture}"/></figure><div class="sc-lead"><p><strong>{escape(s.lede)}</strong></p></div><div class="sc-body">{body(s)}</div><div class="sc-tags"><a href="/tag/x" rel="tag">{s.tags[0]}</a><a rel="tag" href="/tag/y">{s.tags[1]}</a></div></div></article><section><h2>مقاله‌های مرتبط</h2><article><a href="/x"><h3>بررسی گوشی تازه‌ای که همه منتظرش بودند</h3></a></article></section></main>{FOOT}'
    return told("magazine", url, pg(head, inner, f"{s.headline} - {SITE}"), s, tags=s.tags[:2])


def broadcaster(s: Story) -> Told:
    """A broadcaster's: the author is a link among others, another story amid the text."""
    url = "https://www.d.example/a/slug/330.html"
    head = (
        og(s, url, "رادیو چکاد")
        + f'<link rel="canonical" href="{url}"><meta name="Author" content="رادیو چکاد">'
    )
    inner = f'<div class="hdr-20"><ul class="hdr-20__nav"><li><a href="/z">ایران</a></li></ul></div><div class="container"><div class="hdr-container"><div class="category"><a href="/z/1">اقتصاد</a></div><h1 class="title pg-title">{escape(s.headline)}</h1><div class="publishing-details"><div class="published"><span class="date"><time pubdate="pubdate" datetime="{s.at.isoformat()}">{jalali(s)}</time></span></div><div class="links"><ul class="links__list"><li class="links__item"><a class="links__item-link" href="/author/x">{s.byline}</a></li></ul></div></div></div><div class="media-image"><figure><img src="https://media.chakad.example{s.picture}"><figcaption>عکس آرشیوی</figcaption></figure></div><div id="article-content" class="content-floated-wrap fb-quotable"><div class="wsw"><p><strong>{escape(s.lede)}</strong></p>{body(s)}<div class="wsw__embed"><div class="media-block also-read"><span class="also-read__text--label">بیشتر در این باره:</span><a href="/a/9.html"><h4>گزارشی دیگر از همین استان که پیش‌تر منتشر شد</h4></a></div></div></div></div></div>{FOOT}'
    return told(
        "broadcaster", url, pg(head, inner, s.headline), s, source="رادیو چکاد", tags=(), byline=s.byline
    )


def unled(s: Story) -> Told:
    """No lede is shown: only machines are told it."""
    url = "https://f.example/202611211234"
    head = og(s, url, SITE) + ld(s, url, SITE)
    inner = f'<header><nav><a href="/">خانه</a></nav></header><main><h1>{escape(s.headline)}</h1><time dateTime="{s.at.isoformat()}">شنبه</time><article>{body(s)}</article></main>'
    return told("unled", url, pg(head, inner, s.headline + " | " + SITE), s, byline="", tags=())


def blogspot(s: Story) -> Told:
    """Blogspot: the blog's name is the only h1, the hour stands in a title attribute."""
    url = "https://g.example/2026/11/x.html"
    head = f'<meta content="{escape(s.headline)}" property="og:title"/><meta content="{url}" property="og:url"/><link href="{url}" rel="canonical"/><meta property="og:image" content="https://media.chakad.example{s.picture}"/>'
    inner = f'<div class="header"><h1 class="title"><a href="https://g.example/">وبلاگ چکاد</a></h1></div><div class="main"><h2 class="date-header"><span>{jalali(s)}</span></h2><div class="post hentry"><h3 class="post-title entry-title">{escape(s.headline)}</h3><div class="post-body entry-content">{escape(s.lede)}<br/><br/>{"<br/><br/>".join(escape(t) for t in s.paragraphs)}</div><div class="post-footer"><span class="post-author vcard">ارسال شده توسط <span class="fn">{s.byline}</span></span> <span class="post-timestamp">در <abbr class="published" title="{s.at.isoformat()}">۱۰:۱۵</abbr></span><span class="post-labels">برچسب‌ها: {tags(s)}</span></div></div></div><div class="sidebar"><h2>بایگانی</h2></div>'
    return told("blogspot", url, pg(head, inner, "وبلاگ چکاد: " + s.headline), s, source="وبلاگ چکاد")


def metered(s: Story) -> Told:
    """A paper whose summary has an id only, and a note on the author below."""
    url = "https://www.courier.example/2026/11/19/us/x.html"
    head = (
        og(s, url, PAPER)
        + ld(s, url, PAPER, author=[{"@type": "Person", "name": s.byline}])
        + f'<meta name="byl" content="By {s.byline}"><meta name="news_keywords" content="{", ".join(s.tags)}"><link rel="canonical" href="{url}"/>'
    )
    inner = f'<div id="app"><header><section><a href="/">Home</a></section></header><main id="site-content"><article id="story" class="css-1vxca1d"><header class="css-d754w4"><h1 data-testid="headline" class="css-88">{escape(s.headline)}</h1><p id="article-summary" class="css-w6">{escape(s.lede)}</p><div data-testid="photoviewer"><figure><img src="https://media.chakad.example{s.picture}"/><figcaption><span>A view of the place.</span><span>Credit...Someone</span></figcaption></figure></div><p class="css-1baulvz">By <span itemprop="name">{s.byline}</span></p><time datetime="{s.at.isoformat()}">Nov. 19, 2026</time></header><section name="articleBody" class="meteredContent">{"".join(f"<div class=StoryBodyCompanionColumn><div><p class=css-at9>{escape(t)}</p></div></div>" for t in s.paragraphs)}</section><div class="bottom-of-article"><p>{s.byline} is a reporter covering local news for the paper since 2019.</p></div></article></main><footer>© 2026</footer></div>'
    return told("metered", url, pg(head, inner, f"{s.headline} - {PAPER}", "en"), s, source=PAPER)


def framed_lede(s: Story) -> Told:
    """The lede in a frame with its picture and credit; nothing for machines."""
    t = nastooh(s)
    return told(
        "framed_lede",
        t.url,
        re.sub(r'<script type="application/ld\+json">.*?</script>', "", t.html).replace(
            '<p class="summary introtext" itemprop="description">',
            '<p class="summary introtext" itemprop="description">تهران- چکاد- ',
        ),
        s,
        kicker=s.kicker,
    )


def plain_portal(s: Story) -> Told:
    """A portal whose lede is an h3; its source and end mark stand in paragraphs."""
    url = "https://l.example/news/9"
    head = f'<meta name="description" content="{escape(s.lede)}"><meta property="og:image" content="https://media.chakad.example{s.picture}">'
    inner = f'{MENU}<div class="content"><div class="news"><div class="info"><span>{hour(s)} - {jalali(s, "{y}/{m}/{dd}")}</span><span>شناسه: 9</span><span>بازدید: ۳۴۵</span></div><h1>{escape(s.headline)}</h1><h3>{escape(s.lede)}</h3><div class="fontsize">اندازه متن: <a>+</a><a>-</a></div><div class="text">{body(s)}<p style="text-align:left">منبع: ایسنا</p><p>انتهای پیام/ ۱۲۳</p></div><div class="share"><a href="x">اشتراک‌گذاری</a></div></div></div>{SIDE}{FOOT}'
    return told("plain_portal", url, pg(head, inner, f"{SITE} | {s.headline}"), s, byline="", tags=())


LATER: tuple[tuple[Callable[[Story], Told], tuple[Story, Story]], ...] = (
    (application, (LIBRARY, WHEAT)),
    (old_portal, (LIBRARY, WHEAT)),
    (magazine, (LIBRARY, MATCH)),
    (broadcaster, (LIBRARY, WHEAT)),
    (unled, (LIBRARY, WHEAT)),
    (blogspot, (LIBRARY, SCHOOL)),
    (metered, ENGLISH),
    (framed_lede, (LIBRARY, WHEAT)),
    (plain_portal, (LIBRARY, WHEAT)),
)


def pages() -> Iterator[Told]:
    """Each with two stories."""
    for layout, stories in LATER:
        for story in stories:
            yield layout(story)
