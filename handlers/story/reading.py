"""Copy read for the desk, aside where it is long (`bot.aside`)."""

from bot import counting
from bot.aside import worked_out
from bot.news import copydesk
from bot.news.model import Article
from bot.news.spelling.house_style import HouseStyle


def read(copy: str, style: HouseStyle) -> Article:
    """`copydesk.read`, what was repaired kept.

    Raises:
        CopyError: no story can be made of it.
    """
    return worked_out(_timed, len(copy), copy, style)


def _timed(copy: str, style: HouseStyle) -> Article:
    with counting.COPYDESK.timed():
        return copydesk.read(copy, style, record=True)
