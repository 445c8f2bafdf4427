"""Weights learnt from labelled rows of names; it knows no Persian."""

import math
import tempfile
from collections import Counter
from pathlib import Path

import pycrfsuite

from bot.news.spelling.halfspace.scoring import Weights


class Learner:
    """Weights from a conditional random field of two labels, Z and any other.

    Two are trained, with how common words are (names that begin with ~) and without, and their weights
    averaged: that is better on words the press does not use than the first, and on others than the second.
    """

    def __init__(self, *, c1: float) -> None:
        self._trainers = [pycrfsuite.Trainer(algorithm="lbfgs", verbose=False) for _ in range(2)]
        for trainer in self._trainers:
            trainer.set_params({"c1": c1, "c2": 0.02, "max_iterations": 90})
        self._labels: Counter[bool] = Counter()

    def show(self, rows: list[list[str]], labels: list[str]) -> None:
        self._trainers[0].append(rows, labels)
        self._trainers[1].append([[name for name in row if name[0] != "~"] for row in rows], labels)
        self._labels.update(label == "Z" for label in labels)

    def log_odds(self) -> float:
        return math.log(self._labels[True] / self._labels[False])

    def learn(self) -> Weights:
        one, other = (_learnt(trainer) for trainer in self._trainers)
        names = one.of.keys() | other.of.keys()
        return Weights(
            of={name: (one.of.get(name, 0.0) + other.of.get(name, 0.0)) / 2 for name in names},
            followed=(one.followed + other.followed) / 2,
            after=((one.after[0] + other.after[0]) / 2, (one.after[1] + other.after[1]) / 2),
        )


def _learnt(trainer: pycrfsuite.Trainer) -> Weights:
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        tagger.close()
    of: dict[str, float] = {}
    for (name, label), weight in info.state_features.items():
        of[name] = of.get(name, 0.0) + (weight if label == "Z" else -weight)
    step = {(a == "Z", b == "Z"): weight for (a, b), weight in info.transitions.items()}
    none, ended = step.get((False, False), 0.0), step.get((True, False), 0.0)
    after = (step.get((False, True), 0.0) - none, step.get((True, True), 0.0) - ended)
    return Weights(of=of, followed=ended - none, after=after)
