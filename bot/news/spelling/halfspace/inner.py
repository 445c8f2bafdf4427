"""What can be said about each gap inside a word; it knows the tables and no weights."""

from bot.news.spelling.halfspace.letters import NON_JOINING
from bot.news.spelling.halfspace.scoring import logit
from bot.news.spelling.halfspace.tables import Tables, stems

PLURAL = frozenset(("ها", "های", "هایی", "هایم", "هایت", "هایش", "هایمان", "هایتان", "هایشان", "هاست"))
_COPULA = ("ای", "ام", "اند", "ایم", "اید", "است", "ات", "اش", "ی", "ست", "یی", "شان", "مان", "تان")
_COMPARED = ("تر", "تری", "ترین", "ترها", "ترهای", "ترینها", "ترینهای")
ENDINGS = frozenset((*PLURAL, *_COPULA, *_COMPARED))
VERBAL = frozenset(
    ("می", "نمی", "همی", "برمی", "درمی", "بازمی", "برنمی", "درنمی", "بازنمی", "فرامی", "فرومی", "وامی")
)

_DOUBTED = 0.005


def gaps(letters: str) -> list[int]:
    """The gaps that could hold a half-space that shows."""
    return [i for i in range(len(letters) - 1) if letters[i] not in NON_JOINING]


def bucket(count: int) -> int:
    return count.bit_length() if count < 64 else 7


def rate(counts: tuple[int, int] | None) -> str:
    """How often out of six, and on how much that rests."""
    if not counts or not counts[0]:
        return "-"
    total = counts[0] + counts[1]
    return f"{round(6 * counts[0] / total)}{min(bucket(total), 5)}"


def kin(left: str, right: str, tables: Tables) -> tuple[int, int]:
    """How often the press joins the left one to a form of the right one, and leaves them apart."""
    keys = [f"{left} {base}" for base in (right, *stems(right))]
    return max([tables.by_base[key] for key in keys if key in tables.by_base], default=(0, 0), key=sum)


def is_marked(word: str, gap: int) -> bool:
    """Whether nobody leaves this gap empty by habit: after «می», before an ending."""
    return word[gap + 1 :] in ENDINGS or word[: gap + 1] in VERBAL


def features(word: str, places: list[int], tables: Tables) -> list[list[str]]:
    """For each gap in `places`: the names of what holds of it."""
    listed = tables.joined.get(word)
    seen, seen_at = tables.seen(word)
    bases = [base for base in stems(word) if len(base) > 2]
    of_bases = [(len(base), tables.joined[base]) for base in bases if base in tables.joined]
    plain_base = max((tables.code(base) for base in bases), default=0)
    edge = "^^^" + word + "$$$"
    base_level = max((tables.level(base) for base in bases), default=0)
    level = tables.level(word)
    shared = [
        f"w{tables.code(word)}", f"wb{plain_base}", f"len{min(len(word), 14)}",
        f"~w{level}", f"~b{base_level}", f"~wb{level}|{base_level}",
    ]  # fmt: skip
    rows = []
    for gap in places:
        row = [*shared, *_strings(edge, gap + 4), *_parts(word[: gap + 1], word[gap + 1 :], tables)]
        if listed is not None:
            row.append(f"k{listed.get(gap, 0)}")
        elif of_bases:
            row.append(f"kb{max(at.get(gap, 0) if gap < length - 1 else 0 for length, at in of_bases)}")
        if seen:
            row.append(f"s{bucket(seen)}:{round(4 * seen_at.get(gap, 0) / seen)}")
        rows.append(row)
    return rows


def is_doubted(share: float) -> bool:
    """Whether trees are asked of a gap that the weights give this chance."""
    return _DOUBTED < share < 1 - _DOUBTED


def numbers(
    word: str, places: list[int], logits: list[float], shares: list[float], tables: Tables
) -> list[list[float]]:
    """For each gap in `places`: what trees are asked of it, given what the weights say of all of them."""
    listed = tables.joined.get(word)
    seen, seen_at = tables.seen(word)
    bases = [base for base in stems(word) if len(base) > 2]
    of_word = [tables.code(word), tables.common.get(word, 0), len(word), seen, *_most_common(bases, tables)]
    rows: list[list[float]] = []
    for i, gap in enumerate(places):
        of_bases = (tables.joined.get(base, {}).get(gap, 0) for base in bases if gap < len(base) - 1)
        others = (share for j, share in enumerate(shares) if j != i)
        rows.append(
            [
                *of_word,
                seen_at.get(gap, 0),
                -1 if listed is None else listed.get(gap, 0),
                max(of_bases, default=0),
                *_of_parts(word[: gap + 1], word[gap + 1 :], tables),
                round(logits[i], 2),
                round(logit(shares[i]), 2),
                round(logit(max(others, default=0.0)), 2),
            ]
        )
    return rows


def _most_common(words: list[str], tables: Tables) -> tuple[int, int]:
    codes = max((tables.code(word) for word in words), default=-1)
    return codes, max((tables.common.get(word, 0) for word in words), default=-1)


def _of_parts(left: str, right: str, tables: Tables) -> list[float]:
    bases = stems(right)
    return [
        tables.code(left), tables.common.get(left, 0), len(left), left in VERBAL,
        tables.lefts.get(left, 0), tables.listed_lefts.get(left, 0),
        tables.code(right), tables.common.get(right, 0), len(right), right in ENDINGS,
        tables.rights.get(right, 0), tables.listed_rights.get(right, 0),
        max((tables.rights.get(base, 0) for base in bases), default=-1),
        max((tables.listed_rights.get(base, 0) for base in bases), default=-1),
        *_most_common(bases, tables),
    ]  # fmt: skip


def _strings(edge: str, at: int) -> list[str]:
    """Runs of letters around the gap before `edge[at]`."""
    l1, l2, l3 = edge[at - 1], edge[at - 2 : at], edge[at - 3 : at]
    r1, r2, r3 = edge[at], edge[at : at + 2], edge[at : at + 3]
    return [
        "a" + l1, "b" + l2, "c" + l3, "d" + edge[max(0, at - 4) : at],
        "e" + r1, "f" + r2, "g" + r3, "h" + edge[at : at + 4],
        f"i{l1}|{r1}", f"j{l2}|{r1}", f"m{l1}|{r2}", f"n{l2}|{r2}", f"o{l3}|{r3}",
        f"p{l1}|{r3}", f"q{l3}|{r1}",
    ]  # fmt: skip


def _parts(left: str, right: str, tables: Tables) -> list[str]:
    lc, rc = tables.code(left), tables.code(right)
    ending = right if right in ENDINGS else tables.rest_class(right)
    lp, rp = bucket(tables.lefts.get(left, 0)), bucket(tables.rights.get(right, 0))
    ll, lr = bucket(tables.listed_lefts.get(left, 0)), bucket(tables.listed_rights.get(right, 0))
    row = [
        f"L{lc}", f"R{rc}", f"LR{lc}|{rc}", f"l{lp}", f"r{rp}", f"lr{lp}|{rp}", f"E{ending}|{lc}",
        f"ll{min(len(left), 7)}", f"u{ll}", f"v{lr}", f"uv{ll}|{lr}", f"ur{ll}|{rp}", f"lv{lp}|{lr}",
    ]  # fmt: skip
    left_level, right_level = tables.level(left), tables.level(right)
    levels = f"{left_level}|{right_level}"
    row += [f"~l{left_level}", f"~r{right_level}", f"~lr{levels}", f"~e{left_level}|{ending}"]
    verb = right in tables.verbs
    if len(left) <= 6:
        row += ["x" + left, f"X{left}|{rc > 0}|{verb}|{rp > 0}"]
    if len(right) <= 7:
        row += ["y" + right, f"Y{right}|{lc > 0}|{min(len(left), 6)}"]
    if left in VERBAL:
        row.append(f"V{left}|{verb}")
    if right[0] == "و" and len(right) > 2:  # «گفت‌وگو»: a half-space, «و», and what follows it
        row.append(f"W{lc}|{tables.code(right[1:])}|{min(len(left), 4)}|{min(len(right), 5)}")
    if left[-1] == "ه" and ending in _COPULA:
        row.append(f"P{left in tables.participles}|{ending}|{tables.code(left[:-1])}")
    bases = stems(right)
    if bases:
        seen = max(bucket(tables.rights.get(base, 0)) for base in bases)
        listed = max(bucket(tables.listed_rights.get(base, 0)) for base in bases)
        row += [f"rs{seen}|{lc > 0}", f"vs{listed}|{lc > 0}", f"rS{max(tables.code(base) for base in bases)}"]
        row.append(f"~rb{max(tables.level(base) for base in bases)}|{left_level}")
    return row
