"""The tables and weights as they are kept beside this module; how they came to be: docs/halfspace.md."""

import lzma
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.news.spelling.halfspace import trees
from bot.news.spelling.halfspace.letters import ZWNJ
from bot.news.spelling.halfspace.scoring import Weights
from bot.news.spelling.halfspace.tables import Chances, Places, Rates, Tables, opened, tables
from bot.news.spelling.halfspace.trees import Node

FOLDER = Path(__file__).parent / "data"
LISTED = "listed.txt.xz"  # form, code: with half-spaces or without; a verb's two stems
PRESS = "press.txt.xz"  # form, how often; two pieces, how often joined and apart; one, the same to both sides
COMMON = "common.txt.xz"  # word, how often in any copy
WEIGHTS = ("inside.txt.xz", "spaces.txt.xz", "around.txt.xz")  # three numbers of the chain; name, hundredths
WORKED = (
    "worked.txt.xz"  # word; gap, thousandths of its chance: what the weights say of the words known, if any
)
TREES = ("inside-trees.txt.xz", "spaces-trees.txt.xz")  # a tree, as `trees` writes it
_CHAIN = "="


def write(path: Path, rows: Iterable[Iterable[object]]) -> None:
    text = "".join("\t".join(str(part) for part in row) + "\n" for row in rows)
    path.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))


def _read(path: Path) -> Iterator[list[str]]:
    text = lzma.decompress(path.read_bytes()).decode()
    return (line.split("\t") for line in text.split("\n") if line)


def load_tables(folder: Path = FOLDER) -> Tables:
    plain: dict[str, int] = {}
    joined: dict[str, Places] = {}
    roots: list[str] = []
    for form, *code in _read(folder / LISTED):
        if not code:
            roots.append(form)
        elif ZWNJ in form:
            letters, gaps = opened(form)
            at = joined.setdefault(letters, {})
            for gap in gaps:
                at[gap] = at.get(gap, 0) | int(code[0])
        else:
            plain[form] = int(code[0])
    counts: dict[str, tuple[int, Places]] = {}
    pairs: Rates = {}
    left_rates: Rates = {}
    right_rates: Rates = {}
    for form, number, *apart in _read(folder / PRESS):
        if len(apart) == 3:
            left_rates[form] = (int(number), int(apart[0]))
            right_rates[form] = (int(apart[1]), int(apart[2]))
        elif apart:
            pairs[form] = (int(number), int(apart[0]))
        else:
            count(counts, form, int(number))
    common = {word: int(number) for word, number in _read(folder / COMMON)}
    return tables(
        plain=plain,
        joined=joined,
        counts=counts,
        common=common,
        pairs=pairs,
        roots=roots,
        left_rates=left_rates,
        right_rates=right_rates,
    )


def rates(known: Tables) -> Iterator[tuple[object, ...]]:
    """The rows of the rates of pieces."""
    for piece in sorted(known.left_rates.keys() | known.right_rates.keys()):
        yield piece, *known.left_rates.get(piece, (0, 0)), *known.right_rates.get(piece, (0, 0))


def count(counts: dict[str, tuple[int, Places]], form: str, number: int) -> None:
    letters, gaps = opened(form)
    before, at = counts.get(letters, (0, {}))
    for gap in gaps:
        at[gap] = at.get(gap, 0) + number
    counts[letters] = (before + number, at)


def write_worked(path: Path, words: Iterable[tuple[str, Chances]]) -> None:
    write(path, ((word, *_numbers(chances)) for word, chances in words if chances))


def _numbers(chances: Chances) -> Iterator[int]:
    for gap, share in chances.items():
        yield gap
        yield min(999, round(1000 * share))


def load_worked(path: Path) -> dict[str, Chances]:
    worked: dict[str, Chances] = {}
    for word, *numbers in _read(path):
        gaps, shares = numbers[::2], numbers[1::2]
        pairs = zip(gaps, shares, strict=True)
        worked[word] = {int(gap): int(share) / 1000 for gap, share in pairs}
    return worked


def write_weights(path: Path, weights: Weights) -> None:
    chain = (weights.followed, *weights.after)
    rows = [(_CHAIN, *(round(100 * x) for x in chain))]
    rounded = ((name, round(100 * weight)) for name, weight in sorted(weights.of.items()))
    write(path, [*rows, *((name, number) for name, number in rounded if number)])


def write_trees(path: Path, learnt: Iterable[Node]) -> None:
    write(path, map(trees.words_of, learnt))


def load_trees(path: Path) -> list[Node]:
    return [trees.tree_of(iter(line)) for line in _read(path)]


def load_weights(path: Path) -> Weights:
    lines = _read(path)
    _, followed, none, one = next(lines)
    return Weights(
        of={name: int(number) / 100 for name, number in lines},
        followed=int(followed) / 100,
        after=(int(none) / 100, int(one) / 100),
    )
