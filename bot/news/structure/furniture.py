"""What a line of a page's machinery is, by its grammar: which share of its words are dates, labels, buttons.

`frames` knows fixed wordings; this knows lines that nobody wrote down, if they are made of nothing but the
vocabulary of pages (`pagewords`). Knows single lines, no places.
"""

from collections.abc import Iterable

import regex

from bot.news.grammar.stop_words import key
from bot.news.structure import frames, notices, pagewords
from bot.news.structure.frames import Frame

_TOKEN = regex.compile(
    r"\p{Nd}+(?:[/:.,٫٬-]\p{Nd}+)*[km]?(?!\p{L})|[\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}\u200c\u0640-]*+"
)
_CLOCK = regex.compile(r"(?<!\p{Nd})[0-2۰-۲٠-٢]?\p{Nd}:[0-5۰-۵٠-٥]\p{Nd}(?!\p{Nd})")
_DAY = regex.compile(
    r"(?<!\p{Nd})(?:\p{Nd}{4}[/.-]\p{Nd}{1,2}[/.-]\p{Nd}{1,2}"
    r"|\p{Nd}{1,2}[/.-]\p{Nd}{1,2}[/.-]\p{Nd}{2,4})(?!\p{Nd})"
)
_SEPARATORS = " -–—|/•·¦‖>»›"
_BETWEEN = regex.compile(r"\s*[|•·¦‖]\s*|\s+[-–—/»›>]\s+|\s*/\s+|\s+/\s*")
_BARE_NUMBERS = regex.compile(r"[\s\p{Nd}/\\.,،+*()\[\]:|_–—-]+")
_END = regex.compile(
    r"(?:انتهای|پایان) (?:پیام|خبر|گزارش|مطلب|نقل|متن)(?:[\s/.:\\|*–-]++[\p{L}\p{Nd}]{0,6}+)*+"
)
_DANGLING = regex.compile(r"[^.!؟?«»]{1,30}\s[|‖¦–—ـ-]+\s*")  # a label whose value is lost: «صدا |»
_FILE = regex.compile(r"[\w()-]+\.(?:jpe?g|png|gif|webp|mp[34]|pdf)", regex.IGNORECASE)
_LETTERS = regex.compile(r"(?:\p{L}|الف)(?:[ +-]+(?:\p{L}|الف)?){0,2}")  # of a text's size
_YEAR = regex.compile(r"\p{Nd}{4}")
_LONGEST = 24  # words of machinery
_MOST_SPACES = 45  # in a notice of rights or a disclaimer
_ASKED = 5
_OF_READERS = ("نظر", "دیدگاه", "کامنت", "پیام")
_COMMENTED = ("نظر", "دیدگاه", "کاربر", "کامنت", "توهین", "مخاطب", "ایمیل")
_POLICY = 3
_POLICY_WORDS = 30
_SECTION_WORDS = 5
_SEGMENTS = 7
_OTHER_SEGMENT = 6  # words beside a date or a code
_BESIDE_HOUR = 3
_ENDINGS = ("هایی", "های", "ها", "ی", "ات", "تان", "یم", "ید", "م")


def kind(line: str) -> Frame | None:
    """The kind of machinery a stripped line is, or None for a line of the story."""
    found = frames.frame(line)
    if found or len(line) > frames.LONGEST:
        return found
    if line.count(" ") > _MOST_SPACES:
        return None
    folded = frames.fold(line)
    if _END.fullmatch(folded):
        return Frame.END
    if notices.is_notice(folded):
        return Frame.PAGE
    if _LETTERS.fullmatch(line):
        return Frame.PAGE
    if _FILE.fullmatch(line) or line[:1] == "©":
        return Frame.PHOTO if line[:1] == "©" and not _YEAR.search(line) else Frame.PAGE
    if _DANGLING.fullmatch(line) or _asks_reader(line):
        return Frame.FORM  # noted: it may say more than buttons do
    return _by_words(line) or _by_parts(line)


def parts(line: str) -> list[str]:
    """The pieces that separators cut a line into: «یکشنبه ۳ آذر | اقتصاد | کد: ۱۲»."""
    if not any(map(line.__contains__, _SEPARATORS[1:])):
        return [line]
    return [part for part in _BETWEEN.split(line.strip(_SEPARATORS)) if part]


def is_section(line: str) -> bool:
    """Whether a few words name a page's section («اقتصاد», «سیاست خارجی») and say no more."""
    words = _words(line)
    named = [word for word in words if not word[0].isdigit() and _among(word, pagewords.SECTIONS)]
    return (
        bool(named)
        and len(words) <= _SECTION_WORDS
        and all(word in named or word in _BESIDE_SECTIONS for word in words)
    )


def is_number(line: str) -> bool:
    """Whether a line is figures and marks and nothing else: an agency's own codes, counts, a table's cell."""
    return bool(_BARE_NUMBERS.fullmatch(line)) and any(char.isdigit() for char in line)


def leans(line: str) -> bool:
    """Whether most of a line's words are a page's and one at least of its machinery alone."""
    words = [word for word in _words(line) if word not in pagewords.SMALL]
    if (
        not words
        or any(char.isdigit() for char in line)
        or line.count(" ") > _MOST_SPACES
        or not any(word in _ONLY_PAGES for word in words)
    ):
        return False
    known = sum(_among(word, _LEANING) or _of_halves(word, _LEANING) for word in words)
    return known * 3 >= len(words) * 2


def is_of_page(line: str) -> bool:
    """Whether a word of a line is a button's or a network's, so that it is nobody's name."""
    return any(
        word in pagewords.BUTTONS or word in pagewords.NETWORKS or word in pagewords.ONLY_UNDER
        for word in _words(line)
    )


def is_doubtful(line: str) -> bool:
    """Whether a page's words make a line, but none that no story has («در خانه»)."""
    words = _words(line)
    return _by_words(line) is Frame.PAGE and not any(_among(word, pagewords.BUTTONS) for word in words)


def of_comments(line: str) -> bool:
    """Whether a line speaks of readers' comments as a site's rules for them do."""
    if not any(map(line.__contains__, _COMMENTED)):
        return False
    words = _words(line)
    spoken = sum(_among(word, pagewords.COMMENTING) for word in words)
    if not any(word.startswith(_OF_READERS) for word in words):
        return False
    return spoken >= _POLICY and spoken * 4 >= len(words) and len(words) <= _POLICY_WORDS


def is_stamp(line: str) -> bool:
    """Whether a line is a date or an hour and no more, labels aside."""
    return _by_words(line) is Frame.DATE


def _words(line: str) -> list[str]:
    return [word for found in _TOKEN.findall(line) if (word := key(found).strip("-"))]


_BESIDE_SECTIONS = pagewords.FRONT_PAGES | frozenset({"و", "بخش", "حوزه", "دسته"})


def _by_words(line: str) -> Frame | None:
    """The kind of a line all of whose words are a page's."""
    words = _known_words(line) if line.count(" ") <= _LONGEST else None
    if not words:
        return None
    figures = sum(word[0].isdigit() for word in words)
    rest = [word for word in words if not word[0].isdigit()]
    if not rest:
        return _of_figures(line)
    if figures and _dated(line, rest) and all(map(_in_stamps, rest)):
        return Frame.DATE
    if (
        figures
        and _all_of(rest, pagewords.LABELS | pagewords.SMALL)
        and any(word in pagewords.LABELS for word in rest)
    ):
        return Frame.CODE
    named = _all_of(rest, _FIELD_NAMES) and not _all_of(rest, pagewords.SMALL)
    if named and line.rstrip().endswith((":", "：")):
        return Frame.PAGE
    if line.rstrip().endswith(("؟", "?")):
        return None
    return _of_buttons(rest)


def _known_words(line: str) -> list[str] | None:
    """The words of a line if a page's vocabulary has all of them, half-spaced ones at least in parts."""
    words: list[str] = []
    for found in _TOKEN.findall(line):
        word = key(found).strip("-")
        pieces = [word] if not word or _is_known(word) else [key(piece) for piece in found.split("\u200c")]
        if not all(_is_known(piece) for piece in pieces if piece):
            return None
        words += filter(None, pieces)
    return words


def _is_known(word: str) -> bool:
    return _among(word, _ALL) or _of_halves(word, _ALL)


_FIELD_NAMES = (
    pagewords.LABELS
    | pagewords.SMALL
    | frozenset({"نام", "ایمیل", "نظر", "ساعت", "وب", "سایت", "وبسایت", "لینک", "کوتاه", "تلفن"})
)
_STAMPED = pagewords.DATES | pagewords.LABELS | pagewords.FRONT_PAGES | pagewords.SMALL | frozenset({"ساعت"})
_ALL = _STAMPED | _FIELD_NAMES | pagewords.PAGES | pagewords.NETWORKS


_ONLY_PAGES = pagewords.BUTTONS | pagewords.ONLY_UNDER
_LEANING = (
    pagewords.LABELS | pagewords.PAGES | pagewords.NETWORKS | pagewords.COMMENTING | _ONLY_PAGES
) - pagewords.DATES


def _of_figures(line: str) -> Frame | None:
    """Of a line without a word: a day or an hour; a bare number may be a table's cell."""
    return Frame.DATE if _DAY.search(line) or _CLOCK.search(line) else None


def _dated(line: str, words: Iterable[str]) -> bool:
    """Whether a line has a day, an hour, or a month's or weekday's name."""
    if _DAY.search(line) or _CLOCK.search(line):
        return True
    named = [word for word in words if word in pagewords.WEEKDAYS or word in pagewords.MONTHS]
    return bool(named) or any(word in _AGO for word in words)


_AGO = frozenset({"پیش", "قبل", "ago"})


def _in_stamps(word: str) -> bool:
    return word in _STAMPED or _of_halves(word, _STAMPED)


def _of_buttons(words: list[str]) -> Frame | None:
    """Buttons, menus, forms: nothing but a page's words, and one at least that no story is made of."""
    if not _all_of(words, pagewords.PAGES | pagewords.SMALL | pagewords.LABELS | pagewords.NETWORKS):
        return None
    if words == ["دیدگاه"]:  # a kicker as well
        return None
    sure = sum(_among(word, pagewords.BUTTONS) for word in words)
    about = sum(_among(word, pagewords.PAGES) for word in words)
    return Frame.PAGE if sure or about >= 2 or (about and len(words) <= 2) else None


def _asks_reader(line: str) -> bool:
    """Whether a line asks a page's reader for something («لطفا … کنید»), a name among its words or not."""
    if not line.startswith("لطفا"):
        return False
    words = _words(line)
    known = sum(_among(word, pagewords.PAGES | pagewords.SMALL | pagewords.LABELS) for word in words)
    return known >= _ASKED and known * 5 >= len(words) * 4


def _all_of(words: Iterable[str], vocabulary: frozenset[str]) -> bool:
    return all(_among(word, vocabulary) for word in words)


def _among(word: str, vocabulary: frozenset[str]) -> bool:
    if word in vocabulary or word[0].isdigit():
        return True
    return any(word.endswith(end) and word[: -len(end)] in vocabulary for end in _ENDINGS)


def _of_halves(word: str, vocabulary: frozenset[str]) -> bool:
    return word.startswith("می") and word[2:] in vocabulary


def _by_parts(line: str) -> Frame | None:
    """The kind of a line cut by separators: one part at least is a date or a code, the others are short."""
    pieces = parts(line) if line.count(" ") <= _LONGEST else []
    if not 1 < len(pieces) <= _SEGMENTS:
        return None
    if all(map(is_section, pieces)):
        return Frame.CATEGORY
    kinds = [_part(piece) for piece in pieces]
    if not any(each in (Frame.DATE, Frame.CODE, Frame.PAGE) for each in kinds):
        return None
    others = [piece for piece, each in zip(pieces, kinds, strict=True) if each is None]
    most = (
        _OTHER_SEGMENT
        if _DAY.search(line) or any(map(_names_a_day, pieces)) or Frame.CODE in kinds
        else _BESIDE_HOUR
    )
    if sum(len(piece.split()) for piece in others) > most or any(_ends_sentence(piece) for piece in others):
        return None
    return Frame.MIXED


def _names_a_day(piece: str) -> bool:
    return any(word in pagewords.WEEKDAYS or word in pagewords.MONTHS for word in _words(piece))


def _part(piece: str) -> Frame | None:
    if is_section(piece):
        return Frame.CATEGORY
    return frames.frame(piece) or _by_words(piece)


def _ends_sentence(piece: str) -> bool:
    return piece.rstrip().endswith((".", "؟", "!", "؛", ":"))
