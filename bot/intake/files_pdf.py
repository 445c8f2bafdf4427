"""PDF to its words, as well as it goes: no library reads a Persian one rightly (docs/intake.md).

A PDF keeps where shapes stand and not what was written: dots and bowls of a letter may be shapes of their
own, each with the letter, in the order they were drawn. So Persian pages are read from where the shapes
stand: line by line, from right to left, each letter once. What comes out is doubtful all the same: a person
compares it.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from bot.errors import PageError

MAX_PAGES = 60
_MAX_LETTERS = 20_000  # of a page
_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
_JOINED = re.compile(r"(?<![.!؟?:»\n])\n(?=\S)")
_HYPHENS = re.compile(r"[\u00ad\ufffe\uffff]\n?")
_HE_TWICE, _HAMZA_BEFORE = re.compile("ههٔ"), re.compile("(?<=\\w)ٔه")
"""«هٔ» is two letters in one shape, or in two that lie across each other."""
_LEFT_TO_RIGHT = re.compile(r"[0-9A-Za-z۰-۹٠-٩](?:[0-9A-Za-z۰-۹٠-٩ .,:/@%+_-]*[0-9A-Za-z۰-۹٠-٩%])?")
_GAP = 0.16
"""Room between two letters, by their size, that is a blank's."""
_SAME = 0.45
"""The share of the narrower of two shapes that overlap from which they are one letter's."""


@dataclass(frozen=True, slots=True)
class Shape:
    letter: str
    left: float
    right: float
    base: float
    size: float
    number: int

    def is_of(self, other: "Shape") -> bool:
        """Whether both are shapes of the same letter."""
        shared = min(self.right, other.right) - max(self.left, other.left)
        return shared > _SAME * max(0.1, min(self.right - self.left, other.right - other.left))


def copy_of(raw: bytes) -> str:
    """Its words, a paragraph a line.

    Raises:
        PageError: `locked`, `broken`, or `scanned` (pictures of text).
    """
    import pypdfium2
    from pypdfium2 import PdfiumError

    try:
        document = pypdfium2.PdfDocument(raw)
    except PdfiumError as error:
        raise PageError("locked" if "assword" in str(error) else "broken") from None
    try:
        pages = [_page(document[at].get_textpage()) for at in range(min(len(document), MAX_PAGES))]
    except PdfiumError:
        raise PageError("broken") from None
    finally:
        document.close()
    text = "\n\n".join(pages)
    if sum(map(str.isalpha, text)) < 20:
        raise PageError("scanned")
    return mended(text)


def _page(page: Any) -> str:
    text = str(page.get_text_range()).replace("\r\n", "\n").replace("\r", "\n")
    persian = sum("\u0600" <= char <= "\u06ff" or "\ufb50" <= char <= "\ufefc" for char in text)
    if persian * 2 < sum(map(str.isalpha, text)) or page.count_chars() > _MAX_LETTERS:
        return text
    return written(list(_shapes(page)))


def _shapes(page: Any) -> Iterator[Shape]:
    """All that is drawn; blanks that pdfium has put in itself are not."""
    from ctypes import byref, c_double

    from pypdfium2 import raw

    x, y = c_double(), c_double()
    for number in range(page.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(page.raw, number) or 32)
        left, _, right, _ = page.get_charbox(number)
        if letter in "\r\n" or (letter == " " and right - left < 0.5):
            continue
        raw.FPDFText_GetCharOrigin(page.raw, number, byref(x), byref(y))
        size = raw.FPDFText_GetFontSize(page.raw, number)
        yield Shape(letter, left, right, y.value, size, number)


def written(shapes: Sequence[Shape]) -> str:
    """Lines from top to bottom, each from right to left; a blank line where there is more room than usual."""
    lines: list[list[Shape]] = []
    for shape in sorted(shapes, key=lambda each: -each.base):
        if lines and abs(lines[-1][0].base - shape.base) < _LINE:
            lines[-1].append(shape)
        else:
            lines.append([shape])
    gaps = [one[0].base - two[0].base for one, two in pairwise(lines)]
    usual = min(gaps, default=0.0)
    out: list[str] = []
    for at, line in enumerate(lines):
        out.append(_line(line))
        if at < len(gaps) and gaps[at] > usual * 1.25:
            out.append("")
    return "\n".join(out)


_LONGEST_LINE = 1_000  # letters; each is compared with the others
_LINE = 4.0  # points between the bases of what is one line: marks stand a little off


def _line(shapes: Sequence[Shape]) -> str:
    kept: list[Shape] = []
    if len(shapes) > _LONGEST_LINE:
        raise PageError("hard")
    for shape in sorted(shapes, key=lambda each: each.left - each.right):  # the widest first
        if shape.letter == " " or not any(shape.letter == one.letter and shape.is_of(one) for one in kept):
            kept.append(shape)
    in_order = sorted(
        kept, key=lambda each: (-round((each.left + each.right) / 2, 1), each.letter != "\u200c", each.number)
    )
    text, edge = "", None
    for shape in in_order:
        room = _GAP * (2 if shape.letter.isdigit() and text[-1:].isdigit() else 1)
        if edge is not None and edge - shape.right > room * shape.size:
            text += " "
        text += shape.letter
        edge = shape.left if edge is None else min(edge, shape.left)
    return re.sub(" {2,}", " ", _LEFT_TO_RIGHT.sub(lambda found: found.group()[::-1], text)).strip()


def mended(text: str) -> str:
    """The letters behind presentation forms; lines of a paragraph joined."""
    text = _FORMS.sub(lambda found: unicodedata.normalize("NFKC", found.group()), _HYPHENS.sub("", text))
    text = _HAMZA_BEFORE.sub("هٔ", _HE_TWICE.sub("هٔ", text))
    paragraphs = (_JOINED.sub(" ", part) for part in re.split(r"\n\s*\n", text))
    return "\n\n".join(part.strip() for part in paragraphs if part.strip())
