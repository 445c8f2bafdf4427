"""Word's and LibreOffice's documents (.docx, .odt): paragraphs, headings, lists, by their own structure.

Read here and not by a library: what a story needs of them is a screen of code, and a stranger's packed
document has to be opened with care: so many files, so many bytes, no entity, nothing from outside. Macros
are not looked at.
"""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from bot.errors import PageError

MAX_UNPACKED = 40_000_000
MAX_RATIO = 300
"""How many times its packed size a part of a document may have; text packs to a tenth or so."""
MAX_PARTS = 5_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_O = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_LOCKED = b"manifest:encryption-data"


def copy_of(raw: bytes) -> str:
    """The document's words: `## heading`, `• item`, a row of cells with tabs between them.

    Raises:
        PageError: `kind` (another kind of archive), `bomb`, `locked`, `broken`.
    """
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            names = set(archive.namelist())
            if len(names) > MAX_PARTS:
                raise PageError("bomb")
            if "word/document.xml" in names:
                return "\n\n".join(
                    _joined(_word(_tree(archive, "word/document.xml"), _styles(archive, names)))
                )
            if "content.xml" in names and "META-INF/manifest.xml" in names:
                if _LOCKED in _part(archive, "META-INF/manifest.xml"):
                    raise PageError("locked")
                return "\n\n".join(_joined(_libre(_tree(archive, "content.xml"))))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, KeyError, ValueError):
        raise PageError("broken") from None
    except RuntimeError:  # zipfile's word for a password
        raise PageError("locked") from None
    raise PageError("kind")


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    about = archive.getinfo(name)
    if about.file_size > MAX_UNPACKED or about.file_size > max(1, about.compress_size) * MAX_RATIO + 100_000:
        raise PageError("bomb")
    with archive.open(about) as part:  # what its table of contents says may be a lie
        raw = part.read(MAX_UNPACKED + 1)
    if len(raw) > MAX_UNPACKED:
        raise PageError("bomb")
    return raw


def _tree(archive: zipfile.ZipFile, name: str) -> Any:
    from lxml import etree

    raw = _part(archive, name)
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        raise PageError("bomb")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(raw, parser)
    except etree.XMLSyntaxError:
        raise PageError("broken") from None


def _joined(lines: Iterator[str]) -> Iterator[str]:
    """The items of a list stand under each other."""
    items: list[str] = []
    for line in lines:
        if line.startswith("• ") or "\t" in line:
            items.append(line)
            continue
        if items:
            yield "\n".join(items)
            items = []
        yield line
    if items:
        yield "\n".join(items)


def _styles(archive: zipfile.ZipFile, names: set[str]) -> dict[str, str]:
    """Word's styles by id: their names, in small letters, whatever language its menus speak."""
    if "word/styles.xml" not in names:
        return {}
    found = {}
    for style in _tree(archive, "word/styles.xml").iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        if name is not None:
            found[style.get(f"{_W}styleId") or ""] = (name.get(f"{_W}val") or "").lower()
    return found


def _word(root: Any, styles: dict[str, str]) -> Iterator[str]:
    body = root.find(f"{_W}body")
    for node in () if body is None else body:
        if node.tag == f"{_W}tbl":
            for row in node.iter(f"{_W}tr"):
                yield "\t".join(
                    " ".join(_word_text(p) for p in cell.iter(f"{_W}p")) for cell in row.iter(f"{_W}tc")
                )
        else:
            for paragraph in node.iter(f"{_W}p"):
                yield from _word_paragraph(paragraph, styles)


def _word_paragraph(node: Any, styles: dict[str, str]) -> Iterator[str]:
    text = _word_text(node)
    if not text.strip():
        return
    style = node.find(f"{_W}pPr/{_W}pStyle")
    name = styles.get(style.get(f"{_W}val") or "", "") if style is not None else ""
    if name.startswith("heading") or node.find(f"{_W}pPr/{_W}outlineLvl") is not None:
        yield f"## {text.strip()}"
    elif name.startswith("list") or node.find(f"{_W}pPr/{_W}numPr") is not None:
        yield f"• {text.strip()}"
    elif name in ("quote", "intense quote"):
        yield f"> {text.strip()}"
    else:
        yield from filter(str.strip, text.split("\n"))


def _word_text(node: Any) -> str:
    """Its letters as they stand after all corrections: what is struck, and field codes, are not there."""
    pieces = []
    for each in node.iter():
        if each.tag == f"{_W}t" and not any(
            outer.tag in (f"{_W}del", f"{_W}moveFrom") for outer in each.iterancestors()
        ):
            pieces.append(each.text or "")
        elif each.tag in (f"{_W}br", f"{_W}cr"):
            pieces.append("\n")
        elif each.tag == f"{_W}tab" and each.getparent().tag == f"{_W}r":
            pieces.append(" ")
        elif each.tag == f"{_W}noBreakHyphen":
            pieces.append("-")
    return "".join(pieces)


def _libre(root: Any) -> Iterator[str]:
    body = root.find(f".//{_O}text")
    if body is None:
        raise PageError("kind")
    for node in body.iter(f"{_T}h", f"{_T}p", f"{_TABLE}table-row"):
        outer = {each.tag for each in node.iterancestors()}
        if f"{_T}tracked-changes" in outer or f"{_O}annotation" in outer or f"{_T}note" in outer:
            continue
        if node.tag == f"{_TABLE}table-row":
            yield "\t".join(_libre_text(cell) for cell in node.iter(f"{_TABLE}table-cell"))
        elif f"{_TABLE}table-row" not in outer and (text := _libre_text(node)).strip():
            sign = "## " if node.tag == f"{_T}h" else "• " if f"{_T}list-item" in outer else ""
            yield from (f"{sign}{line.strip()}" for line in text.split("\n") if line.strip())


def _libre_text(node: Any) -> str:
    pieces = [node.text or ""]
    for child in node:
        name = child.tag
        if name == f"{_T}s":
            pieces.append(" " * min(9, int(child.get(f"{_T}c") or 1)))
        elif name == f"{_T}line-break":
            pieces.append("\n")
        elif name == f"{_T}tab":
            pieces.append(" ")
        elif name not in (f"{_O}annotation", f"{_T}note"):
            pieces.append(_libre_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)
