"""Plain BM25 to compare with: k1 1.5, b 0.75, lower-cased words, no stemming. Knows texts by their places only."""

import math
from array import array
from collections import Counter
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from bench.metrics import tokens

_K1, _B = 1.5, 0.75


class BM25:
    """Ranks the texts it was made of (Robertson and Zaragoza 2009)."""

    def __init__(self, texts: Iterable[str]) -> None:
        lengths: list[int] = []
        # For each word, the places it stands at and how often, in step.
        self._places: dict[str, array[int]] = {}
        self._times: dict[str, array[int]] = {}
        for place, text in enumerate(texts):
            counts = Counter(tokens(text))
            lengths.append(counts.total())
            for word, times in counts.items():
                self._places.setdefault(word, array("i")).append(place)
                self._times.setdefault(word, array("i")).append(times)
        self._size = len(lengths)
        mean = sum(lengths) / max(self._size, 1) or 1.0
        self._length_part = _K1 * (1 - _B + _B * np.array(lengths, float) / mean)

    def rank(self, query: str, limit: int) -> list[int]:
        """The places of the best texts, best first, those without any of the words left out."""
        scores = self.scores(query)
        best = np.argsort(-scores, kind="stable")[:limit]
        return [int(place) for place in best if scores[place] > 0]

    def scores(self, query: str) -> NDArray[np.float64]:
        """The score of each text; a word that stands twice in the query counts twice."""
        scores = np.zeros(self._size)
        for word in tokens(query):
            if word in self._places:
                places, times = np.asarray(self._places[word]), np.asarray(self._times[word])
                weight = math.log(1 + (self._size - len(places) + 0.5) / (len(places) + 0.5))
                scores[places] += weight * times * (_K1 + 1) / (times + self._length_part[places])
        return scores
