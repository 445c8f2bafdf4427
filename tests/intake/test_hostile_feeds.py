"""Feeds that want to hurt: of ten megabytes, without an end, with bombs. Nothing takes long, nothing leaks."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.intake.feeds import reading
from tests.intake.test_feeds_read import ITEM, rss

MEGABYTES = 10 << 20


def filled(piece: str) -> bytes:
    return (piece * (MEGABYTES // len(piece.encode()) + 1)).encode()[:MEGABYTES]


BODIES = {
    "items": rss(ITEM * (MEGABYTES // len(ITEM.encode()))).encode(),
    "empty items": filled("<item>"),
    "items closed": filled("<item/>"),
    "titles": b"<rss><channel><item>" + filled("<title>"),
    "titles closed": b"<rss><channel><item>" + filled("<title>x</title>"),
    "depth": b"<rss>" + filled("<a>"),
    "ends": b"<rss>" + filled("</a>"),
    "half tags": b"<rss>" + filled("<item "),
    "attributes": b"<rss><item " + filled('a="b" '),
    "many attributes": b"<rss>" + filled("<item " + 'a="b" ' * 5000 + ">"),
    "spaces": b"<rss>" + filled('<item xmlns:a="b" xmlns:c="d">'),
    "quotes": b"<rss><item a=" + filled('"'),
    "one quote": b"<rss>" + filled("<item a='"),
    "signs": b"<rss>" + filled("<"),
    "cdata": b"<rss><item><title>" + filled("<![CDATA["),
    "cdata closed": b"<rss><item><title>" + filled("<![CDATA[x]]>"),
    "comments": b"<rss><item><title>" + filled("<!--"),
    "comments closed": b"<rss><item><title>" + filled("<!-- -->"),
    "doctypes": b"<rss>" + filled("<!DOCTYPE a ["),
    "entities": b"<rss><item><title>" + filled("&amp;"),
    "half entities": b"<rss><item><title>" + filled("&#"),
    "one title": b"<rss><item><title>" + filled("a b &lt;b>"),
    "one text": b"<rss><item><description>" + filled("&lt;p&gt;x &lt;a href=x&gt;"),
    "blanks": b"<rss><item><title>" + filled(" \n"),
    "scripts": b"<rss><item><description><![CDATA[" + filled("<script>"),
    "one link": b"<rss><item><link>" + filled("https://x.example/"),
    "one date": b"<rss><item><pubDate>" + filled("1 "),
    "json lists": filled("["),
    "json objects": filled('{"items":['),
    "json items": b'{"items":[' + filled('{"id":1,"title":"x"},'),
    "json number": b'{"items":[{"id":' + filled("1"),
    "json string": b'{"items":[{"title":"' + filled("<b>"),
    "zeros": bytes(MEGABYTES),
    "nines": b"\x99" * MEGABYTES,
    "wide": filled("\u0000<"),
    "signs encoded twice": filled("Ø§"),
}


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", BODIES)
def test_ten_megabytes_of_it(name: str) -> None:
    begun = process_time()
    reading.read(BODIES[name])
    assert process_time() - begun < 5


def test_entities_of_its_own_are_neither_expanded_nor_fetched() -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    found = reading.read((bomb + rss("<item><title>&b; &x; خبر</title></item>")).encode())
    assert found is not None
    assert found.items[0].title == "&b; &x; خبر"


PIECES = st.sampled_from(
    [
        *("<rss>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<urlset>", "<item>", "</item>", "<entry>", "</entry>", "<title>", "</title>"),
        *("<link>", "</link>", "<link href='/x'/>", "<guid>", "</guid>", "<pubDate>", "1405/08/15", "<![CDATA[", "]]>", "<!--", "-->", "&amp;", "&#x200c;"),
        *("خبر", "می\u200cرود", "{", "}", '"items":', "[", "]", '"id"', ":", "1", ",", "\ufeff", "<b>", "<description>", "//", "http://", "[::1", "<author><name>"),
    ]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=5), max_size=60).map("".join))
def test_no_document_breaks_it(document: str) -> None:
    reading.read(document.encode("utf-8", "surrogatepass"))


@given(
    st.binary(max_size=300),
    st.sampled_from(
        [b"", b"<rss>", b'<?xml version="1.0" encoding="utf-7"?>', b"\x1f\x8b", b"\xff\xfe", b"{"]
    ),
)
@settings(max_examples=300)
def test_no_bytes_break_it(body: bytes, before: bytes) -> None:
    reading.read(before + body)


@given(
    st.text(
        alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<>&\ufeff\xad"),
        min_size=1,
        max_size=80,
    )
)
def test_a_title_stays_what_it_is(title: str) -> None:
    found = reading.read(rss(f"<item><title><![CDATA[{title}]]></title><guid>1</guid></item>").encode())
    assert found is not None
    assert found.items[0].title == (" ".join(title.split()) or None)
