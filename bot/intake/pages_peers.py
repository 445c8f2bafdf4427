"""The two extractors that are asked besides, for their votes alone. Knows what they are good and bad at.

Measured on pages of our own (docs/benchmarks.md): newspaper4k keeps half-spaces and invents no date,
trafilatura deletes every half-space and is the better judge of what is no text. No letter of theirs goes
into a story: they say which lines of the page they take. Neither may fetch: pictures are off, and who
calls this has closed the network.
"""

import re
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass

from bot.news.folding import folded

MAX_PAGE = 1_500_000
"""Characters of a page that they are given; more takes them minutes."""
MAX_ELEMENTS = 12_000
"""Of a page that they are given."""
_SECONDS = 1.0
"""Of the processor, for each of them: a story's page takes a hundredth."""
_AGAIN = 0.05
_LANGUAGES = ("fa", "en", "ar", "ku", "fr", "de", "tr", "ru")
_CUT = ("…", "...")
_KEY = 60
_TELLING = 20
_PIECE = 500  # `folded` keeps so much of a text


@dataclass(frozen=True, slots=True)
class Peer:
    """What one of them says; `text` as `key_of` has it."""

    title: str = ""
    text: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    image: str = ""

    def takes(self, key: str) -> bool:
        """Whether it takes a line into the story."""
        return bool(key) and key in self.text


def load() -> None:
    """Import both, some seconds' work."""
    import newspaper  # noqa: F401
    import trafilatura  # noqa: F401


def key_of(text: str) -> str:
    """A line's beginning as votes compare it."""
    return folded(text)[:_KEY]


def folded_whole(text: str) -> str:
    """A text of any length, folded line by line."""
    return "\n".join(
        "".join(folded(line[at : at + _PIECE]) for at in range(0, len(line), _PIECE))
        for line in text.split("\n")
    )


def asked(page: str, url: str, language: str) -> tuple[Peer, ...]:
    """Both; one that stumbles over the page, or takes too long, has no voice."""
    if len(page) > MAX_PAGE:
        return ()
    asks: tuple[Callable[[], Peer], ...] = (
        lambda: newspaper(page, url, language),
        lambda: trafilatura(page, url),
    )
    found: list[Peer] = []
    for ask in asks:
        with suppress(Exception, _TooLong), _within(_SECONDS):  # a stranger's page in a stranger's code
            found.append(ask())
    return tuple(found)


class _TooLong(BaseException):
    """Nobody but us catches it."""


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    """Break off what needs more of the processor; only the main thread can be interrupted."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def late(*_: object) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGVTALRM, late)
    with ExitStack() as ends:
        for _ in range(2):  # the first may itself be interrupted
            ends.callback(signal.signal, signal.SIGVTALRM, before)
            ends.callback(signal.setitimer, signal.ITIMER_VIRTUAL, 0)
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN)  # again, if a bare `except` caught the first
        yield


def newspaper(page: str, url: str, language: str) -> Peer:
    from newspaper import Article

    spoken = language[:2] if language[:2] in _LANGUAGES else "fa"
    article = Article(url or "https://page.invalid/", language=spoken, fetch_images=False)
    article.download(input_html=page)
    article.parse()
    return Peer(
        title=article.title or "",
        text=folded_whole(article.text or ""),
        authors=tuple(article.authors or ()),
        published=article.publish_date.isoformat() if article.publish_date else "",
        image=article.top_image or "",
    )


def trafilatura(page: str, url: str) -> Peer:
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    found = bare_extraction(
        page,
        url=url or None,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if not isinstance(found, Document):
        return Peer()
    return Peer(
        title=found.title or "",
        text=folded_whole(found.text or ""),
        authors=tuple(filter(None, re.split(r"\s*;\s*", found.author or ""))),
        published=found.date or "",
        image=found.image or "",
    )


def best_of(candidates: Iterable[tuple[str, float]]) -> str:
    """What has most votes: candidates alike when folded vote together, one cut short for the whole of it.

    The text is the winning group's heaviest spelling that is not cut short.
    """
    groups: list[list[tuple[str, float]]] = []
    for text, weight in candidates:
        if not (letters := folded(text)):
            continue
        mine = next((group for group in groups if _alike(folded(group[0][0]), letters)), None)
        if mine is None:
            groups.append([(text, weight)])
        else:
            mine.append((text, weight))
    if not groups:
        return ""
    chosen = max(groups, key=lambda group: sum(weight for _, weight in group))
    spellings: dict[str, float] = {}
    for text, weight in chosen:
        spellings[text] = spellings.get(text, 0) + weight
    whole = [text for text in spellings if not text.endswith(_CUT)] or list(spellings)
    return max(whole, key=lambda text: spellings[text])


def _alike(first: str, second: str) -> bool:
    """Whether two folded titles are one, the shorter cut off or without what a site puts behind."""
    short, long = sorted((first, second), key=len)
    return first == second or (
        len(short) >= _TELLING and long.startswith(short) and len(short) > len(long) * 0.5
    )
