"""A page's furniture by its place: over the headline, under it, amid the text. Knows no wording of its own.

What a line says about itself has been read (`furniture`); here is what only its place tells: numbers or Latin
words at the edges, a name between title and text, tags under their heading, what follows a comments' form.
"""

from collections.abc import Sequence

import regex

from bot.news.structure import attribution, below, bylines, elsewhere, furniture, outlets, round_lede, titles
from bot.news.structure.frames import Frame, fold
from bot.news.structure.labels import Label, Labels, next_line, previous_line, unlabelled
from bot.news.structure.marks import Shape

_TAG_HEADING = regex.compile(
    r"(?:برچسب|کلید ?واژه|واژگان کلیدی|تگ|کلمات کلیدی|واژه ?های کلیدی|نشان ?دهی شده"
    r"|برچسب خورده|برچسب ?گذاری(?: شده)?|tags?|tagged(?: with)?"
    r"|keywords?|topics)(?: ?ها?ی?(?: خبر| مطلب)?)?"
)
_COMMENTS = regex.compile(
    r"(?:نظرات|نظرها|نظر|دیدگاه ?ها|کامنت ?ها|پاسخ ?ها|comments)(?: ?ی?(?: شما| کاربران| مخاطبان"
    r"| بینندگان| خوانندگان| بازدیدکنندگان))?"
    r"(?:\W{0,4}\d+\W?)?|(?:نخستین|اولین) (?:(?:نظر|دیدگاه).{0,30}|(?:نفری?|کسی) باشید.{0,40})"
)
_SOURCE_HEADINGS = {"منبع", "منبع خبر", "منابع", "source"}
_SOURCE_WORDS = 2
_COMMENT_WORDS = 30
_READ = 40  # lines of the story that are read
_STRANGE = 0.2  # of a line's words in the story
_TAG_WORDS = 6
_LATIN_WORDS = 8
_PERSIAN = regex.compile(r"\p{Arabic}")
_LATIN = regex.compile(r"\p{Latin}")
_NEIGHBOUR = regex.compile(
    r"(?:خبر|اخبار|مطلب|مطالب|نوشته|پست|گزارش|یادداشت)(?: ?های?)? (?:قبلی?|بعدی?|پیشین).*|(?:previous"
    r"|next) (?:post|article|story).*|(?:قبلی|بعدی|previous|next) ?[:»«›‹].*"
)
_SLUG = regex.compile(r"[a-z\d]+(?:[-_][a-z\d]+)+", regex.IGNORECASE)
_ARROWS = "←→⟵⟶‹›"
_NEIGHBOUR_WORDS = 20
_MOST_WORDS_OF_BUTTON = 3
_DAYS = 2  # of a programme, over its rows


def mark(shapes: Sequence[Shape], labels: Labels) -> None:
    """What is furniture wherever the headline is; then the tags and the readers' comments."""
    running = titles.texts(shapes, labels)
    if not running:
        return
    _mark_tags(shapes, labels)
    _mark_sources(shapes, labels)
    _mark_comments(shapes, labels, running)
    elsewhere.mark(shapes, labels, running)
    below.peel(shapes, labels, running)
    _mark_edges(shapes, labels, running)
    _mark_strangers(shapes, labels, running)
    _give_back(shapes, labels, running)


def mark_between(shapes: Sequence[Shape], labels: Labels) -> None:
    """Between headline and text: who wrote it, where it comes from, a picture's name."""
    running = titles.texts(shapes, labels)
    top = labels.index(Label.HEADLINE) if Label.HEADLINE in labels else next(unlabelled(labels), len(labels))
    end = next((at for at in running if at > top), None)
    if end is None:
        return
    persian = is_persian(shapes, [end])
    review = sum(_is_label(shapes[at]) for at in unlabelled(labels, top)) > 1  # of the press
    alone = not any(_is_too_short(shapes[at]) for at in unlabelled(labels, end))
    round_lede.mark_under(shapes, labels, running)
    for at in [at for at in unlabelled(labels, top + 1) if at < end]:
        line = shapes[at]
        if attribution.alone(line.text):
            labels[at] = Label.DATELINE
        elif bylines.is_credit(line.body) or _is_unknown_name(shapes, labels, at):
            labels[at] = Label.AUTHOR
        elif (
            (_is_label(line) and not review)
            or (alone and _is_too_short(line))
            or (persian and _is_latin(line))
            or _is_odd(line, labels, at)
        ):
            labels[at] = Label.META
    if Label.HEADLINE in labels:
        round_lede.mark_subtitle(shapes, labels, top, end)
    round_lede.mark_caption(shapes, labels, top, end)


def _is_too_short(line: Shape) -> bool:
    """Whether a line of three words at the most is no lede; among others it may be a subhead."""
    return line.words <= _MOST_WORDS_OF_BUTTON and not (
        line.finished or line.introduces or line.mark or line.heading
    )


def _is_unknown_name(shapes: Sequence[Shape], labels: Labels, at: int) -> bool:
    """Whether words that may be a name stand with a date, as who wrote it does."""
    if not bylines.may_be_person(shapes[at].body) or outlets.alone(shapes[at].body):
        return False
    beside = {previous_line(labels, at), next_line(labels, at)} - {None}
    return any(
        labels[place] is Label.META and furniture.is_stamp(shapes[place].text)
        for place in beside
        if place is not None
    )


def _is_label(line: Shape) -> bool:
    return bool(outlets.alone(line.body)) and not line.mark


def _is_odd(line: Shape, labels: Labels, at: int) -> bool:
    """Whether a word or two stand with machinery."""
    return (
        line.words <= _MOST_WORDS_OF_BUTTON and not line.finished and round_lede.beside_machinery(labels, at)
    )


def is_neighbour(line: Shape) -> bool:
    """Whether a line leads to the page before or after («خبر قبلی …»)."""
    return (
        line.words <= _NEIGHBOUR_WORDS
        and (
            bool(_NEIGHBOUR.fullmatch(fold(line.body))) or line.text[0] in _ARROWS or line.text[-1] in _ARROWS
        )
        and not line.body.endswith(".")
    )


def _mark_tags(shapes: Sequence[Shape], labels: Labels) -> None:
    """The short lines under «برچسب‌ها»."""
    for at, line in enumerate(shapes):
        if (
            line.words > _TAG_WORDS
            or labels[at] not in {None, Label.META}
            or not _TAG_HEADING.fullmatch(fold(line.body))
        ):
            continue
        labels[at] = Label.META
        place = next_line(labels, at)
        while place is not None and _is_tag(shapes[place], labels[place]):
            labels[place] = Label.KEYWORD
            place = next_line(labels, place)


def _mark_sources(shapes: Sequence[Shape], labels: Labels) -> None:
    """What stands under «منبع:»."""
    for at, line in enumerate(shapes):
        if line.words > _SOURCE_WORDS or fold(line.body) not in _SOURCE_HEADINGS:
            continue
        under = next_line(labels, at)
        if under is not None and labels[under] is None and _is_tag(shapes[under], None):
            labels[at], labels[under] = Label.META, Label.SOURCE


def _is_tag(line: Shape, label: Label | None) -> bool:
    if label is Label.META:
        return furniture.is_section(line.body) and not furniture.is_number(line.body)
    pieces = furniture.parts(line.body) if "|" in line.body else regex.split("[،,]", line.body)
    return label is None and not line.finished and all(len(piece.split()) <= _TAG_WORDS for piece in pieces)


def _mark_comments(shapes: Sequence[Shape], labels: Labels, running: Sequence[int]) -> None:
    """What readers wrote, and the form for it: all that follows its heading, if the story is longer."""
    after = range(running[0] + 1, len(shapes))
    start = next((at for at in after if _opens_comments(shapes, labels, at, running)), None)
    if start is None:
        return
    told = sum(shapes[at].words for at in unlabelled(labels) if at < start)
    said = sum(shapes[at].words for at in unlabelled(labels, start))
    if said > told:
        return
    for at in unlabelled(labels, start):
        labels[at] = Label.META


def _opens_comments(shapes: Sequence[Shape], labels: Labels, at: int, running: Sequence[int]) -> bool:
    """Whether a line heads the comments, or is a site's rules for them, of whose words the story has none."""
    line = shapes[at]
    if labels[at] not in {None, Label.META} or line.words > _COMMENT_WORDS:
        return False
    if _COMMENTS.fullmatch(fold(line.body)):
        return True
    if not furniture.of_comments(line.body):
        return False
    over = previous_line(labels, at)
    story = titles.vocabulary(shapes[text].body for text in running[:_READ] if text < at)
    return labels[over or 0] is Label.META or titles.share(line.body, story) < _STRANGE


def _give_back(shapes: Sequence[Shape], labels: Labels, running: Sequence[int]) -> None:
    """To the story: days over the rows of a programme; a sentence of a page's words amid text."""
    last = max(unlabelled(labels))
    inside = [at for at in range(running[0], last) if labels[at] is Label.META]
    days = [at for at in inside if furniture.is_stamp(shapes[at].body) and _heads_part(labels, at)]
    trails = [at for at in inside if _is_trail(shapes[at].text) and _heads_part(labels, at)]
    for at in (*(days if len(days) >= _DAYS else ()), *trails):
        labels[at] = None
    _give_back_lists(shapes, labels)
    player = _alone_under_lede(shapes, labels, inside, running)
    for at in inside:
        if furniture.kind(shapes[at].text) is not Frame.PAGE:
            continue
        over, under = previous_line(labels, at), next_line(labels, at)
        if shapes[at].words <= _MOST_WORDS_OF_BUTTON:
            if furniture.is_doubtful(shapes[at].text) and _heads_part(labels, at) and at not in player:
                labels[at] = None
        elif (
            _is_story(shapes, labels, over)
            and _is_story(shapes, labels, under)
            and _may_be_told(shapes, at, running)
        ):
            labels[at] = None


def _may_be_told(shapes: Sequence[Shape], at: int, running: Sequence[int]) -> bool:
    """Whether a page's words amid text may be the story's: a sentence, or words that its text has too."""
    line = shapes[at]
    if line.body.endswith("."):
        return True
    if not furniture.is_doubtful(line.text):  # the story's words are gathered for the few that need them
        return False
    told = titles.vocabulary(shapes[text].body for text in running[:_READ])
    return titles.share(line.body, told) >= _STRANGE


def _alone_under_lede(
    shapes: Sequence[Shape], labels: Labels, inside: Sequence[int], running: Sequence[int]
) -> frozenset[int]:
    """The page's words between lede and text («پخش صدا») which the text has not, if no others head parts."""
    doubtful = [at for at in inside if furniture.is_doubtful(shapes[at].text) and _heads_part(labels, at)]
    if len(doubtful) != 1 or len(running) == 1 or doubtful[0] > running[1]:
        return frozenset()
    told = titles.vocabulary(shapes[at].body for at in running)
    of_text = titles.share(shapes[doubtful[0]].body, told)
    return frozenset() if of_text else frozenset(doubtful)


def _is_trail(line: str) -> bool:
    """Whether a line leads from one word to the next, and not through a page's sections."""
    sections = all(map(furniture.is_section, furniture.parts(line)))
    return furniture.kind(line) is Frame.CATEGORY and not sections


def _is_story(shapes: Sequence[Shape], labels: Labels, at: int | None) -> bool:
    return at is not None and labels[at] is None and titles.is_text(shapes[at])


def _give_back_lists(shapes: Sequence[Shape], labels: Labels) -> None:
    """Points that a line of the story announces, though they be made of a page's words."""
    for at, line in enumerate(shapes):
        if labels[at] is not None or not line.introduces:
            continue
        place = next_line(labels, at)
        while place is not None and labels[place] is Label.META and shapes[place].mark:
            labels[place] = None
            place = next_line(labels, place)


def _mark_strangers(shapes: Sequence[Shape], labels: Labels, running: Sequence[int]) -> None:
    """Amid the text: a picture's Latin name with machinery, and one outlet's name that stands alone."""
    inside = [
        at for at in unlabelled(labels, running[0]) if at < running[-1] and not titles.is_text(shapes[at])
    ]
    if is_persian(shapes, running):
        for at in inside:
            over, under = previous_line(labels, at), next_line(labels, at)
            beside = [labels[place] for place in (over, under) if place is not None]
            if _is_latin(shapes[at]) and (Label.META in beside or _SLUG.fullmatch(shapes[at].text)):
                labels[at] = Label.META
    for at in inside:
        if furniture.is_number(shapes[at].text) and _stands_amid_text(shapes, labels, at):
            labels[at] = Label.META
        elif attribution.agency_in(shapes[at].text) and attribution.is_dateline(shapes[at].text):
            labels[at] = Label.DATELINE
    named = [at for at in unlabelled(labels, 1) if _is_label(shapes[at])]
    if len(named) == 1 and named[0] in inside:
        labels[named[0]] = Label.META


def _stands_amid_text(shapes: Sequence[Shape], labels: Labels, at: int) -> bool:
    return _is_story(shapes, labels, previous_line(labels, at)) and _is_story(
        shapes, labels, next_line(labels, at)
    )


def _heads_part(labels: Labels, at: int) -> bool:
    """Whether the story goes on under a line, and machinery does not stand over it."""
    over, under = previous_line(labels, at), next_line(labels, at)
    return under is not None and labels[under] is None and (over is None or labels[over] is not Label.META)


def _mark_edges(shapes: Sequence[Shape], labels: Labels, running: Sequence[int]) -> None:
    """Bare numbers and Latin words over the text and under it."""
    persian = is_persian(shapes, running)
    titled = [at for at in unlabelled(labels) if at < running[0] and not _is_latin(shapes[at])]
    story_follows = False  # a number under the text is a table's cell if more follows
    for at in reversed(list(unlabelled(labels))):
        line, over = shapes[at], at < running[0]
        if running[0] <= at <= running[-1]:
            continue
        foreign = persian and _is_latin(line) and (bool(titled) or not over)
        numbered = furniture.is_number(line.text) and (over or not story_follows)
        if foreign or numbered or (not over and is_neighbour(line)):
            labels[at] = Label.META
        else:
            story_follows = not over


def is_persian(shapes: Sequence[Shape], running: Sequence[int]) -> bool:
    """Whether a page's text has Persian letters, so that a line without them is not of it."""
    return bool(_PERSIAN.search(shapes[running[0]].body))


def _is_latin(line: Shape) -> bool:
    return line.words <= _LATIN_WORDS and bool(_LATIN.search(line.text)) and not _PERSIAN.search(line.text)
