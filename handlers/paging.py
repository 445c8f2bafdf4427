"""A long list, page by page: which page it is, and the row of buttons that turns it. Knows no list.

Nothing older becomes unreachable: every list that may grow is shown by one of these.
"""

from dataclasses import dataclass

from bot.line.calls import Keyboard
from bot.words import Words
from handlers.talk import button, in_reading_order

SIZE = 8
"""Lines of a page: so many titles a person takes in at a glance, on a telephone."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of `count` things, `size` on each; `number` counts from 0."""

    number: int
    count: int
    size: int = SIZE

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // self.size))

    @property
    def skip(self) -> int:
        """Things on the pages before it."""
        return self.number * self.size


def page_of(number: int, count: int, size: int = SIZE) -> Page:
    """The page of that number, or the last one there is: the list may have become shorter since."""
    last = max(0, -(-count // size) - 1)
    return Page(number=max(0, min(number, last)), count=count, size=size)


def turning(say: Words, page: Page, *data: object) -> Keyboard:
    """A row that turns the pages, with "1 of 6" in its middle; none where there is just one page.

    Its buttons call back with `data` and the page's number behind it.
    """
    if page.pages == 1:
        return []
    here = say("{number} of {count}", number=page.number + 1, count=page.pages)
    row = [button(here, *data, page.number)]
    if page.number > 0:
        row.insert(0, button(say("← Previous"), *data, page.number - 1))
    if page.number < page.pages - 1:
        row.append(button(say("Next →"), *data, page.number + 1))
    return [in_reading_order(row, say)]
