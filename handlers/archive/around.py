"""What the archive knows around a story: told already, and what is related. Asked in a thread."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from bot.archive import related, taking_in, twice
from bot.archive.related import Kin, Told
from bot.archive.twice import Twin
from bot.desk import archived, rights
from bot.news.archive.entry import Entry
from bot.news.archive.words import folded, stems
from bot.news.model import Article
from storage import Storage
from storage.archive_reading import ArchiveReading, Scope

PRESSED = ("archive.around:", "archive.relate:")
MOST = 5
_REASONS = 3  # shared words that are named


@dataclass(frozen=True, kw_only=True)
class Around:
    """`reasons` are words of the story that the related one has too, as the story writes them."""

    version: int
    twins: tuple[tuple[Twin, Entry], ...]
    kin: tuple[tuple[Kin, Entry], ...]
    reasons: dict[int, tuple[str, ...]]


def asked(payload: dict[str, Any]) -> tuple[int, int] | None:
    """Who asks about which story; None for any other update."""
    press = payload.get("callback_query")
    data = str(press.get("data") or "") if isinstance(press, dict) else ""
    if not data.startswith(PRESSED):
        return None
    id, person = data.split(":")[1], _id_of(press)
    return (person, int(id)) if person and id.isascii() and id.isdigit() and len(id) < 19 else None


def _id_of(press: Any) -> int:
    person = press.get("from") if isinstance(press, dict) else None
    id = person.get("id") if isinstance(person, dict) else None
    return id if isinstance(id, int) else 0


async def found(storage: Storage, wish: tuple[int, int], now: datetime) -> Around | None:
    """What there is around the story, within what the person may see; None where they may see nothing."""
    person, article_id = wish
    async with storage.begin() as db:
        who, article = await db.staff.get(person), await db.articles.get(article_id)
    if who is None or article is None or not rights.may_see(who, article):
        return None
    own = Scope(own=archived.only_of(who), without=article.id)
    return await storage.asked(partial(_looked_up, article=article, own=own, now=now))


def _looked_up(reading: ArchiveReading, *, article: Article, own: Scope, now: datetime) -> Around:
    named = "\n".join(link.title for link in article.related)
    text = taking_in.text_of(article)
    told = Told(
        headline=article.headline,
        text=f"{text}\n{named}",
        url=article.source_url,
        section=article.category,
        at=now,
    )
    itself = Told(headline=article.headline, text=text, url=article.source_url, at=now)
    twins = twice.found(reading, itself, own)[:MOST]
    out = Scope(only_out=True, without=article.id)
    kin = related.found(reading, told, out, limit=MOST + len(twins))
    kin = [each for each in kin if each.id not in {twin.id for twin in twins}][:MOST]
    entries = reading.entries([each.id for each in twins] + [each.id for each in kin])
    written = _as_written(f"{article.headline} {text}")
    return Around(
        version=article.version,
        twins=tuple((each, entries[each.id]) for each in twins if each.id in entries),
        kin=tuple((each, entries[each.id]) for each in kin if each.id in entries),
        reasons={
            each.id: tuple(written[word] for word in each.shared if word in written)[:_REASONS]
            for each in kin
        },
    )


def _as_written(text: str) -> dict[str, str]:
    """The words of a text by their stems, each as it stands there first."""
    found: dict[str, str] = {}
    for word in text.split():
        bare = word.strip("«»()،؛:.!؟?\"'")
        for stem in stems(folded(bare))[:1] if bare else ():
            found.setdefault(stem, bare)
    return found
