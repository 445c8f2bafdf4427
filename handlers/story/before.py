"""What the archive knows of a story that was told before, as its card says it while nobody has decided."""

from typing import Final

from bot.archive.twice import Why
from bot.desk.stories import GONE, OUT
from bot.line.calls import Keyboard
from bot.news.model import Article
from bot.news.posts import for_staff
from bot.news.told import ToldBefore
from bot.words import N_, Words

SENTENCES: Final[dict[str, str]] = {
    Why.PAGE: N_("🗂 That page is a story already: “{headline}” — {place}"),
    Why.TEXT: N_("🗂 Told already, word for word: “{headline}” — {place}"),
    Why.COPY: N_("🗂 Told already, in nearly the same words: “{headline}” — {place}"),
}
_OVER: Final = OUT | GONE


def of(article: Article) -> tuple[ToldBefore, ...]:
    """What there is to say, as long as the story can still be left."""
    if article.state in _OVER:
        return ()
    return tuple(each for each in article.told_before if each.why in SENTENCES)


def ways(article: Article, say: Words) -> Keyboard:
    """The ways there, for what has one."""
    return [
        [
            {
                "text": say("👁 See what is out: {headline}", headline=for_staff.shortened(each.headline, 30)),
                "url": each.url,
            }
        ]
        for each in of(article)
        if each.url
    ]
