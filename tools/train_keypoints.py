"""Learn what pairs of words are worth (`bot/news/summary/worth.tsv`) from stories with their editors' ledes.

    PYTHONPATH=. python tools/train_keypoints.py STORIES.jsonl [more.jsonl …]

A line is a story: {"headline", "lead", "body"}, the body without the lede, a paragraph a line. Shipped are
counts of single words (how rare; how much oftener than others in a lede) and the weights of a logistic model:
no sentence can be had back from them. Words of fewer than five stories are left out.

The weights are learnt with the word counts of the other half of the stories, so that the model does not learn
to trust what it has seen; the shipped counts are those of all. No package is needed; it takes half a minute.
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import exp, log
from operator import mul
from pathlib import Path

from bot.news.grammar import sentences
from bot.news.summary import worth
from bot.news.summary.worth import Word

SHIPPED = Path(__file__).parents[1] / "bot" / "news" / "summary" / "worth.tsv"
FEWEST_STORIES = 5
FEWEST_SENTENCES = 5
PRIOR = 20  # stories that a word's pull is weighed against
KEPT_OF_WORTHLESS = 0.1
RIDGE = 1.0
STEPS = 7

type Row = tuple[tuple[float, ...], float, float]  # features, in the lede or not, how many it stands for


class Story:
    def __init__(self, record: dict[str, str]) -> None:
        self.headline = worth.fold(record["headline"])
        self.lede = worth.fold(record["lead"])
        self.sentences = [
            folded
            for paragraph in record["body"].split("\n")
            for sentence in sentences.split(paragraph)
            if len(folded := worth.fold(sentence)) >= FEWEST_SENTENCES
        ]


def read(paths: Iterable[str]) -> Iterator[Story]:
    for path in paths:
        for line in Path(path).read_text("utf-8").splitlines():
            story = Story(json.loads(line))
            if len(story.sentences) >= FEWEST_SENTENCES:
                yield story


def count(stories: Sequence[Story]) -> dict[str, Word]:
    """How rare each word is, and how it is drawn into ledes."""
    told: Counter[str] = Counter()
    led: Counter[str] = Counter()
    for story in stories:
        words = {word for sentence in story.sentences for word in sentence}
        told.update(words)
        led.update(words.intersection(story.lede))
    usual = led.total() / told.total()
    return {
        word: Word(
            rarity=log((len(stories) + 1) / (often + 1)) / log(len(stories) + 1),
            pull=log((led[word] + PRIOR * usual) / (often - led[word] + PRIOR * (1 - usual)))
            - log(usual / (1 - usual)),
        )
        for word, often in told.items()
        if often >= FEWEST_STORIES
    }


def rows(stories: Iterable[Story], words: dict[str, Word], chance: random.Random) -> Iterator[Row]:
    for story in stories:
        led = set(pairwise(story.lede))
        for pair, features in worth.describe(story.headline, story.sentences, words).items():
            if pair in led:
                yield features, 1.0, 1.0
            elif chance.random() < KEPT_OF_WORTHLESS:
                yield features, 0.0, 1 / KEPT_OF_WORTHLESS


def fit(data: Sequence[Row]) -> list[float]:
    """Logistic regression by Newton's method."""
    size = len(data[0][0])
    weights = [0.0] * size
    for _ in range(STEPS):
        slope = [-RIDGE * weight for weight in weights]
        curve = [[RIDGE * (row == column) for column in range(size)] for row in range(size)]
        for features, truth, many in data:
            chance = 1 / (1 + exp(-sum(map(mul, weights, features))))
            bend = many * chance * (1 - chance)
            for row, value in enumerate(features):
                slope[row] += many * (truth - chance) * value
                if value:
                    scaled = bend * value
                    curve[row] = [
                        old + scaled * other for old, other in zip(curve[row], features, strict=True)
                    ]
        weights = [old + step for old, step in zip(weights, solve(curve, slope), strict=True)]
    return weights


def solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gauss's elimination; the matrix is positive definite, so no pivoting."""
    rows_ = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows_)
    for at in range(size):
        for below in range(at + 1, size):
            factor = rows_[below][at] / rows_[at][at]
            rows_[below] = [old - factor * above for old, above in zip(rows_[below], rows_[at], strict=True)]
    found = [0.0] * size
    for at in reversed(range(size)):
        found[at] = (rows_[at][size] - sum(map(mul, rows_[at][at + 1 : size], found[at + 1 :]))) / rows_[at][
            at
        ]
    return found


def write(weights: Sequence[float], words: dict[str, Word], path: Path) -> None:
    lines = [" ".join(f"{weight:.4f}" for weight in weights)]
    for word, each in sorted(words.items()):
        lines.append(f"{word}\t{round(each.rarity * 1000)}\t{round(each.pull * 1000)}")
    path.write_text("\n".join(lines) + "\n", "utf-8")


def learn(stories: list[Story]) -> tuple[list[float], dict[str, Word]]:
    chance = random.Random(0)  # noqa: S311 - a sample, not a secret
    chance.shuffle(stories)
    half = len(stories) // 2
    one, other = stories[:half], stories[half:]
    data = [*rows(one, count(other), chance), *rows(other, count(one), chance)]
    return fit(data), count(stories)


if __name__ == "__main__":
    write(*learn(list(read(sys.argv[1:]))), SHIPPED)
