"""The grammar of typed times: phrases a second, and the two forms that parsers told their format can read too."""

import contextlib
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDateTime

from bot.errors import TypedTimeError
from bot.news.times import typed_time
from tests.benchmarks.timing import Line, compared, in_turn, seconds

ROUNDS = 9
ZONE = "Asia/Tehran"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=ZoneInfo(ZONE))
PHRASES = json.loads((Path(__file__).parents[1] / "data" / "typed_times.json").read_text(encoding="utf-8"))
PEERS: dict[str, tuple[str, str, Callable[[str, str], object]]] = {
    "1405/09/05 10:00": ("%Y/%m/%d %H:%M", "JalaliDateTime.strptime", JalaliDateTime.strptime),
    "2026-11-28 10:00": ("%Y-%m-%d %H:%M", "datetime.strptime", datetime.strptime),
}


def measure() -> Iterator[Line]:
    understood = [*PHRASES["known"], *PHRASES["collected"]]
    refused = [*PHRASES["known_refused"], *PHRASES["collected_refused"]]
    for what, phrases in (("understood", understood), ("refused", refused)):
        took = min(seconds(partial(_read_all, phrases)) for _ in range(ROUNDS))
        yield Line(
            what=f"typed times that are {what}: {len(phrases)} phrases",
            figure=f"{len(phrases) / took:,.0f} phrases/s",
            beside=f"{took / len(phrases) * 1000:.2f} ms each",
        )
    for text, (form, name, parse) in PEERS.items():
        figures = in_turn(
            ROUNDS,
            ours=partial(seconds, partial(typed_time.parse, text, NOW, ZONE), 200),
            theirs=partial(seconds, partial(parse, text, form), 200),
        )
        yield compared(f"the same for “{text}”", figures["ours"], f"{name}, told “{form}”", figures["theirs"])


def _read_all(phrases: list[str]) -> None:
    for text in phrases:
        with contextlib.suppress(TypedTimeError):
            typed_time.parse(text, NOW, ZONE)
