"""What happened to a paste's half-spaces, judged by all its gaps together; it knows no words."""

from dataclasses import dataclass
from math import exp, log


@dataclass(frozen=True, kw_only=True, slots=True)
class Damage:
    """Of the half-spaces a text had: the shares that were deleted, turned into spaces and kept."""

    deleted: float
    spaced: float
    kept: float


# How copy comes in, and how often, before one has looked: tuned on articles set aside in training, so that
# clean copy stays as it is even where a single line is all there is to judge by.
_KINDS = (
    (Damage(deleted=0.005, spaced=0.005, kept=0.99), 0.60),
    (Damage(deleted=0.98, spaced=0.005, kept=0.015), 0.25),
    (Damage(deleted=0.005, spaced=0.98, kept=0.015), 0.18),
    (Damage(deleted=0.5, spaced=0.35, kept=0.15), 0.30),
    (Damage(deleted=0.15, spaced=0.15, kept=0.7), 0.02),
)
MARKED = 0.998  # the most a gap tells that nobody leaves empty by habit
STYLE = 0.9  # … and any other, since the press itself writes many compounds in several ways


def seen_in(fused: list[float], spaced: list[float], kept: int) -> Damage:
    """The damage to expect.

    From the chances of a half-space in the empty gaps and in the spaces, and the number that there are.
    """
    scores = [log(prior) + _told(kind, fused, spaced, kept) for kind, prior in _KINDS]
    best = max(scores)
    shares = [exp(score - best) for score in scores]
    total = sum(shares)
    weighed = [(share / total, kind) for share, (kind, _) in zip(shares, _KINDS, strict=True)]
    return Damage(
        deleted=sum(share * kind.deleted for share, kind in weighed),
        spaced=sum(share * kind.spaced for share, kind in weighed),
        kept=sum(share * kind.kept for share, kind in weighed),
    )


def _told(kind: Damage, fused: list[float], spaced: list[float], kept: int) -> float:
    return (
        sum([log(1 - share + share * kind.deleted) for share in fused])
        + sum([log(1 - share + share * kind.spaced) for share in spaced])
        + kept * log(kind.kept)
    )


def given(share: float, rate: float) -> float:
    """The chance that a half-space was lost here, where such a loss befalls `rate` of them."""
    lost = share * rate
    return lost / (1 - share + lost) if lost else 0.0
