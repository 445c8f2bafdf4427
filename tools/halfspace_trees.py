"""Trees learnt from labelled rows of numbers, by gradient boosting; it knows no Persian."""

import random
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.news.spelling.halfspace.scoring import chance
from bot.news.spelling.halfspace.trees import Node, said

_BINS = 40  # thresholds of a number, at most
_SHRUNK = 10.0  # added to the weight of a leaf, so that few rows say little
_LEAST = 20  # rows on each side of a split
_OF_ROWS, _OF_COLUMNS = 0.8, 0.5  # what a tree gets to see

type _Histogram = dict[int, tuple[list[float], list[float]]]  # by column: gradients and weights by bin


class _Rows(NamedTuple):
    columns: list[bytes]  # of each column, the bin of each row
    thresholds: list[list[float]]
    slopes: list[float]  # of what is lost by what is said so far, by row
    curves: list[float]


@dataclass
class Shown:
    """What trees are to learn from."""

    rows: list[list[float]] = field(default_factory=list)
    labels: list[bool] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def show(self, row: list[float], label: bool, weight: float) -> None:
        self.rows.append(row)
        self.labels.append(label)
        self.weights.append(weight)

    def learn(self, *, trees: int, depth: int, rate: float) -> list[Node]:
        """Trees whose sum is what speaks for the label, in logits; the same for the same rows."""
        chosen = random.Random(1)  # noqa: S311 - nothing secret: which rows a tree sees
        of_columns = list(zip(*self.rows, strict=True))
        thresholds = [_thresholds(sorted(column)) for column in of_columns]
        columns = [
            bytes(bisect_left(bounds, number) for number in column)
            for bounds, column in zip(thresholds, of_columns, strict=True)
        ]
        sums = [0.0] * len(self.rows)
        out: list[Node] = []
        for _ in range(trees):
            known = _Rows(columns, thresholds, *self._slopes(sums))
            seen = sorted(chosen.sample(range(len(sums)), int(_OF_ROWS * len(sums))))
            asked = sorted(chosen.sample(range(len(columns)), int(_OF_COLUMNS * len(columns))))
            tree = _grown(known, seen, _histogram(known, seen, asked), depth, rate)
            out.append(tree)
            sums = [total + said(tree, row) for total, row in zip(sums, self.rows, strict=True)]
        return out

    def _slopes(self, sums: list[float]) -> tuple[list[float], list[float]]:
        shares = [chance(total) for total in sums]
        slopes = [w * (p - y) for p, y, w in zip(shares, self.labels, self.weights, strict=True)]
        return slopes, [w * p * (1 - p) for p, w in zip(shares, self.weights, strict=True)]


def _thresholds(column: list[float]) -> list[float]:
    """Numbers to split at: as many rows between any two, as far as that goes."""
    distinct = sorted(set(column))[:-1]
    if len(distinct) <= _BINS:
        return distinct
    return sorted({column[len(column) * k // (_BINS + 1)] for k in range(1, _BINS + 1)} - {column[-1]})


def _histogram(known: _Rows, seen: list[int], asked: Sequence[int]) -> _Histogram:
    out: _Histogram = {}
    slopes = [known.slopes[i] for i in seen]
    curves = [known.curves[i] for i in seen]
    for column in asked:
        bins = known.columns[column]
        size = len(known.thresholds[column]) + 1
        of_slopes, of_curves = [0.0] * size, [0.0] * size
        for i, slope, curve in zip(seen, slopes, curves, strict=True):
            at = bins[i]
            of_slopes[at] += slope
            of_curves[at] += curve
        out[column] = (of_slopes, of_curves)
    return out


def _rest(whole: _Histogram, part: _Histogram) -> _Histogram:
    return {
        column: (
            [a - b for a, b in zip(whole[column][0], slopes, strict=True)],
            [a - b for a, b in zip(whole[column][1], curves, strict=True)],
        )
        for column, (slopes, curves) in part.items()
    }


def _grown(known: _Rows, seen: list[int], counted: _Histogram, depth: int, rate: float) -> Node:
    slope, curve = sum(known.slopes[i] for i in seen), sum(known.curves[i] for i in seen)
    leaf = round(-rate * slope / (curve + _SHRUNK), 3)
    split = _best(counted, slope, curve) if depth else None
    if split is None:
        return leaf
    column, at = split
    bins = known.columns[column]
    low, high = [i for i in seen if bins[i] <= at], [i for i in seen if bins[i] > at]
    if min(len(low), len(high)) < _LEAST:
        return leaf
    fewer = low if len(low) < len(high) else high
    of_fewer = _histogram(known, fewer, list(counted)) if depth > 1 else {}
    of_more = _rest(counted, of_fewer) if depth > 1 else {}
    of_low, of_high = (of_fewer, of_more) if fewer is low else (of_more, of_fewer)
    return (
        column,
        known.thresholds[column][at],
        _grown(known, low, of_low, depth - 1, rate),
        _grown(known, high, of_high, depth - 1, rate),
    )


def _best(counted: _Histogram, slope: float, curve: float) -> tuple[int, int] | None:
    """The column and the bin to split after, where that gains anything."""
    best, found = slope * slope / (curve + _SHRUNK) + 1e-6, None
    for column, (slopes, curves) in counted.items():
        low_slope = low_curve = 0.0
        for at in range(len(slopes) - 1):
            low_slope += slopes[at]
            low_curve += curves[at]
            high_slope, high_curve = slope - low_slope, curve - low_curve
            gain = low_slope**2 / (low_curve + _SHRUNK) + high_slope**2 / (high_curve + _SHRUNK)
            if gain > best:
                best, found = gain, (column, at)
    return found
