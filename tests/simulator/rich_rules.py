"""What rich messages come to, rule by rule: (source, what both judges show, or Telegram's refusal, or `Silently`)."""

from dataclasses import dataclass
from typing import Any

NOW = 1_800_000_000
DAY = 86_400
URL = "https://news.example.org"


@dataclass(frozen=True)
class Silently:
    """Telegram says nothing and shows this; the strict judge refuses."""

    shows: list[Any]


def p(text: Any) -> dict[str, Any]:
    return {"type": "paragraph", "text": text}


def mark(kind: str, text: Any, **more: Any) -> dict[str, Any]:
    return {"type": kind, "text": text, **more}


def item(*blocks: Any, label: str = "•", **more: Any) -> dict[str, Any]:
    return {"label": label, "blocks": list(blocks), **more}


def cell(text: Any = None, align: str = "left", valign: str = "middle", **more: Any) -> dict[str, Any]:
    return {**({} if text is None else {"text": text}), **more, "align": align, "valign": valign}


def quotes(depth: int, inner: dict[str, Any]) -> dict[str, Any]:
    for _ in range(depth):
        inner = {"type": "blockquote", "blocks": [inner]}
    return inner


EMPTY, REQUIRED = "RICH_MESSAGE_EMPTY", "RICH_MESSAGE_CONTENT_REQUIRED"
BAD_HTML, BAD_URL, BAD_DATE = (
    "RICH_MESSAGE_HTML_INVALID",
    "RICH_MESSAGE_URL_INVALID",
    "RICH_MESSAGE_DATE_INVALID",
)
EMOJI, TOO_DEEP, TOO_LONG = (
    "RICH_MESSAGE_EMOJI_INVALID",
    "RICH_MESSAGE_DEPTH_INVALID",
    "RICH_MESSAGE_TEXT_TOO_LONG",
)
NO_PHOTO, BAD_PHOTO_URL = "RICH_MESSAGE_PHOTO_NO_MEDIA_FOUND", "RICH_MESSAGE_PHOTO_URL_INVALID"
TOO_MANY, COLUMNS = "RICH_MESSAGE_BLOCKS_TOO_MANY", "RICH_MESSAGE_TABLE_COLS_TOO_MANY"
A, B, X = p("الف"), p("ب"), p("x")

HTML = {
    "spaces collapse, also across tags": ("<p> باران  <b> تند </b>\n در  شمال </p>", [p(["باران ", mark("bold", "تند "), "در شمال"])]),
    "br": ("<p>یک <br> دو</p>", [p("یک\nدو")]),
    "zwnj and isolates stay": ("<p>می‌رود \u2066OK\u2069</p>", [p("می‌رود \u2066OK\u2069")]),
    "all marks but the last of a run": ("<p>a\u200e\u200f\u200eb</p>", [p("a\u200c\u200c\u200eb")]),
    "tab in pre": ("<pre>a\n\tb  c</pre>", [mark("pre", "a\n b  c")]),
    "language": ('<pre><code class="language-sql">SELECT 1</code></pre>', [mark("pre", "SELECT 1", language="sql")]),
    "numbers": ("<p>&#1588;&#x645;&#38;</p>", [p("شم&")]),
    "a bare ampersand": ("<p>R&D & co</p>", [p("R&D & co")]),
    "an unknown entity": ("<p>&copy; ما</p>", Silently([p("&copy; ما")])),
    "an unclosed entity": ("<p>&amp ما</p>", Silently([p("&amp ما")])),
    "a control by number": ("<p>a&#x202B;b</p>", Silently([p("ab")])),
    "a bad number": ("<p>&#xD800;</p>", Silently([p("&#xD800;")])),
    "loose text": ("پیش <i>از</i><h4>سر</h4>پس", [p(["پیش ", mark("italic", "از")]), mark("heading", "سر", size=4), p("پس")]),
    "anchor and jump": ('<a name="k"></a><p><a href="#k">برو</a> <a href="#">بالا</a></p>', [{"type": "anchor", "name": "k"}, p([mark("anchor_link", "برو", anchor_name="k"), " ", mark("anchor_link", "بالا", anchor_name="")])]),
    "reference": ('<p><a href="#r">۱</a><tg-reference name="r">منبع</tg-reference></p>', [p([mark("reference_link", "۱", reference_name="r"), mark("reference", "منبع", name="r")])]),
    "a jump to nowhere": ('<p><a href="#z">برو</a></p>', Silently([p(mark("url", "برو", url="#z"))])),
    "mailto": ('<p><a href="mailto:desk@news.example.org">x</a></p>', [p(mark("email_address", "x", email_address="desk@news.example.org"))]),
    "tel": ('<p><a href="tel:+982112345">x</a></p>', [p(mark("phone_number", "x", phone_number="+982112345"))]),
    "mention": ('<p><a href="tg://user?id=9">x</a></p>', [p(mark("text_mention", "x", user={"id": 9, "is_bot": False, "first_name": ""}))]),
    "tg link": ('<p><a href="tg://resolve?domain=a">x</a></p>', [p(mark("url", "x", url="tg://resolve?domain=a"))]),
    "relative link": ('<p>خوب</p><p><a href="/a">x</a></p>', BAD_URL),
    "no scheme": ('<p><a href="news.example.org">x</a></p>', BAD_URL),
    "space in link": (f'<p><a href="{URL}/a b">x</a></p>', BAD_URL),
    "script link": ('<p><a href="javascript:alert(1)">x</a></p>', BAD_URL),
    "a without a target": ("<p><a>x</a></p>", Silently([X])),
    "time": (f'<p><tg-time unix="{NOW}" format="wDT">x</tg-time></p>', [p(mark("date_time", "x", unix_time=NOW, date_time_format="wDT"))]),
    "far time": (f'<p><tg-time unix="{NOW + 1098 * DAY}" format="r">x</tg-time></p>', [p(mark("date_time", "x", unix_time=NOW + 1098 * DAY, date_time_format="r"))]),
    "too far time": (f'<p><tg-time unix="{NOW + 1098 * DAY + 1}" format="r">x</tg-time></p>', BAD_DATE),
    "negative time": ('<p><tg-time unix="-5" format="r">x</tg-time></p>', BAD_DATE),
    "a format in the wrong order": (f'<p><tg-time unix="{NOW}" format="tw">x</tg-time></p>', BAD_DATE),
    "custom emoji": ('<p><tg-emoji emoji-id="7">👨‍👩‍👧</tg-emoji></p>', [p({"type": "custom_emoji", "custom_emoji_id": "7", "alternative_text": "👨‍👩‍👧"})]),
    "two emoji": ('<p><tg-emoji emoji-id="7">👍👍</tg-emoji></p>', EMOJI),
    "an emoji image without alt": ('<p><img src="tg://emoji?id=7"/></p>', EMOJI),
    "formula": ("<p><tg-math> a^2 </tg-math></p><tg-math-block>b_1</tg-math-block>", [p({"type": "mathematical_expression", "expression": "a^2"}), {"type": "mathematical_expression", "expression": "b_1"}]),
    "bullets": ('<ul><li>الف<ul><li>ب</li></ul></li><li><input type="checkbox" checked>x</li></ul>', [{"type": "list", "items": [item(A, {"type": "list", "items": [item(B)]}), item(X, has_checkbox=True, is_checked=True)]}]),
    "numbers backwards": ('<ol start="9" type="I" reversed><li>x</li><li value="3" type="a">x</li></ol>', [{"type": "list", "items": [item(X, label="IX.", value=9, type="I"), item(X, label="c.", value=3, type="a")]}]),
    "an item that is no item": ("<ul><li>x</li><b>y</b></ul>", Silently([{"type": "list", "items": [item(X)]}])),
    "an empty list": ("<p>x</p><ul></ul>", REQUIRED),
    "an empty item": ("<ul><li></li></ul>", REQUIRED),
    "quote": ("<blockquote>الف<p>ب</p><cite>او</cite></blockquote>", [{"type": "blockquote", "blocks": [A, B], "credit": "او"}]),
    "long quote": ("<blockquote expandable>x<cite>او</cite></blockquote>", [mark("expandable_blockquote", "x", credit="او")]),
    "pull quote": ("<aside>x</aside>", [mark("pullquote", "x")]),
    "only a credit": ("<blockquote><cite>او</cite></blockquote>", REQUIRED),
    "cite elsewhere": ("<p>x <cite>y</cite></p>", Silently([p("x y")])),
    "details": ("<details open><summary><b>x</b></summary><p>الف</p>ب</details>", [{"type": "details", "summary": mark("bold", "x"), "blocks": [A, B], "is_open": True}]),
    "details without a summary": ("<details>x</details>", REQUIRED),
    "details without a body": ("<details><summary>x</summary></details>", REQUIRED),
    "an empty heading": ("<p>x</p><h3> </h3>", REQUIRED),
    "an empty pre": ("<pre></pre>", REQUIRED),
    "an empty paragraph among others": ("<p></p><p>x</p>", [X]),
    "rules only": ("<hr/><hr/>", EMPTY),
    "invisible only": ("<p>&nbsp;\u200c</p>", EMPTY),
    "nothing": ("", BAD_HTML),
    "the end in a tag": ("<p>x</p><b", BAD_HTML),
    "the end in an attribute": ('<p>x<a href="https', BAD_HTML),
    "unclosed": ("<p>x", Silently([X])),
    "closed twice": ("<p>x</p></p>", Silently([X])),
    "crossed": ("<p><b>x<i>y</b></i></p>", Silently([p(mark("bold", ["x", mark("italic", "y")]))])),
    "an unknown tag": ("<p><span>x</span></p>", Silently([X])),
    "a script": ("<script>if (a) b()</script><p>x</p>", Silently([X])),
    "a comment": ("<p>x<!-- y --></p>", Silently([X])),
    "an unescaped sign": ("<p>۱ < ۲</p>", Silently([p("۱ < ۲")])),
    "an unknown attribute": ('<h2 dir="rtl">x</h2>', Silently([mark("heading", "x", size=2)])),
    "a block in a heading": ("<h2>x<p>y</p></h2>", Silently([mark("heading", "x\ny", size=2)])),
    "a list in a cell": ("<table><tr><td><ul><li>x</li></ul></td></tr></table>", Silently([{"type": "table", "cells": [[cell("x")]]}])),
    "table": ('<table bordered><caption>c</caption><tr><th>a</th><td></td></tr><tr><td colspan="2" align="right" valign="top">b</td></tr></table>', [{"type": "table", "cells": [[cell("a", "center", is_header=True), cell()], [cell("b", "right", "top", colspan=2)]], "is_bordered": True, "caption": "c"}]),
    "a table without rows": ("<p>x</p><table></table>", REQUIRED),
    "twenty columns": ("<table><tr>" + "<td>x</td>" * 20 + "</tr></table>", [{"type": "table", "cells": [[cell("x")] * 20]}]),
    "columns by colspan": ('<table><tr><td colspan="20">x</td><td>y</td></tr></table>', COLUMNS),
    "columns by rowspan": ("<table><tr>" + '<td rowspan="2">x</td>' * 11 + "</tr><tr>" + "<td>y</td>" * 10 + "</tr></table>", COLUMNS),
    "no picture there": ('<img src="https://example.com/missing/1.jpg"/>', NO_PHOTO),
    "no film there": ('<video src="https://example.com/missing.mp4"></video>', "RICH_MESSAGE_VIDEO_NO_MEDIA_FOUND"),
    "own machine": ('<img src="https://localhost/1.jpg"/>', BAD_PHOTO_URL),
    "a bare address": ('<audio src="http://10.0.0.1/1.mp3"></audio>', "RICH_MESSAGE_AUDIO_URL_INVALID"),
    "data": ('<img src="data:image/png;base64,AAAA"/>', BAD_PHOTO_URL),
    "file id": ('<img src="AgACAgQAAx0CAAB"/>', BAD_PHOTO_URL),
    "no binding": ('<img src="tg://photo?id=a"/>', "RICH_MESSAGE_PHOTO_INVALID"),
    "text in a collage": (f'<tg-collage>x<img src="{URL}/1.jpg"/></tg-collage>', "RICH_MESSAGE_BLOCK_UNEXPECTED"),
    "an empty slideshow": ("<p>x</p><tg-slideshow></tg-slideshow>", REQUIRED),
    "map": ('<tg-map lat="35.7" long="51.4" zoom="14"/>', [{"type": "map", "location": {"latitude": 35.7, "longitude": 51.4}, "zoom": 14, "width": 600, "height": 300}]),
    "off the map": ('<tg-map lat="95" long="51.4" zoom="14"/>', "invalid location specified"),
    "thinking": ("<tg-thinking>x</tg-thinking>", "RICH_MESSAGE_BLOCK_UNSUPPORTED"),
    "button": ('<p><tg-button type="callback_data" style="link" data="a">x</tg-button></p>', [p({"type": "button", "button": {"text": "x", "callback_data": "a", "style": "link"}})]),
    "long data": (f'<p><tg-button type="callback_data" data="{"ب" * 33}">x</tg-button></p>', "BUTTON_DATA_INVALID"),
    "nine buttons of HTML": ("<tg-button-row>" + '<tg-button type="disabled">x</tg-button>' * 9 + "</tg-button-row>", [{"type": "buttons", "buttons": [{"text": "x", "disabled": {}}] * 9}]),
    "characters": ("<p>" + "a" * 32_769 + "</p>", TOO_LONG),
    "blocks": ("<p>x</p>" * 501, TOO_MANY),
    "rows are blocks": ("<table>" + "<tr><td>x</td></tr>" * 500 + "</table>", TOO_MANY),
    "deep": ("<p>" + "<b>" * 16 + "x" + "</b>" * 16 + "</p>", TOO_DEEP),
    "very deep": ("<blockquote>" * 5_000, TOO_DEEP),
    "too many bytes": ("<p>" + "ب" * 17_600 + "</p>", Silently([p("ب" * 17_497)])),
}  # fmt: skip

BLOCKS = {
    "depth 16": ([quotes(15, X)], [quotes(15, X)]),
    "depth 17": ([quotes(16, X)], TOO_DEEP),
    "depth 900": ([quotes(900, X)], TOO_DEEP),
    "no blocks": ([], EMPTY),
    "newlines stay": ([p("a\nb\r\n\tc")], [p("a\nb\n c")]),
    "neighbours are joined": ([p(["a", ["b", mark("bold", "c")]])], [p(["ab", mark("bold", "c")])]),
    "found entities are flattened": ([p(mark("hashtag", "#x", hashtag="#x"))], [p("#x")]),
    "a deleted control": ([p("a\u202eb")], Silently([p("ab")])),
    "half a character": ([p("\ud800")], "strings must be encoded in UTF-8"),
    "a long string": ([p("ب" * 18_000)], Silently([p("ب" * 17_498)])),
    "runs": ([p([mark("bold", "x")] * 5_850)], "RICH_MESSAGE_TOO_LARGE"),
    "no type": ([{"text": "x"}], "can't parse InputRichBlock: Can't find field \"type\""),
    "text without a type": ([p({"text": "x"})], "can't parse InputRichBlock: Can't find field \"type\""),
    "plain is no type": ([p({"type": "plain", "text": "x"})], "can't parse InputRichBlock: Unsupported rich text type"),
    "unknown type": ([{"type": "code", "text": "x"}], "can't parse InputRichBlock: type \"code\" is unsupported"),
    "no size": ([mark("heading", "x")], "can't parse InputRichBlock: Can't find field \"size\""),
    "size 0": ([mark("heading", "x", size=0)], "invalid section heading size specified"),
    "null": ([None], "block must be non-empty"),
    "an unknown field": ([mark("paragraph", "x", align="center")], Silently([X])),
    "empty list": ([{"type": "list", "items": []}], "list must be non-empty"),
    "ordered list": ([{"type": "list", "items": [{"blocks": [X], "type": "i", "value": 4}, {"blocks": [X], "type": "i"}]}], [{"type": "list", "items": [item(X, label="iv.", value=4, type="i"), item(X, label="v.", value=5, type="i")]}]),
    "value without type": ([{"type": "list", "items": [{"blocks": [X], "value": 4}]}], Silently([{"type": "list", "items": [item(X)]}])),
    "wrong item type": ([{"type": "list", "items": [{"blocks": [X], "type": "x"}]}], "invalid list item type specified"),
    "empty item": ([{"type": "list", "items": [{"blocks": []}]}], "list item must be non-empty"),
    "empty quote": ([X, {"type": "blockquote", "blocks": []}], REQUIRED),
    "null cell": ([{"type": "table", "cells": [[None]]}], "table cell must be non-empty"),
    "rowspan": ([{"type": "table", "cells": [[cell("x", rowspan=-1)]]}], "invalid table cell rowspan specified"),
    "emoji id": ([p({"type": "custom_emoji", "custom_emoji_id": "x", "alternative_text": "👍"})], "invalid custom emoji identifier specified"),
    "emoji word": ([p({"type": "custom_emoji", "custom_emoji_id": "5", "alternative_text": "x"})], EMOJI),
    "date": ([p(mark("date_time", "x", unix_time=0, date_time_format="r"))], "invalid date specified"),
    "link": ([p(mark("url", "x", url="../a"))], BAD_URL),
    "jump to nowhere": ([p(mark("anchor_link", "x", anchor_name="z"))], Silently([p(mark("url", "x", url="#z"))])),
    "map ratio": ([{"type": "map", "location": {"latitude": 1, "longitude": 2}, "zoom": 9, "width": 2100, "height": 100}], "invalid map properties specified"),
    "map place": ([{"type": "map", "location": {"latitude": float("nan"), "longitude": 2}, "zoom": 9, "width": 1, "height": 1}], "invalid location specified"),
    "other media": ([{"type": "photo", "photo": {"type": "video", "media": f"{URL}/1"}}], "can't parse InputRichBlock: unexpected media type \"video\" for block \"photo\""),
    "text in a slideshow": ([{"type": "slideshow", "blocks": [X]}], "RICH_MESSAGE_BLOCK_UNEXPECTED"),
    "ogg as music": ([{"type": "audio", "audio": {"type": "audio", "media": f"{URL}/1.ogg"}}], "RICH_MESSAGE_AUDIO_INVALID"),
    "no buttons": ([X, {"type": "buttons", "buttons": []}], "button row must be non-empty"),
    "data": ([{"type": "buttons", "buttons": [{"text": "x", "callback_data": ""}]}], "BUTTON_DATA_INVALID"),
    "button url": ([{"type": "buttons", "buttons": [{"text": "x", "url": "x"}]}], "BUTTON_URL_INVALID"),
}  # fmt: skip

MARKDOWN = {
    "nothing": ("", "RICH_MESSAGE_MARKDOWN_INVALID"),
    "a sign only": ("> ", EMPTY),
    "blocks": ("# تیتر\n\nیک\nدو\n\n> الف\n\n---\n\n```py\na  b\n```", [mark("heading", "تیتر", size=1), p("یک دو"), {"type": "blockquote", "blocks": [A]}, {"type": "divider"}, mark("pre", "a  b", language="py")]),
    "lists": ("- الف\n  - ب\n- [x] x\n\n3. x", [{"type": "list", "items": [item(A, {"type": "list", "items": [item(B)]}), item(X, has_checkbox=True, is_checked=True)]}, {"type": "list", "items": [item(X, label="3.", value=3, type="1")]}]),
    "marks": ("**a _b_** ~~c~~ ==d== ||e|| `*f*` \\*g", [p([mark("bold", ["a ", mark("italic", "b")]), " ", mark("strikethrough", "c"), " ", mark("marked", "d"), " ", mark("spoiler", "e"), " ", mark("code", "*f*"), " *g"])]),
    "signs alone": ("2 * 3 **x [y", [p("2 * 3 **x [y")]),
    "link": (f"[x]({URL}/a_(b))", [p(mark("url", "x", url=f"{URL}/a_(b)"))]),
    "bad link": ("[x](a)", BAD_URL),
    "a hashtag becomes a heading": ("#خبر", Silently([mark("heading", "خبر", size=1)])),
    "a table": ("| a |\n| - |", Silently([p("| a | | - |")])),
    "the cut": ("**بل** " * 4_000, Silently([p([mark("bold", "بل"), " "] * 3_887 + [mark("bold", "بل"), " **ب"])])),
    "deep": ("> " * 5_000 + "x", TOO_DEEP),
}  # fmt: skip
