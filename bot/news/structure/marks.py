"""What one line looks like by itself: its mark, its words, its end. Knows no neighbours."""

from dataclasses import dataclass

import regex

_NUMBERED = (
    r"[(\[]?\p{Nd}{1,3}(?:[)\].](?!\p{Nd})|\s?[-–]\s*(?=[^\s\p{N}])"
    r"|[-–]\s+(?=\p{Nd}{2,}\s\p{L})|\uFE0F?\u20E3)"  # «3- ۲۰۰ دستگاه», but no result
)
_SIGN = (
    r"[-–—•·▪▫◾◽◼◻●○■□◆◇►▶➤➢✔✓☑»]\uFE0F?|[*+](?![*+]|[^*\n]*[^\s*]\*)"
    r"|\p{Extended_Pictographic}\uFE0F?+(?![\u200d\p{Emoji_Modifier}])"  # but no part of a joined picture
)
_MARK = regex.compile(rf"\s*(?:(?P<number>{_NUMBERED})|(?:{_SIGN})+)\s*(?=\S)")
_MARKDOWN_HEADING = regex.compile(
    r"\s*(?:(#{1,6})\s+(?P<hashed>.+?)\s*#*|(?P<stars>\*\*|__)(?P<bold>[^*_].{0,300}?)(?P=stars)\s*:?)\s*"
)
_MARKDOWN_QUOTE = regex.compile(r"\s*>\s+(?P<quoted>\S.*)")
_WHOLE_QUOTE = regex.compile(r"(?:«[^«»]*(?:«[^«»]*»[^«»]*)*»|“[^“”]*”|\"[^\"]*\")[.!؟?،]?")
_LABELLED = regex.compile(r"(?P<label>[^:\n]{2,80}?)\s?:\s*(?P<text>[^\s/].*)", regex.DOTALL)
_REPORTING = regex.compile(
    r"(?:گفت|گفته|گفتند|افزود|کرد|کردند|داد|شد|داشت|نوشت|آورد|دانست|است|بود|گوید|کند|دهد|افزاید|نویسد|پرسید"
    r"|خواند|داده|کرده|آمده|شده|said|says|added|told|asked|wrote)$"
)
_MAX_LABEL_WORDS = 7
_QUOTE_WORDS = 5


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A line by itself. `body` is its text without mark and markup; `mark` the mark's kind, if it has one."""

    text: str
    body: str
    mark: str | None
    heading: bool  # marked up as one
    quote: bool
    words: int

    @property
    def title(self) -> str:
        """The line as a headline or heading: a number before it (or a minus) is a part of it."""
        return self.text if self.mark == "number" or self.text[1:2].isdigit() else self.body

    @property
    def finished(self) -> bool:
        """Whether it ends as a sentence does."""
        return self.body.rstrip("»”\"')] ").endswith((".", "…", "!", "؟", "?", "؛", "،"))

    @property
    def asks(self) -> bool:
        return self.body.rstrip("»”\"')]* ").endswith(("؟", "?"))

    @property
    def introduces(self) -> bool:
        return self.body.rstrip("* ").endswith((":", "："))


def shape(line: str) -> Shape:
    text = line.strip()
    heading, quoted = _MARKDOWN_HEADING.fullmatch(text), _MARKDOWN_QUOTE.fullmatch(text)
    mark = None if heading or quoted else _MARK.match(text)
    if heading:
        body = heading["hashed"] or heading["bold"]
    elif quoted:
        body = quoted["quoted"]
    else:
        body = text[mark.end() :] if mark else text
    words = len(body.split())
    whole = not mark and words >= _QUOTE_WORDS and bool(_WHOLE_QUOTE.fullmatch(body))
    return Shape(
        text=text,
        body=body,
        mark=_kind(mark) if mark else None,
        heading=bool(heading),
        quote=bool(quoted) or whole,
        words=words,
    )


def labelled(text: str) -> tuple[str | None, str]:
    """The short label before the first colon and the rest: («گسترش همکاری», «تمرکز بر …»).

    A speaker's lead-in («وزیر نیرو گفت: …») and the hour (۱۹:۲۰) are no labels.
    """
    found = _LABELLED.fullmatch(text)
    if not found or len(found["label"].split()) > _MAX_LABEL_WORDS:
        return None, text
    label = found["label"].strip("*_ ")
    if not label or _REPORTING.search(label) or (label[-1].isdigit() and found["text"][0].isdigit()):
        return None, text
    if label.count("«") != label.count("»"):
        return None, text
    return label, found["text"].lstrip("*_ ") or found["text"]


def _kind(mark: "regex.Match[str]") -> str:
    return "number" if mark["number"] else mark.group().strip()[0]
