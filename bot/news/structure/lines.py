"""What each line of a paste is: headline, lede, heading, bullet, related link. Knows no articles.

First what a line says about itself (an end mark, a byline, a heading over related links), then what its place
says (the first line that is left is the headline, a short line over a paragraph a heading).
"""

from collections.abc import Callable, Sequence
from itertools import takewhile

import regex

from bot.news.structure import (
    attribution,
    below,
    bylines,
    frames,
    furniture,
    letters,
    lists,
    opening,
    page,
    parts,
    poems,
    related,
    repeats,
    tables,
    talks,
    titles,
)
from bot.news.structure.frames import Frame
from bot.news.structure.labels import Label, Labels, next_line, previous_line, unlabelled
from bot.news.structure.marks import Shape, shape

__all__ = ["Label", "label", "labelled"]

_RELATED_HEADING_WORDS = 7
_ITEM_WORDS = 25
_TITLE_WORDS = 14
_SENTENCE_WORDS = 4
_LINK_WORDS = 4
_LEADS_ON = ("-", "–", "—", "ـ", "؛", "/")
_TAG_WORDS = 2  # under links of so many words: tags, buttons
_APART = (1, 4)  # of the lines a blank one stands over, and so over every heading
_WRAPPED = 90  # characters of a line that hard wraps cut
_WRAPPED_WORDS = 8
_HEADING_WORDS = 18
_MANY_QUESTIONS = 3
_BOLD_QUESTIONS = 2
_SIGNATURES = 2
_WRITING_HANDS = {"✍", "🖊", "🖋"}
_BELOW_BODY = {None, Label.BLANK, Label.META, Label.AUTHOR, Label.RELATED, Label.RELATED_HEADING}
_TOP = {Label.KICKER, Label.HEADLINE, Label.LEDE}
_INTERVIEW = regex.compile(r"گفت ?و ?گو|مصاحبه|گپ|interview|q&a|talks to")
_REPORTS = regex.compile(
    r"(?:به (?:گزارش|نقل از|گفته)|وی|او|ایشان|همچنین|گفتنی است|لازم به ذکر|شایان ذکر|در ادامه|در پایان"
    r"|علاوه بر این|این گزارش) "
)
_STEP = regex.compile(
    r"(?:مرحله|گام|قدم|روش|راه|نکته|بخش|فصل|جلسه|پرده|نوبت|روز|هفته|step|part|chapter|day) ?(?:ی )?"
    r"(?:\p{Nd}{1,2}|اول|یکم|نخست|دوم|سوم|چهارم|پنجم|ششم|هفتم|هشتم|نهم|دهم|آخر|پایانی)"
)
_PART = regex.compile(
    r"مقدمه|پیش ?گفتار|چکیده|خلاصه|نتیجه(?: ?گیری)?|جمع ?بندی|(?:طرز|روش|دستور|نحوه) (?:تهیه|پخت|کار"
    r"|مصرف|ساخت|استفاده)"
)
_QUESTION = regex.compile(r"(?:سؤال|سوال|پرسش|q(?:uestion)?)\s*[:：]", regex.IGNORECASE)
_YOU = regex.compile(r"(?<!\p{L})(?:شما\p{L}*|خودتان|\p{L}+ید(?=\W*$)|you|your)(?!\p{L})", regex.IGNORECASE)


def label(lines: Sequence[str]) -> tuple[Label, ...]:
    """One label for each line."""
    return labelled([shape(line) for line in lines])


def labelled(shapes: Sequence[Shape]) -> tuple[Label, ...]:
    """One label for each line, given what it looks like by itself."""
    labels: Labels = [_certain(each) for each in shapes]
    for mark in _PASSES:
        mark(shapes, labels)
    return tuple(each or Label.PARAGRAPH for each in labels)


def _certain(line: Shape) -> Label | None:
    if not any(char.isalnum() for char in line.text):
        return Label.META if furniture.kind(line.text) else Label.BLANK
    if line.text.endswith(_LEADS_ON) and attribution.alone(line.text):
        return Label.DATELINE
    if line.words <= _RELATED_HEADING_WORDS and frames.is_related_heading(line.body):
        return Label.RELATED_HEADING
    if frames.inline_related(line.body):
        return Label.RELATED
    return Label.META if _is_machinery(line) else _who_wrote(line)


def _is_machinery(line: Shape) -> bool:
    if line.heading:
        return furniture.kind(line.text) is Frame.HASHTAGS
    return bool(furniture.kind(line.text) or (line.mark and furniture.kind(line.body)))


def _who_wrote(line: Shape) -> Label | None:
    if line.mark in _WRITING_HANDS and bylines.signed(line.body):
        return Label.AUTHOR
    if bylines.is_no_name(line.body):
        return Label.META
    if not (bylines.credited(line.body) or bylines.says_who(line.body)):
        return None
    return Label.META if page.is_neighbour(line) else Label.AUTHOR  # «نوشته قبلی …»


def _related(shapes: Sequence[Shape], labels: Labels) -> None:
    """What follows a heading over related links: short lines, as long as they keep the first one's mark.

    Over the story it heads nothing: the headline would be its first link.
    """
    titled = (at for at in unlabelled(labels) if not furniture.is_section(shapes[at].body))
    story = next(titled, len(labels))
    for at, each in enumerate(labels):
        if each is not Label.RELATED_HEADING:
            continue
        if at < story:
            labels[at] = Label.META
        else:
            _related_items(shapes, labels, at + 1)


def _related_items(shapes: Sequence[Shape], labels: Labels, start: int) -> None:
    items: list[int] = []
    links: list[int] = []
    for at in range(start, len(shapes)):
        line = shapes[at]
        if labels[at] is Label.BLANK:
            continue
        if labels[at] is Label.META and frames.frame(line.text) is Frame.LINK:
            (links if items else items).append(at)
        elif labels[at] is None and _continues(shapes, labels, at, items):
            items.append(at)
        else:
            break
    addressed = len(links) == len(items) or any("://" in shapes[at].text for at in items)
    for at in items:
        labels[at] = Label.RELATED
    for at in links:  # an address under the last of titles that have none is the story's own
        if addressed or at < items[-1]:
            labels[at] = Label.RELATED


def _continues(shapes: Sequence[Shape], labels: Labels, at: int, items: Sequence[int]) -> bool:
    """Whether a line is one more title under those found so far."""
    if not items:
        return _is_item(shapes[at], None) and not (
            titles.is_text(shapes[at]) and not shapes[at].mark and _is_sentence(shapes[at])
        )
    if shapes[items[0]].words >= _LINK_WORDS and shapes[at].words <= _TAG_WORDS and not shapes[at].mark:
        return False
    return _is_item(shapes[at], shapes[items[0]]) and not _goes_on(shapes, labels, at)


def _goes_on(shapes: Sequence[Shape], labels: Labels, at: int) -> bool:
    """Whether the story goes on under its links: a full sentence, or a question that is answered."""
    line = shapes[at]
    if line.mark:
        return False
    if _is_sentence(line):
        return True
    under = next_line(labels, at)
    return line.asks and under is not None and labels[under] is None and _is_sentence(shapes[under])


def _is_sentence(line: Shape) -> bool:
    return line.body.endswith(".") and line.words >= _SENTENCE_WORDS


def _is_item(line: Shape, first: Shape | None) -> bool:
    if line.words > _ITEM_WORDS or line.introduces or line.heading:
        return False
    if bylines.is_note(line.body):
        return False
    if first is None:
        return True
    told = line.finished and line.words > _TITLE_WORDS and not first.finished  # the story goes on
    return (line.mark is None) == (first.mark is None) and not told


def _author_notes(shapes: Sequence[Shape], labels: Labels) -> None:
    """What stands under «درباره نویسنده» or «نویسنده:»; the last paragraph when it presents who writes."""
    for at, line in enumerate(shapes[:-1]):
        if (
            labels[at] is Label.AUTHOR
            and labels[at + 1] is None
            and bylines.is_photo_credit(shapes[at + 1].body)
        ):
            labels[at + 1] = Label.META
        if bylines.is_bare_role(line.body) and labels[at + 1] is None and bylines.signed(shapes[at + 1].body):
            labels[at : at + 2] = Label.META, Label.AUTHOR
        if labels[at] is Label.AUTHOR and bylines.is_bare_heading(line.body) and labels[at + 1] is None:
            labels[at + 1] = Label.AUTHOR
    last = next((at for at in reversed(range(len(labels))) if labels[at] is None), None)
    if last is not None and bylines.is_note(shapes[last].body):
        labels[last] = Label.AUTHOR


def _linked(shapes: Sequence[Shape], labels: Labels) -> None:
    """Lines that are a link and no more, under the first line, are what to read besides."""
    for at in list(unlabelled(labels))[1:]:
        if url := related.address(shapes[at].body):
            labels[at] = Label.META if frames.frame(url) is Frame.CHANNEL else Label.RELATED


def _headings(shapes: Sequence[Shape], labels: Labels) -> None:
    """Short unfinished lines over a paragraph; where the copy leaves more room over some, only those."""
    _marked_up(shapes, labels)
    _steps(shapes, labels)
    _named_parts(shapes, labels)
    candidates = [at for at in unlabelled(labels) if _may_head(shapes, labels, at)]
    apart = [_blanks_before(labels, at) > 0 for at in unlabelled(labels)]
    if sum(apart) * _APART[1] > len(apart) * _APART[0]:  # lines that adjoin are told, as in a book's extract
        candidates = [at for at in candidates if _blanks_before(labels, at)]
    roomy = [at for at in candidates if _blanks_before(labels, at) >= 2]
    if roomy:
        candidates = roomy
    elif _is_interview(shapes, labels, [at for at in candidates if shapes[at].asks], _MANY_QUESTIONS):
        candidates = [at for at in candidates if not shapes[at].asks]
    for at in candidates:
        labels[at] = Label.HEADING


def _steps(shapes: Sequence[Shape], labels: Labels) -> None:
    """«مرحله اول:», «گام ۲:» over text, two or more."""
    steps = [at for at in unlabelled(labels) if frames.is_only(_STEP, shapes[at].body)]
    for at in steps if len(steps) > 1 else ():
        under = next_line(labels, at)
        if under is not None and labels[under] in {None, Label.BULLET}:
            labels[at] = Label.HEADING


def _named_parts(shapes: Sequence[Shape], labels: Labels) -> None:
    """«مقدمه:», «طرز تهیه:» over text: words that only name the part under them, though with a colon."""
    for at in unlabelled(labels):
        under = next_line(labels, at) if frames.is_only(_PART, shapes[at].body) else None
        if under is not None and labels[under] is None and titles.is_text(shapes[under]):
            labels[at] = Label.HEADING


def _marked_up(shapes: Sequence[Shape], labels: Labels) -> None:
    """Lines marked up as headings are; but bold ones that ask may be an interview's questions."""
    bold = [at for at in unlabelled(labels) if shapes[at].heading and not shapes[at].text.startswith("#")]
    asking = [at for at in bold if shapes[at].asks]
    interview = len(asking) * 2 > len(bold) and _is_interview(shapes, labels, asking, _BOLD_QUESTIONS)
    for at in unlabelled(labels):
        if shapes[at].heading:
            labels[at] = Label.PARAGRAPH if interview and shapes[at].asks else Label.HEADING


def _is_interview(shapes: Sequence[Shape], labels: Labels, asking: Sequence[int], least: int) -> bool:
    """Whether questions are put to somebody («چه کردید؟»); a guide's («سهمیه چقدر است؟») are headings."""
    if len(asking) < least:
        return False
    top = (line.body for line, each in zip(shapes, labels, strict=True) if each in _TOP)
    if any(_INTERVIEW.search(frames.fold(text)) for text in top):
        return True
    return sum(bool(_YOU.search(shapes[at].body)) for at in asking) * 3 >= len(asking)


def _may_head(shapes: Sequence[Shape], labels: Labels, at: int) -> bool:
    """Whether a line looks like a heading, and what stands under it like text."""
    if not _short(shapes[at]) or shapes[at].quote or opening.is_salutation(shapes[at]):
        return False
    if _QUESTION.match(shapes[at].body):
        return False
    following = next_line(labels, at)
    if following is None or _REPORTS.match(shapes[at].body) or _runs_on(shapes, labels, at):
        return False
    if labels[following] in {Label.LIST_INTRO, Label.QUOTE, Label.BULLET, Label.HEADING}:
        return labels[following] is not Label.HEADING or shapes[following].introduces
    return labels[following] is None and not _short(shapes[following])


def _runs_on(shapes: Sequence[Shape], labels: Labels, at: int) -> bool:
    """Whether a line adjoins a text that its own line does not end, as hard wraps and told verse do."""
    over = shapes[at - 1] if at and labels[at - 1] in {None, Label.PARAGRAPH, Label.LEDE} else None
    if over is None or over.finished or over.introduces:
        return False
    return (
        over.words > _WRAPPED_WORDS
        and len(over.text) <= _WRAPPED
        and len(shapes[at].text) * 10 >= len(over.text) * 7
    )


def _short(line: Shape) -> bool:
    if line.words > _HEADING_WORDS or line.introduces:
        return False
    return not line.finished or line.body.endswith(("؟", "?", "!"))


def _blanks_before(labels: Labels, at: int) -> int:
    count = 0
    while at - count - 1 >= 0 and labels[at - count - 1] is Label.BLANK:
        count += 1
    return count


def _signatures(shapes: Sequence[Shape], labels: Labels) -> None:
    """The last line or two, under a complete body, that only name a person, their work, or an office."""
    body = list(takewhile(lambda at: labels[at] in _BELOW_BODY, reversed(range(len(labels)))))
    signed = [at for at in body if labels[at] is None]
    signed = list(takewhile(lambda at: bylines.signed(shapes[at].body), signed))
    if not signed or len(signed) > _SIGNATURES or not _below_text(shapes, labels, signed[-1]):
        return
    for at in signed:
        labels[at] = Label.META if bylines.is_office(shapes[at].body) else Label.AUTHOR


def _below_text(shapes: Sequence[Shape], labels: Labels, at: int) -> bool:
    """Whether a sentence, a point or machinery stands over a line, so that it stands under the body."""
    over = previous_line(labels, at)
    if over is None or labels[over] in {Label.HEADLINE, Label.KICKER, Label.DATELINE}:
        return False
    return labels[over] not in {None, Label.LEDE} or shapes[over].finished


def _quotes(shapes: Sequence[Shape], labels: Labels) -> None:
    for at in unlabelled(labels):
        if shapes[at].quote:
            labels[at] = Label.QUOTE


_PASSES: tuple[Callable[[Sequence[Shape], Labels], None], ...] = (
    letters.mark,
    parts.mark,
    _related,
    _author_notes,
    _linked,
    repeats.mark_tabs,
    page.mark,
    titles.mark,
    page.mark_between,
    opening.mark,
    repeats.mark,
    poems.mark,
    tables.mark,
    talks.mark,
    lists.mark,
    _quotes,
    _signatures,
    below.mark,
    _headings,
)
