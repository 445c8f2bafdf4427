"""Feeds of every kind and fault, in our own words: what is read of them."""

import asyncio
import base64
import gzip
import json
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from bot.intake.feeds import reading
from bot.news.feeds import Feed, Item
from tests.benchmarks import adapter

TEHRAN = timezone(timedelta(hours=3, minutes=30))
NOON = datetime(2026, 11, 6, 12, 30, tzinfo=TEHRAN)
TITLE = "شورای شهر از نوسازی خط‌های اتوبوس می‌گوید"


def read(document: str | bytes, address: str | None = None) -> Feed:
    found = reading.read(document.encode() if isinstance(document, str) else document, address)
    assert found is not None
    return found


def rss(items: str, head: str = "<title>روزنامهٔ ما</title><link>https://paper.example/</link>") -> str:
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>{head}{items}</channel></rss>'


ITEM = f"<item><title>{TITLE}</title><link>https://paper.example/n/1</link><guid isPermaLink='false'>n-1</guid><pubDate>Fri, 06 Nov 2026 12:30:00 +0330</pubDate></item>"
ONE = Item(id="n-1", title=TITLE, url="https://paper.example/n/1", published=NOON)


def only(document: str | bytes) -> Item:
    (item,) = read(document).items
    return item


def test_rss_2() -> None:
    assert read(rss(ITEM)) == Feed(
        kind="rss", title="روزنامهٔ ما", home="https://paper.example/", items=(ONE,)
    )


def test_rss_0_91_without_ids_and_dates() -> None:
    old = f'<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://x.example/rss-0.91.dtd"><rss version="0.91"><channel><title>x</title><item><title>{TITLE}</title><link>https://paper.example/n/1</link></item></channel></rss>'
    assert only(old) == Item(id="https://paper.example/n/1", title=TITLE, url="https://paper.example/n/1")


@pytest.mark.parametrize(
    "space", ["http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/"], ids=["1.0", "0.90"]
)
def test_rdf_has_its_items_beside_the_channel(space: str) -> None:
    rdf = f"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{space}" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <channel rdf:about="https://paper.example/"><title>خبرنامه</title><link>https://paper.example/</link><items><rdf:Seq><rdf:li resource="https://paper.example/n/1"/></rdf:Seq></items></channel>
    <image rdf:about="https://paper.example/logo"><title>نشان</title><url>https://paper.example/logo.png</url><link>https://paper.example/</link></image>
    <item rdf:about="urn:n-1"><title>{TITLE}</title><link>https://paper.example/n/1</link><dc:date>2026-11-06T12:30:00+03:30</dc:date><dc:creator>مهتاب ادیب</dc:creator></item></rdf:RDF>"""
    item = only(rdf)
    assert (item.id, item.title, item.url, item.published, item.author) == (
        "urn:n-1",
        TITLE,
        "https://paper.example/n/1",
        NOON,
        "مهتاب ادیب",
    )
    assert read(rdf).title == "خبرنامه"


def test_atom_with_a_prefix_and_the_alternate_link() -> None:
    atom = """<?xml version="1.0"?><a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>خبرنامه</a:title><a:link rel="self" href="https://paper.example/atom"/><a:link href="https://paper.example/"/>
    <a:entry><a:id>tag:paper.example,2026:1</a:id><a:title type="html">&lt;b&gt;شورای شهر&lt;/b&gt; از نوسازی خط&amp;zwnj;های اتوبوس می&amp;#8204;گوید</a:title><a:link rel="enclosure" href="/x.mp3"/><a:link rel="alternate" type="application/json" href="/n/1.json"/><a:link rel="alternate" type="text/html" href="/n/1"/>
    <a:updated>2026-11-07T00:00:00Z</a:updated><a:published>2026-11-06T09:00:00Z</a:published><a:source><a:id>other</a:id><a:title>other</a:title><a:updated>2001-01-01T00:00:00Z</a:updated></a:source><a:author><a:name>مهتاب ادیب</a:name><a:email>x@paper.example</a:email></a:author></a:entry></a:feed>"""
    item = only(atom)
    assert (item.id, item.title, item.url, item.author) == (
        "tag:paper.example,2026:1",
        TITLE,
        "https://paper.example/n/1",
        "مهتاب ادیب",
    )
    assert item.published == NOON


def test_atom_titles_as_text_and_xhtml() -> None:
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><id>x</id><entry><id>1</id><title type="text">برچسب &lt;b&gt; چیست؟</title><updated>2026-11-06T09:00:00Z</updated></entry>
    <entry><id>2</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">سه <b>خبر</b> &lt; چهار</div></title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>یک</p><p>دو <a href="https://x.example/">سه</a></p><title>نه</title></div></content></entry></feed>"""
    one, two = read(atom).items
    assert (one.title, two.title) == ("برچسب <b> چیست؟", "سه خبر < چهار")
    assert two.text.startswith("یک")
    assert two.is_whole


def test_atom_0_3() -> None:
    atom = f'<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>x</title><entry><title mode="escaped" type="text/html">&lt;i&gt;{TITLE}&lt;/i&gt;</title><link rel="alternate" type="text/html" href="https://paper.example/n/1"/><issued>2026-11-06T12:30:00+03:30</issued><id>n-1</id></entry></feed>'
    assert only(atom) == ONE


@pytest.mark.parametrize("version", ["1", "1.1"])
def test_json_feed(version: str) -> None:
    feed = {
        "version": f"https://jsonfeed.org/version/{version}",
        "title": "روزنامه",
        "home_page_url": "https://paper.example/",
        "items": [
            {
                "id": "n-1",
                "url": "/n/1",
                "title": f"<b>{TITLE}</b>",
                "date_published": "2026-11-06T12:30:00+03:30",
                "content_html": "<p>یک</p>",
            },
            {"id": 17, "external_url": "https://other.example/", "content_text": "بی‌عنوان"},
            "none",
            None,
        ],
    }
    one, two = read("\ufeff" + json.dumps(feed)).items
    assert one == Item(
        id="n-1", title=TITLE, url="https://paper.example/n/1", published=NOON, text="یک", is_whole=True
    )
    assert (two.id, two.title, two.url, two.published) == ("17", None, "https://other.example/", None)


def test_json_that_is_cut_off_or_follows_other_words() -> None:
    whole = json.dumps(
        {"title": "x", "items": [{"id": "1", "title": "یک"}, {"id": "2", "title": "دو"}]}, ensure_ascii=False
    )
    assert [item.id for item in read(whole[:-8]).items] == ["1"]
    assert [item.id for item in read(")]}'\n" + whole).items] == ["1", "2"]


def test_a_sitemap_of_news() -> None:
    sitemap = f"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
    <url><loc>https://paper.example/n/1</loc><lastmod>2026-11-09</lastmod><n:news><n:publication><n:name>روزنامه</n:name><n:language>fa</n:language></n:publication><n:publication_date>2026-11-06T12:30:00+03:30</n:publication_date><n:title>{TITLE}</n:title></n:news><image:image><image:loc>https://paper.example/p.jpg</image:loc><image:title>عکس</image:title></image:image></url>
    <url><loc>https://paper.example/n/2</loc><lastmod>2026-11-06</lastmod></url></urlset>"""
    one, two = read(sitemap).items
    assert (one.id, one.title, one.url, one.published) == (
        "https://paper.example/n/1",
        TITLE,
        "https://paper.example/n/1",
        NOON,
    )
    assert (two.url, two.title, two.published) == (
        "https://paper.example/n/2",
        None,
        datetime(2026, 11, 6, tzinfo=UTC),
    )


OLD = "خبرهاي شهر: كارگران پل را ساختند"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "cp1256"),
        ("windows-1256", "cp1256"),
        ("windows-1256", "utf-8"),
        ("iso-8859-1", "utf-8"),
        ("iso-8859-1", "cp1256"),
        ("iso-8859-6", "iso-8859-6"),
        ("utf-16", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-8", "utf-16-le"),
        ("utf-8", "utf-16-be"),
        ("utf-8", "utf-32"),
        ("no-such-code", "utf-8"),
        ("no-such-code", "cp1256"),
        ("us-ascii", "utf-8"),
    ],
)  # fmt: skip
def test_bytes_that_are_not_what_they_say(declared: str, encoding: str) -> None:
    title = OLD.replace("پ", "ب").replace("گ", "ك") if encoding == "iso-8859-6" else OLD
    document = rss(f"<item><title>{title}</title><guid>1</guid></item>", "<title>خبر</title>").replace(
        "utf-8", declared
    )
    document = document.replace("ٔ", "")
    assert only(document.encode(encoding)).title == title


def test_accents_stay_accents() -> None:
    assert (
        only(
            rss("<item><title>Café à Téhéran</title></item>", "")
            .replace("utf-8", "iso-8859-1")
            .encode("latin-1")
        ).title
        == "Café à Téhéran"
    )


def test_one_old_line_in_new_text_and_text_encoded_twice() -> None:
    new, old = rss(f"<item><title>{TITLE}</title></item>@", "<title>خبر</title>").encode().split(b"@")
    both = new + f"<item><title>{OLD}</title></item>".encode("cp1256") + old
    assert [item.title for item in read(both).items] == [TITLE, OLD]
    twice = rss(f"<item><title>{TITLE}</title></item>", "").encode().decode("cp1252", "surrogateescape")
    body = b"".join(s.encode() if ord(s) < 0xDC80 else chr(ord(s) - 0xDC00).encode() for s in twice)
    assert only(body).title == TITLE


@pytest.mark.parametrize(
    "before",
    [
        "\ufeff",
        "\n\n  ",
        "<br />\n<b>Warning</b>: mysql_connect() in <b>/x.php</b> on line <b>3</b><br />\n",
        "ok>",
        "<!-- cached by x & y -->\n",
    ],
)
def test_words_before_the_declaration(before: str) -> None:
    assert read(before + rss(ITEM)).items == (ONE,)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (f"<![CDATA[{TITLE}]]>", TITLE),
        (f"<![CDATA[ <b>{TITLE}</b> ]]>", TITLE),
        (f"\n  <![CDATA[{TITLE[:10]}]]><![CDATA[{TITLE[10:]}]]>\n", TITLE),
        (f"&lt;span class=&quot;x&quot;&gt;{TITLE}&lt;/span&gt;", TITLE),
        (f"<b>{TITLE}</b>", TITLE),
        ("«یک» &amp;amp; &amp;laquo;دو&amp;raquo;", "«یک» & «دو»"),
        ("یک &amp;nbsp; دو&nbsp;سه", "یک دو سه"),
        ("می&#x200c;رود و می&zwnj;آید", "می‌رود و می‌آید"),
        ("نرخ < ده درصد & بیشتر", "نرخ < ده درصد & بیشتر"),
        ("نرخ &lt; ده درصد", "نرخ < ده درصد"),
        ("یک<br/>دو", "یک دو"),
        ("<![CDATA[<item> چیست؟ </title> ]]>", "چیست؟"),
        ("یک <!-- نه --> دو", "یک دو"),
        ("یک<![CDATA[<script>x()</script>]]>", "یک"),
        ("یک\u0007 دو\u0000", "یک دو"),
    ],
)  # fmt: skip
def test_titles(written: str, read_as: str) -> None:
    assert (
        only(rss(f"<item><title>{written}</title><link>https://paper.example/n/1</link></item>")).title
        == read_as
    )


def test_what_is_missing() -> None:
    items = read(
        rss(
            "<item><title>یک</title></item><item><link>https://paper.example/n/2</link></item><item><description>&lt;p&gt;سه&lt;/p&gt;</description></item><item></item>"
            "<item><title>چهار</title><guid>https://paper.example/n/4</guid></item><item><title>پنج</title><guid isPermaLink='false'>https://paper.example/n/5</guid></item><item><title/><guid>six</guid><link></link></item><item/>"
        )
    ).items
    assert [(item.title, item.url) for item in items] == [
        ("یک", None),
        (None, "https://paper.example/n/2"),
        (None, None),
        ("چهار", "https://paper.example/n/4"),
        ("پنج", None),
        (None, None),
    ]
    assert len({item.id for item in items}) == 6
    assert items[2].text == "سه"


@pytest.mark.parametrize(
    ("link", "whole"),
    [
        ("/n/1?a=1&amp;b=2", "https://paper.example/n/1?a=1&b=2"),
        ("n/1", "https://paper.example/fa/n/1"),
        ("//cdn.example/n/1", "https://cdn.example/n/1"),
        ("\n  https://paper.example/n/\n  1 ", "https://paper.example/n/1"),
        ("<![CDATA[https://paper.example/n?a=1&b=2]]>", "https://paper.example/n?a=1&b=2"),
        ("https://paper.example/خبر/یک", "https://paper.example/خبر/یک"),
        ("https://paper.example/n?a=1&amp;amp;b=2", "https://paper.example/n?a=1&b=2"),
        ("https://paper.example/دو واژه", "https://paper.example/دو%20واژه"),
        ("javascript:alert(1)", None),
        ("https://[x", None),
    ],
)
def test_links(link: str, whole: str | None) -> None:
    document = rss(
        f"<item><title>x</title><link>{link}</link></item>", "<link>https://paper.example/fa/</link>"
    )
    assert only(document).url == whole


def test_the_bases_of_relative_links() -> None:
    atom = '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://paper.example/a/"><entry xml:base="b/"><id>1</id><link href="c"/></entry></feed>'
    assert only(atom).url == "https://paper.example/a/b/c"
    assert (
        read(rss("<item><link>x</link></item>", ""), "https://paper.example/d/feed.xml").items[0].url
        == "https://paper.example/d/x"
    )
    named = rss(
        "<item><title>x</title><link>/n</link></item>",
        '<atom:link rel="self" href="https://paper.example/feed"/>',
    )
    assert only(named).url == "https://paper.example/n"


def test_items_of_the_same_name() -> None:
    items = read(
        rss(
            "<item><guid>https://paper.example/</guid><title>یک</title><link>https://paper.example/1</link></item>"
            "<item><guid>https://paper.example/</guid><title>دو</title><link>https://paper.example/2</link></item>"
            "<item><guid>a</guid><title>سه</title><link>https://paper.example/3</link><pubDate>Fri, 06 Nov 2026 12:30:00 GMT</pubDate></item>"
            "<item><guid>a</guid><title>سه، تازه</title><link>https://paper.example/3</link><pubDate>Fri, 06 Nov 2026 13:30:00 GMT</pubDate></item>"
            "<item><title>چهار</title><link>https://paper.example/</link></item><item><title>پنج</title><link>https://paper.example/</link></item><item><title>پنج</title><link>https://paper.example/</link></item>"
        )
    ).items
    assert [item.title for item in items] == ["یک", "دو", "سه، تازه", "چهار", "پنج"]
    assert len({item.id for item in items}) == 5


def test_an_item_that_was_changed_is_one_story() -> None:
    twice = (
        "<item><guid>https://paper.example/1</guid><title>یک</title><link>https://paper.example/1</link></item>"
        "<item><guid>https://paper.example/1</guid><title>یک، با عنوان تازه</title><link>https://paper.example/1</link></item>"
    )
    assert len(read(rss(twice)).items) == 1


def test_letters_of_another_case_and_a_base_on_the_channel() -> None:
    document = "<RSS Version='2.0'><Channel xml:base='https://paper.example/fa/'><Item><Title>یک</Title><LINK>n/1</LINK><GUID ISPERMALINK='false'>https://paper.example/x</GUID><PubDate>Fri, 06 Nov 2026 12:30:00 +0330</PubDate></Item></Channel></RSS>"
    assert only(document) == Item(
        id="https://paper.example/x", title="یک", url="https://paper.example/fa/n/1", published=NOON
    )


def test_a_mark_of_utf_16_before_text_that_is_none() -> None:
    assert read(b"\xff\xfe" + rss(ITEM).encode()).items == (ONE,)


def test_what_other_namespaces_call_a_title_is_none() -> None:
    document = rss(
        f"<item><media:content url='https://paper.example/p.jpg' medium='image'><media:title>عکس</media:title></media:content><media:group><media:title>عکس</media:title></media:group><x:title xmlns:x='urn:x'>نه</x:title><title>{TITLE}</title><atom:link rel='self' href='https://paper.example/self'/><link>https://paper.example/n/1</link><source url='https://x.example/'>جای دیگر</source></item>",
        "<title>x</title><image><title>نشان</title><link>https://logo.example/</link><url>https://logo.example/x.png</url></image>",
    )
    item = only(document)
    assert (item.title, item.url, item.image) == (
        TITLE,
        "https://paper.example/n/1",
        "https://paper.example/p.jpg",
    )
    assert (read(document).title, read(document).home) == ("x", None)


def test_what_was_not_closed_and_what_was_cut_off() -> None:
    document = rss(
        "<item><title>یک<link>https://paper.example/1</link><item><title>دو</title><link>https://paper.example/2"
    )
    assert [(item.title, item.url) for item in read(document.split("</channel>")[0]).items] == [
        ("یک", "https://paper.example/1"),
        ("دو", "https://paper.example/2"),
    ]


def test_how_long_a_feed_wants_to_be_left_alone() -> None:
    assert read(rss(ITEM, "<ttl>45</ttl>")).minutes == 45
    sy = '<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>'
    assert read(rss(ITEM, sy)).minutes == 15


def test_what_is_no_feed() -> None:
    for body in (
        b"",
        b"\0\1\2",
        b"<html><head><title>x</title></head><body><a href='/'>x</a></body></html>",
        b"{}",
        b"[1]",
        b"null",
        b"hello",
    ):
        assert reading.read(body) is None


def test_a_packed_feed() -> None:
    assert read(gzip.compress(rss(ITEM).encode())).items == (ONE,)


def test_the_adapter_says_it_as_json() -> None:
    raw = rss(ITEM).encode()

    def here(ask: Callable[[Any], Coroutine[Any, Any, Any]]) -> Any:
        return asyncio.run(ask(Nearby()))

    bodies = (base64.b64encode(raw), base64.encodebytes(raw), base64.urlsafe_b64encode(raw).rstrip(b"="))
    assert {str(adapter.feed(here, {"id": "x", "body": each.decode()})) for each in bodies} == {str(SAID)}
    for odd in ({"id": "x", "body": ""}, {"id": "x"}, {"id": "x", "body": 5}, {"id": "x", "body": "%%"}):
        assert adapter.feed(here, odd) == {"id": "x", "items": []}


class Nearby:
    """The workshop, in this process."""

    async def feed(self, raw: bytes, url: str, charset: str | None) -> Feed | None:
        return reading.read(raw, url, charset)


SAID = {
    "id": "x",
    "items": [
        {
            "id": "n-1",
            "title": TITLE,
            "url": "https://paper.example/n/1",
            "published": "2026-11-06T12:30:00+03:30",
        }
    ],
}


@pytest.mark.parametrize(
    ("more", "image"),
    [
        ("<enclosure url='/a.jpg' type='image/jpeg' length='9'/>", "/a.jpg"),
        ("<enclosure url='/a.jpg'/>", "/a.jpg"),
        ("<enclosure url='/a.mp3' type='audio/mpeg'/><media:content url='/b.webp?w=9'/>", "/b.webp?w=9"),
        ("<media:group><media:content medium='image' url='/c'/></media:group>", "/c"),
        ("<media:thumbnail url='/d'/>", "/d"),
        ("<description>&lt;p&gt;&lt;img class=x src='/e.png?a=1&amp;amp;b=2'&gt; خبر&lt;/p&gt;</description>", "/e.png?a=1&b=2"),
        ("<enclosure url='/a.mp4' type='video/mp4'/>", None),
    ],
)  # fmt: skip
def test_an_items_picture(more: str, image: str | None) -> None:
    (item,) = read(rss(f"<item><title>خبر</title>{more}</item>"), "https://paper.example/feed").items
    assert item.image == (image and f"https://paper.example{image}")


def test_an_index_of_sitemaps_names_those_of_news_first_and_then_the_newest() -> None:
    named = "".join(
        f"<sitemap><loc>/{name}.xml</loc><lastmod>{day}</lastmod></sitemap>"
        for name, day in (
            ("a", "2026-11-01"),
            ("b", "2026-11-05"),
            ("news-1", "2026-10-01"),
            ("a", "2026-11-01"),
        )
    )
    found = read(f"<sitemapindex>{named}</sitemapindex>", "https://paper.example/sitemap.xml")
    assert found.parts == tuple(f"https://paper.example/{name}.xml" for name in ("news-1", "b", "a"))
    assert found.items == ()
