"""What can be said about a space between two pieces of words; it knows the tables and no weights."""

from functools import lru_cache
from typing import NamedTuple

from bot.news.halfspace.inner import ENDINGS, VERBAL, bucket, kin, rate
from bot.news.halfspace.letters import NON_JOINING
from bot.news.halfspace.tables import Tables, stems

_REMEMBERED = 30_000


class Left(NamedTuple):
    """What the tables know of a piece as the one before a half-space."""

    code: int
    seen: int
    listed: int
    level: int
    begins: bool
    rate: str


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
    in_list: bool  # some list has a half-space before it
    ends: bool  # it often stands after one
    may_end: bool
    rate: str
    base_rate: str


@lru_cache(maxsize=_REMEMBERED)
def left_side(piece: str, tables: Tables) -> Left:
    seen, listed = tables.lefts.get(piece, 0), tables.listed_lefts.get(piece, 0)
    return Left(
        tables.code(piece),
        bucket(seen),
        bucket(listed),
        tables.level(piece),
        seen > 0 or listed > 1,
        rate(tables.left_rates.get(piece)),
    )


@lru_cache(maxsize=_REMEMBERED)
def right_side(piece: str, tables: Tables) -> Right:
    bases = stems(piece)
    seen, listed = tables.rights.get(piece, 0), tables.listed_rights.get(piece, 0)
    base_seen = max((tables.rights.get(base, 0) for base in bases), default=0)
    base_listed = max((tables.listed_rights.get(base, 0) for base in bases), default=0)
    most_seen, most_listed = max(seen, base_seen), max(listed, base_listed)
    return Right(
        code=tables.code(piece),
        seen=bucket(seen),
        listed=bucket(listed),
        level=tables.level(piece),
        bases=tuple(bases),
        base_seen=bucket(base_seen),
        base_listed=bucket(base_listed),
        ending=piece if piece in ENDINGS else tables.rest_class(piece),
        in_list=most_listed > 0,
        ends=most_seen > 2 or most_listed > 5,
        may_end=most_seen > 0 or most_listed > 1,
        rate=rate(tables.right_rates.get(piece)),
        base_rate=max((rate(tables.right_rates.get(base)) for base in bases), default="-"),
    )


def listed(left: str, right: str, tables: Tables) -> int:
    """Bits of the lists that put a half-space between these two."""
    return tables.joined.get(left + right, {}).get(len(left) - 1, 0)


def may_join(left: str, right: str, tables: Tables) -> bool:
    """Whether this space is worth a look: nearly all are not."""
    if left[-1] in NON_JOINING:
        return False
    after = right_side(right, tables)
    if after.ends or right in ENDINGS or left in VERBAL or f"{left} {right}" in tables.pairs:
        return True
    before = left_side(left, tables)
    if before.begins and after.may_end:
        return True
    if not (after.in_list and before.listed):
        return False
    return any(listed(left, part, tables) for part in (right, *after.bases))


def is_written(left: str, right: str, tables: Tables) -> bool:
    """Whether the press joins the two now and then, or, where it has nothing to say, a list does."""
    joined, apart = tables.pairs.get(f"{left} {right}", (0, 0))
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


def features(before: str, left: str, right: str, after: str, tables: Tables) -> list[str]:
    """All names of what holds of the space between `left` and `right`."""
    alone = (*left_names(left, tables), *right_names(right, tables))
    return [*alone, *pair_names(before, left, right, after, tables)]
