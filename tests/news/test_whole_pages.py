"""A hundred and one whole pages in the layouts of as many outlets, every line with its truth. All words are our own.

`data/whole_pages.txt`: a page begins with «### name», its lines are «LABEL|text» with the labels below. Each lot was
written before it was first read; docs/structure.md has how they were read.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.news.structure import lines
from bot.news.structure.labels import Label

PAGES = Path(__file__).parents[1] / "data" / "whole_pages.txt"
GONE = {Label.META, Label.REPEATED, Label.BLANK, Label.DATELINE}
MAY_BE = {
    "H": {Label.HEADLINE},
    "K": {Label.KICKER},
    "L": {Label.LEDE},
    "P": {Label.PARAGRAPH, Label.QUOTE, Label.LIST_INTRO},
    "S": {Label.HEADING},
    "LI": {Label.LIST_INTRO, Label.PARAGRAPH},
    "B": {Label.BULLET, Label.CONTINUED},
    "V": {Label.QUOTE},
    "R": {Label.RELATED},
    "BY": {Label.AUTHOR, Label.DATELINE},
    "TAG": GONE | {Label.KEYWORD},
    "SRC": GONE | {Label.SOURCE},
    "CAT": GONE | {Label.KICKER, Label.KEYWORD},
    "RH": GONE | {Label.RELATED_HEADING},
}


def pages() -> Iterator[list[tuple[str, str]]]:
    for page in PAGES.read_text().split("### ")[1:]:
        rows = page.rstrip("\n").split("\n")[1:]
        yield [(label.strip(), text) for label, _, text in (row.partition("|") for row in rows)]


@pytest.mark.parametrize("blank", [False, True])
def test_whole_pages_are_read_as_well_as_the_documents_say(*, blank: bool) -> None:
    right = of = 0
    for page in pages():
        rows = [row for each in page for row in (each, ("", ""))] if blank else page
        read = lines.label([text.strip() for _, text in rows])
        told = [
            found in MAY_BE.get(label, GONE) for (label, _), found in zip(rows, read, strict=True) if label
        ]
        right, of = right + sum(told), of + len(told)

    assert right / of >= LEAST


LEAST = 0.95
