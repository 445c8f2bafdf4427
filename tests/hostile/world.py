"""The newsroom's side of the afternoon: its channels, its stories, and what Telegram carried out of them. Knows no bot."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random
from typing import Any, override

from bot.news.media import Media
from bot.news.model import Form, Look, Piece
from bot.simulator import places
from bot.simulator.chats import administrator
from bot.simulator.transcript import Transcript
from bot.simulator.world import World
from tests.crash.stories import KINDS, Kind, marks
from tests.crash.world import SENDS
from tests.hostile.weather import Spell, Weather

REPORTERS, EDITOR, ADMIN, OWNER = (101, 111, 112, 113), 102, 103, 104
REMOVED = 113
"""A reporter until the middle of the afternoon."""
ALL = (Piece.HEADLINE, Piece.LEDE, Piece.FULL_TEXT)
CALM = (("calm", Look()), ("steady", Look(pieces=ALL)), ("desk", Look()))
STORMY = (("storm", Look()), ("gale", Look(pieces=ALL)), ("rich", Look(form=Form.RICH, pieces=ALL)))
_PLAIN = tuple(kind for kind in KINDS if kind.sentences < 100)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A channel; in a stormy one a fifth of all calls meets trouble, in a calm one none."""

    id: int
    name: str
    look: Look
    stormy: bool


class Witness(Transcript):
    """Keeps of what Telegram carried out which sentence came into which channel, and when."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        super().__init__()
        self._seconds = seconds
        self.first: dict[tuple[int, int], float] = {}  # by channel and story
        self.last: dict[tuple[int, int], float] = {}
        self.sent: Counter[tuple[int, int, int]] = Counter()  # by channel, story and sentence
        self.methods: Counter[str] = Counter()

    @override
    def note(
        self,
        method: str,
        parameters: Mapping[str, Any],
        status: int | None,
        description: str | None,
        *,
        time: datetime,
        hidden: str,
    ) -> None:
        self.methods[method] += 1
        chat_id = parameters.get("chat_id")
        acted = description in {None, "done, answer lost", "done, answer garbled"}
        if not acted or method not in SENDS or not isinstance(chat_id, int) or chat_id > 0:
            return
        for mark in marks(dict(parameters)):
            self.sent[chat_id, mark.story, mark.sentence] += 1
            self.first.setdefault((chat_id, mark.story), self._seconds())
            self.last[chat_id, mark.story] = self._seconds()


class Scene:
    """The world with its channels; time in seconds since the afternoon began."""

    def __init__(
        self, seed: int, now: datetime, seconds: Callable[[], float], spells: tuple[Spell, ...]
    ) -> None:
        self.world, self.seconds = World(rates=1, now=now), seconds
        self.places = tuple(
            self._founded(name, look, stormy=looks is STORMY)
            for looks in (CALM, STORMY)
            for name, look in looks
        )
        for person_id in REPORTERS:
            self.world.arrive(person_id)
        stormy = frozenset(place.id for place in self.places if place.stormy)
        self.weather = Weather(Random(f"weather {seed}"), seconds, stormy, spells)
        self.witness = Witness(seconds)
        self.world.faults, self.world.transcript = self.weather, self.witness
        self._pictures = 0

    @property
    def desk(self) -> Place:
        """Where what the staff write is published."""
        return next(place for place in self.places if place.name == "desk")

    def picture(self) -> Media:
        """A new one, which Telegram already has."""
        self._pictures += 1
        url = f"https://pictures.example/{self._pictures}.jpg"
        return Media(file_id=self.world.files.attachment("photo", url, lenient=True)[-1]["file_id"])

    def _founded(self, name: str, look: Look, *, stormy: bool) -> Place:
        chat = self.world.chats[places.found(self.world, "channel", name, f"{name}_channel", by=ADMIN)["id"]]
        standing = administrator("channel")
        chat.bot = replace(standing, rights=standing.rights | {"can_edit_messages": True})
        return Place(id=chat.id, name=name, look=look, stormy=stormy)


def kind(lot: Random, place: Place) -> Kind:
    """What kind of story goes there: in calm channels one of one message, which is not held up by its own pace."""
    return lot.choice(_PLAIN if place.stormy else [each for each in _PLAIN if not each.sentences])
