"""Copy out of a web page or an editor: text and links stay, tags and entities do not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news import copydesk
from bot.news.model import BulletList
from bot.news.structure import hypertext

PAGE = """<h1>بازارچه نمونه&zwnj;شهر باز شد</h1>
<p dir="rtl">بازارچه با <b>هشتاد غرفه</b>&nbsp;در <a href="https://sample.example/p?a=1&amp;b=2"
 target="_blank"><span>میدان بهار</span></a> گشایش یافت.</p><p>فروشندگان خشنودند.<br/>بازارچه تا جمعه برپاست.</p>
<ul><li>ساعت کار: ۹ تا ۲۲</li><li><p>ورود: آزاد</p></li></ul>
<h2>سفال، نخستین انتخاب</h2>
<p>سفال لعابی پرفروش&zwnj;ترین کالا بود و هزار قطعه از آن فروش رفت.</p>
<script>var a = "<b>";</script><!-- پایان -->
<p><strong>بیشتر بخوانید</strong></p><p><a href='https://sample.example/1'>سفالگران گرد هم آمدند</a></p>"""


def test_a_pages_parts_are_the_articles() -> None:
    article = copydesk.read(PAGE)

    assert article.headline == "بازارچه نمونه\u200cشهر باز شد"
    assert article.lede == "بازارچه با هشتاد غرفه در میدان بهار گشایش یافت."
    assert [section.heading for section in article.sections] == [None, "سفال، نخستین انتخاب"]
    assert article.sections[0].paragraphs == ("فروشندگان خشنودند.", "بازارچه تا جمعه برپاست.")
    assert isinstance(article.sections[0].blocks[-1], BulletList)
    assert [(link.title, link.url) for link in article.related] == [
        ("سفالگران گرد هم آمدند", "https://sample.example/1"),
        ("میدان بهار", "https://sample.example/p?a=1&b=2"),
    ]


@pytest.mark.parametrize(
    ("copy", "plain"),
    [
        ("a < b و c > d", "a < b و c > d"),
        ("Newsroom <desk@sample.example>", "Newsroom <desk@sample.example>"),
        ("https://sample.example/?a=1&copy=2&lt=3", "https://sample.example/?a=1&copy=2&lt=3"),
        ("قند&zwnj;ها &amp; نان&nbsp;ها", "قند\u200cها & نان\u00a0ها"),
        ("<b>تیتر</b>", "**تیتر**"),
        ('<a href="/n/1">خبر</a>', "خبر"),
        ('<a href="javascript:x()">خبر</a>', "خبر"),
        (
            '<a href="https://sample.example/a(b)"><b>خبر</b></a>',
            "[**خبر**](https://sample.example/a%28b%29)",
        ),
        ("![نقشه](https://sample.example/a.png) متن", " متن"),
        ("<script>متن می‌ماند", "متن می‌ماند"),
        ("یک<br>دو<BR />سه", "یک\nدو\nسه"),
    ],
)
def test_only_markup_goes(copy: str, plain: str) -> None:
    assert hypertext.plain(copy) == plain


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<b>", "<a href=x>", "</a>", "<script>", "<!--", "&amp", "<", "واژه "]
        )
    )
)
@settings(max_examples=60, deadline=None)
def test_no_word_outside_a_tag_is_lost(pieces: list[str]) -> None:
    copy = "".join(pieces)

    assert hypertext.plain(copy).count("واژه") == copy.count("واژه")
