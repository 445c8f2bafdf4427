"""How likely each gap of a row is to hold a half-space, by weights of names; it knows no letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

_LIMIT = 12.0  # logits; beyond this a chance is as good as certain


@dataclass(frozen=True, kw_only=True, slots=True)
class Weights:
    """A linear chain of two states: what speaks for a half-space here, and for another beside it."""

    of: dict[str, float]
    followed: float  # added for a half-space with a gap after it
    after: tuple[float, float]  # (after none, after one): added for a half-space with a gap before it

    def logit(self, row: Sequence[str]) -> float:
        weight = self.of.get
        return sum([weight(name, 0.0) for name in row])

    def along(self, logits: list[float]) -> list[float]:
        """The chance of a half-space in each gap of a row of neighbours, from what speaks for each alone."""
        if len(logits) == 1:
            return [chance(logits[0])]
        return self._smoothed([*(x + self.followed for x in logits[:-1]), logits[-1]])

    def _smoothed(self, logits: list[float]) -> list[float]:
        # Forward and backward over the odds of the two states, each step scaled to sum to one.
        none, one = (exp(max(-_LIMIT, min(_LIMIT, x))) for x in self.after)
        odds = [exp(max(-2 * _LIMIT, min(2 * _LIMIT, x))) for x in logits]
        forward: list[float] = []
        step = 1.0  # what the gap before adds
        for odd in odds:
            here = odd * step / (odd * step + 1)
            step = (1 - here) * none + here * one
            forward.append(here)
        out = [0.0] * len(odds)
        back_none = back_one = 1.0
        for i in range(len(odds) - 1, -1, -1):
            with_one = forward[i] * back_one
            out[i] = with_one / (with_one + (1 - forward[i]) * back_none)
            next_one = odds[i] * back_one
            back_none, back_one = back_none + none * next_one, back_none + one * next_one
            total = back_none + back_one
            back_none, back_one = back_none / total, back_one / total
        return out


def chance(logit: float) -> float:
    return 1 / (1 + exp(-max(-2 * _LIMIT, min(2 * _LIMIT, logit))))


def logit(share: float) -> float:
    share = min(1 - 1e-6, max(1e-6, share))
    return log(share / (1 - share))
