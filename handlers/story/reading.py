"""Copy read for the desk, aside where it is long (`bot.aside`)."""

from bot.aside import worked_out
from bot.news import copydesk
from bot.news.model import Article
from bot.news.spelling.house_style import HouseStyle


def read(copy: str, style: HouseStyle) -> Article:
    """`copydesk.read`, what was repaired kept.

    Raises:
        CopyError: no story can be made of it.
    """
    return worked_out(copydesk.read, len(copy), copy, style, record=True)
