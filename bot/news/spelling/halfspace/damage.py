"""What happened to a paste's half-spaces, judged by all its gaps together; it knows no words.

Two kinds of gaps are told apart: `marked` ones, which nobody leaves empty by habit («می‌رود», «کتاب‌ها»),
and those of compounds, which the press itself writes in several ways. Tidy copy has the first right and the
second apart («پیش بینی می‌شود»), or the first fused and the second apart; so each kind has its own damage.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from typing import NamedTuple


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Damage:
    """Of the half-spaces a text had: the shares that were deleted, turned into spaces and kept."""

    deleted: float
    spaced: float
    kept: float


class Both(NamedTuple):
    """The damage to the two kinds of gaps."""

    marked: Damage
    compounds: Damage


@dataclass(kw_only=True, slots=True)
class Seen:
    """What one kind of gaps shows: chances of a half-space where there is none, and how many there are."""

    fused: list[float]
    spaced: list[float]
    kept: int


_CLEAN = Damage(deleted=0.005, spaced=0.005, kept=0.99)
_DELETED = Damage(deleted=0.98, spaced=0.005, kept=0.015)
_SPACED = Damage(deleted=0.005, spaced=0.98, kept=0.015)
_MIXED = Damage(deleted=0.5, spaced=0.35, kept=0.15)
_LITTLE = Damage(deleted=0.15, spaced=0.15, kept=0.7)
_PLAIN = (_CLEAN, _DELETED, _SPACED, _MIXED, _LITTLE)
_APART = Damage(deleted=0.004, spaced=0.9, kept=0.096)  # as agencies write compounds

# How copy comes in, and how often, before one has looked: tuned on articles set aside in training, so that
# clean copy stays as it is even where a single line is all there is to judge by.
_KINDS = (
    (Both(_CLEAN, _CLEAN), 0.60),
    (Both(_DELETED, _DELETED), 0.25),
    (Both(_SPACED, _SPACED), 0.18),
    (Both(_MIXED, _MIXED), 0.30),
    (Both(_LITTLE, _LITTLE), 0.02),
)
# Where the house joins compounds: as agencies write, who have endings and verbs right and compounds apart.
_HABITS = ((Both(_CLEAN, _APART), 0.08), (Both(_DELETED, _APART), 0.02))
MARKED = 0.998  # the most a marked gap tells
STYLE = 0.9  # … and one of a compound


def seen_in(marked: Seen, compounds: Seen, *, habits: bool) -> Both:
    """The damage to expect of each kind, from what both show.

    `habits`: whether compounds may stand apart by habit in copy that is otherwise well spelled.
    """
    kinds = (*_KINDS, *_HABITS) if habits else _KINDS
    of_marked = {kind: _told(kind, marked) for kind in _PLAIN}
    of_compounds = {kind: _told(kind, compounds) for kind in (*_PLAIN, _APART)}
    scores = [log(prior) + of_marked[kind.marked] + of_compounds[kind.compounds] for kind, prior in kinds]
    best = max(scores)
    shares = [exp(score - best) for score in scores]
    total = sum(shares)
    weighed = [(share / total, kind) for share, (kind, _) in zip(shares, kinds, strict=True)]
    return Both(
        marked=_mean([(share, kind.marked) for share, kind in weighed]),
        compounds=_mean([(share, kind.compounds) for share, kind in weighed]),
    )


def _told(kind: Damage, seen: Seen) -> float:
    if not (seen.fused or seen.spaced or seen.kept):
        return 0.0
    return (
        sum([log(1 - share + share * kind.deleted) for share in seen.fused])
        + sum([log(1 - share + share * kind.spaced) for share in seen.spaced])
        + seen.kept * log(kind.kept)
    )


def _mean(weighed: Sequence[tuple[float, Damage]]) -> Damage:
    return Damage(
        deleted=sum([share * kind.deleted for share, kind in weighed]),
        spaced=sum([share * kind.spaced for share, kind in weighed]),
        kept=sum([share * kind.kept for share, kind in weighed]),
    )


def given(share: float, rate: float) -> float:
    """The chance that a half-space was lost here, where such a loss befalls `rate` of them."""
    lost = share * rate
    return lost / (1 - share + lost) if lost else 0.0
