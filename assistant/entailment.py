"""Whether source words bear out a sentence, as a small network reads the two together.

The network is the bundled encoder taught to compare (docs/checker.md); checker_files/ORIGIN.md says where its file
comes from. It is one voice among others: support.py gives the verdict.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import numpy as np
from numpy.typing import NDArray

from index import bundled
from index.articles import Span
from index.encoder import WordPieces, load_word_pieces

_MODEL = "model.onnx"
_SHA256 = "d4d5c4543ca418a9f5f1755ad0b5ce467d5a0caaa3f9d2b51884fa785a8f8a7f"
# What it was trained with, in word pieces: of the claim, and of both together with the three marks between.
_LONGEST_CLAIM = 96
_LONGEST = 256
# Larger batches are no faster on two cores.
_BATCH = 8


@dataclass(frozen=True)
class Reading:
    """What the network makes of a claim and its source.

    `odds` are the log-odds that the source bears out the claim; `faults` the word pieces of the claim, in order,
    each with the log-odds that it is what the source does not say.
    """

    odds: float
    faults: tuple[tuple[Span, float], ...]

    @property
    def worst(self) -> float:
        """The log-odds of the word that is most likely at fault."""
        return max((odds for _, odds in self.faults), default=0.0)

    def at(self, span: Span) -> float:
        """The log-odds of the worst piece of a word; 0 for a word that was not read."""
        return max((odds for each, odds in self.faults if span.start <= each.start < span.end), default=0.0)


@cache
def load_entailment_model() -> "EntailmentModel":
    """The network, loaded once a process."""
    return EntailmentModel(load_word_pieces())


class EntailmentModel:
    """Reads claims with their sources. Threads may share one. Raises EncoderError when its file is damaged."""

    def __init__(self, pieces: WordPieces, folder: Traversable | None = None) -> None:
        model = bundled.checked(folder or files("assistant") / "checker_files", _MODEL, _SHA256)
        self._pieces = pieces
        self._session = bundled.session(model)

    def read(self, pairs: Sequence[tuple[str, str]]) -> list[Reading]:
        """A reading of each claim and its source, in the order of the pairs."""
        rows = self._rows(pairs)
        found: dict[int, Reading] = {}
        order = sorted(range(len(rows)), key=lambda place: -len(rows[place].ids))
        for first in range(0, len(order), _BATCH):
            places = order[first : first + _BATCH]
            found.update(zip(places, self._run([rows[place] for place in places]), strict=True))
        return [found[place] for place in range(len(pairs))]

    def _rows(self, pairs: Sequence[tuple[str, str]]) -> "list[_Row]":
        claims = self._pieces.cut([claim for claim, _ in pairs], offsets=True)
        sources = self._pieces.cut([source for _, source in pairs], offsets=False)
        rows = []
        for claim, source in zip(claims, sources, strict=True):
            said = claim.ids[1:-1][:_LONGEST_CLAIM]
            told = source.ids[1:-1][: _LONGEST - len(said) - 3]
            mark_first, mark_between = claim.ids[0], claim.ids[-1]
            ids = [mark_first, *said, mark_between, *told, mark_between]
            rows.append(_Row(ids, [Span(*each) for each in claim.offsets[1 : len(said) + 1]]))
        return rows

    def _run(self, rows: "list[_Row]") -> list[Reading]:
        ids = np.zeros((len(rows), max(len(row.ids) for row in rows)), np.int64)  # 0 is [PAD]
        mask, types = np.zeros_like(ids), np.zeros_like(ids)
        for place, row in enumerate(rows):
            ids[place, : len(row.ids)] = row.ids
            mask[place, : len(row.ids)] = 1
            types[place, len(row.spans) + 2 : len(row.ids)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": types}
        verdicts, faults = self._session.run(None, inputs)
        return [
            Reading(_odds(verdict), tuple(zip(row.spans, map(float, fault[1 : len(row.spans) + 1]), strict=True)))
            for row, verdict, fault in zip(rows, verdicts, faults, strict=True)
        ]


@dataclass(frozen=True)
class _Row:
    """A claim and its source as word pieces, and where the claim's stand in it."""

    ids: list[int]
    spans: list[Span]


def _odds(verdict: NDArray[np.float32]) -> float:
    """Of the three logits, supported against neutral or contradicted."""
    return float(verdict[0] - np.logaddexp(verdict[1], verdict[2]))
