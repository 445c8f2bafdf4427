"""Remakes the tables and weights of bot.news.halfspace from word lists and news text; docs/halfspace.md.

    python tools/train_halfspace.py CORPUS --lilak FILE --shekar FOLDER [--out FOLDER] [--train-only]

CORPUS holds `zwnj/{train,dev}.jsonl` (source, doc, gold) and `news/*.jsonl` (id, headline, lead,
body_paragraphs).
"""

import argparse
import hashlib
import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from halfspace_learner import Learner
from halfspace_lists import listed_forms

from bot.news.halfspace import between, context, inner, stored
from bot.news.halfspace.letters import LONGEST, NON_JOINING, ZWNJ, Word, words_of
from bot.news.halfspace.restore import Restorer
from bot.news.halfspace.scoring import Weights
from bot.news.halfspace.tables import Places, Rates, Tables, by_base, conjugated, opened, stems, tables

NEWS = frozenset(("fars", "modern4", "varzesh3"))  # no share-alike text in what is shipped
FOLDS = 10


@dataclass(frozen=True, kw_only=True)
class Text:
    text: str
    words: list[Word]


@dataclass(frozen=True, kw_only=True)
class Fold:
    """A tenth of the articles; an article is in one only."""

    sentences: list[Text]  # consistent, to learn from
    articles: list[Text]  # whole, their half-spaces put well throughout, to learn words from
    others: list[Text]  # whole, of which only the half-spaces that are there tell something


@dataclass(frozen=True, kw_only=True)
class _Counts:
    """What is counted, fold by fold."""

    words: list[Counter[str]]
    common: list[Counter[str]]
    pairs: list[tuple[Counter[str], Counter[str]]]


def main() -> None:
    options = _options()
    listed, roots = listed_forms(options.lilak, options.shekar)
    verbs, _ = conjugated(roots)
    folds = _folds(options.corpus, ("train",) if options.train_only else ("train", "dev"), verbs)
    counts = _Counts(
        words=[_words(fold) for fold in folds],
        common=[_common(fold) for fold in folds],
        pairs=[_pairs(fold) for fold in folds],
    )
    inside, spaces, around = _learn(folds, lambda without: _tables(listed, roots, counts, without))
    options.out.mkdir(exist_ok=True)
    for name, weights in zip(stored.WEIGHTS, (inside, spaces, around), strict=True):
        stored.write_weights(options.out / name, weights)
    known = _tables(listed, roots, counts, None)
    _write_tables(options.out, listed, roots, counts, known)
    inside, spaces, around = (stored.load_weights(options.out / name) for name in stored.WEIGHTS)  # rounded
    words = sorted({*known.plain, *known.common, *known.joined, *known.counts})
    restorer = Restorer(tables=known, inside=inside, spaces=spaces, around=around)
    stored.write_worked(options.out / stored.WORKED, [(word, restorer.worked_out(word)) for word in words])


def _learn(folds: list[Fold], known: Callable[[int], Tables]) -> tuple[Weights, Weights, Weights]:
    """Weights for gaps in words, for spaces, for neighbours; a fold is read with the others' counts."""
    inside, spaces, around = Learner(c1=0.8), Learner(c1=1.2), Learner(c1=0.3)
    for i, fold in enumerate(folds):
        without = known(i)
        _learn_inside(inside, fold, without)
        for text in (*fold.sentences, *fold.articles):
            for rows, labels in _runs(_flat(text.words), without):
                spaces.show(rows, labels)
        for text in (*fold.sentences, *fold.articles):
            for row, label in _open_words(text):
                around.show([row], [label])
    by_neighbours = around.learn()
    by_neighbours.of["bias"] = by_neighbours.of.get("bias", 0.0) - around.log_odds()
    return inside.learn(), spaces.learn(), by_neighbours


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


# News text


def _text(text: str) -> Text:
    return Text(text=text, words=words_of(text))


def _folds(corpus: Path, splits: Iterable[str], verbs: frozenset[str]) -> list[Fold]:
    folds = [Fold(sentences=[], articles=[], others=[]) for _ in range(FOLDS)]
    used = set()
    for split in splits:
        for row in _rows(corpus / "zwnj" / f"{split}.jsonl"):
            if row["source"] in NEWS:
                used.add(row["doc"])
                folds[_number(row["doc"])].sentences.append(_text(row["gold"]))
    for path in sorted(path for split in splits for path in (corpus / "news").glob(f"*.{split}.jsonl")):
        for row in _rows(path):
            if row["id"] not in used:
                article = _text("\n".join((row["headline"], row["lead"], *row["body_paragraphs"])))
                fold = folds[_number(row["id"])]
                (fold.articles if _is_careful(article.words, verbs) else fold.others).append(article)
    return folds


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _number(doc: str) -> int:
    return int(hashlib.sha1(doc.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def _is_careful(words: list[Word], verbs: frozenset[str]) -> bool:
    """Whether the article's half-spaces are put well enough to learn words from it."""
    lost = sum(not word.kept and _lost_one(word.letters, verbs) for word in words)
    kept = sum(bool(word.kept) for word in words)
    return len(words) > 50 and kept >= 0.03 * len(words) and lost <= 0.005 * len(words)


def _lost_one(letters: str, verbs: frozenset[str]) -> bool:
    if letters in ("ها", "های", "هایی", "می", "نمی"):
        return True
    return any(
        letters.startswith(p) and letters.removeprefix(p) in verbs and len(letters) > 4 for p in ("می", "نمی")
    )


def _words(fold: Fold) -> Counter[str]:
    """Forms with their half-spaces, and how often they are seen."""
    count = Counter(ZWNJ.join(w.parts()) for text in (*fold.sentences, *fold.articles) for w in text.words)
    count.update(ZWNJ.join(word.parts()) for text in fold.others for word in text.words if word.kept)
    return count


def _flat(words: list[Word]) -> list[tuple[str, str]]:
    """The pieces of words, and what is between each and the one before: Z half-space, S space, or else."""
    out = []
    before = ""
    for word in words:
        for piece in word.parts():
            out.append((piece, before))
            before = "Z"
        before = "S" if word.follows else ""
    return out


def _common(fold: Fold) -> Counter[str]:
    texts = (*fold.sentences, *fold.articles, *fold.others)
    return Counter(word.letters for text in texts for word in text.words if not word.kept)


def _is_worth_keeping(form: str, number: int) -> bool:
    return number > 1 or ZWNJ in form


def _pairs(fold: Fold) -> tuple[Counter[str], Counter[str]]:
    joined: Counter[str] = Counter()
    apart: Counter[str] = Counter()
    for text in (*fold.sentences, *fold.articles, *fold.others):
        flat = _flat(text.words)
        for (left, _), (right, hangs) in pairwise(flat):
            if hangs == "Z":
                joined[f"{left} {right}"] += 1
    for text in (*fold.sentences, *fold.articles):
        flat = _flat(text.words)
        for (left, _), (right, hangs) in pairwise(flat):
            if hangs == "S" and left[-1] not in NON_JOINING:
                apart[f"{left} {right}"] += 1
    return joined, apart


def _sum(counts: list[Counter[str]], folds: Iterable[int]) -> Counter[str]:
    total: Counter[str] = Counter()
    for i in folds:
        total.update(counts[i])
    return total


def _sum_of_pairs(
    pairs: list[tuple[Counter[str], Counter[str]]], folds: list[int]
) -> dict[str, tuple[int, int]]:
    joined, apart = _sum([j for j, _ in pairs], folds), _sum([a for _, a in pairs], folds)
    return {pair: (joined[pair], apart[pair]) for pair in joined.keys() | apart.keys()}


def _tables(listed: dict[str, int], roots: list[str], counts: _Counts, without: int | None) -> Tables:
    """The tables as they would be had the articles of one fold never been written."""
    folds = [i for i in range(FOLDS) if i != without]
    words = _sum(counts.words, folds)
    common = {word: number for word, number in _sum(counts.common, folds).items() if number > 1}
    pairs = _sum_of_pairs(counts.pairs, folds)
    joined: dict[str, Places] = {}
    for form, code in listed.items():
        if ZWNJ in form:
            letters, gaps = opened(form)
            at = joined.setdefault(letters, {})
            at.update({gap: at.get(gap, 0) | code for gap in gaps})
    seen: dict[str, tuple[int, Places]] = {}
    for form, number in words.items():
        if _is_worth_keeping(form, number):
            stored.count(seen, form, number)
    plain = {form: code for form, code in listed.items() if ZWNJ not in form}
    left_rates, right_rates = _rates(pairs)
    told = tables(
        plain=plain,
        joined=joined,
        counts=seen,
        common=common,
        pairs={},
        roots=roots,
        left_rates=left_rates,
        right_rates=right_rates,
    )
    bases = by_base({pair: n for pair, n in pairs.items() if n[0]})
    kept = {pair: n for pair, n in pairs.items() if n[0] or _is_listed(pair, told) or _has_kin(pair, bases)}
    return replace(told, pairs=kept, by_base=by_base(kept))


def _has_kin(pair: str, bases: dict[str, tuple[int, int]]) -> bool:
    left, _, right = pair.partition(" ")
    return any(f"{left} {base}" in bases for base in (right, *stems(right)))


def _rates(pairs: dict[str, tuple[int, int]]) -> tuple[Rates, Rates]:
    """How often each piece is joined to, and left apart from, what is after it and what is before it."""
    lefts: Rates = {}
    rights: Rates = {}
    for pair, (joined, apart) in pairs.items():
        for side, piece in zip((lefts, rights), pair.split(" "), strict=True):
            before = side.get(piece, (0, 0))
            side[piece] = (before[0] + joined, before[1] + apart)
    return _ever_joined(lefts), _ever_joined(rights)


def _ever_joined(side: Rates) -> Rates:
    return {piece: numbers for piece, numbers in side.items() if numbers[0]}


def _is_listed(pair: str, known: Tables) -> bool:
    left, _, right = pair.partition(" ")
    return between.listed(left, right, known) > 0


# Learning


def _learn_inside(learner: Learner, fold: Fold, known: Tables) -> None:
    forms = Counter((word.letters, word.kept) for text in fold.sentences for word in text.words)
    for (letters, kept), number in forms.items():
        places = inner.gaps(letters)
        if places and 2 < len(letters) <= LONGEST:
            rows = inner.features(letters, places, known)
            labels = ["Z" if gap in kept else "N" for gap in places]
            for _ in range(number if number <= 8 else 8 + math.isqrt(number - 8)):
                learner.show(rows, labels)


def _runs(flat: list[tuple[str, str]], known: Tables) -> Iterator[tuple[list[list[str]], list[str]]]:
    """The neighbouring spaces that are worth a look, where every half-space were one."""
    rows: list[list[str]] = []
    labels: list[str] = []
    for i in range(1, len(flat)):
        (left, hung), (right, hangs) = flat[i - 1], flat[i]
        if hangs and between.may_join(left, right, known):
            before = flat[i - 2][0] if i > 1 and hung else ""
            after = flat[i + 1][0] if i + 1 < len(flat) and flat[i + 1][1] else ""
            rows.append(between.features(before, left, right, after, known))
            labels.append(hangs)
        elif rows:
            yield rows, labels
            rows, labels = [], []
    if rows:
        yield rows, labels


def _open_words(text: Text) -> Iterator[tuple[list[str], str]]:
    for i, word in enumerate(text.words):
        if context.is_open(word.letters):
            yield (
                context.features(text.text, text.words, i),
                "Z" if len(word.letters) - 3 in word.kept else "N",
            )


def _write_tables(
    out: Path, listed: dict[str, int], roots: list[str], counts: _Counts, known: Tables
) -> None:
    stored.write(out / stored.LISTED, [*sorted(listed.items()), *((root,) for root in sorted(set(roots)))])
    stored.write(out / stored.COMMON, sorted(known.common.items()))
    words = sorted(_sum(counts.words, range(FOLDS)).items())
    seen = [(form, number) for form, number in words if _is_worth_keeping(form, number)]
    pairs = ((pair, *numbers) for pair, numbers in sorted(known.pairs.items()))
    stored.write(out / stored.PRESS, [*seen, *pairs, *stored.rates(known)])


if __name__ == "__main__":
    main()
