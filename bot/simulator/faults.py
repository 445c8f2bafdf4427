"""Troubles on demand: which call fails and how; knows no world.

429, 401 and 5xx answer before anything is done. `drop`: nothing is done and the connection breaks;
`lost`: it is done, then the connection breaks; `slow`: it is done, the answer comes late; `late`: the
connection breaks, and it is done so many seconds afterwards, by the world's clock. `garbled`: it is done
(unless `acts` is false), and the answer of 200 is `body`, by default the right one cut in half. `page`:
something between the bot and Telegram answers with `status` and `body`, by default a page of HTML.
`refusal`: Telegram refuses with `status` and `description`.
"""

import json
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

KINDS = ("429", "5xx", "drop", "lost", "slow", "401", "late", "garbled", "page", "refusal")
PAGE = "<html><head><title>403 Forbidden</title></head><body><h1>Forbidden</h1></body></html>"


@dataclass(kw_only=True)
class Fault:
    """One trouble; `after` matching calls pass first, then it happens `times` times.

    Without `method` every call but getUpdates matches, without `chat` every chat.
    """

    kind: str
    method: str | None = None
    chat: int | str | None = None
    times: int = 1
    after: int = 0
    retry_after: int = 3  # seconds, told by a 429
    seconds: float = 1.0  # how late a slow answer is, or what is only done afterwards
    status: int | None = None  # of a page (403) or a refusal (400)
    description: str = "Bad Request: internal"  # of a refusal
    body: str | None = None  # of a garbled answer or a page
    acts: bool = True  # whether the call whose answer is garbled is carried out


class Faults:
    """The troubles ahead, and how many of each kind there were."""

    def __init__(self) -> None:
        self.ahead: list[Fault] = []
        self.struck: Counter[str] = Counter()

    def add(self, **fields: Any) -> Fault:
        """Adds one.

        Raises:
            ValueError: no such kind or field.
        """
        given = {name: value for name, value in fields.items() if value is not None}
        if str(given.get("kind")) not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}")
        numbers: dict[str, Any] = {
            name: int(given[name]) for name in ("times", "after", "retry_after", "status") if name in given
        }
        given |= {"kind": str(given["kind"]), **numbers}
        try:
            fault = Fault(**given)
        except TypeError as error:
            raise ValueError(str(error)) from None
        self.ahead.append(fault)
        return fault

    def clear(self) -> None:
        """No more troubles."""
        self.ahead.clear()

    def strike(self, method: str, chats: set[int | str]) -> Fault | None:
        """The trouble of this call, counted; `chats` are the names its chat goes by."""
        for fault in self.ahead:
            if not _matches(fault, method, chats):
                continue
            if fault.after > 0:
                fault.after -= 1
            else:
                fault.times -= 1
                self.ahead = [other for other in self.ahead if other.times > 0]
                self.struck[fault.kind] += 1
                return fault
        return None

    def listed(self) -> list[dict[str, Any]]:
        """As data."""
        return [asdict(fault) for fault in self.ahead]

    def load(self, path: Path) -> None:
        """Adds those of a JSON list."""
        for fields in json.loads(path.read_text(encoding="utf-8")):
            self.add(**fields)


def _matches(fault: Fault, method: str, chats: set[int | str]) -> bool:
    if fault.method in {None, "*"}:
        if method == "getUpdates":
            return False
    elif str(fault.method).lower() != method.lower():
        return False
    return fault.chat is None or fault.chat in chats or str(fault.chat) in {str(chat) for chat in chats}
