"""PDF to its words, as well as it goes: no library reads a Persian one rightly (docs/intake.md).

A PDF keeps where shapes stand and not what was written: letters come as presentation forms, words in the
order they were drawn, half-spaces mostly not at all. So what comes out is put right as far as rules go, and
marked doubtful: a person compares it with the page.
"""

import re
import unicodedata

from bot.errors import PageError

MAX_PAGES = 60
_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
_JOINED = re.compile(r"(?<![.!؟?:»\n])\n(?=\S)")
_HYPHENS = re.compile(r"[\u00ad\ufffe\uffff]\n?")


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
        pages = [document[at].get_textpage().get_text_range() for at in range(min(len(document), MAX_PAGES))]
    except PdfiumError:
        raise PageError("broken") from None
    finally:
        document.close()
    text = "\n\n".join(pages).replace("\r\n", "\n").replace("\r", "\n")
    if sum(map(str.isalpha, text)) < 20:
        raise PageError("scanned")
    return mended(text)


def mended(text: str) -> str:
    """The letters behind presentation forms; lines of a paragraph joined."""
    text = _FORMS.sub(lambda found: unicodedata.normalize("NFKC", found.group()), _HYPHENS.sub("", text))
    paragraphs = (_JOINED.sub(" ", part) for part in re.split(r"\n\s*\n", text))
    return "\n\n".join(part.strip() for part in paragraphs if part.strip())
