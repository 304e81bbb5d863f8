"""Fit what each piece of evidence adds to a verdict's score, on what people judged; prints assistant.support.SCALE.

    python tools/fit_scale.py --data ../shared/bench fold-0.scores.json fold-1.scores.json

The scores are those that `train_checker.py people --fold` wrote for articles that the network had not seen. Every set
counts the same, and so do its supported and unsupported claims. Sets that may not teach what we ship only help to
choose the level. Figures are cross-validated by article.
"""

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from checker import sets
from checker.sets import Example
from numpy.typing import NDArray

from assistant.checks import Source
from assistant.entailment import Reading
from assistant.support import evidence, faults_of
from index.articles import Span

_FOLDS = 5
_ROUNDS = 8
_PENALTY = 1e-3
Pieces = NDArray[np.float64]


def main() -> None:
    """Fit and print the weights, and the figures of a fit that had not seen the article."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("scores", type=Path, nargs="+")
    arguments.add_argument("--data", type=Path, default=Path("../shared/bench"))
    given = arguments.parse_args()
    read = {_key(record): record["sentences"] for file in given.scores for record in json.loads(file.read_text())}
    examples = [each for each in sets.bench(given.data) if _key(vars(each)) in read]
    pieces = [_pieces(each, read[_key(vars(each))]) for each in examples]
    labels = np.array([each.label == "supported" for each in examples])
    held = np.zeros(len(examples))
    parts = np.array([int(hashlib.sha256(each.document.encode()).hexdigest(), 16) % _FOLDS for each in examples])
    for part in range(_FOLDS):
        weights = fit(examples, pieces, labels, parts != part)
        held[parts == part] = [_least(each, weights) for each in np.array(pieces, dtype=object)[parts == part]]
    report(examples, labels, held)
    _print_levels(examples, labels, held)
    print("SCALE = Scale(" + ", ".join(f"{weight:.3f}" for weight in fit(examples, pieces, labels, parts >= 0)) + ")")


def fit(
    examples: Sequence[Example], pieces: Sequence[Pieces], labels: NDArray[np.bool_], chosen: NDArray[np.bool_]
) -> Pieces:
    """Logistic regression by Newton's method, on each claim's least supported sentence by the weights so far.

    Each set has a level of its own, so that the weights tell claims of one set apart and not the sets; the one level
    for all is chosen by eye from what `_print_levels` says.
    """
    taught = np.array([each.dataset in sets.TAUGHT for each in examples]) & chosen
    names = np.array([each.dataset for each in examples])[taught]
    levels = np.array([[float(name == each) for each in sets.TAUGHT] for name in names])
    counts, wanted = _counts(examples, labels, taught)[taught], labels[taught].astype(float)
    weights = np.zeros(pieces[0].shape[1])
    weights[1] = 1.0
    for _ in range(_ROUNDS):
        rows = [
            each[np.argmin(each @ weights)][1:] for each, is_taught in zip(pieces, taught, strict=True) if is_taught
        ]
        both = np.column_stack([np.array(rows), levels])
        found = np.zeros(both.shape[1])
        for _ in range(12):
            chance = 1 / (1 + np.exp(-np.clip(both @ found, -30, 30)))
            slope = both.T @ (counts * (wanted - chance)) - _PENALTY * found
            curve = (both * (counts * chance * (1 - chance))[:, None]).T @ both + _PENALTY * np.eye(len(found))
            found = found + np.linalg.solve(curve, slope)
        weights = np.concatenate([[0.0], found[: len(weights) - 1]])
    return weights


def _print_levels(examples: Sequence[Example], labels: NDArray[np.bool_], held: Pieces) -> None:
    """What each level of the score as a threshold would give, for whoever chooses `start`."""
    names = np.array([each.dataset for each in examples])
    for level in np.arange(0, 3.1, 0.25):
        found: dict[str, list[float]] = {}
        for name in set(names):
            good, bad = held[(names == name) & labels], held[(names == name) & ~labels]
            found.setdefault(_kind(name), []).append(float(((good > level).mean() + (bad <= level).mean()) / 2))
        print(
            f"start {-level:.2f}: BA "
            + ", ".join(f"{kind} {np.mean(each):.3f}" for kind, each in sorted(found.items()))
        )


def _counts(examples: Sequence[Example], labels: NDArray[np.bool_], taught: NDArray[np.bool_]) -> Pieces:
    """What each example counts, so that sets and labels count the same."""
    names = np.array([each.dataset for each in examples])
    counts = np.zeros(len(examples))
    for name in sets.TAUGHT:
        for label in (True, False):
            mine = taught & (names == name) & (labels == label)
            counts[mine] = 1 / max(int(mine.sum()), 1)
    return counts


def report(examples: Sequence[Example], labels: NDArray[np.bool_], held: Pieces) -> None:
    """AUC for each set, and the means over those that count."""
    names = np.array([each.dataset for each in examples])
    figures = {}
    for name in sorted(set(names)):
        good, bad = held[(names == name) & labels], held[(names == name) & ~labels]
        auc = float((good[:, None] > bad[None]).mean() + 0.5 * (good[:, None] == bad[None]).mean())
        figures[name] = auc
        print(f"{name:32s} AUC {auc:.3f} ({len(good)} / {len(bad)})")
    for kind in ("support", "attribution"):
        counted = [value for name, value in figures.items() if _kind(name) == kind]
        if counted:
            print(f"mean of {len(counted)} in {kind}: AUC {np.mean(counted):.3f}")


def _kind(name: str) -> str:
    if name in ("faithbench", "wice"):
        return name
    return "attribution" if name.startswith("attribution/") else "support"


def _pieces(example: Example, read: Sequence[tuple[float, float]]) -> Pieces:
    found = []
    for pair, (odds, worst) in zip(example.pairs, read, strict=True):
        source = Source((pair.context,), article=pair.document)
        reading = Reading(odds, ((Span(0, 0), worst),))
        found.append(evidence(pair.claim, source, reading, faults_of(pair.claim, source, "the source")))
    return np.array(found)


def _least(pieces: Pieces, weights: Pieces) -> float:
    return float((pieces @ weights).min())


def _key(record: dict[str, object]) -> tuple[object, ...]:
    return (record["dataset"], record["id"], record["document"], record["label"])


if __name__ == "__main__":
    main()
