"""`/log`: the record of who did what, newest first, as it is narrowed; and handed out as a file."""

from collections.abc import Mapping
from typing import Any

from bot import exporting
from bot.desk import record
from bot.errors import NotFound
from bot.line.calls import Keyboard
from bot.line.courier import OTHERWISE
from bot.news.model import Article, Channel, Message, Staff
from bot.news.posts import for_staff
from bot.news.talk import AuditEntry
from bot.news.times import calendar
from bot.words import N_, Words, words
from handlers.record import verbs, which
from handlers.record.which import Which
from handlers.talk import Talk, button, in_reading_order, titled
from storage import Storage

SIZE = 8
"""Entries of a page."""
_NOT_MADE = N_("The file could not be made: a fault on our side. Narrow the record and try again.")


async def command(talk: Talk, rest: str) -> None:
    """`/log`, for owners; in private, wherever it was asked for."""
    del rest
    await talk.reply(*await _page(talk, Which(), ""), to=talk.who.id)


async def show(talk: Talk, word: str, place: str = "") -> None:
    """A page: behind ("b12") or before ("a12") an entry, or the newest."""
    await talk.amend(*await _page(talk, which.of(word), place))
    await talk.answer()


async def export(talk: Talk, word: str, form: str) -> None:
    """The record, as it is narrowed, as a file."""
    if form not in exporting.FORMS:
        raise NotFound("button")
    sought = which.of(word).sought(talk.house.time_zone)
    await record.hand_out(talk.desk, form)
    asked = {**exporting.asked_as_json(sought, form), "language": talk.words.language}
    unmade = ["sendMessage", {"chat_id": talk.who.id, "text": talk.words(_NOT_MADE)}]
    params = {"chat_id": talk.who.id, "document": asked, OTHERWISE: unmade}
    await talk.db.notices.add(talk.who.id, "sendDocument", params)
    await talk.answer(talk.words("The file is on its way."))


async def file(storage: Storage, asked: Mapping[str, Any]) -> tuple[str, bytes, str]:
    """The file that a notice holds the wish for: its name and content, and the words under it."""
    document, say = await exporting.made(storage, asked), words(asked["language"])
    caption = say("The record, the newest first.")
    if not document.whole:
        caption += " " + say("What is older had no room in it: narrow the record to get that too.")
    return document.name, document.content, caption


async def _page(talk: Talk, chosen: Which, place: str) -> tuple[Message, Keyboard]:
    say, sought = talk.words, chosen.sought(talk.house.time_zone)
    before, after = _entry(place, "b"), _entry(place, "a")
    found = await record.page(talk.desk, sought, limit=SIZE + 1, before=before, after=after)
    more = len(found) > SIZE
    entries = found[-SIZE:] if after else found[:SIZE]
    told = await _Told.of(talk, entries, chosen)
    lines = [told.line(entry, talk) for entry in entries] or [say("Nothing of that kind was done.")]
    title = say("What was done")
    if narrowed := told.narrowed(chosen, say):
        title = f"{title} · {narrowed}"
    rows: Keyboard = []
    turn = []
    if entries and (more if after else before is not None):
        turn.append(button(say("← Newer"), "record.show", chosen.word, f"a{entries[0].id}"))
    if entries and (True if after else more):
        turn.append(button(say("Older →"), "record.show", chosen.word, f"b{entries[-1].id}"))
    if turn:
        rows.append(in_reading_order(turn, say))
    return titled(title, "\n".join(lines)), [*rows, *_ways(chosen, say)]


def _entry(place: str, side: str) -> int | None:
    number = place.removeprefix(side)
    if not place.startswith(side) or not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    return int(number)


def _ways(chosen: Which, say: Words) -> Keyboard:
    word = chosen.word
    rows: Keyboard = [
        [
            button(say("👤 Person"), "record.people", word, 0),
            button(say("📣 Channel"), "record.channels", word, 0),
        ],
        [button(say("📄 Story"), "record.stories", word), button(say("📅 Day"), "record.days", word, 0)],
    ]
    if word != which.ALL:
        rows.append([button(say("✖️ Everything again"), "record.show", which.ALL)])
    files = [
        button(say("⬇️ As CSV"), "record.export", word, "csv"),
        button(say("⬇️ As JSON Lines"), "record.export", word, "jsonl"),
    ]
    return [*rows, files]


class _Told:
    """The names of what a page of the record tells of, read once."""

    def __init__(
        self,
        people: Mapping[int, Staff],
        channels: Mapping[int, Channel],
        articles: Mapping[int, Article],
    ) -> None:
        self._people, self._channels, self._articles = people, channels, articles

    @classmethod
    async def of(cls, talk: Talk, entries: tuple[AuditEntry, ...], chosen: Which) -> "_Told":
        people = {chosen.person, *(entry.person_id for entry in entries)} - {None}
        channels = {chosen.channel, *(entry.channel_id for entry in entries)} - {None}
        articles = {chosen.article, *(entry.article_id for entry in entries)} - {None}
        return cls(
            await talk.db.staff.some({id for id in people if id}),
            await talk.db.channels.some({id for id in channels if id}),
            await talk.db.articles.some({id for id in articles if id}),
        )

    def line(self, entry: AuditEntry, talk: Talk) -> str:
        """One entry: when, who, what, with what, where."""
        say = talk.words
        when = calendar.show(entry.at, talk.house.time_zone, say.language)
        what = [verbs.named(entry, say), *self._about(entry.article_id, entry.channel_id)]
        return f"• {when} — {self._person(entry.person_id, say)}: {' · '.join(what)}"

    def narrowed(self, chosen: Which, say: Words) -> str:
        """What the record is narrowed to."""
        parts = [self._person(chosen.person, say)] if chosen.person else []
        parts += self._about(chosen.article, chosen.channel)
        parts += [calendar.show_day(chosen.day, say.language)] if chosen.day else []
        return " · ".join(parts)

    def _about(self, article_id: int | None, channel_id: int | None) -> list[str]:
        article, channel = self._articles.get(article_id or 0), self._channels.get(channel_id or 0)
        about = [for_staff.quoted(for_staff.shortened(article.headline, 60))] if article else []
        return about + ([for_staff.name(channel.title)] if channel else [])

    def _person(self, person_id: int | None, say: Words) -> str:
        """0 is the bot itself."""
        if not person_id:
            return say("the bot")
        who = self._people.get(person_id)
        return (for_staff.name(who.name) if who else "") or str(person_id)
