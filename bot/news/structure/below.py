"""What stands under the story's last text: a page's sentences, tags, buttons. Knows nothing of the top."""

from collections.abc import Sequence
from itertools import takewhile

import regex

from bot.news.grammar import verbs
from bot.news.structure import bylines, furniture, outlets, titles
from bot.news.structure.frames import Frame, fold
from bot.news.structure.labels import Label, Labels, unlabelled
from bot.news.structure.marks import Shape

_LABEL_WORDS = 12
_TAG_WORDS = 6
_MOST_WORDS_OF_BUTTON = 3
_FRAGMENT_WORDS = 4
_MOST_LETTERS = 80
"""Of a label: what is longer without a blank is text whose blanks were lost, and the story's."""
_STRANGE = 0.2
_READ = 40  # lines of the story that are read
_TAGGED = regex.compile(r"(?:برچسب|کلید ?واژه|تگ)(?: ?ها?ی?)?(?: خبر)? (?:\S+ ?){1,12}")
_CLOSING = {
    Frame.END,
    Frame.CODE,
    Frame.COUNTS,
    Frame.SHARE,
    Frame.CHANNEL,
    Frame.SOURCE,
    Frame.KEYWORDS,
    Frame.PAGE,
    Frame.MIXED,
}


def peel(shapes: Sequence[Shape], labels: Labels, running: Sequence[int]) -> None:
    """A page's own sentences («نظراتی که …»), from the last line up; the story's words are others."""
    places = list(unlabelled(labels, running[0] + 1))
    last = list(takewhile(lambda at: furniture.leans(shapes[at].body), reversed(places)))
    if not last:
        return
    told = titles.vocabulary(shapes[at].body for at in running[:_READ] if at < last[-1])
    for at in takewhile(lambda at: titles.share(shapes[at].body, told) < _STRANGE, last):
        labels[at] = Label.META


def mark(shapes: Sequence[Shape], labels: Labels) -> None:
    """Short lines under the story's last text: nothing of the story stands there."""
    text = _last_text(shapes, labels)
    if text is None:
        return
    seen = False
    last = max((at for at, each in enumerate(labels) if each is Label.META), default=0)
    for at in range(text + 1, len(labels)):
        if labels[at] is None and _is_hashtag(shapes[at]):
            labels[at] = Label.KEYWORD
        elif labels[at] is Label.KEYWORD or (labels[at] is Label.META and _closes(shapes[at])):
            seen = True
        elif (labels[at] is None and (_is_tagged(shapes[at]) or _is_fragment(shapes[at], shapes[text]))) or (
            labels[at] is None
            and _is_leftover(shapes[at])
            and (seen or _says_nothing(shapes[at], over_machinery=at < last))
        ):
            labels[at] = Label.META


def _is_fragment(line: Shape, text: Shape) -> bool:
    """Whether a few words without a verb stand under a text that ends as texts do: they head nothing."""
    if line.words > _FRAGMENT_WORDS or len(line.body) > _MOST_LETTERS:
        return False
    if line.finished or line.introduces or line.mark:
        return False
    if "-" in line.body or bylines.is_photo_credit(line.body):  # a match; whose picture it is
        return False
    return text.body.endswith(".") and _says_nothing(line, over_machinery=True)


def _is_tagged(line: Shape) -> bool:
    """Whether a line is tags behind their heading, without a colon («برچسب‌ها آب شهر»)."""
    return not line.finished and bool(_TAGGED.fullmatch(fold(line.body)))


def _is_hashtag(line: Shape) -> bool:
    """Whether a line is a tag of several words, as some sites write them («#صدا و سیما»)."""
    return (
        line.text[:1] == "#"
        and line.text.lstrip("# ")[:1].isalpha()
        and line.words <= _TAG_WORDS
        and not line.finished
    )


def _is_leftover(line: Shape) -> bool:
    """Whether a line is short and no sentence."""
    if line.words > _LABEL_WORDS or len(line.body) > _MOST_LETTERS or line.heading:
        return False
    return line.words <= _MOST_WORDS_OF_BUTTON or not line.body.endswith(".")


def _says_nothing(line: Shape, *, over_machinery: bool) -> bool:
    """Whether a line under the text names an outlet, or is without a verb over machinery."""
    if outlets.alone(line.body):
        return True
    if not over_machinery or line.finished or line.mark or ":" in line.body:
        return False
    words = line.body.split()
    return not any(verbs.is_finite(words, place) for place in range(len(words)))


def _closes(line: Shape) -> bool:
    """Whether a line of machinery stands under stories, and not over the parts of one as a day does."""
    return furniture.kind(line.text) in _CLOSING


def _last_text(shapes: Sequence[Shape], labels: Labels) -> int | None:
    """The last line that is the story's for sure."""
    story = {Label.BULLET, Label.QUOTE, Label.LEDE, Label.LIST_INTRO}
    for at in reversed(range(len(labels))):
        if labels[at] in story or (labels[at] is None and titles.is_text(shapes[at])):
            return at
    return None
