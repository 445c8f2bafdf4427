"""What small trees say of a row of numbers; it knows neither letters nor how they were learnt."""

from collections.abc import Iterable, Iterator, Sequence

# A leaf; or a column, a bound, what comes where the number is no greater, and what comes where it is.
type Node = float | tuple[int, float, Node, Node]
_LEAF = "="


def said(tree: Node, row: Sequence[float]) -> float:
    """The leaf that the row comes to."""
    while isinstance(tree, tuple):
        column, bound, low, high = tree
        tree = low if row[column] <= bound else high
    return tree


def total(trees: Iterable[Node], row: Sequence[float]) -> float:
    """What all of them say, in logits."""
    leaves: list[float] = []
    for tree in trees:  # as `said` has it, without a call for each, which would take as long again
        node = tree
        while isinstance(node, tuple):
            column, bound, low, high = node
            node = low if row[column] <= bound else high
        leaves.append(node)
    return sum(leaves)


def words_of(tree: Node) -> list[str]:
    """The tree as it is kept: each branching before what comes after it, leaves marked."""
    if isinstance(tree, tuple):
        column, bound, low, high = tree
        return [f"{column}", f"{bound:.6g}", *words_of(low), *words_of(high)]
    return [f"{_LEAF}{tree:g}"]


def tree_of(kept: Iterator[str]) -> Node:
    """The tree that was kept so."""
    word = next(kept)
    if word.startswith(_LEAF):
        return float(word.removeprefix(_LEAF))
    return int(word), float(next(kept)), tree_of(kept), tree_of(kept)
