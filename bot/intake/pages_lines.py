"""The lines of a story without what stands round them on its page: names and days above, the site below."""

import re
from collections.abc import Sequence

from bot.intake import pages_body, pages_dates, pages_tree
from bot.intake.pages_byline import is_signature
from bot.intake.pages_marked import Marked
from bot.intake.pages_tree import Block, Node
from bot.news.folding import folded

_LONGEST_SIGNATURE = 60
_TOP = 5
_ENDS = re.compile(
    r"(?:Reporting by|Additional reporting|Editing by|Our Standards|Sign up|Subscribe to|Follow us|Share this"
    r"|\w+ \w+ is an? (?:\w+ ){0,6}(?:reporter|correspondent|editor|journalist|columnist|writer)\b"
    r"|Copyright|©|All rights reserved|ما را در .{3,40} دنبال کنید|برای عضویت در کانال|تمامی? حقوق)",
    re.IGNORECASE,
)
"""How lines under a story begin that are about the site."""
_ADVERTS = frozenset(map(folded, ("advertisement", "skip advertisement", "آگهی", "تبلیغات", "تبلیغ")))


def story_lines(
    body: pages_body.Body, above: Sequence[str], marked: Marked, title: Node | None
) -> tuple[Block, ...]:
    """The body without what already stands over it, and captions."""
    said = {folded(text) for text in above if text}
    dates = {folded(text) for text in marked.dated(title)}
    writers = {folded(text) for text in marked.written_by()}
    kept = [line for line in body.lines if line.kind != "caption" and not _is_in_figure(line)]
    kept = [line for line in kept if folded(line.text) not in _ADVERTS]
    signed = said | dates | writers
    top = [line for line in kept[:_TOP] if not _is_signature(line, signed, writers)]
    kept = [*top, *kept[_TOP:]]
    while kept and _ENDS.match(kept[-1].text):
        kept.pop()
    return tuple(line for line in kept if folded(line.text) not in said)


def _is_signature(line: Block, signed: set[str], writers: set[str]) -> bool:
    """Whether a line over the text only says who and when: «مهتاب ادیب · ۵ دقیقه مطالعه · ۳۰ آبان ۱۴۰۵»."""
    letters = folded(line.text)
    if letters in signed:
        return True
    if (
        line.kind != "paragraph"
        or len(line.text) > _LONGEST_SIGNATURE
        or line.text.endswith((".", "!", "؟", "?", ":"))
    ):
        return False
    named = is_signature(line.text) or any(
        writer and writer in letters and len(letters) < len(writer) + 30 for writer in writers
    )
    return named or (len(line.text.split()) <= 9 and pages_dates.read(line.text) is not None)


def _is_in_figure(line: Block) -> bool:
    return any(pages_tree.tag(outer) in ("figure", "picture") for outer in pages_tree.above(line.node))
