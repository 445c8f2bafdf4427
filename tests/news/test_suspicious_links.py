"""What an editor sees of where a story's links lead, by their look alone."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.model import Article, Paragraph, RelatedLink, Section
from bot.news.posts import suspicious_links
from bot.news.posts.suspicious_links import Odd, of_story, read
from tests.newsroom import COPY, newsroom

PLAIN = (
    "https://www.irna.ir/news/85/x",
    "https://khabar.example:8443/a?b=c#d",
    "https://t.me/khabar/12",
    "https://خبر.ایران/الف",
    "http://sub.domain.example.co.uk/",
    "https://en.wikipedia.org/wiki/Tehran_(city)",
    "mailto:desk@khabar.example",
    "https://web.archive.org/web/2020/https://a.example/",
)
ODD = {
    "https://аррӏе.com/login": Odd.LOOKALIKE,
    "https://xn--80ak6aa92e.com/": Odd.LOOKALIKE,
    "https://irnа.ir/": Odd.LOOKALIKE,  # the last a is Cyrillic
    "https://gооgle.com": Odd.LOOKALIKE,
    "https://ɡoogle.com": Odd.LOOKALIKE,
    "https://ｉｒｎａ.ir": Odd.LOOKALIKE,
    "https://irna.ir∕login.evil.example/": Odd.LOOKALIKE,
    "https://ir\u200dna.ir/": Odd.LOOKALIKE,
    "https://ορ.gr/": Odd.LOOKALIKE,
    "http://127.0.0.1:8080/admin": Odd.INSIDE,
    "http://2130706433/": Odd.INSIDE,
    "http://0x7f000001/": Odd.INSIDE,
    "http://0x7f.1/": Odd.INSIDE,
    "http://0177.0.0.1/": Odd.INSIDE,
    "http://127.1/": Odd.INSIDE,
    "http://[::1]/": Odd.INSIDE,
    "http://[::ffff:10.0.0.1]:80/": Odd.INSIDE,
    "http://[64:ff9b::7f00:1]/": Odd.INSIDE,
    "http://[fd00::1]/": Odd.INSIDE,
    "http://169.254.169.254/latest/meta-data": Odd.INSIDE,
    "http://192.168.1.1": Odd.INSIDE,
    "http://0.0.0.0/": Odd.INSIDE,
    "http://localhost./x": Odd.INSIDE,
    "http://metadata.google.internal/": Odd.INSIDE,
    "http://127.0.0.1.nip.io/": Odd.INSIDE,
    "http://printer.local/": Odd.INSIDE,
    "http://8.8.8.8/": Odd.NUMBER,
    "http://134744072/": Odd.NUMBER,
    "tg://resolve?domain=evilbot": Odd.SCHEME,
    "ton://transfer/x": Odd.SCHEME,
    "TG://user?id=1": Odd.SCHEME,
    "intent://scan/#Intent;end": Odd.SCHEME,
    "https://t.me/evilbot?start=steal": Odd.BOT,
    "t.me/evilbot/app?startapp=x": Odd.BOT,
    "https://www.t.me/evilbot?startgroup": Odd.BOT,
    "https://irna.ir@evil.example/": Odd.PASSWORD,
    "https://user:secret@a.example/": Odd.PASSWORD,
    "https://a.example/" + "x" * 400: Odd.LONG,
}


@pytest.mark.parametrize("url", PLAIN)
def test_an_ordinary_address_is_not_warned_of(url: str) -> None:
    assert read(url).odd == ()


@pytest.mark.parametrize("url", ODD)
def test_what_is_odd_about_an_address_is_seen(url: str) -> None:
    assert ODD[url] in read(url).odd


def test_punycode_and_its_letters_are_shown_beside_each_other_and_no_password() -> None:
    assert read("https://xn--80ak6aa92e.com/").host == "аррӏе.com (xn--80ak6aa92e.com)"
    assert read("https://خبر.ایران/").host.startswith("خبر.ایران (xn--")
    assert read("https://user:secret@a.example/").host == "a.example"


def test_words_that_name_another_site_are_seen() -> None:
    assert read("https://evil.example/", "https://www.irna.ir/news").odd == (Odd.MASKED,)
    assert read("https://evil.example/", "irna.ir").odd == (Odd.MASKED,)
    assert read("https://news.irna.ir/", "irna.ir").odd == ()
    assert read("https://evil.example/", "گزارش تصویری").odd == ()


def test_every_place_of_a_story_is_looked_at_once() -> None:
    body = Section(
        blocks=(Paragraph(text="نشانی tg://resolve?domain=a و khabar.example/x، «http://10.0.0.1/»."),)
    )
    story = Article(
        headline="خبر",
        lede="در www.irna.ir. آمده است",
        sections=(body,),
        related=(
            RelatedLink(title="الف", url="https://a.example/1"),
            RelatedLink(title="ب", url="https://a.example/2"),
        ),
        source_url="https://b.example/",
    )
    hosts = [link.host for link in of_story(story)]
    assert hosts == ["a.example", "b.example", "www.irna.ir", "tg://resolve", "khabar.example", "10.0.0.1"]
    assert (
        of_story(
            replace(
                story, lede="ساعت ۱۲.۳۰ و ۳.۵ درصد... پایان.و.بعد", sections=(), related=(), source_url=None
            )
        )
        == ()
    )


@given(st.text(alphabet="a.:/@[]0x%-аا\u200c?=#tme", max_size=40), st.text(max_size=20))
def test_any_text_can_be_looked_at(url: str, title: str) -> None:
    read(url, title)
    of_story(Article(headline=url, related=(RelatedLink(title=title, url=url),)))


@pytest.mark.parametrize(
    "piece", ["a.", "a/", "a@", "://", "1.", "x--", "http://a.b ", "ـ.ب", "t.me?start", "."]
)
def test_a_look_takes_linear_time(piece: str) -> None:
    times = []
    for size in (25_000, 200_000):
        story = Article(
            headline="", sections=(Section(blocks=(Paragraph(text=piece * (size // len(piece))),)),)
        )
        began = time.process_time()
        of_story(story)
        times.append(time.process_time() - began)
    assert times[1] < 0.2 + 24 * times[0]


async def test_the_editors_card_shows_where_the_links_lead() -> None:
    async with newsroom() as house:
        await house.reporter.sends(
            f"{COPY}\nبیشتر بخوانید:\n[یک عنوان](https://аррӏе.com/login)\n[دو](https://irna.ir/1)"
        )
        await house.reporter.presses("ارسال به دبیر")
        rows = house.editor.foot().split("\n")

        assert any(row.startswith("⚠️") and "xn--" in row for row in rows)
        assert any(row.startswith("🔗") and "irna" in row for row in rows)
        await house.editor.presses("ملاحظه‌ها")
        told = house.editor.reads()[-1]
        assert "xn--" in told["text"]
        assert not [e for e in told.get("entities", []) if e["type"] in {"url", "text_link"}]


@given(st.text(alphabet="aبß٣.-_:/@ \u0301\u200c", max_size=12))
def test_no_text_is_passed_over_that_holds_an_address(text: str) -> None:
    if suspicious_links._FOUND.search(text):
        assert suspicious_links._MAY_HOLD_ONE.search(text)
