"""News text that halfspace learns from: its articles in folds, and what is counted in them."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from bot.news.spelling.halfspace import between, stored
from bot.news.spelling.halfspace.letters import NON_JOINING, ZWNJ, Word, words_of
from bot.news.spelling.halfspace.tables import Places, Rates, Tables, by_base, opened, stems, tables

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
class Counts:
    """What is counted, fold by fold."""

    words: list[Counter[str]]
    common: list[Counter[str]]
    pairs: list[tuple[Counter[str], Counter[str]]]


def _text(text: str) -> Text:
    return Text(text=text, words=words_of(text))


def folds_of(corpus: Path, splits: Iterable[str], verbs: frozenset[str]) -> list[Fold]:
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


def counted(folds: list[Fold]) -> Counts:
    return Counts(
        words=[_words(fold) for fold in folds],
        common=[_common(fold) for fold in folds],
        pairs=[_pairs(fold) for fold in folds],
    )


def _words(fold: Fold) -> Counter[str]:
    """Forms with their half-spaces, and how often they are seen."""
    count = Counter(ZWNJ.join(w.parts()) for text in (*fold.sentences, *fold.articles) for w in text.words)
    count.update(ZWNJ.join(word.parts()) for text in fold.others for word in text.words if word.kept)
    return count


def flat(words: list[Word]) -> list[tuple[str, str]]:
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
        row = flat(text.words)
        for (left, _), (right, hangs) in pairwise(row):
            if hangs == "Z":
                joined[f"{left} {right}"] += 1
    for text in (*fold.sentences, *fold.articles):
        row = flat(text.words)
        for (left, _), (right, hangs) in pairwise(row):
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


def tables_without(listed: dict[str, int], roots: list[str], counts: Counts, without: int | None) -> Tables:
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


def write_tables(out: Path, listed: dict[str, int], roots: list[str], counts: Counts, known: Tables) -> None:
    stored.write(out / stored.LISTED, [*sorted(listed.items()), *((root,) for root in sorted(set(roots)))])
    stored.write(out / stored.COMMON, sorted(known.common.items()))
    words = sorted(_sum(counts.words, range(FOLDS)).items())
    seen = [(form, number) for form, number in words if _is_worth_keeping(form, number)]
    pairs = ((pair, *numbers) for pair, numbers in sorted(known.pairs.items()))
    stored.write(out / stored.PRESS, [*seen, *pairs, *stored.rates(known)])
