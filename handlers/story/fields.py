"""What the fields of a story are called, in the words of its staff."""

from bot.news.model import Article
from bot.news.times import calendar
from bot.words import N_, Words
from handlers.story import kinds
from handlers.story import switched as switches

NAMES = {
    "kicker": N_("Kicker"),
    "headline": N_("Headline"),
    "headline_proposed": N_("Headline"),
    "lede": N_("Lede"),
    "key_points": N_("Key points"),
    "text": N_("Text"),
    "sections": N_("Text"),
    "related": N_("Related links"),
    "buttons": N_("Buttons under the post"),
    "switches": N_("How it is sent"),
    "byline": N_("Byline"),
    "author_bio": N_("About the author"),
    "dateline": N_("Dateline"),
    "source": N_("Source"),
    "source_url": N_("Address of the source"),
    "category": N_("Category"),
    "keywords": N_("Keywords"),
    "hashtags": N_("Hashtags"),
    "ed_note": N_("Note to colleagues"),
    "urgency": N_("Urgency"),
    "embargoed_until": N_("Embargo"),
    "media": N_("Media"),
    "language": N_("Language"),
    "repairs": N_("Repairs"),
}
_CHOICES = ("urgency", "embargoed_until", "language")


def called(names: object, say: Words) -> str:
    """Fields by their names, once each; of a name that is not known, "…"."""
    known = [say(NAMES.get(str(name), "…")) for name in names] if isinstance(names, list) else []
    return say(", ").join(dict.fromkeys(known))


def chosen(was: Article, now: Article, zone: str, say: Words) -> list[str]:
    """What is no text and is another one, a line each: before → after."""
    lines = []
    for field in _CHOICES:
        before, after = (_shown(getattr(article, field), zone, say) for article in (was, now))
        if before != after:
            lines.append(
                say("{field}: {before} → {after}", field=say(NAMES[field]), before=before, after=after)
            )
    lines += switches.differences(was, now, say)
    if was.media != now.media:
        before, after, name = kinds.counted(was.media, say), kinds.counted(now.media, say), NAMES["media"]
        lines.append(say("{field}: {before} → {after}", field=say(name), before=before, after=after))
    return lines


def _shown(value: object, zone: str, say: Words) -> str:
    match value:
        case None:
            return "–"
        case int():
            return str(say.number(value))
        case str():
            return value
        case _:
            return calendar.show(value, zone, say.language)  # type: ignore[arg-type]
