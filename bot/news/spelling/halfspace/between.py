"""What can be said about a space between two pieces of words; it knows the tables and no weights."""

from functools import lru_cache
from typing import NamedTuple

from bot.news.spelling.halfspace.inner import ENDINGS, VERBAL, bucket, kin, rate
from bot.news.spelling.halfspace.letters import NON_JOINING
from bot.news.spelling.halfspace.tables import Tables, stems

_REMEMBERED = 30_000
_DOUBTED = 4.0  # logits
_NEVER, _LISTED, _NOW_AND_THEN, _OFTEN = range(4)  # how much a piece is one to stand beside a half-space


class Left(NamedTuple):
    """What the tables know of a piece as the one before a half-space."""

    code: int
    seen: int
    listed: int
    level: int
    rate: str
    numbers: tuple[int, ...]  # what trees are asked of it


class Right(NamedTuple):
    """What they know of it as the one after; `bases` are what is left of it without endings."""

    code: int
    seen: int
    listed: int
    level: int
    bases: tuple[str, ...]
    base_seen: int
    base_listed: int
    ending: str
    rate: str
    base_rate: str
    numbers: tuple[int, ...]


def _counted(piece: str, seen: int, listed: int, tables: Tables) -> tuple[int, ...]:
    return tables.code(piece), seen, listed, tables.common.get(piece, 0), len(piece)


@lru_cache(maxsize=_REMEMBERED)
def left_side(piece: str, tables: Tables) -> Left:
    seen, listed = tables.lefts.get(piece, 0), tables.listed_lefts.get(piece, 0)
    return Left(
        tables.code(piece),
        bucket(seen),
        bucket(listed),
        tables.level(piece),
        rate(tables.left_rates.get(piece)),
        (*_counted(piece, seen, listed, tables), piece in VERBAL, *tables.left_rates.get(piece, (0, 0))),
    )


@lru_cache(maxsize=_REMEMBERED)
def right_side(piece: str, tables: Tables) -> Right:
    bases = stems(piece)
    seen, listed = tables.rights.get(piece, 0), tables.listed_rights.get(piece, 0)
    base_seen = max((tables.rights.get(base, 0) for base in bases), default=0)
    base_listed = max((tables.listed_rights.get(base, 0) for base in bases), default=0)
    of_bases = (tables.right_rates[base] for base in bases if base in tables.right_rates)
    return Right(
        code=tables.code(piece),
        seen=bucket(seen),
        listed=bucket(listed),
        level=tables.level(piece),
        bases=tuple(bases),
        base_seen=bucket(base_seen),
        base_listed=bucket(base_listed),
        ending=piece if piece in ENDINGS else tables.rest_class(piece),
        rate=rate(tables.right_rates.get(piece)),
        base_rate=max((rate(tables.right_rates.get(base)) for base in bases), default="-"),
        numbers=(
            *_counted(piece, seen, listed, tables),
            piece in ENDINGS,
            base_seen,
            base_listed,
            *tables.right_rates.get(piece, (0, 0)),
            *max(of_bases, key=sum, default=(0, 0)),
        ),
    )


def listed(left: str, right: str, tables: Tables) -> int:
    """Bits of the lists that put a half-space between these two."""
    return tables.joined.get(left + right, {}).get(len(left) - 1, 0)


@lru_cache(maxsize=_REMEMBERED)
def _begins(piece: str, tables: Tables) -> int:
    """How much the piece is one that stands before a half-space."""
    if piece in tables.lefts:
        return _OFTEN
    listed = tables.listed_lefts.get(piece, 0)
    return _OFTEN if listed > 1 else _LISTED if listed else _NEVER


@lru_cache(maxsize=_REMEMBERED)
def _ends(piece: str, tables: Tables) -> int:
    """How much the piece, or what is left of it without an ending, is one that stands after a half-space."""
    if piece in ENDINGS:
        return _OFTEN
    forms = (piece, *stems(piece))
    seen = max([tables.rights.get(form, 0) for form in forms])
    listed = max([tables.listed_rights.get(form, 0) for form in forms])
    if seen > 2 or listed > 5:
        return _OFTEN
    return _NOW_AND_THEN if seen or listed > 1 else _LISTED if listed else _NEVER


def may_join(left: str, right: str, tables: Tables) -> bool:
    """Whether this space is worth a look: nearly all are not."""
    if left[-1] in NON_JOINING:
        return False
    ends = _ends(right, tables)
    if ends == _OFTEN or left in VERBAL or f"{left} {right}" in tables.pairs:
        return True
    if ends == _NEVER:
        return False
    begins = _begins(left, tables)
    if begins == _OFTEN and ends == _NOW_AND_THEN:
        return True
    return begins != _NEVER and any(listed(left, part, tables) for part in (right, *stems(right)))


def is_written(pair: str, left: str, right: str, tables: Tables) -> bool:
    """Whether the press joins the two now and then, or, where it has nothing to say, a list does."""
    joined, apart = tables.pairs.get(pair, (0, 0))
    return 10 * joined > apart if joined or apart else listed(left, right, tables) > 0


def left_names(left: str, tables: Tables) -> list[str]:
    """The names of what holds of a space because of what stands before it."""
    side = left_side(left, tables)
    itself = f"x{left}" if len(left) <= 6 else f"xx{side.seen}"
    return [
        itself,
        f"L{side.code}",
        f"l{side.seen}",
        f"u{side.listed}",
        f"c{left[-3:]}",
        f"~l{side.level}",
        f"J{side.rate}",
    ]


def right_names(right: str, tables: Tables) -> list[str]:
    """The names of what holds of a space because of what stands after it."""
    side = right_side(right, tables)
    itself = f"y{right}" if len(right) <= 7 else f"yy{side.seen}"
    return [
        itself,
        f"R{side.code}",
        f"r{side.seen}",
        f"v{side.listed}",
        f"g{right[:3]}",
        f"~r{side.level}",
        f"K{side.rate}",
        f"KB{side.rate}|{side.base_rate}",
    ]


def pair_names(before: str, left: str, right: str, after: str, tables: Tables) -> list[str]:
    """The names of what holds of the two together and of what is around them, which may be empty."""
    one, two = left_side(left, tables), right_side(right, tables)
    here = listed(left, right, tables)
    by_stem = max((listed(left, base, tables) for base in two.bases), default=0)
    joined, apart = tables.pairs.get(f"{left} {right}", (0, 0))
    fused = left + right
    row = [
        f"k{here}", f"kb{by_stem}", f"k{here > 0}|{bucket(apart)}", f"z{bucket(joined)}|{bucket(apart)}",
        f"E{two.ending}|{one.code}", f"w{tables.code(fused)}", f"~w{tables.level(fused)}",
        f"lr{one.seen}|{two.seen}", f"uv{one.listed}|{two.listed}", f"ur{one.listed}|{two.seen}",
        f"lv{one.seen}|{two.listed}", f"rs{two.base_seen}|{one.seen}", f"ls{two.base_listed}|{one.listed}",
        f"~lr{one.level}|{two.level}", f"a{left[-2:]}|{right}", f"d{left[-1]}|{right[:2]}",
        f"ln{min(len(left), 7)}|{min(len(right), 7)}",
    ]  # fmt: skip
    if joined or apart:
        row.append(f"Z{round(5 * joined / (joined + apart))}|{min(bucket(joined + apart), 4)}")
    together, places = tables.seen(fused)
    if together:
        row.append(f"s{bucket(together)}:{round(2 * places.get(len(left) - 1, 0) / together)}")
    if left in VERBAL:
        verb = right in tables.verbs
        row += [f"V{left}|{verb}", f"VV{verb}|{len(left) > 3}"]
    if left[-1] == "ه" and right in ENDINGS:
        row.append(f"P{left in tables.participles}|{right}|{tables.code(left[:-1])}")
        row.append(f"PP{left in tables.participles}|{right in ('ام', 'ای', 'ایم', 'اید', 'اند')}")
    return [*row, *_kindred(left, right, tables), *_around(before, left, right, after, tables)]


def _kindred(left: str, right: str, tables: Tables) -> list[str]:
    """What the press does with other forms of the two, and with each of them beside others."""
    one, two = left_side(left, tables), right_side(right, tables)
    joined, apart = tables.pairs.get(f"{left} {right}", (0, 0))
    more, less = kin(left, right, tables)
    forms = (base + ending for base in (right, *two.bases) for ending in ("", "ی", "ان"))
    row = [
        f"JK{one.rate[0]}|{two.rate[0]}|{two.base_rate[0]}",
        f"t{bucket(more - joined)}|{bucket(less - apart)}",
        f"kk{any(listed(left, form, tables) for form in forms)}|{bucket(apart)}",
    ]
    if more or less:
        row.append(
            f"T{round(5 * more / (more + less))}|{min(bucket(more + less), 4)}|{joined > 0}{apart > 0}"
        )
    if len(left) <= 6:
        row.append(f"X{left}|{two.rate[0]}|{two.code > 0}")
    if len(right) <= 7:
        row.append(f"Y{right}|{one.rate[0]}|{one.code > 0}")
    return row


def _around(before: str, left: str, right: str, after: str, tables: Tables) -> list[str]:
    row = [f"n{right if len(right) < 5 else ''}|{after}", f"p{before}|{left if len(left) < 5 else ''}"]
    row.append(f"N{after if after in ENDINGS else ''}|{listed(right, after, tables) > 0 if after else ''}")
    row.append(f"B{listed(before, left, tables) > 0 if before else ''}|{before in VERBAL}")
    if after:
        joined, apart = tables.pairs.get(f"{right} {after}", (0, 0))
        row.append(f"NZ{bucket(joined)}|{bucket(apart)}")
    if before:
        joined, apart = tables.pairs.get(f"{before} {left}", (0, 0))
        row.append(f"BZ{bucket(joined)}|{bucket(apart)}")
    return row


def is_doubted(logit: float) -> bool:
    """Whether trees are asked of a space of which the weights say this."""
    return abs(logit) < _DOUBTED


def numbers(left: str, right: str, logit: float, tables: Tables) -> list[float]:
    """What trees are asked of the space between the two, given what the weights say of it."""
    one, two = left_side(left, tables), right_side(right, tables)
    joined, apart = tables.pairs.get(f"{left} {right}", (0, 0))
    more, less = kin(left, right, tables)
    fused = left + right
    together, places = tables.seen(fused)
    return [
        *one.numbers, *two.numbers, listed(left, right, tables),
        max((listed(left, base, tables) for base in two.bases), default=0),
        joined, apart, more - joined, less - apart,
        tables.code(fused), tables.common.get(fused, 0), together, places.get(len(left) - 1, 0),
        round(logit, 2),
    ]  # fmt: skip


def is_marked(left: str, right: str) -> bool:
    """Whether nobody leaves such a space by habit: after «می», before an ending."""
    return left in VERBAL or right in ENDINGS


def features(before: str, left: str, right: str, after: str, tables: Tables) -> list[str]:
    """All names of what holds of the space between `left` and `right`."""
    alone = (*left_names(left, tables), *right_names(right, tables))
    return [*alone, *pair_names(before, left, right, after, tables)]
