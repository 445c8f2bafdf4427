"""Remakes the tables and weights of halfspace from word lists and news text; docs/halfspace.md.

    python tools/train_halfspace.py CORPUS --lilak FILE --shekar FOLDER [--out FOLDER] [--train-only]

CORPUS holds `zwnj/{train,dev}.jsonl` (source, doc, gold) and `news/*.jsonl` (id, headline, lead,
body_paragraphs).
"""

import argparse
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from halfspace_learner import Learner
from halfspace_lists import listed_forms
from halfspace_press import FOLDS, Fold, Text, counted, flat, folds_of, tables_without, write_tables
from halfspace_trees import Shown

from bot.news.spelling.halfspace import between, context, inner, stored
from bot.news.spelling.halfspace.letters import LONGEST
from bot.news.spelling.halfspace.restore import Restorer
from bot.news.spelling.halfspace.scoring import Weights
from bot.news.spelling.halfspace.tables import Tables, conjugated
from bot.news.spelling.halfspace.trees import Node

_PARTS = 3  # the weights whose doubts trees learn from come of all articles but such a part
_LESS = 0.1  # how much a whole article counts beside sentences chosen for their spelling


class _Form(NamedTuple):
    """A word of the press without its half-spaces, and where it has them."""

    letters: str
    places: list[int]
    rows: list[list[str]]
    labels: list[bool]
    weight: int


type _Space = tuple[str, str, str, str]  # the two beside it and one more on each side


def main() -> None:
    options = _options()
    listed, roots = listed_forms(options.lilak, options.shekar)
    verbs, _ = conjugated(roots)
    folds = folds_of(options.corpus, ("train",) if options.train_only else ("train", "dev"), verbs)
    counts = counted(folds)

    def without(fold: int) -> Tables:
        return tables_without(listed, roots, counts, fold)

    weights = (*_learn(folds, range(FOLDS), without), _learn_around(folds))
    options.out.mkdir(exist_ok=True)
    for name, of in zip(stored.WEIGHTS, weights, strict=True):
        stored.write_weights(options.out / name, of)
    for name, trees in zip(stored.TREES, _learn_trees(folds, without), strict=True):
        stored.write_trees(options.out / name, trees)
    known = tables_without(listed, roots, counts, None)
    write_tables(options.out, listed, roots, counts, known)
    words = sorted({*known.plain, *known.common, *known.joined, *known.counts})
    restorer = _restorer(options.out, known)
    stored.write_worked(options.out / stored.WORKED, [(word, restorer.worked_out(word)) for word in words])


def _restorer(folder: Path, known: Tables) -> Restorer:
    inside, spaces, around = (stored.load_weights(folder / name) for name in stored.WEIGHTS)
    inside_trees, spaces_trees = (stored.load_trees(folder / name) for name in stored.TREES)
    return Restorer(
        tables=known,
        inside=inside,
        spaces=spaces,
        around=around,
        inside_trees=inside_trees,
        spaces_trees=spaces_trees,
    )


def _learn(
    folds: list[Fold], which: Iterable[int], without: Callable[[int], Tables]
) -> tuple[Weights, Weights]:
    """Weights for gaps in words and for spaces, from some folds; each is read with the others' counts."""
    inside, spaces = Learner(c1=0.8), Learner(c1=1.2)
    for i in which:
        known = without(i)
        for form in _forms(folds[i], known):
            for _ in range(form.weight):
                inside.show(form.rows, ["Z" if label else "N" for label in form.labels])
        for text in (*folds[i].sentences, *folds[i].articles):
            for run in _runs(flat(text.words), known):
                rows = [between.features(*space, known) for space, _ in run]
                spaces.show(rows, [hangs for _, hangs in run])
    return inside.learn(), spaces.learn()


def _learn_around(folds: list[Fold]) -> Weights:
    """Weights for the neighbours of «…های»."""
    around = Learner(c1=0.3)
    for fold in folds:
        for text in (*fold.sentences, *fold.articles):
            for row, label in _open_words(text):
                around.show([row], [label])
    weights = around.learn()
    weights.of["bias"] = weights.of.get("bias", 0.0) - around.log_odds()
    return weights


def _learn_trees(folds: list[Fold], without: Callable[[int], Tables]) -> tuple[list[Node], list[Node]]:
    """Trees for gaps in words and for spaces where the weights doubt that were learnt from other folds."""
    inside, spaces = Shown(), Shown()
    for part in range(_PARTS):
        of_inside, of_spaces = _learn(folds, [i for i in range(FOLDS) if i % _PARTS != part], without)
        for i in range(part, FOLDS, _PARTS):
            known = without(i)
            for form in _forms(folds[i], known):
                _show_form(inside, form, of_inside, known)
            for weight, texts in ((1.0, folds[i].sentences), (_LESS, folds[i].articles)):
                runs = (run for text in texts for run in _runs(flat(text.words), known))
                for space, hangs in chain.from_iterable(runs):
                    row = _doubted(space, of_spaces, known)
                    if row:
                        spaces.show(row, hangs == "Z", weight)
    return inside.learn(trees=60, depth=4, rate=0.1), spaces.learn(trees=60, depth=4, rate=0.15)


def _show_form(shown: Shown, form: _Form, weights: Weights, known: Tables) -> None:
    logits = [weights.logit(row) for row in form.rows]
    shares = weights.along(logits)
    if any(map(inner.is_doubted, shares)):
        rows = inner.numbers(form.letters, form.places, logits, shares, known)
        for row, share, label in zip(rows, shares, form.labels, strict=True):
            if inner.is_doubted(share):
                shown.show(row, label, form.weight)


def _doubted(space: _Space, weights: Weights, known: Tables) -> list[float]:
    """What trees are asked of a space; nothing where they are not asked."""
    _, left, right, _ = space
    logit = weights.logit(between.features(*space, known))
    if between.is_marked(left, right) or not between.is_doubted(logit):
        return []
    return between.numbers(left, right, logit, known)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--lilak", type=Path, required=True)
    parser.add_argument("--shekar", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=stored.FOLDER)
    parser.add_argument("--train-only", action="store_true")
    return parser.parse_args()


def _forms(fold: Fold, known: Tables) -> Iterator[_Form]:
    forms = Counter((word.letters, word.kept) for text in fold.sentences for word in text.words)
    for (letters, kept), number in forms.items():
        places = inner.gaps(letters)
        if places and 2 < len(letters) <= LONGEST:
            yield _Form(
                letters=letters,
                places=places,
                rows=inner.features(letters, places, known),
                labels=[gap in kept for gap in places],
                weight=number if number <= 8 else 8 + math.isqrt(number - 8),
            )


def _runs(flat: list[tuple[str, str]], known: Tables) -> Iterator[list[tuple[_Space, str]]]:
    """The neighbouring spaces that are worth a look, where every half-space were one, and what they are."""
    run: list[tuple[_Space, str]] = []
    for i in range(1, len(flat)):
        (left, hung), (right, hangs) = flat[i - 1], flat[i]
        if hangs and between.may_join(left, right, known):
            before = flat[i - 2][0] if i > 1 and hung else ""
            after = flat[i + 1][0] if i + 1 < len(flat) and flat[i + 1][1] else ""
            run.append(((before, left, right, after), hangs))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _open_words(text: Text) -> Iterator[tuple[list[str], str]]:
    for i, word in enumerate(text.words):
        if context.is_open(word.letters):
            yield (
                context.features(text.text, text.words, i),
                "Z" if len(word.letters) - 3 in word.kept else "N",
            )


if __name__ == "__main__":
    main()
