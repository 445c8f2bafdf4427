"""Pages in the markup of real content systems, each telling a story of `tests/intake/told.py`.

The markup follows what the systems write (class names, order, where the date is); no text of a real page is here.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from bot.news.times import calendar
from tests.intake.told import ENGLISH, PERSIAN, Story

SITE = "خبرگزاری چکاد"
PAPER = "The Riverside Courier"


@dataclass(frozen=True, kw_only=True)
class Told:
    """A page and what it is to be read as."""

    name: str
    url: str
    html: str
    story: Story
    source: str
    canonical: str
    image: str | None
    byline: str
    published: str  # a day, or a moment with its hour
    tags: tuple[str, ...]
    kicker: str = ""


def digits(text: str) -> str:
    return calendar.persian_digits(text)


def jalali(story: Story, form: str = "{d} {name} {y}") -> str:
    day = calendar.show_day(story.at.date(), "fa").split()
    year, month, number = calendar.jalali(story.at.date())
    return digits(
        form.format(d=number, name=day[2], y=year, m=f"{month:02}", dd=f"{number:02}", weekday=day[0])
    )


def hour(story: Story) -> str:
    return digits(f"{story.at:%H:%M}")


def body(
    story: Story, paragraph: str = "<p>{}</p>", *, heading: str = "<h2>{}</h2>", between: str = ""
) -> str:
    out, items = list[str](), list[str]()
    for kind, text in (*story.body, ("", "")):
        if kind != "li" and items:
            out.append("<ul>" + "".join(f"<li>{escape(each)}</li>" for each in items) + "</ul>")
            items = []
        match kind:
            case "p":
                out.append(paragraph.format(escape(text)))
            case "h2":
                out.append(heading.format(escape(text)))
            case "q":
                out.append(f"<blockquote><p>{escape(text)}</p></blockquote>")
            case "li":
                items.append(text)
    return (between or "\n").join(out)


def og(story: Story, url: str, site: str, *, image: str | None = None) -> str:
    shown = image or "https://media.chakad.example" + story.picture
    return (
        f'<meta property="og:title" content="{escape(story.headline)}"><meta property="og:type" content="article">'
        f'<meta property="og:description" content="{escape(story.lede)}"><meta property="og:url" content="{url}">'
        f'<meta property="og:image" content="{shown}"><meta property="og:site_name" content="{site}">'
    )


def ld(story: Story, url: str, site: str, **more: object) -> str:
    thing = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": story.headline,
        "description": story.lede, "datePublished": story.at.isoformat(), "dateModified": story.at.isoformat(),
        "image": ["https://media.chakad.example" + story.picture],
        "publisher": {"@type": "Organization", "name": site, "logo": {"@type": "ImageObject", "url": "/logo.png"}},
        "mainEntityOfPage": {"@type": "WebPage", "@id": url},
    } | more  # fmt: skip
    return f'<script type="application/ld+json">{json.dumps(thing, ensure_ascii=False)}</script>'


MENU = (
    '<header class="site-header"><a class="logo" href="/"><img src="/static/logo.png" alt="خانه"></a><nav class="main-menu"><ul>'
    '<li><a href="/politics">سیاست</a></li><li><a href="/economy">اقتصاد</a></li><li><a href="/sport">ورزش</a></li>'
    "</ul></nav></header>"
)
SIDE = (
    '<aside class="sidebar"><section class="box most-viewed"><h3>پربازدیدترین‌ها</h3><ul>'
    '<li><a href="/n/1">قیمت سکه امروز باز هم بالا رفت و از مرز تازه‌ای گذشت</a></li>'
    '<li><a href="/n/2">آخرین وضعیت ترافیک در جاده‌های شمالی کشور را ببینید</a></li>'
    '<li><a href="/n/3">کدام استان‌ها فردا برفی می‌شوند؟ هواشناسی پاسخ می‌دهد</a></li></ul></section></aside>'
)
COMMENTS = (
    '<section id="comments" class="comments"><h3>نظر شما</h3><div class="comment"><span class="name">رضا</span>'
    "<p>واقعاً خبر خوبی بود، امیدوارم همه از این کارها یاد بگیرند و ادامه بدهند.</p></div>"
    '<form><textarea name="text"></textarea><button>ارسال</button></form></section>'
)
FOOT = '<footer class="site-footer"><p>تمامی حقوق این سایت محفوظ است. © ۱۴۰۵ 2026-01-01</p><p>طراحی و تولید: نرم‌افزار</p></footer>'


def tags(story: Story, link: str = '<a href="/tag/{0}" rel="tag">{0}</a>', between: str = " ") -> str:
    return between.join(link.format(each) for each in story.tags)


def related(story: Story) -> str:
    if not story.related:
        return ""
    links = "".join(f'<li><a href="{url}">{title}</a></li>' for title, url in story.related)
    return f'<div class="related-items"><h4>اخبار مرتبط</h4><ul>{links}</ul></div>'


def page(
    head: str, inner: str, *, title: str, lang: str = "fa", direction: str = "rtl", classes: str = ""
) -> str:
    return (
        f'<!DOCTYPE html><html lang="{lang}" dir="{direction}"><head><meta charset="utf-8"><title>{escape(title)}</title>{head}'
        f'</head><body class="{classes}">{inner}<script>window.dataLayer=[];</script></body></html>'
    )


def told(name: str, url: str, html: str, story: Story, **changed: object) -> Told:
    usual: dict[str, object] = {
        "source": SITE, "canonical": url, "image": "https://media.chakad.example" + story.picture, "byline": story.byline,
        "published": story.at.isoformat(), "tags": story.tags,
    }  # fmt: skip
    return Told(name=name, url=url, html=html, story=story, **{**usual, **changed})  # type: ignore[arg-type]


def nastooh(story: Story) -> Told:
    """IRNA, Mehr, Khabaronline, IMNA: the Nastooh system."""
    url = "https://www.chakad.example/news/85012345/" + "khabar"
    head = (
        og(story, url, SITE)
        + f'<meta name="description" content="{escape(story.lede)}"><link rel="canonical" href="{url}">'
        + f'<meta property="article:published_time" content="{story.at.isoformat()}"><meta property="nastooh:nid" content="85012345">'
        + f'<meta name="keywords" content="{",".join(story.tags)}">'
        + ld(story, url, SITE)
    )
    kicker = f'<h4 class="kicker">{story.kicker}</h4>' if story.kicker else ""
    inner = (
        f'{MENU}<div id="wrapper"><main id="main"><div class="row"><article id="item" class="item"><div class="item-header">'
        f'<div class="item-nav row"><div class="col-6 item-date"><i class="fa"></i><span>{jalali(story)}، {hour(story)}</span></div>'
        f'<div class="item-code">کد خبر: <span>85012345</span></div></div><div class="item-title">{kicker}'
        f'<h1 class="title" itemprop="headline"><a href="/news/85012345">{escape(story.headline)}</a></h1></div></div>'
        f'<div class="item-summary"><figure class="item-img"><img src="https://media.chakad.example{story.picture}" itemprop="image" alt="{escape(story.headline)}"><figcaption>عکس: آرشیو</figcaption></figure>'
        f'<p class="summary introtext" itemprop="description">{escape(story.lede)}</p></div>'
        f'<div class="item-body"><div class="item-text" itemprop="articleBody">{body(story)}{related(story)}</div></div>'
        f'<div class="item-footer"><div class="item-author">نویسنده: {story.byline}</div><div class="short-link">لینک کوتاه <input value="https://chakad.example/xj"></div>'
        f'<section class="box tags"><header><h2>برچسب‌ها</h2></header><div><ul>{tags(story, '<li><a href="/tag/x" rel="Index, Tag">{0}</a></li>')}</ul></div></section></div>'
        f"{COMMENTS}</article>{SIDE}</div></main></div>{FOOT}"
    )
    return told(
        "nastooh", url, page(head, inner, title=f"{story.headline} - {SITE}"), story, kicker=story.kicker
    )


def isna(story: Story) -> Told:
    url = "https://www.chakad.example/news/1405083012345/khabar"
    head = (
        og(story, url, SITE)
        + f'<link rel="canonical" href="{url}"><meta name="dc.Date" content="{story.at:%Y-%m-%d}">'
    )
    inner = (
        f'{MENU}<main id="main"><article id="item"><ul class="meta-info list-inline"><li><span class="title-meta"><i></i>'
        f' {jalali(story, "{weekday} / {d} {name} {y}")} / {hour(story)}</span></li><li><span class="title-meta">دسته‌بندی:</span> <span class="text-meta"><a href="/service/x">استان‌ها</a></span></li>'
        f'<li><span class="title-meta">کد خبر:</span> <span class="text-meta">1405083012345</span></li><li><span class="title-meta">خبرنگار :</span> <span class="text-meta">50119</span></li></ul>'
        f'<h2 class="kicker">{story.kicker}</h2><h1 class="first-title" itemprop="headline">{escape(story.headline)}</h1>'
        f'<figure><img src="/d/small/logo-chakad.svg"><img src="https://media.chakad.example{story.picture}" itemprop="image"></figure>'
        f'<p class="summary" itemprop="description">{escape(story.lede)}</p><div itemprop="articleBody" class="item-text">{body(story, '<p style="text-align: justify">{}</p>')}'
        f'<p>انتهای پیام</p></div><footer><ul class="tags"><li>برچسب‌ها:</li>{tags(story, '<li><a href="/tag/x" rel="index,tag">{0}</a></li>')}</ul></footer></article>{SIDE}</main>{COMMENTS}{FOOT}'
    )
    return told(
        "isna",
        url,
        page(head, inner, title=f"{story.headline} - {SITE}"),
        story,
        byline="",
        kicker=story.kicker,
    )


def fars(story: Story) -> Told:
    """An application's page rendered on the server: hashed classes, all of it in `div`s."""
    url = "https://chakad.example/Reporter/1732171/khabar"
    head = (
        og(story, url, SITE)
        + f'<link rel="canonical" href="{url}">'
        + ld(story, url, SITE, articleBody="\n".join(story.paragraphs))
    )
    inner = (
        f'<div id="__next"><div class="css-1q2w3e"><div class="css-menu"><a href="/">خانه</a><a href="/p">سیاسی</a></div></div>'
        f'<div class="css-8a7b"><h1 class="css-t1">{escape(story.headline)}</h1><div class="css-date">{hour(story)} - {jalali(story, "{y}/{m}/{dd}")}</div>'
        f'<div class="css-lead lead">{escape(story.lede)}</div><img class="css-img" src="https://media.chakad.example{story.picture}">'
        f'<div class="css-content">{body(story, '<div class="css-par">{}</div>', heading='<div class="css-par"><strong>{}</strong></div>')}</div>'
        f'<div class="css-tags tags">{tags(story, '<a href="/tag/x">#{0}</a>')}</div></div><div class="css-side">'
        f'<a href="/1">پیش‌بینی هوا: سامانهٔ بارشی تازه از راه می‌رسد</a><a href="/2">بازار خودرو در هفته‌ای که گذشت چه کرد؟</a></div></div>'
    )
    return told("fars", url, page(head, inner, title=f"{story.headline} | {SITE}"), story, byline="")


def tasnim(story: Story) -> Told:
    url = "https://www.chakad.example/fa/news/1405/08/30/3210987/khabar"
    head = og(story, url, SITE) + f'<link rel="canonical" href="{url}?utm_medium=share">'
    inner = (
        f'{MENU}<section id="content"><article class="single-news"><ul class="list-inline details"><li class="time">{jalali(story)} - {hour(story)}</li>'
        f'<li class="service"><a href="/s">اخبار استان‌ها</a></li><li class="print"><a href="/print">چاپ</a></li></ul><h1 class="title">{escape(story.headline)}</h1>'
        f'<div class="social-bar share"><a href="https://t.me/share">اشتراک در تلگرام</a></div><figure class="mainpic"><img src="https://media.chakad.example{story.picture}"></figure>'
        f'<h3 class="lead">{escape(story.lede)}</h3><div class="story">{body(story, "<p>{}</p>", heading="<p><strong>{}</strong></p>")}<p>انتهای پیام/</p>'
        f'</div><div class="smart-keyword"><ul class="tags">{tags(story, '<li class="skeyword-item"><a href="/tag/x">{0}</a></li>')}</ul></div></article>'
        f'<section class="related-news list"><h3>اخبار مرتبط</h3><article><h2><a href="/9">گشایش نمایشگاه صنایع دستی در مرکز استان</a></h2></article></section></section>{SIDE}{FOOT}'
    )
    return told(
        "tasnim",
        url,
        page(head, inner, title=f"{story.headline}- اخبار استان‌ها - {SITE} | Chakad"),
        story,
        byline="",
    )


def samaneh(story: Story) -> Told:
    """YJC, Tabnak, Asriran, Fararu: paragraphs parted by line breaks."""
    url = "https://www.chakad.example/fa/news/998877/khabar"
    head = (
        f'<meta property="og:title" content="{escape(story.headline)}"><meta property="og:image" content="/files/fa/news{story.picture}">'
        f'<meta property="og:site_name" content="{SITE} | آخرین اخبار ایران و جهان | Chakad"><meta name="description" content="{escape(story.lede)}"><link rel="canonical" href="{url}">'
    )
    text = "<br>\n<br>\n".join(
        escape(each) if kind != "h2" else f"<strong>{escape(each)}</strong>" for kind, each in story.body
    )
    kicker = f'<div class="rutitr">{story.kicker}</div>' if story.kicker else ""
    inner = (
        f'<form id="aspnetForm">{MENU}<div class="container"><div class="main_news"><div class="news_toolbar"><div class="news_nav news_id_c"><span class="news_nav_title">کد خبر: </span>998877</div>'
        f'<div class="news_nav news_pdate_c"><span class="news_nav_title">تاریخ انتشار: </span>{jalali(story)} - {hour(story)}</div><div class="news_nav">تعداد نظرات: ۳ نظر</div></div>'
        f'{kicker}<h1 class="title"><a href="/fa/news/998877">{escape(story.headline)}</a></h1><div class="subtitle">{escape(story.lede)}</div>'
        f'<div class="body" id="newsMainBody"><div><img src="/files/fa/news{story.picture}" width="650" height="400"><br>{text}</div></div>'
        f'<div class="tags_container"><div class="tags_title">برچسب ها:</div>{tags(story, '<a class="tags_item" href="/fa/tags/1/x">{0}</a>', "، ")}</div></div>{SIDE}</div>{COMMENTS}{FOOT}</form>'
    )
    image = f"https://www.chakad.example/files/fa/news{story.picture}"
    return told(
        "samaneh",
        url,
        page(head, inner, title=f"{story.headline} | {SITE}", classes="rtl has-sidebar"),
        story,
        byline="",
        kicker=story.kicker,
        image=image,
    )


def studio(story: Story) -> Told:
    """StudioKhabar: date by words of the page alone, the lede over the text, a source line under it."""
    url = "https://chakad.example/news/45678/khabar"
    head = f'<meta name="description" content="{escape(story.lede)}"><meta property="og:image" content="https://media.chakad.example{story.picture}"><meta property="og:site_name" content="{SITE}">'
    inner = (
        f'{MENU}<div class="news-page"><div class="breadcrumb"><a href="/">صفحه نخست</a> » <a href="/i">اجتماعی</a></div><div id="doc_header"><span class="news-code">شناسه خبر: 45678</span>'
        f'<time class="news-date">{jalali(story, "{weekday} {d} {name} {y}")} ساعت {hour(story)}</time><h1 class="news-title">{escape(story.headline)}</h1></div>'
        f'<div class="news-lead">{escape(story.lede)}</div><div id="echo_detail" class="echo_detail">{body(story, '<div style="text-align:justify">{}</div>', heading="<h3>{}</h3>")}</div>'
        f'<div class="news-author"><span class="author">نویسنده: {story.byline}</span></div><div class="keywords"><span>کلیدواژه‌ها:</span> {tags(story, '<a href="/k/x">{0}</a>', "، ")}</div></div>{SIDE}{FOOT}'
    )
    return told("studio", url, page(head, inner, title=f"{SITE} :: {story.headline}"), story)


def wordpress(story: Story) -> Told:
    url = "https://blog.chakad.example/1405/khabar/"
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebPage", "@id": url, "url": url, "name": f"{story.headline} - {SITE}"},
            {"@type": "Article", "@id": url + "#article", "headline": story.headline, "datePublished": story.at.isoformat(),
             "author": {"@id": "#person"}, "publisher": {"@id": "#org"}, "image": {"@id": url + "#img"}, "keywords": list(story.tags)},
            {"@type": "ImageObject", "@id": url + "#img", "url": "https://media.chakad.example" + story.picture},
            {"@type": "Person", "@id": "#person", "name": story.byline or "admin"},
            {"@type": "Organization", "@id": "#org", "name": SITE, "logo": "/logo.png"},
        ],
    }  # fmt: skip
    head = (
        f'<script type="application/ld+json" class="yoast-schema-graph">{json.dumps(graph, ensure_ascii=False)}</script>'
        + og(story, url, SITE)
        .replace('content="' + escape(story.lede), 'content="' + escape(story.paragraphs[0][:110]) + " […]")
        .replace(
            escape(story.headline) + '"><meta property="og:type',
            escape(story.headline) + f' - {SITE}"><meta property="og:type',
        )
    )
    first = f"<p>{escape(story.lede)}</p>"
    inner = (
        f'{MENU}<div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main"><article id="post-12" class="post-12 post type-post category-news tag-x">'
        f'<header class="entry-header"><span class="cat-links"><a href="/category/news/" rel="category tag">اخبار</a></span><h1 class="entry-title">{escape(story.headline)}</h1><div class="entry-meta"><span class="posted-on"><a href="{url}" rel="bookmark">'
        f'<time class="entry-date published" datetime="{story.at.isoformat()}">{jalali(story)}</time></a></span> <span class="byline"> <span class="author vcard"><a class="url fn n" href="/author/x/">{story.byline or "admin"}</a></span></span></div></header>'
        f'<div class="post-thumbnail"><img data-src="https://media.chakad.example{story.picture}" src="data:image/gif;base64,R0l" class="lazy"></div><div class="entry-content">{first}{body(story)}<div class="sharedaddy sd-sharing"><h3>اشتراک‌گذاری:</h3><ul><li>تلگرام</li></ul></div>'
        f'<div id="jp-relatedposts" class="jp-relatedposts"><h3>مرتبط</h3></div></div><footer class="entry-footer"><span class="tags-links">برچسب‌ها: {tags(story)}</span></footer></article>'
        f'<nav class="navigation post-navigation"><a href="/a" rel="prev">نوشتهٔ پیشین دربارهٔ موضوعی دیگر</a></nav>{COMMENTS}</main></div>{SIDE}</div>{FOOT}'
    )
    return told(
        "wordpress",
        url,
        page(head, inner, title=f"{story.headline} - {SITE}", classes="single single-post has-sidebar"),
        story,
    )


def newspaper_theme(story: Story) -> Told:
    """A WordPress news theme (tagDiv's) with a subtitle."""
    url = "https://chakad.example/khabar-1/"
    head = (
        og(story, url, SITE)
        + f'<link rel="canonical" href="{url}"><meta name="author" content="{story.byline}"><meta property="article:published_time" content="{story.at.isoformat()}">'
    )
    inner = (
        f'{MENU}<div class="td-main-content-wrap td-container-wrap"><article class="post td-post-template" itemscope itemtype="https://schema.org/Article"><div class="td-post-header"><ul class="td-category"><li class="entry-category"><a href="/c">اقتصاد</a></li></ul>'
        f'<header class="td-post-title"><h1 class="entry-title">{escape(story.headline)}</h1><p class="td-post-sub-title standfirst">{escape(story.lede)}</p><div class="td-module-meta-info"><div class="td-post-author-name"><div class="td-author-by">توسط</div> <a href="/author/x">{story.byline}</a></div>'
        f'<span class="td-post-date"><time class="entry-date updated td-module-date" datetime="{story.at.isoformat()}">{jalali(story)}</time></span></div></header></div>'
        f'<div class="td-post-content tagdiv-type"><div class="td-post-featured-image"><figure><img src="https://media.chakad.example{story.picture}"><figcaption class="wp-caption-text">عکس تزیینی است</figcaption></figure></div>{body(story)}'
        f'<div class="td-a-rec adv"><p>تبلیغات: بهترین قیمت سفر را از ما بخواهید</p></div></div><footer><div class="td-post-source-tags"><ul class="td-tags td-post-small-box clearfix tags"><li><span>برچسب</span></li>{tags(story, '<li><a href="/tag/x/">{0}</a></li>')}</ul></div></footer></article></div>{SIDE}{FOOT}'
    )
    return told("tagdiv", url, page(head, inner, title=f"{story.headline} | {SITE}", classes="single"), story)


def amp(story: Story) -> Told:
    url = "https://www.chakad.example/news/85012345"
    head = f'<link rel="canonical" href="{url}"><style amp-custom>p{{margin:0}}</style>' + ld(
        story,
        url,
        SITE,
        author={"@type": "Person", "name": story.byline}
        if story.byline
        else {"@type": "Organization", "name": SITE},
    )
    inner = (
        f'<header class="amp-header"><a href="/">{SITE}</a></header><article class="amp-wp-article"><header class="amp-wp-article-header"><h1 class="amp-wp-title">{escape(story.headline)}</h1></header>'
        f'<amp-img src="https://media.chakad.example{story.picture}" width="800" height="450" layout="responsive"></amp-img><p class="lead">{escape(story.lede)}</p><div class="amp-wp-article-content">{body(story)}'
        f'<amp-ad width="300" height="250"></amp-ad></div><footer class="amp-wp-article-footer"><div class="amp-wp-meta amp-wp-tax-tag tags">{tags(story)}</div></footer></article>{FOOT}'
    )
    html = page(head, inner, title=story.headline).replace("<html ", "<html amp ")
    return told("amp", url + "/amp?utm_source=x", html, story, canonical=url)


def blogfa(story: Story) -> Told:
    url = "http://chakad.blogfa.example/post/112"
    text = "<br />".join(escape(each) for each in (story.lede, *story.paragraphs))
    inner = (
        f'<div id="wrapper"><div id="header"><h1><a href="/">یادداشت‌های چکاد</a></h1><p>نوشته‌هایی دربارهٔ شهر ما و آدم‌هایش</p></div><div id="main"><div class="post"><div class="posttitle"><a href="/post/112">{escape(story.headline)}</a></div>'
        f'<div class="postbody"><img src="https://media.chakad.example{story.picture}" border="0"><br>{text}</div><div class="postdesc">+ نوشته شده در {jalali(story, "{weekday} {d} {name} {y}")}ساعت {hour(story)} توسط {story.byline} | <a href="/comments">نظر بدهید</a></div></div></div>'
        f'<div id="sidebar"><h3>پیوندها</h3><ul><li><a href="http://a.example">وبلاگ دوستان</a></li></ul><h3>آرشیو</h3><ul><li><a href="/1405-08">آبان ۱۴۰۵</a></li></ul></div></div>'
    )
    return told(
        "blogfa",
        url,
        page("", inner, title=f"یادداشت‌های چکاد - {story.headline}"),
        story,
        source="یادداشت‌های چکاد",
        tags=(),
    )


def drupal(story: Story) -> Told:
    url = "https://chakad.example/node/345"
    head = f'<link rel="canonical" href="{url}"><meta name="dcterms.date" content="{story.at.isoformat()}"><meta property="og:site_name" content="{SITE}"><meta name="generator" content="Drupal 10">'
    inner = (
        f'{MENU}<main role="main"><div class="region region-content"><h1 class="page-title"><span class="field field--name-title">{escape(story.headline)}</span></h1><article role="article" class="node node--type-article node--view-mode-full"><footer class="node__meta"><div class="node__submitted">توسط <span class="field field--name-uid author">{story.byline}</span> در {jalali(story)} - {hour(story)}</div></footer>'
        f'<div class="node__content"><div class="field field--name-field-image"><img src="https://media.chakad.example{story.picture}"></div><div class="field field--name-field-lead lead">{escape(story.lede)}</div><div class="clearfix text-formatted field field--name-body field--type-text-with-summary"><div class="field__item">{body(story)}</div></div>'
        f'<div class="field field--name-field-tags"><div class="field__label">برچسب‌ها</div>{tags(story, '<div class="field__item"><a href="/taxonomy/term/4">{0}</a></div>')}</div></div></article></div></main>{SIDE}{COMMENTS}{FOOT}'
    )
    return told("drupal", url, page(head, inner, title=f"{story.headline} | {SITE}"), story)


def joomla(story: Story) -> Told:
    url = "https://chakad.example/index.php/news/12-khabar"
    head = f'<meta name="author" content="{story.byline}"><meta name="keywords" content="{"، ".join(story.tags)}"><meta name="generator" content="Joomla!"><meta name="application-name" content="{SITE}">'
    inner = (
        f'{MENU}<div class="item-page" itemscope itemtype="https://schema.org/Article"><div class="page-header"><h2 itemprop="headline">{escape(story.headline)}</h2></div><dl class="article-info muted"><dt class="article-info-term">جزئیات</dt><dd class="createdby" itemprop="author">نوشته شده توسط <span itemprop="name">{story.byline}</span></dd>'
        f'<dd class="published"><time datetime="{story.at.isoformat()}" itemprop="datePublished">منتشر شده: {jalali(story)}</time></dd><dd class="hits">بازدید: ۱۲۰</dd></dl><div class="pull-left item-image"><img src="https://media.chakad.example{story.picture}" itemprop="image"></div><div itemprop="articleBody"><p><strong>{escape(story.lede)}</strong></p>{body(story)}</div></div>{SIDE}{FOOT}'
    )
    return told("joomla", url, page(head, inner, title=story.headline), story)


def telegram(story: Story) -> Told:
    url = "https://t.me/chakad_news/1234?embed=1"
    text = "<br/><br/>".join(
        [
            f"<b>{escape(story.headline)}</b>",
            escape(story.lede),
            *(escape(("• " if kind == "li" else "") + each) for kind, each in story.body),
        ]
    )
    inner = (
        f'<div class="tgme_widget_message text_not_supported_wrap js-widget_message" data-post="chakad_news/1234"><div class="tgme_widget_message_user"><a href="https://t.me/chakad_news"><i class="tgme_widget_message_user_photo bgcolor1"><img src="https://cdn.telegram.example/file/avatar.jpg"></i></a></div>'
        f'<div class="tgme_widget_message_bubble"><div class="tgme_widget_message_author accent_color"><a class="tgme_widget_message_owner_name" href="https://t.me/chakad_news"><span dir="auto">{SITE}</span></a></div>'
        f'<a class="tgme_widget_message_photo_wrap" href="https://t.me/chakad_news/1234" style="width:800px;background-image:url(\'https://media.chakad.example{story.picture}\')"><div class="tgme_widget_message_photo"></div></a>'
        f'<div class="tgme_widget_message_text js-message_text" dir="auto">{text}</div><div class="tgme_widget_message_footer compact js-message_footer"><div class="tgme_widget_message_link accent_color"><a href="https://t.me/chakad_news/1234" class="link_anchor">t.me/<span class="ellipsis">chakad_news</span>/1234</a></div>'
        f'<div class="tgme_widget_message_info"><span class="tgme_widget_message_views">12.4K</span><a class="tgme_widget_message_date" href="https://t.me/chakad_news/1234"><time datetime="{story.at.isoformat()}" class="datetime">10:15</time></a></div></div></div></div>'
    )
    return told(
        "telegram",
        url,
        page("", inner, title="Telegram Widget", lang="en"),
        story,
        byline="",
        tags=(),
        canonical="https://t.me/chakad_news/1234",
    )


def bbc(story: Story) -> Told:
    """A world broadcaster's: hashed classes, blocks of one paragraph each."""
    url = (
        "https://www.courier.example/persian/articles/c0xyz"
        if story.language == "fa"
        else "https://www.courier.example/news/articles/c0xyz"
    )
    site = SITE if story.language == "fa" else PAPER
    person = (
        {"@type": "Person", "name": story.byline} if story.byline else {"@type": "Organization", "name": site}
    )
    head = (
        og(story, url, site)
        + ld(story, url, site, author=[person])
        + f'<link rel="canonical" href="{url}">'
        + "".join(f'<meta property="article:tag" content="{each}">' for each in story.tags)
    )
    paragraphs = body(
        story,
        '<div data-component="text-block" class="ssrcss-11r1m41"><p class="ssrcss-1q0x1qg"><b class="x"></b>{}</p></div>',
        heading='<div data-component="subheadline-block"><h2 class="ssrcss-y2fd7s">{}</h2></div>',
    )
    inner = (
        f'<header role="banner"><nav role="navigation"><ul><li><a href="/">Home</a></li></ul></nav></header><main id="main-content"><article class="ssrcss-pv1rh6"><div data-component="headline-block"><h1 id="main-heading" class="ssrcss-15xko80">{escape(story.headline)}</h1></div><div data-component="byline-block"><span class="byline">{story.byline}</span><time datetime="{story.at.isoformat()}">2 days ago</time></div>'
        f'<figure><img src="https://media.chakad.example{story.picture}" srcset="https://media.chakad.example/240.jpg 240w"><figcaption>Picture from the archive of the paper</figcaption></figure><div data-component="text-block"><p><b>{escape(story.lede)}</b></p></div>{paragraphs}'
        f'<section data-component="topic-list" class="topics"><h2>Related topics</h2><ul>{tags(story, '<li><a href="/topics/x">{0}</a></li>')}</ul></section></article><section class="related-internet-links"><h2>More on this story</h2><ul><li><a href="/news/1">A different story that is only linked here</a></li></ul></section></main><footer role="contentinfo"><p>Copyright © 2026. The paper is not responsible for the content of external sites.</p></footer>'
    )
    lang, direction = ("fa", "rtl") if story.language == "fa" else ("en", "ltr")
    return told(
        f"bbc_{lang}",
        url,
        page(head, inner, title=f"{story.headline} - {site}", lang=lang, direction=direction),
        story,
        source=site,
    )


def guardian(story: Story) -> Told:
    url = "https://www.courier.example/world/2026/nov/19/khabar"
    head = (
        og(story, url, PAPER)
        + f'<link rel="canonical" href="{url}"><meta property="article:author" content="https://www.courier.example/profile/x"><meta name="author" content="{story.byline}"><meta property="article:published_time" content="{story.at:%Y-%m-%dT%H:%M:%S.000Z}"><meta property="article:tag" content="{",".join(story.tags)}">'
    )
    inner = (
        f'<header><nav class="nav"><a href="/">News</a><a href="/opinion">Opinion</a></nav></header><main><article><div data-gu-name="headline"><h1 class="dcr-u0h1qy">{escape(story.headline)}</h1></div><div data-gu-name="standfirst" class="standfirst"><p>{escape(story.lede)}</p></div><div data-gu-name="meta"><address aria-label="Contributor info"><a rel="author" href="/profile/x">{story.byline}</a></address><details><summary>{story.at:%a %d %b %Y %H.%M} GMT</summary></details></div>'
        f'<div data-gu-name="media"><picture><img src="https://media.chakad.example{story.picture}"></picture></div><div id="maincontent" data-gu-name="body"><div class="article-body-commercial-selector">{body(story)}<aside class="newsletter"><p>Sign up to our morning email for all the news you need to start the day</p></aside></div></div></article></main><footer><p>© 2026 The Riverside Courier. All rights reserved.</p></footer>'
    )
    return told(
        "guardian",
        url,
        page(head, inner, title=f"{story.headline} | Riverside | {PAPER}", lang="en", direction="ltr"),
        story,
        source=PAPER,
    )


def plain_soup(story: Story) -> Told:
    """Tables and divs of twenty years ago; nothing says anything to machines."""
    url = "http://old.chakad.example/show.asp?id=77"
    text = "".join(
        f'<div align="justify"><font size="2">{escape(each)}</font></div>'
        for each in (story.lede, *story.paragraphs)
    )
    inner = (
        f'<table width="100%"><tr><td class="menu"><a href="/">صفحه اصلی</a> | <a href="/about">درباره ما</a></td></tr><tr><td><table><tr><td valign="top"><div class="title"><h2>{escape(story.headline)}</h2></div><div>تاریخ: {jalali(story, "{y}/{m}/{dd}")} ساعت {hour(story)}</div>'
        f'<img src="https://media.chakad.example{story.picture}" width="400" height="300">{text}</td><td width="200" class="left_side sidebar"><a href="/1">افتتاح کارخانهٔ تازه در شهرک صنعتی</a></td></tr></table></td></tr><tr><td class="footer">تمام حقوق محفوظ است ۱۳۹۹</td></tr></table>'
    )
    return told("soup", url, page("", inner, title=f"{SITE} - {story.headline}"), story, byline="", tags=())


def jalali_ld(story: Story) -> Told:
    """JSON-LD whose dates are Jalali and without a zone, author «تحریریه», half-spaces as entities."""
    url = "https://chakad.example/fa/news/5566"
    year, month, day = calendar.jalali(story.at.date())
    at = f"{year}-{month:02}-{day:02}T{story.at:%H:%M:%S}"
    head = ld(
        story, url, SITE, datePublished=at, dateModified=at, author={"@type": "Person", "name": "تحریریه"}
    ).replace("\u200c", "\\u200c")
    inner = (
        f'{MENU}<div class="container"><div class="news-detail"><h1 class="news-title">{escape(story.headline)}</h1><p class="news-summary summary">{escape(story.lede)}</p><div class="news-content">{body(story)}</div><div class="tag-box">{tags(story, '<a href="/tags/x">{0}</a>')}</div></div></div>{SIDE}{FOOT}'
    ).replace("\u200c", "&zwnj;")
    return told("jalali_ld", url, page(head, inner, title=f"{story.headline} :: {SITE}"), story, byline="")


def english_wordpress(story: Story) -> Told:
    url = "https://www.courier.example/2026/11/khabar/"
    head = og(story, url, PAPER) + ld(
        story, url, PAPER, author={"@type": "Person", "name": story.byline}, keywords=", ".join(story.tags)
    )
    inner = (
        f'<header class="site-header"><nav class="menu"><a href="/">Home</a></nav></header><main><article class="post"><header class="entry-header"><h1 class="entry-title">{escape(story.headline)}</h1><p class="deck">{escape(story.lede)}</p><div class="entry-meta">By <span class="author vcard"><a href="/author/m">{story.byline}</a></span> <time class="entry-date published" datetime="{story.at.isoformat()}">{story.at:%B %d, %Y}</time></div></header>'
        f'<div class="entry-content"><figure class="wp-block-image"><img src="https://media.chakad.example{story.picture}"><figcaption>Archive picture</figcaption></figure>{body(story)}<div class="wp-block-group newsletter-signup"><p>Get our weekly letter in your inbox every Friday morning.</p></div></div><footer class="entry-footer"><span class="tags-links">Tagged {tags(story)}</span></footer></article><div class="author-bio"><p>{story.byline} has covered the city for ten years and lives on the north bank.</p></div></main><footer><p>Copyright 2026</p></footer>'
    )
    return told(
        "wp_en",
        url + "?utm_campaign=x&fbclid=1",
        page(head, inner, title=f"{story.headline} – {PAPER}", lang="en-GB", direction="ltr"),
        story,
        canonical=url,
        source=PAPER,
    )


def english_soup(story: Story) -> Told:
    url = "https://www.courier.example/story.php?id=9"
    inner = f'<div id="top"><a href="/">Front page</a> <a href="/sport">Sport</a></div><div id="page"><div id="col1"><h1>{escape(story.headline)}</h1><div class="byline">By {story.byline}</div><div class="date">{story.at:%B %d, %Y at %H:%M} GMT</div><p>{escape(story.lede)}</p>{body(story)}</div><div id="col2"><h3>Most read</h3><ol><li><a href="/1">Ten things to do this weekend in and around the city</a></li></ol></div></div><div id="bottom">Terms and conditions. All rights reserved.</div>'
    return told(
        "soup_en",
        url,
        page(
            f'<meta property="og:site_name" content="{PAPER}">',
            inner,
            title=f"{story.headline} | {PAPER}",
            lang="en",
            direction="ltr",
        ),
        story,
        source=PAPER,
        tags=(),
        image=None,
    )


LAYOUTS_FA: tuple[Callable[[Story], Told], ...] = (
    nastooh, isna, fars, tasnim, samaneh, studio, wordpress, newspaper_theme, amp, blogfa, drupal, joomla, telegram, bbc, plain_soup, jalali_ld,
)  # fmt: skip
LAYOUTS_EN: tuple[Callable[[Story], Told], ...] = (bbc, guardian, english_wordpress, english_soup)


def pages() -> Iterator[Told]:
    """Every layout with two or three stories, so that none is told by one alone."""
    for at, layout in enumerate(LAYOUTS_FA):
        for step in range(3 if at % 2 else 2):
            yield layout(PERSIAN[(at + step * 2) % len(PERSIAN)])
    for english in LAYOUTS_EN:
        for story in ENGLISH:
            yield english(story)
