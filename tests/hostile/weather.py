"""Every fault that the line to Telegram can have, by lot: in some channels and everywhere at times. Knows no bot."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import override

from bot.simulator.faults import Fault, Faults
from tests.crash.world import CHANGES, SENDS

KINDS = ("429", "5xx", "drop", "lost", "slow", "late", "garbled", "page", "refusal")
OF_MAIL = ("5xx", "drop", "lost", "slow", "garbled", "page", "401")
IN_STORM, AT_THE_DESK, OF_THE_MAIL = 0.07, 0.04, 0.05
"""How likely a call meets trouble: in the channels that have it, in the staff's chats, when mail is asked for."""
SPARED = 3
"""Calls to a channel before it has trouble."""


@dataclass(frozen=True, kw_only=True)
class Strike:
    """A fault that struck: when, in which chat if it was in one, and whether every call met it."""

    at: float
    chat_id: int | None
    kind: str
    method: str
    of_all: bool = False


@dataclass(frozen=True, kw_only=True)
class Spell:
    """A time when every call meets the same fault."""

    kind: str
    begins: float
    ends: float


class Weather(Faults):
    def __init__(
        self, lot: Random, time: Callable[[], float], stormy: frozenset[int], spells: tuple[Spell, ...]
    ) -> None:
        super().__init__()
        self._lot, self._time, self._stormy, self.spells = lot, time, stormy, spells
        self.strikes: list[Strike] = []
        self.fair = True
        self._begun: Counter[int | None] = Counter()

    @override
    def strike(self, method: str, chats: set[int | str]) -> Fault | None:
        chat_id = next((chat for chat in chats if isinstance(chat, int)), None)
        spell = next((each for each in self.spells if each.begins <= self._time() < each.ends), None)
        if spell:
            return self._struck(Fault(kind=spell.kind), chat_id, method, of_all=True)
        if self.fair or self._lot.random() >= self._chance(method, chat_id):
            return None
        lot = self._lot
        kind = lot.choice(OF_MAIL if method == "getUpdates" else KINDS)
        fault = Fault(
            kind=kind,
            retry_after=lot.choice((1, 3)),
            seconds=20 if kind == "late" else lot.choice((0.3, 2.0, 7.0)),
            acts=lot.random() < 0.5,
            status=lot.choice((400, 403, 404, 409)) if kind == "page" else None,
        )
        return self._struck(fault, chat_id, method)

    def _chance(self, method: str, chat_id: int | None) -> float:
        if method == "getUpdates":
            return OF_THE_MAIL
        if chat_id in self._stormy and method in SENDS | CHANGES:
            # A lost first message can't be looked for without a person: nothing tells which number it would have.
            self._begun[chat_id] += 1
            return IN_STORM if self._begun[chat_id] > SPARED else 0.0
        return AT_THE_DESK if chat_id is None or chat_id > 0 else 0.0

    def _struck(self, fault: Fault, chat_id: int | None, method: str, *, of_all: bool = False) -> Fault:
        self.struck[fault.kind] += 1
        self.strikes.append(
            Strike(at=self._time(), chat_id=chat_id, kind=fault.kind, method=method, of_all=of_all)
        )
        return fault
