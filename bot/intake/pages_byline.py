"""Who wrote a page: the person that most voices name. Knows what is no person's name."""

import re
from collections.abc import Sequence

from bot.intake.pages_marked import Marked
from bot.intake.pages_peers import Peer, best_of
from bot.intake.pages_said import Said, texts
from bot.news.folding import folded
from bot.news.structure import bylines, outlets

_LABEL = re.compile(
    r"^(?:by|written by|author|reporter|نویسند[هۀ]|نوشته(?: شده)?(?: توسط)?|خبرنگار|گزارشگر|گزارش از|به "
    r"قلم|از|توسط|مترجم|تهیه"
    r"(?:[ \u200c]کننده)?|دبیر|نگارنده)\s*[:：/-]?\s+|^(?:نویسنده|خبرنگار)\s*[:：]\s*",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\s*(?:[|•·,،/–—]| - | در (?=\S+ ?\d|شنبه|یک|دو|سه|چهار|پنج|جمعه)).*$|\s+\d.*$", re.DOTALL
)
_TOLD = re.compile(
    r"(?:نویسنده|خبرنگار|گزارشگر|گزارش از|به قلم|نگارنده|مترجم)\s*:\s*(?P<name>\D{3,40})"
    r"|(?:نوشته|منتشر|ارسال)(?: شده)?\b.{0,60}?توسط\s+(?P<by>\D{3,40})"
)
_NOBODY = frozenset(
    map(
        folded,
        "admin administrator ادمین مدیر سردبیر تحریریه editor editorial staff newsroom webmaster root "
        "user guest "
        "unknown anonymous مدیرسایت خبرنگار نویسنده کاربر ناشناس خبرنگارسایت گروه_خبر گروه_خبری news desk "
        "مدیر_سایت تیم_تحریریه گروه_تحریریه newsdesk author by توسط نوشته‌شده‌توسط".replace(
            "_", "\u200c"
        ).split(),
    )
)


def byline(said: Said, marked: Marked, peers: Sequence[Peer], site: str, lines: Sequence[str]) -> str:
    """A person's name, or ""; `lines`: short ones beside the story, which may say it."""
    voices = [(author, 2.0) for author in _authors(said)]
    voices += [
        (text, 1.0)
        for text in said.of(
            "author", "article:author", "dc.creator", "parsely-author", "byl", "twitter:data1"
        )[:3]
    ]
    voices += [(text, 1.5) for text in marked.written_by()[:4]]
    voices += [(text, 0.6) for peer in peers for text in peer.authors[:2]]
    voices += [(found["name"] or found["by"], 1.2) for line in lines if (found := _TOLD.search(line))]
    named = [(name, weight) for text, weight in voices if (name := person(text, site))]
    return best_of(named)


def _authors(said: Said) -> list[str]:
    """The persons among JSON-LD's authors."""
    authors = said.article.get("author") or said.article.get("creator")
    listed = authors if isinstance(authors, list) else [authors]
    persons = [
        each for each in listed if not (isinstance(each, dict) and "rganization" in str(each.get("@type")))
    ]
    return [text for each in persons[:3] for text in texts(each)[:1]]


def is_signature(text: str) -> bool:
    """Whether a line is a label and a name and no more: «By Maya Lindqvist»."""
    return _LABEL.match(text) is not None and bool(person(text, "")) and len(text.split()) <= 6


def person(text: str, site: str) -> str:
    """The name in what a voice says, without its label and what follows; "" where it is nobody's."""
    name = _BEHIND.sub("", _LABEL.sub("", text.strip())).strip(" .:-–—|«»\"'")
    name = name.removesuffix(" در").strip()
    letters = folded(name)
    if not letters or letters in _NOBODY or letters == folded(site) or "@" in name or "/" in name:
        return ""
    if any(char.isdigit() for char in name) or not 1 <= len(name.split()) <= 5 or len(name) > 50:
        return ""
    if outlets.alone(name) or bylines.is_no_name(name) or (letters in folded(site)):
        return ""
    return name
