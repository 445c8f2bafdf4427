"""Files as copy: each kind by its own structure, and a reason for each that can't be read."""

import io
import re
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import PageError
from bot.intake import files, files_pdf, files_rtf
from tests.intake.layouts import nastooh
from tests.intake.told import LIBRARY, PERSIAN, Story

HEAD, FIRST, SECOND = LIBRARY.headline, LIBRARY.lede, LIBRARY.paragraphs[0]
WORDS = f"{HEAD}\n\n{FIRST}\n\n{SECOND}"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def packed(parts: dict[str, str | bytes], *, stored: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def paragraph(text: str, style: str = "", extra: str = "") -> str:
    looks = f'<w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>' if style or extra else ""
    return f'<w:p>{looks}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def docx(body: str, **more: str | bytes) -> bytes:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="a1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="a2"><w:name w:val="List Paragraph"/></w:style></w:styles>'
    )
    document = f'<?xml version="1.0"?><w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return packed(
        {"[Content_Types].xml": "<Types/>", "word/document.xml": document, "word/styles.xml": styles, **more}
    )


DOCX = docx(
    paragraph(HEAD)
    + paragraph(FIRST)
    + paragraph("بودجه", "a1")
    + paragraph("یکم", "a2")
    + paragraph("دوم", "a2")
    + "<w:p><w:del><w:r><w:delText>حذف‌شده</w:delText></w:r></w:del><w:ins><w:r><w:t>افزوده</w:t></w:r></w:ins><w:r><w:br/><w:t>سطر دو</w:t></w:r></w:p>"
    + "<w:tbl><w:tr><w:tc>" + paragraph("نام") + "</w:tc><w:tc>" + paragraph("۱۲") + "</w:tc></w:tr></w:tbl>"
)  # fmt: skip


def odt(body: str, manifest: str = "<manifest/>") -> bytes:
    names = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    content = f'<?xml version="1.0"?><office:document-content {names}><office:body><office:text>{body}</office:text></office:body></office:document-content>'
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "META-INF/manifest.xml": manifest,
        }
    )


ODT = odt(
    f'<text:h text:outline-level="1">{HEAD}</text:h><text:p>{FIRST}</text:p>'
    "<text:list><text:list-item><text:p>یکم</text:p></text:list-item><text:list-item><text:p>دوم<text:s text:c='1'/>ب</text:p></text:list-item></text:list>"
)


def rtf(text: str) -> bytes:
    letters = "".join(
        char if char.isascii() else f"\\u{ord(char) - 65536 if ord(char) > 32767 else ord(char)}?"
        for char in text
    )
    return (
        "{\\rtf1\\ansi\\ansicpg1256\\uc1{\\fonttbl{\\f0\\fcharset178 Arial;}}{\\*\\generator x;}\\f0 "
        + letters.replace("\n\n", "\\par\n")
        + "}"
    ).encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_read_in_any_encoding(encoding: str) -> None:
    assert files.read(WORDS.encode(encoding), "خبر.txt").copy == WORDS


def test_text_of_old_windows_is_told_by_what_the_words_look_like() -> None:
    words = "شهردار گفت: ساخت كتابخانه از امروز آغاز مي‌شود و دو سال طول مي‌كشد."

    assert files.read(words.encode("cp1256"), "a.txt").copy == words


def test_markdown_keeps_its_marks_and_loses_its_front_matter() -> None:
    raw = f"---\ntitle: x\ndate: 2026\n---\n# {HEAD}\n\n- یکم\n- دوم\n"

    assert files.read(raw.encode(), "a.md").copy == f"# {HEAD}\n\n- یکم\n- دوم\n"


def test_a_saved_page_is_read_like_a_fetched_one() -> None:
    told = files.read(nastooh(LIBRARY).html.encode(), "page.html")

    assert (told.headline, told.byline) == (HEAD, LIBRARY.byline)


def test_a_fragment_of_html_is_read_by_its_lines() -> None:
    assert (
        files.read("<p>یک خبر کوتاه</p><ul><li>اول</li></ul>".encode(), "a.html").copy
        == "یک خبر کوتاه\n\n• اول"
    )


def test_words_document_keeps_headings_lists_tables_and_corrections() -> None:
    copy = files.read(DOCX, "خبر.docx").copy

    assert copy.split("\n\n") == [HEAD, FIRST, "## بودجه", "• یکم\n• دوم", "افزوده", "سطر دو", "نام\t۱۲"]


def test_libre_offices_document_keeps_headings_and_lists() -> None:
    assert files.read(ODT, "خبر.odt").copy.split("\n\n") == [f"## {HEAD}", FIRST, "• یکم\n• دوم ب"]


def test_rich_text_is_read_by_unicode_and_by_code_page() -> None:
    assert files.read(rtf(WORDS), "a.rtf").copy.strip() == WORDS
    old = (
        b"{\\rtf1\\ansi\\ansicpg1256 "
        + b"".join(b"\\'%02x" % byte for byte in "خبر تازه".encode("cp1256"))
        + b"\\par two}"
    )
    assert files.read(old, "a.rtf").copy.strip() == "خبر تازه\n\ntwo"


def pdf(story: Story) -> bytes:
    """Set by Typst, which draws the dots of a letter apart from it."""
    import fontpkg
    import typst

    text = "\n\n".join([story.headline, story.lede, *story.paragraphs])
    looks = '#set text(font: "Noto Sans Arabic", lang: "fa", dir: rtl)\n'
    folders = [Path(fontpkg.path("Noto Sans Arabic")).parent]
    made: object = typst.compile(  # type: ignore[call-overload]
        (looks + text).encode(), font_paths=folders, ignore_system_fonts=True, format="pdf"
    )
    assert isinstance(made, bytes)
    return made


@pytest.mark.parametrize("story", PERSIAN, ids=lambda story: story.headline[:12])
def test_of_a_persian_pdf_nine_words_in_ten_are_right(story: Story) -> None:
    told = files.read(pdf(story), "a.pdf")
    words = re.findall(r"\w+(?:\u200c\w+)*", " ".join([story.headline, story.lede, *story.paragraphs]))

    assert told.doubtful
    assert sum(word in told.copy for word in words) >= 0.9 * len(words)


def test_a_pdf_is_doubtful_and_its_letters_are_letters() -> None:
    assert files_pdf.mended("\ufeb3\ufefc\ufee1 \ufb7a\n\ufe91\ufee8\ufeaa\n\nدوم") == "سلام چ بند\n\nدوم"


def test_what_it_is_counts_and_not_what_it_is_called() -> None:
    assert files.read(DOCX, "notes.txt").copy.startswith(HEAD)
    assert files.read(WORDS.encode(), "notes.docx").copy == WORDS


def _bomb() -> bytes:
    return docx(paragraph("x"), **{"word/styles.xml": b"<a>" + b" " * 60_000_000 + b"</a>"})


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "'
    + "&a;" * 50
    + '"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&b;&c;</w:t></w:r></w:p></w:body></w:document>'
)
REFUSED = {
    "bomb": [_bomb(), packed({"word/document.xml": LAUGHS}), packed({f"{at}": "" for at in range(6_000)})],
    "kind": [packed({"a.txt": "x"}), b"\x89PNG\r\n\x1a\n" + bytes(100), bytes(range(256)) * 40],
    "broken": [DOCX[:200], packed({"word/document.xml": "<w:document"}), b"%PDF-1.7\nnothing"],
    "locked": [odt("", "<manifest:encryption-data/>"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")],
    "old": [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)],
    "empty": [b"", b"  \n", docx(""), b"{\\rtf1}", odt("<text:p/>")],
    "hard": [b"x" * (files.MAX_FILE + 1)],
}  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "raw"), [(reason, raw) for reason, raws in REFUSED.items() for raw in raws]
)
def test_what_cant_be_read_has_its_word(reason: str, raw: bytes) -> None:
    with pytest.raises(PageError) as refused:
        files.read(raw, "a.docx")

    assert refused.value.reason == reason


def test_no_entity_is_opened() -> None:
    with pytest.raises(PageError):
        files.read(packed({"word/document.xml": LAUGHS}), "a.docx")


@pytest.mark.parametrize("name", ["a.txt", "خبر.DOCX", "a.pdf", "a.odt", "a.rtf", "a.md", "a.html", "a.doc"])
def test_which_files_are_read(name: str) -> None:
    assert files.is_read(name)


@pytest.mark.parametrize("name", ["a.jpg", "a.zip", "a.mp4", "a.xlsx", "", "photo"])
def test_which_files_are_not(name: str) -> None:
    assert not files.is_read(name, "application/octet-stream")


KINDS = (
    DOCX,
    ODT,
    rtf(WORDS),
    WORDS.encode("utf-16"),
    b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>",
)


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(KINDS),
    st.lists(st.tuples(st.integers(0, 4000), st.binary(max_size=6)), max_size=6),
    st.integers(0, 4000),
)
def test_a_damaged_file_is_words_or_a_reason(raw: bytes, changes: list[tuple[int, bytes]], cut: int) -> None:
    damaged = bytearray(raw)
    for at, put in changes:
        damaged[at % (len(damaged) + 1) :][: len(put)] = b""
        damaged[at % (len(damaged) + 1) : at % (len(damaged) + 1) + len(put)] = put
    for part in (bytes(damaged), bytes(damaged[:cut])):
        try:
            files.read(part, "a.txt")
        except PageError:
            continue


@given(st.text(max_size=200).map(str.encode) | st.binary(max_size=200))
def test_any_control_words_are_text(raw: bytes) -> None:
    assert isinstance(files_rtf.copy_of(b"{\\rtf1 " + raw), str)


def test_deep_groups_are_read_in_linear_time() -> None:
    assert files_rtf.copy_of(b"{\\rtf1 " + b"{" * 300_000 + b"x" + b"}" * 300_000) is not None
    assert [one for one, two in pairwise("ab") if one == two] == []
