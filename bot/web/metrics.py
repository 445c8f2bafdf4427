"""`/metrics`: what was counted and what waits, as Prometheus reads it. Numbers only: no name, no text.

What waits is asked of the database at most every few seconds, however often somebody looks; all else is in
memory. prometheus-client is read in when the first one looks.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot import counting
from bot.errors import StorageError

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry
    from prometheus_client.metrics_core import Metric

ASKED_AGAIN: Final = 10.0
"""Seconds for which the database's answer is given again."""
SHOWN_AGAIN: Final = 1.0
"""Seconds for which the same page is given again: writing it is most of what an answer costs."""

type Depths = Callable[[], Awaitable[Mapping[str, int]]]
"""How much waits, by what it is."""


@dataclass(kw_only=True, eq=False)  # a registry keeps it as a key
class Metrics:
    """What is shown; `silence` tells for how many seconds nothing was heard of Telegram, None if never."""

    depths: Depths
    silence: Callable[[], Awaitable[float | None]]
    now: Callable[[], float] = monotonic
    _known: Mapping[str, int] | None = None
    _asked_at: float = float("-inf")
    _silent: float | None = None
    _registry: "CollectorRegistry | None" = field(default=None, repr=False)
    _shown: tuple[str, float, bytes] = field(default=("", 0.0, b""), repr=False)  # its form, when, the page

    def routes(self) -> list[Route]:
        return [Route("/metrics", self.shown)]

    async def shown(self, request: Request) -> Response:
        """All of it, in the form that was asked for."""
        from prometheus_client import CollectorRegistry
        from prometheus_client.exposition import choose_encoder

        if self.now() - self._asked_at >= ASKED_AGAIN:
            self._asked_at = self.now()  # first: those who look meanwhile get what was known
            await self._ask()
        if self._registry is None:
            self._registry = CollectorRegistry()
            self._registry.register(self)
        encode, kind = choose_encoder(request.headers.get("accept", ""))
        form, at, page = self._shown
        if form != kind or self.now() - at >= SHOWN_AGAIN:
            page = encode(self._registry)
            self._shown = kind, self.now(), page
        return Response(page, media_type=kind)

    async def _ask(self) -> None:
        try:
            self._known = await self.depths()
        except StorageError:
            self._known = None
        self._silent = await self.silence()

    def describe(self) -> list["Metric"]:
        """Nothing is looked at when it is registered."""
        return []

    def collect(self) -> "Iterator[Metric]":
        """What there is, for prometheus-client."""
        from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily

        up = GaugeMetricFamily("monadi_database_up", "1 if the database answered, else 0")
        up.add_metric([], float(self._known is not None))
        yield up
        waiting = GaugeMetricFamily("monadi_waiting", "What waits, by what it is", labels=["what"])
        for what, count in (self._known or {}).items():
            waiting.add_metric([what], count)
        yield waiting
        if self._silent is not None:
            silence = GaugeMetricFamily("monadi_telegram_silence_seconds", "Since mail was last read")
            silence.add_metric([], self._silent)
            yield silence
        calls = CounterMetricFamily("monadi_calls", "Calls to Telegram", labels=["method", "answer"])
        for (method, answer), count in sorted(counting.CALLS.items()):
            calls.add_metric([method, answer], count)
        yield calls
        for name, words, label, counted in _COUNTED:
            family = CounterMetricFamily(name, words, labels=[label])
            for what, count in sorted(counted.items()):
                family.add_metric([what], count)
            yield family
        yield _histogram("monadi_post_lateness_seconds", "From due to out", counting.LATENESS)
        yield _histogram("monadi_copydesk_seconds", "Reading raw copy into an article", counting.COPYDESK)


_COUNTED: Final = (
    ("monadi_updates", "Updates taken in", "kind", counting.UPDATES),
    ("monadi_cards", "Cards brought up to date", "outcome", counting.CARDS),
    ("monadi_log_errors", "Errors that were logged", "level", counting.FAULTS),
    ("monadi_posts", "Posts by the state they came to", "state", counting.POSTS),
)


def _histogram(name: str, words: str, spread: counting.Spread) -> "Metric":
    from prometheus_client.metrics_core import HistogramMetricFamily

    below, buckets = 0, list[tuple[str, float]]()
    names = (*(repr(float(bound)) for bound in spread.bounds), "+Inf")
    for bound, count in zip(names, spread.counts, strict=True):
        below += count
        buckets.append((bound, below))
    return HistogramMetricFamily(name, words, buckets=buckets, sum_value=spread.total)
